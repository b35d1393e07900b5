/** As large a session as one machine gives, its names as long as they get: for tests. */

import type { JournalEntry } from '../../fixtures/model.ts'
import { type Operation, STUDIED_OPERATIONS, TIMED_OPERATIONS } from '../../fixtures/operations.ts'
import {
  available,
  exampleAvailability,
  exampleCell,
} from '../../fixtures/transcripts/example-journal.ts'
import { english, type Words } from '../../fixtures/words/words.ts'
import { exampleReport } from './example-report.ts'
import type { Report } from './session-report.ts'

const BLOCKS = 30
const FEW_BLOCKS = 8
const SIZES = [4096, 16 * 2 ** 20]

/** Title, ratio to native Linux, and how it ran; the last seven were only emulated. */
const ENVIRONMENTS: readonly (readonly [title: string, ratio: number, spread: number])[] = [
  ['Linux', 1, 0.02],
  ['Docker', 1.12, 0.05],
  ['Docker (bind mount)', 1.02, 0.01],
  ['QEMU/KVM, virtio-blk with an IOThread of its own, writethrough', 1.97, 0.3],
  ['hvt+multiblock+io_uring+ring+direct+batching, WWWWMMMM@@@@', 9.71, 0.2],
  ['Solo5 hvt 0.9.0-172-g7a68b5de1f-dirty-with-a-very-long-version-indeed', 59.9, 0.1],
  ['仮想計算機モニタの上で動くとても長い名前の実行環境その一', 0.73, 0.6],
  ['QEMU (TCG)', 14.9, 0.1],
  ['hvt', 1234, 0.1],
  ['hvt+ring', 590, 0.1],
  ['hvt+direct', 809, 0.1],
  ['hvt+io_uring', 25.2, 0.1],
  ['Xen DomU (PVH, nested in an emulated machine)', 31.4, 0.1],
  ['Xen dom0 (nested in an emulated machine)', 27.1, 0.1],
]
const NATIVE = 7

const idOf = (index: number) => (index === 0 ? 'linux' : `environment-${index}`)

function journalOf(
  sizes: readonly number[],
  operations: readonly Operation[],
  blocks: number,
): readonly JournalEntry[] {
  return ENVIRONMENTS.flatMap(([title, ratio, spread], index) => [
    exampleAvailability(idOf(index), title, available(index < NATIVE ? 'native' : 'emulated')),
    ...sizes.flatMap((sizeBytes) =>
      operations.flatMap((operation) =>
        exampleCell({
          ...{ environment: idOf(index), operation, sizeBytes, ratio, spread, blocks },
        }).map(disturbedAtTimes),
      ),
    ),
  ])
}

/** Each seventh block. */
function disturbedAtTimes(entry: JournalEntry): JournalEntry {
  if (entry.type !== 'boot' || entry.boot.block % 7 !== 3) return entry
  return { ...entry, boot: { ...entry.boot, disturbed: ['foreign load'] } }
}

/** Titles in the order in which they are shown. */
export const largestTitles = ENVIRONMENTS.map(([title]) => title)

export function largestReport(words: Words = english): Report {
  return exampleReport(journalOf(SIZES, STUDIED_OPERATIONS, BLOCKS), {}, words)
}

/** Of three sizes, which are then an axis, and of every operation. */
export function sizesReport(words: Words = english): Report {
  const journal = journalOf([4096, 65_536, 16 * 2 ** 20], TIMED_OPERATIONS, FEW_BLOCKS)
  return exampleReport(journal, {}, words)
}
