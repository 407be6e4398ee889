/* Why something stands where it stands, in sentences a contributor understands. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/time.h"
#include "campaign/people/people.h"
#include "campaign/report/exact.h"
#include "campaign/report/explain.h"
#include "campaign/report/show.h"
#include "campaign/rounds/periods.h"
#include "campaign/rounds/rounds.h"

cocreate_status cci_story_say(cci_story *s, cocreate_error *error, const char *format, ...)
{
    va_list args;
    cci_buffer text;
    cci_buffer_init(&text, &s->e->allocator);
    va_start(args, format);
    cci_buffer_vformat(&text, format, args);
    va_end(args);
    int ok = !text.failed && cci_json_push(s->sentences, json_stringn(text.data, text.size));
    cci_buffer_free(&text);
    return ok ? COCREATE_OK : cci_no_memory(error);
}

/* ---- a contribution ---- */

static cocreate_status say_authors(cci_story *s, const json_t *doc, cocreate_error *error)
{
    char at[CCI_TIME_TEXT];
    const json_t *authors = json_object_get(doc, "authors");
    cci_buffer names;
    cci_buffer_init(&names, &s->e->allocator);
    for (size_t i = 0; i < json_array_size(authors); i++) {
        const json_t *author = json_array_get(authors, i);
        const char *share = json_string_value(json_object_get(author, "share"));
        cci_buffer_text(&names, i == 0 ? "" : ", ");
        cci_buffer_text(&names, cci_json_text(author, "participant"));
        if (share && json_array_size(authors) > 1) {
            cci_buffer_text(&names, " (share ");
            cci_buffer_text(&names, share);
            cci_buffer_text(&names, ")");
        }
    }
    cocreate_status status;
    if (names.failed)
        status = cci_no_memory(error);
    else if (!cci_viewer_sees_names(&s->v, doc))
        status = cci_story_say(s, error, "Submitted at %s.",
                     cci_time_text(json_integer_value(json_object_get(doc, "at")), at));
    else
        status = cci_story_say(s, error, "Submitted by %s at %s.", names.size ? names.data : "nobody",
                     cci_time_text(json_integer_value(json_object_get(doc, "at")), at));
    cci_buffer_free(&names);
    return status;
}

static cocreate_status say_lead(cci_story *s, const json_t *doc, cocreate_error *error)
{
    const json_t *lead = json_object_get(doc, "lead");
    char at[CCI_TIME_TEXT];
    if (!lead || !cci_viewer_sees_names(&s->v, doc))
        return COCREATE_OK;
    return cci_story_say(s, error, "Led by %s since %s, because: %s", cci_json_text(lead, "participant"),
                         cci_time_text(json_integer_value(json_object_get(lead, "at")), at),
                         cci_json_text(lead, "reason"));
}

/* A row keeps its last reason, as that of an appeal; that a round selects needs none. */
static cocreate_status say_state(cci_story *s, const json_t *doc, cocreate_error *error)
{
    static const char *const by_round[] = {"shortlisted", "selected", "not_selected"};
    const char *state = cci_json_text(doc, "state"), *reason = cci_json_text(doc, "reason");
    for (size_t i = 0; i < sizeof by_round / sizeof *by_round; i++)
        if (strcmp(state, by_round[i]) == 0)
            reason = "";
    if (*reason)
        return cci_story_say(s, error, "It is %s, because: %s", state, reason);
    return cci_story_say(s, error, "It is %s.", strcmp(state, "not_selected") == 0 ? "not selected" : state);
}

/* The last selected and the first who is not, so that a contributor sees what was missing. */
static cocreate_status say_cut(cci_story *s, const json_t *result, int selected,
                               cocreate_error *error)
{
    size_t n = json_array_size(json_object_get(result, "selected"));
    if (n == 0)
        return cci_story_say(s, error, "Nobody passed the cut.");
    if (n == 1)
        return cci_story_say(s, error, selected ? "It alone passed the cut." : "1 other passed the cut.");
    return cci_story_say(s, error,
               selected ? "It is one of the %zu that passed the cut." : "%zu others passed the cut.",
               n);
}

