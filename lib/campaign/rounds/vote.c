/* {"do":"ballot.cast"}: as a command, and as the fast path that builds its event without a document.
 * Both write the same bytes. */
#include <string.h>

#include "base/text.h"
#include "campaign/boundary/hooks.h"
#include "campaign/graph/merge.h"
#include "campaign/jury/jury.h"
#include "campaign/limits/limits.h"
#include "campaign/milestones/milestones.h"
#include "campaign/money/pledges.h"
#include "campaign/pairs/pairs.h"
#include "campaign/people/people.h"
#include "campaign/revisions/revisions.h"
#include "campaign/rounds/ballots.h"
#include "campaign/rounds/extras.h"
#include "campaign/tasks/tasks.h"

/* ---- the command ---- */

typedef struct parsed_ballot {
    cocreate_allocator allocator;
    const char **options;
    int64_t *values;
    size_t n;
} parsed_ballot;

static void parsed_free(parsed_ballot *b)
{
    cci_free(&b->allocator, (void *)b->options);
    cci_free(&b->allocator, b->values);
}

static cocreate_status parse_ballot(const cci_engine *e, const cci_round_spec *spec,
                                    json_t *object, parsed_ballot *out, cocreate_error *error)
{
    cci_path path = cci_path_key(&CCI_ROOT, "ballot");
    size_t n = spec->questions ? 0 : json_object_size(object), i = 0;
    parsed_ballot b = {e->allocator, cci_alloc(&e->allocator, n, sizeof *b.options),
                       cci_alloc(&e->allocator, n, sizeof *b.values), n};
    const char *key;
    json_t *value;
    cocreate_status status = b.options && b.values ? COCREATE_OK : cci_no_memory(error);
    if (status == COCREATE_OK && n > 0)
        json_object_foreach(object, key, value)
        {
            cci_path here = cci_path_key(&path, key);
            status = cci_ballot_value(spec, value, &here, &b.values[i], error);
            if (status != COCREATE_OK)
                break;
            b.options[i++] = key;
        }
    if (status != COCREATE_OK) {
        parsed_free(&b);
        return status;
    }
    *out = b;
    return COCREATE_OK;
}

/* Who votes: the actor, or the voter the host names. */
static cocreate_status voter_of(const cci_command *command, const char **voter,
                                cocreate_error *error)
{
    *voter = NULL;
    CCI_TRY(cci_json_id_opt(command->body, "voter", voter, &CCI_ROOT, error));
    if (!*voter)
        *voter = command->actor;
    if (strcmp(command->actor, CCI_HOST) != 0 && strcmp(*voter, command->actor) != 0)
        return cci_fail(error, COCREATE_ERR_PERMISSION, "'%s' cannot vote for '%s'",
                        command->actor, *voter);
    return COCREATE_OK;
}

/* The tables of a round that is open now. Where it is not, or the command is late, the ballot may
 * still be one that was cast and is sent again: COCREATE_EXISTS. */
static cocreate_status open_round(cci_engine *e, cci_campaign *c, size_t round, int64_t at,
                                  const cci_ballot_in *ballot, struct cci_round_cache **out,
                                  cocreate_error *error)
{
    cocreate_error why = {0};
    cocreate_status status = cci_is_late(e, at)
                                 ? cci_fail_late(e, at, &why)
                                 : cci_round_cache_get(e, c, round, at, CCI_ALLOW_VOTE, out, &why);
    if ((status == COCREATE_ERR_TIME || status == COCREATE_ERR_REFUSED) &&
        cci_ballot_retried(e, c, round, ballot) == COCREATE_EXISTS)
        return COCREATE_EXISTS;
    if (status != COCREATE_OK && error)
        *error = why;
    return status;
}

/* What an entry took in its time may be sent again when it takes votes no more: its time is over, a
 * milestone froze it, it is out of the game. */
