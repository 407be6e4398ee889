#include "campaign/money/release.h"

#include <string.h>

#include "campaign/money/late.h"
#include "campaign/money/pay.h"
#include "campaign/rounds/rounds.h"
#include "campaign/timers.h"
#include "campaign/windows/windows.h"

static int64_t number_of(const json_t *row, const char *key)
{
    return json_integer_value(json_object_get(row, key));
}

static int is(const json_t *row, const char *state)
{
    return strcmp(cci_json_text(row, "state"), state) == 0;
}

/* Neither paid, in part or in full, nor ended. */
static int is_open(const json_t *row)
{
    return (is(row, "offered") || is(row, "accepted")) && number_of(row, "paid") == 0;
}

static cocreate_status get(cci_engine *e, const cci_campaign *c, const char *award, json_t **row,
                           cocreate_error *error)
{
    const char *reward;
    return cci_award_named(e, c, award, row, &reward, error);
}

static cocreate_status put(cci_engine *e, const cci_campaign *c, const char *award, const json_t *row,
                           cocreate_error *error)
{
    return cci_state_put(e, c->part, CCI_KIND_AWARD, award, row, error);
}

/* The award waits no longer; its row is written by the caller. */
static cocreate_status stop_waiting(cci_engine *e, cci_campaign *c, const char *award, json_t *row,
                                    cocreate_error *error)
{
    if (!json_object_get(row, "release_at"))
        return COCREATE_OK;
    CCI_TRY(cci_timer_drop(e, c, number_of(row, "release_at"), "release", award, error));
    json_object_del(row, "release_at");
    return COCREATE_OK;
}

static cocreate_status wait_until(cci_engine *e, cci_campaign *c, const char *award, json_t *row, int64_t at,
                                  cocreate_error *error)
{
    CCI_TRY(stop_waiting(e, c, award, row, error));
    return cci_json_put(row, "release_at", json_integer(at))
               ? cci_timer_set(e, c, at, "release", award, error)
               : cci_no_memory(error);
}

/* The reward that an award is of, where it releases payments, or waits for a delivery; else the refusal. */
static cocreate_status find_spec(const cci_campaign *c, const json_t *row, int delivers,
                                 const cci_reward_spec **out, cocreate_error *error)
{
    size_t index = 0;
    char rule[64];
    CCI_TRY(cci_reward_find(c, cci_json_text(row, "reward"), &index, error));
    cci_path path = cci_path_key(&CCI_ROOT, "rewards"), here = cci_path_at(&path, index);
    *out = &c->brief.rewards[index];
    return (*out)->release_us || (delivers && (*out)->late_each_us)
               ? COCREATE_OK
               : cci_refuse(error, cci_path_text(&here, rule, sizeof rule),
                            "reward '%.60s' releases no payment by itself: award.pay pays it", (*out)->id);
}

cocreate_status cci_release_changed(cci_engine *e, cci_campaign *c, const cci_claim *claim,
                                    cocreate_error *error)
{
    return cci_claim_is_open(claim) && claim->paid == 0 ? COCREATE_OK
                                                        : stop_waiting(e, c, claim->id, claim->doc, error);
}

/* ---- award.deliver ---- */

static cocreate_status check_delivery(cci_engine *e, const cci_command *command, const json_t *row,
                                      const char *digest, cci_decision *decision, cocreate_error *error)
{
    const json_t *before = json_object_get(row, "delivered");
    const cci_reward_spec *spec = NULL;
    CCI_TRY(cci_require_recipient(e, command, row, error));
    CCI_TRY(find_spec(command->campaign, row, 1, &spec, error));
    if (!cci_digest_parse(digest, NULL))
        return cci_fail(error, COCREATE_ERR_SCHEMA, "$.digest: must be \"sha256:\" and 64 hex digits");
    decision->exists = before && strcmp(cci_json_text(before, "digest"), digest) == 0;
    if (decision->exists || is_open(row))
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_REFUSED, "award '%s' is %s: nothing is to be delivered for it",
                    cci_json_text(row, "id"), cci_json_text(row, "state"));
}

