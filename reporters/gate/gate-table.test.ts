import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { type GatePlan, reportGate } from '../../fixtures/analysis/gate.ts'
import type { Boot, JournalEntry, Workload } from '../../fixtures/model.ts'
import { bencherMetrics, goBenchmarks } from './formats.ts'
import { gateMarkdown, gateTable } from './gate-table.ts'

const at = '2026-03-04T05:06:07.000Z'
const PLAN: GatePlan = {
  base: '../solo5-main',
  head: '../solo5-patch',
  environments: ['solo5-hvt', 'solo5-spt'],
  pairs: [],
  metrics: 4,
  looks: [14],
  until: 'blocks',
  margins: {},
}

function workloadOf(operation: Workload['operation'], operationsPerSample = 10): Workload {
  const sizes = { sizeBytes: 4096, requestBytes: 512 }
  return {
    operation,
    cache: 'warm',
    ...sizes,
    samples: 1,
    operationsPerSample,
    latencyOperations: 0,
    seed: 7,
  }
}

function boot(
  environment: string,
  workload: Workload,
  block: number,
  ns: number,
  changes: Partial<Boot> = {},
): JournalEntry {
  const { operationsPerSample: operations } = workload
  const own: Boot = {
    block,
    arm: 'guest',
    readyNs: 1,
    clockOverheadNs: 1,
    samples: [{ elapsedNs: ns * operations, operations }],
    counts: {},
    durability: 'none',
    ...changes,
  }
  return { type: 'boot', at, environment, workload, boot: own }
}

interface Case {
  environment: string
  operation: Workload['operation']
  /** HEAD, and BASE again, relative to BASE. */
  head: number
  again?: number
  /** Alternating around it. */
  spread?: number
  requests?: number
  changes?: Partial<Boot>
}

function cell({
  environment,
  operation,
  head,
  again = 1,
  spread = 0.004,
  requests = 8,
  changes = {},
}: Case): readonly JournalEntry[] {
  const counted = ['base', 'head'].flatMap((role) =>
    [0, 1, 2].flatMap((round) =>
      [10, 20].map((operations) => {
        const own = role === 'head' ? requests : 8
        const counts = { hostReads: 41 + own * operations }
        return boot(`${environment}@${role}:count`, workloadOf(operation, operations), round, 1, {
          counts,
        })
      }),
    ),
  )
  const blocks = Array.from({ length: 14 }, (_, block) => {
    const wobble = 1 + spread * ((block % 5) - 2)
    const arms = { base: 1, head: head * wobble, again }
    return Object.entries(arms).flatMap(([role, ratio]) => {
      const own = role === 'head' ? changes : {}
      return [0, 1].map(() =>
        boot(`${environment}@${role}`, workloadOf(operation), block, 100_000 * ratio, own),
      )
    })
  })
  const stop: JournalEntry = {
    type: 'stop',
    at,
    environment,
    workload: workloadOf(operation),
    reason: 'planned',
  }
  return [...counted, ...blocks.flat(), stop]
}

const CELLS: readonly Case[] = [
  { environment: 'solo5-hvt', operation: 'read', head: 0.2, requests: 1 },
  { environment: 'solo5-hvt', operation: 'write', head: 1.12 },
  { environment: 'solo5-spt', operation: 'read', head: 1.01, spread: 0.03 },
  { environment: 'solo5-spt', operation: 'write', head: 1, again: 1.2 },
]
const ENTRIES = CELLS.flatMap(cell)
const REPORT = reportGate('2026-03-04T05-06-07Z', PLAN, ENTRIES)

test.each([
  ['gate.txt', gateTable(REPORT, false)],
  ['gate.md', gateMarkdown(REPORT)],
  ['gate-bencher.json', `${JSON.stringify(bencherMetrics(REPORT), null, 2)}\n`],
])('golden: %s', async (name, text) => {
  await expect(text).toMatchFileSnapshot(join(import.meta.dirname, 'golden', name))
})

test('each metric stands for itself, and the worst decides', () => {
  const verdicts = REPORT.rows.map(({ metric, verdict }) => `${metric}: ${verdict}`)
  expect(verdicts).toEqual([
    'solo5-hvt 4 KiB write: REGRESSION',
    'solo5-hvt 4 KiB read: PASS',
    'solo5-spt 4 KiB write: INVALID',
    'solo5-spt 4 KiB read: INCONCLUSIVE',
  ])
  expect(REPORT.verdict).toBe('REGRESSION')
})

function verdictOf(...cells: readonly Case[]): string {
  return reportGate(
    '',
    { ...PLAN, environments: ['solo5-hvt'], metrics: cells.length },
    cells.flatMap(cell),
  ).verdict
}

const EQUAL = { environment: 'solo5-hvt', operation: 'read', head: 1 } as const

test('one request more is a regression, however fast', () => {
  expect(verdictOf({ ...EQUAL, head: 0.5, requests: 9 })).toBe('REGRESSION')
  expect(verdictOf({ ...EQUAL, requests: 8 })).toBe('PASS')
})

test('throttling, and a durability that differs, are invalid', () => {
  expect(verdictOf({ ...EQUAL, changes: { disturbed: ['throttling'] } })).toBe('INVALID')
  expect(verdictOf({ ...EQUAL, changes: { disturbed: ['foreign load'] } })).toBe('PASS')
  expect(verdictOf({ ...EQUAL, changes: { durability: 'host-cache' } })).toBe('INVALID')
})

test('a metric that was not measured is no pass', () => {
  const plan = { ...PLAN, environments: ['solo5-hvt'], metrics: 2 }
  expect(reportGate('', plan, cell(EQUAL)).verdict).toBe('INVALID')
  expect(reportGate('', { ...plan, metrics: 1 }, []).verdict).toBe('INVALID')
})

/** golang.org/design/14313-benchmark-format: name, iterations, value and unit. */
const GO_BENCHMARK = /^Benchmark[^a-z\s]\S* [1-9]\d* \d+ ns\/op$/

test('a line of benchstat’s for each boot', () => {
  const lines = goBenchmarks(REPORT, ENTRIES, 'head').trimEnd().split('\n')
  expect(lines).toHaveLength(112)
  expect(lines).toContain('BenchmarkGate/solo5-hvt/4_KiB_read 10 19840 ns/op')
  expect(lines.filter((line) => !GO_BENCHMARK.test(line))).toEqual([])
})

/** https://bencher.dev/bmf.json, and that nothing else is in it. */
const BENCHER = {
  type: 'object',
  additionalProperties: {
    type: 'object',
    additionalProperties: {
      type: 'object',
      properties: {
        value: { type: 'number' },
        lower_value: { type: 'number' },
        upper_value: { type: 'number' },
      },
      required: ['value'],
      additionalProperties: false,
    },
  },
}

test('Bencher’s schema holds, and its limits enclose the value', () => {
  const metrics = bencherMetrics(REPORT)
  expect(new Ajv2020().validate(BENCHER, metrics)).toBe(true)
  const measures = Object.values(metrics).flatMap((each) => Object.values(each))
  expect(measures).not.toEqual([])
  for (const { value, lower_value = value, upper_value = value } of measures) {
    expect(lower_value).toBeLessThanOrEqual(value)
    expect(upper_value).toBeGreaterThanOrEqual(value)
  }
})
