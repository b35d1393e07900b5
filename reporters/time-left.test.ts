import { expect, test } from 'vitest'
import type { JournalEntry } from '../fixtures/model.ts'
import { exampleAvailability, exampleWorkload } from '../fixtures/transcripts/example-journal.ts'
import { msLeft } from './time-left.ts'

const WORKLOADS = [exampleWorkload('write-sync'), exampleWorkload('read')]
const ALL = ['linux', 'docker', 'qemu']

function at(second: number): string {
  return new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString()
}

function probed(second: number, id: string): JournalEntry {
  return { ...exampleAvailability(id, id), at: at(second) } as JournalEntry
}

function ended(second: number, environment: string, index: number): JournalEntry {
  const workload = WORKLOADS[index] as (typeof WORKLOADS)[number]
  return { type: 'stop', at: at(second), environment, workload, reason: 'planned' }
}

const linux = [probed(5, 'linux'), ended(15, 'linux', 0), ended(35, 'linux', 1)]

test('nothing is known before the first cell has ended', () => {
  expect(msLeft([], ALL, WORKLOADS)).toBe(null)
  expect(msLeft([probed(5, 'linux')], ALL, WORKLOADS)).toBe(null)
})

test('what never ended is taken to last as long as the others', () => {
  expect(msLeft(linux.slice(0, 2), ALL, WORKLOADS)).toBe(5 * 10_000)
})

test('a cell lasts as long as the same elsewhere', () => {
  expect(msLeft(linux, ALL, WORKLOADS)).toBe(2 * 30_000)
  const docker = [...linux, probed(40, 'docker'), ended(60, 'docker', 0)]
  // read: 20 s; then of qemu a mean of 15 s and 20 s.
  expect(msLeft(docker, ALL, WORKLOADS)).toBe(20_000 + 35_000)
})

test('an environment that is passed is over, whatever of it was measured', () => {
  const unavailable = [...linux, probed(40, 'docker'), probed(41, 'qemu'), ended(51, 'qemu', 0)]
  expect(msLeft(unavailable, ALL, WORKLOADS)).toBe(20_000)
})

test('the end of a run has nothing left', () => {
  expect(msLeft(linux, ['linux'], WORKLOADS)).toBe(0)
})
