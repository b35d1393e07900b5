import { face } from '../fixtures/environments/solo5.ts'
import { faceSuite } from './face-suite.ts'

faceSuite(face)
