/** The blocks of one metric, and what a look at them alone says of time. Pure. */
import type { Boot, JournalEntry } from '../../fixtures/model.ts'
import { type Effect, effectOf, isFlagged, judge } from './gate-rule.ts'
import { median } from './statistics.ts'
import { weakestDurability } from './verdict.ts'

export const ROLES = ['base', 'head', 'again'] as const
export type Role = (typeof ROLES)[number]

/** Two boots of each arm. */
export type Block = Readonly<Record<Role, readonly Boot[]>>

/** Blocks with two boots of each arm, in their order. */
export function completeBlocks(
  entries: readonly JournalEntry[],
  environment: string,
): readonly Block[] {
  const blocks = new Map<number, Record<Role, Boot[]>>()
  for (const entry of entries) {
    if (entry.type !== 'boot') continue
    const role = ROLES.find((name) => entry.environment === `${environment}@${name}`)
    if (role === undefined) continue
    const block = blocks.get(entry.boot.block) ?? { base: [], head: [], again: [] }
    block[role].push(entry.boot)
    blocks.set(entry.boot.block, block)
  }
  return [...blocks.values()].filter((block) => ROLES.every((role) => block[role].length === 2))
}

/** What one look alone says; those before it were inconclusive. */
export function judgeLook(look: readonly Block[], margin: number, tail: number) {
  const effect = effectOf(differences(look, 'head'), tail)
  const control = effectOf(differences(look, 'again'), tail)
  const fault = invalidityOf(look, control, margin)
  return {
    baseNs: median(look.flatMap(({ base }) => base.map(timeOf))),
    headNs: median(look.flatMap(({ head }) => head.map(timeOf))),
    effect,
    control,
    verdict: fault === null ? judge(effect, margin) : ('INVALID' as const),
    reason: fault,
  }
}

/**
 * Nanoseconds of one operation: the lower quartile of the boot's samples. What else runs only ever
 * makes a sample longer, often half of a boot's: this spreads less between boots than the median
 * (docs/gate.md).
 */
export function timeOf({ samples }: Boot): number {
  const times = samples.map(({ elapsedNs, operations }) => elapsedNs / operations)
  return times.sort((a, b) => a - b)[Math.floor((times.length - 1) / 4)] as number
}

/** Of each block: mean ln of that arm − mean ln of BASE. */
export function differences(blocks: readonly Block[], role: Role): readonly number[] {
  return blocks.map((block) => logarithm(block[role]) - logarithm(block.base))
}

function logarithm(boots: readonly Boot[]): number {
  return boots.reduce((sum, boot) => sum + Math.log(timeOf(boot)), 0) / boots.length
}

/** Those the machine would explain as well as the patch. */
function invalidityOf(look: readonly Block[], control: Effect, margin: number): string | null {
  const all = (role: Role) => look.flatMap((block) => block[role])
  const [base, head] = [weakestDurability(all('base')), weakestDurability(all('head'))]
  if (base !== head) return `durability differs: BASE ${base}, HEAD ${head}`
  const disturbances = new Set(ROLES.flatMap(all).flatMap(({ disturbed }) => disturbed ?? []))
  const slowed = (['throttling', 'heat', 'lowered clock'] as const).filter((one) =>
    disturbances.has(one),
  )
  if (slowed.length > 0) return `the machine was slowed meanwhile: ${slowed.join(', ')}`
  if (!isFlagged(control, margin)) return null
  return `BASE against itself differs by ×${control.ratio.toFixed(3)}: this machine cannot judge now`
}
