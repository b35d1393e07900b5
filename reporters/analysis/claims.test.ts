import { describe, expect, test } from 'vitest'
import type { Cell, Comparison, Operation } from '../../fixtures/model.ts'
import { isDurable, STUDIED_OPERATIONS } from '../../fixtures/operations.ts'
import { exampleWorkload } from '../example-journal.ts'
import { judgeClaims } from './claims.ts'
import { studyTable } from './study.ts'

const SIZES = [4096, 2 ** 30]

/** A measured cell whose blocks all say nearly the same. */
function cellOf(
  environment: string,
  operation: Operation,
  sizeBytes: number,
  { medianNs, ratio, blocks = 6 }: { medianNs: number; ratio: number; blocks?: number },
): Cell {
  const wobbles = Array.from({ length: blocks }, (_, block) => 1 + block / 10_000)
  return {
    environment,
    title: environment,
    workload: exampleWorkload(operation, sizeBytes),
    state: 'measured',
    fidelity: 'native',
    durability: isDurable(operation) ? 'device' : 'none',
    blocks,
    disturbedBlocks: 0,
    medianNs,
    medianIntervalNs: null,
    ratio,
    ratioInterval: [ratio / 1.001, ratio * 1.001],
    perOperation: null,
    perBlock: wobbles.map((wobble) => ({ medianNs: medianNs * wobble, ratio: ratio * wobble })),
    verdict: 'inconclusive',
    latencyNs: null,
    stop: 'planned',
    reason: null,
    remedy: null,
    warnings: [],
  }
}

const studied: readonly Cell[] = SIZES.flatMap((sizeBytes) =>
  studyTable(sizeBytes).rows.flatMap(({ environment, figures }) =>
    STUDIED_OPERATIONS.flatMap((operation) => {
      const figure = figures[operation]
      if (figure === undefined) return []
      const { meanNs, ratio } = figure
      // Dom0 is what a session of its own measures.
      const name = environment === 'xen-dom0' ? 'xen-dom0@xen' : environment
      return cellOf(name, operation, sizeBytes, { medianNs: meanNs, ratio })
    }),
  ),
)

function judge(cells: readonly Cell[]) {
  const comparison: Comparison = { schema: 1, session: 's', cells }
  return judgeClaims(comparison)
}

function claim(number: number, cells: readonly Cell[]) {
  const found = judge(cells).find((one) => one.number === number)
  if (found === undefined) throw new Error(`no claim ${number}`)
  return found
}

/** The study's figures, with those of some cells changed. */
function changed(environment: string, change: (cell: Cell) => Partial<Cell>): readonly Cell[] {
  return studied.map((cell) =>
    cell.environment === environment ? { ...cell, ...change(cell) } : cell,
  )
}

/** All that the cell says of its time becomes `factor` times as much. */
function scaled({ ratio, ratioInterval, perBlock }: Cell, factor: number): Partial<Cell> {
  return {
    ratio: (ratio ?? 0) * factor,
    ratioInterval: [(ratioInterval?.[0] ?? 0) * factor, (ratioInterval?.[1] ?? 0) * factor],
    perBlock: perBlock.map((block) => ({
      medianNs: block.medianNs * factor,
      ratio: block.ratio * factor,
    })),
  }
}

test('the study’s own figures uphold its claims, but for the causes that it did not measure', () => {
  expect(judge(studied).map(({ verdict }) => verdict)).toEqual([
    'holds',
    'holds',
    'holds',
    'holds',
    'holds',
    'undecided',
  ])
})

test('cells in which the study breaks its own claims are named, and not counted', () => {
  const skipped = judge(studied)
    .filter(({ number }) => number !== 4)
    .flatMap(({ parts }) => parts)
    .flatMap(({ title, evidence }) =>
      evidence
        .filter(({ outcome }) => outcome === 'exception')
        .map(({ workload }) => `${title}: ${workload}`),
    )
  expect(skipped).toEqual([
    'docker is not faster than linux: 1 GiB write',
    'qemu is not faster than linux: 1 GiB write-sync',
    'qemu is not faster than linux: 1 GiB write',
    'docker is equivalent to linux: 4 KiB read',
    'docker is equivalent to linux: 1 GiB write',
    'qemu is slower than docker: 4 KiB read',
    'qemu is slower than docker: 1 GiB write-sync',
    'xen-dom0 is slower than docker: 4 KiB read',
  ])
})

