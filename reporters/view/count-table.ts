/** System calls and KVM exits an operation, of the environments whose tender was counted. */
import type { Cell, Comparison } from '../../fixtures/model.ts'
import type { Words } from '../../fixtures/words/words.ts'
import { workloadTitle } from './size-tables.ts'

interface CountRow {
  title: string
  workload: string
  calls: string
  /** `–` where the kernel does not tell them (native/count/exits.c). */
  exits: string
}

export function countRows(comparison: Comparison, words: Words): readonly CountRow[] {
  return countedCells(comparison).map((cell) => rowOf(cell, comparison.cells, words))
}

type CountedCell = Cell & { perOperation: NonNullable<Cell['perOperation']> }

/** Those of which rows are made, in the same order. */
export function countedCells({ cells }: Comparison): readonly CountedCell[] {
  return cells.filter((cell): cell is CountedCell => cell.perOperation !== null)
}

function rowOf(cell: CountedCell, cells: readonly Cell[], words: Words): CountRow {
  const { calls, exits } = cell.perOperation
  return {
    title: cell.title,
    workload: workloadTitle(cell, cells, words),
    calls: calls.toFixed(1),
    exits: exits === null ? '–' : exits.toFixed(1),
  }
}
