/* The engine of a store: its head, its transactions, its way to append. */
#include "campaign/engine.h"

#include <string.h>

#include "campaign/boundary/hooks.h"
#include "campaign/cache.h"

/* The head as bytes: events, last time, right edge of the tree. */
#define HEAD_MAX (CCI_HEAD_PREFIX + CCI_TREE_BYTES)

static void put_le64(uint64_t n, uint8_t *out)
{
    for (int i = 0; i < 8; i++)
        out[i] = (uint8_t)(n >> (8 * i));
}

static size_t head_encode(const cci_engine *e, uint8_t out[HEAD_MAX])
{
    put_le64(e->tree.size, out);
    put_le64((uint64_t)e->last_at, out + 8);
    return CCI_HEAD_PREFIX + cci_tree_encode(&e->tree, out + CCI_HEAD_PREFIX);
}

/* Take over what the store says now. Everything known is forgotten. */
static cocreate_status head_decode(cci_engine *e, const cci_buffer *head, cocreate_error *error)
{
    cci_tree tree;
    cci_tree_init(&tree);
    int64_t last_at = INT64_MIN;
    if (head->size > 0) {
        cci_cursor c = {(const uint8_t *)head->data, (const uint8_t *)head->data + head->size,
                        (const uint8_t *)head->data};
        uint64_t events, at;
        if (!cci_read_le64(&c, &events) || !cci_read_le64(&c, &at) ||
            !cci_tree_decode(&tree, c.at, (size_t)(c.end - c.at)) || tree.size != events)
            return cci_fail(error, COCREATE_ERR_CORRUPT, "the head of the log is damaged");
        last_at = at > INT64_MAX ? -(int64_t)(UINT64_MAX - at) - 1 : (int64_t)at;
    }
    cci_cache_drop(e);
    e->tree = tree;
    e->last_at = last_at;
    return COCREATE_OK;
}

/* Another handle may have written since we looked: read the head, and start afresh if it moved. */
static cocreate_status refresh(cci_engine *e, int known, cocreate_error *error)
{
    if (known && e->store->in_batch && e->batch == e->store->batches)
        return COCREATE_OK; /* the batch holds the lock since then */
    cci_buffer head;
    cci_buffer_init(&head, &e->allocator);
    cocreate_status status = e->store->backend->get_head(e->store->self, &head, error);
    uint8_t mine[HEAD_MAX];
    size_t size = known ? head_encode(e, mine) : 0;
    int same = known && (head.size == size ? memcmp(head.data, mine, size) == 0
                                           : head.size == 0 && e->tree.size == 0);
    if (status == COCREATE_OK && !same)
        status = head_decode(e, &head, error);
    cci_buffer_free(&head);
    if (status == COCREATE_OK)
        e->batch = e->store->in_batch ? e->store->batches : 0;
    return status;
}

static void dropped(void *above)
{
    cci_cache_drop(above);
    cci_hook_batch_end(above, 0);
}

static void committed(void *above)
{
    cci_hook_batch_end(above, 1);
}

static void detach(void *above)
{
    cci_engine *e = above;
    cocreate_allocator a = e->allocator;
    cci_cache_drop(e);
    cci_free(&a, e->campaigns);
    cci_free(&a, e->dues);
    cci_free(&a, e);
}

cocreate_status cci_engine_of(cocreate_store *store, cci_engine **out, cocreate_error *error)
{
    if (!store)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "no store is given");
    cci_engine *e = store->above;
    if (!e) {
        e = cci_alloc(&store->allocator, 1, sizeof *e);
        if (!e)
            return cci_no_memory(error);
        e->store = store;
        e->allocator = store->allocator;
        cci_tree_init(&e->tree);
        cocreate_status status = refresh(e, 0, error);
        if (status != COCREATE_OK) {
            cci_free(&store->allocator, e);
            return status;
        }
        store->above = e;
        store->dropped = dropped;
        store->committed = committed;
        store->detach = detach;
    } else {
        if (e->in_hook)
            return cci_fail(error, COCREATE_ERR_BUSY, "a hook must not use the store it is called from");
        CCI_TRY(refresh(e, 1, error));
    }
    *out = e;
    return COCREATE_OK;
}

/* ---- transactions ---- */

cocreate_status cci_transaction_begin(cci_engine *e, cocreate_error *error)
{
    cocreate_store *s = e->store;
    assert(!e->in_transaction);
    if (s->read_only)
        return cci_fail(error, COCREATE_ERR_PERMISSION, "the store was opened read-only");
    CCI_TRY(s->in_batch ? s->backend->save(s->self, error) : s->backend->begin(s->self, error));
    cocreate_status status = refresh(e, 1, error);
    if (status != COCREATE_OK) {
        s->in_batch ? s->backend->undo(s->self) : s->backend->rollback(s->self);
        return status;
    }
    e->in_transaction = 1;
    e->campaigns_written = 0;
    e->undo_tree = e->tree;
    e->undo_last_at = e->last_at;
    return COCREATE_OK;
}

static cocreate_status commit(cci_engine *e, cocreate_error *error)
{
    cocreate_store *s = e->store;
    if (e->tree.size != e->undo_tree.size) {
        uint8_t head[HEAD_MAX];
        size_t size = head_encode(e, head);
        CCI_TRY(s->backend->put_head(s->self, (cci_bytes){head, size}, error));
    }
    return s->in_batch ? s->backend->release(s->self, error)
                       : s->backend->commit(s->self, error);
}

cocreate_status cci_transaction_end(cci_engine *e, cocreate_status status, cocreate_error *error)
{
    cocreate_store *s = e->store;
    assert(e->in_transaction);
    if (status >= 0) {
        cocreate_status vetoed = cci_hook_veto(e, error);
        status = vetoed == COCREATE_OK ? status : vetoed;
    }
    e->in_transaction = 0;
    if (status >= 0 && !e->previewing) {
        cocreate_status done = commit(e, error);
        if (done == COCREATE_OK) {
            cci_cache_clean(e);
            cci_hook_written(e, e->undo_tree.size + 1, e->tree.size);
            return status;
        }
        status = done;
    }
    s->in_batch ? s->backend->undo(s->self) : s->backend->rollback(s->self);
    e->tree = e->undo_tree;
    e->last_at = e->undo_last_at;
    cci_cache_undo(e);
    return status;
}

/* ---- appending ---- */

uint64_t cci_next_seq(const cci_engine *e)
{
    return e->tree.size + 1;
}

cocreate_status cci_append(cci_engine *e, int64_t part, int64_t at, const char *payload,
                           size_t size, cocreate_error *error)
{
    assert(e->in_transaction && at >= e->last_at);
    cocreate_store *s = e->store;
    cci_event_row row = {cci_next_seq(e), part, at, {payload, size}, {{0}}};
    cocreate_log_leaf(payload, size, row.leaf.bytes);
    CCI_TRY(s->backend->append_event(s->self, &row, error));
    cci_tree_append(&e->tree, &row.leaf);
    e->last_at = at;
    return COCREATE_OK;
}
