/* bounty: what several funders put in escrow for work, paid to whose work is accepted, or back. */
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "reward/section.h"
#include "reward/steps.h"

typedef enum terms { SHARED, PER_ACCEPTANCE } terms;
typedef enum state { OPEN, FUNDED, CLAIMED, SUBMITTED, ACCEPTED, PAID, EXPIRED, DISPUTED } state;

typedef struct bounty_rule {
    int terms;
    int64_t each; /* of per_acceptance */
} bounty_rule;

static const cci_parameter parameters[] = {
    CCI_PARAMETER_FUND,
    {"terms", "choice", 1,
     "shared: those who are accepted share what is in escrow; per_acceptance: each of them gets "
     "the same amount while it lasts. It must be said: \"split, or each gets it?\" is what bounties "
     "are fought over"},
    {"each", "amount", 0, "of per_acceptance; required there"},
    {"max_total", "amount", 0, "the most that may be in escrow; by default the budget of the fund"},
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_ROUNDING,
    CCI_PARAMETER_END,
};

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    static const char *const choices[] = {"shared", "per_acceptance", NULL};
    cci_path each_at = cci_path_key(path, "each");
    bounty_rule *b = cci_arena_alloc(&scheme->arena, 1, sizeof *b);
    if (b == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_json_choice(json, "terms", choices, &b->terms, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "each", &b->each, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "max_total", &rule->bound, path, error));
    if ((b->terms == PER_ACCEPTANCE) != (b->each > 0))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &each_at,
                             b->each > 0 ? "given, but what is shared has no fixed amount"
                                         : "required by per_acceptance, but missing");
    rule->why = "what may be in escrow";
    if (rule->bound == 0) {
        rule->bound = rule->fund->budget;
        rule->why = "the budget of the fund";
    }
    rule->parameters = b;
    return COCREATE_OK;
}

/* Who gives or claims something: in order of ids. */
typedef struct party {
    const char *id;
    cci_number share; /* of a claim; missing: none was declared */
    int64_t amount;   /* of a contribution */
    cci_time at;
    size_t index;
} party;

typedef struct bounty {
    const char *id;
    int state;
    cci_number to_claimants; /* of a dispute */
    party *funders, *claims;
    size_t n_funders, n_claims;
    int64_t escrow;
    size_t index;
} bounty;

