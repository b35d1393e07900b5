import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readJournal } from '../fixtures/journal.ts'
import { journalFile, type Session } from '../fixtures/session.ts'
import { compare } from './analysis/compare.ts'
import { renderPage } from './page.ts'
import { renderTables } from './table.ts'

export interface Reports {
  tables(style: { width: number; colour: boolean }): string
}

/** Writes comparison.json, table.md and report.html of a session from its journal. */
export async function writeReports(session: Session): Promise<Reports> {
  const entries = await readJournal(journalFile(session))
  const comparison = compare(session.id, entries)
  await Promise.all([
    replace(session, 'comparison.json', `${JSON.stringify(comparison, null, 2)}\n`),
    replace(session, 'table.md', renderTables(comparison, entries, session, 'markdown')),
    replace(session, 'report.html', renderPage(comparison, session)),
  ])
  return { tables: (style) => renderTables(comparison, session, style) }
}

/** A reader, or a kill, never meets half a file. */
async function replace(session: Session, name: string, text: string): Promise<void> {
  const file = join(session.directory, name)
  await writeFile(`${file}.new`, text)
  await rename(`${file}.new`, file)
}
