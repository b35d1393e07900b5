import { appendFile, mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfiguration } from '../fixtures/session/configuration.ts'
import { encodeLine } from '../fixtures/session/journal-line.ts'
import comparisonSchema from '../fixtures/session/schema/comparison.schema.json' with {
  type: 'json',
}
import measurementsSchema from '../fixtures/session/schema/measurements.schema.json' with {
  type: 'json',
}
import sessionSchema from '../fixtures/session/schema/session.schema.json' with { type: 'json' }
import { completeSession, openSession } from '../fixtures/session/session.ts'
import { journalFile, type Session } from '../fixtures/session/session-file.ts'
import { exampleJournal } from '../fixtures/transcripts/example-journal.ts'
import { EXPORTS } from './exports.ts'
import { writeReports } from './results.ts'

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true }).addSchema([
  comparisonSchema,
  measurementsSchema,
])

let directory: string
let session: Session
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'guestbench-results-'))
  session = await openSession({
    ...readConfiguration('smoke', {}),
    storageDirectory: directory,
    resultsDirectory: join(directory, 'results'),
  })
  await appendFile(journalFile(session), exampleJournal.map(encodeLine).join(''))
})
afterAll(() => rm(directory, { recursive: true }))

test('session.json is as its schema says, and `latest` leads to it', async () => {
  await completeSession(session)
  const latest = join(directory, 'results', await readlink(join(directory, 'results/latest')))
  const text = await readFile(join(latest, 'session.json'), 'utf8')
  const validate = ajv.compile(sessionSchema)
  validate(JSON.parse(text))
  expect(validate.errors).toBe(null)
  expect(JSON.parse(text)).toEqual({ ...session, completedAt: expect.any(String) })
})

test('a journal becomes comparison.json, table.md and report.html, and nothing half written', async () => {
  const tables = await writeReports(session)
  const read = (name: string) => readFile(join(session.directory, name), 'utf8')
  const validate = ajv.compile(comparisonSchema)
  validate(JSON.parse(await read('comparison.json')))
  expect(validate.errors).toBe(null)
  expect(await read('table.md')).toContain('| Docker, bind mount')
  expect(await read('table.md')).toContain('| 3. hvt/solo5 is the slowest | **undecided** | 4 of 4')
  expect(await read('report.html')).toMatch(
    /^<!doctype html>.*<h2 id="claims">The study’s claims<\/h2>/s,
  )
  expect(tables).toContain('Docker, bind')
  const exported = EXPORTS.map(({ name }) => name)
  expect((await readdir(session.directory)).sort()).toEqual(
    [...exported, 'measurements.jsonl', 'session.json'].sort(),
  )
})

test('a line that is damaged is told wherever the others are shown', async () => {
  const text = await readFile(journalFile(session), 'utf8')
  const lines = text.split('\n')
  await writeFile(
    journalFile(session),
    lines.with(1, `${lines[1]}`.replace('"boot"', '"boat"')).join('\n'),
  )
  const caution =
    'measurements.jsonl:2: left out: its checksum does not match its text: a bit has flipped, or it ' +
    'was edited; what it says is measured again when the run is resumed, where that is still needed'
  const plain = (shown: string) => shown.replaceAll(/\s+/g, ' ')
  expect(plain(await writeReports(session))).toContain(`- ${caution}`)
  for (const name of ['table.md', 'report.html']) {
    expect(plain(await readFile(join(session.directory, name), 'utf8'))).toContain(caution)
  }
})
