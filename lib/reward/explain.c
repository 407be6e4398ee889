/* A trace in words. It is one of our own, so a step that does not fit is a defect. */
#include <inttypes.h>
#include <string.h>

#include "cocreate/money.h"
#include "reward/awards.h"
#include "reward/steps.h"

typedef struct teller {
    cci_buffer *out;
    int32_t exponent;
    const char *score; /* of the rank step, or NULL */
    const char *by;    /* of the weight step */
    int sentences;
    cci_figures figures;
} teller;

static int64_t integer(const json_t *step, const char *key)
{
    return json_integer_value(json_object_get(step, key));
}

static void amount(const teller *t, int64_t minor)
{
    char text[COCREATE_AMOUNT_TEXT];
    if (cocreate_amount_print(minor, t->exponent, text, NULL) == COCREATE_OK)
        cci_buffer_text(t->out, text);
}

/* A number as it is, or as people write it where it is long. */
static void number(const teller *t, const char *text)
{
    enum { LONG = 24 };
    cci_rational value = {0};
    size_t size = strlen(text);
    if (size <= LONG) {
        cci_buffer_add(t->out, text, size);
        return;
    }
    cocreate_status status = cci_rational_init(&value, NULL);
    if (status == COCREATE_OK)
        status = cci_rational_parse(text, size, &value, NULL);
    if (status == COCREATE_OK)
        status = cci_rational_say(&value, t->out, NULL);
    cci_rational_clear(&value);
    if (status != COCREATE_OK)
        t->out->failed = 1;
}

/* "3 of 8 votes: that part of " */
static void tell_part_of(const teller *t, const json_t *step)
{
    number(t, cci_json_text(step, "weight"));
    cci_buffer_text(t->out, " of ");
    number(t, cci_json_text(step, "of"));
    cci_buffer_format(t->out, " %s: that part of ", t->by);
}

static void begin(teller *t)
{
    if (t->sentences++ > 0)
        cci_buffer_byte(t->out, ' ');
}

/* "500.00 + 250.00 = 750.00" */
static void tell_pool(const teller *t, const json_t *step)
{
    const json_t *prizes = json_object_get(step, "prizes");
    size_t n = json_array_size(prizes);
    for (size_t i = 0; i < n; i++) {
        amount(t, json_integer_value(json_array_get(prizes, i)));
        cci_buffer_text(t->out, i + 1 < n ? " + " : n > 1 ? " = " : "");
    }
    if (n != 1)
        amount(t, integer(step, "pool"));
}

static void tell_part(const teller *t, int64_t among)
{
    if (among == 2)
        cci_buffer_text(t->out, ", half each");
    else if (among == 3)
        cci_buffer_text(t->out, ", a third each");
    else
        cci_buffer_format(t->out, ", 1/%" PRId64 " each", among);
}

static void tell_tie(teller *t, const json_t *step)
{
    const char *policy = cci_json_text(step, "policy");
    const json_t *places = json_object_get(step, "places");
    int64_t from = json_integer_value(json_array_get(places, 0));
    int64_t to = json_integer_value(json_array_get(places, 1));
    int64_t among = integer(step, "among");
    begin(t);
    cci_buffer_format(t->out, "Shared place %" PRId64 "-%" PRId64 " (%" PRId64 " entries tied", from,
                      to, among);
    if (t->score != NULL)
        cci_buffer_format(t->out, " at %s", t->score);
    int ordered = strcmp(policy, "lot") == 0 || strcmp(policy, "earlier") == 0;
    cci_buffer_text(t->out, ordered ? "), " : "): ");
    if (strcmp(policy, "pool") == 0) {
        tell_pool(t, step);
        tell_part(t, among);
    } else if (strcmp(policy, "same_prize") == 0) {
        cci_buffer_format(t->out, "%" PRId64 " times ", integer(step, "awards"));
        amount(t, integer(step, "prize"));
        tell_part(t, among);
    } else if (strcmp(policy, "hort") == 0) {
        cci_buffer_text(t->out, "half of ");
        amount(t, integer(step, "prize"));
        cci_buffer_format(t->out, " for place %" PRId64 " among them and half of an equal part of ",
                          integer(step, "place"));
        amount(t, integer(step, "pool"));
    } else {
        cci_buffer_format(t->out, "place %" PRId64 " by %s", integer(step, "place"),
                          strcmp(policy, "lot") == 0 ? "lot" : "earlier submission");
    }
}

static void tell_apportion(teller *t, const json_t *step)
{
    int64_t extra = integer(step, "extra");
    if (t->by != NULL) {
        begin(t);
        if (strcmp(t->by, "equal") == 0)
            cci_buffer_format(t->out, "Nobody weighs more than others: 1/%s of ", cci_json_text(step, "of"));
        else
            tell_part_of(t, step);
        amount(t, integer(step, "pool"));
        t->by = NULL;
    }
    cci_buffer_text(t->out, " = ");
    amount(t, integer(step, "minor"));
    if (strchr(cci_json_text(step, "exact"), '/') != NULL)
        cci_buffer_text(t->out, extra > 0 ? ", rounded up" : ", rounded down");
    cci_buffer_byte(t->out, '.');
}

static void tell_cap(teller *t, const json_t *step)
{
    begin(t);
    tell_part_of(t, step);
    amount(t, integer(step, "pool"));
    cci_buffer_text(t->out, " is more than the cap of ");
    amount(t, integer(step, "limit"));
    cci_buffer_text(t->out, ", which is paid.");
    t->by = NULL;
}