static cocreate_status decide_deliver(cci_engine *e, const cci_command *command, cci_decision *decision,
                                      cocreate_error *error)
{
    const char *award, *digest;
    json_t *row = NULL;
    CCI_TRY(cci_json_id(command->body, "award", &award, &CCI_ROOT, error));
    CCI_TRY(cci_json_string(command->body, "digest", &digest, &CCI_ROOT, error));
    CCI_TRY(get(e, command->campaign, award, &row, error));
    cocreate_status status = check_delivery(e, command, row, digest, decision, error);
    json_t *data = status == COCREATE_OK && !decision->exists ? cci_json_new() : NULL;
    if (data && (!cci_json_put(data, "award", json_string(award)) ||
                 !cci_json_put(data, "digest", json_string(digest)))) {
        json_decref(data);
        data = NULL;
    }
    if (status == COCREATE_OK && !decision->exists)
        status = data ? cci_decide(decision, "award.delivered", command->campaign, data, error)
                      : cci_no_memory(error);
    if (status == COCREATE_OK && !decision->exists)
        status = cci_late_decide(e, command->campaign, row, command->at, decision, error);
    json_decref(row);
    return status;
}

/* Since when the award waits: from the first delivery, or the first one after a dispute. */
static int64_t waits_since(const json_t *row, int64_t at)
{
    const json_t *before = json_object_get(row, "delivered");
    return before && !json_object_get(row, "disputed") ? number_of(before, "at") : at;
}

static json_t *delivery_of(const char *digest, int64_t at)
{
    json_t *delivered = cci_json_new();
    if (cci_json_put(delivered, "digest", json_string(digest)) && cci_json_put(delivered, "at",
                                                                               json_integer(at)))
        return delivered;
    json_decref(delivered);
    return NULL;
}

static cocreate_status deliver(cci_engine *e, const cci_event *event, const char *award, json_t *row,
                               const char *digest, cocreate_error *error)
{
    cci_campaign *c = event->campaign;
    const cci_reward_spec *spec = NULL;
    int64_t since = waits_since(row, event->at);
    CCI_TRY(find_spec(c, row, 1, &spec, error));
    json_object_del(row, "disputed");
    if (!cci_json_put(row, "delivered", delivery_of(digest, since)))
        return cci_no_memory(error);
    if (since == event->at && spec->release_us)
        CCI_TRY(wait_until(e, c, award, row, cci_deadline(c, since, spec->release_us), error));
    return put(e, c, award, row, error);
}

static cocreate_status apply_delivered(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *award, *digest;
    json_t *row = NULL;
    CCI_TRY(cci_json_id(event->data, "award", &award, &CCI_ROOT, error));
    CCI_TRY(cci_json_string(event->data, "digest", &digest, &CCI_ROOT, error));
    CCI_TRY(get(e, event->campaign, award, &row, error));
    cocreate_status status = deliver(e, event, award, row, digest, error);
    json_decref(row);
    return status;
}

/* ---- award.dispute ---- */

static cocreate_status check_dispute(const cci_campaign *c, const json_t *row, const char *reason,
                                     cci_decision *decision, cocreate_error *error)
{
    const char *before = json_string_value(json_object_get(row, "disputed")), *id = cci_json_text(row, "id");
    const cci_reward_spec *spec = NULL;
    CCI_TRY(find_spec(c, row, 0, &spec, error));
    decision->exists = before && strcmp(before, reason) == 0;
    if (decision->exists || json_object_get(row, "release_at"))
        return COCREATE_OK;
    if (before)
        return cci_fail(error, COCREATE_ERR_CONFLICT, "award '%s' is disputed with another 'reason'", id);
    return cci_fail(error, COCREATE_ERR_REFUSED, "award '%s' is %s and waits for no payment: %s", id,
                    cci_json_text(row, "state"),
                    is_open(row) ? "award.deliver comes before" : "there is nothing to dispute");
}

