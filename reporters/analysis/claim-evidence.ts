/** What each cell of a session says of one part of a claim. */
import type { Cell, Comparison, Interval, Workload } from '../../fixtures/model.ts'
import { nameOf } from '../../fixtures/workloads.ts'
import { isSameTask, placeInterval, type Relation, relate, relateToNative } from './relate.ts'
import { studyTable } from './study.ts'
import type { Part } from './study-claims.ts'
import { NATIVE_ENVIRONMENT } from './verdict.ts'

/** What is learnt at one workload. */
export interface Evidence {
  workload: string
  /**
   * `exception`: the study's own figures break its claim here. It claims the whole in spite of them,
   * so that such a cell speaks neither for nor against.
   */
  outcome: 'supports' | 'contradicts' | 'undecided' | 'skipped' | 'exception'
  /** Of what was related; of an order at write(sync). */
  ratio: number | null
  interval: Interval | null
  /** Why nothing was related; null if something was. */
  reason: string | null
}

/** One environment at one workload: a cell of the session, and a figure of the study. */
interface Side {
  environment: string
  workload: Workload
}

/** Evidence at each warm workload that the part speaks of, in the order of the tables. */
export function evidenceOf(part: Part, { cells }: Comparison): readonly Evidence[] {
  const warm = distinct(cells.map(({ workload }) => workload)).filter(
    ({ cache }) => cache === 'warm',
  )
  return warm.flatMap((workload) => {
    const sides = sidesOf(part, workload, warm)
    if (sides.length === 0) return []
    const title = nameOf({ ...workload, requestBytes: workload.sizeBytes })
    if (judge(part, sides.map(relateInStudy)).outcome === 'contradicts') {
      return [{ workload: title, ...unjudged('exception', 'the study’s own figures break it') }]
    }
    const relations = sides.map((pair) => relateInSession(pair, cells))
    return [{ workload: title, ...judge(part, relations) }]
  })
}

function distinct(workloads: readonly Workload[]): readonly Workload[] {
  return workloads.filter(
    (workload, index) => workloads.findIndex((one) => isSameTask(one, workload)) === index,
  )
}

/** What must be related to judge the part at this workload; empty if it does not speak of it. */
function sidesOf(
  part: Part,
  workload: Workload,
  all: readonly Workload[],
): readonly (readonly [Side, Side])[] {
  if (part.type === 'environments') {
    const { first, second, only } = part
    const isAsked =
      !only || (only.operation === workload.operation && only.sizeBytes === workload.sizeBytes)
    return isAsked
      ? [
          [
            { environment: first, workload },
            { environment: second, workload },
          ],
        ]
      : []
  }
  if (workload.operation !== 'write-sync') return []
  const write = all.find((other) => isSameTask({ ...workload, operation: 'write' }, other))
  if (write === undefined) return []
  if (part.type === 'fsync') {
    const { environment } = part
    return [
      [
        { environment, workload },
        { environment, workload: write },
      ],
    ]
  }
  return [workload, write].map((each) => [
    { environment: part.first, workload: each },
    { environment: part.second, workload: each },
  ])
}

function relateInSession(pair: readonly [Side, Side], cells: readonly Cell[]): Relation {
  const [first, second] = [findCell(pair[0], cells), findCell(pair[1], cells)]
  if (first === undefined) return notMeasured(pair[0])
  const { requestBytes, sizeBytes } = first.workload
  const isGuest = pair[0].environment !== NATIVE_ENVIRONMENT
  // Native Linux is in a guest's blocks, whether or not it was measured by itself; where the guest
  // sends single blocks so does that Linux, and the study's did not.
  if (isGuest && pair[1].environment === NATIVE_ENVIRONMENT && requestBytes === sizeBytes) {
    return relateToNative(first)
  }
  return second === undefined ? notMeasured(pair[1]) : relate(first, second)
}

function notMeasured({ environment }: Side): Relation {
  return { state: 'unrelated', reason: `${environment} was not measured here` }
}

function findCell({ environment, workload }: Side, cells: readonly Cell[]): Cell | undefined {
  return cells.find(
    (cell) => cell.environment === environment && isSameTask(cell.workload, workload),
  )
}

/** The study gives means without intervals. */
function relateInStudy([first, second]: readonly [Side, Side]): Relation {
  const [a, b] = [studyMeanNs(first), studyMeanNs(second)]
  if (a === undefined || b === undefined) return { state: 'unrelated', reason: 'not in the study' }
  return { state: 'related', ratio: a / b, interval: [a / b, a / b] }
}

function studyMeanNs({ environment, workload }: Side): number | undefined {
  const { rows } = studyTable(workload.sizeBytes)
  const row = rows.find((candidate) => candidate.environment === environment)
  return row?.figures[workload.operation].meanNs
}

type Judged = Omit<Evidence, 'workload'>

function judge(part: Part, relations: readonly Relation[]): Judged {
  const related = relations.filter((relation) => relation.state === 'related')
  const [first] = related
  if (first === undefined || related.length < relations.length) {
    const reasons = relations.flatMap((one) => (one.state === 'unrelated' ? [one.reason] : []))
    return unjudged('skipped', [...new Set(reasons)].join('; '))
  }
  const intervals = related.map(({ interval }) => interval)
  const outcome =
    part.type === 'order'
      ? sameSide(intervals)
      : outcomes[placeInterval(first.interval, part.bounds)]
  return { outcome, ratio: first.ratio, interval: first.interval, reason: null }
}

const outcomes = { inside: 'supports', outside: 'contradicts', across: 'undecided' } as const

function sameSide(intervals: readonly Interval[]): Evidence['outcome'] {
  const above = intervals.filter(([lower]) => lower > 1).length
  const below = intervals.filter(([, upper]) => upper < 1).length
  if (above + below < intervals.length) return 'undecided'
  return above === 0 || below === 0 ? 'supports' : 'contradicts'
}

function unjudged(outcome: 'skipped' | 'exception', reason: string): Judged {
  return { outcome, ratio: null, interval: null, reason }
}
