/** The charts of report.html: each with a name of its own, a description, and a link to its table. */

import { isSameOperation } from '../../fixtures/analysis/histories.ts'
import { EQUIVALENCE_MARGIN, isNative } from '../../fixtures/analysis/verdict.ts'
import type { Cell, Resources, Workload } from '../../fixtures/model.ts'
import { OPERATIONS } from '../../fixtures/operations.ts'
import { formatDuration, formatRatio, formatRatioInterval } from '../../fixtures/units.ts'
import type { Words } from '../../fixtures/words/words.ts'
import { resourceCells } from '../view/resource-table.ts'
import type { Report } from '../view/session-report.ts'
import { operationsOf, operationTitle, type SizeTable, tableTitle } from '../view/size-tables.ts'
import { blockPanel, blockWords } from './block-chart.ts'
import type { Drawing } from './chart-parts.ts'
import { hasLatency, latencyPanel, latencyWords } from './latency-chart.ts'
import { html, type Markup } from './markup.ts'
import { sizePanel, sizeWords } from './size-chart.ts'
import { embedded, workloadRows } from './svg.ts'
import { markPanel, type PanelMark, panel, panelKey, panelWords, rankedScale } from './svg-panel.ts'

interface PageFigure {
  id: string
  title: string
  /** What it says, for those who do not see it. */
  words: string
  drawing: Drawing
  /** Of the table that has its figures. */
  tableId: string
  /** By which it is chosen; absent of what is always shown. */
  operation?: string
  /** `TABLE.COLUMN` by which it is sorted as that table is. */
  column?: string
}

/** An environment's name may hold anything; an id no space. */
export function idOf(...parts: readonly (string | number)[]): string {
  return parts.join('-').replace(/[^\w.-]+/g, '-')
}

export function tableId({ sizeBytes, cache }: Pick<SizeTable, 'sizeBytes' | 'cache'>): string {
  return idOf('table', sizeBytes, cache)
}

export function pageFigure(
  { id, title, words, drawing, ...of }: PageFigure,
  { page }: Words,
): Markup {
  const column = of.column ? html` data-column="${of.column}"` : null
  const links = html`<a href="#${of.tableId}">${page.table}</a> <a href="#${id}">${page.link}</a> <button type="button" data-save="${id}" hidden>SVG</button>`
  const operation = of.operation ? html` data-operation="${of.operation}"` : null
  return html`<figure id="${id}"${operation}${column}>${embedded(title, words, drawing)}<figcaption>${links} <span class="dim">${title}</span></figcaption></figure>`
}

export function figureGrid(figures: readonly Markup[]): Markup {
  return html`<div class="charts">${figures}</div>`
}

/** What was compared: of each size one axis, a chart an operation. Null where nothing was. */
export function ratioCharts({ comparison, tables, emulated, words }: Report): Markup | null {
  const { cells } = comparison
  const measured = { ...comparison, cells: cells.filter(({ state }) => state === 'measured') }
  const groups = operationGroups(measured)
  const sections = groups.map(([first, ...others]) => {
    const workloads = [first, ...others]
    const table = [...tables, ...emulated].find((one) => isOfTable(one, first))
    const scale = rankedScale(
      cells.filter(({ workload }) => workloads.some((one) => isSameOperation(one, workload))),
    )
    const figures = workloads.map((workload) => {
      const rows = rowsOf(cells, workload, table, words)
      const [title, id] = [operationTitle(workload, words), tableId(workload)]
      const figure = {
        ...{ id: idOf('chart', workload.sizeBytes, workload.cache, workload.operation), title },
        ...{ words: panelWords(rows, words), drawing: panel(title, rows, words, scale) },
        ...{ tableId: id, operation: workload.operation },
        column: `${id}.${(table?.operations.indexOf(workload.operation) ?? 0) + 1}`,
      }
      return pageFigure(figure, words)
    })
    return html`<h3>${tableTitle(first, words)}</h3>${figureGrid(figures)}`
  })
  const [first, ...others] = sections
  return first === undefined
    ? null
    : html`<h2 id="charts">${words.page.charts}</h2>${first}${panelKey(words)}${others}`
}

/** Operations of one size and cache together. */
function operationGroups(
  measured: Report['comparison'],
): readonly (readonly [Workload, ...Workload[]])[] {
  const groups = Map.groupBy(operationsOf(measured), tableId)
  return [...groups.values()] as [Workload, ...Workload[]][]
}

function isOfTable(table: SizeTable, { sizeBytes, cache }: Workload): boolean {
  return table.sizeBytes === sizeBytes && table.cache === cache
}

/** What was measured, with the study's mark; below it what the study alone measured. */
function rowsOf(
  cells: readonly Cell[],
  workload: Workload,
  table: SizeTable | undefined,
  words: Words,
) {
  const studied = table?.study?.rows ?? []
  const studyRatio = (environment: string) =>
    studied.find((row) => row.environment === environment)?.figures[workload.operation]?.ratio ??
    null
  const measured = workloadRows(cells, workload, words).flatMap(({ label, cell }) =>
    cell?.state === 'measured'
      ? [
          {
            label,
            cell,
            studyRatio: isNative(cell.environment) ? null : studyRatio(cell.environment),
          },
        ]
      : [],
  )
  const others = studied.filter(
    ({ environment }) => !measured.some(({ cell }) => cell.environment === environment),
  )
  const alone = others.flatMap(({ environment, title }) => {
    const ratio = studyRatio(environment)
    return ratio === null || isNative(environment)
      ? []
      : [{ label: words.charts.titleInStudy(title), cell: null, studyRatio: ratio }]
  })
  return [...measured, ...alone]
}

