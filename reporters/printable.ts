/**
 * Text of others (guests' consoles, tools' complaints, names of files and devices) made safe to show
 * in a terminal, in Markdown and in HTML. Files of results keep it as it was, escaped by JSON.
 */

/** Control characters of C0 and C1, DEL, what turns the direction of text, and separators of lines. */
const UNSAFE = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu
/** Of a line: more than anything of ours has, a claim with all its evidence. */
const MOST_CHARACTERS = 4000
const MOST_LINES = 200

/** Every string in `value`, line by line: each of them, and their number, is bounded. */
export function printable<T>(value: T): T {
  return mapped(value, (text) => {
    const lines = text.slice(0, MOST_LINES * MOST_CHARACTERS).split('\n')
    const shown = lines.slice(0, MOST_LINES).map((line) => safe(line.replace(RETURNS, '')))
    return (lines.length > MOST_LINES ? [...shown, '…'] : shown).join('\n')
  })
}

/** Every string in `value`, in one line. */
export function oneLine<T>(value: T): T {
  return mapped(value, (text) => {
    const start = text.slice(0, MOST_LINES * MOST_CHARACTERS)
    return safe(start.replace(/\s+/g, ' ').trim())
  })
}

/** Those that end a line. The look behind keeps a line of nothing else from taking their square. */
const RETURNS = /(?<!\r)\r+$/

function safe(line: string): string {
  const isCut = line.length > MOST_CHARACTERS
  const kept = isCut ? `${line.slice(0, MOST_CHARACTERS - 1)}…` : line
  return kept.toWellFormed().replace(UNSAFE, picture)
}

/** One character for one, so that columns stay where they are: `␛`, `␀`. */
function picture(character: string): string {
  const code = character.charCodeAt(0)
  if (character === '\t') return ' '
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  return code === 0x7f ? '␡' : '\ufffd'
}

function mapped<T>(value: T, change: (text: string) => string): T {
  if (typeof value === 'string') return change(value) as T
  if (Array.isArray(value)) return value.map((item) => mapped(item, change)) as T
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, own]) => [name, mapped(own, change)])
  return Object.fromEntries(entries) as T
}
