import { stripVTControlCharacters } from 'node:util'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import {
  exampleAvailability,
  exampleCell,
  exampleJournal,
} from '../../fixtures/transcripts/example-journal.ts'
import { renderMarkdown } from '../markdown/markdown.ts'
import { exampleReport } from '../view/example-report.ts'
import { sizesReport } from '../view/largest-session.ts'
import { type Layout, renderTables } from './table.ts'

const plain: Layout = { width: 80, colour: false }

function tables(layout: Partial<Layout>, journal = exampleJournal): string {
  return renderTables(exampleReport(journal), { ...plain, ...layout })
}

test.each([
  ['tables-80.txt', {}],
  ['tables-120.txt', { width: 120 }],
  ['tables-colour.txt', { colour: true }],
])('golden %s', async (file, layout) => {
  await expect(tables(layout)).toMatchFileSnapshot(`golden/${file}`)
})

test('golden tables.md', async () => {
  await expect(renderMarkdown(exampleReport())).toMatchFileSnapshot('golden/tables.md')
})

test.each([80, 100, 120])('%d columns suffice', (width) => {
  const widest = Math.max(
    ...tables({ width })
      .split('\n')
      .map((line) => [...line].length),
  )
  expect(widest).toBeLessThanOrEqual(width)
})

test('more operations than fit beside each other stand below each other', () => {
  const text = renderTables(sizesReport(), plain)
  expect(Math.max(...text.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(80)
  for (const operation of ['write(sync)', 'random read', 'mixed', 'commit']) {
    expect(text.split(`  ${operation}`).length).toBeGreaterThan(1)
  }
})

test('of what took nothing that can be told there is no row', () => {
  const title = 'What it takes of the host'
  const untold = exampleJournal.map((entry) =>
    entry.type === 'boot' ? { ...entry, boot: { ...entry.boot, usage: {} } } : entry,
  )
  expect(tables({})).toContain(title)
  expect(tables({}, untold)).not.toContain(title)
})

test('cold reads have a table of their own, without the study beside it', () => {
  const journal = exampleCell({ environment: 'linux', operation: 'read', ratio: 1 })
  const cold = journal.map((entry) =>
    entry.type === 'availability'
      ? entry
      : { ...entry, workload: { ...entry.workload, cache: 'cold' as const } },
  )
  const report = [...cold, ...journal]
  for (const text of [tables({}, report), renderMarkdown(exampleReport(report))]) {
    const [warmTable, coldTable] = text.split('4 KiB, cold')
    expect(warmTable).toContain('Pi 4 study')
    expect(coldTable).toContain('×0.998')
    expect(coldTable).not.toContain('Pi 4 study')
  }
})

test('a word that is longer than a line is broken', () => {
  const path = `/${'x'.repeat(200)}`
  const lost = exampleAvailability('lost', 'Lost', {
    state: 'unavailable',
    reason: path,
    remedy: '',
  })
  const lines = tables({}, [lost]).split('\n')
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80)
  expect(lines.join('').replaceAll(' ', '')).toContain(path)
})

test('colour adds nothing but colour', () => {
  const painted = tables({ colour: true })
  expect(painted).not.toBe(tables({}))
  expect(stripVTControlCharacters(painted)).toBe(tables({}))
})

test('what stays on the screen is the answer', () => {
  const { headline } = exampleReport()
  const text = tables({ width: 500 })
  const last = headline.map(({ subject, text }) => `${subject}: ${text}\n`).join('')
  expect(text.endsWith(last)).toBe(true)
})

test('each word beside a figure is explained, and no other', () => {
  const text = tables({ width: 200 })
  const [grids = '', explained = ''] = text.split(/^≈ equivalent.*$/m)
  for (const { word } of exampleReport().legend) {
    expect(grids).toContain(word === 'blocks' ? '3 blocks' : word)
    expect(explained).toContain(`${word}: `)
  }
})

test('what was not measured has its reason once, whatever it is that lacks', () => {
  const text = tables({ width: 500 })
  for (const { why } of exampleReport().absences) expect(text.split(why)).toHaveLength(2)
  expect(text).not.toContain('unavailable [')
})

describe('texts of others', () => {
  const hostile = [
    exampleAvailability('evil', 'A|B <b>', {
      state: 'unavailable',
      reason: 'said "\u001b[2J\u0007" and\r\n  <script>x</script> | more',
      remedy: '[click](http://x)',
    }),
    ...exampleJournal,
  ]

  test('move no cursor', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(tables({}, hostile)).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/)
  })

  test('make no Markdown', () => {
    const markdown = renderMarkdown(exampleReport(hostile))
    expect(markdown).toContain('A\\|B \\<b\\>')
    expect(markdown).toContain('\\<script\\>')
    expect(markdown).toContain('\\[click\\]')
  })
})

test('a session in which nothing could run still names its environments', () => {
  const journal = exampleJournal.filter((entry) => entry.type === 'availability')
  expect(tables({}, journal)).toContain('Solo5 spt: unavailable')
  expect(tables({}, [])).toBe(
    'Raspberry Pi 5 Model B Rev 1.0, Linux 6.6.31, ext4 on nvme0n1\n' +
      'Session 2026-03-04-050607: profile quick, seed 7, started 2026-03-04T05:06:07Z\n\n' +
      'Cautions\n- The load average is 5.6 on 4 cores; remedy: end what else runs.\n',
  )
})
