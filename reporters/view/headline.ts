/** What a session has shown, in words: a line an environment, then what cannot be ranked. */

import { median } from '../../fixtures/analysis/statistics.ts'
import { EQUIVALENCE_MARGIN, isNative } from '../../fixtures/analysis/verdict.ts'
import type { Cell, Comparison, Interval, Workload } from '../../fixtures/model.ts'
import { formatPercent, formatRatio, formatRatioInterval } from '../../fixtures/units.ts'
import type { Words } from '../../fixtures/words/words.ts'
import { placesOf } from './places.ts'

export interface HeadlineLine {
  /** An environment's title, or what the line is about. */
  subject: string
  /** A sentence without its subject; ends with a full stop. */
  text: string
}

/** Beyond that, or below its inverse, a ratio says more than per cent. */
const FACTOR = 2

/** Environments in their order, the emulated in one line, the missing in one, this machine's noise. */
export function headlineOf({ cells }: Comparison, words: Words): readonly HeadlineLine[] {
  const { emulated, missing, titles } = words.answer
  const workloads = cells.map(({ workload }) => workload)
  const groups = [...Map.groupBy(cells, ({ title }) => title)]
  const others = groups.filter(([, [first]]) => first && !isNative(first.environment))
  const lines = others.flatMap(([title, own]): readonly HeadlineLine[] =>
    isEmulated(own) || isMissing(own)
      ? []
      : [{ subject: title, text: costOf(own, workloads, words) }],
  )
  const summed = (subject: string, belongs: (own: readonly Cell[]) => boolean) => {
    const found = others.filter(([, own]) => belongs(own)).map(([title]) => title)
    return found.length === 0 ? [] : [{ subject, text: titles(found) }]
  }
  return [
    ...lines,
    ...summed(emulated, isEmulated),
    ...summed(missing, isMissing),
    ...noiseOf(
      cells.filter(({ environment }) => isNative(environment)),
      words,
    ),
  ]
}

function isEmulated(own: readonly Cell[]): boolean {
  return own.some(({ fidelity }) => fidelity === 'emulated')
}

function isMissing(own: readonly Cell[]): boolean {
  return own.every(({ state }) => state === 'unavailable')
}

/** What differs with how much and how sure, what does not, what nobody can say, and what failed. */
function costOf(own: readonly Cell[], all: readonly Workload[], words: Words): string {
  const standings = Map.groupBy(own, standingOf)
  const alone = UNMEASURED.flatMap((standing) => {
    const workloads = standings.get(standing)?.map(({ workload }) => workload)
    if (workloads === undefined) return []
    return [words.answer[standing](placesOf(workloads, all, words), margin)]
  })
  const different = alike(standings.get('different') ?? [])
  return words.answer.clauses([
    ...different.map((group) => differenceOf(group, all, words)),
    ...alone,
  ])
}

const margin = formatPercent(EQUIVALENCE_MARGIN)

/** Of which no figure is told, in the order in which they are. */
const UNMEASURED = ['equal', 'undecided', 'fewBlocks', 'incomparable', 'failed', 'absent'] as const

type Standing = 'different' | (typeof UNMEASURED)[number]

function standingOf({ state, verdict, ratioInterval }: Cell): Standing {
  if (state === 'failed') return 'failed'
  if (state !== 'measured') return 'absent'
  switch (verdict) {
    case 'slower':
    case 'faster':
      return 'different'
    case 'equivalent':
      return 'equal'
    case 'inconclusive':
      return 'undecided'
    case null:
      return ratioInterval === null ? 'fewBlocks' : 'incomparable'
  }
}

type Different = Cell & { ratio: number; ratioInterval: Interval }

/** Of one size, whose ratios lie no further apart than this, one clause tells. */
const ALIKE = 1.1

/** From the largest cost to the smallest. */
function alike(cells: readonly Cell[]): readonly (readonly Different[])[] {
  const groups: Different[][] = []
  const known = cells.filter(
    (cell): cell is Different => cell.ratio !== null && cell.ratioInterval !== null,
  )
  for (const cell of known.toSorted((a, b) => b.ratio - a.ratio)) {
    const group = groups.find(
      ([first]) =>
        first !== undefined &&
        isSameSize(first.workload, cell.workload) &&
        first.ratio / cell.ratio <= ALIKE &&
        first.ratio > 1 === cell.ratio > 1,
    )
    if (group === undefined) groups.push([cell])
    else group.push(cell)
  }
  return groups
}

function isSameSize(a: Workload, b: Workload): boolean {
  return a.sizeBytes === b.sizeBytes && a.cache === b.cache
}

/**
 * `+73 % on 4 KiB writes (+60 % to +130 %)`, `×3.10 the time on 4 KiB reads (2.90–3.40)`; of several the
 * middle one's ratio, and limits that hold all of theirs.
 */
function differenceOf(group: readonly Different[], all: readonly Workload[], words: Words): string {
  const where = placesOf(
    group.map(({ workload }) => workload),
    all,
    words,
  )
  const ratio = median(group.map((cell) => cell.ratio))
  const lower = Math.min(...group.map(({ ratioInterval }) => ratioInterval[0]))
  const upper = Math.max(...group.map(({ ratioInterval }) => ratioInterval[1]))
  if (ratio >= FACTOR || ratio <= 1 / FACTOR) {
    return words.answer.factor(formatRatio(ratio), where, formatRatioInterval([lower, upper]))
  }
  return words.answer.change(change(ratio), where, [change(lower), change(upper)])
}

const twoDigits = new Intl.NumberFormat('en', {
  maximumSignificantDigits: 2,
  useGrouping: false,
  signDisplay: 'exceptZero',
})

/** `+73 %`, `−12 %`, `+0.5 %` of a ratio to 1. */
function change(ratio: number): string {
  return `${twoDigits.format((ratio - 1) * 100).replace('-', '−')} %`
}

/** How far Linux differs from itself: what is smaller cannot be seen here. */
function noiseOf(natives: readonly Cell[], words: Words): readonly HeadlineLine[] {
  const { noise: subject, noiseUnknown, noiseWithin, noiseBeyond, noiseWorst } = words.answer
  if (natives.length === 0) return []
  const known = natives.filter(
    (cell): cell is Cell & { ratioInterval: Interval } => cell.ratioInterval !== null,
  )
  const worst = known.toSorted((a, b) => spread(b) - spread(a))[0]
  if (worst === undefined) return [{ subject, text: noiseUnknown }]
  const { title, workload, ratioInterval } = worst
  if (spread(worst) <= Math.log(1 + EQUIVALENCE_MARGIN)) {
    return [{ subject, text: noiseWithin(title, margin) }]
  }
  const told = known.length > 1 ? noiseWorst : noiseBeyond
  const place = placesOf([workload], [], words)
  return [{ subject, text: told(title, formatRatioInterval(ratioInterval), place) }]
}

function spread({ ratioInterval: [lower, upper] }: { ratioInterval: Interval }): number {
  return Math.max(-Math.log(lower), Math.log(upper))
}