static cocreate_status check_or_retried(cci_engine *e, cci_campaign *c, struct cci_round_cache *r,
                                        const cci_ballot_in *ballot, int64_t at, cci_buffer *data,
                                        int64_t *weight, cci_ballot_key *key,
                                        cocreate_error *error)
{
    cocreate_error why = {0};
    cocreate_status status = cci_ballot_check(e, c, r, ballot, at, data, weight, key, &why);
    if (status == COCREATE_ERR_REFUSED &&
        cci_ballot_retried(e, c, r->index, ballot) == COCREATE_EXISTS)
        return COCREATE_EXISTS;
    if (status != COCREATE_OK && error)
        *error = why;
    return status;
}

/* The limits of the brief that count ballots; nothing where there are none. */
static cocreate_status check_limits(cci_engine *e, const cci_campaign *c, size_t round,
                                    const char *voter, const cci_ballot_key *key,
                                    const json_t *marks, int64_t at, cocreate_error *error)
{
    json_t *old;
    const char *channel, *voided;
    if (!c->brief.limits_ballots)
        return COCREATE_OK;
    CCI_TRY(cci_ballot_get(e, c, round, key, &old, error));
    cocreate_status status = cci_limits_ballot(
        e, c, round, voter, cci_ballot_marks(old, &channel, &voided), marks, at, error);
    json_decref(old);
    return status;
}

/* The marks as they were said, for the event: as the fast path writes them, labels by name. */
static cocreate_status said_marks(const cci_engine *e, const cci_round_spec *spec,
                                  const cci_ballot_in *said, const cci_ballot_meant *meant,
                                  const cci_buffer *data, json_t **out, cocreate_error *error)
{
    cci_ballot_in plain = *said;
    cci_buffer text;
    json_t *kept;
    plain.channel = NULL;
    if (!meant->marks) {
        CCI_TRY(cci_json_parse(data->data, data->size, &kept, error));
        *out = json_incref(said->channel ? json_array_get(kept, 1) : kept);
        json_decref(kept);
        return COCREATE_OK;
    }
    cci_buffer_init(&text, &e->allocator);
    cocreate_status status = cci_ballot_write(spec, &plain, &text, error);
    if (status == COCREATE_OK)
        status = cci_json_parse(text.data, text.size, out, error);
    cci_buffer_free(&text);
    return status;
}

/* The marks may stand, and what is said beside them be new: that is another ballot. */
static cocreate_status compare_all(cci_engine *e, const cci_campaign *c, size_t round,
                                   const cci_ballot_in *said, const cci_ballot_key *key,
                                   const cci_buffer *data, cocreate_error *error)
{
    int same;
    cocreate_status status = cci_ballot_compare(e, c, round, said->voter, key, data, error);
    if (status != COCREATE_EXISTS)
        return status;
    CCI_TRY(cci_extras_stand(e, c, round, said, &same, error));
    if (same)
        return COCREATE_EXISTS;
    return c->brief.rounds[round].recast
               ? COCREATE_OK
               : cci_refuse_round(error, round, "recast",
                                  "'%s' has voted in round '%s', and a ballot cast stays", said->voter,
                                  c->brief.rounds[round].id);
}

/* Check the ballot; *marks are those of the event, owned by the caller. */
static cocreate_status examine(cci_engine *e, const cci_command *command, size_t round,
                               const cci_ballot_in *said, const cci_ballot_meant *meant,
                               struct cci_round_cache *r, json_t **marks, int64_t *weight,
                               cocreate_error *error)
{
    cci_campaign *c = command->campaign;
    cci_ballot_key key;
    cci_buffer data;
    cci_buffer_init(&data, &e->allocator);
    cocreate_status status =
        check_or_retried(e, c, r, &meant->ballot, command->at, &data, weight, &key, error);
    if (status == COCREATE_OK)
        status = compare_all(e, c, round, said, &key, &data, error);
    if (status == COCREATE_OK)
        status = said_marks(e, &c->brief.rounds[round], said, meant, &data, marks, error);
    cci_buffer_free(&data);
    CCI_TRY(status);
    status = check_limits(e, c, round, said->voter, &key, meant->marks ? meant->marks : *marks,
                          command->at, error);
    if (status != COCREATE_OK) {
        json_decref(*marks);
        *marks = NULL;
    }
    return status;
}

