/* The life of a grant. */
#include "campaign/rights/rights.h"

#include <string.h>

#include "campaign/timers.h"
#include "campaign/windows/windows.h"

static int is(const json_t *right, const char *state)
{
    return strcmp(cci_json_text(right, "state"), state) == 0;
}

static cocreate_status get(cci_engine *e, const cci_campaign *c, const char *contribution, json_t **right,
                           cocreate_error *error)
{
    return cci_state_get(e, c->part, CCI_KIND_RIGHT, contribution, right, error);
}

cocreate_status cci_right_set(cci_engine *e, const cci_event *event, const char *contribution, json_t *right,
                              const char *state, const char *since, cocreate_error *error)
{
    const json_t *due = json_object_get(right, "due");
    if (due) {
        CCI_TRY(cci_timer_drop(e, event->campaign, json_integer_value(due), "right", contribution, error));
        json_object_del(right, "due");
    }
    if (!cci_json_put(right, "state", json_string(state)) ||
        !cci_json_put(right, since, json_integer(event->at)))
        return cci_no_memory(error);
    return cci_state_put(e, event->campaign->part, CCI_KIND_RIGHT, contribution, right, error);
}

/* ---- with the contribution ---- */

static const char *first_state(const cci_rights_spec *rights)
{
    return strcmp(rights->effective, "on_submit") == 0     ? "active"
           : strcmp(rights->effective, "on_contract") == 0 ? "proposed"
                                                           : "held";
}

static int64_t end_of_hold(const cci_campaign *c, const json_t *right)
{
    int64_t from = json_integer_value(json_object_get(right, "accepted_at")), hold = c->brief.rights.hold_us;
    return from > CCI_JSON_INTEGER_MAX / 4 || hold > CCI_JSON_INTEGER_MAX / 4 ? CCI_JSON_INTEGER_MAX
                                                                              : cci_deadline(c, from, hold);
}

/* The event of the end of the hold, where there is one; the row is written by the caller. */
static cocreate_status wait_until(cci_engine *e, const cci_event *event, const char *contribution,
                                  json_t *right, int64_t due, cocreate_error *error)
{
    const cci_rights_spec *rights = &event->campaign->brief.rights;
    if (!rights->release_events || rights->hold_us == 0)
        return COCREATE_OK;
    if (!cci_json_put(right, "due", json_integer(due)))
        return cci_no_memory(error);
    return cci_timer_set(e, event->campaign, due, "right", contribution, error);
}

static cocreate_status put_new(cci_engine *e, const cci_event *event, const char *contribution, json_t *right,
                               cocreate_error *error)
{
    const cci_rights_spec *rights = &event->campaign->brief.rights;
    const char *state = first_state(rights);
    int active = strcmp(state, "active") == 0;
    int made = cci_json_put(right, "type", json_string(rights->type)) &&
               cci_json_put(right, "terms", json_string(rights->terms)) &&
               cci_json_put(right, "accepted_at", json_integer(event->at)) &&
               cci_json_put(right, "state", json_string(state)) &&
               (!active || cci_json_put(right, "active_at", json_integer(event->at)));
    if (!made)
        return cci_no_memory(error);
    if (!active)
        CCI_TRY(wait_until(e, event, contribution, right, end_of_hold(event->campaign, right), error));
    return cci_state_put(e, event->campaign->part, CCI_KIND_RIGHT, contribution, right, error);
}

cocreate_status cci_right_propose(cci_engine *e, const cci_event *event, const char *contribution,
                                  cocreate_error *error)
{
    if (strcmp(event->campaign->brief.rights.type, "none") == 0)
        return COCREATE_OK;
    json_t *right = cci_json_new();
    cocreate_status status = right ? put_new(e, event, contribution, right, error) : cci_no_memory(error);
    json_decref(right);
    return status;
}

/* Where its release is an event, what was released comes back by right.grant alone. */
cocreate_status cci_right_reach(cci_engine *e, const cci_event *event, const char *effective,
                                const char *contribution, cocreate_error *error)
{
    const cci_rights_spec *rights = &event->campaign->brief.rights;
    json_t *right;
    if (!rights->effective || strcmp(rights->effective, effective) != 0)
        return COCREATE_OK;
    CCI_TRY(get(e, event->campaign, contribution, &right, error));
    if (!right)
        return COCREATE_OK;
    cocreate_status status = COCREATE_OK;
    if (!is(right, "revoked") && !(rights->release_events && is(right, "released")))
        status = cci_right_set(e, event, contribution, right, "active", "active_at", error);
    json_decref(right);
    return status;
}

