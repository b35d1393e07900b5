import { basename } from 'node:path'
import { DefaultReporter, type TestModule, type TestSpecification } from 'vitest/node'
import { followJournal } from './progress.ts'
import { sessionOfModule } from './safe-text-reporter.ts'

/** Vitest's default reporter without its benchmark tables, which are not what the study compares. */
export class QuietReporter extends DefaultReporter {
  /** Milliseconds with four decimals and means of pooled samples. */
  protected override printBenchmarkTable(): void {}
}

/** The same, with a line for each environment and cell as it is done. */
export class ProgressReporter extends QuietReporter {
  readonly #plan: (suites: readonly string[]) => Promise<readonly string[]>
  #suites: readonly string[] = []
  #following: Promise<() => void> | undefined

  /** @param plan ids of the environments of suites, which it names as their files are. */
  constructor(plan: (suites: readonly string[]) => Promise<readonly string[]>) {
    super()
    this.#plan = plan
  }

  override onTestRunStart(specifications: readonly TestSpecification[]): void {
    super.onTestRunStart(specifications)
    this.#suites = specifications.map(({ moduleId }) => basename(moduleId).split('.')[0] as string)
  }

  override onTestModuleCollected(module: TestModule): void {
    super.onTestModuleCollected(module)
    const session = sessionOfModule(module)
    if (session === undefined) return
    this.#following ??= this.#plan(this.#suites).then((planned) =>
      followJournal(session, planned, (line) => this.ctx.logger.log(line)),
    )
  }

  override async onTestRunEnd(...args: Parameters<DefaultReporter['onTestRunEnd']>): Promise<void> {
    const stopFollowing = await this.#following
    stopFollowing?.()
    this.#following = undefined
    super.onTestRunEnd(...args)
  }
}
