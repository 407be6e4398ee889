/* lmsr: a prediction market. Traders buy shares from a maker who always quotes a price; a share of what
 * happens pays a fixed amount. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "base/table.h"
#include "base/text.h"
#include "reward/information/maker.h"
#include "reward/information/score.h"

typedef struct lmsr {
    const char *question;
    const char **outcomes; /* ascending */
    size_t n;
    int64_t b, share;
} lmsr;

static const cci_parameter parameters[] = {
    CCI_PARAMETER_FUND,
    {"question", "id", 1, "what is traded: a question of the result"},
    {"outcomes", "list", 0, "2 to 100 names; by default yes and no"},
    {"b", "amount", 1, "how deep the market is: the maker loses at most b times the logarithm of the "
                       "number of outcomes"},
    {"share", "amount", 0, "what a share of what happens pays; by default 1 major unit"},
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_END,
};

/* ---- the scheme ---- */

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static cocreate_status copy_name(cocreate_scheme *scheme, const char *name, const char **out,
                                 cocreate_error *error)
{
    *out = cci_arena_copy(&scheme->arena, name, strlen(name));
    return *out == NULL ? cci_no_memory(error) : COCREATE_OK;
}

static cocreate_status read_outcomes(cocreate_scheme *scheme, const json_t *json, lmsr *m,
                                     const cci_path *path, cocreate_error *error)
{
    static const char *const usual[] = {"no", "yes"};
    cci_path at = cci_path_key(path, "outcomes");
    json_t *list;
    CCI_TRY(cci_json_get_array_opt(json, "outcomes", &list, path, error));
    m->n = list == NULL ? 2 : json_array_size(list);
    if (m->n < 2 || m->n > CCI_OUTCOMES_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "holds %zu names, not 2 to %d", m->n,
                             CCI_OUTCOMES_MAX);
    m->outcomes = cci_arena_alloc(&scheme->arena, m->n, sizeof *m->outcomes);
    if (m->outcomes == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < m->n; i++) {
        cci_path here = cci_path_at(&at, i);
        const char *name = list == NULL ? usual[i] : json_string_value(json_array_get(list, i));
        cocreate_error inner = {0};
        if (name == NULL)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "not the name of an outcome");
        if (cci_id_check(name, "name", &inner) != COCREATE_OK)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "%s", inner.text);
        CCI_TRY(copy_name(scheme, name, &m->outcomes[i], error));
    }
    qsort(m->outcomes, m->n, sizeof *m->outcomes, by_text);
    for (size_t i = 1; i < m->n; i++)
        if (strcmp(m->outcomes[i - 1], m->outcomes[i]) == 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "names \"%.40s\" twice",
                                 m->outcomes[i]);
    return COCREATE_OK;
}

/* Minor units of one major unit. */
static cocreate_status one_major(const cocreate_scheme *scheme, int64_t *out, const cci_path *path,
                                 cocreate_error *error)
{
    cci_path at = cci_path_key(path, "share");
    *out = 1;
    for (int32_t i = 0; i < scheme->exponent; i++)
        *out *= 10;
    return *out <= CCI_MINOR_MAX ? COCREATE_OK
                                 : cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                                                 "required, but missing: 1 %s is more than 2^53 - 1 "
                                                 "minor units",
                                                 scheme->currency);
}

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    char text[COCREATE_AMOUNT_TEXT];
    cci_path at = cci_path_key(path, "b");
    const char *question;
    lmsr *m = cci_arena_alloc(&scheme->arena, 1, sizeof *m);
    if (m == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_json_id(json, "question", &question, path, error));
    CCI_TRY(copy_name(scheme, question, &m->question, error));
    CCI_TRY(read_outcomes(scheme, json, m, path, error));
    CCI_TRY(cci_read_amount(scheme, json, "b", &m->b, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "share", &m->share, path, error));
    if (m->share == 0)
        CCI_TRY(one_major(scheme, &m->share, path, error));
    CCI_TRY(cci_maker_loss(m->n, m->b, &rule->bound, error));
    if (rule->bound > CCI_MINOR_MAX)
        return cci_json_fail(error, COCREATE_ERR_OVERFLOW, &at,
                             "may cost more than 2^53 - 1 minor units of %s", scheme->currency);
    rule->parameters = m;
    cci_buffer why;
    cci_buffer_init(&why, &scheme->arena.allocator);
    cci_buffer_format(&why, "b ln %zu, with b = %s, beyond what traders pay", m->n,
                      cci_amount_text(scheme, m->b, text));
    return cci_arena_finish(&scheme->arena, &why, &rule->why, error);
}

