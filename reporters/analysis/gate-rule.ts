/**
 * The gate's rule on time: non-inferiority of HEAD to BASE by exact signed-rank limits over blocks.
 * Pure; docs/gate.md tells what it was tried on.
 */
import type { Interval } from '../../fixtures/model.ts'
import { draws, type Random } from './random.ts'
import { hodgesLehmann, signedRankInterval } from './statistics.ts'

export type GateVerdict = 'REGRESSION' | 'PASS' | 'INCONCLUSIVE' | 'INVALID'

/** Chance that a gate of two equal builds calls any of its metrics a regression. */
export const ALPHA = 0.01
/** First look, and once more fresh blocks that are analysed alone. */
export const LOOKS = 2
/** Changes below it are nobody's regression; calibration may widen it, never narrow it. */
export const LEAST_MARGIN = 0.03
export const LEAST_BLOCKS = 10
/** Of a change that the gate is said to detect. */
export const POWER = 0.95

export interface Effect {
  /** HEAD / BASE. */
  ratio: number
  /** Each limit alone holds with a confidence of 1 − tail. */
  interval: Interval
}

/** What one limit of one metric at one look may err: Bonferroni over both. */
export function tailOf(metrics: number): number {
  return ALPHA / metrics / LOOKS
}

/** Fewest blocks whose smallest possible p, 2^−N, reaches the tail. */
export function blocksRequired(tail: number): number {
  return Math.ceil(Math.log2(1 / tail))
}

/**
 * @param ds mean ln HEAD − mean ln BASE of each block.
 * @throws RangeError if so few blocks could never reach the tail.
 */
export function effectOf(ds: readonly number[], tail: number): Effect {
  const interval = signedRankInterval(ds, 1 - 2 * tail)
  if (interval === null) {
    const needed = blocksRequired(tail)
    throw new RangeError(`${ds.length} blocks can never reach p ≤ ${tail}: ${needed} are needed`)
  }
  const [lower, upper] = interval
  return {
    ratio: Math.exp(hodgesLehmann(ds)),
    interval: [Math.exp(lower), Math.exp(upper)],
  }
}

/** PASS is non-inferiority: HEAD is at most the margin slower, not merely "not significantly". */
export function judge(
  { interval: [lower, upper] }: Effect,
  margin: number,
): Exclude<GateVerdict, 'INVALID'> {
  if (lower > 1 + margin) return 'REGRESSION'
  return upper < 1 + margin ? 'PASS' : 'INCONCLUSIVE'
}

/** BASE against itself beyond the margin, either way: what the gate says cannot be trusted then. */
export function isFlagged({ interval: [lower, upper] }: Effect, margin: number): boolean {
  return lower > 1 + margin || upper < 1 / (1 + margin)
}

const SIMULATIONS = 500
/** From here on the limit is as good as normal, and simulating it takes long. */
const MANY_BLOCKS = 24
/** Pitman efficiency of the signed-rank test under normality: 3/π. */
const EFFICIENCY = Math.sqrt(3 / Math.PI)
const depths = new Map<string, number>()

/**
 * The change that one look finds with a probability of `POWER`, for blocks that spread normally.
 * @param spread standard deviation of the d's.
 */
export function detectableEffect(
  spread: number,
  blocks: number,
  tail: number,
  margin: number,
): number {
  return Math.exp(Math.log1p(margin) + spread * lowerLimitDepth(blocks, tail)) - 1
}

/** How far below the truth the lower limit lies, in spreads, in all but 1 − POWER of gates. */
function lowerLimitDepth(blocks: number, tail: number): number {
  if (blocks > MANY_BLOCKS) {
    return (quantileOfNormal(1 - tail) + quantileOfNormal(POWER)) / (EFFICIENCY * Math.sqrt(blocks))
  }
  const key = `${blocks}/${tail}`
  const known = depths.get(key)
  if (known !== undefined) return known
  const random = draws(1)
  const limits = Array.from({ length: SIMULATIONS }, () => {
    const ds = Array.from({ length: blocks }, () => normal(random))
    return signedRankInterval(ds, 1 - 2 * tail)?.[0] ?? Number.NEGATIVE_INFINITY
  }).sort((a, b) => a - b)
  const depth = -(limits[Math.floor((1 - POWER) * SIMULATIONS)] as number)
  depths.set(key, depth)
  return depth
}

/** Box and Muller. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** Abramowitz and Stegun 26.2.23: within 4.5e-4 for p above a half. */
function quantileOfNormal(p: number): number {
  const t = Math.sqrt(-2 * Math.log(1 - p))
  const above = 2.515517 + t * (0.802853 + t * 0.010328)
  return t - above / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
}

export function standardDeviation(xs: readonly number[]): number {
  const mean = xs.reduce((sum, x) => sum + x, 0) / xs.length
  return Math.sqrt(xs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (xs.length - 1))
}
