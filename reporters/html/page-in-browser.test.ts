/** Pages as a person meets them: in a real browser, on paper, on a phone, with a screen reader. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import axe from 'axe-core'
import { execa } from 'execa'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { missingPackages, packagesForDevelopment } from '../../fixtures/machine/packages.ts'
import { slowness } from '../../fixtures/machine/slowness.ts'
import { japanese } from '../../fixtures/words/words.ts'
import { gateEntries, gateReport } from '../gate/example-gate.ts'
import { renderGatePage } from '../gate/gate-page.ts'
import { exampleReport, exampleSummary, sideBySideReport } from '../view/example-report.ts'
import { largestReport, largestTitles, sizesReport } from '../view/largest-session.ts'
import { openChromium } from './chromium.ts'
import { renderPage } from './page.ts'

/** Two screens of it are what a person scrolls. */
const PHONE = { width: 390, height: 844 }
const DESK = { width: 1200, height: 900 }
/** Of a page, and of what a person waits for. */
const MOST_BYTES = 2 ** 20
const MOST_RENDER_MS = 2000
const MOST_WAIT_MS = 500

const needed = packagesForDevelopment().filter(({ purpose }) => purpose.includes('pages'))
const lacking = (await missingPackages(needed)).map(({ name }) => name)
const missing =
  lacking.length === 0 ? '' : `${lacking.join(', ')} missing: npm run setup -- --development`
const isCi = process.env.CI === 'true'
const NAMES = ['largest', 'example', 'gate', 'sizes', 'japanese', 'differences'] as const
let directory: string
let browser: Browser | undefined
/** By name: `largest` has the longest names, `example` every kind of cell, `gate` every verdict. */
const urls = { largest: '', example: '', gate: '', sizes: '', japanese: '', differences: '' }
const complaints: string[] = []
let renderMs = Infinity
let bytes = Infinity

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'guestbench-pages-'))
  const began = performance.now()
  const largest = renderPage(largestReport())
  renderMs = performance.now() - began
  bytes = Buffer.byteLength(largest)
  const example = renderPage(exampleReport())
  const sizes = renderPage(sizesReport())
  const gate = renderGatePage(gateReport, gateEntries, exampleSummary)
  const inJapanese = renderPage(sizesReport(japanese))
  const differences = renderPage(sideBySideReport(japanese))
  const pages = { largest, example, gate, sizes, japanese: inJapanese, differences }
  for (const [name, text] of Object.entries(pages)) {
    const file = join(directory, `${name}.html`)
    await writeFile(file, text)
    urls[name as keyof typeof urls] = pathToFileURL(file).href
  }
})
beforeEach(async (context) => {
  if (missing !== '' && isCi) throw new Error(missing)
  context.skip(missing !== '', missing)
  browser ??= await openChromium()
})
afterAll(async () => {
  await browser?.close()
  await rm(directory, { recursive: true })
})

/** A new one; what it complains of is kept. */
async function open(url: string, viewport = DESK, further: BrowserContextOptions = {}) {
  const context = await (browser as Browser).newContext({ viewport, ...further })
  const page = await context.newPage()
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', ({ message }) => complaints.push(message))
  await page.goto(url)
  return {
    page,
    [Symbol.asyncDispose]: () => context.close(),
  }
}

/** Environments whose rows are seen, in the first chart or table that `within` finds. */
async function shown(page: Page, within: string): Promise<readonly string[]> {
  const rows = page.locator(within).first().locator('[data-environment]:not([hidden])')
  return await rows.evaluateAll((all) => {
    const top = (row: (typeof all)[number]) => row.getBoundingClientRect().top
    return all.toSorted((a, b) => top(a) - top(b)).map((row) => row.dataset.environment ?? '')
  })
}

/** Texts of charts that overlap another's box, or stick out of their picture. */
async function badlyPlaced(page: Page): Promise<readonly string[]> {
  return await page.locator('figure > svg').evaluateAll((pictures) =>
    pictures.flatMap((picture) => {
      const frame = picture.getBoundingClientRect()
      const slack = 2 * (frame.width / Number(picture.getAttribute('width')))
      const boxes = [...picture.querySelectorAll('text')]
        .map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0)
      const cut = boxes.filter(
        ({ box }) =>
          box.left < frame.left || box.right > frame.right || box.bottom > frame.bottom + slack,
      )
      const overlapping = boxes.filter(({ box }, index) =>
        boxes
          .slice(index + 1)
          .some(
            ({ box: other }) =>
              Math.min(box.right, other.right) - Math.max(box.left, other.left) > 0 &&
              Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > slack,
          ),
      )
      return [...cut, ...overlapping].map(({ text }) => `${picture.parentElement?.id}: ${text}`)
    }),
  )
}

