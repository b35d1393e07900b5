/** Exact counts of one operation, which need no quiet machine. Pure. */
import type { Counts, JournalEntry, Workload } from '../../fixtures/model.ts'

/** An exact count of one operation; zero tolerance. */
export interface ExactMetric {
  name: 'reads' | 'writes' | 'exits' | 'flushes'
  base: number
  head: number
  verdict: 'REGRESSION' | 'PASS'
}

type Counted = Extract<JournalEntry, { type: 'boot' }>

/** Boots of n and of 2n operations, of each build. */
export type Round = Readonly<Record<'base' | 'head', readonly [few: Counted, many: Counted]>>

/** How often each count must come out the same. */
export const ROUNDS = 2

const COUNTS = {
  hostReads: 'reads',
  hostWrites: 'writes',
  kvmExits: 'exits',
  deviceFlushes: 'flushes',
} as const satisfies Partial<Record<keyof Counts, ExactMetric['name']>>

/** The rounds that are whole, in their order; a boot's `block` numbers its round. */
export function completeRounds(
  entries: readonly JournalEntry[],
  environment: string,
): readonly Round[] {
  const boots = entries.flatMap((entry) => (entry.type === 'boot' ? [entry] : []))
  const of = (role: string) =>
    boots.filter((entry) => entry.environment === `${environment}@${role}:count`)
  const heads = Map.groupBy(of('head'), ({ boot }) => boot.block)
  return [...Map.groupBy(of('base'), ({ boot }) => boot.block)].flatMap(([number, base]) => {
    const head = heads.get(number) ?? []
    return isPair(base) && isPair(head) ? [{ base, head }] : []
  })
}

function isPair(boots: readonly Counted[]): boots is readonly [Counted, Counted] {
  return boots.length === 2
}

/**
 * Counts of one operation: of a round's two boots the difference, so that starting up is not in
 * them. A count that BASE or HEAD does not repeat is none of theirs alone, and left out.
 */
export function exactMetrics(rounds: readonly Round[]): readonly ExactMetric[] {
  if (rounds.length < ROUNDS) return []
  return (Object.keys(COUNTS) as (keyof typeof COUNTS)[]).flatMap((count) => {
    const [base, head] = [repeated(rounds, 'base', count), repeated(rounds, 'head', count)]
    if (base === null || head === null) return []
    return [{ name: COUNTS[count], base, head, verdict: head > base ? 'REGRESSION' : 'PASS' }]
  })
}

function repeated(
  rounds: readonly Round[],
  role: 'base' | 'head',
  count: keyof Counts,
): number | null {
  const slopes = new Set(
    rounds.map(({ [role]: [few, many] }) => {
      const [from, to] = [few.boot.counts[count], many.boot.counts[count]]
      if (from === undefined || to === undefined) return null
      const slope = (to - from) / (operationsOf(many.workload) - operationsOf(few.workload))
      // The device counts the flushes of others, too; theirs come in no step with our operations.
      return count === 'deviceFlushes' && !Number.isInteger(slope) ? null : slope
    }),
  )
  return slopes.size === 1 ? ([...slopes][0] as number | null) : null
}

function operationsOf({ samples, operationsPerSample }: Workload): number {
  return samples * operationsPerSample
}
