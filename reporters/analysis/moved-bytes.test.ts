import { describe, expect, test } from 'vitest'
import type { Counts, Workload } from '../../fixtures/model.ts'
import { bytesLost, bytesLostBetween } from './moved-bytes.ts'

const WRITE: Workload = {
  operation: 'write',
  cache: 'warm',
  sizeBytes: 4096,
  requestBytes: 512,
  samples: 2,
  operationsPerSample: 20,
  latencyOperations: 0,
  seed: 1,
}
const TWICE = { ...WRITE, operationsPerSample: 40 }
const READ: Workload = { ...WRITE, operation: 'read' }

function asked(workload: Workload, counts: Counts) {
  return { workload, boot: { counts } }
}

const CONSOLE_BYTES = 300

describe('of a boot', () => {
  test.each<[string, Workload, Counts, number | null]>([
    ['all that was written', WRITE, { hostWriteBytes: 40 * 4096 + CONSOLE_BYTES }, 0],
    ['a half of it', WRITE, { hostWriteBytes: 20 * 4096 + CONSOLE_BYTES }, 20 * 4096 - 300],
    ['all that was read, and the checks', READ, { hostReadBytes: 42 * 4096 + 100_000 }, 0],
    ['nothing that was read', READ, { hostReadBytes: 2 * 4096 }, 38 * 4096],
    ['what nobody counted', WRITE, { hostWrites: 320 }, null],
    ['an exercise', { ...WRITE, operation: 'exercise' }, { hostWriteBytes: 1 }, null],
    ['what was written, by what was read', READ, { hostWriteBytes: 40 * 4096 }, null],
  ])('%s', (_, workload, counts, lost) => {
    expect(bytesLost(asked(workload, counts))).toBe(lost)
  })

  test('single operations count, too', () => {
    const latencies = { ...WRITE, latencyOperations: 10 }
    const counts = { hostWriteBytes: 40 * 4096 }
    expect(bytesLost(asked(latencies, counts))).toBe(10 * 4096)
  })
})

describe('of the operations that one boot has more than another', () => {
  const between = (few: number, many: number) =>
    bytesLostBetween(asked(WRITE, { hostWriteBytes: few }), asked(TWICE, { hostWriteBytes: many }))

  test('nothing is lost where the consoles differ by some digits', () => {
    expect(between(40 * 4096 + 310, 80 * 4096 + 300)).toBe(0)
    expect(between(40 * 4096 + 300, 80 * 4096 + 310)).toBe(0)
  })

  test('more than was asked is not lost', () => {
    expect(between(40 * 4096, 90 * 4096)).toBe(0)
  })

  test.each([512, 4096, 20 * 4096])('%i bytes are', (lost) => {
    expect(between(40 * 4096, 80 * 4096 - lost)).toBe(lost)
  })

  test('what only one of them counted is not known', () => {
    const counted = asked(WRITE, { hostWriteBytes: 1 })
    expect(bytesLostBetween(counted, asked(TWICE, {}))).toBe(null)
    expect(bytesLostBetween(asked(WRITE, {}), counted)).toBe(null)
  })
})
