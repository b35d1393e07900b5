/** Charts as SVG without script, for light and dark: documents of their own, or parts of a page. */

import { isSameOperation } from '../../fixtures/analysis/histories.ts'
import type { Cell, Comparison, Workload } from '../../fixtures/model.ts'
import { formatSize } from '../../fixtures/units.ts'
import { operationsOf, operationTitle, workloadTitle } from '../view/size-tables.ts'
import { type Drawing, panelWidth } from './chart-parts.ts'
import { chartStyle } from './chart-style.ts'
import { html, type Markup, type Piece } from './markup.ts'
import { absenceOf, notePanel, panel } from './svg-panel.ts'

/** An environment's ratio for each workload, or why there is none. */
export function comparisonSvg({ cells }: Comparison, environment: string): Markup {
  const own = cells.filter((cell) => cell.environment === environment)
  const [first] = own
  const title = `${first?.title ?? environment} compared with native Linux`
  if (first === undefined) return picture(title, [[notePanel(title, ['Nothing was measured.'])]])
  if (own.every(({ state }) => state === 'unavailable')) {
    return picture(title, [[notePanel(`${first.title}: unavailable`, absenceOf(first))]])
  }
  const rows = own.map((cell) => ({ label: workloadTitle(cell, own), cell }))
  return picture(title, [[panel(title, rows)]])
}

/** All environments: a picture for each workload. */
export function workloadSvgs(comparison: Comparison): readonly Markup[] {
  return operationsOf(comparison).map((workload) =>
    picture(`${operationTitle(workload)} compared with native Linux`, [
      [panel(operationTitle(workload), workloadRows(comparison.cells, workload))],
    ]),
  )
}

/** Each environment's cell of a workload; of one in several request sizes each. */
export function workloadRows(cells: readonly Cell[], workload: Workload) {
  const environments = new Map(cells.map((cell) => [cell.environment, cell.title]))
  return [...environments].flatMap(([environment, label]) => {
    const own = cells.filter(
      (cell) => cell.environment === environment && isSameOperation(cell.workload, workload),
    )
    if (own.length < 2) return [{ label, cell: own[0] ?? null }]
    return own.map((cell) => {
      const request = formatSize(cell.workload.requestBytes)
      return { label: `${label}, ${request} requests`, cell }
    })
  })
}

/** Drawings in rows, as a document of its own. */
export function picture(title: string, rows: readonly (readonly Drawing[])[]): Markup {
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
  return html`${svg(width, height, [html`<title>${title}</title>`, chartStyle], html`${markup}`)}\n`
}

/** A part of a page, which has the style. */
export function embedded(title: string, words: string, { markup, height }: Drawing): Markup {
  const told = html`<title>${title}</title><desc>${words}</desc>`
  return svg(panelWidth, height, told, markup)
}

function svg(width: number, height: number, head: Piece, body: Markup): Markup {
  return html`<svg xmlns="http://www.w3.org/2000/svg" class="guestbench-chart" role="img" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${head}<rect class="ground" width="100%" height="100%"/>${body}</svg>`
}
