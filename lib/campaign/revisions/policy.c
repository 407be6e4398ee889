/* What a brief says of revisions: what may be revised when, and what that does to ballots. */
#include <string.h>

#include "campaign/brief_read.h"
#include "campaign/commands/contribution.h"
#include "campaign/guards.h"
#include "campaign/revisions/lead.h"
#include "campaign/revisions/revisions.h"
#include "campaign/rounds/rounds.h"

/* ---- reading ---- */

cocreate_status cci_revises_read(json_t *json, cci_phase *phase, const cci_path *path, cocreate_error *error)
{
    static const char *const keys[] = {"round", "by", NULL}, *const words[] = {"authors", "lead", NULL};
    json_t *value = json_object_get(json, "revises");
    cci_path here = cci_path_key(path, "revises");
    if (!value)
        return COCREATE_OK;
    CCI_TRY(cci_brief_object(value, keys, &here, error));
    CCI_TRY(cci_json_id(value, "round", &phase->revises, &here, error));
    CCI_TRY(cci_json_choice_opt(value, "by", words, &phase->revises_by_lead, &here, error));
    return phase->allows & CCI_ALLOW_REVISE
               ? COCREATE_OK
               : cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "is only for phases that allow 'revise'");
}

cocreate_status cci_revises_check(const cci_brief *b, cocreate_error *error)
{
    cci_path phases = cci_path_key(&CCI_ROOT, "phases");
    for (size_t i = 0; i < b->n_phases; i++) {
        cci_path phase = cci_path_at(&phases, i), path = cci_path_key(&phase, "revises");
        cci_path here = cci_path_key(&path, "round");
        if (b->phases[i].revises && !cci_brief_round(b, b->phases[i].revises))
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "there is no round '%s'",
                                 b->phases[i].revises);
    }
    return COCREATE_OK;
}

cocreate_status cci_revisions_read(json_t *json, cci_round_spec *spec, const cci_path *path,
                                   cocreate_error *error)
{
    static const char *const words[] = {"keep", "clear", "refuse", NULL};
    int word = CCI_REVISIONS_KEEP;
    cci_path here = cci_path_key(path, "revisions");
    CCI_TRY(cci_json_choice_opt(json, "revisions", words, &word, path, error));
    spec->revisions = (cci_revisions)word;
    if (word != CCI_REVISIONS_CLEAR)
        return COCREATE_OK;
    if (spec->lead == CCI_LEAD_JURY)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "the marks of a jury are not cleared: \"keep\" or \"refuse\"");
    if (json_object_get(json, "lease") || json_object_get(json, "retire") ||
        json_object_get(json, "adaptive"))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "answers that are counted one by one are not cleared: \"keep\" or \"refuse\"");
    if (!spec->recast && spec->unit == CCI_UNIT_VOTER)
        spec->counted |= CCI_COUNTED_AGAIN;
    return COCREATE_OK;
}

/* ---- which phase ---- */

/* Whether the round, or what replaced it, selected a contribution; and how many, -1 while it has no
 * result. */
static cocreate_status look_up(cci_engine *e, const cci_campaign *c, const char *round, const char *id,
                               int *selected, long long *n, cocreate_error *error)
{
    const char *standing;
    json_t *row;
    cci_round_state state;
    CCI_TRY(cci_round_standing(e, c, round, &standing, error));
    CCI_TRY(cci_round_get(e, c, standing, &row, &state, error));
    const json_t *list = json_object_get(json_object_get(row, "result"), "selected");
    *n = state == CCI_ROUND_CERTIFIED ? (long long)json_array_size(list) : -1;
    *selected = *n > 0 && cci_json_lists(list, id);
    json_decref(row);
    return COCREATE_OK;
}

static cocreate_status refuse(const cci_campaign *c, size_t phase, const char *id, long long n,
                              cocreate_error *error)
{
    const cci_phase *p = &c->brief.phases[phase];
    char rule[64];
    cci_path phases = cci_path_key(&CCI_ROOT, "phases"), item = cci_path_at(&phases, phase);
    cci_path path = cci_path_key(&item, "revises");
    cci_path_text(&path, rule, sizeof rule);
    if (n < 0)
        return cci_refuse(error, rule,
                          "phase '%s' takes revisions of what round '%s' selects, once that is certified",
                          p->id, p->revises);
    return cci_refuse(error, rule,
                      "phase '%s' takes revisions of what round '%s' selected, and '%s' is not among the "
                      "%lld",
                      p->id, p->revises, id, n);
}

/* What nobody has judged yet; and, where a round selected it, what goes on. */
static cocreate_status check_state(const char *id, const json_t *row, int selected, cocreate_error *error)
{
    int early = cci_contribution_is(row, "submitted") || cci_contribution_is(row, "published");
    int late = cci_contribution_is(row, "shortlisted") || cci_contribution_is(row, "selected");
    return early || (selected && late) ? COCREATE_OK
                                       : cci_fail(error, COCREATE_ERR_REFUSED,
                                                  "contribution '%s' is %s: it cannot be revised", id,
                                                  cci_contribution_state(row));
}

/* Where the phase is for who leads it, is the actor that, or the host? */
static cocreate_status check_lead(const cci_command *command, size_t phase, const char *id, const json_t *row,
                                  cocreate_error *error)
{
    const cci_phase *p = &command->campaign->brief.phases[phase];
    const char *lead = cci_lead_of(row);
    char rule[64];
    cci_path phases = cci_path_key(&CCI_ROOT, "phases"), item = cci_path_at(&phases, phase);
    cci_path path = cci_path_key(&item, "revises"), by = cci_path_key(&path, "by");
    if (!p->revises_by_lead || strcmp(command->actor, CCI_HOST) == 0 || strcmp(command->actor, lead) == 0)
        return COCREATE_OK;
    cci_path_text(&by, rule, sizeof rule);
    if (!*lead)
        return cci_refuse(error, rule,
                          "in phase '%s' who leads a contribution revises it, and nobody leads '%s': "
                          "contribution.lead comes before",
                          p->id, id);
    return cci_refuse(error, rule, "in phase '%s' who leads a contribution revises it: '%s' leads '%s'",
                      p->id, lead, id);
}

cocreate_status cci_revision_window(cci_engine *e, const cci_command *command, const char *id,
                                    const json_t *row, cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    size_t refuses = c->brief.n_phases;
    long long n = 0, few = 0;
    int any = 0;
    CCI_TRY(cci_require_phase(c, command->at, CCI_ALLOW_REVISE, error));
    for (size_t i = 0; i < c->brief.n_phases; i++) {
        const cci_phase *p = &c->brief.phases[i];
        int selected = 0;
        if (!(p->allows & CCI_ALLOW_REVISE) || !cci_phase_takes(p, command->at, CCI_ALLOW_REVISE))
            continue;
        any |= !p->revises;
        if (p->revises)
            CCI_TRY(look_up(e, c, p->revises, id, &selected, &n, error));
        if (selected) {
            CCI_TRY(check_lead(command, i, id, row, error));
            return check_state(id, row, 1, error);
        }
        if (p->revises && refuses == c->brief.n_phases) {
            refuses = i;
            few = n;
        }
    }
    return any ? check_state(id, row, 0, error) : refuse(c, refuses, id, few, error);
}
