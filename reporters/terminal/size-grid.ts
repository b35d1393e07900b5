/** The blocks of one size's table for a terminal. */

import type { StudyFigure, StudyTable } from '../../fixtures/analysis/study.ts'
import type { Cell, Verdict } from '../../fixtures/model.ts'
import { OPERATIONS, type Operation } from '../../fixtures/operations.ts'
import { formatDuration, formatRatio, formatRatioInterval } from '../../fixtures/units.ts'
import type { Words } from '../../fixtures/words/words.ts'
import { remarksOf } from '../view/remarks.ts'
import { type SizeTable, verdictSigns } from '../view/size-tables.ts'
import { type GridCell, type Span, type Style, type StyledLine, wrap } from './text-layout.ts'

/** `13.6 µs`, `×0.862` and `0.991–1.01`: figures of one column stand below each other. */
const durationWidth = 7
const ratioWidth = 6
const intervalWidth = 13
const figuresWidth = durationWidth + 1 + ratioWidth + 2
/** What three columns of figures in two lines leave of 80. */
const titleWidth = 17

const verdictStyles: { readonly [verdict in Verdict]: Style } = {
  equivalent: 'cyan',
  slower: 'red',
  faster: 'green',
  inconclusive: 'yellow',
}

/** How a cell is written: interval beside the ratio, or below it; remarks always below. */
type CellForm = 'one line' | 'two lines'

/** Head, environments and the study's figures as rows of blocks. */
export function sizeGrid(
  table: SizeTable,
  form: CellForm,
  words: Words,
): readonly (readonly GridCell[])[] {
  const { operations, rows, study } = table
  const head = operations.map(
    (operation): GridCell => [[{ text: OPERATIONS[operation].title, style: 'bold' }]],
  )
  return [
    [[], ...head],
    ...rows.flatMap(({ title, group, cells }) => [
      ...(group === null ? [] : [[[[dim(group)]]]]),
      [
        wrap(title, titleWidth).map((text): StyledLine => [{ text }]),
        ...cells.map((cell) => cellBlock(cell, form, words)),
      ],
    ]),
    ...(study ? studyBlocks(study, operations, words) : []),
  ]
}

function studyBlocks(
  { size, rows }: StudyTable,
  operations: readonly Operation[],
  { tables }: Words,
): readonly (readonly GridCell[])[] {
  return [
    [[[]]],
    [[[dim(tables.study(size))]], ...operations.map((): GridCell => [[dim(tables.mean)]])],
    ...rows.map(({ title, figures }) => [
      [[dim(title)]],
      ...operations.map((operation) => studyBlock(figures[operation])),
    ]),
  ]
}

function cellBlock(cell: Cell | null, form: CellForm, words: Words): GridCell {
  if (cell === null) return [[dim('–')]]
  const interval = cell.ratioInterval ? formatRatioInterval(cell.ratioInterval) : ''
  const verdict = verdictSpan(cell.verdict)
  const remarks = remarksOf(cell, words).join(', ')
  if (form === 'one line') {
    const line = [figures(cell), dim(interval.padEnd(intervalWidth + 1)), verdict]
    return remarks === '' ? [line] : [line, [dim(remarks)]]
  }
  const below = [interval, ...(remarks === '' ? [] : wrap(remarks, figuresWidth))]
  return [
    [figures(cell), verdict],
    ...below.filter((text) => text !== '').map((text): StyledLine => [dim(text)]),
  ]
}

/** Dim where no interval says how far to trust them. */
function figures({ medianNs, ratio, ratioInterval }: Cell): Span {
  const duration = medianNs === null ? '–' : formatDuration(medianNs)
  const relative = ratio === null ? '–' : formatRatio(ratio)
  const text = `${duration.padStart(durationWidth)} ${relative.padEnd(ratioWidth)} `
  return ratioInterval === null ? dim(text) : { text }
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
