import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  exampleAvailability,
  exampleCell,
  exampleJournal,
} from '../../fixtures/transcripts/example-journal.ts'
import { english } from '../../fixtures/words/words.ts'
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
    '<figure id="chart-4096-warm-write-sync"',
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
  const markup = shown.replaceAll(/<(script|style)\b[^>]*>.*?<\/\1>/gs, '')
  for (const [, slash, name = ''] of markup.matchAll(/<(\/?)([a-z][a-z0-9]*)(?:\s[^>]*[^/>]|)>/g)) {
    if (['meta', 'html', 'input'].includes(name)) continue
    if (slash) expect(open.pop()).toBe(name)
    else open.push(name)
  }
  expect(open).toEqual([])
}

test('headings descend without a gap and no cell is blank', () => {
  expect(page().match(/<h1>/g)).toHaveLength(1)
  expect(page().indexOf('<h2')).toBeLessThan(page().indexOf('<h3>'))
  expect(page()).not.toMatch(/<td[^>]*><\/td>(?!<th)/)
})

test('it asks for nothing outside itself, and runs what its policy has the hash of alone', () => {
  expect(page()).not.toMatch(/\son\w+=|<link|<img|src=|https?:\/\/(?!www\.w3\.org\/2000\/svg)/)
  const scripts = [...page().matchAll(/<script>(.*?)<\/script>/gs)].map(([, program]) => program)
  expect(scripts).toHaveLength(1)
  const hash = createHash('sha256')
    .update(scripts[0] ?? '')
    .digest('base64')
  expect(page()).toContain(
    `content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; script-src &#39;sha256-${hash}&#39;"`,
  )
  expect(scripts[0]?.length).toBeLessThan(10_000)
})

test('each chart leads to its table, and no two things share an id', () => {
  const ids = [...page().matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id)
  expect(ids).toEqual([...new Set(ids)])
  const links = [...page().matchAll(/href="#([^"]*)"/g)].map(([, id]) => id)
  expect(links.length).toBeGreaterThan(20)
  expect(links.filter((id) => !ids.includes(id))).toEqual([])
})

test('the machine, and the exact command that shows the same', () => {
  expect(page()).toContain('<code>GUESTBENCH_SEED=7 npx vitest bench --mode quick</code>')
  for (const told of ['0123456789abcdef0123456789abcdef01234567', 'performance', '5.60']) {
    expect(page()).toContain(`<dd>${told}</dd>`)
  }
})

test('what an environment takes of the host has a table and charts; a session of before has neither', () => {
  expect(page()).toContain('<figure id="cpu-4096-warm-write-sync"')
  expect(page()).toMatch(/QEMU\/KVM: 18\d µs, ×1\.9\d/)
  expect(page()).not.toMatch(/Xen DomU[^<]*: [\d.]+ ms, ×/) // emulated: nothing to compare
  expect(page()).toContain('id="table-resources"')
  const before = exampleJournal.map((entry) => {
    if (entry.type !== 'boot') return entry
    const { usage: _, ...boot } = entry.boot
    return { ...entry, boot }
  })
  expect(page(before)).not.toMatch(/id="(table-)?resources"/)
})

test('three sizes are an axis, two are not', () => {
  expect(page()).not.toContain('id="sizes"')
  const third = exampleCell({
    environment: 'qemu',
    operation: 'read',
    ratio: 1.5,
    sizeBytes: 65_536,
  })
  const shown = page([...exampleJournal, ...third])
  expect(shown).toContain('id="sizes-read"')
  expect(shown).not.toContain('id="sizes-write"')
  expect(shown).toMatch(/QEMU\/KVM: 4 KiB ×1\.95, 64 KiB ×1\.5\d, 16 MiB ×0\.726/)
})

test('texts of others make no markup', () => {
  const evil = exampleAvailability('evil', '<script>x</script>', {
    state: 'unavailable',
    reason: '"><img src=x onerror=y>',
    remedy: '</li></ol>',
  })
  const shown = page([evil, ...exampleJournal], '<title>&')
  expect(shown).not.toMatch(/<script>x|<img|<title>&:|Remedy: <\/li>/)
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
  const shown = renderPage(reportFrom(evil.comparison, evil.entries, evil.summary, english))
  expect(shown.split('onerror=y').length).toBeGreaterThan(30)
  expect(shown).not.toMatch(/<img/)
  expect(shown.match(/<script/g)).toHaveLength(1)
  expect(unsafeIn(shown)).toEqual([])
  expectClosed(shown)
})

test('a session without a single measurement is still a page', () => {
  expect(page([])).toContain('How to read it</h2>')
  const none = page(exampleJournal.filter((entry) => entry.type === 'availability'))
  expect(none).toContain('solo5-spt was built without seccomp')
})
