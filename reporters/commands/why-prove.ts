/** `npm run why:prove`: whether the model of `--mode why` is right, by runs of it or by recorded ones. */
import { join, resolve } from 'node:path'
import { type ProofStep, proofOf } from '../../fixtures/analysis/ledger-proof.ts'
import { interruption } from '../../fixtures/machine/interruption.ts'
import { PROJECT_DIRECTORY } from '../../fixtures/machine/paths.ts'
import { run } from '../../fixtures/machine/programs.ts'
import { command } from '../../fixtures/session/command.ts'
import { integerOption, resultsDirectory } from '../../fixtures/session/configuration.ts'
import { readJournal } from '../../fixtures/session/journal.ts'
import { journalFile, sessionsIn } from '../../fixtures/session/session-file.ts'

const HELP = `npm run why:prove [-- [--runs N] [--suites NAME,…]]
npm run why:prove -- --from DIRECTORY

  --runs N          runs of \`npx vitest bench --mode why\` (default 5); each takes minutes
  --suites NAME,…   only these environments' suites, e.g. docker,solo5,hvt
  --from DIRECTORY  results of earlier runs, instead of new ones

Exits with 1 if something is not shown (docs/why.md).`

const RUNS = 5

const options = {
  runs: { type: 'string' },
  suites: { type: 'string', default: '' },
  from: { type: 'string' },
} as const

const called = { name: 'why:prove', help: HELP, options } as const
await command(called, async ({ values }) => {
  const { runs, suites, from } = values
  const results =
    from === undefined
      ? await measured(integerOption({ runs }, 'runs', 1, 1000) ?? RUNS, suites)
      : resolve(from)
  const { sessions, faults } = await sessionsIn(results)
  for (const fault of faults) console.error(fault)
  const own = sessions.filter(({ profile }) => profile.name === 'why')
  if (own.length === 0) throw new Error(`${results}: expected sessions of --mode why, found none`)
  const steps = proofOf(own.map((session) => readJournal(journalFile(session))))
  console.log(`Of ${own.length} sessions in ${results}:\n${steps.map(lineOf).join('\n')}`)
  if (steps.some(({ holds }) => !holds)) process.exitCode = 1
})

function lineOf({ claim, holds, seen }: ProofStep): string {
  return `${holds ? 'shown    ' : 'NOT shown'}  ${claim}: ${seen}`
}

/** @returns where the sessions are. @throws if it was interrupted. */
async function measured(runs: number, suites: string): Promise<string> {
  const signal = interruption()
  const started = new Date().toISOString().slice(0, 19).replaceAll(':', '-')
  const results = join(resultsDirectory(), `why-proof-${started}`)
  for (let index = 0; index < runs; index++) {
    await run('vitest', ['bench', '--mode', 'why', ...suites.split(',').filter(Boolean)], {
      cancelSignal: signal,
      forceKillAfterDelay: false, // it ends in order
      cwd: PROJECT_DIRECTORY,
      preferLocal: true,
      stdio: 'inherit',
      reject: false,
      env: { GUESTBENCH_RESULTS: results },
    })
    signal.throwIfAborted()
  }
  return results
}
