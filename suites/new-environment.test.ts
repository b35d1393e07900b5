/** An environment is one file and one suite: added to a copy of the project, it is measured and told. */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PROJECT_DIRECTORY } from '../fixtures/machine/paths.ts'
import type { Comparison } from '../fixtures/model.ts'

const FACE = `import { defineEnvironment } from './define-environment.ts'
import { linux } from './linux.ts'

export const face = defineEnvironment({
  kind: 'process',
  isOnRequest: true,
  packages: [{ name: 'toybox', provides: ['no-such-toy'], purpose: 'the toy environment' }],
  requiredInCi: ['toy'],
  environments: (directory) => [{ ...linux(directory), id: 'toy', title: 'Toy' }],
})
`
const SUITE = `import { face } from '../fixtures/environments/toy.ts'
import { faceSuite } from './face-suite.ts'

faceSuite(face)
`

let copy = ''

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'guestbench-toy-'))
  for (const room of ['suites', 'reporters', 'fixtures']) {
    const source = join(PROJECT_DIRECTORY, room)
    for (const file of await readdir(source, { recursive: true })) await copyFile(join(room, file))
  }
  for (const file of ['package.json', 'vitest.config.ts']) await copyFile(file)
  for (const made of ['node_modules', 'native', '.cache']) {
    await symlink(join(PROJECT_DIRECTORY, made), join(copy, made))
  }
  await writeFile(join(copy, 'fixtures/environments/toy.ts'), FACE)
  await writeFile(join(copy, 'suites/toy.bench.ts'), SUITE)
})

afterAll(() => rm(copy, { recursive: true }))

async function copyFile(file: string): Promise<void> {
  if (!/(?<!\.test)\.(ts|js|json|css)$/.test(file)) return
  await mkdir(dirname(join(copy, file)), { recursive: true })
  await cp(join(PROJECT_DIRECTORY, file), join(copy, file))
}

function node(words: readonly string[], variables: Record<string, string> = {}) {
  const env = { GUESTBENCH_REQUIRE: 'toy', NO_COLOR: '1', ...variables }
  return execa(process.execPath, words, { cwd: copy, env, reject: false, all: true })
}

test('it stands in the tables and in the comparison', async () => {
  const run = await node(['node_modules/vitest/vitest.mjs', 'bench', '--mode', 'smoke', 'toy'])
  expect(run.exitCode, run.all).toBe(0)
  const results = join(copy, 'results/latest')
  expect(await readFile(join(results, 'table.md'), 'utf8')).toMatch(/^\| Toy /m)
  const { cells } = JSON.parse(
    await readFile(join(results, 'comparison.json'), 'utf8'),
  ) as Comparison
  expect(cells.length).toBeGreaterThan(0)
  for (const cell of cells) expect(cell).toMatchObject({ environment: 'toy', state: 'measured' })
})

test('doctor tries it, and tells what it needs', async () => {
  const { all } = await node(['fixtures/commands/doctor.ts'], { GUESTBENCH_ENVIRONMENTS: 'toy' })
  expect(all).not.toContain('linux:')
  expect(all).toMatch(/✓ toy: /)
  expect(all).toMatch(/✗ package: toybox is missing \(the toy environment\)/)
})
