/** How much memory a guest needs to keep a file in its cache. */

import { CONFIDENCE } from './blocks.ts'
import { shiftInterval } from './rank-sum.ts'
import { formatRatioInterval, formatSize } from './units.ts'
import { EQUIVALENCE_MARGIN } from './verdict.ts'

/** A guest that read the same file as the others. */
export interface MemoryPoint {
  memoryBytes: number
  /** Of each block: how long a read took, over native Linux beside it. */
  ratios: readonly number[]
}

export type Knee = { state: 'found'; memoryBytes: number } | { state: 'none'; reason: string }

/**
 * The smallest memory from which on every guest reads as fast as the one with the largest: the 95 %
 * interval of its time over that one's lies below 1 plus the margin of equivalence, and that of the
 * next smaller memory above. The unit of replication is the boot, as everywhere.
 *
 * There is none where an interval reaches across the margin, where a smaller memory is faster than
 * the largest (more memory makes no read slower: the machine did), where only the largest is fast
 * (nothing shows that it keeps the file either), or where all are.
 */
export function findKnee(points: readonly MemoryPoint[], margin = EQUIVALENCE_MARGIN): Knee {
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
  const last = smaller.findLastIndex(({ upper }) => upper > 1 + margin)
  const slow = smaller[last]
  const knee = smaller[last + 1]
  if (slow === undefined) return none('even the smallest memory keeps the file: measure less')
  if (slow.lower <= 1 + margin) {
    const interval = formatRatioInterval([slow.lower, slow.upper])
    return none(
      `whether ${formatSize(slow.memoryBytes)} keep it is open (×${interval}): measure more blocks`,
    )
  }
  if (knee === undefined) return none('only the largest memory is fast: measure more')
  return { state: 'found', memoryBytes: knee.memoryBytes }
}

function none(reason: string): Knee {
  return { state: 'none', reason }
}
