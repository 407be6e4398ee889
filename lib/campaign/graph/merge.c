/* Names: what stands for what was merged. */
#include "campaign/graph/merge.h"

#include <string.h>

#include "campaign/instruments/instrument.h"

int cci_merges_any(const cci_campaign *c)
{
    return json_integer_value(json_object_get(json_object_get(c->doc, "counts"), "merged")) > 0;
}

static void copy_id(const char *id, char out[COCREATE_ID_MAX + 1])
{
    size_t n = strlen(id);
    if (n > COCREATE_ID_MAX)
        n = COCREATE_ID_MAX; /* no id */
    memmove(out, id, n);
    out[n] = '\0';
}

/* What a contribution is merged into was live then, so a chain never comes back to its beginning. */
cocreate_status cci_merge_target(cci_engine *e, int64_t part, const char *id, char out[COCREATE_ID_MAX + 1],
                                 cocreate_error *error)
{
    copy_id(id, out);
    for (int more = 1; more;) {
        json_t *row;
        CCI_TRY(cci_state_get(e, part, CCI_KIND_CONTRIBUTION, out, &row, error));
        const char *into = json_string_value(json_object_get(row, "into"));
        more = into != NULL;
        if (into)
            copy_id(into, out);
        json_decref(row);
    }
    return COCREATE_OK;
}

/* ---- marks ---- */

json_t *cci_merge_both(const cci_round_spec *spec, json_t *a, json_t *b)
{
    int64_t x = json_integer_value(a), y = json_integer_value(b);
    switch (spec->instrument->both) {
    case CCI_BOTH_SUM:
        return json_integer(x + y); /* each is at most 2^53 */
    case CCI_BOTH_SMALLER:
        return json_incref(x <= y ? a : b);
    case CCI_BOTH_LARGER:
        break;
    }
    return json_incref(x >= y ? a : b);
}

static cocreate_status add_mark(const cci_round_spec *spec, json_t *marks, const char *id, json_t *value,
                                cocreate_error *error)
{
    json_t *old = json_object_get(marks, id);
    return cci_json_put(marks, id, old ? cci_merge_both(spec, old, value) : json_incref(value))
               ? COCREATE_OK
               : cci_no_memory(error);
}

static cocreate_status rename_marks(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                    const json_t *marks, json_t *out, int *renamed, cocreate_error *error)
{
    const char *id;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)marks, id, value)
    {
        char target[COCREATE_ID_MAX + 1];
        CCI_TRY(cci_merge_target(e, c->part, id, target, error));
        *renamed |= strcmp(id, target) != 0;
        CCI_TRY(add_mark(spec, out, target, value, error));
    }
    return COCREATE_OK;
}

cocreate_status cci_merge_marks(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                const json_t *marks, json_t **out, cocreate_error *error)
{
    *out = NULL;
    if (!cci_merges_any(c) || spec->questions || !marks)
        return COCREATE_OK;
    json_t *now = cci_json_new();
    int renamed = 0;
    cocreate_status status =
        now ? rename_marks(e, c, spec, marks, now, &renamed, error) : cci_no_memory(error);
    if (status == COCREATE_OK && renamed)
        *out = now;
    else
        json_decref(now);
    return status;
}

/* ---- a ballot that comes in ---- */

static cocreate_status marks_of(const cci_round_spec *spec, const cci_ballot_in *said, json_t **out,
                                cocreate_error *error)
{
    json_t *marks = cci_json_new();
    int ok = marks != NULL;
    for (size_t i = 0; i < said->n && ok; i++)
        ok = cci_json_put(marks, said->options[i], json_integer(cci_ballot_value_at(spec, said, i)));
    if (!ok) {
        json_decref(marks);
        return cci_no_memory(error);
    }
    *out = marks;
    return COCREATE_OK;
}

static cocreate_status mean(const cci_ballot_in *said, cci_ballot_meant *out, cocreate_error *error)
{
    size_t n = json_object_size(out->marks), i = 0;
    const char *id;
    json_t *value;
    out->options = cci_alloc(&out->allocator, n, sizeof *out->options);
    out->values = cci_alloc(&out->allocator, n, sizeof *out->values);
    if (!out->options || !out->values)
        return cci_no_memory(error);
    json_object_foreach(out->marks, id, value)
    {
        out->options[i] = id;
        out->values[i++] = json_integer_value(value);
    }
    out->ballot = *said;
    out->ballot.options = out->options;
    out->ballot.values = out->values;
    out->ballot.n = n;
    return COCREATE_OK;
}

cocreate_status cci_ballot_mean(cci_engine *e, const cci_campaign *c, size_t round,
                                const cci_ballot_in *said, cci_ballot_meant *out, cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[round];
    json_t *marks = NULL;
    *out = (cci_ballot_meant){.ballot = *said, .allocator = e->allocator};
    if (!cci_merges_any(c) || said->document)
        return COCREATE_OK;
    CCI_TRY(marks_of(spec, said, &marks, error));
    cocreate_status status = cci_merge_marks(e, c, spec, marks, &out->marks, error);
    json_decref(marks);
    if (status == COCREATE_OK && out->marks)
        status = mean(said, out, error);
    if (status != COCREATE_OK)
        cci_ballot_meant_free(out);
    return status;
}

void cci_ballot_meant_free(cci_ballot_meant *meant)
{
    json_decref(meant->marks);
    cci_free(&meant->allocator, (void *)meant->options);
    cci_free(&meant->allocator, meant->values);
    meant->marks = NULL;
    meant->options = NULL;
    meant->values = NULL;
}
