/**
 * `npm run gate:calibrate`: BASE against itself, then what a gate can tell on this machine. Takes the
 * variables of a gate; HEAD is of no meaning. With a directory of an earlier session it measures none.
 */
import {
  blocksToDetect,
  CALIBRATED_BLOCKS,
  calibrateMetric,
  type MetricCalibration,
  poolsOf,
} from '../../fixtures/analysis/gate-calibration.ts'
import {
  detectableEffect,
  FIGURES,
  type Schedule,
  scheduleOf,
  tailOf,
} from '../../fixtures/analysis/gate-rule.ts'
import { baseTwice } from '../../fixtures/gate/builds.ts'
import { deviceOf, keepCalibration } from '../../fixtures/gate/calibration.ts'
import { readPlan } from '../../fixtures/gate/plan.ts'
import { interruption } from '../../fixtures/machine/interruption.ts'
import { command } from '../../fixtures/session/command.ts'
import { readJournal } from '../../fixtures/session/journal.ts'
import { journalFile, readSession } from '../../fixtures/session/session-file.ts'
import { setting } from '../../fixtures/session/settings.ts'
import { formatPercent } from '../../fixtures/units.ts'
import { recordGate } from '../gate/recorded-gate.ts'

const HELP = `npm run gate:calibrate -- [SESSION]

  SESSION  a gate of BASE against itself that was measured earlier; without it one is measured

Tells what a gate can find on this machine, and keeps it for later gates. What is measured:
SOLO5_BASE or GUESTBENCH_BASE, and the variables of a gate (docs/gate.md).`

await command({ name: 'gate:calibrate', help: HELP, operands: [0, 1] }, async ({ operands }) => {
  await calibrateFrom(operands[0] ?? (await measureItself()))
})

async function calibrateFrom(directory: string): Promise<void> {
  const session = await readSession(directory)
  if ('sources' in session) throw new Error(`${directory} was merged: give a session of a gate`)
  const plan = await readPlan(session)
  if (plan === null) throw new Error(`${directory} holds no gate`)
  if (plan.base !== plan.head) throw new Error(`${directory} compared two builds: give BASE twice`)
  const found = [...poolsOf(plan, readJournal(journalFile(session)))].map(
    ([name, pool]) => [name, calibrateMetric(pool)] as const,
  )
  for (const [name, metric] of found) tell(name, metric, scheduleOf(plan.metrics))
  const metrics = Object.fromEntries(found)
  console.log(
    `Kept in ${await keepCalibration(session, { schema: 2, device: deviceOf(session), metrics })}`,
  )
}

function tell(name: string, metric: MetricCalibration, schedule: Schedule): void {
  const { margins, ds } = metric
  const margin = margins.typical
  const tail = tailOf(schedule, 'typical')
  const blocksFor = (effect: number) =>
    blocksToDetect(effect, metric, schedule.looks, tail) ?? `more than ${schedule.looks.at(-1)}`
  const needed = [0.03, 0.05, 0.1].map(
    (effect) =>
      `+${formatPercent(effect)}: ${effect <= margin ? 'within the margin' : blocksFor(effect)}`,
  )
  const detected = schedule.looks.map((count) => {
    return `${count}: +${formatPercent(detectableEffect({ ds, margin }, count, tail))}`
  })
  const all = FIGURES.map((figure) => `${figure} ${formatPercent(margins[figure])}`)
  console.log(`${name}: margins ${all.join(', ')}, from ${ds.length / 2} blocks`)
  console.log(`  blocks needed for ${needed.join(', ')}`)
  // As far below the margin as that change is above it.
  console.log(`  blocks in which an equal build passes: ${blocksFor((1 + margin) ** 2 - 1)}`)
  console.log(`  found with 95 % in blocks ${detected.join(', ')}`)
}

/** @returns its session. A gate's verdict on BASE against itself is of no meaning here. */
async function measureItself(): Promise<string> {
  const blocks = `${setting('GUESTBENCH_BLOCKS') ?? CALIBRATED_BLOCKS}`
  const variables = { GUESTBENCH_BLOCKS: blocks, GUESTBENCH_UNCALIBRATED: '1' }
  return await recordGate({ ...baseTwice(), ...variables }, interruption())
}
