/** Charts of ratios to native Linux: self-contained SVG without script, for light and dark. */

import { isSameOperation } from '../../fixtures/analysis/histories.ts'
import type { Comparison, Workload } from '../../fixtures/model.ts'
import { formatSize } from '../../fixtures/units.ts'
import { operationsOf, operationTitle, workloadTitle } from '../view/size-tables.ts'
import { html, type Markup } from './markup.ts'
import { absenceOf, type Drawing, notePanel, panel, panelWidth } from './svg-panel.ts'

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
      [workloadPanel(comparison, workload)],
    ]),
  )
}

function workloadPanel({ cells }: Comparison, workload: Workload): Drawing {
  const environments = new Map(cells.map((cell) => [cell.environment, cell.title]))
  const rows = [...environments].flatMap(([environment, label]) => {
    const own = cells.filter(
      (cell) => cell.environment === environment && isSameOperation(cell.workload, workload),
    )
    if (own.length < 2) return [{ label, cell: own[0] ?? null }]
    return own.map((cell) => {
      const request = formatSize(cell.workload.requestBytes)
      return { label: `${label}, ${request} requests`, cell }
    })
  })
  return panel(operationTitle(workload), rows)
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
  return html`<svg xmlns="http://www.w3.org/2000/svg" class="guestbench-chart" role="img" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><title>${title}</title>${stylesheet}<rect class="ground" width="${width}" height="${height}"/>${markup}</svg>\n`
}

/** Contrasts of at least 4.5 for text, in both schemes. Verdicts are named beside their colour. */
const stylesheet = html`<style>
.guestbench-chart{--ground:#fff;--ink:#1c2128;--dim:#57606a;--track:#eef1f4;--equal:#d5dbe1;--tick:#c3cad1;--slower:#b42318;--faster:#1a7f37;--equivalent:#0b5fb3;--inconclusive:#7a5200;font:13px system-ui,sans-serif}
@media(prefers-color-scheme:dark){.guestbench-chart{--ground:#15191e;--ink:#e6e9ed;--dim:#a3adb8;--track:#232a32;--equal:#36404b;--tick:#46515d;--slower:#ff8b7e;--faster:#5fd37f;--equivalent:#74b7ff;--inconclusive:#e2b55a}}
.guestbench-chart .ground{fill:var(--ground)}
.guestbench-chart text{fill:var(--ink)}
.guestbench-chart .title{font-size:16px;font-weight:600}
.guestbench-chart .label{font-weight:600}
.guestbench-chart .end{text-anchor:end}
.guestbench-chart .note,.guestbench-chart .axis{font-size:12px;fill:var(--dim)}
.guestbench-chart .axis{text-anchor:middle}
.guestbench-chart .track{fill:var(--track)}
.guestbench-chart .equal{fill:var(--equal)}
.guestbench-chart path{fill:none;stroke-width:1;stroke:var(--tick)}
.guestbench-chart path.one{stroke:var(--ink);stroke-width:1.5}
.guestbench-chart .mark{--mark:var(--dim);fill:var(--mark);stroke:var(--mark);stroke-width:2}
.guestbench-chart path.mark{fill:none}
.guestbench-chart .slower{--mark:var(--slower)}
.guestbench-chart .faster{--mark:var(--faster)}
.guestbench-chart .equivalent{--mark:var(--equivalent)}
.guestbench-chart .inconclusive{--mark:var(--inconclusive)}
.guestbench-chart circle.unranked{fill:var(--ground)}
</style>`
