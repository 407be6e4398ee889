/* Limits of ballots: what a voter used of each stands in a row that apply keeps. */
#include <stdio.h>
#include <string.h>

#include "campaign/guards.h"
#include "campaign/instruments/instrument.h"
#include "campaign/limits/limits.h"
#include "campaign/rounds/by_category.h"

/* Does the limit count ballots of this round? */
static int counts(const cci_limit *limit, const cci_round_spec *spec)
{
    const char *name = spec->instrument->name;
    return limit->subject == CCI_LIMIT_BALLOT ||
           (limit->subject == CCI_LIMIT_LABEL && strcmp(name, "label") == 0) ||
           (limit->subject == CCI_LIMIT_PLEDGE && strcmp(name, "pledge") == 0);
}

#define NUMBER_SIZE 12

static const char *number(size_t limit, char out[NUMBER_SIZE])
{
    snprintf(out, NUMBER_SIZE, "%d", (int)limit);
    return out;
}

static cocreate_status get_use(cci_engine *e, const cci_campaign *c, size_t limit, const char *voter,
                               const char *item, json_t **row, cocreate_error *error)
{
    char n[NUMBER_SIZE];
    return cci_state_get_by(e, c->part, CCI_KIND_USE, CCI_KEY("limit", number(limit, n), voter, item), row,
                            error);
}

static cocreate_status put_use(cci_engine *e, const cci_campaign *c, size_t limit, const char *voter,
                               const char *item, const json_t *row, cocreate_error *error)
{
    char n[NUMBER_SIZE];
    return cci_state_put_by(e, c->part, CCI_KIND_USE, CCI_KEY("limit", number(limit, n), voter, item), row,
                            error);
}

/* ---- how much was used ---- */

/* Ballots that stand in rounds that are open: what closed gives its room back. */
static cocreate_status count_live(cci_engine *e, const cci_campaign *c, const json_t *row,
                                  cci_limit_use *use, cocreate_error *error)
{
    const char *id;
    json_t *n;
    if (json_object_get(row, "n")) { /* flags that nobody has decided on */
        use->count = json_integer_value(json_object_get(row, "n"));
        use->release = "the next once one is decided";
        return COCREATE_OK;
    }
    use->release = "the next once the round closes";
    json_object_foreach(json_object_get(row, "rounds"), id, n)
    {
        cci_round_state state;
        size_t round;
        CCI_TRY(cci_round_find(c, id, &round, error));
        CCI_TRY(cci_round_get(e, c, id, NULL, &state, error));
        if (state != CCI_ROUND_OPEN)
            continue;
        use->count += json_integer_value(n);
        if (c->brief.rounds[round].retract)
            use->release = "retract one first";
    }
    return COCREATE_OK;
}

static cocreate_status count_use(cci_engine *e, const cci_campaign *c, const cci_limit *limit,
                                 const json_t *row, int64_t at, cci_limit_use *use, cocreate_error *error)
{
    int64_t from;
    const json_t *instants = json_object_get(row, "at");
    cci_limit_window(limit, at, &from, &use->until);
    if (limit->concurrent)
        return count_live(e, c, row, use, error);
    for (size_t i = 0; i < json_array_size(instants); i++) {
        int64_t then = json_integer_value(json_array_get(instants, i));
        if (then < from)
            continue;
        use->oldest = use->count == 0 ? then : use->oldest;
        use->count++;
    }
    if (!limit->rolling_us &&
        (!limit->window_us || json_integer_value(json_object_get(row, "from")) == from))
        use->count = json_integer_value(json_object_get(row, "n"));
    return COCREATE_OK;
}

