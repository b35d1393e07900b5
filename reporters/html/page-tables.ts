/** The tables of report.html. */

import { judgeClaims } from '../../fixtures/analysis/claims.ts'
import type { ProbedEnvironment } from '../../fixtures/analysis/histories.ts'
import type { StudyTable } from '../../fixtures/analysis/study.ts'
import type { Cell, Comparison } from '../../fixtures/model.ts'
import { OPERATIONS, type Operation } from '../../fixtures/operations.ts'
import {
  formatDuration,
  formatDurationInterval,
  formatRatio,
  formatRatioInterval,
} from '../../fixtures/units.ts'
import {
  boundsLines,
  claimGrounds,
  claimsTitle,
  evidenceHeads,
  evidenceRows,
} from '../view/claim-table.ts'
import { countCaption, countRows } from '../view/count-table.ts'
import { fidelityTitle, specificationRows } from '../view/environment-table.ts'
import { remarksOf } from '../view/remarks.ts'
import {
  type SizeTable,
  standingOf,
  tableCaption,
  tableTitle,
  workloadTitle,
} from '../view/size-tables.ts'
import { html, type Markup, type Piece } from './markup.ts'

/** The study's table 1. */
export function environmentTable(environments: readonly ProbedEnvironment[]): Markup {
  const rows = environments.map(({ title, availability }) => {
    const texts = specificationRows.map(([, read]) =>
      availability?.state === 'available' ? read(availability) : '–',
    )
    return rowMarkup(title, [fidelityTitle(availability), ...texts].map(textCell))
  })
  const heads = specificationRows.map(([title]) => title)
  return tableMarkup('What each environment is made of', ['', 'fidelity', ...heads], rows)
}

export function sizeTable(table: SizeTable): Markup {
  const { operations, rows, study } = table
  const measured = rows.map(({ title, cells }) => rowMarkup(title, cells.map(cellMarkup)))
  const heads = operations.map((operation) => OPERATIONS[operation].title)
  const markup = tableMarkup(
    tableCaption,
    ['', ...heads],
    measured,
    study && studyBody(study, operations),
  )
  return html`<h3>${tableTitle(table)}</h3>${markup}`
}

function studyBody({ size, rows }: StudyTable, operations: readonly Operation[]): Markup {
  const head = html`<tr><th scope="rowgroup" colspan="${operations.length + 1}">Pi 4 study, ${size}: mean of one operation</th></tr>`
  const studied = rows.map(({ title, figures }) => {
    const cells = operations.map((operation) => {
      const figure = figures[operation]
      if (figure === undefined) return html`<td>–</td>`
      return html`<td>${formatDuration(figure.meanNs)} <small>${formatRatio(figure.ratio)}</small></td>`
    })
    return rowMarkup(title, cells)
  })
  return html`<tbody class="study">${head}${studied}</tbody>`
}

/** Percentiles over all operations that were timed one by one; empty where none were. */
export function latencyTable({ cells }: Comparison): Markup | null {
  const rows = cells.flatMap((cell) => {
    const { title, latencyNs } = cell
    if (latencyNs === null) return []
    const figures = [latencyNs.p50, latencyNs.p99, latencyNs.p999, latencyNs.max]
    const columns = figures.map((ns) => html`<td>${formatDuration(ns)}</td>`)
    return [rowMarkup(`${title}, ${workloadTitle(cell, cells)}`, columns)]
  })
  if (rows.length === 0) return null
  const caption = 'Latency of single operations, timed in a pass of its own; not compared'
  return html`<h2>Latency</h2>${tableMarkup(caption, ['', '50 %', '99 %', '99.9 %', 'longest'], rows)}`
}

/** System calls and exits of tenders; empty where none was counted. */
export function countTable(comparison: Comparison): Markup | null {
  const rows = countRows(comparison).map(({ title, workload, calls, exits }) =>
    rowMarkup(
      `${title}, ${workload}`,
      [calls, exits].map((n) => html`<td>${n}</td>`),
    ),
  )
  if (rows.length === 0) return null
  return html`<h2>Counts</h2>${tableMarkup(countCaption, ['', 'calls', 'exits'], rows)}`
}

/** Each claim's verdict and why, then all evidence, folded away; empty where nothing was measured. */
export function claimTables(comparison: Comparison): Markup | null {
  if (comparison.cells.length === 0) return null
  const judgements = judgeClaims(comparison)
  const verdicts = judgements.map((judgement) =>
    rowMarkup(
      `${judgement.number}. ${judgement.statement}`,
      [judgement.verdict, claimGrounds(judgement)].map(textCell),
    ),
  )
  const evidence = judgements.map((judgement) => {
    const rows = evidenceRows(judgement).map(([part = '', ...cells]) =>
      rowMarkup(part, cells.map(textCell)),
    )
    const bounds = boundsLines(judgement).map((line) => html`<li>${line}</li>`)
    const table = tableMarkup(
      `Claim ${judgement.number}: ${judgement.statement}`,
      evidenceHeads,
      rows,
    )
    return html`${table}<ul>${bounds}</ul>`
  })
  const table = tableMarkup('Compared with this session', ['claim', 'verdict', 'why'], verdicts)
  return html`<h2>${claimsTitle}</h2>${table}<details><summary>All evidence</summary>${evidence}</details>`
}

function textCell(text: string): Markup {
  return html`<td class="text">${text}</td>`
}

function cellMarkup(cell: Cell | null): Markup {
  if (cell === null || cell.medianNs === null || cell.ratio === null) return html`<td>–</td>`
  const { medianIntervalNs, ratioInterval } = cell
  const median = figure(
    formatDuration(cell.medianNs),
    medianIntervalNs && formatDurationInterval(medianIntervalNs),
  )
  const ratio = figure(formatRatio(cell.ratio), ratioInterval && formatRatioInterval(ratioInterval))
  const standing = html`<em class="${cell.verdict ?? 'unranked'}">${standingOf(cell)}</em>`
  const remarks = remarksOf(cell)
  const weak = remarks.length > 0 ? html`<div class="dim">${remarks.join(', ')}</div>` : null
  const dim = ratioInterval === null ? html` class="weak"` : null
  return html`<td${dim}>${median}${ratio}${standing}${weak}</td>`
}

function figure(value: string, interval: string | null): Markup {
  return html`<div><b>${value}</b>${interval && html` <small>${interval}</small>`}</div>`
}

/** A table that scrolls within itself where the screen is narrow, by keyboard too. */
export function tableMarkup(
  caption: string,
  heads: readonly string[],
  rows: readonly Markup[],
  furtherBody: Markup | null = null,
): Markup {
  const columns = heads.map((head) => (head ? html`<th scope="col">${head}</th>` : html`<td></td>`))
  return html`<div class="wide" role="region" tabindex="0" aria-label="${caption}"><table><caption>${caption}</caption><thead><tr>${columns}</tr></thead><tbody>${rows}</tbody>${furtherBody}</table></div>`
}

export function rowMarkup(title: Piece, cells: readonly Markup[]): Markup {
  return html`<tr><th scope="row">${title}</th>${cells}</tr>`
}
