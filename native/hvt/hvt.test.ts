import { mkdtemp, readdir, readFile, readlink, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { start } from '../../fixtures/machine/process.ts'
import { build, checksum, make, pattern, spell } from '../workload/binary.ts'
import { boot, countsOf, needsKvm, tender, unikernel } from './boot.ts'

/** Where KVM emulates, a boot of a second takes many. */
let directory: string
let disk: string

beforeAll(async () => {
  await make('all')
  directory = await mkdtemp(join(build, 'test-')) // tmpfs may have no direct I/O
  disk = join(directory, 'disk')
})

beforeEach(async (context) => {
  await writeFile(disk, Buffer.alloc(2 ** 20))
  await needsKvm(context, disk)
})

afterAll(() => rm(directory, { recursive: true }))

const hypercalls = (word: string, switches: readonly string[] = []) =>
  boot([
    '--mem=16',
    `--block:storage=${disk}`,
    ...switches,
    unikernel('hypercalls'),
    ...word.split(' '),
  ])

test('the words reach the guest, its text the console, its status the shell', async () => {
  expect(await hypercalls('you  two')).toMatchObject({ exitCode: 0, stdout: 'hello you  two' })
  expect(await hypercalls('--solo5:quiet you')).toMatchObject({ stdout: 'hello you' })
  expect(await hypercalls('exit')).toMatchObject({ exitCode: 7 })
})

describe('the API', () => {
  const switches = [
    [],
    ['--block-max=65536'],
    ['--block-ring'],
    ['--block-backend=direct'],
    ['--block-backend=io_uring'],
    ['--block-ring', '--block-backend=io_uring', '--block-sync=flush', '--block-max=4096'],
    ['--block-sector-size:storage=4096', '--block-backend=direct', '--block-sync=request'],
  ]
  describe.each(switches.map((words) => ({ words })))('with $words', ({ words }) => {
    test.each(['time', 'threads', 'refusals', 'blocks', 'unaligned'])('%s', async (word) => {
      expect(await hypercalls(word, words)).toMatchObject({ exitCode: 0, stdout: '' })
    })
  })
})

test('a guest cannot take more than it is offered', async () => {
  expect(await hypercalls('oversized')).toMatchObject({ exitCode: 0, stdout: '' })
})

test.each(['pread', 'direct', 'io_uring'])(
  'the length of a flush is no matter with %s',
  async (backend) => {
    const switches = ['--block-ring', '--block-sync=flush', `--block-backend=${backend}`]
    expect(await hypercalls('flush-of-length', switches)).toMatchObject({ exitCode: 0, stderr: '' })
  },
)

describe('the workload', () => {
  const words = { size: 16384, request: 8192, samples: 2, operations: 1, seed: 7 }
  const run = (operation: string, switches: string[]) =>
    boot([
      `--block:storage=${disk}`,
      ...switches,
      unikernel('workload'),
      ...spell({ ...words, operation }),
    ])

  test.each([[], ['--block-max=8192'], ['--block-ring']])(
    'reads and writes with %s',
    async (...switches) => {
      const data = pattern(words.seed, words.size, words.request)
      await writeFile(disk, data)
      expect((await run('read', switches)).stdout).toContain(`checksum=${checksum(data)}`)
      await writeFile(disk, pattern(~words.seed >>> 0, words.size, words.request))
      const written = pattern(words.seed, words.size, words.request, words.samples)
      expect((await run('write-sync', switches)).stdout).toContain(`checksum=${checksum(written)}`)
      expect(await readFile(disk)).toEqual(written)
    },
  )

  /** Exits to the tender that an operation more costs, of 16 requests. */
  async function exitsOf(operation: string, switches: string[]): Promise<number> {
    await writeFile(disk, pattern(words.seed, words.size, words.request))
    const exits = [1, 2].map(async (operations) => {
      const { stdout, stderr } = await boot([
        '--counts',
        `--block:storage=${disk}`,
        ...switches,
        unikernel('workload'),
        ...spell({ ...words, request: 1024, operations, operation }),
      ])
      expect(stdout).toContain('gb1 end')
      return Number(countsOf(stderr).exits)
    })
    const [few = 0, many = 0] = await Promise.all(exits)
    return (many - few) / words.samples
  }

  test.each([
    ['null-loop', [], 0],
    ['null-clock', [], 16],
    ['null-read', [], 16],
    ['null-kick', ['--null-kick'], 0],
    ['read', [], 32],
  ] as const)('%s with %j takes %i exits', async (operation, switches, exits) => {
    expect(await exitsOf(operation, [...switches])).toBe(exits)
  })

  const sized = { ...words, size: 1024, request: 512, samples: 3, operations: 1 }

  /** The shortest sample of one operation of two requests: interruptions only add. */
  async function leastNs(operation: string, switches: readonly string[]): Promise<number> {
    const seed = operation === 'write-sync' ? ~words.seed >>> 0 : words.seed
    await writeFile(disk, pattern(seed, sized.size, sized.request))
    const { stdout } = await boot([
      `--block:storage=${disk}`,
      ...switches,
      unikernel('workload'),
      ...spell({ ...sized, operation }),
    ])
    const elapsedNs = [...stdout.matchAll(/^gb1 sample \d (\d+) /gm)].map(([, ns]) => Number(ns))
    expect(elapsedNs).toHaveLength(sized.samples)
    return Math.min(...elapsedNs)
  }

  test.each([
    ['--delay-exit', 'read', 2, []],
    ['--delay-request', 'read', 2, []],
    ['--delay-request', 'null-read', 0, []],
    ['--delay-flush', 'write-sync', 2, ['--block-sync=request']],
    ['--delay-flush', 'write-sync', 1, ['--block-sync=flush']],
    ['--delay-flush', 'write-sync', 0, []],
  ] as const)(
    '%s: %s takes %i times as much longer, with %j',
    async (delay, operation, count, switches) => {
      const [shortNs, longNs] = [5_000_000, 255_000_000]
      const timeOf = (ns: number) => leastNs(operation, [...switches, `${delay}=${ns}`])
      const [few, many] = [await timeOf(shortNs), await timeOf(longNs)]
      const slope = (many - few) / (longNs - shortNs)
      expect(Math.abs(slope - count), `${slope}`).toBeLessThan(0.05 * Math.max(count, 1))
    },
  )

  test('no kick where none is offered', async () => {
    await writeFile(disk, pattern(words.seed, words.size, words.request))
    expect((await run('null-kick', [])).stdout).toContain(
      'gb1 fail code=storage detail=null-kick: this tender offers none',
    )
  })

  test('sees that the host filled the disk with something else', async () => {
    expect((await run('read', [])).stdout).toContain('gb1 fail code=data detail=offset=0')
  })

  test.each([
    [{ size: 2 ** 21, request: 2 ** 21 }, 'the device is smaller than the file'],
    [{ size: 256, request: 256 }, "request is not a multiple of the device's block"],
  ])('cannot use a disk with %o', async (other, detail) => {
    const { stdout } = await boot([
      `--block:storage=${disk}`,
      unikernel('workload'),
      ...spell({ operation: 'read', ...words, ...other }),
    ])
    expect(stdout).toContain(`gb1 fail code=storage detail=solo5_block_acquire: ${detail}`)
  })
})

describe('one write of 4 KiB, one flush and one read at 512 B blocks cost', () => {
  test.each([
    ['', { exits: 17, reads: 8, writes: 8, flushes: 0, syncs: 0, transfers: 16 }],
    ['--block-max=4096', { exits: 3, reads: 1, writes: 1, flushes: 0, syncs: 0, transfers: 2 }],
    ['--block-max=2560', { exits: 5, reads: 2, writes: 2 }],
    ['--block-sync=request', { exits: 17, writes: 8, flushes: 0, syncs: 8 }],
    ['--block-sync=request --block-max=4096', { writes: 1, flushes: 0, syncs: 1 }],
    ['--block-sync=flush', { exits: 18, writes: 8, flushes: 1, syncs: 1 }],
    ['--block-backend=direct', { reads: 8, writes: 8, transfers: 16 }],
    ['--block-ring', { reads: 8, writes: 8, transfers: 16 }],
    ['--block-ring --block-sync=flush', { writes: 8, flushes: 1, syncs: 1 }],
    ['--block-ring --block-backend=io_uring', { reads: 8, writes: 8, transfers: 2 }],
    [
      '--block-ring --block-backend=io_uring --block-sync=request',
      { writes: 8, syncs: 8, transfers: 2 },
    ],
  ])('%s: %o', async (switches, counts) => {
    const { stderr } = await hypercalls('blocks', [
      '--counts',
      ...switches.split(' ').filter(Boolean),
    ])
    expect(countsOf(stderr)).toMatchObject(counts)
  })

  test('--block-ring: at most one exit an operation, and the halt', async () => {
    const { stderr } = await hypercalls('blocks', [
      '--counts',
      '--block-ring',
      '--block-sync=flush',
    ])
    expect(countsOf(stderr).exits).toBeLessThanOrEqual(3 + 1)
  })
})

describe('a guest that cannot go on ends with a message', () => {
  test.each([
    ['fault', 255, 'stdout', /^ABORT: page fault \(0x0*8\) at 0x0*10/],
    [
      'write-code',
      1,
      'stderr',
      /^hvt: guest (accessed 0x100000, which is read-only|broke the protection)/,
    ],
  ] as const)('%s', async (word, exitCode, stream, message) => {
    const end = await hypercalls(word)
    expect(end.exitCode).toBe(exitCode)
    expect(end[stream]).toMatch(message)
  })

  test.each([
    [['--mem=3'], /^hvt: --mem=3: expected an even number of MB$/],
    [['--mem=x'], /^hvt: --mem=x: expected a number from 2 to 4096$/],
    [['--block-sector-size:storage=521'], /expected a power of two from 512 to 32768$/],
    [['--block-sync=often'], /expected never, request or flush$/],
    [
      ['--delay-exit=1000000001'],
      /^hvt: --delay-exit=1000000001: expected a number from 0 to 1000000000$/,
    ],
    [['--delay-flush=1e3'], /^hvt: --delay-flush=1e3: expected a number from 0 to 1000000000$/],
    [['--delay-request'], /^hvt: --delay-request: no such option; --help lists them$/],
    [
      ['--block:other=/dev/null'],
      /^hvt: block device other: the unikernel's manifest does not declare/,
    ],
    [['--net:service=tap0'], /^hvt: --net:service=tap0: no such option; --help lists them$/],
  ])('%s', async (switches, message) => {
    const end = await hypercalls('hello', switches)
    expect(end).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringMatching(message) })
  })

  test('a disk that is missing, or not whole blocks', async () => {
    expect((await boot([unikernel('hypercalls')])).stderr).toBe(
      'hvt: the unikernel needs block device storage: attach it with --block:storage=PATH',
    )
    await truncate(disk, 700)
    expect((await hypercalls('hello')).stderr).toContain(
      '700 bytes, expected one or more blocks of 512',
    )
  })
})

