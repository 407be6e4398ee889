/* Commands of the firm about a round: close it, reveal the seed of its lots, certify its result. */
#include <string.h>

#include "base/text.h"
#include "campaign/guards.h"
#include "campaign/jury/jury.h"

/* A cancelled campaign decides nothing more. */
static cocreate_status require_running(const cci_campaign *c, cocreate_error *error)
{
    if (!cci_campaign_is(c, "cancelled"))
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_REFUSED, "campaign '%s' is cancelled", c->id);
}

/* ---- round.close ---- */

static cocreate_status decide_close(cci_engine *e, const cci_command *command,
                                    cci_decision *decision, cocreate_error *error)
{
    size_t round;
    cci_round_state state;
    const char *reason;
    CCI_TRY(cci_round_named(command->campaign, command->body, &round, error));
    CCI_TRY(cci_json_string(command->body, "reason", &reason, &CCI_ROOT, error));
    const cci_round_spec *spec = &command->campaign->brief.rounds[round];
    if (spec->lead == CCI_LEAD_CUSTOMER)
        return cci_refuse_round(error, round, "phase",
                                "a round led by customers closes with its phase, never earlier");
    CCI_TRY(cci_round_get(e, command->campaign, spec->id, NULL, &state, error));
    if (state > CCI_ROUND_OPEN) {
        decision->exists = 1;
        return COCREATE_OK;
    }
    if (state == CCI_ROUND_PLANNED)
        return cci_fail(error, COCREATE_ERR_REFUSED, "round '%s' has not opened", spec->id);
    CCI_TRY(require_running(command->campaign, error));
    return cci_round_decide(decision, command->campaign, "round.closed", spec->id, "reason",
                            json_string(reason), error);
}

/* ---- round.reveal ---- */

/* The commitment is the SHA-256 of the 32 bytes of the seed. */
static cocreate_status check_seed(const cci_round_spec *spec, size_t round, const char *seed,
                                  cocreate_error *error)
{
    uint8_t bytes[32];
    cci_digest commitment;
    if (!cci_parse_hex(seed, strlen(seed), bytes, sizeof bytes))
        return cci_fail(error, COCREATE_ERR_SCHEMA, "$.seed: must be 64 hex digits");
    cci_digest digest = cci_sha256(bytes, sizeof bytes);
    if (!spec->seed_commitment || !cci_digest_parse(spec->seed_commitment, &commitment) ||
        memcmp(commitment.bytes, digest.bytes, sizeof digest.bytes) != 0)
        return cci_refuse_round(error, round, "seed_commitment", "the seed is not the one committed to");
    return COCREATE_OK;
}

static cocreate_status decide_reveal(cci_engine *e, const cci_command *command,
                                     cci_decision *decision, cocreate_error *error)
{
    size_t round;
    json_t *row;
    cci_round_state state;
    const char *seed;
    CCI_TRY(cci_round_named(command->campaign, command->body, &round, error));
    CCI_TRY(cci_json_string(command->body, "seed", &seed, &CCI_ROOT, error));
    const cci_round_spec *spec = &command->campaign->brief.rounds[round];
    CCI_TRY(check_seed(spec, round, seed, error));
    CCI_TRY(cci_round_get(e, command->campaign, spec->id, &row, &state, error));
    decision->exists = json_object_get(row, "seed") != NULL; /* it can only be the same */
    json_decref(row);
    if (decision->exists)
        return COCREATE_OK;
    if (state != CCI_ROUND_CLOSED)
        return cci_fail(error, COCREATE_ERR_REFUSED,
                        "round '%s' is %s: the seed is revealed once it is closed", spec->id,
                        cci_round_state_name(state));
    CCI_TRY(require_running(command->campaign, error));
    return cci_round_decide(decision, command->campaign, "round.revealed", spec->id, "seed",
                            json_string(seed), error);
}

/* ---- round.certify ---- */

/* What was not evaluated often enough is certified only with a reason. */
static cocreate_status require_coverage(cci_engine *e, const cci_campaign *c, size_t round,
                                        const json_t *row, const char *reason,
                                        cocreate_error *error)
{
    size_t missing;
    char which[CCI_REASON_SIZE];
    CCI_TRY(cci_jury_coverage(e, c, round, row, &missing, which, error));
    if (missing == 0 || (reason && *reason))
        return COCREATE_OK;
    return cci_refuse_round(error, round, "coverage",
                            "%s, and %zu candidate%s in all fall%s short; certify with a reason", which,
                            missing, cci_plural((int64_t)missing), missing == 1 ? "s" : "");
}

static cocreate_status decide_certify(cci_engine *e, const cci_command *command,
                                      cci_decision *decision, cocreate_error *error)
{
    size_t round;
    cci_round_state state;
    json_t *row;
    const char *reason = NULL;
    CCI_TRY(cci_round_named(command->campaign, command->body, &round, error));
    const cci_round_spec *spec = &command->campaign->brief.rounds[round];
    CCI_TRY(cci_json_string_opt(command->body, "reason", &reason, &CCI_ROOT, error));
    CCI_TRY(cci_round_get(e, command->campaign, spec->id, &row, &state, error));
    if (state == CCI_ROUND_CERTIFIED) {
        json_decref(row);
        decision->exists = 1;
        return COCREATE_OK;
    }
    if (state != CCI_ROUND_TALLIED) {
        json_decref(row);
        return cci_fail(error, COCREATE_ERR_REFUSED,
                        "round '%s' is %s: only a tallied round can be certified", spec->id,
                        cci_round_state_name(state));
    }
    cocreate_status status = require_coverage(e, command->campaign, round, row, reason, error);
    json_decref(row);
    CCI_TRY(status);
    CCI_TRY(require_running(command->campaign, error));
    return cci_round_decide(decision, command->campaign, "round.certified", spec->id,
                            reason ? "reason" : NULL, reason ? json_string(reason) : NULL, error);
}

static const cci_parameter close_parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"round", "id", 1, "a round led by the firm or by a metric"},
    {"reason", "text", 1, "why it closes before its phase"},
    {NULL, NULL, 0, NULL}};

static const cci_parameter reveal_parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"round", "id", 1, "a closed round whose tie chain draws lots"},
    {"seed", "text", 1, "64 hex digits; the brief holds the SHA-256 of the bytes"},
    {NULL, NULL, 0, NULL}};

static const cci_parameter certify_parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"round", "id", 1, "a tallied round"},
    {"reason", "text", 0, "why; needed where evaluations that the brief asks for are missing"},
    {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_round_close = {
    .name = "round.close",
    .title = "Close a round before its phase ends",
    .parameters = close_parameters,
    .sides = cci_firm_alone,
    .decide = decide_close,
};
const cci_command_type cci_command_round_reveal = {
    .name = "round.reveal",
    .title = "Reveal the seed of a round's lots",
    .parameters = reveal_parameters,
    .sides = cci_firm_alone,
    .decide = decide_reveal,
};
const cci_command_type cci_command_round_certify = {
    .name = "round.certify",
    .title = "Certify the result of a round",
    .parameters = certify_parameters,
    .sides = cci_firm_alone,
    .decide = decide_certify,
};
