import { face } from '../fixtures/environments/qemu.ts'
import { environmentSuite } from './environment-suite.ts'

for (const environment of face.environments()) {
  environmentSuite(environment)
}
