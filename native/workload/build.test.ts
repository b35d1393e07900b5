import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { beforeAll, expect, test } from 'vitest'
import { binary, build, buildFor, make, needs, run, small } from './binary.ts'

beforeAll(() => make())

test('the core needs nothing but its platform', async () => {
  const directory = join(build, 'objects/workload')
  const core = (await readdir(directory))
    .filter((name) => name.endsWith('.o') && !name.startsWith('platform_'))
    .map((name) => join(directory, name))
  const symbols = async (which: string) => {
    const { stdout } = await execa('nm', ['--format=posix', `--${which}-only`, ...core])
    return [...stdout.matchAll(/^(\w+) \w/gm)].map(([, symbol]) => symbol ?? '')
  }
  const own = new Set(await symbols('defined'))
  const foreign = (await symbols('undefined')).filter((symbol) => !own.has(symbol))
  expect(foreign).toContain('storage_read')
  const given = /^(platform|storage|files|null|clock|console|memory)_|^mem(cpy|move|set|cmp)$/
  expect(foreign.filter((name) => !given.test(name))).toEqual([])
})

/** A call more between loop and system is measurable: see the Makefile on -flto. */
test.each([
  ['repeat_read', [/pread/]],
  ['repeat_write', [/pwrite/]],
  ['repeat_write_sync', [/pwrite/, /fsync/]],
])('%s calls nothing but the system', async (loop, system) => {
  const { stdout } = await execa('objdump', ['--disassemble', '--no-show-raw-insn', binary])
  const code = stdout.split('\n\n').find((each) => each.includes(` <${loop}>:`))
  const callees = [...(code ?? '').matchAll(/\s(?:call|bl)\s+\w+ <(\w+)/g)].map(([, name]) => name)
  // What is called when the system has failed: gcc moves it out of the loop, clang to its end.
  const onTheWay = callees.filter(
    (name) => !/^((write_)?failed(_short)?|fail_storage)$/.test(name ?? ''),
  )
  expect(onTheWay).toEqual(system.map((name) => expect.stringMatching(name)))
})

/** Linux on arm64 has pages of 4, 16 (a Raspberry Pi 5) or 64 KiB; it protects whole ones. */
test('segments of a unikernel for arm64 share no page of any kernel', async (context) => {
  const always = process.env.CI === 'true'
  const remedy = 'apt install gcc-aarch64-linux-gnu'
  await needs(context, ['aarch64-linux-gnu-gcc', '--version'], { remedy, always })
  await make('ARCH=aarch64')
  const unikernel = join(buildFor('aarch64'), 'workload.hvt')
  const { stdout } = await execa('aarch64-linux-gnu-readelf', ['-lW', unikernel])
  const loads = [...stdout.matchAll(/^ +LOAD +\S+ +(\S+) +\S+ +\S+ +(\S+)/gm)].map(
    ([, start, bytes]) => [Number(start), Number(start) + Number(bytes) - 1] as const,
  )
  expect(loads).toHaveLength(3)
  const pages = loads.flatMap(([first, last]) => {
    const numbers = new Set([Math.floor(first / 65_536), Math.floor(last / 65_536)])
    return [...numbers]
  })
  expect(new Set(pages).size).toBe(pages.length)
})

test('the same program runs on aarch64', async (context) => {
  const always = process.env.CI === 'true'
  const remedy = 'apt install gcc-aarch64-linux-gnu qemu-user-static'
  await needs(context, ['aarch64-linux-gnu-gcc', '--version'], { remedy, always })
  await needs(context, ['qemu-aarch64-static', '--version'], { remedy, always })
  await make('ARCH=aarch64')
  const directory = await mkdtemp(join(tmpdir(), 'guestbench-aarch64-'))
  const path = join(directory, 'file')
  const large = { ...small, operation: 'write-sync', size: 3_000_000, request: 3000, path }
  const exercise = {
    ...small,
    operation: 'exercise',
    request: 1,
    samples: 1,
    operations: 500,
    path,
  }
  const emulated = ['qemu-aarch64-static', join(buildFor('aarch64'), 'workload')]
  try {
    for (const words of [large, exercise]) {
      const { closing } = await run(emulated, words)
      expect(closing).toMatch(/^gb1 end /)
      expect(closing).toBe((await run([binary], words)).closing)
    }
  } finally {
    await rm(directory, { recursive: true })
  }
})
