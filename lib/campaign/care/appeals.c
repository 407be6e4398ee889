/* {"do":"appeal.file"}, {"do":"appeal.decide"}: who was taken down or declined, or whose flag was dismissed,
 * asks the firm to look again, once. */
#include <string.h>

#include "base/time.h"
#include "campaign/care/care.h"
#include "campaign/commands/contribution.h"
#include "campaign/graph/kinds.h"
#include "campaign/milestones/milestones.h"
#include "campaign/tasks/tasks.h"
#include "campaign/rights/rights.h"

/* What an appeal is about: a contribution or a flag, its row, and when and as what it was decided. */
typedef struct appeal_subject {
    const char *key; /* "contribution" or "flag" */
    const char *id;
    cci_kind kind;
    json_t *row; /* owned */
    int64_t decided_at;
} appeal_subject;

static cocreate_status read_subject(cci_engine *e, const cci_campaign *c, const json_t *object,
                                    appeal_subject *out, cocreate_error *error)
{
    const char *contribution = NULL, *flag = NULL;
    CCI_TRY(cci_json_id_opt(object, "contribution", &contribution, &CCI_ROOT, error));
    CCI_TRY(cci_json_id_opt(object, "flag", &flag, &CCI_ROOT, error));
    if (!contribution == !flag)
        return cci_fail(error, COCREATE_ERR_SCHEMA, "$: an appeal names a 'contribution' or a 'flag'");
    *out = (appeal_subject){.key = flag ? "flag" : "contribution",
                            .id = flag ? flag : contribution,
                            .kind = flag ? CCI_KIND_FLAG : CCI_KIND_CONTRIBUTION};
    CCI_TRY(cci_state_get(e, c->part, out->kind, out->id, &out->row, error));
    if (!out->row)
        return cci_fail(error, COCREATE_ERR_NOT_FOUND, "campaign '%s' has no %s '%s'", c->id, out->key,
                        out->id);
    out->decided_at = json_integer_value(json_object_get(out->row, flag ? "decided_at" : "changed_at"));
    return COCREATE_OK;
}

/* ---- file ---- */

/* The authors of a contribution, the reporter of a flag; the host for both. */
static cocreate_status check_who(const cci_command *command, const appeal_subject *s, cocreate_error *error)
{
    if (s->kind == CCI_KIND_CONTRIBUTION)
        return cci_contribution_owned(command, s->id, s->row, error);
    if (strcmp(command->actor, CCI_HOST) == 0 || strcmp(command->actor, cci_json_text(s->row, "by")) == 0)
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_PERMISSION, "'%s' did not raise flag '%s'", command->actor, s->id);
}

static cocreate_status check_time(const cci_command *command, const appeal_subject *s, cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    int64_t length = c->brief.appeal_us;
    int phases = 0;
    char until[CCI_TIME_TEXT], now[CCI_TIME_TEXT];
    if (!cci_campaign_is(c, "published"))
        return cci_fail(error, COCREATE_ERR_REFUSED, "campaign '%s' is over: it hears no appeals", c->id);
    if (length == 0)
        return cci_refuse(error, "$.moderation", "the campaign hears no appeals");
    if (command->at - s->decided_at >= length)
        return cci_refuse(error, "$.moderation.appeal_us",
                          "appeals against it were heard before %s, not at %s",
                          cci_time_text(s->decided_at + length, until), cci_time_text(command->at, now));
    for (size_t i = 0; i < c->brief.n_phases; i++)
        phases |= (c->brief.phases[i].allows & CCI_ALLOW_APPEAL) != 0;
    return phases ? cci_require_phase(c, command->at, CCI_ALLOW_APPEAL, error) : COCREATE_OK;
}

