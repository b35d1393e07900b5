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
import { escapeMarkup } from './markup.ts'
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
    `<header><h1>${title}</h1>${summaryList(summary)}</header><main>`,
    `<h2>Summary</h2>${standings(comparison, environments)}`,
    charts(comparison, environments),
    `<h2>Environments</h2>${environmentTable(environments, footnotes)}`,
    '<h2>Measurements</h2>',
    ...tables.map((table) => sizeTable(table, footnotes)),
    countTable(comparison),
    latencyTable(comparison),
    claimTables(comparison),
    footnoteList(footnotes),
    `<h2>How to read it</h2>${guide}</main>`,
  ]
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${escapeMarkup(summary.machine)}: ${title}</title><style>${pageStyle}</style></head>
<body>
${body.join('\n')}
</body></html>
`
}

function summaryList(summary: SessionSummary): string {
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
  const items = rows.map(
    ([name = '', value = '']) => `<dt>${name}</dt><dd>${escapeMarkup(value)}</dd>`,
  )
  return `<dl>${items.join('')}</dl>`
}

/** For each environment, at which workloads it is slower, equivalent and so on. */
function standings(comparison: Comparison, environments: readonly ProbedEnvironment[]): string {
  const items = environments.map(({ environment, title }) => {
    const parts = standingsOf(comparison, environment)
    return `<li><b>${escapeMarkup(title)}</b>: ${parts.join('; ') || 'nothing measured'}.</li>`
  })
  return `<ul>${items.join('')}</ul>`
}

function standingsOf(comparison: Comparison, environment: string): readonly string[] {
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
    const titles = group.map(({ title }) => title.replaceAll(' ', '\u00a0')).join(', ')
    const where = group.length === asked.length ? 'everywhere' : `at ${titles}`
    return `<span class="verdict ${style}">${standing}</span> ${where}`
  })
}

function charts(comparison: Comparison, environments: readonly ProbedEnvironment[]): string {
  if (comparison.cells.length === 0) return ''
  const byEnvironment = environments.map(({ environment }) =>
    comparisonSvg(comparison, environment),
  )
  return `<h2>Charts</h2><p>Bars are ${formatPercent(CONFIDENCE)} intervals; the line is native Linux, the band around it counts as equivalent. Hollow circles are not ranked.</p>${grid(workloadSvgs(comparison))}<details><summary>The same by environment</summary>${grid(byEnvironment)}</details>`
}

function grid(pictures: readonly string[]): string {
  return `<div class="charts">${pictures.join('')}</div>`
}

function footnoteList(footnotes: readonly string[]): string {
  if (footnotes.length === 0) return ''
  const items = footnotes.map(
    (note, index) => `<li id="note-${index + 1}">${escapeMarkup(note)}</li>`,
  )
  return `<h2>Footnotes</h2><ol>${items.join('')}</ol>`
}

const margin = formatPercent(EQUIVALENCE_MARGIN)
const confidence = formatPercent(CONFIDENCE)

const guide = `<ul>
<li>A <b>boot</b> is one fresh start of an environment that ran one workload and whose data was verified. A <b>block</b> is one boot of the environment and one of native Linux on the same storage, in random order, one right after the other.</li>
<li>The <b>time</b> is that of one operation: the median over boots of each boot’s median, with its ${confidence} interval.</li>
<li>The <b>ratio</b> (×) is the environment’s time over native Linux’s in the same block, so that drift of the machine cancels: the Hodges-Lehmann estimate over blocks, with exact signed-rank limits at ${confidence}. Above 1 is slower.</li>
<li><b class="equivalent">Equivalent</b>: the interval lies within ${margin} of native Linux. <b class="slower">Slower</b>, <b class="faster">faster</b>: all of it lies on one side of 1. <b class="inconclusive">Inconclusive</b>: more blocks, or a quieter machine, would be needed.</li>
<li>A figure of an <b>emulated</b> environment is that of software that imitates hardware; it is shown and never ranked. A durable write is not ranked against one that is not.</li>
<li>Linux is measured against itself too: any deviation from ×1 is this machine’s noise.</li>
<li>The study’s rows are means from a Raspberry Pi 4 Model B under Ubuntu 20.04 LTS, without intervals: another machine, for orientation.</li>
</ul>`
