/** `npm run report [results/SESSION…]`: renders results again from the journal; several beside each other. */
import { realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { readPlan } from '../../fixtures/gate/plan.ts'
import { unless } from '../../fixtures/machine/unless.ts'
import { oneLine } from '../../fixtures/printable.ts'
import { command } from '../../fixtures/session/command.ts'
import { resultsDirectory } from '../../fixtures/session/configuration.ts'
import {
  type MergedSession,
  readSession,
  type Session,
} from '../../fixtures/session/session-file.ts'
import { setting } from '../../fixtures/session/settings.ts'
import { wordsIn } from '../../fixtures/words/words.ts'
import { writeGateReport } from '../gate/gate-results.ts'
import { writeReports } from '../results.ts'
import { writeIndex } from '../results-index.ts'
import { putSideBySide } from '../side-by-side.ts'
import { writeVersions } from '../versions/versions-results.ts'

const HELP = `npm run report [-- SESSION…]

  SESSION  directory of a run's results (default results/latest)

Renders its tables, table.md, report.html and comparison.json again from its journal; of a gate
(results/latest-gate) its verdict, report.html, gate.md and the files beside it; of a run of --mode versions
(results/latest-versions) its tables, versions.md, versions.json and versions.svg.

Of several sessions, of one machine or of several, it writes one page into a directory of its own in
results/ (GUESTBENCH_RESULTS): each against the first, what differs judged, nothing pooled.`

await command({ name: 'report', help: HELP, operands: [0, Infinity] }, async ({ operands }) => {
  const [first = join(resultsDirectory(), 'latest'), ...others] = operands
  const session =
    others.length > 0 ? await putSideBySide([first, ...others]) : await readSession(first)
  console.log(await rendered(session))
  const isOfVersions = !('sources' in session) && session.profile.name === 'versions'
  const page = isOfVersions ? 'versions.md' : 'report.html'
  const { index } = wordsIn[setting('GUESTBENCH_LANG')]
  console.log(index.reportIn(oneLine(join(session.directory, page))))
  const results = resultsDirectory()
  // A session of elsewhere, sent by somebody perhaps, has no others beside it.
  if (dirname(session.directory) !== (await unless('ENOENT', realpath(results)))) return
  console.log(index.listedIn(oneLine(await writeIndex(results))))
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
