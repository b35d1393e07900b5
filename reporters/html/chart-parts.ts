/** What all charts are drawn of: texts that fit, rows below each other, axes on top. */
import { wrap } from '../terminal/text-layout.ts'
import type { LogScale } from './log-scale.ts'
import { html, type Markup, type Piece } from './markup.ts'

/** A piece of SVG whose top left corner is its origin. */
export interface Drawing {
  markup: Markup
  height: number
}

/** A phone's width: the text stays readable without scrolling. */
export const panelWidth = 440
/** Left and right of texts. */
export const margin = 16
/** Left and right of an axis: half of the label of a tick at its end fits. */
const inset = 24
export const plotLeft = inset
export const plotRight = panelWidth - inset
const textWidth = panelWidth - 2 * margin

const lineHeight = 17
/** Between a label and its figures in one line. */
const apart = 12
const gap = 10

type TextStyle = 'title' | 'label' | 'end' | 'note' | 'axis' | 'tick'

/** Pixels, and whether it is bold: as chart-style.ts has it. */
const FONTS: Readonly<Record<TextStyle, readonly [size: number, isBold: boolean]>> = {
  title: [16, true],
  label: [13, true],
  end: [13, false],
  note: [12, false],
  axis: [12, false],
  tick: [12, false],
}

/** Of the widest common font (DejaVu Sans), in its sizes: what fits in that fits in all. */
function widthOf(text: string, style: TextStyle): number {
  const [size, isBold] = FONTS[style]
  const isPlain = /^[ -~]*$/.test(text)
  const shown = isPlain ? [...text] : [...characters.segment(text)].map(({ segment }) => segment)
  return size * shown.reduce((sum, character) => sum + emsOf(character, isBold), 0)
}

const characters = new Intl.Segmenter()

function emsOf(character: string, isBold: boolean): number {
  if (/[a-z0-9]/.test(character)) {
    if (/[ijl]/.test(character)) return isBold ? 0.41 : 0.35
    if (/[rtf]/.test(character)) return isBold ? 0.55 : 0.5
    if (!/[mw]/.test(character)) return isBold ? 0.73 : 0.64
  }
  if (/[I.,:;'|! ]/.test(character)) return isBold ? 0.41 : 0.35
  if (/[()[\]{}J/"·–-]/.test(character)) return isBold ? 0.55 : 0.5
  if (/[A-LN-VX-Z×+<>=~µ&#]/.test(character)) return isBold ? 0.87 : 0.85
  return isBold ? 1.12 : 1.1
}

/** Lines that fit between the margins, or in `width`. */
export function fitted(text: string, style: TextStyle, width = textWidth): readonly string[] {
  return wrap(text, width, (part) => widthOf(part, style))
}

export function svgText(x: number, y: number, style: string, content: string): Markup {
  return html`<text class="${style}" x="${rounded(x)}" y="${rounded(y)}">${content}</text>`
}

export function rounded(value: number): number {
  return Math.round(value * 10) / 10
}

/** Dots of one path: a line without length, its ends round. */
export function dots(style: string, points: readonly (readonly [x: number, y: number])[]): Piece {
  if (points.length === 0) return null
  const path = points.map(([x, y]) => `M${rounded(x)} ${rounded(y)}h0`).join('')
  return html`<path class="${style}" d="${path}"/>`
}

/** Lines of text from the top, of one style. */
export function lines(texts: readonly string[], style: TextStyle, top: number): Drawing {
  const markup = texts.map((line, index) =>
    svgText(margin, top + (index + 1) * lineHeight - 4, style, line),
  )
  return { markup: html`${markup}`, height: texts.length * lineHeight }
}

/** A label and its figures: in one line if there is room, else below each other. */
export function rowHead(label: string, figures: string): Drawing {
  const labels = fitted(label, 'label')
  const last = labels.at(-1) ?? ''
  const isRoomy = widthOf(last, 'label') + apart + widthOf(figures, 'end') <= textWidth
  const ends = fitted(figures, 'end')
  const from = isRoomy ? labels.length - 1 : labels.length
  const right = ends.map((line, index) =>
    svgText(panelWidth - margin, (from + index + 1) * lineHeight - 4, 'end', line),
  )
  return {
    markup: html`${lines(labels, 'label', 0).markup}${right}`,
    height: (from + ends.length) * lineHeight,
  }
}

/** What a page's script finds a row by. */
export interface RowKey {
  environment: string
  /** By which rows are sorted; null: last. */
  value: number | null
  isRanked: boolean
  /** What a pointer at rest reads. */
  hint: string
}

export interface ChartRow extends Drawing {
  key: RowKey | null
}

/** Title and whatever stands between it and the rows, then the rows; `top` is where they begin. */
export function rowsBelow(
  title: string,
  head: (top: number) => Drawing,
  rows: readonly ChartRow[],
): Drawing {
  const titles = fitted(title, 'title')
  const titleHeight = titles.length * 20 + 10
  const texts = titles.map((line, index) => svgText(margin, 27 + index * 20, 'title', line))
  const axis = head(titleHeight)
  let height = titleHeight + axis.height
  const markup = rows.map((row) => {
    const { key } = row
    const data =
      key &&
      html` data-environment="${key.environment}" data-value="${key.value}"${key.isRanked ? null : html` data-unranked=""`}`
    const placed = html`<g class="row" data-height="${row.height + gap}"${data} transform="translate(0 ${height})">${key && html`<title>${key.hint}</title>`}<rect class="hit" width="${panelWidth}" height="${row.height + gap}"/>${row.markup}</g>`
    height += row.height + gap
    return placed
  })
  return { markup: html`${texts}${axis.markup}${markup}`, height: height + 4 }
}

/** Lines in words, the two ends of the axis, and the ticks' labels. */
export function axisHead(
  words: string,
  ends: readonly [left: string, right: string],
  { position, ticks }: LogScale,
  format: (tick: number) => string,
): (top: number) => Drawing {
  return (top) => {
    const said = lines(fitted(words, 'axis'), 'axis', top)
    const directions = top + said.height + lineHeight - 4
    const labels = ticks.map((tick) =>
      svgText(position(tick), directions + lineHeight, 'tick', format(tick)),
    )
    const [left, right] = ends
    const pointed = [
      left && svgText(margin, directions, 'axis', left),
      right && svgText(panelWidth - margin, directions, 'axis far', right),
    ]
    return {
      markup: html`${said.markup}${pointed}${labels}`,
      height: said.height + 2 * lineHeight + 4,
    }
  }
}

/** Lines of the grid through a row, one of them native Linux. */
export function grid({ position, ticks }: LogScale, top: number, height: number): Markup {
  const path = (at: readonly number[]) =>
    at.map((tick) => `M${rounded(position(tick))} ${top}v${height}`).join('')
  const others = ticks.filter((tick) => tick !== 1)
  return html`<path class="tick" d="${path(others)}"/>`
}
