import { gateSuite } from '../fixtures/gate/suite.ts'

gateSuite()
