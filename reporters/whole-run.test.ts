import { expect, test } from 'vitest'
import type { TestCase } from 'vitest/node'
import type { JournalEntry } from '../fixtures/model.ts'
import { exampleCell, exampleWorkload } from '../fixtures/transcripts/example-journal.ts'
import { isWhole } from './whole-run.ts'

type State = ReturnType<TestCase['result']>['state']

function moduleOf(state: State, { measures = 'qemu', error = false } = {}) {
  const one = {
    name: '4 KiB read',
    meta: () => ({ measures }),
    result: () => ({ state }),
  }
  class Suite {
    readonly #errors: readonly Error[]
    readonly children = { allTests: () => [one], allSuites: () => [suite] }
    constructor(errors: readonly Error[]) {
      this.#errors = errors
    }
    errors() {
      return this.#errors
    }
  }
  const suite: Suite = new Suite(error ? [new Error('the suite failed')] : [])
  return new Suite([]) as unknown as Parameters<typeof isWhole>[0][number]
}

const measured = exampleCell({ environment: 'qemu', operation: 'read', ratio: 2 })

function failed(cause: 'guest' | 'host'): readonly JournalEntry[] {
  const at = '2026-03-04T05:06:07.000Z'
  const workload = exampleWorkload('read')
  const failure = { type: 'failure', at, environment: 'qemu', workload, message: 'lost' } as const
  return [...measured, { ...failure, cause }]
}

test.each<[boolean, string, State, readonly JournalEntry[], object]>([
  [true, 'all is measured', 'passed', measured, {}],
  [true, 'the rest is skipped', 'skipped', measured, {}],
  [true, 'a guest has failed', 'failed', failed('guest'), {}],
  [false, 'the machine has failed a guest', 'failed', failed('host'), {}],
  [false, 'a test has failed before it could measure', 'failed', measured, {}],
  [false, 'another environment has failed', 'failed', failed('guest'), { measures: 'docker' }],
  [false, 'a suite could not begin', 'skipped', measured, { error: true }],
  [false, 'a test was never begun', 'pending', measured, {}],
  [false, 'nothing was measured', 'skipped', [], {}],
])('%s: %s', (isComplete, _, state, entries, options) => {
  expect(isWhole([moduleOf(state, options)], entries)).toBe(isComplete)
})
