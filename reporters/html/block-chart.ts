/** Time by block: how an environment and the native Linux beside it drifted while they were measured. */

import { formatDuration } from '../../fixtures/units.ts'
import type { Words } from '../../fixtures/words/words.ts'
import type { BlockTime, CellTimes } from '../view/block-times.ts'
import {
  type ChartRow,
  type Drawing,
  dots,
  fitted,
  lines,
  margin,
  panelWidth,
  plotLeft,
  rounded,
  rowHead,
  rowsBelow,
  svgText,
} from './chart-parts.ts'
import { logScale } from './log-scale.ts'
import { html, type Markup } from './markup.ts'

/** Of the times; above them the disturbed blocks are marked. */
const height = 46
const markHeight = 10
/** Right of the times stand their ends. */
const gutter = 66

interface TimedRow {
  label: string
  timed: CellTimes
}

/** A row a cell, its own range of times; all share the axis of blocks. */
export function blockPanel(title: string, rows: readonly TimedRow[], words: Words): Drawing {
  const last = Math.max(1, ...rows.flatMap(({ timed }) => timed.times.map(({ block }) => block)))
  const explained = words.charts.byBlock(last + 1)
  const position = (block: number) => {
    const right = panelWidth - margin - gutter
    return plotLeft + ((right - plotLeft) * block) / last
  }
  return rowsBelow(
    title,
    (top) => lines(fitted(explained, 'axis'), 'axis', top),
    rows.map((row) => rowOf(row, position, words)),
  )
}

/** For those who do not see it. */
export function blockWords(rows: readonly TimedRow[], { charts }: Words): string {
  return rows
    .map(({ label, timed: { times } }) => {
      const disturbed = times.filter(({ isDisturbed }) => isDisturbed).length
      const blocks = charts.blocksOf(times.length, disturbed)
      return `${label}: ${blocks}, ${rangeText(times, charts)}`
    })
    .join('; ')
}

function rangeText(times: readonly BlockTime[], charts: Words['charts']): string {
  const own = times.map(({ guestNs }) => guestNs)
  return charts.span(formatDuration(Math.min(...own)), formatDuration(Math.max(...own)))
}

function rowOf(
  { label, timed }: TimedRow,
  position: (block: number) => number,
  { charts }: Words,
): ChartRow {
  const { cell, times } = timed
  const head = rowHead(label, cell.medianNs === null ? '' : formatDuration(cell.medianNs))
  const all = times.flatMap(({ guestNs, controlNs }) => [guestNs, controlNs])
  const [least, most] = [Math.min(...all), Math.max(...all)]
  const top = head.height + 2 + markHeight
  const scale = logScale(all, top + height, top, [least, least * 1.1])
  const points = (of: (time: BlockTime) => number) =>
    times.map((time) => [position(time.block), scale.position(of(time))] as const)
  const style = cell.verdict ?? 'unranked'
  const disturbed = times.filter((time) => time.isDisturbed)
  const end = panelWidth - margin
  return {
    markup: html`${[
      head.markup,
      html`<rect class="track" x="${margin}" y="${top}" width="${end - gutter - margin + 8}" height="${height}"/>`,
      crosses(disturbed.map(({ block }) => [position(block), head.height + 7])),
      line(
        `beside`,
        points(({ controlNs }) => controlNs),
      ),
      line(
        `mark ${style}`,
        points(({ guestNs }) => guestNs),
      ),
      dots(
        'dots beside',
        points(({ controlNs }) => controlNs),
      ),
      dots(
        `dots solid ${style}`,
        points(({ guestNs }) => guestNs),
      ),
      svgText(end, top + 10, 'axis far', formatDuration(most)),
      svgText(end, top + height, 'axis far', formatDuration(least)),
    ]}`,
    height: top + height,
    key: {
      environment: cell.environment,
      value: cell.ratio,
      isRanked: cell.verdict !== null,
      hint: `${label}: ${charts.blocksOf(times.length, disturbed.length)}; ${rangeText(times, charts)}`,
    },
  }
}

type Points = readonly (readonly [x: number, y: number])[]

function line(style: string, points: Points): Markup {
  const path = points.map(([x, y]) => `${rounded(x)} ${rounded(y)}`).join('L')
  return html`<path class="${style} thin" d="M${path}"/>`
}

function crosses(points: Points): Markup | null {
  if (points.length === 0) return null
  const path = points.map(([x, y]) => `M${rounded(x - 3)} ${y - 3}l6 6m0 -6l-6 6`).join('')
  return html`<path class="cross" d="${path}"/>`
}
