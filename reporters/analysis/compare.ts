/** The journal of a session → comparison.json: one cell an environment and workload. */
import type {
  Availability,
  Boot,
  Cell,
  Comparison,
  Fidelity,
  Histogram,
  JournalEntry,
} from '../../fixtures/model.ts'
import { CONFIDENCE, estimate, figuresOf, pairBoots } from './blocks.ts'
import { perOperation } from './counts.ts'
import { histogramPercentile } from './histogram.ts'
import {
  environmentsOf,
  type History,
  historyOf,
  isSameOperation,
  workloadsOf,
} from './histories.ts'
import {
  EQUIVALENCE_MARGIN,
  type Terms,
  verdictOf,
  warningsOf,
  weakestDurability,
} from './verdict.ts'

export { isPrecise } from './blocks.ts'
export { environmentsOf, isSameWorkload } from './histories.ts'

/**
 * Cells in the order in which environments appear, each from small to large. An environment that
 * is unavailable has a cell for every operation of the session; one that is available has a cell for
 * each workload that was tried.
 */
export function compare(
  session: string,
  entries: readonly JournalEntry[],
  options: Partial<Terms> = {},
): Comparison {
  const terms = { confidence: CONFIDENCE, margin: EQUIVALENCE_MARGIN, ...options }
  const workloads = workloadsOf(entries)
  const cells = environmentsOf(entries).flatMap((probed) =>
    workloads.flatMap((workload) => {
      const others = workloads.filter((other) => isSameOperation(other, workload))
      const isUnavailable = probed.availability?.state === 'unavailable'
      if (isUnavailable && workload !== others.at(-1)) return [] // of several requests, the longest
      const history = historyOf(entries, probed, workload)
      return history ? [cellOf(history, terms)] : []
    }),
  )
  return { schema: 1, session, cells }
}

function cellOf(history: History, terms: Terms): Cell {
  const { probed, workload, stop } = history
  const outcome = outcomeOf(history)
  const measured = measure(history, terms)
  return {
    environment: probed.environment,
    title: probed.title,
    workload,
    fidelity: fidelityOf(probed.availability),
    stop,
    ...measured,
    ...outcome,
    verdict: outcome.state === 'measured' ? measured.verdict : null,
  }
}

/** A failure stays in sight: what was measured before it is shown, but nothing is said of it. */
function outcomeOf(history: History): Pick<Cell, 'state' | 'reason' | 'remedy'> {
  const { availability } = history.probed
  const { failures } = history
  const failure = failures.findLast(({ cause }) => cause === 'guest') ?? failures.at(-1)
  if (failure !== undefined) {
    const { message, cause } = failure
    return { state: 'failed', reason: message, remedy: cause === 'host' ? GO_ON : null }
  }
  if (pairBoots(history.boots).pairs.length > 0) {
    return { state: 'measured', reason: null, remedy: null }
  }
  if (availability?.state === 'unavailable') return availability
  const state = history.stop === 'too-large' ? 'unavailable' : 'failed'
  return { state, ...withoutBlocks(history.stop) }
}

const GO_ON = 'mend that; GUESTBENCH_RESUME=latest then tries it again'

function withoutBlocks(stop: Cell['stop']): { reason: string; remedy: string } {
  switch (stop) {
    case 'budget':
      return {
        reason: 'no block fitted into the time budget',
        remedy: 'raise GUESTBENCH_BUDGET',
      }
    case 'too-large':
      return {
        reason: 'left out, as one boot would take minutes',
        remedy: 'measure where KVM virtualises, or raise GUESTBENCH_BUDGET',
      }
    case 'precise':
    case 'planned':
    case null:
      return { reason: 'the run ended before a block was complete', remedy: 'resume the session' }
  }
}

type Measured = Pick<
  Cell,
  | 'durability'
  | 'blocks'
  | 'disturbedBlocks'
  | 'medianNs'
  | 'medianIntervalNs'
  | 'ratio'
  | 'ratioInterval'
  | 'perBlock'
  | 'perOperation'
  | 'verdict'
  | 'latencyNs'
  | 'warnings'
>

const unmeasured: Measured = {
  durability: null,
  blocks: 0,
  disturbedBlocks: 0,
  medianNs: null,
  medianIntervalNs: null,
  ratio: null,
  ratioInterval: null,
  perBlock: [],
  perOperation: null,
  verdict: null,
  latencyNs: null,
  warnings: [],
}

function measure({ probed, workload, boots }: History, terms: Terms): Measured {
  const pairing = pairBoots(boots)
  if (pairing.pairs.length === 0) return unmeasured
  const guests = pairing.pairs.map(({ guest }) => guest)
  const evidence = {
    environment: probed.environment,
    workload,
    fidelity: fidelityOf(probed.availability),
    pairing,
    estimate: estimate(pairing.pairs, terms.confidence),
  }
  return {
    ...evidence.estimate,
    durability: weakestDurability(guests),
    blocks: pairing.pairs.length,
    disturbedBlocks: pairing.disturbed.length,
    perBlock: pairing.pairs.map(figuresOf),
    perOperation: perOperation(workload, guests),
    verdict: verdictOf(evidence, terms),
    latencyNs: latencyOf(guests),
    warnings: warningsOf(evidence, terms),
  }
}

function fidelityOf(availability: Availability | null): Fidelity | null {
  return availability?.state === 'available' ? availability.fidelity : null
}

function latencyOf(boots: readonly Boot[]): Cell['latencyNs'] {
  const merged = mergeHistograms(boots.flatMap(({ latency }) => (latency ? [latency] : [])))
  if (merged.length === 0) return null
  const percentile = (p: number) => histogramPercentile(merged, p)
  return { p50: percentile(50), p99: percentile(99), p999: percentile(99.9), max: percentile(100) }
}

/** Latencies alone are pooled over boots: a tail needs them all, and no interval is claimed. */
function mergeHistograms(histograms: readonly Histogram[]): Histogram {
  const counts = new Map<number, number>()
  for (const [bucket, count] of histograms.flat()) {
    counts.set(bucket, (counts.get(bucket) ?? 0) + count)
  }
  return [...counts].sort(([a], [b]) => a - b)
}
