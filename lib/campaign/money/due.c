/* What is due about money once nothing is due in the rounds: the funds are paid in after publication,
 * awards are made when the round they follow is certified, and what no award took goes back when
 * every round has ended or the campaign is cancelled. */

#include "campaign/guards.h"
#include "campaign/money/award.h"
#include "campaign/money/occasion.h"

static cocreate_status due_awards(cci_engine *e, const cci_campaign *c, size_t reward,
                                  int *settled, cci_decision *decision, cocreate_error *error)
{
    const cci_reward_spec *spec = &c->brief.rewards[reward];
    cci_round_state state;
    json_t *data;
    if (spec->on == CCI_ON_CUT || spec->on == CCI_ON_DECISION)
        return cci_occasion_over(e, c, spec, settled, error);
    *settled = spec->periodic || json_object_get(json_object_get(c->doc, "awarded"), spec->id) != NULL;
    if (*settled)
        return COCREATE_OK;
    const char *round;
    CCI_TRY(cci_round_standing(e, c, spec->round, &round, error));
    CCI_TRY(cci_round_get(e, c, round, NULL, &state, error));
    *settled = (state == CCI_ROUND_FAILED || state == CCI_ROUND_ANNULLED) &&
               (!spec->among || json_object_get(json_object_get(c->doc, "defaulted"), spec->id));
    if (state != CCI_ROUND_CERTIFIED)
        return COCREATE_OK;
    CCI_TRY(cci_award_compute(e, c, reward, &data, error));
    return cci_decide(decision, "awards.made", c, data, error);
}

static cocreate_status rounds_ended(cci_engine *e, const cci_campaign *c, int *out,
                                    cocreate_error *error)
{
    *out = c->brief.n_rounds > 0;
    for (size_t i = 0; i < c->brief.n_rounds && *out; i++) {
        cci_round_state state;
        CCI_TRY(cci_round_get(e, c, c->brief.rounds[i].id, NULL, &state, error));
        *out = state == CCI_ROUND_CERTIFIED || state == CCI_ROUND_FAILED ||
               state == CCI_ROUND_ANNULLED;
    }
    return COCREATE_OK;
}

cocreate_status cci_reward_due(cci_engine *e, cci_campaign *c, cci_decision *decision,
                               cocreate_error *error)
{
    json_t *data;
    int all = 1, ended, funded = json_object_get(c->doc, "funded") != NULL;
    if (cci_campaign_is(c, "cancelled")) {
        if (!funded || json_object_get(c->doc, "returned"))
            return COCREATE_OK;
        CCI_TRY(cci_return_compute(e, c, &data, error));
        return cci_decide(decision, "fund.returned", c, data, error);
    }
    if (c->brief.n_rewards + c->brief.n_fees > 0 && !funded) {
        CCI_TRY(cci_fund_compute(c, &data, error));
        return cci_decide(decision, "fund.deposited", c, data, error);
    }
    for (size_t i = 0; i < c->brief.n_rewards; i++) {
        int settled;
        CCI_TRY(due_awards(e, c, i, &settled, decision, error));
        if (json_array_size(decision->events) > 0)
            return COCREATE_OK;
        all = all && settled;
    }
    CCI_TRY(rounds_ended(e, c, &ended, error));
    if (!all || !ended)
        return COCREATE_OK;
    CCI_TRY(cci_return_compute(e, c, &data, error));
    return cci_decide(decision, "campaign.decided", c, data, error);
}
