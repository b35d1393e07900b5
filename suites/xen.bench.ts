import { face } from '../fixtures/environments/xen.ts'
import { faceSuite } from './face-suite.ts'

faceSuite(face)
