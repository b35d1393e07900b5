/**
 * `npm run overhead [DIRECTORY]`: what guestbench itself adds to what it measures, as a table.
 * DIRECTORY (default: `storage` in the project) lies on the storage that is read from.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { execa } from 'execa'
import { median } from '../reporters/analysis/statistics.ts'

interface Row {
  what: string
  found: string
  /** What was to be reached and whether it was; empty where nothing was. */
  target: string
}

interface Surroundings {
  /** Empty before the measurement, removed after it. */
  directory: string
  /** Aborted when the user interrupts the run. */
  signal: AbortSignal
}

const MEASUREMENTS: readonly ((surroundings: Surroundings) => Promise<Row[]>)[] = [cachedRead]

const NATIVE = import.meta.dirname
/** Many short runs: a median of them is hardly moved by what else the machine does. */
const ROUNDS = 61
const READS = 50_000
const READ_BYTES = 4096
const DEADLINE_MS = 60_000

/** One way to time cached reads, in a process of its own; resolves to nanoseconds a read. */
type Contestant = (file: string, run: Run) => Promise<number>
/** Runs a program to its end; resolves to its stdout. */
type Run = (file: string, ...words: string[]) => Promise<string>

/** Interleaved rounds on one file, so that the machine's drift meets all contestants alike. */
async function cachedRead({ directory, signal }: Surroundings): Promise<Row[]> {
  const file = join(directory, 'cached')
  const run: Run = async (program, ...words) =>
    (await execa(program, words, { cancelSignal: signal, timeout: DEADLINE_MS })).stdout
  const version = await fioVersion(run)
  await workload(file, run) // Makes the file.

  const contestants = [workload, preadLoop, ...(version === undefined ? [] : [fio])]
  const foundNs = new Map<Contestant, number[]>(contestants.map((each) => [each, []]))
  for (let round = 0; round < ROUNDS; round++) {
    for (const index of contestants.keys()) {
      const contestant = contestants[(round + index) % contestants.length] as Contestant
      foundNs.get(contestant)?.push(await contestant(file, run))
    }
  }
  const medianNs = (contestant: Contestant) => median(foundNs.get(contestant) ?? [])
  const compare = (name: string, contestant: Contestant, most: number): Row => {
    const ratio = medianNs(workload) / medianNs(contestant)
    return {
      what: `  compared with ${name}`,
      found: `${ratio.toFixed(3)} × ${medianNs(contestant).toFixed(0)} ns`,
      target: `at most ${most}: ${ratio <= most ? 'met' : 'missed'}`,
    }
  }
  return [
    {
      what: `4 KiB cached read, median of ${ROUNDS} means`,
      found: `${medianNs(workload).toFixed(0)} ns`,
      target: '',
    },
    compare('a bare loop of pread', preadLoop, 1.02),
    version === undefined
      ? {
          what: '  compared with fio',
          found: 'fio is missing: apt install fio',
          target: 'at most 1',
        }
      : compare(`${version}, psync, mean of clat`, fio, 1),
  ]
}

const workload: Contestant = async (file, run) => {
  const words = `operation=read size=${READ_BYTES} request=${READ_BYTES} samples=1 operations=${READS} seed=1`
  const program = join(NATIVE, 'build', architecture(), 'workload')
  const console = await run(program, ...words.split(' '), `path=${file}`)
  return positive(/^gb1 sample 0 (\d+) /m.exec(console)?.[1], program) / READS
}

const preadLoop: Contestant = async (file, run) => {
  const program = join(NATIVE, 'build', architecture(), 'pread_loop')
  return positive(await run(program, file, `${READS}`), program) / READS
}

/**
 * clat, from submission to completion, is the least that fio says of a synchronous read: its lat
 * adds fio's own preparation, and slat is not taken. The file stays cached (`invalidate=0`).
 */
const fio: Contestant = async (file, run) => {
  const output = await run(
    'fio',
    '--name=cached',
    `--filename=${file}`,
    '--ioengine=psync',
    '--rw=read',
    `--bs=${READ_BYTES}`,
    `--size=${READ_BYTES}`,
    `--io_size=${READS * READ_BYTES}`,
    '--invalidate=0',
    '--output-format=json',
  )
  const { jobs } = JSON.parse(output) as { jobs: { read: { clat_ns: { mean: number } } }[] }
  return positive(jobs[0]?.read.clat_ns.mean, 'fio')
}

function positive(found: string | number | undefined, program: string): number {
  const value = Number(found)
  if (value > 0) return value
  throw new Error(`${program}: expected a time in nanoseconds, got ${found}`)
}

async function fioVersion(run: Run): Promise<string | undefined> {
  try {
    return await run('fio', '--version')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** As `uname -m` and the Makefile name it. */
function architecture(): string {
  return process.arch === 'arm64' ? 'aarch64' : 'x86_64'
}

function layOut(rows: readonly Row[]): string {
  const width = (key: keyof Row) => Math.max(...rows.map((row) => row[key].length))
  return rows
    .map(({ what, found, target }) =>
      `${what.padEnd(width('what'))}  ${found.padEnd(width('found'))}  ${target}`.trimEnd(),
    )
    .join('\n')
}

const interrupt = new AbortController()
process.once('SIGINT', () => interrupt.abort())
await execa('make', ['-C', NATIVE, 'overhead'], { stdout: 'ignore' })
const storage = resolve(process.argv[2] ?? join(NATIVE, '..', 'storage'))
await mkdir(storage, { recursive: true })
for (const measure of MEASUREMENTS) {
  const directory = await mkdtemp(join(storage, 'overhead-'))
  try {
    console.log(layOut(await measure({ directory, signal: interrupt.signal })))
  } finally {
    await rm(directory, { recursive: true })
  }
}
