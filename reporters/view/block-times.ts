/** Each block's two times in their order, the disturbed among them: what drifted while it was measured. */

import {
  bootMedianNs,
  figuresOf,
  isDisturbed,
  pairBoots,
} from '../../fixtures/analysis/estimates.ts'
import { historyOf, type ProbedEnvironment } from '../../fixtures/analysis/histories.ts'
import type { Cell, Comparison, JournalEntry } from '../../fixtures/model.ts'

export interface BlockTime {
  /** Its number in the cell, from 0. */
  block: number
  /** Median of one operation in the environment's boot, and in native Linux's. */
  guestNs: number
  controlNs: number
  isDisturbed: boolean
}

/** A cell and all of its blocks that hold both boots, also those which are not compared. */
export interface CellTimes {
  cell: Cell
  times: readonly BlockTime[]
}

export function blockTimesOf(
  { cells }: Comparison,
  environments: readonly ProbedEnvironment[],
  entries: readonly JournalEntry[],
): readonly CellTimes[] {
  return cells.flatMap((cell) => {
    const probed = environments.find(({ environment }) => environment === cell.environment)
    const history = probed && historyOf(entries, probed, cell.workload)
    if (!history || cell.state !== 'measured') return []
    return [{ cell, times: timesOf(history.boots) }]
  })
}

function timesOf(boots: Parameters<typeof pairBoots>[0]): readonly BlockTime[] {
  const { pairs, disturbed } = pairBoots(boots)
  return [...new Set([...pairs, ...disturbed])]
    .toSorted((a, b) => a.guest.block - b.guest.block)
    .map((pair) => ({
      block: pair.guest.block,
      guestNs: figuresOf(pair).medianNs,
      controlNs: bootMedianNs(pair.control),
      isDisturbed: isDisturbed(pair),
    }))
}
