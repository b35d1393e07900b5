/** Vitest prints errors, annotations and logs of suites as they are, and they quote others. */
import { stripVTControlCharacters } from 'node:util'
import type { TestModule } from 'vitest/node'
import { printable } from '../fixtures/printable.ts'

/** Makes safe what Vitest will print of a module that has ended. */
export function makePrintable(module: TestModule): void {
  const { children } = module
  for (const suite of [module, ...children.allSuites()])
    for (const error of suite.errors()) disarm(error)
  for (const test of children.allTests()) {
    for (const said of [...(test.result().errors ?? []), ...test.annotations()]) disarm(said)
  }
}

/** Every string in an object, in place: whoever prints it holds the same one. */
export function disarm(value: object, seen = new Set<object>()): void {
  if (seen.has(value)) return
  seen.add(value)
  const fields = value as Record<string, unknown>
  for (const name of Object.getOwnPropertyNames(value)) {
    const field = fields[name]
    if (typeof field === 'string') fields[name] = plain(field)
    else if (typeof field === 'object' && field !== null) disarm(field, seen)
  }
}

/** Without the colours of Vitest's own words, which would be told from others' by nothing. */
export function plain(text: string): string {
  return printable(stripVTControlCharacters(text))
}
