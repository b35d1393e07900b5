/** Guests of one kind that differ in memory, reading one file: table and chart. */

import type { Knee } from '../../fixtures/analysis/knee.ts'
import { markdownTable } from '../../fixtures/markdown-table.ts'
import type { Cell } from '../../fixtures/model.ts'
import {
  formatDuration,
  formatRatio,
  formatRatioInterval,
  formatSize,
} from '../../fixtures/units.ts'
import { english } from '../../fixtures/words/words.ts'
import type { Markup } from './markup.ts'
import { picture } from './svg.ts'
import { panel } from './svg-panel.ts'

interface MemoryCell {
  memoryBytes: number
  cell: Cell
}

export function kneeText(knee: Knee, fileBytes: number): string {
  if (knee.state === 'none') return `No knee: ${knee.reason}`
  const { slowBytes, fastBytes } = knee
  const [slow, fast] = [slowBytes, fastBytes].map((bytes) => sizeText(bytes, fileBytes))
  return `A file of ${formatSize(fileBytes)} is not kept in ${slow}, and is kept in ${fast}`
}

/** Times relative to native Linux, the smallest memory on top. */
export function memorySvg(cells: readonly MemoryCell[], knee: Knee, fileBytes: number): Markup {
  const title = `Reading ${formatSize(fileBytes)} with more and more memory`
  const rows = cells.map(({ memoryBytes, cell }) => ({
    label: `${sizeText(memoryBytes, fileBytes)}${isFirstFast(knee, memoryBytes) ? ': kept' : ''}`,
    cell,
  }))
  return picture(title, [[panel(title, rows, english)]])
}

export function memoryMarkdown(
  cells: readonly MemoryCell[],
  knee: Knee,
  fileBytes: number,
): string {
  const rows = cells.map(({ memoryBytes, cell }) => {
    const { medianNs, ratio, ratioInterval, blocks } = cell
    const time = medianNs === null ? '–' : formatDuration(medianNs)
    const interval = ratioInterval ? ` (${formatRatioInterval(ratioInterval)})` : ''
    const relative = ratio === null ? '–' : `${formatRatio(ratio)}${interval}`
    const memory = sizeText(memoryBytes, fileBytes)
    return [isFirstFast(knee, memoryBytes) ? `**${memory}**` : memory, time, relative, `${blocks}`]
  })
  const head = ['memory', 'one read of the file', '× native Linux', 'blocks']
  return `${kneeText(knee, fileBytes)}.\n\n${markdownTable([head, ...rows])}\n`
}

function sizeText(memoryBytes: number, fileBytes: number): string {
  return `${formatSize(memoryBytes)} (${(memoryBytes / fileBytes).toFixed(2)} × the file)`
}

function isFirstFast(knee: Knee, memoryBytes: number): boolean {
  return knee.state === 'found' && knee.fastBytes === memoryBytes
}
