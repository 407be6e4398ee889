/* {"do":"award.adjust"}: contributions are disqualified after the awards, which are made again on what is
 * left; the difference is posted. */
#include "campaign/money/adjust.h"

#include <inttypes.h>
#include <string.h>

#include "campaign/money/award.h"

/* ---- the event ---- */

/* What was struck from the result of a reward before, as an object of the caller. */
static json_t *struck_of(const cci_campaign *c, const char *reward)
{
    json_t *old = json_object_get(json_object_get(c->doc, "struck"), reward);
    return old ? cci_json_copy(old) : cci_json_new();
}

static json_int_t next_revision(const cci_campaign *c, const char *reward)
{
    return json_integer_value(json_object_get(json_object_get(c->doc, "revisions"), reward)) + 1;
}

/* Data of "awards.adjusted". Takes `struck`. */
static cocreate_status adjusted_data(cci_engine *e, const cci_campaign *c, const char *reward,
                                     json_t *struck, json_t **out, cocreate_error *error)
{
    size_t index = 0;
    json_t *data = NULL;
    cocreate_status status = cci_reward_find(c, reward, &index, error);
    if (status == COCREATE_OK)
        status = cci_award_again(e, c, index, struck, NULL, &data, error);
    if (status == COCREATE_OK && (!cci_json_put(data, "reward", json_string(reward)) ||
                                  !cci_json_put(data, "struck", json_incref(struck)) ||
                                  !cci_json_put(data, "revision",
                                                json_integer(next_revision(c, reward))))) {
        json_decref(data);
        status = cci_no_memory(error);
    }
    json_decref(struck);
    if (status == COCREATE_OK)
        *out = data;
    return status;
}

static cocreate_status adjust(cci_book *b, const json_t *data, int64_t at, cocreate_error *error)
{
    return cci_book_adjust(b, json_object_get(data, "awards"),
                           json_integer_value(json_object_get(data, "revision")), at, error);
}

/* ---- the command ---- */

static cocreate_status strike(cci_engine *e, const cci_campaign *c, const json_t *list,
                              json_t *struck, cocreate_error *error)
{
    cci_path root = CCI_ROOT, at = cci_path_key(&root, "disqualify");
    for (size_t i = 0; i < json_array_size(list); i++) {
        cci_path here = cci_path_at(&at, i);
        const char *id = json_string_value(json_array_get(list, i));
        json_t *row;
        if (!id)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "is no id of a contribution");
        CCI_TRY(cci_state_get(e, c->part, CCI_KIND_CONTRIBUTION, id, &row, error));
        if (!row)
            return cci_json_fail(error, COCREATE_ERR_NOT_FOUND, &here, "no contribution '%.128s'",
                                 id);
        json_decref(row);
        if (!cci_json_put(struck, id, json_string("disqualified")))
            return cci_no_memory(error);
    }
    return COCREATE_OK;
}

static int is_awarded(const cci_campaign *c, const char *reward)
{
    const json_t *outcome = json_object_get(json_object_get(c->doc, "awarded"), reward);
    return json_object_get(outcome, "digest") != NULL;
}

