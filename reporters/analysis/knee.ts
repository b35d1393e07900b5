/** How much memory a guest needs to keep a file in its cache. */

import { CONFIDENCE } from './blocks.ts'
import { shiftInterval } from './rank-sum.ts'

/** A guest that read the same file as the others. */
export interface MemoryPoint {
  memoryBytes: number
  /** Of each block: how long a read took, over native Linux beside it. */
  ratios: readonly number[]
}

/** The file is not kept in so much memory, and is in so much; the knee is between. */
export type Knee =
  | { state: 'found'; slowBytes: number; fastBytes: number }
  | { state: 'none'; reason: string }

/**
 * What a file costs that is not kept: it is read again in whole, as its beginning has been dropped
 * when its end is read, and no disk is only half as much slower than a copy in memory. Narrower ones
 * would judge the machine: guests of different memory are measured minutes apart.
 */
const MARGIN = 0.5

/**
 * Between the largest memory that is shown to read slower than the largest of all, and the smallest
 * from which on every guest is shown to read as fast: the 95 % interval of its time over the largest's
 * lies above 1 plus the margin, or below. The unit of replication is the boot, as
 * everywhere.
 *
 * There is none where no memory is slower, where a smaller memory is faster than the largest (more
 * memory makes no read slower: the machine did), or where only the largest is fast (nothing shows
 * that it keeps the file either).
 */
export function findKnee(points: readonly MemoryPoint[], margin = MARGIN): Knee {
  const measured = points.filter(({ ratios }) => ratios.length > 0)
  const ascending = measured.toSorted((a, b) => a.memoryBytes - b.memoryBytes)
  const largest = ascending.pop()
  if (largest === undefined || ascending.length < 2) {
    return none(`three memory sizes are needed, ${measured.length} measured`)
  }
  const smaller = ascending.map(({ memoryBytes, ratios }) => {
    const limits = shiftInterval(ratios.map(Math.log), largest.ratios.map(Math.log), CONFIDENCE)
    const [lower = 0, upper = Number.POSITIVE_INFINITY] = limits?.map(Math.exp) ?? []
    return { memoryBytes, lower, upper }
  })
  if (smaller.some(({ upper }) => upper < 1 / (1 + margin))) {
    return none('a smaller memory is faster than the largest: the machine is noisy')
  }
  const slow = smaller.findLast(({ lower }) => lower > 1 + margin)
  if (slow === undefined) {
    return none('no memory is shown slower than the largest: measure less, or more blocks')
  }
  if (slow === smaller.at(-1)) return none('only the largest memory is fast: measure more')
  const fast = smaller[smaller.findLastIndex(({ upper }) => upper > 1 + margin) + 1] ?? largest
  return { state: 'found', slowBytes: slow.memoryBytes, fastBytes: fast.memoryBytes }
}

function none(reason: string): Knee {
  return { state: 'none', reason }
}
