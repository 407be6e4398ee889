/* {"do":"fee.pay"}: a contributor paid what a submission costs. What the firm pays for publishing is posted
 * with the funds. */
#include "campaign/money/fees.h"

#include <string.h>

#include "campaign/guards.h"
#include "campaign/money/journal.h"

static cocreate_status fee_find(const cci_campaign *c, const char *id, const cci_fee **out,
                                cocreate_error *error)
{
    for (size_t i = 0; i < c->brief.n_fees; i++)
        if (strcmp(c->brief.fees[i].id, id) == 0) {
            *out = &c->brief.fees[i];
            return COCREATE_OK;
        }
    return cci_fail(error, COCREATE_ERR_NOT_FOUND, "the campaign has no fee '%s'", id);
}

/* ---- rows {"paid", "used"} of a fee and a person ---- */

static int64_t count_of(const json_t *row, const char *key)
{
    return json_integer_value(json_object_get(row, key));
}

/* One more paid or used. */
static cocreate_status add_one(cci_engine *e, const cci_campaign *c, const char *fee,
                               const char *person, const char *what, cocreate_error *error)
{
    json_t *row = NULL;
    CCI_TRY(cci_state_get_by(e, c->part, CCI_KIND_FEE, CCI_KEY(fee, person), &row, error));
    if (!row)
        row = cci_json_new();
    cocreate_status status =
        cci_json_put(row, what, json_integer(count_of(row, what) + 1))
            ? cci_state_put_by(e, c->part, CCI_KIND_FEE, CCI_KEY(fee, person), row, error)
            : cci_no_memory(error);
    json_decref(row);
    return status;
}

/* ---- submissions ---- */

static const char *payer(const char *actor, const json_t *authors)
{
    return strcmp(actor, CCI_HOST) == 0
               ? json_string_value(json_object_get(json_array_get(authors, 0), "participant"))
               : actor;
}

cocreate_status cci_fees_require(cci_engine *e, const cci_campaign *c, const char *actor,
                                 const json_t *authors, cocreate_error *error)
{
    for (size_t i = 0; i < c->brief.n_fees; i++) {
        const cci_fee *fee = &c->brief.fees[i];
        const char *person = payer(actor, authors);
        json_t *row = NULL;
        if (!fee->on_submit)
            continue;
        CCI_TRY(cci_state_get_by(e, c->part, CCI_KIND_FEE, CCI_KEY(fee->id, person), &row, error));
        int64_t paid = count_of(row, "paid"), used = count_of(row, "used");
        json_decref(row);
        if (paid <= used)
            return cci_fail(error, COCREATE_ERR_REFUSED,
                            "$.fees[%zu]: a submission costs %s %s; '%s' has paid %lld and "
                            "submitted %lld: fee.pay first",
                            i, fee->amount, fee->currency, person, (long long)paid,
                            (long long)used);
    }
    return COCREATE_OK;
}

cocreate_status cci_fees_use(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const cci_campaign *c = event->campaign;
    const char *person = payer(event->actor, json_object_get(event->data, "authors"));
    for (size_t i = 0; i < c->brief.n_fees; i++)
        if (c->brief.fees[i].on_submit)
            CCI_TRY(add_one(e, c, c->brief.fees[i].id, person, "used", error));
    return COCREATE_OK;
}

/* ---- publishing ---- */

cocreate_status cci_fees_lines(const cci_campaign *c, json_t *data, cocreate_error *error)
{
    json_t *lines = json_array();
    int made = lines != NULL;
    for (size_t i = 0; i < c->brief.n_fees && made; i++) {
        const cci_fee *fee = &c->brief.fees[i];
        json_t *line = cci_json_new();
        if (fee->on_submit || fee->on_refund) {
            json_decref(line);
            continue;
        }
        made = cci_json_put(line, "fee", json_string(fee->id)) &&
               cci_json_put(line, "currency", json_string(fee->currency)) &&
               cci_json_put(line, "minor", json_integer(fee->minor)) &&
               cci_json_push(lines, json_incref(line));
        json_decref(line);
    }
    if (made && json_array_size(lines) > 0)
        made = cci_json_put(data, "fees", json_incref(lines));
    json_decref(lines);
    return made ? COCREATE_OK : cci_no_memory(error);
}

/* "fee:<fee>:<reference>", from somewhere to "fees:<fee>". */
static cocreate_status post(cci_engine *e, cocreate_ledger *ledger, const char *fee,
                            const char *reference, const char *from, const char *currency,
                            int64_t minor, int64_t at, cocreate_error *error)
{
    char *key = cci_account(e, "fee", fee, reference);
    char *account = cci_account(e, "fees", fee, NULL);
    const cci_transfer t = {key, NULL, from, account, currency, minor};
    cocreate_status status =
        key && account ? cci_journal_transfer(ledger, at, &t, error) : cci_no_memory(error);
    cci_free(&e->allocator, key);
    cci_free(&e->allocator, account);
    return status;
}

