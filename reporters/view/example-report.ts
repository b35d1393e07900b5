/** What the example journal is told as: for tests. */

import { compare } from '../../fixtures/analysis/compare.ts'
import type { JournalEntry } from '../../fixtures/model.ts'
import { exampleJournal } from '../../fixtures/transcripts/example-journal.ts'
import { english, type Words } from '../../fixtures/words/words.ts'
import { sessionDifferences } from './session-differences.ts'
import { type Report, reportFrom, type SessionSummary } from './session-report.ts'

export const exampleSummary: SessionSummary = {
  id: '2026-03-04-050607',
  startedAt: '2026-03-04T05:06:07Z',
  profile: 'quick',
  machine: 'Raspberry Pi 5 Model B Rev 1.0',
  kernel: '6.6.31',
  storage: 'ext4 on nvme0n1',
  seed: '7',
  commands: [['command', 'GUESTBENCH_SEED=7 npx vitest bench --mode quick']],
  conditions: [
    ['guestbench commit', '0123456789abcdef0123456789abcdef01234567'],
    ['governor', 'performance'],
    ['load average at the start', '5.60'],
  ],
  caveats: ['the load average is 5.6 on 4 cores; remedy: end what else runs'],
}

export function exampleReport(
  journal: readonly JournalEntry[] = exampleJournal,
  summary: Partial<SessionSummary> = {},
  words: Words = english,
): Report {
  const comparison = compare(exampleSummary.id, journal, { words })
  return reportFrom(comparison, journal, { ...exampleSummary, ...summary }, words)
}

/** The example twice, as two sessions side by side. */
export function sideBySideReport(words: Words = english): Report {
  const labels = ['one', 'two']
  const whole = exampleJournal.filter(({ type }) => type !== 'failure')
  const journal = labels.flatMap((label) =>
    whole.map((entry) => ({ ...entry, environment: `${entry.environment}@${label}` })),
  )
  const report = exampleReport(journal, {}, words)
  return { ...report, differences: sessionDifferences(report.comparison, labels, words) }
}
