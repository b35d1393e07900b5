/** The tables of a comparison, before any layout: one a size and cache, one row an environment. */

import { CACHES, isSameOperation } from '../../fixtures/analysis/histories.ts'
import { type StudyTable, studyTable } from '../../fixtures/analysis/study.ts'
import { EQUIVALENCE_MARGIN } from '../../fixtures/analysis/verdict.ts'
import type {
  Cache,
  Cell,
  Comparison,
  EnvironmentKind,
  Verdict,
  Workload,
} from '../../fixtures/model.ts'
import { OPERATIONS, type Operation, TIMED_OPERATIONS } from '../../fixtures/operations.ts'
import { formatPercent, formatSize } from '../../fixtures/units.ts'

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

/** What the figures of a size's table are. */
export const tableCaption =
  'Median of one operation and × native Linux in the same block (95 % interval)'

export const verdictSigns: { readonly [verdict in Verdict]: string } = {
  equivalent: '≈',
  slower: '▲',
  faster: '▼',
  inconclusive: '?',
}

/** What the signs mean. */
export const verdictLegend = [
  `${verdictSigns.equivalent} equivalent (within ${formatPercent(EQUIVALENCE_MARGIN)})`,
  `${verdictSigns.slower} slower`,
  `${verdictSigns.faster} faster`,
  `${verdictSigns.inconclusive} inconclusive`,
].join('   ')

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
export function operationTitle({ operation, cache, sizeBytes }: Workload): string {
  const cold = cache === 'cold' ? ', cold' : ''
  return `${formatSize(sizeBytes)} ${OPERATIONS[operation].title}${cold}`
}

/** The operation, and its requests' size if the same environment was asked it in others too. */
export function workloadTitle({ environment, workload }: Cell, cells: readonly Cell[]): string {
  const title = operationTitle(workload)
  const isAmbiguous = cells.some(
    (cell) =>
      cell.environment === environment &&
      isSameOperation(cell.workload, workload) &&
      cell.workload.requestBytes !== workload.requestBytes,
  )
  return isAmbiguous ? `${title}, ${formatSize(workload.requestBytes)} requests` : title
}

/** Where a cell stands, in words: never only by a colour or a sign. */
export function standingOf(cell: Cell | null): string {
  if (cell === null) return 'not measured'
  const { state, verdict, fidelity, ratioInterval } = cell
  if (state !== 'measured') return state
  if (verdict !== null) return verdict
  if (fidelity === 'emulated') return 'emulated, not ranked'
  return ratioInterval === null ? 'too few blocks' : 'not ranked'
}

/** `4 KiB`, `1 GiB, cold`. */
export function tableTitle({ sizeBytes, cache }: Pick<SizeTable, 'sizeBytes' | 'cache'>): string {
  return cache === 'cold' ? `${formatSize(sizeBytes)}, cold` : formatSize(sizeBytes)
}

/** What is compared: native, measured cells. */
export function sizeTables({ cells }: Comparison): readonly SizeTable[] {
  return tablesOf(cells.filter((cell) => cell.state === 'measured' && !isEmulated(cell)))
}

/** What only proves that an environment works: shown, never ranked. */
export function emulatedTables({ cells }: Comparison): readonly SizeTable[] {
  const tables = tablesOf(cells.filter((cell) => cell.state === 'measured' && isEmulated(cell)))
  return tables.map((table) => ({ ...table, study: null }))
}

function isEmulated({ fidelity }: Cell): boolean {
  return fidelity === 'emulated'
}

/**
 * Ascending sizes, each warm and then cold. An environment has a row for each request size that it
 * was asked.
 */
function tablesOf(cells: readonly Cell[]): readonly SizeTable[] {
  const sizes = [...new Set(cells.map(({ workload }) => workload.sizeBytes))].sort((a, b) => a - b)
  return sizes.flatMap((sizeBytes) =>
    CACHES.flatMap((cache) => {
      const own = cells.filter(
        ({ workload }) => workload.sizeBytes === sizeBytes && workload.cache === cache,
      )
      return own.length === 0 ? [] : [sizeTable(sizeBytes, cache, own)]
    }),
  )
}

function sizeTable(sizeBytes: number, cache: Cache, own: readonly Cell[]): SizeTable {
  const operations = TIMED_OPERATIONS.filter((operation) =>
    own.some(({ workload }) => workload.operation === operation),
  )
  const hasStudied = operations.some((operation) => OPERATIONS[operation].inStudy)
  const isOfStudy = cache === 'warm' && (sizeBytes === STUDY_BYTES || sizeBytes >= LONG_BYTES)
  return {
    sizeBytes,
    cache,
    operations,
    rows: grouped(rowsOf(own, operations)),
    study: hasStudied && isOfStudy ? studyTable(sizeBytes) : null,
  }
}

const GROUP_TITLES: { readonly [kind in EnvironmentKind]: string } = {
  process: 'processes',
  container: 'containers',
  machine: 'machines',
  unikernel: 'unikernels',
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

function rowsOf(own: readonly Cell[], operations: readonly Operation[]): readonly SizeRow[] {
  return [...Map.groupBy(own, ({ environment }) => environment).values()].flatMap((cells) => {
    const requests = [...new Set(cells.map(({ workload }) => workload.requestBytes))]
    return requests.map((requestBytes) => {
      const asked = cells.filter(({ workload }) => workload.requestBytes === requestBytes)
      const request = requests.length > 1 ? `, ${formatSize(requestBytes)} requests` : ''
      return {
        title: `${cells[0]?.title}${request}`,
        group: cells[0]?.kind ? GROUP_TITLES[cells[0].kind] : null,
        cells: operations.map(
          (operation) => asked.find(({ workload }) => workload.operation === operation) ?? null,
        ),
      }
    })
  })
}
