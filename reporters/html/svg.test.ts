import { describe, expect, test } from 'vitest'
import { compare } from '../../fixtures/analysis/compare.ts'
import type { Comparison } from '../../fixtures/model.ts'
import {
  exampleAvailability,
  exampleCell,
  exampleJournal,
} from '../../fixtures/transcripts/example-journal.ts'
import { logScale } from './log-scale.ts'
import { comparisonSvg as comparisonMarkup, workloadSvgs } from './svg.ts'

const comparison = compare('s', exampleJournal)

const comparisonSvg = (of: Comparison, environment: string) =>
  `${comparisonMarkup(of, environment)}`

/** What a reader who sees no colour reads. */
function words(svg: string): string {
  return [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text).join('\n')
}

test.each(['qemu', 'solo5-hvt', 'solo5-spt'])('golden %s.svg', async (environment) => {
  await expect(comparisonSvg(comparison, environment)).toMatchFileSnapshot(
    `golden/${environment}.svg`,
  )
})

test('verdicts, intervals and what stands against them are words', () => {
  expect(words(comparisonSvg(comparison, 'qemu'))).toMatch(/^×1\.98 \(1\.94–2\.03\) slower$/m)
  const hvt = words(comparisonSvg(comparison, 'solo5-hvt'))
  expect(hvt).toMatch(/ not ranked$/m)
  expect(hvt).toMatch(/ too few blocks$/m)
  expect(hvt).toMatch(/ failed$/m)
  expect(hvt).toMatch(/backing file: offset 1048576/)
  expect(words(workloadSvgs(comparison).join(''))).toMatch(/ emulated, not ranked$/m)
})

test('an unavailable environment shows the reason and the remedy', () => {
  const shown = words(comparisonSvg(comparison, 'solo5-spt'))
  expect(shown).toContain('solo5-spt was built without seccomp')
  expect(shown).toContain('Remedy: apt-get install libseccomp-dev')
})

test('an environment that nobody measured is said to be so', () => {
  expect(words(comparisonSvg(comparison, 'bhyve'))).toContain('Nothing was measured.')
})

test('a picture asks for nothing outside itself and runs nothing', () => {
  for (const svg of [comparisonSvg(comparison, 'qemu'), ...workloadSvgs(comparison).map(String)]) {
    expect(svg).not.toMatch(/<script|\bon\w+=|href=|url\(|@import/)
    expect(svg.match(/<g\b/g)?.length).toBe(svg.match(/<\/g>/g)?.length)
  }
})

test('texts of others make no markup', () => {
  const evil = compare('s', [
    exampleAvailability('evil', '<script>&"\u0007', {
      state: 'unavailable',
      reason: 'a<b',
      remedy: 'c&d',
    }),
    ...exampleCell({ environment: 'linux', operation: 'read', ratio: 1 }),
  ])
  const svg = comparisonSvg(evil, 'evil')
  expect(svg).toContain('&#60;script&#62;&#38;&#34;')
  expect(svg).toContain('a&#60;b')
  expect(svg).not.toContain('<script')
  expect(svg).not.toContain('\u0007')
})

describe('the axis', () => {
  test('gives equal factors equal distances', () => {
    const { position } = logScale([0.1, 10], 0, 400)
    expect(position(1) - position(0.1)).toBeCloseTo(position(10) - position(1), 9)
  })

  test('holds all ratios, 1 and few ticks', () => {
    for (const ratios of [[], [1.01], [0.4, 60], [3000], [1e-6, 1e6]]) {
      const { position, side, ticks } = logScale(ratios, 16, 424)
      expect(ticks).toContain(1)
      expect(ticks.length).toBeLessThan(12)
      for (const ratio of ratios) {
        expect(side(ratio)).toBe(0)
        expect(position(ratio)).toBeGreaterThan(16)
        expect(position(ratio)).toBeLessThan(424)
      }
    }
  })

  test('keeps what lies beyond it at its ends', () => {
    const { position, side } = logScale([0.5, 2], 0, 400)
    expect([side(0.1), side(1), side(9)]).toEqual([-1, 0, 1])
    expect([position(0.1), position(9)].map(Math.round)).toEqual([0, 400])
  })

  test('is scaled to what is ranked: what is not is an arrow with its figure', () => {
    const [, , read = ''] = workloadSvgs(comparison).map(String)
    expect(words(read)).toMatch(/^×31\.\d .*emulated, not ranked$/m)
    const journal = exampleJournal.filter(({ environment }) => environment !== 'solo5-hvt')
    const [, , narrow = ''] = workloadSvgs(compare('s', journal)).map(String)
    expect(read).not.toContain('arrow"')
    expect(narrow.match(/class="mark unranked arrow"/g)).toHaveLength(1)
    expect(words(narrow)).not.toMatch(/^×5$/m)
  })
})
