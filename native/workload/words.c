#include "words.h"

#include "platform.h"

enum {
    KEY_OPERATION,
    KEY_CACHE,
    KEY_SIZE,
    KEY_REQUEST,
    KEY_SAMPLES,
    KEY_OPERATIONS,
    KEY_LATENCY,
    KEY_SEED,
    KEY_FILE,
    KEY_DELAY,
    KEY_HOLD,
    KEY_ACKNOWLEDGE,
    KEY_FILL,
    KEY_PATH,
    KEY_COUNT,
};

struct key {
    const char *name;
    /* Of a number: its field in struct words, and its range. A key without a range is a text. */
    size_t field;
    uint64_t least;
    uint64_t most;
    bool optional;
};

/* The model of what is exercised is a window of the pattern, which is no longer. */
enum { MOST_EXERCISED_BYTES = 1 << 20, LEAST_EXERCISED_REQUESTS = 16 };

enum { MOST_PLACES = 1 << 24 };

#define FIELD(name) offsetof(struct words, name)

static const struct key keys[KEY_COUNT] = {
    [KEY_OPERATION] = {.name = "operation"},
    [KEY_CACHE] = {.name = "cache", .optional = true},
    [KEY_SIZE] = {"size", FIELD(size_bytes), 1, 1ULL << 40, false},
    [KEY_REQUEST] = {"request", FIELD(request_bytes), 1, 1ULL << 30, false},
    [KEY_SAMPLES] = {"samples", FIELD(samples), 1, 1000000, false},
    [KEY_OPERATIONS] = {"operations", FIELD(operations), 1, 10000000, false},
    [KEY_LATENCY] = {"latency", FIELD(latency_operations), 0, 10000000, true},
    [KEY_SEED] = {"seed", FIELD(seed), 0, UINT32_MAX, false},
    [KEY_FILE] = {"file", FIELD(file_bytes), 1, 1ULL << 40, true},
    [KEY_DELAY] = {"delay", FIELD(delay_ns), 0, 1000000000, true},
    [KEY_HOLD] = {"hold", FIELD(hold), 0, 1, true},
    [KEY_ACKNOWLEDGE] = {"acknowledge", FIELD(acknowledge), 0, 1, true},
    [KEY_FILL] = {"fill", FIELD(fill), 0, 1, true},
    [KEY_PATH] = {.name = "path"},
};

const char *cache_name(bool is_cold)
{
    return is_cold ? "cold" : "warm";
}

/* What follows `name` in `text`, or NULL if `text` starts with something else. */
static const char *after(const char *text, const char *name)
{
    while (*name != '\0') {
        if (*text++ != *name++) {
            return NULL;
        }
    }
    return text;
}

static bool is_equal(const char *left, const char *right)
{
    const char *rest = after(left, right);
    return rest != NULL && *rest == '\0';
}

static bool parse_operation(const char *value, enum operation *operation)
{
    for (int i = 0; i < OPERATION_COUNT; i++) {
        if (is_equal(value, operation_name((enum operation)i))) {
            *operation = (enum operation)i;
            return true;
        }
    }
    return false;
}

static bool parse_cache(const char *value, bool *is_cold)
{
    *is_cold = is_equal(value, cache_name(true));
    return *is_cold || is_equal(value, cache_name(false));
}

static bool parse_number(const char *value, const struct key *key, uint64_t *number)
{
    if (*value == '\0' || (value[0] == '0' && value[1] != '\0')) {
        return false;
    }
    *number = 0;
    for (; *value != '\0'; value++) {
        if (*value < '0' || *value > '9') {
            return false;
        }
        *number = *number * 10 + (uint64_t)(*value - '0');
        if (*number > key->most) {
            return false;
        }
    }
    return *number >= key->least;
}

static bool parse_value(size_t key, const char *value, struct words *words)
{
    switch (key) {
    case KEY_OPERATION:
        return parse_operation(value, &words->operation);
    case KEY_CACHE:
        return parse_cache(value, &words->is_cold);
    case KEY_PATH:
        words->path = value;
        return true;
    default:
        return parse_number(value, &keys[key], (uint64_t *)((char *)words + keys[key].field));
    }
}

/* The key of `text`, KEY_COUNT if this platform has none such; `value` is NULL without a `=`. */
static size_t find_key(const char *text, const char **value)
{
    for (size_t key = 0; key < KEY_COUNT; key++) {
        const char *rest = after(text, keys[key].name);
        if (rest != NULL && (*rest == '=' || *rest == '\0')) {
            *value = *rest == '=' ? rest + 1 : NULL;
            return key == KEY_PATH && !platform_takes_path ? KEY_COUNT : key;
        }
    }
    return KEY_COUNT;
}