/* ---- trades ---- */

typedef struct trade {
    const char *trader;
    size_t outcome;
    int64_t shares, seq;
    size_t index;
} trade;

static int in_order(const void *a, const void *b)
{
    const trade *x = a, *y = b;
    if (x->seq != y->seq)
        return x->seq < y->seq ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static cocreate_status find_outcome(const cci_rule *rule, const char *name, size_t *out,
                                    const cci_path *path, cocreate_error *error)
{
    const lmsr *m = rule->parameters;
    for (*out = 0; *out < m->n; ++*out)
        if (strcmp(m->outcomes[*out], name) == 0)
            return COCREATE_OK;
    return cci_json_fail(error, COCREATE_ERR_SCHEMA, path,
                         "\"%s\" is not among the outcomes of rule \"%s\"", name, rule->id);
}

static cocreate_status read_trade(cci_evaluation *e, const cci_rule *rule, const json_t *row,
                                  trade *t, int *counts, const cci_path *path, cocreate_error *error)
{
    const lmsr *m = rule->parameters;
    cci_path outcome_at = cci_path_key(path, "outcome");
    const char *question, *outcome = NULL;
    *counts = 0;
    CCI_TRY(cci_json_id(row, "question", &question, path, error));
    if (strcmp(question, m->question) != 0)
        return COCREATE_OK;
    CCI_TRY(cci_json_id(row, "trader", &t->trader, path, error));
    CCI_TRY(cci_outcome_opt(row, "outcome", &outcome, path, error));
    if (outcome == NULL)
        return cci_refuse_key(path, "outcome", "required, but missing", error);
    CCI_TRY(find_outcome(rule, outcome, &t->outcome, &outcome_at, error));
    CCI_TRY(cci_json_i64(row, "shares", -1000000000, 1000000000, &t->shares, path, error));
    CCI_TRY(cci_json_i64(row, "seq", 0, CCI_JSON_INTEGER_MAX, &t->seq, path, error));
    CCI_TRY(cci_row_counts(row, counts, path, error));
    *counts = *counts && cci_person_eligible(e, rule, t->trader);
    return COCREATE_OK;
}

/* In the order in which they were made. */
static cocreate_status read_trades(cci_evaluation *e, const cci_rule *rule,
                                   const cci_section *section, trade **out, size_t *n,
                                   cocreate_error *error)
{
    size_t count = 0;
    trade *list = cci_arena_alloc(&e->scratch, section->n, sizeof *list);
    if (list == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < section->n; i++) {
        const json_t *row;
        cci_path path;
        int counts = 0;
        CCI_TRY(cci_section_row(section, i, &row, &path, error));
        list[count].index = i;
        CCI_TRY(read_trade(e, rule, row, &list[count], &counts, &path, error));
        count += counts != 0;
    }
    if (count > 0)
        qsort(list, count, sizeof *list, in_order);
    for (size_t i = 1; i < count; i++)
        if (list[i - 1].seq == list[i].seq) {
            cci_path at = cci_path_at(&section->list, list[i].index);
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                                 "has the seq %" PRId64 " of $.trades[%zu]: which came first?",
                                 list[i].seq, list[i - 1].index);
        }
    *out = list;
    *n = count;
    return COCREATE_OK;
}

/* ---- the market ---- */

typedef struct account {
    const char *trader;
    int64_t charged, refunded;
    int64_t *held; /* of each outcome */
} account;

typedef struct book {
    cci_maker market;
    account *accounts; /* in the order of first trades */
    size_t n;
    int64_t charged;
} book;

/* Work and memory: trades times outcomes. */
enum { CELLS_MAX = 1000000 };

static cocreate_status count_trade(const lmsr *m, const trade *t, account *a, book *b,
                                   const cci_path *path, cocreate_error *error)
{
    int64_t minor = 0, left = a->held[t->outcome] + t->shares;
    cocreate_error inner;
    if (left < 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, path,
                             "\"%s\" sells %" PRId64 " shares of \"%s\", but holds %" PRId64, t->trader,
                             -t->shares, m->outcomes[t->outcome], a->held[t->outcome]);
    if (b->market.sold[t->outcome] + t->shares > CCI_SHARES_MAX)
        return cci_json_fail(error, COCREATE_ERR_OVERFLOW, path,
                             "more than 10^12 shares of \"%s\" are sold", m->outcomes[t->outcome]);
    cocreate_status status = cci_maker_trade(&b->market, t->outcome, t->shares, &minor, &inner);
    if (status == COCREATE_ERR_MEMORY)
        return cci_no_memory(error);
    if (status != COCREATE_OK || minor > CCI_MINOR_MAX || minor < -CCI_MINOR_MAX ||
        b->charged + minor > CCI_MINOR_MAX)
        return cci_json_fail(error, COCREATE_ERR_OVERFLOW, path,
                             "traders pay more than 2^53 - 1 minor units");
    a->held[t->outcome] = left;
    if (minor > 0) {
        a->charged += minor;
        b->charged += minor;
    } else {
        a->refunded -= minor;
    }
    return COCREATE_OK;
}

