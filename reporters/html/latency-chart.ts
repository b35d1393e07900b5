/** Percentiles of single operations' latency: what the median hides. */

import type { Cell } from '../../fixtures/model.ts'
import { formatDuration } from '../../fixtures/units.ts'
import type { Words } from '../../fixtures/words/words.ts'
import {
  axisHead,
  type ChartRow,
  type Drawing,
  grid,
  margin,
  panelWidth,
  plotLeft,
  plotRight,
  rounded,
  rowHead,
  rowsBelow,
} from './chart-parts.ts'
import { type LogScale, logScale } from './log-scale.ts'
import { html } from './markup.ts'

const trackHeight = 18
/** `200 ms` */
const tickRoom = 56

/** A cell of which single operations were timed. */
type LatencyCell = Cell & { latencyNs: NonNullable<Cell['latencyNs']> }

interface LatencyRow {
  label: string
  cell: LatencyCell
}

export function hasLatency(cell: Cell): cell is LatencyCell {
  return cell.latencyNs !== null
}

/** The four percentiles of each row over one axis of times. */
export function latencyPanel(
  title: string,
  rows: readonly LatencyRow[],
  { charts }: Words,
): Drawing {
  const all = rows.flatMap(({ cell }) => percentilesOf(cell))
  const least = Math.min(...all)
  const scale = logScale(all, plotLeft + 6, plotRight - 6, [least, least * 10], tickRoom)
  return rowsBelow(
    title,
    axisHead(charts.percentiles, [charts.shorter, charts.longer], scale, timeTick),
    rows.map((row) => rowOf(row, scale, charts)),
  )
}

/** For those who do not see it. */
export function latencyWords(rows: readonly LatencyRow[]): string {
  return rows.map(({ label, cell }) => `${label}: ${figuresText(cell)}`).join('; ')
}

/** `20 µs`: a tick is round. */
export function timeTick(ns: number): string {
  return formatDuration(ns).replace(/\.?0+ /, (zeros) => (zeros.startsWith('.') ? ' ' : zeros))
}

function percentilesOf({ latencyNs }: LatencyCell): readonly number[] {
  const { p50, p99, p999, max } = latencyNs
  return [p50, p99, p999, max].map((ns) => Math.max(1, ns))
}

function figuresText(cell: LatencyCell): string {
  return percentilesOf(cell).map(formatDuration).join(' · ')
}

function rowOf({ label, cell }: LatencyRow, scale: LogScale, charts: Words['charts']): ChartRow {
  const head = rowHead(label, figuresText(cell))
  const [top, xs] = [head.height + 2, percentilesOf(cell).map(scale.position)]
  const y = top + trackHeight / 2
  const [first = 0, , , last = 0] = xs
  const circles = xs
    .slice(0, 3)
    .map(
      (x, index) =>
        html`<circle class="mark ink" cx="${rounded(x)}" cy="${y}" r="${4.5 - index}"/>`,
    )
  return {
    markup: html`${[
      head.markup,
      html`<rect class="track" x="${margin}" y="${top}" width="${panelWidth - 2 * margin}" height="${trackHeight}"/>`,
      grid(scale, top, trackHeight),
      html`<path class="mark ink" d="M${rounded(first)} ${y}H${rounded(last)}M${rounded(last)} ${y - 5}v10"/>`,
      circles,
    ]}`,
    height: top + trackHeight,
    key: {
      environment: cell.environment,
      value: cell.latencyNs.p99,
      isRanked: cell.verdict !== null,
      hint: charts.percentileHint(label, figuresText(cell)),
    },
  }
}
