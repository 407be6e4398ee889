/* How much memory evidence and methods take, counted by an allocator: a profile at most 12 bytes a
 * ranked preference, a method at most twice the profile more, and one that reads pairs next to
 * nothing. */
#include "check.h"

#include "cocreate/cocreate.h"

enum { BALLOTS = 20000, OPTIONS = 20 };

typedef struct counter {
    cocreate_allocator allocator;
    size_t live, peak; /* bytes asked for */
} counter;

#define HEAD 32 /* room for the size, and still aligned */

static void *count_allocate(void *user, size_t bytes)
{
    counter *c = user;
    uint8_t *block = malloc(bytes + HEAD);
    assert_non_null(block);
    memcpy(block, &bytes, sizeof bytes);
    c->live += bytes;
    c->peak = c->live > c->peak ? c->live : c->peak;
    return block + HEAD;
}

static void count_release(void *user, void *block)
{
    counter *c = user;
    size_t bytes;
    if (block == NULL)
        return;
    memcpy(&bytes, (uint8_t *)block - HEAD, sizeof bytes);
    c->live -= bytes;
    free((uint8_t *)block - HEAD);
}

/* Both blocks are there while one is copied into the other. */
static void *count_reallocate(void *user, void *block, size_t bytes)
{
    size_t old = 0;
    void *moved = count_allocate(user, bytes);
    if (block != NULL) {
        memcpy(&old, (uint8_t *)block - HEAD, sizeof old);
        memcpy(moved, block, old < bytes ? old : bytes);
        count_release(user, block);
    }
    return moved;
}

static void init_counter(counter *c)
{
    *c = (counter){.allocator = {sizeof(cocreate_allocator), count_allocate, count_reallocate,
                                 count_release, c}};
}

static cocreate_profile *make(counter *c)
{
    cocreate_profile *p = NULL;
    uint8_t *ranks = malloc((size_t)BALLOTS * OPTIONS);
    uint64_t state = 7;
    for (size_t b = 0; b < BALLOTS; b++)
        for (size_t i = 0; i < OPTIONS; i++) {
            state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            size_t k = (size_t)(state >> 33) % (i + 1);
            ranks[b * OPTIONS + i] = ranks[b * OPTIONS + k];
            ranks[b * OPTIONS + k] = (uint8_t)(i + 1);
        }
    assert_status(cocreate_profile_new(&c->allocator, COCREATE_BALLOT_RANKING, OPTIONS, &p,
                                       &check_error),
                  COCREATE_OK);
    assert_status(cocreate_profile_add_ranks(p, ranks, 1, BALLOTS, OPTIONS, NULL, NULL,
                                             &check_error),
                  COCREATE_OK);
    free(ranks);
    return p;
}

static void a_profile_takes_little(void **state)
{
    (void)state;
    counter c;
    init_counter(&c);
    cocreate_profile *p = make(&c);
    assert_true(c.peak <= (size_t)12 * BALLOTS * OPTIONS);
    cocreate_profile_free(p);
    assert_int_equal(c.live, 0);
}

static size_t peak_of(counter *c, const cocreate_profile *p, const char *method)
{
    cocreate_ranking *r = NULL;
    size_t before = c->live;
    c->peak = c->live;
    assert_status(cocreate_rank(p, method, NULL, NULL, &r, &check_error), COCREATE_OK);
    size_t peak = c->peak - before;
    cocreate_ranking_free(r);
    assert_int_equal(c->live, before);
    return peak;
}

static void methods_take_twice_the_profile_at_most(void **state)
{
    (void)state;
    static const char *const names[] = {"plurality", "borda", "irv"};
    counter c;
    init_counter(&c);
    cocreate_profile *p = make(&c);
    size_t profile = c.live;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        assert_true(peak_of(&c, p, names[i]) <= 2 * profile);
    cocreate_profile_free(p);
}

static void pairs_take_no_copy_of_the_ballots(void **state)
{
    (void)state;
    static const char *const names[] = {"schulze", "copeland", "minimax"};
    counter c;
    init_counter(&c);
    cocreate_profile *p = make(&c);
    size_t profile = c.live;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        assert_true(peak_of(&c, p, names[i]) <= profile / 2);
    cocreate_profile_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_profile_takes_little),
        cmocka_unit_test(methods_take_twice_the_profile_at_most),
        cmocka_unit_test(pairs_take_no_copy_of_the_ballots),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
