import type { UserConsoleLog } from 'vitest'
import { DefaultReporter, type TestModule, type Vitest } from 'vitest/node'
import { EXIT_CODES } from '../../fixtures/analysis/gate.ts'
import type { GateVerdict } from '../../fixtures/analysis/gate-rule.ts'
import { readPlan } from '../../fixtures/gate/plan.ts'
import { oneLine } from '../../fixtures/printable.ts'
import { tell } from '../../fixtures/session/command.ts'
import type { Session } from '../../fixtures/session/session-file.ts'
import { endInOrderWhenInterrupted, sessionOf } from '../guestbench-reporter.ts'
import { disarm, makePrintable, plain } from '../quoted-text.ts'
import { writeGateReport } from './results.ts'

/** Vitest's default reporter, with the gate's table, and its verdict as the exit code. */
export class GateReporter extends DefaultReporter {
  #session: Session | undefined
  /** Until the run has come to its end. */
  #verdict: GateVerdict = 'INVALID'
  #isTold = false

  override onInit(vitest: Vitest): void {
    super.onInit(vitest)
    endInOrderWhenInterrupted(vitest)
    // Vitest knows 0 and 1 only, and sets them late; here it can no more.
    process.once('exit', () => {
      if (!this.#isTold) this.#end('nothing was measured')
      process.exitCode = EXIT_CODES[this.#verdict]
    })
  }

  override onTestModuleCollected(module: TestModule): void {
    super.onTestModuleCollected(module)
    this.#session ??= sessionOf(module)
  }

  override onUserConsoleLog(log: UserConsoleLog): void {
    super.onUserConsoleLog({ ...log, content: plain(log.content) })
  }

  override onTestModuleEnd(module: TestModule): void {
    makePrintable(module)
    super.onTestModuleEnd(module)
  }

  override async onTestRunEnd(...args: Parameters<DefaultReporter['onTestRunEnd']>): Promise<void> {
    const [, unhandledErrors, reason] = args
    for (const error of unhandledErrors) disarm(error)
    super.onTestRunEnd(...args)
    const plan = this.#session ? await readPlan(this.#session) : null
    if (this.#session === undefined || plan === null) return this.#end('nothing was measured')
    const written = await writeGateReport(this.#session, plan).catch(tell)
    if (typeof written === 'string') return this.#end(written)
    const { report, text } = written
    this.ctx.logger.log(text)
    this.ctx.logger.log(`Results: ${oneLine(this.#session.directory)}`)
    if (reason === 'interrupted') {
      return this.#end('interrupted; GUESTBENCH_RESUME=latest and the same command go on')
    }
    this.#verdict = report.verdict
    this.#end(null)
  }

  #end(why: string | null): void {
    this.#isTold = true
    const code = EXIT_CODES[this.#verdict]
    this.ctx.logger.log(`Gate: ${this.#verdict}${why ? ` (${why})` : ''}, exit code ${code}`)
  }

  protected override printBenchmarkTable(): void {}
}
