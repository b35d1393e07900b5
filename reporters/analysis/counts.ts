/** What one operation cost in system calls and exits, from exact counts over whole boots. */
import type { Boot, Cell, Workload } from '../../fixtures/model.ts'
import { OPERATIONS } from '../../fixtures/operations.ts'
import { median } from './statistics.ts'

/**
 * System calls that carry data, and KVM exits, divided by the operations of a boot. A boot's start
 * and its few lines on the console are in them: the more operations, the less they weigh. The two
 * passes that check the storage's data are taken off a read's calls.
 * @returns the median boot's; null where nothing was counted.
 */
export function perOperation(workload: Workload, boots: readonly Boot[]): Cell['perOperation'] {
  const calls = boots.flatMap(({ counts }) => callsOf(workload, counts) ?? [])
  if (calls.length === 0) return null
  const exits = boots.flatMap(({ counts }) => counts.kvmExits ?? [])
  const { samples, operationsPerSample, latencyOperations } = workload
  const operations = samples * operationsPerSample + latencyOperations
  return {
    calls: median(calls) / operations,
    exits: exits.length === 0 ? null : median(exits) / operations,
  }
}

function callsOf(
  { operation, sizeBytes, requestBytes }: Workload,
  { hostReads, hostWrites }: Boot['counts'],
): number | undefined {
  if (OPERATIONS[operation].writes) return hostWrites
  return hostReads && hostReads - (2 * sizeBytes) / requestBytes
}
