/**
 * A session for a terminal. Environments are rows, because there are up to fourteen of them and three
 * operations: that fits 80 columns. Where the terminal is wide enough for a cell in one line, interval
 * and remarks stand behind its ratio; else below it.
 */

import type { Comparison } from '../../fixtures/model.ts'
import { OPERATIONS } from '../../fixtures/operations.ts'
import { oneLine } from '../../fixtures/printable.ts'
import type { Words } from '../../fixtures/words/words.ts'
import type { Absence } from '../view/absences.ts'
import { claimsLine } from '../view/claim-table.ts'
import { countRows } from '../view/count-table.ts'
import { type EnvironmentRow, specificationHeads } from '../view/environment-table.ts'
import { resourceHeads, resourceRows } from '../view/resource-table.ts'
import type { Report, SessionSummary } from '../view/session-report.ts'
import { type SizeTable, tableTitle, verdictLegend } from '../view/size-tables.ts'
import { sizeGrid } from './size-grid.ts'
import { gridWidth, layOut, paint, type Style, type StyledLine, wrap } from './text-layout.ts'
import { whyLines } from './why-lines.ts'

export interface Layout {
  /** Columns of the terminal. */
  width: number
  colour: boolean
}

const gap = 2

/** Details first and the answer last, for that is what stays on the screen; ends with a line feed. */
export function renderTables(report: Report, { width, colour }: Layout): string {
  const { comparison, specifications, summary, cautions, tables, emulated, absences, headline } =
    oneLine(report)
  const { differences, words } = oneLine(report)
  const said = words.tables
  const lines = [
    ...headLines(summary, width, words),
    ...tables.flatMap((table) => sizeLines(table, width, words)),
    ...(tables.length > 0 ? legendLines(report, width) : []),
    ...section(said.emulated, emulated, (table) => emulatedLines(table, width, words)),
    ...section(words.answer.missing, absences, (absence) => absenceLines(absence, width)),
    ...countLines(comparison, width, words),
    ...resourceLines(comparison, width, words),
    ...section(said.specifications, specifications, (environment) =>
      environmentLines(environment, width, words),
    ),
    ...(tables.length > 0 ? paragraph(claimsLine(comparison, words), width) : []),
    ...section(said.cautions, cautions, (caution) => hanging('- ', caution, width)),
    ...whyLines(oneLine(report), width),
    ...differenceLines(differences, width),
    ...section(words.answer.title, headline, ({ subject, text }) =>
      hanging('', `${subject}: ${text}`, width),
    ),
  ]
  const end = lines.findLastIndex((line) => line.length > 0) + 1
  return `${lines
    .slice(0, end)
    .map((line) => paint(line, colour))
    .join('\n')}\n`
}

function headLines(
  summary: SessionSummary,
  width: number,
  { tables }: Words,
): readonly StyledLine[] {
  const { machine, kernel, storage, id, startedAt, profile, seed } = summary
  return [
    ...wrapped(tables.machine(machine, kernel, storage), width, 'bold'),
    ...paragraph(tables.session(id, profile, seed, startedAt), width, 'dim'),
  ]
}

/** Nothing where there are no items. */
function section<T>(
  title: string,
  items: readonly T[],
  show: (item: T) => readonly StyledLine[],
): readonly StyledLine[] {
  return items.length === 0 ? [] : [[{ text: title, style: 'bold' }], ...items.flatMap(show), []]
}

function sizeLines(table: SizeTable, width: number, words: Words): readonly StyledLine[] {
  return [
    ...wrapped(tableTitle(table, words), width, 'bold'),
    ...paragraph(words.tables.caption, width, 'dim'),
    ...fittingGrid(table, width, words),
    [],
  ]
}

function emulatedLines(table: SizeTable, width: number, words: Words): readonly StyledLine[] {
  return [[{ text: tableTitle(table, words), style: 'dim' }], ...fittingGrid(table, width, words)]
}

/** Cells in one line, else in two; of more operations than fit beside each other, in parts. */
function fittingGrid(table: SizeTable, width: number, words: Words): readonly StyledLine[] {
  const grids = (['one line', 'two lines'] as const).map((form) => sizeGrid(table, form, words))
  const fitting = grids.find((grid) => gridWidth(grid, gap) <= width)
  const { length } = table.operations
  if (fitting !== undefined || length === 1) return layOut(fitting ?? grids[1] ?? [], gap)
  const middle = Math.ceil(length / 2)
  const parts = [part(table, 0, middle), part(table, middle, length)]
  const [first = [], second = []] = parts.map((own) => fittingGrid(own, width, words))
  return [...first, [], ...second]
}

