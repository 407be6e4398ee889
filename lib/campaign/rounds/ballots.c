#include "campaign/rounds/ballots.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/time.h"
#include "campaign/graph/merge.h"
#include "campaign/instruments/instrument.h"
#include "campaign/jury/jury.h"
#include "campaign/people/people.h"
#include "campaign/revisions/revisions.h"
#include "campaign/rounds/by_category.h"
#include "campaign/rounds/extras.h"
#include "campaign/tasks/tasks.h"
#include "cocreate/profile.h"

static cocreate_status check_count(const cci_round_spec *spec, size_t round, size_t n,
                                   cocreate_error *error)
{
    if (spec->choices_min > 0 && n < (uint64_t)spec->choices_min)
        return cci_refuse_round(error, round, "choices",
                                "the ballot names %zu option%s, the least is %lld", n, cci_plural((int64_t)n),
                                (long long)spec->choices_min);
    if (spec->choices_max > 0 && n > (uint64_t)spec->choices_max)
        return cci_refuse_round(error, round, "choices",
                                "the ballot names %zu options, the most is %lld", n,
                                (long long)spec->choices_max);
    return COCREATE_OK;
}

int64_t cci_ballot_value_at(const cci_round_spec *spec, const cci_ballot_in *ballot, size_t i)
{
    if (ballot->values)
        return ballot->values[i];
    return spec->kind == COCREATE_BALLOT_RANKING ? (int64_t)i + 1 : 1;
}

/* Each entry takes votes so long from its publication, or from the opening of the round. */
static cocreate_status check_entry_window(const cci_round_spec *spec,
                                          const struct cci_round_cache *r, uint32_t candidate,
                                          int64_t at, cocreate_error *error)
{
    char until[CCI_TIME_TEXT];
    int64_t from = r->since[candidate] > r->opens ? r->since[candidate] : r->opens;
    if (at < from + spec->per_entry_us)
        return COCREATE_OK;
    return cci_refuse_round(error, r->index, "per_entry_us", "'%s' took votes until before %s",
                            r->candidates.items[candidate],
                            cci_time_text(from + spec->per_entry_us, until));
}

static cocreate_status check_value(const cci_round_spec *spec, size_t round, const char *option,
                                   int64_t value, cocreate_error *error)
{
    const cci_instrument_type *type = spec->instrument;
    if (!type->one)
        return type->check_value(spec, round, option, value, error);
    return value == 1 ? COCREATE_OK
                      : cci_fail(error, COCREATE_ERR_ARGUMENT, "%s '%s' is 1, not %lld", type->one,
                                 option, (long long)value);
}

static cocreate_status check_options(cci_engine *e, const cci_campaign *c,
                                     struct cci_round_cache *r, const cci_ballot_in *ballot,
                                     int64_t at, cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[r->index];
    uint32_t author = cci_string_set_find(&r->authors, ballot->voter);
    for (size_t i = 0; i < ballot->n; i++) {
        const char *option = ballot->options[i];
        uint32_t candidate = cci_string_set_find(&r->candidates, option);
        if (candidate == CCI_TABLE_NONE && spec->rolling) {
            CCI_TRY(cci_round_cache_join(e, c, r, option, &candidate, error));
            author = cci_string_set_find(&r->authors, ballot->voter);
        }
        if (candidate == CCI_TABLE_NONE)
            return cci_fail_at(error, COCREATE_ERR_NOT_FOUND, i,
                               "'%s' is no candidate of round '%s'", option, spec->id);
        if (r->out_of_game[candidate])
            return cci_round_cache_refuse(c, r, candidate, error);
        if (spec->per_entry_us)
            CCI_TRY(check_entry_window(spec, r, candidate, at, error));
        if (!spec->self_vote && author != CCI_TABLE_NONE &&
            cci_round_cache_authored(r, author, candidate))
            return cci_refuse_round(error, r->index, "self_vote", "'%s' is an author of '%s': leave it out",
                                    ballot->voter, option);
        if (spec->lead == CCI_LEAD_JURY)
            CCI_TRY(cci_jury_require(e, c, r->index, ballot->voter, option, error));
        if (spec->counted & CCI_COUNTED_TASK)
            CCI_TRY(cci_tasks_require(e, c, r->index, ballot->voter, option, error));
        CCI_TRY(check_value(spec, r->index, option, cci_ballot_value_at(spec, ballot, i), error));
    }
    return COCREATE_OK;
}

