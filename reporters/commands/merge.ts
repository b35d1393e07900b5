/** `npm run merge -- results/A results/B …`: one table of several sessions of one device. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { oneLine } from '../../fixtures/printable.ts'
import { command } from '../../fixtures/session/command.ts'
import { resultsDirectory } from '../../fixtures/session/configuration.ts'
import { readJournal } from '../../fixtures/session/journal.ts'
import { encodeLine } from '../../fixtures/session/journal-line.ts'
import { inResults, makeDirectory, replaceFile } from '../../fixtures/session/results-files.ts'
import {
  journalFile,
  type MergedSession,
  readSession,
  type Session,
} from '../../fixtures/session/session-file.ts'
import { labelled, sourcesOf } from '../merged.ts'
import { writeReports } from '../results.ts'

const HELP = `npm run merge -- SESSION SESSION…

  SESSION  directories of the results of runs on one device, not of a merge

Writes one table of them into a directory of its own in results/ (GUESTBENCH_RESULTS).`

await command({ name: 'merge', help: HELP, operands: [2, Infinity] }, ({ operands }) =>
  merge(operands),
)

async function merge(paths: readonly string[]): Promise<void> {
  const sources = sourcesOf(await Promise.all(paths.map(readMeasured)))
  const mergedAt = new Date().toISOString()
  const id = `${mergedAt.replace(/\.\d+Z$/, 'Z').replaceAll(':', '-')}-merged`
  const directory = join(resultsDirectory(), id)
  const merged: MergedSession = { schema: 1, id, mergedAt, directory, sources }
  const entries = sources.flatMap(({ label, session }) =>
    labelled(readJournal(journalFile(session)), label),
  )
  await inResults(directory, async () => {
    await makeDirectory(directory)
    await replaceFile(directory, 'session.json', `${JSON.stringify(merged, null, 2)}\n`)
    await writeFile(journalFile(merged), entries.map(encodeLine).join(''))
  })
  console.log(await writeReports(merged))
  console.log(`Results: ${oneLine(directory)}`)
}

async function readMeasured(path: string): Promise<Session> {
  const session = await readSession(path)
  if ('sources' in session) throw new Error(`${path} was merged itself: give the sessions it is of`)
  return session
}
