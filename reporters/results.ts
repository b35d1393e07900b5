import { judgeClaims } from '../fixtures/analysis/claims.ts'
import { compare } from '../fixtures/analysis/compare.ts'
import { environmentsOf } from '../fixtures/analysis/histories.ts'
import { loadJournal } from '../fixtures/session/journal.ts'
import { inResults, replaceFile } from '../fixtures/session/results-files.ts'
import { journalFile, type Session } from '../fixtures/session/session.ts'
import type { MergedSession, Source } from '../fixtures/session/session-file.ts'
import { setting } from '../fixtures/session/settings.ts'
import { renderPage } from './html/page.ts'
import { renderTables, type SessionSummary } from './terminal/table.ts'

/** Narrower terminals wrap what was laid out for this. */
const LEAST_WIDTH = 60

/**
 * Writes comparison.json, table.md and report.html of a session from its journal.
 * @returns the tables for this process's terminal, or for a file where there is none.
 */
export async function writeReports(session: Session | MergedSession): Promise<string> {
  const { entries, notes } = loadJournal(journalFile(session))
  const comparison = compare(session.id, entries)
  const environments = environmentsOf(entries)
  const own = 'sources' in session ? mergedSummaryOf(session) : summaryOf(session)
  const lines = notes.map(({ line, text }) => `measurements.jsonl:${line}: ${text}`)
  const summary = { ...own, caveats: [...own.caveats, ...lines] }
  const tables = (width: number, colour: boolean, markdown: boolean) =>
    renderTables(comparison, environments, summary, { width, colour, markdown })
  const results = { ...comparison, claims: judgeClaims(comparison) }
  const { directory } = session
  await inResults(directory, async () => {
    await replaceFile(directory, 'comparison.json', `${JSON.stringify(results, null, 2)}\n`)
    await replaceFile(directory, 'table.md', tables(0, false, true))
    await replaceFile(directory, 'report.html', renderPage(comparison, environments, summary))
  })
  const { columns, isTTY } = process.stdout
  const width = Math.max(columns || 80, LEAST_WIDTH)
  return tables(width, isTTY === true && setting('NO_COLOR') === undefined, false)
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
    seed: String(seed),
    caveats: warnings.map(({ text, remedy }) => `${text}; remedy: ${remedy}`),
  }
}

/** What sources have in common once, and what differs one after the other. */
function mergedSummaryOf({ id, mergedAt, sources }: MergedSession): SessionSummary {
  const summaries = sources.map(({ session }) => summaryOf(session))
  const each = (field: Exclude<keyof SessionSummary, 'caveats'>) =>
    [...new Set(summaries.map((summary) => summary[field]))].join(' and ')
  return {
    id,
    startedAt: mergedAt,
    profile: each('profile'),
    machine: each('machine'),
    kernel: each('kernel'),
    storage: each('storage'),
    seed: each('seed'),
    caveats: [
      `merged of ${sources.map(nameOf).join(' and ')}: each environment is compared with the Linux of its own session; between two sessions the study’s claims compare times, whose drift no interval shows`,
      ...sources.flatMap(({ label }, index) =>
        (summaries[index]?.caveats ?? []).map((caveat) => `${label}: ${caveat}`),
      ),
    ],
  }
}

function nameOf({ label, session }: Source): string {
  return `session ${session.id} (${label}, Linux ${session.machine.kernel})`
}
