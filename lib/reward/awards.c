/* Awards as an immutable handle and as canonical JSON. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reward/awards.h"

static void text(cci_buffer *b, const char *before, const char *value)
{
    cci_buffer_text(b, before);
    cci_json_quote(b, value, strlen(value));
}

static void amount(cci_buffer *b, const char *before, const cocreate_scheme *scheme, int64_t minor)
{
    char printed[COCREATE_AMOUNT_TEXT];
    text(b, before, cci_amount_text(scheme, minor, printed));
}

/* A member of an award: a text that is still to be quoted, or JSON. */
typedef struct member {
    const char *key, *text, *json;
} member;

static int by_key(const void *a, const void *b)
{
    return strcmp(((const member *)a)->key, ((const member *)b)->key);
}

/* Recognition has its kind as a member, as "badge", where money and points have "amount", "currency"
 * and "minor". */
static void award_json(cci_buffer *b, const cci_award *award)
{
    char printed[COCREATE_AMOUNT_TEXT] = "", minor[24];
    if (award->detail == NULL) {
        cocreate_status status =
            cocreate_amount_print(award->minor, award->exponent, printed, NULL);
        assert(status == COCREATE_OK);
        (void)status;
    }
    snprintf(minor, sizeof minor, "%" PRId64, award->minor);
    int amount_of = award->detail == NULL;
    member members[] = {
        {"amount", amount_of ? printed : NULL, NULL},
        {"currency", amount_of ? award->currency : NULL, NULL},
        {"entry", award->entry, NULL},
        {"fund", award->fund, NULL},
        {"id", award->id, NULL},
        {"kind", award->kind, NULL},
        {"minor", NULL, amount_of ? minor : NULL},
        {"rule", award->rule_id, NULL},
        {"to", award->to, NULL},
        {"trace", NULL, award->trace},
        {award->kind, NULL, award->detail},
    };
    size_t n = sizeof members / sizeof members[0];
    qsort(members, n, sizeof *members, by_key);
    const char *before = "{";
    for (size_t i = 0; i < n; i++) {
        const member *m = &members[i];
        if (m->text == NULL && m->json == NULL)
            continue;
        cci_buffer_text(b, before);
        text(b, "", m->key);
        cci_buffer_byte(b, ':');
        if (m->text != NULL)
            text(b, "", m->text);
        else
            cci_buffer_text(b, m->json);
        before = ",";
    }
    cci_buffer_byte(b, '}');
}

/* What was awarded from budgets, less what others paid into them; each rule within its bound, which
 * was checked against the fund before, and what it received. */
static cocreate_status sum_of_awards(const cci_evaluation *e, int64_t *total,
                                     cocreate_error *error)
{
    int64_t cost = 0;
    *total = 0;
    for (size_t i = 0; i < e->scheme->n_rules; i++)
        if (e->scheme->rules[i].fund != NULL && !e->scheme->rules[i].fund->revenue)
            *total -= e->received[i];
    for (size_t i = 0; i < e->awards->n; i++) {
        const cci_award *award = &e->awards->items[i];
        const cci_fund *fund = award->rule->fund;
        if (award->fund == NULL)
            continue;
        /* Awards stand in order of the rules. */
        cost = i > 0 && e->awards->items[i - 1].rule == award->rule ? cost + award->minor
                                                                    : award->minor;
        if (fund->revenue)
            continue;
        *total += award->minor;
        int64_t most = award->rule->bound + e->received[award->rule->index]; /* each below 2^53 */
        assert(cost <= most);
        if (cost > most)
            return cci_fail(error, COCREATE_ERR_INTERNAL,
                            "$.rules[%zu]: rule \"%s\" would pay more than its bound",
                            award->rule->index, award->rule_id);
    }
    return COCREATE_OK;
}

