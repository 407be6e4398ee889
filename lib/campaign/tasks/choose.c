#include "campaign/tasks/choose.h"

#include <stdio.h>
#include <string.h>

#include "base/time.h"
#include "campaign/jury/jury.h"
#include "campaign/rounds/ballots.h"

/* What is against giving an item to somebody. */
typedef enum against {
    NOTHING,
    AGAINST_OWN,      /* they wrote it, or have a conflict of interest */
    AGAINST_ANSWERED, /* they answered it, or their answer was struck */
    AGAINST_RETIRED,
    AGAINST_GONE,   /* it ended, takes no votes, or the round is over */
    AGAINST_FULL,   /* it has all its answers */
    AGAINST_LEASED, /* all that are missing are being given */
    REASONS
} against;

/* ---- for this person ---- */

static cocreate_status has_conflict(cci_engine *e, const cci_taking *t, const char *id, int *out,
                                    cocreate_error *error)
{
    char reason[CCI_REASON_SIZE];
    cci_conflict kind;
    json_t *row = NULL;
    *out = 0;
    if (t->spec->lead != CCI_LEAD_JURY)
        return COCREATE_OK;
    CCI_TRY(cci_state_get(e, t->c->part, CCI_KIND_CONTRIBUTION, id, &row, error));
    cocreate_status status = cci_jury_conflict(e, t->c, t->spec, t->participant, id,
                                               json_object_get(row, "authors"), &kind, reason, error);
    *out = kind != CCI_CONFLICT_NONE;
    json_decref(row);
    return status;
}

static cocreate_status for_person(cci_engine *e, const cci_taking *t, const char *id, against *out,
                                  cocreate_error *error)
{
    uint32_t candidate = cci_string_set_find(&t->cache->candidates, id);
    int yes = 0;
    *out = AGAINST_GONE;
    if (candidate == CCI_TABLE_NONE)
        CCI_TRY(cci_round_cache_join(e, t->c, t->cache, id, &candidate, error));
    if (candidate == CCI_TABLE_NONE || t->cache->out_of_game[candidate])
        return COCREATE_OK;
    uint32_t author = cci_string_set_find(&t->cache->authors, t->participant);
    *out = AGAINST_OWN;
    if (!t->spec->self_vote && author != CCI_TABLE_NONE && cci_round_cache_authored(t->cache, author,
                                                                                    candidate))
        return COCREATE_OK;
    CCI_TRY(has_conflict(e, t, id, &yes, error));
    if (yes)
        return COCREATE_OK;
    CCI_TRY(cci_ballot_was_cast(e, t->c, t->round, t->participant, id, "", &yes, error));
    *out = yes ? AGAINST_ANSWERED : NOTHING;
    return COCREATE_OK;
}

/* ---- in order ---- */

typedef struct search {
    cci_engine *e;
    const cci_taking *t;
    const char *passed; /* what they gave back last, "" for none */
    char *out;
    char id[COCREATE_ID_MAX + 1]; /* of what they gave back, where it is there */
} search;

/* The last of the ids of a row: the item. The scan ends at once, by a status that is no failure. */
static cocreate_status try_one(void *user, const char *key, json_t *doc, cocreate_error *error)
{
    search *s = user;
    const char *id = strrchr(key, '\n');
    against what;
    (void)doc;
    if (!id || strlen(id + 1) > COCREATE_ID_MAX)
        return cci_fail(error, COCREATE_ERR_CORRUPT, "a task to take has the name '%.60s'", key);
    CCI_TRY(for_person(s->e, s->t, id + 1, &what, error));
    if (what != NOTHING)
        return COCREATE_OK;
    int passed = strcmp(id + 1, s->passed) == 0;
    strcpy(passed ? s->id : s->out, id + 1);
    return passed ? COCREATE_OK : COCREATE_EXISTS;
}

/* ---- why there is none ---- */

typedef struct tally {
    cci_engine *e;
    const cci_taking *t;
    size_t of[REASONS], items;
    int64_t free_at; /* when the first lease that is in the way ends */
} tally;

static cocreate_status look_at_leases(tally *n, const json_t *held, cocreate_error *error)
{
    for (size_t i = 0; i < json_array_size(held); i++) {
        json_t *lease = NULL;
        CCI_TRY(cci_lease_get(n->e, n->t->c, n->t->spec->id, json_string_value(json_array_get(held, i)),
                              &lease, error));
        int64_t until = json_integer_value(json_object_get(lease, "until"));
        n->free_at = until < n->free_at ? until : n->free_at;
        json_decref(lease);
    }
    return COCREATE_OK;
}

