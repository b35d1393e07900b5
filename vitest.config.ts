/**
 * Before anything of ours is loaded: npx and npm scripts find the pinned Node by themselves, a direct
 * call may be by one that cannot run this.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const LEAST_NODE = 24
const pinned = join(import.meta.dirname, 'node_modules/.bin/node')

if (Number.parseInt(process.versions.node, 10) < LEAST_NODE && existsSync(pinned)) {
  const child = spawn(pinned, process.argv.slice(1), { stdio: 'inherit' })
  process.on('SIGINT', () => {}) // of a terminal it gets its own
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  const [status] = await once(child, 'exit')
  process.exit(status ?? 1)
}

// By a path that Vite does not see: it would put all imports before the lines above.
const file = join(import.meta.dirname, 'suites/vitest.ts')
export default ((await import(file)) as typeof import('./suites/vitest.ts')).vitest
