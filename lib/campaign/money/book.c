#include "campaign/money/book.h"

#include <string.h>

#include "campaign/money/journal.h"
#include "campaign/money/obligations.h"
#include "campaign/money/offers.h"
#include "campaign/money/release.h"

int cci_is_money(const json_t *award)
{
    return strcmp(cci_json_text(award, "kind"), "money") == 0 &&
           json_is_string(json_object_get(award, "fund")) &&
           json_integer_value(json_object_get(award, "minor")) > 0;
}

cocreate_status cci_reward_find(const cci_campaign *c, const char *id, size_t *index,
                                cocreate_error *error)
{
    for (size_t i = 0; i < c->brief.n_rewards; i++)
        if (strcmp(c->brief.rewards[i].id, id) == 0) {
            *index = i;
            return COCREATE_OK;
        }
    return cci_fail(error, COCREATE_ERR_NOT_FOUND, "the campaign has no reward '%s'", id);
}

cocreate_status cci_award_named(cci_engine *e, const cci_campaign *c, const char *id, json_t **row,
                                const char **reward, cocreate_error *error)
{
    json_t *doc;
    CCI_TRY(cci_state_get(e, c->part, CCI_KIND_AWARD, id, &doc, error));
    if (!doc)
        return cci_fail(error, COCREATE_ERR_NOT_FOUND, "the campaign has no award '%s'", id);
    if (!cci_is_money(doc)) {
        json_decref(doc);
        return cci_fail(error, COCREATE_ERR_REFUSED, "award '%s' has no amount to pay", id);
    }
    *row = doc;
    *reward = cci_json_text(doc, "reward");
    return COCREATE_OK;
}

/* ---- reading ---- */

typedef struct loader {
    cci_engine *e;
    const cci_campaign *c;
    cci_book *b;
    const char *reward;
} loader;

static cocreate_status add_payee(const loader *l, const char *to, cocreate_error *error)
{
    json_t *doc;
    if (cci_book_payee(l->b, to))
        return COCREATE_OK;
    CCI_TRY(cci_state_get(l->e, l->c->part, CCI_KIND_PAYEE, to, &doc, error));
    return doc ? cci_book_add_payee(l->b, to, doc, error) : COCREATE_OK;
}

static cocreate_status add_award(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    const loader *l = user;
    (void)id;
    if (!cci_is_money(doc) || strcmp(cci_json_text(doc, "reward"), l->reward) != 0)
        return COCREATE_OK;
    CCI_TRY(cci_book_add(l->b, json_incref(doc), error));
    return add_payee(l, cci_json_text(doc, "to"), error);
}

/* Who awards that are still to come go to, and whom facts are about. */
static cocreate_status add_recipients(const loader *l, const json_t *data, cocreate_error *error)
{
    const json_t *awards = json_object_get(data, "awards");
    const char *payee = json_string_value(json_object_get(data, "participant"));
    if (payee)
        CCI_TRY(add_payee(l, payee, error));
    for (size_t i = 0; i < json_array_size(awards); i++)
        CCI_TRY(add_payee(l, cci_json_text(json_array_get(awards, i), "to"), error));
    return COCREATE_OK;
}

static cocreate_status load(const loader *l, const char *award, const json_t *data,
                            cocreate_error *error)
{
    if (!award || l->b->terms.on_decline == CCI_DECLINE_REDISTRIBUTE) {
        CCI_TRY(cci_state_scan(l->e, l->c->part, CCI_KIND_AWARD, NULL, add_award,
                               (void *)(uintptr_t)l, error));
        const char *payee = cci_json_text(data, "participant"); /* who may have no award yet */
        if (*payee)
            CCI_TRY(add_payee(l, payee, error));
        return add_recipients(l, data, error);
    }
    json_t *doc;
    CCI_TRY(cci_state_get(l->e, l->c->part, CCI_KIND_AWARD, award, &doc, error));
    cocreate_status status = doc ? add_award((void *)(uintptr_t)l, award, doc, error) : COCREATE_OK;
    json_decref(doc);
    return status;
}

static cocreate_status open_book(cci_engine *e, const cci_campaign *c, const char *reward,
                                 cocreate_ledger *ledger, cci_book *b, cocreate_error *error)
{
    size_t index = 0;
    cci_buffer scheme, escrow;
    CCI_TRY(cci_reward_find(c, reward, &index, error));
    cci_buffer_init(&scheme, &e->allocator);
    cci_buffer_init(&escrow, &e->allocator);
    cci_buffer_format(&escrow, "escrow:%s:", reward);
    cocreate_status status = cci_json_canonical(c->brief.rewards[index].scheme, &scheme, error);
    if (status == COCREATE_OK && escrow.failed)
        status = cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_book_init(b, &e->allocator, scheme.data, scheme.size, escrow.data, ledger,
                               error);
    cci_buffer_free(&scheme);
    cci_buffer_free(&escrow);
    return status;
}

/* ---- writing ---- */

static cocreate_status save_award(cci_engine *e, const cci_event *event, const char *reward,
                                  const cci_claim *claim, cocreate_error *error)
{
    if (!json_object_get(claim->doc, "reward") &&
        !cci_json_put(claim->doc, "reward", json_string(reward)))
        return cci_no_memory(error);
    return cci_state_put(e, event->campaign->part, CCI_KIND_AWARD, claim->id, claim->doc, error);
}

