/** What gates of a known answer said, as Markdown: counts with exact limits. */

import { binomialInterval } from '../../fixtures/analysis/binomial.ts'
import type { GateVerdict } from '../../fixtures/analysis/gate-rule.ts'
import { median } from '../../fixtures/analysis/statistics.ts'
import type { Trial } from '../../fixtures/gate/gate-trials.ts'
import { markdownTable } from '../../fixtures/markdown-table.ts'
import { formatPercent } from '../../fixtures/units.ts'

const HEADINGS = [
  ...['change', 'measured', 'gates', 'REGRESSION', 'INCONCLUSIVE', 'INVALID', 'PASS'],
  ...['Firecracker', 'benchstat', 'seconds'],
]
const CONFIDENCE = 0.95

export function ratesTable(trials: readonly Trial[]): string {
  const lines = [...Map.groupBy(trials, ({ effect }) => effect)]
    .toSorted(([one], [other]) => (one ?? Infinity) - (other ?? Infinity))
    .map(([effect, own]) => lineOf(effect, own))
  return markdownTable([HEADINGS, ...lines])
}

/** With Clopper and Pearson's limits. */
export function rateOf(count: number, total: number): string {
  const [lower, upper] = binomialInterval(count, total, CONFIDENCE)
  return `${count} (${formatPercent(lower)}–${formatPercent(upper)})`
}

function lineOf(effect: number | null, trials: readonly Trial[]): readonly string[] {
  const said = (verdict: GateVerdict) =>
    trials.filter(({ report }) => report.verdict === verdict).length
  const rate = (count: number) => rateOf(count, trials.length)
  const ratios = trials.flatMap(({ report }) =>
    report.rows.flatMap((row) => (row.effect === null ? [] : [row.effect.ratio])),
  )
  const seconds = trials.map((trial) => trial.seconds)
  return [
    effect === null ? 'HEAD' : `+${formatPercent(effect)}`,
    ratios.length === 0 ? '–' : `×${median(ratios).toFixed(3)}`,
    `${trials.length}`,
    rate(said('REGRESSION')),
    `${said('INCONCLUSIVE')}`,
    `${said('INVALID')}`,
    `${said('PASS')}`,
    rate(trials.filter(({ firecracker }) => firecracker).length),
    rate(trials.filter(({ benchstat }) => benchstat).length),
    `${median(seconds).toFixed(1)}, at most ${Math.max(...seconds).toFixed(1)}`,
  ]
}
