import {
  DefaultReporter,
  type TestCase,
  type TestModule,
  type TestSpecification,
} from 'vitest/node'
import type { Session } from '../fixtures/session/session-file.ts'
import { type CellToMeasure, type Follower, followJournal } from './progress.ts'
import { sessionOfModule } from './safe-text-reporter.ts'
import { wrap } from './terminal/text-layout.ts'

/** Vitest's default reporter without its benchmark tables, which are not what the study compares. */
export class QuietReporter extends DefaultReporter {
  /** Milliseconds with four decimals and means of pooled samples. */
  protected override printBenchmarkTable(): void {}
}

/** What Vitest's live window on a terminal is made of; its types do not tell. */
interface LiveWindow {
  createSummary(): string[]
}

/** @returns the cells that these suites are to measure. */
type Plan = (session: Session, files: readonly string[]) => Promise<readonly CellToMeasure[]>

/**
 * The same, and how far a session is: a line for each environment and cell as it is done, and on a
 * terminal one that is live, in the place of Vitest's own tree, which would say it again.
 */
export class ProgressReporter extends QuietReporter {
  readonly #plan: Plan
  #files: readonly string[] = []
  #isFollowing = false
  #follower: Follower | undefined

  constructor(plan: Plan) {
    super()
    this.#plan = plan
  }

  override onTestRunStart(specifications: readonly TestSpecification[]): void {
    this.#files = specifications.map(({ moduleId }) => moduleId)
    super.onTestRunStart(specifications)
  }

  override async onTestModuleCollected(module: TestModule): Promise<void> {
    super.onTestModuleCollected(module)
    const session = sessionOfModule(module)
    if (session === undefined || this.#isFollowing) return
    this.#isFollowing = true
    const { summary: window } = this as unknown as { summary?: LiveWindow }
    const print = (line: string) => this.ctx.logger.log(line)
    const planned = await this.#plan(session, this.#files)
    const follower = followJournal(session, planned, window !== undefined, print)
    this.#follower = follower
    if (window === undefined) return
    const columns = () => Math.max(20, process.stdout.columns || 80)
    window.createSummary = () => ['', wrap(follower.line(), columns())[0] ?? '']
  }

  /** What passed has its line already, and what was skipped is told by the tables. */
  protected override printTestModule(module: TestModule): void {
    if (sessionOfModule(module) === undefined || module.state() === 'failed') {
      super.printTestModule(module)
    }
  }

  protected override printTestCase(state: ReturnType<TestModule['state']>, test: TestCase): void {
    if (sessionOfModule(test.module) === undefined || test.result().state === 'failed') {
      super.printTestCase(state, test)
    }
  }

  override onTestRunEnd(...args: Parameters<DefaultReporter['onTestRunEnd']>): void {
    this.#follower?.end()
    this.#follower = undefined
    this.#isFollowing = false
    super.onTestRunEnd(...args)
  }
}
