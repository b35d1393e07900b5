import { describe, expect, test } from 'vitest'
import oracle from './oracle/statistics.json' with { type: 'json' }
import {
  blocksNeeded,
  hodgesLehmann,
  median,
  medianInterval,
  signedRankInterval,
} from './statistics.ts'

const decimals = 12

function expectInterval(found: readonly number[] | null, expected: readonly number[] | null) {
  if (found === null || expected === null) return expect(found).toBe(expected)
  expect(found).toHaveLength(2)
  for (const [index, limit] of expected.entries()) {
    expect(found[index]).toBeCloseTo(limit, decimals)
  }
}

describe.each(oracle)('R agrees: $name at $confidence', ({ data, confidence, ...expected }) => {
  test('median and its limits', () => {
    expect(median(data)).toBeCloseTo(expected.median, decimals)
    expectInterval(medianInterval(data, confidence), expected.medianInterval)
  })

  test('Hodges-Lehmann and its limits', () => {
    expect(hodgesLehmann(data)).toBeCloseTo(expected.hodgesLehmann, decimals)
    expectInterval(signedRankInterval(data, confidence), expected.signedRankInterval)
  })
})

test('the oracle holds data sets with ties, with zeros and with too few values', () => {
  const sets = new Map(oracle.map(({ name, data }) => [name, data]))
  const count = (holds: (data: number[]) => boolean) => [...sets.values()].filter(holds).length
  expect(sets.size).toBeGreaterThanOrEqual(20)
  expect(count((data) => new Set(data).size < data.length)).toBeGreaterThan(3)
  expect(count((data) => data.includes(0))).toBeGreaterThan(2)
  expect(count((data) => data.length < blocksNeeded(0.95))).toBeGreaterThan(2)
})

test.each([
  [0.9, 5],
  [0.95, 6],
  [0.99, 8],
])('a %d interval needs %d blocks', (confidence, blocks) => {
  expect(blocksNeeded(confidence)).toBe(blocks)
  const distinct = Array.from({ length: blocks }, (_, index) => index + 0.5)
  expect(signedRankInterval(distinct, confidence)).toEqual([0.5, blocks - 0.5])
  expect(signedRankInterval(distinct.slice(1), confidence)).toBeNull()
  expect(medianInterval(distinct.slice(1), confidence)).toBeNull()
})

test('the estimates leave their input as it was', () => {
  const xs = [3, 1, 2]
  median(xs)
  medianInterval(xs, 0.5)
  expect(xs).toEqual([3, 1, 2])
})

test('an empty list has no median', () => {
  expect(() => median([])).toThrow(RangeError)
  expect(() => hodgesLehmann([])).toThrow(RangeError)
})
