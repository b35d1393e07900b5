/** `--mode why` for GitHub. */
import { markdownTable } from '../../fixtures/markdown-table.ts'
import { type WhyPart, type WhyTable, whyCaption, whyTitle } from '../view/why-view.ts'
import { escaped, folded } from './markdown-text.ts'

export function whyMarkdown(part: WhyPart | null): readonly string[] {
  if (part === null) return []
  const { ledgers, help, sensitivity, causes } = part
  return [
    `## ${whyTitle}`,
    whyCaption,
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
