/*
 * What the fuzzers share. Each runs parts of the tender in its own process, again and again: the
 * tender's `fail` ends a run instead of the process, what a run allocates and opens is gone at its
 * end, and the calls of rules.mk's FUZZ_SEAMS are the fuzzer's.
 */
#pragma once

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* libFuzzer's entries. */
int LLVMFuzzerInitialize(int *count, char ***words);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

/* Where a run goes on when the tender fails. */
extern jmp_buf fuzz_failed;

/* Whether the tender may end so because of its guest; each fuzzer has its own. */
bool fuzz_is_orderly(const char *message);

/* At the end of a run: frees what the tender has allocated, and closes what it has opened. */
void fuzz_clean_up(void);

/* Ends the fuzzer with a finding. */
#define FUZZ_CHECK(condition)                                                                      \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fuzz_report(#condition);                                                               \
        }                                                                                          \
    } while (0)
_Noreturn void fuzz_report(const char *finding);
