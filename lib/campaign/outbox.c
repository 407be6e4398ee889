/* The log as the host reads it. */
#include <string.h>

#include "campaign/engine.h"

static cocreate_status add_event(void *user, const cci_event_row *row, cocreate_error *error)
{
    cci_buffer *lines = user;
    cci_buffer_add(lines, row->payload.data, row->payload.size);
    cci_buffer_byte(lines, '\n');
    return lines->failed ? cci_no_memory(error) : COCREATE_OK;
}

cocreate_status cocreate_events(cocreate_store *store, uint64_t from, uint64_t limit,
                                cocreate_text **out, cocreate_error *error)
{
    return cocreate_events_since(store, from, limit, NULL, NULL, NULL, out, error);
}

/* ---- what matches ---- */

typedef struct filter {
    cci_buffer *lines;
    const char *campaign, *type;
    uint64_t left, last; /* events still wanted; last one looked at */
} filter;

static int is_of(const char *type, const char *wanted)
{
    size_t n = strlen(wanted);
    int family = n > 0 && wanted[n - 1] == '.';
    return family ? strncmp(type, wanted, n) == 0 : strcmp(type, wanted) == 0;
}

static cocreate_status matches(const filter *f, const cci_event_row *row, int *out,
                               cocreate_error *error)
{
    json_t *event;
    CCI_TRY(cci_json_parse(row->payload.data, row->payload.size, &event, error));
    const char *campaign = json_string_value(json_object_get(event, "campaign"));
    const char *type = json_string_value(json_object_get(event, "type"));
    *out = type && (!f->type || is_of(type, f->type)) &&
           (!f->campaign || (campaign && strcmp(campaign, f->campaign) == 0));
    json_decref(event);
    return COCREATE_OK;
}

static cocreate_status add_matching(void *user, const cci_event_row *row, cocreate_error *error)
{
    filter *f = user;
    int wanted = 1;
    if (f->left == 0)
        return COCREATE_OK;
    if (f->campaign || f->type)
        CCI_TRY(matches(f, row, &wanted, error));
    f->last = row->seq;
    if (!wanted)
        return COCREATE_OK;
    f->left--;
    return add_event(f->lines, row, error);
}

#define PAGE 1024 /* events looked at before the limit is asked again */

cocreate_status cocreate_events_since(cocreate_store *store, uint64_t from, uint64_t limit,
                                      const char *campaign, const char *type, uint64_t *next,
                                      cocreate_text **out, cocreate_error *error)
{
    cci_engine *e;
    CCI_TRY(cci_engine_of(store, &e, error));
    cci_buffer lines;
    cci_buffer_init(&lines, &e->allocator);
    cci_buffer_add(&lines, "", 0);
    uint64_t first = from > 0 ? from : 1, size = e->tree.size;
    filter f = {&lines, campaign, type, limit > 0 ? limit : UINT64_MAX, first - 1};
    cocreate_status status = COCREATE_OK;
    while (status == COCREATE_OK && f.left > 0 && f.last < size) {
        uint64_t start = f.last + 1, end = size - start < PAGE ? size : start + PAGE - 1;
        status = store->backend->scan_events(store->self, start, end, add_matching, &f, error);
        if (status == COCREATE_OK && f.left > 0 && f.last < end)
            status = cci_fail(error, COCREATE_ERR_CORRUPT, "event %llu is missing",
                              (unsigned long long)f.last + 1);
    }
    if (status == COCREATE_OK)
        status = cci_buffer_finish(&lines, out, error);
    if (status == COCREATE_OK && next)
        *next = f.last + 1;
    cci_buffer_free(&lines);
    return status;
}

/* ---- the root ---- */

cocreate_status cocreate_root(cocreate_store *store, uint8_t root[32], uint64_t *size,
                              cocreate_error *error)
{
    cci_engine *e;
    CCI_TRY(cci_engine_of(store, &e, error));
    cci_digest digest = cci_tree_root(&e->tree);
    for (size_t i = 0; i < sizeof digest.bytes; i++)
        root[i] = digest.bytes[i];
    if (size)
        *size = e->tree.size;
    return COCREATE_OK;
}
