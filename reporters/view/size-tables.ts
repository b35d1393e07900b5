/** The tables of a comparison, before any layout: one a size and cache, one row an environment. */

import { CACHES, isSameOperation } from '../../fixtures/analysis/histories.ts'
import { type StudyTable, studyTable } from '../../fixtures/analysis/study.ts'
import { EQUIVALENCE_MARGIN } from '../../fixtures/analysis/verdict.ts'
import type { Cache, Cell, Comparison, Verdict, Workload } from '../../fixtures/model.ts'
import { OPERATIONS, type Operation, TIMED_OPERATIONS } from '../../fixtures/operations.ts'
import { formatPercent, formatSize } from '../../fixtures/units.ts'
import type { Words } from '../../fixtures/words/words.ts'

export interface SizeTable {
  sizeBytes: number
  cache: Cache
  operations: readonly Operation[]
  /** Environments of which something was measured here. */
  rows: readonly SizeRow[]
  /** Null beside sizes and cold reads of which the study has nothing alike. */
  study: StudyTable | null
}

export interface SizeRow {
  title: string
  /** `containers`, where a table of many rows begins with those; null elsewhere. */
  group: string | null
  /** One an operation of the table; null was not measured: the absences tell why. */
  cells: readonly (Cell | null)[]
}

/** From here on a file is a long transfer, as the study's 1 GB was. */
const LONG_BYTES = 2 ** 20
const STUDY_BYTES = 4096

export const verdictSigns: { readonly [verdict in Verdict]: string } = {
  equivalent: '≈',
  slower: '▲',
  faster: '▼',
  inconclusive: '?',
}

/** What the signs mean. */
export function verdictLegend({ tables }: Words): string {
  return tables.legend(verdictSigns, formatPercent(EQUIVALENCE_MARGIN))
}

/** Each operation that the session asked of its environments, once, in ascending size. */
export function operationsOf({ cells }: Comparison): readonly Workload[] {
  const found: Workload[] = []
  for (const { workload } of cells) {
    if (!found.some((known) => isSameOperation(known, workload))) found.push(workload)
  }
  return found.sort(
    (a, b) => a.sizeBytes - b.sizeBytes || CACHES.indexOf(a.cache) - CACHES.indexOf(b.cache),
  )
}

/** `4 KiB read, cold`. */
export function operationTitle(
  { operation, cache, sizeBytes }: Workload,
  { tables }: Words,
): string {
  const title = `${formatSize(sizeBytes)} ${OPERATIONS[operation].title}`
  return cache === 'cold' ? tables.coldTitle(title) : title
}

/** The operation, and its requests' size if the same environment was asked it in others too. */
export function workloadTitle(
  { environment, workload }: Cell,
  cells: readonly Cell[],
  words: Words,
): string {
  const title = operationTitle(workload, words)
  const isAmbiguous = cells.some(
    (cell) =>
      cell.environment === environment &&
      isSameOperation(cell.workload, workload) &&
      cell.workload.requestBytes !== workload.requestBytes,
  )
  return isAmbiguous ? words.tables.requests(title, formatSize(workload.requestBytes)) : title
}

/** Where a cell stands, in words: never only by a colour or a sign. */
export function standingOf(cell: Cell | null, { tables }: Words): string {
  if (cell === null) return tables.states['not measured']
  const { state, verdict, fidelity, ratioInterval } = cell
  if (state !== 'measured') return tables.states[state]
  if (verdict !== null) return tables.verdicts[verdict]
  if (fidelity === 'emulated') return tables.emulatedStanding
  return ratioInterval === null ? tables.tooFewBlocks : tables.notRanked
}

/** `4 KiB`, `1 GiB, cold`. */
export function tableTitle(
  { sizeBytes, cache }: Pick<SizeTable, 'sizeBytes' | 'cache'>,
  { tables }: Words,
): string {
  const size = formatSize(sizeBytes)
  return cache === 'cold' ? tables.coldTitle(size) : size
}

/** What is compared: native, measured cells. */
export function sizeTables({ cells }: Comparison, words: Words): readonly SizeTable[] {
  return tablesOf(
    cells.filter((cell) => cell.state === 'measured' && !isEmulated(cell)),
    words,
  )
}

/** What only proves that an environment works: shown, never ranked. */
export function emulatedTables({ cells }: Comparison, words: Words): readonly SizeTable[] {
  const tables = tablesOf(
    cells.filter((cell) => cell.state === 'measured' && isEmulated(cell)),
    words,
  )
  return tables.map((table) => ({ ...table, study: null }))
}

function isEmulated({ fidelity }: Cell): boolean {
  return fidelity === 'emulated'
}

/**
 * Ascending sizes, each warm and then cold. An environment has a row for each request size that it
 * was asked.
 */
function tablesOf(cells: readonly Cell[], words: Words): readonly SizeTable[] {
  const sizes = [...new Set(cells.map(({ workload }) => workload.sizeBytes))].sort((a, b) => a - b)
  return sizes.flatMap((sizeBytes) =>
    CACHES.flatMap((cache) => {
      const own = cells.filter(
        ({ workload }) => workload.sizeBytes === sizeBytes && workload.cache === cache,
      )
      return own.length === 0 ? [] : [sizeTable(sizeBytes, cache, own, words)]
    }),
  )
}

function sizeTable(sizeBytes: number, cache: Cache, own: readonly Cell[], words: Words): SizeTable {
  const operations = TIMED_OPERATIONS.filter((operation) =>
    own.some(({ workload }) => workload.operation === operation),
  )
  const hasStudied = operations.some((operation) => OPERATIONS[operation].inStudy)
  const isOfStudy = cache === 'warm' && (sizeBytes === STUDY_BYTES || sizeBytes >= LONG_BYTES)
  return {
    sizeBytes,
    cache,
    operations,
    rows: grouped(rowsOf(own, operations, words)),
    study: hasStudied && isOfStudy ? studyTable(sizeBytes) : null,
  }
}

/** What stands on one screen, and is told apart by its names. */
const MOST_UNGROUPED_ROWS = 8

/** Rows stand in the order of kinds, as their suites run. */
function grouped(rows: readonly SizeRow[]): readonly SizeRow[] {
  if (rows.length <= MOST_UNGROUPED_ROWS) return rows.map((row) => ({ ...row, group: null }))
  return rows.map((row, index) =>
    row.group === rows[index - 1]?.group ? { ...row, group: null } : row,
  )
}

function rowsOf(
  own: readonly Cell[],
  operations: readonly Operation[],
  { tables }: Words,
): readonly SizeRow[] {
  return [...Map.groupBy(own, ({ environment }) => environment).values()].flatMap((cells) => {
    const requests = [...new Set(cells.map(({ workload }) => workload.requestBytes))]
    return requests.map((requestBytes) => {
      const asked = cells.filter(({ workload }) => workload.requestBytes === requestBytes)
      const title = `${cells[0]?.title}`
      return {
        title: requests.length > 1 ? tables.requests(title, formatSize(requestBytes)) : title,
        group: cells[0]?.kind ? tables.kinds[cells[0].kind] : null,
        cells: operations.map(
          (operation) => asked.find(({ workload }) => workload.operation === operation) ?? null,
        ),
      }
    })
  })
}