test.each([
  ['<&-', { exitCode: 0, stdout: 'hello hello', stderr: '' }],
  ['<&- >&-', { exitCode: 1, stderr: 'hvt: console: Bad file descriptor' }],
  ['>&- 2>&-', { exitCode: 1 }],
])('a standard stream that is closed is no disk: %s', async (closed, end) => {
  const words = [tender, `--block:storage=${disk}`, unikernel('hypercalls'), 'hello']
  const shell = ['-c', `exec "$@" ${closed}`, 'sh', ...words]
  expect(await boot(shell, { file: 'sh' })).toMatchObject(end)
  expect((await readFile(disk)).every((byte) => byte === 0)).toBe(true)
})

/** Starts a guest that says so when it has gone to sleep; its lines from there on are `rest`. */
async function startSleeper(word: string, switches: readonly string[]) {
  const words = ['--mem=16', `--block:storage=${disk}`, ...switches, unikernel('hypercalls'), word]
  const child = await start(tender, words)
  const rest = child.lines[Symbol.asyncIterator]()
  expect(await rest.next()).toEqual({ done: false, value: 'asleep' })
  return Object.assign(child, { rest })
}

test('the kernel counts as the tender does', async () => {
  async function writesOf(...switches: string[]) {
    await using child = await startSleeper('blocks-sleep', switches)
    const io = await readFile(`/proc/${child.pid}/io`, 'utf8')
    return Number(/^syscw: (\d+)$/m.exec(io)?.[1])
  }
  expect((await writesOf()) - (await writesOf('--block-max=4096'))).toBe(8 - 1)
})

