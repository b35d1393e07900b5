/** A journal that holds every kind of cell, for the tests of this folder: always the same. */
import type {
  Arm,
  Availability,
  Boot,
  Durability,
  Fidelity,
  JournalEntry,
  Operation,
  Workload,
} from '../fixtures/model.ts'
import { isDurable, TIMED_OPERATIONS } from '../fixtures/operations.ts'
import type { SessionSummary } from './tables/table.ts'

const at = '2026-03-04T05:06:07.000Z'
const small = 4096
const large = 16 * 2 ** 20

const nativeNs: { [size: number]: { [operation in Operation]?: number } } = {
  [small]: { 'write-sync': 2_350_000, write: 13_580, read: 1_610 },
  [large]: { 'write-sync': 410_000_000, write: 61_000_000, read: 4_900_000 },
}

export function exampleWorkload(operation: Operation, sizeBytes = small): Workload {
  return {
    operation,
    cache: 'warm',
    sizeBytes,
    requestBytes: sizeBytes,
    samples: 3,
    operationsPerSample: 10,
    latencyOperations: sizeBytes === small ? 100 : 0,
    seed: 7,
  }
}

interface Case {
  environment: string
  operation: Operation
  sizeBytes?: number
  /** Of the guest to the control. */
  ratio: number
  /** Relative spread of boots. */
  spread?: number
  blocks?: number
  durability?: Durability
  stop?: 'precise' | 'budget' | 'planned'
}

/** Boots of both arms, block by block, and why they ended. */
export function exampleCell(example: Case): readonly JournalEntry[] {
  const { environment, operation, sizeBytes = small, blocks = 8, stop = 'planned' } = example
  const workload = exampleWorkload(operation, sizeBytes)
  const boots = Array.from({ length: blocks }, (_, block) => [
    exampleBoot(example, workload, block, 'control'),
    exampleBoot(example, workload, block, 'guest'),
  ])
  return [
    ...boots.flat().map((boot) => ({ type: 'boot', at, environment, workload, boot }) as const),
    { type: 'stop', at, environment, workload, reason: stop },
  ]
}

export function exampleBoot(
  { environment, ratio, spread = 0.02, durability = 'device' }: Case,
  workload: Workload,
  block: number,
  arm: Arm,
): Boot {
  const typicalNs =
    (nativeNs[workload.sizeBytes]?.[workload.operation] ?? 1) * (arm === 'guest' ? ratio : 1)
  const moment = `${environment} ${workload.operation} ${workload.sizeBytes} ${block} ${arm}`
  const noise = 1 + spread * wobble(moment)
  const sample = (index: number) => ({
    elapsedNs: Math.round(typicalNs * noise * (10 + index / 100)),
    operations: 10,
  })
  const durable = arm === 'guest' ? durability : 'device'
  return {
    block,
    arm,
    readyNs: 90_000_000,
    clockOverheadNs: 21,
    samples: [sample(0), sample(1), sample(2)],
    ...(workload.latencyOperations > 0 && { latency: latencyAround(typicalNs * noise) }),
    counts: {},
    durability: isDurable(workload.operation) ? durable : 'none',
  }
}

export function exampleAvailability(
  environment: string,
  title: string,
  availability: Availability = available('native'),
): JournalEntry {
  return { type: 'availability', at, environment, title, availability }
}

export function available(
  fidelity: Fidelity,
  version = '1.0',
  kernel = '6.6.31',
  memoryBytes = 512 * 2 ** 20,
  storage = 'ext4 on nvme0n1',
): Availability {
  const specification = { kernel, memoryBytes, storage }
  const caveats = fidelity === 'emulated' ? ['there is no KVM here'] : []
  return { state: 'available', version, fidelity, detail: 'as installed', specification, caveats }
}

