/** What guests, tools and names of files say goes through all that shows it to people. */
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compare } from '../fixtures/analysis/compare.ts'
import { type GatePlan, reportGate } from '../fixtures/analysis/gate.ts'
import { findingText } from '../fixtures/commands/finding.ts'
import type { JournalEntry } from '../fixtures/model.ts'
import { tell } from '../fixtures/session/command.ts'
import { LANGUAGES } from '../fixtures/session/language.ts'
import { profileOf } from '../fixtures/session/profiles.ts'
import { journalFile, type Session } from '../fixtures/session/session-file.ts'
import {
  available,
  exampleAvailability,
  exampleCell,
  exampleJournal,
  exampleWorkload,
} from '../fixtures/transcripts/example-journal.ts'
import { type Words, wordsIn } from '../fixtures/words/words.ts'
import { renderCsv } from './comparison-csv.ts'
import { goBenchmarks } from './gate/formats.ts'
import { gateMarkdown, gateTable } from './gate/gate-table.ts'
import { anyText, unsafeIn } from './hostile-text.ts'
import { renderPage } from './html/page.ts'
import { comparisonSvg, workloadSvgs } from './html/svg.ts'
import { renderBenchmarks } from './machine-formats.ts'
import { renderIssue, renderMarkdown } from './markdown/markdown.ts'
import { followJournal } from './progress.ts'
import { disarm } from './quoted-text.ts'
import { renderTables } from './terminal/table.ts'
import { exampleSummary } from './view/example-report.ts'
import { reportFrom } from './view/session-report.ts'

const at = '2026-03-04T05:06:07.000Z'

/** A session in which everything that can be said is said by `text`. */
function journalOf(text: string): readonly JournalEntry[] {
  const spoken = {
    ...available('native', text, text, 2 ** 30, text),
    detail: text,
    caveats: [text],
  }
  return [
    ...exampleJournal,
    exampleAvailability(`ran ${text}`, text, spoken),
    ...exampleCell({ environment: `ran ${text}`, operation: 'read', ratio: 3 }).map(heated),
    exampleAvailability(`linux@${text}`, text, spoken),
    ...exampleCell({ environment: `linux@${text}`, operation: 'read', ratio: 1 }),
    exampleAvailability(`docker@${text}`, text, spoken),
    ...exampleCell({ environment: `docker@${text}`, operation: 'read', ratio: 2 }),
    exampleAvailability('absent', text, { state: 'unavailable', reason: text, remedy: text }),
    exampleAvailability('failed', text, spoken),
    {
      type: 'failure',
      at,
      environment: 'failed',
      workload: exampleWorkload('write'),
      message: text,
    },
  ]
}

/** One of its blocks was disturbed. */
function heated(entry: JournalEntry): JournalEntry {
  if (entry.type !== 'boot' || entry.boot.block > 0) return entry
  return { ...entry, boot: { ...entry.boot, disturbed: ['heat'] } }
}

function rendered(text: string, words: Words) {
  const journal = journalOf(text)
  const comparison = compare('s', journal, { words })
  const summary = {
    ...exampleSummary,
    ...{ id: text, profile: text, machine: text, kernel: text, storage: text, caveats: [text] },
    conditions: [[text, text]] as const,
  }
  const report = reportFrom(comparison, journal, summary, words)
  const tables = (colour: boolean) => renderTables(report, { width: 80, colour })
  const environment = `ran ${text}`
  return {
    plain: tables(false),
    coloured: tables(true),
    markdown: renderMarkdown(report),
    html: renderPage(report),
    issue: renderIssue(report),
    others: [renderCsv(report), renderBenchmarks(report)],
    svg: [comparisonSvg(comparison, environment, words), ...workloadSvgs(comparison, words)].join(
      '',
    ),
  }
}

