/** The Vitest suite of `--mode versions`: any number of builds, every environment that they have. */
import { afterAll, beforeAll, describe, inject, type TestContext, test } from 'vitest'
import { failuresOf } from '../fixtures/analysis/versions-state.ts'
import { linux } from '../fixtures/environments/linux.ts'
import { endSides } from '../fixtures/gate/builds.ts'
import { type GateJournal, openGateJournal } from '../fixtures/gate/cell.ts'
import { seededWorkloads } from '../fixtures/gate/plan.ts'
import { workloadName } from '../fixtures/guest/workloads.ts'
import { lastProcessor } from '../fixtures/machine/host.ts'
import type { Workload } from '../fixtures/model.ts'
import { oneLine, printable } from '../fixtures/printable.ts'
import { readConfiguration } from '../fixtures/session/configuration.ts'
import { journalFile, type Session } from '../fixtures/session/session-file.ts'
import { setting } from '../fixtures/session/settings.ts'
import { underWay } from '../fixtures/session/under-way.ts'
import { checkBuild } from '../fixtures/versions/check-build.ts'
import { type Lineage, labelOf, readLineages } from '../fixtures/versions/lineages.ts'
import { type ProbedLineage, probeLineage } from '../fixtures/versions/probed-builds.ts'
import { livingBuilds, type VersionsCell } from '../fixtures/versions/versions-cell.ts'
import { timeBuilds } from '../fixtures/versions/versions-timing.ts'

/** Boots have deadlines of their own; Vitest's is only out of their way (its limit: 2^31 − 1 ms). */
const TIMEOUT_MS = 2 ** 31 - 1

/** What the tests share; the suite sets it up before the first. */
interface VersionsRun {
  session: Session
  journal: GateJournal
  workloads: readonly Workload[]
  /** By environment. */
  probed: ReadonlyMap<string, ProbedLineage>
  processor: number
}

export function versionsSuite(): void {
  const session = inject('session')
  const workloads = seededWorkloads(session)
  const lineages = readLineages(session.storage.directory)
  const work = underWay()
  let run: VersionsRun
  let timed: Promise<void> | undefined

  describe('versions', { timeout: TIMEOUT_MS }, () => {
    beforeAll(async () => {
      run = await openRun(session, workloads, lineages)
    }, TIMEOUT_MS)

    afterAll(async () => {
      await work.ended()
      await run?.journal.close()
      await endSides(lineages.flatMap(({ candidates }) => candidates.map(({ side }) => side)))
    }, TIMEOUT_MS)

    for (const { id, candidates } of lineages) {
      for (const label of candidates.map(({ given }) => labelOf(given))) {
        test(oneLine(`${id}: ${label}: keeps what it is given`), async (context) => {
          const { builds = [], absent } = run.probed.get(id) ?? {}
          const build = builds.find((one) => one.label === label)
          if (build === undefined) return context.skip(oneLine(absent?.get(label)))
          await work.follow(checkBuild(cellsOf(run, id, context), build))
          requireNoFailure(run, id, [build.name])
        })
      }
    }

    for (const { id } of lineages) {
      for (const [index, workload] of workloads.entries()) {
        test(`${id}: ${workloadName(workload)}: by version`, async (context) => {
          const cell = cellsOf(run, id, context)[index] as VersionsCell
          const names = livingBuilds(cell).map(({ name }) => name)
          context.skip(names.length < 2, `${names.length} of its builds can be measured`)
          // The first to come times all, in turns.
          timed ??= timeAll(run, context)
          await work.follow(timed)
          requireNoFailure(run, id, names)
        })
      }
    }
  })
}

/** @throws if nothing is to be compared, or the session that is resumed had other builds. */
async function openRun(
  session: Session,
  workloads: readonly Workload[],
  lineages: readonly Lineage[],
): Promise<VersionsRun> {
  const journal = await openGateJournal(journalFile(session))
  try {
    const probed = new Map<string, ProbedLineage>()
    for (const lineage of lineages) probed.set(lineage.id, await probeLineage(lineage, journal))
    const all = [...probed.values()]
    if (all.every(({ builds }) => builds.length < 2)) {
      const reasons = all.flatMap(({ id, absent }) =>
        [...absent].map(([label, reason]) => `${id}: ${label}: ${reason}`),
      )
      throw new Error(`versions: nothing to compare: ${reasons.join('; ')}`)
    }
    return { session, journal, workloads, probed, processor: await lastProcessor() }
  } catch (error) {
    await journal.close()
    throw error
  }
}

/** Of one environment, a metric each. */
function cellsOf(run: VersionsRun, id: string, { signal }: TestContext): readonly VersionsCell[] {
  const { session, journal, processor, probed, workloads } = run
  const { directory, disk } = session.storage
  const deadlineSeconds = session.profile.bootDeadlineSeconds
  const bench = { directory, disk, deadlineSeconds, signal, processor }
  const { builds = [] } = probed.get(id) ?? {}
  const reference = linux(directory)
  return workloads.map((workload) => ({
    environment: id,
    builds,
    reference,
    workload,
    bench,
    journal,
  }))
}

async function timeAll(run: VersionsRun, context: TestContext): Promise<void> {
  const cells = [...run.probed.keys()].flatMap((id) => cellsOf(run, id, context))
  // A session that goes on takes as long as it is told now.
  const { budgetSeconds } = readConfiguration(run.session.profile.name).profile
  if (budgetSeconds === null) throw new Error('a run of versions has a time budget')
  const blocks = setting('GUESTBENCH_BLOCKS') ?? null
  await timeBuilds(cells, { budgetSeconds, blocks, tell: console.log })
}

/** A build that loses data fails the run; the others are measured all the same. */
function requireNoFailure({ journal }: VersionsRun, id: string, names: readonly string[]): void {
  const failures = [...failuresOf(journal.entries, id)].filter(([name]) => names.includes(name))
  if (failures.length === 0) return
  throw new Error(failures.map(([name, message]) => `${name}: ${printable(message)}`).join('\n'))
}
