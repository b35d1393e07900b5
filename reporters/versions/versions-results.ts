import { reportVersions } from '../../fixtures/analysis/versions.ts'
import { readCalibration } from '../../fixtures/gate/calibration.ts'
import { readJournal } from '../../fixtures/session/journal.ts'
import { inResults, replaceFile } from '../../fixtures/session/results-files.ts'
import { journalFile, type Session } from '../../fixtures/session/session-file.ts'
import { setting } from '../../fixtures/session/settings.ts'
import { versionsSvg } from './versions-chart.ts'
import { versionsMarkdown, versionsTable } from './versions-table.ts'

/**
 * Writes versions.json, versions.md and versions.svg beside the journal.
 * @returns the tables for this terminal.
 */
export async function writeVersions(session: Session): Promise<string> {
  const isUncalibrated = setting('GUESTBENCH_UNCALIBRATED')
  const calibration = isUncalibrated ? null : await readCalibration(session)
  const margins = Object.entries(calibration?.metrics ?? {}).map(
    ([metric, own]) => [metric, own.margins] as const,
  )
  const entries = readJournal(journalFile(session))
  const report = reportVersions(session.id, entries, Object.fromEntries(margins))
  const files = {
    'versions.json': `${JSON.stringify(report, null, 2)}\n`,
    'versions.md': versionsMarkdown(report),
    'versions.svg': versionsSvg(report),
  }
  const { directory } = session
  await inResults(directory, async () => {
    for (const [name, text] of Object.entries(files)) await replaceFile(directory, name, text)
  })
  const { isTTY } = process.stdout
  return versionsTable(report, isTTY === true && setting('NO_COLOR') === undefined)
}
