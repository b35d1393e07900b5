/** The cells of one environment: what is asked of it, measured in rounds. */
import { inject, type ProvidedContext, type TestContext } from 'vitest'
import { historyOf } from '../fixtures/analysis/histories.ts'
import type { CellOutcome, CellPlan, Proven } from '../fixtures/blocks/blocks.ts'
import { budgetInRun, type TimeLimit } from '../fixtures/blocks/budget.ts'
import { profileFor } from '../fixtures/blocks/feasible.ts'
import type { Bench } from '../fixtures/blocks/measure.ts'
import { proveDurability } from '../fixtures/blocks/prove-durability.ts'
import { measureInRounds } from '../fixtures/blocks/rounds.ts'
import { linux } from '../fixtures/environments/linux.ts'
import { workloadName } from '../fixtures/guest/workloads.ts'
import type { Availability, Environment, JournalEntry, Workload } from '../fixtures/model.ts'
import { type Journal, readJournal } from '../fixtures/session/journal.ts'
import { journalFile } from '../fixtures/session/session-file.ts'
import { measureWhyCells } from '../fixtures/why/why-blocks.ts'

export type ProvidedSession = ProvidedContext['session']

/** What is known once the environment was probed. */
export interface Probed {
  journal: Journal
  availability: Availability
  /** Why workloads cannot be had in it, by their names. */
  obstacles: ReadonlyMap<string, string>
  /** Its part of the journal of a session that is resumed. */
  earlier: readonly JournalEntry[]
}

export function benchOf({ storage, profile }: ProvidedSession, { signal }: TestContext): Bench {
  const { directory, disk } = storage
  return { directory, disk, deadlineSeconds: profile.bootDeadlineSeconds, signal }
}

/** The cells of those tests that this run is asked for, by their names. @throws if it was ended. */
export async function measureAll(
  environment: Environment,
  session: ProvidedSession,
  probed: Probed,
  workloads: readonly Workload[],
  context: TestContext,
): Promise<ReadonlyMap<string, CellOutcome>> {
  const isAgain = inject('isAgain')
  const names = namesOfRun(context)
  const asked = workloads.filter((workload) => names.includes(workloadName(workload)))
  const possible = asked.filter((workload) => obstacleOf(workload, probed) === null)
  if (isAgain) for (const one of possible) await supersede(environment, probed.journal, one)
  const earlier = isAgain ? [] : probed.earlier
  const planOf = planner(environment, session, { ...probed, earlier }, benchOf(session, context))
  const limit = limitOfRun(session, isAgain, asked.length / workloads.length)
  const plans = possible.map(planOf)
  const entries = () => readJournal(journalFile(session))
  const outcomes = await (session.profile.name === 'why'
    ? measureWhyCells(plans, limit, entries)
    : measureInRounds(plans, limit))
  return new Map(outcomes.map((one, index) => [workloadName(possible[index] as Workload), one]))
}

/** Of the tests beside this one that are not left out: -t, or a click on one of them. */
function namesOfRun({ task }: TestContext): readonly string[] {
  const beside = task.suite?.tasks ?? []
  return beside.flatMap(({ mode, name }) => (mode === 'skip' ? [] : [name]))
}

/** @param share of the environment's cells. @returns null where there is no limit. */
function limitOfRun(session: ProvidedSession, isAgain: boolean, share: number): TimeLimit | null {
  const { budgetSeconds } = session.profile
  if (budgetSeconds === null) return null
  const { seconds, mostSeconds } = budgetInRun(budgetSeconds, isAgain ? 0 : secondsOfRun(session))
  return { seconds: share * seconds, mostSeconds: share * mostSeconds }
}

/** Durability is proven once, by the first that asks for it, as it holds for all sizes. */
function planner(
  environment: Environment,
  { storage, profile, seed }: ProvidedSession,
  { journal, availability, earlier }: Probed,
  bench: Bench,
): (workload: Workload) => CellPlan {
  const { id, title } = environment
  const control = linux(storage.directory)
  let proven: Promise<Proven> | undefined
  const prove = async () => ({
    control: await proveDurability(control, bench, seed),
    guest: await proveDurability(environment, bench, seed),
  })
  const own = availability.state === 'available' ? availability : null
  return (workload) => ({
    environment,
    control,
    workload,
    profile: own === null ? profile : profileFor(profile, own),
    ...(own?.largestSizeBytes !== undefined && { largestSizeBytes: own.largestSizeBytes }),
    bench,
    journal,
    async proveDurability() {
      proven ??= prove()
      return await proven
    },
    earlier: historyOf(earlier, { environment: id, title, availability }, workload),
  })
}

/** Of this run, which may be one of several that made the session. */
function secondsOfRun({ startedAt, resumedAt }: ProvidedSession): number {
  return (Date.now() - Date.parse(resumedAt.at(-1) ?? startedAt)) / 1000
}

/** Says in the journal that what follows takes the place of what the cell had. */
async function supersede({ id }: Environment, journal: Journal, workload: Workload): Promise<void> {
  const at = new Date().toISOString()
  await journal.append({ type: 'stop', at, environment: id, workload, reason: 'again' })
}

export function isCold({ cache }: Workload): boolean {
  return cache === 'cold'
}

/** Why it is not measured in an environment that is there; null if it is. */
export function obstacleOf(workload: Workload, { obstacles }: Probed): string | null {
  return obstacles.get(workloadName(workload)) ?? null
}
