/** One panel of a chart: ratios to native Linux, one row a cell, over a common axis. */

import { EQUIVALENCE_MARGIN } from '../../fixtures/analysis/verdict.ts'
import type { Cell } from '../../fixtures/model.ts'
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

export function panel(title: string, rows: readonly PanelRow[]): Drawing {
  const scale = logScale(rows.flatMap(ratiosOf), margin, panelWidth - margin)
  const drawings = rows.map((row) => rowDrawing(row, scale))
  const body = stack(drawings, titleHeight)
  const isMeasured = rows.some((row) => ratiosOf(row).length > 0)
  const axis = isMeasured ? axisMarkup(scale, body.height) : null
  return {
    markup: html`${text(margin, 27, 'title', title)}${body.markup}${axis}`,
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

function ratiosOf({ cell }: PanelRow): readonly number[] {
  if (cell === null || cell.ratio === null) return []
  return [cell.ratio, ...(cell.ratioInterval ?? [])]
}

function rowDrawing({ label, cell }: PanelRow, scale: LogScale): Drawing {
  const head = text(margin, 14, 'label', label)
  if (cell === null) {
    const markup = html`${head}${endText('not measured in this session')}`
    return { markup, height: trackTop + gap }
  }
  const lines =
    cell.reason === null ? [] : absenceOf(cell).flatMap((line) => wrap(line, noteColumns))
  if (cell.ratio === null) return withNotes(html`${head}${endText(cell.state)}`, lines, trackTop)
  const figures = endText(figuresText(cell, cell.ratio))
  const drawn = html`${head}${figures}${track(cell, cell.ratio, scale)}`
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

function track(cell: Cell, ratio: number, { position, ticks }: LogScale): Markup {
  const middle = trackTop + trackHeight / 2
  const left = position(1 / (1 + EQUIVALENCE_MARGIN))
  const right = position(1 + EQUIVALENCE_MARGIN)
  const style = `mark ${cell.verdict ?? 'unranked'}`
  return html`${[
    rectangle('track', margin, panelWidth - margin),
    rectangle('equal', left, right),
    ...ticks.map((tick) => verticalLine(tick === 1 ? 'one' : 'tick', position(tick))),
    cell.ratioInterval ? intervalMarkup(style, cell.ratioInterval.map(position), middle) : null,
    html`<circle class="${style}" cx="${number(position(ratio))}" cy="${middle}" r="4.5"/>`,
  ]}`
}

function intervalMarkup(style: string, [from = 0, to = 0]: readonly number[], y: number): Markup {
  const line = `M${number(from)} ${y}H${number(to)}`
  const ends = [from, to].map((x) => `M${number(x)} ${y - 5}v10`).join('')
  return html`<path class="${style}" d="${line}${ends}"/>`
}

function axisMarkup({ position, ticks }: LogScale, top: number): Markup {
  const labels = ticks.map((tick) => text(position(tick), top + 8, 'axis', `×${tick}`))
  const title = 'time of one operation, relative to native Linux'
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
