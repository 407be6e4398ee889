/* Where a campaign ends by itself, who has which item for how long, and what is asked about no more. */
#include <string.h>

#include "base/time.h"
#include "campaign/graph/kinds.h"
#include "campaign/report/explain.h"
#include "campaign/tasks/rows.h"

cocreate_status cci_story_stop(cci_story *s, const json_t *contribution, cocreate_error *error)
{
    const json_t *stop = json_object_get(s->c->doc, "stop");
    const char *reason = cci_json_text(s->c->doc, "reason");
    char since[CCI_TIME_TEXT], at[CCI_TIME_TEXT];
    if (s->c->brief.unpaid_us == 0 || cci_state_ended(cci_json_text(contribution, "state")))
        return COCREATE_OK;
    if (!stop)
        return *reason ? cci_story_say(s, error, "The campaign is %s, because: %s",
                                       cci_json_text(s->c->doc, "state"), reason)
                       : COCREATE_OK;
    cci_time_text(json_integer_value(json_object_get(stop, "since")), since);
    if (strcmp(cci_json_text(s->c->doc, "state"), "paused") == 0)
        return cci_story_say(s, error,
                             "Nothing was paid since %s; the clock at whose end the campaign stops stands "
                             "while it is paused.",
                             since);
    return cci_story_say(s, error,
                         "The campaign ends by itself at %s unless an award is paid before: nothing was "
                         "since %s.",
                         cci_time_text(json_integer_value(json_object_get(stop, "at")), at), since);
}

/* ---- items ---- */

/* "until" of a live lease, or 0. */
static cocreate_status read_lease(cci_story *s, const char *round, const char *participant,
                                  const char *contribution, int64_t *until, cocreate_error *error)
{
    json_t *lease = NULL;
    CCI_TRY(cci_lease_get(s->e, s->c, round, participant, &lease, error));
    int here = cci_lease_live(lease) && strcmp(cci_json_text(lease, "contribution"), contribution) == 0;
    *until = here ? json_integer_value(json_object_get(lease, "until")) : 0;
    json_decref(lease);
    return COCREATE_OK;
}

/* Whoever has it is told, and the firm where it may know who judges what. */
static cocreate_status say_holders(cci_story *s, const char *round, const json_t *row, cocreate_error *error)
{
    const json_t *held = json_object_get(row, "held");
    char at[CCI_TIME_TEXT];
    for (size_t i = 0; i < json_array_size(held); i++) {
        const char *who = json_string_value(json_array_get(held, i));
        int own = who && s->viewer && strcmp(who, s->viewer) == 0;
        int64_t until = 0;
        if (!who || !(own || (s->v.firm && cci_viewer_sees_jurors(&s->v))))
            continue;
        CCI_TRY(read_lease(s, round, who, s->id, &until, error));
        if (until == 0)
            continue;
        cci_time_text(until, at);
        CCI_TRY(own ? cci_story_say(s, error, "Your lease of it in round '%s' ends at %s: answer before, or "
                                              "task.release it.", round, at)
                    : cci_story_say(s, error, "'%s' has it in round '%s' until %s.", who, round, at));
    }
    return COCREATE_OK;
}

/* Which rule it met speaks of what was answered. */
static cocreate_status say_retired(cci_story *s, const char *round, const json_t *row, cocreate_error *error)
{
    const char *out = cci_task_out(row), *reason = cci_json_text(row, "reason");
    if (!out || strcmp(out, "retired") != 0 || !cci_viewer_sees_counts(&s->v))
        return COCREATE_OK;
    int whole = *reason && (s->v.firm || cci_viewer_sees_ballots(&s->v));
    return cci_story_say(s, error, "Round '%s' asks no more about it%s%s", round, whole ? ", because: " : ".",
                         whole ? reason : "");
}

cocreate_status cci_story_tasks(cci_story *s, cocreate_error *error)
{
    for (size_t i = 0; i < s->c->brief.n_rounds; i++) {
        const cci_round_spec *spec = &s->c->brief.rounds[i];
        json_t *row = NULL;
        if (!(spec->counted & CCI_COUNTED_TASK))
            continue;
        CCI_TRY(cci_task_get(s->e, s->c, spec->id, s->id, &row, error));
        cocreate_status status = row ? say_holders(s, spec->id, row, error) : COCREATE_OK;
        if (row && status == COCREATE_OK)
            status = say_retired(s, spec->id, row, error);
        json_decref(row);
        CCI_TRY(status);
    }
    return COCREATE_OK;
}

/* ---- a participant ---- */

cocreate_status cci_story_leases(cci_story *s, cocreate_error *error)
{
    int own = s->viewer && strcmp(s->viewer, s->id) == 0;
    char at[CCI_TIME_TEXT];
    if (!own && !(s->v.firm && cci_viewer_sees_jurors(&s->v)))
        return COCREATE_OK;
    for (size_t i = 0; i < s->c->brief.n_rounds; i++) {
        const cci_round_spec *spec = &s->c->brief.rounds[i];
        json_t *lease = NULL;
        if (spec->lease_us == 0)
            continue;
        CCI_TRY(cci_lease_get(s->e, s->c, spec->id, s->id, &lease, error));
        cocreate_status status = COCREATE_OK;
        if (cci_lease_live(lease))
            status = cci_story_say(s, error, "Has '%s' in round '%s' of campaign '%s' until %s.",
                                   cci_json_text(lease, "contribution"), spec->id, s->c->id,
                                   cci_time_text(json_integer_value(json_object_get(lease, "until")), at));
        json_decref(lease);
        CCI_TRY(status);
    }
    return COCREATE_OK;
}
