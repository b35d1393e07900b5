import { describe, expect, test } from 'vitest'
import type { Boot, JournalEntry } from '../../fixtures/model.ts'
import {
  available,
  exampleAvailability,
  exampleBoot,
  exampleCell,
  exampleJournal,
  exampleWorkload,
} from '../example-journal.ts'
import { compare, isPrecise } from './compare.ts'

const linux = exampleAvailability('linux', 'Linux')
const qemu = exampleAvailability('qemu', 'QEMU/KVM')
const read = { environment: 'qemu', operation: 'read', ratio: 2 } as const
const sync = { environment: 'qemu', operation: 'write-sync', ratio: 2 } as const

function onlyCell(...entries: JournalEntry[]) {
  const { cells } = compare('s', entries)
  expect(cells).toHaveLength(1)
  const [cell] = cells
  if (cell === undefined) throw new Error('no cell')
  return cell
}

function boots(entries: readonly JournalEntry[]): Boot[] {
  return entries.flatMap((entry) => (entry.type === 'boot' ? [entry.boot] : []))
}

describe('a measured cell', () => {
  const cell = onlyCell(qemu, ...exampleCell(read))

  test('holds the median over guest boots and the paired ratio, with limits', () => {
    expect(cell.blocks).toBe(8)
    expect(cell.medianNs).toBeGreaterThan(3_100)
    expect(cell.medianNs).toBeLessThan(3_340)
    expect(cell.ratio).toBeGreaterThan(1.9)
    expect(cell.ratio).toBeLessThan(2.1)
    expect(cell.ratioInterval?.[0]).toBeLessThan(cell.ratio ?? 0)
    expect(cell.ratioInterval?.[1]).toBeGreaterThan(cell.ratio ?? 0)
    expect(cell).toMatchObject({ state: 'measured', verdict: 'slower', stop: 'planned' })
    expect(cell.warnings).toEqual([])
  })

  test('pools latencies of the guest boots', () => {
    expect(cell.latencyNs?.p50).toBeGreaterThan(2_900)
    expect(cell.latencyNs?.p50).toBeLessThan(3_600)
    expect(cell.latencyNs?.max).toBeGreaterThan(18_000)
  })

  test('cancels drift that both arms share', () => {
    const drifting = exampleCell({ ...read, spread: 0 }).map((entry) => {
      if (entry.type !== 'boot') return entry
      const slowdown = 1 + entry.boot.block
      const samples = entry.boot.samples.map((sample) => ({
        ...sample,
        elapsedNs: sample.elapsedNs * slowdown,
      }))
      return { ...entry, boot: { ...entry.boot, samples } }
    })
    expect(onlyCell(qemu, ...drifting).ratio).toBeCloseTo(2, 6)
  })
})

test.each([
  [1.001, 'equivalent'],
  [1.03, 'equivalent'],
  [1.2, 'slower'],
  [0.8, 'faster'],
] as const)('a ratio of %d is %s', (ratio, verdict) => {
  expect(onlyCell(qemu, ...exampleCell({ ...read, ratio, spread: 0.001 })).verdict).toBe(verdict)
})

test('an interval that holds both 1 and the margin is inconclusive', () => {
  const cell = onlyCell(qemu, ...exampleCell({ ...read, ratio: 1.02, spread: 0.3 }))
  expect(cell.verdict).toBe('inconclusive')
})

test('the margin is the caller’s to choose', () => {
  const entries = [qemu, ...exampleCell({ ...read, ratio: 1.2, spread: 0.001 })]
  expect(compare('s', entries, { margin: 0.25 }).cells[0]?.verdict).toBe('equivalent')
})

test('too few blocks: numbers without limits or verdict', () => {
  const cell = onlyCell(qemu, ...exampleCell({ ...read, blocks: 3 }))
  expect(cell).toMatchObject({
    blocks: 3,
    ratioInterval: null,
    medianIntervalNs: null,
    verdict: null,
  })
  expect(cell.ratio).toBeGreaterThan(1.9)
  expect(cell.warnings).toEqual(['6 blocks needed for a 95 % interval, 3 measured'])
})

