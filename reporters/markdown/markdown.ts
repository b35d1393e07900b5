/** table.md: the answer, then its tables, for GitHub. */

import { markdownTable } from '../../fixtures/markdown-table.ts'
import type { Cell, Comparison } from '../../fixtures/model.ts'
import { OPERATIONS } from '../../fixtures/operations.ts'
import { formatDuration, formatRatio, formatRatioInterval } from '../../fixtures/units.ts'
import type { Absence } from '../view/absences.ts'
import { countCaption, countRows } from '../view/count-table.ts'
import { type EnvironmentRow, specificationHeads } from '../view/environment-table.ts'
import { remarksOf } from '../view/remarks.ts'
import {
  resourceCaption,
  resourceHeads,
  resourceRows,
  resourceTitle,
} from '../view/resource-table.ts'
import {
  type DifferenceRow,
  differenceHeads,
  differencesCaption,
  differencesTitle,
} from '../view/session-differences.ts'
import type { Report } from '../view/session-report.ts'
import { type SizeTable, tableCaption, tableTitle } from '../view/size-tables.ts'
import { claimsMarkdown } from './claims-markdown.ts'
import { escaped, folded } from './markdown-text.ts'
import { whyMarkdown } from './why-markdown.ts'

/** Ends with a line feed. */
export function renderMarkdown(report: Report): string {
  const { comparison, specifications, summary, headline, tables, emulated } = report
  const { machine, kernel, storage, id, startedAt, profile, seed } = summary
  const parts = [
    `# ${escaped(machine)}, Linux ${escaped(kernel)}, ${escaped(storage)}`,
    ...differenceParts(report),
    ...headlineMarkdown(headline),
    ...whyMarkdown(report.why),
    ...list('Cautions', report.cautions.map(escaped)),
    ...tables.flatMap(sizeParts),
    ...list(
      '',
      report.legend.map(({ word, meaning }) => term(word, meaning)),
    ),
    ...emulated.flatMap(emulatedParts),
    ...list('Not measured here', report.absences.map(absenceText)),
    ...countParts(comparison),
    ...resourceParts(comparison),
    ...(specifications.length > 0 ? environmentParts(specifications) : []),
    ...claimsMarkdown(comparison),
    `Session ${escaped(id)}: profile ${escaped(profile)}, seed ${escaped(seed)}, started ${escaped(startedAt)}.`,
  ]
  return `${parts.join('\n\n').trimEnd()}\n`
}

/** What GitHub takes as the text of an issue or a comment; with room for words around it. */
const MOST_ISSUE_CHARACTERS = 60_000

/**
 * issue.md: what was learnt, where, and how sure, short enough to be pasted into an issue; the tables
 * are folded away, those that still find room.
 */
export function renderIssue(report: Report): string {
  const { summary, headline, tables, emulated, legend, absences, cautions } = report
  const { machine, kernel, storage, id, profile, seed } = summary
  const words = legend.map(({ word, meaning }) => term(word, meaning))
  const parts = [
    `Storage I/O against plain Linux on ${escaped(machine)}, Linux ${escaped(kernel)}, ${escaped(storage)}:`,
    ...differenceParts(report),
    ...headlineMarkdown(headline),
    ...tables.map((table) => folded(tableTitle(table), [sizeMarkdown(table)])),
    ...foldedList('What the words in the cells mean', words),
    ...emulated.map((table) =>
      folded(`${tableTitle(table)}, emulated in software`, [sizeMarkdown(table)]),
    ),
    ...foldedList('Not measured here', absences.map(absenceText)),
    ...foldedList('Cautions', cautions.map(escaped)),
  ]
  const end = `Session ${escaped(id)}: profile ${escaped(profile)}, seed ${escaped(seed)}.`
  return `${[...withinRoom(parts, MOST_ISSUE_CHARACTERS - end.length), end].join('\n\n')}\n`
}

function foldedList(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [folded(title, list('', items))]
}

/** Whole parts from the first on; those for which there is no room are left out, and it is said. */
function withinRoom(parts: readonly string[], characters: number): readonly string[] {
  const kept: string[] = []
  const cut = '(What else there is stands in the session’s table.md.)'
  let left = characters - cut.length - 2
  for (const part of parts) {
    left -= part.length + 2
    if (left < 0) return [...kept, cut]
    kept.push(part)
  }
  return kept
}

