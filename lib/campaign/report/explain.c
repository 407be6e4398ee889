/* Why something stands where it stands, in sentences a contributor understands. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/time.h"
#include "campaign/money/award.h"
#include "campaign/report/explain.h"
#include "campaign/rounds/periods.h"
#include "campaign/report/exact.h"
#include "cocreate/money.h"
#include "reward/trace.h"

typedef struct story {
    cci_engine *e;
    const cci_campaign *c;
    const char *id;
    const char *kind; /* what was found, NULL nothing yet */
    json_t *sentences;
    json_t *facts;
} story;

static cocreate_status say(story *s, cocreate_error *error, const char *format, ...)
    CCI_FORMAT(3, 4);

static cocreate_status say(story *s, cocreate_error *error, const char *format, ...)
{
    va_list args;
    cci_buffer text;
    cci_buffer_init(&text, &s->e->allocator);
    va_start(args, format);
    cci_buffer_vformat(&text, format, args);
    va_end(args);
    int ok = !text.failed && cci_json_push(s->sentences, json_stringn(text.data, text.size));
    cci_buffer_free(&text);
    return ok ? COCREATE_OK : cci_no_memory(error);
}

/* ---- a contribution ---- */

static cocreate_status say_authors(story *s, const json_t *doc, cocreate_error *error)
{
    char at[CCI_TIME_TEXT];
    const json_t *authors = json_object_get(doc, "authors");
    cci_buffer names;
    cci_buffer_init(&names, &s->e->allocator);
    for (size_t i = 0; i < json_array_size(authors); i++) {
        const json_t *author = json_array_get(authors, i);
        const char *share = json_string_value(json_object_get(author, "share"));
        cci_buffer_text(&names, i == 0 ? "" : ", ");
        cci_buffer_text(&names, cci_json_text(author, "participant"));
        if (share && json_array_size(authors) > 1) {
            cci_buffer_text(&names, " (share ");
            cci_buffer_text(&names, share);
            cci_buffer_text(&names, ")");
        }
    }
    cocreate_status status;
    if (names.failed)
        status = cci_no_memory(error);
    else
        status = say(s, error, "Submitted by %s at %s.", names.size ? names.data : "nobody",
                     cci_time_text(json_integer_value(json_object_get(doc, "at")), at));
    cci_buffer_free(&names);
    return status;
}

static cocreate_status say_state(story *s, const json_t *doc, cocreate_error *error)
{
    const char *state = cci_json_text(doc, "state"), *reason = cci_json_text(doc, "reason");
    if (*reason)
        return say(s, error, "It is %s, because: %s", state, reason);
    return say(s, error, "It is %s.", strcmp(state, "not_selected") == 0 ? "not selected" : state);
}

/* The last selected and the first who is not, so that a contributor sees what was missing. */
static cocreate_status say_cut(story *s, const json_t *result, int selected,
                               cocreate_error *error)
{
    size_t n = json_array_size(json_object_get(result, "selected"));
    if (n == 0)
        return say(s, error, "Nobody passed the cut.");
    if (n == 1)
        return say(s, error, selected ? "It alone passed the cut." : "1 other passed the cut.");
    return say(s, error,
               selected ? "It is one of the %zu that passed the cut." : "%zu others passed the cut.",
               n);
}

static cocreate_status say_decision(story *s, const char *round, cocreate_error *error)
{
    json_t *doc;
    cocreate_status status =
        cci_state_get_by(s->e, s->c->part, CCI_KIND_DECISION, CCI_KEY(round, s->id), &doc, error);
    if (status != COCREATE_OK || !doc)
        return status;
    const char *reason = cci_json_text(doc, "reason");
    status = say(s, error, "In round '%s', '%s' decided: %s%s%s", round, cci_json_text(doc, "by"),
                 cci_json_text(doc, "verdict"), *reason ? ", because: " : ".", reason);
    json_decref(doc);
    return status;
}

static cocreate_status say_place(story *s, const char *round, const json_t *result,
                                 const json_t *place, cocreate_error *error)
{
    size_t n = json_array_size(json_object_get(result, "places"));
    json_int_t from = json_integer_value(json_object_get(place, "from"));
    json_int_t to = json_integer_value(json_object_get(place, "to"));
    json_t *exact = json_object_get(place, "exact");
    char where[80];
    cci_buffer score;
    cocreate_status status = COCREATE_OK;
    if (from == to)
        snprintf(where, sizeof where, "place %" JSON_INTEGER_FORMAT, from);
    else
        snprintf(where, sizeof where,
                 "shared places %" JSON_INTEGER_FORMAT " to %" JSON_INTEGER_FORMAT, from, to);
    cci_buffer_init(&score, &s->e->allocator);
    if (json_is_string(exact)) {
        cci_buffer_text(&score, ", score ");
        status = cci_say_exact(json_string_value(exact), &score, error);
    }
    if (status == COCREATE_OK)
        status = say(s, error, "In round '%s' by %s: %s of %zu%s.", round, cci_json_text(result, "method"),
                     where, n, score.data ? score.data : "");
    cci_buffer_free(&score);
    return status;
}