typedef struct entry {
    const char *option;
    int64_t value;
} entry;

static int by_option(const void *a, const void *b)
{
    return cci_json_key_compare(((const entry *)a)->option, ((const entry *)b)->option);
}

static void write_value(const cci_round_spec *spec, int64_t value, cci_buffer *out)
{
    const json_t *label = json_array_get(spec->labels, (size_t)value);
    if (label)
        cci_json_quote(out, json_string_value(label), json_string_length(label));
    else
        cci_buffer_i64(out, value);
}

cocreate_status cci_ballot_write(const cci_round_spec *spec, const cci_ballot_in *ballot,
                                 cci_buffer *out, cocreate_error *error)
{
    if (ballot->document)
        return cci_json_canonical(ballot->document, out, error);
    if (ballot->channel) {
        cci_buffer_byte(out, '[');
        cci_json_quote(out, ballot->channel, strlen(ballot->channel));
        cci_buffer_byte(out, ',');
    }
    entry few[16], *entries = few;
    cocreate_status status = COCREATE_OK;
    if (ballot->n > sizeof few / sizeof *few)
        entries = cci_alloc(&out->allocator, ballot->n, sizeof *entries);
    if (!entries)
        return cci_no_memory(error);
    for (size_t i = 0; i < ballot->n; i++)
        entries[i] = (entry){ballot->options[i], cci_ballot_value_at(spec, ballot, i)};
    qsort(entries, ballot->n, sizeof *entries, by_option);
    cci_buffer_byte(out, '{');
    for (size_t i = 0; i < ballot->n && status == COCREATE_OK; i++) {
        if (i > 0 && strcmp(entries[i - 1].option, entries[i].option) == 0)
            status = cci_fail(error, COCREATE_ERR_ARGUMENT, "the ballot names '%s' twice",
                              entries[i].option);
        if (i > 0)
            cci_buffer_byte(out, ',');
        cci_json_quote(out, entries[i].option, strlen(entries[i].option));
        cci_buffer_byte(out, ':');
        write_value(spec, entries[i].value, out);
    }
    cci_buffer_text(out, ballot->channel ? "}]" : "}");
    if (entries != few)
        cci_free(&out->allocator, entries);
    return status == COCREATE_OK && out->failed ? cci_no_memory(error) : status;
}

/* ---- keys ---- */

static char *append_id(char *to, const char *id)
{
    size_t n = strlen(id);
    if (n > COCREATE_ID_MAX)
        n = COCREATE_ID_MAX; /* no id, and so no ballot's */
    *to = '\n';              /* no id holds a control character */
    memcpy(to + 1, id, n);
    return to + 1 + n;
}

static void make_key(const cci_round_spec *spec, const char *voter, const char *a, const char *b,
                     cci_ballot_key *key)
{
    size_t n = strlen(voter);
    key->bytes = (cci_bytes){voter, n};
    if (n > COCREATE_ID_MAX)
        n = COCREATE_ID_MAX; /* longer is no id: there is no such ballot */
    if (spec->unit == CCI_UNIT_VOTER)
        return;
    memcpy(key->text, voter, n);
    int swap = spec->unit == CCI_UNIT_PAIR && strcmp(a, b) > 0;
    char *end = append_id(key->text + n, swap ? b : a);
    if (spec->unit == CCI_UNIT_PAIR)
        end = append_id(end, swap ? a : b);
    key->bytes = (cci_bytes){key->text, (size_t)(end - key->text)};
}

void cci_ballot_key_of(const cci_round_spec *spec, const char *voter, const json_t *ballot,
                       cci_ballot_key *key)
{
    json_t *object = (json_t *)(uintptr_t)ballot;
    void *first = json_object_iter(object), *second = json_object_iter_next(object, first);
    make_key(spec, voter, first ? json_object_iter_key(first) : "",
             second ? json_object_iter_key(second) : "", key);
}

