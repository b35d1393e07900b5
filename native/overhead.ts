/**
 * `npm run overhead [DIRECTORY]`: what guestbench itself adds to what it measures, as a table.
 * DIRECTORY (default: `storage` in the project) lies on the storage that is read from.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { execa } from 'execa'
import { median, medianInterval } from '../reporters/analysis/statistics.ts'

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

async function cachedRead({ directory, signal }: Surroundings): Promise<Row[]> {
  const file = join(directory, 'cached')
  const run: Run = async (program, ...words) =>
    (await execa(program, words, { cancelSignal: signal, timeout: DEADLINE_MS })).stdout
  const version = await fioVersion(run)
  const others = version === undefined ? [preadLoop] : [preadLoop, fio]
  await workload(file, run) // Makes the file.
  const [oursNs = [], loopNs = [], fioNs] = await interleaved([workload, ...others], (contestant) =>
    contestant(file, run),
  )
  const found = `${median(oursNs).toFixed(0)} ns`
  return [
    { what: `4 KiB cached read, median of ${ROUNDS} means`, found, target: '' },
    compared('a bare loop of pread', oursNs, loopNs, 1.02),
    fioNs === undefined
      ? {
          what: '  compared with fio',
          found: 'fio is missing: apt install fio',
          target: 'at most 1',
        }
      : compared(`${version}, psync, mean of clat`, oursNs, fioNs, 1),
  ]
}

/** In interleaved rounds, so that the machine's drift meets all contestants alike. */
async function interleaved(
  contestants: readonly Contestant[],
  time: (contestant: Contestant) => Promise<number>,
): Promise<number[][]> {
  const runs = contestants.map((contestant) => ({ contestant, foundNs: [] as number[] }))
  for (let round = 0; round < ROUNDS; round++) {
    const first = round % runs.length
    for (const { contestant, foundNs } of [...runs.slice(first), ...runs.slice(0, first)]) {
      foundNs.push(await time(contestant))
    }
  }
  return runs.map(({ foundNs }) => foundNs)
}

/** The ratio of the medians, with the 95 % limits of the rounds' median ratio: they decide. */
function compared(name: string, oursNs: number[], theirsNs: number[], most: number): Row {
  const ratio = median(oursNs) / median(theirsNs)
  const ratios = oursNs.map((ns, round) => ns / (theirsNs[round] ?? Number.NaN))
  const [lower, upper] = medianInterval(ratios, 0.95) ?? [0, Number.POSITIVE_INFINITY]
  const verdict = upper <= most ? 'met' : lower > most ? 'missed' : 'too noisy to tell'
  return {
    what: `  compared with ${name}`,
    found: `${ratio.toFixed(3)} (${lower.toFixed(3)}–${upper.toFixed(3)}) × ${median(theirsNs).toFixed(0)} ns`,
    target: `at most ${most}: ${verdict}`,
  }
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

async function measureAll(storage: string, signal: AbortSignal): Promise<void> {
  await execa('make', ['-C', NATIVE, 'overhead'], { cancelSignal: signal })
  await mkdir(storage, { recursive: true })
  for (const measure of MEASUREMENTS) {
    const directory = await mkdtemp(join(storage, 'overhead-'))
    try {
      console.log(layOut(await measure({ directory, signal })))
    } finally {
      await rm(directory, { recursive: true })
    }
  }
}

const interrupt = new AbortController()
// Not once(): without a listener left, execa's own would end this process at once.
process.on('SIGINT', () => interrupt.abort())
try {
  await measureAll(resolve(process.argv[2] ?? join(NATIVE, '..', 'storage')), interrupt.signal)
} catch (error) {
  if (!interrupt.signal.aborted) throw error
  console.error('interrupted: nothing was measured to its end')
  process.exitCode = 130
}
