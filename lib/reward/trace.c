#include "reward/trace.h"

#include <inttypes.h>
#include <string.h>

/* Prizes of a tie are listed up to this many: beyond, their sum says enough. */
enum { PRIZES_SHOWN = 16 };

void cci_trace_begin(cci_trace *t)
{
    cci_figures_clear(&t->figures);
    cci_buffer_clear(&t->text);
    cci_buffer_byte(&t->text, '[');
}

static cci_buffer *step(cci_trace *t)
{
    if (t->text.size > 1)
        cci_buffer_byte(&t->text, ',');
    return &t->text;
}

static void quoted_number(cci_buffer *b, cci_number n)
{
    cci_buffer_byte(b, '"');
    cci_number_text(n, b);
    cci_buffer_byte(b, '"');
}

static void quoted(cci_buffer *b, const char *text)
{
    cci_json_quote(b, text, strlen(text));
}

void cci_trace_rank(cci_trace *t, int64_t rank, cci_number score)
{
    cci_buffer *b = step(t);
    cci_buffer_format(b, "{\"method\":\"competition\",\"op\":\"rank\",\"rank\":%" PRId64, rank);
    if (score.den > 0) {
        cci_buffer_text(b, ",\"score\":");
        quoted_number(b, score);
    }
    cci_buffer_byte(b, '}');
}

void cci_trace_prize(cci_trace *t, int64_t place, int64_t minor)
{
    cci_buffer_format(step(t), "{\"minor\":%" PRId64 ",\"op\":\"prize\",\"place\":%" PRId64 "}",
                      minor, place);
}

static void places_and_policy(cci_buffer *b, cci_span places, const char *policy)
{
    cci_buffer_format(b, "\"places\":[%" PRId64 ",%" PRId64 "],\"policy\":\"%s\"", places.from,
                      places.to, policy);
}

static int64_t among(cci_span places)
{
    return places.to - places.from + 1;
}

void cci_trace_tie_pool(cci_trace *t, cci_span places, const int64_t *prizes, size_t n_prizes,
                        int64_t pool)
{
    cci_buffer *b = step(t);
    cci_buffer_format(b, "{\"among\":%" PRId64 ",\"op\":\"tie\",", among(places));
    places_and_policy(b, places, "pool");
    cci_buffer_format(b, ",\"pool\":%" PRId64, pool);
    for (size_t i = 0; i < n_prizes && n_prizes <= PRIZES_SHOWN; i++)
        cci_buffer_format(b, "%s%" PRId64, i == 0 ? ",\"prizes\":[" : ",", prizes[i]);
    cci_buffer_text(b, n_prizes > 0 && n_prizes <= PRIZES_SHOWN ? "]}" : "}");
}

void cci_trace_tie_hort(cci_trace *t, cci_span places, int64_t place, int64_t prize, int64_t pool)
{
    cci_buffer *b = step(t);
    cci_buffer_format(b, "{\"among\":%" PRId64 ",\"op\":\"tie\",\"place\":%" PRId64 ",",
                      among(places), place);
    places_and_policy(b, places, "hort");
    cci_buffer_format(b, ",\"pool\":%" PRId64 ",\"prize\":%" PRId64 "}", pool, prize);
}

void cci_trace_tie_same(cci_trace *t, cci_span places, int64_t prize, int64_t awards)
{
    cci_buffer *b = step(t);
    cci_buffer_format(b, "{\"among\":%" PRId64 ",\"awards\":%" PRId64 ",\"op\":\"tie\",",
                      among(places), awards);
    places_and_policy(b, places, "same_prize");
    cci_buffer_format(b, ",\"pool\":%" PRId64 ",\"prize\":%" PRId64 "}", prize * awards, prize);
}

void cci_trace_tie_order(cci_trace *t, const char *policy, cci_span places, int64_t place,
                         const char *by, const char *key)
{
    cci_buffer *b = step(t);
    cci_buffer_format(b, "{\"among\":%" PRId64 ",\"by\":\"%s\",", among(places), by);
    if (key != NULL)
        cci_buffer_format(b, "\"key\":%s,", key);
    cci_buffer_format(b, "\"op\":\"tie\",\"place\":%" PRId64 ",", place);
    places_and_policy(b, places, policy);
    cci_buffer_byte(b, '}');
}

void cci_trace_weight(cci_trace *t, const char *by, cci_number weight)
{
    cci_trace_weight_of(t, by, NULL, weight);
}

void cci_trace_weight_of(cci_trace *t, const char *by, const char *named, cci_number weight)
{
    cci_buffer *b = step(t);
    cci_buffer_format(b, "{\"by\":\"%s\",", by);
    if (named != NULL)
        cci_buffer_format(b, "\"of\":\"%s\",", named);
    cci_buffer_text(b, "\"op\":\"weight\",\"weight\":");
    quoted_number(b, weight);
    cci_buffer_byte(b, '}');
}

