/* How a contribution goes from milestone to milestone. */
#include "campaign/milestones/milestones.h"

#include <stdio.h>
#include <string.h>

#include "base/time.h"
#include "campaign/commands/contribution.h"
#include "campaign/milestones/counts.h"
#include "campaign/timers.h"

/* ---- rows ---- */

static cocreate_status get(cci_engine *e, const cci_campaign *c, const char *contribution, json_t **out,
                           cocreate_error *error)
{
    return cci_state_get(e, c->part, CCI_KIND_MILESTONE, contribution, out, error);
}

static int is(const json_t *row, const char *state)
{
    const char *now = json_string_value(json_object_get(row, "state"));
    return now && strcmp(now, state) == 0;
}

static int64_t integer(const json_t *row, const char *key)
{
    return json_integer_value(json_object_get(row, key));
}

/* The milestone that comes next, or NULL; its index in the brief. */
static const cci_milestone *next_of(const cci_campaign *c, const json_t *row, size_t *index)
{
    int64_t next = integer(row, "next");
    if (!is(row, "waiting") || next < 0 || (uint64_t)next >= c->brief.n_milestones)
        return NULL;
    *index = (size_t)next;
    return &c->brief.milestones[next];
}

static cocreate_status count_of(cci_engine *e, const cci_campaign *c, const cci_milestone *m,
                                const char *contribution, int64_t *out, cocreate_error *error)
{
    int64_t ballots, amount;
    CCI_TRY(cci_count_get(e, c, c->brief.rounds[m->round].id, contribution, &ballots, &amount, error));
    *out = m->amount ? amount : ballots;
    return COCREATE_OK;
}

/* Set the timer that the row waits for, at `due`, and write the row. */
static cocreate_status wait_until(cci_engine *e, cci_campaign *c, const char *contribution, json_t *row,
                                  int64_t due, cocreate_error *error)
{
    if (!cci_json_put(row, "due", json_integer(due)))
        return cci_no_memory(error);
    CCI_TRY(cci_timer_set(e, c, due, "milestone", contribution, error));
    return cci_state_put(e, c->part, CCI_KIND_MILESTONE, contribution, row, error);
}

static cocreate_status stop_waiting(cci_engine *e, cci_campaign *c, const char *contribution, json_t *row,
                                    const char *state, cocreate_error *error)
{
    int64_t due = integer(row, "due");
    json_object_del(row, "due");
    if (!cci_json_put(row, "state", json_string(state)))
        return cci_no_memory(error);
    CCI_TRY(cci_timer_drop(e, c, due, "milestone", contribution, error));
    return cci_state_put(e, c->part, CCI_KIND_MILESTONE, contribution, row, error);
}

/* The deadline of milestone `index`: from the publication, the deadline before or the instant the one before
 * was reached. Times beyond what a log can hold never come. */
static int64_t deadline_of(const cci_campaign *c, const json_t *row, size_t index, int64_t now)
{
    const cci_milestone *m = &c->brief.milestones[index];
    int64_t base = m->base == CCI_FROM_PUBLISHED  ? integer(row, "from")
                   : m->base == CCI_FROM_PREVIOUS ? integer(row, "deadline")
                                                  : now;
    return cci_later(base, m->within_us);
}

/* ---- beginning and end ---- */

/* Begin to wait for milestone `index`; at once where it is reached already. */
static cocreate_status wait_for(cci_engine *e, const cci_event *event, const char *contribution, json_t *row,
                                size_t index, cocreate_error *error)
{
    cci_campaign *c = event->campaign;
    int64_t deadline = deadline_of(c, row, index, event->at), count;
    if (!cci_json_put(row, "next", json_integer((json_int_t)index)) ||
        !cci_json_put(row, "deadline", json_integer(deadline)))
        return cci_no_memory(error);
    CCI_TRY(count_of(e, c, &c->brief.milestones[index], contribution, &count, error));
    int reached = count >= c->brief.milestones[index].target && event->at < deadline;
    return wait_until(e, c, contribution, row, reached ? event->at : deadline, error);
}

cocreate_status cci_milestones_start(cci_engine *e, const cci_event *event, const char *contribution,
                                     cocreate_error *error)
{
    if (event->campaign->brief.n_milestones == 0)
        return COCREATE_OK;
    json_t *row = cci_json_new();
    int made = cci_json_put(row, "state", json_string("waiting")) &&
               cci_json_put(row, "from", json_integer(event->at)) &&
               cci_json_put(row, "reached", json_array());
    cocreate_status status =
        made ? wait_for(e, event, contribution, row, 0, error) : cci_no_memory(error);
    json_decref(row);
    return status;
}

