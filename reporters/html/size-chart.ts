/** Ratios over the size of one operation: a line an environment, numbered at its end. */

import type { Cell } from '../../fixtures/model.ts'
import { formatRatio, formatSize } from '../../fixtures/units.ts'
import type { Words } from '../../fixtures/words/words.ts'
import {
  type ChartRow,
  type Drawing,
  dots,
  fitted,
  lines,
  panelWidth,
  rounded,
  rowsBelow,
  svgText,
} from './chart-parts.ts'
import { html, type Markup } from './markup.ts'
import { rankedScale } from './svg-panel.ts'

/** Left of the lines stand the axis's ticks, right of them the lines' numbers. */
const [left, right] = [64, panelWidth - 44]
const least = 180
/** Between two numbers. */
const apart = 15

interface SizedLine {
  label: string
  /** Of ascending sizes, in which it was ranked. */
  cells: readonly Cell[]
}

/** @param sizes in ascending order, three or more. */
export function sizePanel(
  title: string,
  sizes: readonly number[],
  environments: readonly SizedLine[],
  { charts }: Words,
): Drawing {
  const height = Math.max(least, environments.length * apart)
  const cells = environments.flatMap((line) => line.cells)
  const { position: y, ticks } = rankedScale(cells, [height, 0], 2 * apart)
  const x = (bytes: number) => left + ((right - left) * sizes.indexOf(bytes)) / (sizes.length - 1)
  const axis = ticks.map(
    (tick) =>
      html`<path class="${tick === 1 ? 'one' : 'tick'}" d="M${left} ${rounded(y(tick))}H${right}"/>${svgText(left - 8, y(tick) + 4, 'axis far', `×${tick}`)}`,
  )
  const labels = sizes.map((bytes) => svgText(x(bytes), height + 18, 'tick', formatSize(bytes)))
  const heights = environments.map((line) => y(line.cells.at(-1)?.ratio ?? 1))
  const ends = spaced(heights, height)
  const drawn = environments.map((line, index) =>
    lineOf(line, { x, y, number: index + 1, end: ends[index] ?? 0 }),
  )
  const picture = { markup: html`${axis}${labels}${drawn}`, height: height + 24, key: null }
  const names = environments.map((line, index) => nameOf(line, index + 1))
  const explained = (top: number) => lines(fitted(charts.bySize, 'axis'), 'axis', top)
  return rowsBelow(title, explained, [picture, ...names])
}

/** For those who do not see it. */
export function sizeWords(environments: readonly SizedLine[]): string {
  return environments.map(({ label, cells }) => `${label}: ${ratiosText(cells)}`).join('; ')
}

function ratiosText(cells: readonly Cell[]): string {
  return cells
    .map(({ ratio, workload }) => `${formatSize(workload.sizeBytes)} ${formatRatio(ratio ?? 1)}`)
    .join(', ')
}

interface LinePlace {
  x: (bytes: number) => number
  y: (ratio: number) => number
  number: number
  /** Where its number stands. */
  end: number
}

function lineOf({ cells }: SizedLine, { x, y, number, end }: LinePlace): Markup {
  const points = cells.map(({ workload, ratio }) => [x(workload.sizeBytes), y(ratio ?? 1)] as const)
  const path = points.map(([px, py]) => `${rounded(px)} ${rounded(py)}`).join('L')
  const last = points.at(-1) ?? [right, end]
  const leader = `M${rounded(last[0] + 4)} ${rounded(last[1])}L${right + 14} ${rounded(end)}`
  const environment = cells[0]?.environment ?? ''
  return html`<g class="line" data-environment="${environment}"><path class="leader" d="${leader}"/><path class="mark ink thin" d="M${path}"/>${dots('dots solid ink', points)}${svgText(right + 17, end + 4, 'axis near', `${number}`)}</g>`
}

function nameOf({ label, cells }: SizedLine, number: number): ChartRow {
  const name = lines(fitted(`${number}: ${label}`, 'note'), 'note', 0)
  const hint = `${label}: ${ratiosText(cells)}`
  const [first] = cells
  const key = { environment: first?.environment ?? '', value: number, isRanked: true, hint }
  return { ...name, key }
}

/** Each as near to its height as the others let it, `apart` from the next, none below `bottom`. */
function spaced(heights: readonly number[], bottom: number): readonly number[] {
  const order = heights
    .map((height, index) => ({ height, index }))
    .sort((a, b) => a.height - b.height)
  const places = [...heights]
  order.forEach(({ height, index }, rank) => {
    const before = order[rank - 1]
    const free = before === undefined ? 0 : (places[before.index] ?? 0) + apart
    const reserved = bottom - (order.length - 1 - rank) * apart
    places[index] = Math.min(Math.max(height, free), reserved)
  })
  return places
}
