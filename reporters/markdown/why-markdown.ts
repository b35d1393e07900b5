/** `--mode why` for GitHub. */
import { markdownTable } from '../../fixtures/markdown-table.ts'
import type { Report } from '../view/session-report.ts'
import type { WhyTable } from '../view/why-view.ts'
import { escaped, folded } from './markdown-text.ts'

export function whyMarkdown({
  why: part,
  words,
}: Pick<Report, 'why' | 'words'>): readonly string[] {
  if (part === null) return []
  const { ledgers, help, sensitivity, causes } = part
  return [
    `## ${words.why.title}`,
    words.why.caption,
    ...[help, causes, sensitivity].flatMap((table) =>
      table === null ? [] : [`### ${escaped(table.title)}`, tableMarkdown(table)],
    ),
    ...ledgers.map(({ table }) => folded(escaped(table.title), [tableMarkdown(table)])),
  ]
}

function tableMarkdown({ heads, rows, notes }: WhyTable): string {
  const table = markdownTable([heads, ...rows].map((row) => row.map(escaped)))
  return [table, ...notes.map((note) => `${escaped(note)}.`)].join('\n\n')
}
