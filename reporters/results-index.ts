/** results/index.html, made of the journals of all sessions there. */
import { join } from 'node:path'
import { compare } from '../fixtures/analysis/compare.ts'
import { environmentsOf } from '../fixtures/analysis/histories.ts'
import { loadJournal } from '../fixtures/session/journal.ts'
import { isOfBuilds } from '../fixtures/session/profiles.ts'
import { inResults, replaceFile } from '../fixtures/session/results-files.ts'
import { journalFile, type Session, sessionsIn } from '../fixtures/session/session-file.ts'
import { setting } from '../fixtures/session/settings.ts'
import { type Words, wordsIn } from '../fixtures/words/words.ts'
import { type LinkedRun, renderIndex } from './html/index-page.ts'
import { historiesOf, type TakenSession } from './view/history.ts'

const INDEX = 'index.html'

/**
 * A session that cannot be read is named on the page; the others are there all the same.
 * @returns the page's path.
 */
export async function writeIndex(results: string): Promise<string> {
  const words = wordsIn[setting('GUESTBENCH_LANG')]
  const { sessions, faults } = await sessionsIn(results)
  const builds = sessions.filter(({ profile }) => isOfBuilds(profile.name))
  const read = sessions
    .filter((session) => !builds.includes(session))
    .map((one) => taken(one, words))
  const page = renderIndex(
    historiesOf(
      read.filter((one) => typeof one === 'object'),
      words,
    ),
    builds.map(linked).reverse(),
    [...faults, ...read.filter((one) => typeof one === 'string')],
    words,
  )
  await inResults(results, () => replaceFile(results, INDEX, page))
  return join(results, INDEX)
}

/** Or why not. */
function taken(session: Session, words: Words): TakenSession | string {
  try {
    const { entries } = loadJournal(journalFile(session))
    const comparison = compare(session.id, entries, { words })
    return { session, comparison, environments: environmentsOf(entries) }
  } catch (error) {
    return (error as Error).message
  }
}

function linked({ id, profile: { name } }: Session): LinkedRun {
  return { id, profile: name, page: `${name}.md` }
}
