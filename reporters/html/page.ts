/** report.html: a session in one file, without script and without anything from elsewhere. */

import { CONFIDENCE } from '../../fixtures/analysis/estimates.ts'
import { isSameOperation, type ProbedEnvironment } from '../../fixtures/analysis/histories.ts'
import { EQUIVALENCE_MARGIN } from '../../fixtures/analysis/verdict.ts'
import type { Cell, Comparison } from '../../fixtures/model.ts'
import { formatPercent } from '../../fixtures/units.ts'
import { footnotesOf } from '../view/footnotes.ts'
import type { Report, SessionSummary } from '../view/session-report.ts'
import {
  operationsOf,
  operationTitle,
  sizeTables,
  standingOf,
  workloadTitle,
} from '../view/size-tables.ts'
import { html, joined, type Markup } from './markup.ts'
import { pageStyle } from './page-style.ts'
import {
  claimTables,
  countTable,
  environmentTable,
  latencyTable,
  sizeTable,
} from './page-tables.ts'
import { comparisonSvg, workloadSvgs } from './svg.ts'

const title = 'Storage I/O in lightweight execution environments'

/** The whole document; ends with a line feed. */
export function renderPage({ comparison, environments, summary }: Report): string {
  const tables = sizeTables(comparison)
  const footnotes = footnotesOf(environments, tables)
  const body = [
    html`<header><h1>${title}</h1>${summaryList(summary)}</header><main>`,
    html`<h2>Summary</h2>${standings(comparison, environments)}`,
    charts(comparison, environments),
    html`<h2>Environments</h2>${environmentTable(environments, footnotes)}`,
    html`<h2>Measurements</h2>`,
    ...tables.map((table) => sizeTable(table, footnotes)),
    countTable(comparison),
    latencyTable(comparison),
    claimTables(comparison),
    footnoteList(footnotes),
    html`<h2>How to read it</h2>${guide}</main>`,
  ]
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${summary.machine}: ${title}</title>${pageStyle}</head>
<body>
${joined(body, html`\n`)}
</body></html>
`
  return `${page}`
}

function summaryList(summary: SessionSummary): Markup {
  const rows = [
    ['machine', summary.machine],
    ['kernel', summary.kernel],
    ['storage', summary.storage],
    ['profile', summary.profile],
    ['session', summary.id],
    ['started', summary.startedAt],
    ['seed', summary.seed],
    ...summary.caveats.map((caveat) => ['caution', caveat]),
  ]
  const items = rows.map(([name = '', value = '']) => html`<dt>${name}</dt><dd>${value}</dd>`)
  return html`<dl>${items}</dl>`
}

/** For each environment, at which workloads it is slower, equivalent and so on. */
function standings(comparison: Comparison, environments: readonly ProbedEnvironment[]): Markup {
  const items = environments.map(({ environment, title }) => {
    const parts = standingsOf(comparison, environment)
    const said = parts.length > 0 ? joined(parts, html`; `) : 'nothing measured'
    return html`<li><b>${title}</b>: ${said}.</li>`
  })
  return html`<ul>${items}</ul>`
}

function standingsOf(comparison: Comparison, environment: string): readonly Markup[] {
  const own = comparison.cells.filter((cell) => cell.environment === environment)
  const asked = operationsOf(comparison).flatMap((workload) => {
    const found = own.filter((cell) => isSameOperation(cell.workload, workload))
    const titled: { title: string; cell: Cell | null }[] = found.map((cell) => ({
      title: workloadTitle(cell, own),
      cell,
    }))
    return titled.length > 0 ? titled : [{ title: operationTitle(workload), cell: null }]
  })
  return [...Map.groupBy(asked, ({ cell }) => standingOf(cell))].map(([standing, group]) => {
    const style = group[0]?.cell?.verdict ?? 'unranked'
    const titles = group.map(({ title }) => joined(title.split(' '), html`\u00a0`))
    const where =
      group.length === asked.length ? 'everywhere' : html`at ${joined(titles, html`, `)}`
    return html`<span class="verdict ${style}">${standing}</span> ${where}`
  })
}

function charts(comparison: Comparison, environments: readonly ProbedEnvironment[]): Markup | null {
  if (comparison.cells.length === 0) return null
  const byEnvironment = environments.map(({ environment }) =>
    comparisonSvg(comparison, environment),
  )
  return html`<h2>Charts</h2><p>Bars are ${formatPercent(CONFIDENCE)} intervals; the line is native Linux, the band around it counts as equivalent. Hollow circles are not ranked.</p>${grid(workloadSvgs(comparison))}<details><summary>The same by environment</summary>${grid(byEnvironment)}</details>`
}

function grid(pictures: readonly Markup[]): Markup {
  return html`<div class="charts">${pictures}</div>`
}

function footnoteList(footnotes: readonly string[]): Markup | null {
  if (footnotes.length === 0) return null
  const items = footnotes.map((note, index) => html`<li id="note-${index + 1}">${note}</li>`)
  return html`<h2>Footnotes</h2><ol>${items}</ol>`
}

const margin = formatPercent(EQUIVALENCE_MARGIN)
const confidence = formatPercent(CONFIDENCE)

const guide = html`<ul>
<li>A <b>boot</b> is one fresh start of an environment that ran one workload and whose data was verified. A <b>block</b> is one boot of the environment and one of native Linux on the same storage, in random order, one right after the other.</li>
<li>The <b>time</b> is that of one operation: the median over boots of each boot’s median, with its ${confidence} interval.</li>
<li>The <b>ratio</b> (×) is the environment’s time over native Linux’s in the same block, so that drift of the machine cancels: the Hodges-Lehmann estimate over blocks, with exact signed-rank limits at ${confidence}. Above 1 is slower.</li>
<li><b class="equivalent">Equivalent</b>: the interval lies within ${margin} of native Linux. <b class="slower">Slower</b>, <b class="faster">faster</b>: all of it lies on one side of 1. <b class="inconclusive">Inconclusive</b>: more blocks, or a quieter machine, would be needed.</li>
<li>A figure of an <b>emulated</b> environment is that of software that imitates hardware; it is shown and never ranked. A durable write is not ranked against one that is not.</li>
<li>Linux is measured against itself too: any deviation from ×1 is this machine’s noise.</li>
<li>The study’s rows are means from a Raspberry Pi 4 Model B under Ubuntu 20.04 LTS, without intervals: another machine, for orientation.</li>
</ul>`
