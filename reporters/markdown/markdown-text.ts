/** Pieces of GitHub's Markdown. */

/** A table with the first row as its head; the texts must be escaped. */
export function grid([head = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** Plain text: none of it may start a tag, a link, a column or an emphasis. */
export function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>|#~]/g, '\\$&').replace(/\s+/g, ' ')
}
