/** The blocks of one size's table for a terminal. */

import type { StudyFigure, StudyTable } from '../../fixtures/analysis/study.ts'
import { OPERATIONS } from '../../fixtures/guest/operations.ts'
import type { Cell, Operation, Verdict } from '../../fixtures/model.ts'
import { formatDuration, formatRatio, formatRatioInterval } from '../../fixtures/units.ts'
import { bracketed, notesOf, rowNotes } from '../view/footnotes.ts'
import { type SizeRow, type SizeTable, verdictSigns } from '../view/size-tables.ts'
import { type GridCell, type Span, type Style, type StyledLine, wrap } from './text-layout.ts'

/** `13.6 µs`, `×0.862` and `0.991–1.01`: figures of one column stand below each other. */
const durationWidth = 7
const ratioWidth = 6
const intervalWidth = 11
/** What three columns of figures in two lines leave of 80. */
const titleWidth = 17

const verdictStyles: { readonly [verdict in Verdict]: Style } = {
  equivalent: 'cyan',
  slower: 'red',
  faster: 'green',
  inconclusive: 'yellow',
}

/** How a cell is written: in one line, or with its interval in a second one. */
type CellForm = 'one line' | 'two lines'

/** Head, environments and the study's figures as rows of blocks. */
export function sizeGrid(
  table: SizeTable,
  footnotes: readonly string[],
  form: CellForm,
): readonly (readonly GridCell[])[] {
  const { operations, rows, study } = table
  const head = operations.map(
    (operation): GridCell => [[{ text: OPERATIONS[operation].title, style: 'bold' }]],
  )
  const marks = (cell: Cell | null) => bracketed(notesOf(cell), footnotes)
  return [
    [[], ...head],
    ...rows.map((row) => [
      titleBlock(row, footnotes),
      ...row.cells.map((cell) => cellBlock(cell, marks(cell), form)),
    ]),
    ...(study ? studyBlocks(study, operations) : []),
  ]
}

function studyBlocks(
  { size, rows }: StudyTable,
  operations: readonly Operation[],
): readonly (readonly GridCell[])[] {
  return [
    [[[]]],
    [[[dim(`Pi 4 study, ${size}`)]], ...operations.map((): GridCell => [[dim('mean')]])],
    ...rows.map(({ title, figures }) => [
      [[dim(title)]],
      ...operations.map((operation) => studyBlock(figures[operation])),
    ]),
  ]
}

function titleBlock(row: SizeRow, footnotes: readonly string[]): GridCell {
  const lines = wrap(row.title, titleWidth).map((text): StyledLine => [{ text }])
  if (!row.emulated) return lines
  return [...lines, [dim(`emulated ${bracketed(rowNotes(row), footnotes)}`)]]
}

function cellBlock(cell: Cell | null, marks: string, form: CellForm): GridCell {
  if (cell === null) return [[dim(`– ${marks}`)]]
  if (cell.state !== 'measured') return absentBlock(cell, marks)
  const interval = cell.ratioInterval ? formatRatioInterval(cell.ratioInterval) : ''
  const verdict = verdictSpan(cell.verdict)
  if (form === 'one line') {
    return [[figures(cell), dim(interval.padEnd(intervalWidth + 1)), verdict, { text: marks }]]
  }
  return [
    [figures(cell), verdict],
    [{ text: marks.padEnd(durationWidth + 1) }, dim(interval)],
  ]
}

function absentBlock(cell: Cell, marks: string): GridCell {
  const state: Span = { text: cell.state, style: cell.state === 'failed' ? 'red' : 'dim' }
  const marked = [state, { text: ` ${marks}` }]
  return cell.medianNs === null ? [marked] : [marked, [dim(figures(cell).text)]]
}

function figures({ medianNs, ratio }: Cell): Span {
  const duration = medianNs === null ? '–' : formatDuration(medianNs)
  const relative = ratio === null ? '–' : formatRatio(ratio)
  return { text: `${duration.padStart(durationWidth)} ${relative.padEnd(ratioWidth)} ` }
}

function verdictSpan(verdict: Verdict | null): Span {
  return verdict === null
    ? { text: ' ' }
    : { text: verdictSigns[verdict], style: verdictStyles[verdict] }
}

function studyBlock(figure: StudyFigure | undefined): GridCell {
  if (figure === undefined) return [[dim('–')]]
  const { meanNs, ratio } = figure
  return [[dim(`${formatDuration(meanNs).padStart(durationWidth)} ${formatRatio(ratio)}`)]]
}

function dim(text: string): Span {
  return { text, style: 'dim' }
}
