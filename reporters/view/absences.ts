/** What is not in the tables, why, and what helps: each reason once. */

import type { ProbedEnvironment } from '../../fixtures/analysis/histories.ts'
import type { Cell, Comparison, Workload } from '../../fixtures/model.ts'
import { oneLine } from '../../fixtures/printable.ts'
import type { Words } from '../../fixtures/words/words.ts'
import { placesOf } from './places.ts'

export interface Absence {
  /** `Solo5 spt`, `hvt on 16 MiB writes`. */
  what: string
  /** A sentence. */
  why: string
  remedy: string | null
}

interface Gap {
  title: string
  /** Null: the whole environment. */
  workload: Workload | null
  reason: string
  remedy: string | null
}

export function absencesOf(
  { cells }: Comparison,
  environments: readonly ProbedEnvironment[],
  words: Words,
): readonly Absence[] {
  const gaps = [...environments.flatMap(wholeGap), ...cells.flatMap(cellGap)]
  const alike = Map.groupBy(gaps, ({ reason, remedy }) => JSON.stringify([reason, remedy]))
  const all = cells.map(({ workload }) => workload)
  return [...alike.values()].map((group) => {
    const [{ reason, remedy }] = group as [Gap]
    return {
      what: whatOf(group, all, words),
      why: sentence(reason),
      remedy: remedy && oneLine(remedy),
    }
  })
}

function wholeGap({ title, availability }: ProbedEnvironment): readonly Gap[] {
  if (availability?.state !== 'unavailable') return []
  const { reason, remedy } = availability
  return [{ title, workload: null, reason, remedy }]
}

function cellGap({ title, workload, state, reason, remedy, stop }: Cell): readonly Gap[] {
  if (reason === null || (state === 'unavailable' && stop !== 'too-large')) return []
  return [{ title, workload, reason, remedy }]
}

function whatOf(group: readonly Gap[], all: readonly Workload[], words: Words): string {
  const { titleOn, several } = words.answer
  const byTitle = [...Map.groupBy(group, ({ title }) => title)]
  const whats = byTitle.map(([title, own]) => {
    const workloads = own.flatMap(({ workload }) => workload ?? [])
    return workloads.length === 0 ? title : titleOn(title, placesOf(workloads, all, words))
  })
  return several(whats)
}

export function sentence(text: string): string {
  const line = oneLine(text)
  // The name of a file keeps its letters.
  const capital = /^[a-z]+\b(?![./:])/.test(line)
    ? line.charAt(0).toUpperCase() + line.slice(1)
    : line
  if (/[.!?。]$/.test(capital)) return capital
  return `${capital}${/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]$/u.test(capital) ? '。' : '.'}`
}