static cocreate_status check_use(cci_engine *e, const cci_campaign *c, size_t index, const char *voter,
                                 const char *item, int64_t at, cocreate_error *error)
{
    const cci_limit *limit = &c->brief.limits[index];
    static const char *const words[] = {"", "", "ballot", "", "label", "pledge", "flag"};
    cci_limit_use use = {.what = words[limit->subject], .who = "participant"};
    json_t *row = NULL;
    cci_buffer holder;
    CCI_TRY(cci_limit_held(e, c, index, voter, &holder, error));
    cocreate_status status = get_use(e, c, index, holder.data, item, &row, error);
    cci_buffer_free(&holder);
    if (status == COCREATE_OK)
        status = count_use(e, c, limit, row, at, &use, error);
    json_decref(row);
    if (status == COCREATE_OK && use.count >= limit->max)
        status = cci_limit_refuse(c, index, voter, &use, error);
    return status;
}

cocreate_status cci_limits_ballot(cci_engine *e, const cci_campaign *c, size_t round, const char *voter,
                                  const json_t *old, const json_t *marks, int64_t at,
                                  cocreate_error *error)
{
    const char *item;
    json_t *value;
    for (size_t i = 0; i < c->brief.n_limits; i++) {
        const cci_limit *limit = &c->brief.limits[i];
        int applies;
        if (!counts(limit, &c->brief.rounds[round]) || (old && !limit->per_item))
            continue;
        CCI_TRY(cci_limit_applies(e, c, limit, voter, at, &applies, error));
        if (applies && !limit->per_item)
            CCI_TRY(check_use(e, c, i, voter, NULL, at, error));
        if (applies && limit->per_item && !c->brief.rounds[round].questions)
            json_object_foreach((json_t *)(uintptr_t)marks, item, value)
                if (!json_object_get(old, item))
                    CCI_TRY(check_use(e, c, i, voter, item, at, error));
    }
    return cci_category_votes_check(e, c, round, voter, old, marks, error);
}

/* ---- using and giving back ---- */

static int put_live(json_t *row, const char *round, int by)
{
    json_t *rounds = json_object_get(row, "rounds");
    if (!rounds && cci_json_put(row, "rounds", cci_json_new()))
        rounds = json_object_get(row, "rounds");
    json_int_t n = json_integer_value(json_object_get(rounds, round)) + by;
    return rounds && cci_json_put(rounds, round, json_integer(n));
}

/* One more instant; those that no window holds any more go. */
static int put_instant(json_t *row, int64_t from, int64_t at)
{
    const json_t *old = json_object_get(row, "at");
    json_t *list = json_array();
    int made = list != NULL;
    for (size_t i = 0; made && i < json_array_size(old); i++) {
        json_t *then = json_array_get(old, i);
        if (json_integer_value(then) >= from)
            made = cci_json_push(list, json_incref(then));
    }
    if (made && cci_json_push(list, json_integer(at)))
        return cci_json_put(row, "at", list);
    json_decref(list);
    return 0;
}

static int change_row(const cci_limit *limit, json_t *row, const char *round, int by, int64_t at)
{
    int64_t from, until;
    cci_limit_window(limit, at, &from, &until);
    if (limit->concurrent && round)
        return put_live(row, round, by);
    if (limit->rolling_us)
        return put_instant(row, from, at);
    json_int_t n = json_integer_value(json_object_get(row, "n"));
    if (limit->window_us && json_integer_value(json_object_get(row, "from")) != from)
        n = 0;
    return (!limit->window_us || cci_json_put(row, "from", json_integer(from))) &&
           cci_json_put(row, "n", json_integer(n + by));
}

/* What was cast has been used, also if it is taken back; only what is live at once is given back. */
static cocreate_status change(cci_engine *e, const cci_event *event, size_t index, size_t round,
                              const char *voter, const char *item, int by, cocreate_error *error)
{
    const cci_campaign *c = event->campaign;
    const cci_limit *limit = &c->brief.limits[index];
    json_t *row = NULL;
    cci_buffer holder;
    if (by == 0 || (by < 0 && !limit->concurrent))
        return COCREATE_OK;
    CCI_TRY(cci_limit_holder(e, limit, voter, &holder, error));
    const char *who = holder.size > 0 ? holder.data : NULL; /* whom the limit is not for may have none */
    cocreate_status status = who ? get_use(e, c, index, who, item, &row, error) : COCREATE_OK;
    if (status == COCREATE_OK && who && !row)
        row = cci_json_new();
    if (status == COCREATE_OK && who)
        status = row && change_row(limit, row, round == SIZE_MAX ? NULL : c->brief.rounds[round].id, by,
                                   event->at)
                     ? put_use(e, c, index, who, item, row, error)
                     : cci_no_memory(error);
    cci_buffer_free(&holder);
    json_decref(row);
    return status;
}

