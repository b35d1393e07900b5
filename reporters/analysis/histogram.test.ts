import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BUCKETS, bucketUpperNs, histogramPercentile } from './histogram.ts'

/** native/PROTOCOL.md, word for word, in big integers. */
function bucketOf(ns: bigint): number {
  if (ns < 16n) return Number(ns)
  const e = BigInt(ns.toString(2).length - 1)
  return Number(16n * (e - 3n) + ((ns >> (e - 4n)) - 16n))
}

test('the upper edge is the last latency of its bucket', () => {
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const edge = bucketUpperNs(bucket)
    expect(Number.isSafeInteger(edge)).toBe(true)
    expect(bucketOf(BigInt(edge))).toBe(bucket)
    expect(bucketOf(BigInt(edge) + 1n)).toBe(bucket + 1)
  }
})

test('edges worked out by hand', () => {
  expect([0, 15, 16, 31, 32, 33, 112].map(bucketUpperNs)).toEqual([0, 15, 16, 31, 33, 35, 1087])
})

test('a percentile is that of the sorted latencies, rounded up to its bucket', () => {
  const latencies = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 300 })
  fc.assert(
    fc.property(latencies, fc.integer({ min: 1, max: 1000 }), (values, perMille) => {
      const counts = new Map<number, number>()
      for (const value of values) {
        const bucket = bucketOf(BigInt(value))
        counts.set(bucket, (counts.get(bucket) ?? 0) + 1)
      }
      const histogram = [...counts].sort(([a], [b]) => a - b)
      const rank = Number((BigInt(values.length * perMille) + 999n) / 1000n)
      const exact = values.toSorted((a, b) => a - b)[rank - 1] ?? 0
      expect(histogramPercentile(histogram, perMille / 10)).toBe(
        bucketUpperNs(bucketOf(BigInt(exact))),
      )
    }),
  )
})

test('a rank that is an integer is not rounded up', () => {
  // In floating point 41000 · 99.9 / 100 is 40959.00000000001.
  const histogram = [
    [1, 40959],
    [15, 41],
  ] as const
  expect(histogramPercentile(histogram, 99.9)).toBe(1)
})

test('an empty histogram has no percentile', () => {
  expect(() => histogramPercentile([], 50)).toThrow(RangeError)
})