describe('a claim is contradicted', () => {
  test.each<[number, string, number]>([
    [1, 'docker', 2],
    [1, 'qemu', 0.01],
    [2, 'qemu', 10],
    [2, 'xen-dom0@xen', 0.05],
    [3, 'solo5-hvt', 0.001],
    [5, 'qemu', 0.5],
  ])('%i, if %s takes ×%d what it took in the study', (number, environment, factor) => {
    const judged = claim(
      number,
      changed(environment, (cell) => scaled(cell, factor)),
    )
    expect(judged).toMatchObject({ verdict: 'contradicted', reason: null })
  })

  test('4, if fsync costs nothing', () => {
    const free = changed('linux', (cell) =>
      cell.workload.operation === 'write-sync' ? scaled(cell, 1e-6) : {},
    )
    expect(claim(4, free).verdict).toBe('contradicted')
  })

  test('4, if fsync turns an order', () => {
    const turned = changed('solo5-hvt', (cell) =>
      cell.workload.operation === 'write-sync' ? scaled(cell, 1e-3) : {},
    )
    const parts = claim(4, turned).parts.filter(({ verdict }) => verdict === 'contradicted')
    expect(parts.map(({ title }) => title)).toContain(
      'fsync keeps the order of solo5-hvt and linux',
    )
  })
})

describe('a claim is undecided', () => {
  test('if its cells disagree, however large one of them is', () => {
    const one = changed('solo5-hvt', (cell) =>
      cell.workload.operation === 'read' ? scaled(cell, 1e-3) : scaled(cell, 1e3),
    )
    expect(claim(3, one)).toMatchObject({
      verdict: 'undecided',
      reason: expect.stringContaining('cells disagree, 4 for and 2 against'),
    })
  })

  test('if too few of its cells decide', () => {
    const vague = changed('solo5-hvt', (cell) =>
      cell.workload.operation === 'read' ? {} : { ratioInterval: [0.5, 200] },
    )
    expect(claim(3, vague).reason).toBe(
      '1 of 4 parts are open: intervals are too wide, measure more blocks',
    )
  })

  test.each<[string, Partial<Cell>, string]>([
    ['emulated', { fidelity: 'emulated', verdict: null }, 'qemu is emulated'],
    ['failed', { state: 'failed', reason: 'wrong data' }, 'qemu failed: wrong data'],
    ['unavailable', { state: 'unavailable', reason: 'no KVM' }, 'qemu is unavailable: no KVM'],
    ['not durable', { verdict: null, warnings: ['not ranked: …'] }, 'qemu: not ranked: …'],
    ['short of blocks', { ratioInterval: null }, 'qemu: too few blocks for an interval'],
  ])('if what it speaks of is %s', (_, change, reason) => {
    const judged = claim(
      2,
      changed('qemu', () => change),
    )
    expect(judged.verdict).toBe('undecided')
    expect(judged.reason).toBe(`2 of 3 parts are open: ${reason}`)
    const evidence = judged.parts[0]?.evidence ?? []
    const outcomes = new Set(evidence.map(({ outcome }) => outcome))
    expect([...outcomes].sort()).toEqual(['exception', 'skipped'])
  })

  test('if durability differs between the two', () => {
    const cached = changed('qemu', () => ({ durability: 'unverified' as const }))
    const reasons = claim(2, cached).parts[0]?.evidence.map((evidence) => evidence.reason)
    expect(reasons).toContain('not equally durable: qemu unverified, docker device')
  })

  test('if the session lacks an environment, a size, or everything', () => {
    const without = studied.filter(({ environment }) => environment !== 'xen-dom0@xen')
    expect(claim(3, without).reason).toContain('xen-dom0 was not measured here')
    const small = studied.filter(({ workload }) => workload.sizeBytes === 4096)
    expect(claim(5, small).reason).toContain('no workload of this session can tell')
    expect(judge([]).every(({ verdict }) => verdict === 'undecided')).toBe(true)
  })
})

