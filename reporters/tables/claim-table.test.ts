import { expect, test } from 'vitest'
import { judgeClaims } from '../analysis/claims.ts'
import { compare } from '../analysis/compare.ts'
import { exampleAvailability, exampleCell, exampleJournal } from '../example-journal.ts'
import { claimLine, claimMarkdown } from './claim-table.ts'

test('golden claims.md', async () => {
  const judgements = judgeClaims(compare('s', exampleJournal))
  const markdown = judgements.map(claimMarkdown).join('\n\n')
  await expect(`${markdown}\n`).toMatchFileSnapshot('golden/claims.md')
})

test('a contradiction is told in one line, with its cells and their intervals', () => {
  const journal = [
    exampleAvailability('docker', 'Docker'),
    ...exampleCell({ environment: 'docker', operation: 'write', ratio: 0.5 }),
  ]
  const [first] = judgeClaims(compare('s', journal))
  expect(first && claimLine(first)).toMatch(
    /^claim 1 contradicted: docker is not faster than linux \(4 KiB write ×0\.49\d, 0\.4\d\d–0\.50\d\); docker is equiv/,
  )
})
