import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readBacksOf } from '../../fixtures/guest/workloads.ts'
import { start } from '../../fixtures/machine/process.ts'
import { binary, build, make, run, small } from '../workload/binary.ts'

const count = join(build, 'count')
let directory: string
let file: string

beforeAll(async () => {
  await make()
  directory = await mkdtemp(join(build, 'test-'))
  file = join(directory, 'counts.json')
})

afterAll(() => rm(directory, { recursive: true }))

const countsOf = async () => JSON.parse(await readFile(file, 'utf8')) as Record<string, number>

test('tells what a program read and wrote, and ends as it ended', async () => {
  const writes = 'for i in 1 2 3 4 5 6 7 8; do echo $i; done; exit 7'
  expect((await run([count, file, 'sh', '-c', writes], [])).exitCode).toBe(7)
  expect((await countsOf()).hostWrites).toBe(8)
})

test('a program without a virtual machine has no exits to be known', async () => {
  expect((await run([count, '--exits', file, 'true'], [])).exitCode).toBe(0)
  expect(Object.keys(await countsOf()).filter((name) => /exits/i.test(name))).toEqual([])
})

test.each([[], ['--exits'], ['--exits', 'file'], ['file']])('%j is refused', async (...words) => {
  expect(await run([count, ...words], [])).toMatchObject({ exitCode: 2 })
})

/** Its state, again and again for as long as a program that runs would show it. */
async function statesOf(pid: number): Promise<Set<string>> {
  const states = new Set<string>()
  for (let look = 0; look < 20; look++) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    states.add(stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3))
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return states
}

test('a program that is stopped stays stopped until it is told to go on', async () => {
  const busy = ['sh', '-c', 'echo $$; while :; do :; done']
  await using child = await start(count, [file, ...busy])
  const { value } = await child.lines[Symbol.asyncIterator]().next()
  const pid = Number(value)
  process.kill(pid, 'SIGSTOP')
  await expect.poll(() => statesOf(pid)).toEqual(new Set('t'))
  process.kill(pid, 'SIGCONT')
  await expect.poll(() => statesOf(pid)).toContain('R')
  process.kill(pid, 'SIGTERM')
  expect(await child.ended).toBe('was killed by SIGTERM')
  expect(await countsOf()).toHaveProperty('hostWrites')
})

test('a mixed workload reads and writes as often as its operations and its checks between samples', async () => {
  const words = {
    ...small,
    operation: 'mixed',
    size: 4096,
    request: 4096,
    file: 8 * 4096,
    operations: 6,
  }
  const callsOf = async (samples: number, latency: number) => {
    const path = join(directory, `mixed-${samples}-${latency}`)
    const { closing } = await run([count, file, binary], { ...words, samples, latency, path })
    expect(closing).toMatch(/^gb1 end /)
    const { hostReads = 0, hostWrites = 0 } = await countsOf()
    return hostReads + hostWrites
  }
  const readBacks = (samples: number, latencyOperations: number) =>
    readBacksOf({
      operation: 'mixed',
      cache: 'warm',
      sizeBytes: 4096,
      requestBytes: 4096,
      fileBytes: 8 * 4096,
      samples,
      operationsPerSample: 6,
      latencyOperations,
      seed: 7,
    })
  const least = await callsOf(1, 0)
  for (const [samples, latency] of [
    [2, 0],
    [5, 0],
    [3, 20],
  ] as const) {
    const more = 6 * (samples - 1) + latency + 8 * readBacks(samples, latency)
    const lines = samples - 1 + (latency > 0 ? 1 : 0)
    const found = (await callsOf(samples, latency)) - least
    // A histogram may take a line more.
    expect(found - more - lines).toBeGreaterThanOrEqual(0)
    expect(found - more - lines).toBeLessThanOrEqual(1)
  }
  expect(readBacks(1, 0)).toBe(0)
  expect(readBacks(5, 0)).toBe(4)
})
