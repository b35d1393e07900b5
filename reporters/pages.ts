/** What `npm run docs` writes into the pages, each part between `<!-- NAME -->` and `<!-- end -->`. */
import { join } from 'node:path'
import { campaignTable } from '../fixtures/faults/campaign.ts'
import { PROJECT_DIRECTORY } from '../fixtures/machine/paths.ts'
import { markdownTable } from '../fixtures/markdown-table.ts'
import { loadJournal } from '../fixtures/session/journal.ts'
import { journalFile, readSession } from '../fixtures/session/session-file.ts'
import { TABLES } from '../fixtures/session/variables-text.ts'
import { english, japanese, type Words } from '../fixtures/words/words.ts'
import { headlineMarkdown, sizeMarkdown } from './markdown/markdown.ts'
import { renderTables } from './terminal/table.ts'
import { type Report, reportOf } from './view/session-report.ts'
import { publishedRows } from './view/why-view.ts'

export interface PagePart {
  /** The page, from the project's directory. */
  file: string
  name: string
  /** Ends with a line feed. */
  text: string
}

/** A session that was measured, kept to show what one looks like. */
const EXAMPLE = 'docs/example'

export async function parts(): Promise<readonly PagePart[]> {
  const report = await exampleSession(english)
  const inJapanese = await exampleSession(japanese)
  return [
    ...TABLES.map(({ file, table }) => ({ file, name: 'variables', text: table })),
    { file: 'docs/reliability.md', name: 'faults', text: campaignTable() },
    {
      file: 'docs/why.md',
      name: 'causes',
      text: `${markdownTable([english.why.causeHeads, ...publishedRows()])}\n`,
    },
    { file: 'README.md', name: 'example', text: firstTable(report) },
    { file: 'README.ja.md', name: 'example', text: firstTable(inJapanese) },
    { file: 'docs/example.md', name: 'example', text: terminalOf(report) },
  ]
}

/** What that session is told as. */
export async function exampleSession(words: Words): Promise<Report> {
  const directory = join(PROJECT_DIRECTORY, EXAMPLE)
  const session = await readSession(directory)
  const { entries, notes } = loadJournal(journalFile(session))
  if (notes.length > 0) throw new Error(`${journalFile(session)}: ${notes[0]?.text}`)
  return reportOf(session, entries, [], words)
}

/** What was learnt, and the table of the smallest size. */
function firstTable({ headline, tables: [first], words }: Report): string {
  if (first === undefined) throw new Error(`${EXAMPLE}: expected a cell that was measured`)
  return `${headlineMarkdown(headline).join('\n\n')}\n\n${sizeMarkdown(first, words)}\n`
}

function terminalOf(report: Report): string {
  return `\`\`\`\n${renderTables(report, { width: 80, colour: false })}\`\`\`\n`
}

/** @throws if the page has no place for it. */
export function withPart(page: string, { file, name, text }: PagePart): string {
  const place = new RegExp(`(?<=<!-- ${name} -->\n).*?(?=<!-- end -->)`, 's')
  if (!place.test(page)) {
    throw new Error(`${file}: expected <!-- ${name} -->, and <!-- end --> after it`)
  }
  return page.replace(place, () => `\n${text}\n`)
}
