/** One cell in a line, as it is told while a session goes on. */
import { compare, isSameWorkload } from '../../fixtures/analysis/compare.ts'
import type { Cell, Comparison, JournalEntry, Workload } from '../../fixtures/model.ts'
import { formatDuration, formatRatio, formatRatioInterval } from '../../fixtures/units.ts'

interface CellFigures {
  cell: Cell
  /** Of this cell alone. */
  comparison: Comparison
  /** `1.50 µs, ×1.67 (1.40–1.75) Linux`. */
  text: string
}

/** Null where it has no figures yet. @param session its id. */
export function cellFigures(
  session: string,
  entries: readonly JournalEntry[],
  environment: string,
  workload: Workload,
): CellFigures | null {
  const comparison = compare(
    session,
    entries.filter((entry) => entry.environment === environment),
  )
  const cell = comparison.cells.find((each) => isSameWorkload(each.workload, workload))
  if (!cell?.medianNs || !cell.ratio) return null
  const interval = cell.ratioInterval ? ` (${formatRatioInterval(cell.ratioInterval)})` : ''
  const text = `${formatDuration(cell.medianNs)}, ${formatRatio(cell.ratio)}${interval} Linux`
  return { cell, comparison: { ...comparison, cells: [cell] }, text }
}
