import { closeSync, openSync, writeSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OPERATIONS, type Operation, TIMED_OPERATIONS } from '../../fixtures/operations.ts'
import { binary, build, checksum, make, pattern, run, small, spell } from './binary.ts'

const isWhole = (operation: Operation) => OPERATIONS[operation].order === 'whole'

let directory: string
let path: string

beforeAll(async () => {
  await make()
  directory = await mkdtemp(join(tmpdir(), 'guestbench-workload-'))
  path = join(directory, 'file')
})

afterAll(() => rm(directory, { recursive: true }))

test('tells its words, its clock, its samples and its end', async () => {
  const { lines, exitCode } = await run([binary], { ...small, path })
  expect(lines.map((line) => line.replace(/(?<=overhead_ns=|sample \d )\d+/, 'NS'))).toEqual([
    'gb1 begin operation=read cache=warm size=8192 request=4096 samples=3 operations=2 latency=0 seed=7',
    'gb1 clock overhead_ns=NS',
    'gb1 sample 0 NS 2',
    'gb1 sample 1 NS 2',
    'gb1 sample 2 NS 2',
    `gb1 end samples=3 latency=0 checksum=${checksum(pattern(7, 8192, 4096))}`,
  ])
  expect(exitCode).toBe(0)
})

test('counts every operation of the latency pass in ascending buckets, 16 a line', async () => {
  const words = { ...small, operation: 'write', latency: 20_000, path }
  const { lines, closing } = await run([binary], words)
  const histogram = lines
    .filter((line) => line.startsWith('gb1 histogram '))
    .map((line) => [...line.matchAll(/ (\d+)=(\d+)/g)].map(([, ...pair]) => pair.map(Number)))
  const buckets = histogram.flat().map(([bucket = Number.NaN]) => bucket)
  const total = histogram.flat().reduce((sum, [, count = Number.NaN]) => sum + count, 0)
  expect(total).toBe(20_000)
  expect(buckets).toEqual([...new Set(buckets)].sort((left, right) => left - right))
  expect(histogram.map(({ length }) => length)).toEqual(
    histogram.map((_, line) => Math.min(16, buckets.length - 16 * line)),
  )
  expect(closing).toMatch(/^gb1 end samples=3 latency=20000 /)
})

describe.each(TIMED_OPERATIONS)('%s', (operation) => {
  test('waits in every operation when told to, and says so', async () => {
    const delay = 3_000_000
    const file = (isWhole(operation) ? 1 : 2) * small.size
    const words = { ...small, operation, file, delay, path }
    const { lines } = await run([binary], words)
    expect(lines[0]).toMatch(/^gb1 begin .* latency=0 seed=7( file=16384)? delay=3000000$/)
    const elapsedNs = lines.flatMap((line) => /^gb1 sample \d (\d+) /.exec(line)?.[1] ?? [])
    expect(elapsedNs).toHaveLength(3)
    // Half: the processor may be faster now than when the wait was settled.
    for (const ns of elapsedNs) expect(Number(ns)).toBeGreaterThan((2 * delay) / 2)
  })
})

describe.each(TIMED_OPERATIONS.filter(isWhole).filter((each) => each !== 'files'))(
  '%s',
  (operation) => {
    test.each([
      [1, 1],
      [9, 3],
      [4096, 512],
      [2 ** 20 + 1, 2 ** 20 + 1],
      [3_000_000, 3000],
      [3_000_003, 1_000_001],
    ])('leaves exactly the pattern in %i bytes, by %i', async (size, request) => {
      await writeFile(path, Buffer.alloc(size + 1000))
      const words = { ...small, operation, size, request, samples: 1, operations: 1, path }
      const { closing } = await run([binary], words)
      const expected = pattern(7, size, request, OPERATIONS[operation].writes ? 1 : 0)
      expect((await readFile(path)).equals(expected)).toBe(true)
      expect(closing).toBe(`gb1 end samples=1 latency=0 checksum=${checksum(expected)}`)
    })
  },
)

