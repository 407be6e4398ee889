#include "campaign/rounds/ballots.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"

/* The rule "$.rounds[i].key" refuses; its text is made only now. */
static cocreate_status refuse(cocreate_error *error, size_t round, const char *key,
                              const char *format, ...) CCI_FORMAT(4, 5);

static cocreate_status refuse(cocreate_error *error, size_t round, const char *key,
                              const char *format, ...)
{
    char rule[64], text[200];
    va_list args;
    cci_path rounds = cci_path_key(&CCI_ROOT, "rounds");
    cci_path item = cci_path_at(&rounds, round);
    cci_path member = cci_path_key(&item, key);
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return cci_refuse(error, cci_path_text(&member, rule, sizeof rule), "%s", text);
}

static cocreate_status check_voter(cci_engine *e, const cci_campaign *c, size_t round,
                                   const char *voter, cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[round];
    const char *side;
    CCI_TRY(cci_side_of(e, voter, &side, error));
    if (cci_side_bit(side) & spec->sides)
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_PERMISSION,
                    "$.rounds[%zu].electorate: '%s' is of side '%s', which does not vote in round "
                    "'%s'",
                    round, voter, side, spec->id);
}

static cocreate_status check_count(const cci_round_spec *spec, size_t round, size_t n,
                                   cocreate_error *error)
{
    if (spec->choices_min > 0 && n < (uint64_t)spec->choices_min)
        return refuse(error, round, "choices", "the ballot names %zu options, at least %lld are needed", n,
                          (long long)spec->choices_min);
    if (spec->choices_max > 0 && n > (uint64_t)spec->choices_max)
        return refuse(error, round, "choices", "the ballot names %zu options, at most %lld are allowed", n,
                          (long long)spec->choices_max);
    return COCREATE_OK;
}

static cocreate_status check_value(const cci_round_spec *spec, size_t round, const char *option,
                                   int64_t value, cocreate_error *error)
{
    switch (spec->instrument) {
    case CCI_INSTRUMENT_SCORE:
        if (value < spec->scale_min || value > spec->scale_max)
            return refuse(error, round, "scale", "the score %lld for '%s' is outside %lld..%lld",
                              (long long)value, option, (long long)spec->scale_min,
                              (long long)spec->scale_max);
        return COCREATE_OK;
    case CCI_INSTRUMENT_RANK:
        if (value < 1)
            return cci_fail(error, COCREATE_ERR_ARGUMENT, "the rank %lld of '%s' is below 1",
                            (long long)value, option);
        if (value > CCI_JSON_INTEGER_MAX)
            return cci_fail(error, COCREATE_ERR_ARGUMENT,
                            "the rank %lld of '%s' is above 2^53 - 1", (long long)value, option);
        return COCREATE_OK;
    case CCI_INSTRUMENT_POINTS:
        if (value < 0)
            return cci_fail(error, COCREATE_ERR_ARGUMENT, "the points %lld for '%s' are negative",
                            (long long)value, option);
        return COCREATE_OK;
    case CCI_INSTRUMENT_APPROVE:
        if (value != 1)
            return cci_fail(error, COCREATE_ERR_ARGUMENT, "an approval of '%s' is 1, not %lld",
                            option, (long long)value);
        return COCREATE_OK;
    case CCI_INSTRUMENT_DECISION:
    case CCI_INSTRUMENT_METRIC:
        break;
    }
    return refuse(error, round, "instrument", "round '%s' takes no ballots", spec->id);
}

static cocreate_status check_points(const cci_round_spec *spec, size_t round,
                                    const cci_ballot_in *ballot, cocreate_error *error)
{
    int64_t sum = 0;
    if (spec->instrument != CCI_INSTRUMENT_POINTS || spec->points == 0)
        return COCREATE_OK;
    for (size_t i = 0; i < ballot->n; i++)
        if (!cci_add_i64(sum, ballot->values[i], &sum))
            return cci_fail_at(error, COCREATE_ERR_OVERFLOW, i, "the points sum is too large");
    if (sum <= spec->points)
        return COCREATE_OK;
    return refuse(error, round, "points", "the ballot gives %lld points, %lld are allowed",
                      (long long)sum, (long long)spec->points);
}

static int64_t value_at(const cci_round_spec *spec, const cci_ballot_in *ballot, size_t i)
{
    if (ballot->values)
        return ballot->values[i];
    return spec->instrument == CCI_INSTRUMENT_RANK ? (int64_t)i + 1 : 1;
}

