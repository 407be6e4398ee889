/* A change after the awards: what another evaluation gives, less what the claims say, for each rule and
 * recipient. First what comes back, then what is added, as far as there is cash for it.
 *
 * The claims of a pair are filled up to the new total in order, each up to what it was awarded; the rest
 * is one claim more. So the outcome depends on the total alone, not on the way there. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "base/text.h"
#include "payout/book.h"
#include "reward/rule.h"

/* A claim, or an award of the new evaluation. */
typedef struct item {
    const char *rule, *to, *fund;
    size_t index; /* of the claim, or of the award */
    int64_t minor;
    int is_award;
    int is_extra; /* a claim that an adjustment added: it takes what is left */
} item;

typedef struct adjustment {
    cci_book *b;
    item *items;
    size_t n;
    int64_t *spendable; /* of each fund of the scheme */
    int64_t revision, at;
    int coming_back; /* of the two passes, the first */
    size_t changed;
} adjustment;

static int by_pair(const item *x, const item *y)
{
    int order = strcmp(x->rule, y->rule);
    return order != 0 ? order : strcmp(x->to, y->to);
}

/* Claims before awards, what was added last. */
static int by_place(const void *a, const void *b)
{
    const item *x = a, *y = b;
    int order = by_pair(x, y);
    if (order != 0)
        return order;
    if (x->is_award != y->is_award)
        return x->is_award - y->is_award;
    if (x->is_extra != y->is_extra)
        return x->is_extra - y->is_extra;
    return (x->index > y->index) - (x->index < y->index);
}

/* ---- collecting ---- */

static cocreate_status read_award(const cci_book *b, const json_t *award, const cci_path *path,
                                  item *out, int *is_money, cocreate_error *error)
{
    const char *kind = "money", *currency = b->scheme->currency;
    *is_money = 0;
    CCI_TRY(cci_json_object(award, path, error));
    CCI_TRY(cci_json_string_opt(award, "kind", &kind, path, error));
    CCI_TRY(cci_json_i64_opt(award, "minor", 0, CCI_JSON_INTEGER_MAX, &out->minor, path, error));
    if (strcmp(kind, "money") != 0 || out->minor == 0)
        return COCREATE_OK;
    *is_money = 1;
    CCI_TRY(cci_json_id(award, "rule", &out->rule, path, error));
    CCI_TRY(cci_json_id(award, "to", &out->to, path, error));
    CCI_TRY(cci_json_id(award, "fund", &out->fund, path, error));
    CCI_TRY(cci_json_string_opt(award, "currency", &currency, path, error));
    if (strcmp(currency, b->scheme->currency) == 0)
        return COCREATE_OK;
    return cci_json_fail(error, COCREATE_ERR_ARGUMENT, path, "is in %.12s, the scheme in %.12s",
                         currency, b->scheme->currency);
}

static cocreate_status collect(adjustment *a, const json_t *awards, cocreate_error *error)
{
    const cci_book *b = a->b;
    cci_path root = CCI_ROOT, at = cci_path_key(&root, "awards");
    a->items = cci_alloc(&b->allocator, b->n + json_array_size(awards), sizeof *a->items);
    if (!a->items)
        return cci_no_memory(error);
    for (size_t i = 0; i < b->n; i++) {
        const cci_claim *c = &b->claims[i];
        if (!json_object_get(c->doc, "from")) /* what others left is not evaluated */
            a->items[a->n++] = (item){c->rule, c->to, c->fund, i, 0, 0, c->awarded == 0};
    }
    for (size_t i = 0; i < json_array_size(awards); i++) {
        cci_path here = cci_path_at(&at, i);
        item it = {.index = i, .is_award = 1};
        int is_money;
        CCI_TRY(read_award(b, json_array_get(awards, i), &here, &it, &is_money, error));
        if (is_money)
            a->items[a->n++] = it;
    }
    qsort(a->items, a->n, sizeof *a->items, by_place);
    return COCREATE_OK;
}

static cocreate_status collect_cash(adjustment *a, cocreate_error *error)
{
    const cocreate_scheme *s = a->b->scheme;
    a->spendable = cci_alloc(&a->b->allocator, s->n_funds, sizeof *a->spendable);
    if (!a->spendable)
        return cci_no_memory(error);
    for (size_t i = 0; i < s->n_funds; i++)
        CCI_TRY(cci_book_spendable(a->b, s->funds[i].id, &a->spendable[i], error));
    return COCREATE_OK;
}

