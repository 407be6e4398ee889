/* What the log tells, read without the engine: who is on which side, which round takes ballots, whose
 * work is whose. Invariants hold these facts against what the next event says. */
#include <stdio.h>
#include <string.h>

#include "campaign/check/check.h"

const char *cci_fact_key_of(cci_fact_key *key, const char *a, const char *b, const char *c)
{
    snprintf(key->text, sizeof key->text, "%s%s%s%s%s", a, b ? "\n" : "", b ? b : "", c ? "\n" : "",
             c ? c : "");
    return key->text;
}

int cci_begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

const json_t *cci_fact(const cci_check *k, const char *family, const char *key)
{
    return json_object_get(json_object_get(k->facts, family), key);
}

cocreate_status cci_fact_put(cci_check *k, const char *family, const char *key, json_t *value,
                             cocreate_error *error)
{
    if (!json_object_get(k->facts, family) && !cci_json_put(k->facts, family, cci_json_new())) {
        json_decref(value);
        return cci_no_memory(error);
    }
    return cci_json_put(json_object_get(k->facts, family), key, value) ? COCREATE_OK
                                                                       : cci_no_memory(error);
}

const json_t *cci_named(const json_t *list, const char *id)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        if (strcmp(cci_json_text(json_array_get(list, i), "id"), id) == 0)
            return json_array_get(list, i);
    return NULL;
}

const json_t *cci_fact_round(const cci_check *k, const cci_told *event)
{
    const json_t *brief = cci_fact(k, "briefs", event->campaign);
    return cci_named(json_object_get(brief, "rounds"), cci_json_text(event->data, "round"));
}

const char *cci_fact_voter(const cci_told *event)
{
    const char *voter = cci_json_text(event->data, "voter");
    return *voter ? voter : event->actor;
}

/* ---- what each event adds ---- */

static json_t *names_of(const json_t *authors)
{
    json_t *names = json_array();
    for (size_t i = 0; names && i < json_array_size(authors); i++)
        if (!cci_json_push(names, json_string(cci_json_text(json_array_get(authors, i),
                                                             "participant")))) {
            json_decref(names);
            return NULL;
        }
    return names;
}

static json_t *open_round(const json_t *candidates)
{
    json_t *round = cci_json_new(), *set = cci_json_new();
    int made = cci_json_put(round, "candidates", set) && cci_json_put(round, "open", json_true());
    for (size_t i = 0; made && i < json_array_size(candidates); i++)
        made = cci_json_put(set, json_string_value(json_array_get(candidates, i)), json_true());
    if (made)
        return round;
    json_decref(round);
    return NULL;
}

static cocreate_status add_round(cci_check *k, const cci_told *event, cocreate_error *error)
{
    static const char *const ends[] = {"round.closed", "round.failed", "round.annulled"};
    cci_fact_key key;
    cci_fact_key_of(&key, event->campaign, cci_json_text(event->data, "round"), NULL);
    if (strcmp(event->type, "round.opened") == 0)
        return cci_fact_put(k, "rounds", key.text,
                            open_round(json_object_get(event->data, "candidates")), error);
    const json_t *round = cci_fact(k, "rounds", key.text);
    for (size_t i = 0; round && i < sizeof ends / sizeof *ends; i++)
        if (strcmp(event->type, ends[i]) == 0 &&
            !cci_json_put((json_t *)(uintptr_t)round, "open", json_false()))
            return cci_no_memory(error);
    return COCREATE_OK;
}

static cocreate_status
add_phase(cci_check *k, const cci_told *event, const char *id, const char *state, cocreate_error *error)
{
    cci_fact_key key;
    json_t *phase = cci_json_new();
    int made = cci_json_put(phase, "state", json_string(state)) &&
               cci_json_put(phase, "at", json_integer(event->at)) &&
               cci_json_put(phase, "before", json_integer(k->before));
    if (!made) {
        json_decref(phase);
        return cci_no_memory(error);
    }
    cci_fact_key_of(&key, event->campaign, id, NULL);
    return cci_fact_put(k, "phases", key.text, phase, error);
}