test('the largest session is small and quick', async () => {
  const factor = slowness()
  await using opened = await open(urls.largest)
  const timing = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
  const interactiveMs = (await opened.page.evaluate(timing)) as number
  const before = performance.now()
  await opened.page.goto(`${urls.largest}#operation=read`)
  await opened.page
    .locator('figure[data-operation=write][hidden]')
    .first()
    .waitFor({ state: 'attached' })
  const filterMs = performance.now() - before
  const figures = [renderMs, interactiveMs, filterMs].map((ms) => `${Math.round(ms)} ms`)
  console.log(
    `14 environments × 6 workloads × 30 blocks: ${Math.round(bytes / 1024)} KiB, rendered in ` +
      `${figures[0]}, interactive in ${figures[1]}, filtered in ${figures[2]} ` +
      `(this machine is ${factor.toFixed(1)} times slower than the one of the limits)`,
  )
  expect(bytes).toBeLessThan(MOST_BYTES)
  expect(renderMs).toBeLessThan(MOST_RENDER_MS * factor)
  expect(interactiveMs).toBeLessThan(MOST_WAIT_MS * factor)
  expect(filterMs).toBeLessThan(MOST_WAIT_MS * factor)
})

test('what is chosen is shown, kept in the address, and restored from it', async () => {
  await using opened = await open(urls.largest)
  const { page } = opened
  expect(await shown(page, 'figure')).toHaveLength(largestTitles.length)
  await page.getByText('Choose what is shown').click()
  await page.getByLabel('Docker', { exact: true }).uncheck()
  await page.getByLabel('write(sync)').uncheck()
  await page.getByLabel('ranked only').check()
  const column = page.getByRole('button', { name: 'read' }).first()
  await column.click()
  const slowestFirst = [5, 4, 3, 2].map((index) => `environment-${index}`)
  const ranked = [...slowestFirst, 'linux', 'environment-6']
  const [table, chart] = ['#table-4096-warm tbody', '#chart-4096-warm-read']
  expect(await shown(page, table)).toEqual(ranked)
  expect(await shown(page, chart)).toEqual(ranked)
  expect(await page.locator('#chart-4096-warm-write-sync').isVisible()).toBe(false)
  expect(await page.locator('#emulated').isVisible()).toBe(false)
  expect(await badlyPlaced(page)).toEqual([])

  await using again = await open(page.url())
  expect(await shown(again.page, table)).toEqual(await shown(page, table))
  expect(await shown(again.page, chart)).toEqual(await shown(page, chart))
  expect(await again.page.getByLabel('Docker', { exact: true }).isChecked()).toBe(false)
  await again.page.getByText('Choose what is shown').click()
  await again.page.getByRole('button', { name: 'Show all' }).click()
  expect(await shown(again.page, 'figure')).toHaveLength(largestTitles.length)
})

test('charts and tables are saved as what others read', async () => {
  await using opened = await open(urls.largest)
  const { page } = opened
  const saved = async (of: string, name: string) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator(of).getByRole('button', { name }).click(),
    ])
    return await readFile(await download.path(), 'utf8')
  }
  const csv = await saved('#table-4096-warm', 'CSV')
  const [head = '', ...rows] = csv.split('\r\n')
  expect(head).toMatch(/^environment,write-sync median ns,.*,read verdict$/)
  expect(rows[1]).toMatch(/^"Docker",\d+(\.\d+)?,.*,slower$/)
  const commas = (row: string) => row.replaceAll(/"[^"]*"/g, '').split(',').length
  expect(new Set(rows.filter((row) => !row.includes('Pi 4 study, 4 KB')).map(commas))).toEqual(
    new Set([commas(head)]),
  )
  const svg = await saved('#chart-4096-warm-read', 'SVG')
  const file = join(directory, 'chart.svg')
  await writeFile(file, svg)
  await using alone = await open(pathToFileURL(file).href)
  const colour = await alone.page.evaluate(
    "getComputedStyle(document.querySelector('circle.slower')).fill",
  )
  expect(colour).toBe('rgb(180, 35, 24)')
})

test.each(NAMES)('%s: no text is cut or on another', async (name) => {
  await using desk = await open(urls[name])
  expect(await badlyPlaced(desk.page)).toEqual([])
  await using phone = await open(urls[name], PHONE)
  expect(await badlyPlaced(phone.page)).toEqual([])
})

