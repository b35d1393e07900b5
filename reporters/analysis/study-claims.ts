/**
 * What the study claims, as ratios that must lie within bounds, and where each bound comes from.
 * Its environments are `linux`, `docker`, `qemu`, `xen-dom0` (its Xen column is dom0) and
 * `solo5-hvt`; the causes that it names are tried with the switches of `hvt`.
 */
import type { Operation } from '../../fixtures/model.ts'
import { EQUIVALENCE_MARGIN } from './verdict.ts'

export type Bounds = readonly [least: number, most: number]

/** One statement, to be held against every warm workload that can tell. */
export type Part =
  | {
      /** Time of `first` over that of `second` at one workload. */
      type: 'environments'
      title: string
      first: string
      second: string
      bounds: Bounds
      /** Of this workload alone, if given. */
      only?: { operation: Operation; sizeBytes: number }
      source: string
    }
  | {
      /** Time of a write with fsync over that of one without, in one environment and size. */
      type: 'fsync'
      title: string
      environment: string
      bounds: Bounds
      source: string
    }
  | {
      /** Which of the two takes longer, at a write with fsync as at one without. */
      type: 'order'
      title: string
      first: string
      second: string
      source: string
    }

export interface Claim {
  number: number
  statement: string
  parts: readonly Part[]
}

/** At least this share of a part's cells must decide it; those that cannot be judged do not. */
export const QUORUM = 0.5

const MARGIN_SOURCE = 'the margin of equivalence (verdict.ts)'
const SLOWER: Bounds = [1 + EQUIVALENCE_MARGIN, Number.POSITIVE_INFINITY]
const NOT_FASTER: Bounds = [1 / (1 + EQUIVALENCE_MARGIN), Number.POSITIVE_INFINITY]
const GUESTS = ['docker', 'qemu', 'xen-dom0', 'solo5-hvt'] as const
const ENVIRONMENTS = ['linux', ...GUESTS] as const

/** The study calls Docker's 4 KB write equivalent: 15.68 µs to 13.58 µs. */
const STUDY_EQUIVALENT = 15.68 / 13.58
/** The largest difference that it calls not large: 4 KB write(sync), 10.86 ms to 4.83 ms. */
const STUDY_NOT_LARGE = 10.86 / 4.83
const GIB = 2 ** 30

export const CLAIMS: readonly Claim[] = [
  {
    number: 1,
    statement: 'Linux is the fastest overall; Docker is slightly behind but equivalent',
    parts: [
      ...GUESTS.map((guest) =>
        between(`${guest} is not faster than linux`, guest, 'linux', NOT_FASTER),
      ),
      {
        type: 'environments',
        title: 'docker is equivalent to linux',
        first: 'docker',
        second: 'linux',
        bounds: [1 / STUDY_EQUIVALENT, STUDY_EQUIVALENT],
        source: 'what the study calls equivalent at 4 KB write: 15.68 µs to 13.58 µs',
      },
    ],
  },
  {
    number: 2,
    statement: 'Xen and QEMU/KVM come next, with no large difference between the two',
    parts: [
      between('qemu is slower than docker', 'qemu', 'docker', SLOWER),
      between('xen-dom0 is slower than docker', 'xen-dom0', 'docker', SLOWER),
      {
        type: 'environments',
        title: 'qemu and xen-dom0 do not differ much',
        first: 'qemu',
        second: 'xen-dom0',
        bounds: [1 / STUDY_NOT_LARGE, STUDY_NOT_LARGE],
        source: 'the largest difference that the study calls not large: 10.86 ms to 4.83 ms',
      },
    ],
  },
  {
    number: 3,
    statement: 'hvt/solo5 is the slowest',
    parts: ENVIRONMENTS.filter((id) => id !== 'solo5-hvt').map((id) =>
      between(`solo5-hvt is slower than ${id}`, 'solo5-hvt', id, SLOWER),
    ),
  },
  {
    number: 4,
    statement: 'fsync makes everything slower but hardly changes the order',
    parts: [
      ...ENVIRONMENTS.map(
        (environment): Part => ({
          type: 'fsync',
          title: `fsync makes ${environment} slower`,
          environment,
          bounds: SLOWER,
          source: MARGIN_SOURCE,
        }),
      ),
      ...pairsOf(ENVIRONMENTS).map(
        ([first, second]): Part => ({
          type: 'order',
          title: `fsync keeps the order of ${first} and ${second}`,
          first,
          second,
          source: 'the order itself: both ratios lie on one side of 1',
        }),
      ),
    ],
  },
  {
    number: 5,
    statement: '1 GB reads take more than 15 times Linux’s in QEMU, and likewise in Xen',
    parts: (['qemu', 'xen-dom0'] as const).map((first) => ({
      type: 'environments',
      title: `${first} reads 1 GB more than 15 times as long as linux`,
      first,
      second: 'linux',
      only: { operation: 'read', sizeBytes: GIB },
      bounds: [15, Number.POSITIVE_INFINITY],
      source: 'the study’s own words, of 15.51 s to 0.97 s',
    })),
  },
  {
    number: 6,
    statement: 'hvt is slow for three causes: exits, the host’s file system, single blocks',
    parts: [
      between('cause 1: without an exit a request hvt is faster', 'hvt', 'hvt+ring', SLOWER),
      between('cause 2: with fewer system calls hvt is faster', 'hvt+ring', 'hvt+io_uring', SLOWER),
      between(
        'cause 3: with requests of many blocks hvt is faster',
        'hvt',
        'hvt+multiblock',
        SLOWER,
      ),
    ],
  },
]

function between(title: string, first: string, second: string, bounds: Bounds): Part {
  return { type: 'environments', title, first, second, bounds, source: MARGIN_SOURCE }
}

function pairsOf(ids: readonly string[]): readonly (readonly [string, string])[] {
  return ids.flatMap((first, index) =>
    ids.slice(index + 1).map((second) => [second, first] as const),
  )
}
