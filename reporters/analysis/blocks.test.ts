import { expect, test } from 'vitest'
import type { Boot } from '../../fixtures/model.ts'
import { binomialInterval } from './binomial.ts'
import { CONFIDENCE, estimate, isPrecise, nominalConfidence, pairBoots } from './blocks.ts'
import { verdictOfInterval } from './verdict.ts'

const CELLS = 1000
const [MINIMUM, MAXIMUM] = [6, 30]
const HALF_WIDTH = 0.05
const MARGIN = 0.05

/** Mulberry32: the same stream everywhere, so that this test cannot fail by chance. */
function uniform(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let x = Math.imul(state ^ (state >>> 15), state | 1)
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61)
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32
  }
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

function boot(block: number, arm: Boot['arm'], elapsedNs: number): Boot {
  const samples = [{ elapsedNs, operations: 1 }]
  return {
    block,
    arm,
    readyNs: 0,
    clockOverheadNs: 0,
    samples,
    counts: {},
    durability: 'none',
  }
}

/** One A/A cell, measured until it is precise, as fixtures/blocks.ts does. */
function measureCell(random: () => number, spread: number): Boot[] {
  const boots: Boot[] = []
  for (let block = 0; block < MAXIMUM; block++) {
    const guestNs = 1e6 * Math.exp(spread * normal(random))
    boots.push(boot(block, 'control', 1e6), boot(block, 'guest', guestNs))
    if (block + 1 >= MINIMUM && isPrecise(boots, HALF_WIDTH)) break
  }
  return boots
}

/** Spreads at which a cell stops at once, and after twice the least blocks. */
test.each([0.03, 0.07])(
  'with a spread of %d between boots, at most 5 in 100 A/A cells miss the truth',
  (spread) => {
    const random = uniform(1)
    let wrong = 0
    let missed = 0
    for (let cell = 0; cell < CELLS; cell++) {
      const { ratioInterval } = estimate(pairBoots(measureCell(random, spread)).pairs, CONFIDENCE)
      const [lower, upper] = ratioInterval ?? [0, 0]
      if (lower > 1 || upper < 1) missed += 1
      if (['slower', 'faster'].includes(verdictOfInterval([lower, upper], MARGIN))) wrong += 1
    }
    expect(binomialInterval(missed, CELLS, CONFIDENCE)[0]).toBeLessThanOrEqual(1 - CONFIDENCE)
    expect(wrong).toBeLessThanOrEqual(missed)
  },
  30_000,
)

test('the confidence that looking costs is paid without a block more', () => {
  expect(nominalConfidence(0.95)).toBeCloseTo(29 / 30, 12)
})
