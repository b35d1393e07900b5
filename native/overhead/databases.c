/*
 * The workload, and beside it a database: with the word `database=sqlite` each operation is an
 * insert of `size` bytes into SQLite, in a transaction of its own (WAL, synchronous=FULL). It
 * speaks the same protocol (../PROTOCOL.md), but that the checksum is 0: that all is there it asks
 * SQLite.
 */
#define _POSIX_C_SOURCE 200809L
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "../workload/histogram.h"
#include "../workload/pattern.h"
#include "../workload/platform.h"
#include "../workload/transcript.h"
#include "../workload/words.h"

/* platform_posix.c, whose main it is. */
int workload_main(int count, char **words);

static sqlite3 *database;
static sqlite3_stmt *insert;

static bool fail_sqlite(void)
{
    return fail("storage", sqlite3_errmsg(database));
}

static bool run(const char *statement)
{
    return sqlite3_exec(database, statement, NULL, NULL, NULL) == SQLITE_OK || fail_sqlite();
}

/* The one number or text that a statement gives, to be freed. */
static char *answer(const char *statement)
{
    sqlite3_stmt *asked;
    char *text = NULL;
    if (sqlite3_prepare_v2(database, statement, -1, &asked, NULL) == SQLITE_OK &&
        sqlite3_step(asked) == SQLITE_ROW) {
        text = strdup((const char *)sqlite3_column_text(asked, 0));
    }
    sqlite3_finalize(asked);
    return text;
}

static bool is_answer(const char *statement, const char *expected)
{
    char *found = answer(statement);
    bool same = found != NULL && strcmp(found, expected) == 0;
    if (!same) {
        fail("storage", found == NULL ? sqlite3_errmsg(database) : found);
    }
    free(found);
    return same;
}

static bool open_database(const struct words *words)
{
    return (sqlite3_open(words->path, &database) == SQLITE_OK || fail_sqlite()) &&
           is_answer("PRAGMA journal_mode=WAL", "wal") && run("PRAGMA synchronous=FULL") &&
           is_answer("PRAGMA synchronous", "2") &&
           run("CREATE TABLE log(number INTEGER PRIMARY KEY, record BLOB)") &&
           (sqlite3_prepare_v2(database, "INSERT INTO log VALUES (?, ?)", -1, &insert, NULL) ==
                SQLITE_OK ||
            fail_sqlite());
}

static bool insert_records(const struct words *words, uint8_t *record, uint64_t first,
                           uint64_t count, uint64_t *elapsed_ns)
{
    uint64_t start_ns = clock_ns();
    for (uint64_t number = first; number < first + count; number++) {
        pattern_stamp(record, words->size_bytes, SECTOR_BYTES, number);
        sqlite3_bind_int64(insert, 1, (sqlite3_int64)number);
        sqlite3_bind_blob(insert, 2, record, (int)words->size_bytes, SQLITE_STATIC);
        if (sqlite3_step(insert) != SQLITE_DONE || sqlite3_reset(insert) != SQLITE_OK) {
            return fail_sqlite();
        }
    }
    *elapsed_ns = clock_ns() - start_ns;
    return true;
}

/* As many as were inserted, each as long, no two alike, and the database itself in order. */
static bool check(const struct words *words, uint64_t done)
{
    static const char sums[] =
        "SELECT count(*) || ' ' || max(number) || ' ' || sum(length(record)) "
        "|| ' ' || count(DISTINCT record) FROM log";
    char expected[128];
    sqlite3_snprintf(sizeof expected, expected, "%llu %llu %llu %llu", done, done,
                     done * words->size_bytes, done);
    return is_answer(sums, expected) && is_answer("PRAGMA integrity_check", "ok");
}

static bool time_database(const struct words *words)
{
    static struct histogram latency;
    struct checksum none = {0, 0};
    uint64_t *elapsed_ns = calloc(words->samples, sizeof *elapsed_ns);
    uint8_t *record = calloc(words->size_bytes + sizeof(uint32_t), 1);
    uint64_t done = 0;
    if (elapsed_ns == NULL || record == NULL) {
        return fail_memory(words->size_bytes);
    }
    pattern_fill(record, words->size_bytes, (uint32_t)words->seed);
    print_begin(words);
    if (!open_database(words)) {
        return false;
    }
    uint64_t clock_start_ns = clock_ns();
    print_clock(clock_ns() - clock_start_ns);
    for (uint64_t index = 0; index < words->samples; index++, done += words->operations) {
        if (!insert_records(words, record, done + 1, words->operations, &elapsed_ns[index])) {
            return false;
        }
    }
    for (uint64_t index = 0; index < words->latency_operations; index++, done++) {
        uint64_t one_ns;
        if (!insert_records(words, record, done + 1, 1, &one_ns)) {
            return false;
        }
        histogram_add(&latency, one_ns);
    }
    print_samples(words, elapsed_ns);
    print_histogram(&latency);
    if (!check(words, done)) {
        return false;
    }
    print_end(words, &none);
    return true;
}

int main(int count, char **texts)
{
    struct words words;
    struct refusal refusal;
    int kept = 1;
    for (int index = 1; index < count; index++) {
        if (strcmp(texts[index], "database=sqlite") != 0) {
            texts[kept++] = texts[index];
        }
    }
    if (kept == count) {
        return workload_main(count, texts);
    }
    if (!words_parse((size_t)kept - 1, (const char *const *)texts + 1, &words, &refusal)) {
        fail(refusal.code, refusal.detail);
        return EXIT_FAILURE;
    }
    return time_database(&words) ? EXIT_SUCCESS : EXIT_FAILURE;
}
