/** report.html: a session in one file, without script and without anything from elsewhere; the answer first. */

import { CONFIDENCE } from '../../fixtures/analysis/estimates.ts'
import type { ProbedEnvironment } from '../../fixtures/analysis/histories.ts'
import { EQUIVALENCE_MARGIN } from '../../fixtures/analysis/verdict.ts'
import type { Comparison } from '../../fixtures/model.ts'
import { formatPercent } from '../../fixtures/units.ts'
import { headlineTitle } from '../view/headline.ts'
import type { Report, SessionSummary } from '../view/session-report.ts'
import { differenceSection } from './difference-section.ts'
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
export function renderPage(report: Report): string {
  const { comparison, environments, summary, tables } = report
  const body = [
    html`<header><h1>${title}</h1><p class="dim">${summary.machine}, Linux ${summary.kernel}, ${summary.storage}</p></header><main>`,
    differenceSection(report),
    headlineList(report),
    charts(comparison, environments),
    tables.length > 0 ? html`<h2 id="measurements">Measurements</h2>` : null,
    ...tables.map(sizeTable),
    legendList(report),
    emulatedSection(report),
    absenceList(report),
    cautionList(report),
    countTable(comparison),
    latencyTable(comparison),
    claimTables(comparison),
    html`<h2 id="machine">Machine and session</h2>${summaryList(summary)}${environmentTable(environments)}`,
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
  ]
  const items = rows.map(([name = '', value = '']) => html`<dt>${name}</dt><dd>${value}</dd>`)
  return html`<dl>${items}</dl>`
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

function headlineList({ headline }: Report): Markup | null {
  if (headline.length === 0) return null
  const items = headline.map(({ subject, text }) => html`<li><b>${subject}</b>: ${text}</li>`)
  return html`<h2>${headlineTitle}</h2><ul class="headline">${items}</ul>`
}

function cautionList({ cautions }: Report): Markup | null {
  if (cautions.length === 0) return null
  return html`<h2>Cautions</h2><ul>${cautions.map((caution) => html`<li>${caution}</li>`)}</ul>`
}

function legendList({ legend }: Report): Markup | null {
  if (legend.length === 0) return null
  const items = legend.map(({ word, meaning }) => html`<li><b>${word}</b>: ${meaning}</li>`)
  return html`<ul>${items}</ul>`
}

function emulatedSection({ emulated }: Report): Markup | null {
  if (emulated.length === 0) return null
  return html`<h2 id="emulated">Emulated in software: it works, and its times say nothing</h2>${emulated.map(sizeTable)}`
}

function absenceList({ absences }: Report): Markup | null {
  if (absences.length === 0) return null
  const items = absences.map(
    ({ what, why, remedy }) =>
      html`<li><b>${what}</b>: ${why}${remedy && html` <span class="dim">Remedy: ${remedy}</span>`}</li>`,
  )
  return html`<h2 id="absent">Not measured here</h2><ul>${items}</ul>`
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
