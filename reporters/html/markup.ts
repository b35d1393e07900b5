/** Text for HTML and SVG, in an element or in a quoted attribute. */
export function escapeMarkup(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML forbids them even when escaped
  const allowed = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, ' ')
  return allowed.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
