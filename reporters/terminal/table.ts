/**
 * A session's tables for a terminal. Environments are rows, because there are up to nine of them
 * and three operations: that fits 80 columns. Where the terminal is wide enough for a cell in one
 * line, the interval stands behind its ratio; else below it.
 */

import type { Comparison } from '../../fixtures/model.ts'
import { oneLine } from '../../fixtures/printable.ts'
import { claimsLine } from '../view/claim-table.ts'
import { countCaption, countRows } from '../view/count-table.ts'
import { footnotesOf } from '../view/footnotes.ts'
import type { Report, SessionSummary } from '../view/session-report.ts'
import {
  disturbedLine,
  noiseLine,
  type SizeTable,
  sizeTables,
  tableCaption,
  tableTitle,
  verdictLegend,
} from '../view/size-tables.ts'
import { environmentLines } from './environment-grid.ts'
import { sizeGrid } from './size-grid.ts'
import { gridWidth, layOut, paint, type Style, type StyledLine, wrap } from './text-layout.ts'

export interface Layout {
  /** Columns of the terminal. */
  width: number
  colour: boolean
}

const gap = 2

/** Table 1 (environments), one table a size, and the footnotes; ends with a line feed. */
export function renderTables(report: Report, { width, colour }: Layout): string {
  const { comparison, environments, summary } = oneLine(report)
  const tables = sizeTables(comparison)
  const footnotes = footnotesOf(environments, tables)
  const lines = [
    ...headLines(summary, width),
    ...environmentLines(environments, footnotes, width),
    ...tables.flatMap((table) => sizeLines(table, footnotes, width)),
    ...(tables.length > 0 ? paragraph(verdictLegend, width, 'dim') : []),
    ...disturbedLines(comparison, width),
    ...countLines(comparison, width),
    ...(tables.length > 0 ? paragraph(claimsLine(comparison), width) : []),
    ...footnotes.flatMap((note, index) => footnoteLines(index + 1, note, width)),
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
    ...summary.caveats.flatMap((caveat) => paragraph(`Caution: ${caveat}`, width)),
  ]
}

function sizeLines(
  table: SizeTable,
  footnotes: readonly string[],
  width: number,
): readonly StyledLine[] {
  const wide = sizeGrid(table, footnotes, 'one line')
  const grid = gridWidth(wide, gap) <= width ? wide : sizeGrid(table, footnotes, 'two lines')
  return [
    ...wrapped(tableTitle(table), width, 'bold'),
    ...paragraph(tableCaption, width, 'dim'),
    ...layOut(grid, gap),
    [],
    ...paragraph(noiseLine(table), width),
  ]
}

function disturbedLines(comparison: Comparison, width: number): readonly StyledLine[] {
  const text = disturbedLine(comparison)
  return text === null ? [] : paragraph(text, width)
}

function countLines(comparison: Comparison, width: number): readonly StyledLine[] {
  const rows = countRows(comparison)
  if (rows.length === 0) return []
  const block = (text: string, style?: Style) => [[style ? { text, style } : { text }]]
  const head = ['', '', 'calls', 'exits'].map((text) => block(text, 'dim'))
  const body = rows.map((row) => Object.values(row).map((text: string) => block(text)))
  return [...wrapped(countCaption, width, 'dim'), ...layOut([head, ...body], gap), []]
}

function footnoteLines(number: number, note: string, width: number): readonly StyledLine[] {
  const mark = `[${number}] `
  return wrap(note, width - mark.length).map((text, index) => [
    { text: (index === 0 ? mark : '').padEnd(mark.length) },
    { text },
  ])
}

function paragraph(text: string, width: number, style?: Style): readonly StyledLine[] {
  return [...wrapped(text, width, style), []]
}

function wrapped(text: string, width: number, style?: Style): readonly StyledLine[] {
  return wrap(text, width).map((line) => [style ? { text: line, style } : { text: line }])
}
