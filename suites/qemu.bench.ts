import { face } from '../fixtures/environments/qemu.ts'
import { faceSuite } from './face-suite.ts'

faceSuite(face)
