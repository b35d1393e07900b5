/** From blocks of equal builds to what a gate can tell on this machine. Pure. */

import type { Boot, JournalEntry } from '../../fixtures/model.ts'
import { completeBlocks, type GatePlan, isSameQuestion, metricOf, timeOf } from './gate.ts'
import type { Pool } from './gate-proof.ts'
import { blocksRequired, effectOf, LEAST_BLOCKS, LEAST_MARGIN, POWER } from './gate-rule.ts'
import { workloadsOf } from './histories.ts'
import { draws } from './random.ts'
import { hodgesLehmann } from './statistics.ts'

export interface MetricCalibration {
  /** max(3 %, 95th percentile of |A/A effect| of a gate of LEAST_BLOCKS blocks). */
  margin: number
  /** Differences of BASE to itself in logarithms, two a block, about their centre. */
  ds: readonly number[]
}

const GATES = 1000
const LOOKS_DRAWN = 300
/** More would take a gate longer than anyone waits. */
export const NUMBERS_OF_BLOCKS = [10, 11, 12, 14, 16, 18, 20, 25, 30, 35, 40, 50, 60]

/** The blocks of each metric that has any. */
export function poolsOf(
  { environments }: Pick<GatePlan, 'environments'>,
  entries: readonly JournalEntry[],
): ReadonlyMap<string, Pool> {
  const pools = new Map<string, Pool>()
  for (const environment of environments) {
    for (const workload of workloadsOf(entries)) {
      const own = entries.filter(
        (entry) => entry.type === 'boot' && isSameQuestion(entry.workload, workload),
      )
      const pool = completeBlocks(own, environment)
      if (pool.length >= LEAST_BLOCKS) pools.set(metricOf(environment, workload), pool)
    }
  }
  return pools
}

export function calibrate(pool: Pool): MetricCalibration {
  const ds = pool.flatMap(({ base, head, again }) => [
    logarithm(head) - logarithm(base),
    logarithm(again) - logarithm(base),
  ])
  const random = draws(1)
  const effects = Array.from({ length: GATES }, () => {
    const drawn = Array.from(
      { length: LEAST_BLOCKS },
      () => ds[Math.floor(random() * ds.length)] as number,
    )
    return Math.expm1(Math.abs(hodgesLehmann(drawn)))
  }).sort((a, b) => a - b)
  const noise = effects[Math.ceil(0.95 * GATES) - 1] as number
  const centre = hodgesLehmann(ds)
  return { margin: Math.max(LEAST_MARGIN, noise), ds: ds.map((d) => d - centre) }
}

/** What a look of that many blocks finds with 95 %, were HEAD slower by a factor: blocks drawn anew. */
export function detectableEffect(
  { ds, margin }: MetricCalibration,
  blocks: number,
  tail: number,
): number {
  const random = draws(1)
  const limits = Array.from({ length: LOOKS_DRAWN }, () => {
    const drawn = Array.from(
      { length: blocks },
      () => ds[Math.floor(random() * ds.length)] as number,
    )
    return Math.log(effectOf(drawn, tail).interval[0])
  }).sort((a, b) => a - b)
  const depth = limits[Math.floor((1 - POWER) * LOOKS_DRAWN)] as number
  return Math.expm1(Math.log1p(margin) - depth)
}

/** Fewest of `NUMBERS_OF_BLOCKS` that detect the effect; null if none does. */
export function blocksToDetect(
  effect: number,
  metric: MetricCalibration,
  tail: number,
): number | null {
  const able = NUMBERS_OF_BLOCKS.filter((blocks) => blocks >= blocksRequired(tail))
  return able.find((blocks) => detectableEffect(metric, blocks, tail) <= effect) ?? null
}

function logarithm(boots: readonly Boot[]): number {
  return boots.reduce((sum, boot) => sum + Math.log(timeOf(boot)), 0) / boots.length
}
