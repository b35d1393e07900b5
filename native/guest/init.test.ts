import { join } from 'node:path'
import { beforeAll, expect, type TestContext, test } from 'vitest'
import { build, make, needs, run } from '../workload/binary.ts'

// It syncs before it powers off: a busy machine's disk takes long for that.
beforeAll(() => make())

/**
 * As PID 1 of a namespace, which is all that it can power off: of the machine it is not even root.
 */
const machine = ['unshare', '--user', '--map-root-user', '--pid', '--fork']

/** The lines of an init that does not get as far as to mount anything. */
async function linesOf(context: TestContext, word: string): Promise<string[]> {
  await needs(context, [...machine, 'true'], { remedy: 'allow user namespaces' })
  return (await run([...machine, join(build, 'init'), word], [])).lines
}

test('a fault is told as the closing line of the protocol', async (context) => {
  expect(await linesOf(context, 'path=x')).toEqual([
    'gb1 fail code=guest detail=expected the word device=PATH, got path=x',
  ])
})

test('no text ends the line or moves the terminal', async (context) => {
  expect(await linesOf(context, 'a\ngb1 end samples=1\x1b[2J\x7f')).toEqual([
    'gb1 fail code=guest detail=expected the word device=PATH, got a?gb1 end samples=1?[2J?',
  ])
})

test('a line that would be too long is cut', async (context) => {
  const [line = '', ...others] = await linesOf(context, 'x'.repeat(5000))
  expect([line.length, others]).toEqual([511, []])
})