/* What is against an item for everybody; then, for this person. */
static cocreate_status judge(tally *n, const char *id, const json_t *row, against *what,
                             cocreate_error *error)
{
    const char *out = cci_task_out(row);
    const json_t *held = json_object_get(row, "held");
    if (out) {
        *what = strcmp(out, "retired") == 0 ? AGAINST_RETIRED : AGAINST_GONE;
        return COCREATE_OK;
    }
    CCI_TRY(for_person(n->e, n->t, id, what, error));
    if (*what != NOTHING || json_object_get(row, "load"))
        return COCREATE_OK;
    *what = json_array_size(held) > 0 ? AGAINST_LEASED : AGAINST_FULL;
    return look_at_leases(n, held, error);
}

static cocreate_status count_one(void *user, const char *key, json_t *row, cocreate_error *error)
{
    tally *n = user;
    against what = NOTHING;
    CCI_TRY(judge(n, key + strlen(n->t->spec->id) + 1, row, &what, error));
    n->items++;
    n->of[what]++;
    return COCREATE_OK;
}

static cocreate_status refuse_next(cci_engine *e, const cci_taking *t, cocreate_error *error)
{
    static const char *const words[REASONS] = {
        [AGAINST_OWN] = "theirs or in conflict", [AGAINST_ANSWERED] = "answered by them",
        [AGAINST_RETIRED] = "retired",           [AGAINST_GONE] = "gone",
        [AGAINST_FULL] = "full",                 [AGAINST_LEASED] = "leased"};
    tally n = {.e = e, .t = t, .free_at = INT64_MAX};
    char text[200] = "", until[CCI_TIME_TEXT];
    size_t used = 0;
    CCI_TRY(cci_state_scan_by(e, t->c->part, CCI_KIND_TASK, CCI_KEY(t->spec->id, ""), count_one, &n, error));
    for (int i = AGAINST_OWN; i < REASONS; i++)
        if (n.of[i] > 0)
            used += (size_t)snprintf(text + used, sizeof text - used, "%s%zu %s", used ? ", " : "", n.of[i],
                                     words[i]);
    return cci_fail(error, COCREATE_ERR_NOT_FOUND,
                    "$.rounds[%zu].lease: nothing is left for '%.60s' of the %zu items of round '%.60s': "
                    "%s%s%s",
                    t->round, t->participant, n.items, t->spec->id, text,
                    n.of[AGAINST_LEASED] ? "; ask again from " : "",
                    n.of[AGAINST_LEASED] ? cci_time_text(n.free_at, until) : "");
}

cocreate_status cci_tasks_next(cci_engine *e, cci_taking *t, char out[COCREATE_ID_MAX + 1],
                               cocreate_error *error)
{
    search s = {.e = e, .t = t, .passed = cci_json_text(t->lease, "passed"), .out = out};
    cocreate_status status = cci_state_scan_by(e, t->c->part, CCI_KIND_TASK_ORDER, CCI_KEY(t->spec->id, ""),
                                               try_one, &s, error);
    if (status == COCREATE_EXISTS)
        return COCREATE_OK;
    CCI_TRY(status);
    if (!s.id[0])
        return refuse_next(e, t, error);
    strcpy(out, s.id);
    return COCREATE_OK;
}

static cocreate_status refuse_wanted(const tally *n, against what, const json_t *row, cocreate_error *error)
{
    static const char *const words[REASONS] = {
        [AGAINST_OWN] = "is theirs, or they have a conflict of interest",
        [AGAINST_ANSWERED] = "was answered by them",
        [AGAINST_GONE] = "takes no answers any more",
        [AGAINST_FULL] = "has all its answers"};
    const cci_taking *t = n->t;
    char until[CCI_TIME_TEXT];
    if (what == AGAINST_RETIRED)
        return cci_task_refuse_retired(t->spec, t->round, t->wanted, row, error);
    if (what == AGAINST_LEASED)
        return cci_refuse_round(error, t->round, "lease",
                                "'%.80s' is leased to %zu of at most %lld until %s: ask again then",
                                t->wanted, json_array_size(json_object_get(row, "held")),
                                (long long)t->spec->lease_per_item, cci_time_text(n->free_at, until));
    return cci_refuse_round(error, t->round, "lease", "'%.80s' cannot be given to '%.60s': it %s", t->wanted,
                            t->participant, words[what]);
}

cocreate_status cci_tasks_wanted(cci_engine *e, cci_taking *t, char out[COCREATE_ID_MAX + 1],
                                 cocreate_error *error)
{
    tally n = {.e = e, .t = t, .free_at = INT64_MAX};
    against what = NOTHING;
    json_t *row = NULL;
    CCI_TRY(cci_task_get(e, t->c, t->spec->id, t->wanted, &row, error));
    cocreate_status status =
        row ? judge(&n, t->wanted, row, &what, error)
            : cci_fail(error, COCREATE_ERR_NOT_FOUND, "'%.80s' is no item of round '%.60s'", t->wanted,
                       t->spec->id);
    if (status == COCREATE_OK && what != NOTHING)
        status = refuse_wanted(&n, what, row, error);
    if (status == COCREATE_OK)
        snprintf(out, COCREATE_ID_MAX + 1, "%s", t->wanted);
    json_decref(row);
    return status;
}
