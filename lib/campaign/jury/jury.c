#include "campaign/jury/jury.h"

#include <string.h>

#include "base/table.h"
#include "base/text.h"
#include "campaign/brief_read.h"
#include "campaign/people/people.h"
#include "campaign/rounds/ballots.h"

#define PANEL_MAX 1000

const char *const cci_assignment_words[] = {"offered",  "accepted", "started",    "done",
                                            "declined", "expired",  "reassigned", NULL};

/* ---- the brief ---- */

static cocreate_status read_panel(json_t *json, cci_round_spec *spec, const cci_path *path,
                                  cocreate_error *error)
{
    json_t *panel;
    cci_path here = cci_path_key(path, "panel");
    if (!json_object_get(json, "panel"))
        return COCREATE_OK;
    CCI_TRY(cci_json_get_array(json, "panel", &panel, path, error));
    size_t n = json_array_size(panel);
    if (n < 1 || n > PANEL_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "expected a list of 1 to %d participants", PANEL_MAX);
    for (size_t i = 0; i < n; i++) {
        const char *juror = json_string_value(json_array_get(panel, i));
        cci_path item = cci_path_at(&here, i);
        if (!juror || cci_id_check(juror, "participant", NULL) != COCREATE_OK)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &item, "expected a participant");
        if (cci_json_index(panel, juror) < i)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &item, "'%s' sits there twice", juror);
    }
    spec->panel = panel;
    return COCREATE_OK;
}

cocreate_status cci_jury_read(json_t *json, cci_round_spec *spec, const cci_path *path,
                              cocreate_error *error)
{
    static const char *const keys[] = {"per_entry", "load", "due_us", NULL};
    cci_path here = cci_path_key(path, "assignment");
    CCI_TRY(read_panel(json, spec, path, error));
    CCI_TRY(cci_json_i64_opt(json, "coverage", 1, PANEL_MAX, &spec->coverage, path, error));
    CCI_TRY(cci_json_id_opt(json, "conflict_attribute", &spec->conflict_attribute, path, error));
    if (!json_object_get(json, "assignment"))
        return COCREATE_OK;
    json_t *assignment;
    CCI_TRY(cci_json_get_object(json, "assignment", &assignment, path, error));
    CCI_TRY(cci_brief_object(assignment, keys, &here, error));
    CCI_TRY(cci_json_i64(assignment, "per_entry", 1, PANEL_MAX, &spec->per_entry, &here, error));
    CCI_TRY(cci_json_i64_opt(assignment, "load", 1, 1000000, &spec->load, &here, error));
    CCI_TRY(cci_json_i64_opt(assignment, "due_us", 1, CCI_JSON_INTEGER_MAX / 4, &spec->due_us,
                             &here, error));
    if (!spec->panel)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "needs a panel, to whose members entries are assigned");
    return COCREATE_OK;
}

/* ---- rows ---- */

int cci_assignment_stands(const json_t *row)
{
    const char *state = json_string_value(json_object_get(row, "state"));
    for (int i = 0; state && i <= CCI_ASSIGNMENT_DONE; i++)
        if (strcmp(state, cci_assignment_words[i]) == 0)
            return 1;
    return 0;
}

cocreate_status cci_assignment_get(cci_engine *e, const cci_campaign *c, const char *round,
                                   const char *juror, const char *contribution, json_t **out,
                                   cocreate_error *error)
{
    return cci_state_get_by(e, c->part, CCI_KIND_ASSIGNMENT, CCI_KEY(round, juror, contribution), out, error);
}

cocreate_status cci_assignment_put(cci_engine *e, const cci_campaign *c, const char *round,
                                   const char *juror, const char *contribution,
                                   cci_assignment_state state, const json_t *due,
                                   cocreate_error *error)
{
    json_t *row = cci_json_new();
    cocreate_status status = COCREATE_OK;
    if (!cci_json_put(row, "state", json_string(cci_assignment_words[state])) ||
        (due && !cci_json_put(row, "due", json_incref((json_t *)(uintptr_t)due))))
        status = cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_state_put_by(e, c->part, CCI_KIND_ASSIGNMENT, CCI_KEY(round, juror, contribution), row,
                                  error);
    json_decref(row);
    return status;
}

/* ---- who may judge what ---- */

cocreate_status cci_jury_require_panel(const cci_round_spec *spec, size_t round,
                                       const char *juror, cocreate_error *error)
{
    if (!spec->panel || cci_json_lists(spec->panel, juror))
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_PERMISSION,
                    "$.rounds[%zu].panel: '%s' is not on the panel of round '%s'", round, juror,
                    spec->id);
}

