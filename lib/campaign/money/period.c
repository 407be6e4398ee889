/* {"do":"reward.evaluate"}: a reward that is made period by period, on what the firm reports: sales, events,
 * gifts, bids. What royalties carry from one period to the next is kept here. */
#include "campaign/money/period.h"

#include <string.h>

#include "base/table.h"
#include "campaign/guards.h"
#include "campaign/money/award.h"
#include "campaign/money/book.h"
#include "campaign/money/later.h"

#define PERIOD_ID_MAX 64 /* stands before the id of each of its awards */

/* The row of a period, owned by the caller; NULL where there is none. */
static cocreate_status period_row(cci_engine *e, const cci_campaign *c, const char *reward,
                                  const char *period, json_t **out, cocreate_error *error)
{
    return cci_state_get_by(e, c->part, CCI_KIND_SALE, CCI_KEY(reward, period), out, error);
}

/* ---- what is carried ---- */

/* {"entry" or "person", "accrued", "base", "paid", "periods"} of an award of kind "accrual". */
static json_t *accrual_row(const json_t *award)
{
    static const char prefix[] = "accrual:";
    json_t *row = cci_json_copy(json_object_get(award, "accrual"));
    const char *component = cci_json_text(award, "entry");
    const char *entry = strncmp(component, prefix, sizeof prefix - 1) == 0
                            ? component + sizeof prefix - 1
                            : "";
    if (cci_json_put(row, *entry ? "entry" : "person",
                     json_string(*entry ? entry : cci_json_text(award, "to"))))
        return row;
    json_decref(row);
    return NULL;
}

static int is_accrual(const json_t *award)
{
    return strcmp(cci_json_text(award, "kind"), "accrual") == 0;
}

