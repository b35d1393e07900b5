/** The tables of a comparison, before any layout: one a size and cache, one row an environment. */

import { CACHES, isSameOperation } from '../../fixtures/analysis/histories.ts'
import { type StudyTable, studyTable } from '../../fixtures/analysis/study.ts'
import { EQUIVALENCE_MARGIN, isNative } from '../../fixtures/analysis/verdict.ts'
import { OPERATIONS, TIMED_OPERATIONS } from '../../fixtures/guest/operations.ts'
import type { Cache, Cell, Comparison, Operation, Verdict, Workload } from '../../fixtures/model.ts'
import { formatPercent, formatRatioInterval, formatSize } from '../../fixtures/units.ts'

export interface SizeTable {
  sizeBytes: number
  cache: Cache
  operations: readonly Operation[]
  rows: readonly SizeRow[]
  /** Null beside cold reads, which the study did not measure. */
  study: StudyTable | null
}

export interface SizeRow {
  title: string
  emulated: boolean
  /** One an operation of the table; null was not measured in this session. */
  cells: readonly (Cell | null)[]
}

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

/**
 * Ascending sizes, each warm and then cold. An environment has a row for each request size that it
 * was asked.
 */
export function sizeTables({ cells }: Comparison): readonly SizeTable[] {
  const sizes = [...new Set(cells.map(({ workload }) => workload.sizeBytes))].sort((a, b) => a - b)
  return sizes.flatMap((sizeBytes) =>
    CACHES.flatMap((cache) => {
      const own = cells.filter(
        ({ workload }) => workload.sizeBytes === sizeBytes && workload.cache === cache,
      )
      return own.length === 0 ? [] : [sizeTable(sizeBytes, cache, own, cells)]
    }),
  )
}

function sizeTable(
  sizeBytes: number,
  cache: Cache,
  own: readonly Cell[],
  all: readonly Cell[],
): SizeTable {
  const operations = TIMED_OPERATIONS.filter((operation) =>
    own.some(({ workload }) => workload.operation === operation),
  )
  return {
    sizeBytes,
    cache,
    operations,
    rows: rowsOf(own, all, operations),
    study: cache === 'warm' ? studyTable(sizeBytes) : null,
  }
}

function rowsOf(
  own: readonly Cell[],
  all: readonly Cell[],
  operations: readonly Operation[],
): readonly SizeRow[] {
  const environments = [...new Set(all.map(({ environment }) => environment))]
  return environments.flatMap((environment) => {
    const cells = own.filter((cell) => cell.environment === environment)
    const requests = [...new Set(cells.map(({ workload }) => workload.requestBytes))]
    const title = all.find((cell) => cell.environment === environment)?.title ?? environment
    if (cells.length === 0) return [{ title, emulated: false, cells: operations.map(() => null) }]
    return requests.flatMap((requestBytes) => {
      const asked = cells.filter(({ workload }) => workload.requestBytes === requestBytes)
      const request = requests.length > 1 ? `, ${formatSize(requestBytes)} requests` : ''
      return [rowOf(`${title}${request}`, asked, operations)]
    })
  })
}

function rowOf(title: string, asked: readonly Cell[], operations: readonly Operation[]): SizeRow {
  return {
    title,
    emulated: asked.some(({ fidelity }) => fidelity === 'emulated'),
    cells: operations.map(
      (operation) => asked.find(({ workload }) => workload.operation === operation) ?? null,
    ),
  }
}

/** How many blocks met foreign load or throttling, by environment; null where none did. */
export function disturbedLine({ cells }: Comparison): string | null {
  const counts = [...Map.groupBy(cells, ({ title }) => title)].flatMap(([title, own]) => {
    const count = own.reduce((sum, { disturbedBlocks }) => sum + disturbedBlocks, 0)
    return count > 0 ? [`${title} ${count}`] : []
  })
  return counts.length > 0 ? `Disturbed blocks: ${counts.join(', ')}.` : null
}

/** The A/A arm in one line: what ratio this machine makes of native Linux against itself. */
export function noiseLine({ rows, operations }: SizeTable): string {
  const cells = rows.flatMap((row) => row.cells).filter((cell) => cell !== null)
  const natives = [...Map.groupBy(cells, ({ environment }) => environment)].filter(
    ([environment]) => isNative(environment),
  )
  const lines = natives.flatMap(([, own]) => {
    const ratios = noiseOf(own, operations)
    const whose = natives.length > 1 ? `(${own[0]?.title}) ` : ''
    return ratios.length > 0 ? [`${whose}${ratios.join(', ')}`] : []
  })
  return lines.length > 0
    ? `This machine’s noise, Linux against itself: ${lines.join('; ')}.`
    : 'This machine’s noise is unknown: Linux against itself has no interval.'
}

function noiseOf(own: readonly Cell[], operations: readonly Operation[]): readonly string[] {
  return operations.flatMap((operation) => {
    const interval = own.find(({ workload }) => workload.operation === operation)?.ratioInterval
    return interval ? [`${OPERATIONS[operation].title} ×${formatRatioInterval(interval)}`] : []
  })
}
