/** How much memory a guest needs to keep a file in its cache. */

/** A guest that read the same file as the others, and how long. */
export interface MemoryPoint {
  memoryBytes: number
  medianNs: number
}

export type Knee = { state: 'found'; memoryBytes: number } | { state: 'none'; reason: string }

/**
 * A file that does not fit is read again in whole, as the cache has dropped its beginning when its
 * end is read: that costs a multiple of a copy in memory (two to three even where all is emulated and
 * the host has the file), not half as much again.
 */
export const KNEE_MARGIN = 0.5

/**
 * The smallest memory from which on all guests read as fast as the one with the largest, within
 * `margin`. There is none if a smaller memory is faster still (noise), if only the largest is fast
 * (nothing shows that it keeps the file either), or if all are.
 */
export function findKnee(points: readonly MemoryPoint[], margin = KNEE_MARGIN): Knee {
  const ascending = points.toSorted((a, b) => a.memoryBytes - b.memoryBytes)
  const largest = ascending.at(-1)
  if (largest === undefined || ascending.length < 3) {
    return { state: 'none', reason: `three memory sizes are needed, ${points.length} measured` }
  }
  // More memory makes no read slower: what says so was disturbed.
  const fastestNs = Math.min(...ascending.map(({ medianNs }) => medianNs))
  if (largest.medianNs > fastestNs * (1 + margin)) {
    return {
      state: 'none',
      reason: 'the largest memory is not among the fast: the machine is noisy',
    }
  }
  const lastSlow = ascending.findLastIndex(
    ({ medianNs }) => medianNs > largest.medianNs * (1 + margin),
  )
  if (lastSlow === -1) {
    return { state: 'none', reason: 'even the smallest memory keeps the file: measure less' }
  }
  const knee = ascending[lastSlow + 1]
  if (knee === undefined || knee === largest) {
    return { state: 'none', reason: 'only the largest memory is fast: measure more' }
  }
  return { state: 'found', memoryBytes: knee.memoryBytes }
}
