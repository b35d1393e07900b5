/**
 * Sessions of one device that ran under different boots of it (plain Linux, a Xen dom0), side by
 * side. Nothing is pooled: each session's environments keep their own figures, against the native
 * Linux of their own session, under names that say whose they are (`qemu@bare`, `linux@xen`).
 */
import type { JournalEntry } from '../fixtures/model.ts'
import type { Session, Source } from '../fixtures/session/session-file.ts'

/** Kernels reserve more or less of it; devices differ by factors of two. */
const MEMORY_TOLERANCE = 0.1

/**
 * Labels sessions by the first of these that tells them apart: what they ran on, their kernel,
 * their id.
 * @throws if they are not several, or not of one device.
 */
export function sourcesOf(sessions: readonly Session[]): readonly Source[] {
  const [first, ...others] = sessions
  if (first === undefined || others.length === 0) {
    throw new Error(`expected two sessions at least, got ${sessions.length}`)
  }
  for (const other of others) requireSameDevice(first, other)
  const names = [
    ({ machine }: Session) =>
      virtualisations[machine.virtualisation] ?? (machine.emulated ? 'emulated' : 'virtual'),
    ({ machine }: Session) => machine.kernel,
    ({ id }: Session) => id,
  ]
  const name = names.find((each) => new Set(sessions.map(each)).size === sessions.length)
  if (name === undefined) throw new Error('the same session was given twice: name each once')
  return sessions.map((session) => ({ label: name(session), session }))
}

const virtualisations: { readonly [name: string]: string } = {
  none: 'bare',
  'xen dom0': 'xen',
}

/** @throws naming what differs. */
function requireSameDevice(one: Session, other: Session): void {
  const differences = [
    difference('machine model', one.machine.model, other.machine.model),
    difference('storage device', deviceOf(one), deviceOf(other)),
    hasSameMemory(one, other) ? null : difference('memory', memoryOf(one), memoryOf(other)),
  ].filter((found) => found !== null)
  if (differences.length === 0) return
  throw new Error(
    `sessions ${one.id} and ${other.id} are of different devices: ${differences.join('; ')}: ` +
      'their ratios may be read side by side, but not in one table',
  )
}

function difference(what: string, one: string, other: string): string | null {
  return one === other ? null : `${what} ${one} and ${other}`
}

function deviceOf({ storage: { disk, source } }: Session): string {
  return disk === null ? source : `${disk.name} ${disk.model}`.trim()
}

function memoryOf({ machine }: Session): string {
  return `${(machine.memoryBytes / 2 ** 30).toFixed(1)} GiB`
}

/** Xen gives its dom0 a part of the device's memory: less there is no other device. */
function hasSameMemory({ machine: one }: Session, { machine: other }: Session): boolean {
  const [lesser, greater] = one.memoryBytes < other.memoryBytes ? [one, other] : [other, one]
  if (lesser.virtualisation === 'xen dom0') return true
  return greater.memoryBytes / lesser.memoryBytes <= 1 + MEMORY_TOLERANCE
}

/** A session's journal under the names that its label gives. */
export function labelled(entries: readonly JournalEntry[], label: string): readonly JournalEntry[] {
  return entries.map((entry) => {
    const environment = `${entry.environment}@${label}`
    if (entry.type !== 'availability') return { ...entry, environment }
    return { ...entry, environment, title: `${entry.title}, ${label}` }
  })
}
