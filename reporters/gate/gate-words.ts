/** What is said of a gate, whatever shows it: a line a metric, its other figures, what its counts say, why. */
import {
  formatLimits,
  type GateReport,
  type GateRow,
  type RowSight,
  shapeOf,
} from '../../fixtures/analysis/gate.ts'
import { bootsOf } from '../../fixtures/analysis/gate-blocks.ts'
import { NAMES } from '../../fixtures/analysis/gate-look.ts'
import { oneLine, printable } from '../../fixtures/printable.ts'
import { formatDuration, formatPercent } from '../../fixtures/units.ts'

export const HEADINGS = ['metric', 'base', 'head', 'ratio', 'verdict']

/** Reasons may quote two consoles, line by line. */
export function shownReport(report: GateReport): GateReport {
  const rows = report.rows.map((row) => ({ ...oneLine(row), reason: printable(row.reason) }))
  return { ...oneLine(report), rows }
}

export function gateHead({ plan }: GateReport): string {
  return `${plan.head} against ${plan.base}`
}

export function gateFigures({
  metric,
  fidelity,
  baseNs,
  headNs,
  effect,
}: GateRow): readonly string[] {
  const time = (ns: number | null) => (ns === null ? '–' : formatDuration(ns))
  const ratio = effect === null ? '–' : `×${effect.ratio.toFixed(3)} (${formatLimits(effect)})`
  const named = fidelity === 'emulated' ? `${metric} (emulated)` : metric
  return [named, time(baseNs), time(headNs), ratio]
}

/** What a PASS would have found, for one without that says nothing. */
export function besides({ verdict, detectable }: GateRow): string {
  if (verdict !== 'PASS' || detectable === null) return ''
  return `, would find +${formatPercent(detectable)}`
}

/** They can say REGRESSION and never PASS: what they would have found stands in its place. */
export function othersOf({ sight }: GateRow): readonly (readonly string[])[] {
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

/** Those that differ; what agrees is one of the notes. */
export function countRowsOf({ exact }: GateRow): readonly (readonly string[])[] {
  return exact
    .filter(({ base, head }) => base !== head)
    .map(({ name, base, head, verdict }) => {
      const ratio = `×${(head / base).toFixed(3)}`
      return [`  ${name} of one operation`, `${base}`, `${head}`, ratio, verdict]
    })
}

/** All metrics in one line: `The same counts of one operation: hvt 4 KiB read (reads 8, exits 9)`. */
function equalCounts(rows: readonly GateRow[]): readonly string[] {
  const equal = rows.flatMap(({ metric, exact }) => {
    const own = exact.filter(({ base, head }) => base === head)
    const counts = own.map(({ name, base }) => `${name} ${base}`)
    return counts.length === 0 ? [] : [`${metric} (${counts.join(', ')})`]
  })
  return equal.length === 0 ? [] : [`The same counts of one operation: ${equal.join('; ')}`]
}

export function notesOf({ rows, plan }: GateReport): readonly string[] {
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
    ...equalCounts(rows),
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

/** Boots of a block, `6`, `4 or 6`: not every environment has as many. */
export function sizesOf(rows: readonly GateRow[], plan: GateReport['plan']): string {
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
