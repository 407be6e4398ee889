#include "campaign/rounds/about.h"

#include <string.h>

#include "campaign/commands/contribution.h"

typedef struct search {
    const cci_round_spec *spec;
    const char *id;
    json_t *rows; /* [[key, seq, weight, what is kept], ..] */
} search;

int cci_round_votes_on(const cci_round_spec *spec, const json_t *round, const char *id, const json_t *row)
{
    int joins = cci_contribution_is(row, "published") || cci_contribution_is(row, "shortlisted");
    return cci_json_lists(json_object_get(round, "candidates"), id) ||
           (spec->rolling && joins && cci_round_ranks(spec, row));
}

size_t cci_key_split(char *key, const char *ids[2])
{
    size_t n = 0;
    for (char *end = strchr(key, '\n'); end && n < 2; end = strchr(end + 1, '\n')) {
        *end = '\0';
        ids[n++] = end + 1;
    }
    return n;
}

static cocreate_status collect(search *f, const cci_ballot_row *row, cocreate_error *error)
{
    json_t *kept, *item = json_array();
    cocreate_status status = item ? cci_json_parse(row->data.data, row->data.size, &kept, error)
                                  : cci_no_memory(error);
    if (status != COCREATE_OK) {
        json_decref(item);
        return status;
    }
    const char *channel, *voided;
    int skip = f->spec->unit == CCI_UNIT_VOTER &&
               !json_object_get(cci_ballot_marks(kept, &channel, &voided), f->id);
    int ok = cci_json_push(item, json_stringn(row->voter.data, row->voter.size)) &&
             cci_json_push(item, json_integer((json_int_t)row->seq)) &&
             cci_json_push(item, json_integer(row->weight)) && cci_json_push(item, json_incref(kept)) &&
             (skip || cci_json_push(f->rows, json_incref(item)));
    json_decref(kept);
    json_decref(item);
    return ok ? COCREATE_OK : cci_no_memory(error);
}

/* Keys of options and pairs tell by themselves. */
static cocreate_status look(void *user, int64_t part, int64_t round, const cci_ballot_row *row,
                            cocreate_error *error)
{
    search *f = user;
    char key[3 * COCREATE_ID_MAX + 3];
    const char *ids[2];
    (void)part;
    (void)round;
    if (f->spec->unit == CCI_UNIT_VOTER)
        return collect(f, row, error);
    if (row->voter.size >= sizeof key)
        return cci_fail(error, COCREATE_ERR_CORRUPT, "the key of a ballot is too long");
    memcpy(key, row->voter.data, row->voter.size);
    key[row->voter.size] = '\0';
    for (size_t n = cci_key_split(key, ids); n > 0; n--)
        if (strcmp(ids[n - 1], f->id) == 0)
            return collect(f, row, error);
    return COCREATE_OK;
}

cocreate_status cci_ballots_about(cci_engine *e, const cci_campaign *c, size_t round, const char *id,
                                  json_t **out, cocreate_error *error)
{
    search f = {&c->brief.rounds[round], id, json_array()};
    cocreate_status status = f.rows ? e->store->backend->scan_ballots(e->store->self, c->part, (int64_t)round,
                                                                      look, &f, error)
                                    : cci_no_memory(error);
    if (status == COCREATE_OK)
        *out = f.rows;
    else
        json_decref(f.rows);
    return status;
}

cci_standing cci_standing_of(json_t *item)
{
    cci_standing s = {.key = json_string_value(json_array_get(item, 0)),
                      .seq = json_integer_value(json_array_get(item, 1)),
                      .weight = json_integer_value(json_array_get(item, 2)),
                      .kept = json_array_get(item, 3)};
    s.marks = cci_ballot_marks(s.kept, &s.channel, &s.voided);
    return s;
}

static cci_bytes key_of(const cci_standing *s)
{
    return (cci_bytes){s->key, strlen(s->key)};
}

cocreate_status cci_standing_put(cci_engine *e, const cci_campaign *c, size_t round, const cci_standing *s,
                                 const cci_ballot_key *key, const json_t *marks, cocreate_error *error)
{
    const cocreate_store *store = e->store;
    cci_buffer data;
    cci_buffer_init(&data, &e->allocator);
    cocreate_status status = marks ? cci_ballot_keep(s->channel, marks, &data, error)
                                   : cci_json_canonical(s->kept, &data, error);
    cci_ballot_row row = {key ? key->bytes : key_of(s), (uint64_t)s->seq, s->weight, {data.data, data.size}};
    if (status == COCREATE_OK)
        status = store->backend->put_ballot(store->self, c->part, (int64_t)round, &row, error);
    cci_buffer_free(&data);
    return status;
}

cocreate_status cci_standing_delete(cci_engine *e, const cci_campaign *c, size_t round,
                                    const cci_standing *s, cocreate_error *error)
{
    return e->store->backend->delete_ballot(e->store->self, c->part, (int64_t)round, key_of(s), error);
}
