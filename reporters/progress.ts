/** How far a session is, read from its journal as it is written. */
import { watch } from 'node:fs'
import { isSameWorkload } from '../fixtures/analysis/compare.ts'
import { CONFIDENCE, estimate, pairBoots } from '../fixtures/analysis/estimates.ts'
import { isAskedAgain } from '../fixtures/analysis/histories.ts'
import { workloadName } from '../fixtures/guest/workloads.ts'
import type { JournalEntry, Workload } from '../fixtures/model.ts'
import { oneLine } from '../fixtures/printable.ts'
import { appendedTo } from '../fixtures/session/journal.ts'
import { journalFile, type Session } from '../fixtures/session/session-file.ts'
import { formatRatio, formatRatioInterval } from '../fixtures/units.ts'
import { msLeft } from './time-left.ts'
import { cellFigures } from './view/cell-figures.ts'

/** A cell that a run is to measure, if its environment is there. */
export interface CellToMeasure {
  environment: string
  /** As `workloadName` has it. */
  workload: string
}

type BootEntry = Extract<JournalEntry, { type: 'boot' }>

/** What is known at a moment: the entries of the journal, and when this run began. */
export interface SessionProgress {
  planned: readonly CellToMeasure[]
  entries: readonly JournalEntry[]
  /** How many of the entries were there before. */
  earlier: number
  /** How long the run will go on; null where nothing tells. */
  msLeft: number | null
}

/** `4/12 cells, about 2 min left: docker: 4 KiB read, block 7, ×1.03 (0.957–1.12) Linux`. */
export function progressLine(progress: SessionProgress): string {
  const { total, done } = countOf(progress)
  const current = currentOf(progress)
  const parts = `${done}/${total} cells${outlookOf(progress.msLeft)}`
  return oneLine(current === null ? parts : `${parts}: ${current}`)
}

/** Cells of what is unavailable are none to be waited for. */
export function countOf({ planned, entries }: Pick<SessionProgress, 'planned' | 'entries'>): {
  total: number
  done: number
} {
  const missing = new Set(
    entries.flatMap((entry) =>
      entry.type === 'availability' && entry.availability.state === 'unavailable'
        ? [entry.environment]
        : [],
    ),
  )
  const ended = endedCells(entries)
  const cells = planned.filter(({ environment }) => !missing.has(environment))
  const done = cells.filter((cell) => ended.has(nameOf(cell.environment, cell.workload))).length
  return { total: cells.length, done }
}

function endedCells(entries: readonly JournalEntry[]): ReadonlySet<string> {
  const ended = new Set<string>()
  for (const entry of entries) {
    if (entry.type !== 'stop' && entry.type !== 'failure') continue
    const name = nameOf(entry.environment, workloadName(entry.workload))
    if (isAskedAgain(entry)) ended.delete(name)
    else ended.add(name)
  }
  return ended
}

function nameOf(environment: string, workload: string): string {
  return `${environment}: ${workload}`
}

/** Nothing, as long as nobody can tell. */
function outlookOf(ms: number | null): string {
  return ms ? `, about ${Math.ceil(ms / 60_000)} min left` : ''
}

/** The cell under way, its blocks and what they say so far. */
function currentOf({ entries, earlier }: SessionProgress): string | null {
  const last = entries
    .slice(earlier)
    .findLast((entry) => entry.type !== 'variant' && entry.type !== 'prediction')
  if (last === undefined || last.type === 'stop' || last.type === 'failure') return null
  if (last.type === 'availability') return `${last.title} begins`
  const own = entries
    .slice(1 + entries.findLastIndex(isAskedAgain))
    .filter(
      (entry): entry is BootEntry =>
        entry.type === 'boot' &&
        entry.environment === last.environment &&
        isSameWorkload(entry.workload, last.workload),
    )
  const { pairs } = pairBoots(own.map(({ boot }) => boot))
  const cell = `${nameOf(last.environment, workloadName(last.workload))}, block ${last.boot.block + 1}`
  if (pairs.length === 0) return cell
  const { ratio, ratioInterval } = estimate(pairs, CONFIDENCE)
  const interval = ratioInterval ? ` (${formatRatioInterval(ratioInterval)})` : ''
  return `${cell}, ${formatRatio(ratio)}${interval} Linux`
}

export interface Follower {
  /** As of now. */
  line(): string
  /** Prints what is left, and ends it. */
  end(): void
}

/** Where nobody sees a live line, so long may pass without any. */
const HEARTBEAT_MS = 60_000

/**
 * Prints a line for each environment that was probed and each cell that is done, as it happens; what
 * stood in the journal when the session was taken up again is known.
 * @param isLive somebody sees `line()` all the time; else it is printed now and then.
 */
export function followJournal(
  session: Session,
  planned: readonly CellToMeasure[],
  isLive: boolean,
  print: (line: string) => void,
): Follower {
  const entries: JournalEntry[] = []
  const readOn = appendedTo(journalFile(session))
  let earlier = 0
  let printedMs = performance.now()
  const ids = [...new Set(planned.map(({ environment }) => environment))]
  const progress = (): SessionProgress => {
    const own = entries.slice(earlier)
    return { planned, entries, earlier, msLeft: msLeft(own, ids, session.profile) }
  }
  const line = () => progressLine(progress())
  const tell = (text: string) => {
    print(oneLine(text))
    printedMs = performance.now()
  }
  const read = () => {
    for (const entry of readOn()) {
      entries.push(entry)
      if (entry.at < (session.resumedAt.at(-1) ?? '')) {
        earlier = entries.length
        continue
      }
      const text = lineOf(session, entry, progress())
      if (text !== null) tell(text)
    }
  }
  const heartbeat = setInterval(() => {
    if (!isLive && performance.now() - printedMs >= HEARTBEAT_MS) tell(line())
  }, HEARTBEAT_MS).unref()
  const watcher = watch(journalFile(session), read)
  return {
    line,
    end() {
      clearInterval(heartbeat)
      watcher.close()
      read()
    },
  }
}

function lineOf(session: Session, entry: JournalEntry, progress: SessionProgress): string | null {
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
      const figures = isAskedAgain(entry) ? null : figuresLine(session, entry, progress)
      const { total, done } = countOf(progress)
      return figures && `${figures}; ${done}/${total} cells${outlookOf(progress.msLeft)}`
    }
    case 'prediction':
      return `${entry.environment}: ${workloadName(entry.workload)}: ${entry.variant} predicted`
    case 'variant':
      return entry.failure === undefined
        ? null
        : `${entry.environment}: ${workloadName(entry.workload)}: ${entry.variant}: ${entry.failure}`
    case 'boot':
      // The first ratio of all is not waited for until its cell is done.
      return progress.entries.filter(({ type }) => type === 'boot').length === 2
        ? figuresLine(session, entry, progress)
        : null
  }
}

function figuresLine(
  session: Session,
  { environment, workload }: Extract<JournalEntry, { workload: Workload }>,
  { entries }: SessionProgress,
): string | null {
  const figures = cellFigures(session.id, entries, environment, workload)
  if (figures === null) return null
  const { cell, text } = figures
  const disturbed = cell.disturbedBlocks > 0 ? `, ${cell.disturbedBlocks} disturbed` : ''
  const blocks = `${cell.blocks} block${cell.blocks === 1 ? '' : 's'}${disturbed}`
  return `${nameOf(environment, workloadName(workload))}: ${text}, ${blocks}`
}