static bool is_required(size_t key)
{
    return !keys[key].optional && (key != KEY_PATH || platform_takes_path);
}

static bool refuse(struct refusal *refusal, const char *code, const char *detail)
{
    *refusal = (struct refusal){code, detail};
    return false;
}

/* One sample of steps on a storage that a guest's memory holds, in 16 requests or more. */
static bool check_exercise(const char *const seen[KEY_COUNT], struct words *words,
                           struct refusal *refusal)
{
    uint64_t requests = words->size_bytes / words->request_bytes;
    if (words->size_bytes > MOST_EXERCISED_BYTES || requests < LEAST_EXERCISED_REQUESTS) {
        return refuse(refusal, "bad-value", seen[KEY_SIZE]);
    }
    if (words->samples != 1) {
        return refuse(refusal, "bad-value", seen[KEY_SAMPLES]);
    }
    if (words->latency_operations != 0) {
        return refuse(refusal, "bad-value", seen[KEY_LATENCY]);
    }
    if (words->delay_ns != 0) {
        return refuse(refusal, "bad-value", seen[KEY_DELAY]);
    }
    words->longest_bytes = requests / 8 * words->request_bytes;
    return true;
}

/* The storage is one operation long, or has places that a table of numbers can hold. */
static bool check_places(const char *const seen[KEY_COUNT], struct words *words,
                         struct refusal *refusal)
{
    if (words->file_bytes == 0) {
        words->file_bytes = words->size_bytes;
    }
    uint64_t count = words->file_bytes / words->size_bytes;
    bool is_whole = operation_order(words->operation) == ORDER_WHOLE;
    if (words->file_bytes % words->size_bytes != 0 ||
        count > (is_whole ? 1 : (uint64_t)MOST_PLACES)) {
        return refuse(refusal, "bad-value", seen[KEY_FILE]);
    }
    /* More of them would write a place twice before it is read back. */
    if (!is_whole && operation_writes(words->operation) && words->operations > count) {
        return refuse(refusal, "bad-value", seen[KEY_OPERATIONS]);
    }
    return true;
}

bool words_parse(size_t count, const char *const *texts, struct words *words,
                 struct refusal *refusal)
{
    const char *seen[KEY_COUNT] = {NULL};
    *words = (struct words){.path = NULL};
    for (size_t i = 0; i < count; i++) {
        const char *value = NULL;
        size_t key = find_key(texts[i], &value);
        if (key == KEY_COUNT) {
            return refuse(refusal, "unknown-key", texts[i]);
        }
        if (seen[key] != NULL) {
            return refuse(refusal, "duplicate-key", texts[i]);
        }
        seen[key] = texts[i];
        if (value == NULL || !parse_value(key, value, words)) {
            return refuse(refusal, "bad-value", texts[i]);
        }
    }
    for (size_t key = 0; key < KEY_COUNT; key++) {
        if (seen[key] == NULL && is_required(key)) {
            return refuse(refusal, "missing-key", keys[key].name);
        }
    }
    if (words->size_bytes % words->request_bytes != 0) {
        return refuse(refusal, "bad-value", seen[KEY_SIZE]);
    }
    if (!check_places(seen, words, refusal)) {
        return false;
    }
    /* A second operation would find what the first has read; a write needs nothing cached. */
    if (words->is_cold && (operation_writes(words->operation) || words->operations != 1)) {
        return refuse(refusal, "bad-value", seen[KEY_CACHE]);
    }
    /* Of the others none ends with all that it wrote durable, at a place of its own. */
    if (words->acknowledge == 1 && words->operation != OPERATION_COMMIT) {
        return refuse(refusal, "bad-value", seen[KEY_ACKNOWLEDGE]);
    }
    /* Files take a file system, and each of them one window. */
    if (words->operation == OPERATION_FILES &&
        (!platform_takes_path || words->is_cold || words->size_bytes > MOST_EXERCISED_BYTES)) {
        return refuse(refusal, "bad-value",
                      seen[!platform_takes_path ? KEY_OPERATION
                           : words->is_cold     ? KEY_CACHE
                                                : KEY_SIZE]);
    }
    words->longest_bytes = words->request_bytes;
    return words->operation != OPERATION_EXERCISE || check_exercise(seen, words, refusal);
}
