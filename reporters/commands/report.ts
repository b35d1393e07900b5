/** `npm run report [results/SESSION]`: renders a session's results again from its journal. */
import { join } from 'node:path'
import { command } from '../../fixtures/session/command.ts'
import { resultsDirectory } from '../../fixtures/session/configuration.ts'
import { readSession } from '../../fixtures/session/session-file.ts'
import { writeReports } from '../results.ts'
import { writeVersions } from '../versions/versions-results.ts'

const HELP = `npm run report [SESSION]

  SESSION  directory of a run's results (default results/latest)

Renders its tables, table.md, report.html and comparison.json again from its journal; of a run of
--mode versions its tables, versions.md, versions.json and versions.svg.`

await command({ name: 'report', help: HELP, operands: [0, 1] }, async ({ operands }) => {
  const directory = operands[0] ?? join(resultsDirectory(), 'latest')
  const session = await readSession(directory)
  const isOfVersions = !('sources' in session) && session.profile.name === 'versions'
  console.log(await (isOfVersions ? writeVersions(session) : writeReports(session)))
})
