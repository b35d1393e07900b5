/** What each cell of a session says of one part of a claim. */
import type { Cell, Comparison, Interval, Workload } from '../../fixtures/model.ts'
import { OPERATIONS } from '../../fixtures/operations.ts'
import { nameOf } from '../../fixtures/workloads.ts'
import { pairsMeasuredAs, sessionOf } from './measured-as.ts'
import { isSameTask, placeInterval, type Relation, relate, relateToNative } from './relate.ts'
import { studyTable } from './study.ts'
import type { Part } from './study-claims.ts'
import { isNative } from './verdict.ts'

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

const ONLY_UNDER_XEN = 'under Xen its dom0 is Linux: npm run merge with a session without Xen'

/**
 * Evidence at each warm workload that the part speaks of, in the order of the tables; of merged
 * sessions, from each that has what is compared.
 */
export function evidenceOf(part: Part, { cells }: Comparison): readonly Evidence[] {
  const warm = distinct(cells.map(({ workload }) => workload)).filter(
    ({ cache }) => cache === 'warm',
  )
  const studied = environmentsOf(part)
  return warm.flatMap((workload) => {
    const sides = sidesOf(part, studied, workload, warm)
    if (sides.length === 0) return []
    const title = nameOf({ ...workload, requestBytes: workload.sizeBytes })
    if (judge(part, sides.map(relateInStudy)).outcome === 'contradicts') {
      return [{ workload: title, ...unjudged('exception', 'the study’s own figures break it') }]
    }
    const pairs = pairsMeasuredAs(studied, cells)
    if (pairs.length === 0) return [{ workload: title, ...unjudged('skipped', ONLY_UNDER_XEN) }]
    return pairs.map((names) => {
      const relations = sidesOf(part, names, workload, warm).map((pair) =>
        relateInSession(pair, cells),
      )
      return { workload: title + sessionsText(names), ...judge(part, relations) }
    })
  })
}

function environmentsOf(part: Part): readonly [string, string] {
  return part.type === 'fsync' ? [part.environment, part.environment] : [part.first, part.second]
}

/** Which sessions of merged ones this is of; of a single session nothing. */
function sessionsText(names: readonly string[]): string {
  const sessions = [...new Set(names.map(sessionOf))].filter((session) => session !== '')
  return sessions.length === 0 ? '' : ` (${sessions.join(' against ')})`
}

function distinct(workloads: readonly Workload[]): readonly Workload[] {
  return workloads.filter(
    (workload, index) => workloads.findIndex((one) => isSameTask(one, workload)) === index,
  )
}

/** What must be related to judge the part at this workload; empty if it does not speak of it. */
function sidesOf(
  part: Part,
  [first, second]: readonly [string, string],
  workload: Workload,
  all: readonly Workload[],
): readonly (readonly [Side, Side])[] {
  const at = (one: Workload, other: Workload) =>
    [
      { environment: first, workload: one },
      { environment: second, workload: other },
    ] as const
  if (part.type === 'environments') {
    const { only } = part
    const isAsked =
      !only || (only.operation === workload.operation && only.sizeBytes === workload.sizeBytes)
    return isAsked ? [at(workload, workload)] : []
  }
  const { durableFormOf } = OPERATIONS[workload.operation]
  if (durableFormOf === null) return []
  const write = all.find((other) => isSameTask({ ...workload, operation: durableFormOf }, other))
  if (write === undefined) return []
  return part.type === 'fsync' ? [at(workload, write)] : [at(workload, workload), at(write, write)]
}

function relateInSession(pair: readonly [Side, Side], cells: readonly Cell[]): Relation {
  const [first, second] = [findCell(pair[0], cells), findCell(pair[1], cells)]
  if (first === undefined) return notMeasured(pair[0])
  const { requestBytes, sizeBytes } = first.workload
  const [one, other] = [pair[0].environment, pair[1].environment]
  // Native Linux is in a guest's blocks, whether or not it was measured by itself; where the guest
  // sends single blocks so does that Linux, and the study's did not.
  const isBeside = isNative(other) && !isNative(one) && sessionOf(one) === sessionOf(other)
  if (isBeside && requestBytes === sizeBytes) return relateToNative(first)
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
  return row?.figures[workload.operation]?.meanNs
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
