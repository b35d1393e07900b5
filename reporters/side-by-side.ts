/** `npm run report -- results/A results/B …`: several sessions on one page, what differs judged, nothing pooled. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { resultsDirectory } from '../fixtures/session/configuration.ts'
import { readJournal } from '../fixtures/session/journal.ts'
import { encodeLine } from '../fixtures/session/journal-line.ts'
import { isOfBuilds } from '../fixtures/session/profiles.ts'
import { inResults, makeDirectory, replaceFile } from '../fixtures/session/results-files.ts'
import {
  journalFile,
  type MergedSession,
  readSession,
  type Session,
} from '../fixtures/session/session-file.ts'
import { labelled, sourcesOf } from './merged.ts'

/**
 * Writes their journals as one into a directory of its own in results/, whose results are then
 * rendered like any other.
 * @param paths of sessions, the one that the others are compared with first.
 */
export async function putSideBySide(paths: readonly string[]): Promise<MergedSession> {
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
  return merged
}

async function readMeasured(path: string): Promise<Session> {
  const session = await readSession(path)
  if ('sources' in session) {
    throw new Error(`${path} is of several sessions itself: give those that it is of`)
  }
  if (isOfBuilds(session.profile.name)) {
    throw new Error(`${path} compares builds: --mode versions puts any number of them side by side`)
  }
  return session
}