static cocreate_status examine_said(cci_engine *e, const cci_command *command, size_t round,
                                    const cci_ballot_in *said, json_t **marks, int64_t *weight,
                                    cocreate_error *error)
{
    struct cci_round_cache *r;
    cci_ballot_meant meant;
    CCI_TRY(open_round(e, command->campaign, round, command->at, said, &r, error));
    CCI_TRY(cci_ballot_mean(e, command->campaign, round, said, &meant, error));
    cocreate_status status = examine(e, command, round, said, &meant, r, marks, weight, error);
    cci_ballot_meant_free(&meant);
    return status;
}

/* A ballot that was examined, for its event. */
typedef struct said_ballot {
    size_t round;
    const char *voter, *channel;
    json_t *extras, *marks;
    int64_t weight;
} said_ballot;

static cocreate_status decide_cast(cci_engine *e, const cci_command *command, const said_ballot *b,
                                   cci_decision *decision, cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    const cci_round_spec *spec = &c->brief.rounds[b->round];
    int proxy = strcmp(b->voter, command->actor) != 0; /* the host spoke for the voter */
    const char *option = json_object_iter_key(json_object_iter(b->marks));
    int extra = 0;
    if (option)
        CCI_TRY(cci_tasks_extra(e, c, spec, b->voter, option, &extra, error));
    json_t *event = cci_json_new();
    if (!cci_json_put(event, "round", json_string(spec->id)) ||
        (b->channel && !cci_json_put(event, "channel", json_string(b->channel))) ||
        (b->extras && !cci_json_put(event, "extras", json_incref(b->extras))) ||
        (proxy && !cci_json_put(event, "voter", json_string(b->voter))) ||
        (cci_electorate_depends(c, b->round) && !cci_json_put(event, "eligible", json_true())) ||
        (extra && !cci_json_put(event, "extra", json_true())) ||
        (spec->weights && !cci_json_put(event, "weight", json_integer(b->weight))) ||
        !cci_json_put(event, "ballot", json_incref(b->marks))) {
        json_decref(event);
        return cci_no_memory(error);
    }
    return cci_decide(decision, "ballot.cast", c, event, error);
}

static cocreate_status decide_ballot(cci_engine *e, const cci_command *command,
                                     cci_decision *decision, cocreate_error *error)
{
    cci_campaign *c = command->campaign;
    size_t round;
    const char *voter, *channel = NULL;
    json_t *object, *marks = NULL, *extras = NULL;
    int64_t weight = 1;
    parsed_ballot parsed;
    CCI_TRY(cci_round_named(c, command->body, &round, error));
    CCI_TRY(voter_of(command, &voter, error));
    CCI_TRY(cci_json_get_object(command->body, "ballot", &object, &CCI_ROOT, error));
    CCI_TRY(cci_json_id_opt(command->body, "channel", &channel, &CCI_ROOT, error));
    CCI_TRY(cci_json_get_object_opt(command->body, "extras", &extras, &CCI_ROOT, error));
    const cci_round_spec *spec = &c->brief.rounds[round];
    CCI_TRY(parse_ballot(e, spec, object, &parsed, error));
    cci_ballot_in ballot = {voter, parsed.options, parsed.values, parsed.n,
                            spec->questions ? object : NULL, channel, extras};
    cocreate_status status = cci_extras_check(c, round, &ballot, extras, error);
    if (status == COCREATE_OK)
        status = examine_said(e, command, round, &ballot, &marks, &weight, error);
    parsed_free(&parsed);
    if (status == COCREATE_EXISTS) {
        decision->exists = 1;
        return COCREATE_OK;
    }
    CCI_TRY(status);
    status = decide_cast(e, command, &(said_ballot){round, voter, channel, extras, marks, weight}, decision,
                         error);
    json_decref(marks);
    return status;
}

