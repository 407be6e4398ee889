/* The life of an award: made, accepted or declined, paid, lapsed, reversed; and money back from those
 * who were paid too much. */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "base/time.h"
#include "payout/book.h"
#include "reward/rule.h"

static cocreate_status put_text(cci_claim *claim, const char *key, const char *text,
                                cocreate_error *error)
{
    json_t *doc = cci_json_copy(claim->doc);
    if (!cci_json_put(doc, key, json_string(text))) {
        json_decref(doc);
        return cci_no_memory(error);
    }
    claim->doc = doc;
    return COCREATE_OK;
}

/* cci_change() with words that go into the document. The copies are ours; cci_book_stage() makes its
 * own. */
static cocreate_status change_with(cci_book *b, size_t index, const cci_claim *after,
                                   const char *const words[][2], size_t n, const char *prefix,
                                   const char *name, const char *memo, int64_t at,
                                   const char *counter, cocreate_error *error)
{
    cci_claim claim = *after;
    cocreate_status status = COCREATE_OK;
    json_incref(claim.doc);
    for (size_t i = 0; i < n && status == COCREATE_OK; i++) {
        if (!words[i][1])
            continue;
        json_t *old = claim.doc;
        status = put_text(&claim, words[i][0], words[i][1], error);
        if (status == COCREATE_OK)
            json_decref(old);
    }
    if (status == COCREATE_OK)
        status = cci_change(b, index, &claim, prefix, name, memo, at, counter, error);
    json_decref(claim.doc);
    return status;
}

/* ---- made ---- */

static cocreate_status same_award(const cci_claim *old, const json_t *award, cocreate_error *error)
{
    static const char *const members[] = {"rule", "to", "fund", "currency", "minor"};
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
        if (!json_equal(json_object_get(old->doc, members[i]),
                        json_object_get(award, members[i])))
            return cci_fail(error, COCREATE_ERR_CONFLICT, "award '%s' exists with another %s",
                            old->id, members[i]);
    return COCREATE_EXISTS;
}

static cocreate_status make_claim(cci_book *b, const json_t *award, int64_t at,
                                  cocreate_error *error)
{
    json_t *doc = cci_json_copy(award);
    if (!doc)
        return cci_no_memory(error);
    cci_claim claim;
    CCI_TRY(cci_claim_read(b, doc, &claim, error));
    claim.at = at;
    cocreate_status status = cci_deductions_of(b, claim.to, &claim.applies, error);
    cocreate_error why = {0};
    if (status == COCREATE_OK) {
        status = cci_change(b, b->n, &claim, "award:", claim.id, claim.rule, at, NULL, &why);
        if (status != COCREATE_OK)
            status = cci_fail(error, status, "award '%s' to '%.60s': %s", claim.id, claim.to,
                              why.text);
    }
    json_decref(doc);
    return status;
}

cocreate_status cci_book_award(cci_book *b, const json_t *award, int64_t at, cocreate_error *error)
{
    const char *id, *kind = "money";
    int64_t minor = 0;
    CCI_TRY(cci_json_id(award, "id", &id, &CCI_ROOT, error));
    CCI_TRY(cci_json_string_opt(award, "kind", &kind, &CCI_ROOT, error));
    CCI_TRY(cci_json_i64_opt(award, "minor", 0, CCI_JSON_INTEGER_MAX, &minor, &CCI_ROOT, error));
    if (strcmp(kind, "money") != 0 || minor == 0)
        return COCREATE_EXISTS; /* a badge, or nothing to pay */
    uint32_t found = cci_table_find(&b->by_id, id, strlen(id));
    if (found != CCI_TABLE_NONE)
        return same_award(&b->claims[found], award, error);
    return make_claim(b, award, at, error);
}

/* ---- accepted, declined, reversed ---- */

static cocreate_status refuse_ended(const cci_claim *claim, cocreate_error *error)
{
    return cci_fail(error, COCREATE_ERR_REFUSED, "award '%s' is %s", claim->id,
                    cci_claim_state_name(claim->state));
}

static cocreate_status refuse_late(const cci_claim *claim, const char *what, int64_t by,
                                   cocreate_error *error)
{
    char text[CCI_TIME_TEXT];
    return cci_fail(error, COCREATE_ERR_REFUSED, "award '%s' was to be %s before %s", claim->id,
                    what, cci_time_text(by, text));
}

