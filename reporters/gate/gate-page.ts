/** report.html of a gate: the verdict, each metric's blocks with margin and limits, what was missing. */

import {
  EXIT_CODES,
  type GateReport,
  type GateRow,
  judgedBlocks,
} from '../../fixtures/analysis/gate.ts'
import { differences, type GateBlock } from '../../fixtures/analysis/gate-blocks.ts'
import type { GateVerdict } from '../../fixtures/analysis/gate-rule.ts'
import type { JournalEntry, Verdict } from '../../fixtures/model.ts'
import { english } from '../../fixtures/words/words.ts'
import { html, type Markup } from '../html/markup.ts'
import { pageOf } from '../html/page-frame.ts'
import { plainHeads, rowMarkup, summaryList, tableMarkup } from '../html/page-tables.ts'
import { embedded } from '../html/svg.ts'
import { markPanel, type PanelMark } from '../html/svg-panel.ts'
import { sentence } from '../view/absences.ts'
import type { SessionSummary } from '../view/session-report.ts'
import {
  besides,
  countRowsOf,
  gateFigures,
  gateHead,
  HEADINGS,
  notesOf,
  othersOf,
  shownReport,
  sizesOf,
} from './gate-words.ts'

/** By whose colour it is drawn. */
const COLOURS: Readonly<Record<GateVerdict, Verdict | null>> = {
  PASS: 'equivalent',
  REGRESSION: 'slower',
  INCONCLUSIVE: 'inconclusive',
  INVALID: null,
}

const MEANINGS: Readonly<Record<GateVerdict, string>> = {
  PASS: 'No metric got worse by more than its margin.',
  REGRESSION: 'A metric got worse by more than its margin, or does something else.',
  INCONCLUSIVE: 'Too little was measured to say; below stands what is lacking.',
  INVALID: 'This machine could not judge, or nothing was timed; below stands why.',
}

/** @param entries of the gate's journal, of which `measured` is made. */
export function renderGatePage(
  measured: GateReport,
  entries: readonly JournalEntry[],
  summary: SessionSummary,
): string {
  const report = shownReport(measured)
  const { verdict, plan } = report
  const colour = COLOURS[verdict] ?? 'unranked'
  const title = `${verdict}: ${gateHead(report)}`
  return pageOf(
    title,
    [
      html`<header><h1><span class="${colour}">${verdict}</span>: ${gateHead(report)}</h1><p class="dim">${summary.machine}, Linux ${summary.kernel}, ${summary.storage}</p></header><main>`,
      html`<h2 id="answer">What was found</h2><p>${MEANINGS[verdict]} Exit code ${EXIT_CODES[verdict]}.</p>`,
      reasonList(report.rows),
      chart(measured, entries),
      html`<h2 id="metrics">Metrics</h2>${metricTable(report)}<ul>${notesOf({ ...report, rows: report.rows.map((row) => ({ ...row, reason: null })) }).map((note) => html`<li>${note}</li>`)}</ul>`,
      cautions(summary),
      html`<h2 id="machine">Builds, machine and how to reproduce</h2>${summaryList(
        summary,
        english,
        [
          ['BASE', plan.base],
          ['HEAD', plan.head],
        ],
      )}`,
      html`</main>`,
    ],
    english,
  )
}

/** Why each is no PASS, and what would make it one, alike ones together; consoles as they were. */
function reasonList(rows: readonly GateRow[]): Markup | null {
  const open = rows.filter(({ verdict }) => verdict !== 'PASS')
  const whyOf = (row: GateRow) => row.reason ?? `${gateFigures(row).at(-1)} of the time`
  const alike = Map.groupBy(open, (row) => JSON.stringify([row.verdict, whyOf(row)]))
  const items = [...alike.values()].map((group) => {
    const [first] = group as [GateRow]
    const metrics = group.map(({ metric }) => metric).join(', ')
    return html`<li><b>${metrics}: ${first.verdict}</b>${reasonLines(whyOf(first))}</li>`
  })
  return items.length === 0 ? null : html`<ul>${items}</ul>`
}

function reasonLines(reason: string): Markup {
  const [first = '', ...others] = reason.split('\n')
  const console = html`<details><summary>Consoles</summary>${others.map((line) => html`<code>${line}</code><br>`)}</details>`
  return html`: ${sentence(first)}${others.length > 0 ? console : null}`
}

function chart(report: GateReport, entries: readonly JournalEntry[]): Markup | null {
  const marks = report.rows.flatMap((row) => marksOf(row, judgedBlocks(report.plan, entries, row)))
  if (marks.length === 0) return null
  const words = marks.map(({ label, figures }) => `${label}: ${figures}`).join('; ')
  const title = 'Typical time of one operation, HEAD against BASE'
  const axis = {
    title: `a dot a block of ${sizesOf(report.rows, report.plan)} boots; the bar: the limits; the band: the margin`,
    margin: 0,
    ends: [english.charts.faster, english.charts.slower] as const,
  }
  const drawing = markPanel(title, marks, axis)
  return html`<h2 id="charts">Blocks</h2><figure id="chart-blocks">${embedded(title, words, drawing)}<figcaption><a href="#table-metrics">Table</a> <button type="button" data-save="chart-blocks" hidden>SVG</button></figcaption></figure>`
}

/** HEAD, and below it BASE once more: what the machine alone does. */
function marksOf(row: GateRow, blocks: readonly GateBlock[]): readonly PanelMark[] {
  const { metric, effect, sight, verdict, margin } = row
  if (effect === null || sight === null) return []
  const ratios = (role: 'head' | 'again') =>
    (differences(blocks, role, 'typical') ?? []).map(Math.exp)
  const ratioText = gateFigures(row).at(-1) ?? ''
  const own: PanelMark = {
    ...{ label: metric, figures: `${ratioText} ${verdict}`, ratio: effect.ratio, notes: [] },
    ...{ interval: effect.interval, verdict: COLOURS[verdict], blocks: ratios('head'), margin },
  }
  if (sight.control === null) return [own]
  const { ratio, interval } = sight.control
  const control = `×${ratio.toFixed(3)} (${interval.map((limit) => limit.toFixed(3)).join('–')})`
  return [
    own,
    {
      ...{ label: `${metric}: BASE against itself`, figures: control, ratio, interval, margin },
      ...{ verdict: null, notes: [], blocks: ratios('again') },
    },
  ]
}

function metricTable({ rows }: GateReport): Markup {
  const body = rows.flatMap((row) => {
    const [metric = '', ...figures] = gateFigures(row)
    const verdict = html`<td><em class="${COLOURS[row.verdict] ?? 'unranked'}">${row.verdict}</em>${besides(row)}</td>`
    const others = [...othersOf(row), ...countRowsOf(row)].map(([name = '', ...cells]) =>
      rowMarkup(html`<span class="dim">${name.trim()}</span>`, cells.map(cell)),
    )
    return [rowMarkup(metric, [...figures.map(cell), verdict]), ...others]
  })
  const caption = 'HEAD against BASE, one operation; a ratio with its limits'
  return tableMarkup(caption, plainHeads(HEADINGS), body, { id: 'table-metrics' })
}

function cell(text: string): Markup {
  return html`<td>${text}</td>`
}

function cautions({ caveats }: SessionSummary): Markup | null {
  if (caveats.length === 0) return null
  return html`<h2 id="cautions">Cautions</h2><ul>${caveats.map((caveat) => html`<li>${sentence(caveat)}</li>`)}</ul>`
}
