/* Reading what was sealed. */
#include <inttypes.h>
#include <string.h>

#include "base/checked.h"
#include "campaign/segments/segment.h"
#include "profile/ballots.h"

typedef struct filler {
    const cci_round_spec *spec;
    const cci_ballot_sink *sink;
    size_t candidates;
    uint8_t *marked;
    uint32_t *options; /* of one ballot */
    int approvals;
    int64_t only;      /* this channel alone, as in segments; -1 all */
    int64_t *factors;  /* of channels, [0] that of none */
    size_t channels;
    int64_t ballots;
} filler;

static cocreate_status read_factors(filler *f, const cocreate_allocator *a, const char *only,
                                    cocreate_error *error)
{
    const char *name;
    json_t *factor;
    f->channels = json_object_size(f->spec->channels);
    f->factors = cci_alloc(a, f->channels + 1, sizeof *f->factors);
    f->options = cci_alloc(a, f->candidates, sizeof *f->options);
    if (!f->factors || !f->options)
        return cci_no_memory(error);
    f->factors[0] = 1;
    f->only = -1;
    size_t i = 0;
    json_object_foreach((json_t *)(uintptr_t)f->spec->channels, name, factor)
    {
        f->factors[++i] = json_integer_value(factor);
        if (only && strcmp(name, only) == 0)
            f->only = (int64_t)i;
    }
    return COCREATE_OK;
}

static cocreate_status damaged(const filler *f, cocreate_error *error)
{
    return cci_fail(error, COCREATE_ERR_CORRUPT,
                    "the sealed ballots of round '%.60s' are damaged", f->spec->id);
}

static cocreate_status add_segment(filler *f, const cci_segment *s, cocreate_error *error)
{
    const int64_t *option = s->columns[CCI_COLUMN_OPTION].items;
    const int64_t *value = s->columns[CCI_COLUMN_VALUE].items;
    const int64_t *length = s->columns[CCI_COLUMN_LENGTH].items;
    for (size_t b = 0; b < s->columns[CCI_COLUMN_LENGTH].n; b++) {
        size_t n = (size_t)length[b];
        int64_t channel = s->columns[CCI_COLUMN_CHANNEL].items[b];
        int64_t count = s->columns[CCI_COLUMN_COUNT].items[b];
        int64_t weight = s->columns[CCI_COLUMN_WEIGHT].items[b];
        if (n > f->candidates || channel > (int64_t)f->channels ||
            !cci_add_i64(f->ballots, count, &f->ballots))
            return damaged(f, error);
        int counts = f->only < 0 || channel == f->only;
        if (counts && f->only < 0 && !cci_mul_i64(weight, f->factors[channel], &weight))
            return damaged(f, error);
        for (size_t i = 0; i < n; i++) {
            if (option[i] < 0 || (uint64_t)option[i] >= f->candidates)
                return damaged(f, error);
            f->options[i] = (uint32_t)option[i];
            f->marked[option[i]] |= (uint8_t)counts;
        }
        if (counts)
            CCI_TRY(f->sink->add(f->sink->self, f->options, f->approvals ? NULL : value, n, count,
                                 weight, error));
        option += n;
        value += n;
    }
    return COCREATE_OK;
}

static cocreate_status read_segments(cci_engine *e, const cci_campaign *c, filler *f,
                                     int64_t segments, cocreate_error *error)
{
    const cocreate_store *store = e->store;
    cocreate_status status = COCREATE_OK;
    cci_segment segment;
    cci_buffer bytes;
    cci_segment_init(&segment, &e->allocator);
    cci_buffer_init(&bytes, &e->allocator);
    for (int64_t i = 1; i <= segments && status == COCREATE_OK; i++) {
        char id[CCI_SEGMENT_ID_SIZE];
        int found = 0;
        cci_segment_id(f->spec->id, i, id);
        cci_buffer_clear(&bytes);
        status = store->backend->get_row(store->self, c->part, CCI_KIND_SEGMENT,
                                         (cci_bytes){id, strlen(id)}, &found, &bytes, error);
        if (status == COCREATE_OK && !found)
            status = damaged(f, error);
        if (status == COCREATE_OK)
            status = cci_segment_decode(&segment, bytes.data, bytes.size, error);
        if (status == COCREATE_OK)
            status = add_segment(f, &segment, error);
    }
    cci_segment_free(&segment);
    cci_buffer_free(&bytes);
    return status;
}

