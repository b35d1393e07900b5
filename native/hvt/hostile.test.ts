/** Guests that mean harm: corrupt files and hypercalls at random, under AddressSanitizer. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { make } from '../workload/binary.ts'
import { boot, needsKvm, sanitizedTender, unikernel } from './boot.ts'

let directory: string
let disk: string

beforeAll(async () => {
  await make('hvt', 'sanitize')
  directory = await mkdtemp(join(tmpdir(), 'guestbench-hostile-'))
  disk = join(directory, 'disk')
  await writeFile(disk, Buffer.alloc(2 ** 20))
}, 180_000)

beforeEach((context) => needsKvm(context, disk))

afterAll(() => rm(directory, { recursive: true }))

/** It ends by itself or when asked, and says why unless the guest ended; of two threads, both may. */
async function expectOrderlyEnd(words: readonly string[]) {
  const end = await boot(['--mem=4', `--block:storage=${disk}`, ...words], {
    file: sanitizedTender,
    deadlineMs: 5000,
  })
  expect(end.signal, end.stderr).toBeUndefined()
  expect(end.stderr).toMatch(/^(hvt: .*\n?){0,2}$/)
  return end
}

const anyByte = fc.integer({ min: 0, max: 255 })
const extremes = fc.constantFrom(0, 1, 7, 0x7f, 0x80, 0xff)

test('a corrupt file', async () => {
  const sound = await readFile(unikernel('exercise'))
  const file = join(directory, 'corrupt')
  /** In the headers, in the notes and constants, or anywhere. */
  const place = fc.oneof(
    fc.integer({ min: 0, max: 64 + 7 * 56 - 1 }),
    fc.integer({ min: 0x3000, max: 0x3200 }),
    fc.integer({ min: 0, max: sound.length - 1 }),
  )
  const mutations = fc.array(fc.tuple(place, fc.oneof(anyByte, extremes)), { maxLength: 8 })
  const length = fc.oneof(
    { weight: 9, arbitrary: fc.constant(sound.length) },
    fc.integer({ min: 0, max: sound.length }),
  )
  await fc.assert(
    fc.asyncProperty(mutations, length, async (bytes, end) => {
      const corrupt = Buffer.from(sound.subarray(0, end))
      for (const [offset, byte] of bytes) if (offset < end) corrupt[offset] = byte
      await writeFile(file, corrupt)
      await expectOrderlyEnd([file, 'hello'])
    }),
    { numRuns: 40 },
  )
}, 300_000)

test.each([
  '--block-sync=request',
  '--block-ring --block-sync=flush --block-max=65536',
  '--block-ring --block-backend=io_uring --block-max=1048576',
  '--block-ring --block-backend=direct --block-max=65536',
])(
  'hypercalls at random with %s',
  async (switches) => {
    const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 })
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        await expectOrderlyEnd([...switches.split(' '), unikernel('hostile'), `${seed}`])
      }),
      { numRuns: 8 },
    )
  },
  300_000,
)
