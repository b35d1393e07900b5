/** What is told of a session, whatever shows it: tables of a terminal, Markdown, a page. */

import { compare } from '../../fixtures/analysis/compare.ts'
import { environmentsOf, type ProbedEnvironment } from '../../fixtures/analysis/histories.ts'
import { ledgerOf } from '../../fixtures/analysis/ledger.ts'
import { powerCutText } from '../../fixtures/analysis/power-cut.ts'
import type { LedgerCell } from '../../fixtures/ledger-model.ts'
import type { Available, Comparison, JournalEntry } from '../../fixtures/model.ts'
import { countMachines } from '../../fixtures/session/same-machine.ts'
import type { MergedSession, Session } from '../../fixtures/session/session-file.ts'
import { formatSize } from '../../fixtures/units.ts'
import { english, type Words } from '../../fixtures/words/words.ts'
import { type Absence, absencesOf, sentence } from './absences.ts'
import { blockTimesOf, type CellTimes } from './block-times.ts'
import { type EnvironmentRow, environmentRows } from './environment-table.ts'
import { type HeadlineLine, headlineOf } from './headline.ts'
import { remarkLegend } from './remarks.ts'
import { type SessionDifference, sessionDifferences } from './session-differences.ts'
import { emulatedTables, type SizeTable, sizeTables } from './size-tables.ts'
import { type WhyPart, whyPartOf } from './why-view.ts'

/** What is said; the faces only lay it out. */
export interface Report {
  /** Of the language in which all of it is said. */
  words: Words
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
  /** Of `--mode why`: where time goes; nothing in any other. */
  ledger: readonly LedgerCell[]
  /** What is said of it; null of any other mode. */
  why: WhyPart | null
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
  /** What must be typed to see the same, each under its name. */
  commands: readonly (readonly [name: string, command: string])[]
  /** What else must be as it was then: guestbench's commit, the governor. */
  conditions: readonly (readonly [name: string, value: string])[]
  /** What in the machine's state weakens every number, a sentence each. */
  caveats: readonly string[]
}

/** @param notes of the journal's damaged lines. */
export function reportOf(
  session: Session | MergedSession,
  entries: readonly JournalEntry[],
  notes: readonly string[],
  words: Words,
): Report {
  if ('sources' in session) return mergedReportOf(session, entries, notes, words)
  const summary = summaryOf(session, words)
  const caveats = [...summary.caveats, ...notes]
  const comparison = compare(session.id, entries, { words })
  return reportFrom(comparison, entries, { ...summary, caveats }, words)
}

function mergedReportOf(
  session: MergedSession,
  entries: readonly JournalEntry[],
  notes: readonly string[],
  words: Words,
): Report {
  const { id, sources } = session
  const summary = mergedSummaryOf(session, words)
  const comparison = {
    ...compare(id, entries, { words }),
    machines: countMachines(sources.map((source) => source.session)),
  }
  const caveats = [...summary.caveats, ...notes]
  const labels = sources.map(({ label }) => label)
  return {
    ...reportFrom(comparison, entries, { ...summary, caveats }, words),
    differences: sessionDifferences(comparison, labels, words),
  }
}

/** @param comparison in the same language, as far as it holds words. */
export function reportFrom(
  comparison: Comparison,
  entries: readonly JournalEntry[],
  summary: SessionSummary,
  words: Words,
): Report {
  const environments = environmentsOf(entries)
  const tables = sizeTables(comparison, words)
  const ledger = ledgerOf(entries, { words })
  const why = whyPartOf(ledger, words)
  return {
    words,
    comparison,
    ledger,
    why,
    environments,
    specifications: environmentRows(environments, entries, words),
    summary,
    headline: [...headlineOf(comparison, words), ...(why?.paragraphs ?? [])],
    tables,
    emulated: emulatedTables(comparison, words),
    legend: remarkLegend(
      tables.flatMap(({ rows }) =>
        rows.flatMap(({ cells }) => cells.filter((cell) => cell !== null)),
      ),
      words,
    ),
    absences: absencesOf(comparison, environments, words),
    differences: [],
    blockTimes: blockTimesOf(comparison, environments, entries),
    cautions: [...summary.caveats.map(sentence), ...caveatsOf(environments, words)],
  }
}

