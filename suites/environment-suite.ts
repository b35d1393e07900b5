/** The Vitest suite that every environment gets: probe or skip, measure each workload, show. */
import { afterAll, beforeAll, describe, expect, inject, type TestContext, test } from 'vitest'
import { compare, environmentsOf, isSameWorkload } from '../fixtures/analysis/compare.ts'
import { historyOf } from '../fixtures/analysis/histories.ts'
import { measureBlocks, type Proven, spentMs } from '../fixtures/blocks/blocks.ts'
import { sharedBudget } from '../fixtures/blocks/budget.ts'
import { isFeasible, type MeasuredCell } from '../fixtures/blocks/feasible.ts'
import { type Bench, measure } from '../fixtures/blocks/measure.ts'
import { proveDurability } from '../fixtures/blocks/prove-durability.ts'
import { linux } from '../fixtures/environments/linux.ts'
import { exerciseOf } from '../fixtures/guest/exercise.ts'
import { nameOf, wordsOf } from '../fixtures/guest/workloads.ts'
import { coldObstacleOf, type Storage } from '../fixtures/machine/storage.ts'
import type { Availability, Boot, Environment, JournalEntry, Workload } from '../fixtures/model.ts'
import { oneLine } from '../fixtures/printable.ts'
import { type Journal, openJournal, readJournal } from '../fixtures/session/journal.ts'
import { requireUnchanged } from '../fixtures/session/resume.ts'
import { journalFile } from '../fixtures/session/session-file.ts'
import { setting } from '../fixtures/session/settings.ts'
import { underWay } from '../fixtures/session/under-way.ts'
import { comparisonSvg } from '../reporters/html/svg.ts'

/** Boots have deadlines of their own; Vitest's is only out of their way (its limit: 2^31 − 1 ms). */
const TIMEOUT_MS = 2 ** 31 - 1

declare module 'vitest' {
  interface TaskMeta {
    /** Id of the environment whose cell a test measures. */
    measures?: string
  }
}

export function environmentSuite(environment: Environment): void {
  const { id, title } = environment
  const session = inject('session')
  const { profile, storage, seed } = session
  const workloads = profile.workloads.flatMap((workload) =>
    inItsRequests(environment, { ...workload, seed }),
  )
  const budget = sharedBudget(profile.budgetSeconds, workloads.length)
  let journal: Journal
  let availability: Availability
  let tooWarm: string | null
  /** Of a session that is resumed. */
  let earlier: readonly JournalEntry[]
  const measured: MeasuredCell[] = []
  let proven: Promise<Proven> | undefined
  const work = underWay()

  function benchOf({ signal }: TestContext): Bench {
    const { directory, disk } = storage
    return { directory, disk, deadlineSeconds: profile.bootDeadlineSeconds, signal }
  }

  /** Once an environment, as it holds for all sizes. */
  function durabilityOf(bench: Bench): Promise<Proven> {
    proven ??= (async () => ({
      control: await proveDurability(linux(storage.directory), bench, seed),
      guest: await proveDurability(environment, bench, seed),
    }))()
    return proven
  }

  /** Skips what this environment would take minutes for here, and says so in the journal. */
  async function requireFeasible({ skip }: TestContext, workload: Workload): Promise<void> {
    if (availability.state !== 'available') return
    if (isFeasible(availability, profile, workload, measured)) return
    const at = new Date().toISOString()
    await journal.append({ type: 'stop', at, environment: id, workload, reason: 'too-large' })
    skip('too large: one boot would take minutes')
  }

  describe(environment.title, { timeout: TIMEOUT_MS }, () => {
    beforeAll(async () => {
      journal = await openJournal(journalFile(session))
      earlier = readJournal(journalFile(session)).filter((entry) => entry.environment === id)
      tooWarm = await whyTooWarm(environment, storage, workloads)
      availability = withCaveat(await environment.probe(), tooWarm)
      requireUnchanged(environmentsOf(earlier)[0], availability)
      const at = new Date().toISOString()
      await journal.append({ type: 'availability', at, environment: id, title, availability })
    }, TIMEOUT_MS)

    afterAll(async () => {
      await work.ended()
      await environment[Symbol.asyncDispose]?.()
      await journal.close()
    }, TIMEOUT_MS)

    test('refuses a word that it does not know', async (context) => {
      requireAvailable(context, environment, availability)
      const [workload] = workloads as [Workload]
      const words = [...wordsOf(workload), 'colour=blue']
      const refused = work.follow(measure(environment, workload, benchOf(context), words))
      await expect(refused).rejects.toMatchObject({ code: 'unknown-key' })
    })

    test('keeps what it is given', async (context) => {
      requireAvailable(context, environment, availability)
      await work.follow(measure(environment, exerciseOf(environment, seed), benchOf(context)))
    })

    for (const workload of workloads) {
      test(nameOf(workload), async (context) => {
        context.task.meta.measures = id
        requireAvailable(context, environment, availability)
        await requireFeasible(context, workload)
        context.skip(isCold(workload) && tooWarm !== null, oneLine(tooWarm ?? ''))
        const probed = { environment: id, title, availability }
        const plan = {
          environment,
          control: linux(storage.directory),
          workload,
          profile,
          budgetSeconds: budget.next(spentBefore(earlier, workload)),
          bench: benchOf(context),
          journal,
          proveDurability: () => durabilityOf(benchOf(context)),
          earlier: historyOf(earlier, probed, workload),
        }
        const boots = await work.follow(measureBlocks(plan))
        measured.push({ workload, boots })
        context.skip(boots.length === 0, 'no block fitted into the time budget: GUESTBENCH_BUDGET')
        await replay(context, `${id} ${nameOf(workload)}`, boots)
      })
    }

    test('comparison with native Linux', async ({ annotate, skip }) => {
      const comparison = compare(session.id, readJournal(journalFile(session)))
      await annotate(`${environment.title} compared with native Linux`, 'comparison', {
        body: comparisonSvg(comparison, environment.id),
        bodyEncoding: 'utf-8',
        contentType: 'image/svg+xml',
      })
      skip(availability.state === 'unavailable', noteOf(availability))
    })
  })
}

