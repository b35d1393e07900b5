/** Gates that are drawn anew from those that were recorded, as Markdown. */
import { type GatePlan, metricOf, shapeOf } from '../../fixtures/analysis/gate.ts'
import {
  type MetricRecording,
  type RecordedBlock,
  type RedrawnGate,
  recordedBlocks,
  redraw,
} from '../../fixtures/analysis/gate-redraw.ts'
import { type GateVerdict, LEAST_MARGINS, scheduleOf } from '../../fixtures/analysis/gate-rule.ts'
import { workloadsOf } from '../../fixtures/analysis/histories.ts'
import { median } from '../../fixtures/analysis/statistics.ts'
import { readPlan } from '../../fixtures/gate/plan.ts'
import { markdownTable } from '../../fixtures/markdown-table.ts'
import type { JournalEntry } from '../../fixtures/model.ts'
import type { Operation } from '../../fixtures/operations.ts'
import { oneLine } from '../../fixtures/printable.ts'
import { readJournal } from '../../fixtures/session/journal.ts'
import { journalFile, readSession } from '../../fixtures/session/session-file.ts'
import { formatPercent } from '../../fixtures/units.ts'
import { rateOf } from './rates.ts'

const HEADINGS = [
  ...['change', 'of', 'gates', 'REGRESSION', 'PASS', 'INCONCLUSIVE', 'INVALID', 'seconds'],
]
/** What a gate looks at first: fewer would be drawn again and again. */
const LEAST_BLOCKS = 14

export interface RedrawOptions {
  gates: number
  /** Delays, as shares of an operation's time. */
  effects: readonly number[]
  budgetSeconds: number
  /** Of the gates; what else was recorded is left out. */
  operations: readonly Operation[]
}

interface NamedRecording extends MetricRecording {
  metric: string
}

/** @throws if no gate was recorded there, or one of too few blocks. */
export async function redrawnTables(directory: string, options: RedrawOptions): Promise<string> {
  const session = await readSession(directory)
  const plan = await readPlan(session)
  if (plan === null) throw new Error(`${directory} holds no gate`)
  const entries = readJournal(journalFile(session))
  const tables = plan.environments.map((environment) => {
    const recordings = recordingsOf(plan, entries, environment, options.operations)
    return [introOf(plan, environment, recordings), '', tableOf(plan, recordings, options), '']
  })
  return tables.flat().join('\n')
}

function recordingsOf(
  plan: GatePlan,
  entries: readonly JournalEntry[],
  environment: string,
  operations: readonly Operation[],
): readonly NamedRecording[] {
  const shape = shapeOf(plan, environment)
  const metrics = new Map(
    workloadsOf(entries)
      .filter(({ operation }) => operations.includes(operation))
      .map((workload) => [metricOf(environment, workload), workload] as const),
  )
  const found = [...metrics].map(([metric, workload]): NamedRecording => {
    const blocks = recordedBlocks(plan, entries, environment, workload)
    return { metric, shape, margins: plan.margins[metric] ?? LEAST_MARGINS, blocks }
  })
  const short = found.find(({ blocks }) => blocks.length < LEAST_BLOCKS)
  if (short === undefined && found.length > 0) return found
  const what = short ? `${short.metric}: ${short.blocks.length} blocks` : `${environment}: nothing`
  throw new Error(
    `${what} recorded, expected ${LEAST_BLOCKS} or more: record with --record ${LEAST_BLOCKS}`,
  )
}

function introOf(
  { base, head }: GatePlan,
  environment: string,
  recordings: readonly NamedRecording[],
): string {
  const { looks } = scheduleOf(recordings.length)
  const blocks: readonly RecordedBlock[] = recordings.flatMap((recording) => recording.blocks)
  const boots = blocks.reduce((sum, { attempts }) => sum + attempts.length, 0)
  const seconds = blocks.reduce((sum, block) => sum + block.seconds, 0)
  const what = base === head ? `${base} against itself` : `${head} against ${base}`
  return oneLine(
    `${environment}, ${what}: ${recordings.map(({ metric }) => metric).join(', ')}; recorded ` +
      `${blocks.length} blocks of ${boots} boots in ${Math.round(seconds)} s, once; ` +
      `gates redrawn from them, looks at ${looks.join(', ')} blocks`,
  )
}

function tableOf(
  { base, head }: GatePlan,
  recordings: readonly NamedRecording[],
  { gates, effects, budgetSeconds }: RedrawOptions,
): string {
  const isSame = base === head
  const drawn = { gates, seed: 1, budgetSeconds, isSame }
  const all = lineOf(isSame ? '+0 %' : 'HEAD', 'all', redraw(recordings, drawn))
  const slowed = recordings.flatMap(({ metric }, recording) =>
    effects.map((effect) => {
      const found = redraw(recordings, { ...drawn, slowed: { recording, effect } })
      return lineOf(`+${formatPercent(effect)}`, metric, found)
    }),
  )
  return markdownTable([HEADINGS, all, ...(isSame ? slowed : [])])
}

function lineOf(change: string, of: string, gates: readonly RedrawnGate[]): readonly string[] {
  const said = (verdict: GateVerdict) => gates.filter((gate) => gate.verdict === verdict).length
  const seconds = gates.map((gate) => gate.seconds)
  return [
    ...[change, of, `${gates.length}`],
    ...[rateOf(said('REGRESSION'), gates.length), rateOf(said('PASS'), gates.length)],
    ...[`${said('INCONCLUSIVE')}`, `${said('INVALID')}`],
    `${median(seconds).toFixed(1)}, at most ${Math.max(...seconds).toFixed(1)}`,
  ]
}
