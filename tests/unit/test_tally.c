/* Tallies: any way of cutting the ballots gives the same bytes, taking out undoes merging, and
 * nothing but what was encoded decodes. */
#define _POSIX_C_SOURCE 200809L
#include "tally_ballots.h"

#include <pthread.h>

/* ---- merging ---- */

enum { SHARDS = 7 };

/* Every ballot goes to a random shard; shards are tallied in parts, and merged in a random order. */
static void merges_to_the_same_bytes(void **state)
{
    const election *e = *state;
    for (uint64_t run = 0; run < 25; run++) {
        uint64_t seed = run * 977 + e->options;
        cocreate_profile *whole = describe(e), *shards[SHARDS];
        for (size_t i = 0; i < SHARDS; i++)
            shards[i] = describe(e);
        for (size_t b = 0; b < e->ballots; b++) {
            uint64_t copy = seed;
            add_ballot(whole, e, &seed);
            add_ballot(shards[next_random(&seed) % SHARDS], e, &copy);
        }
        for (const int32_t *kind = kinds_of(e); *kind != 0; kind++) {
            cocreate_tally *all = tally_of(whole, *kind), *sum = new_tally(whole, *kind);
            cocreate_tally *parts[SHARDS];
            uint32_t order[SHARDS];
            for (uint32_t i = 0; i < SHARDS; i++) {
                size_t k = next_random(&seed) % (i + 1);
                order[i] = order[k];
                order[k] = i;
                parts[i] = tally_of(shards[i], *kind);
            }
            for (size_t i = 0; i < SHARDS; i++)
                assert_status(cocreate_tally_merge(sum, parts[order[i]], &check_error),
                              COCREATE_OK);
            assert_same_bytes(sum, all);
            /* Out again, in another order, down to nothing. */
            for (size_t i = 0; i < SHARDS; i++) {
                assert_status(cocreate_tally_subtract(sum, parts[i], &check_error), COCREATE_OK);
                cocreate_tally_free(parts[i]);
            }
            cocreate_tally *none = new_tally(whole, *kind);
            assert_same_bytes(sum, none);
            cocreate_tally_free(none);
            cocreate_tally_free(sum);
            cocreate_tally_free(all);
        }
        for (size_t i = 0; i < SHARDS; i++)
            cocreate_profile_free(shards[i]);
        cocreate_profile_free(whole);
    }
}

/* A changed vote: the old one out, the new one in. */
static void follows_a_changed_vote(void **state)
{
    const election *e = *state;
    uint64_t seed = 5;
    cocreate_profile *before = describe(e), *after = describe(e), *old = describe(e),
                     *new = describe(e);
    for (size_t b = 0; b < 40; b++) {
        uint64_t copy = seed, other = seed + 1;
        add_ballot(before, e, &seed);
        add_ballot(after, e, b == 20 ? &other : &copy);
        copy = seed; /* both drew as much or not: go on from one state */
    }
    seed = 5;
    for (size_t b = 0; b <= 20; b++) {
        uint64_t copy = seed, other = seed + 1;
        if (b == 20) {
            add_ballot(old, e, &copy);
            add_ballot(new, e, &other);
        }
        cocreate_profile *scratch = describe(e);
        add_ballot(scratch, e, &seed);
        cocreate_profile_free(scratch);
    }
    for (const int32_t *kind = kinds_of(e); *kind != 0; kind++) {
        cocreate_tally *t = tally_of(before, *kind), *expected = tally_of(after, *kind);
        cocreate_tally *out = tally_of(old, *kind);
        assert_status(cocreate_tally_subtract(t, out, &check_error), COCREATE_OK);
        assert_status(cocreate_tally_add(t, new, NULL, &check_error), COCREATE_OK);
        assert_same_bytes(t, expected);
        cocreate_tally_free(t);
        cocreate_tally_free(out);
        cocreate_tally_free(expected);
    }
    cocreate_profile_free(before);
    cocreate_profile_free(after);
    cocreate_profile_free(old);
    cocreate_profile_free(new);
}

typedef struct share {
    const cocreate_profile *profile;
    int32_t kind;
    cocreate_tally *tally;
} share;

static void *tally_in_thread(void *argument)
{
    share *s = argument;
    s->tally = tally_of(s->profile, s->kind);
    return NULL;
}

