/** `npm run report [results/SESSION]`: renders a session's results again from its journal. */
import { join } from 'node:path'
import { PROJECT_DIRECTORY } from '../fixtures/configuration.ts'
import { readSession, writeReports } from './results.ts'

const session = await readSession(process.argv[2] ?? join(PROJECT_DIRECTORY, 'results/latest'))
console.log(await writeReports(session))