export const exampleJournal: readonly JournalEntry[] = [
  exampleAvailability('linux', 'Linux', available('native', '6.6.31', '6.6.31', 4 * 2 ** 30)),
  ...everyOperation({ environment: 'linux', ratio: 1.001 }),
  ...everyOperation({ environment: 'linux', ratio: 1.03, sizeBytes: large }),
  exampleAvailability(
    'docker-bind',
    'Docker, bind mount',
    available('native', '27.1.1', '6.6.31', 4 * 2 ** 30, 'bind mount, ext4 on nvme0n1'),
  ),
  ...everyOperation({ environment: 'docker-bind', ratio: 1.01, stop: 'precise' }),
  ...everyOperation({ environment: 'docker-bind', ratio: 0.81, spread: 0.6, sizeBytes: large }),
  exampleAvailability(
    'qemu',
    'QEMU/KVM',
    available('native', '9.0.2', '6.6.31', 2 ** 31, 'virtio-blk, raw file, ext4 on nvme0n1'),
  ),
  ...everyOperation({ environment: 'qemu', ratio: 1.97, stop: 'precise' }),
  ...everyOperation({ environment: 'qemu', ratio: 0.73, sizeBytes: large, stop: 'budget' }),
  exampleAvailability(
    'xen',
    'Xen DomU',
    available('emulated', '4.17', '6.1.0', 2 ** 30, 'xen-blkfront, dom0 loop, ext4'),
  ),
  ...everyOperation({ environment: 'xen', ratio: 31.4, stop: 'budget' }),
  exampleAvailability(
    'solo5-hvt',
    'Solo5 hvt',
    available('native', '0.9.0', 'none (unikernel)', 2 ** 29, 'hvt tender, pwrite and fsync, ext4'),
  ),
  ...exampleCell({
    environment: 'solo5-hvt',
    operation: 'write-sync',
    ratio: 0.4,
    durability: 'host-cache',
  }),
  ...exampleCell({
    environment: 'solo5-hvt',
    operation: 'write',
    ratio: 9.71,
    blocks: 3,
    stop: 'budget',
  }),
  ...exampleCell({ environment: 'solo5-hvt', operation: 'read', ratio: 59.9 }),
  ...exampleCell({ environment: 'solo5-hvt', operation: 'write', ratio: 1.8, sizeBytes: large }),
  {
    type: 'failure',
    at,
    environment: 'solo5-hvt',
    workload: exampleWorkload('write', large),
    message: 'backing file: offset 1048576 holds 0x3f, expected 0x91',
  },
  exampleAvailability('solo5-spt', 'Solo5 spt', {
    state: 'unavailable',
    reason: 'solo5-spt was built without seccomp',
    remedy: 'apt-get install libseccomp-dev, then npm run setup',
  }),
]

export const exampleSummary: SessionSummary = {
  id: '2026-03-04-050607',
  startedAt: '2026-03-04T05:06:07Z',
  profile: 'quick',
  machine: 'Raspberry Pi 5 Model B Rev 1.0',
  kernel: '6.6.31',
  storage: 'ext4 on nvme0n1',
  seed: '7',
  caveats: ['the load average is 5.6 on 4 cores; remedy: end what else runs'],
}

function everyOperation(example: Omit<Case, 'operation'>): readonly JournalEntry[] {
  return TIMED_OPERATIONS.flatMap((operation) => exampleCell({ ...example, operation }))
}

/** −1 … 1, the same for the same text: FNV-1a with a last mix. */
function wobble(text: string): number {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return 2 * (((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32) - 1
}

/** A hundred latencies with a tail; buckets of native/PROTOCOL.md. */
function latencyAround(ns: number) {
  return [
    [bucket(ns), 90],
    [bucket(ns * 1.6), 9],
    [bucket(ns * 7), 1],
  ] as const
}

function bucket(ns: number): number {
  const octave = Math.floor(Math.log2(ns))
  return 16 * (octave - 3) + (Math.floor(ns / 2 ** (octave - 4)) - 16)
}
