/** results/index.html: every session with what it has shown, and each cell through all of them. */

import type { Words } from '../../fixtures/words/words.ts'
import type { CellHistory, MachineHistory } from '../view/history.ts'
import { idOf } from './chart-figures.ts'
import { historyPanel, historyWords } from './history-chart.ts'
import { html, type Markup } from './markup.ts'
import { pageOf } from './page-frame.ts'
import { embedded } from './svg.ts'

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
  words: Words,
): string {
  const { title, none } = words.index
  const body = [
    html`<header><h1>${title}</h1></header><main>`,
    histories.length === 0 ? html`<p>${none}</p>` : null,
    ...histories.map((history) => machineSection(history, words)),
    buildList(builds, words),
    faultList(faults, words),
    html`</main>`,
  ]
  return pageOf(title, body, words)
}

function machineSection({ machine, sessions, cells }: MachineHistory, words: Words): Markup {
  const items = sessions.map(({ id, profile, isComplete, headline }) => {
    const lines = headline.map(({ subject, text }) => html`<li><b>${subject}</b>: ${text}</li>`)
    const state = isComplete ? profile : words.index.notComplete(profile)
    return html`<li><a href="${encodeURIComponent(id)}/report.html">${id}</a> <span class="dim">${state}</span><ul>${lines}</ul></li>`
  })
  const older = items.slice(NEWEST)
  const folded =
    older.length > 0
      ? html`<details><summary>${words.index.older(older.length)}</summary><ul>${older}</ul></details>`
      : null
  return html`<h2>${machine}</h2><ul>${items.slice(0, NEWEST)}</ul>${folded}${historySection(machine, cells, words)}`
}

function historySection(
  machine: string,
  cells: readonly CellHistory[],
  words: Words,
): Markup | null {
  if (cells.length === 0) return null
  const byTitle = [...Map.groupBy(cells, (cell) => cell.title)].map(([environment, own]) => {
    const charts = own.map((cell) => {
      const name = `${environment}, ${cell.workload}`
      const drawing = historyPanel(cell, words)
      const chart = embedded(words.index.everySession(name), historyWords(cell), drawing)
      const id = idOf('history', machine, name)
      return html`<figure id="${id}">${chart}<figcaption><button type="button" data-save="${id}" hidden>SVG</button></figcaption></figure>`
    })
    return html`<h4>${environment}</h4><div class="charts">${charts}</div>`
  })
  return html`<h3>${words.index.history}</h3><p>${words.index.explained}</p>${byTitle}`
}

function buildList(builds: readonly LinkedRun[], { index }: Words): Markup | null {
  if (builds.length === 0) return null
  const items = builds.map(
    ({ id, profile, page }) =>
      html`<li><a href="${encodeURIComponent(id)}/${page}">${id}</a> <span class="dim">${profile}</span></li>`,
  )
  return html`<h2>${index.builds}</h2><ul>${items}</ul>`
}

function faultList(faults: readonly string[], { index }: Words): Markup | null {
  if (faults.length === 0) return null
  return html`<h2>${index.notRead}</h2><ul>${faults.map((fault) => html`<li>${fault}</li>`)}</ul>`
}
