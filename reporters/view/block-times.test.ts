import { expect, test } from 'vitest'
import type { JournalEntry } from '../../fixtures/model.ts'
import { exampleAvailability, exampleCell } from '../../fixtures/transcripts/example-journal.ts'
import { exampleReport } from './example-report.ts'

test('each block has both times, those also that are left out, in the order of their numbers', () => {
  const cell = { environment: 'docker', operation: 'read', ratio: 2, spread: 0 } as const
  const disturbed = (entry: JournalEntry): JournalEntry => {
    if (entry.type !== 'boot' || entry.boot.block !== 3) return entry
    return { ...entry, boot: { ...entry.boot, disturbed: ['foreign load'] } }
  }
  const boots = exampleCell(cell).map(disturbed)
  const { blockTimes, comparison } = exampleReport([
    exampleAvailability('docker', 'Docker'),
    ...boots.toReversed(),
  ])
  expect(comparison.cells[0]?.perBlock).toHaveLength(7)
  const [docker] = blockTimes
  expect(docker?.times.map(({ block }) => block)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  expect(docker?.times.filter(({ isDisturbed }) => isDisturbed)).toEqual([
    { block: 3, guestNs: 3223.2, controlNs: 1611.6, isDisturbed: true },
  ])
})

test('what failed or was not measured has none', () => {
  const { blockTimes } = exampleReport()
  expect(blockTimes.map(({ cell }) => cell.state)).not.toContain('failed')
  expect(blockTimes.map(({ cell }) => cell.environment)).not.toContain('solo5-spt')
})
