import { calibrateMetric, poolsOf } from '../../fixtures/analysis/gate-calibration.ts'
import { type Pool, ratesOf } from '../../fixtures/analysis/gate-proof.ts'
import { LEAST_MARGINS, scheduleOf } from '../../fixtures/analysis/gate-rule.ts'
import { readPlan } from '../../fixtures/gate/plan.ts'
import { markdownTable } from '../../fixtures/markdown-table.ts'
import { readJournal } from '../../fixtures/session/journal.ts'
import { journalFile, readSession } from '../../fixtures/session/session-file.ts'
import { formatPercent } from '../../fixtures/units.ts'

const GATES = 1000
const EFFECTS = [0, 0.03, 0.05, 0.1, 0.25]
const HEADS = [
  ...['metric', 'ε', 'change', 'gate', 'undecided', 'invalid'],
  ...['Firecracker', 'benchstat'],
]

/**
 * Alarms and detections of gates drawn from the blocks of a gate of BASE against itself, as Markdown.
 * @throws if no gate was measured there.
 */
export async function printResampled(directory: string): Promise<void> {
  const session = await readSession(directory)
  const plan = await readPlan(session)
  if (plan === null) throw new Error(`${directory} holds no gate`)
  const pools = poolsOf(plan, readJournal(journalFile(session)))
  const environments = Map.groupBy(pools, ([name]) => name.split(' ')[0] as string)
  for (const [environment, own] of environments) print(environment, own)
}

/** One gate of one environment's metrics; the change is in one of them at a time. */
function print(environment: string, own: readonly (readonly [string, Pool])[]): void {
  const schedule = scheduleOf(own.length)
  const looks = schedule.looks.join(', ')
  console.log(`\n${environment}: ${GATES} gates of ${own.length} metrics, looks at ${looks} blocks`)
  const calibrated = new Map(own.map(([name, pool]) => [name, calibrateMetric(pool).margins]))
  const rows = own.flatMap(([name, pool]) => {
    const others = own.filter(([other]) => other !== name)
    const all = [[name, pool] as const, ...others]
    const margins = all.map(([one]) => calibrated.get(one) ?? LEAST_MARGINS)
    return EFFECTS.map((effect) => {
      const trial = { schedule, margins, effect, gates: GATES, seed: 1 }
      const pools = all.map(([, blocks]) => blocks)
      const { gate, undecided, invalid, firecracker, benchstat } = ratesOf(pools, trial)
      const shares = [gate, undecided, invalid, firecracker, benchstat].map(formatPercent)
      const margin = formatPercent(margins[0]?.typical ?? 0)
      return [name, margin, `+${formatPercent(effect)}`, ...shares]
    })
  })
  console.log(markdownTable([HEADS, ...rows]))
}
