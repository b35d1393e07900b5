import { inject } from 'vitest'
import { face } from '../fixtures/environments/xen.ts'
import { environmentSuite } from './environment-suite.ts'

for (const environment of face.environments(inject('session').storage.directory)) {
  environmentSuite(environment)
}
