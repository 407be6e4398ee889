/* Invariants of contributions: counts, shares, and who is selected. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/rational.h"
#include "campaign/check/check.h"

static json_int_t in_state(const json_t *list, const char *state)
{
    json_int_t n = 0;
    for (size_t i = 0; i < json_array_size(list); i++)
        n += strcmp(cci_json_text(json_array_get(list, i), "state"), state) == 0;
    return n;
}

/* The counts of the kinds sum to those of all. */
static void look_at_kinds(cci_check *k, json_t *counts)
{
    json_t *kinds = json_object_get(k->shown, "kinds"), *kind, *count;
    const char *name, *state;
    char problem[160];
    if (json_object_size(kinds) == 0)
        return;
    json_object_foreach (counts, state, count) {
        json_int_t sum = 0;
        json_object_foreach (kinds, name, kind)
            sum += json_integer_value(json_object_get(kind, state));
        if (sum == json_integer_value(count))
            continue;
        snprintf(problem, sizeof problem, "%" PRId64 " are counted as %.40s, its kinds sum to %" PRId64,
                 (int64_t)json_integer_value(count), state, (int64_t)sum);
        cci_violation(k, "campaign", k->campaign, problem);
    }
}

/* Every count but created and live is of a state in which contributions end. */
cocreate_status cci_check_counts(cci_check *k, cocreate_error *error)
{
    json_t *counts = json_object_get(k->shown, "counts"), *count;
    const json_t *list = json_object_get(k->shown, "contributions");
    json_int_t sum = 0, created = json_integer_value(json_object_get(counts, "created"));
    json_int_t left = (json_int_t)json_array_size(list);
    const char *state;
    char problem[160];
    (void)error;
    k->checked += json_array_size(list);
    json_object_foreach (counts, state, count) {
        if (!json_is_integer(count) || strcmp(state, "created") == 0)
            continue;
        json_int_t n = strcmp(state, "live") == 0 ? -1 : in_state(list, state);
        sum += json_integer_value(count);
        left -= n < 0 ? 0 : n;
        if (n < 0 || n == json_integer_value(count))
            continue;
        snprintf(problem, sizeof problem, "%" PRId64 " are counted as %.40s, %" PRId64 " are listed",
                 (int64_t)json_integer_value(count), state, (int64_t)n);
        cci_violation(k, "campaign", k->campaign, problem);
    }
    if (created != sum || created != (json_int_t)json_array_size(list) ||
        left != json_integer_value(json_object_get(counts, "live"))) {
        snprintf(problem, sizeof problem,
                 "%" PRId64 " were created, the states sum to %" PRId64 ", %zu are listed",
                 (int64_t)created, (int64_t)sum, json_array_size(list));
        cci_violation(k, "campaign", k->campaign, problem);
    }
    look_at_kinds(k, counts);
    return COCREATE_OK;
}

static cocreate_status sum_shares(const json_t *authors, cci_rational *share, cci_rational *sum,
                                  cocreate_error *error)
{
    CCI_TRY(cci_rational_set_i64(sum, 0, 1, error));
    for (size_t i = 0; i < json_array_size(authors); i++) {
        CCI_TRY(cci_json_number(json_object_get(json_array_get(authors, i), "share"), share,
                                &CCI_ROOT, error));
        CCI_TRY(cci_rational_add(sum, share, sum, error));
    }
    return COCREATE_OK;
}

typedef struct team_looker {
    cci_check *k;
    cci_rational *share, *sum;
} team_looker;

/* Who left a team has no share; one that nobody is left in sums to nothing. */
static cocreate_status look_at_team(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    const team_looker *l = user;
    const json_t *members = json_object_get(doc, "members");
    int order;
    if (json_array_size(members) == 0)
        return COCREATE_OK;
    l->k->checked++;
    CCI_TRY(sum_shares(members, l->share, l->sum, error));
    CCI_TRY(cci_rational_set_i64(l->share, 1, 1, error));
    CCI_TRY(cci_rational_compare(l->sum, l->share, &order, error));
    if (order != 0)
        cci_violation(l->k, "team", id, "the shares of its members do not sum to 1");
    return COCREATE_OK;
}

static cocreate_status look_at_teams(cci_check *k, cci_rational *share, cci_rational *sum,
                                     cocreate_error *error)
{
    cci_campaign *c;
    team_looker l = {k, share, sum};
    CCI_TRY(cci_campaign_get(k->e, k->campaign, &c, error));
    return cci_state_scan(k->e, c->part, CCI_KIND_TEAM, NULL, look_at_team, &l, error);
}