static cocreate_status check_file(const cci_command *command, const appeal_subject *s, cocreate_error *error)
{
    const char *state = cci_json_text(s->row, "state");
    const json_t *appeal = json_object_get(s->row, "appeal");
    CCI_TRY(check_who(command, s, error));
    int may = s->kind == CCI_KIND_FLAG ? strcmp(state, "dismissed") == 0
                                       : strcmp(state, "removed") == 0 || strcmp(state, "declined") == 0;
    if (!may)
        return cci_fail(error, COCREATE_ERR_REFUSED,
                        "%s '%s' is %s: only what was %s is appealed against", s->key, s->id, state,
                        s->kind == CCI_KIND_FLAG ? "dismissed" : "removed or declined");
    if (appeal)
        return cci_fail(error, COCREATE_ERR_REFUSED, "%s '%s' was appealed for already, by appeal '%s'",
                        s->key, s->id, cci_json_text(appeal, "appeal"));
    return check_time(command, s, error);
}

static cocreate_status check_known(const cci_command *command, const char *id, const json_t *appeal,
                                   cocreate_error *error)
{
    static const char *const keys[] = {"contribution", "flag", "reason"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcmp(cci_json_text(appeal, keys[i]), cci_json_text(command->body, keys[i])) != 0)
            return cci_fail(error, COCREATE_ERR_CONFLICT, "appeal '%s' exists with another '%s'", id,
                            keys[i]);
    return strcmp(cci_json_text(appeal, "by"), command->actor) == 0
               ? COCREATE_OK
               : cci_fail(error, COCREATE_ERR_CONFLICT, "appeal '%s' exists with another 'actor'", id);
}

static cocreate_status decide_file(cci_engine *e, const cci_command *command, cci_decision *decision,
                                   cocreate_error *error)
{
    const char *id, *reason;
    json_t *known = NULL;
    appeal_subject s = {0};
    CCI_TRY(cci_json_id(command->body, "appeal", &id, &CCI_ROOT, error));
    CCI_TRY(cci_json_string(command->body, "reason", &reason, &CCI_ROOT, error));
    CCI_TRY(cci_state_get(e, command->campaign->part, CCI_KIND_APPEAL, id, &known, error));
    if (known) {
        cocreate_status status = check_known(command, id, known, error);
        json_decref(known);
        decision->exists = status == COCREATE_OK;
        return status;
    }
    CCI_TRY(read_subject(e, command->campaign, command->body, &s, error));
    cocreate_status status = check_file(command, &s, error);
    json_decref(s.row);
    CCI_TRY(status);
    json_t *data = cci_json_new();
    if (!cci_json_put(data, "appeal", json_string(id)) || !cci_json_put(data, s.key, json_string(s.id)) ||
        !cci_json_put(data, "reason", json_string(reason))) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, "appeal.filed", command->campaign, data, error);
}

/* The row that is appealed for says so. */
static int mark(json_t *row, const char *id, const char *state)
{
    json_t *appeal = cci_json_new();
    if (cci_json_put(appeal, "appeal", json_string(id)) && cci_json_put(appeal, "state", json_string(state)))
        return cci_json_put(row, "appeal", appeal);
    json_decref(appeal);
    return 0;
}

static cocreate_status apply_filed(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *id;
    cci_campaign *c = event->campaign;
    appeal_subject s = {0};
    CCI_TRY(cci_json_id(event->data, "appeal", &id, &CCI_ROOT, error));
    CCI_TRY(read_subject(e, c, event->data, &s, error));
    json_t *doc = cci_json_copy(event->data);
    int made = cci_json_put(doc, "state", json_string("filed")) &&
               cci_json_put(doc, "at", json_integer(event->at)) &&
               cci_json_put(doc, "by", json_string(event->actor)) && mark(s.row, id, "filed");
    cocreate_status status =
        made ? cci_state_put(e, c->part, CCI_KIND_APPEAL, id, doc, error) : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_state_put(e, c->part, s.kind, s.id, s.row, error);
    json_decref(doc);
    json_decref(s.row);
    return status;
}

/* ---- decide ---- */

static const char *const verdicts[] = {"upheld", "overturned", NULL};

