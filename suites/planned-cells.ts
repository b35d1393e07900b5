/** Which cells the suites of a run are to measure. */
import { basename } from 'node:path'
import { hasLedger } from '../fixtures/analysis/ledger-kinds.ts'
import { allFaces, chosenOf } from '../fixtures/environments/faces.ts'
import { memoryGuests } from '../fixtures/environments/qemu/memory-guests.ts'
import { workloadName } from '../fixtures/guest/workloads.ts'
import type { Environment, Workload } from '../fixtures/model.ts'
import type { Profile } from '../fixtures/session/profiles.ts'
import type { Session } from '../fixtures/session/session-file.ts'
import type { CellToMeasure } from '../reporters/progress.ts'

/** What a session asks of an environment: each workload in the requests that it can make, if it can. */
export function workloadsFor(
  { id, requestBytesFor }: Pick<Environment, 'id' | 'requestBytesFor'>,
  { name, workloads }: Profile,
  seed: number,
): readonly Workload[] {
  if (name === 'why' && !hasLedger(id)) return []
  return workloads.flatMap((workload): readonly Workload[] => {
    if (requestBytesFor === undefined) return [{ ...workload, seed }]
    const requestBytes = requestBytesFor(workload.sizeBytes)
    return requestBytes === null ? [] : [{ ...workload, seed, requestBytes }]
  })
}

/** What it cannot be asked, as no request of its makes up that size. */
export function misfitsFor(
  { requestBytesFor }: Pick<Environment, 'requestBytesFor'>,
  { workloads }: Profile,
  seed: number,
): readonly Workload[] {
  if (requestBytesFor === undefined) return []
  return workloads
    .filter(({ sizeBytes }) => requestBytesFor(sizeBytes) === null)
    .map((workload) => ({ ...workload, seed }))
}

/** @param files of suites. Those of builds plan for themselves. */
export async function plannedCells(
  { profile, seed, storage }: Session,
  files: readonly string[],
): Promise<readonly CellToMeasure[]> {
  const names = files.map((file) => basename(file).split('.')[0])
  const faces = (await allFaces()).filter(({ name }) => names.includes(name))
  const environments = [
    ...faces.flatMap((face) => chosenOf(face, storage.directory)),
    ...(names.includes('memory') && profile.name === 'memory'
      ? memoryGuests().map(({ environment }) => environment)
      : []),
  ]
  return environments.flatMap((environment) =>
    workloadsFor(environment, profile, seed).map((workload) => ({
      environment: environment.id,
      workload: workloadName(workload),
    })),
  )
}
