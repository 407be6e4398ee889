/* Invariants of what time brings: it happens at its instant, however rarely the store is told the
 * time; and of lots: the seed that is revealed is the one that was committed to. */
#include <string.h>

#include "base/text.h"
#include "campaign/check/check.h"

static int64_t integer_of(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

static const json_t *milestone_of(const cci_check *k, const cci_told *event)
{
    const json_t *brief = cci_fact(k, "briefs", event->campaign);
    return cci_named(json_object_get(brief, "milestones"), cci_json_text(event->data, "milestone"));
}

/* A milestone is reached with its target and missed without. When it was missed is kept with the time
 * of the event before: the instant may be no earlier. */
cocreate_status cci_hear_instants(cci_check *k, const cci_told *event, cocreate_error *error)
{
    int missed = strcmp(event->type, "milestone.missed") == 0;
    if (!missed && strcmp(event->type, "milestone.reached") != 0)
        return COCREATE_OK;
    const json_t *milestone = milestone_of(k, event);
    int64_t target = integer_of(milestone, "target"), count = integer_of(event->data, "count");
    const char *contribution = cci_json_text(event->data, "contribution");
    cci_fact_key key;
    k->checked++;
    if (!milestone || (missed ? count >= target : count < target))
        cci_violation_at(k, event, "contribution '%.80s' has %lld of %lld", contribution,
                         (long long)count, (long long)target);
    json_t *at = json_array();
    int made = cci_json_push(at, json_integer(event->at));
    made = cci_json_push(at, json_integer(k->before)) && made;
    if (!made) {
        json_decref(at);
        return cci_no_memory(error);
    }
    cci_fact_key_of(&key, event->campaign, contribution, NULL);
    return cci_fact_put(k, missed ? "missed" : "reached", key.text, at, error);
}

static void look_at_milestone(cci_check *k, const json_t *milestone)
{
    const char *contribution = cci_json_text(milestone, "contribution");
    cci_fact_key key;
    cci_fact_key_of(&key, k->campaign, contribution, NULL);
    const json_t *missed = cci_fact(k, "missed", key.text);
    int64_t deadline = integer_of(milestone, "deadline");
    int64_t at = json_integer_value(json_array_get(missed, 0));
    int64_t before = json_integer_value(json_array_get(missed, 1));
    if (strcmp(cci_json_text(milestone, "state"), "missed") != 0)
        return;
    k->checked++;
    if (!missed || at != (before > deadline ? before : deadline))
        cci_violation(k, "contribution", contribution,
                      "its milestone was not judged at the deadline");
}

/* A phase with times opens and closes at them, or at the last event before if that is later. Those
 * that a pause or an amendment moved while they were open are judged by their last times. */
static void look_at_phase(cci_check *k, const json_t *phase)
{
    const char *id = cci_json_text(phase, "id");
    cci_fact_key key;
    cci_fact_key_of(&key, k->campaign, id, NULL);
    const json_t *told = cci_fact(k, "phases", key.text);
    const json_t *spec = cci_named(json_object_get(json_object_get(k->shown, "brief"), "phases"), id);
    int64_t closes = integer_of(phase, "closes"), before = integer_of(told, "before");
    if (strcmp(cci_json_text(phase, "state"), "closed") != 0 ||
        strcmp(cci_json_text(spec, "advance"), "manual") == 0)
        return;
    k->checked++;
    if (integer_of(told, "at") != (before > closes ? before : closes))
        cci_violation(k, "phase", id, "it was not closed when it closes");
}

cocreate_status cci_check_instants(cci_check *k, cocreate_error *error)
{
    const json_t *milestones = json_object_get(k->shown, "milestones");
    const json_t *phases = json_object_get(k->shown, "phases");
    (void)error;
    for (size_t i = 0; i < json_array_size(milestones); i++)
        look_at_milestone(k, json_array_get(milestones, i));
    for (size_t i = 0; i < json_array_size(phases); i++)
        look_at_phase(k, json_array_get(phases, i));
    return COCREATE_OK;
}

cocreate_status cci_hear_lots(cci_check *k, const cci_told *event, cocreate_error *error)
{
    const char *seed = cci_json_text(event->data, "seed");
    const char *given = cci_json_text(cci_fact_round(k, event), "seed_commitment");
    uint8_t bytes[32];
    cci_digest commitment;
    (void)error;
    if (strcmp(event->type, "round.revealed") != 0)
        return COCREATE_OK;
    k->checked++;
    int read =
        cci_parse_hex(seed, strlen(seed), bytes, sizeof bytes) && cci_digest_parse(given, &commitment);
    cci_digest digest = cci_sha256(bytes, read ? sizeof bytes : 0);
    if (!read || memcmp(digest.bytes, commitment.bytes, sizeof bytes) != 0)
        cci_violation_at(k, event, "the seed of round '%.80s' is not the one committed to",
                         cci_json_text(event->data, "round"));
    return COCREATE_OK;
}