static cocreate_status read_turnout(const json_t *doc, const filler *f, cci_turnout *turnout,
                                    int64_t *segments, cocreate_error *error)
{
    int64_t candidates;
    CCI_TRY(cci_json_i64(doc, "candidates", 0, INT64_MAX, &candidates, &CCI_ROOT, error));
    CCI_TRY(cci_json_i64(doc, "segments", 0, 999999, segments, &CCI_ROOT, error));
    CCI_TRY(cci_json_i64(doc, "ballots", 0, INT64_MAX, &turnout->ballots, &CCI_ROOT, error));
    CCI_TRY(cci_json_i64(doc, "retracted", 0, INT64_MAX, &turnout->retracted, &CCI_ROOT, error));
    CCI_TRY(cci_json_i64(doc, "voided", 0, INT64_MAX, &turnout->voided, &CCI_ROOT, error));
    CCI_TRY(cci_json_i64(doc, "voters", 0, INT64_MAX, &turnout->voters, &CCI_ROOT, error));
    return (uint64_t)candidates == f->candidates ? COCREATE_OK : damaged(f, error);
}

cocreate_status cci_seal_read(cci_engine *e, const cci_campaign *c, size_t index, size_t candidates,
                              const char *only, const cci_ballot_sink *sink, uint8_t *marked,
                              cci_turnout *turnout, int *found, cocreate_error *error)
{
    filler f = {.spec = &c->brief.rounds[index],
                .sink = sink,
                .candidates = candidates,
                .marked = marked,
                .approvals = c->brief.rounds[index].kind == COCREATE_BALLOT_APPROVAL};
    json_t *doc;
    int64_t segments = 0;
    CCI_TRY(cci_state_get(e, c->part, CCI_KIND_SEAL, f.spec->id, &doc, error));
    *found = doc != NULL;
    if (!doc)
        return COCREATE_OK;
    cocreate_status status = read_turnout(doc, &f, turnout, &segments, error);
    json_decref(doc);
    if (status != COCREATE_OK) /* a seal that cannot be read says nothing of the campaign */
        return cci_is_verdict(status) ? damaged(&f, error) : status;
    status = read_factors(&f, &e->allocator, only, error);
    if (status == COCREATE_OK)
        status = read_segments(e, c, &f, segments, error);
    if (status == COCREATE_OK && f.ballots != turnout->ballots)
        status = damaged(&f, error);
    cci_free(&e->allocator, f.factors);
    cci_free(&e->allocator, f.options);
    return status;
}

static cocreate_status stage_ballot(void *self, const uint32_t *options, const int64_t *values,
                                    size_t n, int64_t count, int64_t weight,
                                    cocreate_error *error)
{
    return cci_stage_add(self, options, values, n, count, weight, error);
}

cocreate_status cci_seal_fill(cci_engine *e, const cci_campaign *c, size_t index, size_t candidates,
                              const char *only, cocreate_profile *profile, uint8_t *marked,
                              cci_turnout *turnout, int *found, cocreate_error *error)
{
    cci_stage *stage = NULL;
    CCI_TRY(cci_stage_open(profile, &stage, error));
    const cci_ballot_sink sink = {stage, stage_ballot};
    cocreate_status status =
        cci_seal_read(e, c, index, candidates, only, &sink, marked, turnout, found, error);
    if (status == COCREATE_OK)
        status = cci_stage_flush(stage, error);
    cci_stage_close(stage);
    return status;
}
