import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Machine } from '../fixtures/machine/host.ts'
import type { Comparison } from '../fixtures/model.ts'
import { readConfiguration } from '../fixtures/session/configuration.ts'
import { encodeLine } from '../fixtures/session/journal-line.ts'
import { countMachines } from '../fixtures/session/same-machine.ts'
import comparisonSchema from '../fixtures/session/schema/comparison.schema.json' with {
  type: 'json',
}
import measurementsSchema from '../fixtures/session/schema/measurements.schema.json' with {
  type: 'json',
}
import mergedSchema from '../fixtures/session/schema/merged-session.schema.json' with {
  type: 'json',
}
import sessionSchema from '../fixtures/session/schema/session.schema.json' with { type: 'json' }
import { openSession } from '../fixtures/session/session.ts'
import { journalFile, readSession, type Session } from '../fixtures/session/session-file.ts'
import { exampleAvailability, exampleCell } from '../fixtures/transcripts/example-journal.ts'
import { english } from '../fixtures/words/words.ts'
import { sourcesOf } from './merged.ts'
import { reportOf } from './view/session-report.ts'

let directory: string
let bare: Session
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'guestbench-merged-'))
  const variables = { GUESTBENCH_DIR: directory, GUESTBENCH_RESULTS: directory }
  const session = await openSession(readConfiguration('smoke', variables))
  bare = { ...session, machine: { ...session.machine, virtualisation: 'none' } }
})
afterAll(() => rm(directory, { recursive: true }))

function sessionOn(id: string, machine: Partial<Machine>): Session {
  return { ...bare, id, directory: join(directory, id), machine: { ...bare.machine, ...machine } }
}

const ofXen = { virtualisation: 'xen dom0' }
const disk = {
  name: 'mmcblk1',
  model: 'other',
  writeCache: 'write back',
  scheduler: 'none',
} as const

describe('sessions are labelled', () => {
  test.each([
    ['their machine', [{ model: 'Pi 4' }, { model: 'i5 @ 3 GHz' }], ['Pi 4', 'i5 at 3 GHz']],
    ['what they ran on', [{}, ofXen], ['bare', 'xen']],
    ['what passes devices on', [{}, { virtualisation: 'BitVisor' }], ['bare', 'bitvisor']],
    ['their kernel', [{ kernel: '6.1' }, { kernel: '6.6' }], ['6.1', '6.6']],
    ['their id', [{}, ofXen, ofXen], ['0', '1', '2']],
  ])('by %s', (_, machines, labels) => {
    const sessions = machines.map((machine, index) => sessionOn(String(index), machine))
    expect(sourcesOf(sessions).map(({ label }) => label)).toEqual(labels)
  })
})

describe('of one machine are', () => {
  const memoryBytes = 2 ** 33

  const whole = () => sessionOn('whole', { memoryBytes })
  const dom0 = (bytes: number) => sessionOn('dom0', { ...ofXen, memoryBytes: bytes })

  test.each([
    [2, 'another model', () => sessionOn('x', { memoryBytes, model: 'X' })],
    [2, 'half the memory', () => sessionOn('x', { memoryBytes: 2 ** 32 })],
    [2, 'another disk', () => ({ ...whole(), storage: { ...bare.storage, disk } })],
    [1, 'another kernel', () => sessionOn('x', { memoryBytes, kernel: '2.4' })],
    [1, 'a dom0, which has but a part of the memory', () => dom0(memoryBytes / 8)],
    [2, 'a dom0 with more memory than there is', () => dom0(memoryBytes * 2)],
  ])('%d: a session with %s', (machines, _, other) => {
    expect(countMachines([whole(), other()])).toBe(machines)
  })
})

test('one session alone, and one twice, are not put side by side', () => {
  expect(() => sourcesOf([bare])).toThrow('expected two sessions at least, got 1')
  expect(() => sourcesOf([bare, bare])).toThrow('the same session was given twice')
})

test('npm run report of two sessions is one comparison in which nothing is pooled', async () => {
  const xen = sessionOn('2026-01-01T00-00-00Z', ofXen)
  await write(bare, 1, 2)
  await write(xen, 1.001, 4)
  const { stdout } = await execa(
    process.execPath,
    [join(import.meta.dirname, 'commands/report.ts'), bare.directory, xen.directory],
    { env: { GUESTBENCH_RESULTS: directory } },
  )
  const name = (await readdir(directory)).find((each) => each.endsWith('-merged')) as string
  const read = (file: string) => readFile(join(directory, name, file), 'utf8')
  const { cells } = JSON.parse(await read('comparison.json')) as Comparison
  expect(cells.map(({ environment, title, blocks }) => [environment, title, blocks])).toEqual([
    ['linux@bare', 'Linux, bare', 8],
    ['qemu@bare', 'QEMU, bare', 8],
    ['linux@xen', 'Linux, xen', 8],
    ['qemu@xen', 'QEMU, xen', 8],
  ])
  expect(cells.map(({ ratio }) => Math.round(ratio ?? 0))).toEqual([1, 2, 1, 4])
  expect(stdout).toMatch(/noise: Linux, \w+ against itself stays within 5 %\.$/m)
  expect(stdout).toContain(`- Of session ${bare.id} (bare, Linux`)
  expect(stdout).toMatch(
    /^xen against bare\nPlain Linux: takes ×\S+ of the time, not judged\.\nQEMU: costs more on 4 KiB reads \(×[12]\.\d+\)\.$/m,
  )
  expect(await read('table.md')).toContain('| QEMU, xen')
  expect(await read('report.html')).toContain('QEMU, xen')
  expect(await read('report.html')).toContain(
    '<h3>xen against bare</h3><ul class="headline"><li><b>Plain Linux</b>',
  )
  expect(await read('table.md')).toMatch(
    /^\| QEMU \| 4 KiB read \| .* \| ×[12]\.\d+ \(.*\) \| costs more \|$/m,
  )
  expect(await read('table.md')).toMatch(
    /qemu is not faster than linux \| .* \| 4 KiB read \(bare\)/,
  )
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true })
  ajv.addSchema([comparisonSchema, measurementsSchema, sessionSchema])
  const validate = ajv.compile(mergedSchema)
  validate(JSON.parse(await read('session.json')))
  expect(validate.errors).toBe(null)
  expect(await readSession(join(directory, name))).toMatchObject({
    sources: [{ label: 'bare' }, { label: 'xen' }],
  })
})

async function write(session: Session, ...ratios: [linux: number, qemu: number]): Promise<void> {
  await mkdir(session.directory, { recursive: true })
  await writeFile(join(session.directory, 'session.json'), JSON.stringify(session))
  const entries = [
    exampleAvailability('linux', 'Linux'),
    ...exampleCell({ environment: 'linux', operation: 'read', ratio: ratios[0] }),
    exampleAvailability('qemu', 'QEMU'),
    ...exampleCell({ environment: 'qemu', operation: 'read', ratio: ratios[1] }),
  ]
  await writeFile(journalFile(session), entries.map(encodeLine).join(''))
}

test('a session that was tuned says so with its machine', () => {
  const tuned = ['governor performance (was ondemand)', 'swap on /dev/zram0 off']
  const machineOf = (session: Session) => reportOf(session, [], [], english).summary.machine
  expect(machineOf({ ...bare, tuned })).toBe(
    `${machineOf({ ...bare, tuned: [] })}, tuned: governor performance (was ondemand), swap on /dev/zram0 off`,
  )
})
