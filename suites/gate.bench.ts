import { gateSuite } from './gate-suite.ts'

gateSuite()
