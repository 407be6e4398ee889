/* Whose votes a contribution has by way of its duplicates. */
#include "campaign/report/explain.h"

#include "campaign/graph/edges.h"

typedef struct teller {
    cci_engine *e;
    const cci_campaign *c;
    json_t *sentences;
} teller;

static json_int_t count_of(const json_t *item, const char *key)
{
    return json_integer_value(json_object_get(item, key));
}

/* "12 votes of round 'v' came with 'a'; 3 of its voters had voted for this one, too." */
static void write(cci_buffer *out, const json_t *item, const char *from, const char *went)
{
    json_int_t moved = count_of(item, "moved"), both = count_of(item, "both"),
               dropped = count_of(item, "dropped");
    cci_buffer_format(out, "%" JSON_INTEGER_FORMAT " vote%s of round '%s' %s", moved, moved == 1 ? "" : "s",
                      json_string_value(json_object_get(item, "round")), went);
    if (from)
        cci_buffer_format(out, " '%s'", from);
    if (both > 0)
        cci_buffer_format(out, "; %" JSON_INTEGER_FORMAT " voter%s had voted for both", both,
                          both == 1 ? "" : "s");
    if (dropped > 0)
        cci_buffer_format(out, "; %" JSON_INTEGER_FORMAT " vote%s could not go along", dropped,
                          dropped == 1 ? "" : "s");
    cci_buffer_text(out, ".");
}

static cocreate_status say(const teller *t, const json_t *item, const char *from, const char *went,
                           cocreate_error *error)
{
    cci_buffer text;
    cci_buffer_init(&text, &t->e->allocator);
    write(&text, item, from, went);
    int ok = !text.failed && cci_json_push(t->sentences, json_stringn(text.data, text.size));
    cci_buffer_free(&text);
    return ok ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status say_into(const teller *t, const json_t *row, cocreate_error *error)
{
    const char *into = json_string_value(json_object_get(row, "into"));
    const json_t *brought = json_object_get(row, "brought");
    cci_buffer text;
    if (!into)
        return COCREATE_OK;
    cci_buffer_init(&text, &t->e->allocator);
    cci_buffer_format(&text, "It was merged into '%s'; votes for it count for that one.", into);
    int ok = !text.failed && cci_json_push(t->sentences, json_stringn(text.data, text.size));
    cci_buffer_free(&text);
    for (size_t i = 0; ok && i < json_array_size(brought); i++)
        CCI_TRY(say(t, json_array_get(brought, i), NULL, "went with it", error));
    return ok ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status say_from(void *user, const char *other, const json_t *edge, cocreate_error *error)
{
    const teller *t = user;
    json_t *row = NULL;
    (void)edge;
    CCI_TRY(cci_state_get(t->e, t->c->part, CCI_KIND_CONTRIBUTION, other, &row, error));
    const json_t *brought = json_object_get(row, "brought");
    cocreate_status status = COCREATE_OK;
    for (size_t i = 0; status == COCREATE_OK && i < json_array_size(brought); i++)
        status = say(t, json_array_get(brought, i), other, "came with", error);
    json_decref(row);
    return status;
}

cocreate_status cci_merges_explain(cci_engine *e, const cci_campaign *c, const char *id, const json_t *row,
                                   json_t *sentences, cocreate_error *error)
{
    teller t = {e, c, sentences};
    CCI_TRY(say_into(&t, row, error));
    return cci_edges_scan(e, c->part, id, "merged_into", 0, say_from, &t, error);
}