test('a block that lacks an arm is dropped and named', () => {
  const orphan = exampleBoot(read, exampleWorkload('read'), 8, 'guest')
  const entry = { ...exampleCell(read)[0], type: 'boot', boot: orphan } as JournalEntry
  const cell = onlyCell(qemu, ...exampleCell(read), entry)
  expect(cell.blocks).toBe(8)
  expect(cell.warnings).toEqual(['block 8 dropped: it has no control boot'])
})

describe('disturbed blocks', () => {
  /** Of 8 blocks; one arm is enough, and its figures are twice what they would be. */
  function disturb(...blocks: number[]): readonly JournalEntry[] {
    return exampleCell(read).map((entry) => {
      if (entry.type !== 'boot' || !blocks.includes(entry.boot.block)) return entry
      if (entry.boot.arm === 'control') return entry
      const samples = entry.boot.samples.map((each) => ({ ...each, elapsedNs: 2 * each.elapsedNs }))
      return { ...entry, boot: { ...entry.boot, samples, disturbed: ['foreign load', 'heat'] } }
    })
  }

  test('are left out where enough others carry an interval, and counted', () => {
    const cell = onlyCell(qemu, ...disturb(1, 4))
    expect(cell).toMatchObject({ blocks: 6, disturbedBlocks: 2 })
    expect(cell.ratio).toBeLessThan(2.1)
    expect(cell.warnings).toEqual(['disturbed blocks (foreign load, heat), left out'])
  })

  test('are kept, all of them, where too few others are left', () => {
    const cell = onlyCell(qemu, ...disturb(1, 4, 6))
    expect(cell).toMatchObject({ blocks: 8, disturbedBlocks: 3 })
    expect(cell.ratio).toBeGreaterThan(2.1)
    expect(cell.warnings).toContain(
      'disturbed blocks (foreign load, heat), kept, for fewer than 6 were not',
    )
  })

  test('never make a ratio precise', () => {
    expect(isPrecise(boots(disturb(1, 4)), 1)).toBe(true)
    expect(isPrecise(boots(disturb(1, 4, 6)), 10)).toBe(false)
  })
})

test('a workload with an injected delay is a cell of its own, and says so', () => {
  const delayed = exampleCell(read).map((entry) =>
    entry.type === 'availability'
      ? entry
      : { ...entry, workload: { ...entry.workload, delayNs: 50 } },
  )
  const { cells } = compare('s', [qemu, ...exampleCell(read), ...delayed])
  expect(cells.map(({ warnings }) => warnings)).toEqual([
    [],
    ['a delay of 50 ns was injected into every operation, to try the harness itself'],
  ])
})

test('an emulated cell is not ranked', () => {
  const emulated = exampleAvailability('qemu', 'QEMU', available('emulated'))
  const cell = onlyCell(emulated, ...exampleCell(read))
  expect(cell).toMatchObject({ fidelity: 'emulated', verdict: null, state: 'measured' })
  expect(cell.ratioInterval).not.toBeNull()
})

test('nor is one of which the journal does not tell what ran it', () => {
  const cell = onlyCell(...exampleCell(read))
  expect(cell).toMatchObject({ fidelity: null, verdict: null, state: 'measured' })
  expect(cell.warnings).toEqual(['not ranked: the journal does not tell whether it was emulated'])
})

describe('durability', () => {
  test.each(['host-cache', 'unverified'] as const)(
    '%s is not ranked against device',
    (durability) => {
      const cell = onlyCell(qemu, ...exampleCell({ ...sync, durability }))
      expect(cell).toMatchObject({ durability, verdict: null })
      expect(cell.warnings).toEqual([
        expect.stringMatching(/^not ranked: .*the device was flushed$/),
      ])
    },
  )

  test('that is equal on both arms is ranked', () => {
    expect(onlyCell(qemu, ...exampleCell(sync))).toMatchObject({
      durability: 'device',
      verdict: 'slower',
    })
  })

  test('that no arm can show is ranked, and said', () => {
    const entries = exampleCell(sync).map((entry) =>
      entry.type === 'boot'
        ? { ...entry, boot: { ...entry.boot, durability: 'unverified' as const } }
        : entry,
    )
    const cell = onlyCell(qemu, ...entries)
    expect(cell).toMatchObject({ durability: 'unverified', verdict: 'slower' })
    expect(cell.warnings).toEqual([
      'on both sides, when a durable write returned, this machine cannot tell where the data was',
    ])
  })

  test('that differs over boots is the weakest', () => {
    const [first, ...others] = exampleCell({ ...sync, durability: 'host-cache' }).slice(0, 2)
    const cell = onlyCell(
      qemu,
      ...exampleCell(sync).slice(2),
      ...[first, ...others].filter((e) => e !== undefined),
    )
    expect(cell.durability).toBe('host-cache')
    expect(cell.warnings[0]).toBe(
      'durability differs between boots (device, host-cache); the weakest counts',
    )
  })

  test('is no matter of reads', () => {
    expect(onlyCell(qemu, ...exampleCell(read))).toMatchObject({
      durability: 'none',
      verdict: 'slower',
    })
  })
})

