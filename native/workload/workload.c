#include "workload.h"

#include "histogram.h"
#include "line.h"
#include "operations.h"
#include "pattern.h"
#include "platform.h"
#include "words.h"

enum { HISTOGRAM_FIELDS_A_LINE = 16 };

/* What the steps of one run share. */
struct run {
    struct words words;
    operations_loop *loop;
    uint8_t *window;
    uint64_t window_bytes;
    uint64_t *elapsed_ns;
    struct checksum checksum;
};

static struct histogram histogram;

static bool fail(const char *code, const char *detail)
{
    struct line line;
    line_begin(&line, "fail code=");
    line_text(&line, code);
    line_text(&line, " detail=");
    line_text(&line, detail);
    line_print(&line);
    return false;
}

static bool fail_data(uint64_t offset, uint8_t found, uint8_t expected)
{
    struct line line;
    line_begin(&line, "fail code=data detail=offset=");
    line_number(&line, offset);
    line_text(&line, " found=");
    line_hex(&line, found, 2);
    line_text(&line, " expected=");
    line_hex(&line, expected, 2);
    line_print(&line);
    return false;
}

static bool fail_memory(uint64_t bytes)
{
    struct line line;
    line_begin(&line, "fail code=memory detail=");
    line_number(&line, bytes);
    line_text(&line, " bytes cannot be allocated");
    line_print(&line);
    return false;
}

static void print_begin(const struct words *words)
{
    struct line line;
    line_begin(&line, "begin operation=");
    line_text(&line, operation_name(words->operation));
    line_field(&line, "size", words->size_bytes);
    line_field(&line, "request", words->request_bytes);
    line_field(&line, "samples", words->samples);
    line_field(&line, "operations", words->operations);
    line_field(&line, "latency", words->latency_operations);
    line_field(&line, "seed", words->seed);
    line_print(&line);
}

static bool allocate(struct run *run)
{
    size_t elapsed_bytes = run->words.samples * sizeof *run->elapsed_ns;
    run->elapsed_ns = memory_allocate(elapsed_bytes);
    if (run->elapsed_ns == NULL) {
        return fail_memory(elapsed_bytes);
    }
    run->window_bytes = pattern_window(run->words.size_bytes, run->words.request_bytes);
    run->window = memory_allocate(run->window_bytes);
    if (run->window == NULL) {
        return fail_memory(run->window_bytes);
    }
    return true;
}

static uint64_t window_at(const struct run *run, uint64_t offset)
{
    uint64_t rest_bytes = run->words.size_bytes - offset;
    return rest_bytes < run->window_bytes ? rest_bytes : run->window_bytes;
}

static bool fill(const struct run *run, uint32_t seed)
{
    pattern_fill(run->window, run->window_bytes, seed);
    for (uint64_t offset = 0; offset < run->words.size_bytes; offset += run->window_bytes) {
        if (!storage_write(offset, run->window, window_at(run, offset))) {
            return fail("storage", storage_error());
        }
    }
    return storage_sync() || fail("storage", storage_error());
}

/* Reads the whole storage back into the window, against the pattern of `seed`. */
static bool check(struct run *run, uint32_t seed)
{
    run->checksum = (struct checksum){0, 0};
    for (uint64_t offset = 0; offset < run->words.size_bytes; offset += run->window_bytes) {
        size_t bytes = window_at(run, offset);
        if (!storage_read(offset, run->window, bytes)) {
            return fail("storage", storage_error());
        }
        size_t good = pattern_check(run->window, bytes, seed, &run->checksum);
        if (good < bytes) {
            return fail_data(offset + good, run->window[good], pattern_byte(good, seed));
        }
    }
    return true;
}

/* Leaves in the storage what must be there before the first operation, in the window what it
 * writes. */
static bool prepare(struct run *run)
{
    uint32_t seed = (uint32_t)run->words.seed;
    uint32_t first_seed = run->words.operation == OPERATION_READ ? seed : seed ^ 0xffffffff;
    enum storage_state state = storage_open(&run->words);
    if (state == STORAGE_FAILED) {
        return fail("storage", storage_error());
    }
    if (!(state == STORAGE_FILLED ? check(run, first_seed) : fill(run, first_seed))) {
        return false;
    }
    pattern_fill(run->window, run->window_bytes, seed);
    return true;
}

