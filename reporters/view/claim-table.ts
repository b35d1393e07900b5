/** The study's claims and the evidence for and against them, for people. */

import { judgeClaims } from '../../fixtures/analysis/claims.ts'
import type { ClaimEvidence, Comparison, Judgement, PartJudgement } from '../../fixtures/model.ts'
import { formatRatio, formatRatioInterval } from '../../fixtures/units.ts'

export const claimsTitle = 'The study’s claims'

/** `contradicted: qemu is slower than docker (4 KiB read ×0.812, 0.780–0.843)`, in one line. */
export function claimLine(judgement: Judgement): string {
  return `claim ${judgement.number} ${judgement.verdict}: ${claimGrounds(judgement)}`
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
export function claimsLine(comparison: Comparison): string {
  const byVerdict = Map.groupBy(judgeClaims(comparison), ({ verdict }) => verdict)
  const standings = [...byVerdict].map(
    ([verdict, claims]) => `${claims.map(({ number }) => number).join(', ')} ${verdict}`,
  )
  return `${claimsTitle}: ${standings.join('; ')} (evidence in report.html and table.md).`
}

export const evidenceHeads = ['part', 'verdict', 'cell', 'evidence']

/** What stands below `evidenceHeads`; cells that say the same share a row. */
export function evidenceRows({ parts }: Judgement): readonly (readonly string[])[] {
  return parts.flatMap(({ title, verdict, reason, evidence }) => {
    const alike = Map.groupBy(evidence, (one) => `${one.outcome}: ${figures(one)}`)
    const cells = [...alike].map(([text, group]) => [
      group.map(({ workload }) => workload).join(', '),
      text,
    ])
    const shown = cells.length > 0 ? cells : [['–', reason ?? '']]
    return shown.map((cell) => [title, verdict, ...cell])
  })
}

/** What each part was held against. */
export function boundsLines({ parts }: Judgement): readonly string[] {
  return parts.map(({ title, bounds, source }) => `${title}: ${boundsText(bounds)}; ${source}`)
}

function figures({ ratio, interval, reason }: ClaimEvidence): string {
  if (ratio === null || interval === null) return reason ?? ''
  return `${formatRatio(ratio)}, ${formatRatioInterval(interval)}`
}

function boundsText(bounds: PartJudgement['bounds']): string {
  if (bounds === null) return 'the same at write(sync) as at write'
  const [least, most] = bounds
  return most === Number.POSITIVE_INFINITY
    ? `at least ${formatRatio(least)}`
    : `from ${formatRatio(least)} to ${formatRatio(most)}`
}