/* Of a jury only where the viewer may know who judged what. */
static cocreate_status say_verdict(cci_story *s, const cci_round_spec *spec, const json_t *decision,
                                   cocreate_error *error)
{
    const char *verdict = cci_json_text(decision, "verdict"), *reason = cci_json_text(decision, "reason");
    const char *because = *reason ? ", because: " : ".";
    if (spec->lead != CCI_LEAD_JURY || cci_viewer_sees_jurors(&s->v))
        return cci_story_say(s, error, "In round '%s', '%s' decided: %s%s%s", spec->id,
                             cci_json_text(decision, "by"), verdict, because, reason);
    return cci_story_say(s, error, "In round '%s' the jury decided: %s%s%s", spec->id, verdict, because,
                         reason);
}

static cocreate_status say_decision(cci_story *s, size_t index, cocreate_error *error)
{
    const cci_round_spec *spec = &s->c->brief.rounds[index];
    json_t *doc;
    cocreate_status status = cci_state_get_by(s->e, s->c->part, CCI_KIND_DECISION,
                                              CCI_KEY(spec->id, s->id), &doc, error);
    if (status != COCREATE_OK || !doc)
        return status;
    status = say_verdict(s, spec, doc, error);
    json_decref(doc);
    return status;
}

/* `list` is a round, or a category in it. */
static cocreate_status say_place(cci_story *s, const char *list, const char *method, const json_t *result,
                                 const json_t *place, cocreate_error *error)
{
    size_t n = json_array_size(json_object_get(result, "places"));
    json_int_t from = json_integer_value(json_object_get(place, "from"));
    json_int_t to = json_integer_value(json_object_get(place, "to"));
    json_t *exact = json_object_get(place, "exact");
    char where[80];
    cci_buffer score;
    cocreate_status status = COCREATE_OK;
    if (from == to)
        snprintf(where, sizeof where, "place %" JSON_INTEGER_FORMAT, from);
    else
        snprintf(where, sizeof where,
                 "shared places %" JSON_INTEGER_FORMAT " to %" JSON_INTEGER_FORMAT, from, to);
    cci_buffer_init(&score, &s->e->allocator);
    if (json_is_string(exact)) {
        cci_buffer_text(&score, ", score ");
        status = cci_say_exact(json_string_value(exact), &score, error);
    }
    else if (strcmp(method, "metric") == 0)
        cci_buffer_text(&score, ", without a value");
    if (status == COCREATE_OK)
        status = cci_story_say(s, error, "In %s by %s: %s of %zu%s.", list, method, where, n,
                               score.data ? score.data : "");
    cci_buffer_free(&score);
    return status;
}

/* Ties with this option that a rule broke. */
static cocreate_status say_ties(cci_story *s, const json_t *result, cocreate_error *error)
{
    const json_t *ties = json_object_get(result, "ties");
    for (size_t i = 0; i < json_array_size(ties); i++) {
        const json_t *tie = json_array_get(ties, i), *ids = json_object_get(tie, "options");
        if (cci_json_lists(ids, s->id))
            CCI_TRY(cci_story_say(s, error, "It was tied with %zu other%s; the rule '%s' broke the tie.",
                        json_array_size(ids) - 1, json_array_size(ids) == 2 ? "" : "s",
                        cci_json_text(tie, "step")));
    }
    return COCREATE_OK;
}

/* Its place in a list of them, and whether it has one. */
static cocreate_status say_listed(cci_story *s, const char *list, const char *method, const json_t *result,
                                  int *listed, cocreate_error *error)
{
    const json_t *places = json_object_get(result, "places");
    *listed = 0;
    for (size_t i = 0; i < json_array_size(places); i++) {
        const json_t *place = json_array_get(places, i);
        if (strcmp(cci_json_text(place, "id"), s->id) != 0)
            continue;
        *listed = 1;
        CCI_TRY(say_place(s, list, method, result, place, error));
        return say_ties(s, result, error);
    }
    return COCREATE_OK;
}

#define LIST_MAX 400 /* ids are short */

/* A round by category says more in the list of each than in the one of all, which tells only who won. */
static cocreate_status say_categories(cci_story *s, const json_t *result, cocreate_error *error)
{
    json_t *categories = json_object_get(result, "categories"), *one;
    const char *category;
    json_object_foreach(categories, category, one)
    {
        char list[LIST_MAX];
        int listed;
        snprintf(list, sizeof list, "category '%s' with a budget of %s", category,
                 cci_json_text(one, "budget"));
        CCI_TRY(say_listed(s, list, cci_json_text(result, "method"), one, &listed, error));
    }
    return COCREATE_OK;
}

