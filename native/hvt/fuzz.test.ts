/**
 * The fuzzers of fuzz/ for a while: half a minute each under CI, elsewhere little more than what is
 * in their corpus.
 */
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { make, native, needs } from '../workload/binary.ts'

const isCi = process.env.CI === 'true'
const SECONDS = isCi ? 30 : 2

/** Whether clang and its libraries can link a fuzzer. */
const trial =
  'echo "int LLVMFuzzerTestOneInput(void) { return 0; }" | ' +
  'clang -fsanitize=fuzzer,address,undefined -x c - -o /dev/null'

test.for(['elf', 'guest'])('%s: nothing is found', async (name, context) => {
  const remedy = 'apt install clang libclang-rt-dev'
  await needs(context, ['sh', '-c', trial], { remedy, always: isCi })
  await make('fuzzers')
  // Not as a turn of all that want to build meanwhile.
  const { all, failed } = await execa(
    'make',
    ['-C', native, `fuzz-${name}`, `FUZZ_SECONDS=${SECONDS}`],
    { all: true, reject: false },
  )
  // Of thousands of lines the finding, and the input that stages it again.
  const finding = all.split('\n').filter((line) => !/^#\d+\t|^INFO: /.test(line))
  expect(failed, finding.slice(-60).join('\n')).toBe(false)
})
