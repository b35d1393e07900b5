import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { reportGate } from '../../fixtures/analysis/gate.ts'
import { exampleSummary } from '../view/example-report.ts'
import { examplePlan, type GateCase, gateCell, gateEntries, gateReport } from './example-gate.ts'
import { bencherMetrics, goBenchmarks } from './formats.ts'
import { gateMarkdown, gateTable } from './gate-table.ts'

test.each([
  ['gate.txt', gateTable(gateReport, false)],
  ['gate.md', gateMarkdown(gateReport, exampleSummary)],
  ['gate-bencher.json', `${JSON.stringify(bencherMetrics(gateReport), null, 2)}\n`],
])('golden: %s', async (name, text) => {
  await expect(text).toMatchFileSnapshot(join(import.meta.dirname, 'golden', name))
})

test('each metric stands for itself, and the worst decides', () => {
  const verdicts = gateReport.rows.map(({ metric, verdict }) => `${metric}: ${verdict}`)
  expect(verdicts).toEqual([
    'solo5-hvt 4 KiB write: REGRESSION',
    'solo5-hvt 4 KiB read: PASS',
    'solo5-spt 4 KiB write: INVALID',
    'solo5-spt 4 KiB read: INCONCLUSIVE',
  ])
  expect(gateReport.verdict).toBe('REGRESSION')
})

function verdictOf(...cells: readonly GateCase[]): string {
  return reportGate(
    '',
    { ...examplePlan, environments: ['solo5-hvt'], metrics: cells.length },
    cells.flatMap(gateCell),
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
  const plan = { ...examplePlan, environments: ['solo5-hvt'], metrics: 2 }
  expect(reportGate('', plan, gateCell(EQUAL)).verdict).toBe('INVALID')
  expect(reportGate('', { ...plan, metrics: 1 }, []).verdict).toBe('INVALID')
})

/** golang.org/design/14313-benchmark-format: name, iterations, value and unit. */
const GO_BENCHMARK = /^Benchmark[^a-z\s]\S* [1-9]\d* \d+ ns\/op$/

test('a line of benchstat’s for each boot', () => {
  const lines = goBenchmarks(gateReport, gateEntries, 'head').trimEnd().split('\n')
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
  const metrics = bencherMetrics(gateReport)
  expect(new Ajv2020().validate(BENCHER, metrics)).toBe(true)
  const measures = Object.values(metrics).flatMap((each) => Object.values(each))
  expect(measures).not.toEqual([])
  for (const { value, lower_value = value, upper_value = value } of measures) {
    expect(lower_value).toBeLessThanOrEqual(value)
    expect(upper_value).toBeGreaterThanOrEqual(value)
  }
})
