import { expect, test } from 'vitest'
import { compare } from '../../fixtures/analysis/compare.ts'
import type { EnvironmentKind, JournalEntry } from '../../fixtures/model.ts'
import {
  available,
  exampleAvailability,
  exampleCell,
} from '../../fixtures/transcripts/example-journal.ts'
import { english } from '../../fixtures/words/words.ts'
import { sizeMarkdown } from '../markdown/markdown.ts'
import { sizeTables } from './size-tables.ts'

const HERE = available('native', '1', '6.6.31', 2 ** 30)
const KINDS: readonly EnvironmentKind[] = ['process', 'container', 'machine', 'unikernel']

/** As many environments of each kind. */
function journalOf(ofEachKind: number): readonly JournalEntry[] {
  return KINDS.flatMap((kind) =>
    Array.from({ length: ofEachKind }, (_, index) => `${kind}-${index}`).flatMap((environment) => [
      { ...exampleAvailability(environment, environment, HERE), kind },
      ...exampleCell({ environment, operation: 'write', ratio: 2 }),
    ]),
  )
}

function firstTable(ofEachKind: number) {
  const [table] = sizeTables(compare('session', journalOf(ofEachKind)), english)
  if (table === undefined) throw new Error('nothing was measured')
  return table
}

test('a table of many rows has a heading for each kind', () => {
  const table = firstTable(4)
  const headed = table.rows.filter(({ group }) => group !== null)
  expect(headed.map(({ group, title }) => [group, title])).toEqual([
    ['processes', 'process-0'],
    ['containers', 'container-0'],
    ['machines', 'machine-0'],
    ['unikernels', 'unikernel-0'],
  ])
  expect(sizeMarkdown(table, english)).toMatch(/^\| \*containers\* \| +\|.*\n\| container-0 /m)
})

test('one of few has none', () => {
  expect(firstTable(2).rows.map(({ group }) => group)).toEqual(Array(8).fill(null))
})
