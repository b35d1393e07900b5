import { expect, test } from 'vitest'
import { compare } from '../../fixtures/analysis/compare.ts'
import { findKnee } from '../../fixtures/analysis/knee.ts'
import { exampleAvailability, exampleCell } from '../../fixtures/transcripts/example-journal.ts'
import { kneeText, memoryMarkdown, memorySvg } from './memory-chart.ts'

const MIB = 2 ** 20
const fileBytes = 16 * MIB

const cells = [
  [16, 9],
  [24, 7],
  [32, 1.005],
  [64, 1],
].map(([memoryMib = 0, ratio = 0]) => {
  const environment = `qemu-${memoryMib}mib`
  const [cell] = compare('s', [
    exampleAvailability(environment, `QEMU, ${memoryMib} MiB`),
    ...exampleCell({ environment, operation: 'read', ratio, sizeBytes: fileBytes }),
  ]).cells
  if (cell === undefined) throw new Error('no cell')
  return { memoryBytes: memoryMib * MIB, cell }
})
const knee = findKnee(
  cells.map(({ memoryBytes, cell }) => ({
    memoryBytes,
    ratios: cell.perBlock.map(({ ratio }) => ratio),
  })),
)

test('golden memory.svg and memory.md', async () => {
  await expect(`${memorySvg(cells, knee, fileBytes)}`).toMatchFileSnapshot('golden/memory.svg')
  await expect(memoryMarkdown(cells, knee, fileBytes)).toMatchFileSnapshot('golden/memory.md')
})

test('the knee is told in words', () => {
  expect(kneeText(knee, fileBytes)).toBe(
    'A file of 16 MiB is not kept in 24 MiB (1.50 × the file), and is kept in 32 MiB (2.00 × the file)',
  )
  expect(kneeText(findKnee([]), fileBytes)).toMatch(/^No knee: three memory sizes are needed/)
})
