import { appendFile } from 'node:fs/promises'
import { type GatePlan, type GateReport, reportGate } from '../../fixtures/analysis/gate.ts'
import { readJournal } from '../../fixtures/session/journal.ts'
import { inResults, replaceFile } from '../../fixtures/session/results-files.ts'
import { journalFile, type Session } from '../../fixtures/session/session-file.ts'
import { setting } from '../../fixtures/session/settings.ts'
import { summaryOf } from '../view/session-report.ts'
import { bencherMetrics, goBenchmarks } from './formats.ts'
import { renderGatePage } from './gate-page.ts'
import { gateMarkdown, gateTable } from './gate-table.ts'

/**
 * Writes report.html, gate-report.json, gate.md, bencher.json, base.bench and head.bench beside the journal, and
 * Markdown to $GITHUB_STEP_SUMMARY where that is set.
 * @returns the report, and its table for this terminal.
 */
export async function writeGateReport(
  session: Session,
  plan: GatePlan,
): Promise<{ report: GateReport; text: string }> {
  const entries = readJournal(journalFile(session))
  const report = reportGate(session.id, plan, entries)
  const summary = summaryOf(session)
  const markdown = gateMarkdown(report, summary)
  const files = {
    'gate-report.json': `${JSON.stringify(report, null, 2)}\n`,
    'gate.md': markdown,
    'report.html': renderGatePage(report, entries, summary),
    'bencher.json': `${JSON.stringify(bencherMetrics(report), null, 2)}\n`,
    'base.bench': goBenchmarks(report, entries, 'base'),
    'head.bench': goBenchmarks(report, entries, 'head'),
  }
  const { directory } = session
  await inResults(directory, async () => {
    for (const [name, text] of Object.entries(files)) await replaceFile(directory, name, text)
  })
  const stepSummary = setting('GITHUB_STEP_SUMMARY')
  if (stepSummary !== undefined) await appendFile(stepSummary, markdown)
  const { isTTY } = process.stdout
  return { report, text: gateTable(report, isTTY === true && setting('NO_COLOR') === undefined) }
}