cocreate_status cci_trace_exact(int64_t pool, cci_number weight, cci_number of, cci_rational *out,
                                cocreate_error *error)
{
    cci_rational factor = {0};
    CCI_TRY(cci_rational_init(&factor, error));
    cocreate_status status = cci_rational_set_i64(out, pool, 1, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&factor, weight.num, weight.den, error);
    if (status == COCREATE_OK)
        status = cci_rational_mul(out, &factor, out, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&factor, of.num, of.den, error);
    if (status == COCREATE_OK)
        status = cci_rational_div(out, &factor, out, error);
    cci_rational_clear(&factor);
    return status;
}

/* ,"of":"...","op":"<op>","pool":n,"weight":"..."} - the keys that end both kinds of share. */
static void share_tail(cci_buffer *b, const char *op, int64_t pool, cci_number weight,
                       cci_number of)
{
    cci_buffer_text(b, ",\"of\":");
    quoted_number(b, of);
    cci_buffer_format(b, ",\"op\":\"%s\",\"pool\":%" PRId64 ",\"weight\":", op, pool);
    quoted_number(b, weight);
    cci_buffer_byte(b, '}');
}

cocreate_status cci_trace_apportion(cci_trace *t, const char *method, int64_t pool,
                                    cci_number weight, cci_number of, int64_t minor,
                                    cocreate_error *error)
{
    cci_buffer *b = step(t);
    cci_rational exact = {0};
    int64_t whole;
    CCI_TRY(cci_rational_init(&exact, error));
    cocreate_status status = cci_trace_exact(pool, weight, of, &exact, error);
    if (status == COCREATE_OK)
        status = cci_rational_round(&exact, 0, CCI_ROUND_FLOOR, &whole, error);
    if (status == COCREATE_OK) {
        cci_buffer_text(b, "{\"exact\":\"");
        status = cci_rational_text(&exact, b, error);
    }
    cci_rational_clear(&exact);
    if (status != COCREATE_OK)
        return status;
    cci_buffer_format(b, "\",\"extra\":%" PRId64 ",\"method\":\"%s\",\"minor\":%" PRId64,
                      minor - whole, method, minor);
    share_tail(b, "apportion", pool, weight, of);
    return COCREATE_OK;
}

cocreate_status cci_trace_cap(cci_trace *t, int64_t pool, cci_number weight, cci_number of,
                              int64_t limit, cocreate_error *error)
{
    cci_buffer *b = step(t);
    cci_rational exact = {0};
    CCI_TRY(cci_rational_init(&exact, error));
    cocreate_status status = cci_trace_exact(pool, weight, of, &exact, error);
    if (status == COCREATE_OK) {
        cci_buffer_text(b, "{\"exact\":\"");
        status = cci_rational_text(&exact, b, error);
    }
    cci_rational_clear(&exact);
    if (status != COCREATE_OK)
        return status;
    cci_buffer_format(b, "\",\"limit\":%" PRId64 ",\"minor\":%" PRId64, limit, limit);
    share_tail(b, "cap", pool, weight, of);
    return COCREATE_OK;
}

void cci_trace_threshold(cci_trace *t, const char *metric, cci_number value, cci_number threshold)
{
    cci_buffer *b = step(t);
    cci_buffer_format(b, "{\"metric\":\"%s\",\"op\":\"threshold\",\"threshold\":", metric);
    quoted_number(b, threshold);
    cci_buffer_text(b, ",\"value\":");
    quoted_number(b, value);
    cci_buffer_byte(b, '}');
}

void cci_trace_overflow(cci_trace *t, const char *policy, int64_t each, int64_t bound,
                        int64_t qualified, int64_t position, const char *by, int64_t at)
{
    cci_buffer *b = step(t);
    cci_buffer_byte(b, '{');
    if (by != NULL)
        cci_buffer_format(b, "\"at\":%" PRId64 ",", at);
    cci_buffer_format(b, "\"bound\":%" PRId64 ",", bound);
    if (by != NULL)
        cci_buffer_format(b, "\"by\":\"%s\",", by);
    cci_buffer_format(b, "\"each\":%" PRId64 ",\"op\":\"overflow\",\"policy\":", each);
    quoted(b, policy);
    if (by != NULL)
        cci_buffer_format(b, ",\"position\":%" PRId64, position);
    cci_buffer_format(b, ",\"qualified\":%" PRId64 "}", qualified);
}

void cci_trace_selected(cci_trace *t)
{
    cci_buffer_text(step(t), "{\"op\":\"selected\"}");
}

void cci_trace_amount(cci_trace *t, int64_t minor)
{
    cci_buffer_format(step(t), "{\"minor\":%" PRId64 ",\"op\":\"amount\"}", minor);
}

void cci_trace_where(cci_trace *t, const char *condition)
{
    cci_buffer *b = step(t);
    cci_buffer_text(b, "{\"condition\":");
    quoted(b, condition);
    cci_buffer_text(b, ",\"op\":\"where\"}");
}

void cci_trace_team(cci_trace *t, const char *split, size_t members, cci_number share, int64_t pool)
{
    cci_buffer *b = step(t);
    cci_buffer_format(b, "{\"members\":%zu,\"op\":\"team\",\"pool\":%" PRId64 ",\"share\":",
                      members, pool);
    quoted_number(b, share);
    cci_buffer_format(b, ",\"split\":\"%s\"}", split);
}