static int by_party(const void *a, const void *b)
{
    const party *x = a, *y = b;
    int order = strcmp(x->id, y->id);
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

static int by_time(const void *a, const void *b)
{
    const party *x = a, *y = b;
    if (x->at.at != y->at.at)
        return x->at.at < y->at.at ? -1 : 1;
    return by_party(a, b);
}

static int by_bounty(const void *a, const void *b)
{
    const bounty *x = a, *y = b;
    int order = strcmp(x->id, y->id);
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

/* The contributions of a funder are one. */
static cocreate_status read_funders(cci_evaluation *e, const cci_rule *rule, const json_t *json,
                                    bounty *b, const cci_path *path, cocreate_error *error)
{
    json_t *list;
    cci_path at = cci_path_key(path, "contributions");
    size_t kept = 0;
    CCI_TRY(cci_json_get_array(json, "contributions", &list, path, error));
    size_t n = json_array_size(list);
    b->funders = cci_arena_alloc(&e->scratch, n, sizeof *b->funders);
    if (b->funders == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i++) {
        cci_path here = cci_path_at(&at, i);
        const json_t *row = json_array_get(list, i);
        party *p = &b->funders[i];
        CCI_TRY(cci_json_object(row, &here, error));
        CCI_TRY(cci_json_id(row, "funder", &p->id, &here, error));
        CCI_TRY(cci_row_amount(e, row, "amount", &p->amount, &here, error));
        p->index = i;
        if (!cci_add_i64(b->escrow, p->amount, &b->escrow) || b->escrow > rule->bound)
            return cci_json_fail(error, COCREATE_ERR_OVERFLOW, &here,
                                 "more is in escrow than rule \"%s\" may pay", rule->id);
    }
    qsort(b->funders, n, sizeof *b->funders, by_party);
    for (size_t i = 0; i < n; i++) {
        if (kept > 0 && strcmp(b->funders[kept - 1].id, b->funders[i].id) == 0)
            b->funders[kept - 1].amount += b->funders[i].amount;
        else
            b->funders[kept++] = b->funders[i];
    }
    b->n_funders = kept;
    return COCREATE_OK;
}

static cocreate_status check_shares(const bounty *b, const cci_path *at, cocreate_error *error)
{
    size_t declared = 0;
    for (size_t i = 0; i < b->n_claims; i++)
        declared += b->claims[i].share.den > 0;
    if (declared > 0 && declared < b->n_claims)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, at,
                             "%zu of %zu accepted claims have a share: all need one, or none",
                             declared, b->n_claims);
    return COCREATE_OK;
}

/* Claims that were accepted, or in a dispute all of them. */
static cocreate_status read_claims(cci_evaluation *e, const cci_rule *rule, const json_t *json,
                                   bounty *b, const cci_path *path, cocreate_error *error)
{
    const bounty_rule *r = rule->parameters;
    json_t *list;
    cci_path at = cci_path_key(path, "claims");
    CCI_TRY(cci_json_get_array_opt(json, "claims", &list, path, error));
    size_t n = list == NULL ? 0 : json_array_size(list);
    b->claims = cci_arena_alloc(&e->scratch, n, sizeof *b->claims);
    if (b->claims == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i++) {
        cci_path here = cci_path_at(&at, i), share_at = cci_path_key(&here, "share");
        const json_t *row = json_array_get(list, i);
        int accepted = 0;
        party *p = &b->claims[b->n_claims];
        CCI_TRY(cci_json_object(row, &here, error));
        CCI_TRY(cci_json_id(row, "claimant", &p->id, &here, error));
        CCI_TRY(cci_json_bool_opt(row, "accepted", &accepted, &here, error));
        CCI_TRY(cci_row_number(row, "share", 1, &p->share, &here, error));
        CCI_TRY(cci_row_time(row, "accepted_at", &p->at, &here, error));
        p->index = i;
        if (p->share.den > 0 && p->share.num < 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &share_at, "a share is not negative");
        if (accepted && r->terms == PER_ACCEPTANCE && !p->at.known)
            return cci_json_fail(error, COCREATE_ERR_TIE, &here,
                                 "\"%s\" is accepted without \"accepted_at\", which rule \"%s\" goes "
                                 "by",
                                 p->id, rule->id);
        if ((accepted || b->state == DISPUTED) && cci_person_eligible(e, rule, p->id))
            b->n_claims++;
    }
    qsort(b->claims, b->n_claims, sizeof *b->claims, by_party);
    for (size_t i = 1; i < b->n_claims; i++)
        if (strcmp(b->claims[i - 1].id, b->claims[i].id) == 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "\"%s\" claims twice",
                                 b->claims[i].id);
    return check_shares(b, &at, error);
}

static cocreate_status read_bounty(cci_evaluation *e, const cci_rule *rule,
                                   const cci_section *section, size_t i, bounty *b,
                                   cocreate_error *error)
{
    static const char *const states[] = {"open",     "funded", "claimed", "submitted",
                                         "accepted", "paid",   "expired", "disputed",
                                         NULL};
    const json_t *row;
    cci_path at;
    CCI_TRY(cci_section_row(section, i, &row, &at, error));
    CCI_TRY(cci_json_id(row, "id", &b->id, &at, error));
    CCI_TRY(cci_json_choice(row, "state", states, &b->state, &at, error));
    cci_path share_at = cci_path_key(&at, "to_claimants");
    CCI_TRY(cci_row_number(row, "to_claimants", b->state != DISPUTED, &b->to_claimants, &at,
                           error));
    if (b->state != DISPUTED && b->to_claimants.den > 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &share_at,
                             "given, but nothing is disputed");
    if (b->state == DISPUTED &&
        (b->to_claimants.num < 0 || b->to_claimants.num > b->to_claimants.den))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &share_at, "not a part from 0 to 1");
    CCI_TRY(read_funders(e, rule, row, b, &at, error));
    CCI_TRY(read_claims(e, rule, row, b, &at, error));
    b->index = i;
    return COCREATE_OK;
}

