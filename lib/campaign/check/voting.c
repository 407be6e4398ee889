/* Invariants of votes, as the log tells them: one ballot each, by whom it may be, for what it may be,
 * while the round takes ballots; and nobody joins or leaves the candidates on the way. */
#include <stdio.h>
#include <string.h>

#include "campaign/check/check.h"
#include "campaign/rounds/ballots.h"

static int is_cast(const cci_told *event)
{
    return strcmp(event->type, "ballot.cast") == 0;
}

static int is_true(const json_t *object, const char *key)
{
    return json_is_true(json_object_get(object, key));
}

/* ---- one ballot each ---- */

/* Ballots that were struck name options only. */
static json_t *marks_of(const json_t *options)
{
    json_t *marks = cci_json_new();
    for (size_t i = 0; marks && i < json_array_size(options); i++)
        if (!cci_json_put(marks, json_string_value(json_array_get(options, i)), json_integer(1))) {
            json_decref(marks);
            return NULL;
        }
    return marks;
}

/* Under what the store keeps the ballot of an event. */
static cocreate_status key_of(cci_check *k, const cci_told *event, const json_t *marks,
                              cci_buffer *out, int *found, cocreate_error *error)
{
    cci_campaign *c;
    size_t round;
    cci_ballot_key key;
    *found = 0;
    CCI_TRY(cci_campaign_get(k->e, event->campaign, &c, error));
    if (cci_round_find(c, cci_json_text(event->data, "round"), &round, NULL) != COCREATE_OK)
        return COCREATE_OK;
    cci_ballot_key_of(&c->brief.rounds[round], cci_fact_voter(event), marks, &key);
    cci_buffer_format(out, "%s\n%s\n", event->campaign, c->brief.rounds[round].id);
    cci_buffer_add(out, key.bytes.data, key.bytes.size);
    cci_buffer_byte(out, '\0');
    *found = 1;
    return out->failed ? cci_no_memory(error) : COCREATE_OK;
}

/* Ballots of rounds in which a revision clears them are remembered with what they name: "named". */
static cocreate_status name_options(cci_check *k, const cci_told *event, const char *key, const json_t *marks,
                                    cocreate_error *error)
{
    json_t *names = cci_json_new(), *value;
    const char *option;
    int made = names != NULL;
    if (strcmp(cci_json_text(cci_fact_round(k, event), "revisions"), "clear") != 0) {
        json_decref(names);
        return COCREATE_OK;
    }
    json_object_foreach((json_t *)(uintptr_t)marks, option, value)
        made = made && cci_json_put(names, option, json_true());
    if (made)
        return cci_fact_put(k, "named", key, names, error);
    json_decref(names);
    return cci_no_memory(error);
}

/* One ballot may lose its mark of a contribution: one left with none stands no more, another may be cast
 * again (1). */
static cocreate_status clear_one(cci_check *k, const cci_told *event, const char *key, const char *id,
                                 json_int_t *ballots, json_int_t *ended, cocreate_error *error)
{
    const json_t *was = cci_fact(k, "ballots", key), *named = cci_fact(k, "named", key);
    json_int_t standing = json_integer_value(cci_fact(k, "standing", event->campaign));
    const char *round = cci_json_text(cci_fact_round(k, event), "instrument");
    if (!was || json_is_false(was) || !json_object_get(named, id))
        return COCREATE_OK;
    int ends = json_object_size(named) < 2 || strcmp(round, "pair") == 0;
    ++*ballots;
    *ended += ends;
    json_object_del((json_t *)(uintptr_t)named, id);
    CCI_TRY(cci_fact_put(k, "ballots", key, ends ? json_false() : json_integer(1), error));
    return ends ? cci_fact_put(k, "standing", event->campaign, json_integer(standing - 1), error)
                : COCREATE_OK;
}

/* A revision cleared what it says it did. */
static cocreate_status clear(cci_check *k, const cci_told *event, cocreate_error *error)
{
    json_t *named = json_object_get(k->facts, "named"), *keys = json_array(), *value;
    const char *key, *id = cci_json_text(event->data, "contribution");
    json_int_t ballots = 0, ended = 0;
    cci_buffer prefix;
    cocreate_status status = keys ? COCREATE_OK : cci_no_memory(error);
    cci_buffer_init(&prefix, &k->e->allocator);
    cci_buffer_format(&prefix, "%s\n%s\n", event->campaign, cci_json_text(event->data, "round"));
    json_object_foreach(named, key, value)
        if (status == COCREATE_OK && !prefix.failed && strncmp(key, prefix.data, prefix.size) == 0 &&
            !cci_json_push(keys, json_string(key)))
            status = cci_no_memory(error);
    for (size_t i = 0; i < json_array_size(keys) && status == COCREATE_OK; i++)
        status = clear_one(k, event, json_string_value(json_array_get(keys, i)), id, &ballots, &ended, error);
    if (status == COCREATE_OK && prefix.failed)
        status = cci_no_memory(error);
    cci_buffer_free(&prefix);
    json_decref(keys);
    k->checked++;
    if (status == COCREATE_OK && (ballots != json_integer_value(json_object_get(event->data, "ballots")) ||
                                  ended != json_integer_value(json_object_get(event->data, "ended"))))
        cci_violation_at(k, event, "%lld ballots spoke of '%.80s', %lld of nothing else", (long long)ballots,
                         id, (long long)ended);
    return status;
}

