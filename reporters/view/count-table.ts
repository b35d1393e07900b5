/** System calls and KVM exits an operation, of the environments whose tender was counted. */
import type { Cell, Comparison } from '../../fixtures/model.ts'
import { workloadTitle } from './size-tables.ts'

interface CountRow {
  title: string
  workload: string
  calls: string
  /** `–` where the kernel does not tell them (native/count/exits.c). */
  exits: string
}

export const countCaption =
  'Counted from outside, for each operation: data system calls of the tender (those of io_uring are not seen), exits of the guest'

export function countRows(comparison: Comparison): readonly CountRow[] {
  return countedCells(comparison).map((cell) => rowOf(cell, comparison.cells))
}

type CountedCell = Cell & { perOperation: NonNullable<Cell['perOperation']> }

/** Those of which rows are made, in the same order. */
export function countedCells({ cells }: Comparison): readonly CountedCell[] {
  return cells.filter((cell): cell is CountedCell => cell.perOperation !== null)
}

function rowOf(cell: CountedCell, cells: readonly Cell[]): CountRow {
  const { calls, exits } = cell.perOperation
  return {
    title: cell.title,
    workload: workloadTitle(cell, cells),
    calls: calls.toFixed(1),
    exits: exits === null ? '–' : exits.toFixed(1),
  }
}
