import { DefaultReporter, type TestModule } from 'vitest/node'
import { followJournal } from './progress.ts'
import { sessionOfModule } from './safe-text-reporter.ts'

/** Vitest's default reporter without its benchmark tables, which are not what the study compares. */
export class QuietReporter extends DefaultReporter {
  /** Milliseconds with four decimals and means of pooled samples. */
  protected override printBenchmarkTable(): void {}
}

/** The same, with a line for each environment and cell as it is done. */
export class ProgressReporter extends QuietReporter {
  #stopFollowing: (() => void) | undefined

  override onTestModuleCollected(module: TestModule): void {
    super.onTestModuleCollected(module)
    const session = sessionOfModule(module)
    if (session === undefined || this.#stopFollowing !== undefined) return
    this.#stopFollowing = followJournal(session, (line) => this.ctx.logger.log(line))
  }

  override onTestRunEnd(...args: Parameters<DefaultReporter['onTestRunEnd']>): void {
    this.#stopFollowing?.()
    this.#stopFollowing = undefined
    super.onTestRunEnd(...args)
  }
}
