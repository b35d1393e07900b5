/** The study's claims for GitHub. */

import { judgeClaims } from '../../fixtures/analysis/claims.ts'
import { markdownTable } from '../../fixtures/markdown-table.ts'
import type { Comparison, Judgement } from '../../fixtures/model.ts'
import {
  boundsLines,
  claimGrounds,
  claimsTitle,
  evidenceHeads,
  evidenceRows,
} from '../view/claim-table.ts'
import { escaped, folded } from './markdown-text.ts'

/** Each claim's verdict and why, then all evidence, folded away. */
export function claimsMarkdown(comparison: Comparison): readonly string[] {
  if (comparison.cells.length === 0) return []
  const judgements = judgeClaims(comparison)
  const body = judgements.map((judgement) => [
    `${judgement.number}. ${judgement.statement}`,
    `**${judgement.verdict}**`,
    escaped(claimGrounds(judgement)),
  ])
  return [
    `## ${claimsTitle}`,
    markdownTable([['claim', 'verdict', 'why'], ...body]),
    ...judgements.map((judgement) =>
      folded(`Claim ${judgement.number}: all evidence`, [evidenceMarkdown(judgement)]),
    ),
  ]
}

/** One claim with all its evidence. */
export function claimMarkdown(judgement: Judgement): string {
  const { number, statement, verdict, reason } = judgement
  const why = reason === null ? '' : ` (${escaped(reason)})`
  return `**${number}. ${statement}: ${verdict}**${why}\n\n${evidenceMarkdown(judgement)}`
}

function evidenceMarkdown(judgement: Judgement): string {
  const rows = evidenceRows(judgement).map((row) => row.map(escaped))
  const bounds = boundsLines(judgement).map((line) => `- ${line}`)
  return `${markdownTable([evidenceHeads, ...rows])}\n\n${bounds.join('\n')}`
}
