/** The Vitest suite that every environment gets: probe or skip, measure each workload, show. */
import { afterAll, beforeAll, describe, expect, inject, type TestContext, test } from 'vitest'
import { compare, environmentsOf } from '../fixtures/analysis/compare.ts'
import type { CellOutcome } from '../fixtures/blocks/blocks.ts'
import { measure } from '../fixtures/blocks/measure.ts'
import { blockObstacle, fileObstacle, memoryObstacle } from '../fixtures/blocks/obstacles.ts'
import { probeHere } from '../fixtures/environments/probe-here.ts'
import { exerciseOf } from '../fixtures/guest/exercise.ts'
import { wordsOf, workloadName } from '../fixtures/guest/workloads.ts'
import { coldObstacleOf, type Storage } from '../fixtures/machine/storage.ts'
import type {
  Availability,
  Available,
  Boot,
  Environment,
  EnvironmentKind,
  Workload,
} from '../fixtures/model.ts'
import { oneLine } from '../fixtures/printable.ts'
import { type Journal, openJournal, readJournal } from '../fixtures/session/journal.ts'
import { requireUnchanged } from '../fixtures/session/resume.ts'
import { journalFile } from '../fixtures/session/session-file.ts'
import { setting } from '../fixtures/session/settings.ts'
import { underWay } from '../fixtures/session/under-way.ts'
import { wordsIn } from '../fixtures/words/words.ts'
import { comparisonSvg } from '../reporters/html/svg.ts'
import { cellFigures } from '../reporters/view/cell-figures.ts'
import { standingOf } from '../reporters/view/size-tables.ts'
import {
  benchOf,
  isCold,
  measureAll,
  obstacleOf,
  type Probed,
  type ProvidedSession,
} from './environment-cells.ts'
import { misfitsFor, workloadsFor } from './planned-cells.ts'

const words = wordsIn[setting('GUESTBENCH_LANG')]

/** Boots have deadlines of their own; Vitest's is only out of their way (its limit: 2^31 − 1 ms). */
const TIMEOUT_MS = 2 ** 31 - 1

declare module 'vitest' {
  interface TaskMeta {
    /** Id of the environment whose cell a test measures. */
    measures?: string
  }
}

export function environmentSuite(environment: Environment, kind: EnvironmentKind): void {
  const session = inject('session')
  const { profile, seed } = session
  const workloads = workloadsFor(environment, profile, seed)
  const misfits = misfitsFor(environment, profile, seed)
  // Of what is only a variant of another, nothing is asked in `--mode why`.
  if (profile.name === 'why' && workloads.length === 0) return
  const work = underWay()
  let journal: Journal
  let probed: Probed
  let measuring: ReturnType<typeof measureAll> | undefined

  describe(environment.title, { timeout: TIMEOUT_MS }, () => {
    beforeAll(async () => {
      journal = await openJournal(journalFile(session))
      probed = await probe(environment, kind, session, [...workloads, ...misfits], journal)
    }, TIMEOUT_MS)

    afterAll(async () => {
      await work.ended()
      await environment[Symbol.asyncDispose]?.()
      await journal.close()
    }, TIMEOUT_MS)

    test('refuses a word that it does not know', async (context) => {
      await whenAvailable(context, environment, probed.availability)
      const [workload] = workloads as [Workload]
      const words = [...wordsOf(workload), 'colour=blue']
      const refused = work.follow(measure(environment, workload, benchOf(session, context), words))
      await expect(refused).rejects.toMatchObject({ code: 'unknown-key' })
    })

    test('keeps what it is given', async (context) => {
      await whenAvailable(context, environment, probed.availability)
      const exercise = exerciseOf(environment, seed)
      await work.follow(measure(environment, exercise, benchOf(session, context)))
    })

    for (const workload of workloads) {
      const name = workloadName(workload)
      test(name, { meta: { measures: environment.id } }, async (context) => {
        await whenAvailable(context, environment, probed.availability)
        const obstacle = obstacleOf(workload, probed)
        if (obstacle !== null) await skipAs(context, obstacle)
        // The first to come measures all that were asked for, in rounds.
        measuring ??= measureAll(environment, session, probed, workloads, context)
        const boots = await bootsOf((await work.follow(measuring)).get(name), context)
        await showCell(context, environment, session, workload)
        await replay(context, `${environment.id} ${name}`, boots)
      })
    }

    for (const misfit of misfits) {
      test(workloadName(misfit), async (context) => {
        await whenAvailable(context, environment, probed.availability)
        await skipAs(context, obstacleOf(misfit, probed) ?? 'it cannot make such requests')
      })
    }

    test('comparison with native Linux', async ({ annotate, skip }) => {
      const comparison = compare(session.id, readJournal(journalFile(session)), { words })
      await annotate(words.charts.compared(environment.title), 'comparison', {
        body: `${comparisonSvg(comparison, environment.id, words)}`,
        bodyEncoding: 'utf-8',
        contentType: 'image/svg+xml',
      })
      skip(probed.availability.state === 'unavailable', noteOf(probed.availability))
    })
  })
}

