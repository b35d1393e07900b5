import { oneLine } from '../../fixtures/printable.ts'

/** Text for HTML and SVG, in an element or in a quoted attribute. */
export function escapeMarkup(text: string): string {
  return oneLine(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
