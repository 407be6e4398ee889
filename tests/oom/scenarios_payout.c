/* payout.h, and what ledger.h says of reservations, statements and checks. */
#define _POSIX_C_SOURCE 200809L
#include "oom.h"

#define CALL(name) static cocreate_status name(world *w, cocreate_error *error)
#define NO_ERROR (void)error
#define DAY INT64_C(86400000000)

static const char scheme[] =
    "{\"scheme\":\"cocreate.incentives/1\",\"currency\":\"EUR\",\"funds\":[{\"id\":\"f\","
    "\"budget\":\"200.00\"}],\"rules\":[{\"id\":\"win\",\"kind\":\"ranked_prizes\",\"fund\":"
    "\"f\",\"prizes\":[\"100.00\",\"50.00\",\"20.00\"]}],\"deductions\":[{\"id\":\"fee\","
    "\"rate\":\"0.05\",\"account\":\"fees:x\"},{\"id\":\"wht\",\"rate\":\"0.30\",\"where\":"
    "\"payee.class=NRA\",\"account\":\"withheld:x\"}],\"lifecycle\":{\"accept_days\":10,"
    "\"cooling_days\":1,\"on_decline\":\"redistribute\"}}";
static const char three[] = "{\"entries\":[{\"id\":\"ana\",\"score\":3},{\"id\":\"bo\",\"score\":2},"
                            "{\"id\":\"cy\",\"score\":1}]}";
static const char two[] = "{\"entries\":[{\"id\":\"ana\",\"score\":3,\"status\":\"disqualified\"},"
                          "{\"id\":\"bo\",\"score\":2},{\"id\":\"cy\",\"score\":1}]}";
static const char facts[] = "{\"ana\":{\"class\":\"NRA\"},\"bo\":{},\"cy\":{\"class\":\"NRA\"}}";

static void evaluate(world *w, const char *result)
{
    cocreate_awards_free(w->awards);
    w->awards = NULL;
    MAKE(cocreate_reward(w->scheme, result, strlen(result), NULL, &w->awards, &check_error));
}

static void make_parts(world *w)
{
    MAKE(cocreate_scheme_parse(memory_allocator(), scheme, sizeof scheme - 1, &w->scheme,
                               &check_error));
    MAKE(cocreate_ledger_new(memory_allocator(), &w->ledger, &check_error));
    evaluate(w, three);
}

static void make_payout(world *w)
{
    make_parts(w);
    MAKE(cocreate_payout_new(memory_allocator(), w->scheme, w->ledger, "escrow:", &w->payout,
                             &check_error));
}

static void make_funded(world *w)
{
    make_payout(w);
    MAKE(cocreate_payout_fund(w->payout, 1, &check_error));
}

static void make_offered(world *w)
{
    make_funded(w);
    MAKE(cocreate_payout_award(w->payout, w->awards, 2, &check_error));
}

/* The id of the first award. */
static void first(const world *w, char id[17])
{
    cocreate_award award = {.size = sizeof award};
    MAKE(cocreate_awards_at(w->awards, 0, &award, &check_error));
    memcpy(id, award.id, 17);
}

static char award_id[17];

static void make_paid(world *w)
{
    make_offered(w);
    first(w, award_id);
    MAKE(cocreate_payout_accept(w->payout, award_id, 3, &check_error));
    MAKE(cocreate_payout_pay(w->payout, award_id, "r", "bank", 4, &check_error));
}

static void make_owed(world *w)
{
    make_paid(w);
    MAKE(cocreate_payout_reverse(w->payout, award_id, "no", 5, &check_error));
}

/* What is disqualified was paid, and there is cash for the others. */
static void make_adjustable(world *w)
{
    make_paid(w);
    static const char *const accounts[] = {"sponsor:budget", "escrow:f"};
    static const char *const currencies[] = {"EUR", "EUR"};
    static const int64_t minor[] = {-50000, 50000};
    MAKE(cocreate_ledger_post(w->ledger, "more", 5, NULL, accounts, currencies, minor, 2,
                              &check_error));
    evaluate(w, two);
}

static void make_accepted(world *w)
{
    make_offered(w);
    first(w, award_id);
    MAKE(cocreate_payout_accept(w->payout, award_id, 3, &check_error));
}

static void make_first(world *w)
{
    make_offered(w);
    first(w, award_id);
}

CALL(call_new)
{
    return cocreate_payout_new(memory_allocator(), w->scheme, w->ledger, "escrow:", &w->payout,
                               error);
}

static char *saved; /* of the paid */

static void make_saved(world *w)
{
    cocreate_text *text = NULL;
    make_paid(w);
    MAKE(cocreate_payout_json(w->payout, &text, &check_error));
    free(saved);
    saved = strdup(cocreate_text_data(text));
    cocreate_text_free(text);
    cocreate_payout_free(w->payout);
    w->payout = NULL;
}

CALL(call_load)
{
    return cocreate_payout_load(memory_allocator(), w->scheme, w->ledger, saved, strlen(saved),
                                &w->payout, error);
}

CALL(call_free)
{
    NO_ERROR;
    cocreate_payout_free(w->payout);
    cocreate_payout_free(NULL);
    w->payout = NULL;
    return COCREATE_OK;
}

CALL(call_json)
{
    return cocreate_payout_json(w->payout, &w->text, error);
}

CALL(call_fund)
{
    return cocreate_payout_fund(w->payout, 1, error);
}

CALL(call_payees)
{
    return cocreate_payout_payees(w->payout, facts, sizeof facts - 1, 9, error);
}

