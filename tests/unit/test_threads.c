/* What may be shared is shared: many threads read one profile, one scheme, one set of awards at
 * once, and each gets what one thread alone gets. The thread sanitizer sees what comparing cannot. */
#define _POSIX_C_SOURCE 200809L
#include "tally_ballots.h"

#include <jansson.h>
#include <pthread.h>

#include "cocreate/reward.h"

enum { THREADS = 4, MOST = 256 };

/* ---- every method on one profile ---- */

typedef struct expectation {
    char method[64];
    cocreate_status status;
    char *said; /* the result, or why there is none */
} expectation;

typedef struct elections {
    const cocreate_profile *profile;
    const expectation *methods;
    size_t n, first; /* threads begin at different methods */
    size_t wrong;
} elections;

static cocreate_status rank(const cocreate_profile *profile, const char *method, char **said)
{
    cocreate_ranking *ranking = NULL;
    cocreate_text *sentences = NULL;
    cocreate_error error = {0};
    cocreate_status status = cocreate_rank(profile, method, NULL, NULL, &ranking, &error);
    if (status == COCREATE_OK)
        status = cocreate_ranking_explain(ranking, &sentences, &error);
    *said = strdup(status == COCREATE_OK ? cocreate_ranking_json(ranking) : error.text);
    cocreate_text_free(sentences);
    cocreate_ranking_free(ranking);
    return status;
}

static void *rank_in_thread(void *user)
{
    elections *e = user;
    for (size_t i = 0; i < e->n; i++) {
        const expectation *x = &e->methods[(i + e->first) % e->n];
        char *said = NULL;
        cocreate_status status = rank(e->profile, x->method, &said);
        e->wrong += status != x->status || said == NULL || strcmp(said, x->said) != 0;
        free(said);
    }
    return NULL;
}

static void one_profile_is_ranked_by_many(void **state)
{
    static const election kinds[] = {{COCREATE_BALLOT_RANKING, 5, 40, 0, 1, 0},
                                     {COCREATE_BALLOT_APPROVAL, 5, 40, 0, 0, 1},
                                     {COCREATE_BALLOT_SCORE, 5, 40, 1, 0, 0},
                                     {COCREATE_BALLOT_POINTS, 5, 40, 0, 0, 0}};
    static expectation methods[MOST];
    (void)state;
    cocreate_text *text = NULL;
    assert_status(cocreate_methods(NULL, &text, &check_error), COCREATE_OK);
    json_t *list = json_loads(cocreate_text_data(text), 0, NULL);
    size_t n = json_array_size(list);
    assert_in_range(n, 100, MOST);
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        uint64_t seed = 11 + k;
        size_t well = 0;
        cocreate_profile *profile = describe(&kinds[k]);
        for (size_t b = 0; b < kinds[k].ballots; b++)
            add_ballot(profile, &kinds[k], &seed);
        for (size_t i = 0; i < n; i++) {
            const char *name = json_string_value(json_object_get(json_array_get(list, i), "name"));
            assert_non_null(name);
            snprintf(methods[i].method, sizeof methods[i].method, "%s", name);
            methods[i].status = rank(profile, name, &methods[i].said);
            well += methods[i].status == COCREATE_OK;
        }
        assert_true(well > 0);
        pthread_t threads[THREADS];
        elections mine[THREADS];
        for (size_t t = 0; t < THREADS; t++) {
            mine[t] = (elections){profile, methods, n, t * n / THREADS, 0};
            assert_int_equal(pthread_create(&threads[t], NULL, rank_in_thread, &mine[t]), 0);
        }
        for (size_t t = 0; t < THREADS; t++)
            assert_int_equal(pthread_join(threads[t], NULL), 0);
        for (size_t t = 0; t < THREADS; t++)
            assert_int_equal(mine[t].wrong, 0);
        for (size_t i = 0; i < n; i++)
            free(methods[i].said);
        cocreate_profile_free(profile);
    }
    json_decref(list);
    cocreate_text_free(text);
}

