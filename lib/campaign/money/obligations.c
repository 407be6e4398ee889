#include "campaign/money/obligations.h"

#include <string.h>

#include "base/time.h"
#include "campaign/brief_read.h"
#include "campaign/timers.h"

#define OBLIGATIONS_MAX 10
#define DUES_MAX 366

static int64_t number_of(const json_t *json, const char *key)
{
    return json_integer_value(json_object_get(json, key));
}

static int is(const json_t *json, const char *state)
{
    return strcmp(cci_json_text(json, "state"), state) == 0;
}

/* ---- the brief ---- */

static cocreate_status read_one(json_t *json, const cci_path *path, cocreate_error *error)
{
    static const char *const keys[] = {"id", "every_us", "for_us", "from", "required", NULL};
    static const char *const bases[] = {"awarded", "accepted", NULL};
    const char *id;
    int64_t every, length;
    int base, required;
    CCI_TRY(cci_brief_object(json, keys, path, error));
    CCI_TRY(cci_json_id(json, "id", &id, path, error));
    CCI_TRY(cci_json_i64(json, "every_us", 1, CCI_JSON_INTEGER_MAX / 4, &every, path, error));
    CCI_TRY(cci_brief_i64(json, "for_us", 1, CCI_JSON_INTEGER_MAX / 4, every, &length, path, error));
    CCI_TRY(cci_brief_choice(json, "from", bases, 0, &base, path, error));
    CCI_TRY(cci_brief_bool(json, "required", 0, &required, path, error));
    cci_path here = cci_path_key(path, "for_us");
    if (length >= every && length / every <= DUES_MAX)
        return COCREATE_OK;
    return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                         "holds %lld times 'every_us': expected 1 to %d, one for each report",
                         (long long)(length / every), DUES_MAX);
}

cocreate_status cci_obligations_read(json_t *json, cci_reward_spec *reward, const cci_path *path,
                                     cocreate_error *error)
{
    json_t *list = NULL;
    cci_path here = cci_path_key(path, "obligations");
    CCI_TRY(cci_json_get_array_opt(json, "obligations", &list, path, error));
    reward->obligations = list;
    if (json_array_size(list) > OBLIGATIONS_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "at most %d", OBLIGATIONS_MAX);
    for (size_t i = 0; i < json_array_size(list); i++) {
        cci_path item = cci_path_at(&here, i);
        CCI_TRY(read_one(json_array_get(list, i), &item, error));
        const json_t *id = json_object_get(json_array_get(list, i), "id");
        for (size_t k = 0; k < i; k++)
            if (json_equal(json_object_get(json_array_get(list, k), "id"), id))
                return cci_brief_repeated(&item, "id", json_string_value(id), error);
    }
    return COCREATE_OK;
}

/* ---- the row ---- */

/* The obligation of this id of an award, or of a reward; NULL where there is none. */
static json_t *find(const json_t *list, const char *id)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        if (strcmp(cci_json_text(json_array_get(list, i), "id"), id) == 0)
            return json_array_get(list, i);
    return NULL;
}

/* The index of the first due in this state; how many dues there are where none is. */
static size_t first_in(const json_t *dues, const char *state)
{
    size_t i = 0;
    while (i < json_array_size(dues) && !is(json_array_get(dues, i), state))
        i++;
    return i;
}

/* The instant that a timer waits for; -1 none. */
static int64_t next_due(const json_t *obligation)
{
    const json_t *dues = json_object_get(obligation, "dues"),
                 *due = json_array_get(dues, first_in(dues, "waits"));
    return due ? number_of(due, "due") : -1;
}

/* The timer follows what waits now; `before` is what waited. */
static cocreate_status retime(cci_engine *e, cci_campaign *c, const char *award, const json_t *obligation,
                              int64_t before, cocreate_error *error)
{
    int64_t now = next_due(obligation);
    const char *const key[] = {award, cci_json_text(obligation, "id"), NULL};
    if (before >= 0 && before != now)
        CCI_TRY(cci_timer_drop_by(e, c, before, "duty", key, error));
    return now >= 0 && before != now ? cci_timer_set_by(e, c, now, "duty", key, error) : COCREATE_OK;
}

