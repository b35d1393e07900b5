import { expect, test } from 'vitest'
import type { JournalEntry } from '../fixtures/model.ts'
import {
  exampleAvailability,
  exampleBoot,
  exampleWorkload,
} from '../fixtures/transcripts/example-journal.ts'
import { msLeft } from './time-left.ts'

const OPERATIONS = ['write-sync', 'read'] as const
const ASKED = {
  workloads: OPERATIONS.map((operation) => exampleWorkload(operation)),
  blocks: [6, 10] as const,
  budgetSeconds: null,
}
const ALL = ['linux', 'docker', 'qemu']

function at(second: number): string {
  return new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString()
}

function probed(second: number, id: string): JournalEntry {
  return { ...exampleAvailability(id, id), at: at(second) } as JournalEntry
}

/** Rounds of a block of each cell, which take ten seconds each. */
function rounds(second: number, environment: string, count: number): readonly JournalEntry[] {
  return Array.from({ length: count }, (_, block) =>
    OPERATIONS.flatMap((operation, index) => {
      const workload = exampleWorkload(operation)
      return (['control', 'guest'] as const).map((arm): JournalEntry => {
        const boot = exampleBoot({ environment, operation, ratio: 1 }, workload, block, arm)
        const time = at(second + 10 * block + 5 * (index + 1))
        return { type: 'boot', at: time, environment, workload, boot }
      })
    }),
  ).flat()
}

function ended(second: number, environment: string): readonly JournalEntry[] {
  return OPERATIONS.map((operation) => {
    const workload = exampleWorkload(operation)
    return { type: 'stop', at: at(second), environment, workload, reason: 'planned' }
  })
}

const linux = [probed(0, 'linux'), ...rounds(0, 'linux', 4), ...ended(40, 'linux')]

test('nothing is known before the first round is over', () => {
  expect(msLeft([], ALL, ASKED)).toBe(null)
  expect(msLeft(linux.slice(0, 1), ALL, ASKED)).toBe(null)
  expect(msLeft(linux.slice(0, 3), ALL, ASKED)).toBe(null)
})

test('then as many rounds as there are at most, for each environment', () => {
  expect(msLeft(linux.slice(0, 5), ALL, ASKED)).toBe(90_000 + 2 * 100_000)
})

test('or the time that it has', () => {
  const budgeted = { ...ASKED, budgetSeconds: 50 }
  expect(msLeft(linux.slice(0, 5), ALL, budgeted)).toBe(40_000 + 2 * 50_000)
})

test('what is to come lasts as long as those before', () => {
  expect(msLeft(linux, ALL, ASKED)).toBe(2 * 40_000)
  const docker = [...linux, probed(50, 'docker')]
  expect(msLeft(docker, ALL, ASKED)).toBe(2 * 40_000)
  expect(msLeft([...docker, ...rounds(50, 'docker', 5)], ALL, ASKED)).toBe(50_000 + 40_000)
})

test('an environment that is passed is over, and one that never booted tells nothing', () => {
  const qemu = [...linux, probed(50, 'docker'), probed(51, 'qemu')]
  expect(msLeft(qemu, ALL, ASKED)).toBe(40_000)
})

test('the end of a run has nothing left', () => {
  expect(msLeft(linux, ['linux'], ASKED)).toBe(0)
})