cocreate_status cci_milestones_stop(cci_engine *e, const cci_event *event, const char *contribution,
                                    cocreate_error *error)
{
    json_t *row = NULL;
    cocreate_status status = COCREATE_OK;
    if (event->campaign->brief.n_milestones > 0)
        status = get(e, event->campaign, contribution, &row, error);
    if (status == COCREATE_OK && is(row, "waiting"))
        status = stop_waiting(e, event->campaign, contribution, row, "stopped", error);
    json_decref(row);
    return status;
}

cocreate_status cci_milestone_look(cci_engine *e, const cci_event *event, const char *contribution,
                                   cocreate_error *error)
{
    cci_campaign *c = event->campaign;
    json_t *row = NULL;
    size_t index = 0;
    int64_t count = 0;
    CCI_TRY(get(e, c, contribution, &row, error));
    const cci_milestone *m = next_of(c, row, &index);
    cocreate_status status = m ? count_of(e, c, m, contribution, &count, error) : COCREATE_OK;
    if (status == COCREATE_OK && m && count >= m->target && integer(row, "due") > event->at) {
        status = cci_timer_drop(e, c, integer(row, "due"), "milestone", contribution, error);
        if (status == COCREATE_OK)
            status = wait_until(e, c, contribution, row, event->at, error);
    }
    json_decref(row);
    return status;
}

/* ---- what is due ---- */

static cocreate_status decide(const cci_campaign *c, const char *contribution, const cci_milestone *m,
                              int64_t count, int64_t deadline, cci_decision *decision, cocreate_error *error)
{
    char reason[160], until[CCI_TIME_TEXT];
    int reached = count >= m->target;
    snprintf(reason, sizeof reason, "%lld of %lld %s before %s", (long long)count, (long long)m->target,
             m->amount ? "minor units" : "supporters", cci_time_text(deadline, until));
    json_t *data = cci_json_new();
    int made = cci_json_put(data, "contribution", json_string(contribution)) &&
               cci_json_put(data, "milestone", json_string(m->id)) &&
               cci_json_put(data, "count", json_integer(count)) &&
               (reached || cci_json_put(data, "reason", json_string(reason)));
    if (!made) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, reached ? "milestone.reached" : "milestone.missed", c, data, error);
}

cocreate_status cci_milestone_decide(cci_engine *e, cci_campaign *c, int64_t at, const char *contribution,
                                     cci_decision *decision, cocreate_error *error)
{
    json_t *row = NULL;
    size_t index = 0;
    int64_t count = 0;
    CCI_TRY(get(e, c, contribution, &row, error));
    const cci_milestone *m = next_of(c, row, &index);
    cocreate_status status = m && integer(row, "due") == at
                                 ? count_of(e, c, m, contribution, &count, error)
                                 : cci_fail(error, COCREATE_ERR_CORRUPT,
                                            "contribution '%s' waits for no milestone", contribution);
    if (status == COCREATE_OK)
        status = decide(c, contribution, m, count, integer(row, "deadline"), decision, error);
    json_decref(row);
    return status;
}

