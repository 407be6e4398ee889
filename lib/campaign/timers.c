#include "campaign/timers.h"

#include <stdio.h>
#include <string.h>

#include "campaign/milestones/milestones.h"
#include "campaign/money/obligations.h"
#include "campaign/money/offers.h"
#include "campaign/money/period.h"
#include "campaign/money/release.h"
#include "campaign/rights/rights.h"
#include "campaign/rounds/drop.h"
#include "campaign/rounds/periods.h"
#include "campaign/rounds/reviews.h"
#include "campaign/rounds/turns.h"
#include "campaign/tasks/tasks.h"
#include "campaign/windows/auto_stop.h"
#include "campaign/windows/versions.h"

/* One kind of timer: decides the event for `subject` at the instant it was set for. */
typedef struct timer_type {
    const char *what;
    cocreate_status (*decide)(cci_engine *e, cci_campaign *c, int64_t at, const char *subject,
                              cci_decision *decision, cocreate_error *error);
    /* After a pause a timer comes so much later, and what the subject's rows hold of its instant moves, too;
     * NULL: they hold nothing of it. */
    cocreate_status (*shift)(cci_engine *e, cci_campaign *c, const char *subject, int64_t by,
                             cocreate_error *error);
    /* Or it is not moved but counted anew: *at is its instant, and becomes the next. */
    cocreate_status (*recount)(cci_engine *e, cci_campaign *c, const char *subject, int64_t *at,
                               cocreate_error *error);
} timer_type;

/* People answer and report while a campaign is paused, too: what an award waits for stays. */
static cocreate_status stays(cci_engine *e, cci_campaign *c, const char *subject, int64_t *at,
                             cocreate_error *error)
{
    (void)e;
    (void)c;
    (void)subject;
    (void)at;
    (void)error;
    return COCREATE_OK;
}

static const timer_type types[] = {
    {"milestone", cci_milestone_decide, cci_milestone_shift, NULL},
    {"drop", cci_drop_decide, NULL, NULL},
    {"turn", cci_turns_decide, cci_turns_shift, NULL},
    {"cut", cci_periods_decide, cci_cuts_shift, NULL},
    {"right", cci_right_decide, cci_right_shift, NULL},
    {"rules", cci_rules_decide, cci_rules_shift, NULL},
    {"stop", cci_stop_decide, NULL, cci_stop_recount},
    {"offer", cci_offer_decide, NULL, stays},
    {"release", cci_release_decide, NULL, cci_release_recount},
    {"duty", cci_obligation_decide, NULL, stays},
    {"default", cci_default_due, NULL, cci_default_recount},
    {"lease", cci_lease_decide, cci_lease_shift, NULL},
    {"retire", cci_retire_decide, NULL, NULL},
};

#define INSTANT 17 /* digits of at + 2^53, so that texts sort as instants */
#define WHAT_MAX 32
#define ID_MAX (INSTANT + WHAT_MAX + 2 * COCREATE_ID_MAX + 4) /* a subject has one or two ids */

static cocreate_status write_id(char out[ID_MAX], int64_t at, const char *what, const char *subject,
                                cocreate_error *error)
{
    int n = snprintf(out, ID_MAX, "%017lld\n%s\n%s", (long long)(at + CCI_JSON_INTEGER_MAX + 1), what,
                     subject);
    return n > 0 && n < ID_MAX ? COCREATE_OK
                               : cci_fail(error, COCREATE_ERR_INTERNAL, "the name of a timer is too long");
}

static int64_t instant_of(const char *id)
{
    int64_t at = 0;
    for (int i = 0; i < INSTANT; i++)
        at = at * 10 + (id[i] - '0');
    return at - CCI_JSON_INTEGER_MAX - 1;
}

int64_t cci_later(int64_t at, int64_t by)
{
    return at > CCI_JSON_INTEGER_MAX - by ? CCI_JSON_INTEGER_MAX : at + by;
}

