/** Text that does what it can to whoever shows it, for tests. */
import fc from 'fast-check'

const ATTACKS = [
  '\x1b[2J\x1b[H',
  '\x1b]0;title\x07',
  '\x1b]8;;http://x\x1b\\link',
  '\x9b31m',
  '\x07\x08\0\x7f',
  '\u202e\u2066\u200f\u061c',
  '\u2028\u2029\u0085\r\n',
  '<script>x</script>',
  '"><img src=x onerror=y>',
  '</svg></title>',
  '| a | b |',
  '[click](http://x) ![](http://x)',
  '```\n# head\n```',
  '\n- item\n1. item\n> quote\n',
  '\ud83d',
  '&lt;b&gt;',
]

export const anyText = fc
  .array(fc.oneof(fc.constantFrom(...ATTACKS), fc.string({ unit: 'binary', maxLength: 20 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((pieces) => pieces.join(''))

/**
 * What a text for people must not hold: controls other than line feeds, what turns its direction,
 * and half characters. Spelt out, so as not to repeat what it is to check.
 */
export function unsafeIn(text: string): readonly string[] {
  return [...text].filter((character) => {
    const code = character.codePointAt(0) ?? 0
    const isControl = code < 0x20 || (code >= 0x7f && code <= 0x9f)
    const isTurning = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069)
    const isMark = [0x061c, 0x200e, 0x200f, 0x2028, 0x2029].includes(code)
    const isHalf = code >= 0xd800 && code <= 0xdfff
    return (isControl && character !== '\n') || isTurning || isMark || isHalf
  })
}
