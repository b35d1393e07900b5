/** One panel of a chart: ratios to native Linux, one row a cell, over a common axis. */

import { CONFIDENCE } from '../../fixtures/analysis/estimates.ts'
import { EQUIVALENCE_MARGIN } from '../../fixtures/analysis/verdict.ts'
import type { Cell, Interval, Verdict } from '../../fixtures/model.ts'
import { formatPercent, formatRatio, formatRatioInterval } from '../../fixtures/units.ts'
import type { Words } from '../../fixtures/words/words.ts'
import { standingOf } from '../view/size-tables.ts'
import {
  axisHead,
  type ChartRow,
  type Drawing,
  dots,
  fitted,
  grid,
  lines,
  margin,
  panelWidth,
  plotLeft,
  plotRight,
  type RowKey,
  rounded,
  rowHead,
  rowsBelow,
} from './chart-parts.ts'
import { type LogScale, logScale } from './log-scale.ts'
import { html, type Markup, type Piece } from './markup.ts'

interface PanelRow {
  label: string
  /** Null was not measured in this session. */
  cell: Cell | null
  /** What the study measured of the same. */
  studyRatio?: number | null
}

/** A row of any panel of ratios. */
export interface PanelMark {
  label: string
  /** At the right end of its label. */
  figures: string
  ratio: number | null
  interval: Interval | null
  verdict: Verdict | null
  /** Below. */
  notes: readonly string[]
  /** Ratios of single blocks, behind the mark. */
  blocks?: readonly number[]
  /** A hollow mark: of another machine. */
  studyRatio?: number | null
  /** From where on it differs, where that is not the axis's. */
  margin?: number
  key?: RowKey
}

/** What ratios are relative to, and from where on they differ. */
export interface PanelAxis {
  title: string
  margin: number
  /** What lies to the left of 1, and to the right. */
  ends: readonly [less: string, more: string]
}

const trackHeight = 18
/** From which on a block's dot stands beside the one before it. */
const lanes = [0, -4.5, 4.5] as const

/** @param scale that other panels share; else its own, over what is ranked. */
export function panel(
  title: string,
  rows: readonly PanelRow[],
  words: Words,
  scale = rankedScale(rows.flatMap(({ cell }) => cell ?? [])),
): Drawing {
  const { axis, faster, slower } = words.charts
  const marks = rows.map((row) => markOf(row, words))
  const ends = [faster, slower] as const
  return drawn(title, marks, { title: axis, margin: EQUIVALENCE_MARGIN, ends }, scale)
}

export function markPanel(title: string, marks: readonly PanelMark[], axis: PanelAxis): Drawing {
  return drawn(title, marks, axis, logScale(marks.flatMap(ratiosOf), plotLeft, plotRight))
}

/**
 * Over what is ranked, whose figures alone may be read off it; where nothing is, over what no software
 * imitated, and at last over all.
 */
export function rankedScale(
  cells: readonly Cell[],
  [start, end]: readonly [number, number] = [plotLeft, plotRight],
  room?: number,
): LogScale {
  const measured = cells.filter(({ state }) => state === 'measured')
  const choices = [
    measured.filter(({ verdict }) => verdict !== null),
    measured.filter(({ fidelity }) => fidelity !== 'emulated'),
    measured,
  ]
  const chosen = choices.find((own) => own.length > 0) ?? []
  const ratios = chosen.flatMap(({ ratio, ratioInterval: interval }) =>
    ratiosOf({ ratio, interval }),
  )
  return logScale(ratios, start, end, undefined, room)
}

/** What the panel says, for those who do not see it. */
export function panelWords(rows: readonly PanelRow[], words: Words): string {
  return rows
    .map((row) => markOf(row, words))
    .map(({ label, figures }) => `${label}: ${figures}`)
    .join('; ')
}

