/** Each metric by version: a terminal's columns, and Markdown. */

import type { Change } from '../../fixtures/analysis/version-changes.ts'
import type { Version, VersionedMetric, VersionsReport } from '../../fixtures/analysis/versions.ts'
import { markdownTable } from '../../fixtures/markdown-table.ts'
import type { Verdict } from '../../fixtures/model.ts'
import { oneLine, printable } from '../../fixtures/printable.ts'
import { formatDuration, formatRatio } from '../../fixtures/units.ts'
import { escaped, listItem } from '../markdown/markdown-text.ts'
import { layOut, paint, type Style, type StyledLine } from '../terminal/text-layout.ts'
import {
  changedOf,
  changesOf,
  doubtsOf,
  figureText,
  leftOut,
  ratioText,
  titleOf,
} from './versions-findings.ts'

const STYLES: Readonly<Record<Verdict, Style | null>> = {
  slower: 'red',
  faster: 'green',
  equivalent: null,
  inconclusive: 'yellow',
}

export function versionsTable(report: VersionsReport, colour: boolean): string {
  const tables = report.metrics.flatMap((metric) => {
    const rows = tableOf(metric).map((cells, index) =>
      cells.map(({ text, style }): readonly StyledLine[] => {
        const own = index === 0 ? ('bold' as const) : style
        return [[{ text: oneLine(text), ...(own && { style: own }) }]]
      }),
    )
    return [oneLine(titleOf(metric)), ...layOut(rows, 2).map((line) => paint(line, colour)), '']
  })
  const said = [...changesOf(report).map(oneLine), ...leftOut(report).map(printable)]
  return ['', ...said, '', ...tables, ...doubtsOf(report).map(oneLine), ''].join('\n')
}

export function versionsMarkdown(report: VersionsReport): string {
  const tables = report.metrics.flatMap((metric) => [
    `### ${escaped(titleOf(metric))}`,
    '',
    markdownTable(
      tableOf(metric).map((cells) => cells.map(({ text, style }) => marked(text, style))),
    ),
    '',
  ])
  const said = [...changesOf(report), ...leftOut(report)].map(listItem)
  return [...said, '', ...tables, ...doubtsOf(report).map(listItem), ''].join('\n')
}

interface TextCell {
  text: string
  style?: Style
}

function marked(text: string, style: Style | undefined): string {
  return style === undefined || style === 'yellow' ? escaped(text) : `**${escaped(text)}**`
}

/** A row a version; below it what else changed than the typical time. */
function tableOf(metric: VersionedMetric): readonly (readonly TextCell[])[] {
  const counted = [...new Set(metric.versions.flatMap(({ counts }) => Object.keys(counts)))]
  const first = metric.versions.find(({ blocks }) => blocks > 0)?.build ?? 'the first'
  const headings = [
    'build',
    'time',
    '× native',
    'since the one before',
    `since ${first}`,
    ...counted,
  ]
  const rows = metric.versions.flatMap((version) => {
    const { build, typicalNs, native, sinceBefore, sinceFirst, counts } = version
    const numbers = counted.map((name) => `${counts[name as keyof typeof counts] ?? '–'}`)
    return [
      [
        { text: build },
        { text: typicalNs === null ? '–' : formatDuration(typicalNs) },
        { text: native === null ? '–' : formatRatio(native) },
        changeCell(version, sinceBefore),
        changeCell(version, sinceFirst),
        ...numbers.map((text) => ({ text })),
      ],
      ...othersOf(version).map((cell) => [{ text: '' }, { text: '' }, { text: '' }, cell]),
    ]
  })
  const width = headings.length
  return [
    headings.map((text) => ({ text })),
    ...rows.map((row) => [...row, ...Array(width - row.length).fill({ text: '' })]),
  ]
}

function changeCell({ reason }: Version, change: Change | null): TextCell {
  if (change === null) return { text: reason === null ? '' : 'left out' }
  if (change.fault !== null) return { text: change.fault, style: 'yellow' }
  const typical = change.findings.find(({ figure }) => figure === 'typical')
  if (typical === undefined) return { text: 'too few blocks', style: 'yellow' }
  const style = STYLES[typical.verdict]
  return { text: `${ratioText(typical)} ${typical.verdict}`, ...(style && { style }) }
}

function othersOf({ sinceBefore }: Version): readonly TextCell[] {
  if (sinceBefore === null || sinceBefore.fault !== null) return []
  const others = changedOf(sinceBefore).filter(({ figure }) => figure !== 'typical')
  return others.map((finding) => {
    const style = STYLES[finding.verdict]
    return { text: `${figureText(finding)} ${finding.verdict}`, ...(style && { style }) }
  })
}
