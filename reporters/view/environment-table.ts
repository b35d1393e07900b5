/** The study's table 1 for this machine: what each environment is made of, and how long it takes to start. */
import type { ProbedEnvironment } from '../../fixtures/analysis/histories.ts'
import { median } from '../../fixtures/analysis/statistics.ts'
import type { Availability, Available, JournalEntry } from '../../fixtures/model.ts'
import { formatDuration, formatSize } from '../../fixtures/units.ts'

/** One environment; `texts` are under `specificationHeads`, null where nothing is known. */
export interface EnvironmentRow {
  environment: string
  title: string
  texts: readonly (string | null)[]
}

const SPECIFICATION: readonly (readonly [head: string, read: (of: Available) => string])[] = [
  ['kernel', ({ specification }) => specification.kernel],
  ['memory', ({ specification }) => formatSize(specification.memoryBytes)],
  ['storage', ({ specification }) => specification.storage],
  ['version', ({ version }) => version],
  ['runs as', ({ detail }) => detail],
]

/** `ready after`: from its being started until its workload begins, the median of its boots. */
export const specificationHeads = [
  'fidelity',
  ...SPECIFICATION.map(([head]) => head),
  'ready after',
]

export function environmentRows(
  environments: readonly ProbedEnvironment[],
  entries: readonly JournalEntry[],
): readonly EnvironmentRow[] {
  return environments.map(({ environment, title, availability }) => ({
    environment,
    title,
    texts: [
      fidelityTitle(availability),
      ...SPECIFICATION.map(([, read]) =>
        availability?.state === 'available' ? read(availability) : null,
      ),
      readyText(environment, entries),
    ],
  }))
}

/** `native`, `emulated`, `unavailable` or, of an environment that no probe has seen, `not probed`. */
function fidelityTitle(availability: Availability | null): string {
  if (availability === null) return 'not probed'
  return availability.state === 'available' ? availability.fidelity : availability.state
}

function readyText(environment: string, entries: readonly JournalEntry[]): string | null {
  const readyNs = entries.flatMap((entry) =>
    entry.type === 'boot' && entry.environment === environment && entry.boot.arm === 'guest'
      ? [entry.boot.readyNs]
      : [],
  )
  return readyNs.length === 0 ? null : formatDuration(median(readyNs))
}
