import { expect, test } from 'vitest'
import { exampleAvailability, exampleJournal } from '../../fixtures/transcripts/example-journal.ts'
import { unsafeIn } from '../hostile-text.ts'
import { exampleReport, exampleSummary } from '../view/example-report.ts'
import { reportFrom } from '../view/session-report.ts'
import { renderPage } from './page.ts'

function page(journal = exampleJournal, machine = exampleSummary.machine): string {
  return renderPage(exampleReport(journal, { machine }))
}

test('the answer stands first: before charts, tables and the machine', () => {
  const places = [
    'Docker, bind mount</b>: within 5 %',
    'class="guestbench-chart"',
    'id="measurements"',
    'id="emulated"',
    'id="absent"',
    'id="machine"',
  ].map((text) => page().indexOf(text))
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  expect(places[0]).toBeGreaterThan(0)
})

test('every element is closed', () => expectClosed(page()))

function expectClosed(shown: string): void {
  const open: string[] = []
  for (const [, slash, name = ''] of shown.matchAll(/<(\/?)([a-z][a-z0-9]*)(?:\s[^>]*[^/>]|)>/g)) {
    if (['meta', 'html'].includes(name)) continue
    if (slash) expect(open.pop()).toBe(name)
    else open.push(name)
  }
  expect(open).toEqual([])
}

test('headings descend without a gap and no cell is blank', () => {
  expect(page().match(/<h1>/g)).toHaveLength(1)
  expect(page().indexOf('<h2>')).toBeLessThan(page().indexOf('<h3>'))
  expect(page()).not.toMatch(/<td[^>]*><\/td>(?!<th)/)
})

test('it asks for nothing outside itself and runs nothing', () => {
  expect(page()).not.toMatch(
    /<script|\son\w+=|<link|<img|src=|https?:\/\/(?!www\.w3\.org\/2000\/svg)/,
  )
  expect(page()).toContain("default-src 'none'")
})

test('texts of others make no markup', () => {
  const evil = exampleAvailability('evil', '<script>x</script>', {
    state: 'unavailable',
    reason: '"><img src=x onerror=y>',
    remedy: '</li></ol>',
  })
  const shown = page([evil, ...exampleJournal], '<title>&')
  expect(shown).not.toMatch(/<script|<img|<title>&:|Remedy: <\/li>/)
  expect(shown).toContain('&#60;script&#62;x')
})

/** What is one of few words, which tables are looked up by: schemas keep them. */
const CLOSED = [
  'type',
  'arm',
  'operation',
  'cache',
  'state',
  'verdict',
  'fidelity',
  'durability',
  'stop',
  'kind',
]
const HOSTILE = '"\'></title></style></svg><img src=x onerror=y><script>x</script>\x1b[2J\u202e'

function hostile<T>(value: T, isOpen: (name: string) => boolean): T {
  if (typeof value === 'string') return HOSTILE as T
  if (Array.isArray(value)) return value.map((each) => hostile(each, isOpen)) as T
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, own]) => [
    name,
    CLOSED.includes(name) || !isOpen(name) ? own : hostile(own, isOpen),
  ])
  return Object.fromEntries(entries) as T
}

test.each([
  ['every text', () => true],
  [
    'every text but the names by which claims find environments',
    (name: string) => name !== 'environment',
  ],
])('hostile words in %s of a report are words', (_, isOpen) => {
  const { comparison, summary } = exampleReport()
  const evil = hostile({ comparison, entries: exampleJournal, summary }, isOpen)
  const shown = renderPage(reportFrom(evil.comparison, evil.entries, evil.summary))
  expect(shown.split('onerror=y').length).toBeGreaterThan(30)
  expect(shown).not.toMatch(/<img|<script/)
  expect(unsafeIn(shown)).toEqual([])
  expectClosed(shown)
})

test('a session without a single measurement is still a page', () => {
  expect(page([])).toContain('<h2>How to read it</h2>')
  const none = page(exampleJournal.filter((entry) => entry.type === 'availability'))
  expect(none).toContain('solo5-spt was built without seccomp')
})
