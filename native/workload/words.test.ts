import { beforeAll, expect, test } from 'vitest'
import { binary, make, run, small, spell, type Words } from './binary.ts'

beforeAll(() => make())

const { operation: _, ...operationless } = small
const { seed: __, ...seedless } = small

const exercise = { ...small, operation: 'exercise', request: 512, samples: 1, path: 'x' }

test.each<[words: Words | string[], fault: string]>([
  [['foo'], 'unknown-key detail=foo'],
  [[...spell(small), 'sizes=1'], 'unknown-key detail=sizes=1'],
  [['gb1\nend'], 'unknown-key detail=gb1?end'],
  [[''], 'unknown-key detail='],
  [['size=1', 'size=1'], 'duplicate-key detail=size=1'],
  [[], 'missing-key detail=operation'],
  [{ ...operationless, path: 'x' }, 'missing-key detail=operation'],
  [{ ...seedless, path: 'x' }, 'missing-key detail=seed'],
  [small, 'missing-key detail=path'],
  [['size'], 'bad-value detail=size'],
  [{ operation: 'trim' }, 'bad-value detail=operation=trim'],
  [{ operation: 'write-' }, 'bad-value detail=operation=write-'],
  [{ cache: 'cool' }, 'bad-value detail=cache=cool'],
  [{ cache: '' }, 'bad-value detail=cache='],
  [{ ...small, cache: 'cold', path: 'x' }, 'bad-value detail=cache=cold'],
  [
    { ...small, operation: 'write', cache: 'cold', operations: 1, path: 'x' },
    'bad-value detail=cache=cold',
  ],
  [{ ...exercise, size: 4096 }, 'bad-value detail=size=4096'],
  [{ ...exercise, size: 2 ** 20 + 512 }, 'bad-value detail=size=1049088'],
  [{ ...exercise, samples: 2 }, 'bad-value detail=samples=2'],
  [{ ...exercise, latency: 1 }, 'bad-value detail=latency=1'],
  [{ ...exercise, delay: 1 }, 'bad-value detail=delay=1'],
  [{ ...exercise, cache: 'cold', operations: 1 }, 'bad-value detail=cache=cold'],
  [{ size: '' }, 'bad-value detail=size='],
  [{ size: 0 }, 'bad-value detail=size=0'],
  [{ size: '+1' }, 'bad-value detail=size=+1'],
  [{ size: -1 }, 'bad-value detail=size=-1'],
  [{ size: '01' }, 'bad-value detail=size=01'],
  [{ size: '1k' }, 'bad-value detail=size=1k'],
  [{ size: '0x10' }, 'bad-value detail=size=0x10'],
  [{ size: 2 ** 40 + 1 }, 'bad-value detail=size=1099511627777'],
  [{ size: '18446744073709551617' }, 'bad-value detail=size=18446744073709551617'],
  [{ ...small, size: 4097, path: 'x' }, 'bad-value detail=size=4097'],
  [{ request: 0 }, 'bad-value detail=request=0'],
  [{ request: 2 ** 30 + 1 }, 'bad-value detail=request=1073741825'],
  [{ samples: 0 }, 'bad-value detail=samples=0'],
  [{ samples: 1_000_001 }, 'bad-value detail=samples=1000001'],
  [{ operations: 0 }, 'bad-value detail=operations=0'],
  [{ operations: 10_000_001 }, 'bad-value detail=operations=10000001'],
  [{ latency: '00' }, 'bad-value detail=latency=00'],
  [{ latency: 10_000_001 }, 'bad-value detail=latency=10000001'],
  [{ seed: 2 ** 32 }, 'bad-value detail=seed=4294967296'],
  [{ hold: 2 }, 'bad-value detail=hold=2'],
  [
    { ...small, operation: 'write-sync', acknowledge: 1, path: 'x' },
    'bad-value detail=acknowledge=1',
  ],
  [{ fill: 2 }, 'bad-value detail=fill=2'],
  [{ delay: 10 ** 9 + 1 }, 'bad-value detail=delay=1000000001'],
])('%j are refused: %s', async (words, fault) => {
  const { lines, exitCode } = await run([binary], words)
  expect(lines).toEqual([`gb1 fail code=${fault}`])
  expect(exitCode).toBe(1)
})

test('the highest values are in range', async () => {
  const most = { size: 2 ** 40, request: 2 ** 30, samples: 1_000_000, operations: 10_000_000 }
  const words = {
    operation: 'write-sync',
    cache: 'warm',
    ...most,
    latency: 10_000_000,
    seed: 2 ** 32 - 1,
  }
  const { lines } = await run([binary], { ...words, path: '/' })
  expect(lines[0]).toBe(`gb1 begin ${spell(words).join(' ')}`)
})

test('a word that is too long for a line is cut', async () => {
  const { lines } = await run([binary], ['x'.repeat(5000)])
  expect(lines).toEqual([expect.stringMatching(/^gb1 fail code=unknown-key detail=x{100,500}$/)])
})
