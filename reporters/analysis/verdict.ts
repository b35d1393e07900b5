/** What may be said of a measured cell, and what must be said beside it. */
import type {
  Boot,
  Durability,
  Fidelity,
  Interval,
  Verdict,
  Workload,
} from '../../fixtures/model.ts'
import { isDurable } from '../../fixtures/operations.ts'
import {
  type Estimate,
  isDisturbed,
  nominalConfidence,
  type Pairing,
  relativeHalfWidth,
} from './blocks.ts'
import { blocksNeeded } from './statistics.ts'
import { formatDuration, formatPercent } from './units.ts'

/** The change below which nobody would choose by it: what Firecracker's A/B gate lets pass. */
export const EQUIVALENCE_MARGIN = 0.05

/** Four margins: boots that spread wider hide any difference that the margin could tell. */
export const NOISY_HALF_WIDTH = 0.2

/** The environment that is also everyone's control: its own ratio is the machine's noise. */
export const NATIVE_ENVIRONMENT = 'linux'

/** Native Linux, also of merged sessions, which have one each: `linux@bare`, `linux@xen`. */
export function isNative(environment: string): boolean {
  return environment.split('@')[0] === NATIVE_ENVIRONMENT
}

export interface Evidence {
  environment: string
  workload: Workload
  fidelity: Fidelity | null
  pairing: Pairing
  estimate: Estimate
}

export interface Terms {
  confidence: number
  margin: number
}

/** Null: nothing may be said, and `warningsOf` or the fidelity tells why. */
export function verdictOf(evidence: Evidence, { margin }: Terms): Verdict | null {
  const { ratioInterval } = evidence.estimate
  if (ratioInterval === null) return null
  if (evidence.fidelity !== 'native') return null
  if (isDurabilityUnequal(evidence)) return null
  return verdictOfInterval(ratioInterval, margin)
}

/** Equivalence first: a difference may be certain and yet too small to matter. */
export function verdictOfInterval([lower, upper]: Interval, margin: number): Verdict {
  if (lower >= 1 / (1 + margin) && upper <= 1 + margin) return 'equivalent'
  if (lower > 1) return 'slower'
  if (upper < 1) return 'faster'
  return 'inconclusive'
}

/** What weakens the cell's numbers, each as one sentence. */
export function warningsOf(evidence: Evidence, terms: Terms): readonly string[] {
  return [
    injectedDelay(evidence.workload),
    unknownFidelity(evidence),
    ...incompleteBlocks(evidence.pairing),
    disturbedBlocks(evidence.pairing, terms),
    tooFewBlocks(evidence.pairing, terms),
    mixedDurability(evidence.pairing),
    doubtfulDurability(evidence),
    wideSpread(evidence.estimate),
    unequalControls(evidence, terms),
  ].filter((warning) => warning !== null)
}

/** The weakest durability among boots: what was shown of one is not shown of all. */
export function weakestDurability(boots: readonly Boot[]): Durability | null {
  const found = new Set(boots.map(({ durability }) => durability))
  return strength.find((durability) => found.has(durability)) ?? null
}

const strength: readonly Durability[] = ['none', 'host-cache', 'unverified', 'device']

const whereData = {
  none: 'no durability was asked for',
  'host-cache': 'the data was still in the host’s cache',
  unverified: 'this machine cannot tell where the data was',
  device: 'the device was flushed',
} as const satisfies Record<Durability, string>

/** A cell that tries the harness is never to be taken for one that measured an environment. */
function injectedDelay({ delayNs }: Workload): string | null {
  if (!delayNs) return null
  return `a delay of ${formatDuration(delayNs)} was injected into every operation, to try the harness itself`
}

function unknownFidelity({ fidelity }: Evidence): string | null {
  if (fidelity !== null) return null
  return 'not ranked: the journal does not tell whether it was emulated'
}

function incompleteBlocks({ incomplete }: Pairing): readonly string[] {
  return incomplete.map(({ block, missing }) => `block ${block} dropped: it has no ${missing} boot`)
}

/** Why blocks were disturbed, and whether they were left out; `Cell.disturbedBlocks` says how many. */
function disturbedBlocks({ pairs, disturbed }: Pairing, { confidence }: Terms): string | null {
  if (disturbed.length === 0) return null
  const boots = disturbed.flatMap(({ control, guest }) => [control, guest])
  const reasons = [...new Set(boots.flatMap((boot) => boot.disturbed ?? []))].sort().join(', ')
  return pairs.some(isDisturbed)
    ? `disturbed blocks (${reasons}), kept, for fewer than ${blocksNeeded(confidence)} were not`
    : `disturbed blocks (${reasons}), left out`
}

function tooFewBlocks({ pairs }: Pairing, { confidence }: Terms): string | null {
  const needed = blocksNeeded(nominalConfidence(confidence))
  if (pairs.length >= needed) return null
  return `${needed} blocks needed for a ${formatPercent(confidence)} interval, ${pairs.length} measured`
}

function mixedDurability({ pairs }: Pairing): string | null {
  const found = new Set(pairs.map(({ guest }) => guest.durability))
  if (found.size < 2) return null
  return `durability differs between boots (${[...found].sort().join(', ')}); the weakest counts`
}

/** Weakest durability of either arm; null where the operation asks for none. */
function durabilities({ workload, pairing: { pairs } }: Evidence) {
  if (!isDurable(workload.operation)) return null
  const guest = weakestDurability(pairs.map((pair) => pair.guest))
  const control = weakestDurability(pairs.map((pair) => pair.control))
  return guest && control && { guest, control }
}

/** A durable write is never ranked against one that is not. */
function isDurabilityUnequal(evidence: Evidence): boolean {
  const found = durabilities(evidence)
  return found !== null && found.guest !== found.control
}

function doubtfulDurability(evidence: Evidence): string | null {
  const found = durabilities(evidence)
  if (found === null) return null
  const { guest, control } = found
  if (guest !== control) {
    return `not ranked: when a durable write returned, ${whereData[guest]}; on native Linux ${whereData[control]}`
  }
  if (guest === 'device') return null
  return `on both sides, when a durable write returned, ${whereData[guest]}`
}

function wideSpread({ medianNs, medianIntervalNs }: Estimate): string | null {
  const halfWidth = medianIntervalNs && relativeHalfWidth(medianNs, medianIntervalNs)
  if (halfWidth === null || halfWidth <= NOISY_HALF_WIDTH) return null
  return `noisy: the median over boots is known to no better than ±${formatPercent(NOISY_HALF_WIDTH)}`
}

function unequalControls(evidence: Evidence, { margin }: Terms): string | null {
  const interval = evidence.estimate.ratioInterval
  if (!isNative(evidence.environment) || interval === null) return null
  if (evidence.workload.delayNs) return null
  if (interval[0] <= 1 && interval[1] >= 1) return null
  const size = verdictOfInterval(interval, margin) === 'equivalent' ? 'within' : 'beyond'
  return `this machine’s noise: native Linux against itself is not ×1, ${size} the margin of ${formatPercent(margin)}`
}
