/**
 * The study's claims over a session's comparison: holds, contradicted or undecided.
 *
 * A claim is about the whole, a cell is a cell. Each part of a claim is held against every cell that
 * can tell, one by one; nothing is averaged, so that no cell hides another. A cell supports or
 * contradicts if its whole interval lies within or outside the part's bounds. It is skipped, with
 * the reason, where `relate` finds nothing to compare (emulated, not equally durable, too few
 * blocks), and an exception where the study's own figures break its claim. A part is settled if the
 * cells that decide agree and are at least QUORUM of all but the exceptions; cells that disagree
 * leave it undecided. A claim holds if all its parts do, and is contradicted if one of them is.
 */
import type { Comparison } from '../../fixtures/model.ts'
import { type Evidence, evidenceOf } from './claim-evidence.ts'
import { type Bounds, CLAIMS, type Part, QUORUM } from './study-claims.ts'

export type ClaimVerdict = 'holds' | 'contradicted' | 'undecided'

interface Ruling {
  verdict: ClaimVerdict
  /** What would have to be known; null unless undecided. */
  reason: string | null
}

export interface PartJudgement extends Ruling {
  title: string
  /** Of the ratio; null of an order, which is to be the same at write(sync) as at write. */
  bounds: Bounds | null
  /** Where the bounds come from. */
  source: string
  evidence: readonly Evidence[]
}

/** One claim, in `claims` of comparison.json. */
export interface Judgement extends Ruling {
  number: number
  statement: string
  parts: readonly PartJudgement[]
}

export function judgeClaims(comparison: Comparison): readonly Judgement[] {
  return CLAIMS.map(({ number, statement, parts }) => {
    const judged = parts.map((part) => judgePart(part, comparison))
    return { number, statement, ...ruleOnClaim(judged), parts: judged }
  })
}

function judgePart(part: Part, comparison: Comparison): PartJudgement {
  const evidence = evidenceOf(part, comparison)
  const bounds = part.type === 'order' ? null : part.bounds
  return { title: part.title, bounds, source: part.source, ...ruleOnPart(evidence), evidence }
}

function ruleOnClaim(parts: readonly PartJudgement[]): Ruling {
  const open = parts.filter(({ verdict }) => verdict === 'undecided')
  if (parts.some(({ verdict }) => verdict === 'contradicted')) return settled('contradicted')
  if (open.length === 0) return settled('holds')
  const reasons = [...new Set(open.map(({ reason }) => reason))].join('; ')
  return undecided(`${open.length} of ${parts.length} parts are open: ${reasons}`)
}

function ruleOnPart(evidence: readonly Evidence[]): Ruling {
  const count = (outcome: Evidence['outcome']) =>
    evidence.filter((one) => one.outcome === outcome).length
  const [supporting, contradicting] = [count('supports'), count('contradicts')]
  const decided = supporting + contradicting
  const asked = evidence.length - count('exception')
  if (asked === 0) return undecided('no workload of this session can tell')
  if (supporting > 0 && contradicting > 0) {
    return undecided(`cells disagree, ${supporting} for and ${contradicting} against`)
  }
  if (decided < QUORUM * asked) return undecided(whySoFew(evidence))
  return settled(supporting > 0 ? 'holds' : 'contradicted')
}

function whySoFew(evidence: readonly Evidence[]): string {
  const reasons = evidence.flatMap(({ outcome, reason }) => {
    if (outcome === 'skipped' && reason !== null) return [reason]
    return outcome === 'undecided' ? ['intervals are too wide, measure more blocks'] : []
  })
  return [...new Set(reasons)].join('; ')
}

function settled(verdict: 'holds' | 'contradicted'): Ruling {
  return { verdict, reason: null }
}

function undecided(reason: string): Ruling {
  return { verdict: 'undecided', reason }
}
