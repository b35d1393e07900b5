/** A chart of all metrics by version: each build relative to the first that was measured. */
import type { Version, VersionedMetric, VersionsReport } from '../../fixtures/analysis/versions.ts'
import { oneLine } from '../../fixtures/printable.ts'
import { english } from '../../fixtures/words/words.ts'
import { picture } from '../html/svg.ts'
import { markPanel, notePanel, type PanelMark } from '../html/svg-panel.ts'
import { ratioText } from './versions-findings.ts'

const COLUMNS = 2

export function versionsSvg({ metrics }: VersionsReport): string {
  const title = 'One operation by version'
  if (metrics.length === 0)
    return `${picture(title, [[notePanel(title, ['Nothing was measured.'])]])}`
  const panels = metrics.map(panelOf)
  const rows = Array.from({ length: Math.ceil(panels.length / COLUMNS) }, (_, row) =>
    panels.slice(row * COLUMNS, (row + 1) * COLUMNS),
  )
  return `${picture(title, rows)}`
}

function panelOf({ metric, margins, versions }: VersionedMetric) {
  const first = versions.find(({ blocks }) => blocks > 0)?.build ?? 'the first build'
  const title = `time of one operation, relative to ${first}`
  const ends = [english.charts.faster, english.charts.slower] as const
  return markPanel(metric, versions.map(markOf), { title, margin: margins.typical, ends })
}

function markOf({ build, reason, blocks, sinceFirst }: Version): PanelMark {
  const notes = reason === null ? [] : [oneLine(reason.split('\n')[0] ?? '')]
  const none = { label: build, interval: null, verdict: null, notes }
  const typical = sinceFirst?.findings.find(({ figure }) => figure === 'typical')
  if (typical !== undefined) {
    const { ratio, interval, verdict } = typical
    return { ...none, figures: `${ratioText(typical)} ${verdict}`, ratio, interval, verdict }
  }
  if (sinceFirst === null && blocks > 0) return { ...none, figures: 'the first', ratio: 1 }
  return { ...none, figures: blocks > 0 ? 'too few blocks' : 'left out', ratio: null }
}
