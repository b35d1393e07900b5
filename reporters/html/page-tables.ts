/** The tables of report.html. */

import { judgeClaims } from '../../fixtures/analysis/claims.ts'
import type { StudyTable } from '../../fixtures/analysis/study.ts'
import type { Cell, Comparison } from '../../fixtures/model.ts'
import { OPERATIONS, type Operation } from '../../fixtures/operations.ts'
import {
  formatDuration,
  formatDurationInterval,
  formatRatio,
  formatRatioInterval,
} from '../../fixtures/units.ts'
import { english, type Words } from '../../fixtures/words/words.ts'
import { boundsLines, claimGrounds, evidenceHeads, evidenceRows } from '../view/claim-table.ts'
import { countedCells, countRows } from '../view/count-table.ts'
import { type EnvironmentRow, specificationHeads } from '../view/environment-table.ts'
import { remarksOf } from '../view/remarks.ts'
import {
  type ResourceCell,
  resourceCells,
  resourceHeads,
  resourceRows,
} from '../view/resource-table.ts'
import type { SessionSummary } from '../view/session-report.ts'
import { type SizeTable, standingOf, tableTitle, workloadTitle } from '../view/size-tables.ts'
import { idOf, LATENCY_TABLE, RESOURCE_TABLE, tableId } from './chart-figures.ts'
import { html, type Markup, type Piece } from './markup.ts'

/** The machine, and what must be typed to see the same; `first` stands before all. */
export function summaryList(
  summary: SessionSummary,
  { session }: Words,
  first: SessionSummary['conditions'] = [],
): Markup {
  const rows: readonly (readonly [name: string, value: Piece])[] = [
    ...first,
    ...summary.commands.map(([name, command]) => [name, html`<code>${command}</code>`] as const),
    [session.machine, summary.machine],
    [session.kernel, summary.kernel],
    [session.storage, summary.storage],
    [session.profile, summary.profile],
    [session.session, summary.id],
    [session.started, summary.startedAt],
    [session.seed, summary.seed],
    ...summary.conditions,
  ]
  return html`<dl>${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`
}

/** The study's table 1. */
export function environmentTable(specifications: readonly EnvironmentRow[], words: Words): Markup {
  const rows = specifications.map(({ environment, title, texts }) => {
    const cells = texts.map((text) => textCell(text ?? '–'))
    return rowMarkup(title, cells, html` data-environment="${environment}"`)
  })
  const heads = plainHeads(['', ...specificationHeads(words)])
  return tableMarkup(words.tables.specifications, heads, rows, { id: 'table-environments' })
}

/** One size's figures; by its id its charts lead here. */
export function sizeTable(table: SizeTable, words: Words, suffix = ''): Markup {
  const { operations, rows, study } = table
  const id = `${tableId(table)}${suffix}`
  const measured = rows.map(({ title, cells }) => {
    const first = cells.find((cell) => cell !== null)
    const isRanked = cells.some((cell) => cell?.verdict)
    const data = html` data-environment="${first?.environment ?? ''}"${isRanked ? null : html` data-unranked=""`}`
    const own = operations.map((operation, index) =>
      cellMarkup(cells[index] ?? null, operation, words),
    )
    return rowMarkup(title, own, data)
  })
  const heads = operations.map(
    (operation, index) =>
      html`<th scope="col" data-operation="${operation}" data-sort="${id}.${index + 1}" data-csv="${FIGURES.map((name) => `${operation} ${name}`).join(',')}">${OPERATIONS[operation].title}</th>`,
  )
  const markup = tableMarkup(
    words.tables.caption,
    [html`<td data-csv="environment"></td>`, ...heads],
    measured,
    {
      id,
      furtherBody: study && studyBody(study, operations, words),
      isMany: operations.length > 3,
    },
  )
  return html`<h3>${tableTitle(table, words)}</h3>${markup}`
}

function studyBody(
  { size, rows }: StudyTable,
  operations: readonly Operation[],
  { page }: Words,
): Markup {
  const head = html`<tr><th scope="rowgroup" colspan="${operations.length + 1}">${page.studyMean(size)}</th></tr>`
  const studied = rows.map(({ title, figures }) => {
    const cells = operations.map((operation) => {
      const of = ofOperation(operation)
      const figure = figures[operation]
      if (figure === undefined) return html`<td${of} data-csv="${csvOf([])}">–</td>`
      const csv = csvOf([figure.meanNs, null, null, figure.ratio])
      return html`<td${of} data-csv="${csv}">${formatDuration(figure.meanNs)} <small>${formatRatio(figure.ratio)}</small></td>`
    })
    return rowMarkup(html`${title}<span class="away">${page.ofStudy}</span>`, cells)
  })
  return html`<tbody class="study">${head}${studied}</tbody>`
}

