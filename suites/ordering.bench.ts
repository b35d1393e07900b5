import { describe, inject, type TestContext, test } from 'vitest'
import { judgeClaims } from '../fixtures/analysis/claims.ts'
import { compare } from '../fixtures/analysis/compare.ts'
import { ledgerOf } from '../fixtures/analysis/ledger.ts'
import { CAUSES } from '../fixtures/analysis/ledger-causes.ts'
import { judgeCauses } from '../fixtures/analysis/ledger-verdicts.ts'
import { CLAIMS } from '../fixtures/analysis/study-claims.ts'
import type { Judgement } from '../fixtures/model.ts'
import { failsOnContradiction } from '../fixtures/session/configuration.ts'
import { readJournal } from '../fixtures/session/journal.ts'
import { journalFile } from '../fixtures/session/session-file.ts'
import { setting } from '../fixtures/session/settings.ts'
import { english, wordsIn } from '../fixtures/words/words.ts'
import { claimMarkdown } from '../reporters/markdown/claims-markdown.ts'
import { claimLine } from '../reporters/view/claim-table.ts'

const session = inject('session')
const entries = () => readJournal(journalFile(session))
const words = wordsIn[setting('GUESTBENCH_LANG')]
const claims = CLAIMS.map(({ number }) => ({
  number,
  statement: english.claims.statements[number],
}))

// Runs after all others (suites/sequence.ts): it judges what they have measured.
describe('The study’s claims', () => {
  test.for(claims)('$number: $statement', async ({ number }, { annotate, skip }) => {
    const comparison = compare(session.id, entries(), { words })
    const judgements = judgeClaims(comparison, words)
    const judgement = judgements.find((claim) => claim.number === number)
    if (judgement === undefined) throw new Error(`claim ${number} was not judged`)
    await tellVerdict(judgement, { annotate, skip })
  })
})

// Where time goes tells the causes, too.
describe.runIf(session.profile.name === 'why')('The study’s causes', () => {
  test.for(Object.entries(CAUSES))('%s: %s', async ([, statement], { annotate, skip }) => {
    const judgement = judgeCauses(ledgerOf(entries())).find((one) => one.statement === statement)
    if (judgement === undefined) return skip('no unikernel under KVM was measured')
    await tellVerdict(judgement, { annotate, skip })
  })
})

async function tellVerdict(
  judgement: Judgement,
  { annotate, skip }: Pick<TestContext, 'annotate' | 'skip'>,
): Promise<void> {
  const line = claimLine(judgement, words)
  await annotate(line, judgement.verdict === 'contradicted' ? 'warning' : 'claim', {
    body: claimMarkdown(judgement, words),
    bodyEncoding: 'utf-8',
    contentType: 'text/markdown',
  })
  switch (judgement.verdict) {
    case 'holds':
      return
    case 'undecided':
      return skip(line)
    case 'contradicted':
      if (failsOnContradiction(session.machine)) throw new Error(line)
      console.warn(`${line} (a failure on a Raspberry Pi 4, or with GUESTBENCH_STRICT=1)`)
  }
}
