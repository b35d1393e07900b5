import { describe, expect, test } from 'vitest'
import oracle from './oracle/rank-sum.json' with { type: 'json' }
import { shift, shiftInterval } from './rank-sum.ts'

const decimals = 12

describe.each(oracle)('R agrees: $name at $confidence', ({ xs, ys, confidence, ...expected }) => {
  test('the shift', () => expect(shift(xs, ys)).toBeCloseTo(expected.shift, decimals))

  test('its limits', () => {
    const found = shiftInterval(xs, ys, confidence)
    if (found === null || expected.interval === null) return expect(found).toBe(expected.interval)
    const [lower = Number.NaN, upper = Number.NaN] = expected.interval
    expect(found[0]).toBeCloseTo(lower, decimals)
    expect(found[1]).toBeCloseTo(upper, decimals)
  })
})

test('the order of the samples only turns the sign', () => {
  const [xs, ys] = [
    [3, 1, 4, 1.5, 9, 2.6],
    [5, 3.5, 8, 9.7, 9.3],
  ]
  const [lower = Number.NaN, upper = Number.NaN] = shiftInterval(xs, ys, 0.95) ?? []
  expect(shiftInterval(ys, xs, 0.95)).toEqual([-upper, -lower])
})

test('too few values have no limits', () => {
  expect(shiftInterval([1, 2, 3], [4, 5, 6], 0.95)).toBeNull()
  expect(shiftInterval([1, 2, 3, 4], [5, 6, 7, 8], 0.95)).toEqual([-7, -1])
  expect(shiftInterval([], [1], 0.95)).toBeNull()
  expect(() => shift([], [1])).toThrow(RangeError)
})
