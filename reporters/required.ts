/** Whether each environment that GUESTBENCH_REQUIRE names was measured in this run. */
import type { TestModule } from 'vitest/node'

/**
 * A suite may be filtered out, by its file or by its tests' names, and its tests may all be skipped:
 * then nothing fails, and nothing was measured.
 */
export function unmeasured(
  required: readonly string[],
  modules: readonly Pick<TestModule, 'children'>[],
): readonly string[] {
  const measured = new Set<string | undefined>()
  for (const { children } of modules) {
    for (const test of children.allTests()) {
      if (test.result().state !== 'skipped') measured.add(test.meta().measures)
    }
  }
  return required.filter((id) => !measured.has(id))
}
