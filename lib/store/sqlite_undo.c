/* SQLite: the undo point of a command.
 *
 * A savepoint makes SQLite copy every page that is written after it. A vote writes one ballot and one
 * event, and is nearly always kept: what would take those two back is noted instead, and the
 * savepoint is only set before the first write that is none of them. An undo goes back to the
 * savepoint, if there is one, and then deletes what was noted. */
#include "store/sqlite.h"

static void close_point(cci_sqlite *s)
{
    s->saved = 0;
    s->noted_event = 0;
    s->noted_ballot = 0;
}

void cci_undo_forget(cci_sqlite *s)
{
    close_point(s);
    cci_head_forget(s);
}

cocreate_status cci_sqlite_save(void *self, cocreate_error *error)
{
    cci_sqlite *s = self;
    if (!cci_sqlite_stands(s))
        return cci_sqlite_lost(s, error);
    close_point(s);
    cci_head_save(s);
    return COCREATE_OK;
}

cocreate_status cci_sqlite_release(void *self, cocreate_error *error)
{
    cci_sqlite *s = self;
    if (!cci_sqlite_stands(s))
        return cci_sqlite_lost(s, error);
    if (s->saved)
        CCI_TRY(cci_query_plainly(s, CCI_SQL_RELEASE, error));
    close_point(s);
    cci_head_release(s);
    return COCREATE_OK;
}

static cocreate_status delete_noted(cci_sqlite *s)
{
    cci_query q;
    if (s->noted_event > 0) {
        cci_query_open(&q, s, CCI_SQL_DELETE_EVENT);
        cci_query_i64(&q, s->noted_event);
        cci_query_row(&q);
        CCI_TRY(cci_query_close(&q, NULL));
    }
    if (s->noted_ballot) {
        cci_query_open(&q, s, CCI_SQL_DELETE_BALLOT);
        cci_query_i64(&q, s->noted_part);
        cci_query_i64(&q, s->noted_round);
        cci_query_blob(&q, s->noted_voter.data, s->noted_voter.size);
        cci_query_row(&q);
        CCI_TRY(cci_query_close(&q, NULL));
    }
    return COCREATE_OK;
}

void cci_sqlite_undo(void *self)
{
    cci_sqlite *s = self;
    cocreate_status status = COCREATE_OK;
    if (s->saved)
        status = cci_query_plainly(s, CCI_SQL_UNDO, NULL);
    if (s->saved && status == COCREATE_OK)
        status = cci_query_plainly(s, CCI_SQL_RELEASE, NULL);
    if (status == COCREATE_OK && cci_sqlite_stands(s))
        status = delete_noted(s);
    if (status != COCREATE_OK)
        s->lost = 1;
    close_point(s);
    cci_head_undo(s);
}

int cci_undo_point(cci_sqlite *s)
{
    if (!s->undo_open || s->saved)
        return SQLITE_OK;
    cci_query q;
    cci_query_open(&q, s, CCI_SQL_SAVE);
    cci_query_row(&q);
    int code = q.code;
    (void)cci_query_close(&q, NULL);
    s->saved = code == SQLITE_OK;
    return code;
}

int cci_undo_notes_event(const cci_sqlite *s)
{
    return s->undo_open && !s->saved && s->noted_event == 0;
}

int cci_undo_notes_ballot(cci_sqlite *s, cci_bytes voter)
{
    if (!s->undo_open || s->saved || s->noted_ballot)
        return 0;
    cci_buffer_clear(&s->noted_voter);
    cci_buffer_add(&s->noted_voter, voter.data, voter.size);
    int noted = !s->noted_voter.failed;
    s->noted_voter.failed = 0; /* then a savepoint does it */
    return noted;
}
