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
      'what is slower and what is as fast as the largest',
      [
        [128, 16],
        [160, 12],
        [192, 1.02],
        [256, 1],
      ],
      [160, 192],
    ],
    [
      'in whatever order they come',
      [
        [512, 1],
        [128, 16],
        [256, 1],
        [192, 0.99],
      ],
      [128, 192],
    ],
    [
      'above a slow one, even where a smaller one was fast',
      [
        [128, 1],
        [192, 3],
        [256, 1],
        [512, 1],
      ],
      [192, 256],
    ],
    [
      'what is slower by half and the next',
      [
        [128, 2],
        [192, 1.5],
        [224, 1],
        [256, 1],
      ],
      [192, 224],
    ],
    [
      'two around one that nothing is shown of',
      [
        [128, 9],
        [192, 1.05],
        [256, 1],
        [512, 1],
      ],
      [128, 256],
    ],
    [
      'what is slower and the largest, where nothing is shown of others',
      [
        [128, 9],
        [192, 1.05],
        [256, 1.05],
        [512, 1],
      ],
      [128, 512],
    ],
  ] as const)('is between %s', (_, times, [slowMib, fastMib]) => {
    const found = { state: 'found', slowBytes: slowMib * MIB, fastBytes: fastMib * MIB }
    expect(findKnee(points(times), 0.05)).toEqual(found)
  })

  test('is where the margin says', () => {
    const times = points([
      [128, 9],
      [256, 1.2],
      [384, 1],
      [512, 1],
    ])
    expect(findKnee(times, 0.1)).toMatchObject({ slowBytes: 256 * MIB, fastBytes: 384 * MIB })
    expect(findKnee(times)).toMatchObject({ slowBytes: 128 * MIB, fastBytes: 256 * MIB })
  })

  test('is not told by blocks that carry no interval', () => {
    const times = points([
      [128, 9],
      [256, 1],
      [512, 1],
    ])
    const few = times.map(({ memoryBytes, ratios }) => ({
      memoryBytes,
      ratios: ratios.slice(0, 3),
    }))
    expect(findKnee(few)).toMatchObject({ reason: expect.stringContaining('more blocks') })
  })

  test.each([
    ['all are fast', [1.02, 1, 1.01], /^no memory is shown slower than the largest/],
    ['only the largest is fast', [9, 5, 1], /^only the largest/],
    ['the largest was disturbed', [844, 785, 736, 305, 337, 579], /the machine is noisy$/],
    ['there are two sizes', [9, 1], /needed, 2 measured$/],
    ['there is nothing', [], /needed, 0 measured$/],
  ])('is not told where %s', (_, times, reason) => {
    const measured = points(times.map((time, index) => [128 * (index + 1), time] as const))
    expect(findKnee(measured)).toEqual({ state: 'none', reason: expect.stringMatching(reason) })
  })
})
