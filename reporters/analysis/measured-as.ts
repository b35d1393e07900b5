/**
 * Under which names a session measured what the study speaks of. In merged sessions each name says
 * whose it is (`qemu@bare`, `xen-dom0@xen`); one of a single session has no such ending.
 *
 * Under Xen, which shows by a dom0 that was measured, native Linux is that dom0 and everything else
 * runs beside it: of such a session `xen-dom0` alone is what the study measured.
 */
import type { Cell } from '../../fixtures/model.ts'
import { NATIVE_ENVIRONMENT } from './verdict.ts'

const DOM0 = 'xen-dom0'

/** The ending, and which session it is of; empty for the only one. */
export function sessionOf(environment: string): string {
  return environment.split('@')[1] ?? ''
}

/**
 * Pairs of names to be compared: of each session that has both, else of two sessions; none where all
 * of them are under Xen.
 */
export function pairsMeasuredAs(
  [first, second]: readonly [string, string],
  cells: readonly Cell[],
): readonly (readonly [string, string])[] {
  const seconds = namesOf(second, cells)
  const pairs = namesOf(first, cells).flatMap((one) =>
    seconds.map((other) => [one, other] as const),
  )
  const together = pairs.filter(([one, other]) => sessionOf(one) === sessionOf(other))
  return together.length > 0 ? together : pairs
}

/** Those that were available there, else those that were tried, else those that could have been. */
function namesOf(studied: string, cells: readonly Cell[]): readonly string[] {
  const sessions = [...new Set(cells.map(({ environment }) => sessionOf(environment)))]
  const names = sessions
    .filter((session) => studied === DOM0 || !isUnderXen(session, cells))
    .map((session) => nameIn(session, studied))
  // Native Linux is in the blocks of every guest, whether or not it was measured by itself.
  if (studied === NATIVE_ENVIRONMENT) return names
  const tried = names.filter((name) => cells.some(({ environment }) => environment === name))
  const available = tried.filter((name) => isAvailable(name, cells))
  return [available, tried, names].find((found) => found.length > 0) ?? []
}

function nameIn(session: string, studied: string): string {
  return session === '' ? studied : `${studied}@${session}`
}

function isUnderXen(session: string, cells: readonly Cell[]): boolean {
  return isAvailable(nameIn(session, DOM0), cells)
}

function isAvailable(name: string, cells: readonly Cell[]): boolean {
  return cells.some(({ environment, state }) => environment === name && state !== 'unavailable')
}
