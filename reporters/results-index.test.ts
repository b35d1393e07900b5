import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compare } from '../fixtures/analysis/compare.ts'
import { environmentsOf } from '../fixtures/analysis/histories.ts'
import { readConfiguration } from '../fixtures/session/configuration.ts'
import { encodeLine } from '../fixtures/session/journal-line.ts'
import { openSession } from '../fixtures/session/session.ts'
import { journalFile, type Session } from '../fixtures/session/session-file.ts'
import {
  available,
  exampleAvailability,
  exampleCell,
} from '../fixtures/transcripts/example-journal.ts'
import { english } from '../fixtures/words/words.ts'
import { unsafeIn } from './hostile-text.ts'
import { renderIndex } from './html/index-page.ts'
import { writeIndex } from './results-index.ts'
import { historiesOf } from './view/history.ts'

let directory: string
let first: Session
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'guestbench-index-'))
  const variables = { GUESTBENCH_DIR: directory, GUESTBENCH_RESULTS: directory }
  first = await openSession(readConfiguration('smoke', variables))
  await rm(first.directory, { recursive: true })
})
afterAll(() => rm(directory, { recursive: true }))

function sessionOf(day: number, changes: Partial<Session> = {}): Session {
  const id = `2026-01-0${day}T00-00-00Z`
  const startedAt = `2026-01-0${day}T00:00:00.000Z`
  return { ...first, id, startedAt, directory: join(directory, id), ...changes }
}

function journalOf(version: string, ratio: number) {
  return [
    exampleAvailability('docker', 'Docker', available('native', version)),
    ...exampleCell({ environment: 'docker', operation: 'read', ratio }),
    exampleAvailability('xen', 'Xen', available('emulated')),
    ...exampleCell({ environment: 'xen', operation: 'read', ratio: 40 }),
  ]
}

function taken(session: Session, version: string, ratio: number) {
  const entries = journalOf(version, ratio)
  return { session, comparison: compare('s', entries), environments: environmentsOf(entries) }
}

test('a cell goes from session to session, marked where what it rests on became another', () => {
  const kernel = { machine: { ...first.machine, kernel: '7.0' } }
  const storage = { ...kernel, storage: { ...first.storage, source: '/dev/other' } }
  const [history] = historiesOf(
    [
      taken(sessionOf(1), '27.0', 1.1),
      taken(sessionOf(2), '27.0', 1.1),
      taken(sessionOf(3, kernel), '27.0', 1.2),
      taken(sessionOf(4, storage), '28.0', 1.3),
    ],
    english,
  )
  expect(history?.sessions.map(({ id }) => id.slice(8, 10))).toEqual(['04', '03', '02', '01'])
  // What is emulated says nothing that could have a history.
  expect(history?.cells.map(({ title, workload }) => [title, workload])).toEqual([
    ['Docker', '4 KiB read'],
  ])
  expect(
    history?.cells[0]?.points.map(({ changes }) => changes.map((text) => text.split(':')[0])),
  ).toEqual([[], [], ['kernel'], ['storage', 'Docker’s version']])
  expect(history?.cells[0]?.points[3]?.changes[1]).toBe('Docker’s version: 27.0 → 28.0')
})

test('another machine has a history of its own', () => {
  const other = { machine: { ...first.machine, model: 'Pi 5' } }
  const machines = historiesOf(
    [taken(sessionOf(1), '1', 1), taken(sessionOf(2, other), '1', 2)],
    english,
  )
  expect(machines.map(({ cells }) => cells[0]?.points.length)).toEqual([1, 1])
})

test('the page has every session, and names what cannot be read', async () => {
  for (const [session, ratio] of [
    [sessionOf(1, { completedAt: '2026-01-01T00:10:00Z' }), 1.5],
    [sessionOf(2), 2.5],
  ] as const) {
    await mkdir(session.directory)
    await writeFile(join(session.directory, 'session.json'), JSON.stringify(session))
    await writeFile(journalFile(session), journalOf('27.0', ratio).map(encodeLine).join(''))
  }
  const broken = sessionOf(3)
  await mkdir(broken.directory)
  await writeFile(join(broken.directory, 'session.json'), '{')
  const page = await readFile(await writeIndex(directory), 'utf8')
  expect(page).toContain(
    '<a href="2026-01-01T00-00-00Z/report.html">2026-01-01T00-00-00Z</a> <span class="dim">smoke</span>',
  )
  expect(page).toContain('smoke, not complete')
  expect(page).toMatch(/<b>Docker<\/b>: ×2\.\d+ the time on 4 KiB reads/)
  expect(page).toMatch(/Not read.*2026-01-03T00-00-00Z.session\.json:1: it is no JSON/s)
  expect(page).toContain('the newest of 2 sessions')
})

test('text of others stays text', () => {
  const hostile = '</svg><script>x</script>\x1b[2J\u202e'
  const session = sessionOf(1, { machine: { ...first.machine, model: hostile } })
  const entries = [
    exampleAvailability('docker', hostile, available('native', hostile)),
    ...exampleCell({ environment: 'docker', operation: 'read', ratio: 2 }),
  ]
  const one = { comparison: compare('s', entries), environments: environmentsOf(entries) }
  const again = { ...one, environments: environmentsOf(journalOf('1', 1)) }
  const histories = historiesOf(
    [
      { session, ...again },
      { session: { ...session, id: '2' }, ...one },
    ],
    english,
  )
  const page = renderIndex(
    histories,
    [{ id: hostile, profile: 'gate', page: 'gate.md' }],
    [hostile],
    english,
  )
  expect(unsafeIn(page)).toEqual([])
  expect(page.match(/<script/g)).toHaveLength(1) // the page’s own
})
