/** What programs of others read: Go's benchmark format (benchstat) and Bencher's metrics. */
import { isRankable } from '../fixtures/analysis/verdict.ts'
import { workloadName } from '../fixtures/guest/workloads.ts'
import type { Cell } from '../fixtures/model.ts'
import { oneLine } from '../fixtures/printable.ts'
import { formatSize } from '../fixtures/units.ts'
import type { Report } from './view/session-report.ts'

/** More than any clock's reading is good for. */
const DIGITS = 6

/** One line of Go's benchmark format, of one boot; `words` may hold no space. */
export function benchmarkLine(words: readonly string[], operations: number, ns: number): string {
  const name = oneLine(`Benchmark${words.join('/')}`).replaceAll(' ', '_')
  return `${name} ${operations} ${Number(ns.toPrecision(DIGITS))} ns/op`
}

/**
 * session.bench: a line for each boot that is compared, its median sample. What cannot be ranked has
 * a table of its own: `benchstat -col /env session.bench`.
 */
export function renderBenchmarks({ comparison, summary }: Report): string {
  const { machine, kernel, storage, profile, id } = summary
  const head = Object.entries({ machine, kernel, storage, profile, session: id })
  const parts = (['yes', 'no'] as const).flatMap((ranked) => {
    const cells = comparison.cells.filter((cell) => isRankable(cell) === (ranked === 'yes'))
    const lines = cells.flatMap(boots)
    return lines.length === 0 ? [] : [`ranked: ${ranked}`, ...lines]
  })
  return `${[...head.map(([key, value]) => `${key}: ${oneLine(value)}`), ...parts].join('\n')}\n`
}

function boots({ environment, workload, perBlock }: Cell): readonly string[] {
  const { operation, cache, sizeBytes, requestBytes, samples, operationsPerSample } = workload
  const words = [
    'Storage',
    `env=${environment}`,
    `op=${operation}`,
    ...(cache === 'cold' ? ['cache=cold'] : []),
    ...(requestBytes === sizeBytes ? [] : [`request=${compactSize(requestBytes)}`]),
    `size=${compactSize(sizeBytes)}`,
  ]
  const operations = samples * operationsPerSample
  return perBlock.map(({ medianNs }) => benchmarkLine(words, operations, medianNs))
}

/** `4KiB`: a space ends a name. */
function compactSize(bytes: number): string {
  return formatSize(bytes).replace(' ', '')
}

interface Metric {
  value: number
  lower_value?: number
  upper_value?: number
}

/** Bencher Metric Format: of each benchmark its measures; https://bencher.dev/bmf.json. */
export type BencherMetrics = Readonly<Record<string, Readonly<Record<string, Metric>>>>

/** What can be tracked over time: no emulated figure, and none that is not as durable as Linux's. */
export function sessionMetrics({ comparison }: Pick<Report, 'comparison'>): BencherMetrics {
  return Object.fromEntries(
    comparison.cells.filter(isRankable).map(({ environment, workload, ...figures }) => [
      oneLine(`${environment} ${workloadName(workload)}`),
      {
        ...metric('latency', figures.medianNs, figures.medianIntervalNs),
        ...metric('ratio', figures.ratio, figures.ratioInterval),
      },
    ]),
  )
}

function metric(
  name: string,
  value: number | null,
  interval: Cell['ratioInterval'],
): Record<string, Metric> {
  if (value === null) return {}
  const [lower, upper] = interval ?? []
  if (lower === undefined || upper === undefined) return { [name]: { value } }
  return { [name]: { value, lower_value: lower, upper_value: upper } }
}
