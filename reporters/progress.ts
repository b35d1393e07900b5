import { watch } from 'node:fs'
import { compare, isSameWorkload } from '../fixtures/analysis/compare.ts'
import { workloadName } from '../fixtures/guest/workloads.ts'
import type { JournalEntry } from '../fixtures/model.ts'
import { oneLine } from '../fixtures/printable.ts'
import { appendedTo } from '../fixtures/session/journal.ts'
import { journalFile, type Session } from '../fixtures/session/session-file.ts'
import { formatDuration, formatRatio } from '../fixtures/units.ts'

/**
 * Prints a line for each environment that was probed and each cell that is done, as it happens; what
 * stood in the journal when the session was taken up again is known.
 * @returns what prints the rest and ends it.
 */
export function followJournal(session: Session, print: (line: string) => void): () => void {
  const entries: JournalEntry[] = []
  const readOn = appendedTo(journalFile(session))
  const read = () => {
    for (const entry of readOn()) {
      entries.push(entry)
      if (entry.at < (session.resumedAt.at(-1) ?? '')) continue
      const line = lineOf(session, entry, entries)
      if (line !== null) print(oneLine(line))
    }
  }
  const watcher = watch(journalFile(session), read)
  return () => {
    watcher.close()
    read()
  }
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
    case 'stop': {
      const own = entries.filter(({ environment }) => environment === entry.environment)
      const cell = compare(session.id, own).cells.find(({ workload }) =>
        isSameWorkload(workload, entry.workload),
      )
      if (!cell?.medianNs || !cell.ratio) return null
      const figures = `${formatDuration(cell.medianNs)}, ${formatRatio(cell.ratio)} Linux`
      const disturbed = cell.disturbedBlocks > 0 ? `, ${cell.disturbedBlocks} disturbed` : ''
      const blocks = `${cell.blocks} blocks${disturbed}`
      return `${entry.environment}: ${workloadName(entry.workload)}: ${figures}, ${blocks}`
    }
    case 'boot':
      return null
  }
}
