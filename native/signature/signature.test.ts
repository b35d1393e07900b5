import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { build, make, run } from '../workload/binary.ts'

const signature = join(build, 'signature')

beforeAll(() => make('all', ...(process.arch === 'x64' ? ['hypervisor'] : [])))

test('is asked without a fault, whatever this machine is', async () => {
  const { exitCode, lines } = await run([signature], [])
  expect(exitCode).toBe(0)
  expect(lines.join()).toMatch(/^.{0,12}$/)
})

/** A processor that a program plays, as BitVisor itself runs on few machines. */
test.skipIf(process.arch !== 'x64').each([
  ['none', []],
  ['intel', ['BitVisor']],
  ['amd', ['BitVisor']],
  ['constant', []],
])('under a hypervisor of kind %s: %j', async (kind, lines) => {
  expect(await run([join(build, 'hypervisor'), kind, signature], [])).toMatchObject({
    exitCode: 0,
    lines,
  })
})
