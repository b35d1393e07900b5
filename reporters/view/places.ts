/** Operations in a sentence. */

import { CACHES, isSameOperation } from '../../fixtures/analysis/histories.ts'
import type { Workload } from '../../fixtures/model.ts'
import { formatSize } from '../../fixtures/units.ts'
import type { Words } from '../../fixtures/words/words.ts'

/**
 * `4 KiB synchronous writes and reads, all of 16 MiB`.
 * @param all of the session: where each operation of a size is meant, the size says it.
 */
export function placesOf(
  workloads: readonly Workload[],
  all: readonly Workload[],
  { answer }: Words,
): string {
  const sizes = [...new Set(workloads.map(({ sizeBytes }) => sizeBytes))].sort((a, b) => a - b)
  const places = sizes.flatMap((sizeBytes) =>
    CACHES.flatMap((cache) => {
      const here = (workload: Workload) =>
        workload.sizeBytes === sizeBytes && workload.cache === cache
      const own = distinct(workloads.filter(here))
      if (own.length === 0) return []
      const warm = formatSize(sizeBytes)
      const size = cache === 'cold' ? answer.coldPlace(warm) : warm
      const asked = distinct(all.filter(here))
      if (asked.length > 1 && own.length === asked.length) return [answer.everyOperation(size)]
      const operations = own.map(({ operation }) => answer.operations[operation])
      return [answer.someOperations(size, operations)]
    }),
  )
  return answer.places(places)
}

/** In several request sizes a workload is one operation. */
function distinct(workloads: readonly Workload[]): readonly Workload[] {
  return workloads.filter(
    (workload, index) => workloads.findIndex((other) => isSameOperation(other, workload)) === index,
  )
}