function drawn(
  title: string,
  marks: readonly PanelMark[],
  axis: PanelAxis,
  scale: LogScale,
): Drawing {
  const isMeasured = marks.some(({ ratio }) => ratio !== null)
  const head = axisHead(axis.title, axis.ends, scale, (tick) => `×${tick}`)
  return rowsBelow(
    title,
    isMeasured ? head : () => ({ markup: html``, height: 0 }),
    marks.map((mark) => rowOf(mark, scale, axis)),
  )
}

/** A panel of words: why there is nothing to draw. */
export function notePanel(title: string, paragraphs: readonly string[]): Drawing {
  const notes = lines(
    paragraphs.flatMap((one) => fitted(one, 'note')),
    'note',
    0,
  )
  return rowsBelow(title, () => ({ markup: html``, height: 0 }), [{ ...notes, key: null }])
}

function markOf({ label, cell, studyRatio = null }: PanelRow, words: Words): PanelMark {
  const { charts, tables } = words
  const none = { label, ratio: null, interval: null, verdict: null, studyRatio }
  if (cell === null) {
    const figures =
      studyRatio === null ? charts.notInSession : charts.studyAlone(formatRatio(studyRatio))
    return { ...none, figures, notes: [] }
  }
  const notes = cell.reason === null ? [] : absenceOf(cell, words)
  const { environment, ratio, ratioInterval: interval, verdict } = cell
  const figures = ratio === null ? tables.states[cell.state] : figuresText(cell, ratio, words)
  const blocks = cell.perBlock.map((block) => block.ratio)
  const study = studyRatio === null ? '' : charts.studyHint(formatRatio(studyRatio))
  const hint = `${label}: ${charts.blocksHint(figures, blocks.length)}${study}`
  const key = { environment, value: ratio, isRanked: verdict !== null, hint }
  if (ratio === null) return { ...none, figures, notes, key }
  return { label, figures, ratio, interval, verdict, notes, blocks, studyRatio, key }
}

function ratiosOf({ ratio, interval }: Pick<PanelMark, 'ratio' | 'interval'>): readonly number[] {
  return ratio === null ? [] : [ratio, ...(interval ?? [])]
}

function rowOf(mark: PanelMark, scale: LogScale, axis: PanelAxis): ChartRow {
  const head = rowHead(mark.label, mark.figures)
  const isDrawn = mark.ratio !== null || (mark.studyRatio ?? null) !== null
  const below = head.height + (isDrawn ? trackHeight + 2 : 0)
  const notes = lines(
    mark.notes.flatMap((note) => fitted(note, 'note')),
    'note',
    below,
  )
  const track = isDrawn ? trackOf(mark, head.height + 2, scale, axis) : null
  return {
    markup: html`${head.markup}${track}${notes.markup}`,
    height: below + notes.height,
    key: mark.key ?? null,
  }
}

/** Why a cell, or all of its environment, has no standing; the remedy where there is one. */
export function absenceOf({ reason, remedy }: Cell, words: Words): readonly string[] {
  const cause = reason ?? words.findings.noReason
  return remedy ? [cause, words.tables.remedy(remedy)] : [cause]
}

function figuresText(cell: Cell, ratio: number, words: Words): string {
  const interval = cell.ratioInterval ? ` (${formatRatioInterval(cell.ratioInterval)})` : ''
  return `${formatRatio(ratio)}${interval} ${standingOf(cell, words)}`
}