CALL(call_award)
{
    return cocreate_payout_award(w->payout, w->awards, 9, error);
}

CALL(call_accept)
{
    return cocreate_payout_accept(w->payout, award_id, 9, error);
}

CALL(call_decline)
{
    return cocreate_payout_decline(w->payout, award_id, "no time", 9, error);
}

CALL(call_pay)
{
    return cocreate_payout_pay(w->payout, award_id, "r", "bank", 9, error);
}

CALL(call_expire)
{
    size_t n = 0;
    cocreate_status status = cocreate_payout_expire(w->payout, 11 * DAY, &n, error);
    w->numbers[0] = (int64_t)n;
    return status;
}

CALL(call_reverse)
{
    return cocreate_payout_reverse(w->payout, award_id, "no", 9, error);
}

CALL(call_adjust)
{
    return cocreate_payout_adjust(w->payout, w->awards, 1, 9, error);
}

CALL(call_recover)
{
    return cocreate_payout_recover(w->payout, award_id, 5, "back", "bank", 9, error);
}

CALL(call_write_off)
{
    return cocreate_payout_write_off(w->payout, award_id, 5, "note", "sponsor", 9, error);
}

CALL(call_default)
{
    static const char *const ids[] = {"ana", "bo", "cy"};
    return cocreate_payout_default(w->payout, "f", ids, 3, 9, error);
}

CALL(call_spendable)
{
    return cocreate_payout_spendable(w->payout, "f", &w->numbers[0], error);
}

CALL(call_close)
{
    return cocreate_payout_close(w->payout, 9, error);
}

/* ---- ledger.h ---- */

static const char *const accounts[] = {"escrow:f", "payable:ana"};
static const char *const euros[] = {"EUR", "EUR"};
static const int64_t amounts[] = {-500, 500};

static cocreate_status reserve(world *w, int64_t at, cocreate_error *error)
{
    return cocreate_ledger_reserve(w->ledger, "hold", at, 20, "a memo of some length", accounts,
                                   euros, amounts, 2, error);
}

static void make_held(world *w)
{
    make_funded(w);
    MAKE(reserve(w, 9, &check_error));
}

CALL(call_ledger_reserve)
{
    return reserve(w, 9, error);
}

CALL(call_ledger_settle)
{
    return cocreate_ledger_settle(w->ledger, "hold", "settled", 10, NULL, error);
}

CALL(call_ledger_void)
{
    return cocreate_ledger_void(w->ledger, "hold", "void", 10, NULL, error);
}

CALL(call_ledger_expire)
{
    size_t n = 0;
    cocreate_status status = cocreate_ledger_expire(w->ledger, 20, &n, error);
    w->numbers[0] = (int64_t)n;
    return status;
}

CALL(call_ledger_available)
{
    return cocreate_ledger_available(w->ledger, "escrow:f", "EUR", &w->numbers[0], error);
}

CALL(call_ledger_statement)
{
    return cocreate_ledger_statement(w->ledger, "escrow:f", "EUR", 0, 99, &w->text, error);
}

CALL(call_ledger_rows)
{
    return cocreate_ledger_rows(w->ledger, &w->text, error);
}

CALL(call_ledger_check)
{
    return cocreate_ledger_check(w->ledger, error);
}

const scenario scenarios_payout[] = {
    {"cocreate_payout_new", make_parts, call_new, NULL, 0},
    {"cocreate_payout_load", make_saved, call_load, NULL, 0},
    {"cocreate_payout_free", make_offered, call_free, NULL, 1},
    {"cocreate_payout_json", make_paid, call_json, NULL, 0},
    {"cocreate_payout_fund", make_payout, call_fund, NULL, 0},
    {"cocreate_payout_payees", make_offered, call_payees, NULL, 0},
    {"cocreate_payout_award", make_funded, call_award, NULL, 0},
    {"cocreate_payout_accept", make_first, call_accept, NULL, 0},
    {"cocreate_payout_decline", make_first, call_decline, NULL, 0},
    {"cocreate_payout_pay", make_accepted, call_pay, NULL, 0},
    {"cocreate_payout_expire", make_accepted, call_expire, NULL, 0},
    {"cocreate_payout_reverse", make_paid, call_reverse, NULL, 0},
    {"cocreate_payout_adjust", make_adjustable, call_adjust, NULL, 0},
    {"cocreate_payout_recover", make_owed, call_recover, NULL, 0},
    {"cocreate_payout_write_off", make_owed, call_write_off, NULL, 0},
    {"cocreate_payout_default", make_funded, call_default, NULL, 0},
    {"cocreate_payout_spendable", make_owed, call_spendable, NULL, 0},
    {"cocreate_payout_close", make_funded, call_close, NULL, 0},
    {"cocreate_ledger_reserve", make_funded, call_ledger_reserve, NULL, 0},
    {"cocreate_ledger_settle", make_held, call_ledger_settle, NULL, 0},
    {"cocreate_ledger_void", make_held, call_ledger_void, NULL, 0},
    {"cocreate_ledger_expire", make_held, call_ledger_expire, NULL, 0},
    {"cocreate_ledger_available", make_held, call_ledger_available, NULL, 0},
    {"cocreate_ledger_statement", make_held, call_ledger_statement, NULL, 0},
    {"cocreate_ledger_rows", make_held, call_ledger_rows, NULL, 0},
    {"cocreate_ledger_check", make_held, call_ledger_check, NULL, 0},
    {NULL, NULL, NULL, NULL, 0}};
