/**
 * Whether a tender moved what the operations asked for: fewer bytes are lost data, however fast.
 * For guests whose requests reach the backing file one to one; one that caches moves fewer by right.
 */
import type { Boot, Counts, Workload } from '../../fixtures/model.ts'
import { OPERATIONS } from '../../fixtures/operations.ts'

/** A boot and what it was asked. */
export interface Asked {
  workload: Workload
  boot: Pick<Boot, 'counts'>
}

/** The least that can be lost. Lines of two consoles differ by some digits, and so by less. */
const SECTOR_BYTES = 512

/**
 * Bytes that all operations of a boot asked for and that were not moved. Some hundred may hide
 * behind what a tender moves besides: its console, its unikernel.
 * @returns null where they were not counted.
 */
export function bytesLost({ workload, boot }: Asked): number | null {
  const moved = movedBytes(workload, boot.counts)
  return moved === null ? null : Math.max(0, operationsOf(workload) * workload.sizeBytes - moved)
}

/**
 * The same of the operations that `many` has more than `few`, where nothing can hide: the rest of
 * both boots is the same.
 */
export function bytesLostBetween(few: Asked, many: Asked): number | null {
  const [from, to] = [few, many].map(({ workload, boot }) => movedBytes(workload, boot.counts))
  if (from == null || to == null) return null
  const operations = operationsOf(many.workload) - operationsOf(few.workload)
  const lost = operations * many.workload.sizeBytes - (to - from)
  return lost < SECTOR_BYTES ? 0 : lost
}

/** Null also of what is no operation on the whole size: an exercise. */
function movedBytes({ operation }: Workload, counts: Counts): number | null {
  const { hostReadBytes = null, hostWriteBytes = null } = counts
  const { isTimed, writes } = OPERATIONS[operation]
  if (!isTimed) return null
  return writes ? hostWriteBytes : hostReadBytes
}

function operationsOf({ samples, operationsPerSample, latencyOperations }: Workload): number {
  return samples * operationsPerSample + latencyOperations
}
