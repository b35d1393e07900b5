/** Holds the sources against the table of rooms in architecture.md: that table is the rule. */
import { readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')

interface Room {
  folder: string
  /** Folders of the table that its files may import; its own is always among them. */
  mayImport: readonly string[]
}

/** Rows `| \`folder/\` | what is in it | \`other/\`, … |`, the highest floor first. */
function readRooms(text: string): readonly Room[] {
  const [, table = ''] = text.split('\n## The rooms\n')
  const rows = table.split('\n## ')[0]?.matchAll(/^\| `(\S+)` \|.*\| ([^|]*) \|$/gm) ?? []
  return [...rows].map(([, folder = '', list = '']) => ({
    folder,
    mayImport: [...list.matchAll(/`(\S+)`/g)].map(([, name = '']) => name),
  }))
}

const rooms = readRooms(readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8'))

/** The most particular row: a file of `fixtures/` itself is in no folder below it. */
function roomOf(file: string): Room | undefined {
  const candidates = rooms.filter(({ folder }) => file === folder || file.startsWith(folder))
  return candidates.sort((a, b) => b.folder.length - a.folder.length)[0]
}

interface Import {
  from: string
  to: string
}

/** Types, too. A unit test, which nothing imports, may import anything. */
async function importsOf(): Promise<readonly Import[]> {
  const { stdout } = await execa('git', ['ls-files', '*.ts'], { cwd: ROOT })
  const sources = stdout.split('\n').filter((file) => !file.endsWith('.test.ts'))
  return sources.flatMap((from) => {
    const text = readFileSync(join(ROOT, from), 'utf8')
    return [...text.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*'(\.[^']+)'/g)].map(
      ([, specifier = '']) => ({ from, to: normalize(join(dirname(from), specifier)) }),
    )
  })
}

const imports = await importsOf()

test('every source has a room, and every room a source', () => {
  const files = new Set(imports.flatMap(({ from, to }) => [from, to]))
  expect([...files].filter((file) => roomOf(file) === undefined)).toEqual([])
  const used = new Set([...files].map((file) => roomOf(file)?.folder))
  expect(rooms.map(({ folder }) => folder).filter((folder) => !used.has(folder))).toEqual([])
})

test('a room may import only what stands below it', () => {
  const order = rooms.map(({ folder }) => folder)
  const upwards = rooms.flatMap(({ folder, mayImport }) =>
    mayImport
      .filter((other) => order.indexOf(other) <= order.indexOf(folder))
      .map((other) => `${folder} → ${other}`),
  )
  expect(upwards).toEqual([])
})

test('no file imports what its room may not', () => {
  const wrong = imports.filter(({ from, to }) => {
    const [own, other] = [roomOf(from), roomOf(to)]
    return own !== other && !own?.mayImport.includes(other?.folder ?? '')
  })
  expect(wrong.map(({ from, to }) => `${from} → ${relative('.', to)}`)).toEqual([])
})
