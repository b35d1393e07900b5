/** Each environment's time of one operation by places: a bar that is all of it, as they differ by magnitudes. */
import type { LedgerCell, LedgerPlace, LedgerTerm } from '../../fixtures/ledger-model.ts'
import { LEDGER_PLACES } from '../../fixtures/ledger-model.ts'
import { formatDuration, formatPercent } from '../../fixtures/units.ts'
import type { Words } from '../../fixtures/words/words.ts'
import { nameIn } from '../view/why-view.ts'
import {
  type ChartRow,
  type Drawing,
  fitted,
  lines,
  plotLeft,
  plotRight,
  rounded,
  rowHead,
  rowsBelow,
  svgText,
} from './chart-parts.ts'
import { html, type Markup } from './markup.ts'

const barHeight = 16

/** For light and dark; told apart by lightness, too. */
const COLOURS: Readonly<Record<LedgerPlace, string>> = {
  guest: '#5b8c3a',
  'exits KVM serves': '#c98a00',
  'exits to the tender': '#c0392b',
  'system call and file system': '#2f6fb3',
  copying: '#8fc1ec',
  flushes: '#7d4fb5',
  unexplained: '#8a939c',
}

export function ledgerPanel(title: string, cells: readonly LedgerCell[], words: Words): Drawing {
  const rows = cells.map((cell) => rowOf(cell, words))
  return rowsBelow(title, (top) => keyOf(cells, top, words), rows)
}

/** What the chart says, for those who do not see it. */
export function ledgerWords(cells: readonly LedgerCell[], words: Words): string {
  return cells
    .map(({ title, timeNs, terms }) => {
      const parts = terms.map(
        ({ name, share }) => `${nameIn(words, name)} ${shareText(share, words)}`,
      )
      return `${title}, ${formatDuration(timeNs)}: ${parts.join(', ')}`
    })
    .join('. ')
}

function shareText(share: number | null, { why }: Words): string {
  return share === null ? why.unknown : formatPercent(Math.round(share * 1000) / 1000)
}

function rowOf(cell: LedgerCell, words: Words): ChartRow {
  const { title, environment, timeNs, terms, fidelity } = cell
  const head = rowHead(
    words.why.cell(title, formatDuration(timeNs), fidelity === 'emulated'),
    restShare(cell, words),
  )
  const bar = barOf(terms, words)
  return {
    key: {
      ...{ environment, value: timeNs, isRanked: fidelity === 'native' },
      hint: terms
        .map(({ name, share }) => `${nameIn(words, name)}: ${shareText(share, words)}`)
        .join('\n'),
    },
    markup: html`${head.markup}<g transform="translate(0 ${head.height + 3})">${bar}</g>`,
    height: head.height + 3 + barHeight,
  }
}

function restShare({ terms }: LedgerCell, words: Words): string {
  const share = terms.at(-1)?.share ?? null
  return share === null ? words.why.unknown : words.why.unexplained(shareText(share, words))
}

/** Parts of less than nothing (noise about zero) have no length; where a term is unknown the rest is open. */
function barOf(terms: readonly LedgerTerm[], words: Words): Markup {
  const width = plotRight - plotLeft
  const positive = terms.reduce((sum, { share }) => sum + Math.max(0, share ?? 0), 0)
  const isOpen = terms.some(({ share }) => share === null)
  const whole = isOpen ? Math.max(1, positive) : positive
  let left = plotLeft
  const parts = terms.map(({ place, name, share }) => {
    const length = (Math.max(0, share ?? 0) / whole) * width
    const x = left
    left += length
    return length === 0
      ? null
      : html`<rect class="place" fill="${COLOURS[place]}" x="${rounded(x)}" y="0" width="${rounded(length)}" height="${barHeight}"><title>${nameIn(words, name)}: ${shareText(share, words)}</title></rect>`
  })
  const open =
    left < plotRight - 0.5
      ? html`<rect class="place" fill="none" stroke="#8a939c" stroke-dasharray="3 2" x="${rounded(left)}" y="0" width="${rounded(plotRight - left)}" height="${barHeight}"/>`
      : null
  return html`${parts}${open}`
}

/** The places that occur, each beside its colour. */
function keyOf(cells: readonly LedgerCell[], top: number, words: Words): Drawing {
  const present = LEDGER_PLACES.filter((place) =>
    cells.some(({ terms }) => terms.some((term) => term.place === place)),
  )
  const intro = lines(fitted(words.why.byPlaces, 'axis'), 'axis', top)
  const rows = present.map((place, index) => {
    const y = top + intro.height + index * 17
    return html`<rect class="place" fill="${COLOURS[place]}" x="${plotLeft}" y="${y + 3}" width="10" height="10"/>${svgText(plotLeft + 16, y + 13, 'note', nameIn(words, place))}`
  })
  return { markup: html`${intro.markup}${rows}`, height: intro.height + present.length * 17 + 8 }
}