static cocreate_status event_time(void *user, const cci_event_row *row, cocreate_error *error)
{
    (void)error;
    *(int64_t *)user = row->at;
    return COCREATE_OK;
}

cocreate_status cci_ballot_time(cci_engine *e, const cci_ballot_row *row, int64_t *out,
                                cocreate_error *error)
{
    return e->store->backend->scan_events(e->store->self, row->seq, row->seq, event_time, out, error);
}

cci_bytes cci_ballot_voter(const cci_ballot_row *row)
{
    const char *key = row->voter.data, *end = memchr(key, '\n', row->voter.size);
    return (cci_bytes){key, end ? (size_t)(end - key) : row->voter.size};
}

/* One option, or the two of a pair: what a ballot of this round is about. */
static cocreate_status check_unit(const cci_round_spec *spec, size_t round, size_t n,
                                  cocreate_error *error)
{
    if (spec->unit != CCI_UNIT_OPTION || n == 1)
        return COCREATE_OK;
    return cci_refuse_round(error, round, "each", "each option has a ballot of its own, this one names %zu",
                            n);
}

/* ---- what is kept ---- */

const json_t *cci_ballot_marks(const json_t *kept, const char **channel, const char **voided)
{
    const char *first = json_string_value(json_array_get(kept, 0));
    const json_t *second = json_array_get(kept, 1);
    *channel = NULL;
    *voided = NULL;
    if (json_is_object(kept))
        return kept;
    if (json_is_object(second)) {
        *channel = first;
        return second;
    }
    *voided = json_string_value(second);
    return NULL;
}

cocreate_status cci_ballot_keep(const char *channel, const json_t *marks, cci_buffer *out,
                                cocreate_error *error)
{
    if (channel) {
        cci_buffer_byte(out, '[');
        cci_json_quote(out, channel, strlen(channel));
        cci_buffer_byte(out, ',');
    }
    CCI_TRY(cci_json_canonical(marks, out, error));
    if (channel)
        cci_buffer_byte(out, ']');
    return out->failed ? cci_no_memory(error) : COCREATE_OK;
}

cocreate_status cci_ballot_get(cci_engine *e, const cci_campaign *c, size_t round,
                               const cci_ballot_key *key, json_t **out, cocreate_error *error)
{
    cci_buffer data;
    uint64_t seq;
    int64_t weight;
    int found = 0;
    *out = NULL;
    cci_buffer_init(&data, &e->allocator);
    cocreate_status status = e->store->backend->get_ballot(
        e->store->self, c->part, (int64_t)round, key->bytes, &found, &seq, &weight, &data, error);
    if (status == COCREATE_OK && found)
        status = cci_json_parse(data.data, data.size, out, error);
    cci_buffer_free(&data);
    return status;
}

cocreate_status cci_ballot_of(cci_engine *e, const cci_campaign *c, size_t round, const char *voter,
                              const char *a, const char *b, json_t **out, cocreate_error *error)
{
    cci_ballot_key key;
    make_key(&c->brief.rounds[round], voter, a, b, &key);
    return cci_ballot_get(e, c, round, &key, out, error);
}

cocreate_status cci_ballot_was_cast(cci_engine *e, const cci_campaign *c, size_t round, const char *voter,
                                    const char *a, const char *b, int *out, cocreate_error *error)
{
    json_t *kept = NULL;
    const char *channel, *voided;
    CCI_TRY(cci_ballot_of(e, c, round, voter, a, b, &kept, error));
    const json_t *marks = cci_ballot_marks(kept, &channel, &voided);
    *out = marks || voided;
    json_decref(kept);
    return COCREATE_OK;
}

/* ---- the whole ballot ---- */

static cocreate_status check_channel(const cci_round_spec *spec, size_t round,
                                     const char *channel, cocreate_error *error)
{
    if (!spec->channels && !channel)
        return COCREATE_OK;
    if (!spec->channels)
        return cci_refuse_round(error, round, "channels", "round '%s' has no channels", spec->id);
    if (!channel)
        return cci_refuse_round(error, round, "channels", "a ballot of round '%s' names its channel",
                                spec->id);
    if (json_object_get(spec->channels, channel))
        return COCREATE_OK;
    return cci_refuse_round(error, round, "channels", "round '%s' has no channel '%s'", spec->id, channel);
}