/** With a line in the journal of what was found. */
async function probe(
  environment: Environment,
  kind: EnvironmentKind,
  session: ProvidedSession,
  workloads: readonly Workload[],
  journal: Journal,
): Promise<Probed> {
  const { id, title } = environment
  const earlier = readJournal(journalFile(session)).filter((entry) => entry.environment === id)
  const tooWarm = await whyTooWarm(environment, session.storage, workloads)
  const found = await probeHere(environment)
  const obstacles = obstaclesIn(environment, found, workloads, tooWarm)
  const availability = withCaveats(found, [...new Set(obstacles.values())])
  requireUnchanged(environmentsOf(earlier)[0], availability)
  const at = new Date().toISOString()
  await journal.append({ type: 'availability', at, environment: id, title, kind, availability })
  return { journal, availability, obstacles, earlier }
}

/** @throws what failed. */
async function bootsOf(
  outcome: CellOutcome | undefined,
  context: TestContext,
): Promise<readonly Boot[]> {
  switch (outcome?.state) {
    case 'measured': {
      if (outcome.boots.length > 0) return outcome.boots
      return await skipAs(context, 'no block fitted into the time budget: GUESTBENCH_BUDGET')
    }
    case 'too large':
      return await skipAs(context, 'too large: one boot would take minutes')
    case 'failed':
      throw outcome.error
    case undefined:
      throw new Error('it was not measured with the others')
  }
}

/** Vitest's UI tells why only of what is an annotation. */
async function skipAs({ annotate, skip }: TestContext, why: string): Promise<never> {
  await annotate(oneLine(why), 'skipped')
  return skip(oneLine(why))
}

/** A cell's figures, its verdict and a small chart, on its own test. */
async function showCell(
  { annotate }: TestContext,
  environment: Environment,
  session: ProvidedSession,
  asked: Workload,
): Promise<void> {
  const entries = readJournal(journalFile(session))
  const figures = cellFigures(session.id, entries, environment.id, asked)
  if (figures === null) return
  await annotate(`${figures.text}: ${standingOf(figures.cell, words)}`, 'measured', {
    body: `${comparisonSvg(figures.comparison, environment.id, words)}`,
    bodyEncoding: 'utf-8',
    contentType: 'image/svg+xml',
  })
}

/** Skips with reason and remedy; fails instead for an environment that the user demands. */
async function whenAvailable(
  context: TestContext,
  { id }: Environment,
  availability: Availability,
): Promise<Available> {
  if (availability.state === 'available') return availability
  if (setting('GUESTBENCH_REQUIRE')?.includes(id)) {
    throw new Error(`${id} is required (GUESTBENCH_REQUIRE), but ${noteOf(availability)}`)
  }
  return await skipAs(context, noteOf(availability))
}

function noteOf(availability: Availability): string {
  if (availability.state === 'available') return oneLine(availability.detail)
  return oneLine(`${availability.reason}; remedy: ${availability.remedy}`)
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

/** By the workloads' names. */
function obstaclesIn(
  environment: Environment,
  availability: Availability,
  workloads: readonly Workload[],
  tooWarm: string | null,
): ReadonlyMap<string, string> {
  if (availability.state === 'unavailable') return new Map()
  return new Map(
    workloads.flatMap((workload) => {
      const obstacle =
        blockObstacle(environment, workload) ??
        fileObstacle(environment, workload) ??
        memoryObstacle(availability, workload) ??
        (isCold(workload) ? tooWarm : null)
      return obstacle === null ? [] : [[workloadName(workload), obstacle] as const]
    }),
  )
}

/** What the tables leave empty, they must explain. */
function withCaveats(availability: Availability, found: readonly string[]): Availability {
  if (availability.state === 'unavailable') return availability
  return { ...availability, caveats: [...availability.caveats, ...found] }
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