static cocreate_status run_with(cci_evaluation *e, const cci_rule *rule, const cci_section *section,
                                const trade *trades, size_t n, cci_string_set *traders, book *b,
                                cocreate_error *error)
{
    const lmsr *m = rule->parameters;
    for (size_t i = 0; i < n; i++) {
        cci_path at = cci_path_at(&section->list, trades[i].index);
        uint32_t index;
        int added;
        CCI_TRY(cci_string_set_add(traders, trades[i].trader, &index, &added, error));
        account *a = &b->accounts[index];
        if (added) {
            a->trader = trades[i].trader;
            a->held = cci_arena_alloc(&e->scratch, m->n, sizeof *a->held);
            if (a->held == NULL)
                return cci_no_memory(error);
            b->n++;
        }
        CCI_TRY(count_trade(m, &trades[i], a, b, &at, error));
    }
    return COCREATE_OK;
}

static cocreate_status run(cci_evaluation *e, const cci_rule *rule, const cci_section *section,
                           const trade *trades, size_t n, book *b, cocreate_error *error)
{
    const lmsr *m = rule->parameters;
    cci_string_set traders;
    if (n > CELLS_MAX / m->n)
        return cci_json_fail(error, COCREATE_ERR_LIMIT, &section->list,
                             "%zu trades of %zu outcomes, more than 10^6 together", n, m->n);
    int64_t *sold = cci_arena_alloc(&e->scratch, m->n, sizeof *sold);
    int64_t *terms = cci_arena_alloc(&e->scratch, m->n, sizeof *terms);
    b->accounts = cci_arena_alloc(&e->scratch, n, sizeof *b->accounts);
    if (sold == NULL || terms == NULL || b->accounts == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_maker_open(&b->market, m->n, m->b, m->share, sold, terms, error));
    cci_string_set_init(&traders, &e->scratch.allocator);
    cocreate_status status = run_with(e, rule, section, trades, n, &traders, b, error);
    cci_string_set_free(&traders);
    return status;
}

/* ---- settling ---- */

static int by_trader(const void *a, const void *b)
{
    const account *x = a, *y = b;
    return strcmp(x->trader, y->trader);
}

/* The price of what happened at the end, as "closing price". */
static cocreate_status trace_price(cci_trace *t, const cci_maker *m, size_t outcome,
                                   cocreate_error *error)
{
    CCI_TRY(cci_trace_integer(t, "b", CCI_UNIT_MINOR, m->b, error));
    CCI_TRY(cci_trace_integer(t, "sold", CCI_UNIT_NONE, m->sold[outcome], error));
    CCI_TRY(cci_trace_integer(t, "sold most", CCI_UNIT_NONE, m->highest, error));
    CCI_TRY(cci_trace_number(t, "log sum", CCI_UNIT_NONE, cci_number_of(m->log_sum, 1000000000),
                             error));
    CCI_TRY(cci_trace_calc(t, "lead", CCI_UNIT_NONE, "difference", CCI_ARGS("sold", "sold most"),
                           error));
    CCI_TRY(cci_trace_calc(t, "worth", CCI_UNIT_MINOR, "product", CCI_ARGS("lead", "share"), error));
    CCI_TRY(cci_trace_calc(t, "depth", CCI_UNIT_NONE, "quotient", CCI_ARGS("worth", "b"), error));
    CCI_TRY(cci_trace_calc(t, "log price", CCI_UNIT_NONE, "difference", CCI_ARGS("depth", "log sum"),
                           error));
    return cci_trace_calc(t, "closing price", CCI_UNIT_NONE, "exp", CCI_ARGS("log price", "9"), error);
}

