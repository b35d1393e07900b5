/** `npm run docs`: writes what the code declares, and the example, into the pages that show it. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PROJECT_DIRECTORY } from '../../fixtures/machine/paths.ts'
import { command } from '../../fixtures/session/command.ts'
import { parts, withPart } from '../pages.ts'

const HELP = `npm run docs

Writes into README.md and docs/ the tables of variables, as fixtures/session/variables.ts declares
them, that of faults, as fixtures/faults/ has them, and the example's tables, from the session in
docs/example/.`

await command({ name: 'docs', help: HELP }, async () => {
  for (const part of await parts()) {
    const path = join(PROJECT_DIRECTORY, part.file)
    await writeFile(path, withPart(await readFile(path, 'utf8'), part))
  }
})
