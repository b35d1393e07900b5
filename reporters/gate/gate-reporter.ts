import { dirname, join } from 'node:path'
import type { Reporter, TestModule, Vitest } from 'vitest/node'
import { EXIT_CODES } from '../../fixtures/analysis/gate.ts'
import type { GateVerdict } from '../../fixtures/analysis/gate-rule.ts'
import { readPlan } from '../../fixtures/gate/plan.ts'
import { oneLine } from '../../fixtures/printable.ts'
import { tell } from '../../fixtures/session/command.ts'
import type { Session } from '../../fixtures/session/session-file.ts'
import { writeIndex } from '../results-index.ts'
import { sessionOfModule } from '../safe-text-reporter.ts'
import { writeGateReport } from './gate-results.ts'

/** After all other reporters, whichever they are: the gate's table, and its verdict as the exit code. */
export class GateReporter implements Reporter {
  #vitest: Vitest | undefined
  #session: Session | undefined
  /** Until the run has come to its end. */
  #verdict: GateVerdict = 'INVALID'
  #isTold = false

  onInit(vitest: Vitest): void {
    this.#vitest = vitest
    // Vitest knows 0 and 1 only, and sets them late; here it can no more.
    process.once('exit', () => {
      if (!this.#isTold) this.#end('nothing was measured')
      process.exitCode = EXIT_CODES[this.#verdict]
    })
  }

  onTestModuleCollected(module: TestModule): void {
    this.#session ??= sessionOfModule(module)
  }

  async onTestRunEnd(
    ...[, , reason]: Parameters<Required<Reporter>['onTestRunEnd']>
  ): Promise<void> {
    const plan = this.#session ? await readPlan(this.#session) : null
    if (this.#session === undefined || plan === null) return this.#end('nothing was measured')
    const written = await writeGateReport(this.#session, plan).catch(tell)
    if (typeof written === 'string') return this.#end(written)
    const { report, text } = written
    this.#vitest?.logger.log(text)
    this.#vitest?.logger.log(`Report: ${oneLine(join(this.#session.directory, 'report.html'))}`)
    const index = await writeIndex(dirname(this.#session.directory)).catch(tell)
    this.#vitest?.logger.log(`All sessions: ${oneLine(index)}`)
    if (reason === 'interrupted') {
      return this.#end('interrupted; GUESTBENCH_RESUME=latest and the same command go on')
    }
    this.#verdict = report.verdict
    this.#end(null)
  }

  #end(why: string | null): void {
    this.#isTold = true
    const code = EXIT_CODES[this.#verdict]
    this.#vitest?.logger.log(`Gate: ${this.#verdict}${why ? ` (${why})` : ''}, exit code ${code}`)
  }
}