/** What `count` reports of a boot, and the tender itself of the same. */
async function exitsSeen(...options: string[]) {
  const file = join(directory, 'counts.json')
  const words = ['--mem=16', '--counts', `--block:storage=${disk}`, unikernel('hypercalls')]
  const { stderr } = await boot([...options, file, tender, ...words, 'blocks'], {
    file: join(build, 'count'),
  })
  const seen = JSON.parse(await readFile(file, 'utf8')) as Record<string, number | string>
  return { seen, exits: countsOf(stderr).exits ?? Number.NaN }
}

test('KVM counts exits for whoever has no rights, of Linux 5.14 and later', async (context) => {
  const { seen, exits } = await exitsSeen()
  context.skip(!('kvmExits' in seen), 'an older kernel')
  expect(seen.kvmExits).toBeGreaterThanOrEqual(exits)
  if (process.arch === 'x64') expect(seen).not.toHaveProperty('tenderExits')
})

test('perf counts the exits that the tender serves as the tender does', async (context) => {
  const { seen, exits } = await exitsSeen('--exits')
  context.skip('exitsUnknown' in seen, String(seen.exitsUnknown))
  expect(seen.tenderExits).toBe(exits)
  expect(seen.kvmExits).toBeGreaterThanOrEqual(exits)
})

