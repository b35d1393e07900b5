/** A logarithmic axis of ratios: equal factors are equal distances, and 1 is always on it. */
export interface LogScale {
  /** Position of a ratio, in the units of the picture. */
  position: (ratio: number) => number
  ticks: readonly number[]
}

/** An axis is never narrower: small differences must not look large. */
const narrowest = [0.8, 1.25] as const

/** Room beside the outermost value. */
const padding = 1.04

/** Room for a tick's label. */
const narrowestTick = 38

/** Marks of each decade, from many to one. */
const mantissas = [
  [1, 1.1, 1.25, 1.5, 2, 3, 5, 7, 8, 9],
  [1, 1.5, 2, 3, 5, 7],
  [1, 2, 5],
  [1, 3],
  [1],
]

/** From `start` to `end` over all `ratios`, with as many ticks as there is room for. */
export function logScale(ratios: readonly number[], start: number, end: number): LogScale {
  const lower = Math.min(narrowest[0], ...ratios) / padding
  const upper = Math.max(narrowest[1], ...ratios) * padding
  const length = Math.log(upper / lower)
  const position = (ratio: number) => start + ((end - start) * Math.log(ratio / lower)) / length
  const isRoomy = (ticks: readonly number[]) =>
    ticks.every(
      (tick, i) => i === 0 || position(tick) - position(ticks[i - 1] ?? 0) >= narrowestTick,
    )
  const choices = mantissas.map((marks) =>
    decades.flatMap((power) => marks.map((mark) => Number((mark * power).toPrecision(3)))),
  )
  const visible = choices.map((ticks) => ticks.filter((tick) => tick >= lower && tick <= upper))
  return { position, ticks: visible.find(isRoomy) ?? [1] }
}

const decades = Array.from({ length: 19 }, (_, index) => 10 ** (index - 9))
