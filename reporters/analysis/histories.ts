/** What the journal holds of each environment and workload; nothing is computed here. */
import type {
  Availability,
  Boot,
  Cache,
  Cell,
  FailureCause,
  JournalEntry,
  Workload,
} from '../../fixtures/model.ts'
import { OPERATION_NAMES } from '../../fixtures/operations.ts'

/** An environment as the journal's last word describes it; null if it was never probed. */
export interface ProbedEnvironment {
  environment: string
  title: string
  availability: Availability | null
}

export interface Failure {
  message: string
  cause: FailureCause
}

/** What the journal holds of one cell, in its order. */
export interface History {
  probed: ProbedEnvironment
  workload: Workload
  boots: readonly Boot[]
  /** Without those of the machine after which the cell went on. */
  failures: readonly Failure[]
  stop: Cell['stop']
}

/** Order of tables of one size: the study's own state first. */
export const CACHES: readonly Cache[] = ['warm', 'cold']

/** Environments in order of appearance. */
export function environmentsOf(entries: readonly JournalEntry[]): readonly ProbedEnvironment[] {
  const found = new Map<string, ProbedEnvironment>()
  for (const entry of entries) {
    const { environment } = entry
    if (entry.type === 'availability') {
      found.set(environment, { environment, title: entry.title, availability: entry.availability })
    } else if (!found.has(environment)) {
      found.set(environment, { environment, title: environment, availability: null })
    }
  }
  return [...found.values()]
}

/** Whether two workloads do the same to the storage, in whatever requests and however often. */
export function isSameOperation(a: Workload, b: Workload): boolean {
  return a.operation === b.operation && a.cache === b.cache && a.sizeBytes === b.sizeBytes
}

/** Whether two workloads ask the same question; how often they ask it may differ. */
export function isSameWorkload(a: Workload, b: Workload): boolean {
  return (
    isSameOperation(a, b) &&
    a.requestBytes === b.requestBytes &&
    (a.delayNs ?? 0) === (b.delayNs ?? 0)
  )
}

/** Workloads of the session, from small to large, in the order of the operations' table. */
export function workloadsOf(entries: readonly JournalEntry[]): readonly Workload[] {
  const found: Workload[] = []
  for (const entry of entries) {
    if (entry.type === 'availability') continue
    if (!found.some((known) => isSameWorkload(known, entry.workload))) found.push(entry.workload)
  }
  return found.sort(
    (a, b) =>
      a.sizeBytes - b.sizeBytes ||
      CACHES.indexOf(a.cache) - CACHES.indexOf(b.cache) ||
      OPERATION_NAMES.indexOf(a.operation) - OPERATION_NAMES.indexOf(b.operation) ||
      a.requestBytes - b.requestBytes,
  )
}

/** Null where an available environment was not asked this workload. */
export function historyOf(
  entries: readonly JournalEntry[],
  probed: ProbedEnvironment,
  asked: Workload,
): History | null {
  const own = entries
    .filter((entry) => entry.type !== 'availability')
    .filter(({ environment }) => environment === probed.environment)
    .filter(({ workload }) => isSameWorkload(workload, asked))
  if (own.length === 0 && probed.availability?.state !== 'unavailable') return null
  return {
    probed,
    workload: own[0]?.workload ?? asked,
    boots: own.flatMap((entry) => (entry.type === 'boot' ? [entry.boot] : [])),
    failures: own.flatMap((entry, index) => {
      if (entry.type !== 'failure') return []
      const { message, cause = 'guest' } = entry
      const wentOn = own.slice(index + 1).some(({ type }) => type !== 'failure')
      return cause === 'host' && wentOn ? [] : [{ message, cause }]
    }),
    stop: own.findLast((entry) => entry.type === 'stop')?.reason ?? null,
  }
}
