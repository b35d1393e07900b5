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
import type { ClaimVerdict } from '../../fixtures/model.ts'
import { OPERATIONS } from '../../fixtures/operations.ts'
import {
  formatDuration,
  formatDurationInterval,
  formatPercent,
  formatRatio,
  formatSize,
} from '../../fixtures/units.ts'
import type { Words } from '../../fixtures/words/words.ts'
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

/** Null of a session of another mode. */
export function whyPartOf(ledger: readonly LedgerCell[], words: Words): WhyPart | null {
  if (ledger.length === 0) return null
  return {
    paragraphs: ledger
      .filter(({ fidelity }) => fidelity === 'native')
      .map((cell) => paragraphOf(cell, words)),
    ledgers: ledger.map((cell) => ({ cell, table: ledgerTable(cell, words) })),
    help: helpTable(ledger, words),
    sensitivity: sensitivityTable(ledger, words),
    causes: causesTable(ledger, words),
  }
}

function operationOf({ workload: { sizeBytes, operation } }: LedgerCell): string {
  return `${formatSize(sizeBytes)} ${OPERATIONS[operation].title}`
}

/** In the reader's words; what has none there is shown as it is. */
export function nameIn({ why }: Words, name: string): string {
  return why.names[name] ?? name
}

function cellName(cell: LedgerCell, { why }: Words): string {
  return why.cell(cell.title, operationOf(cell), cell.fidelity === 'emulated')
}

/** `4 KiB read takes ×9.10 Linux’s time: 8 requests of 541 ns; 84.1 % system call and file system …`. */
function paragraphOf(cell: LedgerCell, words: Words): HeadlineLine {
  const { why } = words
  const { title, ratio, timeNs, counts, terms } = cell
  const { requests } = counts
  const largest = terms
    .filter(({ place, share }) => place !== 'unexplained' && (share ?? 0) >= WORTH_SAYING)
    .toSorted((a, b) => (b.share ?? 0) - (a.share ?? 0))
    .slice(0, 2)
    .map(({ name, share, timeNs: ns, count }) => {
      const isOfEach = requests > 1 && count === requests
      const time = formatDuration(Math.abs(ns ?? 0) / (isOfEach ? requests : 1))
      const said = isOfEach ? why.ofEach(time) : time
      return why.part(shareText(share ?? 0), nameIn(words, name), said)
    })
  const each = why.each(requests, formatDuration(timeNs / requests))
  const parts = [...largest, restText(cell, words)]
  return {
    subject: why.subject(title),
    text: why.takes(operationOf(cell), formatRatio(ratio), each, parts),
  }
}

function restText({ terms }: LedgerCell, words: Words): string {
  const { why } = words
  const share = terms.at(-1)?.share ?? null
  if (share === null) {
    const open = terms.filter(({ unknown, place }) => unknown !== null && place !== 'unexplained')
    return why.notExplained(why.withUnknown(open.map(({ name }) => nameIn(words, name))))
  }
  const text = why.unexplained(shareText(share))
  return Math.abs(share) > MOST_UNEXPLAINED ? why.tooMuch(text) : text
}

/** A smaller share is no part of an answer. */
const WORTH_SAYING = 0.02

/** `84.1 %`, `−0.4 %`, `< 0.1 %`. */
function shareText(share: number): string {
  const rounded = Math.round(Math.abs(share) * 1000) / 1000
  if (rounded === 0) return '< 0.1 %'
  return `${share < 0 ? '−' : ''}${formatPercent(rounded)}`
}

function ledgerTable(cell: LedgerCell, words: Words): WhyTable {
  const { why } = words
  const { timeNs, timeIntervalNs, blocks, terms, isExplained, doubts, counts } = cell
  const { requests, flushes, exits, counted } = counts
  const told = why.counts(requests, flushes, exits)
  return {
    title: `${cellName(cell, words)}: ${formatDuration(timeNs)} (${formatDurationInterval(timeIntervalNs)})`,
    heads: why.ledgerHeads,
    rows: terms.map((term) => termRow(term, words)),
    notes: [
      why.countsNote(told, counted === 'outside', blocks, isExplained),
      ...terms.flatMap(({ name, place, unknown }) =>
        unknown === null || place === 'unexplained'
          ? []
          : [why.unknownBecause(nameIn(words, name), unknown)],
      ),
      ...doubts,
    ],
  }
}

