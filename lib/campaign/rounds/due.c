/* What is due in the rounds of a campaign, one step at a time: a round opens with its phase, closes
 * with it, is tallied, and is certified at once where the brief does not leave that to the firm. */
#include <string.h>

#include "campaign/jury/jury.h"
#include "campaign/rounds/periods.h"
#include "campaign/rounds/turns.h"

static cocreate_status decide_failed(cci_decision *d, const cci_campaign *c, const char *round,
                                     const char *reason, cocreate_error *error)
{
    return cci_round_decide(d, c, "round.failed", round, "reason", json_string(reason), error);
}

/* It opens when the round that it replaces is annulled, and lapses where that stands to the end. */
static cocreate_status due_replacement(cci_engine *e, const cci_campaign *c,
                                       const cci_round_spec *spec, int64_t at, int64_t closes,
                                       cci_decision *d, cocreate_error *error)
{
    json_t *row = NULL;
    cci_round_state state;
    char reason[CCI_REASON_SIZE];
    CCI_TRY(cci_round_get(e, c, spec->replaces, &row, &state, error));
    json_t *candidates = json_incref(json_object_get(row, "candidates"));
    json_decref(row);
    if (state == CCI_ROUND_ANNULLED && at < closes)
        return cci_round_decide(d, c, "round.opened", spec->id, "candidates", candidates, error);
    json_decref(candidates);
    if (at < closes && state != CCI_ROUND_FAILED)
        return COCREATE_OK;
    cci_reason(reason, "round '%s', which it would replace, is %s", spec->replaces,
               cci_round_state_name(state));
    return decide_failed(d, c, spec->id, reason, error);
}

/* A planned round whose phase has begun. */
static cocreate_status due_open(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                int64_t at, int64_t closes, cci_decision *d,
                                cocreate_error *error)
{
    json_t *row = NULL, *candidates;
    cci_round_state from = CCI_ROUND_CERTIFIED;
    char reason[CCI_REASON_SIZE];
    if (spec->questions)
        return cci_round_decide(d, c, "round.opened", spec->id, "candidates", json_array(), error);
    if (spec->replaces)
        return due_replacement(e, c, spec, at, closes, d, error);
    if (!spec->from_round) {
        CCI_TRY(cci_round_published(e, c, spec, &candidates, error));
        return cci_round_decide(d, c, "round.opened", spec->id, "candidates", candidates, error);
    }
    const char *source;
    if (cci_periods_feed(c, spec)) {
        CCI_TRY(cci_periods_selected(e, c, spec->from_round, &candidates, error));
        return cci_round_decide(d, c, "round.opened", spec->id, "candidates", candidates, error);
    }
    CCI_TRY(cci_round_standing(e, c, spec->from_round, &source, error));
    CCI_TRY(cci_round_get(e, c, source, &row, &from, error));
    if (from == CCI_ROUND_CERTIFIED) {
        candidates = json_incref(json_object_get(json_object_get(row, "result"), "selected"));
        json_decref(row);
        return cci_round_decide(d, c, "round.opened", spec->id, "candidates", candidates, error);
    }
    json_decref(row);
    if (from != CCI_ROUND_FAILED && at < closes)
        return COCREATE_OK; /* wait for the round before */
    cci_reason(reason, "round '%s', which it takes its candidates from, is %s",
               spec->from_round, cci_round_state_name(from));
    return decide_failed(d, c, spec->id, reason, error);
}

static cocreate_status due_tally(cci_engine *e, const cci_campaign *c, size_t index,
                                 const json_t *row, cci_decision *d, cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[index];
    json_t *result = NULL;
    char reason[CCI_REASON_SIZE];
    if (cci_round_draws_lots(spec) && !json_object_get(row, "seed"))
        return COCREATE_OK; /* the seed is revealed after the close: round.reveal */
    CCI_TRY(cci_tally(e, c, index, row, &result, reason, error));
    if (!result)
        return decide_failed(d, c, spec->id, reason, error);
    return cci_round_decide(d, c, "round.tallied", spec->id, "result", result, error);
}

/* What was not evaluated often enough waits for round.certify with a reason. */
static cocreate_status due_certify(cci_engine *e, const cci_campaign *c, size_t index,
                                   const json_t *row, cci_decision *d, cocreate_error *error)
{
    size_t missing;
    char which[CCI_REASON_SIZE];
    CCI_TRY(cci_jury_coverage(e, c, index, row, &missing, which, error));
    if (missing > 0)
        return COCREATE_OK;
    return cci_round_decide(d, c, "round.certified", c->brief.rounds[index].id, NULL, NULL, error);
}

/* The last period ends with the phase. */
static cocreate_status due_close(cci_engine *e, const cci_campaign *c, size_t index, const json_t *row,
                                 int64_t closes, cci_decision *d, cocreate_error *error)
{
    CCI_TRY(cci_periods_due(e, c, index, row, closes, d, error));
    if (json_array_size(d->events) > 0)
        return COCREATE_OK;
    return cci_round_decide(d, c, "round.closed", c->brief.rounds[index].id, NULL, NULL, error);
}

static cocreate_status due_round(cci_engine *e, const cci_campaign *c, size_t index, int64_t at,
                                 cci_decision *d, cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[index];
    int64_t opens, closes;
    json_t *row;
    cci_round_state state;
    if (!cci_phase_window(c, spec->phase, &opens, &closes) || at < opens)
        return COCREATE_OK;
    CCI_TRY(cci_round_get(e, c, spec->id, &row, &state, error));
    cocreate_status status = COCREATE_OK;
    if (state == CCI_ROUND_PLANNED)
        status = due_open(e, c, spec, at, closes, d, error);
    else if (state == CCI_ROUND_OPEN && at >= closes)
        status = due_close(e, c, index, row, closes, d, error);
    else if (state == CCI_ROUND_OPEN)
        status = cci_turns_due(e, c, spec, row, d, error);
    else if (state == CCI_ROUND_FAILED)
        status = cci_reopen_due(e, c, spec, at, d, error);
    else if (state == CCI_ROUND_CLOSED)
        status = due_tally(e, c, index, row, d, error);
    else if (state == CCI_ROUND_TALLIED && !spec->manual_certify)
        status = due_certify(e, c, index, row, d, error);
    json_decref(row);
    return status;
}

cocreate_status cci_round_due(cci_engine *e, cci_campaign *c, int64_t at, cci_decision *decision,
                              cocreate_error *error)
{
    const char *state = json_string_value(json_object_get(c->doc, "state"));
    if (!state || strcmp(state, "published") != 0)
        return COCREATE_OK;
    for (size_t i = 0; i < c->brief.n_rounds; i++) {
        CCI_TRY(due_round(e, c, i, at, decision, error));
        if (json_array_size(decision->events) > 0)
            return COCREATE_OK;
    }
    return cci_reward_due(e, c, decision, error);
}