cocreate_status cci_fees_post(cci_engine *e, cocreate_ledger *ledger, const cci_event *event,
                              cocreate_error *error)
{
    const json_t *lines = json_object_get(event->data, "fees");
    for (size_t i = 0; i < json_array_size(lines); i++) {
        const json_t *line = json_array_get(lines, i);
        const char *fee, *currency;
        CCI_TRY(cci_json_id(line, "fee", &fee, &CCI_ROOT, error));
        CCI_TRY(cci_json_id(line, "currency", &currency, &CCI_ROOT, error));
        CCI_TRY(post(e, ledger, fee, "publish", "sponsor:budget", currency,
                     count_of(line, "minor"), event->at, error));
    }
    return COCREATE_OK;
}

/* ---- the command ---- */

typedef struct payment {
    const char *fee, *participant, *reference, *rail;
} payment;

static cocreate_status read_payment(const json_t *from, payment *p, cocreate_error *error)
{
    p->rail = "bank";
    CCI_TRY(cci_json_id(from, "fee", &p->fee, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(from, "participant", &p->participant, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(from, "reference", &p->reference, &CCI_ROOT, error));
    return cci_json_id_opt(from, "rail", &p->rail, &CCI_ROOT, error);
}

static cocreate_status pay(cci_engine *e, cci_campaign *c, const payment *p, int64_t at,
                           cocreate_ledger *ledger, cocreate_error *error)
{
    const cci_fee *fee = NULL;
    CCI_TRY(fee_find(c, p->fee, &fee, error));
    char *from = cci_account(e, "cash", p->rail, NULL);
    if (!from)
        return cci_no_memory(error);
    cocreate_status status = post(e, ledger, p->fee, p->reference, from, fee->currency, fee->minor,
                                  at, error);
    cci_free(&e->allocator, from);
    return status;
}

/* Row "fee \n \n reference" of kind FEE names who paid: the same again exists. */
static cocreate_status paid_before(cci_engine *e, const cci_campaign *c, const payment *p,
                                   int *exists, cocreate_error *error)
{
    json_t *row = NULL;
    cocreate_status status =
        cci_state_get_by(e, c->part, CCI_KIND_FEE, CCI_KEY(p->fee, "", p->reference), &row, error);
    CCI_TRY(status);
    const char *by = json_string_value(json_object_get(row, "participant"));
    *exists = by && strcmp(by, p->participant) == 0;
    if (by && !*exists)
        status = cci_fail(error, COCREATE_ERR_CONFLICT,
                          "reference '%s' is that of a payment by '%.60s'", p->reference, by);
    json_decref(row);
    return status;
}

static cocreate_status decide(cci_engine *e, const cci_command *command, cci_decision *decision,
                              cocreate_error *error)
{
    cci_campaign *c = command->campaign;
    payment p;
    const char *side;
    const cci_fee *fee = NULL;
    CCI_TRY(read_payment(command->body, &p, error));
    CCI_TRY(fee_find(c, p.fee, &fee, error));
    CCI_TRY(cci_side_of(e, p.participant, &side, error));
    CCI_TRY(paid_before(e, c, &p, &decision->exists, error));
    if (decision->exists)
        return COCREATE_OK;
    if (fee->on_refund)
        return cci_fail(error, COCREATE_ERR_REFUSED,
                        "$.fees[%zu]: '%s' is taken of what goes back to the sponsor, by itself",
                        (size_t)(fee - c->brief.fees), p.fee);
    if (!fee->on_submit)
        return cci_fail(error, COCREATE_ERR_REFUSED,
                        "$.fees[%zu]: the firm pays '%s' when it publishes",
                        (size_t)(fee - c->brief.fees), p.fee);
    CCI_TRY(cci_require_published(c, error));
    json_t *data = cci_json_new();
    if (!cci_json_put(data, "fee", json_string(p.fee)) ||
        !cci_json_put(data, "participant", json_string(p.participant)) ||
        !cci_json_put(data, "reference", json_string(p.reference)) ||
        !cci_json_put(data, "rail", json_string(p.rail))) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, "fee.paid", c, data, error);
}

static cocreate_status put_reference(cci_engine *e, const cci_campaign *c, const payment *p,
                                     cocreate_error *error)
{
    json_t *row = cci_json_new();
    cocreate_status status =
        cci_json_put(row, "participant", json_string(p->participant))
            ? cci_state_put_by(e, c->part, CCI_KIND_FEE, CCI_KEY(p->fee, "", p->reference), row, error)
            : cci_no_memory(error);
    json_decref(row);
    return status;
}

static cocreate_status apply(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    cci_campaign *c = event->campaign;
    payment p;
    cocreate_ledger *ledger;
    CCI_TRY(read_payment(event->data, &p, error));
    CCI_TRY(cci_journal_get(e, c, &ledger, error));
    size_t before = cocreate_ledger_count(ledger);
    CCI_TRY(pay(e, c, &p, event->at, ledger, error));
    CCI_TRY(cci_journal_save(e, c, ledger, before, error));
    CCI_TRY(put_reference(e, c, &p, error));
    return add_one(e, c, p.fee, p.participant, "paid", error);
}

static const cci_parameter parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"fee", "id", 1, "a fee of the brief that a submission costs"},
    {"participant", "id", 1, "who paid"},
    {"reference", "id", 1, "of the payment outside, unique there"},
    {"rail", "id", 0, "how it was paid: account cash:<rail>; default bank"},
    {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_fee_pay = {
    "fee.pay", "Record that somebody paid what a submission costs", parameters, cci_firm_alone, decide, 0};

const cci_event_type cci_event_fee_paid = {"fee.paid", apply, NULL};
