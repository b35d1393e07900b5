/** The floors of native/: which folder may include which, and that nothing goes round in a circle. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, normalize, relative } from 'node:path'
import { execa } from 'execa'
import { beforeAll, expect, test } from 'vitest'
import { build, make, native } from './workload/binary.ts'

/** What a folder may include, besides itself. Solo5's API is included as <solo5.h>. */
const FLOORS: Record<string, readonly string[]> = {
  'hvt/tender': ['hvt'],
  'hvt/bindings': ['hvt'],
  'hvt/unikernels': ['hvt', 'hvt/bindings', '<solo5.h>'],
  'hvt/tests': ['hvt/tender'],
  'hvt/fuzz': ['hvt/tender'],
  hvt: [],
  workload: ['<solo5.h>'],
  guest: ['workload'],
  count: [],
  leash: [],
  signature: [],
  overhead: ['workload'],
  faults: ['hvt/tender'],
}

type Graph = ReadonlyMap<string, readonly string[]>

/** Paths of the sources, relative to native/. */
const sources = readdirSync(native, { recursive: true, encoding: 'utf8' }).filter(
  (path) => /\.[ch]$/.test(path) && !path.startsWith('build/'),
)

/** What a source includes of ours. */
function includesOf(source: string): string[] {
  const text = readFileSync(join(native, source), 'utf8')
  const names = [...text.matchAll(/^\s*#\s*include\s+(?:"(.*)"|(<solo5\.h>))/gm)]
  return names.map(([, path, api]) => {
    if (api !== undefined) return api
    const [beside, searched] = [join(source, '..', `${path}`), join('hvt/bindings', `${path}`)]
    return sources.includes(beside) ? beside : normalize(searched)
  })
}

const folderOf = (path: string) => (path.startsWith('<') ? path : relative('.', join(path, '..')))

/** A circle of the graph, if it has one. */
function circleOf(graph: Graph): string[] | undefined {
  const done = new Set<string>()
  function walk(node: string, way: readonly string[]): string[] | undefined {
    if (way.includes(node)) return [...way.slice(way.indexOf(node)), node]
    if (done.has(node)) return undefined
    for (const next of graph.get(node) ?? []) {
      const circle = walk(next, [...way, node])
      if (circle !== undefined) return circle
    }
    done.add(node)
    return undefined
  }
  for (const node of graph.keys()) {
    const circle = walk(node, [])
    if (circle !== undefined) return circle
  }
  return undefined
}

test('a circle is found', () => {
  const edges = (...pairs: [string, string[]][]) => new Map(pairs)
  expect(circleOf(edges(['a', ['b']], ['b', ['c']], ['c', ['b']]))).toEqual(['b', 'c', 'b'])
  expect(circleOf(edges(['a', ['b', 'c']], ['b', ['c']], ['c', []]))).toBe(undefined)
})

test('each folder includes what stands below it', () => {
  expect([...new Set(sources.map(folderOf))].sort()).toEqual(Object.keys(FLOORS).sort())
  const strangers = sources.flatMap((source) => {
    const own = folderOf(source)
    return includesOf(source)
      .filter((path) => ![own, ...(FLOORS[own] ?? [])].includes(folderOf(path)))
      .map((path) => `${source} includes ${path}`)
  })
  expect(strangers).toEqual([])
})

test('no file includes, over others, what includes it', () => {
  const moduleOf = (path: string) => path.replace(/\.[ch]$/, '')
  const graph = new Map<string, string[]>()
  for (const source of sources) {
    const others = includesOf(source).map(moduleOf)
    const known = graph.get(moduleOf(source)) ?? []
    graph.set(moduleOf(source), [...known, ...others.filter((it) => it !== moduleOf(source))])
  }
  expect(circleOf(graph)).toBe(undefined)
})

beforeAll(() => make())

/** Which object needs which: files may share a header, and still call each other in a circle. */
async function needsOf(directory: string): Promise<Graph> {
  const files = new Set(readdirSync(directory))
  // An old build may hold objects of sources that are gone.
  const named = sources.map((source) => basename(source).replace(/\.c$/, '.o'))
  const objects = named.filter((name) => files.has(name))
  const symbolsOf = async (object: string, which: string) => {
    const words = ['--format=posix', '--extern-only', `--${which}-only`, join(directory, object)]
    const { stdout } = await execa('nm', words)
    // Compilers call what begins with two underscores without being asked.
    return [...stdout.matchAll(/^(?!__)(\w+) \w/gm)].map(([, symbol]) => `${symbol}`)
  }
  const owners = new Map<string, string>()
  for (const object of objects)
    for (const symbol of await symbolsOf(object, 'defined')) owners.set(symbol, object)
  const graph = new Map<string, string[]>()
  for (const object of objects) {
    const needed = (await symbolsOf(object, 'undefined')).map((symbol) => owners.get(symbol))
    graph.set(object, [...new Set(needed.filter((it) => it !== undefined))])
  }
  return graph
}

test.each([
  ['objects/unikernel/hvt/bindings', 'start.o', 'exit.o'],
  ['objects/hvt/tender', 'run.o', 'ring.o'],
])('no object of %s needs, over others, what needs it', async (folder, upper, lower) => {
  const graph = await needsOf(join(build, folder))
  expect(graph.get(upper), basename(folder)).toContain(lower)
  expect(circleOf(graph)).toBe(undefined)
})
