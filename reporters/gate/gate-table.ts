/** A gate's verdicts for people: a terminal's columns, and Markdown for a pull request. */
import type { GateReport, GateRow } from '../../fixtures/analysis/gate.ts'
import { markdownTable } from '../../fixtures/markdown-table.ts'
import { escaped, listItem } from '../markdown/markdown-text.ts'
import { layOut, paint, type Span, type Style, type StyledLine } from '../terminal/text-layout.ts'
import type { SessionSummary } from '../view/session-report.ts'
import {
  besides,
  countRowsOf,
  gateFigures,
  gateHead,
  HEADINGS,
  notesOf,
  othersOf,
  shownReport,
} from './gate-words.ts'

const STYLES: Readonly<Record<GateRow['verdict'], Style>> = {
  PASS: 'green',
  REGRESSION: 'red',
  INCONCLUSIVE: 'yellow',
  INVALID: 'yellow',
}

/** One line a metric, its other figures and exact counts below it. */
export function gateTable(measured: GateReport, colour: boolean): string {
  const report = shownReport(measured)
  const cells = report.rows.flatMap((row) => [
    [...gateFigures(row).map(plain), verdictLine(row)],
    ...[...othersOf(row), ...countRowsOf(row)].map((line) => line.map(plain)),
  ])
  const table = [HEADINGS.map((text): StyledLine => [{ text, style: 'bold' }]), ...cells]
  const rows = table.map((line) => line.map((cell) => [cell]))
  const lines = layOut(rows, 2).map((line) => paint(line, colour))
  return ['', gateHead(report), '', ...lines, '', ...notesOf(report), ''].join('\n')
}

export function gateMarkdown(measured: GateReport, summary: SessionSummary): string {
  const report = shownReport(measured)
  const rows = report.rows.flatMap((row) => [
    [...gateFigures(row).map(escaped), `**${row.verdict}**${besides(row)}`],
    ...othersOf(row),
    ...countRowsOf(row),
  ])
  const { machine, kernel, storage, caveats } = summary
  const place = `Measured on ${machine}, Linux ${kernel}, ${storage}`
  const notes = [...notesOf(report), place, ...caveats].map(listItem)
  const head = `### ${report.verdict}: ${escaped(gateHead(report))}`
  return [head, '', markdownTable([HEADINGS, ...rows]), '', ...notes, ''].join('\n')
}

function plain(text: string): StyledLine {
  return [{ text }]
}

function verdictLine(row: GateRow): StyledLine {
  const verdict: Span = { text: row.verdict, style: STYLES[row.verdict] }
  return [verdict, { text: besides(row) }]
}