/* The row of the contribution an event is about, which waits for the milestone it names. */
static cocreate_status row_of(cci_engine *e, const cci_event *event, const char **contribution, json_t **row,
                              size_t *index, cocreate_error *error)
{
    const char *id;
    json_t *found = NULL;
    CCI_TRY(cci_json_id(event->data, "contribution", contribution, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(event->data, "milestone", &id, &CCI_ROOT, error));
    CCI_TRY(get(e, event->campaign, *contribution, &found, error));
    const cci_milestone *m = next_of(event->campaign, found, index);
    if (!m || strcmp(m->id, id) != 0) {
        json_decref(found);
        return cci_fail(error, COCREATE_ERR_CORRUPT, "contribution '%s' does not wait for milestone '%s'",
                        *contribution, id);
    }
    *row = found;
    return COCREATE_OK;
}

static cocreate_status move_to(cci_engine *e, const cci_event *event, const char *contribution,
                               const char *state, cocreate_error *error)
{
    json_t *row = NULL;
    CCI_TRY(cci_state_get(e, event->campaign->part, CCI_KIND_CONTRIBUTION, contribution, &row, error));
    if (cci_contribution_is(row, "published") || cci_contribution_is(row, "shortlisted"))
        return cci_contribution_move(e, event, contribution, row, state, error);
    json_decref(row); /* a round has decided about it */
    return COCREATE_OK;
}

static cocreate_status go_on(cci_engine *e, const cci_event *event, const char *contribution, json_t *row,
                             size_t index, cocreate_error *error)
{
    cci_campaign *c = event->campaign;
    const cci_milestone *m = &c->brief.milestones[index];
    if (m->on_reach == CCI_REACH_FREEZE)
        return stop_waiting(e, c, contribution, row, "frozen", error);
    if (index + 1 == c->brief.n_milestones)
        return stop_waiting(e, c, contribution, row, "complete", error);
    CCI_TRY(cci_timer_drop(e, c, integer(row, "due"), "milestone", contribution, error));
    return wait_for(e, event, contribution, row, index + 1, error);
}

static cocreate_status apply_reached(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *contribution;
    json_t *row = NULL;
    size_t index = 0;
    CCI_TRY(row_of(e, event, &contribution, &row, &index, error));
    const cci_milestone *m = &event->campaign->brief.milestones[index];
    json_t *reached = cci_json_new();
    int made = cci_json_put(reached, "milestone", json_string(m->id));
    made &= cci_json_put(reached, "at", json_integer(event->at));
    made &= cci_json_put(reached, "count", json_incref(json_object_get(event->data, "count")));
    made &= cci_json_push(json_object_get(row, "reached"), reached);
    cocreate_status status =
        made ? go_on(e, event, contribution, row, index, error) : cci_no_memory(error);
    json_decref(row);
    if (status == COCREATE_OK && m->on_reach == CCI_REACH_ADVANCE)
        status = move_to(e, event, contribution, "shortlisted", error);
    return status == COCREATE_OK ? cci_campaign_put(e, event->campaign, error) : status;
}

static cocreate_status apply_missed(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *contribution;
    json_t *row = NULL;
    size_t index = 0;
    CCI_TRY(row_of(e, event, &contribution, &row, &index, error));
    int keeps = event->campaign->brief.milestones[index].keeps;
    cocreate_status status = stop_waiting(e, event->campaign, contribution, row, "missed", error);
    json_decref(row);
    return status == COCREATE_OK && !keeps ? move_to(e, event, contribution, "expired", error) : status;
}

/* "from", too: a later milestone may run from it. */
cocreate_status cci_milestone_shift(cci_engine *e, cci_campaign *c, const char *contribution, int64_t by,
                                    cocreate_error *error)
{
    json_t *row = NULL;
    CCI_TRY(get(e, c, contribution, &row, error));
    int made = row && cci_put_later(row, "from", by) && cci_put_later(row, "deadline", by) &&
               cci_put_later(row, "due", by);
    cocreate_status status = made ? cci_state_put(e, c->part, CCI_KIND_MILESTONE, contribution, row, error)
                                  : cci_no_memory(error);
    json_decref(row);
    return status;
}

/* ---- what others ask ---- */

cocreate_status cci_milestone_reached(cci_engine *e, const cci_campaign *c, const char *contribution,
                                      size_t milestone, int *out, cocreate_error *error)
{
    json_t *row = NULL;
    *out = 0;
    CCI_TRY(get(e, c, contribution, &row, error));
    const json_t *reached = json_object_get(row, "reached");
    for (size_t i = 0; i < json_array_size(reached); i++) {
        const char *id = json_string_value(json_object_get(json_array_get(reached, i), "milestone"));
        *out |= id && strcmp(id, c->brief.milestones[milestone].id) == 0;
    }
    json_decref(row);
    return COCREATE_OK;
}

cocreate_status cci_milestone_frozen(cci_engine *e, const cci_campaign *c, const char *contribution,
                                     int *out, cocreate_error *error)
{
    json_t *row = NULL;
    *out = -1;
    CCI_TRY(get(e, c, contribution, &row, error));
    if (is(row, "frozen"))
        *out = (int)integer(row, "next");
    json_decref(row);
    return COCREATE_OK;
}

const cci_event_type cci_event_milestone_reached = {"milestone.reached", apply_reached, NULL};
const cci_event_type cci_event_milestone_missed = {"milestone.missed", apply_missed, NULL};