static cocreate_status pay_trader(cci_evaluation *e, const cci_rule *rule, const book *b,
                                  const account *a, size_t outcome, cocreate_error *error)
{
    const lmsr *m = rule->parameters;
    cci_trace *t = &e->trace;
    int64_t minor;
    if (a->held[outcome] == 0 && a->refunded == 0)
        return COCREATE_OK;
    cci_trace_begin(t);
    CCI_TRY(cci_trace_integer(t, "shares", CCI_UNIT_NONE, a->held[outcome], error));
    CCI_TRY(cci_trace_integer(t, "share", CCI_UNIT_MINOR, b->market.share, error));
    CCI_TRY(cci_trace_calc(t, "payoff", CCI_UNIT_MINOR, "product", CCI_ARGS("shares", "share"), error));
    CCI_TRY(cci_trace_integer(t, "refunds", CCI_UNIT_MINOR, a->refunded, error));
    CCI_TRY(cci_trace_integer(t, "charges", CCI_UNIT_MINOR, a->charged, error));
    CCI_TRY(trace_price(t, &b->market, outcome, error));
    CCI_TRY(cci_trace_calc(t, "pay", CCI_UNIT_MINOR, "sum", CCI_ARGS("payoff", "refunds"), error));
    cci_trace_say(t, a->refunded > 0
                         ? "{shares} shares of what happened pay {share} each: {payoff}. Shares sold "
                           "back brought {refunds}: {pay} together."
                         : "{shares} shares of what happened pay {share} each: {payoff}.");
    cci_trace_say(t, "Buying cost {charges}; at the end the market gave what happened a chance of "
                     "{closing price}.");
    CCI_TRY(cci_trace_pay(t, "pay", &minor, error));
    return cci_pay_person(e, rule, a->trader, m->question, minor, error);
}

static cocreate_status give_back(cci_evaluation *e, const cci_rule *rule, const account *a,
                                 cocreate_error *error)
{
    const lmsr *m = rule->parameters;
    int64_t minor;
    cci_trace_begin(&e->trace);
    CCI_TRY(cci_trace_integer(&e->trace, "charges", CCI_UNIT_MINOR, a->charged, error));
    cci_trace_say(&e->trace, "The question was not decided: the {charges} that buying cost are given "
                             "back.");
    CCI_TRY(cci_trace_pay(&e->trace, "charges", &minor, error));
    return cci_pay_person(e, rule, a->trader, m->question, minor, error);
}

static cocreate_status settle(cci_evaluation *e, const cci_rule *rule, const cci_section *section,
                              book *b, cocreate_error *error)
{
    const lmsr *m = rule->parameters;
    cci_questions questions = {0};
    cci_path root = CCI_ROOT, list = cci_path_key(&root, "questions");
    size_t outcome = 0;
    CCI_TRY(cci_questions_read(e, rule, &questions, error));
    const cci_question *question = cci_question_find(&questions, m->question);
    if (question == NULL)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &list,
                             "\"%s\", which rule \"%s\" trades, is not among them", m->question,
                             rule->id);
    if (question->outcome != NULL) {
        cci_path row = cci_path_at(&list, question->index), at = cci_path_key(&row, "outcome");
        CCI_TRY(find_outcome(rule, question->outcome, &outcome, &at, error));
    }
    CCI_TRY(cci_receive(e, rule, b->charged, &section->list, error));
    if (b->n > 0)
        qsort(b->accounts, b->n, sizeof *b->accounts, by_trader);
    for (size_t i = 0; i < b->n; i++)
        CCI_TRY(question->outcome != NULL
                    ? pay_trader(e, rule, b, &b->accounts[i], outcome, error)
                    : give_back(e, rule, &b->accounts[i], error));
    return COCREATE_OK;
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    cci_section section;
    trade *trades = NULL;
    size_t n = 0;
    book b = {.n = 0};
    CCI_TRY(cci_section_open(e, rule, "trades", 0, &section, error));
    CCI_TRY(read_trades(e, rule, &section, &trades, &n, error));
    cocreate_status status = run(e, rule, &section, trades, n, &b, error);
    if (status == COCREATE_OK)
        status = settle(e, rule, &section, &b, error);
    cci_maker_close(&b.market);
    return status;
}

const cci_rule_kind cci_rule_lmsr = {
    .kind = "lmsr",
    .title = "A prediction market with a logarithmic market maker",
    .parameters = parameters,
    .bound = "b times the logarithm of the number of outcomes, beyond what traders pay",
    .source = "Hanson, Combinatorial information market design, 2003, and Logarithmic market scoring "
              "rules for modular combinatorial information aggregation, 2007",
    .own_lists = 1,
    .parse = parse,
    .evaluate = evaluate,
};