/* Where it stands in a result, where it does. */
static cocreate_status say_standing(cci_story *s, const char *round, const json_t *result,
                                    cocreate_error *error)
{
    char list[LIST_MAX];
    int listed;
    snprintf(list, sizeof list, "round '%s'", round);
    CCI_TRY(say_listed(s, list, cci_json_text(result, "method"), result, &listed, error));
    if (!listed)
        return COCREATE_OK;
    CCI_TRY(cci_story_worth(s, round, result, error));
    CCI_TRY(say_categories(s, result, error));
    return say_cut(s, result, cci_json_lists(json_object_get(result, "selected"), s->id), error);
}

static cocreate_status say_result(cci_story *s, size_t index, const json_t *result, cocreate_error *error)
{
    CCI_TRY(say_decision(s, index, error));
    return say_standing(s, s->c->brief.rounds[index].id, result, error);
}

/* The periods in which it was judged; of those together there is no more to say. */
static cocreate_status say_periods(cci_story *s, size_t index, cocreate_error *error)
{
    const char *round = s->c->brief.rounds[index].id;
    json_t *list = NULL;
    char at[CCI_TIME_TEXT];
    CCI_TRY(cci_periods_list(s->e, s->c, round, &list, error));
    cocreate_status status = say_decision(s, index, error);
    for (size_t i = 0; status == COCREATE_OK && i < json_array_size(list); i++) {
        const json_t *row = json_array_get(list, i);
        const char *reason = cci_json_text(row, "reason");
        if (!cci_json_lists(json_object_get(row, "candidates"), s->id))
            continue;
        status = cci_story_say(s, error, "Period %zu of round '%s' ended at %s%s%s.", i + 1, round,
                               cci_time_text(json_integer_value(json_object_get(row, "until")), at),
                               *reason ? " and selected nobody: " : "", reason);
        if (status == COCREATE_OK)
            status = say_standing(s, round, json_object_get(row, "result"), error);
    }
    json_decref(list);
    return status == COCREATE_OK && s->c->brief.rounds[index].cuts ? cci_story_review(s, index, error)
                                                                   : status;
}

/* What became of it in the times before, where the round could not find anybody. */
static cocreate_status say_attempts(cci_story *s, const cci_round_spec *spec, const json_t *attempts,
                                    cocreate_error *error)
{
    for (size_t i = 0; i < json_array_size(attempts); i++) {
        const json_t *attempt = json_array_get(attempts, i), *made = json_object_get(attempt, "decisions");
        char at[CCI_TIME_TEXT];
        int told = 0;
        for (size_t k = 0; k < json_array_size(made); k++) {
            const json_t *decision = json_array_get(made, k);
            if (strcmp(cci_json_text(decision, "contribution"), s->id) != 0)
                continue;
            CCI_TRY(say_verdict(s, spec, decision, error));
            told = 1;
        }
        if (cci_json_lists(json_object_get(attempt, "passed"), s->id)) {
            CCI_TRY(cci_story_say(s, error, "In round '%s' nobody decided on it in time.", spec->id));
            told = 1;
        }
        if (told)
            CCI_TRY(cci_story_say(s, error,
                                  "Nobody was verified, and the contest opened again at %s; what it had "
                                  "handed in until then counts no more.",
                                  cci_time_text(json_integer_value(json_object_get(attempt, "reopened_at")),
                                                at)));
    }
    return COCREATE_OK;
}

/* Which of several versions of the rules a round went by. */
static cocreate_status say_rules(cci_story *s, const char *round, const json_t *row, cocreate_error *error)
{
    const json_t *rules = json_object_get(s->c->doc, "rules");
    json_int_t version = json_integer_value(json_object_get(row, "rules"));
    const json_t *item = json_array_get(rules, (size_t)version - 1);
    char from[CCI_TIME_TEXT];
    if (version == 0 || json_array_size(rules) < 2)
        return COCREATE_OK;
    return cci_story_say(s, error,
                         "Round '%s' goes by version %lld of %zu of the rules, in force from %s on.", round,
                         (long long)version, json_array_size(rules),
                         cci_time_text(json_integer_value(json_object_get(item, "from")), from));
}

