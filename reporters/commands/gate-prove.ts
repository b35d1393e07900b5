/**
 * `npm run gate:prove`: how often a gate's verdict is wrong, and how often right. Gates that are run
 * (--run), beside the rules of others on the same boots; or drawn anew from blocks that are recorded
 * for it (--record), or were.
 */
import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { linux } from '../../fixtures/environments/linux.ts'
import { baseTwice, endSides, readBuilds } from '../../fixtures/gate/builds.ts'
import { readCalibration } from '../../fixtures/gate/calibration.ts'
import {
  runTrials,
  type Trial,
  type TrialCounts,
  type TrialSetup,
} from '../../fixtures/gate/gate-trials.ts'
import { planGate, seededWorkloads } from '../../fixtures/gate/plan.ts'
import { describeMachine, lastProcessor } from '../../fixtures/machine/host.ts'
import { INTERRUPTED, interruption } from '../../fixtures/machine/interruption.ts'
import type { Storage } from '../../fixtures/machine/storage.ts'
import { holdStorage } from '../../fixtures/machine/storage-lock.ts'
import { oneLine } from '../../fixtures/printable.ts'
import { command } from '../../fixtures/session/command.ts'
import {
  integerOption,
  readConfiguration,
  resultsDirectory,
} from '../../fixtures/session/configuration.ts'
import { inResults, latestOf, makeDirectory } from '../../fixtures/session/results-files.ts'
import { setting } from '../../fixtures/session/settings.ts'
import { listOf, named, unexpected } from '../../fixtures/session/values.ts'
import { ratesTable } from '../gate/rates.ts'
import { recordGate } from '../gate/recorded-gate.ts'
import { redrawnTables } from '../gate/redrawn.ts'

const HELP = `npm run gate:prove -- --run N [--delayed N] [--effects 3,5,10,25] [--head N]
npm run gate:prove -- --record BLOCKS [--gates N] [--effects 3,5,10,25]
npm run gate:prove -- [SESSION] [--gates N] [--effects 3,5,10,25]

  --run N      gates of BASE against itself, each with boots of its own
  --delayed N  gates whose HEAD is delayed, for each effect (default a third of N)
  --effects …  delays in percent of an operation (default 3,5,10,25)
  --head N     gates of HEAD against BASE (default 0)
  --record N   records N blocks of each metric of BASE against itself, and of HEAD against BASE if
               there is a HEAD, and draws gates from them
  SESSION      draws them from the blocks of a gate that was recorded (default results/latest-gate)
  --gates N    so many for each line (default 1000)

What is run: SOLO5_BASE or GUESTBENCH_BASE (with --head or --record its HEAD, too), and the variables of
a gate (docs/gate.md).`

const GATES = 1000

const OPTIONS = {
  run: { type: 'string' },
  delayed: { type: 'string' },
  effects: { type: 'string', default: '3,5,10,25' },
  head: { type: 'string' },
  record: { type: 'string' },
  gates: { type: 'string' },
} as const

const called = { name: 'gate:prove', help: HELP, options: OPTIONS, operands: [0, 1] } as const
await command(called, async ({ values, operands }) => {
  const { run, delayed, head, record, gates } = values
  const effects = named('--effects', () => listOf(percent)(values.effects))
  if (run === undefined) {
    const blocks = integerOption({ record }, 'record', 14, 10_000)
    const directories =
      blocks === undefined
        ? [operands[0] ?? join(resultsDirectory(), latestOf('gate'))]
        : await recorded(blocks, interruption())
    const count = integerOption({ gates }, 'gates', 1, 1_000_000) ?? GATES
    const { budgetSeconds, workloads } = readConfiguration('gate').profile
    const operations = workloads.map(({ operation }) => operation)
    const options = { gates: count, effects, budgetSeconds: budgetSeconds ?? 0, operations }
    for (const directory of directories) {
      console.log(await redrawnTables(directory, options))
    }
    return
  }
  const same = integerOption({ run }, 'run', 1, 10_000) as number
  const runs = {
    same,
    delayed: integerOption({ delayed }, 'delayed', 0, same) ?? Math.ceil(same / 3),
    head: integerOption({ head }, 'head', 0, 10_000) ?? 0,
    effects,
  }
  await printRun(runs, interruption())
})

