/** `npm run screenshots`: the README's pictures of a page, from the session in docs/example/. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PROJECT_DIRECTORY } from '../../fixtures/machine/paths.ts'
import { command } from '../../fixtures/session/command.ts'
import { openChromium } from '../html/chromium.ts'
import { renderPage } from '../html/page.ts'
import { exampleSession } from '../pages.ts'

const HELP = `npm run screenshots

Writes docs/screenshots/ anew: the page of the session in docs/example/ as a desk's screen and a phone's
show it. Needs Debian's chromium (npm run setup -- --development).`

const SHOTS = [
  { name: 'page.png', viewport: { width: 1200, height: 1085 }, colorScheme: 'light' },
  { name: 'phone.png', viewport: { width: 390, height: 1000 }, colorScheme: 'dark' },
] as const

await command({ name: 'screenshots', help: HELP }, async () => {
  const temporary = await mkdtemp(join(tmpdir(), 'guestbench-screenshots-'))
  const directory = join(PROJECT_DIRECTORY, 'docs/screenshots')
  await mkdir(directory, { recursive: true })
  const browser = await openChromium()
  try {
    const file = join(temporary, 'report.html')
    await writeFile(file, renderPage(await exampleSession()))
    for (const { name, viewport, colorScheme } of SHOTS) {
      const page = await browser.newPage({ viewport, colorScheme })
      await page.goto(pathToFileURL(file).href)
      await page.screenshot({ path: join(directory, name) })
    }
  } finally {
    await browser.close()
    await rm(temporary, { recursive: true })
  }
})
