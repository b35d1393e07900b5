/** The Vitest suite that every environment gets: probe or skip, measure each workload, show. */
import {
  afterAll,
  beforeAll,
  describe,
  expect,
  inject,
  type ProvidedContext,
  type TestContext,
  test,
} from 'vitest'
import { compare, environmentsOf, isSameWorkload } from '../fixtures/analysis/compare.ts'
import { historyOf } from '../fixtures/analysis/histories.ts'
import { type MeasuredCell, predictedNs } from '../fixtures/analysis/prediction.ts'
import { measureBlocks, type Proven, spentMs } from '../fixtures/blocks/blocks.ts'
import { budgetInRun, shared, type TimeLimit } from '../fixtures/blocks/budget.ts'
import { deadlineFor, isFeasible, profileFor } from '../fixtures/blocks/feasible.ts'
import { type Bench, measure } from '../fixtures/blocks/measure.ts'
import { proveDurability } from '../fixtures/blocks/prove-durability.ts'
import { withFewerSamples } from '../fixtures/blocks/sample-length.ts'
import { linux } from '../fixtures/environments/linux.ts'
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
  JournalEntry,
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
import { workloadsFor } from './planned-cells.ts'

const words = wordsIn[setting('GUESTBENCH_LANG')]

/** Boots have deadlines of their own; Vitest's is only out of their way (its limit: 2^31 − 1 ms). */
const TIMEOUT_MS = 2 ** 31 - 1

declare module 'vitest' {
  interface TaskMeta {
    /** Id of the environment whose cell a test measures. */
    measures?: string
  }
}

type ProvidedSession = ProvidedContext['session']

/** What is known once the environment was probed. */
interface Probed {
  journal: Journal
  availability: Availability
  /** Why there are no cold reads; null if there are, or none is asked for. */
  tooWarm: string | null
  /** Why there are no small files; likewise. */
  fileless: string | null
  /** Its part of the journal of a session that is resumed. */
  earlier: readonly JournalEntry[]
}

