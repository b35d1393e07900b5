/** One measured cell against another: the ratio of their times, or why there is none to be told. */
import type { Cell, Interval, Workload } from '../../fixtures/model.ts'
import { CONFIDENCE } from './blocks.ts'
import { isSameWorkload } from './histories.ts'
import { sessionOf } from './measured-as.ts'
import { shift, shiftInterval } from './rank-sum.ts'
import { isNative } from './verdict.ts'

/** `ratio` is the first cell's time over the second's. */
export type Relation =
  | { state: 'related'; ratio: number; interval: Interval }
  | { state: 'unrelated'; reason: string }

/**
 * Of one workload: against native Linux the ratio within blocks, with signed-rank limits; between
 * two other environments the ratio of their ratios to native Linux, whose blocks are independent of
 * each other, with Mann and Whitney's limits. Where the requests differ (a unikernel's are single
 * blocks) so do those of native Linux beside them, and where one environment is asked two workloads,
 * or two sessions one each (a device with and without Xen), there is nothing between: there it is
 * the ratio of the times, with the same limits, in which no drift between the two shows.
 *
 * What is emulated, or not as durable as what stands beside it, is related to nothing.
 */
export function relate(first: Cell, second: Cell): Relation {
  const isSame =
    isSameWorkload(first.workload, second.workload) &&
    sessionOf(first.environment) === sessionOf(second.environment)
  if (isSame && isNative(second.environment)) return relateToNative(first)
  if (isSame && isNative(first.environment)) return inverse(relateToNative(second))
  const obstacle = obstacleOf(first) ?? obstacleOf(second) ?? obstacleBetween(first, second)
  if (obstacle !== null) return { state: 'unrelated', reason: obstacle }
  return isSame
    ? unpaired(ratiosOf(first), ratiosOf(second))
    : unpaired(timesOf(first), timesOf(second))
}

/** A cell against native Linux in its own blocks. */
export function relateToNative(cell: Cell): Relation {
  const obstacle = obstacleOf(cell)
  if (obstacle !== null) return { state: 'unrelated', reason: obstacle }
  const { ratio, ratioInterval: interval } = cell
  return ratio === null || interval === null ? tooFew : { state: 'related', ratio, interval }
}

/** Where an interval lies to bounds. */
export type Placement = 'inside' | 'outside' | 'across'

export function placeInterval([lower, upper]: Interval, [least, most]: Interval): Placement {
  if (lower >= least && upper <= most) return 'inside'
  return upper < least || lower > most ? 'outside' : 'across'
}

/** Why nothing can be said of a cell, in words; null if something can. */
export function obstacleOf(cell: Cell): string | null {
  const { title, state, reason, fidelity, ratioInterval, verdict, warnings } = cell
  const cause = reason ?? 'no reason given'
  if (state === 'unavailable') return `${title} is unavailable: ${cause}`
  if (state === 'failed') return `${title} failed: ${cause}`
  if (fidelity === 'emulated') return `${title} is emulated`
  if (ratioInterval === null) return `${title}: too few blocks for an interval`
  if (verdict !== null) return null
  return `${title}: ${warnings.find((warning) => warning.startsWith('not ranked')) ?? 'not ranked'}`
}

/** Whether both do the same to the same bytes, in whatever requests. */
export function isSameTask(a: Workload, b: Workload): boolean {
  return isSameWorkload(a, { ...b, requestBytes: a.requestBytes })
}

function obstacleBetween(first: Cell, second: Cell): string | null {
  if (isSameTask(first.workload, second.workload)) {
    if (first.durability === second.durability) return null
    const [a, b] = [first, second].map(({ title, durability }) => `${title} ${durability}`)
    return `not equally durable: ${a}, ${b}`
  }
  return first.environment === second.environment
    ? null
    : 'two environments are compared at one task only'
}

function inverse(relation: Relation): Relation {
  if (relation.state === 'unrelated') return relation
  const { ratio, interval } = relation
  return { state: 'related', ratio: 1 / ratio, interval: [1 / interval[1], 1 / interval[0]] }
}

/** Of positive figures: the shift of their logarithms. */
function unpaired(first: readonly number[], second: readonly number[]): Relation {
  const [xs, ys] = [first.map(Math.log), second.map(Math.log)]
  const limits = shiftInterval(xs, ys, CONFIDENCE)
  if (limits === null) return tooFew
  return {
    state: 'related',
    ratio: Math.exp(shift(xs, ys)),
    interval: [Math.exp(limits[0]), Math.exp(limits[1])],
  }
}

const tooFew: Relation = { state: 'unrelated', reason: 'too few blocks for an interval' }

const ratiosOf = ({ perBlock }: Cell) => perBlock.map(({ ratio }) => ratio)
const timesOf = ({ perBlock }: Cell) => perBlock.map(({ medianNs }) => medianNs)
