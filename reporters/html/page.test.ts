import { expect, test } from 'vitest'
import { exampleAvailability, exampleJournal } from '../../fixtures/transcripts/example-journal.ts'
import { exampleReport, exampleSummary } from '../view/example-report.ts'
import { renderPage } from './page.ts'

function page(journal = exampleJournal, machine = exampleSummary.machine): string {
  return renderPage(exampleReport(journal, { machine }))
}

test('every link leads to a footnote, and every footnote is linked', () => {
  const targets = [...page().matchAll(/id="(note-\d+)"/g)].map(([, id]) => id)
  const links = new Set([...page().matchAll(/href="#([^"]*)"/g)].map(([, id]) => id))
  expect(targets.length).toBeGreaterThan(5)
  expect([...links].sort()).toEqual([...targets].sort())
})

test('every element is closed', () => {
  const open: string[] = []
  for (const [, slash, name = ''] of page().matchAll(/<(\/?)([a-z][a-z0-9]*)(?:\s[^>]*[^/>]|)>/g)) {
    if (['meta', 'html'].includes(name)) continue
    if (slash) expect(open.pop()).toBe(name)
    else open.push(name)
  }
  expect(open).toEqual([])
})

test('headings descend without a gap and no cell is blank', () => {
  expect(page().match(/<h1>/g)).toHaveLength(1)
  expect(page().indexOf('<h2>')).toBeLessThan(page().indexOf('<h3>'))
  expect(page()).not.toMatch(/<td[^>]*><\/td>(?!<th)/)
})

test('it asks for nothing outside itself and runs nothing', () => {
  expect(page()).not.toMatch(
    /<script|\son\w+=|<link|<img|src=|https?:\/\/(?!www\.w3\.org\/2000\/svg)/,
  )
  expect(page()).toContain("default-src 'none'")
})

test('texts of others make no markup', () => {
  const evil = exampleAvailability('evil', '<script>x</script>', {
    state: 'unavailable',
    reason: '"><img src=x onerror=y>',
    remedy: '</li></ol>',
  })
  const shown = page([evil, ...exampleJournal], '<title>&')
  expect(shown).not.toMatch(/<script|<img|<title>&:|Remedy: <\/li>/)
  expect(shown).toContain('&#60;script&#62;x')
})

test('a session without a single measurement is still a page', () => {
  expect(page([])).toContain('<h2>How to read it</h2>')
  const none = page(exampleJournal.filter((entry) => entry.type === 'availability'))
  expect(none).toContain('Solo5-spt was built without seccomp')
})
