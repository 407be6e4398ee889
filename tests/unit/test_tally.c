/* Tallies: any way of cutting the ballots gives the same bytes, taking out undoes merging, and ranking
 * by a tally says what ranking by the ballots says. */
#define _POSIX_C_SOURCE 200809L
#include "check.h"

#include <jansson.h>
#include <pthread.h>

#include "cocreate/cocreate.h"

static uint64_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

/* ---- random elections ---- */

typedef struct election {
    int32_t kind;
    size_t options, ballots;
    int withdrawn; /* some options are */
    int equal;     /* ranks may be */
    int weighted;
} election;

static cocreate_profile *describe(const election *e)
{
    cocreate_profile *p = NULL;
    assert_status(cocreate_profile_new(NULL, e->kind, e->options, &p, &check_error), COCREATE_OK);
    for (size_t i = 0; i < e->options; i++) {
        cocreate_option option = {sizeof option, NULL, i == 0 ? "The first" : NULL, (int64_t)i,
                                  COCREATE_NO_TIME, e->withdrawn && i % 3 == 1};
        assert_status(cocreate_profile_set_option(p, i, &option, &check_error), COCREATE_OK);
    }
    return p;
}

static void add_ballot(cocreate_profile *p, const election *e, uint64_t *seed)
{
    uint32_t options[64];
    int64_t values[64];
    size_t n = next_random(seed) % (e->options + 1);
    for (uint32_t i = 0; i < e->options; i++) {
        size_t k = next_random(seed) % (i + 1);
        options[i] = options[k];
        options[k] = i;
    }
    for (size_t i = 0, rank = 0; i < n; i++) {
        rank += rank == 0 || !e->equal || next_random(seed) % 3 != 0;
        values[i] = e->kind == COCREATE_BALLOT_APPROVAL  ? 1
                    : e->kind == COCREATE_BALLOT_RANKING ? (int64_t)rank
                    : e->kind == COCREATE_BALLOT_POINTS  ? (int64_t)(next_random(seed) % 4)
                                                         : (int64_t)(next_random(seed) % 9) - 3;
    }
    int64_t weight = e->weighted ? (int64_t)(next_random(seed) % 4000) : 1;
    assert_status(cocreate_profile_add(p, options, values, n, 1, weight, &check_error),
                  COCREATE_OK);
}

/* ---- helpers ---- */

static cocreate_tally *new_tally(const cocreate_profile *p, int32_t kind)
{
    cocreate_tally *t = NULL;
    assert_status(cocreate_tally_new(p, kind, &t, &check_error), COCREATE_OK);
    return t;
}

static cocreate_tally *tally_of(const cocreate_profile *p, int32_t kind)
{
    cocreate_tally *t = new_tally(p, kind);
    assert_status(cocreate_tally_add(t, p, NULL, &check_error), COCREATE_OK);
    return t;
}

static cocreate_text *encode(const cocreate_tally *t)
{
    cocreate_text *text = NULL;
    assert_status(cocreate_tally_encode(t, &text, &check_error), COCREATE_OK);
    return text;
}

static void assert_same_bytes(const cocreate_tally *a, const cocreate_tally *b)
{
    cocreate_text *one = encode(a), *two = encode(b);
    assert_int_equal(cocreate_text_size(one), cocreate_text_size(two));
    assert_memory_equal(cocreate_text_data(one), cocreate_text_data(two), cocreate_text_size(one));
    cocreate_text_free(one);
    cocreate_text_free(two);
}

static const int32_t value_kinds[] = {COCREATE_TALLY_VALUES, 0};
static const int32_t rank_kinds[] = {COCREATE_TALLY_PLACES, COCREATE_TALLY_PAIRS, 0};

static const int32_t *kinds_of(const election *e)
{
    return e->kind == COCREATE_BALLOT_RANKING ? rank_kinds : value_kinds;
}

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

/* ---- ranking ---- */

