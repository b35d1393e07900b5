/** The study's table 1 for this machine: what each environment is made of. */

import type { Availability, Available } from '../../fixtures/model.ts'
import { formatSize } from '../../fixtures/units.ts'

/** Rows of the table and how each is read. */
export const specificationRows: readonly (readonly [
  title: string,
  read: (available: Available) => string,
])[] = [
  ['kernel', ({ specification }) => specification.kernel],
  ['memory', ({ specification }) => formatSize(specification.memoryBytes)],
  ['storage', ({ specification }) => specification.storage],
  ['version', ({ version }) => version],
  ['runs as', ({ detail }) => detail],
]

/** `native`, `emulated`, `unavailable` or, of an environment that no probe has seen, `not probed`. */
export function fidelityTitle(availability: Availability | null): string {
  if (availability === null) return 'not probed'
  return availability.state === 'available' ? availability.fidelity : availability.state
}
