/** No two things of one name: a type, an exported value or a file is found by its name alone. */
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')

const TYPE = /^(?:export )?(?:declare )?(?:abstract )?(?:type|interface|class) (\w+)/gm
const EXPORTED = /^export (?:async )?(?:function\*?|const|let) (\w+)/gm

/** `face`: each environment exports its own under this name, by which faces.ts asks for it. */
const SHARED = ['face']

interface Source {
  file: string
  text: string
}

/** A unit test is named after what it tests, and nothing imports from it. */
async function sources(): Promise<readonly Source[]> {
  const patterns = ['fixtures/*.ts', 'reporters/*.ts', 'suites/*.ts']
  const { stdout } = await execa('git', ['ls-files', ...patterns], { cwd: ROOT })
  return stdout
    .split('\n')
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }))
}

/** `NAME: FILE, FILE` of each name that two files give; overloads in one file are one thing. */
function namedTwice(
  all: readonly Source[],
  namesIn: (source: Source) => readonly string[],
): readonly string[] {
  const found = new Map<string, string[]>()
  for (const source of all) {
    for (const name of new Set(namesIn(source))) {
      found.set(name, [...(found.get(name) ?? []), source.file])
    }
  }
  return [...found]
    .filter(([name, files]) => files.length > 1 && !SHARED.includes(name))
    .map(([name, files]) => `${name}: ${files.join(', ')}`)
}

const namesBy =
  (pattern: RegExp) =>
  ({ text }: Source) =>
    [...text.matchAll(pattern)].map(([, name = '']) => name)

const all = await sources()

test.each([
  ['types', namesBy(TYPE)],
  ['exported values', namesBy(EXPORTED)],
  ['files', ({ file }: Source) => [basename(file)]],
])('no two %s share a name', (_, namesIn) => {
  expect(all.flatMap(namesIn).length).toBeGreaterThan(100)
  expect(namedTwice(all, namesIn)).toEqual([])
})

test('what is declared twice is found', () => {
  const twins = [
    { file: 'a/plan.ts', text: 'interface Plan {}\nexport const look = 1\n' },
    { file: 'b/plan.ts', text: 'export type Plan = 1\nexport async function look() {}\n' },
    { file: 'c/other.ts', text: 'const look = 1\n// interface Plan\n' },
  ]
  const both = 'a/plan.ts, b/plan.ts'
  expect(namedTwice(twins, namesBy(TYPE))).toEqual([`Plan: ${both}`])
  expect(namedTwice(twins, namesBy(EXPORTED))).toEqual([`look: ${both}`])
  expect(namedTwice(twins, ({ file }) => [basename(file)])).toEqual([`plan.ts: ${both}`])
})
