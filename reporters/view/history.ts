/** All sessions of a results directory: what each has shown, and how each cell went from one to the next. */

import type { ProbedEnvironment } from '../../fixtures/analysis/histories.ts'
import { isSameWorkload } from '../../fixtures/analysis/histories.ts'
import { isRankable } from '../../fixtures/analysis/verdict.ts'
import type { Cell, Comparison, Interval, Verdict } from '../../fixtures/model.ts'
import type { Session } from '../../fixtures/session/session-file.ts'
import type { Words } from '../../fixtures/words/words.ts'
import { type HeadlineLine, headlineOf } from './headline.ts'
import { storageText } from './session-report.ts'
import { workloadTitle } from './size-tables.ts'

/** A session that compared environments, as its journal has it. */
export interface TakenSession {
  session: Session
  comparison: Comparison
  environments: readonly ProbedEnvironment[]
}

/** Those of one machine; one with more memory or another disk is the same here, and it is marked. */
export interface MachineHistory {
  machine: string
  /** From the newest to the oldest. */
  sessions: readonly ListedSession[]
  cells: readonly CellHistory[]
}

interface ListedSession {
  id: string
  profile: string
  isComplete: boolean
  headline: readonly HeadlineLine[]
}

/** One cell through the sessions that measured it natively, from the oldest to the newest. */
export interface CellHistory {
  title: string
  workload: string
  points: readonly HistoryPoint[]
}

export interface HistoryPoint {
  id: string
  ratio: number
  interval: Interval | null
  verdict: Verdict | null
  /** What is another than at the point before, in words; empty if nothing is. */
  changes: readonly string[]
}

/** @param sessions from the oldest to the newest. */
export function historiesOf(
  sessions: readonly TakenSession[],
  words: Words,
): readonly MachineHistory[] {
  const byMachine = [...Map.groupBy(sessions, ({ session }) => session.machine.model)]
  return byMachine.map(([machine, own]) => ({
    machine,
    sessions: own.map((session) => listed(session, words)).reverse(),
    cells: cellHistories(own, words),
  }))
}

function listed({ session, comparison }: TakenSession, words: Words): ListedSession {
  const { id, profile, completedAt } = session
  const isComplete = completedAt !== undefined
  return { id, profile: profile.name, isComplete, headline: headlineOf(comparison, words) }
}

/** A cell as one session has it. */
interface Taken {
  cell: Cell & { ratio: number }
  /** What it is called there. */
  workload: string
  from: TakenSession
}

function cellHistories(sessions: readonly TakenSession[], words: Words): readonly CellHistory[] {
  const found: Taken[][] = []
  for (const from of sessions) {
    const { cells } = from.comparison
    for (const cell of cells) {
      const { ratio } = cell
      if (ratio === null || !isRankable(cell)) continue
      const taken = { cell: { ...cell, ratio }, workload: workloadTitle(cell, cells, words), from }
      const known = found.find(
        ([first]) =>
          first?.cell.environment === cell.environment &&
          isSameWorkload(first.cell.workload, cell.workload),
      )
      if (known === undefined) found.push([taken])
      else known.push(taken)
    }
  }
  return found.map((points) => {
    const { cell, workload } = points.at(-1) as Taken
    return {
      title: cell.title,
      workload,
      points: points.map((taken, index) => pointOf(taken, points[index - 1], words)),
    }
  })
}

function pointOf(taken: Taken, before: Taken | undefined, words: Words): HistoryPoint {
  const { ratio, ratioInterval: interval, verdict } = taken.cell
  const changes =
    before === undefined ? [] : changesOf(settingOf(before, words), settingOf(taken, words), words)
  return { id: taken.from.session.id, ratio, interval, verdict, changes }
}

/** On what a figure rests that may be another in the next session. */
function settingOf(
  { cell, from: { session, environments } }: Taken,
  words: Words,
): ReadonlyMap<string, string> {
  const probed = environments.find(({ environment }) => environment === cell.environment)
  const { availability } = probed ?? {}
  const { kernel } = session.machine
  const version = availability?.state === 'available' ? availability.version : ''
  return new Map([
    [words.session.kernel, kernel],
    [words.session.storage, storageText(session.storage, words)],
    // Native Linux is its kernel.
    [words.session.versionOf(cell.title), version === kernel ? '' : version],
  ])
}

function changesOf(
  was: ReadonlyMap<string, string>,
  is: ReadonlyMap<string, string>,
  { session: { none } }: Words,
): readonly string[] {
  return [...is].flatMap(([name, value]) => {
    const earlier = was.get(name) ?? ''
    return earlier === value ? [] : [`${name}: ${earlier || none} → ${value || none}`]
  })
}
