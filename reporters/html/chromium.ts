/** Debian's chromium, as tests and screenshots drive pages in it. */
import { type Browser, chromium } from 'playwright-core'

export const CHROMIUM = '/usr/bin/chromium'

/** It asks nobody for anything; Playwright gives it a new profile, and removes that at its end. */
const WORDS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
]

/** @throws if it is not there. */
export async function openChromium(): Promise<Browser> {
  return await chromium.launch({ executablePath: CHROMIUM, args: WORDS })
}