function termRow(term: LedgerTerm, words: Words): readonly string[] {
  const { count, costNs, costIntervalNs, timeNs, share } = term
  const [name, times] = [nameIn(words, term.name), count === null ? '' : `${count}`]
  if (costNs === null || timeNs === null || share === null) {
    return [name, times, words.why.unknown, '–', '–']
  }
  const limits = costIntervalNs === null ? '' : ` (${limitsText(costIntervalNs)})`
  return [name, times, `${signed(costNs)}${limits}`, signed(timeNs), shareText(share)]
}

function limitsText([lower, upper]: readonly [number, number]): string {
  return lower < 0 ? `${signed(lower)} … ${signed(upper)}` : formatDurationInterval([lower, upper])
}

function signed(ns: number): string {
  return `${ns < 0 ? '−' : ''}${formatDuration(Math.abs(ns))}`
}

function helpTable(ledger: readonly LedgerCell[], words: Words): WhyTable | null {
  const { why } = words
  const rows = ledger.flatMap((cell) =>
    cell.remedies.map((remedy) => [
      cellName(cell, words),
      nameIn(words, remedy.remedy),
      formatDuration(cell.timeNs),
      ...outcomeCells(remedy, words),
    ]),
  )
  if (rows.length === 0) return null
  const emulated = ledger.filter(({ fidelity }) => fidelity === 'emulated')
  const native = ledger.filter(({ fidelity }) => fidelity !== 'emulated')
  const beside = emulated.length === 0 ? null : hitsOf(emulated, words)
  const note = why.coverage(hitsOf(native, words), beside)
  return { title: why.help, heads: why.helpHeads, rows, notes: [note] }
}

function outcomeCells(
  { predictedNs, predictedIntervalNs, measuredNs, outcome, reason }: RemedyOutcome,
  { why }: Words,
): readonly string[] {
  const predicted =
    predictedNs === null || predictedIntervalNs === null
      ? '–'
      : `${formatDuration(predictedNs)} (${formatDurationInterval(predictedIntervalNs)})`
  const measured = measuredNs === null ? '–' : formatDuration(measuredNs)
  const said = why.outcomes[outcome]
  return [predicted, measured, reason === null ? said : `${said}: ${reason}`]
}

function hitsOf(cells: readonly LedgerCell[], { why }: Words): string {
  const judged = cells.flatMap(({ remedies }) =>
    remedies.filter(({ outcome }) => outcome === 'hit' || outcome === 'miss'),
  )
  return why.of(judged.filter(({ outcome }) => outcome === 'hit').length, judged.length)
}

function sensitivityTable(ledger: readonly LedgerCell[], words: Words): WhyTable | null {
  const { why } = words
  const rows = ledger.flatMap((cell) =>
    cell.sensitivities.map(({ event, slope, slopeInterval: [lower, upper], count, agrees }) => [
      cellName(cell, words),
      why.events[event] ?? event,
      `${slope.toFixed(2)} (${lower.toFixed(2)}–${upper.toFixed(2)})`,
      count === null ? why.notCounted : `${count}`,
      agrees === null ? '' : agrees ? why.equal : why.notEqual,
    ]),
  )
  if (rows.length === 0) return null
  return { title: why.sensitivity, heads: why.sensitivityHeads, rows, notes: [] }
}

const causes = Object.keys(CAUSES) as Cause[]

/** Of what others have published, below the heads of causes. */
export function publishedRows(): readonly (readonly string[])[] {
  return publishedCosts().map(({ source, workload, costs }) => [
    `${source}, ${workload}`,
    ...causes.map((cause) => formatRatio(gainWithout(cause, costs))),
  ])
}

/** How many times as fast operations would be without the cause. */
function causesTable(ledger: readonly LedgerCell[], words: Words): WhyTable | null {
  const { why } = words
  const measured = ofUnikernels(ledger)
  if (measured.length === 0) return null
  const own = measured.map((cell) => [
    why.here(cellName(cell, words)),
    ...causes.map((cause) => {
      const gain = gainInLedger(cause, cell)
      return gain === null ? why.unknown : formatRatio(gain.ratio)
    }),
  ])
  const verdicts = judgeCauses(ledger).map(({ parts }, index) => {
    const named = (verdict: ClaimVerdict) =>
      parts.filter((part) => part.verdict === verdict).map(({ title }) => title)
    const statement = why.statements[causes[index] as Cause]
    return why.verdict(statement, named('holds'), named('contradicted'))
  })
  return {
    title: why.causes,
    heads: why.causeHeads,
    rows: [...publishedRows(), ...own],
    notes: [...verdicts, why.multiply, why.bounded],
  }
}
