/** How long a run will go on, told by what its cells took so far. */
import { environmentsOf, isSameOperation, isSameWorkload } from '../fixtures/analysis/histories.ts'
import type { JournalEntry, Workload } from '../fixtures/model.ts'

/** A cell that came to its end. */
interface Ended {
  environment: string
  workload: Workload
  ms: number
}

/**
 * Milliseconds; null as long as no cell has ended. Each cell to come is taken to last as long as those of
 * the same workload did on average, or as all did: environments that will turn out to be unavailable or
 * emulated, and take nothing or less, are among them.
 * @param entries of this run. @param planned ids of all environments that are to be measured.
 */
export function msLeft(
  entries: readonly JournalEntry[],
  planned: readonly string[],
  workloads: readonly Omit<Workload, 'seed'>[],
): number | null {
  const ended = endedCells(entries)
  const meanMs = mean(ended.map(({ ms }) => ms))
  if (meanMs === null) return null
  const begun = environmentsOf(entries).map(({ environment }) => environment)
  const current = begun.at(-1) as string
  const expectedMs = (workload: Omit<Workload, 'seed'>) =>
    mean(ended.filter((cell) => isSame(cell.workload, workload)).map(({ ms }) => ms)) ?? meanMs
  const sumMs = (left: typeof workloads) =>
    left.reduce((sum, workload) => sum + expectedMs(workload), 0)
  const own = ended.filter(({ environment }) => environment === current)
  const missing = workloads.filter((each) => !own.some((cell) => isSame(cell.workload, each)))
  const untouched = planned.filter((id) => !begun.includes(id))
  return sumMs(missing) + untouched.length * sumMs(workloads)
}

function endedCells(entries: readonly JournalEntry[]): readonly Ended[] {
  let begunMs: number | undefined
  const ended: Ended[] = []
  for (const entry of entries) {
    const atMs = Date.parse(entry.at)
    if (entry.type === 'stop' || entry.type === 'failure') {
      const { environment, workload } = entry
      const known = ended.find(
        (cell) => cell.environment === environment && isSameWorkload(cell.workload, workload),
      )
      if (known === undefined) ended.push({ environment, workload, ms: atMs - (begunMs ?? atMs) })
    }
    if (entry.type === 'availability' || entry.type === 'stop' || entry.type === 'failure') {
      begunMs = atMs
    }
  }
  return ended
}

function isSame(workload: Workload, other: Omit<Workload, 'seed'>): boolean {
  return isSameOperation(workload, { ...other, seed: workload.seed })
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}
