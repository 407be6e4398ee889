/* {"do":"reward.default"}: the round chose nobody, and the prize that was promised is shared by those the
 * brief names. Source: the guaranteed contests of 99designs. */
#include <string.h>

#include "base/table.h"
#include "base/time.h"
#include "campaign/graph/kinds.h"
#include "campaign/money/award.h"
#include "campaign/money/period.h"
#include "campaign/predicate/predicate.h"
#include "campaign/rounds/rounds.h"
#include "campaign/timers.h"

typedef struct collector {
    cci_string_set *persons;
    json_t *list; /* of them, in order of the contributions' ids */
    cci_engine *e;
    const cci_campaign *c;
    const json_t *where; /* they must meet this predicate; NULL all */
    int64_t at;
} collector;

static cocreate_status belongs(const collector *to, const char *person, int *out, cocreate_error *error)
{
    char why[CCI_WHY_SIZE];
    *out = 1;
    return to->where ? cci_predicate_holds(to->e, to->c, to->where, person, to->at, out, why, error)
        : COCREATE_OK;
}

static cocreate_status add_authors(const collector *to, const json_t *contribution,
                                   cocreate_error *error)
{
    const json_t *authors = json_object_get(contribution, "authors");
    for (size_t i = 0; i < json_array_size(authors); i++) {
        const json_t *person = json_object_get(json_array_get(authors, i), "participant");
        uint32_t index;
        int added, in;
        if (cci_string_set_find(to->persons, json_string_value(person)) != CCI_TABLE_NONE)
            continue;
        CCI_TRY(belongs(to, json_string_value(person), &in, error));
        if (!in)
            continue;
        if (!cci_json_push(to->list, json_string(json_string_value(person))))
            return cci_no_memory(error);
        /* The set borrows the name: from the list, for the contribution is freed before. */
        person = json_array_get(to->list, json_array_size(to->list) - 1);
        CCI_TRY(cci_string_set_add(to->persons, json_string_value(person), &index, &added, error));
    }
    return COCREATE_OK;
}

/* Works alone: who commented took no part in the contest. */
static cocreate_status add_any(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    (void)id;
    return cci_takes_part(doc) && cci_kind_taken(doc, NULL) ? add_authors(user, doc, error)
                                                            : COCREATE_OK;
}

/* Authors of what an earlier round selected. */
static cocreate_status add_selected(cci_engine *e, const cci_campaign *c, const char *round,
                                    const collector *to, cocreate_error *error)
{
    json_t *row, *contribution;
    cci_round_state state;
    CCI_TRY(cci_round_get(e, c, round, &row, &state, error));
    const json_t *ids = state == CCI_ROUND_CERTIFIED
                            ? json_object_get(json_object_get(row, "result"), "selected")
                            : NULL;
    cocreate_status status = COCREATE_OK;
    for (size_t i = 0; i < json_array_size(ids) && status == COCREATE_OK; i++) {
        const char *id = json_string_value(json_array_get(ids, i));
        status = cci_state_get(e, c->part, CCI_KIND_CONTRIBUTION, id, &contribution, error);
        if (status == COCREATE_OK && contribution && cci_takes_part(contribution))
            status = add_authors(to, contribution, error);
        if (status == COCREATE_OK)
            json_decref(contribution);
    }
    json_decref(row);
    return status;
}

/* The persons of the first group that has any. */
static cocreate_status find_persons(cci_engine *e, const cci_campaign *c,
                                    const cci_reward_spec *reward, int64_t at, json_t **out,
                                    cocreate_error *error)
{
    cci_string_set persons;
    collector to = {&persons, json_array(), e, c, NULL, at};
    cocreate_status status = to.list ? COCREATE_OK : cci_no_memory(error);
    cci_string_set_init(&persons, &e->allocator);
    for (size_t i = 0; i < json_array_size(reward->among) && status == COCREATE_OK; i++) {
        const json_t *group = json_array_get(reward->among, i);
        const char *round = json_string_value(json_object_get(group, "round"));
        if (json_array_size(to.list) > 0)
            break;
        to.where = json_object_get(group, "where");
        status = round ? add_selected(e, c, round, &to, error)
                       : cci_state_scan(e, c->part, CCI_KIND_CONTRIBUTION, NULL, add_any, &to,
                                        error);
    }
    cci_string_set_free(&persons);
    if (status == COCREATE_OK)
        *out = to.list;
    else
        json_decref(to.list);
    return status;
}

/* ---- the money ---- */

static cocreate_status split(cci_book *b, const json_t *data, int64_t at, cocreate_error *error)
{
    const json_t *list = json_object_get(data, "persons");
    const char *fund = json_string_value(json_object_get(data, "fund"));
    size_t n = json_array_size(list);
    const char **ids = cci_alloc(&b->allocator, n ? n : 1, sizeof *ids);
    if (!ids)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i++)
        ids[i] = json_string_value(json_array_get(list, i));
    cocreate_status status = cci_book_default(b, fund, ids, n, at, error);
    cci_free(&b->allocator, (void *)ids);
    return status;
}

