import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PROJECT_DIRECTORY } from '../fixtures/machine/paths.ts'
import { parts, withPart } from './pages.ts'

test.for(await parts())('$name in $file is as `npm run docs` writes it', async (part) => {
  const page = await readFile(join(PROJECT_DIRECTORY, part.file), 'utf8')
  expect(withPart(page, part)).toBe(page)
})

test('a part that is out of date is replaced, and nothing beside it', () => {
  const page = 'before\n<!-- list -->\n\nold $& <!-- -->\n\n<!-- end -->\nafter\n<!-- end -->\n'
  expect(withPart(page, { file: 'a.md', name: 'list', text: 'new $&\n' })).toBe(
    'before\n<!-- list -->\n\nnew $&\n\n<!-- end -->\nafter\n<!-- end -->\n',
  )
})

test('a page that has no place for the part is an error', () => {
  const part = { file: 'a.md', name: 'list', text: 'new\n' }
  expect(() => withPart('# Title\n<!-- end -->', part)).toThrow('a.md: expected <!-- list -->')
})

test('the README is short enough to be read', async () => {
  const lines = (await readFile(join(PROJECT_DIRECTORY, 'README.md'), 'utf8')).trimEnd().split('\n')
  expect(lines.length).toBeLessThanOrEqual(150)
})
