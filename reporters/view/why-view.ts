/** Where time goes, and what would help, for people: paragraphs and tables that each face lays out. */

import { MOST_UNEXPLAINED } from '../../fixtures/analysis/ledger.ts'
import {
  CAUSES,
  type Cause,
  gainInLedger,
  gainWithout,
} from '../../fixtures/analysis/ledger-causes.ts'
import { publishedCosts } from '../../fixtures/analysis/ledger-published.ts'
import { judgeCauses, ofUnikernels } from '../../fixtures/analysis/ledger-verdicts.ts'
import type { LedgerCell, LedgerTerm, RemedyOutcome } from '../../fixtures/ledger-model.ts'
import { OPERATIONS } from '../../fixtures/operations.ts'
import {
  formatDuration,
  formatDurationInterval,
  formatPercent,
  formatRatio,
  formatSize,
} from '../../fixtures/units.ts'

import type { HeadlineLine } from './headline.ts'

/** A table that a face lays out: its first column names the row. */
export interface WhyTable {
  title: string
  heads: readonly string[]
  rows: readonly (readonly string[])[]
  /** A sentence each. */
  notes: readonly string[]
}

export interface WhyPart {
  /** Lines of the headline, an operation each; nothing that is emulated. */
  paragraphs: readonly HeadlineLine[]
  ledgers: readonly { cell: LedgerCell; table: WhyTable }[]
  help: WhyTable | null
  sensitivity: WhyTable | null
  causes: WhyTable | null
}

export const whyTitle = 'Why: where the time of one operation goes'
export const whyCaption =
  'Counts are exact, costs measured in the same blocks by native Linux asked alike and by requests that ' +
  'ask for nothing; what no term explains is printed, never absorbed. Shares are of places, not of causes.'

/** Null of a session of another mode. */
export function whyPartOf(ledger: readonly LedgerCell[] | undefined): WhyPart | null {
  if (ledger === undefined || ledger.length === 0) return null
  return {
    paragraphs: ledger.filter(({ fidelity }) => fidelity === 'native').map(paragraphOf),
    ledgers: ledger.map((cell) => ({ cell, table: ledgerTable(cell) })),
    help: helpTable(ledger),
    sensitivity: sensitivityTable(ledger),
    causes: causesTable(ledger),
  }
}

function operationOf({ workload: { sizeBytes, operation } }: LedgerCell): string {
  return `${formatSize(sizeBytes)} ${OPERATIONS[operation].title}`
}

/** `4 KiB read takes ×9.10 Linux’s time: 8 requests of 541 ns; system call and file system 84 %, …`. */
function paragraphOf(cell: LedgerCell): HeadlineLine {
  const { title, ratio, timeNs, counts, terms } = cell
  const { requests } = counts
  const each =
    requests > 1 ? `${requests} requests of ${formatDuration(timeNs / requests)}` : 'one request'
  const largest = terms
    .filter(({ place, share }) => place !== 'unexplained' && (share ?? 0) >= WORTH_SAYING)
    .toSorted((a, b) => (b.share ?? 0) - (a.share ?? 0))
    .slice(0, 2)
    .map(
      ({ name, share, timeNs: ns, count }) =>
        `${shareText(share ?? 0)} ${name} (${perRequest(ns ?? 0, requests, count)})`,
    )
  const rest = terms.at(-1)
  const open = rest?.share === null ? `not explained, ${rest.unknown}` : restText(rest?.share ?? 0)
  return {
    subject: `Why, ${title}`,
    text: `${operationOf(cell)} takes ${formatRatio(ratio)} Linux’s time: ${each}; ${[...largest, open].join(', ')}.`,
  }
}

function perRequest(ns: number, requests: number, count: number | null): string {
  if (requests === 1 || count !== requests) return formatDuration(Math.abs(ns))
  return `${formatDuration(Math.abs(ns) / requests)} of each`
}

function restText(share: number): string {
  const text = `${shareText(share)} unexplained`
  return Math.abs(share) > MOST_UNEXPLAINED ? `NOT explained: ${text}` : text
}

/** A smaller share is no part of an answer. */
const WORTH_SAYING = 0.02

/** `84.1 %`, `−0.4 %`, `< 0.1 %`. */
function shareText(share: number): string {
  const rounded = Math.round(Math.abs(share) * 1000) / 1000
  if (rounded === 0) return '< 0.1 %'
  return `${share < 0 ? '−' : ''}${formatPercent(rounded)}`
}

function ledgerTable(cell: LedgerCell): WhyTable {
  const { title, timeNs, timeIntervalNs, blocks, terms, fidelity, isExplained, doubts, counts } =
    cell
  const emulated = fidelity === 'emulated' ? ', emulated' : ''
  const by = counts.counted === 'outside' ? 'counted from outside' : 'by the protocol, not counted'
  return {
    title: `${title}, ${operationOf(cell)}${emulated}: ${formatDuration(timeNs)} (${formatDurationInterval(timeIntervalNs)})`,
    heads: ['', 'count', 'cost of one', 'time', 'share'],
    rows: terms.map(termRow),
    notes: [
      `${requestsText(counts)} an operation, ${by}; ${blocks} blocks${isExplained ? '' : '; NOT explained'}`,
      ...terms.flatMap(({ name, place, unknown }) =>
        unknown === null || place === 'unexplained' ? [] : [`${name} unknown: ${unknown}`],
      ),
      ...doubts,
    ],
  }
}

