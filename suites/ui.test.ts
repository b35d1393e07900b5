/** Vitest's UI as a person meets it: the answer first, and tests that are run again. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { execa } from 'execa'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { isThere } from '../fixtures/machine/packages.ts'
import { PROJECT_DIRECTORY } from '../fixtures/machine/paths.ts'
import type { Comparison } from '../fixtures/model.ts'
import { readJournal } from '../fixtures/session/journal.ts'
import { formatRatio } from '../fixtures/units.ts'
import { CHROMIUM, openChromium } from '../reporters/html/chromium.ts'

const VITEST = join(PROJECT_DIRECTORY, 'node_modules/vitest/vitest.mjs')
const CELL = '4 KiB read'

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** A run of one cell, its UI open: what it has said so far, and its results. */
async function openUi(stack: AsyncDisposableStack) {
  const root = await mkdtemp(join(tmpdir(), 'guestbench-ui-'))
  stack.defer(() => rm(root, { recursive: true }))
  const results = join(root, 'results')
  const env = {
    ...{ GUESTBENCH_DIR: join(root, 'storage'), GUESTBENCH_RESULTS: results },
    ...{ GUESTBENCH_WORKLOADS: 'read', GUESTBENCH_REQUIRE: '', CI: 'true' },
  }
  const words = ['bench', '--ui', '--watch', '--mode', 'smoke', `--api.port=${await freePort()}`]
  const running = execa(process.execPath, [VITEST, ...words, 'answer', 'linux'], {
    ...{ cwd: PROJECT_DIRECTORY, env, reject: false, all: true },
  })
  stack.defer(async () => {
    running.kill('SIGTERM')
    expect((await running).exitCode).toBe(130)
  })
  let said = ''
  running.all.on('data', (data) => {
    said += stripVTControlCharacters(`${data}`)
  })
  const runs = () => said.split('All sessions: ').length - 1
  await expect.poll(runs).toBe(1)
  const url = /http:\S+token=\S+/.exec(said)?.[0] ?? ''
  return { url, results, runs }
}

/** From top to bottom, whatever their order in the page. */
async function shownItems(page: Page): Promise<readonly string[]> {
  return await page.getByTestId('explorer-item').evaluateAll((items) => {
    const top = (item: (typeof items)[number]) => item.getBoundingClientRect().top
    return items.toSorted((a, b) => top(a) - top(b)).map((item) => item.ariaLabel ?? '')
  })
}

/** What the session's own test shows: the annotations' texts, and the chart. */
async function answer(page: Page): Promise<{ text: string; chart: string }> {
  await page.getByLabel('what it has shown').click()
  await page.getByText('The session > what it has shown').waitFor()
  const picture = page.locator('img').last()
  const source = await picture.getAttribute('src')
  const chart = await page.evaluate(async (url) => await (await fetch(url)).text(), source ?? '')
  return { text: await page.locator('body').innerText(), chart }
}

test('the session’s answer stands first, and follows a test that is run again', async (context) => {
  const lacks = !(await isThere(CHROMIUM))
  if (lacks && process.env.CI === 'true') throw new Error(`${CHROMIUM} is missing`)
  context.skip(lacks, `${CHROMIUM} is missing: npm run setup -- --development`)
  await using stack = new AsyncDisposableStack()
  const { url, results, runs } = await openUi(stack)
  const browser = await openChromium()
  stack.defer(() => browser.close())
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } })
  await page.goto(url)
  const [answers, linux] = ['suites/answer.bench.ts', 'suites/linux.bench.ts']
  const first = [answers, 'The session', 'what it has shown', linux, 'Linux']
  await expect
    .poll(() => shownItems(page))
    .toEqual([...first, expect.any(String), expect.any(String), CELL, expect.any(String)])

  const [id = ''] = (await readdir(results)).filter((name) => /^2/.test(name))
  const ratio = async () => {
    const text = await readFile(join(results, id, 'comparison.json'), 'utf8')
    const { cells } = JSON.parse(text) as Comparison
    expect(cells).toHaveLength(1)
    expect(cells[0]?.blocks).toBe(1)
    return formatRatio(cells[0]?.ratio ?? 0)
  }
  const { text, chart } = await answer(page)
  expect(text).toContain('This machine’s noise: unknown: too few blocks')
  expect(chart).toContain('<title>Time against plain Linux on the same machine</title>')
  expect(chart).toContain(`>${await ratio()} `)

  await page.getByLabel(CELL, { exact: true }).hover()
  await page.getByLabel(CELL, { exact: true }).getByTestId('btn-run-test').click()
  await expect.poll(runs).toBe(3)
  const entries = readJournal(join(results, id, 'measurements.jsonl'))
  expect(entries.filter(({ type }) => type === 'boot')).toHaveLength(4)
  expect(entries.filter((entry) => entry.type === 'stop' && entry.reason === 'again')).toHaveLength(
    1,
  )
  expect((await readdir(results)).filter((name) => /^2/.test(name))).toEqual([id])
  expect((await answer(page)).chart).toContain(`>${await ratio()} `)
  await page.getByLabel(CELL, { exact: true }).click()
  await page
    .getByText(`${await ratio()} Linux`)
    .first()
    .waitFor()
})
