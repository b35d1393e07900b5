import { loadJournal } from '../fixtures/session/journal.ts'
import { inResults, replaceFile } from '../fixtures/session/results-files.ts'
import type { MergedSession } from '../fixtures/session/session-file.ts'
import { journalFile, type Session } from '../fixtures/session/session-file.ts'
import { setting } from '../fixtures/session/settings.ts'
import { english, wordsIn } from '../fixtures/words/words.ts'
import { EXPORTS } from './exports.ts'
import { renderTables } from './terminal/table.ts'
import { reportOf } from './view/session-report.ts'

/** Narrower terminals wrap what was laid out for this. */
const LEAST_WIDTH = 60

/**
 * Writes what is made of a session's journal.
 * @returns the tables for this process's terminal, or for a file where there is none.
 */
export async function writeReports(session: Session | MergedSession): Promise<string> {
  const { entries, notes } = loadJournal(journalFile(session))
  const lines = notes.map(({ line, text }) => `measurements.jsonl:${line}: ${text}`)
  const words = wordsIn[setting('GUESTBENCH_LANG')]
  const report = reportOf(session, entries, lines, words)
  const forPrograms = words === english ? report : reportOf(session, entries, lines, english)
  const { directory } = session
  await inResults(directory, async () => {
    for (const { name, isForPeople, render } of EXPORTS) {
      await replaceFile(directory, name, render(isForPeople ? report : forPrograms))
    }
  })
  const { columns, isTTY } = process.stdout
  const width = Math.max(columns || 80, LEAST_WIDTH)
  return renderTables(report, {
    width,
    colour: isTTY === true && setting('NO_COLOR') === undefined,
  })
}
