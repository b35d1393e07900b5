/** What a run of versions found, in words: changes first, then what keeps them from being trusted. */
import { NAMES } from '../../fixtures/analysis/gate-look.ts'
import type { Change, ChangeOfFigure } from '../../fixtures/analysis/version-changes.ts'
import type { Version, VersionedMetric, VersionsReport } from '../../fixtures/analysis/versions.ts'
import { oneLine } from '../../fixtures/printable.ts'
import { formatPercent } from '../../fixtures/units.ts'

/** A line each; where nothing changed it says so. */
export function changesOf({ metrics }: VersionsReport): readonly string[] {
  const changes = metrics.flatMap(({ metric, versions }) =>
    versions.flatMap((version, index) => [
      ...changedFigures(version).map((text) => `${metric}: ${text}`),
      ...changedCounts(version, versions.slice(0, index)).map((text) => `${metric}: ${text}`),
    ]),
  )
  if (changes.length > 0) return changes
  const all = metrics.flatMap(({ versions }) =>
    versions.flatMap(({ sinceBefore }) => (sinceBefore === null ? [] : [sinceBefore])),
  )
  if (all.length === 0) return ['Nothing was compared.']
  const open = all.filter(isUndecided)
  if (open.length === 0) return ['Nothing changed beyond the margin.']
  return [`No change is shown to be beyond the margin; ${open.length} comparisons are undecided.`]
}

/** Of the typical time, from one version to the next. */
function isUndecided({ findings }: Change): boolean {
  const typical = findings.find(({ figure }) => figure === 'typical')
  return typical === undefined || typical.verdict === 'inconclusive'
}

function changedFigures({ build, sinceBefore }: Version): readonly string[] {
  if (sinceBefore === null) return []
  const { from, fault } = sinceBefore
  if (fault !== null) return [`${build} cannot be compared with ${from}: ${fault}`]
  return changedOf(sinceBefore).map(
    (finding) => `${build} is ${finding.verdict} than ${from}: ${figureText(finding)}`,
  )
}

/** Figures beyond their margins; what the typical time tells, the means need not tell again. */
export function changedOf({ findings }: Change): readonly ChangeOfFigure[] {
  const changed = findings.filter(({ verdict }) => verdict === 'slower' || verdict === 'faster')
  const isTold = changed.some(({ figure }) => figure === 'typical')
  return changed.filter(({ figure }) => !isTold || (figure !== 'mean' && figure !== 'total'))
}

export function figureText({ figure, ratio, interval }: ChangeOfFigure): string {
  return `${NAMES[figure]} ${ratioText({ ratio, interval })}`
}

export function ratioText({ ratio, interval }: Pick<ChangeOfFigure, 'ratio' | 'interval'>): string {
  const [lower, upper] = interval.map((limit) => limit.toFixed(3))
  return `×${ratio.toFixed(3)} (${lower}–${upper})`
}

function changedCounts({ build, counts }: Version, earlier: readonly Version[]): readonly string[] {
  const before = earlier.findLast((one) => Object.keys(one.counts).length > 0)
  if (before === undefined) return []
  return Object.entries(counts).flatMap(([name, now]) => {
    const was = before.counts[name as keyof typeof before.counts]
    if (was === undefined || was === now) return []
    return [`${name} of one operation: ${was} in ${before.build} → ${now} in ${build}`]
  })
}

/** Builds that were left out, and why, an environment each; consoles as they were. */
export function leftOut({ metrics }: VersionsReport): readonly string[] {
  const reasons = metrics.flatMap(({ environment, versions }) =>
    versions.flatMap(({ build, reason }) =>
      reason === null ? [] : [`${oneLine(`${environment}: ${build}`)} is left out: ${reason}`],
    ),
  )
  return [...new Set(reasons)]
}

/** How far to trust it. */
export function doubtsOf({ metrics }: VersionsReport): readonly string[] {
  return [
    ...new Set(metrics.flatMap(emulationOf)),
    ...metrics.flatMap(weaknessesOf),
    'In parentheses are limits that hold for all comparisons together with 98 %; a change is one ' +
      'that they show to be beyond the margin.',
  ]
}

function emulationOf({ environment, versions }: VersionedMetric): readonly string[] {
  if (!versions.some(({ fidelity }) => fidelity === 'emulated')) return []
  return [`${environment} is emulated here: its times say nothing about real hardware`]
}

function weaknessesOf(measured: VersionedMetric): readonly string[] {
  const { metric, quiet, slowedBy, versions, blocksRequired } = measured
  const blocks = versions.flatMap(({ sinceBefore }) => (sinceBefore ? [sinceBefore.blocks] : []))
  const few = blocks.some((count) => count < blocksRequired)
  const { boots, disturbed, judged } = quiet
  const how = judged === 'quiet' ? 'repeated' : `not left out, ${judged.slice('all: '.length)}`
  return [
    ...(few
      ? [
          `${metric}: ${Math.min(...blocks)} of ${blocksRequired} blocks that an interval needs: ` +
            'GUESTBENCH_RESUME=latest adds more (GUESTBENCH_BUDGET, GUESTBENCH_BLOCKS)',
        ]
      : []),
    ...(slowedBy.length > 0
      ? [`${metric}: the machine was slowed meanwhile (${slowedBy.join(', ')}): start anew`]
      : []),
    ...undecidedMeans(measured),
    ...(disturbed > 0
      ? [`${metric}: ${disturbed} of ${boots} boots in disturbed moments, ${how}`]
      : []),
  ]
}

/** A typical time that is the same hides waits that are seldom; so do limits that are wide. */
function undecidedMeans({ metric, versions }: VersionedMetric): readonly string[] {
  const means = versions.flatMap(
    ({ sinceBefore }) => sinceBefore?.findings.filter(({ figure }) => figure === 'mean') ?? [],
  )
  const open = means.filter(({ verdict }) => verdict === 'inconclusive')
  if (open.length === 0) return []
  const limits = open.flatMap(({ interval }) => interval)
  const range = `×${Math.min(...limits).toFixed(2)} to ×${Math.max(...limits).toFixed(2)}`
  return [
    `${metric}: the mean of a boot is undecided in ${open.length} of ${means.length} steps, within ` +
      `${range}: waits that are seldom may hide there`,
  ]
}

/** Of the table of one metric. */
export function titleOf({ metric, margins, versions }: VersionedMetric): string {
  const blocks = versions.map(({ blocks: count }) => count).filter((count) => count > 0)
  const [least, most] = [Math.min(...blocks), Math.max(...blocks)]
  const range = least === most ? `${least}` : `${least} to ${most}`
  const measured = blocks.length === 0 ? 'nothing measured' : `${range} blocks`
  return `${metric} (${measured}, margin ${formatPercent(margins.typical)})`
}
