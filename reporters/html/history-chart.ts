/** One cell through the sessions of a machine: time relative to native Linux, and what was another since. */

import { EQUIVALENCE_MARGIN } from '../../fixtures/analysis/verdict.ts'
import { formatRatio, formatRatioInterval } from '../../fixtures/units.ts'
import type { Words } from '../../fixtures/words/words.ts'
import { wrap } from '../terminal/text-layout.ts'
import type { CellHistory, HistoryPoint } from '../view/history.ts'
import { type Drawing, panelWidth } from './chart-parts.ts'
import { type LogScale, logScale } from './log-scale.ts'
import { html, type Markup } from './markup.ts'

const margin = 16
/** Left of the plot stand the ratios, right of it nothing. */
const plotLeft = 62
const plotRight = panelWidth - margin
const plotTop = 66
const plotHeight = 110
const lineHeight = 17
/** Characters of a note that fit between the margins at 12 px. */
const noteColumns = 62

export function historyPanel({ title, workload, points }: CellHistory, words: Words): Drawing {
  const scale = logScale(
    points.flatMap(({ ratio, interval }) => [ratio, ...(interval ?? [])]),
    0,
    plotHeight,
  )
  const marks = points.filter(({ changes }) => changes.length > 0)
  const notes = marks.flatMap(({ id, changes }, index) =>
    wrap(`${index + 1}  ${id}: ${changes.join('; ')}`, noteColumns),
  )
  const top = plotTop + plotHeight + 36
  return {
    markup: html`${[
      text(margin, 27, 'title', `${title}, ${workload}`),
      text(margin, 46, 'note', latestText(points, words)),
      plot(points, scale, marks),
      text(plotLeft, plotTop + plotHeight + 18, 'note', points[0]?.id ?? ''),
      points.length > 1
        ? text(plotRight, plotTop + plotHeight + 18, 'note end', points.at(-1)?.id ?? '')
        : null,
      ...notes.map((line, index) => text(margin, top + index * lineHeight, 'note', line)),
    ]}`,
    height: top + notes.length * lineHeight,
  }
}

/** For those who do not see it. */
export function historyWords({ points }: CellHistory): string {
  return points.map(({ id, ratio }) => `${id}: ${formatRatio(ratio)}`).join('; ')
}

/** `×1.12 (1.08–1.17) slower, the newest of 7 sessions`. */
function latestText(points: readonly HistoryPoint[], { index, tables }: Words): string {
  const last = points.at(-1)
  if (last === undefined) return ''
  const interval = last.interval ? ` (${formatRatioInterval(last.interval)})` : ''
  const verdict = last.verdict === null ? tables.tooFewBlocks : tables.verdicts[last.verdict]
  return `${formatRatio(last.ratio)}${interval} ${verdict}, ${index.newest(points.length)}`
}

function plot(
  points: readonly HistoryPoint[],
  { position, ticks }: LogScale,
  marks: readonly HistoryPoint[],
): Markup {
  const y = (ratio: number) => rounded(plotTop + plotHeight - position(ratio))
  const x = (index: number) =>
    rounded(plotLeft + ((index + 0.5) * (plotRight - plotLeft)) / points.length)
  const [upper, lower] = [y(1 + EQUIVALENCE_MARGIN), y(1 / (1 + EQUIVALENCE_MARGIN))]
  const width = plotRight - plotLeft
  return html`${[
    html`<rect class="track" x="${plotLeft}" y="${plotTop}" width="${width}" height="${plotHeight}"/>`,
    html`<rect class="equal" x="${plotLeft}" y="${upper}" width="${width}" height="${rounded(lower - upper)}"/>`,
    ...ticks.map(
      (tick) =>
        html`<path class="${tick === 1 ? 'one' : 'tick'}" d="M${plotLeft} ${y(tick)}h${width}"/>${text(plotLeft - 6, y(tick) + 4, 'end', `×${tick}`)}`,
    ),
    ...marks.map((mark, index) => markLine(x(points.indexOf(mark) - 0.5), index + 1)),
    ...points.map((point, index) => pointMarkup(point, x(index), y)),
  ]}`
}

/** Between two sessions something became another: the note of that number says what. */
function markLine(at: number, number: number): Markup {
  return html`<path class="one" stroke-dasharray="3 3" d="M${at} ${plotTop}v${plotHeight}"/>${text(at + 3, plotTop + 11, 'note', `${number}`)}`
}

function pointMarkup(
  { id, ratio, interval, verdict }: HistoryPoint,
  x: number,
  y: (ratio: number) => number,
): Markup {
  const style = `mark ${verdict ?? 'unranked'}`
  const bar =
    interval && html`<path class="${style}" d="M${x} ${y(interval[0])}V${y(interval[1])}"/>`
  const words = `${id}: ${formatRatio(ratio)}${interval ? ` (${formatRatioInterval(interval)})` : ''}`
  return html`<g><title>${words}</title>${bar}<circle class="${style}" cx="${x}" cy="${y(ratio)}" r="4"/></g>`
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}

function text(x: number, y: number, style: string, content: string): Markup {
  return html`<text class="${style}" x="${x}" y="${y}">${content}</text>`
}