cocreate_status cci_book_accept(cci_book *b, const char *id, int64_t at, cocreate_error *error)
{
    size_t index = 0;
    CCI_TRY(cci_book_find(b, id, &index, error));
    cci_claim after = b->claims[index];
    if (after.state == CCI_CLAIM_ACCEPTED || after.state == CCI_CLAIM_PAID)
        return COCREATE_EXISTS;
    if (after.state != CCI_CLAIM_OFFERED)
        return refuse_ended(&after, error);
    if (at >= cci_accept_by(b, &after))
        return refuse_late(&after, "accepted", cci_accept_by(b, &after), error);
    after.state = CCI_CLAIM_ACCEPTED;
    return cci_book_stage(b, index, &after, error);
}

/* What a fund gets back may go to the others of the rule, in proportion to what they have. */
static cocreate_status bonus(cci_book *b, const cci_claim *from, const cci_claim *to,
                             int64_t minor, int64_t at, cocreate_error *error)
{
    char id[17], amount[COCREATE_AMOUNT_TEXT];
    cci_buffer name;
    cci_buffer_init(&name, &b->allocator);
    cci_buffer_format(&name, "redistribute:%s:%s", from->id, to->id);
    if (name.failed) {
        cci_buffer_free(&name);
        return cci_no_memory(error);
    }
    cci_digest digest = cci_sha256(name.data, name.size);
    cci_buffer_free(&name);
    cci_hex(digest.bytes, 8, id);
    json_t *doc = cci_json_new();
    int ok = cci_json_put(doc, "id", json_string(id)) &&
             cci_json_put(doc, "rule", json_string(from->rule)) &&
             cci_json_put(doc, "to", json_string(to->to)) &&
             cci_json_put(doc, "kind", json_string("money")) &&
             cci_json_put(doc, "fund", json_string(from->fund)) &&
             cci_json_put(doc, "currency", json_string(b->scheme->currency)) &&
             cci_json_put(doc, "minor", json_integer(minor)) &&
             cci_json_put(doc, "amount", json_string(cci_book_amount(b, minor, amount))) &&
             cci_json_put(doc, "from", json_string(from->id));
    cocreate_status status = ok ? make_claim(b, doc, at, error) : cci_no_memory(error);
    json_decref(doc);
    return status;
}

typedef struct heirs {
    size_t *indices;
    int64_t *weights, *shares;
    size_t n;
} heirs;

static int inherits(const cci_book *b, const cci_claim *claim, const cci_claim *from, int64_t at)
{
    return claim->state <= CCI_CLAIM_PAID && claim->gross > 0 && !cci_claim_lapses(b, claim, at) &&
           strcmp(claim->rule, from->rule) == 0 && strcmp(claim->fund, from->fund) == 0 &&
           strcmp(claim->to, from->to) != 0 && !json_object_get(claim->doc, "from");
}

static cocreate_status share_out(cci_book *b, size_t index, int64_t pool, heirs *h, int64_t at,
                                 cocreate_error *error)
{
    const cci_claim *from = &b->claims[index];
    int64_t returned;
    for (size_t i = 0; i < b->n; i++)
        if (i != index && inherits(b, &b->claims[i], from, at)) {
            h->weights[h->n] = b->claims[i].gross;
            h->indices[h->n++] = i;
        }
    if (h->n == 0)
        return COCREATE_OK;
    CCI_TRY(cocreate_split(pool, h->weights, h->n, NULL, h->shares, &returned, error));
    for (size_t i = 0; i < h->n; i++)
        if (h->shares[i] > 0)
            CCI_TRY(bonus(b, &b->claims[index], &b->claims[h->indices[i]], h->shares[i], at,
                          error));
    return COCREATE_OK;
}

/* The heirs stand in the order of the awards, and ties of remainders go to the first. */
static cocreate_status redistribute(cci_book *b, size_t index, int64_t at, cocreate_error *error)
{
    if (b->terms.on_decline != CCI_DECLINE_REDISTRIBUTE)
        return COCREATE_OK;
    heirs h = {cci_alloc(&b->allocator, b->n, sizeof *h.indices),
               cci_alloc(&b->allocator, b->n, sizeof *h.weights),
               cci_alloc(&b->allocator, b->n, sizeof *h.shares), 0};
    cocreate_status status = h.indices && h.weights && h.shares
                                 ? share_out(b, index, b->claims[index].gross, &h, at, error)
                                 : cci_no_memory(error);
    cci_free(&b->allocator, h.indices);
    cci_free(&b->allocator, h.weights);
    cci_free(&b->allocator, h.shares);
    return status;
}

/* The claim ends: what is not paid goes back to the escrow, what was is to be given back. */
static cocreate_status end_claim(cci_book *b, size_t index, cci_claim_state state,
                                 const char *prefix, const char *reason, int64_t at,
                                 cocreate_error *error)
{
    const char *const words[][2] = {{"reason", reason}};
    cci_claim after = b->claims[index];
    after.state = (int)state;
    return change_with(b, index, &after, words, 1, prefix, after.id, reason, at, NULL, error);
}

