/** One panel of a chart: ratios to native Linux, one row a cell, over a common axis. */

import { EQUIVALENCE_MARGIN } from '../../fixtures/analysis/verdict.ts'
import type { Cell, Interval, Verdict } from '../../fixtures/model.ts'
import { formatRatio, formatRatioInterval } from '../../fixtures/units.ts'
import { wrap } from '../terminal/text-layout.ts'
import { standingOf } from '../view/size-tables.ts'
import { type LogScale, logScale } from './log-scale.ts'
import { html, type Markup } from './markup.ts'

interface PanelRow {
  label: string
  /** Null was not measured in this session. */
  cell: Cell | null
}

/** A piece of SVG whose top left corner is its origin. */
export interface Drawing {
  markup: Markup
  height: number
}

/** A phone's width: the text stays readable without scrolling. */
export const panelWidth = 440
const margin = 16
const titleHeight = 44
const trackTop = 22
const trackHeight = 14
const gap = 14
const lineHeight = 17
const axisHeight = 34
/** Characters of a note that fit between the margins at 12 px. */
const noteColumns = 62

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
}

/** What ratios are relative to, and from where on they differ. */
export interface PanelAxis {
  title: string
  margin: number
}

const NATIVE_AXIS: PanelAxis = {
  title: 'time of one operation, relative to native Linux',
  margin: EQUIVALENCE_MARGIN,
}

export function panel(title: string, rows: readonly PanelRow[]): Drawing {
  return markPanel(title, rows.map(markOf), NATIVE_AXIS)
}

export function markPanel(title: string, marks: readonly PanelMark[], axis: PanelAxis): Drawing {
  const ratios = marks.flatMap(ratiosOf)
  const scale = logScale(ratios, margin, panelWidth - margin)
  const drawings = marks.map((mark) => rowDrawing(mark, scale, axis))
  const body = stack(drawings, titleHeight)
  const isMeasured = ratios.length > 0
  const foot = isMeasured ? axisMarkup(scale, body.height, axis) : null
  return {
    markup: html`${text(margin, 27, 'title', title)}${body.markup}${foot}`,
    height: body.height + (isMeasured ? axisHeight : 0),
  }
}

/** A panel of words: why there is nothing to draw. */
export function notePanel(title: string, paragraphs: readonly string[]): Drawing {
  const lines = paragraphs.flatMap((paragraph) => wrap(paragraph, noteColumns))
  return {
    markup: html`${text(margin, 27, 'title', title)}${noteMarkup(lines, titleHeight + 8)}`,
    height: titleHeight + lines.length * lineHeight + margin,
  }
}

function markOf({ label, cell }: PanelRow): PanelMark {
  const none = { label, ratio: null, interval: null, verdict: null }
  if (cell === null) return { ...none, figures: 'not measured in this session', notes: [] }
  const notes = cell.reason === null ? [] : absenceOf(cell)
  const { ratio, ratioInterval: interval, verdict } = cell
  if (ratio === null) return { ...none, figures: cell.state, notes }
  return { label, figures: figuresText(cell, ratio), ratio, interval, verdict, notes }
}

function ratiosOf({ ratio, interval }: PanelMark): readonly number[] {
  return ratio === null ? [] : [ratio, ...(interval ?? [])]
}

function rowDrawing(mark: PanelMark, scale: LogScale, axis: PanelAxis): Drawing {
  const head = html`${text(margin, 14, 'label', mark.label)}${endText(mark.figures)}`
  const lines = mark.notes.flatMap((line) => wrap(line, noteColumns))
  if (mark.ratio === null) return withNotes(head, lines, trackTop)
  const drawn = html`${head}${track(mark, mark.ratio, scale, axis)}`
  return withNotes(drawn, lines, trackTop + trackHeight + (lines.length > 0 ? 6 : 0))
}

function withNotes(markup: Markup, lines: readonly string[], top: number): Drawing {
  return {
    markup: html`${markup}${noteMarkup(lines, top + 9)}`,
    height: top + lines.length * lineHeight + gap,
  }
}

/** Why a cell, or all of its environment, has no standing; the remedy where there is one. */
export function absenceOf({ reason, remedy }: Cell): readonly string[] {
  const cause = reason ?? 'no reason given'
  return remedy ? [cause, `Remedy: ${remedy}`] : [cause]
}

function figuresText(cell: Cell, ratio: number): string {
  const interval = cell.ratioInterval ? ` (${formatRatioInterval(cell.ratioInterval)})` : ''
  return `${formatRatio(ratio)}${interval} ${standingOf(cell)}`
}

function track(
  { interval, verdict }: PanelMark,
  ratio: number,
  { position, ticks }: LogScale,
  axis: PanelAxis,
): Markup {
  const middle = trackTop + trackHeight / 2
  const left = position(1 / (1 + axis.margin))
  const right = position(1 + axis.margin)
  const style = `mark ${verdict ?? 'unranked'}`
  return html`${[
    rectangle('track', margin, panelWidth - margin),
    rectangle('equal', left, right),
    ...ticks.map((tick) => verticalLine(tick === 1 ? 'one' : 'tick', position(tick))),
    interval ? intervalMarkup(style, interval.map(position), middle) : null,
    html`<circle class="${style}" cx="${number(position(ratio))}" cy="${middle}" r="4.5"/>`,
  ]}`
}

function intervalMarkup(style: string, [from = 0, to = 0]: readonly number[], y: number): Markup {
  const line = `M${number(from)} ${y}H${number(to)}`
  const ends = [from, to].map((x) => `M${number(x)} ${y - 5}v10`).join('')
  return html`<path class="${style}" d="${line}${ends}"/>`
}

function axisMarkup({ position, ticks }: LogScale, top: number, { title }: PanelAxis): Markup {
  const labels = ticks.map((tick) => text(position(tick), top + 8, 'axis', `×${tick}`))
  return html`${labels}${text(panelWidth / 2, top + 24, 'axis', title)}`
}

function rectangle(style: string, from: number, to: number): Markup {
  return html`<rect class="${style}" x="${number(from)}" y="${trackTop}" width="${number(to - from)}" height="${trackHeight}"/>`
}

function verticalLine(style: string, x: number): Markup {
  return html`<path class="${style}" d="M${number(x)} ${trackTop}v${trackHeight}"/>`
}

function noteMarkup(lines: readonly string[], top: number): readonly Markup[] {
  return lines.map((line, index) => text(margin, top + index * lineHeight, 'note', line))
}

function endText(content: string): Markup {
  return text(panelWidth - margin, 14, 'end', content)
}

function text(x: number, y: number, style: string, content: string): Markup {
  return html`<text class="${style}" x="${number(x)}" y="${y}">${content}</text>`
}

function stack(drawings: readonly Drawing[], top: number): Drawing {
  let height = top
  const markup = drawings.map((drawing) => {
    const placed = html`<g transform="translate(0 ${height})">${drawing.markup}</g>`
    height += drawing.height
    return placed
  })
  return { markup: html`${markup}`, height }
}

function number(value: number): string {
  return String(Math.round(value * 10) / 10)
}
