import { face } from '../fixtures/environments/podman.ts'
import { faceSuite } from './face-suite.ts'

faceSuite(face)
