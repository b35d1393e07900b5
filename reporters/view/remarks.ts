/** Words beside a cell's figures: why they are weak. Below the tables each is explained once. */

import { ETCD_P99_NS } from '../../fixtures/analysis/commit-p99.ts'
import { CONFIDENCE } from '../../fixtures/analysis/estimates.ts'
import { blocksNeeded } from '../../fixtures/analysis/statistics.ts'
import type { Cell, WarningKind } from '../../fixtures/model.ts'
import { formatDuration, formatPercent } from '../../fixtures/units.ts'

interface Remark {
  word: string
  meaning: string
}

const NEEDED = `${blocksNeeded(CONFIDENCE)} are needed for a ${formatPercent(CONFIDENCE)} interval`

/** Null: nothing that a reader of the cell must know. */
const REMARKS: Record<WarningKind, Remark | null> = {
  'injected delay': {
    word: 'delayed',
    meaning: 'a delay was injected into every operation, to try the harness itself',
  },
  'unknown fidelity': {
    word: 'not ranked',
    meaning: 'the journal does not say whether it was emulated',
  },
  'incomplete block': null,
  'left-out blocks': null,
  'disturbed blocks': {
    word: 'disturbed',
    meaning: 'other programs used the machine during blocks that had to be kept',
  },
  'too few blocks': { word: 'blocks', meaning: NEEDED },
  'mixed durability': {
    word: 'durability differs',
    meaning: 'between its boots; the weakest counts',
  },
  'unequal durability': {
    word: 'not as durable',
    meaning: 'its durable writes stop elsewhere than native Linux’s, so it is not ranked',
  },
  'weak durability': {
    word: 'durability unproven',
    meaning: 'nothing shows that durable writes reached the device, on native Linux neither',
  },
  'contradicted durability': {
    word: 'durability contradicted',
    meaning: 'counted flushes and power cuts say the opposite of each other: one of them is wrong',
  },
  'wide spread': { word: 'noisy', meaning: 'its boots differ by more than ±20 %' },
  'correlated blocks': {
    word: 'correlated',
    meaning:
      'its blocks resemble those right before them: the machine’s slow moments may be in its ratio, and its interval may still be too narrow',
  },
  'unequal controls': {
    word: 'noise',
    meaning:
      'native Linux against itself is not ×1: what is smaller than that is not to be believed',
  },
  'odd control': {
    word: 'odd control',
    meaning: 'the native Linux beside it took twice as long, or half, as in Linux’s own row',
  },
}

const ETCD: Remark = {
  word: 'fit for etcd',
  meaning: `of a hundred commits the slowest takes less than ${formatDuration(ETCD_P99_NS)}; undecided where the limits of that lie on both sides`,
}

/** `1 block`, `3 disturbed`, `noisy`. */
export function remarksOf(cell: Cell): readonly string[] {
  const { fidelity, warnings } = cell
  if (fidelity === 'emulated') return [] // whose figures say nothing as it is
  const doubts = warnings.flatMap(({ kind }) => {
    const remark = REMARKS[kind]
    if (remark === null) return []
    return [wordOf(kind, remark, cell)]
  })
  return [...commitRemarks(cell), ...doubts]
}

const FIT = { yes: 'fit for etcd', no: 'unfit for etcd', undecided: 'etcd undecided' }

function commitRemarks({ commitP99 }: Cell): readonly string[] {
  if (commitP99 === undefined) return []
  return [`p99 ${formatDuration(commitP99.ns)}, ${FIT[commitP99.fitForEtcd]}`]
}

function wordOf(kind: WarningKind, { word }: Remark, { blocks, disturbedBlocks }: Cell): string {
  if (kind === 'too few blocks') return `${blocks} block${blocks === 1 ? '' : 's'}`
  return kind === 'disturbed blocks' ? `${disturbedBlocks} ${word}` : word
}

/** What those words mean which stand in these cells. */
export function remarkLegend(cells: readonly Cell[]): readonly Remark[] {
  const kinds = new Set(cells.flatMap(({ warnings }) => warnings.map(({ kind }) => kind)))
  const doubts = [...kinds].flatMap((kind) => REMARKS[kind] ?? [])
  const hasCommits = cells.some(({ commitP99 }) => commitP99 !== undefined)
  return hasCommits ? [ETCD, ...doubts] : doubts
}
