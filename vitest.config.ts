import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { profileOf } from './fixtures/profiles.ts'
import { StudySequencer } from './fixtures/sequence.ts'
import { GateReporter } from './reporters/gate/gate-reporter.ts'
import { GuestbenchReporter } from './reporters/guestbench-reporter.ts'

/** For CI systems that show it; results/ is where everything of a run is. */
const junit: ['junit', { outputFile: string }] = [
  'junit',
  { outputFile: join(process.env.GUESTBENCH_RESULTS || 'results', 'gate.junit.xml') },
]

const pinnedNode = join(import.meta.dirname, 'node_modules/.bin/node')

// npx and npm scripts find the pinned Node by themselves; a direct call may not.
if (Number(process.versions.node.split('.')[0]) < 22 && existsSync(pinnedNode)) {
  const { status } = spawnSync(pinnedNode, process.argv.slice(1), { stdio: 'inherit' })
  process.exit(status ?? 1)
}

export default defineConfig(({ mode }) => {
  const isGate = profileOf(mode).name === 'gate'
  return {
    test: {
      include: ['{fixtures,reporters,native}/**/*.test.ts'],
      benchmark: isGate
        ? { include: ['suites/gate.bench.ts'] }
        : { include: ['suites/**/*.bench.ts'], exclude: ['suites/gate.bench.ts'] },
      globalSetup: ['fixtures/session.ts'],
      setupFiles: ['fixtures/interrupt.ts'],
      reporters: isGate ? [new GateReporter(), junit] : [new GuestbenchReporter()],
      sequence: { sequencer: StudySequencer },
      // One process a file; while it measures, nothing else runs.
      pool: 'forks',
      watch: false,
      teardownTimeout: 60_000,
    },
  }
})
