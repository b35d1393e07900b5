/** Unikernels and the tender that boots them, for their tests. */
import { join } from 'node:path'
import { execa } from 'execa'
import type { TestContext } from 'vitest'
import { build, needs } from '../workload/binary.ts'

export const tender = join(build, 'hvt')
export const sanitizedTender = join(`${build}-sanitize`, 'hvt')
export const unikernel = (name: string) => join(build, `${name}.hvt`)

/** Boots and waits for the end, whatever that is; a guest that goes on is asked to end. */
export async function boot(
  words: readonly string[],
  {
    file = tender,
    deadlineMs = 60_000,
    env = {},
  }: { file?: string; deadlineMs?: number; env?: Record<string, string> } = {},
) {
  const result = await execa(file, words, {
    reject: false,
    timeout: deadlineMs,
    env: { ASAN_OPTIONS: 'detect_leaks=0', ...env },
  })
  const { exitCode, signal, stdout, stderr } = result
  return { exitCode, signal, stdout, stderr }
}

/** Skips a test where unikernels cannot boot; where GUESTBENCH_REQUIRE demands hvt it fails instead. */
export async function needsKvm(context: TestContext, disk: string): Promise<void> {
  await needs(context, [tender, `--block:storage=${disk}`, unikernel('hypercalls'), 'hello'], {
    remedy: 'give this user a /dev/kvm that works',
    always: process.env.GUESTBENCH_REQUIRE?.split(',').includes('hvt') ?? false,
  })
}

/** The numbers of --counts by name. */
export function countsOf(stderr: string): Record<string, number> {
  const line = /^hvt: counts (.*)$/m.exec(stderr)?.[1]
  if (line === undefined) throw new Error(`no counts in: ${stderr}`)
  return Object.fromEntries(
    line.split(' ').map((field) => {
      const [name = '', value] = field.split('=')
      return [name, Number(value)]
    }),
  )
}
