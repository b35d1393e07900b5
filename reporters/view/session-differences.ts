/** What differs between sessions that stand side by side: each against the first, in words and figures. */

import type { Relation } from '../../fixtures/analysis/relate.ts'
import { type SessionChange, sessionChanges } from '../../fixtures/analysis/session-changes.ts'
import { EQUIVALENCE_MARGIN, isNative } from '../../fixtures/analysis/verdict.ts'
import type { Cell, Comparison, Verdict, Workload } from '../../fixtures/model.ts'
import {
  formatDuration,
  formatPercent,
  formatRatio,
  formatRatioInterval,
} from '../../fixtures/units.ts'
import type { Words } from '../../fixtures/words/words.ts'
import type { HeadlineLine } from './headline.ts'
import { placesOf } from './places.ts'
import { operationTitle } from './size-tables.ts'

/** One session against the first. */
export interface SessionDifference {
  before: string
  after: string
  /** `xen against bare`. */
  title: string
  /** What is to be said of it. */
  lines: readonly HeadlineLine[]
  rows: readonly DifferenceRow[]
}

export interface DifferenceRow {
  title: string
  workload: string
  /** `1.50 µs, ×1.67`. */
  before: string
  after: string
  /** After over before: of the time, and of the cost against native Linux; a reason where there is none. */
  time: string
  cost: string
  verdict: Verdict | null
  /** The verdict as a word; empty where nothing is judged. */
  standing: string
  /** Of the cost, for a chart; null where there is none. */
  relation: Extract<Relation, { state: 'related' }> | null
}

export function differencesCaption({ differences }: Words): string {
  return differences.caption(formatPercent(EQUIVALENCE_MARGIN))
}

export function differenceHeads({ differences }: Words): readonly string[] {
  const { before, after, time, cost } = differences
  return ['', '', before, after, time, cost, '']
}

/** In the order in which they are told. */
const VERDICTS: readonly Verdict[] = ['slower', 'faster', 'equivalent', 'inconclusive']

/** @param labels of the sessions, in the order in which they were given. */
export function sessionDifferences(
  { cells }: Comparison,
  [first, ...others]: readonly string[],
  words: Words,
): readonly SessionDifference[] {
  if (first === undefined) return []
  return others.map((after) => {
    const changes = sessionChanges(cells, first, after, words)
    return {
      before: first,
      after,
      title: words.differences.pair(after, first),
      lines: linesOf(changes, first, words),
      rows: changes.map((change) => rowOf(change, first, words)),
    }
  })
}

function rowOf(
  { before, after, time, cost, verdict }: SessionChange,
  label: string,
  words: Words,
): DifferenceRow {
  return {
    title: titleOf(before, label),
    workload: operationTitle(before.workload, words),
    before: figuresOf(before),
    after: figuresOf(after),
    time: time.state === 'related' || cost === null ? textOf(time) : '',
    cost: cost === null ? '' : textOf(cost),
    verdict,
    standing: verdict === null ? '' : words.differences.standings[verdict],
    relation: cost?.state === 'related' ? cost : null,
  }
}

/** As in its own session, without the label. */
function titleOf({ title, environment }: Cell, label: string): string {
  const [end] = [`, ${label}`, `@${label}`].filter((ending) => title.endsWith(ending))
  return end === undefined ? environment : title.slice(0, -end.length)
}

function figuresOf({ medianNs, ratio }: Cell): string {
  if (medianNs === null || ratio === null) return '–'
  return `${formatDuration(medianNs)}, ${formatRatio(ratio)}`
}

function textOf(relation: Relation): string {
  if (relation.state === 'unrelated') return relation.reason
  return `${formatRatio(relation.ratio)} (${formatRatioInterval(relation.interval)})`
}

/** Native Linux by its times, then a line for each environment. */
function linesOf(
  changes: readonly SessionChange[],
  label: string,
  words: Words,
): readonly HeadlineLine[] {
  const { nothing, measuredByBoth } = words.differences
  const all = changes.map(({ before }) => before.workload)
  const judged = changes.filter(({ verdict }) => verdict !== null)
  const byTitle = [...Map.groupBy(judged, ({ before }) => titleOf(before, label))]
  const lines = [
    ...linuxItself(changes, words),
    ...byTitle.map(([subject, own]) => ({ subject, text: sentenceOf(own, all, words) })),
  ]
  return lines.length === 0 ? [{ subject: nothing, text: measuredByBoth }] : lines
}

/** `costs more on 4 KiB writes (×1.30); as before on all of 16 MiB; undecided on 4 KiB reads.` */
function sentenceOf(own: readonly SessionChange[], all: readonly Workload[], words: Words): string {
  const { standings, on, onBy } = words.differences
  const clauses = VERDICTS.flatMap((verdict) => {
    const group = own.filter((change) => change.verdict === verdict)
    if (group.length === 0) return []
    const places = placesOf(
      group.map(({ before }) => before.workload),
      all,
      words,
    )
    const ratios = group.flatMap(({ cost }) => (cost?.state === 'related' ? [cost.ratio] : []))
    const isDifferent = verdict === 'slower' || verdict === 'faster'
    const standing = standings[verdict]
    return [isDifferent ? onBy(standing, places, rangeText(ratios, words)) : on(standing, places)]
  })
  return words.answer.clauses(clauses)
}

/** Over all operations: what drifts from one session to the next is in it. */
function linuxItself(changes: readonly SessionChange[], words: Words): readonly HeadlineLine[] {
  const ratios = changes.flatMap(({ before, time }) =>
    isNative(before.environment) && time.state === 'related' ? [time.ratio] : [],
  )
  if (ratios.length === 0) return []
  const { linux, linuxTakes } = words.differences
  return [{ subject: linux, text: linuxTakes(rangeText(ratios, words)) }]
}

/** `×1.30`, `×0.52 to ×0.81`. */
function rangeText(ratios: readonly number[], { differences }: Words): string {
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)].map(formatRatio)
  return least === most ? `${least}` : differences.range(`${least}`, `${most}`)
}