/* The threads are the host's. */
static void merges_what_threads_counted(void **state)
{
    const election *e = *state;
    enum { THREADS = 4 };
    uint64_t seed = 11;
    cocreate_profile *whole = describe(e), *parts[THREADS];
    for (size_t i = 0; i < THREADS; i++) {
        parts[i] = describe(e);
        for (size_t b = 0; b < 500; b++)
            add_ballot(parts[i], e, &seed);
        assert_status(cocreate_profile_merge(whole, parts[i], &check_error), COCREATE_OK);
    }
    for (const int32_t *kind = kinds_of(e); *kind != 0; kind++) {
        pthread_t threads[THREADS];
        share shares[THREADS];
        cocreate_tally *sum = new_tally(whole, *kind), *expected = tally_of(whole, *kind);
        for (size_t i = 0; i < THREADS; i++) {
            shares[i] = (share){parts[i], *kind, NULL};
            assert_int_equal(pthread_create(&threads[i], NULL, tally_in_thread, &shares[i]), 0);
        }
        for (size_t i = 0; i < THREADS; i++) {
            assert_int_equal(pthread_join(threads[i], NULL), 0);
            assert_status(cocreate_tally_merge(sum, shares[i].tally, &check_error), COCREATE_OK);
            cocreate_tally_free(shares[i].tally);
        }
        assert_same_bytes(sum, expected);
        cocreate_tally_free(sum);
        cocreate_tally_free(expected);
    }
    for (size_t i = 0; i < THREADS; i++)
        cocreate_profile_free(parts[i]);
    cocreate_profile_free(whole);
}

static election rankings = {COCREATE_BALLOT_RANKING, 6, 60, 0, 0, 0},
                tied = {COCREATE_BALLOT_RANKING, 7, 60, 1, 1, 1},
                two = {COCREATE_BALLOT_RANKING, 2, 30, 0, 1, 0},
                one = {COCREATE_BALLOT_RANKING, 1, 9, 0, 0, 1},
                many = {COCREATE_BALLOT_RANKING, 20, 300, 0, 0, 0},
                approvals = {COCREATE_BALLOT_APPROVAL, 6, 60, 1, 0, 0},
                scores = {COCREATE_BALLOT_SCORE, 6, 60, 0, 0, 1},
                points = {COCREATE_BALLOT_POINTS, 5, 60, 1, 0, 0};

/* ---- counts, by hand ---- */

static void counts_by_hand(void **state)
{
    (void)state;
    cocreate_profile *p = NULL;
    assert_status(cocreate_profile_new(NULL, COCREATE_BALLOT_RANKING, 3, &p, &check_error),
                  COCREATE_OK);
    cocreate_option gone = {sizeof gone, NULL, NULL, 0, COCREATE_NO_TIME, 1};
    assert_status(cocreate_profile_set_option(p, 2, &gone, &check_error), COCREATE_OK);
    static const uint32_t order[] = {0, 1}, only[] = {2};
    assert_status(cocreate_profile_add(p, order, NULL, 2, 3, 30, &check_error), COCREATE_OK);
    assert_status(cocreate_profile_add(p, only, NULL, 1, 2, 5, &check_error), COCREATE_OK);
    assert_status(cocreate_profile_add(p, NULL, NULL, 0, 4, 4, &check_error), COCREATE_OK);
    cocreate_tally *t = tally_of(p, COCREATE_TALLY_PAIRS);
    cocreate_tally_info info = {.size = sizeof info};
    assert_status(cocreate_tally_info_get(t, &info, &check_error), COCREATE_OK);
    assert_int_equal(info.kind, COCREATE_TALLY_PAIRS);
    assert_int_equal(info.ballot_kind, COCREATE_BALLOT_RANKING);
    assert_int_equal(info.options, 3);
    assert_int_equal(info.ballots, 9);
    assert_int_equal(info.weight, 39);
    assert_int_equal(info.empty, 4);
    assert_int_equal(info.valid, 3);
    assert_int_equal(info.blank, 9);
    info.size = 3;
    assert_status(cocreate_tally_info_get(t, &info, &check_error), COCREATE_ERR_ARGUMENT);
    cocreate_tally_free(t);
    cocreate_profile_free(p);
}

/* ---- refusals ---- */

