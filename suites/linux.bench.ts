import { inject } from 'vitest'
import { face } from '../fixtures/environments/linux.ts'
import { environmentSuite } from './environment-suite.ts'

// Native Linux against itself: whatever ratio this shows is the machine's noise.
for (const environment of face.environments(inject('session').storage.directory)) {
  environmentSuite(environment)
}