static cocreate_status say_rounds(cci_story *s, cocreate_error *error)
{
    for (size_t i = 0; i < s->c->brief.n_rounds; i++) {
        const char *round = s->c->brief.rounds[i].id;
        json_t *row;
        cci_round_state state;
        CCI_TRY(cci_round_get(s->e, s->c, round, &row, &state, error));
        json_t *result = json_object_get(row, "result");
        cocreate_status status =
            say_attempts(s, &s->c->brief.rounds[i], json_object_get(row, "attempts"), error);
        if (status != COCREATE_OK) {
            json_decref(row);
            return status;
        }
        if (result)
            status = say_rules(s, round, row, error);
        if (s->c->brief.rounds[i].periods && status == COCREATE_OK)
            status = say_periods(s, i, error);
        else if (result && status == COCREATE_OK)
            status = say_result(s, i, result, error);
        else if (state == CCI_ROUND_OPEN && status == COCREATE_OK)
            status = cci_story_board(s, i, row, error);
        if (result && status == COCREATE_OK)
            status = cci_story_below(s, round, json_object_get(result, "stats"), error);
        else if (state == CCI_ROUND_FAILED)
            status = cci_story_say(s, error, "Round '%s' failed: %s.", round, cci_json_text(row, "reason"));
        json_decref(row);
        CCI_TRY(status);
    }
    return COCREATE_OK;
}

static cocreate_status say_right(cci_story *s, cocreate_error *error)
{
    json_t *right;
    CCI_TRY(cci_state_get(s->e, s->c->part, CCI_KIND_RIGHT, s->id, &right, error));
    if (!right)
        return COCREATE_OK;
    cocreate_status status =
        cci_story_say(s, error, "Rights: %s, terms '%s' accepted with the submission; the grant is %s.",
            cci_json_text(right, "type"), cci_json_text(right, "terms"), cci_json_text(right, "state"));
    if (status == COCREATE_OK && *cci_json_text(right, "reference"))
        status = cci_story_say(s, error, "It was granted by the contract '%s'.",
                               cci_json_text(right, "reference"));
    if (status == COCREATE_OK && *cci_json_text(right, "reason"))
        status = cci_story_say(s, error, "It was revoked by '%s', because: %s", cci_json_text(right, "by"),
                               cci_json_text(right, "reason"));
    json_decref(right);
    return status;
}

/* ---- a participant ---- */

static cocreate_status visit_author(void *user, const char *id, json_t *row, cocreate_error *error)
{
    cci_story *s = user;
    const char *contribution = strchr(id, '\n');
    json_t *doc = NULL;
    (void)row;
    if (!contribution)
        return COCREATE_OK;
    CCI_TRY(cci_state_get(s->e, s->c->part, CCI_KIND_CONTRIBUTION, contribution + 1, &doc, error));
    int seen = cci_viewer_sees_work(&s->v, doc) && cci_viewer_sees_names(&s->v, doc);
    json_decref(doc);
    s->told |= seen;
    return seen ? cci_story_say(s, error, "Author of '%s' in campaign '%s'.", contribution + 1, s->c->id)
                : COCREATE_OK;
}

static cocreate_status say_authored(cci_story *s, cocreate_error *error)
{
    return cci_state_scan_by(s->e, s->c->part, CCI_KIND_AUTHOR, CCI_KEY(s->id, ""), visit_author, s, error);
}

/* ---- finding ---- */

/* Steals `doc`. */
static cocreate_status found(cci_story *s, const char *kind, json_t *doc, cocreate_error *error)
{
    s->kind = kind;
    return cci_json_put(s->facts, kind, doc) ? COCREATE_OK : cci_no_memory(error);
}