/* ---- the command ---- */

static cocreate_status check_due(cci_engine *e, const cci_command *command,
                                 const cci_reward_spec *reward, size_t index,
                                 cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    const cci_round_spec *spec = c->brief.rounds;
    cci_round_state state;
    int64_t opens, closes = 0;
    char from[CCI_TIME_TEXT];
    if (!reward->among)
        return cci_fail(error, COCREATE_ERR_REFUSED,
                        "$.rewards[%zu]: the brief does not say who shares reward '%s' where "
                        "nobody is chosen",
                        index, reward->id);
    while (strcmp(spec->id, reward->round) != 0)
        spec++;
    CCI_TRY(cci_round_get(e, c, reward->round, NULL, &state, error));
    if (state != CCI_ROUND_FAILED)
        return cci_fail(error, COCREATE_ERR_REFUSED,
                        "$.rewards[%zu].default: round '%s' is %s; only where it failed is the "
                        "prize shared",
                        index, reward->round, cci_round_state_name(state));
    if (!cci_phase_window(c, spec->phase, &opens, &closes) ||
        command->at >= closes + reward->default_us)
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_REFUSED,
                    "$.rewards[%zu].default.after_us: the prize is shared from %s on", index,
                    cci_time_text(closes + reward->default_us, from));
}

static cocreate_status make_data(cci_engine *e, const cci_campaign *c, const cci_reward_spec *reward,
                                 const char *fund, int64_t at, json_t **out, cocreate_error *error)
{
    json_t *persons = NULL, *data;
    CCI_TRY(find_persons(e, c, reward, at, &persons, error));
    data = cci_json_new();
    int made = cci_json_put(data, "persons", persons);
    made = made && cci_json_put(data, "reward", json_string(reward->id)) &&
           cci_json_put(data, "fund", json_string(fund));
    if (!made) {
        json_decref(data);
        return cci_no_memory(error);
    }
    *out = data;
    return COCREATE_OK;
}

typedef struct share {
    const char *reward, *fund;
    int found;
} share;

static cocreate_status find_share(void *user, const char *id, json_t *award, cocreate_error *error)
{
    share *s = user;
    (void)id;
    (void)error;
    s->found |= strcmp(cci_json_text(award, "reward"), s->reward) == 0 &&
                strcmp(cci_json_text(award, "fund"), s->fund) == 0;
    return COCREATE_OK;
}

static cocreate_status was_shared(cci_engine *e, const cci_campaign *c, const char *reward, const char *fund,
                                  int *out, cocreate_error *error)
{
    share s = {reward, fund, 0};
    CCI_TRY(cci_state_scan(e, c->part, CCI_KIND_AWARD, NULL, find_share, &s, error));
    *out = s.found;
    return COCREATE_OK;
}

