/** Programs that try to outlive their owner, each in the ways of fugitive.c. */
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { start } from '../../fixtures/machine/process.ts'
import { build, make, needs } from '../workload/binary.ts'

// Ten times what it takes on a busy machine.
const POLL = { timeout: 30_000 }

const fugitive = join(build, 'fugitive')

const NOBODY = 65534
const ORDINARY = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--']
const MAY_RUN = ['test', '-x', process.execPath, '-a', '-x', fugitive]
const RIGHTS = 'only root can become another user, and in a directory that all may read'

beforeAll(async () => {
  await make('fugitive')
})

/** In the words of one test's processes, and of no others. */
let mark: string
beforeEach(() => {
  mark = `fugitive-${randomUUID()}`
})

/** Looks often: one that forks and ends all the time is easily missed. */
function survivors(): readonly string[] {
  const found = Array.from({ length: 10 }, () => readdirSync('/proc').reverse().filter(isMarked))
  return [...new Set(found.flat())]
}

function isMarked(pid: string): boolean {
  try {
    return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(mark)
  } catch {
    return false // it has ended meanwhile
  }
}

/** There are others besides the first process. */
async function isAway(): Promise<void> {
  await expect.poll(() => survivors().length, POLL).toBeGreaterThan(1)
}

describe.each(['daemon', 'hop', 'breed'])('%s', (way) => {
  test('nothing survives an abort, and the console ends', async () => {
    const controller = new AbortController()
    await using child = await start(fugitive, [way, mark], { signal: controller.signal })
    for await (const line of child.lines) {
      expect(line).toBe('away')
      await isAway()
      controller.abort()
    }
    expect(await child.ended).toBe('was killed by SIGKILL')
    expect(survivors()).toEqual([])
  })

  test('nothing survives disposal', async () => {
    const child = await start(fugitive, [way, mark])
    await isAway()
    await child[Symbol.asyncDispose]()
    expect(survivors()).toEqual([])
  })

  test.for([
    ['this user', []],
    ['an ordinary user', ORDINARY],
  ] as const)('nothing survives its owner, %s, who is killed', async ([user, as], context) => {
    if (user !== 'this user') await needs(context, [...as, ...MAY_RUN], { remedy: RIGHTS })
    const script = `
      import { start } from ${JSON.stringify(import.meta.resolve('../../fixtures/machine/process.ts'))}
      const child = await start(${JSON.stringify(fugitive)}, ['${way}', '${mark}'])
      for await (const line of child.lines) console.log(line)`
    const [file = '', ...words] = [...as, process.execPath, '--input-type=module', '--eval', script]
    const owner = execa(file, words, { reject: false })
    await isAway()
    owner.kill('SIGKILL')
    expect((await owner).signal).toBe('SIGKILL')
    await expect.poll(survivors, POLL).toEqual([])
  })
})

test('what a program leaves behind ends when it has, and its console with it', async () => {
  await using child = await start(fugitive, ['quit', mark])
  expect(await Array.fromAsync(child.lines)).toEqual(['away'])
  expect(await child.ended).toBe('exited with status 7')
  expect(survivors()).toEqual([])
})

test('a program that kills its own process group does not kill what watches it', async () => {
  const script = '"$0" daemon "$1" | { read away; kill -KILL 0; }'
  await using child = await start('sh', ['-c', script, fugitive, mark])
  expect(await child.ended).toBe('was killed by SIGKILL')
  expect(survivors()).toEqual([])
})

test('a program that dies by a signal does so in the eyes of its owner', async () => {
  for (const signal of ['SEGV', 'ABRT', 'TERM']) {
    await using child = await start('sh', ['-c', `kill -${signal} $$`])
    expect(await child.ended).toBe(`was killed by SIG${signal}`)
  }
})