static cocreate_status put_ballot(cci_engine *e, const cci_campaign *c, size_t round,
                                  const cci_ballot_key *key, uint64_t seq, int64_t weight,
                                  const cci_buffer *data, cocreate_error *error)
{
    cci_ballot_row row = {key->bytes, seq, weight, {data->data, data->size}};
    return e->store->backend->put_ballot(e->store->self, c->part, (int64_t)round, &row, error);
}

/* Assignments of the options of a ballot are done; only juries have any. */
static cocreate_status evaluated(cci_engine *e, const cci_campaign *c, size_t round,
                                 const char *voter, const json_t *ballot, cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[round];
    const char *option;
    json_t *value;
    if (spec->per_entry)
        json_object_foreach((json_t *)(uintptr_t)ballot, option, value)
            CCI_TRY(cci_jury_evaluated(e, c, spec, voter, option, error));
    return COCREATE_OK;
}

/* Keep a ballot, whose marks go by the names that stand. */
static cocreate_status apply_marks(cci_engine *e, const cci_event *event, size_t round,
                                   const char *voter, const char *channel, int64_t weight,
                                   const json_t *marks, cocreate_error *error)
{
    cci_ballot_key key;
    cci_buffer data;
    json_t *old = NULL;
    int counted = event->campaign->brief.rounds[round].counted != 0;
    int limited = event->campaign->brief.limits_ballots;
    const char *ignored;
    cocreate_status status = COCREATE_OK;
    cci_ballot_key_of(&event->campaign->brief.rounds[round], voter, marks, &key);
    cci_buffer_init(&data, &e->allocator);
    if (counted || limited)
        status = cci_ballot_get(e, event->campaign, round, &key, &old, error);
    if (status == COCREATE_OK)
        status = cci_ballot_keep(channel, marks, &data, error);
    if (status == COCREATE_OK)
        status =
            put_ballot(e, event->campaign, round, &key, event->seq, weight, &data, error);
    if (status == COCREATE_OK && counted)
        status = cci_milestones_vote(e, event, round, old, marks, error);
    if (status == COCREATE_OK && counted)
        status = cci_tasks_answered(e, event, &event->campaign->brief.rounds[round], voter, marks, error);
    if (status == COCREATE_OK && counted)
        status = cci_pairs_changed(e, event, &event->campaign->brief.rounds[round], voter,
                                   cci_ballot_marks(old, &ignored, &ignored), marks, 0, error);
    if (status == COCREATE_OK && limited)
        status = cci_limits_voted(e, event, round, voter,
                                  cci_ballot_marks(old, &ignored, &ignored), marks, error);
    if (status == COCREATE_OK)
        status = cci_pledge_changed(e, event, round, voter, NULL, marks, error);
    if (status == COCREATE_OK)
        status = cci_ballot_settled(e, event->campaign, &event->campaign->brief.rounds[round], voter, error);
    if (status == COCREATE_OK)
        status = evaluated(e, event->campaign, round, voter, marks, error);
    json_decref(old);
    cci_buffer_free(&data);
    return status;
}