test('a running tender has given up what it does not need, and ends when it is asked to', async () => {
  await using child = await startSleeper('sleep', ['--block-ring'])
  const { stdout: status } = await execa('sh', ['-c', `cat /proc/${child.pid}/task/*/status`])
  /** Of its two threads; KVM may have one of its own in the process. */
  expect(status.match(/^Seccomp:\s+2$/gm)?.length).toBeGreaterThanOrEqual(2)
  expect(status.match(/^NoNewPrivs:\s+1$/gm)?.length).toBeGreaterThanOrEqual(2)
  process.kill(child.pid, 'SIGTERM')
  expect(await child.rest.next()).toMatchObject({ value: 'hvt: ended by signal 15' })
  expect(await child.ended).toBe('exited with status 1')
})

/** What the descriptors of a process are, but for the standard streams. */
async function descriptorsOf(pid: number): Promise<string[]> {
  const directory = `/proc/${pid}/fd`
  const numbers = (await readdir(directory)).filter((fd) => Number(fd) > 2)
  const targets = await Promise.all(numbers.map((fd) => readlink(join(directory, fd))))
  return targets.sort()
}

test.each([
  [[], ['DISK']],
  [['--block-ring'], ['DISK', 'anon_inode:[eventfd]']],
  [['--block-backend=io_uring'], ['anon_inode:[io_uring]']],
])(
  'a running tender keeps what it needs open, and nothing else, with %j',
  async (switches, kept) => {
    const words = [
      '--mem=16',
      `--block:storage=${disk}`,
      ...switches,
      unikernel('hypercalls'),
      'sleep',
    ]
    const inherited = ['-c', 'exec 7<"$0"; exec "$@"', unikernel('hostile'), tender, ...words]
    await using child = await start('sh', inherited)
    for await (const line of child.lines) if (line === 'asleep') break
    // The statistics are there from Linux 5.14 on.
    const found = (await descriptorsOf(child.pid)).filter((it) => !/kvm-vcpu-stats:0$/.test(it))
    const expected = [...kept, 'anon_inode:kvm-vcpu:0'].map((it) => (it === 'DISK' ? disk : it))
    expect(found).toEqual(expected.sort())
  },
)

test('a tender that was stopped goes on', async () => {
  await using child = await startSleeper('sleep', [])
  const becomes = (state: string) =>
    expect.poll(() => readFile(`/proc/${child.pid}/status`, 'utf8')).toMatch(`State:\t${state}`)
  process.kill(child.pid, 'SIGSTOP')
  await becomes('T')
  process.kill(child.pid, 'SIGCONT')
  await becomes('S')
  process.kill(child.pid, 'SIGTERM')
  expect(await child.rest.next()).toMatchObject({ value: 'hvt: ended by signal 15' })
})

test('a tender is loaded at a random address', async () => {
  const { stdout } = await execa('readelf', ['--file-header', '--program-headers', tender])
  expect(stdout).toMatch(/Type:\s+DYN/)
  expect(stdout).not.toContain('INTERP')
})

test('Linux refuses to run a unikernel as a program of its own', async () => {
  expect((await execa(unikernel('hypercalls'), { reject: false })).code).toBe('ENOENT')
})
