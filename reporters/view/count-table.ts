/** System calls and KVM exits an operation, of the environments whose tender was counted. */
import type { Cell, Comparison } from '../../fixtures/model.ts'
import { workloadTitle } from './size-tables.ts'

interface CountRow {
  cell: Cell
  title: string
  workload: string
  calls: string
  /** `–` where they cannot be read: KVM's counters are in debugfs, root's. */
  exits: string
}

export const countCaption =
  'Counted from outside, for each operation: data system calls of the tender (those of io_uring are not seen), exits of the guest'

export function countRows({ cells }: Comparison): readonly CountRow[] {
  return cells.flatMap((cell) => (cell.perOperation ? [rowOf(cell, cell.perOperation, cells)] : []))
}

function rowOf(
  cell: Cell,
  { calls, exits }: NonNullable<Cell['perOperation']>,
  cells: readonly Cell[],
): CountRow {
  return {
    cell,
    title: cell.title,
    workload: workloadTitle(cell, cells),
    calls: calls.toFixed(1),
    exits: exits === null ? '–' : exits.toFixed(1),
  }
}