/** System calls of a boot with so many operations of two requests, and the bytes that they moved. */
async function countsOf(operation: Operation, operations: number) {
  const file = join(directory, 'counts.json')
  const { closing } = await run([join(build, 'count'), file, binary], {
    ...small,
    operation,
    operations,
    path,
  })
  expect(closing).toBe(`gb1 end samples=3 latency=0 checksum=${checksum(pattern(7, 8192, 4096))}`)
  return JSON.parse(await readFile(file, 'utf8')) as Record<string, number>
}

test.each([
  ['null-loop', {}],
  ['null-clock', {}],
  ['null-read', { hostReads: 1 }],
  ['null-kick', { hostWrites: 1, hostWriteBytes: 8 }],
] as const)(
  'a request of %s asks the kernel for %o, and transfers nothing',
  async (operation, asked) => {
    const [few, many] = [await countsOf(operation, 100), await countsOf(operation, 200)]
    const requests = 3 * 100 * 2
    for (const name of ['hostReads', 'hostWrites', 'hostReadBytes', 'hostWriteBytes'] as const) {
      const each = (asked as Record<string, number>)[name] ?? 0
      expect((many[name] ?? 0) - (few[name] ?? 0), name).toBeCloseTo(each * requests, -1)
    }
  },
)

test('each sector tells which operation wrote it last, of samples and of latencies', async () => {
  const words = { ...small, operation: 'write', latency: 5, path }
  const { closing } = await run([binary], words)
  const expected = pattern(7, 8192, 4096, 3 * 2 + 5)
  expect((await readFile(path)).equals(expected)).toBe(true)
  expect(closing).toBe(`gb1 end samples=3 latency=5 checksum=${checksum(expected)}`)
})

test('waits behind its last flush to be killed, when told to', async () => {
  const words = { ...small, operation: 'write', latency: 3, hold: 1, path }
  const workload = execa(binary, spell(words), { reject: false })
  const lines: string[] = []
  for await (const line of workload) {
    lines.push(line)
    if (line === 'gb1 held') workload.kill('SIGKILL')
  }
  expect((await workload).signal).toBe('SIGKILL')
  expect(lines.filter((line) => line.startsWith('gb1 sample'))).toHaveLength(3)
  expect(lines.at(-1)).toBe('gb1 held')
  expect((await readFile(path)).equals(pattern(7, 8192, 4096, 9))).toBe(true)
})

test('says of each commit that it is durable, when told to, and then what it always says', async () => {
  const words = { ...small, operation: 'commit', samples: 2, operations: 2, latency: 0 }
  const { lines, exitCode } = await run([binary], {
    ...words,
    file: 8192 * 2,
    acknowledge: 1,
    path,
  })
  const kinds = lines.map((line) => line.split(' ').slice(1, 3).join(' '))
  expect(kinds.slice(2, -1)).toEqual([
    ...['durable 1', 'durable 2', 'durable 3', 'durable 4'],
    ...['sample 0', 'sample 1'],
  ])
  expect(exitCode).toBe(0)
})

test('sees a byte that changed while it was timed', async () => {
  const [expected = 0] = pattern(7, 8192, 4096).subarray(5000)
  const found = expected ^ 0xff
  const words = { ...small, samples: 1, operations: 1_000_000, path }
  const workload = execa(binary, spell(words), { reject: false })
  let closing = ''
  for await (const line of workload) {
    closing = line
    if (!line.startsWith('gb1 clock')) continue
    const file = openSync(path, 'r+')
    writeSync(file, Uint8Array.of(found), 0, 1, 5000)
    closeSync(file)
  }
  const hex = (byte: number) => byte.toString(16).padStart(2, '0')
  expect(closing).toBe(
    `gb1 fail code=data detail=offset=5000 found=${hex(found)} expected=${hex(expected)}`,
  )
  expect((await workload).exitCode).toBe(1)
})
