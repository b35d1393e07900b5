/**
 * Several sessions side by side: of one machine before and after something, under different boots of
 * it (plain Linux, a Xen dom0), or of several machines. Nothing is pooled: each session's environments
 * keep their own figures, against the native Linux of their own session, under names that say whose
 * they are (`qemu@bare`, `linux@xen`).
 */
import type { JournalEntry } from '../fixtures/model.ts'
import type { Session, Source } from '../fixtures/session/session-file.ts'

/**
 * Labels sessions by the first of these that tells them apart: their machine, what they ran on, their
 * kernel, their storage, their id.
 * @throws if they are not several.
 */
export function sourcesOf(sessions: readonly Session[]): readonly Source[] {
  if (sessions.length < 2) {
    throw new Error(`expected two sessions at least, got ${sessions.length}`)
  }
  const names = [
    ({ machine }: Session) => machine.model,
    ({ machine }: Session) =>
      virtualisations[machine.virtualisation] ?? (machine.emulated ? 'emulated' : 'virtual'),
    ({ machine }: Session) => machine.kernel,
    ({ storage }: Session) => `${storage.fileSystem} on ${storage.source}`,
    ({ id }: Session) => id,
  ]
  const name = names.find((each) => new Set(sessions.map(each)).size === sessions.length)
  if (name === undefined) throw new Error('the same session was given twice: name each once')
  // What stands behind an @ is the label, whatever a processor's name may hold.
  return sessions.map((session) => ({ label: name(session).replaceAll('@', 'at'), session }))
}

const virtualisations: { readonly [name: string]: string } = {
  none: 'bare',
  'xen dom0': 'xen',
  BitVisor: 'bitvisor',
}

/** A session's journal under the names that its label gives. */
export function labelled(entries: readonly JournalEntry[], label: string): readonly JournalEntry[] {
  return entries.map((entry) => {
    const environment = `${entry.environment}@${label}`
    if (entry.type !== 'availability') return { ...entry, environment }
    return { ...entry, environment, title: `${entry.title}, ${label}` }
  })
}
