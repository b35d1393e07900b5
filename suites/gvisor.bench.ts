import { face } from '../fixtures/environments/gvisor.ts'
import { faceSuite } from './face-suite.ts'

faceSuite(face)