static cocreate_status apply_ballot(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    size_t round;
    int64_t weight = 1;
    const char *voter = event->actor, *channel = NULL;
    json_t *meant;
    CCI_TRY(cci_round_named(event->campaign, event->data, &round, error));
    CCI_TRY(cci_json_id_opt(event->data, "voter", &voter, &CCI_ROOT, error));
    CCI_TRY(cci_json_id_opt(event->data, "channel", &channel, &CCI_ROOT, error));
    CCI_TRY(cci_json_i64_opt(event->data, "weight", 0, INT64_MAX, &weight, &CCI_ROOT, error));
    const json_t *said = json_object_get(event->data, "ballot");
    CCI_TRY(cci_merge_marks(e, event->campaign, &event->campaign->brief.rounds[round], said, &meant,
                            error));
    cocreate_status status = apply_marks(e, event, round, voter, channel, weight,
                                         meant ? meant : said, error);
    if (status == COCREATE_OK)
        status = cci_extras_cast(e, event, round, voter, meant ? meant : said,
                                 json_object_get(event->data, "extras"), error);
    json_decref(meant);
    return status;
}

/* And what was said to be extra was, and nothing else. */
static cocreate_status check_extra(cci_engine *e, const cci_event *event, size_t round, const char *voter,
                                   cocreate_error *error)
{
    const char *option = json_object_iter_key(json_object_iter(json_object_get(event->data, "ballot")));
    const cci_round_spec *spec = &event->campaign->brief.rounds[round];
    int extra = 0, said = json_is_true(json_object_get(event->data, "extra"));
    if (spec->lease_extra && option)
        CCI_TRY(cci_tasks_extra(e, event->campaign, spec, voter, option, &extra, error));
    return extra == said ? COCREATE_OK
                         : cci_fail(error, COCREATE_ERR_VERIFY, "the ballot of '%.60s' on '%.60s' is %s",
                                    voter,
                                    option ? option : "", said ? "extra, recomputed it is not"
                                                               : "not extra, recomputed it is");
}

/* Whoever was said to be eligible was, by what the log tells of them. */
static cocreate_status check_ballot(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    size_t round;
    const char *voter = event->actor;
    CCI_TRY(cci_round_named(event->campaign, event->data, &round, error));
    CCI_TRY(cci_json_id_opt(event->data, "voter", &voter, &CCI_ROOT, error));
    CCI_TRY(check_extra(e, event, round, voter, error));
    return cci_electorate_depends(event->campaign, round)
               ? cci_electorate_allows(e, event->campaign, round, voter, event->at, error)
               : COCREATE_OK;
}

