/**
 * What the journal of a gate says: one row for each environment and workload, HEAD against BASE,
 * never averaged over either. Pure.
 *
 * A gate's boots stand in the journal under `ENVIRONMENT@base`, `@head` and `@again` (BASE once
 * more, the live A/A arm); those that only counted under `@base:count` and `@head:count`.
 */
import type { Interval, JournalEntry, Workload } from '../../fixtures/model.ts'
import { controlOf, nameOf } from '../../fixtures/workloads.ts'
import { type Block, completeBlocks, differences, judgeLook } from './gate-blocks.ts'
import { completeRounds, type ExactMetric, exactMetrics } from './gate-counts.ts'
import {
  centred,
  detectableEffect,
  type Effect,
  type GateVerdict,
  LEAST_MARGIN,
  tailOf,
} from './gate-rule.ts'
import { isSameOperation, workloadsOf } from './histories.ts'

/** gate.json beside the journal: what was planned before anything was measured. */
export interface GatePlan {
  base: string
  head: string
  /** Environments that both builds have. */
  environments: readonly string[]
  /** Primary metrics: environments times workloads. */
  metrics: number
  /** Of one look. */
  blocks: number
  /** By `ENVIRONMENT WORKLOAD`; LEAST_MARGIN where this machine was not calibrated. */
  margins: Readonly<Record<string, number>>
}

export interface GateRow {
  metric: string
  environment: string
  workload: Workload
  verdict: GateVerdict
  /** Why it is not a PASS by time; consoles of a functional difference included. */
  reason: string | null
  margin: number
  /** Medians over boots, of one operation. */
  baseNs: number | null
  headNs: number | null
  effect: Effect | null
  /** BASE against itself. */
  control: Effect | null
  /** What a look of this spread finds with 95 %, as a fraction. */
  detectable: number | null
  blocks: number
  looks: number
  exact: readonly ExactMetric[]
}

export interface GateReport {
  schema: 1
  session: string
  plan: GatePlan
  verdict: GateVerdict
  rows: readonly GateRow[]
}

/** Vitest's own codes are 0 and 1. */
export const EXIT_CODES: Readonly<Record<GateVerdict, number>> = {
  PASS: 0,
  REGRESSION: 1,
  INVALID: 2,
  INCONCLUSIVE: 3,
}

export function metricOf(environment: string, workload: Workload): string {
  return `${environment} ${nameOf(controlOf(workload))}`
}

export function reportGate(
  session: string,
  plan: GatePlan,
  entries: readonly JournalEntry[],
): GateReport {
  const workloads = workloadsOf(entries).filter(
    (workload, index, all) => all.findIndex((one) => isSameQuestion(one, workload)) === index,
  )
  const rows = plan.environments.flatMap((environment) =>
    workloads.map((workload) => rowOf(plan, entries, environment, workload)),
  )
  return { schema: 1, session, plan, verdict: overall(plan, rows), rows }
}

/** A functional difference decides before an invalid measurement, that before what is unclear. */
function overall({ metrics }: GatePlan, rows: readonly GateRow[]): GateVerdict {
  const found = new Set(rows.map(({ verdict }) => verdict))
  if (found.has('REGRESSION')) return 'REGRESSION'
  if (metrics === 0 || rows.length < metrics || found.has('INVALID')) return 'INVALID'
  return found.has('INCONCLUSIVE') ? 'INCONCLUSIVE' : 'PASS'
}

/** The arms may cut an operation into other requests (a patch may change that), and HEAD be delayed. */
export function isSameQuestion(one: Workload, other: Workload): boolean {
  return isSameOperation(one, other)
}

function rowOf(
  plan: GatePlan,
  entries: readonly JournalEntry[],
  environment: string,
  workload: Workload,
): GateRow {
  const own = entries.filter(
    (entry) => entry.type === 'availability' || isSameQuestion(entry.workload, workload),
  )
  const exact = exactMetrics(completeRounds(own, environment))
  const metric = metricOf(environment, workload)
  const margin = plan.margins[metric] ?? LEAST_MARGIN
  const blocks = completeBlocks(own, environment)
  const looks = Math.floor(blocks.length / plan.blocks)
  const row = { metric, environment, workload, margin, blocks: blocks.length, looks, exact }
  const nothing = { baseNs: null, headNs: null, effect: null, control: null, detectable: null }
  const failure = failureOf(own, environment)
  if (failure !== null) return { ...row, ...nothing, ...failure }
  const timed =
    looks === 0
      ? {
          ...nothing,
          verdict: 'INVALID' as const,
          reason: whyUntimed(plan, entries, blocks.length),
        }
      : lookAt(blocks.slice((looks - 1) * plan.blocks, looks * plan.blocks), plan, margin)
  const worse = exact.filter(({ verdict }) => verdict === 'REGRESSION')
  if (worse.length === 0) return { ...row, ...timed }
  const counted = worse.map(({ name, base, head }) => `${name} of one operation: ${base} → ${head}`)
  return { ...row, ...timed, verdict: 'REGRESSION', reason: counted.join('; ') }
}

function lookAt(look: readonly Block[], { metrics }: GatePlan, margin: number) {
  const tail = tailOf(metrics)
  const ds = centred(differences(look, 'head'))
  const detectable = detectableEffect({ ds, margin }, look.length, tail)
  return { ...judgeLook(look, margin, tail), detectable }
}

function whyUntimed(
  { blocks }: GatePlan,
  entries: readonly JournalEntry[],
  measured: number,
): string {
  const isStopped = entries.some(
    ({ type, environment }) => type === 'failure' && environment.endsWith('@head'),
  )
  if (isStopped) return 'not timed, as HEAD fails where BASE does not'
  return `${measured} of ${blocks} blocks measured; GUESTBENCH_RESUME=latest goes on`
}

/**
 * How a cell ended that could not go on: HEAD's own failure is a functional difference, any other
 * cannot be judged. Null where it went on after a failure: in a session that was resumed.
 */
export function failureOf(
  entries: readonly JournalEntry[],
  environment: string,
): { verdict: 'REGRESSION' | 'INVALID'; reason: string } | null {
  const last = entries.findLast(
    (entry) => entry.type !== 'availability' && entry.environment.split('@')[0] === environment,
  )
  if (last?.type !== 'failure') return null
  const isHead = last.environment === `${environment}@head`
  return { verdict: isHead ? 'REGRESSION' : 'INVALID', reason: last.message }
}

export function formatLimits({ interval: [lower, upper] }: { interval: Interval }): string {
  return `${lower.toFixed(3)}–${upper.toFixed(3)}`
}