/* The host is told the row; anybody else what a view tells of it. */
static cocreate_status tell_contribution(cci_story *s, json_t *row, cocreate_error *error)
{
    json_t *doc = s->v.host ? json_incref(row) : cci_show_contribution(s->id, row);
    if (doc && !s->v.host)
        cci_viewer_strip_work(&s->v, doc);
    cocreate_status status =
        doc && !s->v.host ? cci_viewer_strip_links(s->e, &s->v, doc, error) : COCREATE_OK;
    if (status != COCREATE_OK)
        json_decref(doc);
    CCI_TRY(status);
    CCI_TRY(found(s, "contribution", doc, error));
    CCI_TRY(say_authors(s, doc, error));
    CCI_TRY(say_lead(s, doc, error));
    CCI_TRY(cci_story_revisions(s, row, error));
    CCI_TRY(say_state(s, doc, error));
    CCI_TRY(cci_story_merges(s, doc, row, error));
    CCI_TRY(cci_story_useful(s, error));
    if (cci_viewer_sees_counts(&s->v))
        CCI_TRY(say_rounds(s, error));
    CCI_TRY(cci_story_tasks(s, error));
    CCI_TRY(say_right(s, error));
    CCI_TRY(cci_story_awards(s, error));
    return cci_story_stop(s, row, error);
}

static cocreate_status tell_award(cci_story *s, json_t *award, cocreate_error *error)
{
    cci_viewer_strip_award(&s->v, award);
    CCI_TRY(found(s, "award", json_incref(award), error));
    return cci_story_awards(s, error);
}

/* What may not be seen is not found. */
static cocreate_status look_in_campaign(cci_story *s, cocreate_error *error)
{
    json_t *doc;
    cocreate_status status = COCREATE_OK;
    CCI_TRY(cci_state_get(s->e, s->c->part, CCI_KIND_CONTRIBUTION, s->id, &doc, error));
    int is_work = doc != NULL;
    if (is_work && cci_viewer_sees_work(&s->v, doc))
        status = tell_contribution(s, doc, error);
    json_decref(doc);
    if (is_work)
        return status;
    CCI_TRY(cci_state_get(s->e, s->c->part, CCI_KIND_AWARD, s->id, &doc, error));
    if (doc && cci_viewer_sees_award(&s->v, doc))
        status = tell_award(s, doc, error);
    json_decref(doc);
    return status;
}

/* Goes into a campaign; 0 in *there where it is none for the viewer. */
static cocreate_status enter(cci_story *s, const char *campaign, int *there, cocreate_error *error)
{
    cci_campaign *c;
    CCI_TRY(cci_campaign_get(s->e, campaign, &c, error));
    CCI_TRY(cci_viewer_read(s->e, c, s->viewer, s->e->last_at, &s->v, error));
    s->c = c;
    *there = !s->v.absent;
    return COCREATE_OK;
}

static cocreate_status say_life_of(cci_story *s, json_t *ids, cocreate_error *error)
{
    for (size_t i = 0; i < json_array_size(ids); i++) {
        int there;
        CCI_TRY(enter(s, json_string_value(json_array_get(ids, i)), &there, error));
        if (!there)
            continue;
        CCI_TRY(say_authored(s, error));
        CCI_TRY(cci_story_leases(s, error));
        CCI_TRY(cci_story_awards(s, error));
    }
    return COCREATE_OK;
}

static cocreate_status say_status(cci_story *s, const json_t *doc, cocreate_error *error)
{
    const char *status = cci_json_text(doc, "status");
    if (strcmp(status, "erased") == 0)
        return cci_story_say(s, error,
                             "Erased: the personal data is destroyed, and the pseudonym acts no more.");
    if (strcmp(status, "suspended") == 0)
        return cci_story_say(s, error, "Suspended: may not act until restored.");
    return COCREATE_OK;
}

/* May the viewer know of a person without having seen a work or an award of theirs? */
static cocreate_status knows_person(cci_story *s, int *out, cocreate_error *error)
{
    json_t *row;
    *out = s->viewer && (strcmp(s->viewer, CCI_HOST) == 0 || strcmp(s->viewer, s->id) == 0);
    if (!s->viewer || *out)
        return COCREATE_OK;
    CCI_TRY(cci_participant_get(s->e, s->viewer, &row, error));
    *out = strcmp(cci_json_text(row, "side"), "firm") == 0;
    json_decref(row);
    return COCREATE_OK;
}

static cocreate_status say_person(cci_story *s, const json_t *doc, int knows, cocreate_error *error)
{
    char by[COCREATE_ID_MAX + 1] = "";
    CCI_TRY(cci_story_say(s, error, "A participant of the %s side.", cci_json_text(doc, "side")));
    if (knows) {
        CCI_TRY(say_status(s, doc, error));
        CCI_TRY(cci_inviter_get(s->e, s->id, by, error));
    }
    return *by ? cci_story_say(s, error, "Invited by '%s'.", by) : COCREATE_OK;
}

