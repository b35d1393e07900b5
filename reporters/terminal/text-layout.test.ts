import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { type GridCell, layOut, paint, wrap } from './text-layout.ts'

const block = (text: string): GridCell => [[{ text }]]

test('a Chinese or Japanese character takes two columns, and one that combines none', () => {
  const rows = ['固态硬盘', 'ディスク1', 'e\u0301tat', '💾'].map((title) => [
    block(title),
    block('|'),
  ])
  const columns = layOut(rows, 1).map((line) => stringWidth(paint(line, false).split('|')[0] ?? ''))
  expect(columns).toEqual([10, 10, 10, 10])
})

test('lines are as wide as is allowed, and break no character', () => {
  expect(wrap('固态硬盘 ssd', 5)).toEqual(['固态', '硬盘', 'ssd'])
  expect(wrap('ab固态 👩‍💻👩‍💻', 4)).toEqual(['ab固', '态', '👩‍💻👩‍💻'])
  expect(wrap('e\u0301e\u0301e\u0301', 2)).toEqual(['e\u0301e\u0301', 'e\u0301'])
})

test('a character that is wider than the line stands alone', () => {
  expect(wrap('固态', 1)).toEqual(['固', '态'])
})
