#include "workload.h"

#include "contents.h"
#include "delay.h"
#include "histogram.h"
#include "operations.h"
#include "pattern.h"
#include "places.h"
#include "platform.h"
#include "transcript.h"
#include "words.h"

/* What the steps of one run share. */
struct run {
    struct words words;
    operation_loop *loop;
    uint8_t *window;
    uint64_t window_bytes;
    /* Operations so far, and those whose data has been read back. */
    uint64_t done;
    uint64_t checked;
    uint64_t *elapsed_ns;
    struct histogram *latency;
    struct checksum checksum;
};

static bool allocate(struct run *run)
{
    const struct words *words = &run->words;
    uint64_t elapsed_bytes = words->samples * sizeof *run->elapsed_ns;
    bool is_whole = operation_order(words->operation) == ORDER_WHOLE;
    run->window_bytes =
        is_whole ? pattern_window(words->size_bytes, words->request_bytes) : words->size_bytes;
    /* Of a window that is shorter than its stamp, the rest of that is behind it. */
    run->window = memory_allocate(run->window_bytes + sizeof(uint32_t));
    if (run->window == NULL) {
        return fail_memory(run->window_bytes);
    }
    run->elapsed_ns = memory_allocate(elapsed_bytes);
    return run->elapsed_ns == NULL ? fail_memory(elapsed_bytes) : places_prepare(words);
}

static bool check(struct run *run)
{
    operation_check *check_contents = operations_check_of(run->words.operation);
    run->checked = run->done;
    return check_contents(&run->words, run->window, run->window_bytes, run->done, &run->checksum);
}

/* Leaves the first pattern in the storage, and in the window what the operations write. */
static bool prepare(struct run *run)
{
    const struct words *words = &run->words;
    bool ready = false;
    switch (storage_open(words)) {
    case STORAGE_FAILED:
        return fail_storage();
    case STORAGE_EMPTY:
        ready = contents_fill(words, run->window, run->window_bytes);
        break;
    case STORAGE_FILLED:
        ready = contents_check(words, run->window, run->window_bytes, 0, NULL);
        break;
    }
    pattern_fill(run->window, run->window_bytes, (uint32_t)words->seed);
    return ready;
}

static bool since(uint64_t start_ns, uint64_t end_ns, uint64_t *elapsed_ns)
{
    *elapsed_ns = end_ns - start_ns;
    return start_ns <= end_ns || fail("clock", "time went backwards");
}

/*
 * The least of many batches' means: means, because a clock may tick more slowly than it is read;
 * the least of them, because interruptions only ever add. A clock that is emulated would take half
 * a second for all of them.
 */
static bool time_clock(void)
{
    enum { BATCHES = 100, READINGS = 100, ENOUGH_NS = 10000000 };
    uint64_t least_ns = UINT64_MAX;
    uint64_t spent_ns = 0;
    for (int batch = 0; batch < BATCHES && spent_ns < ENOUGH_NS; batch++) {
        uint64_t batch_ns;
        uint64_t start_ns = clock_ns();
        uint64_t end_ns = start_ns;
        for (int reading = 0; reading < READINGS; reading++) {
            end_ns = clock_ns();
        }
        if (!since(start_ns, end_ns, &batch_ns)) {
            return false;
        }
        least_ns = batch_ns < least_ns ? batch_ns : least_ns;
        spent_ns += batch_ns;
    }
    print_clock((least_ns + READINGS / 2) / READINGS);
    return true;
}

static bool time_delay(const struct words *words)
{
    return words->delay_ns == 0 || delay_set(words->delay_ns) ||
           fail("clock", "time went backwards");
}

/* What was written is read back before any place of it is written again. */
static bool check_pass(struct run *run, uint64_t count)
{
    const struct words *words = &run->words;
    if (operation_order(words->operation) == ORDER_WHOLE || !operation_writes(words->operation) ||
        run->done + count <= run->checked + places.count) {
        return true;
    }
    if (!check(run)) {
        return false;
    }
    pattern_fill(run->window, run->window_bytes, (uint32_t)words->seed);
    return true;
}

static bool time_operations(struct run *run, uint64_t count, uint64_t *elapsed_ns)
{
    if (!check_pass(run, count)) {
        return false;
    }
    if (run->words.is_cold && !storage_drop_cache()) {
        return fail_storage();
    }
    uint64_t start_ns = clock_ns();
    bool done = run->loop(&run->words, run->window, run->window_bytes, run->done + 1, count);
    uint64_t end_ns = clock_ns();
    run->done += count;
    return done && since(start_ns, end_ns, elapsed_ns);
}

/* Between two operations there is a line: what they take is no measurement. */
static bool acknowledge_operations(struct run *run, uint64_t count, uint64_t *elapsed_ns)
{
    *elapsed_ns = 0;
    for (uint64_t index = 0; index < count; index++) {
        uint64_t operation_ns;
        if (!time_operations(run, 1, &operation_ns)) {
            return false;
        }
        *elapsed_ns += operation_ns;
        print_durable(run->done);
    }
    return true;
}

static bool take_samples(struct run *run)
{
    bool acknowledges = run->words.acknowledge == 1;
    for (uint64_t index = 0; index < run->words.samples; index++) {
        if (!(acknowledges ? acknowledge_operations : time_operations)(run, run->words.operations,
                                                                       &run->elapsed_ns[index])) {
            return false;
        }
    }
    return true;
}

static bool take_latencies(struct run *run)
{
    for (uint64_t index = 0; index < run->words.latency_operations; index++) {
        uint64_t elapsed_ns;
        if (!time_operations(run, 1, &elapsed_ns)) {
            return false;
        }
        histogram_add(run->latency, elapsed_ns);
    }
    return true;
}

/* Nothing is asked of the storage behind the flush: what it holds back it can never write. */
static bool hold(const struct run *run)
{
    if (!storage_sync()) {
        return fail_storage();
    }
    print_samples(&run->words, run->elapsed_ns);
    print_histogram(run->latency);
    print_held();
    platform_wait();
}

bool workload(size_t count, const char *const *texts)
{
    /* Static, as it is too large for a unikernel's stack. */
    static struct histogram latency;
    struct run run = {.latency = &latency};
    struct refusal refusal;
    if (!words_parse(count, texts, &run.words, &refusal)) {
        return fail(refusal.code, refusal.detail);
    }
    run.loop = operations_loop_of(run.words.operation, run.words.delay_ns > 0);
    print_begin(&run.words);
    if (!allocate(&run) || !prepare(&run) || !time_clock() || !time_delay(&run.words) ||
        !take_samples(&run) || !take_latencies(&run)) {
        return false;
    }
    if (run.words.hold == 1) {
        return hold(&run);
    }
    /* Before all is read back, so that the host sees when the operations have ended. */
    print_samples(&run.words, run.elapsed_ns);
    print_histogram(&latency);
    if (!check(&run)) {
        return false;
    }
    print_end(&run.words, &run.checksum);
    return true;
}
