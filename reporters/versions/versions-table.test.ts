import { join } from 'node:path'
import { expect, test } from 'vitest'
import { reportVersions } from '../../fixtures/analysis/versions.ts'
import { versionsJournal } from '../../fixtures/transcripts/versions-journal.ts'
import { versionsSvg } from './versions-chart.ts'
import { versionsMarkdown, versionsTable } from './versions-table.ts'

const BUILDS = [
  { name: 'v0.9.3' },
  { name: 'v0.10.1', ratio: 1.1 },
  { name: 'patch', ratio: 1.1, requests: 1, longest: 8 },
  { name: 'lossy', failsFrom: 2 },
  { name: 'old', absent: 'no bindings for spt' },
  { name: 'v0.12.1', ratio: 0.8, spread: 0.04 },
]
const REPORT = reportVersions('2026-03-04T05-06-07Z', versionsJournal(BUILDS, 24, [5]), {})

test.each([
  ['versions.txt', versionsTable(REPORT, false)],
  ['versions.md', versionsMarkdown(REPORT)],
  ['versions.svg', versionsSvg(REPORT)],
])('golden: %s', async (name, text) => {
  await expect(text).toMatchFileSnapshot(join(import.meta.dirname, 'golden', name))
})

test('nothing that changed is said, too', () => {
  const same = reportVersions('', versionsJournal([{ name: 'a' }, { name: 'b' }], 20), {})
  expect(versionsTable(same, false)).toContain('\nNothing changed beyond the margin.\n')
  const noisy = versionsJournal([{ name: 'a' }, { name: 'b', spread: 0.2 }], 20)
  const undecided = versionsTable(reportVersions('', noisy, {}), false)
  expect(undecided).toContain(
    'No change is shown to be beyond the margin; 1 comparisons are undecided.',
  )
  expect(undecided).toMatch(/the mean of a boot is undecided in 1 of 1 steps, within ×0\.\d+ to ×1/)
  expect(versionsTable(reportVersions('', [], {}), false)).toContain('Nothing was compared.')
  expect(versionsSvg(reportVersions('', [], {}))).toContain('Nothing was measured.')
})

test('what others wrote is shown, never obeyed', () => {
  const journal = versionsJournal(
    [{ name: 'a\u001b[31m|' }, { name: '<b>', absent: '`x`\n# y' }],
    3,
  )
  const report = reportVersions('', journal, {})
  expect(versionsTable(report, false)).not.toContain('\u001b')
  expect(versionsMarkdown(report)).not.toMatch(/^# y|<b>/m)
  expect(versionsSvg(report)).not.toContain('<b>')
})
