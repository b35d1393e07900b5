/** A gate's figures for other programs. */
import type { JournalEntry } from '../../fixtures/model.ts'
import { type GateReport, metricOf } from '../analysis/gate.ts'
import { timeOf } from '../analysis/gate-blocks.ts'

/** Go's benchmark format, one line a boot: `benchstat base.bench head.bench`. */
export function goBenchmarks(entries: readonly JournalEntry[], role: 'base' | 'head'): string {
  const lines = entries.flatMap((entry) => {
    if (entry.type !== 'boot') return []
    const [environment, own] = entry.environment.split('@')
    if (own !== role || environment === undefined) return []
    const [id, ...words] = metricOf(environment, entry.workload).split(' ')
    const operations = entry.boot.samples.reduce((sum, sample) => sum + sample.operations, 0)
    return [
      `BenchmarkGate/${id}/${words.join('_')} ${operations} ${Math.round(timeOf(entry.boot))} ns/op`,
    ]
  })
  return `${lines.join('\n')}\n`
}

interface Measure {
  value: number
  lower_value?: number
  upper_value?: number
}

/** Bencher Metric Format, of HEAD: `bencher run --adapter json --file bencher.json`. */
export function bencherMetrics({
  rows,
}: GateReport): Readonly<Record<string, Readonly<Record<string, Measure>>>> {
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
