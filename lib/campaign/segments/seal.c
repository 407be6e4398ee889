/* Folding the ballots of a round that closes. */
#include <string.h>

#include "base/checked.h"
#include "base/table.h"
#include "campaign/instruments/instrument.h"
#include "campaign/rounds/marks.h"
#include "campaign/segments/segment.h"
#include "profile/ballots.h"

typedef struct sealer {
    cci_engine *engine;
    const cci_campaign *campaign;
    const cci_round_spec *spec;
    cci_marks marks;
    cci_segment segment;
    cci_table table;  /* of the distinct ballots in `segment`, by their keys */
    cci_buffer keys;  /* one after the other */
    cci_column ends;  /* where each ends */
    cci_buffer bytes; /* a segment, or a key */
    cci_stage *stage; /* of a profile that counts how many ballots differ in all segments */
    cocreate_profile *all;
    int64_t segments; /* written */
    int64_t weight;   /* of all ballots */
    int unfit;        /* the ballots are none that a seal could tell as they are */
} sealer;

static void key_of(const void *owner, uint32_t index, const void **bytes, size_t *size)
{
    const sealer *s = owner;
    size_t from = index > 0 ? (size_t)s->ends.items[index - 1] : 0;
    *bytes = s->keys.data + from;
    *size = (size_t)s->ends.items[index] - from;
}

static void start_segment(sealer *s)
{
    cci_segment_clear(&s->segment);
    cci_buffer_clear(&s->keys);
    s->ends.n = 0;
    cci_table_free(&s->table);
    cci_table_init(&s->table, &s->engine->allocator, s, key_of);
}

static cocreate_status write_segment(sealer *s, cocreate_error *error)
{
    char id[CCI_SEGMENT_ID_SIZE];
    const cocreate_store *store = s->engine->store;
    if (s->segment.columns[CCI_COLUMN_LENGTH].n == 0)
        return COCREATE_OK;
    cci_buffer_clear(&s->bytes);
    cci_segment_encode(&s->segment, &s->bytes);
    if (s->bytes.failed)
        return cci_no_memory(error);
    cci_segment_id(s->spec->id, s->segments + 1, id);
    CCI_TRY(store->backend->put_row(store->self, s->campaign->part, CCI_KIND_SEGMENT,
                                    (cci_bytes){id, strlen(id)},
                                    (cci_bytes){s->bytes.data, s->bytes.size}, error));
    s->segments++;
    start_segment(s);
    return COCREATE_OK;
}

/* 0 none, from 1 those of the brief; -1 for one that the brief does not have. */
static int64_t channel_of(const sealer *s)
{
    const char *name;
    json_t *weight;
    int64_t i = 0;
    if (!s->marks.channel[0])
        return 0;
    json_object_foreach((json_t *)(uintptr_t)s->spec->channels, name, weight)
    {
        i++;
        if (strcmp(name, s->marks.channel) == 0)
            return i;
    }
    return -1;
}

/* What makes two ballots the same: channel and marks, in the order they are written in. */
static void write_key(const cci_marks *m, int64_t channel, cci_buffer *out)
{
    cci_buffer_clear(out);
    cci_buffer_varint(out, (uint64_t)channel);
    for (size_t i = 0; i < m->n; i++) {
        uint64_t value = (uint64_t)m->values[i];
        cci_buffer_varint(out, m->options[i]);
        cci_buffer_varint(out, m->values[i] < 0 ? ~(value << 1) : value << 1);
    }
}

static int approvals(const sealer *s)
{
    return s->spec->kind == COCREATE_BALLOT_APPROVAL;
}

static cocreate_status add_distinct(sealer *s, int64_t channel, int64_t weight,
                                    cocreate_error *error)
{
    const cci_marks *m = &s->marks;
    cci_segment *to = &s->segment;
    uint32_t index = (uint32_t)to->columns[CCI_COLUMN_LENGTH].n;
    cci_buffer_add(&s->keys, s->bytes.data, s->bytes.size);
    int ok = !s->keys.failed && cci_table_reserve(&s->table, 1) &&
             cci_grow(&to->allocator, (void **)&s->ends.items, &s->ends.capacity, s->ends.n + 1,
                      sizeof *s->ends.items) &&
             cci_segment_push(to, CCI_COLUMN_LENGTH, (int64_t)m->n) &&
             cci_segment_push(to, CCI_COLUMN_CHANNEL, channel) &&
             cci_segment_push(to, CCI_COLUMN_COUNT, 1) &&
             cci_segment_push(to, CCI_COLUMN_WEIGHT, weight);
    for (size_t i = 0; ok && i < m->n; i++)
        ok = cci_segment_push(to, CCI_COLUMN_OPTION, m->options[i]) &&
             cci_segment_push(to, CCI_COLUMN_VALUE, m->values[i]);
    if (!ok)
        return cci_no_memory(error);
    cocreate_status status = cci_stage_add(s->stage, m->options, approvals(s) ? NULL : m->values,
                                           m->n, 1, 0, error);
    if (cci_is_verdict(status)) { /* what the tally refuses, too */
        s->unfit = 1;
        return COCREATE_OK;
    }
    CCI_TRY(status);
    s->ends.items[s->ends.n++] = (int64_t)s->keys.size;
    cci_table_insert(&s->table, cci_table_hash(&s->table, s->bytes.data, s->bytes.size), index);
    return COCREATE_OK;
}

