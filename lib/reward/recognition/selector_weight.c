/* What a vote or a voter weighs, step by step. Weights are rounded down to billionths. */
#include "reward/recognition/selector.h"

#include <inttypes.h>
#include <stdio.h>

#define CALC(name, operation, ...)                                                             \
    CCI_TRY(cci_trace_calc(t, name, CCI_UNIT_NONE, operation, CCI_ARGS(__VA_ARGS__), error))

/* Where a curve is taken and what its value is called. */
typedef struct point {
    const char *at, *value;
    const char *a, *b, *c; /* names on the way */
} point;

static cocreate_status trace_curve(cci_trace *t, int weight, const point *p, cocreate_error *error)
{
    switch (weight) {
    case CCI_TASTE_SQRT:
        CALC(p->value, "root", p->at, "64");
        break;
    case CCI_TASTE_QUADRATIC: /* (x + s)^2 - s^2 = x (x + 2 s) */
        CALC(p->a, "sum", p->at, "constant", "constant");
        CALC(p->value, "product", p->at, p->a);
        break;
    case CCI_TASTE_BOUNDED: /* x / (x + 2 alpha) */
        CALC(p->a, "sum", p->at, "constant", "constant");
        CALC(p->value, "quotient", p->at, p->a);
        break;
    case CCI_TASTE_CONVERGENT_LINEAR: /* ((x + s)^2 - s^2) / (x + 4 s) */
        CALC(p->a, "sum", p->at, "constant", "constant");
        CALC(p->b, "product", p->at, p->a);
        CALC(p->c, "sum", p->a, "constant", "constant");
        CALC(p->value, "quotient", p->b, p->c);
        break;
    case CCI_TASTE_CONVERGENT_SQRT: /* x / sqrt(x + 2 s) */
        CALC(p->a, "sum", p->at, "constant", "constant");
        CALC(p->b, "root", p->a, "64");
        CALC(p->value, "quotient", p->at, p->b);
        break;
    default:
        CALC(p->value, "sum", p->at, "0");
        break;
    }
    return COCREATE_OK;
}

static cocreate_status trace_increment(cci_trace *t, const cci_selector *s,
                                       const cci_taste_claim *claim, cocreate_error *error)
{
    static const point low = {"before", "low", "low a", "low b", "low c"};
    static const point high = {"after", "high", "high a", "high b", "high c"};
    CCI_TRY(cci_trace_number(t, "stake", CCI_UNIT_NONE, claim->stake, error));
    CCI_TRY(cci_trace_number(t, "before", CCI_UNIT_NONE, claim->before, error));
    if (s->weight >= CCI_TASTE_QUADRATIC) {
        cci_number constant = s->constant.den > 0 ? s->constant : (cci_number){0, 1};
        CCI_TRY(cci_trace_number(t, "constant", CCI_UNIT_NONE, constant, error));
    }
    CALC("after", "sum", "before", "stake");
    CCI_TRY(trace_curve(t, s->weight, &low, error));
    CCI_TRY(trace_curve(t, s->weight, &high, error));
    CALC("gain", "difference", "high", "low");
    CALC("raw", "maximum", "gain", "0"); /* roots are rounded */
    return COCREATE_OK;
}

static cocreate_status trace_raw(cci_trace *t, const cci_selector *s, const cci_taste_claim *claim,
                                 const cci_rational *sum, cocreate_error *error)
{
    char power[24];
    switch (s->weight) {
    case CCI_TASTE_HIT_RATE:
        CCI_TRY(cci_trace_integer(t, "supported", CCI_UNIT_NONE, claim->supported, error));
        CCI_TRY(cci_trace_integer(t, "hits", CCI_UNIT_NONE, claim->hits, error));
        CALC("raw", "quotient", "hits", "supported");
        break;
    case CCI_TASTE_BRIER:
        CCI_TRY(cci_trace_integer(t, "predictions", CCI_UNIT_NONE, claim->supported, error));
        CCI_TRY(cci_trace_value(t, "scores", CCI_UNIT_NONE, sum, error));
        CALC("raw", "quotient", "scores", "predictions");
        break;
    case CCI_TASTE_HARMONIC:
        CCI_TRY(cci_trace_integer(t, "position", CCI_UNIT_NONE, claim->position, error));
        CALC("raw", "quotient", "1", "position");
        break;
    case CCI_TASTE_GEOMETRIC:
        CCI_TRY(cci_trace_integer(t, "position", CCI_UNIT_NONE, claim->position, error));
        CCI_TRY(cci_trace_number(t, "ratio", CCI_UNIT_NONE, s->ratio, error));
        snprintf(power, sizeof power, "%" PRId64, claim->position);
        CALC("raw", "power", "ratio", power);
        break;
    default:
        return trace_increment(t, s, claim, error);
    }
    return COCREATE_OK;
}

cocreate_status cci_trace_taste(cci_trace *t, const cci_selector *s, const cci_taste_claim *claim,
                                const cci_rational *sum, cocreate_error *error)
{
    cci_trace_begin(t);
    if (claim->person == NULL)
        return cci_trace_value(t, "weight", CCI_UNIT_NONE, sum, error);
    CCI_TRY(trace_raw(t, s, claim, sum, error));
    CALC("billionths", "product", "raw", "1000000000");
    CALC("whole", "floor", "billionths");
    CALC("full", "quotient", "whole", "1000000000");
    if (s->window == 0 || claim->age >= s->window * 1000000) {
        CALC("weight", "sum", "full", "0");
        return COCREATE_OK;
    }
    CCI_TRY(cci_trace_number(t, "seconds", CCI_UNIT_NONE, cci_number_of(claim->age, 1000000),
                             error));
    CCI_TRY(cci_trace_integer(t, "window", CCI_UNIT_NONE, s->window, error));
    CALC("reached", "quotient", "seconds", "window");
    CALC("part", "product", "whole", "reached");
    CALC("whole part", "floor", "part");
    CALC("weight", "quotient", "whole part", "1000000000");
    return COCREATE_OK;
}

void cci_say_taste(cci_trace *t, const cci_selector *s, const cci_taste_claim *claim)
{
    if (claim->person == NULL) {
        cci_trace_say(t, "What the first votes for your entry weigh less is yours: {weight}.");
        return;
    }
    switch (s->weight) {
    case CCI_TASTE_HIT_RATE:
        cci_trace_say(t, "Of {supported} entries you supported {hits} were selected: {weight}.");
        break;
    case CCI_TASTE_BRIER:
        cci_trace_say(t, "One less the squared error is {weight} on average of {predictions} "
                         "predictions.");
        break;
    case CCI_TASTE_HARMONIC:
    case CCI_TASTE_GEOMETRIC:
        cci_trace_say(t, "You supported it as number {position}, which weighs {full}.");
        break;
    default:
        cci_trace_say(t, "Your stake of {stake} on {before} before it weighs {full}.");
        break;
    }
    if (s->window > 0 && claim->age < s->window * 1000000)
        cci_trace_say(t, "It came {seconds} of {window} seconds after the entry, so it weighs "
                         "{weight}.");
}
