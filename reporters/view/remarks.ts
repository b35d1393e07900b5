/** Words beside a cell's figures: why they are weak. Below the tables each is explained once. */

import { ETCD_P99_NS } from '../../fixtures/analysis/commit-p99.ts'
import { CONFIDENCE } from '../../fixtures/analysis/estimates.ts'
import { blocksNeeded } from '../../fixtures/analysis/statistics.ts'
import type { Cell, WarningKind } from '../../fixtures/model.ts'
import { formatDuration, formatPercent } from '../../fixtures/units.ts'
import type { Words } from '../../fixtures/words/words.ts'

interface Remark {
  word: string
  meaning: string
}

/** Null: nothing that a reader of the cell must know. */
function remarkOf(kind: WarningKind, { remarks, cells }: Words): Remark | null {
  if (kind === 'incomplete block' || kind === 'left-out blocks') return null
  if (kind === 'too few blocks') {
    const needed = cells.blocksNeeded(blocksNeeded(CONFIDENCE), formatPercent(CONFIDENCE))
    return { word: cells.blocksWord, meaning: needed }
  }
  const [word, meaning] = remarks[kind] as readonly [string, string]
  return { word, meaning }
}

/** `1 block`, `3 disturbed`, `noisy`. */
export function remarksOf(cell: Cell, words: Words): readonly string[] {
  const { fidelity, warnings } = cell
  if (fidelity === 'emulated') return [] // whose figures say nothing as it is
  const doubts = warnings.flatMap(({ kind }) => wordOf(kind, cell, words) ?? [])
  return [...commitRemarks(cell, words), ...doubts]
}

function commitRemarks({ commitP99 }: Cell, { cells }: Words): readonly string[] {
  if (commitP99 === undefined) return []
  return [cells.commit(formatDuration(commitP99.ns), cells.fit[commitP99.fitForEtcd])]
}

function wordOf(kind: WarningKind, { blocks, disturbedBlocks }: Cell, words: Words) {
  if (kind === 'too few blocks') return words.cells.blocks(blocks)
  if (kind === 'disturbed blocks') return words.cells.disturbed(disturbedBlocks)
  return remarkOf(kind, words)?.word
}

/** What those words mean which stand in these cells. */
export function remarkLegend(cells: readonly Cell[], words: Words): readonly Remark[] {
  const kinds = new Set(cells.flatMap(({ warnings }) => warnings.map(({ kind }) => kind)))
  const doubts = [...kinds].flatMap((kind) => remarkOf(kind, words) ?? [])
  const { etcd, etcdMeaning } = words.cells
  const hasCommits = cells.some(({ commitP99 }) => commitP99 !== undefined)
  const commits = { word: etcd, meaning: etcdMeaning(formatDuration(ETCD_P99_NS)) }
  return hasCommits ? [commits, ...doubts] : doubts
}