/* The members before "digest" in canonical order, then "digest" if there is one, then the rest. */
static cocreate_status write_json(const cci_evaluation *e, const char *digest, cci_buffer *b,
                                  cocreate_error *error)
{
    const cocreate_scheme *scheme = e->scheme;
    int64_t budget = 0, bound = 0, paid;
    CCI_TRY(sum_of_awards(e, &paid, error));
    for (size_t i = 0; i < scheme->n_funds; i++) {
        budget += scheme->funds[i].budget;
        bound += scheme->funds[i].revenue ? 0 : scheme->funds[i].bound;
    }
    cci_buffer_text(b, "{\"awards\":[");
    for (size_t i = 0; i < e->awards->n; i++) {
        if (i > 0)
            cci_buffer_byte(b, ',');
        award_json(b, &e->awards->items[i]);
    }
    cci_buffer_text(b, "],");
    if (e->awards->cuts != NULL) {
        cci_buffer_text(b, "\"cuts\":[");
        cci_buffer_text(b, e->awards->cuts);
        cci_buffer_text(b, "],");
    }
    if (digest != NULL) {
        text(b, "\"digest\":", digest);
        cci_buffer_byte(b, ',');
    }
    text(b, "\"liability\":{", scheme->currency);
    amount(b, ":", scheme, bound);
    text(b, "},\"result\":", e->result_digest);
    text(b, ",\"scheme\":", scheme->digest);
    text(b, ",\"unspent\":{", scheme->currency);
    amount(b, ":", scheme, budget - paid);
    cci_buffer_text(b, "}}");
    return b->failed ? cci_no_memory(error) : COCREATE_OK;
}

cocreate_status cci_awards_finish(cci_evaluation *e, cocreate_error *error)
{
    cocreate_awards *awards = e->awards;
    cci_buffer b;
    cci_buffer_init(&b, &awards->arena.allocator);
    cocreate_status status = write_json(e, NULL, &b, error);
    if (status == COCREATE_OK) {
        cci_digest digest = cci_sha256(b.data, b.size);
        cci_digest_text(&digest, awards->digest);
        cci_buffer_clear(&b);
        status = write_json(e, awards->digest, &b, error);
    }
    if (status == COCREATE_OK)
        return cci_arena_finish(&awards->arena, &b, &awards->json, error);
    cci_buffer_free(&b);
    return status;
}

void cocreate_awards_free(cocreate_awards *awards)
{
    if (awards == NULL)
        return;
    cocreate_allocator a = awards->arena.allocator;
    cci_free(&a, awards->items);
    cci_arena_free(&awards->arena);
    cci_free(&a, awards);
}

size_t cocreate_awards_count(const cocreate_awards *awards)
{
    return awards->n;
}

static cocreate_status check_index(const cocreate_awards *awards, size_t index,
                                   cocreate_error *error)
{
    if (index < awards->n)
        return COCREATE_OK;
    return cci_fail_at(error, COCREATE_ERR_ARGUMENT, index, "there is no award %zu of %zu", index,
                       awards->n);
}

cocreate_status cocreate_awards_at(const cocreate_awards *awards, size_t index, cocreate_award *out,
                                   cocreate_error *error)
{
    CCI_TRY(check_index(awards, index, error));
    if (out->size != sizeof *out)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "the size of cocreate_award is %zu, not %zu",
                        sizeof *out, out->size);
    const cci_award *award = &awards->items[index];
    *out = (cocreate_award){
        .size = sizeof *out,
        .id = award->id,
        .rule = award->rule_id,
        .to = award->to,
        .entry = award->entry,
        .kind = award->kind,
        .currency = award->currency,
        .minor = award->minor,
        .exponent = award->exponent,
        .fund = award->fund,
        .trace = award->trace,
    };
    return COCREATE_OK;
}

const char *cocreate_awards_json(const cocreate_awards *awards)
{
    return awards->json;
}

const char *cocreate_awards_digest(const cocreate_awards *awards)
{
    return awards->digest;
}

cocreate_status cocreate_awards_explain(const cocreate_awards *awards, size_t index,
                                        cocreate_text **out, cocreate_error *error)
{
    cci_buffer b;
    CCI_TRY(check_index(awards, index, error));
    cci_buffer_init(&b, &awards->arena.allocator);
    cocreate_status status =
        cci_trace_explain(awards->items[index].trace, awards->items[index].exponent, &b, error);
    if (status == COCREATE_OK)
        status = cci_buffer_finish(&b, out, error);
    cci_buffer_free(&b);
    return status;
}
