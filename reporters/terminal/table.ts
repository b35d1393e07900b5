/**
 * A session for a terminal. Environments are rows, because there are up to fourteen of them and three
 * operations: that fits 80 columns. Where the terminal is wide enough for a cell in one line, interval
 * and remarks stand behind its ratio; else below it.
 */

import type { Comparison } from '../../fixtures/model.ts'
import { oneLine } from '../../fixtures/printable.ts'
import type { Absence } from '../view/absences.ts'
import { claimsLine } from '../view/claim-table.ts'
import { countCaption, countRows } from '../view/count-table.ts'
import { type EnvironmentRow, specificationHeads } from '../view/environment-table.ts'
import { headlineTitle } from '../view/headline.ts'
import {
  resourceCaption,
  resourceHeads,
  resourceRows,
  resourceTitle,
} from '../view/resource-table.ts'
import type { Report, SessionSummary } from '../view/session-report.ts'
import { type SizeTable, tableCaption, tableTitle, verdictLegend } from '../view/size-tables.ts'
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
  const { differences } = oneLine(report)
  const lines = [
    ...headLines(summary, width),
    ...tables.flatMap((table) => sizeLines(table, width)),
    ...(tables.length > 0 ? legendLines(report, width) : []),
    ...section('Emulated in software: it works, and its times say nothing', emulated, (table) =>
      emulatedLines(table, width),
    ),
    ...section('Not measured here', absences, (absence) => absenceLines(absence, width)),
    ...countLines(comparison, width),
    ...resourceLines(comparison, width),
    ...section('What each environment is made of', specifications, (environment) =>
      environmentLines(environment, width),
    ),
    ...(tables.length > 0 ? paragraph(claimsLine(comparison), width) : []),
    ...section('Cautions', cautions, (caution) => hanging('- ', caution, width)),
    ...whyLines(oneLine(report).why, width),
    ...differenceLines(differences, width),
    ...section(headlineTitle, headline, ({ subject, text }) =>
      hanging('', `${subject}: ${text}`, width),
    ),
  ]
  const end = lines.findLastIndex((line) => line.length > 0) + 1
  return `${lines
    .slice(0, end)
    .map((line) => paint(line, colour))
    .join('\n')}\n`
}

function headLines(summary: SessionSummary, width: number): readonly StyledLine[] {
  const { machine, kernel, storage, id, startedAt, profile, seed } = summary
  const session = `Session ${id}: profile ${profile}, seed ${seed}, started ${startedAt}`
  return [
    ...wrapped(`${machine}, Linux ${kernel}, ${storage}`, width, 'bold'),
    ...paragraph(session, width, 'dim'),
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

function sizeLines(table: SizeTable, width: number): readonly StyledLine[] {
  return [
    ...wrapped(tableTitle(table), width, 'bold'),
    ...paragraph(tableCaption, width, 'dim'),
    ...fittingGrid(table, width),
    [],
  ]
}

function emulatedLines(table: SizeTable, width: number): readonly StyledLine[] {
  return [[{ text: tableTitle(table), style: 'dim' }], ...fittingGrid(table, width)]
}

function fittingGrid(table: SizeTable, width: number): readonly StyledLine[] {
  const wide = sizeGrid(table, 'one line')
  return layOut(gridWidth(wide, gap) <= width ? wide : sizeGrid(table, 'two lines'), gap)
}

function legendLines({ legend }: Report, width: number): readonly StyledLine[] {
  return [
    ...wrapped(verdictLegend, width, 'dim'),
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
): readonly StyledLine[] {
  const [, ...heads] = specificationHeads
  const parts = texts.flatMap((text, index) => (text === null ? [] : [`${heads[index]} ${text}`]))
  return hanging('', [`${title}: ${fidelity}`, ...parts].join('; '), width)
}

function countLines(comparison: Comparison, width: number): readonly StyledLine[] {
  const rows = countRows(comparison)
  if (rows.length === 0) return []
  const block = (text: string, style?: Style) => [[style ? { text, style } : { text }]]
  const head = ['', '', 'calls', 'exits'].map((text) => block(text, 'dim'))
  const body = rows.map((row) => Object.values(row).map((text: string) => block(text)))
  return [...wrapped(countCaption, width, 'dim'), ...layOut([head, ...body], gap), []]
}

/** Where it does not fit in columns, a paragraph a row. */
function resourceLines(comparison: Comparison, width: number): readonly StyledLine[] {
  const rows = resourceRows(comparison)
  if (rows.length === 0) return []
  const title = [[{ text: resourceTitle, style: 'bold' as const }]]
  const block = (text: string, style?: Style) => [[style ? { text, style } : { text }]]
  const head = ['', '', ...resourceHeads].map((text) => block(text, 'dim'))
  const body = rows.map(({ title, workload, texts }) =>
    [title, workload, ...texts.map((text) => text ?? '–')].map((text) => block(text)),
  )
  const grid = [head, ...body]
  const lines =
    gridWidth(grid, gap) <= width
      ? layOut(grid, gap)
      : rows.flatMap(({ title, workload, texts }) => {
          const parts = texts.flatMap((text, index) =>
            text === null ? [] : [`${resourceHeads[index]} ${text}`],
          )
          return hanging('', `${title}, ${workload}: ${parts.join('; ')}`, width)
        })
  return [...title, ...wrapped(resourceCaption, width, 'dim'), ...lines, []]
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
