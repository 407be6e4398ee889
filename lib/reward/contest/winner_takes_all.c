/* winner_takes_all: one prize for the first place. */
#include "reward/contest/prizes.h"

static const char *const policies[] = {"pool", "earlier", "lot", "no_award", NULL};

static const cci_parameter parameters[] = {
    CCI_PARAMETER_FUND,
    {"prize", "amount", 1, "for the first place"},
    {"ties", "choice", 0,
     "pool (default): equal parts; earlier: by submitted_at, then id; lot: by seeded lots; no_award: "
     "the prize stays in the fund"},
    CCI_PARAMETER_QUALITY,
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_ROUNDING,
    CCI_PARAMETER_TEAM,
    CCI_PARAMETER_END,
};

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    static const int ties[] = {CCI_TIE_POOL, CCI_TIE_EARLIER, CCI_TIE_LOT, CCI_TIE_NO_PRIZE};
    int choice = 0;
    cci_prizes *p = cci_arena_alloc(&scheme->arena, 1, sizeof *p);
    if (p == NULL)
        return cci_no_memory(error);
    p->of = cci_arena_alloc(&scheme->arena, 1, sizeof *p->of);
    if (p->of == NULL)
        return cci_no_memory(error);
    p->n = 1;
    CCI_TRY(cci_read_amount(scheme, json, "prize", &p->of[0], path, error));
    CCI_TRY(cci_json_choice_opt(json, "ties", policies, &choice, path, error));
    CCI_TRY(cci_quality_parse(scheme, json, &p->quality, path, error));
    p->ties = ties[choice];
    rule->parameters = p;
    rule->bound = p->of[0];
    rule->why = "the prize";
    return COCREATE_OK;
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    return cci_prizes_pay(e, rule, rule->parameters, error);
}

const cci_rule_kind cci_rule_winner_takes_all = {
    .kind = "winner_takes_all",
    .title = "One prize for the first place",
    .parameters = parameters,
    .bound = "the prize",
    .source = "Moldovanu & Sela, The Optimal Allocation of Prizes in Contests, AER 91(3), 2001; "
              "Netflix Prize rules (earlier)",
    .parse = parse,
    .evaluate = evaluate,
};
