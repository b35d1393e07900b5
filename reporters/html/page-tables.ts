/** The tables of report.html. Every function returns markup whose texts are escaped. */

import { judgeClaims } from '../../fixtures/analysis/claims.ts'
import type { ProbedEnvironment } from '../../fixtures/analysis/histories.ts'
import type { StudyTable } from '../../fixtures/analysis/study.ts'
import { OPERATIONS } from '../../fixtures/guest/operations.ts'
import type { Cell, Comparison, Operation } from '../../fixtures/model.ts'
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
import { environmentNotes, noteNumbers, notesOf, rowNotes } from '../view/footnotes.ts'
import {
  noiseLine,
  type SizeRow,
  type SizeTable,
  standingOf,
  tableCaption,
  tableTitle,
  workloadTitle,
} from '../view/size-tables.ts'
import { escapeMarkup } from './markup.ts'

/** The study's table 1: one column an environment. */
export function environmentTable(
  environments: readonly ProbedEnvironment[],
  footnotes: readonly string[],
): string {
  const specifications = specificationRows.map(([title, read]) => {
    const cells = environments.map(({ availability }) =>
      availability?.state === 'available' ? escapeMarkup(read(availability)) : '–',
    )
    return rowMarkup(
      title,
      cells.map((cell) => `<td class="text">${cell}</td>`),
    )
  })
  const fidelities = environments.map(
    (environment) =>
      `<td>${fidelityTitle(environment.availability)}${marks(environmentNotes(environment), footnotes)}</td>`,
  )
  const heads = environments.map(({ title }) => escapeMarkup(title))
  return tableMarkup(
    'What each environment is made of',
    ['', ...heads],
    [...specifications, rowMarkup('fidelity', fidelities)],
  )
}

export function sizeTable(table: SizeTable, footnotes: readonly string[]): string {
  const { operations, rows, study } = table
  const measured = rows.map((row) =>
    rowMarkup(
      rowTitle(row, footnotes),
      row.cells.map((cell) => cellMarkup(cell, footnotes)),
    ),
  )
  const heads = operations.map((operation) => OPERATIONS[operation].title)
  const markup = tableMarkup(
    tableCaption,
    ['', ...heads],
    measured,
    study ? studyBody(study, operations) : '',
  )
  return `<h3>${tableTitle(table)}</h3>${markup}<p>${escapeMarkup(noiseLine(table))}</p>`
}

function studyBody({ size, rows }: StudyTable, operations: readonly Operation[]): string {
  const head = `<tr><th scope="rowgroup" colspan="${operations.length + 1}">Pi 4 study, ${size}: mean of one operation</th></tr>`
  const studied = rows.map(({ title, figures }) => {
    const cells = operations.map((operation) => {
      const figure = figures[operation]
      if (figure === undefined) return '<td>–</td>'
      return `<td>${formatDuration(figure.meanNs)} <small>${formatRatio(figure.ratio)}</small></td>`
    })
    return rowMarkup(escapeMarkup(title), cells)
  })
  return `<tbody class="study">${head}${studied.join('')}</tbody>`
}

/** Percentiles over all operations that were timed one by one; empty where none were. */
export function latencyTable({ cells }: Comparison): string {
  const rows = cells.flatMap((cell) => {
    const { title, latencyNs } = cell
    if (latencyNs === null) return []
    const figures = [latencyNs.p50, latencyNs.p99, latencyNs.p999, latencyNs.max]
    const columns = figures.map((ns) => `<td>${formatDuration(ns)}</td>`)
    const name = `${escapeMarkup(title)}, ${workloadTitle(cell, cells)}`
    return [rowMarkup(name, columns)]
  })
  if (rows.length === 0) return ''
  const caption = 'Latency of single operations, timed in a pass of its own; not compared'
  return `<h2>Latency</h2>${tableMarkup(caption, ['', '50 %', '99 %', '99.9 %', 'longest'], rows)}`
}

/** System calls and exits of tenders; empty where none was counted. */
export function countTable(comparison: Comparison): string {
  const rows = countRows(comparison).map(({ title, workload, calls, exits }) =>
    rowMarkup(
      `${escapeMarkup(title)}, ${workload}`,
      [calls, exits].map((n) => `<td>${n}</td>`),
    ),
  )
  if (rows.length === 0) return ''
  return `<h2>Counts</h2>${tableMarkup(countCaption, ['', 'calls', 'exits'], rows)}`
}

/** Each claim's verdict and why, then all evidence, folded away; empty where nothing was measured. */
export function claimTables(comparison: Comparison): string {
  if (comparison.cells.length === 0) return ''
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
    const bounds = boundsLines(judgement).map((line) => `<li>${escapeMarkup(line)}</li>`)
    const table = tableMarkup(
      `Claim ${judgement.number}: ${judgement.statement}`,
      evidenceHeads,
      rows,
    )
    return `${table}<ul>${bounds.join('')}</ul>`
  })
  const table = tableMarkup('Compared with this session', ['claim', 'verdict', 'why'], verdicts)
  return `<h2>${claimsTitle}</h2>${table}<details><summary>All evidence</summary>${evidence.join('')}</details>`
}

function textCell(text: string): string {
  return `<td class="text">${escapeMarkup(text)}</td>`
}

function rowTitle(row: SizeRow, footnotes: readonly string[]): string {
  const emulated = row.emulated
    ? ` <span class="dim">emulated</span>${marks(rowNotes(row), footnotes)}`
    : ''
  return `${escapeMarkup(row.title)}${emulated}`
}

function cellMarkup(cell: Cell | null, footnotes: readonly string[]): string {
  const notes = marks(notesOf(cell), footnotes)
  if (cell === null) return `<td>not measured${notes}</td>`
  const standing = `<em class="${cell.verdict ?? 'unranked'}">${standingOf(cell)}${notes}</em>`
  if (cell.medianNs === null || cell.ratio === null) return `<td>${standing}</td>`
  const { medianIntervalNs, ratioInterval } = cell
  const median = figure(
    formatDuration(cell.medianNs),
    medianIntervalNs && formatDurationInterval(medianIntervalNs),
  )
  const ratio = figure(formatRatio(cell.ratio), ratioInterval && formatRatioInterval(ratioInterval))
  return `<td>${median}${ratio}${standing}</td>`
}

function figure(value: string, interval: string | null): string {
  return `<div><b>${value}</b>${interval ? ` <small>${interval}</small>` : ''}</div>`
}

function marks(notes: readonly string[], footnotes: readonly string[]): string {
  const links = noteNumbers(notes, footnotes).map(
    (number) => `<a href="#note-${number}" aria-label="footnote ${number}">${number}</a>`,
  )
  return links.length > 0 ? `<sup> ${links.join(' ')}</sup>` : ''
}

/** A table that scrolls within itself where the screen is narrow, by keyboard too. */
function tableMarkup(
  caption: string,
  heads: readonly string[],
  rows: readonly string[],
  furtherBody = '',
): string {
  const label = escapeMarkup(caption)
  const columns = heads.map((head) => (head ? `<th scope="col">${head}</th>` : '<td></td>'))
  return `<div class="wide" role="region" tabindex="0" aria-label="${label}"><table><caption>${label}</caption><thead><tr>${columns.join('')}</tr></thead><tbody>${rows.join('')}</tbody>${furtherBody}</table></div>`
}

function rowMarkup(title: string, cells: readonly string[]): string {
  return `<tr><th scope="row">${title}</th>${cells.join('')}</tr>`
}