export function headlineMarkdown(headline: Report['headline']): readonly string[] {
  return list(
    '',
    headline.map(({ subject, text }) => term(subject, text)),
  )
}

/** Nothing where there are no items. */
function list(title: string, items: readonly string[]): readonly string[] {
  if (items.length === 0) return []
  const lines = items.map((item) => `- ${item}`).join('\n')
  return title === '' ? [lines] : [`## ${title}`, lines]
}

function term(word: string, text: string): string {
  return `**${escaped(word)}**: ${escaped(text)}`
}

function absenceText({ what, why, remedy }: Absence): string {
  return `${term(what, why)}${remedy ? ` Remedy: ${escaped(remedy)}` : ''}`
}

function differenceParts({ differences }: Report): readonly string[] {
  if (differences.length === 0) return []
  return [
    `## ${differencesTitle}`,
    ...differences.flatMap(({ title, lines }) => [
      `**${escaped(title)}**`,
      ...headlineMarkdown(lines),
    ]),
    `${differencesCaption}.`,
    ...differences.map(({ title, rows }) => folded(escaped(title), [differenceTable(rows)])),
  ]
}

function differenceTable(rows: readonly DifferenceRow[]): string {
  const body = rows.map(({ title, workload, before, after, time, cost, standing }) =>
    [title, workload, before, after, time, cost, standing].map(escaped),
  )
  return markdownTable([differenceHeads, ...body])
}

function environmentParts(specifications: readonly EnvironmentRow[]): readonly string[] {
  const rows = specifications.map(({ title, texts }) => [
    escaped(title),
    ...texts.map((text) => escaped(text ?? '–')),
  ])
  const head = ['', ...specificationHeads]
  return ['## What each environment is made of', markdownTable([head, ...rows])]
}

function countParts(comparison: Comparison): readonly string[] {
  const rows = countRows(comparison)
  if (rows.length === 0) return []
  const body = rows.map((row) => Object.values(row).map((text: string) => escaped(text)))
  return [countCaption, markdownTable([['', '', 'calls', 'exits'], ...body])]
}

function resourceParts(comparison: Comparison): readonly string[] {
  const rows = resourceRows(comparison)
  if (rows.length === 0) return []
  const body = rows.map(({ title, workload, texts }) =>
    [title, workload, ...texts.map((text) => text ?? '–')].map(escaped),
  )
  return [
    `## ${resourceTitle}`,
    `${resourceCaption}.`,
    markdownTable([['', '', ...resourceHeads], ...body]),
  ]
}

function sizeParts(table: SizeTable): readonly string[] {
  return [
    `## ${tableTitle(table)}`,
    table.study ? `${tableCaption}; in italics the study’s means.` : `${tableCaption}.`,
    sizeMarkdown(table),
  ]
}

function emulatedParts(table: SizeTable): readonly string[] {
  return [
    `**${tableTitle(table)}, emulated in software**: it works, and its times say nothing.`,
    sizeMarkdown(table),
  ]
}

export function sizeMarkdown({ operations, rows, study }: SizeTable): string {
  const measured = rows.map(({ title, cells }) => [escaped(title), ...cells.map(cellText)])
  const studied = (study?.rows ?? []).map(({ title, figures }) => [
    `*Pi 4 study, ${study?.size}: ${title}*`,
    ...operations.map((operation) => {
      const figure = figures[operation]
      return figure ? `*${formatDuration(figure.meanNs)}, ${formatRatio(figure.ratio)}*` : '–'
    }),
  ])
  const head = ['', ...operations.map((operation) => OPERATIONS[operation].title)]
  return markdownTable([head, ...measured, ...studied])
}

/** `2.39 ms, **×1.02** (1.01–1.04), equivalent; disturbed`. */
function cellText(cell: Cell | null): string {
  if (cell === null || cell.medianNs === null || cell.ratio === null) return '–'
  const { medianNs, ratio, ratioInterval, verdict } = cell
  const interval = ratioInterval ? ` (${formatRatioInterval(ratioInterval)})` : ''
  const figures = `${formatDuration(medianNs)}, **${formatRatio(ratio)}**${interval}`
  const remarks = remarksOf(cell).join(', ')
  return `${figures}${verdict ? `, ${verdict}` : ''}${remarks ? `; ${remarks}` : ''}`
}
