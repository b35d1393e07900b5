import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readJournal } from '../fixtures/journal.ts'
import { journalFile, type Session } from '../fixtures/session.ts'
import { compare } from './analysis/compare.ts'
import { environmentsOf } from './analysis/histories.ts'
import { renderPage } from './html/page.ts'
import { renderTables, type SessionSummary } from './tables/table.ts'

/** Narrower terminals wrap what was laid out for this. */
const LEAST_WIDTH = 60

/**
 * Writes comparison.json, table.md and report.html of a session from its journal.
 * @returns the tables for this process's terminal, or for a file where there is none.
 */
export async function writeReports(session: Session): Promise<string> {
  const entries = readJournal(journalFile(session))
  const comparison = compare(session.id, entries)
  const environments = environmentsOf(entries)
  const summary = summaryOf(session)
  const tables = (width: number, colour: boolean, markdown: boolean) =>
    renderTables(comparison, environments, summary, { width, colour, markdown })
  await replace(session, 'comparison.json', `${JSON.stringify(comparison, null, 2)}\n`)
  await replace(session, 'table.md', tables(0, false, true))
  await replace(session, 'report.html', renderPage(comparison, environments, summary))
  const { columns, isTTY } = process.stdout
  const width = Math.max(columns || 80, LEAST_WIDTH)
  return tables(width, isTTY === true && !process.env.NO_COLOR, false)
}

function summaryOf(session: Session): SessionSummary {
  const { id, startedAt, profile, seed, machine, storage, warnings } = session
  const disk = storage.disk && (storage.disk.model || storage.disk.name)
  return {
    id,
    startedAt,
    profile: profile.name,
    machine: `${machine.model}, ${machine.cores} cores`,
    kernel: machine.kernel,
    storage: `${storage.fileSystem} on ${storage.source}${disk ? ` (${disk})` : ''}`,
    seed,
    caveats: warnings.map(({ text, remedy }) => `${text}; remedy: ${remedy}`),
  }
}

/** A reader, or a kill, never meets half a file. */
async function replace(session: Session, name: string, text: string): Promise<void> {
  const file = join(session.directory, name)
  await writeFile(`${file}.new`, text)
  await rename(`${file}.new`, file)
}