static int set_state(json_t *due, const char *state)
{
    return cci_json_put(due, "state", json_string(state));
}

/* {"id", "dues"} of an obligation that begins now. */
static json_t *begun(const json_t *spec, int64_t at)
{
    int64_t every = number_of(spec, "every_us"), n = number_of(spec, "for_us") / every;
    json_t *obligation = cci_json_new(), *dues = json_array();
    int made = cci_json_put(obligation, "id", json_incref(json_object_get(spec, "id"))) &&
               cci_json_put(obligation, "dues", json_incref(dues));
    for (int64_t i = 0; i < n && made; i++) {
        json_t *due = cci_json_new();
        at = cci_later(at, every);
        made = cci_json_put(due, "due", json_integer(at)) && set_state(due, "waits") &&
               cci_json_push(dues, json_incref(due));
        json_decref(due);
    }
    json_decref(dues);
    if (made)
        return obligation;
    json_decref(obligation);
    return NULL;
}

static cocreate_status begin(cci_engine *e, cci_campaign *c, const cci_claim *claim, const json_t *spec,
                             int64_t at, cocreate_error *error)
{
    json_t *list = json_object_get(claim->doc, "obligations");
    if (!list && !cci_json_put(claim->doc, "obligations", json_array()))
        return cci_no_memory(error);
    json_t *obligation = begun(spec, at);
    cocreate_status status =
        obligation ? retime(e, c, claim->id, obligation, -1, error) : cci_no_memory(error);
    if (status == COCREATE_OK &&
        !cci_json_push(json_object_get(claim->doc, "obligations"), json_incref(obligation)))
        status = cci_no_memory(error);
    json_decref(obligation);
    return status;
}

/* What waited waits no more, or again. */
static cocreate_status turn(cci_engine *e, cci_campaign *c, const char *award, json_t *obligation,
                            const char *from, const char *to, cocreate_error *error)
{
    json_t *dues = json_object_get(obligation, "dues");
    int64_t before = next_due(obligation);
    for (size_t i = 0; i < json_array_size(dues); i++)
        if (is(json_array_get(dues, i), from) && !set_state(json_array_get(dues, i), to))
            return cci_no_memory(error);
    return retime(e, c, award, obligation, before, error);
}

static int has_ended(const cci_claim *claim)
{
    return claim->gross == 0 || claim->state == CCI_CLAIM_DECLINED || claim->state == CCI_CLAIM_EXPIRED ||
           claim->state == CCI_CLAIM_REVERSED;
}

cocreate_status cci_obligations_changed(cci_engine *e, cci_campaign *c, const cci_reward_spec *reward,
                                        const cci_claim *claim, int64_t at, cocreate_error *error)
{
    int ended = has_ended(claim), accepted = claim->state != CCI_CLAIM_OFFERED;
    for (size_t i = 0; i < json_array_size(reward->obligations); i++) {
        const json_t *spec = json_array_get(reward->obligations, i);
        json_t *known = find(json_object_get(claim->doc, "obligations"), cci_json_text(spec, "id"));
        int from_award = strcmp(cci_json_text(spec, "from"), "awarded") == 0;
        if (known)
            CCI_TRY(turn(e, c, claim->id, known, ended ? "waits" : "void", ended ? "void" : "waits", error));
        else if (!ended && (from_award || accepted))
            CCI_TRY(begin(e, c, claim, spec, from_award ? claim->at : at, error));
    }
    return COCREATE_OK;
}

/* ---- payment ---- */