/* ---- one pair ---- */

/* The claims of a pair as they were and as they will be. */
typedef struct change {
    const item *items;
    size_t n; /* claims and awards */
    int64_t total, left;
    cci_moves moves;
    size_t changed;
    int post;
} change;

/* Who was paid too much may keep it, where the terms say so: then the sponsor pays it in. */
static cocreate_status honour(const cci_book *b, cci_claim *after, cci_moves *moves,
                              cocreate_error *error)
{
    cci_position p;
    if (!b->terms.honour)
        return COCREATE_OK;
    CCI_TRY(cci_claim_position(b, after, &p, error));
    after->forgiven -= p.receivable;
    moves->sponsor += p.receivable;
    return COCREATE_OK;
}

static cocreate_status fill_claim(adjustment *a, change *c, const item *it, cocreate_error *error)
{
    cci_book *b = a->b;
    const cci_claim *before = &b->claims[it->index];
    cci_claim after = *before;
    int64_t most = it->is_extra ? c->left : before->awarded;
    after.gross = most < c->left ? most : c->left;
    c->left -= after.gross;
    if (after.gross == before->gross)
        return COCREATE_OK;
    CCI_TRY(honour(b, &after, &c->moves, error));
    CCI_TRY(cci_moves_add(b, before, &after, &c->moves, error));
    c->changed++;
    return c->post ? cci_book_stage(b, it->index, &after, error) : COCREATE_OK;
}

static json_t *extra_document(const adjustment *a, const item *it, int64_t minor, const char *id)
{
    char amount[COCREATE_AMOUNT_TEXT];
    json_t *doc = cci_json_new();
    if (cci_json_put(doc, "id", json_string(id)) &&
        cci_json_put(doc, "rule", json_string(it->rule)) &&
        cci_json_put(doc, "to", json_string(it->to)) &&
        cci_json_put(doc, "kind", json_string("money")) &&
        cci_json_put(doc, "fund", json_string(it->fund)) &&
        cci_json_put(doc, "currency", json_string(a->b->scheme->currency)) &&
        cci_json_put(doc, "minor", json_integer(minor)) &&
        cci_json_put(doc, "amount", json_string(cci_book_amount(a->b, minor, amount))) &&
        cci_json_put(doc, "revision", json_integer(a->revision)))
        return doc;
    json_decref(doc);
    return NULL;
}

/* The id depends on what it is for alone. */
static cocreate_status extra_id(const cci_book *b, const item *it, char id[17],
                                cocreate_error *error)
{
    cci_buffer name;
    cci_buffer_init(&name, &b->allocator);
    cci_buffer_format(&name, "adjust:%s%s", b->escrow, it->fund);
    cci_buffer_byte(&name, 0);
    cci_buffer_format(&name, "%s", it->rule);
    cci_buffer_byte(&name, 0);
    cci_buffer_format(&name, "%s", it->to);
    int failed = name.failed;
    if (!failed) {
        cci_digest digest = cci_sha256(name.data, name.size);
        cci_hex(digest.bytes, 8, id);
    }
    cci_buffer_free(&name);
    return failed ? cci_no_memory(error) : COCREATE_OK;
}

static cocreate_status add_extra(adjustment *a, change *c, const item *it, cocreate_error *error)
{
    char id[17];
    cci_claim claim;
    CCI_TRY(extra_id(a->b, it, id, error));
    json_t *doc = extra_document(a, it, c->left, id);
    if (!doc)
        return cci_no_memory(error);
    CCI_TRY(cci_claim_read(a->b, doc, &claim, error));
    claim.at = a->at;
    cocreate_status status = cci_deductions_of(a->b, claim.to, &claim.applies, error);
    if (status == COCREATE_OK)
        status = cci_moves_add(a->b, NULL, &claim, &c->moves, error);
    if (status == COCREATE_OK && c->post)
        status = cci_book_stage(a->b, a->b->n, &claim, error);
    json_decref(doc);
    c->left = 0;
    c->changed++;
    return status;
}

