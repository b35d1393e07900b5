/** A gate's verdicts for people: a terminal's columns, and Markdown for a pull request. */
import {
  formatLimits,
  type GateReport,
  type GateRow,
  type RowSight,
  shapeOf,
} from '../../fixtures/analysis/gate.ts'
import { bootsOf } from '../../fixtures/analysis/gate-blocks.ts'
import { NAMES } from '../../fixtures/analysis/gate-look.ts'
import { markdownTable } from '../../fixtures/markdown-table.ts'
import { oneLine, printable } from '../../fixtures/printable.ts'
import { formatDuration, formatPercent } from '../../fixtures/units.ts'
import { escaped, listItem } from '../markdown/markdown-text.ts'
import { layOut, paint, type Span, type Style, type StyledLine } from '../terminal/text-layout.ts'

const HEADINGS = ['metric', 'base', 'head', 'ratio', 'verdict']

const STYLES: Readonly<Record<GateRow['verdict'], Style>> = {
  PASS: 'green',
  REGRESSION: 'red',
  INCONCLUSIVE: 'yellow',
  INVALID: 'yellow',
}

/** One line a metric, its other figures and exact counts below it. */
export function gateTable(measured: GateReport, colour: boolean): string {
  const report = shown(measured)
  const cells = report.rows.flatMap((row) => [
    [...figuresOf(row).map(plain), verdictLine(row)],
    ...[...othersOf(row), ...countsOf(row)].map((line) => line.map(plain)),
  ])
  const table = [HEADINGS.map((text): StyledLine => [{ text, style: 'bold' }]), ...cells]
  const rows = table.map((line) => line.map((cell) => [cell]))
  const lines = layOut(rows, 2).map((line) => paint(line, colour))
  return ['', headOf(report), '', ...lines, '', ...notesOf(report), ''].join('\n')
}

/** Reasons may quote two consoles, line by line. */
function shown(report: GateReport): GateReport {
  const rows = report.rows.map((row) => ({ ...oneLine(row), reason: printable(row.reason) }))
  return { ...oneLine(report), rows }
}

export function gateMarkdown(measured: GateReport): string {
  const report = shown(measured)
  const rows = report.rows.flatMap((row) => [
    [...figuresOf(row).map(escaped), `**${row.verdict}**${besides(row)}`],
    ...othersOf(row),
    ...countsOf(row),
  ])
  const notes = notesOf(report).map(listItem)
  const head = `### ${report.verdict}: ${escaped(headOf(report))}`
  return [head, '', markdownTable([HEADINGS, ...rows]), '', ...notes, ''].join('\n')
}

function plain(text: string): StyledLine {
  return [{ text }]
}

function headOf({ plan }: GateReport): string {
  return `${plan.head} against ${plan.base}`
}

function figuresOf({ metric, fidelity, baseNs, headNs, effect }: GateRow): readonly string[] {
  const time = (ns: number | null) => (ns === null ? '–' : formatDuration(ns))
  const ratio = effect === null ? '–' : `×${effect.ratio.toFixed(3)} (${formatLimits(effect)})`
  const named = fidelity === 'emulated' ? `${metric} (emulated)` : metric
  return [named, time(baseNs), time(headNs), ratio]
}

function verdictLine(row: GateRow): StyledLine {
  const verdict: Span = { text: row.verdict, style: STYLES[row.verdict] }
  return [verdict, { text: besides(row) }]
}

/** What a PASS would have found, for one without that says nothing. */
function besides({ verdict, detectable }: GateRow): string {
  if (verdict !== 'PASS' || detectable === null) return ''
  return `, would find +${formatPercent(detectable)}`
}

/** They can say REGRESSION and never PASS: what they would have found stands in its place. */
function othersOf({ sight }: GateRow): readonly (readonly string[])[] {
  const others = sight?.findings.filter(({ figure }) => figure !== 'typical') ?? []
  return others.map(({ figure, baseNs, headNs, effect, detectable, isWorse }) => [
    `  ${NAMES[figure]}`,
    formatDuration(baseNs),
    formatDuration(headNs),
    `×${effect.ratio.toFixed(2)} (${effect.interval.map((limit) => limit.toFixed(2)).join('–')})`,
    isWorse ? 'REGRESSION' : `would find ${formatGrowth(detectable)}`,
  ])
}

/** +300 % is read as ×3 too easily. */
function formatGrowth(fraction: number): string {
  return fraction < 1 ? `+${formatPercent(fraction)}` : `×${(1 + fraction).toPrecision(2)}`
}

function countsOf({ exact }: GateRow): readonly (readonly string[])[] {
  return exact.map(({ name, base, head, verdict }) => {
    const ratio = base === head ? 'the same' : `×${(head / base).toFixed(3)}`
    return [`  ${name} of one operation`, `${base}`, `${head}`, ratio, verdict]
  })
}

function notesOf({ rows, plan }: GateReport): readonly string[] {
  const reasons = rows.flatMap(({ metric, reason }) =>
    reason === null ? [] : [`${metric}: ${reason}`],
  )
  const seen = rows.flatMap(({ metric, sight }) => (sight === null ? [] : [{ metric, ...sight }]))
  const controls = seen.flatMap(({ metric, control }) =>
    control === null ? [] : [`${metric} ×${control.ratio.toFixed(3)} (${formatLimits(control)})`],
  )
  return [
    ...reasons,
    ...emulatedNote(rows),
    ...(controls.length > 0 ? [`BASE against itself: ${controls.join(', ')}`] : []),
    ...seen.flatMap(quietNote),
    ...missingCounts(rows),
    `Blocks of ${sizesOf(rows, plan)} boots: ${blocksOf(rows, plan)}; margins ${marginsOf(rows)}`,
  ]
}

function emulatedNote(rows: readonly GateRow[]): readonly string[] {
  const emulated = rows.filter(({ fidelity }) => fidelity === 'emulated')
  const names = [...new Set(emulated.map(({ environment }) => environment))]
  if (names.length === 0) return []
  return [
    `Emulated here: ${names.join(', ')}. Its times compare builds under emulation, and say nothing about real hardware`,
  ]
}

function sizesOf(rows: readonly GateRow[], plan: GateReport['plan']): string {
  const sizes = rows.map(({ environment }) => bootsOf(shapeOf(plan, environment)))
  return [...new Set(sizes)].join(' or ')
}

function quietNote({
  metric,
  quiet,
  unselected,
}: RowSight & { metric: string }): readonly string[] {
  const { boots, disturbed, judged } = quiet
  if (disturbed === 0) return []
  const all =
    unselected === null ? '' : `; all ×${unselected.ratio.toFixed(3)} (${formatLimits(unselected)})`
  const how = judged === 'quiet' ? 'repeated' : `not left out, ${judged.slice('all: '.length)}`
  return [`${metric}: ${disturbed} of ${boots} boots in disturbed moments, ${how}${all}`]
}

function blocksOf(rows: readonly GateRow[], { looks }: GateReport['plan']): string {
  const numbers = [...new Set(rows.map(({ blocks }) => blocks))].toSorted((a, b) => a - b)
  return `${numbers.join(', ')}, looked at after ${looks.join(', ')}`
}

function missingCounts(rows: readonly GateRow[]): readonly string[] {
  const without = rows.filter(({ exact, blocks }) => blocks > 0 && exact.length === 0)
  if (without.length === 0) return []
  return [`No count repeats exactly here: ${without.map(({ metric }) => metric).join(', ')}`]
}

function marginsOf(rows: readonly GateRow[]): string {
  return [...new Set(rows.map(({ margin }) => formatPercent(margin)))].join(', ')
}
