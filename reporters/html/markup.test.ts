import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyText, unsafeIn } from '../hostile-text.ts'
import { html, joined } from './markup.ts'

test('texts are escaped, markup is not, whatever they stand in', () => {
  const bold = html`<b title="${'"'}">${'<&>'}</b>`
  expect(`${bold}`).toBe('<b title="&#34;">&#60;&#38;&#62;</b>')
  expect(`${html`${[bold, ['<', 7, null]]}\n`}`).toBe(`${bold}&#60;7\n`)
  expect(`${joined(['<', bold, '\x1b'], html`<hr>`)}`).toBe(`&#60;<hr>${bold}<hr>␛`)
  expect(`${html``}`).toBe('')
})

test('markup that was made a string on its way is text again', () => {
  expect(`${html`<p>${`${html`<b>x</b>`}`}</p>`}`).toBe('<p>&#60;b&#62;x&#60;/b&#62;</p>')
})

test('no text makes a tag, ends an attribute or commands a terminal', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const shown = `${html`<a title="${text}">${[text]}${joined([text, text], html` `)}</a>`}`
      expect(shown).toMatch(/^<a title="[^<>"']*">[^<>"']*<\/a>$/)
      expect(unsafeIn(shown)).toEqual([])
    }),
  )
})
