/** table.md: the answer, then its tables, for GitHub. */

import { markdownTable } from '../../fixtures/markdown-table.ts'
import type { Cell, Comparison } from '../../fixtures/model.ts'
import { OPERATIONS } from '../../fixtures/operations.ts'
import { formatDuration, formatRatio, formatRatioInterval } from '../../fixtures/units.ts'
import type { Words } from '../../fixtures/words/words.ts'
import type { Absence } from '../view/absences.ts'
import { countRows } from '../view/count-table.ts'
import { type EnvironmentRow, specificationHeads } from '../view/environment-table.ts'
import { remarksOf } from '../view/remarks.ts'
import { resourceHeads, resourceRows } from '../view/resource-table.ts'
import {
  type DifferenceRow,
  differenceHeads,
  differencesCaption,
} from '../view/session-differences.ts'
import type { Report } from '../view/session-report.ts'
import { type SizeTable, tableTitle } from '../view/size-tables.ts'
import { claimsMarkdown } from './claims-markdown.ts'
import { escaped, folded } from './markdown-text.ts'
import { whyMarkdown } from './why-markdown.ts'

/** Ends with a line feed. */
export function renderMarkdown(report: Report): string {
  const { comparison, specifications, summary, headline, tables, emulated, words } = report
  const said = words.tables
  const [id, profile, seed, startedAt] = [
    summary.id,
    summary.profile,
    summary.seed,
    summary.startedAt,
  ].map(escaped) as [string, string, string, string]
  const parts = [
    `# ${machineText(summary, words)}`,
    ...differenceParts(report),
    ...headlineMarkdown(headline),
    ...whyMarkdown(report),
    ...list(said.cautions, report.cautions.map(escaped)),
    ...tables.flatMap((table) => sizeParts(table, words)),
    ...list(
      '',
      report.legend.map(({ word, meaning }) => term(word, meaning)),
    ),
    ...emulated.flatMap((table) => emulatedParts(table, words)),
    ...list(
      words.answer.missing,
      report.absences.map((absence) => absenceText(absence, words)),
    ),
    ...countParts(comparison, words),
    ...resourceParts(comparison, words),
    ...(specifications.length > 0 ? environmentParts(specifications, words) : []),
    ...claimsMarkdown(comparison, words),
    said.sentence(said.session(id, profile, seed, startedAt)),
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
  const { summary, headline, tables, emulated, legend, absences, cautions, words } = report
  const said = words.tables
  const meanings = legend.map(({ word, meaning }) => term(word, meaning))
  const parts = [
    said.issue(machineText(summary, words)),
    ...differenceParts(report),
    ...headlineMarkdown(headline),
    ...tables.map((table) => folded(tableTitle(table, words), [sizeMarkdown(table, words)])),
    ...foldedList(said.wordsInCells, meanings),
    ...emulated.map((table) =>
      folded(said.emulatedTable(tableTitle(table, words)), [sizeMarkdown(table, words)]),
    ),
    ...foldedList(
      words.answer.missing,
      absences.map((absence) => absenceText(absence, words)),
    ),
    ...foldedList(said.cautions, cautions.map(escaped)),
  ]
  const { id, profile, seed } = summary
  const end = said.sessionOfIssue(escaped(id), escaped(profile), escaped(seed))
  const kept = withinRoom(parts, MOST_ISSUE_CHARACTERS - end.length, said.restInTable)
  return `${[...kept, end].join('\n\n')}\n`
}

function machineText({ machine, kernel, storage }: Report['summary'], { tables }: Words): string {
  return tables.machine(escaped(machine), escaped(kernel), escaped(storage))
}

function foldedList(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [folded(title, list('', items))]
}

/** Whole parts from the first on; those for which there is no room are left out, and it is said. */
function withinRoom(parts: readonly string[], characters: number, cut: string): readonly string[] {
  const kept: string[] = []
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

function absenceText({ what, why, remedy }: Absence, { tables }: Words): string {
  return `${term(what, why)}${remedy ? ` ${tables.remedy(escaped(remedy))}` : ''}`
}

function differenceParts({ differences, words }: Report): readonly string[] {
  if (differences.length === 0) return []
  return [
    `## ${words.differences.title}`,
    ...differences.flatMap(({ title, lines }) => [
      `**${escaped(title)}**`,
      ...headlineMarkdown(lines),
    ]),
    words.tables.sentence(differencesCaption(words)),
    ...differences.map(({ title, rows }) => folded(escaped(title), [differenceTable(rows, words)])),
  ]
}

function differenceTable(rows: readonly DifferenceRow[], words: Words): string {
  const body = rows.map(({ title, workload, before, after, time, cost, standing }) =>
    [title, workload, before, after, time, cost, standing].map(escaped),
  )
  return markdownTable([differenceHeads(words), ...body])
}

function environmentParts(
  specifications: readonly EnvironmentRow[],
  words: Words,
): readonly string[] {
  const rows = specifications.map(({ title, texts }) => [
    escaped(title),
    ...texts.map((text) => escaped(text ?? '–')),
  ])
  const head = ['', ...specificationHeads(words)]
  return [`## ${words.tables.specifications}`, markdownTable([head, ...rows])]
}

function countParts(comparison: Comparison, words: Words): readonly string[] {
  const rows = countRows(comparison, words)
  const { counts, calls, exits } = words.tables
  if (rows.length === 0) return []
  const body = rows.map((row) => Object.values(row).map((text: string) => escaped(text)))
  return [counts, markdownTable([['', '', calls, exits], ...body])]
}

function resourceParts(comparison: Comparison, words: Words): readonly string[] {
  const rows = resourceRows(comparison, words)
  if (rows.length === 0) return []
  const body = rows.map(({ title, workload, texts }) =>
    [title, workload, ...texts.map((text) => text ?? '–')].map(escaped),
  )
  return [
    `## ${words.resources.title}`,
    words.tables.sentence(words.resources.caption),
    markdownTable([['', '', ...resourceHeads(words)], ...body]),
  ]
}

function sizeParts(table: SizeTable, words: Words): readonly string[] {
  const { caption, studyInItalics, sentence } = words.tables
  return [
    `## ${tableTitle(table, words)}`,
    table.study ? studyInItalics(caption) : sentence(caption),
    sizeMarkdown(table, words),
  ]
}

function emulatedParts(table: SizeTable, words: Words): readonly string[] {
  const { emulatedTable, itWorks } = words.tables
  return [`**${emulatedTable(tableTitle(table, words))}**: ${itWorks}`, sizeMarkdown(table, words)]
}

export function sizeMarkdown({ operations, rows, study }: SizeTable, words: Words): string {
  const measured = rows.flatMap(({ title, group, cells }) => [
    ...(group === null ? [] : [[`*${group}*`, ...operations.map(() => '')]]),
    [escaped(title), ...cells.map((cell) => cellText(cell, words))],
  ])
  const studied = (study?.rows ?? []).map(({ title, figures }) => [
    `*${words.tables.studyOf(study?.size ?? '', title)}*`,
    ...operations.map((operation) => {
      const figure = figures[operation]
      return figure ? `*${formatDuration(figure.meanNs)}, ${formatRatio(figure.ratio)}*` : '–'
    }),
  ])
  const head = ['', ...operations.map((operation) => OPERATIONS[operation].title)]
  return markdownTable([head, ...measured, ...studied])
}

/** `2.39 ms, **×1.02** (1.01–1.04), equivalent; disturbed`. */
function cellText(cell: Cell | null, words: Words): string {
  if (cell === null || cell.medianNs === null || cell.ratio === null) return '–'
  const { medianNs, ratio, ratioInterval, verdict } = cell
  const interval = ratioInterval ? ` (${formatRatioInterval(ratioInterval)})` : ''
  const figures = `${formatDuration(medianNs)}, **${formatRatio(ratio)}**${interval}`
  const remarks = remarksOf(cell, words).join(', ')
  return `${figures}${verdict ? `, ${words.tables.verdicts[verdict]}` : ''}${remarks ? `; ${remarks}` : ''}`
}