static cocreate_status fold(sealer *s, int64_t weight, cocreate_error *error)
{
    int64_t channel = channel_of(s);
    if (channel < 0 || weight < 0 || !cci_add_i64(s->weight, weight, &s->weight)) {
        s->unfit = 1;
        return COCREATE_OK;
    }
    write_key(&s->marks, channel, &s->bytes);
    if (s->bytes.failed)
        return cci_no_memory(error);
    uint32_t found = cci_table_find(&s->table, s->bytes.data, s->bytes.size);
    if (found != CCI_TABLE_NONE) {
        s->segment.columns[CCI_COLUMN_COUNT].items[found]++;
        s->segment.columns[CCI_COLUMN_WEIGHT].items[found] += weight;
        return COCREATE_OK;
    }
    if (s->segment.columns[CCI_COLUMN_LENGTH].n == CCI_SEGMENT_BALLOTS ||
        s->segment.columns[CCI_COLUMN_OPTION].n >= CCI_SEGMENT_MARKS) {
        CCI_TRY(write_segment(s, error));
        write_key(&s->marks, channel, &s->bytes);
    }
    return s->bytes.failed ? cci_no_memory(error) : add_distinct(s, channel, weight, error);
}

/* A ballot that cannot be read is the tally's to speak of. */
static cocreate_status fold_row(void *user, int64_t part, int64_t round, const cci_ballot_row *row,
                                cocreate_error *error)
{
    sealer *s = user;
    (void)part;
    (void)round;
    if (s->unfit)
        return COCREATE_OK;
    cocreate_status status = cci_marks_read(&s->marks, row, error);
    if (cci_is_verdict(status) || status == COCREATE_ERR_CORRUPT) {
        s->unfit = 1;
        return COCREATE_OK;
    }
    CCI_TRY(status);
    return s->marks.state == CCI_BALLOT_STANDS ? fold(s, row->weight, error) : COCREATE_OK;
}

/* The sum of weights must not overflow in any channel, so that a tally of sums says what a tally of
 * ballots says. */
static int weights_fit(const sealer *s)
{
    const char *name;
    json_t *factor;
    int64_t product;
    json_object_foreach((json_t *)(uintptr_t)s->spec->channels, name, factor)
        if (!cci_mul_i64(s->weight, json_integer_value(factor), &product))
            return 0;
    return 1;
}

static cocreate_status delete_segments(cci_engine *e, const cci_campaign *c, const char *round,
                                       int64_t segments, cocreate_error *error)
{
    char id[CCI_SEGMENT_ID_SIZE];
    for (int64_t i = 1; i <= segments; i++)
        CCI_TRY(cci_state_delete(e, c->part, CCI_KIND_SEGMENT, cci_segment_id(round, i, id),
                                 error));
    return COCREATE_OK;
}

static cocreate_status write_distinct(sealer *s, cocreate_error *error)
{
    char id[CCI_SEGMENT_ID_SIZE];
    CCI_TRY(cci_stage_flush(s->stage, error));
    json_t *doc = cci_json_new();
    json_int_t distinct = (json_int_t)cci_profile_distinct(s->all);
    cocreate_status status =
        cci_json_put(doc, "distinct", json_integer(distinct))
            ? cci_state_put(s->engine, s->campaign->part, CCI_KIND_SEAL,
                            cci_distinct_id(s->spec->id, id), doc, error)
            : cci_no_memory(error);
    json_decref(doc);
    return status;
}

