import { inject } from 'vitest'
import type { Face } from '../fixtures/environments/face.ts'
import { chosenOf } from '../fixtures/environments/faces.ts'
import { environmentSuite } from './environment-suite.ts'

/** A suite for each of a face's environments that the run is to measure. */
export function faceSuite(face: Face): void {
  const { directory } = inject('session').storage
  for (const environment of chosenOf(face, directory)) environmentSuite(environment, face.kind)
}
