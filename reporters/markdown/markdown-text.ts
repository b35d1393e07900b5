/** Pieces of GitHub's Markdown. */
import { oneLine, printable } from '../../fixtures/printable.ts'

/** Plain text: none of it may start a tag, a link, a column or an emphasis. */
export function escaped(text: string): string {
  return oneLine(text).replace(/[\\`*_[\]<>|#~&]/g, '\\$&')
}

/** Lines as they are; a fence that is longer than any within ends no sooner. */
export function fenced(text: string): readonly string[] {
  const inner = text.match(/`+/g)?.map((ticks) => ticks.length) ?? []
  const fence = '`'.repeat(Math.max(3, ...inner.map((length) => length + 1)))
  return [fence, ...printable(text).split('\n'), fence]
}

/** An item of a list; what follows its first line is a console. */
export function listItem(note: string): string {
  const [first = '', ...console] = note.split('\n')
  const item = `- ${escaped(first)}`
  if (console.length === 0) return item
  return [item, '', ...fenced(console.join('\n')).map((line) => `  ${line}`)].join('\n')
}

/** Hidden until it is asked for. @param title of ours: it is not escaped. */
export function folded(title: string, parts: readonly string[]): string {
  return `<details><summary>${title}</summary>\n\n${parts.join('\n\n')}\n\n</details>`
}
