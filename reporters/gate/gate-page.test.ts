import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reportGate } from '../../fixtures/analysis/gate.ts'
import { exampleWorkload } from '../../fixtures/transcripts/example-journal.ts'
import { anyText, unsafeIn } from '../hostile-text.ts'
import { exampleSummary } from '../view/example-report.ts'
import { examplePlan, gateEntries, gateReport } from './example-gate.ts'
import { renderGatePage } from './gate-page.ts'

const page = renderGatePage(gateReport, gateEntries, exampleSummary)
const words = page
  .replaceAll(/<(script|style)[^>]*>.*?<\/\1>/gs, '')
  .replaceAll(/<[^>]*>/g, ' ')
  .replaceAll(/\s+/g, ' ')

test('the verdict stands first, then why, and what would decide', () => {
  expect(page).toContain('<title>REGRESSION: ../solo5-patch against ../solo5-main</title>')
  expect(words).toContain('Exit code 1.')
  expect(words).toMatch(/solo5-spt 4 KiB read: INCONCLUSIVE : About 50 more blocks would do/)
  expect(words).toMatch(/solo5-spt 4 KiB write: INVALID : BASE against itself differs by ×1\.200/)
})

test('each metric has its blocks, its limits and its margin, and BASE against itself', () => {
  const rows = page.match(/<g class="row".*?<\/g>/gs) ?? []
  expect(rows).toHaveLength(8)
  expect(rows[0]?.match(/h0/g)).toHaveLength(14)
  expect(words).toContain('solo5-hvt 4 KiB write ×1.120 (1.113–1.127) REGRESSION')
  const bands = rows.map(
    (row) => /class="equal" x="[\d.]+" y="\d+" width="([\d.]+)"/.exec(row)?.[1],
  )
  expect(new Set(bands)).not.toContain(undefined)
  expect(Number(bands[0])).toBeGreaterThan(0)
})

test('builds, machine, cautions and equal counts are told', () => {
  for (const told of [
    'BASE ../solo5-main HEAD ../solo5-patch',
    'machine Raspberry Pi 5 Model B Rev 1.0',
    'The load average is 5.6 on 4 cores; remedy: end what else runs.',
    'The same counts of one operation: solo5-hvt 4 KiB write (reads 8)',
  ]) {
    expect(words).toContain(told)
  }
})

test('what consoles and builds say makes no markup', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const plan = {
        ...examplePlan,
        base: text,
        head: text,
        environments: ['solo5-hvt'],
        metrics: 1,
      }
      const message = `HEAD fails: ${text}\n--- console of HEAD\n${text}`
      const failed = { type: 'failure', environment: 'solo5-hvt@head', message } as const
      const at = '2026-03-04T05:06:07.000Z'
      const entries = [{ ...failed, at, workload: exampleWorkload('read') }]
      const summary = { ...exampleSummary, machine: text, caveats: [text] }
      const shown = renderGatePage(reportGate('s', plan, entries), entries, summary)
      expect(unsafeIn(shown)).toEqual([])
      expect(shown.match(/<script/g)).toHaveLength(1)
      expect(shown).not.toMatch(/<img|onerror=y>/)
    }),
    { numRuns: 50 },
  )
})
