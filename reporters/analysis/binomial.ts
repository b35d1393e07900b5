/** Exact limits of a rate that was counted. */
import type { Interval } from '../../fixtures/model.ts'

const HALVINGS = 60

/**
 * Clopper and Pearson's limits of the probability behind `found` of `total`: R's
 * binom.test(found, total, conf.level = confidence)$conf.int.
 */
export function binomialInterval(found: number, total: number, confidence: number): Interval {
  const tail = (1 - confidence) / 2
  const lower = root((p) => atMost(total - found, total, 1 - p) >= tail)
  const upper = root((p) => atMost(found, total, p) <= tail)
  return [found === 0 ? 0 : lower, found === total ? 1 : upper]
}

/** Where a condition that grows true with p from 0 to 1 turns. */
function root(isBeyond: (p: number) => boolean): number {
  let [low, high] = [0, 1]
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2
    if (isBeyond(middle)) high = middle
    else low = middle
  }
  return (low + high) / 2
}

/** P(X ≤ k) of `total` trials that succeed with probability p, where 0 < p < 1. */
function atMost(k: number, total: number, p: number): number {
  let logTerm = total * Math.log1p(-p)
  let sum = 0
  for (let successes = 0; successes <= k; successes++) {
    sum += Math.exp(logTerm)
    logTerm += Math.log(((total - successes) / (successes + 1)) * (p / (1 - p)))
  }
  return sum
}