int cci_put_later(json_t *object, const char *key, int64_t by)
{
    int64_t at = json_integer_value(json_object_get(object, key));
    return cci_json_put(object, key, json_integer(cci_later(at, by)));
}

int64_t cci_timer_next(const json_t *doc)
{
    const json_t *due = json_object_get(doc, "due");
    return json_is_integer(due) ? json_integer_value(due) : INT64_MAX;
}

/* The id of the first timer, or "". The scan ends at once, by a status that is no failure. */
static cocreate_status first_id(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    size_t n = strlen(id);
    (void)doc;
    if (n >= ID_MAX || n < INSTANT + 2)
        return cci_fail(error, COCREATE_ERR_CORRUPT, "a timer has the name '%.60s'", id);
    memcpy(user, id, n + 1);
    return COCREATE_EXISTS;
}

static cocreate_status first(cci_engine *e, const cci_campaign *c, char out[ID_MAX], cocreate_error *error)
{
    out[0] = '\0';
    cocreate_status status = cci_state_scan(e, c->part, CCI_KIND_TIMER, NULL, first_id, out, error);
    return status == COCREATE_EXISTS ? COCREATE_OK : status;
}

/* Keep "due" of the document. */
static cocreate_status renew(cci_engine *e, cci_campaign *c, cocreate_error *error)
{
    char id[ID_MAX];
    CCI_TRY(first(e, c, id, error));
    if (!id[0])
        json_object_del(c->doc, "due");
    else if (!cci_json_put(c->doc, "due", json_integer(instant_of(id))))
        return cci_no_memory(error);
    return cci_campaign_put_counts(e, c, error);
}

cocreate_status cci_timer_set(cci_engine *e, cci_campaign *c, int64_t at, const char *what,
                              const char *subject, cocreate_error *error)
{
    char id[ID_MAX];
    json_t *nothing = cci_json_new();
    cocreate_status status = write_id(id, at, what, subject, error);
    if (status == COCREATE_OK)
        status = cci_state_put(e, c->part, CCI_KIND_TIMER, id, nothing, error);
    json_decref(nothing);
    return status == COCREATE_OK ? renew(e, c, error) : status;
}

cocreate_status cci_timer_drop(cci_engine *e, cci_campaign *c, int64_t at, const char *what,
                               const char *subject, cocreate_error *error)
{
    char id[ID_MAX];
    CCI_TRY(write_id(id, at, what, subject, error));
    CCI_TRY(cci_state_delete(e, c->part, CCI_KIND_TIMER, id, error));
    return renew(e, c, error);
}

cocreate_status cci_timer_set_by(cci_engine *e, cci_campaign *c, int64_t at, const char *what,
                                 const char *const *key, cocreate_error *error)
{
    char *subject = cci_state_key(e, key);
    cocreate_status status = subject ? cci_timer_set(e, c, at, what, subject, error) : cci_no_memory(error);
    cci_free(&e->allocator, subject);
    return status;
}

cocreate_status cci_timer_drop_by(cci_engine *e, cci_campaign *c, int64_t at, const char *what,
                                  const char *const *key, cocreate_error *error)
{
    char *subject = cci_state_key(e, key);
    cocreate_status status = subject ? cci_timer_drop(e, c, at, what, subject, error) : cci_no_memory(error);
    cci_free(&e->allocator, subject);
    return status;
}

typedef struct found {
    const char *what, *id; /* NULL: all */
    json_t *ids;
} found;

static const char *subject_of(const char *id, const char *what)
{
    return id + INSTANT + 2 + strlen(what);
}

/* Is this the first of several ids? */
static int begins_with(const char *ids, const char *id, size_t n)
{
    return strncmp(ids, id, n) == 0 && ids[n] == '\n';
}

static int is_of(const char *id, const char *what)
{
    return begins_with(id + INSTANT + 1, what, strlen(what));
}