/* Ties with this option that a rule broke. */
static cocreate_status say_ties(story *s, const json_t *result, cocreate_error *error)
{
    const json_t *ties = json_object_get(result, "ties");
    for (size_t i = 0; i < json_array_size(ties); i++) {
        const json_t *tie = json_array_get(ties, i), *ids = json_object_get(tie, "options");
        int in = 0;
        for (size_t k = 0; k < json_array_size(ids) && !in; k++)
            in = strcmp(json_string_value(json_array_get(ids, k)), s->id) == 0;
        if (in)
            CCI_TRY(say(s, error, "It was tied with %zu other%s; the rule '%s' broke the tie.",
                        json_array_size(ids) - 1, json_array_size(ids) == 2 ? "" : "s",
                        cci_json_text(tie, "step")));
    }
    return COCREATE_OK;
}

static int holds(const json_t *ids, const char *id)
{
    for (size_t i = 0; i < json_array_size(ids); i++)
        if (strcmp(json_string_value(json_array_get(ids, i)), id) == 0)
            return 1;
    return 0;
}

/* Where it stands in a result, where it does. */
static cocreate_status say_standing(story *s, const char *round, const json_t *result, cocreate_error *error)
{
    const json_t *places = json_object_get(result, "places");
    for (size_t i = 0; i < json_array_size(places); i++) {
        const json_t *place = json_array_get(places, i);
        if (strcmp(cci_json_text(place, "id"), s->id) != 0)
            continue;
        CCI_TRY(say_place(s, round, result, place, error));
        CCI_TRY(say_ties(s, result, error));
        return say_cut(s, result, holds(json_object_get(result, "selected"), s->id), error);
    }
    return COCREATE_OK;
}

static cocreate_status say_result(story *s, const char *round, const json_t *result, cocreate_error *error)
{
    CCI_TRY(say_decision(s, round, error));
    return say_standing(s, round, result, error);
}

/* The periods in which it was judged; of those together there is no more to say. */
static cocreate_status say_periods(story *s, const char *round, cocreate_error *error)
{
    json_t *list = NULL;
    char at[CCI_TIME_TEXT];
    CCI_TRY(cci_periods_list(s->e, s->c, round, &list, error));
    cocreate_status status = say_decision(s, round, error);
    for (size_t i = 0; status == COCREATE_OK && i < json_array_size(list); i++) {
        const json_t *row = json_array_get(list, i);
        const char *reason = cci_json_text(row, "reason");
        if (!holds(json_object_get(row, "candidates"), s->id))
            continue;
        status = say(s, error, "Period %zu of round '%s' ended at %s%s%s.", i + 1, round,
                     cci_time_text(json_integer_value(json_object_get(row, "until")), at),
                     *reason ? " and selected nobody: " : "", reason);
        if (status == COCREATE_OK)
            status = say_standing(s, round, json_object_get(row, "result"), error);
    }
    json_decref(list);
    return status;
}

/* What became of it in the times before, where the round could not find anybody. */
static cocreate_status say_attempts(story *s, const char *round, const json_t *attempts,
                                    cocreate_error *error)
{
    for (size_t i = 0; i < json_array_size(attempts); i++) {
        const json_t *attempt = json_array_get(attempts, i), *made = json_object_get(attempt, "decisions");
        char at[CCI_TIME_TEXT];
        int told = 0;
        for (size_t k = 0; k < json_array_size(made); k++) {
            const json_t *decision = json_array_get(made, k);
            if (strcmp(cci_json_text(decision, "contribution"), s->id) != 0)
                continue;
            const char *reason = cci_json_text(decision, "reason");
            CCI_TRY(say(s, error, "In round '%s', '%s' decided: %s%s%s", round, cci_json_text(decision, "by"),
                        cci_json_text(decision, "verdict"), *reason ? ", because: " : ".", reason));
            told = 1;
        }
        if (holds(json_object_get(attempt, "passed"), s->id)) {
            CCI_TRY(say(s, error, "In round '%s' nobody decided on it in time.", round));
            told = 1;
        }
        if (told)
            CCI_TRY(say(s, error,
                        "Nobody was verified, and the contest opened again at %s; what it had handed in "
                        "until then counts no more.",
                        cci_time_text(json_integer_value(json_object_get(attempt, "reopened_at")), at)));
    }
    return COCREATE_OK;
}

