/** `--mode why` on the page: paragraphs, bars, tables. */
import type { LedgerCell } from '../../fixtures/ledger-model.ts'
import { OPERATIONS } from '../../fixtures/operations.ts'
import { formatSize } from '../../fixtures/units.ts'
import type { Report } from '../view/session-report.ts'
import { type WhyTable, whyCaption, whyTitle } from '../view/why-view.ts'
import { figureGrid, idOf, pageFigure } from './chart-figures.ts'
import { ledgerPanel, ledgerWords } from './ledger-chart.ts'
import { html, type Markup } from './markup.ts'
import { plainHeads, rowMarkup, tableMarkup } from './page-tables.ts'

export function whySection({ why }: Report): Markup | null {
  if (why === null) return null
  const { ledgers, help, causes, sensitivity } = why
  return html`<h2 id="why">${whyTitle}</h2><p class="dim">${whyCaption}</p>${barCharts(ledgers.map(({ cell }) => cell))}${[help, causes, sensitivity].map((table, index) => table && tableOf(table, `why-${index}`))}<details><summary>All ledgers</summary>${ledgers.map(({ table }, index) => tableOf(table, `ledger-${index}`))}</details>`
}

function barCharts(cells: readonly LedgerCell[]): Markup {
  const groups = Map.groupBy(
    cells,
    ({ workload: { sizeBytes, operation } }) =>
      `${formatSize(sizeBytes)} ${OPERATIONS[operation].title}`,
  )
  const figures = [...groups].map(([title, own]) =>
    pageFigure({
      ...{ id: idOf('ledger', title), title: `${title}: where its time goes` },
      ...{ words: ledgerWords(own), drawing: ledgerPanel(title, own), tableId: 'why' },
      operation: own[0]?.workload.operation ?? '',
    }),
  )
  return figureGrid(figures)
}

function tableOf({ title, heads, rows, notes }: WhyTable, id: string): Markup {
  const body = rows.map(([first = '', ...cells]) =>
    rowMarkup(
      first,
      cells.map((text) => html`<td class="text">${text}</td>`),
    ),
  )
  const said = notes.map((note) => html`<li>${note}</li>`)
  return html`${tableMarkup(title, plainHeads(heads), body, { id })}<ul class="dim">${said}</ul>`
}
