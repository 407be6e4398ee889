#include "campaign/money/offers.h"

#include "campaign/timers.h"

/* When a claim ends, if nothing happens; CCI_NEVER. */
static int64_t end_of(const cci_book *b, const cci_claim *claim)
{
    int64_t end = cci_claim_by(b, claim);
    if (!cci_claim_is_open(claim) || claim->paid > 0)
        return CCI_NEVER;
    if (claim->state == CCI_CLAIM_OFFERED && cci_accept_by(b, claim) < end)
        end = cci_accept_by(b, claim);
    return end;
}

/* A timer that does not wait is dropped without a trace. */
static cocreate_status drop(cci_engine *e, cci_campaign *c, int64_t at, const char *award,
                            cocreate_error *error)
{
    return at == CCI_NEVER ? COCREATE_OK : cci_timer_drop(e, c, at, "offer", award, error);
}

cocreate_status cci_offer_changed(cci_engine *e, cci_campaign *c, const cci_reward_spec *reward,
                                  const cci_book *b, const cci_claim *claim, cocreate_error *error)
{
    if (!reward->expires)
        return COCREATE_OK;
    int64_t end = end_of(b, claim);
    CCI_TRY(drop(e, c, cci_accept_by(b, claim), claim->id, error));
    CCI_TRY(drop(e, c, cci_claim_by(b, claim), claim->id, error));
    return end == CCI_NEVER ? COCREATE_OK : cci_timer_set(e, c, end, "offer", claim->id, error);
}

cocreate_status cci_offer_decide(cci_engine *e, cci_campaign *c, int64_t at, const char *award,
                                 cci_decision *decision, cocreate_error *error)
{
    json_t *row = NULL;
    const char *reward = NULL;
    CCI_TRY(cci_award_named(e, c, award, &row, &reward, error));
    cocreate_status status = cci_expire_decide(e, c, reward, at, decision, error);
    json_decref(row);
    if (status == COCREATE_OK && json_array_size(decision->events) == 0)
        return cci_fail(error, COCREATE_ERR_CORRUPT, "award '%s' waits for nothing", award);
    return status;
}
