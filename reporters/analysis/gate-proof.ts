/**
 * What a gate's rule makes of real boots of equal builds, drawn anew, with a change put into HEAD's
 * times; and what two other rules make of the same boots. Pure; the same draws for the same seed.
 */
import type { Boot } from '../../fixtures/model.ts'
import { type Block, judgeLook, ROLES, type Role, timeOf } from './gate-blocks.ts'
import { LOOKS, tailOf } from './gate-rule.ts'
import { draws, type Random } from './random.ts'

/** Blocks of one metric. */
export type Pool = readonly Block[]

export interface Trial {
  blocks: number
  margin: number
  /** Put into the times of HEAD, of the first pool only. */
  effect: number
  gates: number
  seed: number
}

export interface Rates {
  gate: number
  /** Gates that were undecided after their second look. */
  undecided: number
  /** Gates whose A/A arm was flagged, or that were invalid else. */
  invalid: number
  firecracker: number
  benchstat: number
}

/** Shares of gates over all pools that call a regression. */
export function ratesOf(pools: readonly Pool[], trial: Trial): Rates {
  const random = draws(trial.seed)
  const found = { gate: 0, undecided: 0, invalid: 0, firecracker: 0, benchstat: 0 }
  for (let gate = 0; gate < trial.gates; gate += 1) {
    const metrics = pools.map((pool, index) =>
      drawBlocks(pool, trial, index === 0 ? trial.effect : 0, random),
    )
    const verdicts = metrics.map((blocks) => verdictOf(blocks, trial, pools.length))
    if (verdicts.includes('REGRESSION')) found.gate += 1
    else if (verdicts.includes('INVALID')) found.invalid += 1
    else if (verdicts.includes('INCONCLUSIVE')) found.undecided += 1
    if (firecrackerAlarms(metrics, random)) found.firecracker += 1
    if (metrics.some((blocks) => benchstatAlarms(blocks.slice(0, trial.blocks)))) {
      found.benchstat += 1
    }
  }
  const share = (count: number) => count / trial.gates
  return {
    gate: share(found.gate),
    undecided: share(found.undecided),
    invalid: share(found.invalid),
    firecracker: share(found.firecracker),
    benchstat: share(found.benchstat),
  }
}

/** Both looks' blocks, with replacement; which arm is called HEAD is drawn too. */
function drawBlocks(pool: Pool, { blocks }: Trial, effect: number, random: Random): Pool {
  return Array.from({ length: LOOKS * blocks }, () => {
    const block = pool[Math.floor(random() * pool.length)] as Block
    const [base, head, again] = shuffled(ROLES, random) as [Role, Role, Role]
    return {
      base: block[base],
      head: block[head].map((boot) => slowed(boot, effect)),
      again: block[again],
    }
  })
}

function slowed(boot: Boot, effect: number): Boot {
  const samples = boot.samples.map(({ elapsedNs, operations }) => ({
    elapsedNs: elapsedNs * (1 + effect),
    operations,
  }))
  return { ...boot, samples }
}

function verdictOf(blocks: Pool, { blocks: size, margin }: Trial, metrics: number) {
  const look = (index: number) =>
    judgeLook(blocks.slice(index * size, (index + 1) * size), margin, tailOf(metrics)).verdict
  const first = look(0)
  return first === 'INCONCLUSIVE' ? look(1) : first
}

const PERMUTATIONS = 499

/**
 * Firecracker's A/B test (tests/framework/ab_test.py): samples of one boot each, permutation test
 * on the means at p < 0.01, and a mean relative change over all metrics above 5 %.
 */
export function firecrackerAlarms(metrics: readonly Pool[], random: Random): boolean {
  const pairs = metrics.map(([block]) => {
    const perOperation = (boot: Boot | undefined) =>
      boot?.samples.map(({ elapsedNs, operations }) => elapsedNs / operations) ?? []
    return [perOperation(block?.base[0]), perOperation(block?.head[0])] as const
  })
  const changes = pairs.map(([base, head]) => mean(head) / mean(base) - 1)
  if (mean(changes) <= 0.05) return false
  return pairs.some(([base, head]) => permutationP(base, head, random) < 0.01)
}

function permutationP(base: readonly number[], head: readonly number[], random: Random): number {
  const observed = Math.abs(mean(head) - mean(base))
  const all = [...base, ...head]
  let extreme = 1
  for (let round = 0; round < PERMUTATIONS; round += 1) {
    const mixed = shuffled(all, random)
    const difference = mean(mixed.slice(0, base.length)) - mean(mixed.slice(base.length))
    if (Math.abs(difference) >= observed) extreme += 1
  }
  return extreme / (PERMUTATIONS + 1)
}

/** benchstat: medians, Mann-Whitney, two-sided 0.05, a boot a sample; no threshold. */
export function benchstatAlarms(blocks: Pool): boolean {
  const base = blocks.flatMap((block) => block.base.map(timeOf))
  const head = blocks.flatMap((block) => block.head.map(timeOf))
  const wins = head.reduce((sum, one) => sum + base.filter((other) => one > other).length, 0)
  const pairs = base.length * head.length
  const spread = Math.sqrt((pairs * (base.length + head.length + 1)) / 12)
  return (wins - pairs / 2) / spread > 1.96
}

function mean(xs: readonly number[]): number {
  return xs.reduce((sum, x) => sum + x, 0) / xs.length
}

/** Fisher and Yates. */
function shuffled<T>(xs: readonly T[], random: Random): readonly T[] {
  const mixed = [...xs]
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1))
    const kept = mixed[last] as T
    mixed[last] = mixed[other] as T
    mixed[other] = kept
  }
  return mixed
}
