#include "campaign/money/late.h"

#include <stdio.h>
#include <string.h>

#include "base/checked.h"
#include "base/time.h"
#include "campaign/windows/windows.h"
#include "reward/number.h"

/* ---- the brief ---- */

cocreate_status cci_late_read(json_t *json, cci_reward_spec *reward, const cci_path *path,
                              cocreate_error *error)
{
    static const char *const keys[] = {"after_us", "each_us", "share", NULL};
    json_t *late = NULL;
    cci_number share = {0, 0};
    cci_path here = cci_path_key(path, "late"), of_share = cci_path_key(&here, "share");
    CCI_TRY(cci_json_get_object_opt(json, "late", &late, path, error));
    if (!late)
        return COCREATE_OK;
    CCI_TRY(cci_brief_object(late, keys, &here, error));
    CCI_TRY(cci_json_i64(late, "after_us", 1, CCI_JSON_INTEGER_MAX / 4, &reward->late_after_us, &here,
                         error));
    CCI_TRY(cci_json_i64(late, "each_us", 1, CCI_JSON_INTEGER_MAX / 4, &reward->late_each_us, &here,
                         error));
    if (!json_object_get(late, "share"))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &of_share, "required, but missing");
    CCI_TRY(cci_number_read(json_object_get(late, "share"), &share, &of_share, error));
    if (share.num <= 0 || cci_number_compare(share, (cci_number){1, 1}) > 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &of_share, "not above 0 and at most 1");
    reward->late_num = share.num;
    reward->late_den = share.den;
    const char *on_decline = cci_json_text(json_object_get(reward->scheme, "lifecycle"), "on_decline");
    if (strcmp(on_decline, "promote") == 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "excludes \"on_decline\": \"promote\", which makes all awards again");
    return reward->on == CCI_ON_ROUND ? COCREATE_OK
                                      : cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                                      "is for rewards that follow a round");
}

/* ---- how late ---- */

static int64_t number_of(const json_t *row, const char *key)
{
    return json_integer_value(json_object_get(row, key));
}

/* Steps begun since the deadline of an award, 0 in time; and when that was. */
static int64_t steps_late(const cci_campaign *c, const cci_reward_spec *spec, const json_t *row, int64_t at,
                          int64_t *due)
{
    *due = cci_deadline(c, number_of(row, "at"), spec->late_after_us);
    return at < *due ? 0 : (at - *due) / spec->late_each_us + 1;
}

/* min(1, steps * share) of the award, rounded down. */
static int64_t lost(const cci_reward_spec *spec, const json_t *row, int64_t steps)
{
    const json_t *gross = json_object_get(row, "gross");
    int64_t all = json_integer_value(gross ? gross : json_object_get(row, "minor"));
    uint64_t part = 0, rest;
    if (steps > (spec->late_den - 1) / spec->late_num) /* steps * num >= den */
        return all;
    int fits = cci_muldiv_u64((uint64_t)all, (uint64_t)(steps * spec->late_num), (uint64_t)spec->late_den,
                              &part, &rest);
    return fits ? (int64_t)part : all;
}

/* {"award", "due", "steps", "minor"}; NULL where it is not late, or nothing is lost by that. */
static cocreate_status reduction(const cci_campaign *c, const cci_reward_spec *spec, const json_t *row,
                                 int64_t at, json_t **out, cocreate_error *error)
{
    int64_t due, steps = steps_late(c, spec, row, at, &due), minor = steps > 0 ? lost(spec, row, steps) : 0;
    *out = NULL;
    if (minor == 0)
        return COCREATE_OK;
    json_t *data = cci_json_new();
    if (!cci_json_put(data, "award", json_string(cci_json_text(row, "id"))) ||
        !cci_json_put(data, "due", json_integer(due)) || !cci_json_put(data, "steps", json_integer(steps)) ||
        !cci_json_put(data, "minor", json_integer(minor))) {
        json_decref(data);
        return cci_no_memory(error);
    }
    *out = data;
    return COCREATE_OK;
}

static cocreate_status spec_of(const cci_campaign *c, const json_t *row, const cci_reward_spec **out,
                               cocreate_error *error)
{
    size_t index = 0;
    CCI_TRY(cci_reward_find(c, cci_json_text(row, "reward"), &index, error));
    *out = &c->brief.rewards[index];
    return COCREATE_OK;
}

/* ---- the event ---- */

static cocreate_status reduce(cci_book *b, const json_t *data, int64_t at, cocreate_error *error)
{
    char due[CCI_TIME_TEXT], reason[120];
    snprintf(reason, sizeof reason, "delivered after %s", cci_time_text(number_of(data, "due"), due));
    return cci_book_reduce(b, cci_json_text(data, "award"), number_of(data, "minor"), reason, at, error);
}

cocreate_status cci_late_decide(cci_engine *e, cci_campaign *c, const json_t *row, int64_t at,
                                cci_decision *decision, cocreate_error *error)
{
    const cci_reward_spec *spec = NULL;
    json_t *data = NULL;
    CCI_TRY(spec_of(c, row, &spec, error));
    if (spec->late_each_us == 0 || json_object_get(row, "delivered"))
        return COCREATE_OK;
    CCI_TRY(reduction(c, spec, row, at, &data, error));
    if (!data)
        return COCREATE_OK;
    cocreate_status status =
        cci_money_try(e, c, spec->id, cci_json_text(row, "id"), data, at, reduce, error);
    if (status == COCREATE_OK)
        return cci_decide(decision, "award.reduced", c, data, error);
    json_decref(data);
    return status;
}

static cocreate_status apply(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    return cci_money_done(e, event, reduce, error);
}

static cocreate_status check(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *award, *reward;
    const cci_reward_spec *spec = NULL;
    json_t *row = NULL, *again = NULL;
    CCI_TRY(cci_json_id(event->data, "award", &award, &CCI_ROOT, error));
    CCI_TRY(cci_award_named(e, event->campaign, award, &row, &reward, error));
    cocreate_status status = spec_of(event->campaign, row, &spec, error);
    if (status == COCREATE_OK && spec->late_each_us > 0)
        status = reduction(event->campaign, spec, row, event->at, &again, error);
    if (status == COCREATE_OK && (!again || !json_equal(again, event->data)))
        status = cci_fail(error, COCREATE_ERR_VERIFY, "award '%s': what it loses differs when recomputed",
                          award);
    json_decref(again);
    json_decref(row);
    return status;
}

const cci_event_type cci_event_award_reduced = {"award.reduced", apply, check};

/* ---- payment ---- */

cocreate_status cci_late_require(cci_engine *e, const cci_campaign *c, const char *award,
                                 cocreate_error *error)
{
    const char *reward;
    const cci_reward_spec *spec = NULL;
    json_t *row = NULL;
    CCI_TRY(cci_award_named(e, c, award, &row, &reward, error));
    cocreate_status status = spec_of(c, row, &spec, error);
    if (status == COCREATE_OK && spec->late_each_us > 0 && !json_object_get(row, "delivered"))
        status = cci_fail(error, COCREATE_ERR_REFUSED,
                          "$.rewards[%zu].late: award '%s' waits for its delivery: award.deliver comes "
                          "before",
                          (size_t)(spec - c->brief.rewards), award);
    json_decref(row);
    return status;
}