function percent(given: string): number {
  const value = /^\d{1,4}(\.\d{1,4})?$/.test(given) ? Number(given) : 0
  if (value > 0 && value <= 1000) return value / 100
  throw unexpected('percents of at most 1000', given)
}

/** @returns the sessions: of BASE against itself, and of HEAD against BASE if there is a HEAD. */
async function recorded(blocks: number, signal: AbortSignal): Promise<readonly string[]> {
  const variables = { GUESTBENCH_BLOCKS: `${blocks}` }
  const same = await recordGate({ ...variables, ...baseTwice() }, signal)
  const head = setting('SOLO5_HEAD') ?? setting('GUESTBENCH_HEAD')
  return head === undefined ? [same] : [same, await recordGate(variables, signal)]
}

/** What was run until Ctrl-C counts, too. */
async function printRun(runs: TrialCounts, signal: AbortSignal): Promise<void> {
  const { storageDirectory, resultsDirectory } = readConfiguration('gate')
  await using held = await holdStorage(storageDirectory)
  const setup = await prepare(held.storage, signal, runs.head > 0)
  await using stack = new AsyncDisposableStack()
  stack.defer(() => endSides(setup.against.flatMap(({ base, head }) => [base, head])))
  await inResults(resultsDirectory, () => makeDirectory(resultsDirectory))
  const file = join(resultsDirectory, `gate-proof-${new Date().toISOString().slice(0, 19)}.jsonl`)
  const trials: Trial[] = []
  try {
    for await (const trial of runTrials(setup, runs)) {
      trials.push(trial)
      await inResults(file, () => appendFile(file, `${JSON.stringify(trial)}\n`))
      const { effect, seconds, report } = trial
      const what = effect === null ? 'HEAD' : `+${effect * 100} %`
      process.stderr.write(`${what} ${report.verdict} ${seconds.toFixed(1)} s\n`)
    }
  } catch (error) {
    if (!signal.aborted) throw error
    process.exitCode = INTERRUPTED
  }
  const { base, looks, margins } = setup.plan
  console.log(
    `\n${oneLine(base)} against itself, looks at ${looks.join(', ')} blocks, ${JSON.stringify(margins)}\n`,
  )
  if (trials.length > 0) console.log(ratesTable(trials))
  console.log(`\nEach gate's report: ${oneLine(file)}`)
}

async function prepare(
  storage: Storage,
  signal: AbortSignal,
  withHead: boolean,
): Promise<TrialSetup> {
  const { directory, disk } = storage
  const { base, contests: against } = readBuilds(directory, {
    ...process.env,
    ...(!withHead && baseTwice()),
  })
  const contests = against.map((contest) => ({ ...contest, head: contest.base }))
  for (const { base, head } of against) for (const side of [base, head]) await side.prepare()
  const { profile, seed } = readConfiguration('gate')
  const workloads = seededWorkloads({ profile, seed })
  const machine = await describeMachine()
  const isUncalibrated = setting('GUESTBENCH_UNCALIBRATED')
  const calibration = isUncalibrated ? null : await readCalibration({ machine, storage })
  const { bootDeadlineSeconds: deadlineSeconds } = profile
  return {
    contests,
    against,
    reference: linux(directory),
    workloads,
    budgetSeconds: profile.budgetSeconds ?? 0,
    plan: planGate({ base, head: base }, contests, workloads, calibration),
    bench: {
      directory,
      disk,
      deadlineSeconds,
      signal,
      processor: await lastProcessor(),
    },
  }
}