/* The result but for what a tally cannot know. */
static json_t *result_of(cocreate_status status, cocreate_ranking *r)
{
    if (status != COCREATE_OK)
        return json_pack("{s:i,s:s}", "status", (int)status, "text", check_error.text);
    json_t *json = json_loads(cocreate_ranking_json(r), 0, NULL);
    assert_non_null(json);
    json_object_del(json, "digest");
    json_object_set_new(json_object_get(json, "ballots"), "distinct", json_null());
    cocreate_text *text = NULL;
    assert_status(cocreate_ranking_explain(r, &text, &check_error), COCREATE_OK);
    json_object_set_new(json, "explained", json_string(cocreate_text_data(text)));
    cocreate_text_free(text);
    cocreate_ranking_free(r);
    return json;
}

static void compare_rankings(const cocreate_profile *p, const cocreate_tally *t, const char *method,
                             const char *options)
{
    cocreate_ranking *r = NULL;
    cocreate_status status = cocreate_rank(p, method, options, NULL, &r, &check_error);
    json_t *expected = result_of(status, r);
    r = NULL;
    status = cocreate_rank_tally(t, method, options, NULL, &r, &check_error);
    json_t *found = result_of(status, r);
    if (!json_equal(expected, found)) {
        char *one = json_dumps(expected, JSON_SORT_KEYS), *two = json_dumps(found, JSON_SORT_KEYS);
        print_error("%s %s\n%s\n%s\n", method, options, one, two);
        free(one);
        free(two);
    }
    assert_true(json_equal(expected, found));
    json_decref(expected);
    json_decref(found);
}

/* With the defaults, and with every choice of every option. */
static void compare_method(const cocreate_profile *p, const cocreate_tally *t, const json_t *method)
{
    const char *name = json_string_value(json_object_get(method, "name"));
    size_t i, k;
    json_t *option, *choice;
    compare_rankings(p, t, name, "{}");
    compare_rankings(p, t, name, "{\"ties\":\"id\"}");
    json_array_foreach(json_object_get(method, "options"), i, option)
    {
        const char *key = json_string_value(json_object_get(option, "name"));
        if (strcmp(json_string_value(json_object_get(option, "type")), "choice") != 0 ||
            strcmp(key, "margin") == 0)
            continue;
        json_array_foreach(json_object_get(option, "choices"), k, choice)
        {
            char options[160];
            snprintf(options, sizeof options, "{\"%s\":\"%s\"}", key, json_string_value(choice));
            compare_rankings(p, t, name, options);
        }
    }
}

static json_t *registry(void)
{
    cocreate_text *text = NULL;
    assert_status(cocreate_methods(NULL, &text, &check_error), COCREATE_OK);
    json_t *methods = json_loads(cocreate_text_data(text), 0, NULL);
    assert_non_null(methods);
    cocreate_text_free(text);
    return methods;
}

static const char *const kind_names[] = {"", "values", "places", "pairs"};
static const char *const evidence_names[] = {"", "approval", "ranking", "score", "points"};

static int takes(const json_t *method, int32_t tally, int32_t ballots)
{
    const char *name = json_string_value(json_object_get(method, "tally"));
    size_t i;
    json_t *evidence;
    if (name == NULL || strcmp(name, kind_names[tally]) != 0)
        return 0;
    json_array_foreach(json_object_get(method, "evidence"), i, evidence)
        if (strcmp(json_string_value(evidence), evidence_names[ballots]) == 0)
            return 1;
    return 0;
}

