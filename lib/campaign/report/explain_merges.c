/* Whose votes a contribution has by way of its duplicates. */
#include "campaign/report/explain.h"

#include "base/text.h"
#include "campaign/graph/edges.h"

static json_int_t count_of(const json_t *item, const char *key)
{
    return json_integer_value(json_object_get(item, key));
}

/* "12 votes of round 'v' came with 'a'; 3 voters had voted for both.": the latter tells of ballots. */
static void write(cci_buffer *out, const json_t *item, const char *from, const char *went, int both_told)
{
    json_int_t moved = count_of(item, "moved"), both = count_of(item, "both"),
               dropped = count_of(item, "dropped");
    cci_buffer_format(out, "%" JSON_INTEGER_FORMAT " vote%s of round '%s' %s", moved, cci_plural(moved),
                      json_string_value(json_object_get(item, "round")), went);
    if (from)
        cci_buffer_format(out, " '%s'", from);
    if (both > 0 && both_told)
        cci_buffer_format(out, "; %" JSON_INTEGER_FORMAT " voter%s had voted for both", both,
                          cci_plural(both));
    if (dropped > 0)
        cci_buffer_format(out, "; %" JSON_INTEGER_FORMAT " vote%s could not go along", dropped,
                          cci_plural(dropped));
    cci_buffer_text(out, ".");
}

static cocreate_status say(cci_story *s, const json_t *item, const char *from, const char *went,
                           cocreate_error *error)
{
    cci_buffer text;
    cci_buffer_init(&text, &s->e->allocator);
    write(&text, item, from, went, cci_viewer_sees_ballots(&s->v));
    cocreate_status status = text.failed ? cci_no_memory(error) : cci_story_say(s, error, "%s", text.data);
    cci_buffer_free(&text);
    return status;
}

static cocreate_status say_into(cci_story *s, const json_t *shown, const json_t *row, cocreate_error *error)
{
    const char *into = json_string_value(json_object_get(shown, "into"));
    const json_t *brought = cci_viewer_sees_counts(&s->v) ? json_object_get(row, "brought") : NULL;
    if (!into)
        return COCREATE_OK;
    CCI_TRY(cci_story_say(s, error, "It was merged into '%s'; votes for it count for that one.", into));
    for (size_t i = 0; i < json_array_size(brought); i++)
        CCI_TRY(say(s, json_array_get(brought, i), NULL, "went with it", error));
    return COCREATE_OK;
}

static cocreate_status say_from(void *user, const char *other, const json_t *edge, cocreate_error *error)
{
    cci_story *s = user;
    json_t *row = NULL;
    (void)edge;
    CCI_TRY(cci_state_get(s->e, s->c->part, CCI_KIND_CONTRIBUTION, other, &row, error));
    const json_t *brought = cci_viewer_sees_work(&s->v, row) ? json_object_get(row, "brought") : NULL;
    cocreate_status status = COCREATE_OK;
    for (size_t i = 0; status == COCREATE_OK && i < json_array_size(brought); i++)
        status = say(s, json_array_get(brought, i), other, "came with", error);
    json_decref(row);
    return status;
}

cocreate_status cci_story_merges(cci_story *s, const json_t *shown, const json_t *row, cocreate_error *error)
{
    CCI_TRY(say_into(s, shown, row, error));
    if (!cci_viewer_sees_counts(&s->v))
        return COCREATE_OK;
    return cci_edges_scan(s->e, s->c->part, s->id, "merged_into", 0, say_from, s, error);
}
