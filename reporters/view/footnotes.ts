/** What is said below the tables: why a figure is weak, or why there is none. */

import type { ProbedEnvironment } from '../../fixtures/analysis/histories.ts'
import type { Cell } from '../../fixtures/model.ts'
import { oneLine } from '../../fixtures/printable.ts'
import type { SizeRow, SizeTable } from './size-tables.ts'

/** What stands beside a cell; equal texts share one footnote. */
export function notesOf(cell: Cell | null): readonly string[] {
  if (cell === null) return ['Not measured in this session.']
  return [
    ...(cell.state === 'measured' ? [] : [absence(cell.reason, cell.remedy)]),
    ...cell.warnings.map(({ text }) => sentence(text)),
    ...(cell.stop === 'budget' && cell.state !== 'not measured' ? [spentBudget(cell)] : []),
  ]
}

function spentBudget({ disturbedBlocks }: Cell): string {
  const blocks = disturbedBlocks > 0 ? ' in undisturbed blocks' : ''
  return `The time budget was spent before the ratio was precise${blocks}.`
}

/** What stands beside the title of a row. */
export function rowNotes({ emulated }: SizeRow): readonly string[] {
  return emulated ? ['Emulated in software: shown, never ranked.'] : []
}

/** Why an environment cannot run here, or what must be known of how it does. */
export function environmentNotes({ availability }: ProbedEnvironment): readonly string[] {
  switch (availability?.state) {
    case 'available':
      return availability.caveats.map(sentence)
    case 'unavailable':
      return [absence(availability.reason, availability.remedy)]
    case undefined:
      return []
  }
}

/** All footnotes, in the order in which a reader meets their marks; the first is number 1. */
export function footnotesOf(
  environments: readonly ProbedEnvironment[],
  tables: readonly SizeTable[],
): readonly string[] {
  const rows = tables.flatMap((table) => table.rows)
  const ofRows = rows.flatMap((row) => [...rowNotes(row), ...row.cells.flatMap(notesOf)])
  return [...new Set([...environments.flatMap(environmentNotes), ...ofRows])]
}

/** Numbers of these notes among all footnotes, from 1. */
export function noteNumbers(
  notes: readonly string[],
  footnotes: readonly string[],
): readonly number[] {
  return notes.map((note) => footnotes.indexOf(note) + 1).sort((a, b) => a - b)
}

function absence(reason: string | null, remedy: string | null): string {
  const cause = sentence(reason ?? 'no reason given')
  return remedy ? `${cause} Remedy: ${oneLine(remedy)}` : cause
}

function sentence(text: string): string {
  const line = oneLine(text)
  const capital = line.charAt(0).toUpperCase() + line.slice(1)
  return /[.!?]$/.test(capital) ? capital : `${capital}.`
}

/** `[1,3]`; nothing without notes. */
export function bracketed(notes: readonly string[], footnotes: readonly string[]): string {
  return notes.length > 0 ? `[${noteNumbers(notes, footnotes).join(',')}]` : ''
}