export function environmentSuite(environment: Environment, kind: EnvironmentKind): void {
  const session = inject('session')
  const isAgain = inject('isAgain')
  const { profile, seed } = session
  const workloads = workloadsFor(environment, profile, seed)
  let budget: ReturnType<typeof shared> | undefined
  const measured: MeasuredCell[] = []
  const work = underWay()
  const durabilityOf = durabilityProver(environment, session)
  let journal: Journal
  let probed: Probed

  describe(environment.title, { timeout: TIMEOUT_MS }, () => {
    beforeAll(async () => {
      journal = await openJournal(journalFile(session))
      probed = await probe(environment, kind, session, workloads, journal)
      if (profile.budgetSeconds !== null) {
        const all = budgetInRun(profile.budgetSeconds, isAgain ? 0 : secondsOfRun(session))
        budget = shared(all, workloads.length)
      }
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
      test(workloadName(workload), async (context) => {
        context.task.meta.measures = environment.id
        const available = await whenAvailable(context, environment, probed.availability)
        const expectedNs = predictedNs(workload, measured)
        const asked = fitted(profile, workload, expectedNs)
        if (!isFeasible(available, profile, asked, expectedNs)) {
          await leaveOut(context, environment, journal, asked)
        }
        if (isCold(workload) && probed.tooWarm !== null) await skipAs(context, probed.tooWarm)
        if (isOfFiles(workload) && probed.fileless !== null) await skipAs(context, probed.fileless)
        if (isAgain) await supersede(environment, journal, workload)
        const earlier = isAgain ? [] : probed.earlier
        const limit = budget?.next(spentBefore(earlier, workload)) ?? null
        const plan = planOf(environment, session, { ...probed, earlier }, asked, limit)
        const deadlineSeconds = deadlineFor(profile, asked, expectedNs)
        const bench = { ...benchOf(session, context), deadlineSeconds }
        const boots = await work.follow(
          measureBlocks({ ...plan, bench, proveDurability: () => durabilityOf(bench) }),
        )
        measured.push({ workload: asked, boots })
        if (boots.length === 0) {
          await skipAs(context, 'no block fitted into the time budget: GUESTBENCH_BUDGET')
        }
        await showCell(context, environment, session, workload)
        await replay(context, `${environment.id} ${workloadName(workload)}`, boots)
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
  const fileless = whyFileless(environment, workloads)
  const availability = withCaveats(await probeHere(environment), [tooWarm, fileless])
  requireUnchanged(environmentsOf(earlier)[0], availability)
  const at = new Date().toISOString()
  await journal.append({ type: 'availability', at, environment: id, title, kind, availability })
  return { journal, availability, tooWarm, fileless, earlier }
}

function benchOf({ storage, profile }: ProvidedSession, { signal }: TestContext): Bench {
  const { directory, disk } = storage
  return { directory, disk, deadlineSeconds: profile.bootDeadlineSeconds, signal }
}

/** Proves it once an environment, as it holds for all sizes. */
function durabilityProver(
  environment: Environment,
  { storage, seed }: ProvidedSession,
): (bench: Bench) => Promise<Proven> {
  let proven: Promise<Proven> | undefined
  return (bench) => {
    proven ??= (async () => ({
      control: await proveDurability(linux(storage.directory), bench, seed),
      guest: await proveDurability(environment, bench, seed),
    }))()
    return proven
  }
}

function planOf(
  environment: Environment,
  { storage, profile }: ProvidedSession,
  { journal, availability, earlier }: Probed,
  workload: Workload,
  budget: TimeLimit | null,
) {
  const { id, title } = environment
  const history = historyOf(earlier, { environment: id, title, availability }, workload)
  const control = linux(storage.directory)
  return {
    ...{ environment, control, workload, budget, journal, earlier: history },
    profile: availability.state === 'available' ? profileFor(profile, availability) : profile,
  }
}

/** Of this run, which may be one of several that made the session. */
function secondsOfRun({ startedAt, resumedAt }: ProvidedSession): number {
  return (Date.now() - Date.parse(resumedAt.at(-1) ?? startedAt)) / 1000
}

/** With fewer samples, if the profile leaves open how long they are and its operation takes long here. */
function fitted(
  { sampleNs }: ProvidedSession['profile'],
  workload: Workload,
  expectedNs: number | null,
): Workload {
  return sampleNs === null || expectedNs === null
    ? workload
    : withFewerSamples(workload, expectedNs)
}

/** Skips what this environment would take minutes for here, and says so in the journal. */
async function leaveOut(
  context: TestContext,
  { id }: Environment,
  journal: Journal,
  workload: Workload,
): Promise<void> {
  const at = new Date().toISOString()
  await journal.append({ type: 'stop', at, environment: id, workload, reason: 'too-large' })
  await skipAs(context, 'too large: one boot would take minutes')
}

/** Says in the journal that what follows takes the place of what the cell had. */
async function supersede({ id }: Environment, journal: Journal, workload: Workload): Promise<void> {
  const at = new Date().toISOString()
  await journal.append({ type: 'stop', at, environment: id, workload, reason: 'again' })
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

/** Null where small files are not asked for, or can be had. */
function whyFileless({ blockBytes }: Environment, workloads: readonly Workload[]): string | null {
  if (blockBytes === undefined || !workloads.some(isOfFiles)) return null
  return 'small files are not measured: its guest has a block device, and no file system'
}

function isOfFiles({ operation }: Workload): boolean {
  return operation === 'files'
}

/** What the tables leave empty, they must explain. */
function withCaveats(availability: Availability, found: readonly (string | null)[]): Availability {
  if (availability.state === 'unavailable') return availability
  const caveats = found.filter((caveat) => caveat !== null)
  return { ...availability, caveats: [...availability.caveats, ...caveats] }
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
