/** The study's claims for GitHub. */

import { judgeClaims } from '../../fixtures/analysis/claims.ts'
import { markdownTable } from '../../fixtures/markdown-table.ts'
import type { Comparison, Judgement } from '../../fixtures/model.ts'
import type { Words } from '../../fixtures/words/words.ts'
import { boundsLines, claimGrounds, evidenceHeads, evidenceRows } from '../view/claim-table.ts'
import { escaped, folded } from './markdown-text.ts'

/** Each claim's verdict and why, then all evidence, folded away. */
export function claimsMarkdown(comparison: Comparison, words: Words): readonly string[] {
  if (comparison.cells.length === 0) return []
  const { title, claim, verdict, why, verdicts, allEvidence } = words.claimTables
  const judgements = judgeClaims(comparison, words)
  const body = judgements.map((judgement) => [
    `${judgement.number}. ${judgement.statement}`,
    `**${verdicts[judgement.verdict]}**`,
    escaped(claimGrounds(judgement)),
  ])
  return [
    `## ${title}`,
    markdownTable([[claim, verdict, why], ...body]),
    ...judgements.map((judgement) =>
      folded(allEvidence(judgement.number), [evidenceMarkdown(judgement, words)]),
    ),
  ]
}

/** One claim with all its evidence. */
export function claimMarkdown(judgement: Judgement, words: Words): string {
  const { number, statement, reason } = judgement
  const verdict = words.claimTables.verdicts[judgement.verdict]
  const why = reason === null ? '' : ` (${escaped(reason)})`
  return `**${number}. ${statement}: ${verdict}**${why}\n\n${evidenceMarkdown(judgement, words)}`
}

function evidenceMarkdown(judgement: Judgement, words: Words): string {
  const rows = evidenceRows(judgement, words).map((row) => row.map(escaped))
  const bounds = boundsLines(judgement, words).map((line) => `- ${line}`)
  return `${markdownTable([evidenceHeads(words), ...rows])}\n\n${bounds.join('\n')}`
}
