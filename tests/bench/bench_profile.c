/* How fast a profile is built from arrays, and how much memory it keeps. Targets: 5 M ballots/s from
 * 1,000,000 rows of 20 ranks; at most 12 bytes a ranked preference where all ballots are different.
 *
 * The bound is what no builder of a set of distinct ballots can leave out: reading each row, hashing
 * its 20 bytes and one access to a table of that many entries. */
#include "bench.h"

#include <sodium.h>
#include <stddef.h>
#include <string.h>

#include "cocreate/profile.h"

enum { ROWS = 1000000, OPTIONS = 20, RUNS = 5 };

typedef struct matrix {
    void *ranks;
    uint32_t width;
    size_t distinct; /* of the last profile */
} matrix;

static void build(void *argument)
{
    matrix *m = argument;
    cocreate_profile *p;
    bench_must(cocreate_profile_new(NULL, COCREATE_BALLOT_RANKING, OPTIONS, &p, NULL));
    bench_must(cocreate_profile_add_ranks(p, m->ranks, m->width, ROWS, OPTIONS, NULL, NULL, NULL));
    cocreate_profile_info info = {.size = sizeof info};
    bench_must(cocreate_profile_info_get(p, &info, NULL));
    m->distinct = (size_t)info.distinct;
    cocreate_profile_free(p);
}

static volatile uint64_t sink;

static void hash_rows(void *argument)
{
    const uint8_t *row = ((matrix *)argument)->ranks;
    const uint8_t key[16] = {1};
    const size_t capacity = 1u << 21;
    uint64_t *slots = calloc(capacity, sizeof *slots), sum = 0;
    for (size_t i = 0; i < ROWS; i++, row += OPTIONS) {
        uint8_t out[8];
        uint64_t hash;
        crypto_shorthash(out, row, OPTIONS, key);
        memcpy(&hash, out, sizeof hash);
        sum += slots[hash & (capacity - 1)]++;
    }
    sink = sum;
    free(slots);
}

static void copy_rows(void *argument)
{
    const matrix *m = argument;
    uint8_t *copy = malloc((size_t)ROWS * OPTIONS * m->width);
    memcpy(copy, m->ranks, (size_t)ROWS * OPTIONS * m->width);
    sink = copy[ROWS / 2];
    free(copy);
}

static void set_rank(matrix *m, size_t row, size_t option, uint32_t rank)
{
    size_t at = row * OPTIONS + option;
    if (m->width == 1)
        ((uint8_t *)m->ranks)[at] = (uint8_t)rank;
    else
        ((uint32_t *)m->ranks)[at] = rank;
}

/* Random complete rankings; `kinds` different ones at most. */
static matrix random_rankings(uint32_t width, uint64_t kinds)
{
    matrix m = {malloc((size_t)ROWS * OPTIONS * width), width, 0};
    uint64_t outer = 1;
    for (size_t row = 0; row < ROWS; row++) {
        uint64_t state = bench_random(&outer) % kinds;
        uint32_t ranks[OPTIONS];
        for (uint32_t i = 0; i < OPTIONS; i++) {
            uint32_t k = (uint32_t)(bench_random(&state) % (i + 1));
            ranks[i] = ranks[k];
            ranks[k] = i + 1;
        }
        for (size_t i = 0; i < OPTIONS; i++)
            set_rank(&m, row, i, ranks[i]);
    }
    return m;
}

static void figure(const char *what, matrix m, double hashed)
{
    double ours = bench_best(RUNS, build, &m), copied = bench_best(RUNS, copy_rows, &m);
    bench_line(what, ours, hashed, "hash and probe", ROWS, "ballots");
    printf("%-44s %8zu distinct; memcpy of the rows %.1f ms, ratio %.1f\n", "", m.distinct,
           copied * 1e3, ours / copied);
    free(m.ranks);
}

/* --- memory --- */

/* An allocator that counts what is in use, in a header before each block. */
typedef struct usage {
    size_t now, most;
} usage;

#define HEADER sizeof(max_align_t)

static void *count_block(usage *u, uint8_t *block, size_t before, size_t size)
{
    if (block == NULL)
        return NULL;
    u->now += size - before;
    u->most = u->now > u->most ? u->now : u->most;
    memcpy(block, &size, sizeof size);
    return block + HEADER;
}

static size_t block_size(const void *block)
{
    size_t size = 0;
    if (block != NULL)
        memcpy(&size, (const uint8_t *)block - HEADER, sizeof size);
    return size;
}

static void *allocate(void *user, size_t size)
{
    return count_block(user, malloc(HEADER + size), 0, size);
}

static void *reallocate(void *user, void *block, size_t size)
{
    size_t before = block_size(block);
    return count_block(user, realloc(block != NULL ? (uint8_t *)block - HEADER : NULL, HEADER + size),
                       before, size);
}

static void release(void *user, void *block)
{
    if (block == NULL)
        return;
    ((usage *)user)->now -= block_size(block);
    free((uint8_t *)block - HEADER);
}

enum { KEPT = 300000, KEPT_OPTIONS = 1000 };

/* Bytes that a profile of distinct ballots keeps for each preference; ballots are added one by one,
 * so that growth leaves the room it leaves anywhere. */
static void kept(size_t options, size_t ranks)
{
    usage u = {0, 0};
    const cocreate_allocator counting = {sizeof counting, allocate, reallocate, release, &u};
    cocreate_profile *p;
    uint32_t order[KEPT_OPTIONS];
    uint64_t seed = options;
    size_t rows = ranks > 100 ? KEPT / 50 : KEPT;
    bench_must(cocreate_profile_new(&counting, COCREATE_BALLOT_RANKING, options, &p, NULL));
    size_t empty = u.now;
    for (uint32_t i = 0; i < options; i++)
        order[i] = i;
    for (size_t row = 0; row < rows; row++) {
        for (size_t i = 0; i < ranks; i++) {
            size_t k = i + (size_t)(bench_random(&seed) % (options - i));
            uint32_t option = order[k];
            order[k] = order[i];
            order[i] = option;
        }
        bench_must(cocreate_profile_add(p, order, NULL, ranks, 1, 1, NULL));
    }
    cocreate_profile_info info = {.size = sizeof info};
    bench_must(cocreate_profile_info_get(p, &info, NULL));
    double preferences = (double)info.distinct * (double)ranks, bytes = (double)(u.now - empty);
    printf("%4zu options, %4zu ranks, %6zu distinct ballots %8.1f bytes a ballot, ", options, ranks,
           (size_t)info.distinct, bytes / (double)info.distinct);
    printf("%5.2f a preference, limit 12\n", bytes / preferences);
    cocreate_profile_free(p);
}

static void memory(void)
{
    static const size_t options[] = {5, 20, 100, 1000};
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        kept(options[i], 3);
        if (options[i] > 6)
            kept(options[i], 6);
        kept(options[i], options[i]);
    }
}

int main(void)
{
    memory();
    matrix bytes = random_rankings(1, UINT64_MAX);
    double hashed = bench_best(RUNS, hash_rows, &bytes);
    figure("1,000,000 x 20 uint8, all different", bytes, hashed);
    figure("1,000,000 x 20 uint32, all different", random_rankings(4, UINT64_MAX), hashed);
    figure("1,000,000 x 20 uint8, 1,000 different", random_rankings(1, 1000), hashed);
    return 0;
}
