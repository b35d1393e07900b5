/** Every file, folder and test filter of ours that a page names is there. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')

interface Named {
  page: string
  path: string
}

/** `<id>` and `…` stand for any name. */
function pathsIn(text: string): readonly string[] {
  const found = text.matchAll(
    /(?<![\w/.])(?:\.ci|docs|fixtures|native|reporters|suites)\/[\w+@./<>*…-]*/g,
  )
  return [...found].map(([path]) => path.replaceAll(/<\w+>|…/g, '*').replace(/[./]+$/, ''))
}

/** As it is, or as `npx vitest run` takes it: the beginning of a test's name. */
function exists(path: string): boolean {
  if (!path.includes('*') && existsSync(join(ROOT, path))) return true
  const patterns = path.includes('*') ? [path] : [`${path}*.test.ts`]
  return globSync(patterns, { cwd: ROOT }).length > 0
}

async function pages(): Promise<readonly string[]> {
  const { stdout } = await execa('git', ['ls-files', '*.md'], { cwd: ROOT })
  return stdout.split('\n').filter((page) => !page.includes('/golden/'))
}

const named: readonly Named[] = (await pages()).flatMap((page) =>
  pathsIn(readFileSync(join(ROOT, page), 'utf8')).map((path) => ({ page, path })),
)

test('paths are found, and one that is not there is missed', () => {
  expect(named.length).toBeGreaterThan(50)
  expect(pathsIn('see `fixtures/protocol.ts`, suites/<id>.bench.ts.')).toEqual([
    'fixtures/protocol.ts',
    'suites/*.bench.ts',
  ])
  expect(['fixtures/protocol.ts', 'fixtures/measure', 'suites/*.bunch.ts'].filter(exists)).toEqual(
    [],
  )
  expect(['fixtures/guest/protocol', 'suites/*.bench.ts'].every(exists)).toBe(true)
})

test('every path that a page names is there', () => {
  const missing = named.filter(({ path }) => !exists(path))
  expect(missing.map(({ page, path }) => `${page}: ${path}`)).toEqual([])
})

test('every link from one page to another leads somewhere', async () => {
  const links = (await pages()).flatMap((page) => {
    const text = readFileSync(join(ROOT, page), 'utf8')
    return [...text.matchAll(/\]\((?!\w+:|#)([^)#]+)/g)].map(([, to = '']) => ({ page, to }))
  })
  expect(links.length).toBeGreaterThan(10)
  const broken = links.filter(({ page, to }) => !existsSync(join(ROOT, dirname(page), to)))
  expect(broken).toEqual([])
})
