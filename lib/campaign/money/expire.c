/* {"do":"award.expire"}: awards that were not accepted or claimed in time end. */

#include "campaign/money/adjust.h"
#include "campaign/money/offers.h"
#include "campaign/rounds/rounds.h"

/* Ids of the awards that lapse, into an array; or end those that an event names. */
static cocreate_status find(cci_book *b, const json_t *data, int64_t at, cocreate_error *error)
{
    json_t *list = json_object_get(data, "lapsed");
    for (size_t i = 0; i < b->n; i++)
        if (cci_claim_lapses(b, &b->claims[i], at) &&
            !cci_json_push(list, json_string(b->claims[i].id)))
            return cci_no_memory(error);
    return COCREATE_OK;
}

static cocreate_status lapse(cci_book *b, const json_t *data, int64_t at, cocreate_error *error)
{
    const json_t *list = json_object_get(data, "lapsed");
    for (size_t i = 0; i < json_array_size(list); i++) {
        size_t index = 0;
        CCI_TRY(cci_book_find(b, json_string_value(json_array_get(list, i)), &index, error));
        if (!cci_claim_lapses(b, &b->claims[index], at))
            return cci_fail(error, COCREATE_ERR_CORRUPT, "award '%s' has not lapsed",
                            b->claims[index].id);
        CCI_TRY(cci_book_lapse(b, index, at, error));
    }
    return COCREATE_OK;
}

static cocreate_status promote(cci_engine *e, cci_campaign *c, const json_t *list,
                               cci_decision *decision, cocreate_error *error)
{
    size_t n = json_array_size(list);
    const char **ids = cci_alloc(&e->allocator, n, sizeof *ids);
    if (!ids)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i++)
        ids[i] = json_string_value(json_array_get(list, i));
    cocreate_status status = cci_promote_decide(e, c, ids, n, decision, error);
    cci_free(&e->allocator, ids);
    return status;
}

cocreate_status cci_expire_decide(cci_engine *e, cci_campaign *c, const char *reward, int64_t at,
                                  cci_decision *decision, cocreate_error *error)
{
    json_t *data = cci_json_new(), *list = json_array();
    if (!cci_json_put(data, "lapsed", list) ||
        !cci_json_put(data, "reward", json_string(reward))) {
        json_decref(data);
        return cci_no_memory(error);
    }
    cocreate_status status =
        cci_money_try(e, c, reward, NULL, data, at, find, error);
    if (status != COCREATE_OK || json_array_size(list) == 0) {
        json_decref(data);
        decision->exists = status == COCREATE_OK;
        return status;
    }
    CCI_TRY(cci_decide(decision, "awards.expired", c, data, error));
    cocreate_error why = {0};
    status = promote(e, c, list, decision, &why);
    if (cci_is_verdict(status)) /* nobody can follow: the awards end all the same */
        return COCREATE_OK;
    if (status != COCREATE_OK && error)
        *error = why;
    return status;
}

static cocreate_status decide(cci_engine *e, const cci_command *command, cci_decision *decision,
                              cocreate_error *error)
{
    const char *reward;
    CCI_TRY(cci_json_id(command->body, "reward", &reward, &CCI_ROOT, error));
    return cci_expire_decide(e, command->campaign, reward, command->at, decision, error);
}

static cocreate_status apply(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    return cci_money_done(e, event, lapse, error);
}

static const cci_parameter parameters[] = {{"campaign", "id", 1, "the campaign"},
                                           {"reward", "id", 1, "a reward of the brief"},
                                           {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_award_expire = {
    "award.expire", "End the awards that were not accepted or claimed in time", parameters, cci_firm_alone,
    decide, 0};

const cci_event_type cci_event_awards_expired = {"awards.expired", apply, NULL};
