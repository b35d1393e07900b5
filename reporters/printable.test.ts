import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyText, unsafeIn } from './hostile-text.ts'
import { oneLine, printable } from './printable.ts'

test.each([
  ['\x1b]0;title\x07\x1b[2J', '␛]0;title␇␛[2J'],
  ['\0\x7f\x9b31m', '␀␡\ufffd31m'],
  ['user\u202etxt.exe\u2066', 'user\ufffdtxt.exe\ufffd'],
  ['a\tb\u2028c', 'a b\ufffdc'],
  ['serial\r\r\nconsole\rwriter', 'serial\nconsole␍writer'],
  ['grinning 😀 é 漢 ×1.2', 'grinning 😀 é 漢 ×1.2'],
  ['half of one \ud83d', 'half of one \ufffd'],
])('%j is shown as %j', (text, shown) => {
  expect(printable(text)).toBe(shown)
})

test('a line is one, and no longer than it may be', () => {
  expect(oneLine(' a\r\n\t b \u2029 c ')).toBe('a b c')
  expect(oneLine('x'.repeat(1e6))).toBe(`${'x'.repeat(3999)}…`)
})

test('lines are as many as they may be', () => {
  const lines = printable(`${'x'.repeat(5000)}\n${'y\n'.repeat(1000)}`).split('\n')
  expect(lines).toHaveLength(201)
  expect(lines.slice(0, 2)).toEqual([`${'x'.repeat(3999)}…`, 'y'])
  expect(lines.at(-1)).toBe('…')
})

test('what is in objects is made safe, and what is no text stays', () => {
  expect(oneLine({ a: ['\x1b', 1, null, { b: 'c\nd' }] })).toEqual({
    a: ['␛', 1, null, { b: 'c d' }],
  })
})

test('a console of carriage returns takes no time', () => {
  const startedMs = performance.now()
  printable(`${'\r'.repeat(700_000)}x`)
  expect(performance.now() - startedMs).toBeLessThan(500)
})

test('nothing gets through', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const shown of [printable(text), oneLine(text)]) expect(unsafeIn(shown)).toEqual([])
      expect(oneLine(text)).not.toContain('\n')
    }),
    { numRuns: 1000 },
  )
})
