import { face } from '../fixtures/environments/docker.ts'
import { faceSuite } from './face-suite.ts'

faceSuite(face)
