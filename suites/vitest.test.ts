import { glob, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { PROJECT_DIRECTORY } from '../fixtures/machine/paths.ts'

const SYSTEMS_NODE = '/usr/bin/node'
const VITEST = join(PROJECT_DIRECTORY, 'node_modules/vitest/vitest.mjs')

test('too few open files are told before anything is done', async () => {
  const words = ['-c', 'ulimit -n 64; exec "$@"', 'sh', process.execPath, VITEST, 'list']
  const { exitCode, stdout, stderr } = await execa('sh', words, { reject: false })
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
  expect(stderr).toContain('only 64 files may be open at once, expected 256: ulimit -n 1024')
})

test('a signal that comes several times at once, as npm passes it on, ends a run in order', async () => {
  await using stack = new AsyncDisposableStack()
  const root = await mkdtemp(join(tmpdir(), 'guestbench-vitest-'))
  stack.defer(() => rm(root, { recursive: true }))
  const storage = join(root, 'storage')
  const env = { GUESTBENCH_DIR: storage, GUESTBENCH_RESULTS: join(root, 'results') }
  const words = [VITEST, 'bench', 'linux', '--mode', 'paper']
  const running = execa(process.execPath, words, { env, reject: false })
  stack.defer(() => void running.kill('SIGKILL'))
  const boots = async () => Array.fromAsync(glob(join(storage, '*/*/boot-*')))
  await expect.poll(boots).not.toEqual([])
  for (let time = 0; time < 20; time++) {
    running.kill('SIGTERM')
    await delay(10) // or the kernel makes one of all
  }
  expect(await running).toMatchObject({ exitCode: 130 })
  expect(await readdir(storage)).toEqual([])
})

test('an old Node that calls Vitest itself hands over to the pinned one', async ({ skip }) => {
  const { stdout: version } = await execa(SYSTEMS_NODE, ['--version'], { reject: false })
  const major = Number(/^v(\d+)/.exec(version ?? '')?.[1])
  skip(!(major < 24), `no old Node at ${SYSTEMS_NODE}: ${version ?? 'there is none'}`)
  const list = [VITEST, 'list', '--filesOnly']
  const found = await execa(SYSTEMS_NODE, [...list, 'fixtures/machine/storage-lock'])
  expect(found.stdout).toBe('fixtures/machine/storage-lock.test.ts')
  const failed = await execa(SYSTEMS_NODE, [...list, '--mode', 'none'], { reject: false })
  expect(failed.exitCode).toBe(2)
  expect(failed.stderr).toContain('--mode none: no such profile')
})
