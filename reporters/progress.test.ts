import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { JournalEntry } from '../fixtures/model.ts'
import { profileOf } from '../fixtures/session/profiles.ts'
import { journalFile, type Session } from '../fixtures/session/session-file.ts'
import { exampleAvailability, exampleCell } from '../fixtures/transcripts/example-journal.ts'
import { followJournal } from './progress.ts'

let session: Session

beforeEach(async () => {
  const directory = await mkdtemp(join(tmpdir(), 'guestbench-progress-'))
  const profile = profileOf('smoke')
  session = { id: 's', directory, profile, resumedAt: [] as readonly string[] } as Session
  await writeFile(journalFile(session), '')
})

afterEach(() => rm(session.directory, { recursive: true }))

/** Entries ten seconds apart. */
async function linesOf(entries: readonly JournalEntry[]): Promise<readonly string[]> {
  const lines: string[] = []
  const finish = followJournal(session, ['linux', 'qemu'], (line) => lines.push(line))
  const timed = entries.map((entry, index) => {
    const at = new Date(Date.UTC(2026, 0, 1) + index * 10_000).toISOString()
    return `${JSON.stringify({ ...entry, at })}\n`
  })
  await appendFile(journalFile(session), timed.join(''))
  finish()
  return lines
}

const cell = (operation: 'read' | 'write') =>
  exampleCell({ environment: 'linux', operation, ratio: 2, spread: 0, blocks: 6 })

test('the first ratio of a run is told after one block, all others when their cell is done', async () => {
  const lines = await linesOf([
    exampleAvailability('linux', 'Linux'),
    ...cell('write'),
    ...cell('read'),
  ])
  expect(lines).toEqual([
    expect.stringMatching(/^Linux: native, /),
    expect.stringMatching(/^linux: 4 KiB write: .*, ×2\.00 Linux, 1 block$/),
    // 130 s each; left are three of this environment, and four of another.
    expect.stringMatching(/^linux: 4 KiB write: .*, ×2\.00 Linux, 6 blocks; about 16 min left$/),
    expect.stringMatching(/^linux: 4 KiB read: .*, ×2\.00 Linux, 6 blocks; about 13 min left$/),
  ])
})
