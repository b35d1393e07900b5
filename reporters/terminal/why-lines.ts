/** `--mode why` on a terminal. */
import type { Report } from '../view/session-report.ts'
import type { WhyTable } from '../view/why-view.ts'
import { gridWidth, layOut, type StyledLine, wrap } from './text-layout.ts'

const gap = 2

export function whyLines(
  { why: part, words }: Pick<Report, 'why' | 'words'>,
  width: number,
): readonly StyledLine[] {
  if (part === null) return []
  const { ledgers, help, sensitivity, causes } = part
  const tables = [...ledgers.map(({ table }) => table), sensitivity, causes, help]
  return [
    [{ text: words.why.title, style: 'bold' }],
    ...wrap(words.why.caption, width).map((text): StyledLine => [{ text, style: 'dim' }]),
    [],
    ...tables.flatMap((table) => (table === null ? [] : tableLines(table, width))),
  ]
}

/** In columns where they fit, else a paragraph a row. */
function tableLines({ title, heads, rows, notes }: WhyTable, width: number): readonly StyledLine[] {
  const head = heads.map((text) => [[{ text, style: 'dim' as const }]])
  const body = rows.map((row) => row.map((text) => [[{ text }]]))
  const grid = [head, ...body]
  return [
    ...wrap(title, width).map((text): StyledLine => [{ text, style: 'bold' }]),
    ...(gridWidth(grid, gap) <= width
      ? layOut(grid, gap)
      : rows.flatMap((row) => rowLines(heads, row, width))),
    ...notes.flatMap((note) =>
      wrap(note, width).map((text): StyledLine => [{ text, style: 'dim' }]),
    ),
    [],
  ]
}

function rowLines(
  heads: readonly string[],
  [first = '', ...cells]: readonly string[],
  width: number,
) {
  const parts = cells.map((text, index) => `${heads[index + 1]} ${text}`.trim())
  return wrap(`${first}: ${parts.join('; ')}`, width - 2).map(
    (line, index): StyledLine => [{ text: index === 0 ? line : `  ${line}` }],
  )
}
