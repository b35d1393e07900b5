/** The study's table 1 for this machine: what each environment is made of, and how long it takes to start. */
import type { ProbedEnvironment } from '../../fixtures/analysis/histories.ts'
import { median } from '../../fixtures/analysis/statistics.ts'
import type { Availability, Available, JournalEntry } from '../../fixtures/model.ts'
import { formatDuration, formatSize } from '../../fixtures/units.ts'
import type { Words } from '../../fixtures/words/words.ts'

/** One environment; `texts` are under `specificationHeads`, null where nothing is known. */
export interface EnvironmentRow {
  environment: string
  title: string
  texts: readonly (string | null)[]
}

const SPECIFICATION: readonly ((of: Available) => string)[] = [
  ({ specification }) => specification.kernel,
  ({ specification }) => formatSize(specification.memoryBytes),
  ({ specification }) => specification.storage,
  ({ version }) => version,
  ({ detail }) => detail,
]

/**
 * `ready after`: from its being started until its workload begins, the median of its boots. `on disk`: what
 * must lie there for it to run, shared libraries apart.
 */
export function specificationHeads({ tables }: Words): readonly string[] {
  const { fidelity, kernel, memory, storage, version, runsAs, readyAfter, onDisk } =
    tables.specificationHeads
  return [fidelity, kernel, memory, storage, version, runsAs, readyAfter, onDisk]
}

export function environmentRows(
  environments: readonly ProbedEnvironment[],
  entries: readonly JournalEntry[],
  words: Words,
): readonly EnvironmentRow[] {
  return environments.map(({ environment, title, availability }) => ({
    environment,
    title,
    texts: [
      fidelityTitle(availability, words),
      ...SPECIFICATION.map((read) =>
        availability?.state === 'available' ? read(availability) : null,
      ),
      readyText(environment, entries),
      availability?.state === 'available' ? diskText(availability) : null,
    ],
  }))
}

/** `native`, `emulated`, `unavailable` or, of an environment that no probe has seen, `not probed`. */
function fidelityTitle(availability: Availability | null, { tables }: Words): string {
  const { fidelities } = tables
  if (availability === null) return fidelities.notProbed
  const { state } = availability
  return state === 'available' ? fidelities[availability.fidelity] : fidelities[state]
}

function readyText(environment: string, entries: readonly JournalEntry[]): string | null {
  const readyNs = entries.flatMap((entry) =>
    entry.type === 'boot' && entry.environment === environment && entry.boot.arm === 'guest'
      ? [entry.boot.readyNs]
      : [],
  )
  return readyNs.length === 0 ? null : formatDuration(median(readyNs))
}

/** `31.6 MiB: qemu-system-x86_64 17.1 MiB, kernel 7.9 MiB, initramfs 6.6 MiB`, the largest part first. */
function diskText({ onDisk = [] }: Available): string | null {
  const parts = onDisk.toSorted((a, b) => b.bytes - a.bytes)
  const [first, ...others] = parts
  if (first === undefined) return null
  if (others.length === 0) return `${formatSize(first.bytes)}: ${first.what}`
  const all = parts.reduce((sum, { bytes }) => sum + bytes, 0)
  return `${formatSize(all)}: ${parts.map(({ what, bytes }) => `${what} ${formatSize(bytes)}`).join(', ')}`
}
