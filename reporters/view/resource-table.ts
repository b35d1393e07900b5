/** What environments take of the host besides time. */
import type { Cell, Comparison, Resources } from '../../fixtures/model.ts'
import {
  formatDuration,
  formatRatio,
  formatRatioInterval,
  formatSize,
} from '../../fixtures/units.ts'
import type { Words } from '../../fixtures/words/words.ts'
import { workloadTitle } from './size-tables.ts'

export interface ResourceRow {
  title: string
  workload: string
  /** Under `resourceHeads`; null is what cannot be told, or means nothing. */
  texts: readonly (string | null)[]
}

export function resourceHeads({ resources }: Words): readonly string[] {
  const { cpu, ratio, bootCpu, memory, deviceBytes } = resources
  return [cpu, ratio, bootCpu, memory, deviceBytes]
}

export function resourceRows(comparison: Comparison, words: Words): readonly ResourceRow[] {
  return resourceCells(comparison).map((cell) => ({
    title: cell.fidelity === 'emulated' ? words.resources.emulated(cell.title) : cell.title,
    workload: workloadTitle(cell, comparison.cells, words),
    texts: textsOf(cell),
  }))
}

export type ResourceCell = Cell & { resources: Resources }

/** Those of which rows are made, in the same order: something must be known of each. */
export function resourceCells({ cells }: Comparison): readonly ResourceCell[] {
  return cells
    .filter((cell): cell is ResourceCell => cell.resources != null)
    .filter((cell) => textsOf(cell).some((text) => text !== null))
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
