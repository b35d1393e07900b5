#include "transcript.h"

#include "line.h"
#include "platform.h"

enum { BUCKETS_A_LINE = 16 };

void print_begin(const struct words *words)
{
    struct line line;
    line_begin(&line, "begin");
    line_text(&line, " operation=");
    line_text(&line, operation_name(words->operation));
    line_text(&line, " cache=");
    line_text(&line, cache_name(words->is_cold));
    line_field(&line, "size", words->size_bytes);
    line_field(&line, "request", words->request_bytes);
    line_field(&line, "samples", words->samples);
    line_field(&line, "operations", words->operations);
    line_field(&line, "latency", words->latency_operations);
    line_field(&line, "seed", words->seed);
    if (words->file_bytes != words->size_bytes) {
        line_field(&line, "file", words->file_bytes);
    }
    if (words->delay_ns > 0) {
        line_field(&line, "delay", words->delay_ns);
    }
    line_print(&line);
}

void print_clock(uint64_t overhead_ns)
{
    struct line line;
    line_begin(&line, "clock");
    line_field(&line, "overhead_ns", overhead_ns);
    line_print(&line);
}

void print_samples(const struct words *words, const uint64_t *elapsed_ns)
{
    for (uint64_t index = 0; index < words->samples; index++) {
        struct line line;
        line_begin(&line, "sample ");
        line_number(&line, index);
        line_text(&line, " ");
        line_number(&line, elapsed_ns[index]);
        line_text(&line, " ");
        line_number(&line, words->operations);
        line_print(&line);
    }
}

void print_histogram(const struct histogram *histogram)
{
    struct line line;
    int buckets = 0;
    for (uint64_t bucket = 0; bucket < HISTOGRAM_BUCKETS; bucket++) {
        if (histogram->counts[bucket] == 0) {
            continue;
        }
        if (buckets == 0) {
            line_begin(&line, "histogram");
        }
        line_text(&line, " ");
        line_number(&line, bucket);
        line_text(&line, "=");
        line_number(&line, histogram->counts[bucket]);
        if (++buckets == BUCKETS_A_LINE) {
            line_print(&line);
            buckets = 0;
        }
    }
    if (buckets > 0) {
        line_print(&line);
    }
}

void print_end(const struct words *words, const struct checksum *checksum)
{
    struct line line;
    line_begin(&line, "end");
    line_field(&line, "samples", words->samples);
    line_field(&line, "latency", words->latency_operations);
    line_text(&line, " checksum=");
    line_hex(&line, checksum->b, 8);
    line_hex(&line, checksum->a, 8);
    line_print(&line);
}

void print_durable(uint64_t number)
{
    struct line line;
    line_begin(&line, "durable ");
    line_number(&line, number);
    line_print(&line);
}

void print_held(void)
{
    struct line line;
    line_begin(&line, "held");
    line_print(&line);
}

static void begin_fail(struct line *line, const char *code)
{
    line_begin(line, "fail code=");
    line_text(line, code);
    line_text(line, " detail=");
}

bool fail(const char *code, const char *detail)
{
    struct line line;
    begin_fail(&line, code);
    line_text(&line, detail);
    line_print(&line);
    return false;
}

bool fail_storage(void)
{
    return fail("storage", storage_error());
}

static void begin_fail_data(struct line *line, uint64_t offset, uint8_t found, uint8_t expected)
{
    begin_fail(line, "data");
    line_text(line, "offset=");
    line_number(line, offset);
    line_text(line, " found=");
    line_hex(line, found, 2);
    line_text(line, " expected=");
    line_hex(line, expected, 2);
}

bool fail_data(uint64_t offset, uint8_t found, uint8_t expected)
{
    struct line line;
    begin_fail_data(&line, offset, found, expected);
    line_print(&line);
    return false;
}

bool fail_data_at(uint64_t step, uint64_t offset, uint8_t found, uint8_t expected)
{
    struct line line;
    begin_fail_data(&line, offset, found, expected);
    line_field(&line, "step", step);
    line_print(&line);
    return false;
}

bool fail_refusal(uint64_t step, bool writes, const char *fault)
{
    struct line line;
    begin_fail(&line, "refusal");
    line_text(&line, writes ? "write " : "read ");
    line_text(&line, fault);
    line_text(&line, " was served");
    line_field(&line, "step", step);
    line_print(&line);
    return false;
}

bool fail_memory(uint64_t bytes)
{
    struct line line;
    begin_fail(&line, "memory");
    line_number(&line, bytes);
    line_text(&line, " bytes cannot be allocated");
    line_print(&line);
    return false;
}
