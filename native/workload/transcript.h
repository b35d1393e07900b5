/* The lines of native/PROTOCOL.md. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "histogram.h"
#include "pattern.h"
#include "words.h"

void print_begin(const struct words *words);
void print_clock(uint64_t overhead_ns);
void print_samples(const struct words *words, const uint64_t *elapsed_ns);
void print_histogram(const struct histogram *histogram);
void print_end(const struct words *words, const struct checksum *checksum);

/* Acknowledges the operation of that number: what it wrote is durable. */
void print_durable(uint64_t number);

/* Says that all is flushed that the operations wrote. */
void print_held(void);

/* Print the line that closes a failed run; always false, for the caller to return. */
bool fail(const char *code, const char *detail);
/* Of the platform's own error. Cold, so that it stays out of the timed loop. */
__attribute__((cold, noinline)) bool fail_storage(void);
bool fail_data(uint64_t offset, uint8_t found, uint8_t expected);
/* The same, found by a step of an exercise; one that is behind the last is the check at its end. */
bool fail_data_at(uint64_t step, uint64_t offset, uint8_t found, uint8_t expected);
/* A request that is wrong was served. */
bool fail_refusal(uint64_t step, bool writes, const char *fault);
bool fail_memory(uint64_t bytes);