function trackOf(mark: PanelMark, top: number, scale: LogScale, axis: PanelAxis): Markup {
  const { interval, verdict, ratio, blocks = [], studyRatio = null } = mark
  const { position } = scale
  const middle = top + trackHeight / 2
  const style = verdict ?? 'unranked'
  const { margin: own = axis.margin } = mark
  const [left, right] = [1 / (1 + own), 1 + own].map(position) as [number, number]
  const one = rounded(position(1))
  return html`${[
    html`<rect class="track" x="${margin}" y="${top}" width="${panelWidth - 2 * margin}" height="${trackHeight}"/>`,
    html`<rect class="equal" x="${rounded(left)}" y="${top}" width="${rounded(right - left)}" height="${trackHeight}"/>`,
    grid(scale, top, trackHeight),
    html`<path class="one" d="M${one} ${top}v${trackHeight}"/>`,
    blockDots(blocks, `dots ${style}`, middle, scale),
    studyRatio === null ? null : studyMark(studyRatio, middle, scale),
    ratio !== null && interval ? intervalMark(`mark ${style}`, interval, middle, scale) : null,
    ratio === null ? null : ratioMark(`mark ${style}`, ratio, middle, scale),
  ]}`
}

/** Those beyond the axis are left to the interval's arrow, and to the table. */
function blockDots(blocks: readonly number[], style: string, y: number, scale: LogScale): Piece {
  const shown = blocks.filter((ratio) => scale.side(ratio) === 0)
  return dots(
    style,
    shown.map((ratio, index) => [scale.position(ratio), y + (lanes[index % lanes.length] ?? 0)]),
  )
}

function ratioMark(style: string, ratio: number, y: number, scale: LogScale): Markup {
  const side = scale.side(ratio)
  if (side !== 0) return arrow(style, side, y, scale)
  return html`<circle class="${style}" cx="${rounded(scale.position(ratio))}" cy="${y}" r="4.5"/>`
}

/** At the end of the axis, away from it: the value lies beyond. */
function arrow(style: string, side: -1 | 1, y: number, { position }: LogScale): Markup {
  const x = rounded(position(side === 1 ? Number.MAX_VALUE : Number.MIN_VALUE))
  return html`<path class="${style} arrow" d="M${x - side * 5} ${y - 5}l${side * 10} 5l${side * -10} 5z"/>`
}

function intervalMark(style: string, interval: Interval, y: number, scale: LogScale): Piece {
  const [from, to] = interval
  if (scale.side(from) !== 0 && scale.side(from) === scale.side(to)) return null
  const ends = interval.filter((limit) => scale.side(limit) === 0).map(scale.position)
  const caps = ends.map((x) => `M${rounded(x)} ${y - 5}v10`).join('')
  const line = `M${rounded(scale.position(from))} ${y}H${rounded(scale.position(to))}`
  return html`<path class="${style}" d="${line}${caps}"/>`
}

function studyMark(ratio: number, y: number, scale: LogScale): Markup {
  const side = scale.side(ratio)
  if (side !== 0) return arrow('study', side, y, scale)
  const x = rounded(scale.position(ratio))
  return html`<path class="study" d="M${x} ${y - 6}l6 6l-6 6l-6 -6z"/>`
}

/** What the marks mean, each as it is drawn. */
export function panelKey({ charts: { key } }: Words): Markup {
  const scale = logScale([], 0, 44)
  const mark = (own: Piece) =>
    html`<svg class="guestbench-chart key" aria-hidden="true" viewBox="0 0 44 18" width="44" height="18">${own}</svg>`
  const items: readonly (readonly [Piece, string])[] = [
    [ratioMark('mark slower', 1, 9, scale), key.ratio],
    [intervalMark('mark slower', [0.85, 1.18], 9, scale), key.interval(formatPercent(CONFIDENCE))],
    [blockDots([0.86, 0.9, 0.97, 1.02, 1.1, 1.15], 'dots slower', 9, scale), key.blocks],
    [html`<rect class="equal" x="4" y="0" width="36" height="18"/>`, key.equivalent],
    [ratioMark('mark unranked', 1, 9, scale), key.unranked],
    [arrow('mark unranked', 1, 9, logScale([], 0, 36)), key.beyond],
    [studyMark(1, 9, scale), key.study],
  ]
  const listed = items.map(([own, words]) => html`<li>${mark(own)} ${words}</li>`)
  return html`<ul class="keys">${listed}</ul>`
}
