/* What must hold of every method of the registry, on random elections: a result is the same bytes
 * however its profile was built, does not change when every ballot is there twice or the options stand
 * in another order, survives the failure of any request for memory, and elects as many as there are
 * seats. A method that is added is checked without another line here.
 *
 * property_methods SEED ELECTIONS [METHOD] */
#include "check.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "cocreate/cocreate.h"
#include "failing_allocator.h"

#define OPTIONS_MAX 6
#define BALLOTS_MAX 8

static const char seed_option[] =
    "\"seed\":\"47a3d5cb7adafeac8119564cc22c2b619fc1b549e17440e8d3b116a6ff688d49\"";

/* -- Elections -------------------------------------------------------------------------------- */

typedef struct ballot {
    uint32_t options[OPTIONS_MAX];
    int64_t values[OPTIONS_MAX];
    size_t n;
    int64_t weight;
} ballot;

typedef struct election {
    int32_t kind;
    size_t m, n;
    ballot ballots[BALLOTS_MAX];
    int64_t costs[OPTIONS_MAX], at[OPTIONS_MAX];
    int64_t budget; /* -1: none */
} election;

static uint64_t state;

/* splitmix64 (Steele, Lea & Flood, 2014). */
static uint64_t draw(void)
{
    uint64_t z = state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static int64_t from_to(int64_t low, int64_t high)
{
    return low + (int64_t)(draw() % (uint64_t)(high - low + 1));
}

static void shuffle(uint32_t *items, size_t n)
{
    for (size_t i = 0; i < n; i++)
        items[i] = (uint32_t)i;
    for (size_t i = n; i > 1; i--) {
        size_t k = (size_t)from_to(0, (int64_t)i - 1);
        uint32_t item = items[i - 1];
        items[i - 1] = items[k];
        items[k] = item;
    }
}

static int64_t value_of(int32_t kind, const char *method, size_t i, int equal)
{
    if (kind == COCREATE_BALLOT_RANKING)
        return equal ? from_to(1, 3) : (int64_t)i + 1;
    if (kind == COCREATE_BALLOT_SCORE && strcmp(method, "d21") == 0)
        return 1;
    return kind == COCREATE_BALLOT_APPROVAL ? 1 : from_to(0, 5);
}

static void draw_election(election *e, int32_t kind, const char *method, int budget)
{
    static const int64_t weights[] = {0, 1, 1, 1, 2, 3};
    e->kind = kind;
    e->m = (size_t)from_to(1, OPTIONS_MAX);
    e->n = (size_t)from_to(0, BALLOTS_MAX);
    e->budget = budget ? from_to(0, 20) : -1;
    for (size_t o = 0; o < e->m; o++) {
        e->costs[o] = from_to(0, 8);
        e->at[o] = from_to(1, 9);
    }
    for (size_t b = 0; b < e->n; b++) {
        ballot *x = &e->ballots[b];
        int equal = from_to(0, 2) == 0;
        x->n = (size_t)from_to(0, (int64_t)e->m);
        x->weight = weights[from_to(0, 5)];
        shuffle(x->options, e->m);
        for (size_t i = 0; i < x->n; i++)
            x->values[i] = value_of(kind, method, i, equal);
    }
}

/* The options of the election, in the order of `order` (NULL: as they are), with ids that go with
 * them. */
static cocreate_profile *empty_profile(const election *e, const uint32_t *order,
                                       const cocreate_allocator *a)
{
    cocreate_profile *p = NULL;
    assert_status(cocreate_profile_new(a, e->kind, e->m, &p, &check_error), COCREATE_OK);
    for (size_t i = 0; i < e->m; i++) {
        size_t o = order != NULL ? order[i] : i;
        char id[3] = {'o', (char)('a' + o), '\0'};
        cocreate_option option = {sizeof option, id, NULL, e->costs[o], e->at[o], 0};
        assert_status(cocreate_profile_set_option(p, i, &option, &check_error), COCREATE_OK);
    }
    if (e->budget >= 0)
        assert_status(cocreate_profile_set_budget(p, e->budget, 0, &check_error), COCREATE_OK);
    return p;
}

static void add(cocreate_profile *p, const election *e, const uint32_t *order, size_t b)
{
    const ballot *x = &e->ballots[b];
    uint32_t options[OPTIONS_MAX];
    for (size_t i = 0; i < x->n; i++) {
        options[i] = x->options[i];
        for (size_t k = 0; order != NULL && k < e->m; k++)
            if (order[k] == x->options[i])
                options[i] = (uint32_t)k;
    }
    assert_status(cocreate_profile_add(p, options, x->values, x->n, 1, x->weight, &check_error),
                  COCREATE_OK);
}

static cocreate_profile *build(const election *e, const uint32_t *order,
                               const cocreate_allocator *a)
{
    cocreate_profile *p = empty_profile(e, order, a);
    for (size_t b = 0; b < e->n; b++)
        add(p, e, order, b);
    return p;
}

/* Two halves, filled from behind, then merged. */
static cocreate_profile *build_otherwise(const election *e)
{
    cocreate_profile *p = empty_profile(e, NULL, NULL), *q = empty_profile(e, NULL, NULL);
    for (size_t b = e->n; b-- > 0;)
        add(b % 2 == 0 ? p : q, e, NULL, b);
    assert_status(cocreate_profile_merge(q, p, &check_error), COCREATE_OK);
    cocreate_profile_free(p);
    return q;
}

/* -- Results ---------------------------------------------------------------------------------- */

typedef struct outcome {
    cocreate_status status;
    cocreate_ranking *ranking;
} outcome;

static outcome count(const cocreate_profile *p, const char *method, const char *options)
{
    outcome o = {COCREATE_OK, NULL};
    o.status = cocreate_rank(p, method, options, NULL, &o.ranking, &check_error);
    int fair = o.status == COCREATE_OK || o.status == COCREATE_ERR_TIE ||
               o.status == COCREATE_ERR_LIMIT || o.status == COCREATE_ERR_ARGUMENT;
    /* A method may break ties by a rule of its own alone. */
    fair |= o.status == COCREATE_ERR_SCHEMA && strstr(check_error.text, "$.ties") != NULL;
    if (!fair)
        print_error("%s %s: %s\n", method, options, check_error.text);
    assert_true(fair);
    return o;
}

static const cocreate_place *place_of(const cocreate_profile *p, const cocreate_ranking *r,
                                      const char *id, int *wins)
{
    static cocreate_place place;
    size_t option;
    assert_status(cocreate_profile_find(p, id, &option, &check_error), COCREATE_OK);
    *wins = 0;
    for (size_t i = 0; i < cocreate_ranking_winner_count(r); i++)
        *wins |= cocreate_ranking_winner(r, i) == option;
    for (size_t i = 0; i < cocreate_ranking_size(r); i++) {
        place.size = sizeof place;
        assert_status(cocreate_ranking_place(r, i, &place, &check_error), COCREATE_OK);
        if (place.option == option)
            return &place;
    }
    return NULL;
}

static int same_places(const cocreate_profile *p, const cocreate_ranking *a,
                       const cocreate_profile *q, const cocreate_ranking *b, size_t m)
{
    for (size_t o = 0; o < m; o++) {
        char id[3] = {'o', (char)('a' + o), '\0'};
        int wins_a, wins_b;
        cocreate_place x = *place_of(p, a, id, &wins_a), y = *place_of(q, b, id, &wins_b);
        if (x.from != y.from || x.to != y.to || wins_a != wins_b)
            return 0;
    }
    return 1;
}

/* Did the method at hand break a rule? The others are looked at all the same. */
static int broken;

static void show(const char *what, const char *method, const char *options, const outcome *a,
                 const outcome *b)
{
    print_error("%s: %s %s\n%s\n%s\n", what, method, options,
                a->ranking != NULL ? cocreate_ranking_json(a->ranking) : "refused",
                b->ranking != NULL ? cocreate_ranking_json(b->ranking) : "refused");
}

/* -- Properties ------------------------------------------------------------------------------- */

static void check_bytes(const outcome *whole, const outcome *other, const char *method,
                        const char *options)
{
    int same = whole->status == other->status &&
               (whole->ranking == NULL || strcmp(cocreate_ranking_json(whole->ranking),
                                                 cocreate_ranking_json(other->ranking)) == 0);
    if (!same)
        show("built otherwise", method, options, whole, other);
    broken |= !same;
}

/* Dodgson's and Young's rules are not homogeneous (Fishburn, Condorcet social choice functions, 1977;
 * Brandt, Some remarks on Dodgson's voting rule, 2009). Quotas and groups rounded to whole votes or to
 * decimals move when every vote is there twice. */
static int is_homogeneous(const char *method)
{
    static const char *const not[] = {"dodgson", "young", "simplified_dodgson", "stv_", "qpq", "cstv",
                                      "monroe", NULL};
    for (size_t i = 0; not[i] != NULL; i++)
        if (strncmp(method, not[i], strlen(not[i])) == 0)
            return 0;
    return 1;
}

/* Drawing ballots asks for their number and their order. */
static int draws_ballots(const char *method)
{
    return strcmp(method, "rsd") == 0 || strstr(method, "_zt") != NULL;
}

static void check_twice(const election *e, const cocreate_profile *p, const outcome *whole,
                        const char *method, const char *options)
{
    cocreate_profile *twice = build(e, NULL, NULL);
    assert_status(cocreate_profile_merge(twice, twice, &check_error), COCREATE_OK);
    outcome other = count(twice, method, options);
    int same = whole->status == other.status &&
               (whole->ranking == NULL ||
                same_places(p, whole->ranking, twice, other.ranking, e->m));
    if (!same)
        show("every ballot twice", method, options, whole, &other);
    broken |= !same;
    cocreate_ranking_free(other.ranking);
    cocreate_profile_free(twice);
}

static void check_order(const election *e, const cocreate_profile *p, const outcome *whole,
                        const char *method, const char *options)
{
    uint32_t order[OPTIONS_MAX];
    shuffle(order, e->m);
    cocreate_profile *q = build(e, order, NULL);
    outcome other = count(q, method, options);
    int same = whole->status == other.status &&
               (whole->ranking == NULL || same_places(p, whole->ranking, q, other.ranking, e->m));
    if (!same)
        show("options in another order", method, options, whole, &other);
    broken |= !same;
    cocreate_ranking_free(other.ranking);
    cocreate_profile_free(q);
}

static void check_result(const outcome *whole, const election *e, int64_t seats, int committee)
{
    const char *json = cocreate_ranking_json(whole->ranking);
    cocreate_text *canonical = NULL;
    assert_status(cocreate_canonical_json(NULL, json, strlen(json), &canonical, &check_error),
                  COCREATE_OK);
    assert_string_equal(cocreate_text_data(canonical), json);
    cocreate_text_free(canonical);
    assert_int_equal(cocreate_ranking_size(whole->ranking), e->m);
    /* Shares without a completion may leave seats empty. */
    if (committee && strstr(json, "\"completion\":\"none\"") == NULL &&
        (int64_t)cocreate_ranking_winner_count(whole->ranking) != seats) {
        print_error("%d seats: %s\n", (int)seats, json);
        broken = 1;
    }
    for (size_t i = 0; i < e->m; i++) {
        cocreate_place place = {.size = sizeof place};
        assert_status(cocreate_ranking_place(whole->ranking, i, &place, &check_error), COCREATE_OK);
        assert_true(place.from >= 1 && place.from <= place.to && place.to <= e->m);
    }
}

/* The n-th request for memory fails, for every n: a status, and nothing is kept. */
static void check_memory(const election *e, const char *method, const char *options)
{
    failing_allocator fa;
    failing_allocator_init(&fa, FAIL_NEVER, FAIL_ONCE);
    cocreate_profile *p = build(e, NULL, &fa.allocator);
    size_t live = fa.live;
    for (failing_mode mode = FAIL_ONCE; mode <= FAIL_FOREVER; mode++)
        for (size_t n = 0;; n++) {
            cocreate_ranking *r = NULL;
            fa.requests = fa.refused = 0;
            fa.granted_first = n;
            fa.mode = mode;
            cocreate_status status = cocreate_rank(p, method, options, NULL, &r, &check_error);
            if (fa.refused > 0 && status != COCREATE_OK && status != COCREATE_ERR_MEMORY)
                print_error("%s %s: request %zu fails: %s\n", method, options, n, check_error.text);
            assert_true(fa.refused == 0 || status == COCREATE_OK ||
                        status == COCREATE_ERR_MEMORY);
            assert_true((status == COCREATE_OK) == (r != NULL));
            cocreate_ranking_free(r);
            if (fa.live != live)
                print_error("%s %s: request %zu fails, and %zu blocks stay\n", method, options, n,
                            fa.live - live);
            assert_int_equal(fa.live, live);
            if (fa.refused == 0)
                break;
        }
    fa.granted_first = FAIL_NEVER;
    cocreate_profile_free(p);
}

/* -- Every method ----------------------------------------------------------------------------- */

static int has_option(const json_t *m, const char *name, const json_t **out)
{
    size_t i;
    json_t *o;
    json_array_foreach(json_object_get(m, "options"), i, o)
        if (strcmp(json_string_value(json_object_get(o, "name")), name) == 0) {
            *out = o;
            return 1;
        }
    return 0;
}

static int elects(const json_t *m, const char *what)
{
    size_t i;
    json_t *e;
    json_array_foreach(json_object_get(m, "elects"), i, e)
        if (strcmp(json_string_value(e), what) == 0)
            return 1;
    return 0;
}

static void check_method(const json_t *m, int32_t kind, size_t elections)
{
    const char *name = json_string_value(json_object_get(m, "name"));
    const json_t *ties = NULL;
    int chained = has_option(m, "ties", &ties) &&
                  json_is_string(json_object_get(ties, "default"));
    for (size_t i = 0; i < elections && !broken; i++) {
        election e;
        char options[256];
        int budget = elects(m, "budget") && (!elects(m, "committee") || from_to(0, 1) == 0);
        draw_election(&e, kind, name, budget);
        int64_t seats = budget ? 0 : from_to(1, e.m < 3 ? (int64_t)e.m : 3);
        snprintf(options, sizeof options, "{%s%s", chained || i % 2 ? "\"ties\":\"lot\"," : "",
                 seed_option);
        if (seats > 0)
            snprintf(options + strlen(options), sizeof options - strlen(options), ",\"seats\":%d",
                     (int)seats);
        strcat(options, "}");
        cocreate_profile *p = build(&e, NULL, NULL), *q = build_otherwise(&e);
        outcome whole = count(p, name, options), other = count(q, name, options);
        check_bytes(&whole, &other, name, options);
        if (whole.status == COCREATE_OK)
            check_result(&whole, &e, seats, elects(m, "committee") && !budget);
        if (is_homogeneous(name) && !draws_ballots(name))
            check_twice(&e, p, &whole, name, options);
        /* A draw goes through the options or the ballots as they stand. */
        if (!draws_ballots(name) &&
            (whole.ranking == NULL ||
             strstr(cocreate_ranking_json(whole.ranking), "\"draws\"") == NULL))
            check_order(&e, p, &whole, name, options);
        if (i < 2 && whole.status == COCREATE_OK)
            check_memory(&e, name, options);
        cocreate_ranking_free(whole.ranking);
        cocreate_ranking_free(other.ranking);
        cocreate_profile_free(p);
        cocreate_profile_free(q);
    }
}

static uint64_t first_seed = 1;
static size_t elections = 40;
static const char *only;

static int32_t kind_of(const char *name)
{
    static const char *const kinds[] = {"", "approval", "ranking", "score", "points"};
    for (int32_t k = 1; k < 5; k++)
        if (strcmp(kinds[k], name) == 0)
            return k;
    return 0;
}

static void every_method_keeps_the_rules(void **unused)
{
    cocreate_text *text = NULL;
    size_t i, k, checked = 0, failures = 0;
    json_t *m, *evidence;
    (void)unused;
    assert_status(cocreate_methods(NULL, &text, &check_error), COCREATE_OK);
    json_t *methods = json_loads(cocreate_text_data(text), 0, NULL);
    json_array_foreach(methods, i, m)
    {
        const char *name = json_string_value(json_object_get(m, "name"));
        if (only != NULL && strcmp(only, name) != 0)
            continue;
        json_array_foreach(json_object_get(m, "evidence"), k, evidence)
        {
            state = first_seed * 1000003 + i * 17 + k;
            broken = 0;
            check_method(m, kind_of(json_string_value(evidence)), elections);
            failures += (size_t)broken;
            checked++;
        }
    }
    assert_true(checked > 0);
    assert_int_equal(failures, 0);
    json_decref(methods);
    cocreate_text_free(text);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_method_keeps_the_rules)};
    if (argc > 1)
        first_seed = strtoull(argv[1], NULL, 10);
    if (argc > 2)
        elections = strtoul(argv[2], NULL, 10);
    if (argc > 3)
        only = argv[3];
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