/* Each payee once: of a team every member has an award that says the same. */
static cocreate_status add_accrual(const json_t *award, cci_string_set *entries, json_t *list,
                                   cocreate_error *error)
{
    uint32_t index;
    int added = 1;
    if (strcmp(cci_json_text(award, "entry"), "accrual:") != 0)
        CCI_TRY(cci_string_set_add(entries, cci_json_text(award, "entry"), &index, &added, error));
    return !added || cci_json_push(list, accrual_row(award)) ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status add_accruals(const json_t *awards, cci_string_set *entries, json_t *list,
                                    cocreate_error *error)
{
    const char *rule = NULL;
    for (size_t i = 0; i < json_array_size(awards); i++) {
        const json_t *award = json_array_get(awards, i);
        if (!is_accrual(award))
            continue;
        if (rule && strcmp(rule, cci_json_text(award, "rule")) != 0)
            return cci_fail(error, COCREATE_ERR_REFUSED,
                            "rules '%s' and '%.60s' both carry from period to period: each needs "
                            "a reward of its own",
                            rule, cci_json_text(award, "rule"));
        rule = cci_json_text(award, "rule");
        CCI_TRY(add_accrual(award, entries, list, error));
    }
    return COCREATE_OK;
}

/* The "accruals" of the next period; empty where the scheme carries nothing. */
static cocreate_status accruals_of(const cci_engine *e, const json_t *awards, json_t **out,
                                   cocreate_error *error)
{
    json_t *list = json_array();
    if (!list)
        return cci_no_memory(error);
    cci_string_set entries;
    cci_string_set_init(&entries, &e->allocator);
    cocreate_status status = add_accruals(awards, &entries, list, error);
    cci_string_set_free(&entries);
    if (status == COCREATE_OK)
        *out = list;
    else
        json_decref(list);
    return status;
}

static cocreate_status carried(cci_engine *e, const cci_campaign *c, const char *reward,
                               json_t *lists, cocreate_error *error)
{
    const char *last = cci_json_text(json_object_get(c->doc, "periods"), reward);
    json_t *row = NULL;
    if (!*last)
        return COCREATE_OK;
    CCI_TRY(period_row(e, c, reward, last, &row, error));
    json_t *accruals = json_object_get(row, "accruals");
    cocreate_status status = COCREATE_OK;
    if (accruals && !cci_json_put(lists, "accruals", json_incref(accruals)))
        status = cci_no_memory(error);
    json_decref(row);
    return status;
}

/* ---- the event ---- */

cocreate_status cci_awards_name(const cci_engine *e, json_t *awards, const char *period,
                                cocreate_error *error)
{
    cci_buffer name;
    int made = 1;
    cci_buffer_init(&name, &e->allocator);
    for (size_t i = 0; i < json_array_size(awards) && made; i++) {
        json_t *award = json_array_get(awards, i);
        cci_buffer_clear(&name);
        cci_buffer_format(&name, "%s:%s", period, cci_json_text(award, "id"));
        made = !name.failed && cci_json_put(award, "id", json_string(name.data));
    }
    cci_buffer_free(&name);
    return made ? COCREATE_OK : cci_no_memory(error);
}

/* "$.sales[3].gross: ..." was read from the command's "$.lists". */
static cocreate_status retell(cocreate_status status, cocreate_error *error)
{
    if (!error || strncmp(error->text, "$.", 2) != 0 || strncmp(error->text, "$.entries", 9) == 0)
        return status;
    return cci_fail(error, status, "$.lists%s", error->text + 1);
}

/* Data of "reward.evaluated". */
static cocreate_status compute(cci_engine *e, const cci_campaign *c, size_t reward,
                               const char *period, const json_t *lists, json_t **out,
                               cocreate_error *error)
{
    const char *id = c->brief.rewards[reward].id;
    json_t *data = NULL, *more = lists ? cci_json_copy(lists) : cci_json_new();
    if (!more)
        return cci_no_memory(error);
    cocreate_status status = carried(e, c, id, more, error);
    if (status == COCREATE_OK)
        status = cci_award_again(e, c, reward, NULL, more, &data, error);
    json_decref(more);
    if (status != COCREATE_OK)
        return retell(status, error);
    status = cci_awards_name(e, json_object_get(data, "awards"), period, error);
    if (status == COCREATE_OK &&
        (!cci_json_put(data, "reward", json_string(id)) ||
         !cci_json_put(data, "period", json_string(period)) ||
         (lists && !cci_json_put(data, "lists", json_incref((json_t *)(uintptr_t)lists)))))
        status = cci_no_memory(error);
    if (status != COCREATE_OK) {
        json_decref(data);
        return status;
    }
    *out = data;
    return COCREATE_OK;
}

/* ---- the money ---- */

static cocreate_status offer(cci_book *b, const json_t *data, int64_t at, cocreate_error *error)
{
    CCI_TRY(cci_book_provide(b, json_object_get(data, "awards"), cci_json_text(data, "period"), at, error));
    return cci_awards_offer(b, data, at, error);
}

/* ---- the command ---- */

/* A reward that is made by periods: those of the firm, or of a round. */
static cocreate_status find_reward(const cci_command *command, size_t *index, cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    const char *id;
    CCI_TRY(cci_json_id(command->body, "reward", &id, &CCI_ROOT, error));
    CCI_TRY(cci_reward_find(c, id, index, error));
    const cci_reward_spec *reward = &c->brief.rewards[*index];
    static const char *const made[] = {"is certified", "", "", "selects somebody"};
    if (!reward->periodic && reward->on != CCI_ON_CUT)
        return cci_fail(error, COCREATE_ERR_REFUSED,
                        "$.rewards[%zu]: reward '%s' is made when round '%s' %s; "
                        "\"on\": \"period\" rewards are evaluated",
                        *index, id, reward->round, made[reward->on]);
    return cci_campaign_is(c, "decided") ? COCREATE_OK : cci_require_published(c, error);
}

/* Its round, where it has one, is certified. */
static cocreate_status check_round(cci_engine *e, const cci_campaign *c, size_t index, cocreate_error *error)
{
    const cci_reward_spec *reward = &c->brief.rewards[index];
    cci_round_state state = CCI_ROUND_CERTIFIED;
    if (reward->round)
        CCI_TRY(cci_round_get(e, c, reward->round, NULL, &state, error));
    if (state != CCI_ROUND_CERTIFIED)
        return cci_fail(error, COCREATE_ERR_REFUSED,
                        "$.rewards[%zu].round: round '%s' is %s; the reward follows its "
                        "certification",
                        index, reward->round, cci_round_state_name(state));
    return COCREATE_OK;
}

static cocreate_status read_period(const cci_command *command, const char **period, json_t **lists,
                                   cocreate_error *error)
{
    CCI_TRY(cci_json_id(command->body, "period", period, &CCI_ROOT, error));
    if (strlen(*period) > PERIOD_ID_MAX)
        return cci_fail(error, COCREATE_ERR_SCHEMA, "$.period: expected at most %d bytes",
                        PERIOD_ID_MAX);
    CCI_TRY(cci_json_get_object_opt(command->body, "lists", lists, &CCI_ROOT, error));
    static const char *const own[] = {"entries", "accruals"};
    for (size_t i = 0; i < 2; i++)
        if (json_object_get(*lists, own[i]))
            return cci_fail(error, COCREATE_ERR_SCHEMA, "$.lists.%s: is kept by the campaign",
                            own[i]);
    return COCREATE_OK;
}

/* Sent again: with the same lists, or with others. */
static cocreate_status same_lists(const json_t *row, const json_t *lists, const char *period,
                                  cci_decision *decision, cocreate_error *error)
{
    const json_t *before = json_object_get(row, "lists");
    decision->exists = lists && before ? json_equal(lists, before) : lists == before;
    return decision->exists
               ? COCREATE_OK
               : cci_fail(error, COCREATE_ERR_CONFLICT,
                          "period '%s' was evaluated with other 'lists'; what was wrong in it is "
                          "corrected in the next",
                          period);
}

static cocreate_status decide(cci_engine *e, const cci_command *command, cci_decision *decision,
                              cocreate_error *error)
{
    cci_campaign *c = command->campaign;
    const char *period;
    json_t *lists = NULL, *row = NULL, *data = NULL, *accruals = NULL;
    size_t index = 0;
    CCI_TRY(find_reward(command, &index, error));
    if (!c->brief.rewards[index].periodic)
        return cci_later_decide(e, command, index, decision, error);
    CCI_TRY(check_round(e, c, index, error));
    CCI_TRY(read_period(command, &period, &lists, error));
    const char *reward = c->brief.rewards[index].id;
    CCI_TRY(period_row(e, c, reward, period, &row, error));
    if (row) {
        cocreate_status same = same_lists(row, lists, period, decision, error);
        json_decref(row);
        return same;
    }
    CCI_TRY(compute(e, c, index, period, lists, &data, error));
    cocreate_status status = accruals_of(e, json_object_get(data, "awards"), &accruals, error);
    json_decref(accruals);
    if (status == COCREATE_OK)
        status = cci_money_try(e, c, reward, NULL, data, command->at, offer, error);
    if (status >= 0) /* a period in which nobody is paid anything is one, too */
        return cci_decide(decision, "reward.evaluated", c, data, error);
    json_decref(data);
    return status;
}

/* ---- applying ---- */

static cocreate_status put_row(cci_engine *e, const cci_event *event, const char *reward,
                               const char *period, cocreate_error *error)
{
    json_t *row = cci_json_new(), *accruals = NULL;
    json_t *lists = json_object_get(event->data, "lists");
    cocreate_status status = accruals_of(e, json_object_get(event->data, "awards"), &accruals, error);
    if (status == COCREATE_OK &&
        (!cci_json_put(row, "at", json_integer(event->at)) ||
         !cci_json_put(row, "digest", json_incref(json_object_get(event->data, "digest"))) ||
         (lists && !cci_json_put(row, "lists", json_incref(lists))) ||
         (json_array_size(accruals) > 0 && !cci_json_put(row, "accruals", json_incref(accruals)))))
        status = cci_no_memory(error);
    if (status == COCREATE_OK)
        status =
            cci_state_put_by(e, event->campaign->part, CCI_KIND_SALE, CCI_KEY(reward, period), row, error);
    json_decref(accruals);
    json_decref(row);
    return status;
}

static cocreate_status apply(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *reward, *period;
    cci_campaign *c = event->campaign;
    const json_t *awards = json_object_get(event->data, "awards");
    CCI_TRY(cci_json_id(event->data, "reward", &reward, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(event->data, "period", &period, &CCI_ROOT, error));
    CCI_TRY(cci_money_apply(e, event, reward, NULL, offer, error));
    for (size_t i = 0; i < json_array_size(awards); i++)
        if (!cci_is_money(json_array_get(awards, i)))
            CCI_TRY(cci_award_put_row(e, event, json_array_get(awards, i), error));
    CCI_TRY(put_row(e, event, reward, period, error));
    CCI_TRY(cci_money_note(c, "periods", reward, json_string(period), error));
    return cci_campaign_put(e, c, error);
}

static cocreate_status check(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *reward, *period;
    json_t *lists = NULL, *again = NULL;
    size_t index = 0;
    CCI_TRY(cci_json_id(event->data, "reward", &reward, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(event->data, "period", &period, &CCI_ROOT, error));
    CCI_TRY(cci_reward_find(event->campaign, reward, &index, error));
    CCI_TRY(cci_json_get_object_opt(event->data, "lists", &lists, &CCI_ROOT, error));
    CCI_TRY(compute(e, event->campaign, index, period, lists, &again, error));
    cocreate_status status = cci_awards_compare(event->data, again, reward, error);
    json_decref(again);
    return status;
}

static const cci_parameter parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"reward", "id", 1, "a reward of the brief that is made by periods"},
    {"period", "id", 1, "of this evaluation, as \"2013-Q1\"; at most 64 bytes"},
    {"lists", "object", 0, "what the rules of its scheme read beyond entries, as {\"sales\": [...]}"},
    {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_reward_evaluate = {
    "reward.evaluate",
    "Make the awards of a reward for one period, on what is reported of it",
    parameters,
    cci_firm_alone,
    decide,
    0};

const cci_event_type cci_event_reward_evaluated = {"reward.evaluated", apply, check};
