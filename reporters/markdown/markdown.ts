/** table.md: the same tables for GitHub, with its own footnotes. */

import type { ProbedEnvironment } from '../../fixtures/analysis/histories.ts'
import { OPERATIONS } from '../../fixtures/guest/operations.ts'
import { markdownTable } from '../../fixtures/markdown-table.ts'
import type { Cell, Comparison } from '../../fixtures/model.ts'
import { formatDuration, formatRatio, formatRatioInterval } from '../../fixtures/units.ts'
import { countCaption, countRows } from '../view/count-table.ts'
import { fidelityTitle, specificationRows } from '../view/environment-table.ts'
import { environmentNotes, footnotesOf, noteNumbers, notesOf, rowNotes } from '../view/footnotes.ts'
import type { Report } from '../view/session-report.ts'
import {
  disturbedLine,
  noiseLine,
  type SizeTable,
  sizeTables,
  tableCaption,
  tableTitle,
} from '../view/size-tables.ts'
import { claimsMarkdown } from './claims-markdown.ts'
import { escaped } from './markdown-text.ts'

/** Ends with a line feed. */
export function renderMarkdown({ comparison, environments, summary }: Report): string {
  const tables = sizeTables(comparison)
  const footnotes = footnotesOf(environments, tables)
  const { machine, kernel, storage, id, startedAt, profile, seed } = summary
  const parts = [
    `# ${escaped(machine)}, Linux ${escaped(kernel)}, ${escaped(storage)}`,
    `Session ${escaped(id)}: profile ${escaped(profile)}, seed ${escaped(seed)}, started ${escaped(startedAt)}.`,
    ...summary.caveats.map((caveat) => `**Caution:** ${escaped(caveat)}`),
    ...(environments.length > 0 ? [environmentTable(environments, footnotes)] : []),
    ...tables.flatMap((table) => sizeParts(table, footnotes)),
    ...[disturbedLine(comparison)].filter((line) => line !== null).map(escaped),
    ...countParts(comparison),
    ...claimsMarkdown(comparison),
    footnotes.map((note, index) => `[^${index + 1}]: ${escaped(note)}`).join('\n'),
  ]
  return `${parts.join('\n\n').trimEnd()}\n`
}

function environmentTable(
  environments: readonly ProbedEnvironment[],
  footnotes: readonly string[],
): string {
  const fidelities = environments.map((environment) => {
    const marks = marksOf(environmentNotes(environment), footnotes)
    return `${fidelityTitle(environment.availability)}${marks}`
  })
  const specifications = specificationRows.map(([title, read]) => [
    title,
    ...environments.map(({ availability }) =>
      availability?.state === 'available' ? escaped(read(availability)) : '–',
    ),
  ])
  const head = ['', ...environments.map(({ title }) => escaped(title))]
  return markdownTable([head, ...specifications, ['fidelity', ...fidelities]])
}

function countParts(comparison: Comparison): readonly string[] {
  const rows = countRows(comparison)
  if (rows.length === 0) return []
  const body = rows.map((row) => Object.values(row).map((text: string) => escaped(text)))
  return [countCaption, markdownTable([['', '', 'calls', 'exits'], ...body])]
}

function sizeParts(table: SizeTable, footnotes: readonly string[]): readonly string[] {
  return [
    `## ${tableTitle(table)}`,
    table.study ? `${tableCaption}; in italics the study’s means.` : `${tableCaption}.`,
    sizeMarkdown(table, (notes) => marksOf(notes, footnotes)),
    escaped(noiseLine(table)),
  ]
}

/** @param marks what is written where notes belong. */
export function sizeMarkdown(
  { operations, rows, study }: SizeTable,
  marks: (notes: readonly string[]) => string,
): string {
  const measured = rows.map((row) => [
    `${escaped(row.title)}${row.emulated ? ' (emulated)' : ''}${marks(rowNotes(row))}`,
    ...row.cells.map((cell) => `${cellText(cell)}${marks(notesOf(cell))}`),
  ])
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

function cellText(cell: Cell | null): string {
  if (cell === null) return '–'
  const figures =
    cell.medianNs === null || cell.ratio === null
      ? ''
      : figuresText(cell, cell.medianNs, cell.ratio)
  if (cell.state !== 'measured') return figures ? `${cell.state}; ${figures}` : cell.state
  return cell.verdict ? `${figures}, ${cell.verdict}` : figures
}

function figuresText({ ratioInterval }: Cell, medianNs: number, ratio: number): string {
  const interval = ratioInterval ? ` (${formatRatioInterval(ratioInterval)})` : ''
  return `${formatDuration(medianNs)}, **${formatRatio(ratio)}**${interval}`
}

function marksOf(notes: readonly string[], footnotes: readonly string[]): string {
  return noteNumbers(notes, footnotes)
    .map((number) => `[^${number}]`)
    .join('')
}