static cocreate_status decide_on(const cci_command *command, const char *id, const json_t *appeal,
                                 int verdict, cci_decision *decision, cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    const char *state = cci_json_text(appeal, "state"), *answer = cci_json_text(command->body, "answer");
    if (strcmp(state, verdicts[verdict]) == 0) {
        if (strcmp(cci_json_text(appeal, "answer"), answer) != 0)
            return cci_fail(error, COCREATE_ERR_CONFLICT, "appeal '%s' is %s with another 'answer'", id,
                            state);
        decision->exists = 1;
        return COCREATE_OK;
    }
    if (strcmp(state, "filed") != 0)
        return cci_fail(error, COCREATE_ERR_CONFLICT, "appeal '%s' is decided: %s", id, state);
    if (verdict == 1 && !cci_campaign_is(c, "published"))
        return cci_fail(error, COCREATE_ERR_REFUSED, "campaign '%s' is over: nothing can return to it",
                        c->id);
    json_t *data = cci_json_new();
    if (!cci_json_put(data, "appeal", json_string(id)) ||
        !cci_json_put(data, "verdict", json_string(verdicts[verdict])) ||
        !cci_json_put(data, "reason", json_string(answer))) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, "appeal.decided", c, data, error);
}

static cocreate_status get_appeal(cci_engine *e, const cci_campaign *c, const char *id, json_t **out,
                                  cocreate_error *error)
{
    json_t *row = NULL;
    CCI_TRY(cci_state_get(e, c->part, CCI_KIND_APPEAL, id, &row, error));
    if (!row)
        return cci_fail(error, COCREATE_ERR_NOT_FOUND, "campaign '%s' has no appeal '%s'", c->id, id);
    *out = row;
    return COCREATE_OK;
}

static cocreate_status decide_decide(cci_engine *e, const cci_command *command, cci_decision *decision,
                                     cocreate_error *error)
{
    const char *id, *answer;
    int verdict;
    json_t *appeal = NULL;
    CCI_TRY(cci_json_id(command->body, "appeal", &id, &CCI_ROOT, error));
    CCI_TRY(cci_json_choice(command->body, "verdict", verdicts, &verdict, &CCI_ROOT, error));
    CCI_TRY(cci_json_string(command->body, "answer", &answer, &CCI_ROOT, error));
    CCI_TRY(get_appeal(e, command->campaign, id, &appeal, error));
    cocreate_status status = decide_on(command, id, appeal, verdict, decision, error);
    json_decref(appeal);
    return status;
}

/* Its content comes back, and where it stood. */
static const char *unbury(json_t *row)
{
    json_t *kept = json_object_get(row, "kept"), *value;
    const char *key, *state = "submitted";
    json_object_foreach(kept, key, value)
    {
        if (strcmp(key, "state") != 0 && !cci_json_put(row, key, json_incref(value)))
            return NULL;
    }
    if (kept)
        state = cci_json_text(kept, "state");
    return state;
}

/* What it had to gather in its time starts anew: the time it was away is not held against it. */
static cocreate_status start_again(cci_engine *e, const cci_event *event, const char *id,
                                   cocreate_error *error)
{
    json_t *row = NULL;
    CCI_TRY(cci_state_get(e, event->campaign->part, CCI_KIND_MILESTONE, id, &row, error));
    int stopped = strcmp(cci_json_text(row, "state"), "stopped") == 0;
    json_decref(row);
    CCI_TRY(cci_tasks_return(e, event, id, error));
    return stopped ? cci_milestones_start(e, event, id, error) : COCREATE_OK;
}

/* The flag that took it down was wrong, for good. */
static cocreate_status dismiss_flag(cci_engine *e, const cci_event *event, const json_t *row,
                                    const char *appeal, cocreate_error *error)
{
    const char *id = cci_json_text(row, "flag");
    json_t *flag = NULL;
    if (!id[0])
        return COCREATE_OK;
    CCI_TRY(cci_flag_get(e, event->campaign, id, &flag, error));
    int made = cci_json_put(flag, "state", json_string("dismissed")) && mark(flag, appeal, "overturned");
    cocreate_status status = made ? cci_state_put(e, event->campaign->part, CCI_KIND_FLAG, id, flag, error)
                                  : cci_no_memory(error);
    json_decref(flag);
    return status;
}

