import { expect, test } from 'vitest'
import type { Workload } from '../../fixtures/model.ts'
import { exampleBoot } from '../example-journal.ts'
import { perOperation } from './counts.ts'

const workload: Workload = {
  operation: 'read',
  cache: 'warm',
  sizeBytes: 4096,
  requestBytes: 512,
  samples: 3,
  operationsPerSample: 100,
  latencyOperations: 100,
  seed: 1,
}

function boots(...counts: object[]) {
  const boot = exampleBoot(
    { environment: 'hvt', operation: 'read', ratio: 1 },
    workload,
    0,
    'guest',
  )
  return counts.map((found) => ({ ...boot, counts: found }))
}

test('calls of a read are its reads without the two passes that check the data', () => {
  const found = boots({ hostReads: 400 * 8 + 16, hostWrites: 9 })
  expect(perOperation(workload, found)).toEqual({ calls: 8, exits: null })
})

test('calls of a write are its writes; the median boot counts', () => {
  const found = boots(
    { hostReads: 1, hostWrites: 400, kvmExits: 800 },
    { hostReads: 1, hostWrites: 404, kvmExits: 804 },
    { hostReads: 1, hostWrites: 4000, kvmExits: 8000 },
  )
  expect(perOperation({ ...workload, operation: 'write' }, found)).toEqual({
    calls: 1.01,
    exits: 2.01,
  })
})

test('nothing is said where nothing was counted', () => {
  expect(perOperation(workload, boots({ deviceFlushes: 3 }))).toBe(null)
})