/* A contest that nobody passed goes on: the phase of the round that is held again is open until it "closes".
 */
static cocreate_status add_reopening(cci_check *k, const cci_told *event, cocreate_error *error)
{
    const json_t *rounds = json_object_get(cci_fact(k, "briefs", event->campaign), "rounds");
    const json_t *from = json_object_get(cci_fact_round(k, event), "candidates");
    const json_t *contest = cci_named(rounds, cci_json_text(from, "round"));
    return json_object_get(event->data, "closes")
               ? add_phase(k, event, cci_json_text(contest, "phase"), "open", error)
               : COCREATE_OK;
}

/* Campaigns move through states by events that are named after them. */
static cocreate_status add_campaign(cci_check *k, const cci_told *event, cocreate_error *error)
{
    static const char *const moves[][2] = {{"campaign.published", "published"},
                                           {"campaign.resumed", "published"},
                                           {"campaign.paused", "paused"},
                                           {"campaign.decided", "decided"},
                                           {"campaign.stopped", "cancelled"},
                                           {"campaign.cancelled", "cancelled"}};
    int created = strcmp(event->type, "campaign.created") == 0;
    const char *id = created ? cci_json_text(event->data, "campaign") : event->campaign;
    if (strcmp(event->type, "campaign.paused") == 0)
        CCI_TRY(cci_fact_put(k, "pauses", id, json_integer(event->at), error));
    if (created)
        CCI_TRY(cci_fact_put(k, "states", id, json_string("draft"), error));
    if (created || strcmp(event->type, "campaign.amended") == 0)
        return cci_fact_put(k, "briefs", id, json_incref(json_object_get(event->data, "brief")),
                            error);
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
        if (strcmp(event->type, moves[i][0]) == 0)
            return cci_fact_put(k, "states", id, json_string(moves[i][1]), error);
    return COCREATE_OK;
}

cocreate_status cci_facts_add(cci_check *k, const cci_told *event, cocreate_error *error)
{
    const char *type = event->type, *participant = cci_json_text(event->data, "participant");
    const char *contribution = cci_json_text(event->data, "contribution");
    cci_fact_key key;
    if (strcmp(type, "round.reopened") == 0)
        return add_reopening(k, event, error);
    if (cci_begins(type, "round."))
        return add_round(k, event, error);
    if (cci_begins(type, "campaign."))
        return add_campaign(k, event, error);
    if (cci_begins(type, "phase."))
        return add_phase(k, event, cci_json_text(event->data, "phase"),
                         strcmp(type, "phase.opened") == 0 ? "open" : "closed", error);
    if (strcmp(type, "participant.put") == 0)
        return cci_fact_put(k, "sides", participant,
                            json_string(cci_json_text(event->data, "side")), error);
    if (strcmp(type, "participant.erased") == 0)
        return cci_fact_put(k, "erased", participant, json_true(), error);
    if (strcmp(type, "contribution.submitted") == 0)
        return cci_fact_put(k, "authors",
                            cci_fact_key_of(&key, event->campaign, contribution, NULL),
                            names_of(json_object_get(event->data, "authors")), error);
    if (strcmp(type, "contribution.merged") == 0) {
        CCI_TRY(cci_fact_put(k, "merges", event->campaign, json_true(), error));
        return cci_fact_put(k, "into", cci_fact_key_of(&key, event->campaign, contribution, NULL),
                            json_incref(json_object_get(event->data, "into")), error);
    }
    if (strcmp(type, "conflict.declared") == 0)
        return cci_fact_put(k, "conflicts",
                            cci_fact_key_of(&key, event->campaign,
                                            cci_json_text(event->data, "juror"), contribution),
                            json_true(), error);
    return COCREATE_OK;
}
