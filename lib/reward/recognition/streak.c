/* streak: days in a row on which somebody did something. */
#include "reward/recognition/events.h"

typedef struct streak {
    int64_t freeze; /* days that may be missed between two */
    int64_t zone;
    cci_guards guards;
} streak;

static const cci_parameter parameters[] = {
    {"freeze", "integer", 0, "days that may be missed between two; by default 0"},
    CCI_PARAMETER_ZONE,
    CCI_PARAMETER_GUARDS,
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_END,
};

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    streak *s = cci_arena_alloc(&scheme->arena, 1, sizeof *s);
    if (s == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_json_i64_opt(json, "freeze", 0, 1000, &s->freeze, path, error));
    CCI_TRY(cci_read_zone(json, &s->zone, path, error));
    CCI_TRY(cci_read_guards(scheme, json, &s->guards, path, error));
    rule->parameters = s;
    rule->why = "streaks cost nothing";
    return COCREATE_OK;
}

static cocreate_status award(cci_evaluation *e, const cci_rule *rule, const char *person,
                             int64_t current, int64_t best, cocreate_error *error)
{
    cci_trace *t = &e->trace;
    cci_trace_begin(t);
    CCI_TRY(cci_trace_integer(t, "current", CCI_UNIT_NONE, current, error));
    CCI_TRY(cci_trace_integer(t, "best", CCI_UNIT_NONE, best, error));
    cci_buffer b;
    cci_buffer_init(&b, &e->scratch.allocator);
    cci_detail_integer(&b, "best", best);
    cci_detail_integer(&b, "current", current);
    return cci_recognise_with(e, rule, person, "",
                              "Active days in a row: {current} now, {best} at best.", &b, error);
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    const streak *s = rule->parameters;
    cci_deed *deeds = NULL;
    cci_time as_of;
    size_t n = 0;
    CCI_TRY(cci_deeds_read(e, rule, &s->guards, s->zone, &deeds, &n, error));
    CCI_TRY(cci_document_time(e, "as_of", &as_of, error));
    for (size_t i = 0, next; i < n; i = next) {
        int64_t run = 1, best = 1;
        next = cci_deeds_of_person(deeds, n, i);
        for (size_t k = i + 1; k < next; k++) {
            int64_t gap = deeds[k].day - deeds[k - 1].day;
            run = gap == 0 ? run : gap <= 1 + s->freeze ? run + 1 : 1;
            best = run > best ? run : best;
        }
        /* Yesterday's is alive until today is over. */
        if (as_of.known &&
            cci_day_of(as_of.at, s->zone) - deeds[next - 1].day > 1 + s->freeze)
            run = 0;
        CCI_TRY(award(e, rule, deeds[i].person, run, best, error));
    }
    return COCREATE_OK;
}

const cci_rule_kind cci_rule_streak = {
    .kind = "streak",
    .title = "Days in a row",
    .parameters = parameters,
    .bound = "nothing",
    .source = "level-up (streaks, freeze_duration); days of the person's own calendar",
    .own_lists = 1,
    .parse = parse,
    .evaluate = evaluate,
};
