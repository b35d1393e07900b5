/** The Vitest suite of `--mode gate`: two builds, every environment that both have. */
import { afterAll, beforeAll, describe, inject, type TestContext, test } from 'vitest'
import type { GatePlan, GateRow } from '../fixtures/analysis/gate.ts'
import { linux } from '../fixtures/environments/linux.ts'
import {
  type Builds,
  type Contest,
  endSides,
  readBuilds,
  reasonOfAbsence,
} from '../fixtures/gate/builds.ts'
import { readCalibration } from '../fixtures/gate/calibration.ts'
import {
  type GateCell,
  type GateJournal,
  openGateJournal,
  rowOfCell,
} from '../fixtures/gate/cell.ts'
import { checkCell } from '../fixtures/gate/check.ts'
import { keepPlan, planGate, seededWorkloads } from '../fixtures/gate/plan.ts'
import { timeCells } from '../fixtures/gate/turns.ts'
import { workloadName } from '../fixtures/guest/workloads.ts'
import { lastProcessor } from '../fixtures/machine/host.ts'
import { oneLine } from '../fixtures/printable.ts'
import { readConfiguration } from '../fixtures/session/configuration.ts'
import { journalFile, type Session } from '../fixtures/session/session-file.ts'
import { setting } from '../fixtures/session/settings.ts'
import { underWay } from '../fixtures/session/under-way.ts'
import { formatDuration } from '../fixtures/units.ts'

/** Boots have deadlines of their own; Vitest's is only out of their way (its limit: 2^31 − 1 ms). */
const TIMEOUT_MS = 2 ** 31 - 1

/** What the tests of a gate share; the suite sets it up before the first. */
interface Gate {
  session: Session
  builds: Builds
  workloads: SeededWorkloads
  journal: GateJournal
  plan: GatePlan
  processor: number
  /** Why environments are not compared, by their names. */
  absent: ReadonlyMap<string, string>
}

type PlannedCell = Pick<GateCell, 'contest' | 'workload'>

export function gateSuite(): void {
  const session = inject('session')
  const workloads = seededWorkloads(session)
  const builds = readBuilds(session.storage.directory)
  const cells = builds.contests.flatMap((contest) =>
    workloads.map((workload): PlannedCell => ({ contest, workload })),
  )
  const work = underWay()
  let gate: Gate
  let failures = 0
  let timed: Promise<void> | undefined

  describe(oneLine(`gate: ${builds.head} against ${builds.base}`), { timeout: TIMEOUT_MS }, () => {
    beforeAll(async () => {
      gate = await openGate(session, builds, workloads)
    }, TIMEOUT_MS)

    afterAll(async () => {
      await work.ended()
      await gate?.journal.close()
      await endSides(builds.contests.flatMap(({ base, head }) => [base, head]))
    }, TIMEOUT_MS)

    for (const cell of cells) {
      test(`${titleOf(cell)}: the same data`, async (context) => {
        const failure = await work.follow(checkCell(cellOf(gate, cell, context)))
        if (failure === null) return
        failures += 1
        throw new Error(`${failure.verdict}: ${failure.reason}`)
      })
    }

    for (const cell of cells) {
      test(`${titleOf(cell)}: as few requests, as fast`, async (context) => {
        context.skip(failures > 0, 'nothing is timed, as the builds do not do the same')
        const own = cellOf(gate, cell, context)
        // The first to come times all, in turns.
        timed ??= timeCells(
          cells
            .filter(({ contest }) => !gate.absent.has(contest.id))
            .map((one) => ({ ...own, ...one })),
          { budgetSeconds: budgetOf(session), tell: console.log },
        )
        await work.follow(timed)
        report(rowOfCell(own), context)
      })
    }
  })
}

function titleOf({ contest, workload }: PlannedCell): string {
  return `${contest.id}: ${workloadName(workload)}`
}

function report({ verdict, reason }: GateRow, { skip }: TestContext): void {
  if (verdict === 'REGRESSION' || verdict === 'INVALID') {
    throw new Error(`${verdict}: ${reason ?? 'slower than the margin allows'}`)
  }
  skip(verdict === 'INCONCLUSIVE', `INCONCLUSIVE: ${reason}`)
}

/** A session that goes on takes as long as it is told now. */
function budgetOf({ profile }: Session): number {
  const { budgetSeconds } = readConfiguration(profile.name).profile
  if (budgetSeconds === null) throw new Error('a gate has a time budget')
  return budgetSeconds
}

/** @throws if nothing is to be compared, or the session that is resumed had another plan. */
async function openGate(
  session: Session,
  builds: Builds,
  workloads: SeededWorkloads,
): Promise<Gate> {
  const journal = await openGateJournal(journalFile(session))
  const absent = new Map<string, string>()
  try {
    for (const contest of builds.contests) {
      const reason = await absenceOf(contest, journal)
      if (reason !== null) absent.set(contest.id, reason)
    }
    const plan = await planOf(session, builds, workloads, absent)
    return { session, builds, workloads, journal, plan, absent, processor: await lastProcessor() }
  } catch (error) {
    await journal.close()
    throw error
  }
}

async function planOf(
  session: Session,
  builds: Builds,
  workloads: SeededWorkloads,
  absent: Gate['absent'],
): Promise<GatePlan> {
  const present = builds.contests.filter(({ id }) => !absent.has(id))
  if (present.length === 0) {
    throw new Error(`gate: nothing to compare: ${[...new Set(absent.values())].join('; ')}`)
  }
  // A calibration is measured without what it is to replace.
  const isCalibration = setting('GUESTBENCH_UNCALIBRATED')
  const calibration = isCalibration ? null : await readCalibration(session)
  const names = withDelay(await builds.names(), workloads)
  const plan = planGate(names, present, workloads, calibration)
  await keepPlan(session, plan)
  return plan
}

function cellOf(
  gate: Gate,
  { contest, workload }: PlannedCell,
  { signal, skip }: TestContext,
): GateCell {
  const { session, plan, journal, processor, absent } = gate
  skip(absent.has(contest.id), oneLine(absent.get(contest.id)))
  const { directory, disk } = session.storage
  const deadlineSeconds = session.profile.bootDeadlineSeconds
  const bench = { directory, disk, deadlineSeconds, signal, processor }
  return { contest, reference: linux(directory), workload, plan, bench, journal }
}

/** GUESTBENCH_DELAY slows HEAD, to try the gate: whoever reads its verdict must know. */
function withDelay({ base, head }: Pick<GatePlan, 'base' | 'head'>, [first]: SeededWorkloads) {
  if (first?.delayNs === undefined) return { base, head }
  return { base, head: `${head}, each operation delayed by ${formatDuration(first.delayNs)}` }
}

type SeededWorkloads = ReturnType<typeof seededWorkloads>

async function absenceOf(contest: Contest, journal: GateJournal): Promise<string | null> {
  const reason = await reasonOfAbsence(contest)
  if (reason !== null) return reason
  const { environment, name: title } = contest.base
  const availability = await environment.probe()
  const at = new Date().toISOString()
  const named = `${contest.id}@base`
  await journal.append({ type: 'availability', at, environment: named, title, availability })
  return availability.state === 'available' ? null : availability.reason
}