static cocreate_status write_seal(sealer *s, cocreate_error *error)
{
    const cci_marks *m = &s->marks;
    if (m->ballots < CCI_SEAL_LEAST || s->unfit || !weights_fit(s))
        return delete_segments(s->engine, s->campaign, s->spec->id, s->segments, error);
    CCI_TRY(write_segment(s, error));
    CCI_TRY(write_distinct(s, error));
    json_t *doc = cci_json_new();
    cocreate_status status = COCREATE_OK;
    if (!cci_json_put(doc, "ballots", json_integer(m->ballots)) ||
        !cci_json_put(doc, "candidates", json_integer((json_int_t)m->capacity)) ||
        !cci_json_put(doc, "retracted", json_integer(m->retracted)) ||
        !cci_json_put(doc, "segments", json_integer(s->segments)) ||
        !cci_json_put(doc, "voided", json_integer(m->voided)) ||
        !cci_json_put(doc, "voters", json_integer(m->voters)))
        status = cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_state_put(s->engine, s->campaign->part, CCI_KIND_SEAL, s->spec->id, doc,
                               error);
    json_decref(doc);
    return status;
}

static cocreate_status name_options(cocreate_profile *profile, const json_t *candidates,
                                    cocreate_error *error)
{
    for (size_t i = 0; i < json_array_size(candidates); i++) {
        cocreate_option option = {.size = sizeof option,
                                  .id = json_string_value(json_array_get(candidates, i)),
                                  .at = COCREATE_NO_TIME};
        CCI_TRY(cocreate_profile_set_option(profile, i, &option, error));
    }
    return COCREATE_OK;
}

static cocreate_status seal(sealer *s, size_t index, size_t n, cocreate_error *error)
{
    const cocreate_allocator *a = &s->engine->allocator;
    const cocreate_store *store = s->engine->store;
    cci_segment_init(&s->segment, a);
    cci_buffer_init(&s->keys, a);
    cci_buffer_init(&s->bytes, a);
    cci_table_init(&s->table, a, s, key_of);
    cocreate_status status = cci_marks_init(&s->marks, a, s->spec, s->all, n, error);
    if (status == COCREATE_OK)
        status = cci_stage_open(s->all, &s->stage, error);
    if (status == COCREATE_OK)
        status = store->backend->scan_ballots(store->self, s->campaign->part, (int64_t)index,
                                              fold_row, s, error);
    if (status == COCREATE_OK)
        status = write_seal(s, error);
    cci_stage_close(s->stage);
    cci_marks_free(&s->marks);
    cci_segment_free(&s->segment);
    cci_table_free(&s->table);
    cci_free(a, s->ends.items);
    cci_buffer_free(&s->keys);
    cci_buffer_free(&s->bytes);
    return status;
}

cocreate_status cci_seal_round(cci_engine *e, const cci_campaign *c, size_t index,
                               const json_t *candidates, cocreate_error *error)
{
    sealer s = {.engine = e, .campaign = c, .spec = &c->brief.rounds[index]};
    size_t n = json_array_size(candidates);
    if (!s.spec->instrument || !s.spec->instrument->kinds[0] || n == 0 || n > COCREATE_OPTIONS_MAX)
        return COCREATE_OK;
    CCI_TRY(cocreate_profile_new(&e->allocator, s.spec->kind, n, &s.all, error));
    cocreate_status status = name_options(s.all, candidates, error);
    if (status == COCREATE_OK)
        status = seal(&s, index, n, error);
    else if (cci_is_verdict(status))
        status = COCREATE_OK; /* a list that the tally refuses, too */
    cocreate_profile_free(s.all);
    return status;
}

cocreate_status cci_seal_break(cci_engine *e, const cci_campaign *c, size_t index,
                               cocreate_error *error)
{
    const char *round = c->brief.rounds[index].id;
    char distinct[CCI_SEGMENT_ID_SIZE];
    json_t *doc;
    CCI_TRY(cci_state_get(e, c->part, CCI_KIND_SEAL, round, &doc, error));
    if (!doc)
        return COCREATE_OK;
    int64_t segments = 0;
    cocreate_status status =
        cci_json_i64(doc, "segments", 0, 999999, &segments, &CCI_ROOT, error);
    if (status == COCREATE_OK)
        status = delete_segments(e, c, round, segments, error);
    if (status == COCREATE_OK)
        status = cci_state_delete(e, c->part, CCI_KIND_SEAL, cci_distinct_id(round, distinct),
                                  error);
    if (status == COCREATE_OK)
        status = cci_state_delete(e, c->part, CCI_KIND_SEAL, round, error);
    json_decref(doc);
    return status;
}
