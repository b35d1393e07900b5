import { expect, test } from 'vitest'
import {
  ALPHA,
  blocksRequired,
  detectableEffect,
  effectOf,
  isFlagged,
  judge,
  tailOf,
} from './gate-rule.ts'
import { draws } from './random.ts'

/** Blocks of two builds that differ by `effect`, on a machine whose blocks spread by `spread`. */
function blocks(random: () => number, count: number, effect: number, spread: number): number[] {
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return Array.from({ length: count }, () => Math.log1p(effect) + spread * normal())
}

function rate(effect: number, count: number, spread: number, verdict: string): number {
  const random = draws(42)
  const gates = Array.from({ length: 400 }, () =>
    judge(effectOf(blocks(random, count, effect, spread), tailOf(3)), 0.03),
  )
  return gates.filter((found) => found === verdict).length / gates.length
}

test('as many blocks are required as the smallest p needs to reach its share of alpha', () => {
  expect(blocksRequired(tailOf(1))).toBe(8)
  expect(blocksRequired(tailOf(5))).toBe(10)
  expect(blocksRequired(tailOf(8))).toBe(11)
  for (const metrics of [1, 3, 8]) {
    const fewest = blocksRequired(tailOf(metrics))
    expect(2 ** -fewest).toBeLessThanOrEqual(tailOf(metrics))
    expect(2 ** -(fewest - 1)).toBeGreaterThan(tailOf(metrics))
  }
})

test('a gate that could never fail is refused, and the fewest that can does', () => {
  const slow = Array.from({ length: 8 }, (_, index) => 0.2 + index / 100)
  expect(judge(effectOf(slow, tailOf(1)), 0.03)).toBe('REGRESSION')
  expect(() => effectOf(slow.slice(1), tailOf(1))).toThrow(
    '7 blocks can never reach p ≤ 0.005: 8 are needed',
  )
})

test.each([
  [[1.04, 1.2], 'REGRESSION'],
  [[1.03, 1.2], 'INCONCLUSIVE'],
  [[1.001, 1.02], 'PASS'],
  [[0.9, 1.03], 'INCONCLUSIVE'],
  [[0.5, 0.6], 'PASS'],
] as const)('limits %j with a margin of 0.03 are a %s', (interval, verdict) => {
  expect(judge({ ratio: 1, interval }, 0.03)).toBe(verdict)
})

test('BASE against itself is flagged either way', () => {
  expect(isFlagged({ ratio: 1, interval: [1.05, 1.2] }, 0.03)).toBe(true)
  expect(isFlagged({ ratio: 1, interval: [0.8, 0.95] }, 0.03)).toBe(true)
  expect(isFlagged({ ratio: 1, interval: [0.95, 1.2] }, 0.03)).toBe(false)
})

test('equal builds are called a regression at most as often as alpha, even at the margin itself', () => {
  expect(rate(0, 10, 0.2, 'REGRESSION')).toBeLessThanOrEqual(ALPHA)
  expect(rate(0.03, 10, 0.02, 'REGRESSION')).toBeLessThanOrEqual(ALPHA)
})

test('the detectable effect is detected as often as is said, and half of it is not', () => {
  const ds = blocks(draws(7), 400, 0, 0.02)
  const effect = detectableEffect({ ds, margin: 0.03 }, 12, tailOf(3))
  expect(rate(effect, 12, 0.02, 'REGRESSION')).toBeGreaterThan(0.92)
  expect(rate(effect / 2, 12, 0.02, 'REGRESSION')).toBeLessThan(0.6)
})
