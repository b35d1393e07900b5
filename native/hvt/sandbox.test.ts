/** What is left to somebody who controls the tender while its guest runs (tests/sandbox_escape.c). */

import { chmod, copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build, make } from '../workload/binary.ts'

let directory: string
let files: [disk: string, other: string]

beforeAll(async () => {
  await make('hvt')
  directory = await mkdtemp(join(tmpdir(), 'guestbench-sandbox-'))
  files = [join(directory, 'disk'), join(directory, 'other')]
  for (const file of files) await writeFile(file, Buffer.alloc(1024))
})

afterAll(() => rm(directory, { recursive: true }))

/** What it said, or the signal that ended it. */
async function outcomeOf(backend: string, attempt: string): Promise<string> {
  const words = [backend, ...files, attempt]
  const { signal, stdout, stderr } = await execa(join(build, 'sandbox-escape'), words, {
    reject: false,
  })
  return signal ?? `${stdout}${stderr}`
}

/** With each backend. */
const FORBIDDEN = [
  'open',
  'socket',
  'sigreturn',
  'futex',
  'read DISK',
  'pread OTHER',
  'pwrite OTHER',
  'fdatasync OTHER',
  'io_uring_setup',
  'io_uring_register',
  'io_uring_enter OTHER',
]

describe.each(['pread', 'io_uring'])('with %s', (backend) => {
  test('a guest can be served', async () => {
    expect(await outcomeOf(backend, 'transfer')).toBe('done')
  })

  test.each(FORBIDDEN)('%s', async (attempt) => {
    expect(await outcomeOf(backend, attempt)).toBe('SIGSYS')
  })
})

test('a disk that the ring has is out of reach of system calls', async () => {
  expect(await outcomeOf('pread', 'pread DISK')).toBe('done')
  expect(await outcomeOf('io_uring', 'pread DISK')).toBe('SIGSYS')
})

/** System calls that a ring makes do not meet the filter. */
test.each([
  ['ring: fixed read', 'done'],
  ['ring: asynchronous read', 'Permission denied'],
  ['ring: read DISK', 'Permission denied'],
  ['ring: write OTHER', 'Permission denied'],
  ['ring: openat', 'Permission denied'],
  ['ring: fixed openat', 'Permission denied'],
  ['ring: socket', 'Permission denied'],
  ['ring: fixed socket', 'Permission denied'],
])('%s: %s', async (attempt, outcome) => {
  expect(await outcomeOf('io_uring', attempt)).toBe(outcome)
})

/** Root's rights have no limit. */
const NOBODY = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']

test('a kernel that may start no thread for io_uring is told, and what to raise', async () => {
  await chmod(directory, 0o755)
  for (const file of files) await chmod(file, 0o666)
  const program = join(directory, 'sandbox-escape') // who may not see the project must run it
  await copyFile(join(build, 'sandbox-escape'), program)
  const outcome = async (...limit: string[]) => {
    const user = process.getuid?.() === 0 ? NOBODY : []
    const words = [...user, ...limit, program, 'io_uring', ...files, 'flush']
    const { stdout, stderr } = await execa('env', words, { reject: false })
    return `${stdout}${stderr}`
  }
  expect(await outcome()).toBe('done')
  expect(await outcome('prlimit', '--nproc=1')).toBe(
    `hvt: ${files[0]}: block flush of 0 bytes at offset 0: Operation canceled: the kernel could ` +
      'start no thread for io_uring; raise the limit on processes (ulimit -u, or pids.max of the ' +
      'control group)',
  )
})

test.each([
  ['EINVAL', 'this kernel cannot confine a ring, expected Linux 5.10 or later'],
  ['ENOSYS', 'this kernel cannot confine a ring, expected Linux 5.10 or later'],
  ['EPERM', 'Operation not permitted; the kernel may forbid it (sysctl kernel.io_uring_disabled)'],
] as const)('a kernel that answers %s is told in words', async (error, message) => {
  const backend = `io_uring ${constants.errno[error]}`
  expect(await outcomeOf(backend, 'transfer')).toBe(`hvt: io_uring: ${message}`)
})