static cocreate_status read_bounties(cci_evaluation *e, const cci_rule *rule, bounty **out,
                                     size_t *n, cocreate_error *error)
{
    cci_section section;
    int64_t escrow = 0;
    CCI_TRY(cci_section_open(e, rule, "bounties", 0, &section, error));
    bounty *list = cci_arena_alloc(&e->scratch, section.n, sizeof *list);
    if (list == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < section.n; i++) {
        cci_path at = cci_path_at(&section.list, i);
        CCI_TRY(read_bounty(e, rule, &section, i, &list[i], error));
        if (!cci_add_i64(escrow, list[i].escrow, &escrow) || escrow > rule->bound)
            return cci_json_fail(error, COCREATE_ERR_OVERFLOW, &at,
                                 "more is in escrow than rule \"%s\" may pay", rule->id);
    }
    qsort(list, section.n, sizeof *list, by_bounty);
    for (size_t i = 1; i < section.n; i++)
        if (strcmp(list[i - 1].id, list[i].id) == 0) {
            cci_path at = cci_path_at(&section.list, list[i].index);
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                                 "the id \"%s\" is that of $.bounties[%zu] already", list[i].id,
                                 list[i - 1].index);
        }
    *out = list;
    *n = section.n;
    return COCREATE_OK;
}

/* A pool to people by weights, with a sentence that begins the trace. */
static cocreate_status share(cci_evaluation *e, const cci_rule *rule, const bounty *b,
                             int64_t pool, const party *parties, size_t n,
                             const cci_number *numbers, const char *by, const char *sentence,
                             const char *matter, cocreate_error *error)
{
    int64_t *weights = cci_arena_alloc(&e->scratch, n, sizeof *weights);
    int64_t *shares = cci_arena_alloc(&e->scratch, n, sizeof *shares);
    const char **ids = cci_arena_alloc(&e->scratch, n, sizeof *ids);
    int64_t scale, sum;
    if (weights == NULL || shares == NULL || ids == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i++)
        ids[i] = parties[i].id;
    if (!cci_number_scale(numbers, n, weights, &scale, &sum))
        return cci_fail(error, COCREATE_ERR_OVERFLOW,
                        "$.bounties[%zu]: the shares have no common denominator of 64 bits",
                        b->index);
    if (pool == 0 || sum == 0)
        return COCREATE_OK;
    CCI_TRY(cci_split_for(e, rule, pool, weights, ids, n, 0, 0, shares, error));
    for (size_t i = 0; i < n; i++) {
        cci_trace_begin(&e->trace);
        CCI_TRY(cci_trace_integer(&e->trace, "escrow", CCI_UNIT_MINOR, b->escrow, error));
        CCI_TRY(cci_trace_integer(&e->trace, "pool", CCI_UNIT_MINOR, pool, error));
        cci_trace_say(&e->trace, sentence);
        cci_trace_weight(&e->trace, by, cci_number_of(weights[i], scale));
        CCI_TRY(cci_trace_apportion(&e->trace, rule->method, pool, cci_number_of(weights[i], scale),
                                    cci_number_of(sum, scale), shares[i], error));
        CCI_TRY(cci_pay_person(e, rule, ids[i], matter, shares[i], error));
    }
    return COCREATE_OK;
}

static cocreate_status to_claimants(cci_evaluation *e, const cci_rule *rule, const bounty *b,
                                    int64_t pool, const char *sentence, cocreate_error *error)
{
    cci_number *numbers = cci_arena_alloc(&e->scratch, b->n_claims, sizeof *numbers);
    if (numbers == NULL)
        return cci_no_memory(error);
    int declared = b->n_claims > 0 && b->claims[0].share.den > 0;
    for (size_t i = 0; i < b->n_claims; i++)
        numbers[i] = declared ? b->claims[i].share : (cci_number){1, 1};
    return share(e, rule, b, pool, b->claims, b->n_claims, numbers,
                 declared ? "declared shares" : "accepted claims", sentence, b->id, error);
}

/* A funder may be a claimant, too: what goes back is another matter. */
static cocreate_status to_funders(cci_evaluation *e, const cci_rule *rule, const bounty *b,
                                  int64_t pool, const char *sentence, cocreate_error *error)
{
    cci_number *numbers = cci_arena_alloc(&e->scratch, b->n_funders, sizeof *numbers);
    if (numbers == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < b->n_funders; i++)
        numbers[i] = (cci_number){b->funders[i].amount, 1};
    cci_buffer text;
    const char *matter;
    cci_buffer_init(&text, &e->scratch.allocator);
    cci_buffer_format(&text, "%s:refund", b->id);
    CCI_TRY(cci_arena_finish(&e->scratch, &text, &matter, error));
    return share(e, rule, b, pool, b->funders, b->n_funders, numbers, "contributed minor units",
                 sentence, matter, error);
}

