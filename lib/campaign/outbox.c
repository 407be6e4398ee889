/* The log as the host reads it. */
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
    cci_engine *e;
    CCI_TRY(cci_engine_of(store, &e, error));
    cci_buffer lines;
    cci_buffer_init(&lines, &e->allocator);
    cci_buffer_add(&lines, "", 0);
    uint64_t first = from > 0 ? from : 1, last = e->tree.size;
    if (limit > 0 && first <= last && limit <= last - first)
        last = first + limit - 1;
    cocreate_status status = COCREATE_OK;
    if (first <= last)
        status = store->backend->scan_events(store->self, first, last, add_event, &lines, error);
    if (status == COCREATE_OK)
        status = cci_buffer_finish(&lines, out, error);
    cci_buffer_free(&lines);
    return status;
}

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
