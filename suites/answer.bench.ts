import { describe, inject, test } from 'vitest'
import { readJournal } from '../fixtures/session/journal.ts'
import { journalFile } from '../fixtures/session/session-file.ts'
import { setting } from '../fixtures/session/settings.ts'
import { wordsIn } from '../fixtures/words/words.ts'
import { overviewSvg } from '../reporters/html/svg.ts'
import { reportOf } from '../reporters/view/session-report.ts'

const session = inject('session')
const words = wordsIn[setting('GUESTBENCH_LANG')]

// By its name the first that Vitest's UI shows; it runs after all others (suites/sequence.ts).
describe('The session', () => {
  test('what it has shown', async ({ annotate, skip }) => {
    const report = reportOf(session, readJournal(journalFile(session)), [], words)
    skip(report.headline.length === 0, 'nothing was measured')
    for (const { subject, text } of report.headline) await annotate(`${subject}: ${text}`, 'answer')
    await annotate(words.answer.title, 'comparison', {
      body: `${overviewSvg(report.comparison, words)}`,
      bodyEncoding: 'utf-8',
      contentType: 'image/svg+xml',
    })
  })
})
