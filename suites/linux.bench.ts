import { face } from '../fixtures/environments/linux.ts'
import { faceSuite } from './face-suite.ts'

// Native Linux against itself: whatever ratio this shows is the machine's noise.
faceSuite(face)
