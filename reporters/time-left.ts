/** How long a run will go on, told by what its environments took so far. */
import { environmentsOf, isAskedAgain, isSameOperation } from '../fixtures/analysis/histories.ts'
import type { JournalEntry, Workload } from '../fixtures/model.ts'
import type { Profile } from '../fixtures/session/profiles.ts'

/** What is asked of each environment. */
interface RoundsAsked extends Pick<Profile, 'blocks' | 'budgetSeconds'> {
  workloads: readonly Omit<Workload, 'seed'>[]
}

/**
 * Milliseconds; null as long as nothing tells. The environment under way is taken to have as many blocks as
 * the profile has at most, those to come to last as long as those before it did on average: some
 * will turn out to be unavailable or emulated, and take nothing or less.
 * @param entries of this run. @param planned ids of all environments that are to be measured.
 */
export function msLeft(
  entries: readonly JournalEntry[],
  planned: readonly string[],
  asked: RoundsAsked,
): number | null {
  const begun = environmentsOf(entries).map(({ environment }) => environment)
  const current = begun.at(-1)
  if (current === undefined) return null
  const passed = begun.slice(0, -1).flatMap((id) => msOf(entries, id) ?? [])
  const meanMs = passed.length === 0 ? null : sum(passed) / passed.length
  const ownMs = ownMsLeft(entries, current, asked)
  const eachMs = meanMs ?? (ownMs === null ? null : (msOf(entries, current) ?? 0) + ownMs)
  if (eachMs === null) return null
  return (ownMs ?? eachMs) + eachMs * planned.filter((id) => !begun.includes(id)).length
}

/** From its beginning to its last line; null if it booted nothing. */
function msOf(entries: readonly JournalEntry[], id: string): number | null {
  const own = entries.filter(({ environment }) => environment === id)
  if (!own.some(({ type }) => type === 'boot')) return null
  const [first, last] = [own[0], own.at(-1)].map((entry) => Date.parse(entry?.at ?? ''))
  return (last as number) - (first as number)
}

/** Null in its first round. What has nothing after that will not be measured. */
function ownMsLeft(
  entries: readonly JournalEntry[],
  id: string,
  asked: RoundsAsked,
): number | null {
  const own = entries.filter(({ environment }) => environment === id)
  const [, most] = asked.blocks
  const shares = asked.workloads.map((workload) => {
    const cell = own.filter((entry) => 'workload' in entry && isSame(entry.workload, workload))
    const now = cell.slice(1 + cell.findLastIndex(isAskedAgain))
    if (now.some(({ type }) => type === 'stop' || type === 'failure')) return 1
    return Math.min(1, now.filter(({ type }) => type === 'boot').length / 2 / most)
  })
  const begun = shares.filter((share) => share > 0)
  const isFirstRound = begun.length < shares.length && begun.every((share) => share <= 1 / most)
  if (isFirstRound) return null
  const [done, spentMs] = [sum(begun) / begun.length, msOf(entries, id) ?? 0]
  const budgetMs = (asked.budgetSeconds ?? Number.POSITIVE_INFINITY) * 1000
  return Math.max(0, Math.min((spentMs * (1 - done)) / done, done < 1 ? budgetMs - spentMs : 0))
}

function isSame(workload: Workload, other: Omit<Workload, 'seed'>): boolean {
  return isSameOperation(workload, { ...other, seed: workload.seed })
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
