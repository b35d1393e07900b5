/** Every language says all that reports say, and reports say nothing beside it. */
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { compare } from '../fixtures/analysis/compare.ts'
import {
  exampleAvailability,
  exampleCell,
  exampleJournal,
} from '../fixtures/transcripts/example-journal.ts'
import { english, japanese, type Words } from '../fixtures/words/words.ts'
import { renderIndex } from './html/index-page.ts'
import { renderPage } from './html/page.ts'
import { comparisonSvg } from './html/svg.ts'
import { renderIssue, renderMarkdown } from './markdown/markdown.ts'
import { renderTables } from './terminal/table.ts'
import { exampleReport, exampleSummary, sideBySideReport } from './view/example-report.ts'
import { largestReport, sizesReport } from './view/largest-session.ts'
import type { Report } from './view/session-report.ts'

type Message = string | ((...parts: unknown[]) => unknown)

/** `answer.title` and what it is, of all. */
function messagesOf(words: object, path = ''): readonly (readonly [path: string, Message])[] {
  return Object.entries(words).flatMap(([name, own]) => {
    const place = path === '' ? name : `${path}.${name}`
    return typeof own === 'object' ? messagesOf(own, place) : [[place, own as Message] as const]
  })
}

/** Whatever a message makes of its parts shows them: a text, a list, or words by name. */
function part(index: number): unknown {
  const token = (name: string) => `⟦${index}${name}⟧`
  const named = ['equivalent', 'slower', 'faster', 'inconclusive'].map((name) => [
    name,
    token(name),
  ])
  return Object.assign([token('a'), token('b')], Object.fromEntries(named))
}

function shown(message: Message): string {
  if (typeof message === 'string') return message
  const parts = Array.from({ length: message.length }, (_, index) => part(index))
  return String(message(...parts))
}

const tokensIn = (text: string) => [...new Set(text.match(/⟦.*?⟧/g))].sort()

/** Names, which are none of a language's words. */
const NAMES =
  /Linux|CPU|Docker|QEMU|KVM|Xen|hvt|solo5|fsync|io_uring|etcd|dom0|Raspberry Pi|Model B|Ubuntu|LTS|guestbench|GUESTBENCH_\w+=?\w*|Hodges-Lehmann|npm run \w+|\w+\.(html|md|ts)|write(\(sync\))?|[KMG]iB|results\/latest|[Ee]xit|undefined/g

/** What is left: words of a language. */
const wordsOf = (text: string) =>
  text
    .replaceAll(/⟦.*?⟧/g, ' ')
    .replaceAll(NAMES, ' ')
    .match(/\p{sc=Latin}{3,}/gu) ?? []

/** Whose words are looked up by the parts. */
const LOOKED_UP = ['findings.unequallyDurable', 'findings.cutContradicts']
/** A comma for `and`, `OS` in both. */
const WORDLESS = ['answer.places', 'session.operatingSystem']

const translations = new Map(messagesOf(japanese))

test.each(messagesOf(english))(
  '%s is said in Japanese, with all that it is said of',
  (path, own) => {
    const [first, second] = [shown(own), shown(translations.get(path) ?? '')]
    if (!LOOKED_UP.includes(path)) expect(tokensIn(second)).toEqual(tokensIn(first))
    expect(wordsOf(second)).toEqual([])
    if (wordsOf(first).length > 0 && !WORDLESS.includes(path))
      expect(second).toMatch(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u)
  },
)

/** Every message between marks: what stands outside of them does not come from fixtures/words/. */
function marked<T>(words: T): T {
  if (typeof words === 'string') return `⟦${words}⟧` as T
  if (typeof words === 'function') {
    return ((...parts: unknown[]) =>
      marked((words as (...parts: unknown[]) => unknown)(...parts))) as T
  }
  if (Array.isArray(words)) return words.map(marked) as T
  if (typeof words !== 'object' || words === null) return words
  return Object.fromEntries(Object.entries(words).map(([name, own]) => [name, marked(own)])) as T
}

const markedWords: Words = { ...marked(english), language: 'en' }

const empty = (words: Words) => exampleReport([exampleAvailability('linux', 'Linux')], {}, words)

/** A cell of one block, and one of a single environment that nothing stands beside. */
const few = (words: Words) =>
  exampleReport(
    ['linux', 'docker'].flatMap((environment) => [
      exampleAvailability(environment, environment),
      ...exampleCell({ environment, operation: 'read', ratio: 3, blocks: 1 }),
    ]),
    {},
    words,
  )