test('the causes are judged by what taking each of them away gains', () => {
  const figures = { medianNs: 1, ratio: 60 }
  const variants = [
    ['hvt', 1],
    ['hvt+ring', 0.5],
    ['hvt+io_uring', 0.495],
    ['hvt+multiblock', 0.2],
  ] as const
  const cells = variants.map(([environment, factor]) => {
    const cell = cellOf(environment, 'read', 4096, figures)
    return { ...cell, ...scaled(cell, factor) }
  })
  const { parts, verdict } = claim(6, cells)
  expect(parts.map((part) => part.verdict)).toEqual(['holds', 'contradicted', 'holds'])
  expect(parts.map(({ evidence }) => evidence[0]?.ratio?.toFixed(2))).toEqual([
    '2.00',
    '1.01',
    '5.00',
  ])
  expect(verdict).toBe('contradicted')
})

test('a unikernel that sends single blocks is held against Linux that does not, by time', () => {
  const single = changed('solo5-hvt', ({ workload }) => ({
    workload: { ...workload, requestBytes: 512 },
    ...scaled(cellOf('', 'read', 4096, { medianNs: 1e12, ratio: 0.5 }), 1),
  }))
  const judged = claim(3, single)
  expect(judged.verdict).toBe('holds')
  expect(judged.parts[0]?.evidence).toHaveLength(6)
  const noLinux = single.filter(({ environment }) => environment !== 'linux')
  expect(claim(3, noLinux).reason).toContain('linux was not measured here')
})

describe('of merged sessions', () => {
  /** All but dom0 in one session, dom0 and what runs under its Xen in another. */
  const bare = studied.map((cell) =>
    cell.environment.includes('@') ? cell : { ...cell, environment: `${cell.environment}@bare` },
  )
  const underXen = changed('linux', (cell) => ({ ...scaled(cell, 100), environment: 'linux@xen' }))
  const noDom0 = changed('linux', () => ({ environment: 'xen-dom0@bare', state: 'unavailable' }))
  const added = [...underXen, ...noDom0].filter(({ environment }) => environment.includes('@'))
  const merged = [...bare, ...added.filter(({ environment }) => environment !== 'xen-dom0@xen')]

  test('each says what it can: dom0’s own, and everything else without Xen', () => {
    expect(judge(merged).map(({ verdict }) => verdict)).toEqual(
      judge(studied).map(({ verdict }) => verdict),
    )
    const workloads = claim(1, merged).parts.map(({ evidence }) => evidence[0]?.workload)
    expect(workloads).toEqual([
      '4 KiB write-sync (bare)',
      '4 KiB write-sync (bare)',
      '4 KiB write-sync (xen against bare)',
      '4 KiB write-sync (bare)',
      '4 KiB write-sync (bare)',
    ])
  })

  test('times are compared between two, as their native Linuxes differ', () => {
    const late = merged.map((cell) =>
      cell.environment === 'xen-dom0@xen'
        ? { ...cell, perBlock: cell.perBlock.map((block) => ({ ...block, ratio: 1 })) }
        : cell,
    )
    expect(claim(1, late).parts[2]?.evidence[0]?.ratio).toBeCloseTo(4.83 / 2.35, 1)
  })

  test('two without Xen both speak', () => {
    const twice = ['a', 'b'].flatMap((label) =>
      studied.map((cell) => ({
        ...cell,
        environment: `${cell.environment.split('@')[0]}@${label}`,
      })),
    )
    const without = twice.filter(({ environment }) => !environment.startsWith('xen'))
    expect(
      claim(1, without)
        .parts[0]?.evidence.map(({ workload }) => workload)
        .slice(0, 2),
    ).toEqual(['4 KiB write-sync (a)', '4 KiB write-sync (b)'])
  })

  test('one that was under Xen alone tells nothing of Linux', () => {
    const alone = studied.map((cell) => ({
      ...cell,
      environment: cell.environment.split('@')[0] ?? '',
    }))
    expect(claim(1, alone).reason).toContain('under Xen its dom0 is Linux')
  })
})

test('cold reads speak of no claim', () => {
  const cold = studied.map((cell) => ({
    ...cell,
    workload: { ...cell.workload, cache: 'cold' as const },
  }))
  expect(
    judge(cold).every(({ parts }) => parts.every(({ evidence }) => evidence.length === 0)),
  ).toBe(true)
})
