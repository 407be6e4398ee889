#include "campaign/windows/auto_stop.h"

#include "base/time.h"
#include "campaign/brief_read.h"
#include "campaign/commands.h"
#include "campaign/timers.h"
#include "campaign/windows/windows.h"

/* ---- the brief ---- */

/* Money must be able to come, and a prize that was promised cannot go. */
static cocreate_status check_rewards(const cci_brief *b, const cci_path *path, cocreate_error *error)
{
    if (b->n_rewards == 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, path, "the brief has no rewards that could be paid");
    for (size_t i = 0; i < b->n_rewards; i++)
        if (b->rewards[i].guarantee)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, path,
                                 "reward '%.60s' has a guarantee: what promises a prize does not stop by "
                                 "itself",
                                 b->rewards[i].id);
    return COCREATE_OK;
}

cocreate_status cci_brief_auto_stop(cci_brief *b, cocreate_error *error)
{
    static const char *const keys[] = {"unpaid_us", NULL};
    json_t *json = NULL;
    cci_path path = cci_path_key(&CCI_ROOT, "auto_stop");
    CCI_TRY(cci_json_get_object_opt(b->json, "auto_stop", &json, &CCI_ROOT, error));
    if (!json)
        return COCREATE_OK;
    CCI_TRY(cci_brief_object(json, keys, &path, error));
    CCI_TRY(cci_json_i64(json, "unpaid_us", 1, CCI_JSON_INTEGER_MAX / 4, &b->unpaid_us, &path, error));
    return check_rewards(b, &path, error);
}

/* ---- the row ---- */

static int64_t of_stop(const cci_campaign *c, const char *key)
{
    return json_integer_value(json_object_get(json_object_get(c->doc, "stop"), key));
}

/* Where nothing waits, "at" reads 0. */
static cocreate_status drop(cci_engine *e, cci_campaign *c, int64_t at, cocreate_error *error)
{
    return at ? cci_timer_drop(e, c, at, "stop", c->id, error) : COCREATE_OK;
}

/* When it is over, where the last payment came at `since`. */
static cocreate_status put(cci_campaign *c, int64_t since, int64_t *at, cocreate_error *error)
{
    json_t *stop = cci_json_new();
    *at = since > CCI_JSON_INTEGER_MAX / 4 ? CCI_JSON_INTEGER_MAX
                                           : cci_deadline(c, since, c->brief.unpaid_us);
    int made = cci_json_put(stop, "since", json_integer(since));
    made = made && cci_json_put(stop, "at", json_integer(*at));
    c->dirty = 1;
    made = cci_json_put(c->doc, "stop", stop) && made;
    return made ? COCREATE_OK : cci_no_memory(error);
}

cocreate_status cci_stop_set(cci_engine *e, cci_campaign *c, int64_t since, cocreate_error *error)
{
    int64_t at;
    if (c->brief.unpaid_us == 0)
        return COCREATE_OK;
    CCI_TRY(drop(e, c, of_stop(c, "at"), error));
    CCI_TRY(put(c, since, &at, error));
    return cci_timer_set(e, c, at, "stop", c->id, error);
}

cocreate_status cci_stop_paid(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    cci_campaign *c = event->campaign;
    return json_object_get(c->doc, "stop") ? cci_stop_set(e, c, event->at, error) : COCREATE_OK;
}

cocreate_status cci_stop_amended(cci_engine *e, cci_campaign *c, cocreate_error *error)
{
    return json_object_get(c->doc, "stop") ? cci_stop_set(e, c, of_stop(c, "since"), error) : COCREATE_OK;
}

cocreate_status cci_stop_clear(cci_engine *e, cci_campaign *c, cocreate_error *error)
{
    int64_t at = of_stop(c, "at");
    c->dirty = 1;
    json_object_del(c->doc, "stop");
    return drop(e, c, at, error);
}

/* ---- the instant ---- */

cocreate_status cci_stop_decide(cci_engine *e, cci_campaign *c, int64_t at, const char *subject,
                                cci_decision *decision, cocreate_error *error)
{
    json_t *data = cci_json_new();
    (void)e;
    (void)at;
    (void)subject;
    if (!cci_json_put(data, "since", json_integer(of_stop(c, "since")))) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, "campaign.stopped", c, data, error);
}

/* A payment may have come while the campaign was paused: the pause before it is none of its time. */
cocreate_status cci_stop_recount(cci_engine *e, cci_campaign *c, const char *subject, int64_t *at,
                                 cocreate_error *error)
{
    (void)e;
    (void)subject;
    return put(c, of_stop(c, "since"), at, error);
}

static cocreate_status apply(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    char since[CCI_TIME_TEXT];
    cci_buffer reason;
    if (!json_object_get(event->campaign->doc, "stop"))
        return cci_fail(error, COCREATE_ERR_CORRUPT, "event %llu stops what does not stop by itself",
                        (unsigned long long)event->seq);
    cci_buffer_init(&reason, &e->allocator);
    cci_buffer_format(&reason, "nothing was paid since %s",
                      cci_time_text(of_stop(event->campaign, "since"), since));
    cocreate_status status =
        reason.failed ? cci_no_memory(error) : cci_campaign_end(e, event, reason.data, error);
    cci_buffer_free(&reason);
    return status;
}

/* Not before its time, and since when it says. */
static cocreate_status check(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const cci_campaign *c = event->campaign;
    const json_t *stop = json_object_get(c->doc, "stop");
    (void)e;
    if (stop && of_stop(c, "at") <= event->at &&
        json_equal(json_object_get(stop, "since"), json_object_get(event->data, "since")))
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_VERIFY, "campaign '%s' stops by itself, recomputed it goes on",
                    c->id);
}

const cci_event_type cci_event_campaign_stopped = {"campaign.stopped", apply, check};
