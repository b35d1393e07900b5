/** Guests that mean harm: corrupt files and hypercalls at random, under AddressSanitizer. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { build, compiler, make } from '../workload/binary.ts'
import { boot, countsOf, needsKvm, sanitizedTender, unikernel } from './boot.ts'

let directory: string
let disk: string

beforeAll(async () => {
  await make('hvt', 'sanitize')
  directory = await mkdtemp(join(build, 'test-'))
  disk = join(directory, 'disk')
  await writeFile(disk, Buffer.alloc(2 ** 20))
})

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
  const sound = await readFile(unikernel('hypercalls'))
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
})

describe('a file that is wrong in one place', () => {
  const programHeader = (index: number) => 64 + 56 * index
  /** As the linker script orders them. */
  const code = programHeader(1)
  const constants = programHeader(2)
  const data = programHeader(3)
  const word = (value: bigint) => Buffer.from(BigUint64Array.of(value).buffer)
  const byte = (value: number) => Buffer.of(value)

  /** The size in the header of the manifest's note. */
  const manifestSize = (file: Buffer) => Number(file.readBigUInt64LE(programHeader(6) + 8)) + 4

  test.each<[string, number | ((file: Buffer) => number), Buffer, string]>([
    ['no ELF file', 0, byte(0), 'not an ELF file'],
    ['of 32 bits', 4, byte(1), 'not for '],
    ['of another machine', 18, byte(8), 'not for '],
    ['a shared object', 16, byte(3), 'not a static ELF executable'],
    ['without program headers', 56, byte(0), '0 program headers, expected 1 to 64'],
    ['with its program headers beyond the end', 32, word(2n ** 40n), 'program headers: expected'],
    ['entered outside its code', 24, word(0x200000n), 'entry point 0x200000 is not in an exec'],
    ['loaded over the boot info', code + 16, word(0x10000n), 'expected it at or above 0x100000'],
    ['loaded out of order', constants + 16, word(0x100000n), 'expected it at or above 0x'],
    ['larger than memory', data + 40, word(2n ** 30n), 'does not fit into memory'],
    ['larger than any memory', data + 40, word(2n ** 64n - 1n), 'does not fit into memory'],
    ['with more file than memory', code + 32, word(2n ** 20n), 'bytes of file for'],
    ['with code that can be written', code + 4, byte(7), 'both writable and executable'],
    ['with code beyond the end', code + 8, word(2n ** 40n), 'segment: expected'],
    ['with code at a negative offset', code + 8, word(2n ** 63n), 'segment at offset'],
    ['without an ABI note', programHeader(5), byte(0), 'no ABI note'],
    ['with an empty manifest', manifestSize, byte(4), 'a note with 4 bytes of content'],
    ['with a manifest of 4 bytes', manifestSize, byte(8), 'manifest: 4 bytes'],
    ['with a manifest of one entry and a half', manifestSize, byte(164), 'manifest: version 1'],
    ['without a manifest', programHeader(6), byte(0), 'no manifest'],
  ])('%s', async (_, offset, bytes, message) => {
    const file = join(directory, 'wrong')
    const wrong = await readFile(unikernel('hypercalls'))
    bytes.copy(wrong, typeof offset === 'number' ? offset : offset(wrong))
    await writeFile(file, wrong)
    const end = await expectOrderlyEnd([file, 'hello'])
    expect(end).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(message) })
  })
})

test('a file whose data would lie in the ring', async () => {
  const file = join(directory, 'large')
  const large = await readFile(unikernel('hypercalls'))
  const data = 64 + 56 * 3
  const start = large.readBigUInt64LE(data + 16)
  large.writeBigUInt64LE(2n ** 22n - start, data + 40)
  await writeFile(file, large)
  expect(await expectOrderlyEnd([file, 'hello'])).toMatchObject({ exitCode: 0 })
  expect(await expectOrderlyEnd(['--block-ring', file, 'hello'])).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('does not fit into memory'),
  })
})

test('a device whose name would be lines of the tender', async () => {
  const file = join(directory, 'forged')
  const forged = await readFile(unikernel('hypercalls'))
  const name = 'a\nhvt: counts exits=0\x1b]0;title\x07\x7f'
  forged.write(`${name}\0`, forged.indexOf('storage\0'), 'latin1')
  await writeFile(file, forged)
  const { exitCode, stderr } = await boot([file, 'hello'])
  const cleaned = 'a?hvt: counts exits=0?]0;title??'
  const message = `hvt: the unikernel needs block device ${cleaned}: attach it with --block:${cleaned}=PATH`
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: message })
  expect(() => countsOf(stderr)).toThrow('no counts')
})

/** Lets an ending program live until the first byte of the file $AWAITED is not zero. */
const latecomer = `
  #include <fcntl.h>
  #include <sched.h>
  #include <stdlib.h>
  #include <unistd.h>
  __attribute__((destructor)) static void await(void) {
    int file = open(getenv("AWAITED"), O_RDONLY);
    for (char byte = 0; pread(file, &byte, 1, 0) == 1 && byte == 0;) sched_yield();
  }`

test('the ring is still served when its guest has halted', async () => {
  const library = join(directory, 'latecomer.so')
  const words = ['-shared', '-fPIC', '-o', library, '-x', 'c', '-']
  await execa(compiler, words, { input: latecomer })
  const switches = ['--mem=16', '--block-ring', '--block-max=1048576', `--block:storage=${disk}`]
  const end = await boot([...switches, unikernel('hypercalls'), 'halt-early'], {
    file: sanitizedTender,
    env: {
      AWAITED: disk,
      LD_PRELOAD: library,
      // No program to name its functions: that would load the library as well.
      ASAN_OPTIONS:
        'detect_leaks=0:detect_stack_use_after_return=1:verify_asan_link_order=0:symbolize=0',
    },
  })
  expect(end).toEqual({ exitCode: 0, stdout: '', stderr: '' })
})

test.each([
  '--block-sync=request',
  '--block-ring --block-sync=flush --block-max=65536',
  '--block-ring --block-backend=io_uring --block-max=1048576',
  '--block-ring --block-backend=direct --block-max=65536',
])('hypercalls at random with %s', async (switches) => {
  const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 })
  await fc.assert(
    fc.asyncProperty(seeds, async (seed) => {
      await expectOrderlyEnd([...switches.split(' '), unikernel('hostile'), `${seed}`])
    }),
    { numRuns: 8 },
  )
})
