import { calibrate, poolsOf } from '../../fixtures/analysis/gate-calibration.ts'
import { type Pool, ratesOf } from '../../fixtures/analysis/gate-proof.ts'
import { blocksRequired, tailOf, USUAL_BLOCKS } from '../../fixtures/analysis/gate-rule.ts'
import { readPlan } from '../../fixtures/gate/plan.ts'
import { readJournal } from '../../fixtures/session/journal.ts'
import { journalFile } from '../../fixtures/session/session.ts'
import { readSession } from '../../fixtures/session/session-file.ts'
import { formatPercent } from '../../fixtures/units.ts'

const GATES = 1000
const EFFECTS = [0, 0.03, 0.05, 0.1, 0.25]

/**
 * Alarms and detections of gates drawn from the blocks of a gate of BASE against itself, as Markdown.
 * @param chosen blocks of one look, if not as many as such a gate needs.
 * @throws if no gate was measured there.
 */
export async function printResampled(directory: string, chosen: number | undefined): Promise<void> {
  const session = await readSession(directory)
  const plan = await readPlan(session)
  if (plan === null) throw new Error(`${directory} holds no gate`)
  const pools = poolsOf(plan, readJournal(journalFile(session)))
  const environments = Map.groupBy(pools, ([name]) => name.split(' ')[0] as string)
  for (const [environment, own] of environments) print(environment, own, chosen)
}

/** One gate of one environment's metrics; the change is in one of them at a time. */
function print(
  environment: string,
  own: readonly (readonly [string, Pool])[],
  chosen: number | undefined,
): void {
  const fewest = Math.max(USUAL_BLOCKS, blocksRequired(tailOf(own.length)))
  const blocks = chosen ?? fewest
  console.log(`\n${environment}: ${GATES} gates of ${own.length} metrics, ${blocks} blocks a look`)
  console.log('| metric | ε | change | gate | undecided | invalid | Firecracker | benchstat |')
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- |')
  for (const [name, pool] of own) {
    const { margin } = calibrate(pool)
    const others = own.filter(([other]) => other !== name).map(([, other]) => other)
    for (const effect of EFFECTS) {
      const trial = { blocks, margin, effect, gates: GATES, seed: 1 }
      const { gate, undecided, invalid, firecracker, benchstat } = ratesOf([pool, ...others], trial)
      const shares = [gate, undecided, invalid, firecracker, benchstat].map(formatPercent)
      console.log(
        `| ${[name, formatPercent(margin), `+${formatPercent(effect)}`, ...shares].join(' | ')} |`,
      )
    }
  }
}
