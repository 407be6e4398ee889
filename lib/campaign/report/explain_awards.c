/* Awards in sentences: what for, how much, and where each stands. */
#include <inttypes.h>
#include <string.h>

#include "base/time.h"
#include "campaign/report/explain.h"
#include "cocreate/money.h"
#include "reward/trace.h"

/* Decimals of what an award gives: those of its own unit, points or coupons too; of recognition, which has
 * no amount, those of the scheme. */
static cocreate_status exponent_of(const cci_story *s, const json_t *award, int32_t *out,
                                   cocreate_error *error)
{
    const char *amount = cci_json_text(award, "amount"), *reward = cci_json_text(award, "reward");
    const char *point = strchr(amount, '.');
    *out = point ? (int32_t)strlen(point + 1) : 0;
    for (size_t i = 0; !*amount && i < s->c->brief.n_rewards; i++)
        if (strcmp(s->c->brief.rewards[i].id, reward) == 0)
            CCI_TRY(cci_scheme_exponent(s->c->brief.rewards[i].scheme, out, error));
    return COCREATE_OK;
}

/* What the recorded trace of an award says: the awards themselves are not made again, since contributions
 * may have changed since. */
static cocreate_status award_sentence(cci_story *s, const json_t *award, cci_buffer *out,
                                      cocreate_error *error)
{
    int32_t exponent = 0;
    if (!json_object_get(award, "trace"))
        return COCREATE_OK;
    CCI_TRY(exponent_of(s, award, &exponent, error));
    cci_buffer trace;
    cci_buffer_init(&trace, &s->e->allocator);
    cocreate_status status = cci_json_canonical(json_object_get(award, "trace"), &trace, error);
    if (status == COCREATE_OK)
        cci_buffer_text(out, " ");
    if (status == COCREATE_OK)
        status = cci_trace_explain(trace.data, exponent, out, error);
    cci_buffer_free(&trace);
    return status == COCREATE_OK && out->failed ? cci_no_memory(error) : status;
}

/* Minor units of the currency of an award as an amount. */
static cocreate_status award_amount(const cci_story *s, const json_t *award, int64_t minor,
                                    char out[COCREATE_AMOUNT_TEXT], cocreate_error *error)
{
    int32_t exponent = 0;
    CCI_TRY(exponent_of(s, award, &exponent, error));
    return cocreate_amount_print(minor, exponent, out, error);
}

/* Nothing is left of it, which its state says. */
static int has_lapsed(const json_t *award)
{
    const char *state = cci_json_text(award, "state");
    return strcmp(state, "expired") == 0 || strcmp(state, "declined") == 0;
}

/* What is deducted, and what an adjustment made of it. */
static cocreate_status say_amounts(cci_story *s, const json_t *award, cocreate_error *error)
{
    const json_t *list = json_object_get(award, "deductions");
    const json_t *gross = json_object_get(award, "gross"), *owed = json_object_get(award, "owed");
    char amount[COCREATE_AMOUNT_TEXT];
    if (gross && !has_lapsed(award)) {
        const char *late = cci_json_text(award, "late");
        CCI_TRY(award_amount(s, award, json_integer_value(gross), amount, error));
        CCI_TRY(*late ? cci_story_say(s, error, "It was %s, and is %s by that.", late, amount)
                      : cci_story_say(s, error, "After an adjustment it is %s.", amount));
    }
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *taken = json_array_get(list, i);
        CCI_TRY(award_amount(s, award, json_integer_value(json_object_get(taken, "minor")), amount,
                             error));
        CCI_TRY(cci_story_say(s, error, "Of it %s is deducted as '%s' and goes to '%s'.", amount,
                    cci_json_text(taken, "id"), cci_json_text(taken, "account")));
    }
    if (owed && json_integer_value(owed) > 0) {
        CCI_TRY(award_amount(s, award, json_integer_value(owed), amount, error));
        CCI_TRY(cci_story_say(s, error, "It was paid, and '%s' owes %s of it.", cci_json_text(award, "to"),
                    amount));
    }
    return COCREATE_OK;
}