/* What a work owes to others is no more than the whole of it. */
static cocreate_status look_at_credit(cci_check *k, const char *from, cci_rational *share,
                                      cci_rational *sum, cocreate_error *error)
{
    const json_t *edges = json_object_get(k->shown, "edges");
    int order;
    CCI_TRY(cci_rational_set_i64(sum, 0, 1, error));
    for (size_t i = 0; i < json_array_size(edges); i++) {
        const json_t *edge = json_array_get(edges, i), *credit = json_object_get(edge, "credit");
        if (!credit || strcmp(cci_json_text(edge, "from"), from) != 0 ||
            strcmp(cci_json_text(edge, "state"), "accepted") != 0)
            continue;
        CCI_TRY(cci_json_number(credit, share, &CCI_ROOT, error));
        CCI_TRY(cci_rational_add(sum, share, sum, error));
    }
    CCI_TRY(cci_rational_set_i64(share, 1, 1, error));
    CCI_TRY(cci_rational_compare(sum, share, &order, error));
    if (order > 0)
        cci_violation(k, "contribution", from, "it credits others with more than the whole of it");
    return COCREATE_OK;
}

static cocreate_status look_at_shares(cci_check *k, cci_rational *share, cci_rational *sum,
                                      cocreate_error *error)
{
    const json_t *list = json_object_get(k->shown, "contributions");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i);
        int order;
        k->checked++;
        CCI_TRY(sum_shares(json_object_get(one, "authors"), share, sum, error));
        CCI_TRY(cci_rational_set_i64(share, 1, 1, error));
        CCI_TRY(cci_rational_compare(sum, share, &order, error));
        if (order != 0)
            cci_violation(k, "contribution", cci_json_text(one, "id"),
                          "the shares of its authors do not sum to 1");
        if (json_object_get(k->shown, "edges"))
            CCI_TRY(look_at_credit(k, cci_json_text(one, "id"), share, sum, error));
    }
    return k->e ? look_at_teams(k, share, sum, error) : COCREATE_OK;
}

cocreate_status cci_check_shares(cci_check *k, cocreate_error *error)
{
    cci_rational share, sum;
    CCI_TRY(cci_rational_init(&share, error));
    cocreate_status status = cci_rational_init(&sum, error);
    if (status == COCREATE_OK) {
        status = look_at_shares(k, &share, &sum, error);
        cci_rational_clear(&sum);
    }
    cci_rational_clear(&share);
    return status;
}

/* ---- merges ---- */

static const char *target_of(const json_t *list, const char *id)
{
    return cci_json_text(cci_named(list, id), "into");
}

/* What was merged names a work that is there, and every chain of merges ends. */
cocreate_status cci_check_merged(cci_check *k, cocreate_error *error)
{
    const json_t *list = json_object_get(k->shown, "contributions");
    (void)error;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i);
        const char *id = cci_json_text(one, "id"), *into = cci_json_text(one, "into");
        int merged = strcmp(cci_json_text(one, "state"), "merged") == 0;
        size_t steps = 0;
        k->checked += (uint64_t)merged;
        if (merged && !cci_named(list, into))
            cci_violation(k, "contribution", id, "it is merged into nothing that is there");
        for (; *into && steps <= json_array_size(list); steps++)
            into = target_of(list, into);
        if (*into)
            cci_violation(k, "contribution", id, "its merges never end");
    }
    return COCREATE_OK;
}

static int add_ids(json_t *ids, const json_t *list)
{
    int made = 1;
    for (size_t i = 0; made && i < json_array_size(list); i++)
        made = cci_json_put(ids, json_string_value(json_array_get(list, i)), json_true());
    return made;
}

/* Whom certified rounds selected, or the periods of a rolling one, or its decisions, which take effect at
 * once; as members of an object; NULL without memory. */
static json_t *certified(const json_t *rounds)
{
    json_t *ids = cci_json_new();
    int made = ids != NULL;
    for (size_t i = 0; made && i < json_array_size(rounds); i++) {
        const json_t *round = json_array_get(rounds, i), *periods = json_object_get(round, "periods");
        if (strcmp(cci_json_text(round, "state"), "certified") == 0)
            made = add_ids(ids, json_object_get(json_object_get(round, "result"), "selected"));
        made = made && add_ids(ids, json_object_get(round, "selected"));
        for (size_t n = 0; made && n < json_array_size(periods); n++) {
            const json_t *result = json_object_get(json_array_get(periods, n), "result");
            made = add_ids(ids, json_object_get(result, "selected"));
        }
    }
    if (made)
        return ids;
    json_decref(ids);
    return NULL;
}

cocreate_status cci_check_selected(cci_check *k, cocreate_error *error)
{
    const json_t *list = json_object_get(k->shown, "contributions");
    json_t *ids = certified(json_object_get(k->shown, "rounds"));
    if (!ids)
        return cci_no_memory(error);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i);
        if (strcmp(cci_json_text(one, "state"), "selected") != 0)
            continue;
        k->checked++;
        if (!json_object_get(ids, cci_json_text(one, "id")))
            cci_violation(k, "contribution", cci_json_text(one, "id"),
                          "it is selected, and no certified round selected it");
    }
    json_decref(ids);
    return COCREATE_OK;
}
