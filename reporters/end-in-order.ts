import type { Vitest } from 'vitest/node'
import { INTERRUPTED } from '../fixtures/machine/interruption.ts'

/** npm and our own commands pass on at once what the terminal has sent to all of them already. */
const PASSED_ON_MS = 1000

/**
 * Vitest alone would exit at once on Ctrl-C and leave guests, results and teardown undone. Who does
 * not want to wait for these says so again, a moment later.
 */
export function endInOrderWhenInterrupted(vitest: Vitest): void {
  let beganMs: number | undefined
  const end = async () => {
    if (beganMs !== undefined && performance.now() - beganMs > PASSED_ON_MS) {
      process.exit(INTERRUPTED)
    }
    if (beganMs !== undefined) return
    beganMs = performance.now()
    // Whatever else ends this process meanwhile, as Vitest does when all of its own are gone.
    process.prependListener('exit', () => {
      process.exitCode = INTERRUPTED
    })
    await vitest.cancelCurrentRun('keyboard-input')
    await vitest.close()
    process.exit(INTERRUPTED)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.removeAllListeners(signal)
    process.on(signal, end)
  }
}
