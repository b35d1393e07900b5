/**
 * Markup of HTML and SVG. Only `html` makes it, and what is put into it is escaped unless it is
 * markup itself: no text of others can be taken for ours, wherever it comes from. By hand, as the
 * packages that do this return strings, which the next template takes for text or trusts by a sign
 * that one may forget, and leave control characters in.
 */
import { oneLine } from '../../fixtures/printable.ts'

class Fragment {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  toString(): string {
    return this.#text
  }
}

/** `${markup}` is its text, for a file. */
export type Markup = Fragment

/** Text, or what is no text of others; a list is its pieces in a row, null is nothing. */
export type Piece = string | number | Markup | null | readonly Piece[]

/** Texts may stand in an element or in a quoted attribute; not in `style`, whose text HTML reads raw. */
export function html(template: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  return new Fragment(String.raw({ raw: template }, ...pieces.map(markupOf)))
}

/** A program of ours as it is: `html` would escape it. @throws if it would end its own element. */
export function scriptElement(program: string): Markup {
  if (/<\/script|<!--/i.test(program)) throw new Error('a script that ends its own element')
  return new Fragment(`<script>${program}</script>`)
}

/** Pieces with `separator` between them. */
export function joined(pieces: readonly Piece[], separator: Markup): Markup {
  return html`${pieces.flatMap((piece, index) => (index === 0 ? [piece] : [separator, piece]))}`
}

function markupOf(piece: Piece): string {
  if (piece === null) return ''
  if (piece instanceof Fragment) return `${piece}`
  if (typeof piece === 'object') return piece.map(markupOf).join('')
  return oneLine(`${piece}`).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
