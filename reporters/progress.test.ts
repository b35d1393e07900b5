import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { JournalEntry } from '../fixtures/model.ts'
import { type Profile, profileOf } from '../fixtures/session/profiles.ts'
import { journalFile, type Session } from '../fixtures/session/session-file.ts'
import { exampleAvailability, exampleCell } from '../fixtures/transcripts/example-journal.ts'
import { countOf, followJournal, progressLine } from './progress.ts'

const planned = ['linux', 'docker', 'qemu'].flatMap((environment) =>
  ['4 KiB write', '4 KiB read'].map((workload) => ({ environment, workload })),
)

function cell(environment: string, operation: 'write' | 'read', ratio = 1.2) {
  return exampleCell({ environment, operation, ratio, blocks: 7 })
}

function line(entries: readonly JournalEntry[], msLeft: number | null = 300_000): string {
  return progressLine({ planned, entries, earlier: 0, msLeft })
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
    expect(line([], null)).toBe('0/6 cells')
    expect(line(linux.slice(0, 1), null)).toBe('0/6 cells: Linux begins')
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

  test('has the time that is left, where that can be told', () => {
    expect(line(linux, 150_000)).toBe('1/6 cells, about 3 min left')
    expect(line(linux, null)).toBe('1/6 cells')
  })
})

describe('lines for each cell', () => {
  let session: Session
  beforeEach(async () => {
    const directory = await mkdtemp(join(tmpdir(), 'guestbench-progress-'))
    const workloads = profileOf('smoke').workloads.slice(1, 3) // 4 KiB write and read
    const profile: Profile = { ...profileOf('quick'), workloads }
    session = { id: 's', directory, profile, resumedAt: [] as readonly string[] } as Session
    await writeFile(journalFile(session), '')
  })
  afterEach(() => rm(session.directory, { recursive: true }))

  test('the first ratio of a run is told after one block, all others when their cell is done', async () => {
    const lines: string[] = []
    const own = (operation: 'read' | 'write') =>
      exampleCell({ environment: 'linux', operation, ratio: 2, spread: 0, blocks: 6 })
    const cells = ['linux', 'qemu'].flatMap((environment) =>
      ['4 KiB write', '4 KiB read'].map((workload) => ({ environment, workload })),
    )
    const follower = followJournal(session, cells, false, (text) => lines.push(text))
    const cellsOfLinux = [own('write'), own('read')]
    const rounds = Array.from({ length: 6 }, (_, block) =>
      cellsOfLinux.flatMap((one) => one.slice(2 * block, 2 * block + 2)),
    )
    const stops = cellsOfLinux.flatMap((one) => one.slice(-1))
    const entries = [exampleAvailability('linux', 'Linux'), ...rounds.flat(), ...stops]
    // Ten seconds apart.
    const timed = entries.map((entry, index) => {
      const at = new Date(Date.UTC(2026, 0, 1) + index * 10_000).toISOString()
      return `${JSON.stringify({ ...entry, at })}\n`
    })
    await appendFile(journalFile(session), timed.join(''))
    follower.end()
    expect(lines).toEqual([
      expect.stringMatching(/^Linux: native, /),
      expect.stringMatching(/^linux: 4 KiB write: .*, ×2\.00 Linux, 1 block$/),
      expect.stringMatching(
        /^linux: 4 KiB write: .*, ×2\.00 \(2\.00–2\.00\) Linux, 6 blocks; 1\/4 cells, about 5 min left$/,
      ),
      expect.stringMatching(
        /^linux: 4 KiB read: .*, ×2\.00 \(2\.00–2\.00\) Linux, 6 blocks; 2\/4 cells, about 5 min left$/,
      ),
    ])
  })
})
