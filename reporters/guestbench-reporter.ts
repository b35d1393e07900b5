import type { UserConsoleLog } from 'vitest'
import { DefaultReporter, type TestModule, type Vitest } from 'vitest/node'
import { oneLine } from '../fixtures/printable.ts'
import { tell } from '../fixtures/session/command.ts'
import type { Session } from '../fixtures/session/session-file.ts'
import { setting } from '../fixtures/session/settings.ts'
import { followJournal } from './progress.ts'
import { disarm, makePrintable, plain } from './quoted-text.ts'
import { unmeasured } from './required.ts'
import { writeReports } from './results.ts'

/** Vitest's default reporter, with the study's tables in the place of the benchmark ones. */
export class GuestbenchReporter extends DefaultReporter {
  #following: { session: Session; stop(): void } | undefined

  override onInit(vitest: Vitest): void {
    super.onInit(vitest)
    endInOrderWhenInterrupted(vitest)
  }

  override onTestModuleCollected(module: TestModule): void {
    super.onTestModuleCollected(module)
    const session = sessionOf(module)
    if (session === undefined || this.#following !== undefined) return
    const stop = followJournal(session, (line) => this.ctx.logger.log(line))
    this.#following = { session, stop }
  }

  override onUserConsoleLog(log: UserConsoleLog): void {
    super.onUserConsoleLog(this.#following ? { ...log, content: plain(log.content) } : log)
  }

  override async onTestModuleEnd(module: TestModule): Promise<void> {
    const session = sessionOf(module)
    if (session !== undefined) makePrintable(module)
    super.onTestModuleEnd(module)
    if (session !== undefined) await this.#write(session)
  }

  /** What cannot be written fails the run; `npm run report` writes it later. */
  async #write(session: Session): Promise<string> {
    try {
      return await writeReports(session)
    } catch (error) {
      process.exitCode = 1
      return `Failed: ${tell(error)}`
    }
  }

  override async onTestRunEnd(...args: Parameters<DefaultReporter['onTestRunEnd']>): Promise<void> {
    this.#following?.stop()
    const [, unhandledErrors] = args
    for (const error of unhandledErrors) disarm(error)
    super.onTestRunEnd(...args)
    const session = this.#following?.session
    this.#following = undefined
    if (session === undefined) return
    this.ctx.logger.log(await this.#write(session))
    this.ctx.logger.log(`Results: ${oneLine(session.directory)}`)
    const [modules, , reason] = args
    if (reason !== 'interrupted') this.#requireMeasured(modules)
  }

  #requireMeasured(modules: readonly TestModule[]): void {
    const missing = unmeasured(setting('GUESTBENCH_REQUIRE') ?? [], modules)
    if (missing.length === 0) return
    process.exitCode = 1
    this.ctx.logger.error(
      `Failed: GUESTBENCH_REQUIRE demands ${missing.join(', ')}, of which this run measured ` +
        'nothing: see why it was skipped, or run its suite, too',
    )
  }

  /** Milliseconds with four decimals and means of pooled samples: not what the study compares. */
  protected override printBenchmarkTable(): void {}
}

export function sessionOf(module: TestModule): Session | undefined {
  return module.project.getProvidedContext().session as Session | undefined
}

/** npm and our own commands pass on at once what the terminal has sent to all of them already. */
const PASSED_ON_MS = 1000

/**
 * Vitest alone would exit at once on Ctrl-C and leave guests, results and teardown undone. Who does
 * not want to wait for these says so again, a moment later.
 */
export function endInOrderWhenInterrupted(vitest: Vitest): void {
  let beganMs: number | undefined
  const end = async () => {
    if (beganMs !== undefined && performance.now() - beganMs > PASSED_ON_MS) process.exit(130)
    if (beganMs !== undefined) return
    beganMs = performance.now()
    // Whatever else ends this process meanwhile, as Vitest does when all of its own are gone.
    process.on('exit', () => {
      process.exitCode = 130
    })
    await vitest.cancelCurrentRun('keyboard-input')
    await vitest.close()
    process.exit(130)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.removeAllListeners(signal)
    process.on(signal, end)
  }
}