static cocreate_status decide_dispute(cci_engine *e, const cci_command *command, cci_decision *decision,
                                      cocreate_error *error)
{
    const char *award, *reason;
    json_t *row = NULL;
    CCI_TRY(cci_json_id(command->body, "award", &award, &CCI_ROOT, error));
    CCI_TRY(cci_json_string(command->body, "reason", &reason, &CCI_ROOT, error));
    CCI_TRY(get(e, command->campaign, award, &row, error));
    cocreate_status status = check_dispute(command->campaign, row, reason, decision, error);
    json_decref(row);
    if (status != COCREATE_OK || decision->exists)
        return status;
    json_t *data = cci_json_new();
    if (!cci_json_put(data, "award", json_string(award)) || !cci_json_put(data, "reason",
                                                                          json_string(reason))) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, "award.disputed", command->campaign, data, error);
}

/* The award stays owed, and why it is not paid by itself stands in its row. */
static cocreate_status keep(cci_engine *e, const cci_event *event, const char *key, cocreate_error *error)
{
    const char *award, *reason;
    json_t *row = NULL;
    CCI_TRY(cci_json_id(event->data, "award", &award, &CCI_ROOT, error));
    CCI_TRY(cci_json_string(event->data, "reason", &reason, &CCI_ROOT, error));
    CCI_TRY(get(e, event->campaign, award, &row, error));
    cocreate_status status = stop_waiting(e, event->campaign, award, row, error);
    if (status == COCREATE_OK)
        status = cci_json_put(row, key, json_string(reason)) ? put(e, event->campaign, award, row, error)
                                                            : cci_no_memory(error);
    json_decref(row);
    return status;
}

static cocreate_status apply_disputed(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    return keep(e, event, "disputed", error);
}

static cocreate_status apply_withheld(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    return keep(e, event, "withheld", error);
}

/* ---- the instant ---- */

/* {"award", "reference", "rail", "released": true}; the reference is that of no other payment. */
static json_t *payment_of(cci_engine *e, const char *award, const cci_reward_spec *spec)
{
    cci_buffer reference;
    json_t *data = cci_json_new();
    cci_buffer_init(&reference, &e->allocator);
    cci_buffer_format(&reference, "release:%s", award);
    int made = !reference.failed && cci_json_put(data, "award", json_string(award)) &&
               cci_json_put(data, "reference", json_string(reference.data)) &&
               cci_json_put(data, "rail", json_string(spec->release_rail)) &&
               cci_json_put(data, "released", json_true());
    cci_buffer_free(&reference);
    if (made)
        return data;
    json_decref(data);
    return NULL;
}

static cocreate_status withhold(const cci_campaign *c, const char *award, const char *why,
                                cci_decision *decision, cocreate_error *error)
{
    json_t *data = cci_json_new();
    if (cci_json_put(data, "award", json_string(award)) && cci_json_put(data, "reason", json_string(why)))
        return cci_decide(decision, "award.withheld", c, data, error);
    json_decref(data);
    return cci_no_memory(error);
}

static cocreate_status pay_now(cci_engine *e, cci_campaign *c, int64_t at, const json_t *row,
                               cci_decision *decision, cocreate_error *error)
{
    const cci_reward_spec *spec = NULL;
    const char *award = cci_json_text(row, "id");
    cocreate_error why = {0};
    CCI_TRY(find_spec(c, row, 0, &spec, error));
    json_t *data = payment_of(e, award, spec);
    if (!data)
        return cci_no_memory(error);
    cocreate_status status = cci_pay_try(e, c, data, at, &why);
    if (status == COCREATE_OK)
        return cci_decide(decision, "award.paid", c, data, error);
    json_decref(data);
    if (cci_is_verdict(status)) /* one payment that must wait keeps nothing else waiting */
        return withhold(c, award, why.text, decision, error);
    if (error)
        *error = why;
    return status < 0 ? status : cci_fail(error, COCREATE_ERR_CORRUPT, "award '%s' was released before",
                                          award);
}

