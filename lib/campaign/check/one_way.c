/* Invariants of what never goes back: an erased person does nothing more, a phase that closed stays
 * closed, a campaign that ended stays ended, what was promised to be hidden stays hidden. */
#include <string.h>

#include "campaign/check/check.h"

/* ---- erasure ---- */

static cocreate_status look_for_person(cci_check *k, const cci_told *event, cocreate_error *error)
{
    const char *id = cci_json_text(event->data, "participant");
    cocreate_store *store = k->e->store;
    uint8_t salt[32];
    int found = 0;
    cci_buffer payload;
    k->checked++;
    cci_buffer_init(&payload, &k->e->allocator);
    cocreate_status status = store->backend->get_person(store->self, (cci_bytes){id, strlen(id)},
                                                        &found, salt, &payload, error);
    cci_buffer_free(&payload);
    if (status == COCREATE_OK && found)
        cci_violation_at(k, event, "the personal data of '%.80s' is there", id);
    return status;
}

cocreate_status cci_hear_erased(cci_check *k, const cci_told *event, cocreate_error *error)
{
    int cast = strcmp(event->type, "ballot.cast") == 0;
    const char *who = cast ? cci_fact_voter(event) : event->actor;
    if (cci_fact(k, "erased", who))
        cci_violation_at(k, event, "'%.80s' was erased before", who);
    if (strcmp(event->type, "participant.erased") == 0)
        return look_for_person(k, event, error);
    if (strcmp(event->type, "participant.restored") == 0 &&
        cci_fact(k, "erased", cci_json_text(event->data, "participant")))
        cci_violation_at(k, event, "'%.80s' was erased before",
                         cci_json_text(event->data, "participant"));
    return COCREATE_OK;
}

/* ---- states ---- */

static void hear_phase(cci_check *k, const cci_told *event)
{
    cci_fact_key key;
    const char *phase = cci_json_text(event->data, "phase");
    int opens = strcmp(event->type, "phase.opened") == 0;
    cci_fact_key_of(&key, event->campaign, phase, NULL);
    const char *state = cci_json_text(cci_fact(k, "phases", key.text), "state");
    k->checked++;
    if (strcmp(state, opens ? "" : "open") != 0)
        cci_violation_at(k, event, "phase '%.80s' is %s before", phase, *state ? state : "planned");
}

/* From where a campaign may come into the state that an event names. */
static void hear_campaign(cci_check *k, const cci_told *event)
{
    static const char *const moves[][2] = {{"campaign.published", "draft"},
                                           {"campaign.paused", "published"},
                                           {"campaign.resumed", "paused"},
                                           {"campaign.decided", "published"},
                                           {"campaign.amended", "published"},
                                           {"campaign.stopped", "published"},
                                           {"campaign.cancelled", "draft published paused"}};
    const char *state = json_string_value(cci_fact(k, "states", event->campaign));
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
        if (strcmp(event->type, moves[i][0]) != 0)
            continue;
        k->checked++;
        if (!state || !strstr(moves[i][1], state))
            cci_violation_at(k, event, "campaign '%.80s' is %s before", event->campaign,
                             state ? state : "not there");
    }
}

/* How much an audience sees, from less to more. What one sees does not always hold what another does:
 * such a change is none that this looks for. */
static int openness(const char *audience)
{
    static const char *const words[] = {"nobody", "owner", "firm", "all"};
    for (int i = 0; i < 4; i++)
        if (strcmp(audience, words[i]) == 0)
            return i;
    return -1;
}

static void hear_amendment(cci_check *k, const cci_told *event)
{
    const json_t *before = json_object_get(cci_fact(k, "briefs", event->campaign), "visibility");
    json_t *after = json_object_get(json_object_get(event->data, "brief"), "visibility"), *now;
    const char *what;
    json_t *was;
    k->checked++;
    json_object_foreach ((json_t *)(uintptr_t)before, what, was) {
        now = json_object_get(after, what);
        int from = json_is_string(was) ? openness(json_string_value(was)) : -1;
        int to = !now ? openness("all") : json_is_string(now) ? openness(json_string_value(now)) : -1;
        if (from >= 0 && to > from)
            cci_violation_at(k, event, "the visibility of %.40s was '%s', and is opened", what,
                             json_string_value(was));
    }
}

cocreate_status cci_hear_one_way(cci_check *k, const cci_told *event, cocreate_error *error)
{
    (void)error;
    hear_campaign(k, event);
    if (strcmp(event->type, "phase.opened") == 0 || strcmp(event->type, "phase.closed") == 0)
        hear_phase(k, event);
    if (strcmp(event->type, "campaign.amended") == 0)
        hear_amendment(k, event);
    return COCREATE_OK;
}
