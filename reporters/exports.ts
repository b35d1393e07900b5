/** Every file that is made of a session's journal; one more is one more line. */

import { judgeClaims } from '../fixtures/analysis/claims.ts'
import { judgeCauses } from '../fixtures/analysis/ledger-verdicts.ts'
import type { JudgedComparison } from '../fixtures/model.ts'
import comparisonSchema from '../fixtures/session/schema/comparison.schema.json' with {
  type: 'json',
}
import { renderCsv } from './comparison-csv.ts'
import { renderPage } from './html/page.ts'
import { renderBenchmarks, sessionMetrics } from './machine-formats.ts'
import { renderIssue, renderMarkdown } from './markdown/markdown.ts'
import type { Report } from './view/session-report.ts'

interface Export {
  /** Of the file in results/SESSION/. */
  name: string
  /** In their language; what programs read is made of the English report always. */
  isForPeople?: true
  /** Its whole text; ends with a line feed. */
  render(report: Report): string
}

export const EXPORTS: readonly Export[] = [
  { name: 'comparison.json', render: renderComparison },
  { name: 'comparison.schema.json', render: () => json(comparisonSchema) },
  { name: 'comparison.csv', render: renderCsv },
  { name: 'session.bench', render: renderBenchmarks },
  { name: 'bencher.json', render: (report) => json(sessionMetrics(report)) },
  { name: 'table.md', isForPeople: true, render: renderMarkdown },
  { name: 'issue.md', isForPeople: true, render: renderIssue },
  { name: 'report.html', isForPeople: true, render: renderPage },
]

function renderComparison({ comparison, ledger }: Report): string {
  const claims = [...judgeClaims(comparison), ...judgeCauses(ledger)]
  const judged: JudgedComparison = { ...comparison, claims }
  return json(ledger.length === 0 ? judged : { ...judged, ledger })
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