static cocreate_status save(cci_engine *e, const cci_event *event, const char *reward,
                            const cci_book *b, size_t before, cocreate_error *error)
{
    size_t index = 0;
    CCI_TRY(cci_reward_find(event->campaign, reward, &index, error));
    const cci_reward_spec *spec = &event->campaign->brief.rewards[index];
    for (size_t i = 0; i < b->n; i++)
        if (b->claims[i].changed) {
            CCI_TRY(cci_release_changed(e, event->campaign, &b->claims[i], error));
            CCI_TRY(cci_obligations_changed(e, event->campaign, spec, &b->claims[i], event->at, error));
            CCI_TRY(save_award(e, event, reward, &b->claims[i], error));
            CCI_TRY(cci_offer_changed(e, event->campaign, spec, b, &b->claims[i], error));
        }
    for (size_t i = 0; i < b->n_payees; i++)
        if (b->payees[i].changed)
            CCI_TRY(cci_state_put(e, event->campaign->part, CCI_KIND_PAYEE, b->payees[i].id,
                                  b->payees[i].doc, error));
    return cci_journal_save(e, event->campaign, b->ledger, before, error);
}

/* ---- acting ---- */

/* `event` NULL: try only. */
static cocreate_status act_on(cci_engine *e, cci_campaign *c, const char *reward,
                              const char *award, const json_t *data, int64_t at,
                              const cci_event *event, cci_money_act act, cocreate_error *error)
{
    cocreate_ledger *ledger = NULL;
    cci_book b = {0};
    loader l = {e, c, &b, reward};
    CCI_TRY(cci_journal_get(e, c, &ledger, error));
    size_t before = cocreate_ledger_count(ledger);
    cocreate_status status = open_book(e, c, reward, ledger, &b, error);
    if (status == COCREATE_OK)
        status = load(&l, award, data, error);
    if (status == COCREATE_OK) {
        b.dry = event == NULL;
        cci_book_begin(&b);
        status = cci_book_end(&b, act(&b, data, at, error));
        if (status == COCREATE_OK && event)
            status = save(e, event, reward, &b, before, error);
    }
    if (b.scheme || b.escrow)
        cci_book_free(&b);
    return status;
}

cocreate_status cci_money_try(cci_engine *e, cci_campaign *c, const char *reward,
                              const char *award, const json_t *data, int64_t at,
                              cci_money_act act, cocreate_error *error)
{
    return act_on(e, c, reward, award, data, at, NULL, act, error);
}

cocreate_status cci_money_apply(cci_engine *e, const cci_event *event, const char *reward,
                                const char *award, cci_money_act act, cocreate_error *error)
{
    cocreate_status status = act_on(e, event->campaign, reward, award, event->data, event->at,
                                    event, act, error);
    return status == COCREATE_EXISTS
               ? cci_fail(error, COCREATE_ERR_CORRUPT, "event %s says what was said before",
                          event->type)
               : status;
}

cocreate_status
cci_money_note(cci_campaign *c, const char *table, const char *reward, json_t *value, cocreate_error *error)
{
    json_t *old = json_object_get(c->doc, table);
    json_t *now = old ? cci_json_copy(old) : cci_json_new();
    int made = cci_json_put(now, reward, value);
    c->dirty = 1;
    if (made)
        made = cci_json_put(c->doc, table, now);
    else
        json_decref(now);
    return made ? COCREATE_OK : cci_no_memory(error);
}

/* The reward that an event is about, and the award where it is about one. `row` is owned by the caller. */
static cocreate_status subject(cci_engine *e, const cci_campaign *c, const json_t *data,
                               json_t **row, const char **reward, const char **award,
                               cocreate_error *error)
{
    *row = NULL;
    *award = NULL;
    CCI_TRY(cci_json_id_opt(data, "award", award, &CCI_ROOT, error));
    return *award ? cci_award_named(e, c, *award, row, reward, error)
                  : cci_json_id(data, "reward", reward, &CCI_ROOT, error);
}

static json_t *members_of(const json_t *body, const char *const *keys)
{
    json_t *data = cci_json_new();
    for (size_t i = 0; keys[i]; i++) {
        json_t *value = json_object_get(body, keys[i]);
        if (value && !json_is_null(value) && !cci_json_put(data, keys[i], json_incref(value))) {
            json_decref(data);
            return NULL;
        }
    }
    return data;
}

cocreate_status cci_money_decide(cci_engine *e, const cci_command *command, const char *type,
                                 const char *const *keys, cci_money_act act,
                                 cci_decision *decision, cocreate_error *error)
{
    json_t *data = members_of(command->body, keys), *row = NULL;
    const char *reward = NULL, *award = NULL;
    if (!data)
        return cci_no_memory(error);
    cocreate_status status =
        subject(e, command->campaign, data, &row, &reward, &award, error);
    if (status == COCREATE_OK)
        status = cci_money_try(e, command->campaign, reward, award, data, command->at, act, error);
    json_decref(row);
    if (status == COCREATE_OK)
        return cci_decide(decision, type, command->campaign, data, error);
    json_decref(data);
    decision->exists = status == COCREATE_EXISTS;
    return status == COCREATE_EXISTS ? COCREATE_OK : status;
}

cocreate_status cci_money_done(cci_engine *e, const cci_event *event, cci_money_act act,
                               cocreate_error *error)
{
    json_t *row = NULL;
    const char *reward = NULL, *award = NULL;
    cocreate_status status =
        subject(e, event->campaign, event->data, &row, &reward, &award, error);
    if (status == COCREATE_OK)
        status = cci_money_apply(e, event, reward, award, act, error);
    json_decref(row);
    return status;
}

cocreate_status cci_require_recipient(cci_engine *e, const cci_command *command,
                                      const json_t *row, cocreate_error *error)
{
    const char *side;
    if (strcmp(command->actor, cci_json_text(row, "to")) == 0)
        return COCREATE_OK;
    CCI_TRY(cci_side_of(e, command->actor, &side, error));
    if (cci_speaks_for_firm(side))
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_PERMISSION, "award '%s' is not that of '%s'",
                    cci_json_text(row, "id"), command->actor);
}
