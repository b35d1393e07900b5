/** The Vitest suite of `--mode gate`: two builds, every environment that both have. */
import { afterAll, beforeAll, describe, inject, type TestContext, test } from 'vitest'
import type { GatePlan } from '../fixtures/analysis/gate.ts'
import { type Contest, readBuilds, reasonOfAbsence } from '../fixtures/gate/builds.ts'
import { readCalibration } from '../fixtures/gate/calibration.ts'
import { type GateCell, type GateJournal, openGateJournal } from '../fixtures/gate/cell.ts'
import { checkCell } from '../fixtures/gate/check.ts'
import { chosenWorkloads, keepPlan, planGate } from '../fixtures/gate/plan.ts'
import { timeCell } from '../fixtures/gate/timing.ts'
import { nameOf } from '../fixtures/guest/workloads.ts'
import { lastProcessor } from '../fixtures/machine/host.ts'
import { oneLine } from '../fixtures/printable.ts'
import { journalFile } from '../fixtures/session/session.ts'
import { setting } from '../fixtures/session/settings.ts'
import { underWay } from '../fixtures/session/under-way.ts'
import { formatDuration } from '../fixtures/units.ts'

/** Boots have deadlines of their own; Vitest's is only out of their way (its limit: 2^31 − 1 ms). */
const TIMEOUT_MS = 2 ** 31 - 1

export function gateSuite(): void {
  const session = inject('session')
  const { profile, storage } = session
  const workloads = chosenWorkloads(session)
  const builds = readBuilds(storage.directory)
  const cells = builds.contests.flatMap((contest) =>
    workloads.map((workload) => ({ contest, workload })),
  )
  const absent = new Map<string, string>()
  let journal: GateJournal
  let processor: number
  let plan: GatePlan
  let failures = 0
  const work = underWay()

  function cellOf(
    { contest, workload }: Pick<GateCell, 'contest' | 'workload'>,
    { signal, skip }: TestContext,
  ): GateCell {
    skip(absent.has(contest.id), oneLine(absent.get(contest.id)))
    const { directory, disk } = storage
    const deadlineSeconds = profile.bootDeadlineSeconds
    const bench = { directory, disk, deadlineSeconds, signal, processor }
    return { contest, workload, plan, bench, journal }
  }

  describe(oneLine(`gate: ${builds.head} against ${builds.base}`), { timeout: TIMEOUT_MS }, () => {
    beforeAll(async () => {
      processor = await lastProcessor()
      journal = await openGateJournal(journalFile(session))
      for (const contest of builds.contests) {
        const reason = await absenceOf(contest, journal)
        if (reason !== null) absent.set(contest.id, reason)
      }
      const present = builds.contests.map(({ id }) => id).filter((id) => !absent.has(id))
      if (present.length === 0) {
        throw new Error(`gate: nothing to compare: ${[...new Set(absent.values())].join('; ')}`)
      }
      // A calibration is measured without what it is to replace.
      const isCalibration = setting('GUESTBENCH_UNCALIBRATED')
      const calibration = isCalibration ? null : await readCalibration(session)
      plan = planGate(withDelay(builds, workloads), present, workloads, calibration)
      await keepPlan(session, plan)
    }, TIMEOUT_MS)

    afterAll(async () => {
      await work.ended()
      await journal?.close()
    }, TIMEOUT_MS)

    for (const cell of cells) {
      test(`${cell.contest.id}: ${nameOf(cell.workload)}: the same data`, async (context) => {
        const failure = await work.follow(checkCell(cellOf(cell, context)))
        if (failure === null) return
        failures += 1
        throw new Error(`${failure.verdict}: ${failure.reason}`)
      })
    }

    for (const cell of cells) {
      test(`${cell.contest.id}: ${nameOf(cell.workload)}: as few requests, as fast`, async (context) => {
        context.skip(failures > 0, 'nothing is timed, as the builds do not do the same')
        const { verdict, reason } = await work.follow(timeCell(cellOf(cell, context)))
        if (verdict === 'REGRESSION' || verdict === 'INVALID') {
          throw new Error(`${verdict}: ${reason ?? 'slower than the margin allows'}`)
        }
        context.skip(verdict === 'INCONCLUSIVE', 'INCONCLUSIVE: the limits hold the margin')
      })
    }
  })
}

/** GUESTBENCH_DELAY slows HEAD, to try the gate: whoever reads its verdict must know. */
function withDelay({ base, head }: Pick<GatePlan, 'base' | 'head'>, [first]: Workloads) {
  if (first?.delayNs === undefined) return { base, head }
  return { base, head: `${head}, each operation delayed by ${formatDuration(first.delayNs)}` }
}

type Workloads = ReturnType<typeof chosenWorkloads>

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
