/** The study's table 1 for this machine: what each environment is made of. */

import type { ProbedEnvironment } from '../../fixtures/analysis/histories.ts'
import type { Availability, Available } from '../../fixtures/model.ts'
import { formatSize } from '../../fixtures/units.ts'
import { bracketed } from '../terminal/size-grid.ts'
import { environmentNotes } from './footnotes.ts'
import { type Block, gridWidth, type Line, layOut, wrap } from './text-layout.ts'

/** Rows of the table and how each is read. */
export const specificationRows: readonly (readonly [
  title: string,
  read: (available: Available) => string,
])[] = [
  ['kernel', ({ specification }) => specification.kernel],
  ['memory', ({ specification }) => formatSize(specification.memoryBytes)],
  ['storage', ({ specification }) => specification.storage],
  ['version', ({ version }) => version],
  ['runs as', ({ detail }) => detail],
]

/** `native`, `emulated`, `unavailable` or, of an environment that no probe has seen, `not probed`. */
export function fidelityTitle(availability: Availability | null): string {
  if (availability === null) return 'not probed'
  return availability.state === 'available' ? availability.fidelity : availability.state
}

const columnWidth = 20
const gap = 2

/** As many environments side by side as `width` allows, then the next below them. */
export function environmentLines(
  environments: readonly ProbedEnvironment[],
  footnotes: readonly string[],
  width: number,
): readonly Line[] {
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
): readonly (readonly Block[])[] {
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

function block(text: string, style?: 'bold' | 'dim'): Block {
  return wrap(text, columnWidth).map((line) => [style ? { text: line, style } : { text: line }])
}

function chunks<T>(items: readonly T[], length: number): readonly (readonly T[])[] {
  if (items.length === 0) return []
  return [items.slice(0, length), ...chunks(items.slice(length), length)]
}