static void ranks_as_the_ballots_do(void **state)
{
    const election *e = *state;
    json_t *methods = registry(), *method;
    size_t k, compared = 0;
    for (uint64_t run = 0; run < 12; run++) {
        uint64_t seed = run * 31 + 7;
        cocreate_profile *p = describe(e);
        for (size_t b = 0; b < (run == 0 ? 0 : e->ballots / 2 + run); b++)
            add_ballot(p, e, &seed);
        for (const int32_t *kind = kinds_of(e); *kind != 0; kind++) {
            cocreate_tally *t = tally_of(p, *kind);
            json_array_foreach(methods, k, method)
                if (takes(method, *kind, e->kind)) {
                    compare_method(p, t, method);
                    compared++;
                }
            cocreate_tally_free(t);
        }
        cocreate_profile_free(p);
    }
    assert_true(compared > 0);
    json_decref(methods);
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

#define assert_refused(call, expected, message)          \
    do {                                                 \
        assert_status(call, expected);                   \
        assert_string_equal(check_error.text, message);  \
    } while (0)

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
    for (const int32_t *kind = rank_kinds; *kind != 0; kind++) {
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

static void refuses_methods_that_need_more(void **state)
{
    (void)state;
    cocreate_profile *p = describe(&rankings);
    cocreate_tally *places = tally_of(p, COCREATE_TALLY_PLACES), *pairs = tally_of(p, COCREATE_TALLY_PAIRS);
    cocreate_ranking *r = NULL;
    assert_refused(cocreate_rank_tally(pairs, "irv", NULL, NULL, &r, &check_error),
                   COCREATE_ERR_ARGUMENT, "irv needs the ballots themselves, and a tally has none");
    assert_refused(cocreate_rank_tally(places, "schulze", NULL, NULL, &r, &check_error),
                   COCREATE_ERR_ARGUMENT,
                   "schulze takes a tally of pairs, and this is one of places");
    assert_refused(cocreate_rank_tally(pairs, "score", NULL, NULL, &r, &check_error),
                   COCREATE_ERR_ARGUMENT, "score takes scores or points, and the ballots are rankings");
    assert_refused(cocreate_rank_tally(pairs, "schulze", "{\"margin\":\"yes\"}", NULL, &r, &check_error),
                   COCREATE_ERR_ARGUMENT, "$.margin: needs the ballots, and a tally has none");
    assert_refused(cocreate_rank_tally(pairs, "nothing", NULL, NULL, &r, &check_error),
                   COCREATE_ERR_NOT_FOUND, "no method \"nothing\"");
    assert_null(r);
    cocreate_tally_free(places);
    cocreate_tally_free(pairs);
    cocreate_profile_free(p);
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

#define EACH(test)                                                                        \
    {#test "/rankings", test, NULL, NULL, &rankings}, {#test "/tied", test, NULL, NULL, &tied}, \
    {#test "/approvals", test, NULL, NULL, &approvals},                                    \
    {#test "/scores", test, NULL, NULL, &scores}, {#test "/points", test, NULL, NULL, &points}

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(merges_to_the_same_bytes),
        {"merges_to_the_same_bytes/one", merges_to_the_same_bytes, NULL, NULL, &one},
        {"merges_to_the_same_bytes/two", merges_to_the_same_bytes, NULL, NULL, &two},
        {"merges_to_the_same_bytes/many", merges_to_the_same_bytes, NULL, NULL, &many},
        EACH(follows_a_changed_vote),
        EACH(merges_what_threads_counted),
        {"ranks_as_the_ballots_do/rankings", ranks_as_the_ballots_do, NULL, NULL, &rankings},
        {"ranks_as_the_ballots_do/tied", ranks_as_the_ballots_do, NULL, NULL, &tied},
        {"ranks_as_the_ballots_do/two", ranks_as_the_ballots_do, NULL, NULL, &two},
        {"ranks_as_the_ballots_do/one", ranks_as_the_ballots_do, NULL, NULL, &one},
        {"ranks_as_the_ballots_do/approvals", ranks_as_the_ballots_do, NULL, NULL, &approvals},
        {"ranks_as_the_ballots_do/scores", ranks_as_the_ballots_do, NULL, NULL, &scores},
        {"ranks_as_the_ballots_do/points", ranks_as_the_ballots_do, NULL, NULL, &points},
        cmocka_unit_test(counts_by_hand),
        cmocka_unit_test(refuses_what_does_not_fit),
        cmocka_unit_test(refuses_sums_beyond_64_bits),
        {"refuses_to_take_out_what_is_not_there/rankings", refuses_to_take_out_what_is_not_there, NULL, NULL, &rankings},
        {"refuses_to_take_out_what_is_not_there/scores", refuses_to_take_out_what_is_not_there, NULL, NULL, &scores},
        cmocka_unit_test(refuses_methods_that_need_more),
        cmocka_unit_test(stops_when_asked),
        EACH(decodes_what_it_encoded),
        EACH(decodes_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