static void refuses_what_does_not_fit(void **state)
{
    (void)state;
    cocreate_profile *p = describe(&rankings), *s = describe(&scores), *w = describe(&tied);
    cocreate_profile *more = describe(&tied);
    cocreate_tally *t = NULL, *places = new_tally(p, COCREATE_TALLY_PLACES);
    assert_refused(cocreate_tally_new(p, 9, &t, &check_error), COCREATE_ERR_ARGUMENT,
                   "9 is not a kind of tally");
    assert_refused(cocreate_tally_new(p, COCREATE_TALLY_VALUES, &t, &check_error),
                   COCREATE_ERR_ARGUMENT,
                   "a tally of values takes approvals, scores or points, not rankings");
    assert_refused(cocreate_tally_new(s, COCREATE_TALLY_PAIRS, &t, &check_error),
                   COCREATE_ERR_ARGUMENT, "a tally of pairs takes rankings");
    assert_null(t);
    t = new_tally(w, COCREATE_TALLY_PAIRS);
    assert_refused(cocreate_tally_add(t, p, NULL, &check_error), COCREATE_ERR_ARGUMENT,
                   "the other profile has 6 options, not 7");
    assert_refused(cocreate_tally_merge(t, places, &check_error), COCREATE_ERR_ARGUMENT,
                   "the other is a tally of places, not of pairs");
    cocreate_option back = {sizeof back, NULL, NULL, 0, COCREATE_NO_TIME, 0};
    assert_status(cocreate_profile_set_option(more, 1, &back, &check_error), COCREATE_OK);
    assert_refused(cocreate_tally_add(t, more, NULL, &check_error), COCREATE_ERR_ARGUMENT,
                   "option \"2\" is withdrawn here, and not there: the ballots must be tallied again");
    assert_int_equal(check_error.where, 1);
    cocreate_tally_free(t);
    cocreate_tally_free(places);
    cocreate_profile_free(p);
    cocreate_profile_free(s);
    cocreate_profile_free(w);
    cocreate_profile_free(more);
}

static void refuses_sums_beyond_64_bits(void **state)
{
    (void)state;
    cocreate_profile *p = describe(&rankings);
    static const uint32_t first[] = {0};
    assert_status(cocreate_profile_add(p, first, NULL, 1, 1, INT64_MAX - 1, &check_error),
                  COCREATE_OK);
    for (const int32_t *kind = kinds_of(&rankings); *kind != 0; kind++) {
        cocreate_tally *t = tally_of(p, *kind), *same = tally_of(p, *kind);
        assert_refused(cocreate_tally_add(t, p, NULL, &check_error), COCREATE_ERR_OVERFLOW,
                       "the weights together would be more than 2^63 - 1");
        assert_refused(cocreate_tally_merge(t, same, &check_error), COCREATE_ERR_OVERFLOW,
                       "the weights together would be more than 2^63 - 1");
        assert_same_bytes(t, same);
        cocreate_tally_free(t);
        cocreate_tally_free(same);
    }
    cocreate_profile_free(p);
}

static void refuses_to_take_out_what_is_not_there(void **state)
{
    const election *e = *state;
    cocreate_profile *p = describe(e), *q = describe(e);
    uint32_t options[] = {0, 2};
    int64_t values[] = {1, 1};
    assert_status(cocreate_profile_add(p, options, values, 1, 2, 2, &check_error), COCREATE_OK);
    options[0] = 2;
    assert_status(cocreate_profile_add(q, options, values, 1, 1, 1, &check_error), COCREATE_OK);
    for (const int32_t *kind = kinds_of(e); *kind != 0; kind++) {
        cocreate_tally *t = tally_of(p, *kind), *other = tally_of(q, *kind), *before = tally_of(p, *kind);
        assert_status(cocreate_tally_subtract(t, other, &check_error), COCREATE_ERR_ARGUMENT);
        assert_non_null(strstr(check_error.text, "what is to be taken out was never counted: "));
        assert_same_bytes(t, before);
        cocreate_tally_free(t);
        cocreate_tally_free(other);
        cocreate_tally_free(before);
    }
    cocreate_profile_free(p);
    cocreate_profile_free(q);
}

static int cancel(void *user, uint64_t done, uint64_t total)
{
    (void)user, (void)done, (void)total;
    return 1;
}