const FACES: readonly (readonly [string, (report: Report) => string])[] = [
  ['terminal', (report) => renderTables(report, { width: 1000, colour: false })],
  ['table.md', renderMarkdown],
  ['issue.md', renderIssue],
  ['report.html', renderPage],
  [
    'chart',
    ({ comparison, words }) =>
      ['qemu', 'solo5-spt', 'none'].map((id) => comparisonSvg(comparison, id, words)).join(''),
  ],
  [
    'index.html',
    ({ headline, words }) =>
      renderIndex(
        [
          {
            machine: exampleSummary.machine,
            sessions: Array.from({ length: 5 }, (_, id) => {
              return { id: `${id}`, profile: 'quick', isComplete: id > 2, headline }
            }),
            cells: [{ title: 'Linux', workload: '4 KiB read', points: [] }],
          },
        ],
        [{ id: 'x', profile: 'gate', page: 'gate.md' }],
        ['-'],
        words,
      ),
  ],
]

/** What others say, and units. */
function data(report: Report): readonly string[] {
  const texts = JSON.stringify([exampleJournal, report.summary]).match(/"[^"]*"/g) ?? []
  const titles = ['write(sync)', 'write', 'read', 'random read', 'random write', 'mixed', 'commit']
  const units = [
    'KiB',
    'MiB',
    'GiB',
    'Linux',
    'hvt/solo5',
    'dom0',
    'CSV',
    'SVG',
    'details',
    'summary',
  ]
  return [...texts.map((text) => text.slice(1, -1)), ...titles, ...units].filter(
    ({ length }) => length > 1,
  )
}

/** Of titles, which are broken at the ends of lines; and of sessions. */
const TITLES = ['gate', 'Docker', 'docker', 'bind', 'mount', 'one', 'two']

function unsaid(report: Report, face: (report: Report) => string): readonly string[] {
  let text = face(report)
    .replaceAll(/<(style|script)\b[^>]*>.*?<\/\1>|<[^>]*>/gs, ' ')
    .replaceAll('\\', '')
  while (/⟦[^⟦⟧]*⟧/.test(text)) text = text.replaceAll(/⟦[^⟦⟧]*⟧/g, ' ')
  for (const one of data(report).toSorted((a, b) => b.length - a.length)) {
    text = text.replaceAll(new RegExp(`(?<!\\p{L})${RegExp.escape(one)}(?!\\p{L})`, 'giu'), ' ')
  }
  const words = new Set(text.match(/\p{L}{3,}/gu))
  return [...words].filter((word) => !TITLES.includes(word))
}

describe.each(FACES)('%s', (_, face) => {
  test.each([
    ['example', (words: Words) => exampleReport(undefined, {}, words)],
    ['differences', sideBySideReport],
    ['few blocks', few],
    ['nothing', empty],
  ])('%s: says nothing that stands elsewhere than in fixtures/words/', (_, make) => {
    expect(unsaid(make(markedWords), face)).toEqual([])
  })
})

test('a word of a face’s own is found', () => {
  const report = exampleReport(undefined, {}, markedWords)
  expect(unsaid(report, () => '<b>⟦said⟧</b> and unsaid')).toEqual(['and', 'unsaid'])
})

test.each([
  ['tables-ja.txt', (report: Report) => renderTables(report, { width: 80, colour: false })],
  ['tables-ja.md', renderMarkdown],
])('golden %s', async (file, face) => {
  const text = face(exampleReport(undefined, {}, japanese))
  await expect(text).toMatchFileSnapshot(`terminal/golden/${file}`)
})

test.each([80, 100, 120])('%d columns suffice, and no line begins with what ends one', (width) => {
  for (const make of [largestReport, sizesReport, sideBySideReport]) {
    const lines = renderTables(make(japanese), { width, colour: false }).split('\n')
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(width)
    expect(lines.filter((line) => /^\s*[、。）」]/.test(line))).toEqual([])
  }
})

test('what programs read is English, whatever the language', () => {
  const cells = (words: Words) => compare('s', exampleJournal, { words }).cells
  const figures = (words: Words) =>
    cells(words).map(({ reason, remedy, warnings, ...others }) => others)
  expect(figures(japanese)).toEqual(figures(english))
  expect(renderPage(exampleReport(undefined, {}, japanese))).toMatch(/data-csv="[^"]*,slower"/)
  expect(renderPage(exampleReport(undefined, {}, japanese))).toContain('<html lang="ja">')
})