/* What a person has: the value of an attribute, or, where that is NULL, the team; owned by the caller. */
static cocreate_status value_of(cci_engine *e, const cci_campaign *c, const char *attribute,
                                const char *person, json_t **out, cocreate_error *error)
{
    json_t *row = NULL;
    *out = NULL;
    if (!person)
        return COCREATE_OK;
    CCI_TRY(attribute ? cci_attributes_get(e, person, &row, error)
                      : cci_state_get(e, c->part, CCI_KIND_TEAM_MEMBER, person, &row, error));
    *out = json_incref(json_object_get(row, attribute ? attribute : "team"));
    json_decref(row);
    return COCREATE_OK;
}

/* Does an author share it? Nothing is shared with who has none. */
static cocreate_status shares(cci_engine *e, const cci_campaign *c, const char *attribute, const char *juror,
                              const json_t *authors, int *out, cocreate_error *error)
{
    json_t *mine, *theirs = NULL;
    *out = 0;
    CCI_TRY(value_of(e, c, attribute, juror, &mine, error));
    cocreate_status status = COCREATE_OK;
    for (size_t i = 0; mine && i < json_array_size(authors) && status == COCREATE_OK && !*out; i++) {
        const json_t *author = json_object_get(json_array_get(authors, i), "participant");
        status = value_of(e, c, attribute, json_string_value(author), &theirs, error);
        *out = theirs && json_equal(mine, theirs);
        json_decref(theirs);
        theirs = NULL;
    }
    json_decref(mine);
    return status;
}

static cocreate_status declared(cci_engine *e, const cci_campaign *c, const char *juror,
                                const char *contribution, char reason[CCI_REASON_SIZE],
                                cocreate_error *error)
{
    json_t *row;
    CCI_TRY(cci_state_get_by(e, c->part, CCI_KIND_CONFLICT, CCI_KEY(juror, contribution), &row, error));
    const char *why = json_string_value(json_object_get(row, "reason"));
    if (row)
        cci_reason(reason, "'%.60s' declared a conflict of interest: %.80s", juror, why ? why : "");
    json_decref(row);
    return COCREATE_OK;
}

cocreate_status cci_jury_conflict(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                  const char *juror, const char *contribution,
                                  const json_t *authors, cci_conflict *kind,
                                  char reason[CCI_REASON_SIZE], cocreate_error *error)
{
    int shared = 0;
    reason[0] = '\0';
    *kind = CCI_CONFLICT_NONE;
    for (size_t i = 0; i < json_array_size(authors); i++) {
        const json_t *author = json_object_get(json_array_get(authors, i), "participant");
        if (json_is_string(author) && strcmp(json_string_value(author), juror) == 0) {
            cci_reason(reason, "'%.60s' is an author of '%.60s'", juror, contribution);
            *kind = CCI_CONFLICT_AUTHOR;
            return COCREATE_OK;
        }
    }
    CCI_TRY(declared(e, c, juror, contribution, reason, error));
    if (reason[0]) {
        *kind = CCI_CONFLICT_DECLARED;
        return COCREATE_OK;
    }
    if (spec->conflict_attribute)
        CCI_TRY(shares(e, c, spec->conflict_attribute, juror, authors, &shared, error));
    if (shared) {
        cci_reason(reason, "'%.60s' has the same '%.40s' as an author of '%.60s'", juror,
                   spec->conflict_attribute, contribution);
        *kind = CCI_CONFLICT_ATTRIBUTE;
        return COCREATE_OK;
    }
    CCI_TRY(shares(e, c, NULL, juror, authors, &shared, error));
    if (shared) {
        cci_reason(reason, "'%.60s' is in a team with an author of '%.60s'", juror, contribution);
        *kind = CCI_CONFLICT_TEAM;
    }
    return COCREATE_OK;
}

static cocreate_status require_assigned(cci_engine *e, const cci_campaign *c, size_t round,
                                        const char *juror, const char *contribution,
                                        cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[round];
    json_t *row;
    CCI_TRY(cci_assignment_get(e, c, spec->id, juror, contribution, &row, error));
    int stands = cci_assignment_stands(row);
    const char *state = json_string_value(json_object_get(row, "state"));
    cocreate_status status = COCREATE_OK;
    if (!stands)
        status = cci_refuse_round(error, round, "assignment", "'%.80s' is not assigned to '%.80s'%s%s",
                                  contribution, juror, state ? ": it was " : "", state ? state : "");
    json_decref(row);
    return status;
}