/* "standing" counts the ballots of a campaign that were neither taken back nor struck, nor cleared of all
 * that they said. */
static cocreate_status count(cci_check *k, const cci_told *event, const char *key, int cast,
                             cocreate_error *error)
{
    const json_t *was = cci_fact(k, "ballots", key), *round = cci_fact_round(k, event);
    json_int_t standing = json_integer_value(cci_fact(k, "standing", event->campaign));
    int stood = was && !json_is_false(was);
    if (cast && json_is_true(was) && !is_true(round, "recast") && !cci_fact(k, "merges", event->campaign))
        cci_violation_at(k, event, "'%.80s' votes again in round '%.80s', where a ballot stays",
                         cci_fact_voter(event), cci_json_text(event->data, "round"));
    CCI_TRY(cci_fact_put(k, "ballots", key, json_boolean(cast), error));
    return cci_fact_put(k, "standing", event->campaign, json_integer(standing + cast - stood), error);
}

cocreate_status cci_hear_ballots(cci_check *k, const cci_told *event, cocreate_error *error)
{
    int cast = is_cast(event), found = 0;
    cci_buffer key;
    if (strcmp(event->type, "ballots.cleared") == 0)
        return cci_fact(k, "merges", event->campaign) ? COCREATE_OK : clear(k, event, error);
    if (!cast && strcmp(event->type, "ballot.retracted") != 0 &&
        strcmp(event->type, "ballot.voided") != 0)
        return COCREATE_OK;
    json_t *marks = cast ? json_incref(json_object_get(event->data, "ballot"))
                         : marks_of(json_object_get(event->data, "options"));
    if (!marks)
        return cast ? COCREATE_OK : cci_no_memory(error);
    cci_buffer_init(&key, &k->e->allocator);
    cocreate_status status = key_of(k, event, marks, &key, &found, error);
    if (status == COCREATE_OK && found)
        status = count(k, event, key.data, cast, error);
    if (status == COCREATE_OK && found && cast)
        status = name_options(k, event, key.data, marks, error);
    k->checked += (uint64_t)cast;
    cci_buffer_free(&key);
    json_decref(marks);
    return status;
}

static cocreate_status count_row(void *user, int64_t part, int64_t round, const cci_ballot_row *row,
                                 cocreate_error *error)
{
    json_t *kept;
    const char *channel, *voided;
    (void)part;
    (void)round;
    CCI_TRY(cci_json_parse(row->data.data, row->data.size, &kept, error));
    *(json_int_t *)user += cci_ballot_marks(kept, &channel, &voided) != NULL;
    json_decref(kept);
    return COCREATE_OK;
}

cocreate_status cci_check_ballots(cci_check *k, cocreate_error *error)
{
    cci_campaign *c;
    json_int_t rows = 0, told = json_integer_value(cci_fact(k, "standing", k->campaign));
    char problem[120];
    if (cci_fact(k, "merges", k->campaign))
        return COCREATE_OK; /* two ballots of one person became one: "merged" looks at those */
    CCI_TRY(cci_campaign_get(k->e, k->campaign, &c, error));
    cocreate_store *store = k->e->store;
    CCI_TRY(store->backend->scan_ballots(store->self, c->part, -1, count_row, &rows, error));
    snprintf(problem, sizeof problem, "ballots that stand: %lld, the log tells of %lld", (long long)rows,
             (long long)told);
    if (rows != told)
        cci_violation(k, "campaign", k->campaign, problem);
    return COCREATE_OK;
}

/* ---- by whom, and when ---- */

/* A list of sides; or a predicate, whose outcome was recorded when it was judged. */
static int belongs(const cci_check *k, const cci_told *event, const json_t *round)
{
    const json_t *panel = json_object_get(round, "panel");
    const json_t *electorate = json_object_get(round, "electorate");
    const char *voter = cci_fact_voter(event);
    const json_t *side = cci_fact(k, "sides", voter);
    if (json_is_array(panel))
        return cci_json_lists(panel, voter);
    if (!json_is_array(electorate) || !side)
        return side != NULL;
    if (cci_side_bit(json_string_value(json_array_get(electorate, 0))) == 0)
        return is_true(event->data, "eligible");
    return cci_json_lists(electorate, json_string_value(side));
}

