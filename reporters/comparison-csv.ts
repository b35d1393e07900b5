/** comparison.csv: a row a cell, for a spreadsheet or a data frame. */
import { stringify } from 'csv-stringify/sync'
import type { Cell, Interval } from '../fixtures/model.ts'
import { oneLine } from '../fixtures/printable.ts'
import type { Report } from './view/session-report.ts'

type Field = string | number | null

/** Durations in nanoseconds, sizes in bytes; empty is what was not measured, or cannot be said. */
const COLUMNS: Readonly<Record<string, (cell: Cell) => Field>> = {
  environment: ({ environment }) => environment,
  title: ({ title }) => title,
  operation: ({ workload }) => workload.operation,
  cache: ({ workload }) => workload.cache,
  size_bytes: ({ workload }) => workload.sizeBytes,
  request_bytes: ({ workload }) => workload.requestBytes,
  state: ({ state }) => state,
  fidelity: ({ fidelity }) => fidelity,
  durability: ({ durability }) => durability,
  blocks: ({ blocks }) => blocks,
  disturbed_blocks: ({ disturbedBlocks }) => disturbedBlocks,
  median_ns: ({ medianNs }) => medianNs,
  ...limits('median', 'ns', ({ medianIntervalNs }) => medianIntervalNs),
  ratio: ({ ratio }) => ratio,
  ...limits('ratio', null, ({ ratioInterval }) => ratioInterval),
  verdict: ({ verdict }) => verdict,
  p50_ns: ({ latencyNs }) => latencyNs?.p50 ?? null,
  p99_ns: ({ latencyNs }) => latencyNs?.p99 ?? null,
  p999_ns: ({ latencyNs }) => latencyNs?.p999 ?? null,
  max_ns: ({ latencyNs }) => latencyNs?.max ?? null,
  cpu_per_operation_ns: ({ resources }) => resources?.cpuPerOperationNs ?? null,
  cpu_ratio: ({ resources }) => resources?.cpuRatio ?? null,
  ...limits('cpu_ratio', null, ({ resources }) => resources?.cpuRatioInterval ?? null),
  boot_cpu_ns: ({ resources }) => resources?.bootCpuNs ?? null,
  kernel_cpu_ns: ({ resources }) => resources?.kernelCpuNs ?? null,
  memory_bytes: ({ resources }) => resources?.memoryBytes ?? null,
  device_bytes_per_byte: ({ resources }) => resources?.deviceBytesPerByte ?? null,
  reason: ({ reason }) => reason,
  remedy: ({ remedy }) => remedy,
  warnings: ({ warnings }) => warnings.map(({ text }) => text).join('; '),
}

function limits(
  name: string,
  unit: string | null,
  read: (cell: Cell) => Interval | null,
): Record<string, (cell: Cell) => Field> {
  const column = (limit: string) => [name, limit, unit].filter((word) => word !== null).join('_')
  return {
    [column('lower')]: (cell) => read(cell)?.[0] ?? null,
    [column('upper')]: (cell) => read(cell)?.[1] ?? null,
  }
}

/** RFC 4180 with line feeds; what a spreadsheet would take for a formula is escaped. */
export function renderCsv({ comparison }: Report): string {
  const rows = comparison.cells.map((cell) =>
    Object.values(COLUMNS).map((read) => oneLine(read(cell))),
  )
  return stringify([Object.keys(COLUMNS), ...rows], { escape_formulas: true })
}