/* Which of several versions of the rules a round went by. */
static cocreate_status say_rules(story *s, const char *round, const json_t *row, cocreate_error *error)
{
    const json_t *rules = json_object_get(s->c->doc, "rules");
    json_int_t version = json_integer_value(json_object_get(row, "rules"));
    const json_t *item = json_array_get(rules, (size_t)version - 1);
    char from[CCI_TIME_TEXT];
    if (version == 0 || json_array_size(rules) < 2)
        return COCREATE_OK;
    return say(s, error, "Round '%s' goes by version %lld of %zu of the rules, in force from %s on.", round,
               (long long)version, json_array_size(rules),
               cci_time_text(json_integer_value(json_object_get(item, "from")), from));
}

/* Ballots that did not count, for their voters cast too few. */
static cocreate_status say_below(story *s, const char *round, const json_t *stats, cocreate_error *error)
{
    json_int_t n = json_integer_value(json_object_get(stats, "below"));
    if (n == 0)
        return COCREATE_OK;
    return say(s, error, "In round '%s', %lld ballot%s of who cast fewer than %lld votes did not count.",
               round, (long long)n, n == 1 ? "" : "s",
               (long long)json_integer_value(json_object_get(stats, "min_to_count")));
}

static cocreate_status say_rounds(story *s, cocreate_error *error)
{
    for (size_t i = 0; i < s->c->brief.n_rounds; i++) {
        const char *round = s->c->brief.rounds[i].id;
        json_t *row;
        cci_round_state state;
        CCI_TRY(cci_round_get(s->e, s->c, round, &row, &state, error));
        json_t *result = json_object_get(row, "result");
        cocreate_status status = say_attempts(s, round, json_object_get(row, "attempts"), error);
        if (status != COCREATE_OK) {
            json_decref(row);
            return status;
        }
        if (result)
            status = say_rules(s, round, row, error);
        if (s->c->brief.rounds[i].every_us && status == COCREATE_OK)
            status = say_periods(s, round, error);
        else if (result && status == COCREATE_OK)
            status = say_result(s, round, result, error);
        if (result && status == COCREATE_OK)
            status = say_below(s, round, json_object_get(result, "stats"), error);
        else if (state == CCI_ROUND_FAILED)
            status = say(s, error, "Round '%s' failed: %s.", round, cci_json_text(row, "reason"));
        json_decref(row);
        CCI_TRY(status);
    }
    return COCREATE_OK;
}

static cocreate_status say_right(story *s, cocreate_error *error)
{
    json_t *right;
    CCI_TRY(cci_state_get(s->e, s->c->part, CCI_KIND_RIGHT, s->id, &right, error));
    if (!right)
        return COCREATE_OK;
    cocreate_status status =
        say(s, error, "Rights: %s, terms '%s' accepted with the submission; the grant is %s.",
            cci_json_text(right, "type"), cci_json_text(right, "terms"), cci_json_text(right, "state"));
    if (status == COCREATE_OK && *cci_json_text(right, "reference"))
        status = say(s, error, "It was granted by the contract '%s'.", cci_json_text(right, "reference"));
    if (status == COCREATE_OK && *cci_json_text(right, "reason"))
        status = say(s, error, "It was revoked by '%s', because: %s", cci_json_text(right, "by"),
                     cci_json_text(right, "reason"));
    json_decref(right);
    return status;
}

/* ---- awards ---- */

/* Decimals of what an award gives: those of its own unit, points or coupons too; of recognition, which has
 * no amount, those of the scheme. */