/** Null with less than three sizes: two ends show no course. */
export function sizeCharts({ comparison, words }: Report): Markup | null {
  const ranked = comparison.cells.filter(({ verdict, ratio }) => verdict !== null && ratio !== null)
  const operations = [...new Set(ranked.map(({ workload }) => workload.operation))]
  const figures = operations.flatMap((operation) => {
    const own = ranked.filter(
      ({ workload }) => workload.operation === operation && workload.cache === 'warm',
    )
    const sizes = [...new Set(own.map(({ workload }) => workload.sizeBytes))].sort((a, b) => a - b)
    if (sizes.length < FEWEST_SIZES) return []
    const lines = [...Map.groupBy(own, ({ environment }) => environment).values()].map((cells) => ({
      label: cells[0]?.title ?? '',
      cells: distinctSizes(cells),
    }))
    const title = words.charts.bySizeOf(OPERATIONS[operation].title)
    const figure = {
      ...{ id: idOf('sizes', operation), title, words: sizeWords(lines), operation },
      ...{ drawing: sizePanel(title, sizes, lines, words), tableId: 'measurements' },
    }
    return pageFigure(figure, words)
  })
  if (figures.length === 0) return null
  return html`<h2 id="sizes">${words.page.bySize}</h2>${figureGrid(figures)}`
}

const FEWEST_SIZES = 3

/** Of several request sizes the longest, in ascending size. */
function distinctSizes(cells: readonly Cell[]): readonly Cell[] {
  const bySize = Map.groupBy(cells, ({ workload }) => workload.sizeBytes)
  return [...bySize.values()]
    .map((own) => own.reduce((a, b) => (a.workload.requestBytes > b.workload.requestBytes ? a : b)))
    .sort((a, b) => a.workload.sizeBytes - b.workload.sizeBytes)
}

/** Of all cells that hold blocks. */
export function blockCharts({ comparison, blockTimes, words }: Report): Markup | null {
  const figures = operationsOf(comparison).flatMap((workload) => {
    const cells = blockTimes.map(({ cell }) => cell)
    const rows = workloadRows(cells, workload, words).flatMap(({ label, cell }) => {
      const timed = blockTimes.find((one) => one.cell === cell)
      return timed === undefined ? [] : [{ label, timed }]
    })
    if (rows.length === 0) return []
    const title = operationTitle(workload, words)
    const figure = {
      id: idOf('blocks', workload.sizeBytes, workload.cache, workload.operation),
      ...{ title: words.charts.byBlockOf(title), words: blockWords(rows, words) },
      ...{ operation: workload.operation, tableId: tableId(workload) },
      drawing: blockPanel(title, rows, words),
    }
    return pageFigure(figure, words)
  })
  if (figures.length === 0) return null
  const { byBlock, drift } = words.page
  return html`<h2 id="blocks">${byBlock}</h2><p>${drift}</p>${figureGrid(figures)}`
}

/** Of the cells whose single operations were timed. */
export function latencyCharts({ comparison, words }: Report): Markup | null {
  const cells = comparison.cells.filter(hasLatency)
  const figures = operationsOf({ ...comparison, cells }).map((workload) => {
    const rows = workloadRows(cells, workload, words).flatMap(({ label, cell }) =>
      cell !== null && hasLatency(cell) ? [{ label, cell }] : [],
    )
    const title = operationTitle(workload, words)
    const figure = {
      id: idOf('latency', workload.sizeBytes, workload.cache, workload.operation),
      ...{ title: words.charts.latencyOf(title), words: latencyWords(rows) },
      ...{ operation: workload.operation, tableId: LATENCY_TABLE },
      drawing: latencyPanel(title, rows, words),
    }
    return pageFigure(figure, words)
  })
  return figures.length === 0 ? null : figureGrid(figures)
}

export const LATENCY_TABLE = 'table-latency'

/** CPU time of one operation over native Linux's, of the cells of which both are known. */
export function resourceCharts({ comparison, words }: Report): Markup | null {
  const { axis, less, more, cpuOf } = words.resources
  const ends = [less, more] as const
  const cells = resourceCells(comparison).filter(
    ({ resources, fidelity }) => resources.cpuRatio !== null && fidelity !== 'emulated',
  )
  const figures = operationsOf({ ...comparison, cells }).map((workload) => {
    const marks = workloadRows(cells, workload, words).flatMap(({ label, cell }) =>
      cell?.resources == null ? [] : [cpuMark(label, cell, cell.resources)],
    )
    const title = operationTitle(workload, words)
    const figure = {
      id: idOf('cpu', workload.sizeBytes, workload.cache, workload.operation),
      title: cpuOf(title),
      words: marks.map(({ label, figures }) => `${label}: ${figures}`).join('; '),
      drawing: markPanel(title, marks, { title: axis, margin: EQUIVALENCE_MARGIN, ends }),
      ...{ tableId: RESOURCE_TABLE, operation: workload.operation },
    }
    return pageFigure(figure, words)
  })
  return figures.length === 0 ? null : figureGrid(figures)
}

function cpuMark(label: string, { environment, verdict }: Cell, resources: Resources): PanelMark {
  const { cpuPerOperationNs, cpuRatio: ratio, cpuRatioInterval: interval } = resources
  const time = cpuPerOperationNs === null ? '' : `${formatDuration(cpuPerOperationNs)}, `
  const limits = interval ? ` (${formatRatioInterval(interval)})` : ''
  const figures = `${time}${formatRatio(ratio ?? 1)}${limits}`
  const hint = `${label}: ${figures}`
  const key = { environment, value: ratio, isRanked: verdict !== null, hint }
  return { label, figures, ratio, interval, verdict: null, notes: [], key }
}

export const RESOURCE_TABLE = 'table-resources'