cocreate_status cci_jury_require(cci_engine *e, const cci_campaign *c, size_t round,
                                 const char *juror, const char *contribution,
                                 cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[round];
    char reason[CCI_REASON_SIZE];
    cci_conflict kind;
    json_t *doc;
    CCI_TRY(cci_state_get(e, c->part, CCI_KIND_CONTRIBUTION, contribution, &doc, error));
    cocreate_status status = cci_jury_conflict(e, c, spec, juror, contribution,
                                               json_object_get(doc, "authors"), &kind, reason, error);
    json_decref(doc);
    CCI_TRY(status);
    if (reason[0])
        return cci_refuse_round(error, round, "lead", "%s", reason);
    return spec->per_entry ? require_assigned(e, c, round, juror, contribution, error)
                           : COCREATE_OK;
}

cocreate_status cci_jury_evaluated(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                   const char *juror, const char *contribution,
                                   cocreate_error *error)
{
    json_t *row;
    if (!spec->per_entry)
        return COCREATE_OK;
    CCI_TRY(cci_assignment_get(e, c, spec->id, juror, contribution, &row, error));
    cocreate_status status = COCREATE_OK;
    if (row)
        status = cci_assignment_put(e, c, spec->id, juror, contribution, CCI_ASSIGNMENT_DONE,
                                    json_object_get(row, "due"), error);
    json_decref(row);
    return status;
}

/* ---- coverage ---- */

typedef struct coverage {
    cci_string_set *candidates;
    int64_t *counts;
} coverage;

static cocreate_status count_ballot(void *user, int64_t part, int64_t round,
                                    const cci_ballot_row *row, cocreate_error *error)
{
    coverage *k = user;
    json_t *ballot, *value;
    const char *key, *channel, *voided;
    (void)part;
    (void)round;
    CCI_TRY(cci_json_parse(row->data.data, row->data.size, &ballot, error));
    json_t *marks = (json_t *)(uintptr_t)cci_ballot_marks(ballot, &channel, &voided);
    json_object_foreach(marks, key, value)
    {
        uint32_t i = cci_string_set_find(k->candidates, key);
        if (i != CCI_TABLE_NONE)
            k->counts[i]++;
    }
    json_decref(ballot);
    return COCREATE_OK;
}

static cocreate_status count_decision(void *user, const char *id, json_t *doc,
                                      cocreate_error *error)
{
    coverage *k = user;
    const char *contribution = json_string_value(json_object_get(doc, "contribution"));
    uint32_t i = contribution ? cci_string_set_find(k->candidates, contribution) : CCI_TABLE_NONE;
    (void)id;
    (void)error;
    if (i != CCI_TABLE_NONE)
        k->counts[i]++;
    return COCREATE_OK;
}

static cocreate_status count_all(cci_engine *e, const cci_campaign *c, size_t round, coverage *k,
                                 cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[round];
    if (spec->kind)
        return e->store->backend->scan_ballots(e->store->self, c->part, (int64_t)round,
                                               count_ballot, k, error);
    return cci_state_scan_by(e, c->part, CCI_KIND_DECISION, CCI_KEY(spec->id, ""), count_decision, k, error);
}

static cocreate_status count_missing(cci_engine *e, const cci_campaign *c, size_t round,
                                     const cci_candidates *list, coverage *k, size_t *missing,
                                     char reason[CCI_REASON_SIZE], cocreate_error *error)
{
    int64_t least = c->brief.rounds[round].coverage;
    uint32_t index;
    int added;
    for (size_t i = 0; i < list->n; i++)
        CCI_TRY(cci_string_set_add(k->candidates, list->items[i].id, &index, &added, error));
    CCI_TRY(count_all(e, c, round, k, error));
    for (size_t i = 0; i < list->n; i++)
        if (!list->items[i].out && k->counts[i] < least && (*missing)++ == 0)
            cci_reason(reason, "'%.80s' has %lld of %lld evaluation%s", list->items[i].id,
                       (long long)k->counts[i], (long long)least, cci_plural(least));
    return COCREATE_OK;
}

cocreate_status cci_jury_coverage(cci_engine *e, const cci_campaign *c, size_t round,
                                  const json_t *row, size_t *missing, char reason[CCI_REASON_SIZE],
                                  cocreate_error *error)
{
    cci_candidates list;
    cci_string_set names;
    *missing = 0;
    reason[0] = '\0';
    if (c->brief.rounds[round].coverage == 0)
        return COCREATE_OK;
    CCI_TRY(cci_candidates_load(e, c, json_object_get(row, "candidates"), &list, error));
    cci_string_set_init(&names, &e->allocator);
    coverage k = {&names, cci_alloc(&e->allocator, list.n, sizeof *k.counts)};
    cocreate_status status =
        k.counts ? count_missing(e, c, round, &list, &k, missing, reason, error)
                 : cci_no_memory(error);
    cci_free(&e->allocator, k.counts);
    cci_string_set_free(&names);
    cci_candidates_free(&list);
    return status;
}
