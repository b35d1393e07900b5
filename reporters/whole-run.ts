/** Whether a run has measured all that it was asked, so that its session has nothing to go on with. */
import type { TestModule } from 'vitest/node'
import { workloadName } from '../fixtures/guest/workloads.ts'
import type { JournalEntry } from '../fixtures/model.ts'

type Module = Pick<TestModule, 'children' | 'errors'>

/**
 * What has failed by a guest's fault is done: its reason is in the journal. Whatever else has failed is
 * tried again by a session that goes on. A run in which nothing booted is no measurement.
 */
export function isWhole(modules: readonly Module[], entries: readonly JournalEntry[]): boolean {
  const done = new Set(entries.flatMap(faultOfGuest))
  const isDone = (module: Module) =>
    [module, ...module.children.allSuites()].every((suite) => suite.errors().length === 0) &&
    [...module.children.allTests()].every((test) => {
      const { measures } = test.meta()
      const isOpen = test.result().state === 'failed' || test.result().state === 'pending'
      return measures === undefined || !isOpen || done.has(`${measures} ${test.name}`)
    })
  return entries.some(({ type }) => type === 'boot') && modules.every(isDone)
}

function faultOfGuest(entry: JournalEntry): readonly string[] {
  if (entry.type !== 'failure' || entry.cause === 'host') return []
  return [`${entry.environment} ${workloadName(entry.workload)}`]
}