/* ---- one scheme, one set of awards ---- */

static const char scheme_text[] =
    "{\"scheme\":\"cocreate.incentives/1\",\"currency\":\"USD\",\"funds\":[{\"id\":\"f\",\"budget\":"
    "\"1000.00\"}],\"rules\":[{\"id\":\"places\",\"kind\":\"ranked_prizes\",\"fund\":\"f\",\"prizes\":["
    "\"500.00\",\"300.00\",\"100.00\"]}]}";
static const char result_text[] =
    "{\"entries\":[{\"id\":\"c1\",\"owner\":\"ada\",\"score\":9},{\"id\":\"c2\",\"owner\":\"bob\","
    "\"score\":9},{\"id\":\"c3\",\"owner\":\"eve\",\"score\":4}]}";

typedef struct payment {
    const cocreate_scheme *scheme;
    const cocreate_awards *awards;
    const char *digest; /* of the awards, by one thread alone */
    const char *sentence;
    size_t wrong;
} payment;

static void *reward_in_thread(void *user)
{
    payment *p = user;
    for (int run = 0; run < 50; run++) {
        cocreate_error error = {0};
        cocreate_awards *awards = NULL;
        cocreate_text *text = NULL;
        cocreate_award award = {.size = sizeof award};
        int64_t minor = -1;
        if (cocreate_reward(p->scheme, result_text, strlen(result_text), NULL, &awards, &error) !=
                COCREATE_OK ||
            strcmp(cocreate_awards_digest(awards), p->digest) != 0)
            p->wrong++;
        if (cocreate_awards_explain(p->awards, 0, &text, &error) != COCREATE_OK ||
            strcmp(cocreate_text_data(text), p->sentence) != 0)
            p->wrong++;
        if (cocreate_awards_at(p->awards, 0, &award, &error) != COCREATE_OK ||
            cocreate_trace_replay(award.trace, strlen(award.trace), &minor, &error) != COCREATE_OK ||
            minor != award.minor)
            p->wrong++;
        cocreate_text_free(text);
        cocreate_awards_free(awards);
    }
    return NULL;
}

static void one_scheme_pays_for_many(void **state)
{
    (void)state;
    cocreate_scheme *scheme = NULL;
    cocreate_awards *awards = NULL;
    cocreate_text *text = NULL;
    assert_status(cocreate_scheme_parse(NULL, scheme_text, strlen(scheme_text), &scheme, &check_error),
                  COCREATE_OK);
    assert_status(cocreate_reward(scheme, result_text, strlen(result_text), NULL, &awards, &check_error),
                  COCREATE_OK);
    assert_status(cocreate_awards_explain(awards, 0, &text, &check_error), COCREATE_OK);
    /* Both of the first place get half of the first two prizes: 400.00. */
    cocreate_award first = {.size = sizeof first};
    assert_status(cocreate_awards_at(awards, 0, &first, &check_error), COCREATE_OK);
    assert_int_equal(first.minor, 40000);
    pthread_t threads[THREADS];
    payment mine[THREADS];
    for (size_t t = 0; t < THREADS; t++) {
        mine[t] = (payment){scheme, awards, cocreate_awards_digest(awards), cocreate_text_data(text), 0};
        assert_int_equal(pthread_create(&threads[t], NULL, reward_in_thread, &mine[t]), 0);
    }
    for (size_t t = 0; t < THREADS; t++)
        assert_int_equal(pthread_join(threads[t], NULL), 0);
    for (size_t t = 0; t < THREADS; t++)
        assert_int_equal(mine[t].wrong, 0);
    cocreate_text_free(text);
    cocreate_awards_free(awards);
    cocreate_scheme_free(scheme);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_profile_is_ranked_by_many),
        cmocka_unit_test(one_scheme_pays_for_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
