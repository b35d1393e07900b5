/** Charts as SVG without script, for light and dark: documents of their own, or parts of a page. */

import { isSameOperation } from '../../fixtures/analysis/histories.ts'
import type { Cell, Comparison, Workload } from '../../fixtures/model.ts'
import { formatSize } from '../../fixtures/units.ts'
import { english, type Words } from '../../fixtures/words/words.ts'
import { operationsOf, operationTitle, tableTitle, workloadTitle } from '../view/size-tables.ts'
import { type Drawing, panelWidth } from './chart-parts.ts'
import { chartStyle } from './chart-style.ts'
import { html, type Markup, type Piece } from './markup.ts'
import { absenceOf, notePanel, panel } from './svg-panel.ts'

/** An environment's ratio for each workload, or why there is none. */
export function comparisonSvg(
  { cells }: Comparison,
  environment: string,
  words: Words = english,
): Markup {
  const { compared, nothing, unavailable } = words.charts
  const own = cells.filter((cell) => cell.environment === environment)
  const [first] = own
  const title = compared(first?.title ?? environment)
  const pictured = (drawing: Drawing) => picture(title, [[drawing]], words)
  if (first === undefined) return pictured(notePanel(title, [nothing]))
  if (own.every(({ state }) => state === 'unavailable')) {
    return pictured(notePanel(unavailable(first.title), absenceOf(first, words)))
  }
  const rows = own.map((cell) => ({ label: workloadTitle(cell, own, words), cell }))
  return pictured(panel(title, rows, words))
}

/** All environments: a picture for each workload. */
export function workloadSvgs(comparison: Comparison, words: Words = english): readonly Markup[] {
  return operationsOf(comparison).map((workload) => {
    const title = operationTitle(workload, words)
    const rows = workloadRows(comparison.cells, workload, words)
    return picture(words.charts.compared(title), [[panel(title, rows, words)]], words)
  })
}

const COLUMNS = 3

/** All environments and workloads in one picture, panels of one size and cache beside each other. */
export function overviewSvg(comparison: Comparison, words: Words): Markup {
  const cells = comparison.cells.filter(({ state }) => state === 'measured')
  const groups = Map.groupBy(operationsOf({ ...comparison, cells }), (workload) =>
    tableTitle(workload, words),
  )
  const rows = [...groups.values()].flatMap((workloads) => {
    const panels = workloads.map((workload) => {
      const own = workloadRows(cells, workload, words).filter(({ cell }) => cell !== null)
      return panel(operationTitle(workload, words), own, words)
    })
    const count = Math.ceil(panels.length / COLUMNS)
    return Array.from({ length: count }, (_, row) =>
      panels.slice(row * COLUMNS, (row + 1) * COLUMNS),
    )
  })
  const { title } = words.answer
  return picture(
    title,
    rows.length > 0 ? rows : [[notePanel(title, [words.charts.nothing])]],
    words,
  )
}

/** Each environment's cell of a workload; of one in several request sizes each. */
export function workloadRows(cells: readonly Cell[], workload: Workload, { tables }: Words) {
  const environments = new Map(cells.map((cell) => [cell.environment, cell.title]))
  return [...environments].flatMap(([environment, label]) => {
    const own = cells.filter(
      (cell) => cell.environment === environment && isSameOperation(cell.workload, workload),
    )
    if (own.length < 2) return [{ label, cell: own[0] ?? null }]
    return own.map((cell) => {
      const request = formatSize(cell.workload.requestBytes)
      return { label: tables.requests(label, request), cell }
    })
  })
}

/** Drawings in rows, as a document of its own. */
export function picture(
  title: string,
  rows: readonly (readonly Drawing[])[],
  { language }: Words = english,
): Markup {
  const width = Math.max(...rows.map((row) => row.length)) * panelWidth
  let height = 0
  const markup: Markup[] = []
  for (const row of rows) {
    for (const [column, drawing] of row.entries()) {
      const x = column * panelWidth
      markup.push(html`<g transform="translate(${x} ${height})">${drawing.markup}</g>`)
    }
    height += Math.max(...row.map((drawing) => drawing.height))
  }
  const head = [html`<title>${title}</title>`, chartStyle]
  return html`${svg(width, height, head, html`${markup}`, html` lang="${language}"`)}\n`
}

/** A part of a page, which has the style. */
export function embedded(title: string, words: string, { markup, height }: Drawing): Markup {
  const told = html`<title>${title}</title><desc>${words}</desc>`
  return svg(panelWidth, height, told, markup)
}

function svg(
  width: number,
  height: number,
  head: Piece,
  body: Markup,
  language: Piece = null,
): Markup {
  return html`<svg xmlns="http://www.w3.org/2000/svg" class="guestbench-chart" role="img" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"${language}>${head}<rect class="ground" width="100%" height="100%"/>${body}</svg>`
}
