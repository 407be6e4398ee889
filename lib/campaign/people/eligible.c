/* Who may take part: predicates of the brief, held against a person at one instant. */
#include <stdio.h>

#include "campaign/jury/jury.h"
#include "campaign/people/people.h"
#include "campaign/predicate/predicate.h"

static const json_t *predicate_for(const cci_brief *b, const char *what)
{
    return json_object_get(json_object_get(b->json, "eligibility"), what);
}

cocreate_status cci_require_eligible(cci_engine *e, const cci_campaign *c, const char *what,
                                     const char *participant, int64_t at, int *evaluated,
                                     cocreate_error *error)
{
    const json_t *predicate = predicate_for(&c->brief, what);
    char why[CCI_WHY_SIZE], rule[48];
    int holds;
    *evaluated = predicate != NULL;
    if (!predicate)
        return COCREATE_OK;
    CCI_TRY(cci_predicate_holds(e, c, predicate, participant, at, &holds, why, error));
    snprintf(rule, sizeof rule, "$.eligibility.%s", what);
    return holds ? COCREATE_OK
                 : cci_refuse(error, rule, "'%s' is not eligible: %s", participant, why);
}

int cci_electorate_depends(const cci_campaign *c, size_t round)
{
    return c->brief.rounds[round].electorate || predicate_for(&c->brief, "vote");
}

cocreate_status cci_electorate_allows(cci_engine *e, const cci_campaign *c, size_t round,
                                      const char *participant, int64_t at, cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[round];
    const char *side;
    char why[CCI_WHY_SIZE];
    int holds, evaluated;
    CCI_TRY(cci_side_of(e, participant, &side, error));
    if (spec->panel)
        return cci_jury_require_panel(spec, round, participant, error);
    if (!(cci_side_bit(side) & spec->sides))
        return cci_fail(error, COCREATE_ERR_PERMISSION,
                        "$.rounds[%zu].electorate: '%s' is of side '%s', which does not %s in round "
                        "'%s'",
                        round, participant, side,
                        spec->lead != CCI_LEAD_CUSTOMER && spec->kind == 0 ? "decide" : "vote",
                        spec->id);
    if (spec->electorate) {
        CCI_TRY(cci_predicate_holds(e, c, spec->electorate, participant, at, &holds, why, error));
        if (!holds)
            return cci_fail(error, COCREATE_ERR_PERMISSION,
                            "$.rounds[%zu].electorate: '%s' does not belong to it: %s", round,
                            participant, why);
    }
    return spec->lead == CCI_LEAD_CUSTOMER
               ? cci_require_eligible(e, c, "vote", participant, at, &evaluated, error)
               : COCREATE_OK;
}
