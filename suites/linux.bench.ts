import { inject } from 'vitest'
import { linux } from '../fixtures/environments/linux.ts'
import { environmentSuite } from '../fixtures/suite.ts'

// Native Linux against itself: whatever ratio this shows is the machine's noise.
environmentSuite(linux(inject('session').storage.directory))
