/** What is told of a session, whatever shows it: tables of a terminal, Markdown, a page. */

import { compare } from '../../fixtures/analysis/compare.ts'
import { environmentsOf, type ProbedEnvironment } from '../../fixtures/analysis/histories.ts'
import { powerCutText } from '../../fixtures/analysis/power-cut.ts'
import type { Available, Comparison, JournalEntry } from '../../fixtures/model.ts'
import { countMachines } from '../../fixtures/session/same-machine.ts'
import type { MergedSession, Session, Source } from '../../fixtures/session/session-file.ts'
import { formatSize } from '../../fixtures/units.ts'
import { type Absence, absencesOf, sentence } from './absences.ts'
import { blockTimesOf, type CellTimes } from './block-times.ts'
import { type EnvironmentRow, environmentRows } from './environment-table.ts'
import { type HeadlineLine, headlineOf } from './headline.ts'
import { remarkLegend } from './remarks.ts'
import { type SessionDifference, sessionDifferences } from './session-differences.ts'
import { emulatedTables, type SizeTable, sizeTables } from './size-tables.ts'

/** What is said; the faces only lay it out. */
export interface Report {
  comparison: Comparison
  environments: readonly ProbedEnvironment[]
  specifications: readonly EnvironmentRow[]
  summary: SessionSummary
  /** The answer, first everywhere (last on a terminal, where that is what stays on the screen). */
  headline: readonly HeadlineLine[]
  /** What is compared. */
  tables: readonly SizeTable[]
  /** What only proves that an environment works. */
  emulated: readonly SizeTable[]
  /** The words in cells that need a word themselves. */
  legend: ReturnType<typeof remarkLegend>
  absences: readonly Absence[]
  /** Of sessions side by side: each against the first. */
  differences: readonly SessionDifference[]
  /** What each measured cell's blocks took, in their order. */
  blockTimes: readonly CellTimes[]
  /** What weakens every number, or all of an environment: a sentence each. */
  cautions: readonly string[]
}

/** What a session's head line says. */
export interface SessionSummary {
  id: string
  /** ISO 8601. */
  startedAt: string
  profile: string
  machine: string
  kernel: string
  storage: string
  seed: string
  /** What else must be as it was to see the same, each under its name: the command, guestbench's commit, the governor. */
  conditions: readonly (readonly [name: string, value: string])[]
  /** What in the machine's state weakens every number, a sentence each. */
  caveats: readonly string[]
}

/** @param notes of the journal's damaged lines. */
export function reportOf(
  session: Session | MergedSession,
  entries: readonly JournalEntry[],
  notes: readonly string[],
): Report {
  if ('sources' in session) return mergedReportOf(session, entries, notes)
  const summary = summaryOf(session)
  const caveats = [...summary.caveats, ...notes]
  return reportFrom(compare(session.id, entries), entries, { ...summary, caveats })
}

function mergedReportOf(
  session: MergedSession,
  entries: readonly JournalEntry[],
  notes: readonly string[],
): Report {
  const { id, sources } = session
  const summary = mergedSummaryOf(session)
  const comparison = {
    ...compare(id, entries),
    machines: countMachines(sources.map((source) => source.session)),
  }
  const caveats = [...summary.caveats, ...notes]
  const labels = sources.map(({ label }) => label)
  return {
    ...reportFrom(comparison, entries, { ...summary, caveats }),
    differences: sessionDifferences(comparison, labels),
  }
}

export function reportFrom(
  comparison: Comparison,
  entries: readonly JournalEntry[],
  summary: SessionSummary,
): Report {
  const environments = environmentsOf(entries)
  const tables = sizeTables(comparison)
  return {
    comparison,
    environments,
    specifications: environmentRows(environments, entries),
    summary,
    headline: headlineOf(comparison),
    tables,
    emulated: emulatedTables(comparison),
    legend: remarkLegend(
      tables.flatMap(({ rows }) =>
        rows.flatMap(({ cells }) => cells.filter((cell) => cell !== null)),
      ),
    ),
    absences: absencesOf(comparison, environments),
    differences: [],
    blockTimes: blockTimesOf(comparison, environments, entries),
    cautions: [...summary.caveats.map(sentence), ...caveatsOf(environments)],
  }
}

