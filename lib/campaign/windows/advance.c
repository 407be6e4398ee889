/* {"do":"phase.advance"}: the firm opens or closes a phase that goes by hand. Its events are those of
 * phases that go by time. */
#include <string.h>

#include "campaign/commands.h"
#include "campaign/guards.h"
#include "campaign/windows/windows.h"

static const char *const words[] = {"open", "closed", NULL};

static cocreate_status check(const cci_campaign *c, size_t index, const char *state, int to,
                             cci_decision *decision, cocreate_error *error)
{
    const cci_phase *p = &c->brief.phases[index];
    if (!p->manual)
        return cci_fail(error, COCREATE_ERR_REFUSED,
                        "$.phases[%zu].advance: phase '%s' goes by time, not by hand", index,
                        p->id);
    CCI_TRY(cci_require_published(c, error));
    decision->exists = strcmp(state, words[to]) == 0;
    if (decision->exists || strcmp(state, to ? "open" : "planned") == 0)
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_REFUSED, "phase '%s' is %s: it cannot be %s", p->id, state,
                    to ? "closed before it opened" : "opened again");
}

static cocreate_status decide(cci_engine *e, const cci_command *command, cci_decision *decision,
                              cocreate_error *error)
{
    (void)e;
    const cci_campaign *c = command->campaign;
    const char *id;
    int to;
    size_t i = 0;
    CCI_TRY(cci_json_id(command->body, "phase", &id, &CCI_ROOT, error));
    CCI_TRY(cci_json_choice(command->body, "to", words, &to, &CCI_ROOT, error));
    while (i < c->brief.n_phases && strcmp(c->brief.phases[i].id, id) != 0)
        i++;
    if (i == c->brief.n_phases)
        return cci_fail(error, COCREATE_ERR_NOT_FOUND, "campaign '%s' has no phase '%s'", c->id,
                        id);
    const json_t *phase = json_array_get(json_object_get(c->doc, "phases"), i);
    const char *state = json_string_value(json_object_get(phase, "state"));
    CCI_TRY(check(c, i, state ? state : "planned", to, decision, error));
    if (decision->exists)
        return COCREATE_OK;
    json_t *data = cci_json_new();
    if (!cci_json_put(data, "phase", json_string(id))) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, to ? "phase.closed" : "phase.opened", c, data, error);
}

int cci_late_lane(const cci_campaign *c, int64_t at, unsigned flag)
{
    int late = 0;
    for (size_t i = 0; i < c->brief.n_phases; i++) {
        const cci_phase *p = &c->brief.phases[i];
        if (!(p->allows & flag))
            continue;
        if (at < p->closes)
            return 0;
        late |= p->late;
    }
    return late && cci_campaign_is(c, "published");
}

static const cci_parameter parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"phase", "id", 1, "a phase with \"advance\": \"manual\""},
    {"to", "text", 1, "open or closed"},
    {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_phase_advance = {
    "phase.advance", "Open or close a phase that goes by hand", parameters, cci_firm_alone, decide, 0};