static cocreate_status look_for_participant(cci_story *s, json_t *ids, cocreate_error *error)
{
    json_t *doc, *shown = NULL;
    int knows;
    CCI_TRY(cci_state_get(s->e, 0, CCI_KIND_PARTICIPANT, s->id, &doc, error));
    if (!doc)
        return COCREATE_OK;
    cocreate_status status = knows_person(s, &knows, error);
    if (status == COCREATE_OK)
        status = say_person(s, doc, knows, error);
    if (status == COCREATE_OK)
        status = say_life_of(s, ids, error);
    if (status == COCREATE_OK && (knows || s->told)) {
        shown = knows ? json_incref(doc) : cci_json_new();
        if (!knows && !cci_json_put(shown, "side", json_incref(json_object_get(doc, "side"))))
            status = cci_no_memory(error);
        if (status == COCREATE_OK)
            status = found(s, "participant", json_incref(shown), error);
    }
    json_decref(shown);
    json_decref(doc);
    s->c = NULL;
    return status;
}

static cocreate_status add_id(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    (void)doc;
    return cci_json_push(user, json_string(id)) ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status search(cci_story *s, const char *campaign, json_t *ids, cocreate_error *error)
{
    if (campaign) {
        if (!cci_json_push(ids, json_string(campaign)))
            return cci_no_memory(error);
    } else {
        CCI_TRY(cci_state_scan(s->e, 0, CCI_KIND_CAMPAIGN, NULL, add_id, ids, error));
    }
    for (size_t i = 0; i < json_array_size(ids); i++) {
        int there;
        CCI_TRY(enter(s, json_string_value(json_array_get(ids, i)), &there, error));
        if (there)
            CCI_TRY(look_in_campaign(s, error));
        else if (campaign)
            return cci_fail(error, COCREATE_ERR_NOT_FOUND, "no campaign '%s'", campaign);
        if (s->kind)
            return COCREATE_OK;
    }
    s->c = NULL;
    CCI_TRY(look_for_participant(s, ids, error));
    if (s->kind)
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_NOT_FOUND,
                    "no contribution, award or participant has the id '%s'", s->id);
}

static cocreate_status write(cci_story *s, cocreate_text **out, cocreate_error *error)
{
    cci_buffer text;
    json_t *document = cci_json_new();
    cci_buffer_init(&text, &s->e->allocator);
    int ok = cci_json_put(document, "id", json_string(s->id)) &&
             cci_json_put(document, "kind", json_string(s->kind)) &&
             (!s->c || cci_json_put(document, "campaign", json_string(s->c->id))) &&
             cci_json_put(document, "sentences", json_incref(s->sentences)) &&
             cci_json_put(document, "facts", json_incref(s->facts));
    cocreate_status status = ok ? cci_json_canonical(document, &text, error) : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_buffer_finish(&text, out, error);
    cci_buffer_free(&text);
    json_decref(document);
    return status;
}

cocreate_status cocreate_explain_as(cocreate_store *store, const char *id, const char *campaign,
                                    const char *viewer, cocreate_text **out, cocreate_error *error)
{
    cci_story s = {.id = id, .viewer = viewer};
    CCI_TRY(cci_engine_of(store, &s.e, error));
    CCI_TRY(cci_id_check(id, "id", error));
    CCI_TRY(cci_viewer_known(s.e, viewer, error));
    json_t *ids = json_array();
    s.sentences = json_array();
    s.facts = cci_json_new();
    cocreate_status status;
    if (!ids || !s.sentences || !s.facts)
        status = cci_no_memory(error);
    else
        status = search(&s, campaign, ids, error);
    if (status == COCREATE_OK)
        status = write(&s, out, error);
    json_decref(ids);
    json_decref(s.sentences);
    json_decref(s.facts);
    return status;
}

cocreate_status cocreate_explain(cocreate_store *store, const char *id, const char *campaign,
                                 cocreate_text **out, cocreate_error *error)
{
    return cocreate_explain_as(store, id, campaign, CCI_HOST, out, error);
}
