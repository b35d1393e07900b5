/** report.html: a session in one file, whole without script and without anything from elsewhere; the answer first. */

import { CONFIDENCE } from '../../fixtures/analysis/estimates.ts'
import { EQUIVALENCE_MARGIN } from '../../fixtures/analysis/verdict.ts'
import { OPERATIONS } from '../../fixtures/operations.ts'
import { formatPercent } from '../../fixtures/units.ts'
import type { Words } from '../../fixtures/words/words.ts'
import type { Report } from '../view/session-report.ts'
import {
  blockCharts,
  latencyCharts,
  ratioCharts,
  resourceCharts,
  sizeCharts,
} from './chart-figures.ts'
import { differenceSection } from './difference-section.ts'
import { html, type Markup, type Piece } from './markup.ts'
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

/** The whole document; ends with a line feed. */
export function renderPage(report: Report): string {
  const { comparison, specifications, summary, tables, words } = report
  const { page } = words
  const { machine, kernel, storage } = summary
  const latency = latencyTable(comparison, words)
  const resources = resourceTable(comparison, words)
  const body = [
    html`<header><h1>${page.title}</h1><p class="dim">${words.tables.machine(machine, kernel, storage)}</p></header><main>`,
    differenceSection(report),
    headlineList(report),
    whySection(report),
    controls(report),
    ratioCharts(report),
    sizeCharts(report),
    tables.length > 0 ? html`<h2 id="measurements">${page.measurements}</h2>` : null,
    ...tables.map((table) => sizeTable(table, words)),
    legendList(report),
    emulatedSection(report),
    absenceList(report),
    cautionList(report),
    latency && html`<h2 id="latency">${page.latency}</h2>${latencyCharts(report)}${latency}`,
    blockCharts(report),
    countTable(comparison, words),
    resources &&
      html`<h2 id="resources">${words.resources.title}</h2>${resourceCharts(report)}${resources}`,
    claimTables(comparison, words),
    html`<h2 id="machine">${page.machine}</h2>${summaryList(summary, words)}${environmentTable(specifications, words)}`,
    html`<h2 id="guide">${page.guideTitle}</h2>${guide(words)}</main>`,
  ]
  return pageOf(page.titleOf(machine, page.title), body, words)
}

function headlineList({ headline, words }: Report): Markup | null {
  if (headline.length === 0) return null
  const items = headline.map(({ subject, text }) => html`<li><b>${subject}</b>: ${text}</li>`)
  return html`<h2 id="answer">${words.answer.title}</h2><ul class="headline">${items}</ul>`
}

/** What the page's script shows, and works by; without it there is nothing to choose. */
function controls({ comparison, environments, words: { page } }: Report): Markup | null {
  const measured = new Set(
    comparison.cells.filter(({ state }) => state === 'measured').map((cell) => cell.environment),
  )
  if (measured.size === 0) return null
  const operations = [...new Set(comparison.cells.map(({ workload }) => workload.operation))]
  const boxes = environments
    .filter(({ environment }) => measured.has(environment))
    .map((one) => checkbox('environment', one.environment, one.title))
  return html`<form id="controls" aria-label="${page.shown}" autocomplete="off" hidden><details><summary>${page.choose}</summary><fieldset><legend>${page.environments}</legend>${boxes}</fieldset><fieldset><legend>${page.operations}</legend>${operations.map((operation) => checkbox('operation', operation, OPERATIONS[operation].title))}</fieldset><label><input type="checkbox" name="ranked" value="1"> ${page.rankedOnly}</label> <button type="button">${page.showAll}</button><p class="dim">${page.sorting}</p></details></form>`
}

function checkbox(name: string, value: string, words: string): Markup {
  return html`<label><input type="checkbox" name="${name}" value="${value}" checked> ${words}</label> `
}

function cautionList({ cautions, words }: Report): Markup | null {
  if (cautions.length === 0) return null
  return html`<h2 id="cautions">${words.tables.cautions}</h2><ul>${cautions.map((caution) => html`<li>${caution}</li>`)}</ul>`
}

function legendList({ legend }: Report): Markup | null {
  if (legend.length === 0) return null
  const items = legend.map(({ word, meaning }) => html`<li><b>${word}</b>: ${meaning}</li>`)
  return html`<ul>${items}</ul>`
}

function emulatedSection({ emulated, words }: Report): Markup | null {
  if (emulated.length === 0) return null
  return html`<section data-unranked=""><h2 id="emulated">${words.tables.emulated}</h2>${emulated.map((table) => sizeTable(table, words, '-emulated'))}</section>`
}

function absenceList({ absences, words }: Report): Markup | null {
  if (absences.length === 0) return null
  const items = absences.map(
    ({ what, why, remedy }) =>
      html`<li><b>${what}</b>: ${why}${remedy && html` <span class="dim">${words.tables.remedy(remedy)}</span>`}</li>`,
  )
  return html`<h2 id="absent">${words.answer.missing}</h2><ul>${items}</ul>`
}

const margin = formatPercent(EQUIVALENCE_MARGIN)
const confidence = formatPercent(CONFIDENCE)

function guide(words: Words): Markup {
  const items = words.page.guide(margin, confidence)
  return html`<ul>${items.map((item) => html`<li>${marked(item, words)}</li>`)}</ul>`
}

/** `**word**` is bold, and in its colour if it is a verdict's. */
function marked(text: string, { tables }: Words): readonly Piece[] {
  const verdicts = Object.entries(tables.verdicts)
  return text.split('**').map((piece, index) => {
    if (index % 2 === 0) return piece
    const [verdict] = verdicts.find(([, word]) => word === piece.toLowerCase()) ?? []
    return html`<b${verdict ? html` class="${verdict}"` : null}>${piece}</b>`
  })
}