cocreate_status cci_ballot_value(const cci_round_spec *spec, const json_t *value,
                                 const cci_path *path, int64_t *out, cocreate_error *error)
{
    if (spec->labels && json_is_string(value)) {
        for (size_t i = 0; i < json_array_size(spec->labels); i++)
            if (json_equal(json_array_get(spec->labels, i), value)) {
                *out = (int64_t)i;
                return COCREATE_OK;
            }
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, path, "'%.40s' is none of the labels",
                             json_string_value(value));
    }
    if (!json_is_integer(value))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, path, "%s",
                             spec->labels ? "must be one of the labels, or its number from 0"
                                          : "must be an integer (1, a rank, a score or points)");
    *out = json_integer_value(value);
    return COCREATE_OK;
}

/* weight / unit, which must be an integer: ballots are counted in units. */
static cocreate_status divide_weight(const cci_round_spec *spec, const json_t *weight,
                                     cci_rational *a, cci_rational *b, int64_t *out, int *whole,
                                     cocreate_error *error)
{
    CCI_TRY(cci_json_number(weight, a, &CCI_ROOT, error));
    CCI_TRY(cci_json_number(spec->weights, b, &CCI_ROOT, error));
    CCI_TRY(cci_rational_div(a, b, a, error));
    *whole = cci_rational_round(a, 0, CCI_ROUND_DOWN, out, NULL) == COCREATE_OK;
    if (!*whole || *out > CCI_JSON_INTEGER_MAX)
        *whole = 0;
    if (!*whole)
        return COCREATE_OK;
    CCI_TRY(cci_rational_set_i64(b, *out, 1, error));
    int order;
    CCI_TRY(cci_rational_compare(a, b, &order, error));
    *whole = order == 0;
    return COCREATE_OK;
}

static cocreate_status weight_of(cci_engine *e, const cci_round_spec *spec, size_t round,
                                 const char *voter, int64_t *out, cocreate_error *error)
{
    json_t *row = NULL, *one = json_integer(1);
    cci_rational a = {{0}, {0}}, b = {{0}, {0}};
    int whole = 0;
    cocreate_status status = cci_state_get(e, 0, CCI_KIND_PARTICIPANT, voter, &row, error);
    const json_t *weight = status == COCREATE_OK ? json_object_get(row, "weight") : NULL;
    if (!weight)
        weight = one;
    if (status == COCREATE_OK)
        status = one ? cci_rational_init(&a, error) : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&b, error);
    if (status == COCREATE_OK)
        status = divide_weight(spec, weight, &a, &b, out, &whole, error);
    if (status == COCREATE_OK && !whole)
        status = cci_refuse_round(error, round, "weights", "the weight of '%s' is no multiple of the unit",
                                  voter);
    cci_rational_clear(&a);
    cci_rational_clear(&b);
    json_decref(one);
    json_decref(row);
    return status;
}

cocreate_status cci_ballot_check(cci_engine *e, cci_campaign *c, struct cci_round_cache *r,
                                 const cci_ballot_in *ballot, int64_t at, cci_buffer *out,
                                 int64_t *weight, cci_ballot_key *key, cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[r->index];
    const cci_instrument_type *type = spec->instrument;
    if (!type->one && !type->check_value && !type->check_document)
        return cci_refuse_round(error, r->index, "instrument", "round '%s' takes no ballots", spec->id);
    if (!type->check_document != !ballot->document)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "a ballot of round '%s' answers its questions: ballot.cast", spec->id);
    if (type->needs_values && !ballot->values && ballot->n > 0)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "a ballot of round '%s' needs values",
                        spec->id);
    CCI_TRY(cci_electorate_allows(e, c, r->index, ballot->voter, at, error));
    CCI_TRY(check_channel(spec, r->index, ballot->channel, error));
    *weight = 1;
    if (spec->weights)
        CCI_TRY(weight_of(e, spec, r->index, ballot->voter, weight, error));
    if (type->check_document) {
        CCI_TRY(type->check_document(spec, r->index, ballot->document, error));
    } else {
        CCI_TRY(check_count(spec, r->index, ballot->n, error));
        CCI_TRY(check_unit(spec, r->index, ballot->n, error));
        CCI_TRY(check_options(e, c, r, ballot, at, error));
        if (type->check_ballot)
            CCI_TRY(type->check_ballot(spec, r, ballot, error));
        CCI_TRY(cci_ballot_categories(c, r, ballot, error));
    }
    make_key(spec, ballot->voter, ballot->n > 0 ? ballot->options[0] : "",
             ballot->n > 1 ? ballot->options[1] : "", key);
    return cci_ballot_write(spec, ballot, out, error);
}