cocreate_status cci_hear_windows(cci_check *k, const cci_told *event, cocreate_error *error)
{
    cci_fact_key key;
    (void)error;
    if (!is_cast(event))
        return COCREATE_OK;
    const char *round = cci_json_text(event->data, "round");
    const json_t *state = cci_fact(k, "states", event->campaign);
    k->checked++;
    cci_fact_key_of(&key, event->campaign, round, NULL);
    if (!is_true(cci_fact(k, "rounds", key.text), "open"))
        cci_violation_at(k, event, "round '%.80s' does not take ballots then", round);
    else if (!state || strcmp(json_string_value(state), "published") != 0)
        cci_violation_at(k, event, "campaign '%.80s' does not run then", event->campaign);
    else if (!belongs(k, event, cci_fact_round(k, event)))
        cci_violation_at(k, event, "'%.80s' is not of the electorate of round '%.80s'",
                         cci_fact_voter(event), round);
    return COCREATE_OK;
}

/* ---- for what ---- */

static const char *merged_into(const cci_check *k, const cci_told *event, const char *id)
{
    cci_fact_key key;
    return json_string_value(cci_fact(k, "into", cci_fact_key_of(&key, event->campaign, id, NULL)));
}

/* What stands for a work now: the first of itself, what it was merged into and so on, that is in `set`; the
 * last where there is no set. NULL for none, and where merges never end. */
static const char *standing_work(const cci_check *k, const cci_told *event, const json_t *set, const char *id)
{
    for (size_t i = 0; id && i <= json_object_size(json_object_get(k->facts, "into")); i++) {
        const char *into = merged_into(k, event, id);
        if (set ? json_object_get(set, id) != NULL : !into)
            return id;
        id = into;
    }
    return NULL;
}

/* Whoever wrote a work does not vote for it, and who declared a conflict about it is no juror of it. */
static void judge(cci_check *k, const cci_told *event, const char *who, const char *work, int may_own,
                  int jury)
{
    cci_fact_key key;
    const json_t *authors = cci_fact(k, "authors", cci_fact_key_of(&key, event->campaign, work, NULL));
    k->checked++;
    if (!may_own && cci_json_lists(authors, who))
        cci_violation_at(k, event, "'%.80s' is an author of '%.80s'", who, work);
    else if (jury && cci_fact(k, "conflicts", cci_fact_key_of(&key, event->campaign, who, work)))
        cci_violation_at(k, event, "'%.80s' declared a conflict about '%.80s'", who, work);
}

cocreate_status cci_hear_own(cci_check *k, const cci_told *event, cocreate_error *error)
{
    const json_t *round = cci_fact_round(k, event);
    json_t *ballot = json_object_get(event->data, "ballot"), *value;
    const char *option;
    (void)error;
    int jury = strcmp(cci_json_text(round, "lead"), "jury") == 0;
    if (jury && strcmp(event->type, "decision.made") == 0 && !is_true(event->data, "override"))
        judge(k, event, event->actor, cci_json_text(event->data, "contribution"), 0, 1);
    if (!is_cast(event) || json_object_get(round, "questions"))
        return COCREATE_OK;
    json_object_foreach (ballot, option, value) {
        const char *work = standing_work(k, event, NULL, option);
        if (work)
            judge(k, event, cci_fact_voter(event), work, is_true(round, "self_vote"), jury);
    }
    return COCREATE_OK;
}

/* ---- candidates stay who they were when the round opened ---- */

cocreate_status cci_hear_candidates(cci_check *k, const cci_told *event, cocreate_error *error)
{
    const json_t *round = cci_fact_round(k, event);
    const json_t *places =
        json_object_get(json_object_get(event->data, "result"), "places");
    json_t *ballot = json_object_get(event->data, "ballot"), *value;
    cci_fact_key key;
    const char *option;
    (void)error;
    int tallied = strcmp(event->type, "round.tallied") == 0;
    int joins = is_true(round, "rolling") || (strcmp(cci_json_text(round, "lead"), "metric") == 0 &&
                                              !json_is_object(json_object_get(round, "candidates")));
    if ((!tallied && !is_cast(event)) || joins || json_object_get(round, "questions"))
        return COCREATE_OK;
    cci_fact_key_of(&key, event->campaign, cci_json_text(event->data, "round"), NULL);
    const json_t *set = json_object_get(cci_fact(k, "rounds", key.text), "candidates");
    for (size_t i = 0; tallied && i < json_array_size(places); i++) {
        const char *id = cci_json_text(json_array_get(places, i), "id");
        k->checked++;
        if (!json_object_get(set, id))
            cci_violation_at(k, event, "'%.80s' was no candidate when the round opened", id);
    }
    json_object_foreach (tallied ? NULL : ballot, option, value) {
        k->checked++;
        if (!set || !standing_work(k, event, set, option)) /* what it was merged into counts for it */
            cci_violation_at(k, event, "'%.80s' was no candidate when the round opened", option);
    }
    return COCREATE_OK;
}
