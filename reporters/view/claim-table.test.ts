import { expect, test } from 'vitest'
import { judgeClaims } from '../../fixtures/analysis/claims.ts'
import { compare } from '../../fixtures/analysis/compare.ts'
import {
  exampleAvailability,
  exampleCell,
  exampleJournal,
} from '../../fixtures/transcripts/example-journal.ts'
import { english } from '../../fixtures/words/words.ts'
import { claimMarkdown } from '../markdown/claims-markdown.ts'
import { claimLine } from './claim-table.ts'

test('a claim is told with all its evidence', () => {
  const [first] = judgeClaims(compare('s', exampleJournal))
  const markdown = first ? claimMarkdown(first, english) : ''
  expect(markdown).toMatch(/^\*\*1\. Linux is .*: undecided\*\* \(5 of 5 parts are open: /)
  expect(markdown).toContain('| 16 MiB read | contradicts: ×0.726, 0.719–0.734 |')
  expect(markdown).toContain(
    '- docker is equivalent to linux: from ×0.866 to ×1.15; what the study',
  )
})

test('a contradiction is told in one line, with its cells and their intervals', () => {
  const journal = [
    exampleAvailability('docker', 'Docker'),
    ...exampleCell({ environment: 'docker', operation: 'write', ratio: 0.5 }),
  ]
  const [first] = judgeClaims(compare('s', journal))
  expect(first && claimLine(first, english)).toMatch(
    /^claim 1 contradicted: docker is not faster than linux \(4 KiB write ×0\.49\d, 0\.4\d\d–0\.5[01]\d\); docker is equiv/,
  )
})
