import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { binary, checksum, compiler, make, pattern, run, small } from './binary.ts'

let directory: string
let path: string

beforeAll(() => make())

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'guestbench-files-'))
  path = join(directory, 'file')
})

afterEach(() => rm(directory, { recursive: true }))

describe('files', () => {
  const words = { ...small, operation: 'files', request: 4096, size: 4096 }

  test.each([1, 512, 4096, 2 ** 20])(
    'of %i bytes leave the storage as it was, and nothing else',
    async (size) => {
      const asked = { ...words, size, request: size, samples: 2, operations: 3, latency: 4, path }
      const { closing } = await run([binary], asked)
      const expected = pattern(7, size, size, 0)
      expect(closing).toBe(`gb1 end samples=2 latency=4 checksum=${checksum(expected)}`)
      expect((await readFile(path)).equals(expected)).toBe(true)
      expect(await readdir(directory)).toEqual(['file'])
    },
  )

  test.each([
    ['larger than a window', { size: 2 ** 20 + 4096 }, 'size=1052672'],
    ['cold', { cache: 'cold', operations: 1 }, 'cache=cold'],
  ])('%s are refused', async (_, others, detail) => {
    const { closing } = await run([binary], { ...words, ...others, path })
    expect(closing).toBe(`gb1 fail code=bad-value detail=${detail}`)
  })

  /** A library call that does something else, by the linker. */
  const broken: readonly [string, string, string, string][] = [
    ['is lost', 'unlinkat', 'return 0;', 'storage detail=readdir: another number of files'],
    [
      'is not found',
      'fstatat',
      'errno = ENOENT; return -1;',
      'storage detail=fstatat: No such file',
    ],
    ['reads as zeros', 'read', '__builtin_memset(c, 0, d); return (long)d;', 'data detail=offset='],
    [
      'stays behind',
      'rmdir',
      'errno = ENOTEMPTY; return -1;',
      'storage detail=rmdir: Directory not empty',
    ],
  ]
  test.each(broken)('a file that %s is seen', async (_, call, body, seen) => {
    const program = join(directory, `broken-${call}`)
    const sources = (await readdir(import.meta.dirname)).filter(
      (name) => name.endsWith('.c') && !['platform_solo5.c', 'platform_no_files.c'].includes(name),
    )
    const parameters = {
      unlinkat: 'int a, const char *b, int c',
      fstatat: 'int a, const char *b, void *c, int d',
      read: 'int a, void *c, unsigned long d',
      rmdir: 'const char *a',
    }[call]
    const returned = call === 'read' ? 'long' : 'int'
    const input = `#include <errno.h>\n${returned} __wrap_${call}(${parameters});\n${returned} __wrap_${call}(${parameters}) { ${body} }`
    const options = [`-Wl,--wrap=${call}`, '-Wno-unused-parameter', '-o', program]
    await execa(compiler, [...options, ...sources, '-x', 'c', '-'], {
      input,
      cwd: import.meta.dirname,
    })
    const { closing } = await run([program], { ...words, samples: 2, operations: 2, path })
    expect(closing).toContain(`gb1 fail code=${seen}`)
  })
})
