import { expect, test } from 'vitest'
import { binomialInterval } from './binomial.ts'

/** Of R's binom.test(found, total, conf.level = confidence)$conf.int. */
test.each([
  [0, 40, 0.95, [0.0, 0.0880973029]],
  [1, 40, 0.95, [0.0006327449, 0.1315858585]],
  [5, 40, 0.95, [0.0418596261, 0.2680329174]],
  [6, 40, 0.95, [0.0571022582, 0.2983526668]],
  [20, 20, 0.95, [0.831566529, 1.0]],
  [17, 20, 0.95, [0.6210731735, 0.9679290628]],
  [40, 80, 0.99, [0.3534874448, 0.6465125552]],
  [1, 1, 0.95, [0.025, 1.0]],
] as const)('R agrees: %d of %d at %d', (found, total, confidence, expected) => {
  const limits = binomialInterval(found, total, confidence)
  for (const [index, limit] of limits.entries()) expect(limit).toBeCloseTo(expected[index] ?? 0, 9)
})