cocreate_status cci_release_decide(cci_engine *e, cci_campaign *c, int64_t at, const char *award,
                                   cci_decision *decision, cocreate_error *error)
{
    json_t *row = NULL;
    CCI_TRY(get(e, c, award, &row, error));
    /* The event may come later than it was due, and is judged by its own instant. */
    int64_t now = at > e->last_at ? at : e->last_at;
    cocreate_status status = json_object_get(row, "release_at")
                                 ? pay_now(e, c, now, row, decision, error)
                                 : cci_fail(error, COCREATE_ERR_CORRUPT, "award '%s' waits for nothing",
                                            award);
    json_decref(row);
    return status;
}

/* It may have been delivered during the pause. */
cocreate_status cci_release_recount(cci_engine *e, cci_campaign *c, const char *award, int64_t *at,
                                    cocreate_error *error)
{
    json_t *row = NULL;
    const cci_reward_spec *spec = NULL;
    CCI_TRY(get(e, c, award, &row, error));
    cocreate_status status = find_spec(c, row, 0, &spec, error);
    if (status == COCREATE_OK) {
        *at = cci_deadline(c, number_of(json_object_get(row, "delivered"), "at"), spec->release_us);
        status = cci_json_put(row, "release_at", json_integer(*at)) ? put(e, c, award, row, error)
                                                                    : cci_no_memory(error);
    }
    json_decref(row);
    return status;
}

/* Recomputed: it was due, and could not be paid, for the same reason. */
static cocreate_status check_withheld(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *award, *reason;
    json_t *row = NULL;
    const cci_reward_spec *spec = NULL;
    cocreate_error why = {0};
    CCI_TRY(cci_json_id(event->data, "award", &award, &CCI_ROOT, error));
    CCI_TRY(cci_json_string(event->data, "reason", &reason, &CCI_ROOT, error));
    CCI_TRY(get(e, event->campaign, award, &row, error));
    cocreate_status status = find_spec(event->campaign, row, 0, &spec, error);
    json_t *data = status == COCREATE_OK ? payment_of(e, award, spec) : NULL;
    int due = json_object_get(row, "release_at") && number_of(row, "release_at") <= event->at;
    json_decref(row);
    if (status == COCREATE_OK)
        status = data ? cci_pay_try(e, event->campaign, data, event->at, &why) : cci_no_memory(error);
    json_decref(data);
    if (!data || status == COCREATE_ERR_MEMORY)
        return status;
    return due && cci_is_verdict(status) && strcmp(why.text, reason) == 0
               ? COCREATE_OK
               : cci_fail(error, COCREATE_ERR_VERIFY, "award '%s' is withheld, recomputed it is not so",
                          award);
}

static const cci_parameter deliver_parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"award", "id", 1, "an award of it, as shown"},
    {"digest", "text", 1, "\"sha256:\" and 64 hex digits: what was handed over"},
    {NULL, NULL, 0, NULL}};

static const cci_parameter dispute_parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"award", "id", 1, "an award that waits for its payment"},
    {"reason", "text", 1, "why, for everybody to read"},
    {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_award_deliver = {
    .name = "award.deliver",
    .title = "Record what the recipient handed over: the payment follows by itself",
    .parameters = deliver_parameters,
    .decide = decide_deliver,
};

const cci_command_type cci_command_award_dispute = {
    .name = "award.dispute",
    .title = "Stop a payment that would come by itself",
    .parameters = dispute_parameters,
    .sides = cci_firm_alone,
    .decide = decide_dispute,
};

const cci_event_type cci_event_award_delivered = {"award.delivered", apply_delivered, NULL};
const cci_event_type cci_event_award_disputed = {"award.disputed", apply_disputed, NULL};
const cci_event_type cci_event_award_withheld = {"award.withheld", apply_withheld, check_withheld};
