/** Of sessions side by side: what differs, in words, charts and a table each. */

import { EQUIVALENCE_MARGIN } from '../../fixtures/analysis/verdict.ts'
import type { Words } from '../../fixtures/words/words.ts'
import {
  type DifferenceRow,
  differenceHeads,
  differencesCaption,
  type SessionDifference,
} from '../view/session-differences.ts'
import type { Report } from '../view/session-report.ts'
import { idOf, pageFigure } from './chart-figures.ts'
import { html, type Markup } from './markup.ts'
import { plainHeads, rowMarkup, tableMarkup } from './page-tables.ts'
import { markPanel, type PanelMark } from './svg-panel.ts'

/** Nothing of a single session. */
export function differenceSection({ differences, words }: Report): Markup | null {
  if (differences.length === 0) return null
  const caption = words.tables.sentence(differencesCaption(words))
  return html`<h2 id="differences">${words.differences.title}</h2>${differences.map(answer)}<p>${caption}</p>${differences.map((one) => details(one, words))}`
}

function answer({ title, lines }: SessionDifference): Markup {
  const items = lines.map(({ subject, text }) => html`<li><b>${subject}</b>: ${text}</li>`)
  return html`<h3>${title}</h3><ul class="headline">${items}</ul>`
}

function details({ title, rows, before, after }: SessionDifference, words: Words): Markup {
  const { costAxis, costsLess, costsMore, costTitle } = words.charts
  const groups = [...Map.groupBy(judged(rows), ({ workload }) => workload)]
  const ends = [costsLess, costsMore] as const
  const axis = { title: costAxis, margin: EQUIVALENCE_MARGIN, ends }
  const tableId = idOf('table-differences', after)
  const charts = groups.map(([workload, own]) => {
    const figure = {
      id: idOf('chart-differences', after, workload),
      title: costTitle(workload, after, before),
      words: own.map((row) => `${row.title}: ${row.cost} ${row.standing}`).join('; '),
      drawing: markPanel(workload, own.map(markOf), axis),
      tableId,
    }
    return pageFigure(figure, words)
  })
  const body = rows.map(({ title, workload, before, after, time, cost, standing }) =>
    rowMarkup(
      title,
      [workload, before, after, time, cost, standing].map(
        (text) => html`<td class="text">${text}</td>`,
      ),
    ),
  )
  return html`<div class="charts">${charts}</div>${tableMarkup(title, plainHeads(differenceHeads(words)), body, { id: tableId })}`
}

function judged(rows: readonly DifferenceRow[]): readonly DifferenceRow[] {
  return rows.filter(({ relation }) => relation !== null)
}

function markOf({ title, cost, standing, verdict, relation }: DifferenceRow): PanelMark {
  return {
    label: title,
    figures: `${cost} ${standing}`,
    ratio: relation?.ratio ?? null,
    interval: relation?.interval ?? null,
    verdict,
    notes: [],
  }
}
