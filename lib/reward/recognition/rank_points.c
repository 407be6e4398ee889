/* rank_points: points for a place among many, in the ways of Kaggle. */
#include <inttypes.h>
#include <stdio.h>

#include "reward/recognition/teams.h"

typedef enum formula { KAGGLE_2015, KAGGLE_2012 } formula;

typedef struct rank_points {
    int formula;
} rank_points;

static const cci_parameter parameters[] = {
    {"formula", "choice", 0,
     "kaggle_2015 (default): 100000 / sqrt(members) * rank^-0.75 * log10(1 + log10(teams)) * "
     "exp(-days / 500); kaggle_2012: 100000 / members * rank^-0.75 * log10(teams) * (730 - days) / "
     "730"},
    CCI_PARAMETER_UNIT,
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_END,
};

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    static const char *const formulas[] = {"kaggle_2015", "kaggle_2012", NULL};
    rank_points *p = cci_arena_alloc(&scheme->arena, 1, sizeof *p);
    if (p == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_json_choice_opt(json, "formula", formulas, &p->formula, path, error));
    rule->parameters = p;
    rule->why = "points cost nothing";
    return COCREATE_OK;
}

#define CALC(name, operation, ...)                                                             \
    CCI_TRY(cci_trace_calc(t, name, CCI_UNIT_NONE, operation, CCI_ARGS(__VA_ARGS__), error))

/* log10(1 + log10(teams)) * e^(-days/500), and the root of the members. */
static cocreate_status trace_2015(cci_trace *t, cocreate_error *error)
{
    CALC("log teams", "log10", "teams", "15");
    CALC("one more", "sum", "1", "log teams");
    CALC("size factor", "log10", "one more", "15");
    CALC("age", "quotient", "days", "-500");
    CALC("age factor", "exp", "age", "15");
    CALC("divisor", "root", "members", "48");
    return COCREATE_OK;
}

static cocreate_status trace_2012(cci_trace *t, cocreate_error *error)
{
    CALC("size factor", "log10", "teams", "15");
    CALC("left", "difference", "730", "days");
    CALC("days left", "maximum", "left", "0");
    CALC("age factor", "quotient", "days left", "730");
    CALC("divisor", "sum", "members", "0");
    return COCREATE_OK;
}

static cocreate_status trace_points(const cci_rule *rule, cci_trace *t, cocreate_error *error)
{
    const rank_points *p = rule->parameters;
    char scale[24] = "1";
    for (int32_t i = 0; i < rule->unit_exponent; i++)
        snprintf(scale + i + 1, sizeof scale - (size_t)i - 1, "0");
    CALC("log rank", "ln", "rank", "15");
    CALC("exponent", "product", "log rank", "-0.75");
    CALC("rank factor", "exp", "exponent", "15");
    CCI_TRY(p->formula == KAGGLE_2015 ? trace_2015(t, error) : trace_2012(t, error));
    CALC("raw", "product", "100000", "rank factor", "size factor", "age factor");
    CALC("share", "quotient", "raw", "divisor");
    /* Billionths of a point decide nothing: they are rounded away before the last step. */
    CALC("billionths", "product", "share", "1000000000");
    CALC("whole", "half_up", "billionths");
    CALC("points", "quotient", "whole", "1000000000");
    CALC("scaled", "product", "points", scale);
    return cci_trace_calc(t, "minor", CCI_UNIT_MINOR, "half_up", CCI_ARGS("scaled"), error);
}

static cocreate_status award(cci_evaluation *e, const cci_rule *rule, const cci_stand *stand,
                             const cci_field *field, cocreate_error *error)
{
    cci_trace *t = &e->trace;
    const cci_entry *entry = stand->entry;
    size_t members = entry->n_team > 0 ? entry->n_team : 1;
    int64_t minor;
    cci_trace_begin(t);
    CCI_TRY(cci_trace_integer(t, "rank", CCI_UNIT_NONE, stand->place, error));
    CCI_TRY(cci_trace_integer(t, "teams", CCI_UNIT_NONE, field->teams, error));
    CCI_TRY(cci_trace_integer(t, "members", CCI_UNIT_NONE, (int64_t)members, error));
    CCI_TRY(cci_trace_number(t, "days", CCI_UNIT_NONE, field->days, error));
    CCI_TRY(trace_points(rule, t, error));
    cci_trace_say(t, field->days.num == 0
                         ? "Rank {rank} of {teams} teams in a team of {members}: {minor} points."
                         : "Rank {rank} of {teams} teams in a team of {members}, {days} days ago: "
                           "{minor} points.");
    CCI_TRY(cci_trace_pay(t, "minor", &minor, error));
    if (minor == 0)
        return COCREATE_OK;
    for (size_t i = 0; i < members; i++)
        CCI_TRY(cci_pay_person(e, rule, cci_member_of(entry, i), entry->id, minor, error));
    return COCREATE_OK;
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    cci_stand *stands;
    cci_field field;
    size_t n;
    CCI_TRY(cci_standing(e, rule, 0, &stands, &n, error));
    CCI_TRY(cci_field_read(e, rule, n, &field, error));
    for (size_t i = 0; i < n; i++)
        CCI_TRY(award(e, rule, &stands[i], &field, error));
    return COCREATE_OK;
}

const cci_rule_kind cci_rule_rank_points = {
    .kind = "rank_points",
    .title = "Points for places, fewer as time passes",
    .parameters = parameters,
    .bound = "nothing: points are no money",
    .source = "Kaggle, Improved Kaggle Rankings, 2015 (both formulas); wiki, User Ranking and Tier "
              "System, revision 1180, 2012",
    .parse = parse,
    .evaluate = evaluate,
};
