import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { compiler } from './binary.ts'

/** Prints the bucket of each of its words. */
const driver = `
  #include "histogram.h"
  #include <stdio.h>
  #include <stdlib.h>
  int main(int count, char **words) {
    for (int i = 1; i < count; i++) {
      struct histogram histogram = {{0}};
      histogram_add(&histogram, strtoull(words[i], NULL, 10));
      for (int bucket = 0; bucket < HISTOGRAM_BUCKETS; bucket++)
        if (histogram.counts[bucket] > 0) printf("%d\\n", bucket);
    }
  }`

/** native/PROTOCOL.md, by the digits of the number instead of its logarithm. */
function bucketOf(value: bigint): number {
  if (value < 16n) return Number(value)
  const digits = value.toString(2)
  return 16 * (digits.length - 1 - 3) + (Number.parseInt(digits.slice(0, 5), 2) - 16)
}

test('every power of two, its neighbours and its middle are in their bucket', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'guestbench-histogram-'))
  try {
    const program = join(directory, 'driver')
    const sources = ['-I', import.meta.dirname, join(import.meta.dirname, 'histogram.c'), '-']
    await execa(compiler, ['-o', program, '-x', 'c', ...sources], { input: driver })
    const powers = Array.from({ length: 64 }, (_, exponent) => 2n ** BigInt(exponent))
    const values = powers.flatMap((power) => [power - 1n, power, power + 1n, power + power / 2n])
    values.push(2n ** 64n - 1n)
    const { stdout } = await execa(program, values.map(String), { lines: true })
    expect(stdout.map(Number)).toEqual(values.map(bucketOf))
  } finally {
    await rm(directory, { recursive: true })
  }
})
