import { basename } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { allFaces } from '../fixtures/environments/faces.ts'

/** What tells or judges the measurements of all others. */
export const LAST: readonly string[] = ['answer', 'ordering']

/** Suites run in the order of their environments' faces; what has none after these, by name. */
export class StudySequencer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const order = (await allFaces()).map(({ name }) => name)
    const rank = ({ moduleId }: TestSpecification) => {
      const name = basename(moduleId).split('.')[0] as string
      if (LAST.includes(name)) return order.length + 1
      const index = order.indexOf(name)
      return index === -1 ? order.length : index
    }
    return files.toSorted((a, b) => rank(a) - rank(b) || a.moduleId.localeCompare(b.moduleId))
  }
}