test('tables and pages', () => {
  fc.assert(
    fc.property(anyText, fc.constantFrom(...LANGUAGES), (text, language) => {
      const { plain, coloured, markdown, issue, html, svg, others } = rendered(
        text,
        wordsIn[language],
      )
      expect(stripVTControlCharacters(coloured)).toBe(plain)
      for (const shown of [plain, markdown, issue, html, svg, ...others]) {
        expect(unsafeIn(shown)).toEqual([])
      }
      expect(html + svg).not.toMatch(/<img|onerror=y>|<\/svg><\/title>/)
      expect((html + svg).match(/<script/g)).toHaveLength(1)
      expect(markdown + issue).not.toMatch(/(?<!\\)(?:\\\\)*(?:<script|<img|\[click|!\[)/)
      // A row has as many cells as its table, whatever is in them.
      const [table = ''] = markdown.split('\n\n').filter((part) => part.startsWith('|'))
      const cells = table.split('\n').map((row) => row.split(/(?<!\\)\|/).length)
      expect(new Set(cells).size).toBe(1)
    }),
    { numRuns: 50 },
  )
})

describe('progress', () => {
  let directory: string
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'guestbench-hostile-'))
  })
  afterAll(() => rm(directory, { recursive: true }))

  test('is a line for each event, and nothing else', async () => {
    const profile = profileOf('quick')
    const session = { id: 's', directory, profile, resumedAt: [] as readonly string[] } as Session
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        await writeFile(journalFile(session), '')
        const lines: string[] = []
        const follower = followJournal(session, [], false, (line) => lines.push(line))
        const said = journalOf(text).map((entry) => `${JSON.stringify(entry)}\n`)
        await appendFile(journalFile(session), said.join(''))
        follower.end()
        lines.push(follower.line())
        expect(lines.length).toBeGreaterThan(4)
        for (const line of lines) expect(unsafeIn(line)).toEqual([])
        expect(lines.join('')).not.toContain('\n')
      }),
      { numRuns: 20 },
    )
  })
})

describe('a gate', () => {
  function reportOf(text: string) {
    const plan: GatePlan = {
      ...{ base: text, head: text, environments: ['solo5-hvt'], pairs: [], metrics: 1 },
      ...{ looks: [14], until: 'blocks' },
      margins: {},
    }
    const workload = exampleWorkload('read')
    const failed = { type: 'failure', at, environment: 'solo5-hvt@head', workload } as const
    const entries = [{ ...failed, message: `HEAD fails: ${text}\n--- console of HEAD\n${text}` }]
    return { report: reportGate('s', plan, entries), entries }
  }

  test('its table, its Markdown and its lines for benchstat', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { report, entries } = reportOf(text)
        const markdown = gateMarkdown(report, { ...exampleSummary, caveats: [text] })
        expect(stripVTControlCharacters(gateTable(report, true))).toBe(gateTable(report, false))
        for (const shown of [gateTable(report, false), markdown]) {
          expect(unsafeIn(shown)).toEqual([])
        }
        expect(unsafeIn(goBenchmarks(report, entries, 'head'))).toEqual([])
        expect(outsideOfFences(markdown)).not.toMatch(/(?<!\\)(?:\\\\)*(?:<script|<img|\[click)/)
        expect(outsideOfFences(markdown)).toContain('- Blocks of 6 boots')
      }),
      { numRuns: 200 },
    )
  })

  /** As CommonMark has it: a fence ends with as many ticks as it began with, or more. */
  function outsideOfFences(markdown: string): string {
    const outside: string[] = []
    let fence = ''
    for (const line of markdown.split('\n')) {
      const [, ticks = ''] = /^ {0,3}(`{3,})[^`]*$/.exec(line) ?? []
      if (fence === '' && ticks === '') outside.push(line)
      else if (fence === '') fence = ticks
      else if (ticks.length >= fence.length && line.trim() === ticks) fence = ''
    }
    return outside.join('\n')
  }
})

test('doctor, and how a command fails', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(unsafeIn(findingText('!', text, { text, remedy: text }))).toEqual([])
      expect(unsafeIn(tell(new Error(text)))).toEqual([])
    }),
  )
})

test('errors that Vitest prints', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const error = {
        message: text,
        stack: text,
        diff: text,
        cause: { message: text, detail: [text] },
      }
      const said = Object.assign(new Error(text, { cause: error }), { error })
      disarm(said)
      const shown = [
        said.message,
        said.stack ?? '',
        error.message,
        error.diff,
        ...error.cause.detail,
      ]
      for (const each of shown) expect(unsafeIn(each)).toEqual([])
    }),
  )
})
