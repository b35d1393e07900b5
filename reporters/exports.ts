/** Every file that is made of a session's journal; one more is one more line. */

import { judgeClaims } from '../fixtures/analysis/claims.ts'
import type { JudgedComparison } from '../fixtures/model.ts'
import { renderPage } from './html/page.ts'
import { renderMarkdown } from './markdown/markdown.ts'
import type { Report } from './view/session-report.ts'

interface Export {
  /** Of the file in results/SESSION/. */
  name: string
  /** Its whole text; ends with a line feed. */
  render(report: Report): string
}

export const EXPORTS: readonly Export[] = [
  { name: 'comparison.json', render: renderComparison },
  { name: 'table.md', render: renderMarkdown },
  { name: 'report.html', render: renderPage },
]

function renderComparison({ comparison }: Report): string {
  const judged: JudgedComparison = { ...comparison, claims: judgeClaims(comparison) }
  return `${JSON.stringify(judged, null, 2)}\n`
}
