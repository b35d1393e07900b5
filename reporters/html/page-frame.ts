/** A page in one file: its head, its style, and a script that only its own hash lets run. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Words } from '../../fixtures/words/words.ts'
import { chartStyle } from './chart-style.ts'
import { html, joined, type Markup, type Piece, scriptElement } from './markup.ts'
import { pageStyle } from './page-style.ts'

/** Without the spaces and comments that only its readers need. */
const program = readFileSync(join(import.meta.dirname, 'browser/page-script.js'), 'utf8')
  .replaceAll(/^\s+/gm, '')
  .replaceAll(/^\/(\/|\*\*).*\n/gm, '')

const hash = createHash('sha256').update(program).digest('base64')
const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'`

/** The whole document; ends with a line feed. */
export function pageOf(
  title: string,
  body: readonly (Piece | Markup)[],
  { language }: Words,
): string {
  const page = html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>${title}</title>${pageStyle}${chartStyle}</head>
<body>
${joined(body, html`\n`)}
${scriptElement(program)}
</body></html>
`
  return `${page}`
}
