/** report.html: a session in one file, whole without script and without anything from elsewhere; the answer first. */

import { CONFIDENCE } from '../../fixtures/analysis/estimates.ts'
import { EQUIVALENCE_MARGIN } from '../../fixtures/analysis/verdict.ts'
import { OPERATIONS } from '../../fixtures/operations.ts'
import { formatPercent } from '../../fixtures/units.ts'
import { headlineTitle } from '../view/headline.ts'
import { resourceTitle } from '../view/resource-table.ts'
import type { Report } from '../view/session-report.ts'
import {
  blockCharts,
  latencyCharts,
  ratioCharts,
  resourceCharts,
  sizeCharts,
} from './chart-figures.ts'
import { differenceSection } from './difference-section.ts'
import { html, type Markup } from './markup.ts'
import { pageOf } from './page-frame.ts'
import {
  claimTables,
  countTable,
  environmentTable,
  latencyTable,
  resourceTable,
  sizeTable,
  summaryList,
} from './page-tables.ts'
import { whySection } from './why-section.ts'

const title = 'Storage I/O in lightweight execution environments'

/** The whole document; ends with a line feed. */
export function renderPage(report: Report): string {
  const { comparison, specifications, summary, tables } = report
  const latency = latencyTable(comparison)
  const resources = resourceTable(comparison)
  const body = [
    html`<header><h1>${title}</h1><p class="dim">${summary.machine}, Linux ${summary.kernel}, ${summary.storage}</p></header><main>`,
    differenceSection(report),
    headlineList(report),
    whySection(report),
    controls(report),
    ratioCharts(report),
    sizeCharts(report),
    tables.length > 0 ? html`<h2 id="measurements">Measurements</h2>` : null,
    ...tables.map((table) => sizeTable(table)),
    legendList(report),
    emulatedSection(report),
    absenceList(report),
    cautionList(report),
    latency && html`<h2 id="latency">Latency</h2>${latencyCharts(report)}${latency}`,
    blockCharts(report),
    countTable(comparison),
    resources &&
      html`<h2 id="resources">${resourceTitle}</h2>${resourceCharts(report)}${resources}`,
    claimTables(comparison),
    html`<h2 id="machine">Machine and how to reproduce</h2>${summaryList(summary)}${environmentTable(specifications)}`,
    html`<h2 id="guide">How to read it</h2>${guide}</main>`,
  ]
  return pageOf(`${summary.machine}: ${title}`, body)
}

function headlineList({ headline }: Report): Markup | null {
  if (headline.length === 0) return null
  const items = headline.map(({ subject, text }) => html`<li><b>${subject}</b>: ${text}</li>`)
  return html`<h2 id="answer">${headlineTitle}</h2><ul class="headline">${items}</ul>`
}

/** What the page's script shows, and works by; without it there is nothing to choose. */
function controls({ comparison, environments }: Report): Markup | null {
  const measured = new Set(
    comparison.cells.filter(({ state }) => state === 'measured').map((cell) => cell.environment),
  )
  if (measured.size === 0) return null
  const operations = [...new Set(comparison.cells.map(({ workload }) => workload.operation))]
  const boxes = environments
    .filter(({ environment }) => measured.has(environment))
    .map((one) => checkbox('environment', one.environment, one.title))
  return html`<form id="controls" aria-label="What is shown" autocomplete="off" hidden><details><summary>Choose what is shown</summary><fieldset><legend>Environments</legend>${boxes}</fieldset><fieldset><legend>Operations</legend>${operations.map((operation) => checkbox('operation', operation, OPERATIONS[operation].title))}</fieldset><label><input type="checkbox" name="ranked" value="1"> ranked only</label> <button type="button">Show all</button><p class="dim">A table’s head sorts it, and its charts. The address keeps what is chosen.</p></details></form>`
}

function checkbox(name: string, value: string, words: string): Markup {
  return html`<label><input type="checkbox" name="${name}" value="${value}" checked> ${words}</label> `
}

function cautionList({ cautions }: Report): Markup | null {
  if (cautions.length === 0) return null
  return html`<h2 id="cautions">Cautions</h2><ul>${cautions.map((caution) => html`<li>${caution}</li>`)}</ul>`
}

function legendList({ legend }: Report): Markup | null {
  if (legend.length === 0) return null
  const items = legend.map(({ word, meaning }) => html`<li><b>${word}</b>: ${meaning}</li>`)
  return html`<ul>${items}</ul>`
}

function emulatedSection({ emulated }: Report): Markup | null {
  if (emulated.length === 0) return null
  return html`<section data-unranked=""><h2 id="emulated">Emulated in software: it works, and its times say nothing</h2>${emulated.map((table) => sizeTable(table, '-emulated'))}</section>`
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