cocreate_status cci_book_decline(cci_book *b, const char *id, const char *reason, int64_t at,
                                 cocreate_error *error)
{
    size_t index = 0;
    CCI_TRY(cci_book_find(b, id, &index, error));
    const cci_claim *claim = &b->claims[index];
    if (claim->state == CCI_CLAIM_DECLINED)
        return COCREATE_EXISTS;
    if (claim->state > CCI_CLAIM_DECLINED || claim->paid > 0)
        return claim->paid > 0 ? cci_fail(error, COCREATE_ERR_REFUSED,
                                          "award '%s' is paid: it can be reversed", id)
                               : refuse_ended(claim, error);
    CCI_TRY(end_claim(b, index, CCI_CLAIM_DECLINED, "decline:", reason, at, error));
    return redistribute(b, index, at, error);
}

cocreate_status cci_book_reverse(cci_book *b, const char *id, const char *reason, int64_t at,
                                 cocreate_error *error)
{
    size_t index = 0;
    CCI_TRY(cci_book_find(b, id, &index, error));
    const cci_claim *claim = &b->claims[index];
    if (claim->state == CCI_CLAIM_REVERSED)
        return COCREATE_EXISTS;
    if (claim->state > CCI_CLAIM_PAID)
        return refuse_ended(claim, error);
    return end_claim(b, index, CCI_CLAIM_REVERSED, "rev:", reason, at, error);
}

cocreate_status cci_book_reduce(cci_book *b, const char *id, int64_t minor, const char *reason, int64_t at,
                                cocreate_error *error)
{
    const char *const words[][2] = {{"late", reason}};
    size_t index = 0;
    CCI_TRY(cci_book_find(b, id, &index, error));
    cci_claim after = b->claims[index];
    if (after.state > CCI_CLAIM_ACCEPTED || after.paid > 0 || minor > after.gross)
        return refuse_ended(&after, error);
    after.gross -= minor;
    return change_with(b, index, &after, words, 1, "late:", after.id, reason, at, NULL, error);
}

int cci_claim_lapses(const cci_book *b, const cci_claim *claim, int64_t at)
{
    int unaccepted = claim->state == CCI_CLAIM_OFFERED && at >= cci_accept_by(b, claim);
    return cci_claim_is_open(claim) && claim->paid == 0 &&
           (unaccepted || at >= cci_claim_by(b, claim));
}

cocreate_status cci_book_lapse(cci_book *b, size_t index, int64_t at, cocreate_error *error)
{
    const cci_claim *claim = &b->claims[index];
    const char *reason = claim->state == CCI_CLAIM_OFFERED && at >= cci_accept_by(b, claim)
                             ? "not accepted in time"
                             : "not claimed in time";
    CCI_TRY(end_claim(b, index, CCI_CLAIM_EXPIRED, "lapse:", reason, at, error));
    return redistribute(b, index, at, error);
}

/* ---- paid ---- */

/* Is it this very payment, or one that cannot be? COCREATE_OK: neither. */
static cocreate_status check_reference(const cci_book *b, const cci_claim *claim, const char *key,
                                       const char *reference, const char *rail, int64_t payable,
                                       cocreate_error *error)
{
    const char *old = json_string_value(json_object_get(claim->doc, "reference"));
    const char *old_rail = json_string_value(json_object_get(claim->doc, "rail"));
    if (old && strcmp(old, reference) == 0) {
        if (old_rail && strcmp(old_rail, rail) == 0)
            return COCREATE_EXISTS;
        return cci_fail(error, COCREATE_ERR_CONFLICT, "award '%s' is paid by another rail",
                        claim->id);
    }
    if (claim->state == CCI_CLAIM_PAID && payable == 0)
        return cci_fail(error, COCREATE_ERR_CONFLICT, "award '%s' is paid with another reference",
                        claim->id);
    if (cci_ledger_find(b->ledger, key) != CCI_TABLE_NONE)
        return cci_fail(error, COCREATE_ERR_CONFLICT,
                        "reference '%s' is that of another payment", reference);
    return COCREATE_OK;
}

static cocreate_status check_payable(const cci_book *b, const cci_claim *claim, int64_t payable,
                                     int64_t at, cocreate_error *error)
{
    char text[CCI_TIME_TEXT];
    if (claim->state > CCI_CLAIM_PAID)
        return refuse_ended(claim, error);
    if (payable == 0)
        return cci_fail(error, COCREATE_ERR_REFUSED, "award '%s' has no amount to pay", claim->id);
    if (claim->state == CCI_CLAIM_OFFERED && b->terms.accept > 0)
        return cci_fail(error, COCREATE_ERR_REFUSED, "award '%s' is not accepted", claim->id);
    if (at >= cci_claim_by(b, claim))
        return refuse_late(claim, "claimed", cci_claim_by(b, claim), error);
    if (at < cci_payable_from(b, claim))
        return cci_fail(error, COCREATE_ERR_REFUSED, "award '%s' is held until %s", claim->id,
                        cci_time_text(cci_payable_from(b, claim), text));
    return cci_may_pay(b, claim, payable, at, error);
}