/* The contribution returns. */
static cocreate_status bring_back(cci_engine *e, const cci_event *event, const appeal_subject *s,
                                  const char *appeal, cocreate_error *error)
{
    static const char *const gone[] = {"kept", "content", "flag", "rule", "appeal"};
    json_t *row = cci_json_deep_copy(s->row);
    const char *state = row ? unbury(row) : NULL;
    char back[32] = "";
    if (!state) {
        json_decref(row);
        return cci_no_memory(error);
    }
    memcpy(back, state, strlen(state) < sizeof back ? strlen(state) + 1 : 0);
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++)
        json_object_del(row, gone[i]);
    CCI_TRY(cci_contribution_move(e, event, s->id, row, back, error));
    CCI_TRY(dismiss_flag(e, event, s->row, appeal, error));
    if (cci_state_ended(back)) /* it had left before it was removed */
        return COCREATE_OK;
    CCI_TRY(cci_right_hold_again(e, event, s->id, error));
    return start_again(e, event, s->id, error);
}

/* The verdict on what was appealed for. */
static cocreate_status settle(cci_engine *e, const cci_event *event, const appeal_subject *s, const char *id,
                              int verdict, cocreate_error *error)
{
    if (verdict == 1 && s->kind == CCI_KIND_CONTRIBUTION)
        return bring_back(e, event, s, id, error);
    json_object_del(s->row, "kept"); /* a removal that is upheld is final */
    if (!mark(s->row, id, verdicts[verdict]) ||
        (verdict == 1 && !cci_json_put(s->row, "state", json_string("raised"))))
        return cci_no_memory(error);
    return cci_state_put(e, event->campaign->part, s->kind, s->id, s->row, error);
}

static cocreate_status apply_decided(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *id, *answer;
    int verdict;
    json_t *appeal = NULL;
    appeal_subject s = {0};
    CCI_TRY(cci_json_id(event->data, "appeal", &id, &CCI_ROOT, error));
    CCI_TRY(cci_json_choice(event->data, "verdict", verdicts, &verdict, &CCI_ROOT, error));
    CCI_TRY(cci_json_string(event->data, "reason", &answer, &CCI_ROOT, error));
    CCI_TRY(get_appeal(e, event->campaign, id, &appeal, error));
    cocreate_status status = read_subject(e, event->campaign, appeal, &s, error);
    if (status == COCREATE_OK)
        status = settle(e, event, &s, id, verdict, error);
    int made = status == COCREATE_OK && cci_json_put(appeal, "state", json_string(verdicts[verdict])) &&
               cci_json_put(appeal, "answer", json_string(answer)) &&
               cci_json_put(appeal, "decided_at", json_integer(event->at)) &&
               cci_json_put(appeal, "decided_by", json_string(event->actor));
    if (status == COCREATE_OK)
        status = made ? cci_state_put(e, event->campaign->part, CCI_KIND_APPEAL, id, appeal, error)
                      : cci_no_memory(error);
    json_decref(s.row);
    json_decref(appeal);
    return status;
}

static const cci_parameter file_parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"appeal", "id", 1, "of the new appeal"},
    {"contribution", "id", 0, "one's own, which was removed or declined"},
    {"flag", "id", 0, "or one's own flag, which was dismissed"},
    {"reason", "text", 1, "why it was wrong; it stands in the log"},
    {NULL, NULL, 0, NULL}};
static const cci_parameter decide_parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"appeal", "id", 1, "which appeal"},
    {"verdict", "text", 1, "upheld: what was decided stays, for good; or overturned"},
    {"answer", "text", 1, "why, for everybody to read"},
    {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_appeal_file = {
    .name = "appeal.file",
    .title = "Ask the firm to look again",
    .parameters = file_parameters,
    .decide = decide_file,
};
const cci_command_type cci_command_appeal_decide = {
    .name = "appeal.decide",
    .title = "Decide an appeal, for good",
    .parameters = decide_parameters,
    .sides = cci_firm_alone,
    .decide = decide_decide,
};

const cci_event_type cci_event_appeal_filed = {"appeal.filed", apply_filed, NULL};
const cci_event_type cci_event_appeal_decided = {"appeal.decided", apply_decided, NULL};
