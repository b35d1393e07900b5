/** `--mode why` on the page: paragraphs, bars, tables. */
import type { LedgerCell } from '../../fixtures/ledger-model.ts'
import { OPERATIONS } from '../../fixtures/operations.ts'
import { formatSize } from '../../fixtures/units.ts'
import type { Words } from '../../fixtures/words/words.ts'
import type { Report } from '../view/session-report.ts'
import type { WhyTable } from '../view/why-view.ts'
import { figureGrid, idOf, pageFigure } from './chart-figures.ts'
import { ledgerPanel, ledgerWords } from './ledger-chart.ts'
import { html, type Markup } from './markup.ts'
import { plainHeads, rowMarkup, tableMarkup } from './page-tables.ts'

export function whySection({ why, words }: Report): Markup | null {
  if (why === null) return null
  const { ledgers, help, causes, sensitivity } = why
  return html`<h2 id="why">${words.why.title}</h2><p class="dim">${words.why.caption}</p>${barCharts(
    ledgers.map(({ cell }) => cell),
    words,
  )}${[help, causes, sensitivity].map((table, index) => table && tableOf(table, `why-${index}`))}<details><summary>${words.why.all}</summary>${ledgers.map(({ table }, index) => tableOf(table, `ledger-${index}`))}</details>`
}

function barCharts(cells: readonly LedgerCell[], words: Words): Markup {
  const groups = Map.groupBy(
    cells,
    ({ workload: { sizeBytes, operation } }) =>
      `${formatSize(sizeBytes)} ${OPERATIONS[operation].title}`,
  )
  const figures = [...groups].map(([title, own]) =>
    pageFigure(
      {
        ...{ id: idOf('ledger', title), title: words.why.chart(title), tableId: 'why' },
        ...{ words: ledgerWords(own, words), drawing: ledgerPanel(title, own, words) },
        operation: own[0]?.workload.operation ?? '',
      },
      words,
    ),
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
