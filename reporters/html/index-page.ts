/** results/index.html: every session with what it has shown, and each cell through all of them. */

import type { CellHistory, MachineHistory } from '../view/history.ts'
import { historyPanel, historyWords } from './history-chart.ts'
import { html, type Markup } from './markup.ts'
import { pageOf } from './page-frame.ts'
import { embedded } from './svg.ts'

const title = 'All sessions'

/** So many are told at once. */
const NEWEST = 3

/** A session of builds: its own page says what it found. */
export interface LinkedRun {
  id: string
  profile: string
  /** Of its results, in its directory. */
  page: string
}

/** Ends with a line feed. @param faults why sessions could not be read. */
export function renderIndex(
  histories: readonly MachineHistory[],
  builds: readonly LinkedRun[],
  faults: readonly string[],
): string {
  const body = [
    html`<header><h1>${title}</h1></header><main>`,
    histories.length === 0 ? html`<p>No session has compared environments yet.</p>` : null,
    ...histories.map(machineSection),
    buildList(builds),
    faultList(faults),
    html`</main>`,
  ]
  return pageOf(title, body)
}

function machineSection({ machine, sessions, cells }: MachineHistory): Markup {
  const items = sessions.map(({ id, profile, isComplete, headline }) => {
    const lines = headline.map(({ subject, text }) => html`<li><b>${subject}</b>: ${text}</li>`)
    const state = isComplete ? profile : `${profile}, not complete`
    return html`<li><a href="${encodeURIComponent(id)}/report.html">${id}</a> <span class="dim">${state}</span><ul>${lines}</ul></li>`
  })
  const older = items.slice(NEWEST)
  const folded =
    older.length > 0
      ? html`<details><summary>${older.length} older</summary><ul>${older}</ul></details>`
      : null
  return html`<h2>${machine}</h2><ul>${items.slice(0, NEWEST)}</ul>${folded}${historySection(cells)}`
}

function historySection(cells: readonly CellHistory[]): Markup | null {
  if (cells.length === 0) return null
  const byTitle = [...Map.groupBy(cells, (cell) => cell.title)].map(([environment, own]) => {
    const charts = own.map((cell) =>
      embedded(
        `${environment}, ${cell.workload}: every session`,
        historyWords(cell),
        historyPanel(cell),
      ),
    )
    return html`<h4>${environment}</h4><div class="charts">${charts}</div>`
  })
  return html`<h3>From session to session</h3><p>Time of one operation, relative to native Linux in the same block, with its 95 % interval; the band counts as equivalent. Where a line is dashed the kernel, the storage or the environment’s version became another: its number says what.</p>${byTitle}`
}

function buildList(builds: readonly LinkedRun[]): Markup | null {
  if (builds.length === 0) return null
  const items = builds.map(
    ({ id, profile, page }) =>
      html`<li><a href="${encodeURIComponent(id)}/${page}">${id}</a> <span class="dim">${profile}</span></li>`,
  )
  return html`<h2>Builds against each other</h2><ul>${items}</ul>`
}

function faultList(faults: readonly string[]): Markup | null {
  if (faults.length === 0) return null
  return html`<h2>Not read</h2><ul>${faults.map((fault) => html`<li>${fault}</li>`)}</ul>`
}
