/** The built workload, for its tests. */
import { join, resolve } from 'node:path'
import { execa } from 'execa'
import type { TestContext } from 'vitest'

export const native = resolve(import.meta.dirname, '..')
/** `CC=clang npx vitest run native` tests another compiler's work, in a directory of its own. */
export const compiler = process.env.CC ?? 'gcc'
const suffix = process.env.CC === undefined ? '' : `-${process.env.CC}`
export const buildFor = (architecture: string) => join(native, 'build', `${architecture}${suffix}`)
export const build = buildFor(process.arch === 'arm64' ? 'aarch64' : 'x86_64')
export const binary = join(build, 'workload')

/** Brings the binaries up to date; test files that run at the same time take turns. */
export async function make(...words: string[]): Promise<void> {
  const command = ['make', '-C', native, `SUFFIX=${suffix}`, ...words]
  await execa('flock', [join(native, 'Makefile'), ...command])
}

export type Words = Record<string, string | number>

/** A complete set of words but for `path`. */
export const small = {
  operation: 'read',
  size: 8192,
  request: 4096,
  samples: 3,
  operations: 2,
  seed: 7,
}

export function spell(words: Words): string[] {
  return Object.entries(words).map(([key, value]) => `${key}=${value}`)
}

/** Runs a program to its end, whatever that is. */
export async function run(command: readonly string[], words: readonly string[] | Words) {
  const [file = '', ...rest] = command
  const spelt = Array.isArray(words) ? words : spell(words as Words)
  const result = await execa(file, [...rest, ...spelt], { reject: false, lines: true })
  return { exitCode: result.exitCode, lines: result.stdout, closing: result.stdout.at(-1) }
}

/**
 * Skips a test where a command that it needs fails, and says what to do.
 * @throws instead if `always` is set.
 */
export async function needs(
  context: TestContext,
  command: readonly string[],
  { remedy, always = false }: { remedy: string; always?: boolean },
): Promise<void> {
  const [file = '', ...words] = command
  const { failed, shortMessage } = await execa(file, words, { reject: false })
  if (failed && always) throw new Error(`${shortMessage}\n${remedy}`)
  context.skip(failed, `${shortMessage}: ${remedy}`)
}

/** native/PROTOCOL.md byte by byte, on purpose sharing nothing with what it is compared with. */
export function pattern(seed: number, size: number, request: number, stamp = 0): Buffer {
  const window = Math.min(size, Math.ceil(2 ** 20 / request) * request)
  const stride = request > 4096 ? 4032 : 512
  const bytes = Buffer.alloc(size)
  for (let offset = 0; offset < size; offset++) {
    const p = offset % window
    let x = (seed + Math.imul(Math.floor(p / 4), 0x9e3779b9)) >>> 0
    x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
    const word = x ^ (x >>> 16) ^ (p % stride < 4 ? stamp : 0)
    bytes[offset] = word >>> (8 * (p % 4))
  }
  return bytes
}

export function checksum(bytes: Uint8Array): string {
  let a = 0
  let b = 0
  for (const byte of bytes) {
    a = (a + byte) >>> 0
    b = (b + a) >>> 0
  }
  return [b, a].map((sum) => sum.toString(16).padStart(8, '0')).join('')
}