/** The workload in the requests that the environment can make; none if it cannot run that size. */
function inItsRequests(environment: Environment, workload: Workload): readonly Workload[] {
  const { requestBytesFor } = environment
  if (requestBytesFor === undefined) return [workload]
  const requestBytes = requestBytesFor(workload.sizeBytes)
  return requestBytes === null ? [] : [{ ...workload, requestBytes }]
}

/** Skips with reason and remedy; fails instead for an environment that the user demands. */
function requireAvailable(
  { skip }: TestContext,
  { id }: Environment,
  availability: Availability,
): void {
  if (availability.state === 'available') return
  if (setting('GUESTBENCH_REQUIRE')?.includes(id)) {
    throw new Error(`${id} is required (GUESTBENCH_REQUIRE), but ${noteOf(availability)}`)
  }
  skip(noteOf(availability))
}

function noteOf(availability: Availability): string {
  if (availability.state === 'available') return oneLine(availability.detail)
  return oneLine(`${availability.reason}; remedy: ${availability.remedy}`)
}

/** Seconds that other cells took before the session was resumed. */
function spentBefore(earlier: readonly JournalEntry[], workload: Workload): number {
  const others = earlier.filter((entry) => entry.type === 'boot')
  const boots = others.filter((entry) => !isSameWorkload(entry.workload, workload))
  return spentMs(boots.map(({ boot }) => boot)) / 1000
}

/** Null where cold reads are not asked for, or can be had. */
async function whyTooWarm(
  environment: Environment,
  storage: Storage,
  workloads: readonly Workload[],
): Promise<string | null> {
  if (!workloads.some(isCold)) return null
  const obstacle =
    coldObstacleOf(storage) ??
    (environment.bootCold
      ? ((await environment.coldObstacle?.()) ?? null)
      : 'its disk is read through the host’s page cache, which keeps what the guest drops')
  return obstacle && `cold reads are not measured: ${obstacle}`
}

function isCold({ cache }: Workload): boolean {
  return cache === 'cold'
}

/** What the tables leave empty, they must explain. */
function withCaveat(availability: Availability, caveat: string | null): Availability {
  if (availability.state === 'unavailable' || caveat === null) return availability
  return { ...availability, caveats: [...availability.caveats, caveat] }
}

/**
 * Gives Vitest the guest's durations, so that its own results, JSON and UI carry them. Validated
 * figures only: Vitest silently falls back to the host's clock on a negative or missing one.
 */
async function replay({ bench }: TestContext, name: string, boots: readonly Boot[]): Promise<void> {
  const perOperationMs = boots
    .filter(({ arm }) => arm === 'guest')
    .flatMap(({ samples }) => samples.map((s) => s.elapsedNs / s.operations / 1e6))
  let index = 0
  const result = await bench(name, { async: false }, () => ({
    overriddenDuration: perOperationMs[index++] as number,
  })).run({ iterations: perOperationMs.length, time: 0, warmup: false })
  expect(result.latency.samplesCount).toBe(perOperationMs.length)
}
