import { describe, expect, test } from 'vitest'
import { findKnee } from './knee.ts'

const MIB = 2 ** 20

/** Six blocks of each memory, spread by ±`spread` around a time. */
function points(times: readonly (readonly [memoryMib: number, time: number])[], spread = 0.01) {
  return times.map(([memoryMib, time]) => ({
    memoryBytes: memoryMib * MIB,
    ratios: [-1, -0.6, -0.2, 0.2, 0.6, 1].map((step) => time * (1 + step * spread)),
  }))
}

describe('the knee', () => {
  test.each([
    [
      'from which on all are as fast as the largest',
      [
        [128, 16],
        [160, 12],
        [192, 1.02],
        [256, 1],
      ],
      192,
    ],
    [
      'in whatever order they come',
      [
        [512, 1],
        [128, 16],
        [256, 1],
        [192, 0.99],
      ],
      192,
    ],
    [
      'above a slow one, even where a smaller one was fast',
      [
        [128, 1],
        [192, 3],
        [256, 1],
        [512, 1],
      ],
      256,
    ],
    [
      'above one that is slower by half',
      [
        [128, 2],
        [192, 1.5],
        [224, 1],
        [256, 1],
      ],
      224,
    ],
  ] as const)('is the smallest memory %s', (_, times, memoryMib) => {
    expect(findKnee(points(times))).toEqual({ state: 'found', memoryBytes: memoryMib * MIB })
  })

  test('is where the margin says', () => {
    const times = points([
      [128, 9],
      [256, 1.2],
      [384, 1],
      [512, 1],
    ])
    expect(findKnee(times)).toMatchObject({ memoryBytes: 384 * MIB })
    expect(findKnee(times, 0.5)).toMatchObject({ memoryBytes: 256 * MIB })
  })

  test('is not told by intervals that reach across the margin', () => {
    const reason = /^whether 192 MiB keep it is open \(×1\.03–1\.08\): measure more blocks$/
    const times = points(
      [
        [128, 9],
        [192, 1.05],
        [256, 1],
        [512, 1],
      ],
      0.02,
    )
    expect(findKnee(times)).toEqual({ state: 'none', reason: expect.stringMatching(reason) })
    const few = times.map(({ memoryBytes, ratios }) => ({
      memoryBytes,
      ratios: ratios.slice(0, 3),
    }))
    expect(findKnee(few)).toMatchObject({ reason: expect.stringContaining('is open') })
  })

  test.each([
    ['all are fast', [1.02, 1, 1.01], /^even the smallest/],
    ['only the largest is fast', [9, 5, 1], /^only the largest/],
    ['the largest was disturbed', [844, 785, 736, 305, 337, 579], /the machine is noisy$/],
    ['there are two sizes', [9, 1], /needed, 2 measured$/],
    ['there is nothing', [], /needed, 0 measured$/],
  ])('is not told where %s', (_, times, reason) => {
    const measured = points(times.map((time, index) => [128 * (index + 1), time] as const))
    expect(findKnee(measured)).toEqual({ state: 'none', reason: expect.stringMatching(reason) })
  })
})