static void tell_overflow(teller *t, const json_t *step)
{
    begin(t);
    cci_buffer_format(t->out, "%" PRId64 " entries qualified, for ", integer(step, "qualified"));
    amount(t, integer(step, "bound"));
    cci_buffer_text(t->out, " in all");
    if (strcmp(cci_json_text(step, "policy"), "prorata") == 0)
        tell_part(t, integer(step, "qualified"));
    else
        cci_buffer_format(t->out, ": number %" PRId64 " in time", integer(step, "position"));
}

static void tell_team(teller *t, const json_t *step)
{
    const char *split = cci_json_text(step, "split");
    int leader = strcmp(split, "leader") == 0;
    begin(t);
    cci_buffer_format(t->out,
                      leader ? "The leader of the team of %" PRId64 ", who is to share it, gets all of "
                             : "The team of %" PRId64 " shares ",
                      integer(step, "members"));
    amount(t, integer(step, "pool"));
    cci_buffer_text(t->out, strcmp(split, "weighted") == 0 ? " by weight" : "");
    if (!leader)
        cci_buffer_format(t->out, ", of which %s", cci_json_text(step, "share"));
}

static void tell_rank(teller *t, const json_t *step, const json_t *next)
{
    t->score = json_string_value(json_object_get(step, "score"));
    if (strcmp(cci_json_text(next, "op"), "tie") == 0)
        return; /* which names the place */
    begin(t);
    cci_buffer_format(t->out, "Place %" PRId64, integer(step, "rank"));
    if (t->score != NULL)
        cci_buffer_format(t->out, " (score %s)", t->score);
}

static void tell_guard(teller *t, const json_t *step)
{
    const char *guard = cci_json_text(step, "guard");
    int person = strcmp(guard, "person_cap") == 0;
    begin(t);
    if (strcmp(guard, "role") == 0) {
        cci_buffer_text(t->out, "Not paid: the role of the person is a conflict of interest.");
    } else if (strcmp(guard, "verified") == 0) {
        cci_buffer_text(t->out, "Not paid: the person is not verified.");
    } else if (strcmp(guard, "account_age") == 0) {
        cci_buffer_format(t->out, "Not paid: the account is not known to be %" PRId64 " days old.",
                          integer(step, "limit"));
    } else if (strcmp(guard, "one_prize") == 0) {
        cci_buffer_text(t->out, "Not paid: one prize a person, and another stands.");
    } else {
        cci_buffer_text(t->out, person ? "One person gets at most " : "One household gets at most ");
        amount(t, integer(step, "limit"));
        cci_buffer_text(t->out, ", of which ");
        amount(t, integer(step, "used"));
        cci_buffer_text(t->out, " came before: ");
        amount(t, integer(step, "minor"));
        cci_buffer_text(t->out, " is left.");
    }
}

static void tell(teller *t, const json_t *step, const json_t *next)
{
    const char *op = cci_json_text(step, "op");
    if (strcmp(op, "rank") == 0) {
        tell_rank(t, step, next);
    } else if (strcmp(op, "tie") == 0) {
        tell_tie(t, step);
    } else if (strcmp(op, "prize") == 0) {
        cci_buffer_text(t->out, ": the prize of ");
        amount(t, integer(step, "minor"));
        cci_buffer_byte(t->out, '.');
    } else if (strcmp(op, "weight") == 0) {
        t->by = cci_json_text(step, "by");
    } else if (strcmp(op, "apportion") == 0) {
        tell_apportion(t, step);
    } else if (strcmp(op, "cap") == 0) {
        tell_cap(t, step);
    } else if (strcmp(op, "threshold") == 0) {
        begin(t);
        if (strcmp(cci_json_text(step, "metric"), "score") == 0)
            cci_buffer_format(t->out, "Score %s", cci_json_text(step, "value"));
        else
            cci_buffer_format(t->out, "%s %s", cci_json_text(step, "value"), cci_json_text(step, "metric"));
        cci_buffer_format(t->out, ", %s needed", cci_json_text(step, "threshold"));
        cci_buffer_text(t->out, strcmp(cci_json_text(next, "op"), "overflow") == 0 ? "." : "");
    } else if (strcmp(op, "overflow") == 0) {
        tell_overflow(t, step);
    } else if (strcmp(op, "selected") == 0) {
        begin(t);
        cci_buffer_text(t->out, "Selected");
        cci_buffer_text(t->out, strcmp(cci_json_text(next, "op"), "overflow") == 0 ? "." : "");
    } else if (strcmp(op, "amount") == 0) {
        cci_buffer_text(t->out, ": ");
        amount(t, integer(step, "minor"));
        cci_buffer_byte(t->out, '.');
    } else if (strcmp(op, "where") == 0) {
        cci_buffer_format(t->out, ": meets \"%s\".", cci_json_text(step, "condition"));
    } else if (strcmp(op, "team") == 0) {
        tell_team(t, step);
    } else if (strcmp(op, "guard") == 0) {
        tell_guard(t, step);
    }
}

cocreate_status cci_trace_explain(const char *trace, int32_t exponent, cci_buffer *out,
                                  cocreate_error *error)
{
    json_t *steps;
    CCI_TRY(cci_json_parse(trace, strlen(trace), &steps, error));
    teller t = {.out = out, .exponent = exponent};
    cocreate_status status = COCREATE_OK;
    for (size_t i = 0; i < json_array_size(steps) && status == COCREATE_OK; i++) {
        const json_t *step = json_array_get(steps, i);
        tell(&t, step, json_array_get(steps, i + 1));
        const char *op = cci_json_text(step, "op");
        int said = strcmp(op, "say") == 0;
        if (said)
            begin(&t);
        if (said || strcmp(op, "value") == 0 || strcmp(op, "calc") == 0)
            status = cci_steps_tell(&t.figures, step, exponent, out, error);
    }
    cci_figures_free(&t.figures);
    json_decref(steps);
    return status;
}
