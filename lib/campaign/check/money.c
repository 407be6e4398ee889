/* Invariants of money: every unit is somewhere, and nothing is owed that is not there. */
#include <stdio.h>
#include <string.h>

#include "base/checked.h"
#include "campaign/check/check.h"

static int64_t minor_of(const json_t *line)
{
    return json_integer_value(json_object_get(line, "minor"));
}

/* Is there a line of the currency before this one? There are few currencies. */
static int seen(const json_t *lines, size_t end, const char *currency)
{
    for (size_t i = 0; i < end; i++)
        if (strcmp(cci_json_text(json_array_get(lines, i), "currency"), currency) == 0)
            return 1;
    return 0;
}

cocreate_status cci_check_balances(cci_check *k, cocreate_error *error)
{
    const json_t *lines = json_object_get(k->shown, "balances");
    (void)error;
    for (size_t i = 0; i < json_array_size(lines); i++) {
        const char *currency = cci_json_text(json_array_get(lines, i), "currency");
        int64_t sum = 0;
        int whole = 1;
        k->checked++;
        if (seen(lines, i, currency))
            continue;
        for (size_t n = i; n < json_array_size(lines); n++) {
            const json_t *line = json_array_get(lines, n);
            if (strcmp(cci_json_text(line, "currency"), currency) == 0)
                whole = whole && cci_add_i64(sum, minor_of(line), &sum);
        }
        if (!whole || sum != 0)
            cci_violation(k, "currency", currency, "its balances do not sum to 0");
    }
    return COCREATE_OK;
}

/* The sponsor and the world outside pay in; receivables are what is owed by people. */
cocreate_status cci_check_floors(cci_check *k, cocreate_error *error)
{
    const json_t *lines = json_object_get(k->shown, "balances");
    (void)error;
    for (size_t i = 0; i < json_array_size(lines); i++) {
        const json_t *line = json_array_get(lines, i);
        const char *account = cci_json_text(line, "account");
        k->checked++;
        if (cci_begins(account, "receivable:") ? minor_of(line) > 0
                                           : minor_of(line) < 0 && !cci_begins(account, "sponsor:") &&
                                                 !cci_begins(account, "cash:"))
            cci_violation(k, "account", account, "its balance is on the wrong side of 0");
    }
    return COCREATE_OK;
}

/* ---- pots ---- */

static int64_t amount(const json_t *award, const char *key, int64_t otherwise)
{
    const json_t *value = json_object_get(award, key);
    return value ? json_integer_value(value) : otherwise;
}

/* What an award leaves to be paid, and what it leaves to come back, by its own words. */
static void left_of(const json_t *award, int64_t *payable, int64_t *receivable)
{
    const char *state = cci_json_text(award, "state");
    int paid = strcmp(state, "paid") == 0;
    int live = paid || strcmp(state, "offered") == 0 || strcmp(state, "accepted") == 0;
    int64_t minor = minor_of(award), net = amount(award, "net", amount(award, "gross", minor));
    int64_t owed = (live ? net : 0) - amount(award, "paid", paid ? minor : 0) +
                   amount(award, "recovered", 0);
    int64_t missing = owed + amount(award, "forgiven", 0);
    *payable = owed > 0 ? owed : 0;
    *receivable = missing < 0 ? missing : 0;
}

/* Sums of a currency: what awards leave, or what the accounts hold. */
typedef struct sums {
    int64_t payable, receivable;
    int whole;
} sums;

static void add(sums *s, int64_t payable, int64_t receivable)
{
    s->whole = s->whole && cci_add_i64(s->payable, payable, &s->payable) &&
               cci_add_i64(s->receivable, receivable, &s->receivable);
}

static sums of_awards(const json_t *awards, const char *currency)
{
    sums s = {0, 0, 1};
    for (size_t i = 0; i < json_array_size(awards); i++) {
        const json_t *award = json_array_get(awards, i);
        int64_t payable, receivable;
        if (!json_object_get(award, "fund") ||
            strcmp(cci_json_text(award, "currency"), currency) != 0)
            continue;
        left_of(award, &payable, &receivable);
        add(&s, payable, receivable);
    }
    return s;
}

static sums of_accounts(const json_t *lines, const char *currency)
{
    sums s = {0, 0, 1};
    for (size_t i = 0; i < json_array_size(lines); i++) {
        const json_t *line = json_array_get(lines, i);
        const char *account = cci_json_text(line, "account");
        if (strcmp(cci_json_text(line, "currency"), currency) == 0)
            add(&s, cci_begins(account, "payable:") ? minor_of(line) : 0,
                cci_begins(account, "receivable:") ? minor_of(line) : 0);
    }
    return s;
}

