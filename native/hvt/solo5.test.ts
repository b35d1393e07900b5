/**
 * The same ABI as Solo5's: its unikernels end under this tender as under its own, and the other
 * way round. Needs a built source tree of Solo5, which the variable SOLO5 names.
 */
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { make } from '../workload/binary.ts'
import { boot, needsKvm, tender, unikernel } from './boot.ts'

/** Where KVM emulates, a boot of a second takes many. */
const solo5 = process.env.SOLO5
const stockTender = join(solo5 ?? '', 'tenders/hvt/solo5-hvt')

describe.skipIf(solo5 === undefined)('Solo5', () => {
  let directory: string
  let disk: string

  beforeAll(async () => {
    await make('hvt')
    directory = await mkdtemp(join(tmpdir(), 'guestbench-solo5-'))
    disk = join(directory, 'disk')
  })

  beforeEach(async (context) => {
    await writeFile(disk, Buffer.alloc(2 ** 18))
    await needsKvm(context, disk)
  })

  afterAll(() => rm(directory, { recursive: true }))

  /** How it ended, without the words of either tender or any address. */
  async function endOf(file: string, words: readonly string[]) {
    const { exitCode, signal, stdout } = await boot(['--mem=64', ...words], { file })
    return { exitCode, signal, verdict: /SUCCESS|FAILURE|ABORT/.exec(stdout)?.[0] }
  }

  const unikernels = [
    ...['hello', 'quiet', 'output', 'globals', 'exception', 'zeropage', 'notls', 'tls', 'ssp'],
    ...['fpu', 'time', 'rnow', 'xnow', 'xnor', 'rnox', 'wnox', 'dumpcore'],
  ]
  test.each(unikernels)('test_%s', async (name) => {
    const file = join(`${solo5}`, `tests/test_${name}/test_${name}.hvt`)
    expect(existsSync(file), file).toBe(true)
    const words = [file, name === 'quiet' ? '--solo5:quiet' : 'Hello_Solo5']
    expect(await endOf(tender, words)).toEqual(await endOf(stockTender, words))
  })

  const image = () => `--block:storage=${disk}`
  const size = (bytes: number) => `--block-sector-size:storage=${bytes}`
  test.each([
    ['512 B blocks', () => [image()]],
    ['4096 B blocks', () => [image(), size(4096)]],
    ['blocks that do not divide the disk', () => [image(), size(32768 * 2)]],
    ['odd blocks', () => [image(), size(521)]],
    ['small blocks', () => [image(), size(256)]],
    ['no disk', () => []],
  ])('test_blk with %s', async (_, options) => {
    const words = [...options(), join(`${solo5}`, 'tests/test_blk/test_blk.hvt')]
    expect(await endOf(tender, words)).toEqual(await endOf(stockTender, words))
  })

  test('test_mft_maxdevices', async () => {
    const disks = await Promise.all(
      Array.from({ length: 63 }, async (_, i) => {
        const path = join(directory, `${i}`)
        await writeFile(path, Buffer.alloc(4096))
        return `--block:storage${i}=${path}`
      }),
    )
    const words = [...disks, join(`${solo5}`, 'tests/test_mft_maxdevices/test_mft_maxdevices.hvt')]
    const end = await endOf(tender, words)
    expect(end).toEqual({ exitCode: 0, verdict: 'SUCCESS' })
    expect(end).toEqual(await endOf(stockTender, words))
  })

  test('buggyelf', async () => {
    const words = [join(`${solo5}`, 'tests/test_buggyelf/buggyelf.hvt')]
    expect(await endOf(tender, words)).toEqual(await endOf(stockTender, words))
  })

  test.each([
    ['hello', 0],
    ['exit', 7],
    ['fault', 255],
    ['write-code', 1],
    ['time', 0],
    ['threads', 0],
    ['refusals', 0],
    ['blocks', 0],
    ['unaligned', 0],
  ])('our unikernel runs under solo5-hvt: %s', async (word, exitCode) => {
    expect(await endOf(stockTender, [image(), unikernel('hypercalls'), word])).toMatchObject({
      exitCode,
    })
  })
})
