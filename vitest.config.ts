import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { profileOf } from './fixtures/profiles.ts'
import { StudySequencer } from './fixtures/sequence.ts'
import { GuestbenchReporter } from './reporters/guestbench-reporter.ts'

const pinnedNode = join(import.meta.dirname, 'node_modules/.bin/node')

// npx and npm scripts find the pinned Node by themselves; a direct call may not.
if (Number(process.versions.node.split('.')[0]) < 22 && existsSync(pinnedNode)) {
  const { status } = spawnSync(pinnedNode, process.argv.slice(1), { stdio: 'inherit' })
  process.exit(status ?? 1)
}

export default defineConfig(({ mode }) => {
  profileOf(mode)
  return {
    test: {
      include: ['{fixtures,reporters,native}/**/*.test.ts'],
      benchmark: { include: ['suites/**/*.bench.ts'] },
      globalSetup: ['fixtures/session.ts'],
      setupFiles: ['fixtures/interrupt.ts'],
      reporters: [new GuestbenchReporter()],
      sequence: { sequencer: StudySequencer },
      // One process a file; while it measures, nothing else runs.
      pool: 'forks',
      watch: false,
      teardownTimeout: 60_000,
    },
  }
})
