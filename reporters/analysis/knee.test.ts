import { describe, expect, test } from 'vitest'
import { findKnee } from './knee.ts'

function knee(...times: readonly (readonly [memoryBytes: number, medianNs: number])[]) {
  return findKnee(times.map(([memoryBytes, medianNs]) => ({ memoryBytes, medianNs })))
}

describe('the knee', () => {
  test('is the smallest memory from which on all are as fast as the largest', () => {
    const found = { state: 'found', memoryBytes: 192 }
    expect(knee([128, 16], [160, 12], [192, 1.2], [256, 1], [512, 1])).toEqual(found)
    expect(knee([512, 1], [128, 16], [256, 1], [192, 0.9])).toEqual(found)
  })

  test('is above a slow one, even where a smaller one was fast', () => {
    const found = { state: 'found', memoryBytes: 256 }
    expect(knee([128, 1], [192, 3], [256, 1.1], [512, 1])).toEqual(found)
  })

  test('is where the margin says', () => {
    const points = [
      { memoryBytes: 128, medianNs: 9 },
      { memoryBytes: 256, medianNs: 1.2 },
      { memoryBytes: 384, medianNs: 1 },
      { memoryBytes: 512, medianNs: 1 },
    ]
    expect(findKnee(points)).toEqual({ state: 'found', memoryBytes: 256 })
    expect(findKnee(points, 0.1)).toEqual({ state: 'found', memoryBytes: 384 })
  })

  test.each([
    ['all are fast', [1.2, 1, 1.1], /^even the smallest/],
    ['only the largest is fast', [9, 5, 1], /^only the largest/],
    ['the largest was disturbed', [844, 785, 736, 305, 337, 579], /the machine is noisy$/],
    ['there are two sizes', [9, 1], /needed, 2 measured$/],
    ['there is nothing', [], /needed, 0 measured$/],
  ])('is not told where %s', (_, times, reason) => {
    const points = times.map((medianNs, index) => [128 * (index + 1), medianNs] as const)
    expect(knee(...points)).toEqual({ state: 'none', reason: expect.stringMatching(reason) })
  })
})