/** What a cell is in a table that a spreadsheet reads. */
const FIGURES = [
  'median ns',
  'median lower ns',
  'median upper ns',
  'ratio',
  'ratio lower',
  'ratio upper',
  'verdict',
]

function csvOf(figures: readonly (number | string | null | undefined)[]): string {
  return FIGURES.map((_, index) => figures[index] ?? '').join(',')
}

/** Percentiles over all operations that were timed one by one; empty where none were. */
export function latencyTable({ cells }: Comparison, words: Words): Markup | null {
  const { latencyCaption, percentiles, longest } = words.page
  const rows = cells.flatMap((cell) => {
    const { title, latencyNs } = cell
    if (latencyNs === null) return []
    const figures = [latencyNs.p50, latencyNs.p99, latencyNs.p999, latencyNs.max]
    const columns = figures.map((ns) => html`<td data-value="${ns}">${formatDuration(ns)}</td>`)
    return [rowMarkup(`${title}, ${workloadTitle(cell, cells, words)}`, columns, keyOf(cell))]
  })
  if (rows.length === 0) return null
  const heads = sortedHeads(LATENCY_TABLE, [...percentiles, longest])
  return tableMarkup(latencyCaption, heads, rows, { id: LATENCY_TABLE })
}

/** System calls and exits of tenders; empty where none was counted. */
export function countTable(comparison: Comparison, words: Words): Markup | null {
  const counted = countedCells(comparison)
  const rows = countRows(comparison, words).map(({ title, workload, calls, exits }, index) =>
    rowMarkup(
      `${title}, ${workload}`,
      [calls, exits].map((n) => html`<td data-value="${n}">${n}</td>`),
      keyOf(counted[index] as Cell),
    ),
  )
  if (rows.length === 0) return null
  const id = 'table-counts'
  const { counts, calls, exits } = words.tables
  const table = tableMarkup(counts, sortedHeads(id, [calls, exits]), rows, { id })
  return html`<h2 id="counts">${words.page.counts}</h2>${table}`
}

/** What cells took of the host; empty where nothing tells. */
export function resourceTable(comparison: Comparison, words: Words): Markup | null {
  const cells = resourceCells(comparison)
  const heads = resourceHeads(words)
  const rows = resourceRows(comparison, words).map(({ title, workload, texts }, index) => {
    const cell = cells[index] as ResourceCell
    const { resources } = cell
    const values = [
      resources.cpuPerOperationNs,
      resources.cpuRatio,
      resources.bootCpuNs,
      resources.memoryBytes,
      resources.deviceBytesPerByte,
    ]
    const columns = texts.map((text, column) =>
      text === null
        ? html`<td data-head="${heads[column] ?? ''}">–</td>`
        : html`<td data-head="${heads[column] ?? ''}" data-value="${values[column] ?? null}">${text}</td>`,
    )
    return rowMarkup(`${title}, ${workload}`, columns, keyOf(cell))
  })
  if (rows.length === 0) return null
  const sorted = sortedHeads(RESOURCE_TABLE, heads)
  return tableMarkup(words.resources.caption, sorted, rows, { id: RESOURCE_TABLE, isMany: true })
}

/** What the page's script finds a row by. */
function keyOf({ environment, workload, verdict }: Cell): Markup {
  return html` data-environment="${environment}" data-operation="${workload.operation}"${verdict === null ? html` data-unranked=""` : null}`
}

function sortedHeads(id: string, heads: readonly string[]): readonly Markup[] {
  const sorted = heads.map(
    (head, index) => html`<th scope="col" data-sort="${id}.${index + 1}">${head}</th>`,
  )
  return [html`<td></td>`, ...sorted]
}