static cocreate_status collect(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    found *f = user;
    (void)doc;
    if (strlen(id) < INSTANT + 2 || (f->what && !is_of(id, f->what)) ||
        (f->id && !begins_with(subject_of(id, f->what), f->id, strlen(f->id))))
        return COCREATE_OK;
    return cci_json_push(f->ids, json_string(id)) ? COCREATE_OK : cci_no_memory(error);
}

cocreate_status cci_timers_clear(cci_engine *e, cci_campaign *c, const char *what, const char *id,
                                 cocreate_error *error)
{
    if (cci_timer_next(c->doc) == INT64_MAX)
        return COCREATE_OK;
    found f = {what, id, json_array()};
    cocreate_status status = f.ids ? COCREATE_OK : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_state_scan(e, c->part, CCI_KIND_TIMER, NULL, collect, &f, error);
    for (size_t i = 0; status == COCREATE_OK && i < json_array_size(f.ids); i++)
        status = cci_state_delete(e, c->part, CCI_KIND_TIMER, json_string_value(json_array_get(f.ids, i)),
                                  error);
    json_decref(f.ids);
    return status == COCREATE_OK ? renew(e, c, error) : status;
}

static cocreate_status shift_one(cci_engine *e, cci_campaign *c, const char *id, int64_t by,
                                 cocreate_error *error)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        const char *what = types[i].what;
        if (!is_of(id, what))
            continue;
        const char *subject = subject_of(id, what);
        int64_t at = instant_of(id);
        CCI_TRY(cci_state_delete(e, c->part, CCI_KIND_TIMER, id, error));
        if (types[i].recount)
            CCI_TRY(types[i].recount(e, c, subject, &at, error));
        else
            at = cci_later(at, by);
        CCI_TRY(cci_timer_set(e, c, at, what, subject, error));
        return types[i].shift ? types[i].shift(e, c, subject, by, error) : COCREATE_OK;
    }
    return cci_fail(error, COCREATE_ERR_CORRUPT, "campaign '%s' waits for no known timer", c->id);
}

cocreate_status cci_timers_shift(cci_engine *e, cci_campaign *c, int64_t by, cocreate_error *error)
{
    if (cci_timer_next(c->doc) == INT64_MAX || by == 0)
        return COCREATE_OK;
    found f = {NULL, NULL, json_array()};
    cocreate_status status = f.ids ? COCREATE_OK : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_state_scan(e, c->part, CCI_KIND_TIMER, NULL, collect, &f, error);
    /* The last first, so that none meets another. */
    for (size_t i = json_array_size(f.ids); status == COCREATE_OK && i > 0; i--)
        status = shift_one(e, c, json_string_value(json_array_get(f.ids, i - 1)), by, error);
    json_decref(f.ids);
    return status;
}

cocreate_status cci_timer_decide(cci_engine *e, cci_campaign *c, cci_decision *decision,
                                 cocreate_error *error)
{
    char id[ID_MAX];
    CCI_TRY(first(e, c, id, error));
    for (size_t i = 0; id[0] && i < sizeof types / sizeof *types; i++)
        if (is_of(id, types[i].what))
            return types[i].decide(e, c, instant_of(id), subject_of(id, types[i].what), decision, error);
    return cci_fail(error, COCREATE_ERR_CORRUPT, "campaign '%s' waits for no known timer", c->id);
}

cocreate_status cci_timer_round(const cci_campaign *c, const char *subject, size_t *round, const char **rest,
                                cocreate_error *error)
{
    for (size_t i = 0; i < c->brief.n_rounds; i++) {
        size_t n = strlen(c->brief.rounds[i].id);
        if (!begins_with(subject, c->brief.rounds[i].id, n))
            continue;
        *round = i;
        *rest = subject + n + 1;
        return COCREATE_OK;
    }
    return cci_fail(error, COCREATE_ERR_CORRUPT, "a timer of campaign '%s' names no round", c->id);
}
