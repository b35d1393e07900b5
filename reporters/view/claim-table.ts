/** The study's claims and the evidence for and against them, for people. */

import { judgeClaims } from '../../fixtures/analysis/claims.ts'
import type { ClaimEvidence, Comparison, Judgement, PartJudgement } from '../../fixtures/model.ts'
import { formatRatio, formatRatioInterval } from '../../fixtures/units.ts'
import type { Words } from '../../fixtures/words/words.ts'

/** `contradicted: qemu is slower than docker (4 KiB read ×0.812, 0.780–0.843)`, in one line. */
export function claimLine(judgement: Judgement, { claimTables }: Words): string {
  const verdict = claimTables.verdicts[judgement.verdict]
  return claimTables.line(judgement.number, verdict, claimGrounds(judgement))
}

/** Why it is undecided, or the cells that decide with their intervals. */
export function claimGrounds({ verdict, reason, parts }: Judgement): string {
  const telling = parts.filter((part) => part.verdict === verdict)
  return reason ?? telling.map(partText).join('; ')
}

function partText({ title, evidence }: PartJudgement): string {
  const decided = evidence.filter(({ ratio }) => ratio !== null)
  return `${title} (${decided.map((one) => `${one.workload} ${figures(one)}`).join('; ')})`
}

/** All claims in one sentence. */
export function claimsLine(comparison: Comparison, words: Words): string {
  const { claimTables } = words
  const byVerdict = Map.groupBy(judgeClaims(comparison, words), ({ verdict }) => verdict)
  const standings = [...byVerdict].map(([verdict, claims]) => {
    const numbers = claims.map(({ number }) => number)
    return claimTables.standing(numbers, claimTables.verdicts[verdict])
  })
  return claimTables.standings(standings)
}

export function evidenceHeads({ claimTables }: Words): readonly string[] {
  const { part, verdict, cell, evidence } = claimTables
  return [part, verdict, cell, evidence]
}

/** What stands below `evidenceHeads`; cells that say the same share a row. */
export function evidenceRows(
  { parts }: Judgement,
  { claimTables }: Words,
): readonly (readonly string[])[] {
  const { outcomes, verdicts } = claimTables
  return parts.flatMap(({ title, verdict, reason, evidence }) => {
    const alike = Map.groupBy(evidence, (one) => `${outcomes[one.outcome]}: ${figures(one)}`)
    const cells = [...alike].map(([text, group]) => [
      group.map(({ workload }) => workload).join(', '),
      text,
    ])
    const shown = cells.length > 0 ? cells : [['–', reason ?? '']]
    return shown.map((cell) => [title, verdicts[verdict], ...cell])
  })
}

/** What each part was held against. */
export function boundsLines({ parts }: Judgement, words: Words): readonly string[] {
  return parts.map(
    ({ title, bounds, source }) => `${title}: ${boundsText(bounds, words)}; ${source}`,
  )
}

function figures({ ratio, interval, reason }: ClaimEvidence): string {
  if (ratio === null || interval === null) return reason ?? ''
  return `${formatRatio(ratio)}, ${formatRatioInterval(interval)}`
}

function boundsText(bounds: PartJudgement['bounds'], { claimTables }: Words): string {
  if (bounds === null) return claimTables.sameOrder
  const [least, most] = bounds
  return most === Number.POSITIVE_INFINITY
    ? claimTables.atLeast(formatRatio(least))
    : claimTables.within(formatRatio(least), formatRatio(most))
}