/** Each claim's verdict and why, then all evidence, folded away; empty where nothing was measured. */
export function claimTables(comparison: Comparison, words: Words): Markup | null {
  if (comparison.cells.length === 0) return null
  const said = words.claimTables
  const judgements = judgeClaims(comparison, words)
  const verdicts = judgements.map((judgement) =>
    rowMarkup(
      `${judgement.number}. ${judgement.statement}`,
      [said.verdicts[judgement.verdict], claimGrounds(judgement)].map(textCell),
    ),
  )
  const evidence = judgements.map((judgement) => {
    const rows = evidenceRows(judgement, words).map(([part = '', ...cells]) =>
      rowMarkup(part, cells.map(textCell)),
    )
    const bounds = boundsLines(judgement, words).map((line) => html`<li>${line}</li>`)
    const table = tableMarkup(
      said.claimTitle(judgement.number, judgement.statement),
      plainHeads(evidenceHeads(words)),
      rows,
      { id: `table-claim-${judgement.number}` },
    )
    return html`${table}<ul>${bounds}</ul>`
  })
  const heads = plainHeads([said.claim, said.verdict, said.why])
  const table = tableMarkup(said.compared, heads, verdicts, { id: 'table-claims' })
  return html`<h2 id="claims">${said.title}</h2>${table}<details><summary>${said.everyEvidence}</summary>${evidence}</details>`
}

function textCell(text: string): Markup {
  return html`<td class="text">${text}</td>`
}

function cellMarkup(cell: Cell | null, operation: Operation, words: Words): Markup {
  const of = ofOperation(operation)
  if (cell === null || cell.medianNs === null || cell.ratio === null) {
    return html`<td${of} data-csv="${csvOf([])}">–</td>`
  }
  const { medianIntervalNs, ratioInterval, verdict } = cell
  const median = figure(
    formatDuration(cell.medianNs),
    medianIntervalNs && formatDurationInterval(medianIntervalNs),
  )
  const ratio = figure(formatRatio(cell.ratio), ratioInterval && formatRatioInterval(ratioInterval))
  const standing = html`<em class="${verdict ?? 'unranked'}">${standingOf(cell, words)}</em>`
  const remarks = remarksOf(cell, words)
  const weak = remarks.length > 0 ? html`<div class="dim">${remarks.join(', ')}</div>` : null
  const dim = ratioInterval === null ? html` class="weak"` : null
  const csv = csvOf([
    ...[cell.medianNs, medianIntervalNs?.[0], medianIntervalNs?.[1]],
    ...[cell.ratio, ratioInterval?.[0], ratioInterval?.[1]],
    // For a spreadsheet, as in comparison.csv.
    standingOf(cell, english).replace(',', ';'),
  ])
  return html`<td id="${cellId(cell)}"${of} data-value="${cell.ratio}" data-csv="${csv}"${dim}>${median}${ratio}${standing}${weak}</td>`
}

/** By what it is shown, and what stands above it where columns do not fit. */
function ofOperation(operation: Operation): Markup {
  return html` data-operation="${operation}" data-head="${OPERATIONS[operation].title}"`
}

function cellId({ environment, workload }: Cell): string {
  const { sizeBytes, requestBytes, cache, operation } = workload
  const request = requestBytes === sizeBytes ? [] : [requestBytes]
  return idOf('cell', environment, sizeBytes, cache, operation, ...request)
}

function figure(value: string, interval: string | null): Markup {
  return html`<div><b>${value}</b>${interval && html` <small>${interval}</small>`}</div>`
}

interface TableParts {
  /** Of the page, for links to it. */
  id: string
  furtherBody?: Markup | null
  /** More columns of figures than a phone has room for: there each row is a grid. */
  isMany?: boolean
}

export function plainHeads(heads: readonly string[]): readonly Markup[] {
  return heads.map((head) => (head ? html`<th scope="col">${head}</th>` : html`<td></td>`))
}

/** A table that scrolls within itself where the screen is narrow, by keyboard too. */
export function tableMarkup(
  caption: string,
  heads: readonly Markup[],
  rows: readonly Markup[],
  { id, furtherBody = null, isMany = false }: TableParts,
): Markup {
  const save = html`<button type="button" data-save="${id}" hidden>CSV</button>`
  return html`<div class="wide" role="region" tabindex="0" aria-label="${id}: ${caption}"><table id="${id}"${isMany ? html` class="many"` : null}><caption>${caption} ${save}</caption><thead><tr>${heads}</tr></thead><tbody>${rows}</tbody>${furtherBody}</table></div>`
}

export function rowMarkup(
  title: Piece,
  cells: readonly Markup[],
  data: Markup | null = null,
): Markup {
  return html`<tr${data}><th scope="row">${title}</th>${cells}</tr>`
}