static const cci_parameter parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"round", "id", 1, "a round of its brief that takes ballots"},
    {"voter", "id", 0, "who votes, where the host speaks for a participant; default: the actor"},
    {"ballot", "object", 1,
     "option id to 1 (approval), rank, score, points, votes or label; or answers; {} is empty"},
    {"channel", "id", 0, "where it was cast, in a round that has channels"},
    {"extras", "object", 0, "what the voter says yes to beside the marks, as {\"would_buy\": [\"a\"]}"},
    {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_ballot_cast = {
    .name = "ballot.cast",
    .title = "Cast a ballot in a round",
    .parameters = parameters,
    .decide = decide_ballot,
};

const cci_event_type cci_event_ballot_cast = {"ballot.cast", apply_ballot, check_ballot};

/* ---- the fast path ---- */

static void quote(cci_buffer *out, const char *s)
{
    cci_json_quote(out, s, strlen(s));
}

/* The canonical event, keys in order. */
static void write_event(const cci_engine *e, const cci_campaign *c, size_t round, int64_t at,
                        const char *voter, int64_t weight, int extra, const cci_buffer *ballot,
                        cci_buffer *out)
{
    cci_buffer_text(out, "{\"actor\":");
    quote(out, voter);
    cci_buffer_text(out, ",\"at\":");
    cci_buffer_i64(out, at);
    cci_buffer_text(out, ",\"campaign\":");
    quote(out, c->id);
    cci_buffer_text(out, ",\"data\":{\"ballot\":");
    cci_buffer_add(out, ballot->data, ballot->size);
    if (cci_electorate_depends(c, round))
        cci_buffer_text(out, ",\"eligible\":true");
    if (extra)
        cci_buffer_text(out, ",\"extra\":true");
    cci_buffer_text(out, ",\"round\":");
    quote(out, c->brief.rounds[round].id);
    if (c->brief.rounds[round].weights) {
        cci_buffer_text(out, ",\"weight\":");
        cci_buffer_i64(out, weight);
    }
    cci_buffer_text(out, "},\"seq\":");
    cci_buffer_u64(out, cci_next_seq(e));
    cci_buffer_text(out, ",\"type\":\"ballot.cast\"}");
}

/* Most voters vote once: add, and only where a ballot stands compare and replace. */
static cocreate_status write_ballot(cci_engine *e, const cci_campaign *c, size_t round,
                                    const char *voter, const cci_ballot_key *key,
                                    int64_t weight, const cci_buffer *data,
                                    cocreate_error *error)
{
    cci_ballot_row row = {key->bytes, cci_next_seq(e), weight, {data->data, data->size}};
    int added;
    CCI_TRY(e->store->backend->add_ballot(e->store->self, c->part, (int64_t)round, &row, &added,
                                          error));
    if (added)
        return COCREATE_OK;
    CCI_TRY(cci_ballot_compare(e, c, round, voter, key, data, error));
    return put_ballot(e, c, round, key, row.seq, weight, data, error);
}

/* A ballot that may reach a milestone, or that a limit counts, is applied as any event, and what it
 * reaches follows it. */
static cocreate_status vote_counted(cci_engine *e, cci_campaign *c, size_t round, int64_t at,
                                    const cci_ballot_in *said, const cci_ballot_key *key,
                                    const json_t *meant, const cci_buffer *data, const cci_buffer *payload,
                                    cocreate_error *error)
{
    json_t *document;
    CCI_TRY(compare_all(e, c, round, said, key, data, error));
    CCI_TRY(cci_json_parse(payload->data, payload->size, &document, error));
    cci_event event = {.seq = cci_next_seq(e),
                       .at = at,
                       .actor = said->voter,
                       .type = "ballot.cast",
                       .campaign = c,
                       .data = json_object_get(document, "data")};
    cocreate_status status =
        check_limits(e, c, round, said->voter, key, meant ? meant : json_object_get(event.data, "ballot"), at,
                     error);
    if (status == COCREATE_OK)
        status = cci_append(e, c->part, at, payload->data, payload->size, error);
    if (status == COCREATE_OK)
        status = cci_apply(e, &event, error);
    json_decref(document);
    return status == COCREATE_OK ? cci_settle(e, at, error) : status;
}

/* The event says what was said, also where something is merged. */
static cocreate_status write_said(cci_engine *e, const cci_campaign *c, size_t round, int64_t at,
                                  const cci_ballot_in *said, int64_t weight,
                                  const cci_ballot_meant *meant, const cci_buffer *data,
                                  cci_buffer *payload, cocreate_error *error)
{
    int extra = 0;
    cocreate_status status = COCREATE_OK;
    if (c->brief.rounds[round].lease_extra && said->n > 0)
        CCI_TRY(cci_tasks_extra(e, c, &c->brief.rounds[round], said->voter, said->options[0], &extra, error));
    if (meant->marks) {
        cci_buffer text;
        cci_buffer_init(&text, &e->allocator);
        status = cci_ballot_write(&c->brief.rounds[round], said, &text, error);
        if (status == COCREATE_OK)
            write_event(e, c, round, at, said->voter, weight, extra, &text, payload);
        cci_buffer_free(&text);
    } else {
        write_event(e, c, round, at, said->voter, weight, extra, data, payload);
    }
    return status == COCREATE_OK && payload->failed ? cci_no_memory(error) : status;
}

static cocreate_status vote_meant(cci_engine *e, cci_campaign *c, struct cci_round_cache *r, int64_t at,
                                  const cci_ballot_in *said, const cci_ballot_meant *meant,
                                  cci_buffer *data, cci_buffer *payload, cocreate_error *error)
{
    const cci_ballot_in *ballot = &meant->ballot;
    cci_ballot_key key;
    int64_t weight = 1;
    size_t index = r->index;
    CCI_TRY(check_or_retried(e, c, r, ballot, at, data, &weight, &key, error));
    CCI_TRY(write_said(e, c, index, at, said, weight, meant, data, payload, error));
    if (c->brief.rounds[index].counted || c->brief.limits_ballots)
        return vote_counted(e, c, index, at, said, &key, meant->marks, data, payload, error);
    CCI_TRY(write_ballot(e, c, index, ballot->voter, &key, weight, data, error));
    for (size_t i = 0; c->brief.rounds[index].per_entry && i < ballot->n; i++)
        CCI_TRY(cci_jury_evaluated(e, c, &c->brief.rounds[index], ballot->voter,
                                   ballot->options[i], error));
    return cci_append(e, c->part, at, payload->data, payload->size, error);
}

static cocreate_status vote(cci_engine *e, const char *campaign, const char *round, int64_t at,
                            const cci_ballot_in *ballot, cci_buffer *data, cci_buffer *payload,
                            cocreate_error *error)
{
    cci_campaign *c;
    struct cci_round_cache *r;
    cci_ballot_meant meant;
    size_t index;
    CCI_TRY(cci_hook_authorize(e, ballot->voter, "ballot.cast", campaign, error));
    CCI_TRY(cci_campaign_get(e, campaign, &c, error));
    CCI_TRY(cci_round_find(c, round, &index, error));
    CCI_TRY(open_round(e, c, index, at, ballot, &r, error));
    CCI_TRY(cci_ballot_mean(e, c, index, ballot, &meant, error));
    cocreate_status status = vote_meant(e, c, r, at, ballot, &meant, data, payload, error);
    cci_ballot_meant_free(&meant);
    return status;
}

/* Whoever is suspended or erased is not answered, whatever they cast before. */
static cocreate_status exists_for(cci_engine *e, const char *voter, cocreate_error *error)
{
    const char *side;
    CCI_TRY(cci_side_of(e, voter, &side, error));
    return COCREATE_EXISTS;
}

static cocreate_status check_arguments(cocreate_store *store, const char *campaign,
                                       const char *round, const char *voter,
                                       const char *const *options, size_t n,
                                       cocreate_error *error)
{
    if (!store)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "no store is given");
    CCI_TRY(cci_id_check(campaign, "campaign id", error));
    CCI_TRY(cci_id_check(round, "round id", error));
    CCI_TRY(cci_id_check(voter, "voter id", error));
    if (!options && n > 0)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "no options are given");
    for (size_t i = 0; i < n; i++)
        if (!options[i])
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, i, "option %zu is NULL", i);
    return COCREATE_OK;
}

cocreate_status cocreate_vote(cocreate_store *store, const char *campaign, const char *round,
                              int64_t at, const char *voter, const char *const *options,
                              const int64_t *values, size_t n, cocreate_error *error)
{
    cci_engine *e;
    cci_buffer data, payload;
    cci_ballot_in ballot = {.voter = voter, .options = options, .values = values, .n = n};
    CCI_TRY(check_arguments(store, campaign, round, voter, options, n, error));
    CCI_TRY(cci_engine_of(store, &e, error));
    CCI_TRY(cci_command_begin(e, at, error));
    cci_buffer_init(&data, &e->allocator);
    cci_buffer_init(&payload, &e->allocator);
    cci_buffer_reserve(&data, 128); /* most ballots and events fit: grown once */
    cci_buffer_reserve(&payload, 384);
    cocreate_status status =
        vote(e, campaign, round, at, &ballot, &data, &payload, error);
    if (status == COCREATE_EXISTS)
        status = exists_for(e, voter, error);
    cci_buffer_free(&data);
    cci_buffer_free(&payload);
    return cci_transaction_end(e, status, error);
}
