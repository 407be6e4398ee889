/* "milestones" of a brief. */
#include <string.h>

#include "campaign/brief_read.h"
#include "campaign/instruments/instrument.h"
#include "campaign/milestones/milestones.h"

#define MILESTONES_MAX 100

size_t cci_milestone_find(const cci_brief *b, const char *id)
{
    size_t i = 0;
    while (i < b->n_milestones && strcmp(b->milestones[i].id, id) != 0)
        i++;
    return i;
}

/* Ballots that name options with numbers can be counted. */
static int counts(const cci_round_spec *round)
{
    static const char *const names[] = {"approve", "up",        "updown", "choice", "score",
                                        "points",  "quadratic", "budget", "pledge", NULL};
    for (size_t i = 0; names[i]; i++)
        if (strcmp(round->instrument->name, names[i]) == 0)
            return 1;
    return 0;
}

static cocreate_status read_round(cci_brief *b, const json_t *json, cci_milestone *m, const cci_path *path,
                                  cocreate_error *error)
{
    const char *id;
    CCI_TRY(cci_json_id(json, "round", &id, path, error));
    cci_path here = cci_path_key(path, "round");
    const cci_round_spec *round = cci_brief_round(b, id);
    if (!round)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "there is no round '%s'", id);
    m->round = (size_t)(round - b->rounds);
    if (!counts(&b->rounds[m->round]))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "round '%s' takes no ballots that support contributions", id);
    b->rounds[m->round].counted |= CCI_COUNTED_MILESTONE;
    return COCREATE_OK;
}

static cocreate_status read_milestone(cci_brief *b, size_t index, json_t *json, const cci_path *path,
                                      cocreate_error *error)
{
    static const char *const keys[] = {"id",   "round",    "metric",  "target", "within_us",
                                       "from", "on_reach", "on_miss", NULL};
    static const char *const metrics[] = {"ballots", "amount", NULL};
    static const char *const bases[] = {"published", "previous", "reached", NULL};
    static const char *const reach_words[] = {"continue", "freeze", "advance", NULL};
    static const char *const miss_words[] = {"expire", "none", NULL};
    cci_milestone *m = &b->milestones[index];
    int base, on_reach;
    CCI_TRY(cci_brief_object(json, keys, path, error));
    CCI_TRY(cci_json_id(json, "id", &m->id, path, error));
    if (cci_milestone_find(b, m->id) < index)
        return cci_brief_repeated(path, "id", m->id, error);
    CCI_TRY(read_round(b, json, m, path, error));
    CCI_TRY(cci_brief_choice(json, "metric", metrics, 0, &m->amount, path, error));
    CCI_TRY(cci_json_i64(json, "target", 1, CCI_JSON_INTEGER_MAX, &m->target, path, error));
    CCI_TRY(cci_json_i64(json, "within_us", 1, CCI_JSON_INTEGER_MAX / 4, &m->within_us, path, error));
    CCI_TRY(cci_brief_choice(json, "from", bases, index > 0, &base, path, error));
    CCI_TRY(cci_brief_choice(json, "on_reach", reach_words, 0, &on_reach, path, error));
    CCI_TRY(cci_brief_choice(json, "on_miss", miss_words, 0, &m->keeps, path, error));
    m->base = (cci_milestone_base)base;
    m->on_reach = (cci_milestone_reach)on_reach;
    cci_path from = cci_path_key(path, "from");
    return index == 0 && base != CCI_FROM_PUBLISHED
               ? cci_json_fail(error, COCREATE_ERR_SCHEMA, &from, "there is no milestone before the first")
               : COCREATE_OK;
}

/* The rounds that take who reached one. */
static cocreate_status check_candidates(const cci_brief *b, cocreate_error *error)
{
    cci_path rounds = cci_path_key(&CCI_ROOT, "rounds");
    for (size_t i = 0; i < b->n_rounds; i++) {
        const char *id = b->rounds[i].from_milestone;
        if (!id || cci_milestone_find(b, id) < b->n_milestones)
            continue;
        cci_path item = cci_path_at(&rounds, i), candidates = cci_path_key(&item, "candidates");
        cci_path here = cci_path_key(&candidates, "milestone");
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "there is no milestone '%s'", id);
    }
    return COCREATE_OK;
}

cocreate_status cci_brief_milestones(cci_brief *b, cocreate_error *error)
{
    json_t *list = json_object_get(b->json, "milestones");
    cci_path path = cci_path_key(&CCI_ROOT, "milestones");
    if (!list)
        return check_candidates(b, error);
    CCI_TRY(cci_brief_list(&b->allocator, b->json, "milestones", MILESTONES_MAX, &list,
                           (void **)&b->milestones, &b->n_milestones, sizeof *b->milestones, &CCI_ROOT,
                           error));
    for (size_t i = 0; i < b->n_milestones; i++) {
        cci_path here = cci_path_at(&path, i);
        CCI_TRY(read_milestone(b, i, json_array_get(list, i), &here, error));
    }
    return check_candidates(b, error);
}
