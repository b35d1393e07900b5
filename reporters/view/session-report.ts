/** What is told of a session, whatever shows it: tables of a terminal, Markdown, a page. */

import { compare } from '../../fixtures/analysis/compare.ts'
import { environmentsOf, type ProbedEnvironment } from '../../fixtures/analysis/histories.ts'
import type { Comparison, JournalEntry } from '../../fixtures/model.ts'
import type { MergedSession, Session, Source } from '../../fixtures/session/session-file.ts'

export interface Report {
  comparison: Comparison
  environments: readonly ProbedEnvironment[]
  summary: SessionSummary
}

/** What a session's head line says. */
export interface SessionSummary {
  id: string
  /** ISO 8601. */
  startedAt: string
  profile: string
  machine: string
  kernel: string
  storage: string
  seed: string
  /** What in the machine's state weakens every number, a sentence each. */
  caveats: readonly string[]
}

/** @param notes of the journal's damaged lines. */
export function reportOf(
  session: Session | MergedSession,
  entries: readonly JournalEntry[],
  notes: readonly string[],
): Report {
  const summary = 'sources' in session ? mergedSummaryOf(session) : summaryOf(session)
  return {
    comparison: compare(session.id, entries),
    environments: environmentsOf(entries),
    summary: { ...summary, caveats: [...summary.caveats, ...notes] },
  }
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
      `merged of ${sources.map(nameOf).join(' and ')}: each environment is compared with the Linux of its own session; what no session has both sides of the study’s claims compare by times, each session one value`,
      ...sources.flatMap(({ label }, index) =>
        (summaries[index]?.caveats ?? []).map((caveat) => `${label}: ${caveat}`),
      ),
    ],
  }
}

function nameOf({ label, session }: Source): string {
  return `session ${session.id} (${label}, Linux ${session.machine.kernel})`
}