cocreate_status cci_limits_voted(cci_engine *e, const cci_event *event, size_t round, const char *voter,
                                 const json_t *old, const json_t *marks, cocreate_error *error)
{
    const cci_brief *b = &event->campaign->brief;
    const char *item;
    json_t *value;
    for (size_t i = 0; b->limits_ballots && i < b->n_limits; i++) {
        if (!counts(&b->limits[i], &b->rounds[round]))
            continue;
        if (!b->limits[i].per_item) {
            CCI_TRY(change(e, event, i, round, voter, NULL, (marks != NULL) - (old != NULL), error));
            continue;
        }
        if (b->rounds[round].questions) /* a survey is about no item */
            continue;
        json_object_foreach((json_t *)(uintptr_t)old, item, value)
            if (!json_object_get(marks, item))
                CCI_TRY(change(e, event, i, round, voter, item, -1, error));
        json_object_foreach((json_t *)(uintptr_t)marks, item, value)
            if (!json_object_get(old, item))
                CCI_TRY(change(e, event, i, round, voter, item, 1, error));
    }
    return b->limits_ballots ? cci_category_votes(e, event, round, voter, old, marks, error) : COCREATE_OK;
}

cocreate_status cci_limits_merged(cci_engine *e, const cci_event *event, size_t round, const char *voter,
                                  const char *from, const char *to, int fewer, int gains,
                                  cocreate_error *error)
{
    const cci_brief *b = &event->campaign->brief;
    for (size_t i = 0; b->limits_ballots && i < b->n_limits; i++) {
        const cci_limit *limit = &b->limits[i];
        if (!limit->concurrent || !counts(limit, &b->rounds[round]))
            continue;
        if (!limit->per_item) {
            CCI_TRY(change(e, event, i, round, voter, NULL, -fewer, error));
            continue;
        }
        CCI_TRY(change(e, event, i, round, voter, from, -1, error));
        CCI_TRY(change(e, event, i, round, voter, to, gains, error));
    }
    return COCREATE_OK;
}

/* ---- flags ---- */

cocreate_status cci_limits_flag(cci_engine *e, const cci_campaign *c, const char *reporter, int64_t at,
                                cocreate_error *error)
{
    for (size_t i = 0; i < c->brief.n_limits; i++) {
        int applies;
        if (c->brief.limits[i].subject != CCI_LIMIT_FLAG)
            continue;
        CCI_TRY(cci_limit_applies(e, c, &c->brief.limits[i], reporter, at, &applies, error));
        if (applies)
            CCI_TRY(check_use(e, c, i, reporter, NULL, at, error));
    }
    return COCREATE_OK;
}

cocreate_status cci_limits_flagged(cci_engine *e, const cci_event *event, const char *reporter, int by,
                                   cocreate_error *error)
{
    const cci_brief *b = &event->campaign->brief;
    for (size_t i = 0; i < b->n_limits; i++)
        if (b->limits[i].subject == CCI_LIMIT_FLAG)
            CCI_TRY(change(e, event, i, SIZE_MAX, reporter, NULL, by, error));
    return COCREATE_OK;
}

/* ---- who votes too little ---- */

int64_t cci_limits_least(const cci_campaign *c, size_t round)
{
    int64_t least = 0;
    for (size_t i = 0; i < c->brief.n_limits; i++)
        if (c->brief.limits[i].min_to_count > least && counts(&c->brief.limits[i], &c->brief.rounds[round]))
            least = c->brief.limits[i].min_to_count;
    return least;
}