/* May another ballot take the place of the one that is kept? */
static cocreate_status check_replaced(cci_engine *e, const cci_campaign *c, size_t round,
                                      const char *voter, const cci_buffer *old, cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[round];
    json_t *kept;
    const char *channel, *voided;
    int again;
    if (spec->recast && old->data[0] == '{')
        return COCREATE_OK;
    CCI_TRY(cci_ballot_again(e, c, spec, voter, &again, error));
    CCI_TRY(cci_json_parse(old->data, old->size, &kept, error));
    const json_t *marks = cci_ballot_marks(kept, &channel, &voided);
    cocreate_status status = COCREATE_OK;
    if (voided)
        status = cci_fail(error, COCREATE_ERR_REFUSED,
                          "the ballot of '%.60s' in round '%.60s' was voided: %.100s", voter,
                          spec->id, voided);
    else if (marks && !spec->recast && !again)
        status = cci_refuse_round(error, round, "recast",
                                  "'%s' has voted in round '%s', and a ballot cast stays", voter, spec->id);
    json_decref(kept);
    return status;
}

cocreate_status cci_ballot_compare(cci_engine *e, const cci_campaign *c, size_t round,
                                   const char *voter, const cci_ballot_key *key,
                                   const cci_buffer *data, cocreate_error *error)
{
    cci_buffer old;
    uint64_t seq;
    int64_t weight;
    int found, same;
    cci_buffer_init(&old, &e->allocator);
    cocreate_status status =
        e->store->backend->get_ballot(e->store->self, c->part, (int64_t)round,
                                      key->bytes, &found, &seq, &weight, &old, error);
    same = status == COCREATE_OK && found && old.size == data->size &&
           memcmp(old.data, data->data, data->size) == 0;
    if (status == COCREATE_OK && found && !same)
        status = check_replaced(e, c, round, voter, &old, error);
    cci_buffer_free(&old);
    return same ? COCREATE_EXISTS : status;
}

/* Does it stand like this, under these names? */
static cocreate_status retried(cci_engine *e, const cci_campaign *c, size_t round,
                               const cci_ballot_in *ballot)
{
    const cci_round_spec *spec = &c->brief.rounds[round];
    cci_buffer data;
    cci_ballot_key key;
    cci_buffer_init(&data, &e->allocator);
    make_key(spec, ballot->voter, ballot->n > 0 ? ballot->options[0] : "",
             ballot->n > 1 ? ballot->options[1] : "", &key);
    cocreate_status status = cci_ballot_write(spec, ballot, &data, NULL);
    if (status == COCREATE_OK)
        status = cci_ballot_compare(e, c, round, ballot->voter, &key, &data, NULL);
    cci_buffer_free(&data);
    return status;
}

/* In a round that closed before a merge ballots stand as they were cast, in others as they were meant. */
cocreate_status cci_ballot_retried(cci_engine *e, const cci_campaign *c, size_t round,
                                   const cci_ballot_in *ballot)
{
    cci_ballot_meant meant;
    cocreate_status status = retried(e, c, round, ballot);
    int same = 1;
    if (ballot->extras && cci_extras_stand(e, c, round, ballot, &same, NULL) == COCREATE_OK && !same)
        return COCREATE_OK; /* the marks may stand, but not what is said beside them */
    if (status == COCREATE_EXISTS || cci_ballot_mean(e, c, round, ballot, &meant, NULL) != COCREATE_OK)
        return status;
    if (meant.marks)
        status = retried(e, c, round, &meant.ballot);
    cci_ballot_meant_free(&meant);
    return status;
}
