import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lastContents } from '../../fixtures/guest/contents.ts'
import { exerciseOf } from '../../fixtures/guest/exercise.ts'
import { wordsOf } from '../../fixtures/guest/workloads.ts'
import { binary, checksum, make, run } from './binary.ts'

let directory: string
let path: string

beforeAll(async () => {
  await make()
  directory = await mkdtemp(join(tmpdir(), 'guestbench-exercise-'))
  path = join(directory, 'file')
})

afterAll(() => rm(directory, { recursive: true }))

const SHAPES = [
  { sizeBytes: 16, requestBytes: 1 },
  { sizeBytes: 16384, requestBytes: 1 },
  { sizeBytes: 16384, requestBytes: 512 },
  { sizeBytes: 9999, requestBytes: 99 },
  { sizeBytes: 2 ** 20, requestBytes: 32768 },
]

test.each([0, 7, 2 ** 32 - 1].flatMap((seed) => SHAPES.map((shape) => ({ ...shape, seed }))))(
  'guest and host do the same: seed $seed, $sizeBytes in $requestBytes',
  async (change) => {
    const workload = { ...exerciseOf({}, 7), ...change, operationsPerSample: 300 }
    const { closing } = await run([binary], [...wordsOf(workload), `path=${path}`])
    const expected = Buffer.concat([...lastContents(workload)])
    expect((await readFile(path)).equals(expected)).toBe(true)
    expect(closing).toBe(`gb1 end samples=1 latency=0 checksum=${checksum(expected)}`)
  },
)
