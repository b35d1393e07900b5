/** The table of environments for a terminal: as many side by side as fit. */

import type { ProbedEnvironment } from '../../fixtures/analysis/histories.ts'
import { fidelityTitle, specificationRows } from '../view/environment-table.ts'
import { bracketed, environmentNotes } from '../view/footnotes.ts'
import { type GridCell, gridWidth, layOut, type StyledLine, wrap } from './text-layout.ts'

const columnWidth = 20
const gap = 2

/** As many environments side by side as `width` allows, then the next below them. */
export function environmentLines(
  environments: readonly ProbedEnvironment[],
  footnotes: readonly string[],
  width: number,
): readonly StyledLine[] {
  for (let columns = environments.length; columns > 0; columns--) {
    const grids = chunks(environments, columns).map((chunk) => gridOf(chunk, footnotes))
    const fits = grids.every((grid) => gridWidth(grid, gap) <= width)
    if (fits || columns === 1) return grids.flatMap((grid) => [...layOut(grid, gap), []])
  }
  return []
}

function gridOf(
  environments: readonly ProbedEnvironment[],
  footnotes: readonly string[],
): readonly (readonly GridCell[])[] {
  const heads = environments.map(({ title }) => block(title, 'bold'))
  const fidelities = environments.map((environment) => {
    const marks = bracketed(environmentNotes(environment), footnotes)
    return block(`${fidelityTitle(environment.availability)} ${marks}`.trim())
  })
  const rows = specificationRows.map(([title, read]) => [
    block(title, 'dim'),
    ...environments.map(({ availability }) =>
      availability?.state === 'available' ? block(read(availability)) : block('–', 'dim'),
    ),
  ])
  return [[[], ...heads], ...rows, [block('fidelity', 'dim'), ...fidelities]]
}

function block(text: string, style?: 'bold' | 'dim'): GridCell {
  return wrap(text, columnWidth).map((line) => [style ? { text: line, style } : { text: line }])
}

function chunks<T>(items: readonly T[], length: number): readonly (readonly T[])[] {
  if (items.length === 0) return []
  return [items.slice(0, length), ...chunks(items.slice(length), length)]
}
