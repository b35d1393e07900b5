import { expect, test } from 'vitest'
import type { JournalEntry } from '../../fixtures/model.ts'
import { exampleCell, exampleJournal } from '../../fixtures/transcripts/example-journal.ts'
import { english } from '../../fixtures/words/words.ts'
import { exampleReport } from './example-report.ts'
import { headlineOf } from './headline.ts'

function told(journal: readonly JournalEntry[]): readonly string[] {
  const { comparison } = exampleReport(journal)
  return headlineOf(comparison, english).map(({ subject, text }) => `${subject}: ${text}`)
}

test('what each environment costs, where and how sure; the emulated and the missing in a line each', () => {
  expect(told(exampleJournal)).toEqual([
    'Docker, bind mount: within 5 % of Linux on all of 4 KiB; undecided on all of 16 MiB.',
    'QEMU/KVM: +95 % on all of 4 KiB (+87 % to +110 %); −27 % on all of 16 MiB (−29 % to −23 %).',
    'Solo5 hvt: ×59.1 the time on 4 KiB reads (57.9–60.6); too few blocks to say on 4 KiB writes; not ' +
      'comparable (its durable writes stop elsewhere than Linux’s) on 4 KiB synchronous writes; failed on ' +
      '16 MiB writes.',
    'Emulated, not ranked: Xen DomU.',
    'Not measured here: Solo5 spt.',
    'This machine’s noise: Linux against itself: ×0.976–1.09 on 16 MiB writes, closer elsewhere.',
  ])
})

const available = (environment: string): JournalEntry => {
  const found = exampleJournal.find(
    (entry) => entry.type === 'availability' && entry.environment === 'linux',
  )
  return { ...(found as JournalEntry & { type: 'availability' }), environment, title: environment }
}

test('a quiet machine is told so', () => {
  const journal = [
    available('linux'),
    ...exampleCell({ environment: 'linux', operation: 'read', ratio: 1, spread: 0.002 }),
  ]
  expect(told(journal)).toEqual(['This machine’s noise: linux against itself stays within 5 %.'])
})

test('one block of each says nothing, and says so', () => {
  const journal = ['linux', 'docker'].flatMap((environment) => [
    available(environment),
    ...exampleCell({ environment, operation: 'read', ratio: 3, blocks: 1 }),
  ])
  expect(told(journal)).toEqual([
    'docker: too few blocks to say on 4 KiB reads.',
    'This machine’s noise: unknown: too few blocks of Linux against itself.',
  ])
})

test('nothing measured, nothing told', () => {
  expect(told([])).toEqual([])
})
