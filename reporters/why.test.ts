import { join } from 'node:path'
import { expect, test } from 'vitest'
import { whyJournal } from '../fixtures/transcripts/why-journal.ts'
import { english } from '../fixtures/words/words.ts'
import { EXPORTS } from './exports.ts'
import { unsafeIn } from './hostile-text.ts'
import { ledgerPanel } from './html/ledger-chart.ts'
import { renderPage } from './html/page.ts'
import { picture } from './html/svg.ts'
import { renderMarkdown } from './markdown/markdown.ts'
import { renderTables } from './terminal/table.ts'
import { exampleReport } from './view/example-report.ts'

const [availability, ...READ] = whyJournal()
const [, ...WRITE] = whyJournal({ operation: 'write-sync', failing: ['guest null-read'] })
const JOURNAL = [...(availability ? [availability] : []), ...READ, ...WRITE]
const REPORT = exampleReport(JOURNAL)

/** Of what a report says beside its figures, the part that is of this mode. */
function partOf(text: string, from: RegExp, to = /^\0/): string {
  const lines = text.split('\n')
  const rest = lines.slice(lines.findIndex((line) => from.test(line)))
  const end = rest.findIndex((line) => to.test(line))
  return `${rest.slice(0, end).join('\n')}\n`
}

test.each([
  ['why.txt', partOf(renderTables(REPORT, { width: 80, colour: false }), /^Why: /)],
  ['why.md', partOf(renderMarkdown(REPORT), /^## Why: /, /^## (Cautions|\d)/)],
  ['why.svg', `${picture('4 KiB', [[ledgerPanel('4 KiB', REPORT.ledger, english)]])}`],
])('golden: %s', async (name, text) => {
  await expect(text).toMatchFileSnapshot(join(import.meta.dirname, 'golden', name))
})

test('a session of another mode says nothing of it', () => {
  const other = exampleReport()
  expect(other.why).toBeNull()
  expect(renderTables(other, { width: 80, colour: false })).not.toContain('Why: ')
  expect(renderPage(other)).not.toContain('id="why"')
})

test('the page and comparison.json have the ledger', () => {
  const page = renderPage(REPORT)
  expect(page).toContain('<h2 id="why">')
  expect(page.match(/<rect class="place"/g)?.length).toBeGreaterThan(1)
  expect(page).toContain('4 KiB write(sync)')
  const json = EXPORTS.find(({ name }) => name === 'comparison.json')?.render(REPORT) ?? ''
  expect(JSON.parse(json).ledger).toHaveLength(2)
})

test('what others wrote is shown, never obeyed', () => {
  const hostile = JOURNAL.map((entry) =>
    entry.type === 'variant' && entry.failure !== undefined
      ? { ...entry, failure: '\u001b[31m</script>|`x`' }
      : entry,
  )
  const report = exampleReport(hostile)
  expect(unsafeIn(renderTables(report, { width: 80, colour: false }))).toEqual([])
  expect(renderPage(report)).not.toContain('</script>|')
})
