/** A gate that holds every verdict, for tests: always the same. */
import { type GatePlan, reportGate } from '../../fixtures/analysis/gate.ts'
import type { Boot, JournalEntry, Workload } from '../../fixtures/model.ts'

const at = '2026-03-04T05:06:07.000Z'
export const examplePlan: GatePlan = {
  base: '../solo5-main',
  head: '../solo5-patch',
  environments: ['solo5-hvt', 'solo5-spt'],
  pairs: [],
  metrics: 4,
  looks: [14],
  until: 'blocks',
  margins: {},
}

function workloadOf(operation: Workload['operation'], operationsPerSample = 10): Workload {
  const sizes = { sizeBytes: 4096, requestBytes: 512 }
  return {
    operation,
    cache: 'warm',
    ...sizes,
    samples: 1,
    operationsPerSample,
    latencyOperations: 0,
    seed: 7,
  }
}

function boot(
  environment: string,
  workload: Workload,
  block: number,
  ns: number,
  changes: Partial<Boot> = {},
): JournalEntry {
  const { operationsPerSample: operations } = workload
  const own: Boot = {
    block,
    arm: 'guest',
    readyNs: 1,
    clockOverheadNs: 1,
    samples: [{ elapsedNs: ns * operations, operations }],
    counts: {},
    durability: 'none',
    ...changes,
  }
  return { type: 'boot', at, environment, workload, boot: own }
}

export interface GateCase {
  environment: string
  operation: Workload['operation']
  /** HEAD, and BASE again, relative to BASE. */
  head: number
  again?: number
  /** Alternating around it. */
  spread?: number
  requests?: number
  changes?: Partial<Boot>
}

export function gateCell({
  environment,
  operation,
  head,
  again = 1,
  spread = 0.004,
  requests = 8,
  changes = {},
}: GateCase): readonly JournalEntry[] {
  const counted = ['base', 'head'].flatMap((role) =>
    [0, 1, 2].flatMap((round) =>
      [10, 20].map((operations) => {
        const own = role === 'head' ? requests : 8
        const counts = { hostReads: 41 + own * operations }
        return boot(`${environment}@${role}:count`, workloadOf(operation, operations), round, 1, {
          counts,
        })
      }),
    ),
  )
  const blocks = Array.from({ length: 14 }, (_, block) => {
    const wobble = 1 + spread * ((block % 5) - 2)
    const arms = { base: 1, head: head * wobble, again }
    return Object.entries(arms).flatMap(([role, ratio]) => {
      const own = role === 'head' ? changes : {}
      return [0, 1].map(() =>
        boot(`${environment}@${role}`, workloadOf(operation), block, 100_000 * ratio, own),
      )
    })
  })
  const stop: JournalEntry = {
    type: 'stop',
    at,
    environment,
    workload: workloadOf(operation),
    reason: 'planned',
  }
  return [...counted, ...blocks.flat(), stop]
}

const CELLS: readonly GateCase[] = [
  { environment: 'solo5-hvt', operation: 'read', head: 0.2, requests: 1 },
  { environment: 'solo5-hvt', operation: 'write', head: 1.12 },
  { environment: 'solo5-spt', operation: 'read', head: 1.01, spread: 0.03 },
  { environment: 'solo5-spt', operation: 'write', head: 1, again: 1.2 },
]
export const gateEntries = CELLS.flatMap(gateCell)
export const gateReport = reportGate('2026-03-04T05-06-07Z', examplePlan, gateEntries)
