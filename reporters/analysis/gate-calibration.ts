/** From blocks of equal builds to what a gate can tell on this machine. Pure. */

import type { Boot, JournalEntry } from '../../fixtures/model.ts'
import { completeBlocks, type GatePlan, isSameQuestion, metricOf, timeOf } from './gate.ts'
import type { Pool } from './gate-proof.ts'
import { LEAST_BLOCKS, LEAST_MARGIN, standardDeviation } from './gate-rule.ts'
import { workloadsOf } from './histories.ts'
import { draws } from './random.ts'
import { hodgesLehmann } from './statistics.ts'

export interface MetricCalibration {
  /** max(3 %, 95th percentile of |A/A effect| of a gate of LEAST_BLOCKS blocks). */
  margin: number
  /** Standard deviation of the blocks' d's. */
  spread: number
  blocks: number
}

const GATES = 1000

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
  return {
    margin: Math.max(LEAST_MARGIN, noise),
    spread: standardDeviation(ds),
    blocks: pool.length,
  }
}

function logarithm(boots: readonly Boot[]): number {
  return boots.reduce((sum, boot) => sum + Math.log(timeOf(boot)), 0) / boots.length
}
