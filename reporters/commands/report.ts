/** `npm run report [results/SESSION]`: renders a session's results again from its journal. */
import { join } from 'node:path'
import { readPlan } from '../../fixtures/gate/plan.ts'
import { command } from '../../fixtures/session/command.ts'
import { resultsDirectory } from '../../fixtures/session/configuration.ts'
import {
  type MergedSession,
  readSession,
  type Session,
} from '../../fixtures/session/session-file.ts'
import { writeGateReport } from '../gate/gate-results.ts'
import { writeReports } from '../results.ts'
import { writeVersions } from '../versions/versions-results.ts'

const HELP = `npm run report [SESSION]

  SESSION  directory of a run's results (default results/latest)

Renders its tables, table.md, report.html and comparison.json again from its journal; of a gate
(results/latest-gate) its verdict, report.html, gate.md and the files beside it; of a run of --mode versions
(results/latest-versions) its tables, versions.md, versions.json and versions.svg.`

await command({ name: 'report', help: HELP, operands: [0, 1] }, async ({ operands }) => {
  const directory = operands[0] ?? join(resultsDirectory(), 'latest')
  console.log(await rendered(await readSession(directory)))
})

async function rendered(session: Session | MergedSession): Promise<string> {
  if ('sources' in session) return await writeReports(session)
  switch (session.profile.name) {
    case 'versions':
      return await writeVersions(session)
    case 'gate': {
      const plan = await readPlan(session)
      if (plan === null)
        throw new Error(`${session.directory}: this gate ended before it had a plan`)
      return (await writeGateReport(session, plan)).text
    }
    default:
      return await writeReports(session)
  }
}
