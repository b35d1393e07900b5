/** `npm run screenshots`: the README's pictures of a page, from the session in docs/example/. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PROJECT_DIRECTORY } from '../../fixtures/machine/paths.ts'
import { command } from '../../fixtures/session/command.ts'
import { english, japanese } from '../../fixtures/words/words.ts'
import { openChromium } from '../html/chromium.ts'
import { renderPage } from '../html/page.ts'
import { exampleSession } from '../pages.ts'

const HELP = `npm run screenshots

Writes docs/screenshots/ anew: the page of the session in docs/example/ as a desk's screen and a phone's
show it, and in Japanese. Needs Debian's chromium and fonts-noto-cjk (npm run setup -- --development).`

const DESK = { width: 1200, height: 1085 }
const SHOTS = [
  { name: 'page.png', words: english, viewport: DESK, colorScheme: 'light' },
  { name: 'japanese.png', words: japanese, viewport: DESK, colorScheme: 'light' },
  {
    name: 'phone.png',
    words: english,
    viewport: { width: 390, height: 1000 },
    colorScheme: 'dark',
  },
] as const

await command({ name: 'screenshots', help: HELP }, async () => {
  const temporary = await mkdtemp(join(tmpdir(), 'guestbench-screenshots-'))
  const directory = join(PROJECT_DIRECTORY, 'docs/screenshots')
  await mkdir(directory, { recursive: true })
  const browser = await openChromium()
  try {
    const file = join(temporary, 'report.html')
    for (const { name, words, viewport, colorScheme } of SHOTS) {
      await writeFile(file, renderPage(await exampleSession(words)))
      const page = await browser.newPage({ viewport, colorScheme })
      await page.goto(pathToFileURL(file).href)
      await page.screenshot({ path: join(directory, name) })
    }
  } finally {
    await browser.close()
    await rm(temporary, { recursive: true })
  }
})