static cocreate_status decide(cci_engine *e, const cci_command *command, cci_decision *decision,
                              cocreate_error *error)
{
    cci_campaign *c = command->campaign;
    const char *reward, *reason = NULL;
    json_t *list = NULL, *data = NULL;
    size_t index = 0;
    CCI_TRY(cci_json_id(command->body, "reward", &reward, &CCI_ROOT, error));
    CCI_TRY(cci_json_string_opt(command->body, "reason", &reason, &CCI_ROOT, error));
    CCI_TRY(cci_json_get_array_opt(command->body, "disqualify", &list, &CCI_ROOT, error));
    CCI_TRY(cci_reward_find(c, reward, &index, error));
    if (c->brief.rewards[index].on != CCI_ON_ROUND)
        return cci_fail(error, COCREATE_ERR_REFUSED,
                        "$.rewards[%zu].on: what reward '%s' gave piece by piece is not adjusted as a whole; "
                        "award.decline and award.recover are about one award",
                        index, reward);
    if (c->brief.rewards[index].late_each_us > 0)
        return cci_fail(error, COCREATE_ERR_REFUSED,
                        "$.rewards[%zu].late: awards of reward '%s' lose by their delivery, and are not made "
                        "again as a whole; award.decline and award.reverse are about one award",
                        index, reward);
    if (!is_awarded(c, reward))
        return cci_fail(error, COCREATE_ERR_REFUSED, "reward '%s' has not been awarded", reward);
    json_t *struck = struck_of(c, reward);
    cocreate_status status = struck ? strike(e, c, list, struck, error) : cci_no_memory(error);
    if (status != COCREATE_OK) {
        json_decref(struck);
        return status;
    }
    CCI_TRY(adjusted_data(e, c, reward, struck, &data, error));
    if (reason && !cci_json_put(data, "reason", json_string(reason)))
        status = cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_money_try(e, c, reward, NULL, data, command->at, adjust, error);
    if (status == COCREATE_OK)
        return cci_decide(decision, "awards.adjusted", c, data, error);
    json_decref(data);
    decision->exists = status == COCREATE_EXISTS;
    return status == COCREATE_EXISTS ? COCREATE_OK : status;
}

/* ---- promotion ---- */

typedef struct others {
    const char *entry, *rule, *id;
    int found;
} others;

static cocreate_status see(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    others *o = user;
    (void)error;
    o->found = o->found || (strcmp(id, o->id) != 0 && strcmp(cci_json_text(doc, "entry"), o->entry) == 0 &&
                            strcmp(cci_json_text(doc, "rule"), o->rule) == 0);
    return COCREATE_OK;
}

/* What a promotion added stands for a person and a rule, and names no entry: the entries are those by which
 * the same evaluation gives this person something and nobody else, and which have no award of their own. */
static cocreate_status withdraw_added(cci_engine *e, cci_campaign *c, size_t reward, const json_t *row,
                                      json_t *struck, cocreate_error *error)
{
    json_t *data = NULL;
    CCI_TRY(cci_award_again(e, c, reward, struck, NULL, &data, error));
    const json_t *awards = json_object_get(data, "awards");
    cocreate_status status = COCREATE_OK;
    for (size_t i = 0; i < json_array_size(awards) && status == COCREATE_OK; i++) {
        const json_t *award = json_array_get(awards, i);
        others o = {cci_json_text(award, "entry"), cci_json_text(award, "rule"), "", 0};
        int mine = strcmp(o.rule, cci_json_text(row, "rule")) == 0 &&
                   strcmp(cci_json_text(award, "to"), cci_json_text(row, "to")) == 0;
        if (!mine || !*o.entry)
            continue;
        for (size_t k = 0; k < json_array_size(awards); k++) {
            const json_t *other = json_array_get(awards, k);
            o.found = o.found || (k != i && strcmp(cci_json_text(other, "rule"), o.rule) == 0 &&
                                  strcmp(cci_json_text(other, "entry"), o.entry) == 0);
        }
        status = cci_state_scan(e, c->part, CCI_KIND_AWARD, NULL, see, &o, error);
        if (status == COCREATE_OK && !o.found && !cci_json_put(struck, o.entry, json_string("withdrawn")))
            status = cci_no_memory(error);
    }
    json_decref(data);
    return status;
}

/* The entry of an award is struck as withdrawn, unless others share it. */
static cocreate_status withdraw(cci_engine *e, cci_campaign *c, size_t reward, const json_t *row,
                                json_t *struck, cocreate_error *error)
{
    others o = {cci_json_text(row, "entry"), cci_json_text(row, "rule"), cci_json_text(row, "id"), 0};
    if (json_object_get(row, "revision") && !*o.entry)
        return withdraw_added(e, c, reward, row, struck, error);
    if (!*o.entry || json_object_get(struck, o.entry))
        return COCREATE_OK;
    CCI_TRY(cci_state_scan(e, c->part, CCI_KIND_AWARD, NULL, see, &o, error));
    if (o.found)
        return COCREATE_OK;
    return cci_json_put(struck, o.entry, json_string("withdrawn")) ? COCREATE_OK
                                                                    : cci_no_memory(error);
}