/** Of several environments once: `hvt, hvt+ring: the KVM of this machine emulates ….` */
function caveatsOf(environments: readonly ProbedEnvironment[]): readonly string[] {
  const all = environments.flatMap(({ title, availability }) =>
    availability?.state === 'available'
      ? [...availability.caveats, ...powerCutOf(availability)].map((caveat) => ({ title, caveat }))
      : [],
  )
  return [...Map.groupBy(all, ({ caveat }) => caveat)].map(
    ([caveat, group]) => `${group.map(({ title }) => title).join(', ')}: ${sentence(caveat)}`,
  )
}

function powerCutOf({ powerCut }: Available): readonly string[] {
  return powerCut === undefined ? [] : [powerCutText(powerCut)]
}

export function summaryOf(session: Session): SessionSummary {
  const { id, startedAt, profile, seed, machine, tuned = [], storage, warnings } = session
  return {
    id,
    startedAt,
    profile: profile.name,
    machine: `${machine.model}, ${machine.cores} cores${tuned.length > 0 ? `, tuned: ${tuned.join(', ')}` : ''}`,
    kernel: machine.kernel,
    storage: storageText(storage),
    seed: String(seed),
    conditions: conditionsOf(session),
    caveats: warnings.map(({ text, remedy }) => `${text}; remedy: ${remedy}`),
  }
}

/** `ext4 on /dev/nvme0n1p2 (Samsung SSD 980)`. */
export function storageText({ fileSystem, source, disk }: Session['storage']): string {
  const device = disk && (disk.model || disk.name)
  return `${fileSystem} on ${source}${device ? ` (${device})` : ''}`
}

/** A session of an earlier version does not tell its command: the mode and the seed then have to do. */
function conditionsOf(session: Session): SessionSummary['conditions'] {
  const { profile, seed, commit, machine, state, storage, resumedAt } = session
  const { governor, loadAverage, temperatureMilliCelsius: heat } = state
  const usual = `GUESTBENCH_SEED=${seed} npx vitest bench --mode ${profile.name}`
  return [
    ['command', session.command ?? usual],
    ['guestbench commit', commit ?? 'not recorded'],
    ['processor', `${machine.processor}, ${formatSize(machine.memoryBytes)} of memory`],
    ['operating system', machine.operatingSystem],
    ['virtualisation', machine.virtualisation],
    ['governor', governor ?? 'not told by this machine'],
    ['load average at the start', loadAverage.toFixed(2)],
    ['temperature at the start', heat === null ? 'not told' : `${Math.round(heat / 1000)} °C`],
    ['clock source', machine.clocksource],
    ['mount options', storage.options],
    ['disk', storage.disk ? `${storage.disk.writeCache}, ${storage.disk.scheduler}` : 'not told'],
    ...(resumedAt.length > 0 ? [['resumed', resumedAt.join(', ')] as const] : []),
  ]
}

/** What sources have in common once, and what differs one after the other. */
function mergedSummaryOf({ id, mergedAt, sources }: MergedSession): SessionSummary {
  const summaries = sources.map(({ session }) => summaryOf(session))
  const each = (field: Exclude<keyof SessionSummary, 'caveats' | 'conditions'>) =>
    [...new Set(summaries.map((summary) => summary[field]))].join(' and ')
  return {
    id,
    startedAt: mergedAt,
    profile: each('profile'),
    machine: each('machine'),
    kernel: each('kernel'),
    storage: each('storage'),
    seed: each('seed'),
    conditions: sources.flatMap(({ label, session }) =>
      conditionsOf(session).map(([name, value]) => [`${label}: ${name}`, value] as const),
    ),
    caveats: [
      `of ${sources.map(nameOf).join(' and ')}: each environment is compared with the Linux of its own session; what no session of one machine has both sides of the study’s claims compare by times, each session one value`,
      ...sources.flatMap(({ label }, index) =>
        (summaries[index]?.caveats ?? []).map((caveat) => `${label}: ${caveat}`),
      ),
    ],
  }
}

function nameOf({ label, session }: Source): string {
  return `session ${session.id} (${label}, Linux ${session.machine.kernel})`
}
