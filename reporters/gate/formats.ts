/** A gate's figures for other programs. */

import { type GateReport, judgedBlocks } from '../../fixtures/analysis/gate.ts'
import { timeOf } from '../../fixtures/analysis/gate-figures.ts'
import type { JournalEntry } from '../../fixtures/model.ts'
import { type BencherMetrics, benchmarkLine } from '../machine-formats.ts'

/** Go's benchmark format, one line a boot of a whole block: `benchstat base.bench head.bench`. */
export function goBenchmarks(
  { rows, plan }: GateReport,
  entries: readonly JournalEntry[],
  role: 'base' | 'head',
): string {
  const lines = rows.flatMap((row) => {
    const [id, ...words] = row.metric.split(' ')
    return judgedBlocks(plan, entries, row).flatMap((block) =>
      block[role].map((boot) => {
        const operations = boot.samples.reduce((sum, sample) => sum + sample.operations, 0)
        return benchmarkLine(['Gate', `${id}`, words.join('_')], operations, timeOf(boot))
      }),
    )
  })
  return `${lines.join('\n')}\n`
}

/** Bencher Metric Format, of HEAD: `bencher run --adapter json --file bencher.json`. */
export function bencherMetrics({ rows }: GateReport): BencherMetrics {
  return Object.fromEntries(
    rows.map(({ metric, baseNs, headNs, effect, exact }) => {
      const counts = exact.map(({ name, head }) => [name, { value: head }] as const)
      if (headNs === null || baseNs === null || effect === null) {
        return [metric, Object.fromEntries(counts)]
      }
      const [lower, upper] = effect.interval
      const latency = {
        value: headNs,
        lower_value: Math.min(headNs, baseNs * lower),
        upper_value: Math.max(headNs, baseNs * upper),
      }
      return [metric, { latency, ...Object.fromEntries(counts) }]
    }),
  )
}
