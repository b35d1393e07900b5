/** Figures for people. Everything else computes in whole nanoseconds and bytes. */
import type { Interval } from '../../fixtures/model.ts'

type Scale = readonly [unit: string, factor: number]

const durations: readonly Scale[] = [
  ['ns', 1],
  ['µs', 1e3],
  ['ms', 1e6],
  ['s', 1e9],
]

const sizes: readonly Scale[] = [
  ['B', 1],
  ['KiB', 2 ** 10],
  ['MiB', 2 ** 20],
  ['GiB', 2 ** 30],
  ['TiB', 2 ** 40],
]

/** Limits further apart than this name their units apart: `84 ns–1.20 s`. */
const widestSharedUnit = 1000

/** Three significant digits, trailing zeros included; from 1000 on, whole numbers. */
const threeDigits = new Intl.NumberFormat('en', {
  minimumSignificantDigits: 3,
  maximumSignificantDigits: 3,
  maximumFractionDigits: 0,
  roundingPriority: 'morePrecision',
  useGrouping: false,
})

const atMostThreeDigits = new Intl.NumberFormat('en', {
  maximumSignificantDigits: 3,
  maximumFractionDigits: 0,
  roundingPriority: 'morePrecision',
  useGrouping: false,
})

/** `84 ns`, `1.61 µs`, `2.35 ms`, `36.1 s`, `5388 s`. */
export function formatDuration(ns: number): string {
  const scale = durationScale(ns)
  return `${scaled(ns, scale)} ${scale[0]}`
}

/** `1.58–1.66 µs`: one unit, the upper limit's, unless the limits lie far apart. */
export function formatDurationInterval([lower, upper]: Interval): string {
  if (upper > lower * widestSharedUnit) return `${formatDuration(lower)}–${formatDuration(upper)}`
  const scale = durationScale(upper)
  return `${scaled(lower, scale)}–${scaled(upper, scale)} ${scale[0]}`
}

/** `512 B`, `4 KiB`, `1 GiB`, `1.5 MiB`. */
export function formatSize(bytes: number): string {
  const [unit, factor] = sizes.findLast(([, factor]) => bytes >= factor) ?? ['B', 1]
  return `${atMostThreeDigits.format(bytes / factor)} ${unit}`
}

/** `×1.12`, `×0.862`, `×149`. */
export function formatRatio(ratio: number): string {
  return `×${threeDigits.format(ratio)}`
}

/** `1.08–1.17`: stands beside a ratio, or after its own `×`. */
export function formatRatioInterval([lower, upper]: Interval): string {
  return `${threeDigits.format(lower)}–${threeDigits.format(upper)}`
}

/** `5 %`, `0.25 %`; of a fraction. */
export function formatPercent(fraction: number): string {
  return `${atMostThreeDigits.format(fraction * 100)} %`
}

/** The smallest unit in which the rounded figure stays below 1000, else the largest. */
function durationScale(ns: number): Scale {
  const fitting = durations.find((scale) => Number(scaled(ns, scale)) < 1000)
  return fitting ?? ['s', 1e9]
}

function scaled(ns: number, [unit, factor]: Scale): string {
  return unit === 'ns' ? String(Math.round(ns)) : threeDigits.format(ns / factor)
}