/** Its operations from one to another, those of the study below them where it has any. */
function part(table: SizeTable, from: number, to: number): SizeTable {
  const operations = table.operations.slice(from, to)
  const rows = table.rows.map((row) => ({ ...row, cells: row.cells.slice(from, to) }))
  const isStudied = operations.some((operation) => OPERATIONS[operation].inStudy)
  return { ...table, operations, rows, study: isStudied ? table.study : null }
}

function legendLines({ legend, words }: Report, width: number): readonly StyledLine[] {
  return [
    ...wrapped(verdictLegend(words), width, 'dim'),
    ...legend.flatMap(({ word, meaning }) => hanging('', `${word}: ${meaning}`, width, 'dim')),
    [],
  ]
}

function absenceLines({ what, why, remedy }: Absence, width: number): readonly StyledLine[] {
  return [
    ...hanging('', `${what}: ${why}`, width),
    ...(remedy ? hanging('    → ', remedy, width) : []),
  ]
}

/** `Docker: native; kernel 6.1; memory 23.5 GiB; …; ready after 310 ms`. */
function environmentLines(
  { title, texts: [fidelity, ...texts] }: EnvironmentRow,
  width: number,
  words: Words,
): readonly StyledLine[] {
  const [, ...heads] = specificationHeads(words)
  const parts = texts.flatMap((text, index) => (text === null ? [] : [`${heads[index]} ${text}`]))
  return hanging('', [`${title}: ${fidelity}`, ...parts].join('; '), width)
}

function countLines(comparison: Comparison, width: number, words: Words): readonly StyledLine[] {
  const rows = countRows(comparison, words)
  const { counts, calls, exits } = words.tables
  if (rows.length === 0) return []
  const block = (text: string, style?: Style) => [[style ? { text, style } : { text }]]
  const head = ['', '', calls, exits].map((text) => block(text, 'dim'))
  const body = rows.map((row) => Object.values(row).map((text: string) => block(text)))
  return [...wrapped(counts, width, 'dim'), ...layOut([head, ...body], gap), []]
}

/** Where it does not fit in columns, a paragraph a row. */
function resourceLines(comparison: Comparison, width: number, words: Words): readonly StyledLine[] {
  const rows = resourceRows(comparison, words)
  const heads = resourceHeads(words)
  if (rows.length === 0) return []
  const title = [[{ text: words.resources.title, style: 'bold' as const }]]
  const block = (text: string, style?: Style) => [[style ? { text, style } : { text }]]
  const head = ['', '', ...heads].map((text) => block(text, 'dim'))
  const body = rows.map(({ title, workload, texts }) =>
    [title, workload, ...texts.map((text) => text ?? '–')].map((text) => block(text)),
  )
  const grid = [head, ...body]
  const lines =
    gridWidth(grid, gap) <= width
      ? layOut(grid, gap)
      : rows.flatMap(({ title, workload, texts }) => {
          const parts = texts.flatMap((text, index) =>
            text === null ? [] : [`${heads[index]} ${text}`],
          )
          return hanging('', `${title}, ${workload}: ${parts.join('; ')}`, width)
        })
  return [...title, ...wrapped(words.resources.caption, width, 'dim'), ...lines, []]
}

/** The sentences; all rows are in table.md and report.html. */
function differenceLines(differences: Report['differences'], width: number): readonly StyledLine[] {
  return differences.flatMap(({ title, lines }) =>
    section(title, lines, ({ subject, text }) => hanging('', `${subject}: ${text}`, width)),
  )
}

/** Further lines stand below the text, not below its mark. */
function hanging(mark: string, text: string, width: number, style?: Style): readonly StyledLine[] {
  const indent = Math.max(mark.length, 2)
  return wrap(text, width - indent).map((line, index) => [
    { text: index === 0 ? mark : ' '.repeat(indent) },
    style ? { text: line, style } : { text: line },
  ])
}

function paragraph(text: string, width: number, style?: Style): readonly StyledLine[] {
  return [...wrapped(text, width, style), []]
}

function wrapped(text: string, width: number, style?: Style): readonly StyledLine[] {
  return wrap(text, width).map((line) => [style ? { text: line, style } : { text: line }])
}