static cocreate_status decide(cci_engine *e, const cci_command *command, cci_decision *decision,
                              cocreate_error *error)
{
    cci_campaign *c = command->campaign;
    const char *id, *fund;
    size_t index = 0;
    json_t *data = NULL;
    CCI_TRY(cci_json_id(command->body, "reward", &id, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(command->body, "fund", &fund, &CCI_ROOT, error));
    CCI_TRY(cci_reward_find(c, id, &index, error));
    const cci_reward_spec *reward = &c->brief.rewards[index];
    const json_t *before = json_object_get(json_object_get(c->doc, "defaulted"), id);
    CCI_TRY(check_due(e, command, reward, index, error));
    CCI_TRY(make_data(e, c, reward, fund, command->at, &data, error));
    /* The persons were found then; who shared is not asked again. What could not be shared is. */
    cocreate_status status = COCREATE_OK;
    if (before && json_object_get(before, fund))
        status = was_shared(e, c, id, fund, &decision->exists, error);
    if (status == COCREATE_OK && !decision->exists)
        status = cci_money_try(e, c, id, NULL, data, command->at, split, error);
    if (status == COCREATE_OK && !decision->exists)
        return cci_decide(decision, "reward.defaulted", c, data, error);
    json_decref(data);
    return status;
}

/* ---- by itself ---- */

/* When the prize is shared: the round's phase has closed for good. */
static int64_t due_at(const cci_campaign *c, const cci_reward_spec *reward)
{
    const cci_round_spec *spec = cci_brief_round(&c->brief, reward->round);
    int64_t opens = 0, closes = 0;
    cci_phase_window(c, spec->phase, &opens, &closes);
    return cci_later(closes, reward->default_us);
}

cocreate_status cci_default_waits(cci_engine *e, cci_campaign *c, const char *round, cocreate_error *error)
{
    for (size_t i = 0; i < c->brief.n_rewards; i++) {
        const cci_reward_spec *reward = &c->brief.rewards[i];
        if (reward->default_event && strcmp(reward->round, round) == 0)
            CCI_TRY(cci_timer_set(e, c, due_at(c, reward), "default", reward->id, error));
    }
    return COCREATE_OK;
}

/* A phase that has closed does not move with a pause, nor does what is counted from it. */
cocreate_status cci_default_recount(cci_engine *e, cci_campaign *c, const char *reward, int64_t *at,
                                    cocreate_error *error)
{
    size_t index = 0;
    (void)e;
    CCI_TRY(cci_reward_find(c, reward, &index, error));
    *at = due_at(c, &c->brief.rewards[index]);
    return COCREATE_OK;
}

/* Data of the event of one fund; with "failed" and why, where it cannot be shared: it goes back then. */
static cocreate_status share_fund(cci_engine *e, cci_campaign *c, const cci_reward_spec *reward,
                                  const char *fund, int64_t at, json_t **out, cocreate_error *error)
{
    cocreate_error why = {0};
    json_t *data = NULL;
    CCI_TRY(make_data(e, c, reward, fund, at, &data, error));
    cocreate_status status = cci_money_try(e, c, reward->id, NULL, data, at, split, &why);
    if (cci_is_verdict(status))
        status = cci_json_put(data, "failed", json_string(why.text)) ? COCREATE_OK : cci_no_memory(error);
    else if (status != COCREATE_OK && error)
        *error = why;
    if (status == COCREATE_OK)
        *out = data;
    else
        json_decref(data);
    return status;
}

static int is_shared(const cci_reward_spec *reward, const char *fund)
{
    return !reward->default_funds || cci_json_lists(reward->default_funds, fund);
}

cocreate_status cci_default_due(cci_engine *e, cci_campaign *c, int64_t at, const char *reward,
                                cci_decision *decision, cocreate_error *error)
{
    size_t index = 0;
    CCI_TRY(cci_reward_find(c, reward, &index, error));
    const cci_reward_spec *spec = &c->brief.rewards[index];
    const json_t *funds = json_object_get(spec->scheme, "funds");
    int64_t now = at > e->last_at ? at : e->last_at;
    for (size_t i = 0; i < json_array_size(funds); i++) {
        json_t *data = NULL;
        const char *fund = cci_json_text(json_array_get(funds, i), "id");
        if (!is_shared(spec, fund))
            continue;
        CCI_TRY(share_fund(e, c, spec, fund, now, &data, error));
        CCI_TRY(cci_decide(decision, "reward.defaulted", c, data, error));
    }
    return json_array_size(funds) > 0
               ? COCREATE_OK
               : cci_fail(error, COCREATE_ERR_CORRUPT, "reward '%s' has no fund to share", reward);
}

static cocreate_status apply(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *reward, *fund;
    size_t index = 0;
    cci_campaign *c = event->campaign;
    CCI_TRY(cci_json_id(event->data, "reward", &reward, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(event->data, "fund", &fund, &CCI_ROOT, error));
    CCI_TRY(cci_reward_find(c, reward, &index, error));
    if (!json_object_get(event->data, "failed"))
        CCI_TRY(cci_money_apply(e, event, reward, NULL, split, error));
    if (c->brief.rewards[index].default_event)
        CCI_TRY(cci_timer_drop(e, c, due_at(c, &c->brief.rewards[index]), "default", reward, error));
    json_t *old = json_object_get(json_object_get(c->doc, "defaulted"), reward);
    json_t *funds = old ? cci_json_copy(old) : cci_json_new();
    if (!cci_json_put(funds, fund, json_integer(event->at))) {
        json_decref(funds);
        return cci_no_memory(error);
    }
    CCI_TRY(cci_money_note(c, "defaulted", reward, funds, error));
    return cci_campaign_put(e, c, error);
}

static cocreate_status check(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *reward, *fund;
    size_t index = 0;
    json_t *again = NULL;
    CCI_TRY(cci_json_id(event->data, "reward", &reward, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(event->data, "fund", &fund, &CCI_ROOT, error));
    CCI_TRY(cci_reward_find(event->campaign, reward, &index, error));
    const cci_reward_spec *spec = &event->campaign->brief.rewards[index];
    CCI_TRY((spec->default_event ? share_fund(e, event->campaign, spec, fund, event->at, &again, error)
                                 : make_data(e, event->campaign, spec, fund, event->at, &again, error)));
    cocreate_status status =
        json_equal(again, event->data)
            ? COCREATE_OK
            : cci_fail(error, COCREATE_ERR_VERIFY,
                       "reward '%s': who shares it by default differs when recomputed", reward);
    json_decref(again);
    return status;
}

static const cci_parameter parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"reward", "id", 1, "a reward of the brief whose round chose nobody"},
    {"fund", "id", 1, "a fund of its scheme"},
    {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_reward_default = {
    "reward.default", "Share a prize among those the brief names, where nobody was chosen", parameters,
    cci_firm_alone, decide, 0};

const cci_event_type cci_event_reward_defaulted = {"reward.defaulted", apply, check};
