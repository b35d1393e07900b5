import { describe, expect, test } from 'vitest'
import type { JournalEntry } from '../fixtures/model.ts'
import { exampleAvailability, exampleCell } from '../fixtures/transcripts/example-journal.ts'
import { countOf, progressLine } from './progress.ts'

const planned = ['linux', 'docker', 'qemu'].flatMap((environment) =>
  ['4 KiB write', '4 KiB read'].map((workload) => ({ environment, workload })),
)

function cell(environment: string, operation: 'write' | 'read', ratio = 1.2) {
  return exampleCell({ environment, operation, ratio, blocks: 7 })
}

function line(entries: readonly JournalEntry[], elapsedMs = 60_000, earlier = 0): string {
  return progressLine({ planned, entries, earlier, elapsedMs })
}

const linux = [exampleAvailability('linux', 'Linux'), ...cell('linux', 'write', 1)]
const missing = exampleAvailability('qemu', 'QEMU', {
  state: 'unavailable',
  reason: 'none',
  remedy: '',
})

describe('cells', () => {
  test('are done when they have stopped or failed, and none of what is unavailable', () => {
    expect(countOf({ planned, entries: [] })).toEqual({ total: 6, done: 0 })
    expect(countOf({ planned, entries: linux })).toEqual({ total: 6, done: 1 })
    expect(countOf({ planned, entries: [...linux, missing] })).toEqual({ total: 4, done: 1 })
    const [boot] = cell('docker', 'read')
    if (boot?.type !== 'boot') return expect.unreachable()
    const { at, environment, workload } = boot
    const failure = { type: 'failure', at, environment, workload, message: 'lost' } as const
    expect(countOf({ planned, entries: [...linux, failure] }).done).toBe(2)
  })
})

describe('the live line', () => {
  test('before anything is known', () => {
    expect(line([])).toBe('0/6 cells')
    expect(line(linux.slice(0, 1))).toBe('0/6 cells: Linux begins')
  })

  test('has the estimate, and its interval as it narrows', () => {
    const boots = exampleCell({
      environment: 'docker',
      operation: 'read',
      ratio: 1.2,
      blocks: 20,
    }).filter(({ type }) => type === 'boot')
    const upTo = (blocks: number) => line([...linux, ...boots.slice(0, 2 * blocks)])
    expect(upTo(0.5)).toMatch(/^1\/6 cells, about 5 min left: docker: 4 KiB read, block 1$/)
    expect(upTo(2)).toMatch(/docker: 4 KiB read, block 2, ×1\.\d\d Linux$/)
    const limits = [6, 20].map((blocks) => {
      const [, lower, upper] = /block \d+, ×1\.\d+ \((.+)–(.+)\) Linux$/.exec(upTo(blocks)) ?? []
      return Number(upper) - Number(lower)
    })
    expect(limits[0]).toBeGreaterThan(0)
    expect(limits[1]).toBeLessThan(limits[0] as number)
  })

  test.each([
    [1_000, 'less than a minute left'],
    [600_000, 'about 50 min left'],
    [3_600_000, 'about 5 h left'],
  ])('tells the time that is left by the cells that this run has measured: %d ms', (ms, left) => {
    expect(line(linux, ms)).toBe(`1/6 cells, ${left}`)
    // What stood in the journal before tells nothing of how long cells take now.
    expect(line(linux, ms, linux.length)).toBe('1/6 cells')
    expect(line([...linux, ...cell('linux', 'read')], ms, linux.length)).toContain('2/6 cells, ')
  })
})