describe('what was not measured says why', () => {
  const unavailable = exampleAvailability('spt', 'Solo5 spt', {
    state: 'unavailable',
    reason: 'no seccomp',
    remedy: 'install it',
  })

  test('an unavailable environment has a cell for each workload of the session', () => {
    const { cells } = compare('s', [unavailable, qemu, ...exampleCell(read), ...exampleCell(sync)])
    const own = cells.filter(({ environment }) => environment === 'spt')
    expect(own.map(({ workload }) => workload.operation)).toEqual(['write-sync', 'read'])
    for (const cell of own) {
      expect(cell).toMatchObject({
        state: 'unavailable',
        reason: 'no seccomp',
        remedy: 'install it',
      })
      expect(cell).toMatchObject({ medianNs: null, ratio: null, verdict: null, blocks: 0 })
    }
  })

  test('a failure keeps the numbers before it and takes the verdict', () => {
    const [boot] = exampleCell(read)
    const failure = { ...boot, type: 'failure', message: 'wrong data' } as JournalEntry
    const cell = onlyCell(qemu, ...exampleCell(read), failure)
    expect(cell).toMatchObject({ state: 'failed', reason: 'wrong data', verdict: null, blocks: 8 })
    expect(cell.medianNs).toBeGreaterThan(0)
  })

  test.each([
    ['budget', 'no block fitted into the time budget'],
    ['planned', 'the run ended before a block was complete'],
  ] as const)('no block before the stop for %s', (stop, reason) => {
    const cell = onlyCell(qemu, ...exampleCell({ ...read, blocks: 0, stop }))
    expect(cell).toMatchObject({ state: 'failed', reason, stop, medianNs: null })
  })
})

describe('noise', () => {
  test('an A/A ratio that excludes 1 is a warning', () => {
    const biased = exampleCell({ ...read, environment: 'linux', ratio: 1.2 })
    expect(onlyCell(linux, ...biased).warnings).toEqual([
      expect.stringMatching(
        /^this machine’s noise: native Linux against itself is not ×1, beyond the margin of 5 %$/,
      ),
    ])
    const fair = exampleCell({ ...read, environment: 'linux', ratio: 1, spread: 0.01 })
    expect(onlyCell(linux, ...fair).warnings).toEqual([])
  })

  test('boots that spread wide are a warning', () => {
    const cell = onlyCell(qemu, ...exampleCell({ ...read, spread: 0.8 }))
    expect(cell.warnings).toEqual([
      expect.stringMatching(/^noisy: the median over boots is known to no better than ±20 %$/),
    ])
  })
})

describe('isPrecise', () => {
  test('holds once the interval is narrow enough', () => {
    expect(isPrecise(boots(exampleCell({ ...read, spread: 0.01 })), 0.05)).toBe(true)
    expect(isPrecise(boots(exampleCell({ ...read, spread: 0.3 })), 0.05)).toBe(false)
  })

  test('never holds without an interval', () => {
    expect(isPrecise(boots(exampleCell({ ...read, spread: 0, blocks: 5 })), 1)).toBe(false)
    expect(isPrecise([], 1)).toBe(false)
  })
})

test('cells run from small to large in the study’s order of operations', () => {
  const own = compare('s', exampleJournal).cells.filter(
    ({ environment }) => environment === 'linux',
  )
  expect(own.map(({ workload }) => `${workload.sizeBytes} ${workload.operation}`)).toEqual([
    '4096 write-sync',
    '4096 write',
    '4096 read',
    '16777216 write-sync',
    '16777216 write',
    '16777216 read',
  ])
})
