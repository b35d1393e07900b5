/** Real runs whose QEMU does to the terminal what it can. */
import { glob, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readQemuOptions } from '../fixtures/environments/qemu/machine.ts'
import { qemu } from '../fixtures/environments/qemu.ts'
import { CACHE_DIRECTORY } from '../fixtures/machine/cache.ts'
import { PROJECT_DIRECTORY } from '../fixtures/machine/paths.ts'
import { unsafeIn } from './hostile-text.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'guestbench-quoted-'))
})
afterEach(() => rm(directory, { recursive: true }))

const HOSTILE = 'printf "gone\\033]0;title\\007\\033[2J\\000\\302\\2331m\\342\\200\\256<script>\\n"'
const SHOWN = 'gone␛\\]0;title␇␛\\[2J␀\ufffd1m\ufffd<script>'

const VERSION = '[ "$1" = --version ] && exec echo QEMU emulator version 0.0'

const TRIALS = join(CACHE_DIRECTORY, 'qemu')

async function trials(): Promise<readonly string[]> {
  return await readdir(TRIALS).catch(() => [])
}

/** @param script what QEMU is. */
async function run(
  script: string,
  variables: Record<string, string> = {},
  more: readonly string[] = [],
) {
  const before = await trials()
  const program = join(directory, 'qemu')
  await writeFile(program, `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  const vitest = join(PROJECT_DIRECTORY, 'node_modules/vitest/vitest.mjs')
  const own = { GUESTBENCH_DIR: directory, GUESTBENCH_RESULTS: join(directory, 'results') }
  const words = [vitest, 'bench', 'qemu', '--mode', 'smoke', ...more]
  const { stdout, stderr } = await execa(process.execPath, words, {
    cwd: PROJECT_DIRECTORY,
    env: { ...own, GUESTBENCH_QEMU: program, NO_COLOR: '1', CI: 'true', ...variables },
    reject: false,
  })
  // What this QEMU of a moment showed in its trials is remembered for nobody.
  for (const trial of (await trials()).filter((name) => !before.includes(name))) {
    await rm(join(TRIALS, trial), { force: true })
  }
  return { stdout, stderr }
}

async function expectSafe(said: readonly string[]): Promise<void> {
  const names = ['table.md', 'report.html']
  const [session = ''] = await Array.fromAsync(glob(join(directory, 'results/2*')))
  const files = names.map((name) => readFile(join(session, name), 'utf8'))
  for (const text of [...said, ...(await Promise.all(files))]) expect(unsafeIn(text)).toEqual([])
}

test('a QEMU that boots nothing: progress, reasons to skip, tables and pages', async () => {
  const variables = { GUESTBENCH_REQUIRE: 'qemu' }
  const { stdout, stderr } = await run(`${VERSION}\n${HOSTILE}\nexit 3`, variables)
  expect(stdout).toMatch(new RegExp(`^QEMU: unavailable: .*${SHOWN}`, 'm'))
  expect(stderr).toMatch(new RegExp(`Error: qemu is required .*${SHOWN}`))
  await expectSafe([stdout, stderr])
})

test('guests that fail: progress, and the errors that Vitest prints', async ({ skip }) => {
  const { program } = readQemuOptions({})
  const probed = await qemu({ program }).probe()
  skip(probed.state === 'unavailable', 'it takes a QEMU that boots a guest')
  const trial = `case "$*" in --version|*'samples=1 operations=1 '*) exec ${program} "$@"; esac`
  const { stdout, stderr } = await run(`${trial}\n${HOSTILE}\nexit 3`)
  // The protocol's reader has taken away what a terminal would have.
  expect(stdout).toMatch(/^qemu: 4 KiB read: failed: .*␀\ufffd<script>/m)
  expect(stderr).toMatch(/Error: block 0, guest .*␀\ufffd<script>/s)
  await expectSafe([stdout, stderr])
})

test('a reporter that the user chose: its words, the tables and files as ever', async () => {
  const { stdout, stderr } = await run(`${VERSION}\n${HOSTILE}\nexit 3`, {}, [
    '--reporter',
    'verbose',
  ])
  expect(stdout).toMatch(new RegExp(`comparison with native Linux .*\\[.*${SHOWN}`))
  await expectSafe([stdout, stderr])
})
