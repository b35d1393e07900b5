import { expect, test } from 'vitest'
import {
  formatDuration,
  formatDurationInterval,
  formatPercent,
  formatRatio,
  formatRatioInterval,
  formatSize,
} from './units.ts'

test.each([
  [0, '0 ns'],
  [84, '84 ns'],
  [84.4, '84 ns'],
  [999.4, '999 ns'],
  [999.6, '1.00 µs'],
  [1_610, '1.61 µs'],
  [999_499, '999 µs'],
  [999_600, '1.00 ms'],
  [2_350_000, '2.35 ms'],
  [36_050_000_000, '36.1 s'],
  [5_388_000_000_000, '5388 s'],
])('%d ns is %s', (ns, text) => expect(formatDuration(ns)).toBe(text))

test.each([
  [[1_580, 1_660], '1.58–1.66 µs'],
  [[980, 1_020], '0.980–1.02 µs'],
  [[70, 84], '70–84 ns'],
  [[84, 1.2e9], '84 ns–1.20 s'],
] as const)('%j is %s', (interval, text) => expect(formatDurationInterval(interval)).toBe(text))

test.each([
  [1, '1 B'],
  [512, '512 B'],
  [1023, '1023 B'],
  [4096, '4 KiB'],
  [1.5 * 2 ** 20, '1.5 MiB'],
  [2 ** 30, '1 GiB'],
  [2 ** 50, '1024 TiB'],
])('%d bytes are %s', (bytes, text) => expect(formatSize(bytes)).toBe(text))

test.each([
  [1, '×1.00'],
  [1.1249, '×1.12'],
  [0.8617, '×0.862'],
  [149.46, '×149'],
  [2289.6, '×2290'],
])('a ratio of %d is %s', (ratio, text) => expect(formatRatio(ratio)).toBe(text))

test('a ratio interval leaves the sign to its ratio', () => {
  expect(formatRatioInterval([1.0812, 1.17])).toBe('1.08–1.17')
})

test('a percentage has no idle zeros', () => {
  expect(formatPercent(0.05)).toBe('5 %')
  expect(formatPercent(0.2345)).toBe('23.5 %')
})
