/** A gate of a chosen number of blocks, run for what it records and not for its verdict. */
import { readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { PROJECT_DIRECTORY } from '../../fixtures/machine/paths.ts'
import { run } from '../../fixtures/machine/programs.ts'
import { resultsDirectory } from '../../fixtures/session/configuration.ts'
import { latestOf } from '../../fixtures/session/results-files.ts'

/**
 * @param variables what is compared.
 * @returns its session's directory. @throws if it was interrupted, or none has begun.
 */
export async function recordGate(
  variables: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<string> {
  const latest = join(resultsDirectory(), latestOf('gate'))
  const before = await readlink(latest).catch(() => null) // there may be none yet
  await run('vitest', ['bench', '--mode', 'gate'], {
    cancelSignal: signal,
    forceKillAfterDelay: false, // it ends in order
    cwd: PROJECT_DIRECTORY,
    preferLocal: true,
    stdio: 'inherit',
    reject: false,
    env: variables,
  })
  signal.throwIfAborted()
  const after = await readlink(latest).catch(() => null)
  if (after === before || after === null) throw new Error('no gate has begun: see above')
  return join(resultsDirectory(), after)
}
