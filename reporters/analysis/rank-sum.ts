/**
 * Two independent samples, as the blocks of two environments are: Hodges and Lehmann's estimate of
 * the shift between them and its exact limits, from the distribution of Mann and Whitney's U.
 */
import type { Interval } from '../../fixtures/model.ts'
import { median } from './statistics.ts'

/** How far `xs` lie above `ys`: the median of all differences. Throws `RangeError` without any. */
export function shift(xs: readonly number[], ys: readonly number[]): number {
  return median(differences(xs, ys))
}

/**
 * Limits of the shift; null where there are too few values for `confidence`.
 *
 * As for the signed-rank limits (statistics.ts) ties are not corrected for: order statistics of the
 * differences need no ranks, and as a closed interval they hold at least `confidence`.
 */
export function shiftInterval(
  xs: readonly number[],
  ys: readonly number[],
  confidence: number,
): Interval | null {
  const tail = (1 - confidence) / 2
  const probabilities = mannWhitney(xs.length, ys.length)
  if ((probabilities[0] as number) > tail) return null
  const sorted = differences(xs, ys).sort((a, b) => a - b)
  const depth = Math.max(1, quantile(probabilities, tail))
  return [sorted[depth - 1] as number, sorted[sorted.length - depth] as number]
}

/**
 * P(U = u), indexed by u, for samples of `m` and `n` values: whether the largest of all is one of
 * the m decides whether it stands above all n of the others. Sums of positive terms only.
 */
function mannWhitney(m: number, n: number): readonly number[] {
  let row: readonly number[][] = Array.from({ length: n + 1 }, () => [1])
  for (let i = 1; i <= m; i++) {
    const next: number[][] = [[1]]
    for (let j = 1; j <= n; j++) {
      next.push(mixture(row[j] as number[], j, i / (i + j), next[j - 1] as number[]))
    }
    row = next
  }
  return row[n] as number[]
}

/** `weight` of `shifted`, moved up by `steps`, and the rest of `others`. */
function mixture(
  shifted: readonly number[],
  steps: number,
  weight: number,
  others: readonly number[],
): number[] {
  const length = Math.max(shifted.length + steps, others.length)
  return Array.from(
    { length },
    (_, u) => weight * (shifted[u - steps] ?? 0) + (1 - weight) * (others[u] ?? 0),
  )
}

/** Smallest u with P(U ≤ u) ≥ `tail`: R's qwilcox(tail, m, n). */
function quantile(probabilities: readonly number[], tail: number): number {
  let cumulative = 0
  return probabilities.findIndex((probability) => {
    cumulative += probability
    return cumulative >= tail
  })
}

function differences(xs: readonly number[], ys: readonly number[]): number[] {
  return xs.flatMap((x) => ys.map((y) => x - y))
}
