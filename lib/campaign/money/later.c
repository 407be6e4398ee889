#include "campaign/money/later.h"

#include <stdio.h>
#include <string.h>

#include "campaign/money/occasion.h"
#include "campaign/rounds/rounds.h"

int cci_made_later(const json_t *data)
{
    return json_is_true(json_object_get(data, "later"));
}

/* ---- was it made? ---- */

typedef struct search {
    const char *reward;
    int found;
} search;

static cocreate_status visit(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    search *s = user;
    (void)id;
    (void)error;
    s->found |= strcmp(cci_json_text(doc, "reward"), s->reward) == 0;
    return COCREATE_OK;
}

/* The period stands before the ids of its awards, "3:". */
static cocreate_status was_made(cci_engine *e, const cci_campaign *c, const char *reward, int64_t period,
                                int *out, cocreate_error *error)
{
    char prefix[24];
    search s = {reward, 0};
    snprintf(prefix, sizeof prefix, "%lld:", (long long)period);
    CCI_TRY(cci_state_scan(e, c->part, CCI_KIND_AWARD, prefix, visit, &s, error));
    *out = s.found;
    return COCREATE_OK;
}

/* ---- the period ---- */

/* "3", the third period of the round, without a zero before it. */
static cocreate_status read_number(const cci_command *command, const char *round, int64_t *out,
                                   cocreate_error *error)
{
    const char *text;
    int64_t n = 0;
    CCI_TRY(cci_json_id(command->body, "period", &text, &CCI_ROOT, error));
    for (const char *p = text; n >= 0; p++) {
        if (*p == '\0' && n > 0) {
            *out = n;
            return COCREATE_OK;
        }
        n = *p >= '0' && *p <= '9' && (n > 0 || *p > '0') && n < 100000 ? 10 * n + (*p - '0') : -1;
    }
    return cci_fail(error, COCREATE_ERR_SCHEMA,
                    "$.period: periods of round '%.60s' are counted from \"1\", not as '%.40s'", round, text);
}

/* It ended, and selected somebody. */
static cocreate_status check_period(cci_engine *e, const cci_campaign *c, const char *round, int64_t period,
                                    cocreate_error *error)
{
    char number[CCI_STATE_NUMBER];
    json_t *row = NULL;
    cci_round_state state;
    CCI_TRY(cci_round_get(e, c, round, NULL, &state, error));
    if (state == CCI_ROUND_ANNULLED)
        return cci_fail(error, COCREATE_ERR_REFUSED, "round '%.60s' is annulled: its periods pay nobody",
                        round);
    CCI_TRY(cci_state_get_by(e, c->part, CCI_KIND_PERIOD, CCI_KEY(round, cci_state_number(period, number)),
                             &row, error));
    cocreate_status status = COCREATE_OK;
    if (!row)
        status = cci_fail(error, COCREATE_ERR_NOT_FOUND,
                          "$.period: period %lld of round '%.60s' has not ended", (long long)period, round);
    else if (!json_object_get(row, "result"))
        status = cci_fail(error, COCREATE_ERR_REFUSED,
                          "$.period: period %lld of round '%.60s' selected nobody", (long long)period, round);
    json_decref(row);
    return status;
}

/* ---- the event ---- */

/* Data of the event, with "failed" where it still cannot be paid. */
static cocreate_status compute(cci_engine *e, cci_campaign *c, size_t reward, int64_t period, int64_t at,
                               json_t **out, cocreate_error *error)
{
    json_t *occasion = cci_json_new(), *data = NULL;
    int made = cci_json_put(occasion, "reward", json_string(c->brief.rewards[reward].id)) &&
               cci_json_put(occasion, "period", json_integer(period));
    cocreate_status status =
        made ? cci_occasion_compute(e, c, reward, occasion, at, &data, error) : cci_no_memory(error);
    json_decref(occasion);
    CCI_TRY(status);
    if (cci_json_put(data, "later", json_true())) {
        *out = data;
        return COCREATE_OK;
    }
    json_decref(data);
    return cci_no_memory(error);
}

cocreate_status cci_later_decide(cci_engine *e, const cci_command *command, size_t reward,
                                 cci_decision *decision, cocreate_error *error)
{
    cci_campaign *c = command->campaign;
    const cci_reward_spec *spec = &c->brief.rewards[reward];
    int64_t period = 0;
    json_t *data = NULL;
    if (json_object_get(command->body, "lists"))
        return cci_fail(error, COCREATE_ERR_SCHEMA,
                        "$.lists: reward '%.60s' follows what its periods selected", spec->id);
    CCI_TRY(read_number(command, spec->round, &period, error));
    CCI_TRY(was_made(e, c, spec->id, period, &decision->exists, error));
    if (decision->exists)
        return COCREATE_OK;
    CCI_TRY(check_period(e, c, spec->round, period, error));
    CCI_TRY(compute(e, c, reward, period, command->at, &data, error));
    const char *failed = json_string_value(json_object_get(data, "failed"));
    cocreate_status status = COCREATE_OK;
    if (failed)
        status = cci_fail(error, COCREATE_ERR_REFUSED, "$.rewards[%zu]: %.300s", reward, failed);
    else if (json_array_size(json_object_get(data, "awards")) == 0) /* it was made, and gave nothing */
        decision->exists = 1;
    else
        return cci_decide(decision, "awards.made", c, data, error);
    json_decref(data);
    return status;
}

cocreate_status cci_later_again(cci_engine *e, const cci_event *event, size_t reward, json_t **out,
                                cocreate_error *error)
{
    cci_campaign *c = event->campaign;
    const char *id = c->brief.rewards[reward].id;
    int64_t period = 0;
    int made = 0;
    CCI_TRY(cci_json_i64(event->data, "period", 1, CCI_JSON_INTEGER_MAX, &period, &CCI_ROOT, error));
    CCI_TRY(was_made(e, c, id, period, &made, error));
    if (made)
        return cci_fail(error, COCREATE_ERR_VERIFY, "period %lld of reward '%.60s' is awarded twice",
                        (long long)period, id);
    return compute(e, c, reward, period, event->at, out, error);
}
