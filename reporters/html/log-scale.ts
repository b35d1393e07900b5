/** A logarithmic axis: equal factors are equal distances. */
import type { Interval } from '../../fixtures/model.ts'

export interface LogScale {
  /** Position of a value, in the units of the picture; what lies beyond is at the end. */
  position: (value: number) => number
  /** −1 below the axis, 1 above it, 0 on it. */
  side: (value: number) => -1 | 0 | 1
  ticks: readonly number[]
}

/** An axis of ratios is never narrower: small differences must not look large; and 1 is always on it. */
const NARROWEST_RATIOS: Interval = [0.8, 1.25]

/** Room beside the outermost value. */
const padding = 1.04

/** Marks of each decade, from many to one. */
const mantissas = [
  [1, 1.1, 1.25, 1.5, 2, 3, 5, 7, 8, 9],
  [1, 1.5, 2, 3, 5, 7],
  [1, 2, 5],
  [1, 3],
  [1],
]

/**
 * From `start` to `end` over all `values`, with as many ticks as there is room for.
 * @param narrowest what it holds at least.
 * @param room for a tick's label.
 */
export function logScale(
  values: readonly number[],
  start: number,
  end: number,
  narrowest = NARROWEST_RATIOS,
  room = 42,
): LogScale {
  const lower = Math.min(narrowest[0], ...values) / padding
  const upper = Math.max(narrowest[1], ...values) * padding
  const perLog = (end - start) / Math.log(upper / lower)
  const side = (value: number) => (value < lower ? -1 : value > upper ? 1 : 0)
  const position = (value: number) =>
    start + perLog * Math.log(Math.min(upper, Math.max(lower, value)) / lower)
  const isRoomy = (ticks: readonly number[]) =>
    ticks.every(
      (tick, i) => i === 0 || Math.abs(position(tick) - position(ticks[i - 1] ?? 0)) >= room,
    )
  const choices = mantissas.map((marks) =>
    decades.flatMap((power) => marks.map((mark) => Number((mark * power).toPrecision(3)))),
  )
  const visible = choices.map((ticks) => ticks.filter((tick) => side(tick) === 0))
  return { position, side, ticks: visible.find(isRoomy) ?? [1] }
}

const decades = Array.from({ length: 24 }, (_, index) => 10 ** (index - 9))