/* The same amount for each that is accepted, the earliest first, while it lasts. */
static cocreate_status pay_each(cci_evaluation *e, const cci_rule *rule, bounty *b, int64_t *paid,
                                cocreate_error *error)
{
    const bounty_rule *r = rule->parameters;
    int64_t minor, position = 0;
    qsort(b->claims, b->n_claims, sizeof *b->claims, by_time);
    *paid = 0;
    for (size_t i = 0; i < b->n_claims && *paid + r->each <= b->escrow; i++) {
        cci_trace *t = &e->trace;
        cci_trace_begin(t);
        CCI_TRY(cci_trace_integer(t, "escrow", CCI_UNIT_MINOR, b->escrow, error));
        CCI_TRY(cci_trace_integer(t, "number", CCI_UNIT_NONE, ++position, error));
        CCI_TRY(cci_trace_integer(t, "each", CCI_UNIT_MINOR, r->each, error));
        CCI_TRY(cci_trace_calc(t, "needed", CCI_UNIT_MINOR, "product", CCI_ARGS("number", "each"),
                               error));
        CCI_TRY(cci_trace_check(t, "needed", "at_most", "escrow", error));
        cci_trace_say(t, "Accepted as number {number}: each acceptance is paid {each}, from {escrow} "
                         "in escrow.");
        CCI_TRY(cci_trace_pay(t, "each", &minor, error));
        CCI_TRY(cci_pay_person(e, rule, b->claims[i].id, b->id, minor, error));
        *paid += minor;
    }
    return COCREATE_OK;
}

/* What a dispute leaves to the claimants, rounded down: dust is the funders'. */
static cocreate_status settle(cci_evaluation *e, const cci_rule *rule, const bounty *b,
                              cocreate_error *error)
{
    uint64_t part, rest;
    if (!cci_muldiv_u64((uint64_t)b->escrow, (uint64_t)b->to_claimants.num,
                        (uint64_t)b->to_claimants.den, &part, &rest))
        return cci_fail(error, COCREATE_ERR_INTERNAL, "$.bounties[%zu]: no part of the escrow",
                        b->index);
    if (b->n_claims == 0)
        part = 0;
    CCI_TRY(to_claimants(e, rule, b, (int64_t)part,
                         "The dispute gives {pool} of {escrow} in escrow to those who claimed it.",
                         error));
    return to_funders(e, rule, b, b->escrow - (int64_t)part,
                      "The dispute gives {pool} of {escrow} in escrow back to those who funded it.",
                      error);
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    const bounty_rule *r = rule->parameters;
    bounty *list = NULL;
    size_t n = 0;
    CCI_TRY(read_bounties(e, rule, &list, &n, error));
    for (size_t i = 0; i < n; i++) {
        bounty *b = &list[i];
        int64_t paid = 0;
        if (b->state == DISPUTED) {
            CCI_TRY(settle(e, rule, b, error));
            continue;
        }
        int due = b->state == ACCEPTED || b->state == PAID;
        if (r->terms == PER_ACCEPTANCE && (due || b->state == EXPIRED))
            CCI_TRY(pay_each(e, rule, b, &paid, error));
        else if (due)
            CCI_TRY(to_claimants(e, rule, b, b->escrow,
                                 "The bounty of {escrow} is accepted.", error));
        if (b->state == EXPIRED)
            CCI_TRY(to_funders(e, rule, b, b->escrow - paid,
                               "The bounty expired: {pool} of {escrow} in escrow goes back to those "
                               "who funded it.",
                               error));
    }
    return COCREATE_OK;
}

const cci_rule_kind cci_rule_bounty = {
    .kind = "bounty",
    .title = "Bounties from escrow",
    .parameters = parameters,
    .bound = "what may be in escrow",
    .source = "Practice of Bountysource and Gitcoin: several funders, shares of claimants, refunds in "
              "proportion",
    .own_lists = 1,
    .parse = parse,
    .evaluate = evaluate,
};
