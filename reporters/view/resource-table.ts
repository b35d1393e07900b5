/** What environments take of the host besides time. */
import type { Cell, Comparison, Resources } from '../../fixtures/model.ts'
import {
  formatDuration,
  formatRatio,
  formatRatioInterval,
  formatSize,
} from '../../fixtures/units.ts'
import { workloadTitle } from './size-tables.ts'

export interface ResourceRow {
  title: string
  workload: string
  /** Under `resourceHeads`; null is what cannot be told, or means nothing. */
  texts: readonly (string | null)[]
}

export const resourceHeads = [
  'CPU an operation',
  '× native Linux',
  'CPU a boot',
  'memory',
  'device bytes',
]

export const resourceTitle = 'What it takes of the host'

export const resourceCaption =
  'CPU time of the host for one operation and for a whole boot (with the engine’s share; in brackets what the kernel’s threads took meanwhile), memory at its most, and bytes that reached the device for each byte asked for'

export function resourceRows(comparison: Comparison): readonly ResourceRow[] {
  return resourceCells(comparison).map((cell) => ({
    title: cell.fidelity === 'emulated' ? `${cell.title}, emulated` : cell.title,
    workload: workloadTitle(cell, comparison.cells),
    texts: textsOf(cell),
  }))
}

export type ResourceCell = Cell & { resources: Resources }

/** Those of which rows are made, in the same order. */
export function resourceCells({ cells }: Comparison): readonly ResourceCell[] {
  return cells.filter((cell): cell is ResourceCell => cell.resources != null)
}

/** Software that imitates a processor takes what it takes: no ratio to a real one. */
function textsOf({ resources, fidelity }: ResourceCell): ResourceRow['texts'] {
  const { cpuPerOperationNs, cpuRatio, cpuRatioInterval, bootCpuNs, kernelCpuNs } = resources
  const { memoryBytes, deviceBytesPerByte } = resources
  const interval = cpuRatioInterval ? ` (${formatRatioInterval(cpuRatioInterval)})` : ''
  const kernel = kernelCpuNs ? ` (+ ${formatDuration(kernelCpuNs)})` : ''
  return [
    shown(cpuPerOperationNs, formatDuration),
    fidelity === 'emulated' ? null : shown(cpuRatio, (ratio) => `${formatRatio(ratio)}${interval}`),
    shown(bootCpuNs, (ns) => `${formatDuration(ns)}${kernel}`),
    shown(memoryBytes, formatSize),
    shown(deviceBytesPerByte, formatRatio),
  ]
}

function shown(value: number | null, format: (value: number) => string): string | null {
  return value === null ? null : format(value)
}
