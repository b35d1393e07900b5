import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest'
import {
  binary,
  checksum,
  compiler,
  make,
  native,
  needs,
  pattern,
  run,
  small,
  spell,
} from './binary.ts'

let directory: string
let path: string

beforeAll(async () => {
  await make()
  directory = await mkdtemp(join(tmpdir(), 'guestbench-posix-'))
  path = join(directory, 'file')
})

afterAll(() => rm(directory, { recursive: true }))

test.each([
  ['/', 'open: Is a directory'],
  ['/nowhere/file', 'open: No such file or directory'],
  ['/dev/null', 'ftruncate: Invalid argument'],
])('%s is no storage: %s', async (path, detail) => {
  const { closing, exitCode } = await run([binary], { ...small, path })
  expect(closing).toBe(`gb1 fail code=storage detail=${detail}`)
  expect(exitCode).toBe(1)
})

test('a file may be larger than is allowed', async () => {
  const { closing } = await run(['prlimit', '--fsize=8191', binary], { ...small, path })
  expect(closing).toBe('gb1 fail code=storage detail=ftruncate: File too large')
})

test('a request may be larger than memory', async () => {
  const words = { ...small, size: 2 ** 30, request: 2 ** 30, path }
  const { closing } = await run(['prlimit', `--as=${2 ** 29}`, binary], words)
  expect(closing).toBe('gb1 fail code=memory detail=1073741824 bytes cannot be allocated')
})

test('a run that was killed leaves nothing that the next one minds', async () => {
  const words = spell({ ...small, operation: 'write', operations: 10_000_000, path })
  const workload = execa(binary, words, { reject: false })
  for await (const line of workload) {
    if (line.startsWith('gb1 clock')) workload.kill('SIGKILL')
  }
  expect((await workload).stdout).toMatch(/gb1 clock overhead_ns=\d+$/)
  const { closing } = await run([binary], { ...small, path })
  expect(closing).toMatch(/^gb1 end /)
})

test('reads that are cold come from the storage', async () => {
  const onDisk = await mkdtemp(join(native, '.cold-'))
  try {
    const words = {
      ...small,
      cache: 'cold',
      operations: 1,
      latency: 100,
      path: join(onDisk, 'file'),
    }
    const { lines } = await run(
      ['sh', '-c', 'exec 2>&1; "$@"; cat /proc/$$/io', 'sh', binary],
      words,
    )
    expect(lines.find((line) => line.startsWith('gb1 end '))).toBeDefined()
    // The shell's counts hold those of its child. Three samples and a hundred latencies of 8 KiB.
    const bytes = Number(lines.find((line) => line.startsWith('read_bytes'))?.split(' ')[1])
    expect(bytes).toBeGreaterThanOrEqual(103 * 8192)
  } finally {
    await rm(onDisk, { recursive: true })
  }
})

/** What fstatfs says of a file on ZFS. */
const onZfs = `
  #include <sys/vfs.h>
  int __wrap_fstatfs64(int file, struct statfs *status);
  int __wrap_fstatfs64(int file, struct statfs *status) {
    *status = (struct statfs){.f_type = 0x2fc12fc1};
    return file < 0;
  }`

test('ZFS has a cache that the kernel tells nothing of', async () => {
  const program = join(directory, 'on-zfs')
  const sources = (await readdir(import.meta.dirname)).filter(
    (name) => name.endsWith('.c') && !['platform_solo5.c', 'platform_no_files.c'].includes(name),
  )
  const words = ['-Wl,--wrap=fstatfs64', '-o', program, ...sources, '-x', 'c', '-']
  await execa(compiler, words, { input: onZfs, cwd: import.meta.dirname })
  const cold = { ...small, cache: 'cold', operations: 1, path }
  expect((await run([program], cold)).closing).toBe(
    'gb1 fail code=storage detail=cold: ZFS has a cache of its own, and tells nothing of it',
  )
  expect((await run([program], { ...small, path })).closing).toMatch(/^gb1 end /)
})

describe('a file system of its own', () => {
  /** The mount ends with the process, in whose namespace it is. */
  const mounted = (options: string, program: string) => [
    ...['unshare', '--map-root-user', '--mount', 'sh', '-ec'],
    'mount -t tmpfs -o "$1" none "$2"; shift 2; exec "$@"',
    ...['sh', options, directory, program],
  ]
  const needsMount = (context: TestContext) =>
    needs(context, mounted('ro', 'true'), { remedy: 'allow user namespaces, or run as root' })

  test.for([4096, 2 ** 20])('may be full, by %i', async (request, context) => {
    await needsMount(context)
    const words = { ...small, size: 2 ** 20, request, path }
    const { closing } = await run(mounted('size=64k', binary), words)
    expect(closing).toBe('gb1 fail code=storage detail=pwrite: No space left on device')
  })

  test('may be memory, where nothing is ever cold', async (context) => {
    await needsMount(context)
    const words = { ...small, cache: 'cold', operations: 1, path }
    const { closing } = await run(mounted('rw', binary), words)
    expect(closing).toBe('gb1 fail code=storage detail=posix_fadvise: 2 pages stay cached')
  })

  test('may be read-only', async (context) => {
    await needsMount(context)
    const { closing } = await run(mounted('ro', binary), { ...small, path })
    expect(closing).toBe('gb1 fail code=storage detail=open: Read-only file system')
  })
})

describe('a block device', () => {
  async function runOnDevice(
    context: TestContext,
    image: Uint8Array,
    operation: string,
    words = {},
  ) {
    await needs(context, ['losetup', '--find'], { remedy: 'run as root, with the module loop' })
    await writeFile(path, image)
    const { stdout: device } = await execa('losetup', ['--find', '--show', path])
    try {
      return await run([binary], { ...small, ...words, operation, path: device })
    } finally {
      await execa('losetup', ['--detach', device])
    }
  }

  test.for([
    ['read', 7],
    ['write', 2 ** 32 - 1 - 7],
    ['write-sync', 2 ** 32 - 1 - 7],
  ] as const)('is taken as the host has filled it: %s', async ([operation, seed], context) => {
    const { closing } = await runOnDevice(context, pattern(seed, 8192, 4096), operation)
    const end = checksum(pattern(7, 8192, 4096, operation === 'read' ? 0 : 6))
    expect(closing).toBe(`gb1 end samples=3 latency=0 checksum=${end}`)
  })

  test('is filled by the guest when told to', async (context) => {
    const { closing } = await runOnDevice(context, Buffer.alloc(8192), 'write', { fill: 1 })
    expect(closing).toBe(
      `gb1 end samples=3 latency=0 checksum=${checksum(pattern(7, 8192, 4096, 6))}`,
    )
  })

  test('is not filled by the guest', async (context) => {
    const { closing } = await runOnDevice(context, pattern(7, 8192, 4096), 'write')
    expect(closing).toMatch(/^gb1 fail code=data detail=offset=0 found=.. expected=..$/)
  })

  test('may be too small', async (context) => {
    const { closing } = await runOnDevice(context, pattern(7, 4096, 4096), 'read')
    expect(closing).toBe('gb1 fail code=storage detail=pread: 4096 of 8192 bytes')
  })
})
