import { face } from '../fixtures/environments/nspawn.ts'
import { faceSuite } from './face-suite.ts'

faceSuite(face)
