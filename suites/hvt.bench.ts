import { face } from '../fixtures/environments/hvt.ts'
import { faceSuite } from './face-suite.ts'

faceSuite(face)