static void stops_when_asked(void **state)
{
    (void)state;
    const cocreate_progress progress = {sizeof progress, cancel, NULL};
    uint64_t seed = 1;
    cocreate_profile *p = describe(&rankings);
    add_ballot(p, &rankings, &seed);
    cocreate_tally *t = new_tally(p, COCREATE_TALLY_PAIRS), *none = new_tally(p, COCREATE_TALLY_PAIRS);
    assert_refused(cocreate_tally_add(t, p, &progress, &check_error), COCREATE_ERR_CANCELLED,
                   "cancelled after 0 of 1 distinct ballots");
    assert_same_bytes(t, none);
    cocreate_tally_free(t);
    cocreate_tally_free(none);
    cocreate_profile_free(p);
}

/* ---- bytes ---- */

static void decodes_what_it_encoded(void **state)
{
    const election *e = *state;
    uint64_t seed = 3;
    cocreate_profile *p = describe(e);
    for (size_t b = 0; b < e->ballots; b++)
        add_ballot(p, e, &seed);
    for (const int32_t *kind = kinds_of(e); *kind != 0; kind++) {
        cocreate_tally *t = tally_of(p, *kind), *back = NULL;
        cocreate_text *text = encode(t);
        assert_status(cocreate_tally_decode(NULL, cocreate_text_data(text),
                                            cocreate_text_size(text), &back, &check_error),
                      COCREATE_OK);
        assert_same_bytes(t, back);
        assert_status(cocreate_tally_merge(back, t, &check_error), COCREATE_OK);
        assert_status(cocreate_tally_subtract(back, t, &check_error), COCREATE_OK);
        assert_same_bytes(t, back);
        cocreate_text_free(text);
        cocreate_tally_free(back);
        cocreate_tally_free(t);
    }
    cocreate_profile_free(p);
}

/* One byte changed, with the digest as it was and made anew; cut short; something behind. */
static void decodes_nothing_else(void **state)
{
    const election *e = *state;
    uint64_t seed = 3;
    cocreate_profile *p = describe(e);
    for (size_t b = 0; b < 12; b++)
        add_ballot(p, e, &seed);
    for (const int32_t *kind = kinds_of(e); *kind != 0; kind++) {
        cocreate_tally *t = tally_of(p, *kind), *back = NULL;
        cocreate_text *text = encode(t);
        size_t size = cocreate_text_size(text);
        uint8_t *bytes = malloc(size + 1);
        for (size_t i = 0; i < size; i++) {
            memcpy(bytes, cocreate_text_data(text), size);
            bytes[i] ^= (uint8_t)(1u << i % 8);
            cocreate_status status = cocreate_tally_decode(NULL, bytes, size, &back, &check_error);
            assert_true(status == COCREATE_ERR_CORRUPT || status == COCREATE_ERR_VERSION);
            assert_true(check_error.where <= size);
            assert_status(cocreate_tally_decode(NULL, bytes, i, &back, &check_error),
                          COCREATE_ERR_CORRUPT);
            if (i >= size - 32)
                continue;
            cocreate_sha256(bytes, size - 32, bytes + size - 32);
            if (cocreate_tally_decode(NULL, bytes, size, &back, &check_error) == COCREATE_OK) {
                cocreate_text *again = encode(back); /* then it is another tally */
                assert_int_equal(cocreate_text_size(again), size);
                assert_memory_equal(cocreate_text_data(again), bytes, size);
                cocreate_text_free(again);
                cocreate_tally_free(back);
            }
        }
        cocreate_text_free(text);
        cocreate_tally_free(t);
        free(bytes);
    }
    cocreate_profile_free(p);
}

#define CASE(test, name) {#test "/" #name, test, NULL, NULL, &name}
#define EACH(test)                                                                      \
    CASE(test, rankings), CASE(test, tied), CASE(test, approvals), CASE(test, scores), \
    CASE(test, points)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(merges_to_the_same_bytes),
        CASE(merges_to_the_same_bytes, one),
        CASE(merges_to_the_same_bytes, two),
        CASE(merges_to_the_same_bytes, many),
        EACH(follows_a_changed_vote),
        EACH(merges_what_threads_counted),
        cmocka_unit_test(counts_by_hand),
        cmocka_unit_test(refuses_what_does_not_fit),
        cmocka_unit_test(refuses_sums_beyond_64_bits),
        CASE(refuses_to_take_out_what_is_not_there, rankings),
        CASE(refuses_to_take_out_what_is_not_there, scores),
        cmocka_unit_test(stops_when_asked),
        EACH(decodes_what_it_encoded),
        EACH(decodes_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