/** Of several environments once: `hvt, hvt+ring: the KVM of this machine emulates ….` */
function caveatsOf(environments: readonly ProbedEnvironment[], words: Words): readonly string[] {
  const all = environments.flatMap(({ title, availability }) =>
    availability?.state === 'available'
      ? [...availability.caveats, ...powerCutOf(availability, words)].map((caveat) => ({
          title,
          caveat,
        }))
      : [],
  )
  return [...Map.groupBy(all, ({ caveat }) => caveat)].map(
    ([caveat, group]) =>
      `${words.answer.titleList(group.map(({ title }) => title))}: ${sentence(caveat)}`,
  )
}

function powerCutOf({ powerCut }: Available, words: Words): readonly string[] {
  return powerCut === undefined ? [] : [powerCutText(powerCut, words)]
}

export function summaryOf(session: Session, words: Words = english): SessionSummary {
  const { id, startedAt, profile, seed, machine, tuned = [], storage, warnings } = session
  const { cores, tuned: tunedBy, caveat, command } = words.session
  const bare = cores(machine.model, machine.cores)
  return {
    id,
    startedAt,
    profile: profile.name,
    machine: tuned.length > 0 ? tunedBy(bare, tuned) : bare,
    kernel: machine.kernel,
    storage: storageText(storage, words),
    seed: String(seed),
    commands: [[command, commandFor(session)]],
    conditions: conditionsOf(session, words),
    caveats: warnings.map(({ text, remedy }) => caveat(text, remedy)),
  }
}

/** `ext4 on /dev/nvme0n1p2 (Samsung SSD 980)`. */
export function storageText(
  { fileSystem, source, disk }: Session['storage'],
  words: Words,
): string {
  return words.session.storageOn(fileSystem, source, (disk && (disk.model || disk.name)) ?? '')
}

/** A session of an earlier version does not tell its command: the mode and the seed then have to do. */
function commandFor({ command, profile, seed }: Session): string {
  return command ?? `GUESTBENCH_SEED=${seed} npx vitest bench --mode ${profile.name}`
}

function conditionsOf(session: Session, words: Words): SessionSummary['conditions'] {
  const { commit, machine, state, storage, resumedAt } = session
  const { governor, loadAverage, temperatureMilliCelsius: heat } = state
  const names = words.session
  const { notTold } = names
  return [
    [names.commit, commit ?? names.notRecorded],
    [names.processor, names.withMemory(machine.processor, formatSize(machine.memoryBytes))],
    [names.operatingSystem, machine.operatingSystem],
    [names.virtualisation, machine.virtualisation],
    [names.governor, governor ?? names.notToldByMachine],
    [names.load, loadAverage.toFixed(2)],
    [names.temperature, heat === null ? notTold : `${Math.round(heat / 1000)} °C`],
    [names.clockSource, machine.clocksource],
    [names.mountOptions, storage.options],
    [names.disk, storage.disk ? `${storage.disk.writeCache}, ${storage.disk.scheduler}` : notTold],
    ...(resumedAt.length > 0 ? [[names.resumed, resumedAt.join(', ')] as const] : []),
  ]
}

/** What sources have in common once, and what differs one after the other. */
function mergedSummaryOf({ id, mergedAt, sources }: MergedSession, words: Words): SessionSummary {
  const { and, source, sideBySide } = words.session
  const summaries = sources.map(({ session }) => summaryOf(session, words))
  const each = (field: Exclude<keyof SessionSummary, 'caveats' | 'conditions' | 'commands'>) =>
    and([...new Set(summaries.map((summary) => summary[field]))])
  const labelled = (field: 'commands' | 'conditions') =>
    sources.flatMap(({ label }, index) =>
      (summaries[index]?.[field] ?? []).map(
        ([name, value]) => [`${label}: ${name}`, value] as const,
      ),
    )
  const names = sources.map(({ label, session }) =>
    source(session.id, label, session.machine.kernel),
  )
  return {
    id,
    startedAt: mergedAt,
    profile: each('profile'),
    machine: each('machine'),
    kernel: each('kernel'),
    storage: each('storage'),
    seed: each('seed'),
    commands: labelled('commands'),
    conditions: labelled('conditions'),
    caveats: [
      sideBySide(and(names)),
      ...sources.flatMap(({ label }, index) =>
        (summaries[index]?.caveats ?? []).map((caveat) => `${label}: ${caveat}`),
      ),
    ],
  }
}
