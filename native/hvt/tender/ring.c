#include "ring.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "counts.h"
#include "fail.h"

/* How long the thread looks for more before it sleeps: about what a wake-up costs. */
#define SPIN_NS 50000

static struct {
    struct block_ring *shared;
    const struct block *block;
    int kick;
    uint64_t spin_ns;
    bool running;
    pthread_mutex_t mutex;
    pthread_cond_t progress;
    /* The tender's own copies: what the guest writes over the shared ones is of no consequence. */
    uint32_t completed;
} ring = {.mutex = PTHREAD_MUTEX_INITIALIZER, .progress = PTHREAD_COND_INITIALIZER};

static uint32_t pending(void)
{
    uint32_t count = atomic_load(&ring.shared->submitted) - ring.completed;
    if (count > RING_ENTRIES) {
        fail("guest submitted %u requests to a ring of %u", count, RING_ENTRIES);
    }
    return count;
}

/* Returns how many requests there are, at least one. */
static uint32_t await_requests(void)
{
    uint32_t count;
    uint64_t start = clock_monotonic();
    do {
        count = pending();
        if (count > 0) {
            return count;
        }
    } while (clock_monotonic() - start < ring.spin_ns);

    for (;;) {
        atomic_store(&ring.shared->asleep, 1);
        count = pending(); /* the guest may have submitted before it could see `asleep` */
        if (count > 0) {
            break;
        }
        uint64_t kicks;
        if (read(ring.kick, &kicks, sizeof kicks) == -1 && errno != EINTR) {
            fail("ring: eventfd: %s", strerror(errno));
        }
        counts_add(&counts.kicks);
    }
    atomic_store(&ring.shared->asleep, 0);
    return count;
}

static void serve(uint32_t count)
{
    struct block_request requests[RING_ENTRIES];
    for (uint32_t i = 0; i < count; i++) {
        /* Copied before it is checked: the guest runs and may change it. */
        const volatile struct ring_entry *shared =
            &ring.shared->entries[(ring.completed + i) % RING_ENTRIES];
        const struct ring_entry entry = *shared;
        requests[i] = (struct block_request){.operation = entry.operation,
                                             .handle = entry.handle,
                                             .offset = entry.offset,
                                             .address = entry.address,
                                             .length = entry.length};
    }
    block_serve(ring.block, requests, count);
    for (uint32_t i = 0; i < count; i++) {
        ring.shared->entries[(ring.completed + i) % RING_ENTRIES].result = requests[i].result;
    }
    pthread_mutex_lock(&ring.mutex);
    ring.completed += count;
    atomic_store(&ring.shared->completed, ring.completed);
    pthread_cond_signal(&ring.progress);
    pthread_mutex_unlock(&ring.mutex);
}

static void *run(void *unused)
{
    (void)unused;
    pthread_mutex_lock(&ring.mutex);
    ring.running = true;
    pthread_cond_signal(&ring.progress);
    pthread_mutex_unlock(&ring.mutex);
    for (;;) {
        serve(await_requests());
    }
    return NULL;
}

void ring_start(const struct block *block, uint64_t address, int kick)
{
    ring.shared = memory_at(block->memory, address, sizeof *ring.shared, PROT_READ | PROT_WRITE);
    ring.block = block;
    ring.kick = kick;
    cpu_set_t cpus;
    /* With one CPU, looking for requests keeps the guest from making them. */
    if (sched_getaffinity(0, sizeof cpus, &cpus) == 0 && CPU_COUNT(&cpus) > 1) {
        ring.spin_ns = SPIN_NS;
    }
    pthread_t thread;
    int error = pthread_create(&thread, NULL, run, NULL);
    if (error != 0) {
        fail("ring: pthread_create: %s", strerror(error));
    }
    /* What a thread does before it runs, the sandbox forbids. */
    pthread_mutex_lock(&ring.mutex);
    while (!ring.running) {
        pthread_cond_wait(&ring.progress, &ring.mutex);
    }
    pthread_mutex_unlock(&ring.mutex);
}

void ring_wait_call(const struct memory *memory, uint64_t argument)
{
    const struct ring_wait_call *call = memory_argument(memory, argument, sizeof *call, PROT_READ);
    if (ring.shared == NULL) {
        fail("guest waits for a ring that it was not offered");
    }
    uint32_t awaited = (uint32_t)call->completed;
    pthread_mutex_lock(&ring.mutex);
    int32_t missing = (int32_t)(awaited - ring.completed);
    uint32_t submitted = atomic_load(&ring.shared->submitted);
    if (missing > 0 && (uint32_t)missing > submitted - ring.completed) {
        fail("guest waits for request %u, but has submitted %u", awaited, submitted);
    }
    while ((int32_t)(awaited - ring.completed) > 0) {
        pthread_cond_wait(&ring.progress, &ring.mutex);
    }
    pthread_mutex_unlock(&ring.mutex);
}
