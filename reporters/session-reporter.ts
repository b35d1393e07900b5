import { basename, dirname, join } from 'node:path'
import type { Reporter, TestModule, TestSpecification, Vitest } from 'vitest/node'
import { oneLine } from '../fixtures/printable.ts'
import { tell } from '../fixtures/session/command.ts'
import { readJournal } from '../fixtures/session/journal.ts'
import { isOfBuilds } from '../fixtures/session/profiles.ts'
import { completeSession } from '../fixtures/session/session.ts'
import { journalFile, type Session } from '../fixtures/session/session-file.ts'
import { setting } from '../fixtures/session/settings.ts'
import { type Words, wordsIn } from '../fixtures/words/words.ts'
import { unmeasured } from './required.ts'
import { writeIndex } from './results-index.ts'
import { sessionOfModule } from './safe-text-reporter.ts'
import { isWhole } from './whole-run.ts'

/** After all other reporters, whichever they are: a session's tables, on the screen and in files. */
export class SessionReporter implements Reporter {
  #vitest: Vitest | undefined
  #session: Session | undefined
  /** Tests that somebody asks for again say nothing of the others. */
  #isAgain = false
  readonly #render: (session: Session) => Promise<string>
  readonly #page: string
  readonly #following: readonly string[]
  /** Suites that tell of the others, and have not told of what was measured since. */
  #stale: readonly TestSpecification[] = []

  /**
   * @param render writes what is made of the journal, and returns the tables for this terminal.
   * @param page name of the file, among what it writes, that tells most.
   * @param following names of suites that tell of all others: they follow when these are run again.
   */
  constructor(
    render: (session: Session) => Promise<string>,
    page: string,
    following: readonly string[],
  ) {
    this.#render = render
    this.#page = page
    this.#following = following
  }

  /** When it is asked for: a language that there is not is told before, as other variables are. */
  get #words(): Words {
    return wordsIn[setting('GUESTBENCH_LANG')]
  }

  onInit(vitest: Vitest): void {
    this.#vitest = vitest
  }

  async onTestModuleEnd(module: TestModule): Promise<void> {
    this.#session ??= sessionOfModule(module)
    if (this.#session !== undefined) await this.#write(this.#session)
  }

  async onTestRunEnd(
    ...[modules, errors, reason]: Parameters<Required<Reporter>['onTestRunEnd']>
  ): Promise<void> {
    const session = this.#session
    this.#session = undefined
    if (session === undefined) return
    this.#vitest?.logger.log(await this.#write(session))
    this.#vitest?.logger.log(
      this.#words.index.reportIn(oneLine(join(session.directory, this.#page))),
    )
    const hasEnded = reason !== 'interrupted' && errors.length === 0
    if (!isOfBuilds(session.profile.name) && !this.#isAgain) {
      await this.#conclude(session, hasEnded ? modules : [])
    }
    this.#stale = this.#isAgain ? this.#followersOf(modules) : []
    this.#isAgain = true
    this.#vitest?.logger.log(await this.#attempt(() => this.#indexed(session)))
    if (reason !== 'interrupted') this.#requireMeasured(modules)
  }

  /** Vitest's UI waits for the next click. */
  async onWatcherStart(): Promise<void> {
    const stale = this.#stale
    this.#stale = []
    if (stale.length > 0) await this.#vitest?.rerunTestSpecifications([...stale])
  }

  /** Those that were not run just now, though what they tell of was. */
  #followersOf(modules: readonly TestModule[]): readonly TestSpecification[] {
    const isFollower = ({ moduleId }: TestModule) =>
      this.#following.some((name) => basename(moduleId).startsWith(`${name}.`))
    if (modules.every(isFollower)) return []
    const ids = modules.map(({ moduleId }) => moduleId)
    const all = this.#vitest?.state.getTestModules() ?? []
    return all
      .filter((module) => isFollower(module) && !ids.includes(module.moduleId))
      .map((module) => module.toTestSpecification())
  }

  /** @param modules none of a run that has not come to its end. */
  async #conclude(session: Session, modules: readonly TestModule[]): Promise<void> {
    const entries = readJournal(journalFile(session))
    if (modules.length > 0 && isWhole(modules, entries)) return await completeSession(session)
    this.#vitest?.logger.log(this.#words.index.goOn)
  }

  /** @returns where all sessions are listed. */
  async #indexed({ directory }: Session): Promise<string> {
    return this.#words.index.listedIn(oneLine(await writeIndex(dirname(directory))))
  }

  /** What cannot be written fails the run; `npm run report` writes it later. */
  async #write(session: Session): Promise<string> {
    return await this.#attempt(() => this.#render(session))
  }

  async #attempt(write: () => Promise<string>): Promise<string> {
    try {
      return await write()
    } catch (error) {
      process.exitCode = 1
      return `Failed: ${tell(error)}`
    }
  }

  #requireMeasured(modules: readonly TestModule[]): void {
    const missing = unmeasured(setting('GUESTBENCH_REQUIRE') ?? [], modules)
    if (missing.length === 0) return
    process.exitCode = 1
    this.#vitest?.logger.error(
      `Failed: GUESTBENCH_REQUIRE demands ${missing.join(', ')}, of which this run measured ` +
        'nothing: see why it was skipped, or run its suite, too',
    )
  }
}
