import { inject } from 'vitest'
import { environments } from '../fixtures/environments/hvt.ts'
import { environmentSuite } from './environment-suite.ts'

for (const environment of environments(inject('session').storage.directory)) {
  environmentSuite(environment)
}