static void compare_pot(cci_check *k, const char *currency, const char *what, int64_t holds,
                        int64_t awards)
{
    char problem[160];
    if (holds == awards)
        return;
    snprintf(problem, sizeof problem, "%lld minor units are %s, its awards sum to %lld",
             (long long)holds, what, (long long)awards);
    cci_violation(k, "currency", currency, problem);
}

cocreate_status cci_check_pots(cci_check *k, cocreate_error *error)
{
    const json_t *lines = json_object_get(k->shown, "balances");
    const json_t *awards = json_object_get(k->shown, "awards");
    (void)error;
    for (size_t i = 0; i < json_array_size(lines); i++) {
        const char *currency = cci_json_text(json_array_get(lines, i), "currency");
        if (seen(lines, i, currency))
            continue;
        sums accounts = of_accounts(lines, currency), due = of_awards(awards, currency);
        k->checked++;
        if (!accounts.whole || !due.whole)
            cci_violation(k, "currency", currency, "its sums are too large");
        compare_pot(k, currency, "payable", accounts.payable, due.payable);
        compare_pot(k, currency, "receivable", accounts.receivable, due.receivable);
    }
    return COCREATE_OK;
}

/* ---- what is paid ---- */

static const json_t *right_of(const json_t *rights, const char *contribution)
{
    for (size_t i = 0; i < json_array_size(rights); i++)
        if (strcmp(cci_json_text(json_array_get(rights, i), "contribution"), contribution) == 0)
            return json_array_get(rights, i);
    return NULL;
}

/* Where a payment brings the rights, whoever was paid has granted them. */
cocreate_status cci_check_paid(cci_check *k, cocreate_error *error)
{
    const json_t *awards = json_object_get(k->shown, "awards");
    const json_t *rights = json_object_get(json_object_get(k->shown, "brief"), "rights");
    int on_payment = strcmp(cci_json_text(rights, "effective"), "on_payment") == 0;
    (void)error;
    for (size_t i = 0; i < json_array_size(awards); i++) {
        const json_t *award = json_array_get(awards, i);
        const char *id = cci_json_text(award, "id"), *entry = cci_json_text(award, "entry");
        const json_t *right = right_of(json_object_get(k->shown, "rights"), entry);
        if (strcmp(cci_json_text(award, "state"), "paid") != 0)
            continue;
        k->checked++;
        if (!json_object_get(award, "paid_at") || !json_object_get(award, "fund"))
            cci_violation(k, "award", id, "it is paid, and nothing tells when, or from what");
        else if (on_payment && right && strcmp(cci_json_text(right, "state"), "held") == 0)
            cci_violation(k, "award", id, "it is paid, and the rights it pays for are not granted");
    }
    return COCREATE_OK;
}

/* ---- once ---- */

/* What was said once is not said again: a badge or a title to the same person, a payment. */
static cocreate_status hear(cci_check *k, const cci_told *event, const char *what, const char *key,
                            const char *name, cocreate_error *error)
{
    k->checked++;
    if (cci_fact(k, "once", key))
        cci_violation_at(k, event, "%s '%.100s' was there before", what, name);
    return cci_fact_put(k, "once", key, json_true(), error);
}

static cocreate_status hear_payment(cci_check *k, const cci_told *event, cocreate_error *error)
{
    const char *reference = cci_json_text(event->data, "reference");
    cci_buffer key;
    cci_buffer_init(&key, &k->e->allocator);
    cci_buffer_format(&key, "%s\n%s\n%s\n%s", event->campaign, event->type,
                      cci_json_text(event->data, "rail"), reference);
    cci_buffer_byte(&key, '\0');
    cocreate_status status = key.failed ? cci_no_memory(error)
                                        : hear(k, event, "payment", key.data, reference, error);
    cci_buffer_free(&key);
    return status;
}

static cocreate_status hear_award(cci_check *k, const cci_told *event, const json_t *award,
                                  cocreate_error *error)
{
    const char *id = cci_json_text(award, "id");
    cci_fact_key key;
    return hear(k, event, "award", cci_fact_key_of(&key, event->campaign, id, "award"), id, error);
}

/* Awards have ids that follow from the rule, the person and the reason: the same twice is one. */
cocreate_status cci_hear_once(cci_check *k, const cci_told *event, cocreate_error *error)
{
    const json_t *awards = json_object_get(event->data, "awards");
    if (strcmp(event->type, "award.paid") == 0 || strcmp(event->type, "award.recovered") == 0)
        return hear_payment(k, event, error);
    if (strcmp(event->type, "awards.made") != 0 && strcmp(event->type, "reward.evaluated") != 0)
        return COCREATE_OK;
    for (size_t i = 0; i < json_array_size(awards); i++)
        CCI_TRY(hear_award(k, event, json_array_get(awards, i), error));
    return COCREATE_OK;
}
