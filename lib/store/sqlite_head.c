/* SQLite: the head of the log. A transaction reads it once, keeps it, and writes it at the commit. */
#include <string.h>

#include "store/sqlite.h"

static void swap(cci_sqlite *s)
{
    cci_head head = s->head;
    s->head = s->head_before;
    s->head_before = head;
}

void cci_head_forget(cci_sqlite *s)
{
    s->head.known = s->head.dirty = 0;
    s->undo_open = s->head_changed = 0;
}

void cci_head_save(cci_sqlite *s)
{
    assert(!s->undo_open);
    s->undo_open = 1;
    s->head_changed = 0;
}

void cci_head_release(cci_sqlite *s)
{
    s->undo_open = s->head_changed = 0;
}

void cci_head_undo(cci_sqlite *s)
{
    if (s->head_changed)
        swap(s);
    s->undo_open = s->head_changed = 0;
}

/* Replace the bytes; 0 and unchanged when memory is short. */
static int set_bytes(cci_head *head, cci_bytes bytes)
{
    cci_buffer *b = &head->bytes;
    if (!cci_buffer_reserve(b, bytes.size)) {
        b->failed = 0;
        return 0;
    }
    cci_buffer_clear(b);
    cci_buffer_add(b, bytes.data, bytes.size);
    assert(!b->failed);
    return 1;
}

static cocreate_status read_head(cci_sqlite *s, cci_buffer *out, cocreate_error *error)
{
    cci_query q;
    cci_query_open(&q, s, CCI_SQL_GET_HEAD);
    cci_bytes bytes = {"", 0};
    if (cci_query_row(&q))
        bytes = cci_query_get_blob(&q, 0);
    if (q.code == SQLITE_OK) {
        cci_buffer_add(out, bytes.data, bytes.size);
        /* Not to keep it costs time and nothing else. */
        s->head.known = s->in_transaction && set_bytes(&s->head, bytes);
        s->head.dirty = 0;
    }
    return cci_query_close(&q, error);
}

cocreate_status cci_sqlite_get_head(void *self, cci_buffer *out, cocreate_error *error)
{
    cci_sqlite *s = self;
    if (s->in_transaction && s->head.known)
        cci_buffer_add(out, s->head.bytes.data, s->head.bytes.size);
    else
        CCI_TRY(read_head(s, out, error));
    return out->failed ? cci_no_memory(error) : COCREATE_OK;
}

cocreate_status cci_sqlite_put_head(void *self, cci_bytes head, cocreate_error *error)
{
    cci_sqlite *s = self;
    if (!cci_sqlite_stands(s))
        return cci_sqlite_lost(s, error);
    int keep = s->undo_open && !s->head_changed;
    if (!set_bytes(keep ? &s->head_before : &s->head, head))
        return cci_no_memory(error);
    if (keep) {
        swap(s);
        s->head_changed = 1;
    }
    s->head.known = s->head.dirty = 1;
    return COCREATE_OK;
}

cocreate_status cci_head_flush(cci_sqlite *s, cocreate_error *error)
{
    if (!s->head.dirty)
        return COCREATE_OK;
    cci_query q;
    cci_query_write(&q, s, CCI_SQL_PUT_HEAD);
    cci_query_blob(&q, s->head.bytes.data, s->head.bytes.size);
    cci_query_row(&q);
    return cci_query_close(&q, error);
}
