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
/** Of one look, where nothing asks for more. */
export const USUAL_BLOCKS = 25
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
  const [lower, upper] = limitsOf(ds, tail)
  return {
    ratio: Math.exp(hodgesLehmann(ds)),
    interval: [Math.exp(lower), Math.exp(upper)],
  }
}

function limitsOf(ds: readonly number[], tail: number): Interval {
  const limits = signedRankInterval(ds, 1 - 2 * tail)
  if (limits !== null) return limits
  const needed = blocksRequired(tail)
  throw new RangeError(`${ds.length} blocks can never reach p ≤ ${tail}: ${needed} are needed`)
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

const LOOKS_DRAWN = 300

/**
 * The change that one look finds with a probability of `POWER`: blocks drawn anew, so that no
 * distribution is assumed of them.
 * @param ds of equal builds, or `centred`.
 */
export function detectableEffect(
  { ds, margin }: { ds: readonly number[]; margin: number },
  blocks: number,
  tail: number,
): number {
  const random = draws(1)
  const limits = Array.from(
    { length: LOOKS_DRAWN },
    () => limitsOf(drawn(ds, blocks, random), tail)[0],
  ).sort((a, b) => a - b)
  const depth = limits[Math.floor((1 - POWER) * LOOKS_DRAWN)] as number
  return Math.expm1(Math.log1p(margin) - depth)
}

/** With replacement. */
export function drawn(ds: readonly number[], count: number, random: Random): readonly number[] {
  return Array.from({ length: count }, () => ds[Math.floor(random() * ds.length)] as number)
}

/** About their own centre, as if the builds were equal. */
export function centred(ds: readonly number[]): readonly number[] {
  const centre = hodgesLehmann(ds)
  return ds.map((d) => d - centre)
}
