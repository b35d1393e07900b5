/** `npm run report [results/SESSION]`: renders a session's results again from its journal. */
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { PROJECT_DIRECTORY } from '../fixtures/configuration.ts'
import type { Session } from '../fixtures/session.ts'
import { writeReports } from './results.ts'

const directory = resolve(process.argv[2] ?? join(PROJECT_DIRECTORY, 'results/latest'))
const file = join(directory, 'session.json')
const text = await readFile(file, 'utf8').catch((error) => {
  throw new Error(`${file}: ${error.message}; expected a directory that a run has written`)
})
const session = { ...(JSON.parse(text) as Session), directory }
console.log(await writeReports(session))