/* How much of an obligation is met, and what comes next. */
static cocreate_status say_obligation(cci_story *s, const json_t *obligation, cocreate_error *error)
{
    const json_t *dues = json_object_get(obligation, "dues"), *next = NULL, *overdue = NULL;
    const char *id = cci_json_text(obligation, "id");
    char at[CCI_TIME_TEXT];
    size_t n = json_array_size(dues), met = 0;
    for (size_t i = 0; i < n; i++) {
        const json_t *due = json_array_get(dues, i);
        const char *state = cci_json_text(due, "state");
        met += strcmp(state, "met") == 0;
        if (!next && strcmp(state, "waits") == 0)
            next = due;
        if (!overdue && strcmp(state, "overdue") == 0)
            overdue = due;
    }
    CCI_TRY(cci_story_say(s, error, "Of obligation '%s', %zu of %zu %s in.", id, met, n,
                n == 1 ? "report is" : "reports are"));
    if (overdue)
        CCI_TRY(cci_story_say(s, error, "One is overdue since %s.",
                    cci_time_text(json_integer_value(json_object_get(overdue, "due")), at)));
    return next ? cci_story_say(s, error, "The next is due before %s.",
                      cci_time_text(json_integer_value(json_object_get(next, "due")), at))
                : COCREATE_OK;
}

static cocreate_status say_obligations(cci_story *s, const json_t *award, cocreate_error *error)
{
    const json_t *list = json_object_get(award, "obligations");
    for (size_t i = 0; i < json_array_size(list); i++)
        CCI_TRY(say_obligation(s, json_array_get(list, i), error));
    return COCREATE_OK;
}

/* Where an award stands: by when what must happen, and what did. */
static cocreate_status say_life(cci_story *s, const json_t *award, cocreate_error *error)
{
    const char *state = cci_json_text(award, "state"), *reason = cci_json_text(award, "reason");
    const json_t *accept_by = json_object_get(award, "accept_by");
    const json_t *claim_by = json_object_get(award, "claim_by");
    const json_t *from = json_object_get(award, "payable_from");
    int offered = strcmp(state, "offered") == 0, open = offered || strcmp(state, "accepted") == 0;
    const json_t *revision = json_object_get(award, "revision");
    char at[CCI_TIME_TEXT];
    if (revision)
        CCI_TRY(cci_story_say(s, error, "It was made by revision %lld of the reward: another fell away.",
                              (long long)json_integer_value(revision)));
    CCI_TRY(say_amounts(s, award, error));
    if (offered && accept_by)
        CCI_TRY(cci_story_say(s, error, "It is to be accepted before %s.",
                    cci_time_text(json_integer_value(accept_by), at)));
    if (open && from)
        CCI_TRY(cci_story_say(s, error, "It may be paid from %s.",
                    cci_time_text(json_integer_value(from), at)));
    if (open && claim_by)
        CCI_TRY(cci_story_say(s, error, "It is to be claimed before %s.",
                    cci_time_text(json_integer_value(claim_by), at)));
    if (*cci_json_text(award, "reference"))
        CCI_TRY(cci_story_say(s, error, "Paid by '%s' with reference '%s'.", cci_json_text(award, "rail"),
                    cci_json_text(award, "reference")));
    CCI_TRY(cci_story_release(s, award, error));
    CCI_TRY(say_obligations(s, award, error));
    return *reason ? cci_story_say(s, error, "It is %s, because: %s", state, reason) : COCREATE_OK;
}

static cocreate_status say_award(cci_story *s, const json_t *award, cocreate_error *error)
{
    const char *amount = cci_json_text(award, "amount");
    cci_buffer why;
    cci_buffer_init(&why, &s->e->allocator);
    cocreate_status status = award_sentence(s, award, &why, error);
    if (status == COCREATE_OK && *amount)
        status = cci_story_say(s, error, "Award '%s' to '%s' by rule '%s': %s %s, %s.%s",
                     cci_json_text(award, "id"), cci_json_text(award, "to"), cci_json_text(award, "rule"),
                     amount,
                     cci_json_text(award, "currency"), cci_json_text(award, "state"),
                     why.data ? why.data : "");
    else if (status == COCREATE_OK)
        status = cci_story_say(s, error, "Award '%s' to '%s' by rule '%s': %s.%s", cci_json_text(award, "id"),
                     cci_json_text(award, "to"), cci_json_text(award, "rule"), cci_json_text(award, "kind"),
                     why.data ? why.data : "");
    cci_buffer_free(&why);
    return status == COCREATE_OK ? say_life(s, award, error) : status;
}

static cocreate_status visit_award(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    cci_story *s = user;
    int mine = strcmp(id, s->id) == 0 || strcmp(cci_json_text(doc, "entry"), s->id) == 0 ||
               strcmp(cci_json_text(doc, "to"), s->id) == 0;
    if (!mine || !cci_viewer_sees_award(&s->v, doc))
        return COCREATE_OK;
    cci_viewer_strip_award(&s->v, doc);
    s->told = 1;
    return say_award(s, doc, error);
}

cocreate_status cci_story_awards(cci_story *s, cocreate_error *error)
{
    return cci_state_scan(s->e, s->c->part, CCI_KIND_AWARD, NULL, visit_award, s, error);
}