cocreate_status cci_right_release(cci_engine *e, const cci_event *event, const char *contribution,
                                  cocreate_error *error)
{
    json_t *right;
    CCI_TRY(get(e, event->campaign, contribution, &right, error));
    cocreate_status status = COCREATE_OK;
    if (is(right, "held") || is(right, "proposed"))
        status = cci_right_set(e, event, contribution, right, "released", "released_at", error);
    json_decref(right);
    return status;
}

cocreate_status cci_right_hold_again(cci_engine *e, const cci_event *event, const char *contribution,
                                     cocreate_error *error)
{
    json_t *right = NULL;
    CCI_TRY(get(e, event->campaign, contribution, &right, error));
    cocreate_status status = COCREATE_OK;
    if (is(right, "released")) {
        int64_t due = end_of_hold(event->campaign, right);
        json_object_del(right, "released_at");
        status = cci_json_put(right, "state", json_string(first_state(&event->campaign->brief.rights)))
                     ? wait_until(e, event, contribution, right, due > event->at ? due : event->at, error)
                     : cci_no_memory(error);
        if (status == COCREATE_OK)
            status = cci_state_put(e, event->campaign->part, CCI_KIND_RIGHT, contribution, right, error);
    }
    json_decref(right);
    return status;
}

/* ---- before money ---- */

cocreate_status cci_right_require(cci_engine *e, const cci_campaign *c, const char *award,
                                  const char *contribution, cocreate_error *error)
{
    json_t *right = NULL;
    const cci_rights_spec *rights = &c->brief.rights;
    if (!rights->required || !contribution)
        return COCREATE_OK;
    CCI_TRY(get(e, c, contribution, &right, error));
    /* The payment itself may bring it. */
    int stands = is(right, "active") || (is(right, "held") && strcmp(rights->effective, "on_payment") == 0);
    cocreate_status status =
        stands ? COCREATE_OK
               : cci_refuse(error, "$.rights.required",
                            "award '%s' is for '%s', whose grant of rights is %s: right.grant first", award,
                            contribution, right ? cci_json_text(right, "state") : "missing");
    json_decref(right);
    return status;
}

/* ---- the end of the hold ---- */

cocreate_status cci_right_decide(cci_engine *e, cci_campaign *c, int64_t at, const char *contribution,
                                 cci_decision *decision, cocreate_error *error)
{
    json_t *right = NULL, *data;
    CCI_TRY(get(e, c, contribution, &right, error));
    int due = json_integer_value(json_object_get(right, "due")) == at && right;
    json_decref(right);
    if (!due)
        return cci_fail(error, COCREATE_ERR_CORRUPT, "the rights of contribution '%s' wait for nothing",
                        contribution);
    data = cci_json_new();
    if (!cci_json_put(data, "contribution", json_string(contribution))) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, "right.released", c, data, error);
}

cocreate_status cci_right_shift(cci_engine *e, cci_campaign *c, const char *contribution, int64_t by,
                                cocreate_error *error)
{
    json_t *right = NULL;
    CCI_TRY(get(e, c, contribution, &right, error));
    cocreate_status status = right && cci_put_later(right, "due", by)
                                 ? cci_state_put(e, c->part, CCI_KIND_RIGHT, contribution, right, error)
                                 : cci_no_memory(error);
    json_decref(right);
    return status;
}

static cocreate_status apply_released(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *contribution;
    json_t *right = NULL;
    CCI_TRY(cci_json_id(event->data, "contribution", &contribution, &CCI_ROOT, error));
    CCI_TRY(get(e, event->campaign, contribution, &right, error));
    cocreate_status status =
        json_object_get(right, "due")
            ? cci_right_set(e, event, contribution, right, "released", "released_at", error)
            : cci_fail(error, COCREATE_ERR_CORRUPT, "event %llu releases rights that are not held",
                       (unsigned long long)event->seq);
    json_decref(right);
    return status;
}

/* No earlier than the hold lasts. */
static cocreate_status check_released(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *contribution;
    json_t *right = NULL;
    CCI_TRY(cci_json_id(event->data, "contribution", &contribution, &CCI_ROOT, error));
    CCI_TRY(get(e, event->campaign, contribution, &right, error));
    const json_t *due = json_object_get(right, "due");
    int over = due && json_integer_value(due) <= event->at;
    json_decref(right);
    return over ? COCREATE_OK
                : cci_fail(error, COCREATE_ERR_VERIFY,
                           "the rights of contribution '%s' are released, recomputed they are held",
                           contribution);
}

const cci_event_type cci_event_right_released = {"right.released", apply_released, check_released};
