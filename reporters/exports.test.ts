/** Each file for other programs, read by a program of others. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import measurementsSchema from '../fixtures/session/schema/measurements.schema.json' with {
  type: 'json',
}
import {
  exampleAvailability,
  exampleCell,
  exampleJournal,
} from '../fixtures/transcripts/example-journal.ts'
import { renderCsv } from './comparison-csv.ts'
import { EXPORTS } from './exports.ts'
import { renderBenchmarks, sessionMetrics } from './machine-formats.ts'
import { renderIssue } from './markdown/markdown.ts'
import { exampleReport } from './view/example-report.ts'

const report = exampleReport()
const { cells } = report.comparison

test('comparison.json is as the schema beside it says', () => {
  const text = (wanted: string) =>
    JSON.parse(EXPORTS.find(({ name }) => name === wanted)?.render(report) ?? 'null')
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true }).addSchema(measurementsSchema)
  expect(ajv.validate(text('comparison.schema.json'), text('comparison.json'))).toBe(true)
})

test('a parser of CSV finds each cell, whatever is said of it', () => {
  const hostile = 'a "quoted", word\r\n=1+1;\n'
  const journal = [
    ...exampleJournal,
    exampleAvailability('=cmd', '=1+1', { state: 'unavailable', reason: hostile, remedy: '@x' }),
  ]
  const told = exampleReport(journal)
  const rows: Record<string, string>[] = parse(renderCsv(told), { columns: true })
  expect(rows.map(({ environment, ratio }) => [environment, Number(ratio)])).toEqual(
    told.comparison.cells.map(({ environment, ratio }) => [
      environment === '=cmd' ? "'=cmd" : environment,
      ratio ?? 0,
    ]),
  )
  const [last] = rows.slice(-1)
  expect(last).toMatchObject({ title: "'=1+1", reason: 'a "quoted", word =1+1;', remedy: "'@x" })
})

test('golden session.bench', async () => {
  await expect(renderBenchmarks(report)).toMatchFileSnapshot('golden/session.bench')
})

/**
 * oracle/benchstat.csv, of golang.org/x/perf/cmd/benchstat:
 * `benchstat -format csv -table ranked -row /op,/size -col /env golden/session.bench`
 */
test('benchstat finds the same medians in it, of what is compared and of what is not', async () => {
  const text = await readFile(join(import.meta.dirname, 'oracle/benchstat.csv'), 'utf8')
  const parts = text.trim().split(/^ranked: (?=\w+$)/m)
  const found = new Map<string, number>()
  for (const part of parts.slice(1)) {
    const ranked = part.split('\n')[0]
    const options = { relax_column_count: true, skip_empty_lines: true }
    const [environments = [], , ...rows] = parse(part.slice(part.indexOf('\n')), options)
    for (const [operation = '', ...values] of rows) {
      for (const [index, environment = ''] of environments.slice(1).entries()) {
        if (operation === 'geomean' || environment === '' || !values[index]) continue
        found.set(`${ranked} ${environment} ${operation}`, Number(values[index]) * 1e9)
      }
    }
  }
  const own = cells.filter(({ medianNs }) => medianNs !== null)
  expect(found.size).toBe(own.length)
  for (const { environment, workload, medianNs, verdict, ratioInterval } of own) {
    const isRanked = verdict !== null || ratioInterval === null
    const size = workload.sizeBytes === 4096 ? '4KiB' : '16MiB'
    const name = `${isRanked ? 'yes' : 'no'} ${environment} ${workload.operation} ${size}`
    expect((found.get(name) ?? 0) / (medianNs ?? 1), name).toBeCloseTo(1, 4)
  }
})

test('Bencher tracks what says something of the device, and its limits enclose the value', () => {
  const metrics = sessionMetrics(report)
  expect(metrics['docker-bind 4 KiB write']).toMatchObject({
    latency: { value: expect.any(Number), lower_value: expect.any(Number) },
    ratio: { value: expect.any(Number), upper_value: expect.any(Number) },
  })
  const names = Object.keys(metrics).join('\n')
  expect(names).not.toMatch(/^xen /m) // emulated
  expect(names).not.toContain('solo5-hvt 4 KiB write-sync') // less durable than Linux
  expect(names).toContain('solo5-hvt 4 KiB read')
  for (const measures of Object.values(metrics)) {
    for (const { value, lower_value = value, upper_value = value } of Object.values(measures)) {
      expect(lower_value).toBeLessThanOrEqual(value)
      expect(upper_value).toBeGreaterThanOrEqual(value)
    }
  }
})

test('the text for an issue answers first, and GitHub takes it however long the rest is', () => {
  const text = renderIssue(report)
  expect(text.split('\n\n')[1]).toMatch(/^- \*\*Docker, bind mount\*\*: /)
  expect(text).toContain('<details><summary>4 KiB</summary>')
  const many = Array.from({ length: 40 }, (_, index) => `environment ${index} ${'x'.repeat(3000)}`)
  const journal = many.flatMap((title) => [
    exampleAvailability(title, title),
    ...exampleCell({ environment: title, operation: 'read', ratio: 2 }),
  ])
  const long = renderIssue(exampleReport(journal))
  expect(long.length).toBeLessThan(65_536)
  expect(long).toContain('What else there is stands in the session’s table.md')
  expect(long).toMatch(/Session 2026-03-04-050607: .*\n$/)
})