cocreate_status cci_obligations_require(cci_engine *e, const cci_campaign *c, const char *award,
                                        cocreate_error *error)
{
    json_t *row = NULL;
    const char *reward = NULL;
    char rule[64], at[CCI_TIME_TEXT];
    size_t index = 0;
    cocreate_status status = COCREATE_OK;
    CCI_TRY(cci_award_named(e, c, award, &row, &reward, error));
    status = cci_reward_find(c, reward, &index, error);
    const json_t *specs = status == COCREATE_OK ? c->brief.rewards[index].obligations : NULL;
    int over = !is(row, "offered") && !is(row, "accepted"); /* other rules have the word */
    for (size_t i = 0; i < json_array_size(specs) && status == COCREATE_OK && !over; i++) {
        const json_t *spec = json_array_get(specs, i);
        const char *id = cci_json_text(spec, "id");
        const json_t *dues = json_object_get(find(json_object_get(row, "obligations"), id), "dues");
        size_t n = json_array_size(dues), missing = 0;
        if (!json_is_true(json_object_get(spec, "required")))
            continue;
        while (missing < n && is(json_array_get(dues, missing), "met"))
            missing++;
        cci_path path = cci_path_key(&CCI_ROOT, "rewards"), here = cci_path_at(&path, index);
        cci_path list = cci_path_key(&here, "obligations"), item = cci_path_at(&list, i);
        if (!dues)
            status = cci_refuse(error, cci_path_text(&item, rule, sizeof rule),
                                "award '%s' is paid once '%.60s' is met, which begins with award.accept",
                                award, id);
        else if (missing < n)
            status = cci_refuse(error, cci_path_text(&item, rule, sizeof rule),
                                "award '%s' waits for report %zu of %zu of '%.60s', due %s: award.report "
                                "comes before",
                                award, missing + 1, n, id,
                                cci_time_text(number_of(json_array_get(dues, missing), "due"), at));
    }
    json_decref(row);
    return status;
}

/* ---- award.report ---- */

typedef struct report {
    const char *award, *obligation, *digest;
    int64_t number; /* 0: the first that is not met */
} report;