static int promotes(const cci_campaign *c, size_t reward)
{
    const json_t *lifecycle = json_object_get(c->brief.rewards[reward].scheme, "lifecycle");
    return strcmp(cci_json_text(lifecycle, "on_decline"), "promote") == 0;
}

cocreate_status cci_promote_decide(cci_engine *e, cci_campaign *c,
                                   const char *const *awards, size_t n, cci_decision *decision,
                                   cocreate_error *error)
{
    json_t *struck = NULL, *data = NULL, *last = NULL;
    cocreate_status status = COCREATE_OK;
    size_t before = 0;
    for (size_t i = 0; i < n && status == COCREATE_OK; i++) {
        const char *reward = NULL;
        size_t index = 0;
        json_t *row = NULL;
        status = cci_award_named(e, c, awards[i], &row, &reward, error);
        if (status == COCREATE_OK)
            status = cci_reward_find(c, reward, &index, error);
        if (status == COCREATE_OK && promotes(c, index)) {
            if (!struck)
                struck = struck_of(c, reward);
            before = i == 0 ? json_object_size(struck) : before;
            status = struck ? withdraw(e, c, index, row, struck, error) : cci_no_memory(error);
        }
        json_decref(last);
        last = row;
    }
    if (status == COCREATE_OK && struck && json_object_size(struck) > before)
        status = adjusted_data(e, c, cci_json_text(last, "reward"), json_incref(struck), &data, error);
    json_decref(struck);
    json_decref(last);
    return status == COCREATE_OK && data ? cci_decide(decision, "awards.adjusted", c, data, error)
                                         : status;
}

/* ---- applying ---- */

/* The same awards again where a promotion changes nothing: what is struck is kept all the same. */
static cocreate_status adjust_or_not(cci_book *b, const json_t *data, int64_t at,
                                     cocreate_error *error)
{
    cocreate_status status = adjust(b, data, at, error);
    return status == COCREATE_EXISTS ? COCREATE_OK : status;
}

static cocreate_status apply(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *reward;
    cci_campaign *c = event->campaign;
    CCI_TRY(cci_json_id(event->data, "reward", &reward, &CCI_ROOT, error));
    CCI_TRY(cci_money_apply(e, event, reward, NULL, adjust_or_not, error));
    CCI_TRY(cci_money_note(c, "struck", reward, json_incref(json_object_get(event->data, "struck")), error));
    CCI_TRY(
        cci_money_note(c, "revisions", reward, json_incref(json_object_get(event->data, "revision")), error));
    return cci_campaign_put(e, c, error);
}

static cocreate_status check(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *reward;
    json_t *again = NULL, *struck = json_object_get(event->data, "struck");
    CCI_TRY(cci_json_id(event->data, "reward", &reward, &CCI_ROOT, error));
    CCI_TRY(adjusted_data(e, event->campaign, reward, json_incref(struck), &again, error));
    json_t *reason = json_object_get(event->data, "reason");
    cocreate_status status = COCREATE_OK;
    if (reason && !cci_json_put(again, "reason", json_incref(reason)))
        status = cci_no_memory(error);
    else if (!json_equal(again, event->data))
        status = cci_fail(error, COCREATE_ERR_VERIFY,
                          "reward '%s': the adjusted awards differ when recomputed", reward);
    json_decref(again);
    return status;
}

static const cci_parameter parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"reward", "id", 1, "the reward whose awards are made again"},
    {"disqualify", "array", 0, "contributions that count no longer"},
    {"reason", "text", 0, "why, for everybody to read"},
    {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_award_adjust = {
    "award.adjust", "Make the awards of a reward again and post the difference", parameters, cci_firm_alone,
    decide, 0};

const cci_event_type cci_event_awards_adjusted = {"awards.adjusted", apply, check};
