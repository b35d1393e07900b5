/** From blocks of equal builds to what a gate can tell on this machine. Pure. */
import type { JournalEntry } from '../../fixtures/model.ts'
import { type GatePlan, isSameQuestion, metricOf } from './gate.ts'
import { type Block, completeBlocks, differences } from './gate-blocks.ts'
import {
  blocksRequired,
  centred,
  detectableEffect,
  drawn,
  LEAST_BLOCKS,
  LEAST_MARGIN,
  USUAL_BLOCKS,
} from './gate-rule.ts'
import { workloadsOf } from './histories.ts'
import { draws } from './random.ts'
import { hodgesLehmann } from './statistics.ts'

export interface MetricCalibration {
  /** max(3 %, 95th percentile of |A/A effect| of a gate of USUAL_BLOCKS blocks). */
  margin: number
  /** Differences of BASE to itself in logarithms, two a block, about their centre. */
  ds: readonly number[]
}

const GATES = 1000
/** More would take a gate longer than anyone waits. */
export const NUMBERS_OF_BLOCKS = [10, 11, 12, 14, 16, 18, 20, 25, 30, 35, 40, 50, 60]

/** The blocks of each metric that has any. */
export function poolsOf(
  { environments }: Pick<GatePlan, 'environments'>,
  entries: readonly JournalEntry[],
): ReadonlyMap<string, readonly Block[]> {
  const pools = new Map<string, readonly Block[]>()
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

export function calibrate(pool: readonly Block[]): MetricCalibration {
  const ds = [...differences(pool, 'head'), ...differences(pool, 'again')]
  const random = draws(1)
  const effects = Array.from({ length: GATES }, () =>
    Math.expm1(Math.abs(hodgesLehmann(drawn(ds, USUAL_BLOCKS, random)))),
  ).sort((a, b) => a - b)
  const noise = effects[Math.ceil(0.95 * GATES) - 1] as number
  return { margin: Math.max(LEAST_MARGIN, noise), ds: centred(ds) }
}

/** Fewest of `NUMBERS_OF_BLOCKS` that detect the effect; null if none does. */
export function blocksToDetect(
  effect: number,
  metric: MetricCalibration,
  tail: number,
): number | null {
  const able = NUMBERS_OF_BLOCKS.filter((blocks) => blocks >= blocksRequired(tail))
  let [low, high] = [0, able.length] // more blocks detect less: halved, as each try takes long
  while (low < high) {
    const middle = (low + high) >> 1
    if (detectableEffect(metric, able[middle] as number, tail) <= effect) high = middle
    else low = middle + 1
  }
  return able[low] ?? null
}