test.each(NAMES)('%s: a phone cuts no figure', async (name) => {
  await using opened = await open(urls[name], PHONE)
  const { page } = opened
  const width = await page.locator('html').evaluate((html) => html.scrollWidth)
  expect(width).toBe(PHONE.width)
  const cut = await page.locator('td[data-value], figure').evaluateAll((all, right) => {
    const shown = all.filter((one) => one.getBoundingClientRect().right > right + 1)
    return shown.map((one) => `${one.id} ${one.textContent}`)
  }, PHONE.width)
  expect(cut).toEqual([])
})

test.each(['largest', 'example', 'gate'] as const)(
  '%s: a phone soon shows a chart',
  async (name) => {
    await using opened = await open(urls[name], PHONE)
    const first = await opened.page.locator('figure').first().boundingBox()
    expect(first?.y).toBeLessThan(2 * PHONE.height)
  },
)

test('on paper nothing is lost', async () => {
  await using opened = await open(`${urls.largest}#ranked=1`)
  const file = join(directory, 'page.pdf')
  await opened.page.pdf({ path: file, format: 'A4', preferCSSPageSize: true })
  const hidden = await text(file)
  expect(hidden).not.toContain('Xen dom0')
  await opened.page.goto(urls.largest)
  await opened.page.reload()
  await opened.page.pdf({ path: file, format: 'A4', preferCSSPageSize: true })
  const printed = await text(file)
  for (const title of largestTitles) {
    if (/^[ -~]+$/.test(title)) expect(printed).toContain(title.replaceAll(/[\s-]+/g, ''))
  }
  // What is folded away on the screen.
  expect(printed).toContain('fsyncmakesdockerslower')
})

/** Of a PDF, without the spaces and hyphens at which lines were broken. */
async function text(file: string): Promise<string> {
  const { stdout } = await execa('pdftotext', ['-layout', file, '-'])
  return stdout.replaceAll(/[\s-]+/g, '')
}

test.each(['example', 'gate', 'japanese'] as const)(
  '%s: axe finds nothing, in the dark neither',
  async (name) => {
    await using light = await open(urls[name])
    await unfold(light.page)
    expect(await faults(light.page)).toEqual([])
    await using dark = await open(urls[name], DESK, { colorScheme: 'dark' })
    await unfold(dark.page)
    expect(await faults(dark.page, ['color-contrast'])).toEqual([])
  },
)

async function unfold(page: Page): Promise<void> {
  await page.locator('details').evaluateAll((all) => {
    for (const details of all) details.setAttribute('open', '')
  })
}

/** @param only these of axe's rules. */
async function faults(page: Page, only?: readonly string[]): Promise<readonly string[]> {
  const options = { resultTypes: ['violations'], ...(only && { runOnly: only }) }
  const run = `${axe.source}; axe.run(${JSON.stringify(options)})`
  const { violations } = (await page.evaluate(run)) as axe.AxeResults
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`)
}

test('without script the page is whole, and offers nothing that would need it', async () => {
  await using opened = await open(urls.largest, DESK, { javaScriptEnabled: false })
  const { page } = opened
  const seen = await page
    .locator('#table-4096-warm th, #table-4096-warm-emulated th')
    .allInnerTexts()
  expect(seen).toEqual(expect.arrayContaining([...largestTitles]))
  expect(await page.locator('figure > svg').first().isVisible()).toBe(true)
  expect(await page.locator('#controls').isVisible()).toBe(false)
  expect(await page.locator('button:visible').count()).toBe(0)
})

test('no page has complained', () => {
  expect(complaints).toEqual([])
})

const FAULTY = `<!doctype html><html lang="en"><meta http-equiv="Content-Security-Policy" content="script-src 'none'">
<title>x</title><main><h1>x</h1><figure id="faulty"><svg width="100" height="60"><title>x</title>
<text x="0" y="20">one</text><text x="4" y="20">two</text><text x="80" y="50">beyond the edge</text></svg></figure>
<p style="color:#999;background:#aaa">pale</p></main><script>document.title = 'y'</script>`

test('each of these checks finds what it is for', async () => {
  const file = join(directory, 'faulty.html')
  await writeFile(file, FAULTY)
  await using opened = await open(pathToFileURL(file).href)
  const found = await badlyPlaced(opened.page)
  expect(found.toSorted()).toEqual(['faulty: beyond the edge', 'faulty: one'])
  expect((await faults(opened.page)).join()).toMatch(/^color-contrast: /)
  expect(complaints.splice(0).join()).toContain('Content Security Policy')
})