static cocreate_status read_report(const json_t *json, report *out, cocreate_error *error)
{
    CCI_TRY(cci_json_id(json, "award", &out->award, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(json, "obligation", &out->obligation, &CCI_ROOT, error));
    CCI_TRY(cci_json_string(json, "digest", &out->digest, &CCI_ROOT, error));
    CCI_TRY(cci_json_i64_opt(json, "number", 1, DUES_MAX, &out->number, &CCI_ROOT, error));
    return cci_digest_parse(out->digest, NULL)
               ? COCREATE_OK
               : cci_fail(error, COCREATE_ERR_SCHEMA, "$.digest: must be \"sha256:\" and 64 hex digits");
}

/* Was this said before? Of one number, where it is named, or of any. */
static cocreate_status said_before(const report *r, const json_t *dues, int *before, cocreate_error *error)
{
    for (size_t i = 0; i < json_array_size(dues) && !*before; i++) {
        const json_t *due = json_array_get(dues, i);
        if (!is(due, "met") || (r->number && r->number != (int64_t)i + 1))
            continue;
        *before = strcmp(cci_json_text(due, "digest"), r->digest) == 0;
        if (!*before && r->number)
            return cci_fail(error, COCREATE_ERR_CONFLICT, "report %zu of award '%s' has another 'digest'",
                            i + 1, r->award);
    }
    return COCREATE_OK;
}

/* Which report it is: 1 and on. */
static cocreate_status choose(report *r, const json_t *dues, const char *rule, int64_t every, int64_t now,
                              cocreate_error *error)
{
    char at[CCI_TIME_TEXT];
    size_t n = json_array_size(dues), i = 0;
    while (i < n && is(json_array_get(dues, i), "met"))
        i++;
    if (r->number > (int64_t)n)
        return cci_refuse(error, rule, "there are %zu reports for award '%s'", n, r->award);
    if (i == n)
        return cci_refuse(error, rule, "all %zu reports for award '%s' are in", n, r->award);
    if (!r->number)
        r->number = (int64_t)i + 1;
    int64_t from = number_of(json_array_get(dues, (size_t)r->number - 1), "due") - every;
    return now >= from ? COCREATE_OK
                       : cci_refuse(error, rule, "report %lld of %zu for award '%s' is taken from %s",
                                    (long long)r->number, n, r->award, cci_time_text(from, at));
}

static cocreate_status check_report(const cci_command *command, const json_t *row, report *r,
                                    cci_decision *decision, cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    char rule[64];
    size_t index = 0;
    CCI_TRY(cci_reward_find(c, cci_json_text(row, "reward"), &index, error));
    const json_t *spec = find(c->brief.rewards[index].obligations, r->obligation);
    const json_t *dues = json_object_get(find(json_object_get(row, "obligations"), r->obligation), "dues");
    cci_path path = cci_path_key(&CCI_ROOT, "rewards"), here = cci_path_at(&path, index);
    cci_path list = cci_path_key(&here, "obligations");
    cci_path_text(spec ? &list : &here, rule, sizeof rule);
    if (!spec)
        return cci_refuse(error, rule, "reward '%.60s' has no obligation '%.60s'",
                          cci_json_text(row, "reward"), r->obligation);
    CCI_TRY(said_before(r, dues, &decision->exists, error));
    if (decision->exists)
        return COCREATE_OK;
    if (!dues && is(row, "offered"))
        return cci_refuse(error, rule, "'%.60s' begins with award.accept, and award '%s' is offered",
                          r->obligation, r->award);
    if (!is(row, "offered") && !is(row, "accepted") && !is(row, "paid"))
        return cci_fail(error, COCREATE_ERR_REFUSED, "award '%s' is %s: nothing is to be reported for it",
                        r->award, cci_json_text(row, "state"));
    return choose(r, dues, rule, number_of(spec, "every_us"), command->at, error);
}

static json_t *data_of(const report *r)
{
    json_t *data = cci_json_new();
    if (cci_json_put(data, "award", json_string(r->award)) &&
        cci_json_put(data, "obligation", json_string(r->obligation)) &&
        cci_json_put(data, "number", json_integer(r->number)) &&
        (!r->digest || cci_json_put(data, "digest", json_string(r->digest))))
        return data;
    json_decref(data);
    return NULL;
}

static cocreate_status decide_report(cci_engine *e, const cci_command *command, cci_decision *decision,
                                     cocreate_error *error)
{
    report r = {0};
    json_t *row = NULL;
    const char *reward;
    CCI_TRY(read_report(command->body, &r, error));
    CCI_TRY(cci_award_named(e, command->campaign, r.award, &row, &reward, error));
    cocreate_status status = cci_require_recipient(e, command, row, error);
    if (status == COCREATE_OK)
        status = check_report(command, row, &r, decision, error);
    json_decref(row);
    if (status != COCREATE_OK || decision->exists)
        return status;
    return cci_decide(decision, "award.reported", command->campaign, data_of(&r), error);
}

/* ---- applying ---- */

/* One due of an award, whose row is owned by the caller: what an event names. */
static cocreate_status named_due(cci_engine *e, const cci_campaign *c, const report *r, json_t **row,
                                 json_t **obligation, json_t **due, cocreate_error *error)
{
    const char *reward;
    CCI_TRY(cci_award_named(e, c, r->award, row, &reward, error));
    *obligation = find(json_object_get(*row, "obligations"), r->obligation);
    *due = r->number > 0 ? json_array_get(json_object_get(*obligation, "dues"), (size_t)r->number - 1) : NULL;
    return *due ? COCREATE_OK
                : cci_fail(error, COCREATE_ERR_CORRUPT, "award '%s' has no report %lld of '%.60s'", r->award,
                           (long long)r->number, r->obligation);
}

static cocreate_status change(cci_engine *e, const cci_event *event, const report *r, const char *state,
                              cocreate_error *error)
{
    json_t *row = NULL, *obligation = NULL, *due = NULL;
    cocreate_status status = named_due(e, event->campaign, r, &row, &obligation, &due, error);
    int64_t before = status == COCREATE_OK ? next_due(obligation) : -1;
    int late = status == COCREATE_OK && event->at >= number_of(due, "due");
    if (status == COCREATE_OK &&
        (!set_state(due, state) ||
         (r->digest && (!cci_json_put(due, "digest", json_string(r->digest)) ||
                        !cci_json_put(due, "at", json_integer(event->at)) ||
                        (late && !cci_json_put(due, "late", json_true()))))))
        status = cci_no_memory(error);
    if (status == COCREATE_OK)
        status = retime(e, event->campaign, r->award, obligation, before, error);
    if (status == COCREATE_OK)
        status = cci_state_put(e, event->campaign->part, CCI_KIND_AWARD, r->award, row, error);
    json_decref(row);
    return status;
}

static cocreate_status apply_reported(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    report r = {0};
    CCI_TRY(read_report(event->data, &r, error));
    return change(e, event, &r, "met", error);
}

/* ---- the instant ---- */

static cocreate_status read_overdue(const json_t *json, report *out, cocreate_error *error)
{
    CCI_TRY(cci_json_id(json, "award", &out->award, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(json, "obligation", &out->obligation, &CCI_ROOT, error));
    return cci_json_i64(json, "number", 1, DUES_MAX, &out->number, &CCI_ROOT, error);
}

static cocreate_status apply_overdue(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    report r = {0};
    CCI_TRY(read_overdue(event->data, &r, error));
    return change(e, event, &r, "overdue", error);
}

/* Recomputed: it waited, and its instant has come. */
static cocreate_status check_overdue(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    report r = {0};
    json_t *row = NULL, *obligation = NULL, *due = NULL;
    CCI_TRY(read_overdue(event->data, &r, error));
    cocreate_status status = named_due(e, event->campaign, &r, &row, &obligation, &due, error);
    if (status == COCREATE_OK && (!is(due, "waits") || number_of(due, "due") > event->at))
        status = cci_fail(error, COCREATE_ERR_VERIFY,
                          "report %lld of award '%s' is overdue, recomputed it is not", (long long)r.number,
                          r.award);
    json_decref(row);
    return status;
}

/* The row of the award of a timer, and its obligation, whose id is the last of the subject. */
static cocreate_status find_subject(cci_engine *e, const cci_campaign *c, const char *subject, char **award,
                                    json_t **row, json_t **obligation, cocreate_error *error)
{
    const char *end = strchr(subject, '\n'), *reward;
    *award = end ? cci_strndup(&e->allocator, subject, (size_t)(end - subject)) : NULL;
    if (!*award)
        return end ? cci_no_memory(error)
                   : cci_fail(error, COCREATE_ERR_CORRUPT, "a timer of campaign '%s' names no award", c->id);
    cocreate_status status = cci_award_named(e, c, *award, row, &reward, error);
    if (status != COCREATE_OK)
        return status;
    *obligation = find(json_object_get(*row, "obligations"), end + 1);
    return next_due(*obligation) >= 0
               ? COCREATE_OK
               : cci_fail(error, COCREATE_ERR_CORRUPT, "award '%s' waits for no report", *award);
}

cocreate_status cci_obligation_decide(cci_engine *e, cci_campaign *c, int64_t at, const char *subject,
                                      cci_decision *decision, cocreate_error *error)
{
    char *award = NULL;
    json_t *row = NULL, *obligation = NULL;
    (void)at;
    cocreate_status status = find_subject(e, c, subject, &award, &row, &obligation, error);
    if (status == COCREATE_OK) {
        const report r = {award, cci_json_text(obligation, "id"), NULL,
                          (int64_t)first_in(json_object_get(obligation, "dues"), "waits") + 1};
        status = cci_decide(decision, "award.overdue", c, data_of(&r), error);
    }
    cci_free(&e->allocator, award);
    json_decref(row);
    return status;
}

static const cci_parameter report_parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"award", "id", 1, "an award of it, as shown"},
    {"obligation", "id", 1, "one of the obligations of its reward"},
    {"digest", "text", 1, "\"sha256:\" and 64 hex digits: what was reported"},
    {"number", "integer", 0, "which report it is, 1 and on; default: the first that is not in"},
    {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_award_report = {
    .name = "award.report",
    .title = "Report, where a reward obliges who is awarded",
    .parameters = report_parameters,
    .decide = decide_report,
};

const cci_event_type cci_event_award_reported = {"award.reported", apply_reported, NULL};
const cci_event_type cci_event_award_overdue = {"award.overdue", apply_overdue, check_overdue};