static cocreate_status check_options(const cci_campaign *c, const struct cci_round_cache *r,
                                     const cci_ballot_in *ballot, cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[r->index];
    uint32_t author = cci_string_set_find(&r->authors, ballot->voter);
    for (size_t i = 0; i < ballot->n; i++) {
        const char *option = ballot->options[i];
        uint32_t candidate = cci_string_set_find(&r->candidates, option);
        if (candidate == CCI_TABLE_NONE)
            return cci_fail_at(error, COCREATE_ERR_NOT_FOUND, i,
                               "'%s' is no candidate of round '%s'", option, spec->id);
        if (r->out_of_game[candidate])
            return cci_fail_at(error, COCREATE_ERR_REFUSED, i,
                               "'%s' was withdrawn or removed since round '%s' opened", option,
                               spec->id);
        if (!spec->self_vote && author != CCI_TABLE_NONE &&
            cci_round_cache_authored(r, author, candidate))
            return refuse(error, r->index, "self_vote", "'%s' is an author of '%s'",
                          ballot->voter, option);
        CCI_TRY(check_value(spec, r->index, option, value_at(spec, ballot, i), error));
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

static cocreate_status write_ballot(const cci_round_spec *spec, const cci_ballot_in *ballot,
                                    cci_buffer *out, cocreate_error *error)
{
    entry few[16], *entries = few;
    cocreate_status status = COCREATE_OK;
    if (ballot->n > sizeof few / sizeof *few)
        entries = cci_alloc(&out->allocator, ballot->n, sizeof *entries);
    if (!entries)
        return cci_no_memory(error);
    for (size_t i = 0; i < ballot->n; i++)
        entries[i] = (entry){ballot->options[i], value_at(spec, ballot, i)};
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
        cci_buffer_i64(out, entries[i].value);
    }
    cci_buffer_byte(out, '}');
    if (entries != few)
        cci_free(&out->allocator, entries);
    return status == COCREATE_OK && out->failed ? cci_no_memory(error) : status;
}

cocreate_status cci_ballot_check(cci_engine *e, cci_campaign *c, const struct cci_round_cache *r,
                                 const cci_ballot_in *ballot, cci_buffer *out,
                                 cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[r->index];
    int scored = spec->instrument == CCI_INSTRUMENT_SCORE ||
                 spec->instrument == CCI_INSTRUMENT_POINTS;
    if (scored && !ballot->values && ballot->n > 0)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "a ballot of round '%s' needs values",
                        spec->id);
    CCI_TRY(check_voter(e, c, r->index, ballot->voter, error));
    CCI_TRY(check_count(spec, r->index, ballot->n, error));
    CCI_TRY(check_options(c, r, ballot, error));
    CCI_TRY(check_points(spec, r->index, ballot, error));
    return write_ballot(spec, ballot, out, error);
}

cocreate_status cci_ballot_compare(cci_engine *e, const cci_campaign *c, size_t round,
                                   const char *voter, const cci_buffer *data,
                                   cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[round];
    cci_buffer old;
    uint64_t seq;
    int64_t weight;
    int found, same;
    cci_buffer_init(&old, &e->allocator);
    cocreate_status status =
        e->store->backend->get_ballot(e->store->self, c->part, (int64_t)round,
                                      (cci_bytes){voter, strlen(voter)}, &found, &seq, &weight,
                                      &old, error);
    same = status == COCREATE_OK && found && old.size == data->size &&
           memcmp(old.data, data->data, data->size) == 0;
    cci_buffer_free(&old);
    if (status != COCREATE_OK || !found)
        return status;
    if (same)
        return COCREATE_EXISTS;
    if (spec->recast)
        return COCREATE_OK;
    return refuse(error, round, "recast", "'%s' has voted in round '%s', and a ballot cast stays", voter,
                      spec->id);
}

cocreate_status cci_ballot_retried(cci_engine *e, const cci_campaign *c, size_t round,
                                   const cci_ballot_in *ballot)
{
    cci_buffer data;
    cci_buffer_init(&data, &e->allocator);
    cocreate_status status = write_ballot(&c->brief.rounds[round], ballot, &data, NULL);
    if (status == COCREATE_OK)
        status = cci_ballot_compare(e, c, round, ballot->voter, &data, NULL);
    cci_buffer_free(&data);
    return status;
}
