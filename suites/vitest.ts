/** How Vitest runs this project: its suites and unit tests, one after the other. */
import { basename, join } from 'node:path'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { parseCLI, type Reporter } from 'vitest/node'
import { allFaces, askedFaces } from '../fixtures/environments/faces.ts'
import { requireLimits } from '../fixtures/machine/limits.ts'
import { slowness } from '../fixtures/machine/slowness.ts'
import { resultsDirectory, storageDirectory } from '../fixtures/session/configuration.ts'
import { isOfBuilds, OF_BUILDS, type Profile, profileOf } from '../fixtures/session/profiles.ts'
import { refuse } from '../fixtures/session/refusal.ts'
import { inResults, makeDirectory } from '../fixtures/session/results-files.ts'
import { GateReporter } from '../reporters/gate/gate-reporter.ts'
import { ProgressReporter, QuietReporter } from '../reporters/progress-reporter.ts'
import { writeReports } from '../reporters/results.ts'
import { SafeTextReporter } from '../reporters/safe-text-reporter.ts'
import { SessionReporter } from '../reporters/session-reporter.ts'
import { writeVersions } from '../reporters/versions/versions-results.ts'
import { plannedCells } from './planned-cells.ts'
import { LAST, StudySequencer } from './sequence.ts'

/** For CI systems that show it; results/ is where everything of a run is. */
const junit: ['junit', { outputFile: string }] = [
  'junit',
  { outputFile: join(resultsDirectory(), 'gate.junit.xml') },
]

/** What takes longer has hung, on the machine to which slowness() compares. */
const HANGS_MS = 300_000

export const vitest = defineConfig(async ({ mode }) => {
  const name = await begin(mode).catch(refuse)
  const unasked = await suitesUnasked().catch(refuse)
  const limitMs = HANGS_MS * slowness()
  return {
    plugins: [between(new SafeTextReporter(), lastReporterOf(name))],
    test: {
      include: ['{docs,suites,reporters,fixtures,native}/**/*.test.ts'],
      benchmark: isOfBuilds(name)
        ? { include: [`suites/${name}.bench.ts`] }
        : {
            include: ['suites/**/*.bench.ts'],
            exclude: [...OF_BUILDS, ...unasked].map((one) => `suites/${one}.bench.ts`),
          },
      globalSetup: ['fixtures/commands/judge-run.ts', 'fixtures/session/session.ts'],
      // Whatever the locale of whoever runs unit tests: goldens are English.
      env: mode === 'test' ? { GUESTBENCH_LANG: 'en' } : {},
      setupFiles: ['fixtures/session/fork-signals.ts'],
      reporters:
        name === 'gate' ? [new QuietReporter(), junit] : [new ProgressReporter(plannedCells)],
      sequence: { sequencer: StudySequencer },
      // One process a file; while it measures, nothing else runs.
      pool: 'forks',
      watch: false,
      testTimeout: limitMs,
      hookTimeout: limitMs,
      expect: { poll: { timeout: limitMs / 10 } },
      teardownTimeout: 60_000,
    },
  }
})

function lastReporterOf(name: Profile['name']): Reporter {
  if (name === 'gate') return new GateReporter()
  return name === 'versions'
    ? new SessionReporter(writeVersions, 'versions.md', [])
    : new SessionReporter(writeReports, 'report.html', LAST)
}

/** `--reporter` takes the place of the config's: what every run needs stands around whatever was chosen. */
function between(first: Reporter, last: Reporter): Plugin {
  return {
    name: 'guestbench',
    configureVitest({ vitest: { config } }) {
      if (config.reporters.includes(first)) return
      config.reporters.unshift(first)
      config.reporters.push(last)
    },
  }
}

/** @returns the name of the profile that the mode chooses. */
async function begin(mode: string): Promise<Profile['name']> {
  requireLimits()
  const { name } = profileOf(mode)
  // Where Vitest writes the gate's JUnit report before anything else.
  const results = resultsDirectory()
  if (name === 'gate') await inResults(results, () => makeDirectory(results))
  return name
}

/** Names of suites whose environments nobody asked for, by a filter of files or by a variable. */
async function suitesUnasked(): Promise<readonly string[]> {
  const asked = await askedFaces(storageDirectory(), filters().map(suiteOf))
  const names = asked.map(({ name }) => name)
  return (await allFaces()).map(({ name }) => name).filter((name) => !names.includes(name))
}

function suiteOf(filter: string): string {
  return basename(filter).replace(/\.bench\.ts$/, '')
}

/** The files that the command line names. Not of a Vitest that another program has started. */
function filters(): readonly string[] {
  const [, program = '', ...words] = process.argv
  return /\bvitest(\.mjs)?$/.test(program)
    ? parseCLI(['vitest', ...words], { allowUnknownOptions: true }).filter
    : []
}
