import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { start } from '../../fixtures/machine/process.ts'
import { build, make, run } from '../workload/binary.ts'

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
