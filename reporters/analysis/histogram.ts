import type { Histogram } from '../../fixtures/model.ts'

/** Log-linear buckets of native/PROTOCOL.md: 16 an octave, an error of at most 1/16. */
const BUCKETS_PER_OCTAVE = 16

/** Buckets whose every latency is a safe integer: below 2^53 ns, 104 days. */
export const BUCKETS = BUCKETS_PER_OCTAVE * (53 - 3)

/** The largest latency that falls into the bucket, in ns. */
export function bucketUpperNs(bucket: number): number {
  if (bucket < BUCKETS_PER_OCTAVE) return bucket
  const octave = Math.floor(bucket / BUCKETS_PER_OCTAVE) - 1
  const step = (bucket % BUCKETS_PER_OCTAVE) + BUCKETS_PER_OCTAVE
  return (step + 1) * 2 ** octave - 1
}

/**
 * The latency that `percent` of the operations did not exceed (nearest rank), as the upper edge of
 * its bucket in ns: never flattering.
 * @param percent above 0 and at most 100; 100 is the maximum.
 * @throws RangeError if the histogram is empty.
 */
export function histogramPercentile(histogram: Histogram, percent: number): number {
  const total = histogram.reduce((sum, [, count]) => sum + count, 0)
  // A rank is an integer; the subtrahend keeps 41000 · 99.9 % = 40959.00000000001 from becoming 40960.
  const rank = Math.ceil((total * percent) / 100 - 1e-6)
  let seen = 0
  for (const [bucket, count] of histogram) {
    seen += count
    if (seen >= rank) return bucketUpperNs(bucket)
  }
  throw new RangeError(`percentile ${percent} of a histogram of ${total} operations`)
}
