/** Text in columns for a terminal: cells of several lines, each line made of styled spans. */
import { styleText } from 'node:util'
import stringWidth from 'string-width'

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'cyan' | 'yellow'

export interface Span {
  text: string
  style?: Style
}

export type StyledLine = readonly Span[]

/** What one cell of a grid holds, from top to bottom. */
export type GridCell = readonly StyledLine[]

/** Rows of blocks → lines; columns as wide as their widest line, `gap` apart. */
export function layOut(rows: readonly (readonly GridCell[])[], gap: number): readonly StyledLine[] {
  const widths = columnWidths(rows)
  return rows.flatMap((row) => {
    const height = Math.max(...row.map((block) => block.length))
    return Array.from({ length: height }, (_, index) =>
      row.flatMap((block, column) => {
        const line = block[index] ?? []
        const isLast = column === row.length - 1
        const padding = isLast ? 0 : (widths[column] ?? 0) + gap - lineWidth(line)
        return [...line, { text: ' '.repeat(padding) }]
      }),
    )
  })
}

export function gridWidth(rows: readonly (readonly GridCell[])[], gap: number): number {
  const widths = columnWidths(rows)
  return widths.reduce((sum, width) => sum + width, 0) + gap * (widths.length - 1)
}

/** A line for printing: no escape sequence without `colour`, no spaces at its end. */
export function paint(line: StyledLine, colour: boolean): string {
  const end = line.findLastIndex(({ text }) => text.trim() !== '')
  const shown = line.slice(0, end + 1)
  return shown
    .map(({ text, style }, index) => {
      const printed = index === end ? text.trimEnd() : text
      if (!colour || style === undefined) return printed
      return styleText(style, printed, { validateStream: false })
    })
    .join('')
}

/**
 * Lines of at most `width`, broken between words, and in Japanese between characters; a word that is
 * longer is broken itself.
 * @param measure of a text; a terminal's columns unless something else is drawn on.
 */
export function wrap(text: string, width: number, measure = stringWidth): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const pieces = breakable(word).flatMap((piece) => chunks(piece, width, measure))
    for (const [index, piece] of pieces.entries()) {
      const longer = `${line}${index === 0 ? ' ' : ''}${piece}`
      if (line === '') line = piece
      else if (measure(longer) <= width) line = longer
      else {
        lines.push(line)
        line = piece
      }
    }
  }
  return [...lines, line]
}

const JAPANESE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー、。（）「」〜・]/u
/** What begins no line, and what ends none (JIS X 4051). */
const CLOSING = /^[、。）」〜・ー!?:;,.)\]%ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ]/
const OPENING = /[（「([×]$/

/** A word in the pieces between which a line may end: all of it where no Japanese is in it. */
function breakable(word: string): readonly string[] {
  if (!JAPANESE.test(word)) return [word]
  const pieces: string[] = []
  let before = ''
  for (const { segment } of characters.segment(word)) {
    const isApart = JAPANESE.test(before) || JAPANESE.test(segment)
    if (isApart && before !== '' && !CLOSING.test(segment) && !OPENING.test(before)) {
      pieces.push(segment)
    } else {
      pieces.push(`${pieces.pop() ?? ''}${segment}`)
    }
    before = segment
  }
  return pieces
}

const characters = new Intl.Segmenter()

/** What the eye takes for one character stays whole, though it be wider than `width`. */
function chunks(word: string, width: number, measure: (text: string) => number): readonly string[] {
  if (measure(word) <= width) return [word]
  const parts: string[] = []
  let part = ''
  for (const { segment } of characters.segment(word)) {
    if (part !== '' && measure(part + segment) > width) {
      parts.push(part)
      part = ''
    }
    part += segment
  }
  return [...parts, part]
}

function columnWidths(rows: readonly (readonly GridCell[])[]): readonly number[] {
  const columns = Math.max(0, ...rows.map((row) => row.length))
  return Array.from({ length: columns }, (_, column) =>
    Math.max(0, ...rows.flatMap((row) => (row[column] ?? []).map(lineWidth))),
  )
}

function lineWidth(line: StyledLine): number {
  return line.reduce((sum, { text }) => sum + stringWidth(text), 0)
}
