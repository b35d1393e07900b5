/** The evidence for and against a claim, for people. */
import type { Evidence } from '../analysis/claim-evidence.ts'
import type { Judgement, PartJudgement } from '../analysis/claims.ts'
import type { Bounds, Part } from '../analysis/study-claims.ts'
import { formatRatio, formatRatioInterval } from '../analysis/units.ts'

/** `contradicted: qemu is slower than docker (4 KiB read ×0.812, 0.780–0.843)`, in one line. */
export function claimLine({ claim, verdict, reason, parts }: Judgement): string {
  const telling = parts.filter((part) => part.verdict === verdict)
  const said = reason ?? telling.map(partText).join('; ')
  return `claim ${claim.number} ${verdict}: ${said}`
}

function partText({ part, evidence }: PartJudgement): string {
  const decided = evidence.filter(({ ratio }) => ratio !== null)
  return `${part.title} (${decided.map((one) => `${one.workload} ${figures(one)}`).join('; ')})`
}

/** Markdown: a table of all evidence, and what it was held against. */
export function claimMarkdown(judgement: Judgement): string {
  const { claim, verdict, reason, parts } = judgement
  return [
    `**${claim.number}. ${claim.statement}: ${verdict}**${reason === null ? '' : ` (${reason})`}`,
    ['| part | verdict | cell | evidence |', '|---|---|---|---|', ...parts.flatMap(rows)].join(
      '\n',
    ),
    parts.map(({ part }) => `- ${part.title}: ${boundsText(part)}; ${part.source}`).join('\n'),
  ].join('\n\n')
}

function rows({ part, verdict, reason, evidence }: PartJudgement): readonly string[] {
  const alike = Map.groupBy(evidence, (one) => `${one.outcome}: ${figures(one)}`)
  const cells = [...alike].map(
    ([text, group]) => `${group.map(({ workload }) => workload).join(', ')} | ${text}`,
  )
  const shown = cells.length > 0 ? cells : [`– | ${reason}`]
  return shown.map((cell) => `| ${part.title} | ${verdict} | ${cell} |`)
}

function figures({ ratio, interval, reason }: Evidence): string {
  if (ratio === null || interval === null) return reason ?? ''
  return `${formatRatio(ratio)}, ${formatRatioInterval(interval)}`
}

function boundsText(part: Part): string {
  if (part.type === 'order') return 'the same at write(sync) as at write'
  const [least, most]: Bounds = part.bounds
  return most === Number.POSITIVE_INFINITY
    ? `at least ${formatRatio(least)}`
    : `from ${formatRatio(least)} to ${formatRatio(most)}`
}
