/**
 * Estimates that assume no distribution, with exact limits.
 *
 * Both intervals rest on one fact: under the hypothesis, the sign of each observation is a fair
 * coin. The sign test counts the coins; the signed-rank test weighs them 1 … n. Written here rather
 * than taken from a library: with the coins in common, the two take fewer lines than the memoised
 * recursions of @stdlib/stats-base-dists-signrank-* take dependencies.
 */
import type { Interval } from '../../fixtures/model.ts'

/** Middle value, or the mean of the two middle ones. Throws `RangeError` on an empty list. */
export function median(xs: readonly number[]): number {
  const sorted = ascending(xs)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? at(sorted, middle)
    : (at(sorted, middle - 1) + at(sorted, middle)) / 2
}

/** Limits of the median: order statistics of `xs`. Null when there are too few for `confidence`. */
export function medianInterval(xs: readonly number[], confidence: number): Interval | null {
  const coins = xs.map(() => 1)
  return limits(ascending(xs), coins, confidence)
}

/**
 * Centre of symmetry: the median of all means of two (Walsh averages, each value with itself
 * included). Throws `RangeError` on an empty list.
 */
export function hodgesLehmann(ds: readonly number[]): number {
  return median(walshAverages(ds))
}

/**
 * Limits of the Hodges-Lehmann estimate, from the signed-rank distribution of `ds.length` untied
 * values; null when there are too few for `confidence`.
 *
 * Zeros are kept and ties are not corrected for: order statistics of the Walsh averages need no
 * ranks, and as a closed interval they hold at least `confidence` for discrete values too (Pratt
 * and Gibbons, Concepts of Nonparametric Theory, 1981, chapter 3). R's wilcox.test drops zeros and
 * turns to a normal approximation there, which has no guarantee at ten blocks.
 */
export function signedRankInterval(ds: readonly number[], confidence: number): Interval | null {
  const ranks = ds.map((_, index) => index + 1)
  return limits(ascending(walshAverages(ds)), ranks, confidence)
}

/** Fewest blocks that can carry a two-sided interval: those with 2 · 2^−n ≤ 1 − confidence. */
export function blocksNeeded(confidence: number): number {
  return Math.ceil(Math.log2(2 / (1 - confidence)))
}

/** Order statistics of `sorted` as far from either end as the coins' two tails allow. */
function limits(
  sorted: readonly number[],
  coins: readonly number[],
  confidence: number,
): Interval | null {
  if (coins.length < blocksNeeded(confidence)) return null
  const depth = depthOf(coins, confidence)
  return [at(sorted, depth - 1), at(sorted, sorted.length - depth)]
}

/** Kept, as it takes longer than all else where thousands of looks are drawn. */
const depths = new Map<string, number>()

function depthOf(coins: readonly number[], confidence: number): number {
  const name = `${coins.join()}/${confidence}`
  const known = depths.get(name)
  if (known !== undefined) return known
  const depth = Math.max(1, quantile(headsDistribution(coins), (1 - confidence) / 2))
  depths.set(name, depth)
  return depth
}

/** P(sum of the weights whose coin fell heads = s), indexed by s. */
function headsDistribution(weights: readonly number[]): readonly number[] {
  let probabilities = [1]
  for (const weight of weights) {
    const next = new Array<number>(probabilities.length + weight).fill(0)
    for (const [sum, probability] of probabilities.entries()) {
      next[sum] = at(next, sum) + probability / 2
      next[sum + weight] = at(next, sum + weight) + probability / 2
    }
    probabilities = next
  }
  return probabilities
}

/** Smallest s with P(sum ≤ s) ≥ `tail`: R's qbinom(tail, n, 1/2) and qsignrank(tail, n). */
function quantile(probabilities: readonly number[], tail: number): number {
  let cumulative = 0
  return probabilities.findIndex((probability) => {
    cumulative += probability
    return cumulative >= tail
  })
}

function walshAverages(ds: readonly number[]): number[] {
  return ds.flatMap((a, index) => ds.slice(index).map((b) => (a + b) / 2))
}

function ascending(xs: readonly number[]): number[] {
  return xs.toSorted((a, b) => a - b)
}

function at(xs: readonly number[], index: number): number {
  const x = xs[index]
  if (x === undefined) throw new RangeError(`element ${index} of a list of ${xs.length}`)
  return x
}
