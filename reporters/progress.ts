import { watch } from 'node:fs'
import { compare, isSameWorkload } from '../fixtures/analysis/compare.ts'
import { workloadName } from '../fixtures/guest/workloads.ts'
import type { JournalEntry, Workload } from '../fixtures/model.ts'
import { oneLine } from '../fixtures/printable.ts'
import { appendedTo } from '../fixtures/session/journal.ts'
import { journalFile, type Session } from '../fixtures/session/session-file.ts'
import { formatDuration, formatRatio } from '../fixtures/units.ts'
import { msLeft } from './time-left.ts'

/**
 * Prints a line for each environment that was probed and each cell that is done, as it happens, and about
 * how long the run goes on; what stood in the journal when the session was taken up again is known.
 * @param planned ids of all environments that are to be measured.
 * @returns what prints the rest and ends it.
 */
export function followJournal(
  session: Session,
  planned: readonly string[],
  print: (line: string) => void,
): () => void {
  const entries: JournalEntry[] = []
  const readOn = appendedTo(journalFile(session))
  const read = () => {
    for (const entry of readOn()) {
      entries.push(entry)
      if (!isOfRun(session, entry)) continue
      const line = lineOf(session, entry, entries)
      if (line === null) continue
      const own = entries.filter((each) => isOfRun(session, each))
      print(oneLine(line + outlookOf(entry, msLeft(own, planned, session.profile.workloads))))
    }
  }
  const watcher = watch(journalFile(session), read)
  return () => {
    watcher.close()
    read()
  }
}

function isOfRun({ resumedAt }: Session, { at }: JournalEntry): boolean {
  return at >= (resumedAt.at(-1) ?? '')
}

function outlookOf({ type }: JournalEntry, ms: number | null): string {
  if (type !== 'stop' || !ms) return ''
  return `; about ${Math.ceil(ms / 60_000)} min left`
}

function lineOf(
  session: Session,
  entry: JournalEntry,
  entries: readonly JournalEntry[],
): string | null {
  switch (entry.type) {
    case 'availability': {
      const { availability, title } = entry
      if (availability.state === 'unavailable')
        return `${title}: unavailable: ${availability.reason}`
      return `${title}: ${availability.fidelity}, ${availability.detail}`
    }
    case 'failure':
      return `${entry.environment}: ${workloadName(entry.workload)}: failed: ${entry.message}`
    case 'stop':
      return figuresLine(session, entry, entries)
    case 'boot':
      // The first ratio of all is not waited for until its cell is done.
      return entries.filter(({ type }) => type === 'boot').length === 2
        ? figuresLine(session, entry, entries)
        : null
  }
}

function figuresLine(
  session: Session,
  { environment, workload }: Extract<JournalEntry, { workload: Workload }>,
  entries: readonly JournalEntry[],
): string | null {
  const own = entries.filter((entry) => entry.environment === environment)
  const cell = compare(session.id, own).cells.find((each) =>
    isSameWorkload(each.workload, workload),
  )
  if (!cell?.medianNs || !cell.ratio) return null
  const figures = `${formatDuration(cell.medianNs)}, ${formatRatio(cell.ratio)} Linux`
  const disturbed = cell.disturbedBlocks > 0 ? `, ${cell.disturbedBlocks} disturbed` : ''
  const blocks = `${cell.blocks} block${cell.blocks === 1 ? '' : 's'}${disturbed}`
  return `${environment}: ${workloadName(workload)}: ${figures}, ${blocks}`
}