static cocreate_status fill(adjustment *a, change *c, cocreate_error *error)
{
    c->left = c->total;
    c->changed = 0;
    memset(&c->moves, 0, sizeof c->moves);
    for (size_t i = 0; i < c->n; i++)
        if (!c->items[i].is_award)
            CCI_TRY(fill_claim(a, c, &c->items[i], error));
    return c->left > 0 ? add_extra(a, c, &c->items[c->n - 1], error) : COCREATE_OK;
}

/* The cash test: what is only a claim on somebody cannot be promised again. */
static cocreate_status spend(adjustment *a, const change *c, cocreate_error *error)
{
    char more[COCREATE_AMOUNT_TEXT], has[COCREATE_AMOUNT_TEXT];
    const cocreate_scheme *s = a->b->scheme;
    const item *it = &c->items[0];
    size_t f = 0;
    while (f < s->n_funds && strcmp(s->funds[f].id, it->fund) != 0)
        f++;
    if (f == s->n_funds)
        return cci_fail(error, COCREATE_ERR_NOT_FOUND, "rule '%.64s': no fund '%.64s'", it->rule,
                        it->fund);
    int64_t before = a->spendable[f], move = cci_moves_rest(&c->moves) + c->moves.receivable;
    a->spendable[f] = before + move;
    if (a->spendable[f] >= 0 || move >= 0)
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_REFUSED,
                    "rule '%.48s', '%.48s': %s more is due, but only %s of fund '%.32s' is there to "
                    "spend",
                    it->rule, it->to, cci_book_amount(a->b, -move, more),
                    cci_book_amount(a->b, before, has), it->fund);
}

static cocreate_status post_pair(adjustment *a, change *c, cocreate_error *error)
{
    char key[COCREATE_ACCOUNT_MAX + 1], escrow[COCREATE_ACCOUNT_MAX + 1];
    const item *it = &c->items[0];
    cci_buffer name;
    CCI_TRY(spend(a, c, error));
    CCI_TRY(cci_account_name(escrow, a->b->escrow, it->fund, error));
    cci_buffer_init(&name, &a->b->allocator);
    cci_buffer_format(&name, "%" PRId64 ":%s:%s", a->revision, it->rule, it->to);
    cocreate_status status = name.failed ? cci_no_memory(error)
                                         : cci_account_name(key, "adj:", name.data, error);
    cci_buffer_free(&name);
    CCI_TRY(status);
    return cci_moves_post(a->b, key, it->rule, a->at, it->to, escrow, &c->moves, error);
}

static cocreate_status adjust_pair(adjustment *a, const item *items, size_t n,
                                   cocreate_error *error)
{
    change c = {.items = items, .n = n};
    for (size_t i = 0; i < n; i++)
        if (items[i].is_award && (!cci_add_i64(c.total, items[i].minor, &c.total) ||
                                  c.total > CCI_MINOR_MAX))
            return cci_fail(error, COCREATE_ERR_OVERFLOW,
                            "rule '%.64s', '%.64s': the awards sum to more than 2^53 - 1 minor units",
                            items[i].rule, items[i].to);
    CCI_TRY(fill(a, &c, error));
    if (c.changed == 0 || (cci_moves_rest(&c.moves) >= 0) != a->coming_back)
        return COCREATE_OK;
    c.post = 1;
    CCI_TRY(fill(a, &c, error));
    a->changed++;
    return post_pair(a, &c, error);
}

static cocreate_status adjust(adjustment *a, const json_t *awards, cocreate_error *error)
{
    CCI_TRY(collect(a, awards, error));
    CCI_TRY(collect_cash(a, error));
    for (a->coming_back = 1; a->coming_back >= 0; a->coming_back--)
        for (size_t i = 0, end; i < a->n; i = end) {
            for (end = i + 1; end < a->n && by_pair(&a->items[i], &a->items[end]) == 0;)
                end++;
            CCI_TRY(adjust_pair(a, &a->items[i], end - i, error));
        }
    return a->changed > 0 ? COCREATE_OK : COCREATE_EXISTS;
}

cocreate_status cci_book_adjust(cci_book *b, const json_t *awards, int64_t revision, int64_t at,
                                cocreate_error *error)
{
    adjustment a = {.b = b, .revision = revision, .at = at};
    if (revision < 1 || revision > CCI_JSON_INTEGER_MAX)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "revision %" PRId64 " is not above 0",
                        revision);
    cocreate_status status = adjust(&a, awards, error);
    cci_free(&b->allocator, a.items);
    cci_free(&b->allocator, a.spendable);
    return status;
}
