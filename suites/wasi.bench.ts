import { face } from '../fixtures/environments/wasi.ts'
import { faceSuite } from './face-suite.ts'

faceSuite(face)
