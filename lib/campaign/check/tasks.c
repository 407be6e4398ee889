/* Invariants of items, as the log tells them: whoever answers has a lease, or is extra; no item has more
 * answers than the brief hands out; and nothing is asked about what has retired. */
#include <string.h>

#include "campaign/check/check.h"

static int is(const cci_told *event, const char *type)
{
    return strcmp(event->type, type) == 0;
}

/* The voters of an item, each true, or false where the answer was extra; made where there are none yet. */
static cocreate_status answers_of(cci_check *k, const char *key, json_t **out, cocreate_error *error)
{
    if (!cci_fact(k, "answers", key))
        CCI_TRY(cci_fact_put(k, "answers", key, cci_json_new(), error));
    *out = (json_t *)(uintptr_t)cci_fact(k, "answers", key);
    return COCREATE_OK;
}

static json_int_t leased(json_t *answers)
{
    json_int_t n = 0;
    const char *voter;
    json_t *value;
    json_object_foreach (answers, voter, value)
        n += json_is_true(value);
    return n;
}

static cocreate_status end_lease(cci_check *k, const cci_told *event, const char *who, cocreate_error *error)
{
    cci_fact_key key;
    cci_fact_key_of(&key, event->campaign, cci_json_text(event->data, "round"), who);
    return cci_fact_put(k, "leases", key.text, json_null(), error);
}

static cocreate_status hear_cast(cci_check *k, const cci_told *event, const char *item, const char *key,
                                 cocreate_error *error)
{
    const char *voter = cci_fact_voter(event);
    const json_t *lease = json_object_get(cci_fact_round(k, event), "lease");
    int extra = json_is_true(json_object_get(event->data, "extra"));
    cci_fact_key holder;
    json_t *answers = NULL;
    cci_fact_key_of(&holder, event->campaign, cci_json_text(event->data, "round"), voter);
    const char *held = json_string_value(cci_fact(k, "leases", holder.text));
    k->checked++;
    CCI_TRY(answers_of(k, key, &answers, error));
    if (cci_fact(k, "retired", key))
        cci_violation_at(k, event, "'%.80s' has retired before", item);
    if (json_object_get(answers, voter))
        return COCREATE_OK;
    if (!cci_json_put(answers, voter, json_boolean(!extra)))
        return cci_no_memory(error);
    if (!lease || extra)
        return COCREATE_OK;
    if (!held || strcmp(held, item) != 0)
        cci_violation_at(k, event, "'%.80s' has no lease of '%.80s'", voter, item);
    else if (leased(answers) > json_integer_value(json_object_get(lease, "per_item")))
        cci_violation_at(k, event, "'%.80s' has more answers than are handed out", item);
    return end_lease(k, event, voter, error);
}

static cocreate_status hear_taken(cci_check *k, const cci_told *event, const char *item, const char *key,
                                  cocreate_error *error)
{
    cci_fact_key holder;
    cci_fact_key_of(&holder, event->campaign, cci_json_text(event->data, "round"),
                    cci_json_text(event->data, "participant"));
    k->checked++;
    if (cci_fact(k, "retired", key))
        cci_violation_at(k, event, "'%.80s' has retired before", item);
    return cci_fact_put(k, "leases", holder.text, json_string(item), error);
}

/* What an event is about: "contribution", the option of a ballot, or of one that was struck. */
static const char *item_of(const cci_told *event)
{
    const char *item = json_string_value(json_object_get(event->data, "contribution"));
    if (is(event, "ballot.cast"))
        item = json_object_iter_key(json_object_iter(json_object_get(event->data, "ballot")));
    else if (!item)
        item = json_string_value(json_array_get(json_object_get(event->data, "options"), 0));
    return item;
}

cocreate_status cci_hear_tasks(cci_check *k, const cci_told *event, cocreate_error *error)
{
    const json_t *round = cci_fact_round(k, event);
    const char *item = item_of(event);
    json_t *answers = NULL;
    cci_fact_key key;
    if ((!json_object_get(round, "lease") && !json_object_get(round, "retire")) || !item ||
        cci_fact(k, "merges", event->campaign)) /* ballots name what was merged */
        return COCREATE_OK;
    cci_fact_key_of(&key, event->campaign, cci_json_text(event->data, "round"), item);
    if (is(event, "ballot.cast"))
        return hear_cast(k, event, item, key.text, error);
    if (is(event, "task.taken"))
        return hear_taken(k, event, item, key.text, error);
    if (is(event, "task.released") || is(event, "task.expired"))
        return end_lease(k, event, cci_json_text(event->data, "participant"), error);
    if (is(event, "item.retired"))
        return cci_fact_put(k, "retired", key.text, json_true(), error);
    if (!is(event, "ballot.retracted") && !is(event, "ballot.voided"))
        return COCREATE_OK;
    CCI_TRY(answers_of(k, key.text, &answers, error));
    (void)json_object_del(answers, cci_fact_voter(event));
    return COCREATE_OK;
}