static bool elapsed(uint64_t start_ns, uint64_t end_ns, uint64_t *elapsed_ns)
{
    *elapsed_ns = end_ns - start_ns;
    return end_ns >= start_ns || fail("clock", "time went backwards");
}

/*
 * The least of many batches' means: a mean, because a clock may tick more slowly than it is read;
 * the least, because interruptions only ever add.
 */
static bool print_clock_overhead(void)
{
    enum { BATCHES = 100, READINGS = 100 };
    uint64_t least_ns = UINT64_MAX;
    for (int batch = 0; batch < BATCHES; batch++) {
        uint64_t batch_ns;
        uint64_t start_ns = clock_ns();
        uint64_t end_ns = start_ns;
        for (int reading = 0; reading < READINGS; reading++) {
            end_ns = clock_ns();
        }
        if (!elapsed(start_ns, end_ns, &batch_ns)) {
            return false;
        }
        least_ns = batch_ns < least_ns ? batch_ns : least_ns;
    }
    struct line line;
    line_begin(&line, "clock");
    line_field(&line, "overhead_ns", (least_ns + READINGS / 2) / READINGS);
    line_print(&line);
    return true;
}

static bool time_operations(const struct run *run, uint64_t count, uint64_t *elapsed_ns)
{
    uint64_t start_ns = clock_ns();
    bool done = run->loop(&run->words, run->window, run->window_bytes, count);
    uint64_t end_ns = clock_ns();
    return (done || fail("storage", storage_error())) && elapsed(start_ns, end_ns, elapsed_ns);
}

static bool measure(struct run *run)
{
    for (uint64_t i = 0; i < run->words.samples; i++) {
        if (!time_operations(run, run->words.operations, &run->elapsed_ns[i])) {
            return false;
        }
    }
    for (uint64_t i = 0; i < run->words.latency_operations; i++) {
        uint64_t latency_ns;
        if (!time_operations(run, 1, &latency_ns)) {
            return false;
        }
        histogram_add(&histogram, latency_ns);
    }
    return true;
}

static void print_samples(const struct run *run)
{
    for (uint64_t i = 0; i < run->words.samples; i++) {
        struct line line;
        line_begin(&line, "sample ");
        line_number(&line, i);
        line_text(&line, " ");
        line_number(&line, run->elapsed_ns[i]);
        line_text(&line, " ");
        line_number(&line, run->words.operations);
        line_print(&line);
    }
}

static void print_histogram(void)
{
    struct line line;
    int fields = 0;
    for (size_t bucket = 0; bucket < HISTOGRAM_BUCKETS; bucket++) {
        if (histogram.counts[bucket] == 0) {
            continue;
        }
        if (fields == 0) {
            line_begin(&line, "histogram");
        }
        line_text(&line, " ");
        line_number(&line, bucket);
        line_text(&line, "=");
        line_number(&line, histogram.counts[bucket]);
        if (++fields == HISTOGRAM_FIELDS_A_LINE) {
            line_print(&line);
            fields = 0;
        }
    }
    if (fields > 0) {
        line_print(&line);
    }
}

static void print_end(const struct run *run)
{
    struct line line;
    line_begin(&line, "end");
    line_field(&line, "samples", run->words.samples);
    line_field(&line, "latency", run->words.latency_operations);
    line_text(&line, " checksum=");
    line_hex(&line, run->checksum.b, 8);
    line_hex(&line, run->checksum.a, 8);
    line_print(&line);
}

bool workload(size_t count, const char *const *words)
{
    struct run run;
    struct refusal refusal;
    if (!words_parse(count, words, &run.words, &refusal)) {
        return fail(refusal.code, refusal.detail);
    }
    run.loop = operations_loop_of(run.words.operation);
    print_begin(&run.words);
    if (!allocate(&run) || !prepare(&run) || !print_clock_overhead() || !measure(&run) ||
        !check(&run, (uint32_t)run.words.seed)) {
        return false;
    }
    print_samples(&run);
    print_histogram();
    print_end(&run);
    return true;
}
