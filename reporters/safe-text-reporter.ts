import type { UserConsoleLog } from 'vitest'
import type { Reporter, TestModule, Vitest } from 'vitest/node'
import type { Session } from '../fixtures/session/session-file.ts'
import { endInOrderWhenInterrupted } from './end-in-order.ts'
import { disarm, makePrintable, plain } from './quoted-text.ts'

/** Before all other reporters, whichever they are: what they show of a session's suites is safe. */
export class SafeTextReporter implements Reporter {
  #isSession = false

  onInit(vitest: Vitest): void {
    endInOrderWhenInterrupted(vitest)
  }

  onTestModuleCollected(module: TestModule): void {
    this.#isSession ||= sessionOfModule(module) !== undefined
  }

  onUserConsoleLog(log: UserConsoleLog): void {
    if (this.#isSession) log.content = plain(log.content)
  }

  onTestModuleEnd(module: TestModule): void {
    if (this.#isSession) makePrintable(module)
  }

  onTestRunEnd(...[, unhandledErrors]: Parameters<Required<Reporter>['onTestRunEnd']>): void {
    for (const error of unhandledErrors) disarm(error)
  }
}

/** Undefined of unit tests. */
export function sessionOfModule(module: TestModule): Session | undefined {
  return module.project.getProvidedContext().session as Session | undefined
}