static cocreate_status exponent_of(const story *s, const json_t *award, int32_t *out,
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
static cocreate_status award_sentence(story *s, const json_t *award, cci_buffer *out,
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
static cocreate_status award_amount(const story *s, const json_t *award, int64_t minor,
                                    char out[COCREATE_AMOUNT_TEXT], cocreate_error *error)
{
    int32_t exponent = 0;
    CCI_TRY(exponent_of(s, award, &exponent, error));
    return cocreate_amount_print(minor, exponent, out, error);
}

/* What is deducted, and what an adjustment made of it. */
static cocreate_status say_amounts(story *s, const json_t *award, cocreate_error *error)
{
    const json_t *list = json_object_get(award, "deductions");
    const json_t *gross = json_object_get(award, "gross"), *owed = json_object_get(award, "owed");
    char amount[COCREATE_AMOUNT_TEXT];
    if (gross) {
        CCI_TRY(award_amount(s, award, json_integer_value(gross), amount, error));
        CCI_TRY(say(s, error, "After an adjustment it is %s.", amount));
    }
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *taken = json_array_get(list, i);
        CCI_TRY(award_amount(s, award, json_integer_value(json_object_get(taken, "minor")), amount,
                             error));
        CCI_TRY(say(s, error, "Of it %s is deducted as '%s' and goes to '%s'.", amount,
                    cci_json_text(taken, "id"), cci_json_text(taken, "account")));
    }
    if (owed && json_integer_value(owed) > 0) {
        CCI_TRY(award_amount(s, award, json_integer_value(owed), amount, error));
        CCI_TRY(say(s, error, "It was paid, and '%s' owes %s of it.", cci_json_text(award, "to"), amount));
    }
    return COCREATE_OK;
}

/* Where an award stands: by when what must happen, and what did. */
static cocreate_status say_life(story *s, const json_t *award, cocreate_error *error)
{
    const char *state = cci_json_text(award, "state"), *reason = cci_json_text(award, "reason");
    const json_t *accept_by = json_object_get(award, "accept_by");
    const json_t *claim_by = json_object_get(award, "claim_by");
    const json_t *from = json_object_get(award, "payable_from");
    int offered = strcmp(state, "offered") == 0, open = offered || strcmp(state, "accepted") == 0;
    char at[CCI_TIME_TEXT];
    CCI_TRY(say_amounts(s, award, error));
    if (offered && accept_by)
        CCI_TRY(say(s, error, "It is to be accepted before %s.",
                    cci_time_text(json_integer_value(accept_by), at)));
    if (open && from)
        CCI_TRY(say(s, error, "It may be paid from %s.",
                    cci_time_text(json_integer_value(from), at)));
    if (open && claim_by)
        CCI_TRY(say(s, error, "It is to be claimed before %s.",
                    cci_time_text(json_integer_value(claim_by), at)));
    if (*cci_json_text(award, "reference"))
        CCI_TRY(say(s, error, "Paid by '%s' with reference '%s'.", cci_json_text(award, "rail"),
                    cci_json_text(award, "reference")));
    return *reason ? say(s, error, "It is %s, because: %s", state, reason) : COCREATE_OK;
}

static cocreate_status say_award(story *s, const json_t *award, cocreate_error *error)
{
    const char *amount = cci_json_text(award, "amount");
    cci_buffer why;
    cci_buffer_init(&why, &s->e->allocator);
    cocreate_status status = award_sentence(s, award, &why, error);
    if (status == COCREATE_OK && *amount)
        status =
            say(s, error, "Award '%s' to '%s' by rule '%s': %s %s, %s.%s", cci_json_text(award, "id"),
                cci_json_text(award, "to"), cci_json_text(award, "rule"), amount,
                cci_json_text(award, "currency"), cci_json_text(award, "state"), why.data ? why.data : "");
    else if (status == COCREATE_OK)
        status = say(s, error, "Award '%s' to '%s' by rule '%s': %s.%s", cci_json_text(award, "id"),
                     cci_json_text(award, "to"), cci_json_text(award, "rule"), cci_json_text(award, "kind"),
                     why.data ? why.data : "");
    cci_buffer_free(&why);
    return status == COCREATE_OK ? say_life(s, award, error) : status;
}

static cocreate_status visit_award(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    story *s = user;
    int mine = strcmp(id, s->id) == 0 || strcmp(cci_json_text(doc, "entry"), s->id) == 0 ||
               strcmp(cci_json_text(doc, "to"), s->id) == 0;
    return mine ? say_award(s, doc, error) : COCREATE_OK;
}

static cocreate_status say_awards(story *s, cocreate_error *error)
{
    return cci_state_scan(s->e, s->c->part, CCI_KIND_AWARD, NULL, visit_award, s, error);
}

/* ---- a participant ---- */

static cocreate_status visit_author(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    story *s = user;
    const char *contribution = strchr(id, '\n');
    (void)doc;
    return contribution ? say(s, error, "Author of '%s' in campaign '%s'.", contribution + 1,
                              s->c->id)
                        : COCREATE_OK;
}

static cocreate_status say_authored(story *s, cocreate_error *error)
{
    return cci_state_scan_by(s->e, s->c->part, CCI_KIND_AUTHOR, CCI_KEY(s->id, ""), visit_author, s, error);
}

/* ---- finding ---- */

static cocreate_status found(story *s, const char *kind, json_t *doc, cocreate_error *error)
{
    s->kind = kind;
    return cci_json_put(s->facts, kind, json_incref(doc)) ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status tell_contribution(story *s, json_t *doc, cocreate_error *error)
{
    CCI_TRY(found(s, "contribution", doc, error));
    CCI_TRY(say_authors(s, doc, error));
    CCI_TRY(say_state(s, doc, error));
    CCI_TRY(cci_merges_explain(s->e, s->c, s->id, doc, s->sentences, error));
    CCI_TRY(say_rounds(s, error));
    CCI_TRY(say_right(s, error));
    return say_awards(s, error);
}

static cocreate_status look_in_campaign(story *s, cocreate_error *error)
{
    json_t *doc;
    CCI_TRY(cci_state_get(s->e, s->c->part, CCI_KIND_CONTRIBUTION, s->id, &doc, error));
    cocreate_status status = COCREATE_OK;
    if (doc) {
        status = tell_contribution(s, doc, error);
        json_decref(doc);
        return status;
    }
    CCI_TRY(cci_state_get(s->e, s->c->part, CCI_KIND_AWARD, s->id, &doc, error));
    if (doc) {
        status = found(s, "award", doc, error);
        if (status == COCREATE_OK)
            status = say_awards(s, error);
        json_decref(doc);
    }
    return status;
}

static cocreate_status look_for_participant(story *s, json_t *ids, cocreate_error *error)
{
    json_t *doc;
    CCI_TRY(cci_state_get(s->e, 0, CCI_KIND_PARTICIPANT, s->id, &doc, error));
    if (!doc)
        return COCREATE_OK;
    cocreate_status status = found(s, "participant", doc, error);
    if (status == COCREATE_OK)
        status = say(s, error, "A participant of the %s side.", cci_json_text(doc, "side"));
    json_decref(doc);
    for (size_t i = 0; i < json_array_size(ids) && status == COCREATE_OK; i++) {
        cci_campaign *c;
        status = cci_campaign_get(s->e, json_string_value(json_array_get(ids, i)), &c, error);
        if (status != COCREATE_OK)
            break;
        s->c = c;
        status = say_authored(s, error);
        if (status == COCREATE_OK)
            status = say_awards(s, error);
    }
    s->c = NULL;
    return status;
}

static cocreate_status add_id(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    (void)doc;
    return cci_json_push(user, json_string(id)) ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status search(story *s, const char *campaign, json_t *ids, cocreate_error *error)
{
    if (campaign) {
        if (!cci_json_push(ids, json_string(campaign)))
            return cci_no_memory(error);
    } else {
        CCI_TRY(cci_state_scan(s->e, 0, CCI_KIND_CAMPAIGN, NULL, add_id, ids, error));
    }
    for (size_t i = 0; i < json_array_size(ids); i++) {
        cci_campaign *c;
        CCI_TRY(cci_campaign_get(s->e, json_string_value(json_array_get(ids, i)), &c, error));
        s->c = c;
        CCI_TRY(look_in_campaign(s, error));
        if (s->kind)
            return COCREATE_OK;
    }
    s->c = NULL;
    CCI_TRY(look_for_participant(s, ids, error));
    if (s->kind)
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_NOT_FOUND,
                    "no contribution, award or participant has the id '%s'", s->id);
}

static cocreate_status write(story *s, cocreate_text **out, cocreate_error *error)
{
    cci_buffer text;
    json_t *document = cci_json_new();
    cci_buffer_init(&text, &s->e->allocator);
    int ok = cci_json_put(document, "id", json_string(s->id)) &&
             cci_json_put(document, "kind", json_string(s->kind)) &&
             (!s->c || cci_json_put(document, "campaign", json_string(s->c->id))) &&
             cci_json_put(document, "sentences", json_incref(s->sentences)) &&
             cci_json_put(document, "facts", json_incref(s->facts));
    cocreate_status status = ok ? cci_json_canonical(document, &text, error) : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_buffer_finish(&text, out, error);
    cci_buffer_free(&text);
    json_decref(document);
    return status;
}

cocreate_status cocreate_explain(cocreate_store *store, const char *id, const char *campaign,
                                 cocreate_text **out, cocreate_error *error)
{
    story s = {.id = id};
    CCI_TRY(cci_engine_of(store, &s.e, error));
    CCI_TRY(cci_id_check(id, "id", error));
    json_t *ids = json_array();
    s.sentences = json_array();
    s.facts = cci_json_new();
    cocreate_status status;
    if (!ids || !s.sentences || !s.facts)
        status = cci_no_memory(error);
    else
        status = search(&s, campaign, ids, error);
    if (status == COCREATE_OK)
        status = write(&s, out, error);
    json_decref(ids);
    json_decref(s.sentences);
    json_decref(s.facts);
    return status;
}
