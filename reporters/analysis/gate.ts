/**
 * What the journal of a gate says: one row for each environment and workload, HEAD against BASE,
 * never averaged over either. Pure.
 *
 * A gate's boots stand in the journal under `ENVIRONMENT@base`, `@head` and `@again` (BASE once
 * more, the live A/A arm); those that only counted under `@base:count` and `@head:count`.
 */
import type { Boot, Counts, Interval, JournalEntry, Workload } from '../../fixtures/model.ts'
import { nameOf } from '../../fixtures/workloads.ts'
import {
  detectableEffect,
  type Effect,
  effectOf,
  type GateVerdict,
  isFlagged,
  judge,
  LEAST_MARGIN,
  standardDeviation,
  tailOf,
} from './gate-rule.ts'
import { isSameWorkload, workloadsOf } from './histories.ts'
import { median } from './statistics.ts'
import { weakestDurability } from './verdict.ts'

export const ROLES = ['base', 'head', 'again'] as const
export type Role = (typeof ROLES)[number]

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

/** An exact count of one operation; zero tolerance. */
export interface ExactMetric {
  name: 'reads' | 'writes' | 'exits' | 'flushes'
  base: number
  head: number
  verdict: 'REGRESSION' | 'PASS'
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
  return `${environment} ${nameOf({ ...workload, requestBytes: workload.sizeBytes })}`
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

/** The arms may cut an operation into other requests: that is what a patch may change. */
export function isSameQuestion(one: Workload, other: Workload): boolean {
  return isSameWorkload({ ...one, requestBytes: 0 }, { ...other, requestBytes: 0 })
}

type Boots = Readonly<Record<Role, readonly Boot[]>>

function rowOf(
  plan: GatePlan,
  entries: readonly JournalEntry[],
  environment: string,
  workload: Workload,
): GateRow {
  const own = entries.filter(
    (entry) => entry.type === 'availability' || isSameQuestion(entry.workload, workload),
  )
  const exact = exactMetrics(own, environment)
  const metric = metricOf(environment, workload)
  const margin = plan.margins[metric] ?? LEAST_MARGIN
  const blocks = completeBlocks(own, environment)
  const looks = Math.floor(blocks.length / plan.blocks)
  const row = { metric, environment, workload, margin, blocks: blocks.length, looks, exact }
  const nothing = { baseNs: null, headNs: null, effect: null, control: null, detectable: null }
  const failure = failureOf(own, environment)
  if (failure !== null) return { ...row, ...nothing, ...failure }
  const worse = exact.filter(({ verdict }) => verdict === 'REGRESSION')
  const counted = worse.map(({ name, base, head }) => `${name} of one operation: ${base} → ${head}`)
  if (looks === 0) {
    if (counted.length > 0)
      return { ...row, ...nothing, verdict: 'REGRESSION', reason: counted.join('; ') }
    const reason = `${blocks.length} of ${plan.blocks} blocks measured; GUESTBENCH_RESUME=latest goes on`
    return { ...row, ...nothing, verdict: 'INVALID', reason }
  }
  const look = blocks.slice((looks - 1) * plan.blocks, looks * plan.blocks)
  const timed = judgeLook(look, margin, tailOf(plan.metrics))
  if (counted.length === 0) return { ...row, ...timed }
  return { ...row, ...timed, verdict: 'REGRESSION', reason: counted.join('; ') }
}

/** What one look alone says; those before it were inconclusive. */
export function judgeLook(look: readonly Boots[], margin: number, tail: number) {
  const ds = look.map(({ base, head }) => logarithm(head) - logarithm(base))
  const effect = effectOf(ds, tail)
  const control = effectOf(
    look.map(({ base, again }) => logarithm(again) - logarithm(base)),
    tail,
  )
  const fault = invalidityOf(look, control, margin)
  return {
    baseNs: median(look.flatMap(({ base }) => base.map(timeOf))),
    headNs: median(look.flatMap(({ head }) => head.map(timeOf))),
    effect,
    control,
    detectable: detectableEffect(standardDeviation(ds), ds.length, tail, margin),
    verdict: fault === null ? judge(effect, margin) : ('INVALID' as const),
    reason: fault,
  }
}

/** Nanoseconds of one operation: the median of the boot's samples. */
export function timeOf({ samples }: Boot): number {
  return median(samples.map(({ elapsedNs, operations }) => elapsedNs / operations))
}

function logarithm(boots: readonly Boot[]): number {
  return boots.reduce((sum, boot) => sum + Math.log(timeOf(boot)), 0) / boots.length
}

/** Those the machine would explain as well as the patch. */
function invalidityOf(look: readonly Boots[], control: Effect, margin: number): string | null {
  const all = (role: Role) => look.flatMap((block) => block[role])
  const [base, head] = [weakestDurability(all('base')), weakestDurability(all('head'))]
  if (base !== head) return `durability differs: BASE ${base}, HEAD ${head}`
  const disturbances = new Set(ROLES.flatMap(all).flatMap(({ disturbed }) => disturbed ?? []))
  const slowed = (['throttling', 'heat', 'lowered clock'] as const).filter((one) =>
    disturbances.has(one),
  )
  if (slowed.length > 0) return `the machine was slowed meanwhile: ${slowed.join(', ')}`
  if (!isFlagged(control, margin)) return null
  return `BASE against itself differs by ×${control.ratio.toFixed(3)}: this machine cannot judge now`
}

/** Blocks with two boots of each arm, in their order. */
export function completeBlocks(
  entries: readonly JournalEntry[],
  environment: string,
): readonly Boots[] {
  const blocks = new Map<number, Record<Role, Boot[]>>()
  for (const entry of entries) {
    if (entry.type !== 'boot') continue
    const role = ROLES.find((name) => entry.environment === `${environment}@${name}`)
    if (role === undefined) continue
    const block = blocks.get(entry.boot.block) ?? { base: [], head: [], again: [] }
    block[role].push(entry.boot)
    blocks.set(entry.boot.block, block)
  }
  return [...blocks.values()].filter((block) => ROLES.every((role) => block[role].length === 2))
}

/** HEAD's alone is a functional difference; any other cannot be judged. */
function failureOf(entries: readonly JournalEntry[], environment: string) {
  const failure = entries.findLast(
    (entry) => entry.type === 'failure' && entry.environment.split('@')[0] === environment,
  )
  if (failure?.type !== 'failure') return null
  const isHead = failure.environment === `${environment}@head`
  return { verdict: isHead ? 'REGRESSION' : 'INVALID', reason: failure.message } as const
}

const COUNTS = {
  hostReads: 'reads',
  hostWrites: 'writes',
  kvmExits: 'exits',
  deviceFlushes: 'flushes',
} as const satisfies Partial<Record<keyof Counts, ExactMetric['name']>>

/**
 * Counts of one operation, from boots of n and of 2n operations, so that starting up is not in
 * them. A count that BASE or HEAD does not repeat is none of theirs alone, and left out.
 */
function exactMetrics(
  entries: readonly JournalEntry[],
  environment: string,
): readonly ExactMetric[] {
  return (Object.keys(COUNTS) as (keyof typeof COUNTS)[]).flatMap((count) => {
    const base = repeatedSlope(entries, `${environment}@base:count`, count)
    const head = repeatedSlope(entries, `${environment}@head:count`, count)
    if (base === null || head === null) return []
    return [{ name: COUNTS[count], base, head, verdict: head > base ? 'REGRESSION' : 'PASS' }]
  })
}

function repeatedSlope(
  entries: readonly JournalEntry[],
  environment: string,
  count: keyof Counts,
): number | null {
  const boots = entries.flatMap((entry) =>
    entry.type === 'boot' && entry.environment === environment ? [entry] : [],
  )
  const slopes = new Set<number>()
  for (const rounds of Map.groupBy(boots, ({ boot }) => boot.block).values()) {
    const [few, many] = rounds
    if (few === undefined || many === undefined) return null
    const [from, to] = [few.boot.counts[count], many.boot.counts[count]]
    if (from === undefined || to === undefined) return null
    slopes.add((to - from) / (operationsOf(many.workload) - operationsOf(few.workload)))
  }
  return slopes.size === 1 ? ([...slopes][0] as number) : null
}

function operationsOf({ samples, operationsPerSample }: Workload): number {
  return samples * operationsPerSample
}

export function formatLimits({ interval: [lower, upper] }: { interval: Interval }): string {
  return `${lower.toFixed(3)}–${upper.toFixed(3)}`
}
