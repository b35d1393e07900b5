import { environments } from '../fixtures/environments/qemu.ts'
import { environmentSuite } from './environment-suite.ts'

for (const environment of environments()) {
  environmentSuite(environment)
}