cocreate_status cci_book_pay(cci_book *b, const char *id, const char *reference, const char *rail,
                             int64_t at, cocreate_error *error)
{
    char cash[COCREATE_ACCOUNT_MAX + 1], key[COCREATE_ACCOUNT_MAX + 1];
    size_t index = 0;
    cci_position p;
    if (at > CCI_JSON_INTEGER_MAX || at < -CCI_JSON_INTEGER_MAX)
        return cci_fail(error, COCREATE_ERR_OVERFLOW, "the time is beyond 2^53 - 1 microseconds");
    CCI_TRY(cci_id_check(reference, "reference", error));
    CCI_TRY(cci_id_check(rail, "rail", error));
    CCI_TRY(cci_book_find(b, id, &index, error));
    CCI_TRY(cci_account_name(cash, "cash:", rail, error));
    CCI_TRY(cci_account_name(key, "pay:", reference, error));
    cci_claim after = b->claims[index];
    CCI_TRY(cci_claim_position(b, &after, &p, error));
    CCI_TRY(check_reference(b, &after, key, reference, rail, p.payable, error));
    CCI_TRY(check_payable(b, &after, p.payable, at, error));
    json_t *noted;
    CCI_TRY(cci_payment_prepare(b, after.to, at, p.payable, &noted, error));
    after.paid += p.payable;
    after.state = CCI_CLAIM_PAID;
    const char *const words[][2] = {{"reference", reference}, {"rail", rail}};
    cocreate_status status =
        change_with(b, index, &after, words, 2, "pay:", reference, id, at, cash, error);
    if (status == COCREATE_OK)
        cci_payment_note(b, after.to, noted);
    else
        json_decref(noted);
    return status;
}

/* ---- back ---- */

static cocreate_status check_owed(const cci_book *b, const cci_claim *claim, int64_t minor,
                                  cocreate_error *error)
{
    char is[COCREATE_AMOUNT_TEXT], wants[COCREATE_AMOUNT_TEXT];
    cci_position p;
    CCI_TRY(cci_claim_position(b, claim, &p, error));
    if (minor <= 0)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "the amount is not more than 0");
    if (minor > -p.receivable)
        return cci_fail(error, COCREATE_ERR_REFUSED,
                        "'%.60s' owes %s for award '%s', less than %s", claim->to,
                        cci_book_amount(b, -p.receivable, is), claim->id,
                        cci_book_amount(b, minor, wants));
    return COCREATE_OK;
}

static cocreate_status give_back(cci_book *b, const char *id, int64_t minor, const char *prefix,
                                 const char *reference, const char *counter, int is_recovery,
                                 int64_t at, cocreate_error *error)
{
    char key[COCREATE_ACCOUNT_MAX + 1], account[COCREATE_ACCOUNT_MAX + 1];
    size_t index = 0;
    CCI_TRY(cci_id_check(reference, "reference", error));
    CCI_TRY(cci_book_find(b, id, &index, error));
    cci_claim after = b->claims[index];
    CCI_TRY(cci_account_name(key, prefix, reference, error));
    CCI_TRY(cci_account_name(account, "receivable:clawback:", after.to, error));
    CCI_TRY(cci_book_check_key(b, key, account, minor, error));
    CCI_TRY(check_owed(b, &after, minor, error));
    if (is_recovery)
        after.recovered += minor;
    else
        after.forgiven += minor;
    return cci_change(b, index, &after, prefix, reference, id, at, counter, error);
}

cocreate_status cci_book_recover(cci_book *b, const char *id, int64_t minor,
                                 const char *reference, const char *rail, int64_t at,
                                 cocreate_error *error)
{
    char cash[COCREATE_ACCOUNT_MAX + 1];
    CCI_TRY(cci_id_check(rail, "rail", error));
    CCI_TRY(cci_account_name(cash, "cash:", rail, error));
    return give_back(b, id, minor, "recover:", reference, cash, 1, at, error);
}

cocreate_status cci_book_write_off(cci_book *b, const char *id, int64_t minor,
                                   const char *reference, int by_sponsor, int64_t at,
                                   cocreate_error *error)
{
    return give_back(b, id, minor, "writeoff:", reference, by_sponsor ? "sponsor:budget" : NULL, 0,
                     at, error);
}
