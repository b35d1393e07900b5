import { face } from '../fixtures/environments/uml.ts'
import { faceSuite } from './face-suite.ts'

faceSuite(face)