function requestsText({ requests, flushes, exits }: LedgerCell['counts']): string {
  return [
    counted(requests, 'request'),
    ...(flushes > 0 ? [counted(flushes, 'flush', 'flushes')] : []),
    ...(exits === null ? [] : [counted(exits, 'exit')]),
  ].join(', ')
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

function termRow({ name, count, costNs, costIntervalNs, timeNs, share }: LedgerTerm) {
  const times = count === null ? '' : `${count}`
  if (costNs === null || timeNs === null || share === null)
    return [name, times, 'unknown', '–', '–']
  const limits = costIntervalNs === null ? '' : ` (${limitsText(costIntervalNs)})`
  return [name, times, `${signed(costNs)}${limits}`, signed(timeNs), shareText(share)]
}

function limitsText([lower, upper]: readonly [number, number]): string {
  return lower < 0 ? `${signed(lower)} to ${signed(upper)}` : formatDurationInterval([lower, upper])
}

function signed(ns: number): string {
  return `${ns < 0 ? '−' : ''}${formatDuration(Math.abs(ns))}`
}

function helpTable(ledger: readonly LedgerCell[]): WhyTable | null {
  const rows = ledger.flatMap((cell) =>
    cell.remedies.map((remedy) => [
      `${cell.title}, ${operationOf(cell)}${cell.fidelity === 'emulated' ? ' (emulated)' : ''}`,
      remedy.remedy,
      formatDuration(cell.timeNs),
      ...outcomeCells(remedy),
    ]),
  )
  if (rows.length === 0) return null
  return {
    title: 'What would help',
    heads: ['', 'remedy', 'now', 'predicted', 'measured', ''],
    rows,
    notes: [coverageText(ledger)],
  }
}

function outcomeCells({
  predictedNs,
  predictedIntervalNs,
  measuredNs,
  outcome,
  reason,
}: RemedyOutcome): readonly string[] {
  const predicted =
    predictedNs === null || predictedIntervalNs === null
      ? '–'
      : `${formatDuration(predictedNs)} (${formatDurationInterval(predictedIntervalNs)})`
  const measured = measuredNs === null ? '–' : formatDuration(measuredNs)
  return [predicted, measured, reason === null ? outcome : `${outcome}: ${reason}`]
}

function coverageText(ledger: readonly LedgerCell[]): string {
  const hitsOf = (cells: readonly LedgerCell[]) => {
    const judged = cells.flatMap(({ remedies }) =>
      remedies.filter(({ outcome }) => outcome === 'hit' || outcome === 'miss'),
    )
    return `${judged.filter(({ outcome }) => outcome === 'hit').length} of ${judged.length}`
  }
  const emulated = ledger.filter(({ fidelity }) => fidelity === 'emulated')
  const native = ledger.filter(({ fidelity }) => fidelity !== 'emulated')
  const beside = emulated.length === 0 ? '' : `; of what is emulated ${hitsOf(emulated)}`
  return `Predicted before the remedy’s first boot, to hold it in 90 % of cases: ${hitsOf(native)} hit${beside}`
}

function sensitivityTable(ledger: readonly LedgerCell[]): WhyTable | null {
  const rows = ledger.flatMap((cell) =>
    cell.sensitivities.map(({ event, slope, slopeInterval: [lower, upper], count, agrees }) => [
      `${cell.title}, ${operationOf(cell)}`,
      `each ${event}`,
      `${slope.toFixed(2)} (${lower.toFixed(2)}–${upper.toFixed(2)})`,
      count === null ? 'not counted' : `${count}`,
      agrees === null ? '' : agrees ? 'equal' : 'NOT equal',
    ]),
  )
  if (rows.length === 0) return null
  return {
    title: 'Sensitivity: what a known wait at each adds, in waits an operation',
    heads: ['', 'a wait at', 'slope', 'count', ''],
    rows,
    notes: [],
  }
}

const causes = Object.keys(CAUSES) as Cause[]

export const causeHeads = [
  '',
  'exits (1)',
  'file system (2)',
  'single blocks (3)',
  'a flush each block',
]

/** Of what others have published, below `causeHeads`. */
export function publishedRows(): readonly (readonly string[])[] {
  return publishedCosts().map(({ source, workload, costs }) => [
    `${source}, ${workload}`,
    ...causes.map((cause) => formatRatio(gainWithout(cause, costs))),
  ])
}

/** How many times as fast operations would be without the cause. */
function causesTable(ledger: readonly LedgerCell[]): WhyTable | null {
  const measured = ofUnikernels(ledger)
  if (measured.length === 0) return null
  const own = measured.map((cell) => [
    `here: ${cell.title}, ${operationOf(cell)}${cell.fidelity === 'emulated' ? ' (emulated)' : ''}`,
    ...causes.map((cause) => {
      const gain = gainInLedger(cause, cell)
      return gain === null ? 'unknown' : formatRatio(gain.ratio)
    }),
  ])
  return {
    title: 'The study’s causes: how many times as fast without each, all else as it is',
    heads: causeHeads,
    rows: [...publishedRows(), ...own],
    notes: [
      ...judgeCauses(ledger).map(
        ({ statement, verdict, reason }) =>
          `${statement}: ${reason === null ? verdict : `${verdict}, ${reason}`}`,
      ),
      'Causes multiply (many requests × an exit each), so that no shares of them add up',
      'Of the study, which has no native Linux with the guest’s own requests: a native call of 4 KB bounds cause 2 from above and the exit from below',
    ],
  }
}
