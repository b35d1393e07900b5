import { describe, inject, type TestContext, test } from 'vitest'
import { compare } from '../fixtures/analysis/compare.ts'
import { findKnee } from '../fixtures/analysis/knee.ts'
import { memoryGuests } from '../fixtures/environments/qemu/memory-guests.ts'
import { readJournal } from '../fixtures/session/journal.ts'
import { journalFile } from '../fixtures/session/session-file.ts'
import { kneeText, memoryMarkdown, memorySvg } from '../reporters/html/memory-chart.ts'
import { environmentSuite } from './environment-suite.ts'

const session = inject('session')
const guests = memoryGuests()

// The study blames its slow 1 GB reads on guests whose memory cannot cache the file.
if (session.profile.name === 'memory') {
  for (const { environment } of guests) environmentSuite(environment, 'machine')
  describe('Guest memory', () => test('where a file stops fitting', showKnee))
} else {
  test('guest memory against file size', ({ skip }) => {
    skip('it takes minutes of its own: npx vitest bench memory --mode memory')
  })
}

async function showKnee({ annotate, skip }: TestContext): Promise<void> {
  const { cells } = compare(session.id, readJournal(journalFile(session)))
  const read = guests.flatMap(({ memoryBytes, environment }) =>
    cells
      .filter((cell) => cell.environment === environment.id)
      .map((cell) => ({ memoryBytes, cell })),
  )
  const knee = findKnee(
    read.map(({ memoryBytes, cell: { perBlock } }) => ({
      memoryBytes,
      ratios: perBlock.map(({ ratio }) => ratio),
    })),
  )
  const fileBytes = session.profile.workloads[0]?.sizeBytes ?? 0
  const text = kneeText(knee, fileBytes)
  await annotate(text, 'memory', {
    body: `${memorySvg(read, knee, fileBytes)}`,
    bodyEncoding: 'utf-8',
    contentType: 'image/svg+xml',
  })
  await annotate(text, 'memory', {
    body: memoryMarkdown(read, knee, fileBytes),
    bodyEncoding: 'utf-8',
    contentType: 'text/markdown',
  })
  console.log(text)
  skip(knee.state === 'none', text)
}
