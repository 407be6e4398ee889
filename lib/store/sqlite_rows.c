/* SQLite: events, state rows, ballots, personal data, sequences. */
#include <string.h>

#include "store/sqlite.h"

/* Append a column to a buffer. */
static cocreate_status add_blob(cci_buffer *out, const cci_query *q, int column,
                                cocreate_error *error)
{
    cci_bytes bytes = cci_query_get_blob(q, column);
    cci_buffer_add(out, bytes.data, bytes.size);
    return out->failed ? cci_no_memory(error) : COCREATE_OK;
}

/* The first of two outcomes: of what was done with the rows, and of the query. The query closes
 * either way; it may only speak if the other did not. */
static cocreate_status finish(cci_query *q, cocreate_status status, cocreate_error *error)
{
    cocreate_status closed = cci_query_close(q, status == COCREATE_OK ? error : NULL);
    return status != COCREATE_OK ? status : closed;
}

cocreate_status cci_sqlite_append_event(void *self, const cci_event_row *row, cocreate_error *error)
{
    assert(row->seq > 0 && row->seq <= INT64_MAX && row->part >= 0);
    cci_sqlite *s = self;
    cci_query q;
    int noted = cci_undo_notes_event(s);
    (noted ? cci_query_noted : cci_query_write)(&q, s, CCI_SQL_APPEND_EVENT);
    cci_query_i64(&q, (int64_t)row->seq);
    cci_query_i64(&q, row->part);
    cci_query_i64(&q, row->at);
    cci_query_blob(&q, row->payload.data, row->payload.size);
    cci_query_blob(&q, row->leaf.bytes, sizeof row->leaf.bytes);
    cci_query_row(&q);
    CCI_TRY(cci_query_close(&q, error));
    if (noted)
        s->noted_event = (int64_t)row->seq;
    return COCREATE_OK;
}

static cocreate_status visit_event(const cci_query *q, uint64_t expected, cci_event_visitor visit,
                                   void *user, cocreate_error *error)
{
    cci_event_row row = {
        .seq = (uint64_t)cci_query_get_i64(q, 0),
        .part = cci_query_get_i64(q, 1),
        .at = cci_query_get_i64(q, 2),
        .payload = cci_query_get_blob(q, 3),
    };
    if (row.seq != expected)
        return cci_fail_at(error, COCREATE_ERR_CORRUPT, expected, "%s: event %llu is missing",
                           q->s->shown, (unsigned long long)expected);
    cci_bytes leaf = cci_query_get_blob(q, 4);
    if (leaf.size != sizeof row.leaf.bytes)
        return cci_fail_at(error, COCREATE_ERR_CORRUPT, expected,
                           "%s: event %llu has a leaf of %zu bytes, expected 32", q->s->shown,
                           (unsigned long long)expected, leaf.size);
    memcpy(row.leaf.bytes, leaf.data, leaf.size);
    return visit(user, &row, error);
}

cocreate_status cci_sqlite_scan_events(void *self, uint64_t from, uint64_t to,
                                       cci_event_visitor visit, void *user, cocreate_error *error)
{
    if (from == 0)
        from = 1;
    if (to == 0 || to > INT64_MAX)
        to = INT64_MAX;
    if (from > to)
        return COCREATE_OK;
    cci_query q;
    cci_query_open(&q, self, CCI_SQL_SCAN_EVENTS);
    cci_query_i64(&q, (int64_t)from);
    cci_query_i64(&q, (int64_t)to);
    cocreate_status status = COCREATE_OK;
    for (uint64_t expected = from; status == COCREATE_OK && cci_query_row(&q); expected++)
        status = visit_event(&q, expected, visit, user, error);
    return finish(&q, status, error);
}

cocreate_status cci_sqlite_get_row(void *self, int64_t part, int32_t kind, cci_bytes id, int *found,
                                   cci_buffer *out, cocreate_error *error)
{
    cci_query q;
    cci_query_open(&q, self, CCI_SQL_GET_ROW);
    cci_query_i64(&q, part);
    cci_query_i64(&q, kind);
    cci_query_blob(&q, id.data, id.size);
    int any = cci_query_row(&q);
    cocreate_status status = any ? add_blob(out, &q, 0, error) : COCREATE_OK;
    CCI_TRY(finish(&q, status, error));
    *found = any;
    return COCREATE_OK;
}

cocreate_status cci_sqlite_put_row(void *self, int64_t part, int32_t kind, cci_bytes id,
                                   cci_bytes data, cocreate_error *error)
{
    assert(part >= 0 && kind >= 0);
    cci_query q;
    cci_query_write(&q, self, CCI_SQL_PUT_ROW);
    cci_query_i64(&q, part);
    cci_query_i64(&q, kind);
    cci_query_blob(&q, id.data, id.size);
    cci_query_blob(&q, data.data, data.size);
    cci_query_row(&q);
    return cci_query_close(&q, error);
}

cocreate_status cci_sqlite_delete_row(void *self, int64_t part, int32_t kind, cci_bytes id,
                                      cocreate_error *error)
{
    cci_query q;
    cci_query_write(&q, self, CCI_SQL_DELETE_ROW);
    cci_query_i64(&q, part);
    cci_query_i64(&q, kind);
    cci_query_blob(&q, id.data, id.size);
    cci_query_row(&q);
    return cci_query_close(&q, error);
}

static int has_prefix(cci_bytes id, cci_bytes prefix)
{
    return prefix.size == 0 ||
           (id.size >= prefix.size && memcmp(id.data, prefix.data, prefix.size) == 0);
}

cocreate_status cci_sqlite_scan_rows(void *self, int64_t part, int32_t kind, cci_bytes prefix,
                                     cci_row_visitor visit, void *user, cocreate_error *error)
{
    /* With part and kind given, ids come in order from the prefix on, and the first without it is
     * past the last with it. */
    int ordered = part >= 0 && kind >= 0;
    cci_query q;
    if (ordered) {
        cci_query_open(&q, self, CCI_SQL_SCAN_ROWS_OF_KIND);
        cci_query_i64(&q, part);
        cci_query_i64(&q, kind);
        cci_query_blob(&q, prefix.data, prefix.size);
    } else {
        cci_query_open(&q, self, CCI_SQL_SCAN_ROWS);
        cci_query_i64(&q, part < 0 ? 0 : part);
        cci_query_i64(&q, part < 0 ? INT64_MAX : part);
        cci_query_i64(&q, kind < 0 ? 0 : kind);
        cci_query_i64(&q, kind < 0 ? INT32_MAX : kind);
    }
    cocreate_status status = COCREATE_OK;
    while (status == COCREATE_OK && cci_query_row(&q)) {
        cci_bytes id = cci_query_get_blob(&q, 2);
        if (has_prefix(id, prefix))
            status = visit(user, cci_query_get_i64(&q, 0), (int32_t)cci_query_get_i64(&q, 1), id,
                           cci_query_get_blob(&q, 3), error);
        else if (ordered)
            break;
    }
    return finish(&q, status, error);
}

cocreate_status cci_sqlite_get_ballot(void *self, int64_t part, int64_t round, cci_bytes voter,
                                      int *found, uint64_t *seq, int64_t *weight, cci_buffer *data,
                                      cocreate_error *error)
{
    cci_query q;
    cci_query_open(&q, self, CCI_SQL_GET_BALLOT);
    cci_query_i64(&q, part);
    cci_query_i64(&q, round);
    cci_query_blob(&q, voter.data, voter.size);
    cocreate_status status = COCREATE_OK;
    int any = cci_query_row(&q);
    uint64_t its_seq = 0;
    int64_t its_weight = 0;
    if (any) {
        its_seq = (uint64_t)cci_query_get_i64(&q, 0);
        its_weight = cci_query_get_i64(&q, 1);
        status = add_blob(data, &q, 2, error);
    }
    CCI_TRY(finish(&q, status, error));
    *found = any;
    if (any) {
        *seq = its_seq;
        *weight = its_weight;
    }
    return COCREATE_OK;
}

static cocreate_status run_ballot(cci_query *q, int64_t part, int64_t round,
                                  const cci_ballot_row *row, cocreate_error *error)
{
    assert(part >= 0 && round >= 0 && row->seq <= INT64_MAX);
    cci_query_i64(q, part);
    cci_query_i64(q, round);
    cci_query_blob(q, row->voter.data, row->voter.size);
    cci_query_i64(q, (int64_t)row->seq);
    cci_query_i64(q, row->weight);
    cci_query_blob(q, row->data.data, row->data.size);
    cci_query_row(q);
    return cci_query_close(q, error);
}

cocreate_status cci_sqlite_add_ballot(void *self, int64_t part, int64_t round,
                                      const cci_ballot_row *row, int *added, cocreate_error *error)
{
    cci_sqlite *s = self;
    cci_query q;
    int noted = cci_undo_notes_ballot(s, row->voter);
    (noted ? cci_query_noted : cci_query_write)(&q, s, CCI_SQL_ADD_BALLOT);
    CCI_TRY(run_ballot(&q, part, round, row, error));
    *added = sqlite3_changes(s->db) == 1;
    if (noted && *added) {
        s->noted_ballot = 1;
        s->noted_part = part;
        s->noted_round = round;
    }
    return COCREATE_OK;
}

cocreate_status cci_sqlite_put_ballot(void *self, int64_t part, int64_t round,
                                      const cci_ballot_row *row, cocreate_error *error)
{
    cci_query q;
    cci_query_write(&q, self, CCI_SQL_PUT_BALLOT);
    return run_ballot(&q, part, round, row, error);
}

cocreate_status cci_sqlite_delete_ballot(void *self, int64_t part, int64_t round, cci_bytes voter,
                                         cocreate_error *error)
{
    cci_query q;
    cci_query_write(&q, self, CCI_SQL_DELETE_BALLOT);
    cci_query_i64(&q, part);
    cci_query_i64(&q, round);
    cci_query_blob(&q, voter.data, voter.size);
    cci_query_row(&q);
    return cci_query_close(&q, error);
}

cocreate_status cci_sqlite_scan_ballots(void *self, int64_t part, int64_t round,
                                        cci_ballot_visitor visit, void *user, cocreate_error *error)
{
    cci_query q;
    if (part >= 0 && round >= 0) {
        cci_query_open(&q, self, CCI_SQL_SCAN_BALLOTS_OF_ROUND);
        cci_query_i64(&q, part);
        cci_query_i64(&q, round);
    } else {
        cci_query_open(&q, self, CCI_SQL_SCAN_BALLOTS);
        cci_query_i64(&q, part < 0 ? 0 : part);
        cci_query_i64(&q, part < 0 ? INT64_MAX : part);
        cci_query_i64(&q, round < 0 ? 0 : round);
        cci_query_i64(&q, round < 0 ? INT64_MAX : round);
    }
    cocreate_status status = COCREATE_OK;
    while (status == COCREATE_OK && cci_query_row(&q)) {
        cci_ballot_row row = {
            .voter = cci_query_get_blob(&q, 2),
            .seq = (uint64_t)cci_query_get_i64(&q, 3),
            .weight = cci_query_get_i64(&q, 4),
            .data = cci_query_get_blob(&q, 5),
        };
        status = visit(user, cci_query_get_i64(&q, 0), cci_query_get_i64(&q, 1), &row, error);
    }
    return finish(&q, status, error);
}

cocreate_status cci_sqlite_put_person(void *self, cci_bytes id, const uint8_t salt[32],
                                      cci_bytes payload, cocreate_error *error)
{
    cci_query q;
    cci_query_write(&q, self, CCI_SQL_PUT_PERSON);
    cci_query_blob(&q, id.data, id.size);
    cci_query_blob(&q, salt, 32);
    cci_query_blob(&q, payload.data, payload.size);
    cci_query_row(&q);
    return cci_query_close(&q, error);
}

cocreate_status cci_sqlite_erase_person(void *self, cci_bytes id, cocreate_error *error)
{
    cci_sqlite *s = self;
    cci_query q;
    cci_query_write(&q, s, CCI_SQL_ERASE_PERSON);
    cci_query_blob(&q, id.data, id.size);
    cci_query_row(&q);
    s->erased = 1;
    return cci_query_close(&q, error);
}

cocreate_status cci_sqlite_get_person(void *self, cci_bytes id, int *found, uint8_t salt[32],
                                      cci_buffer *payload, cocreate_error *error)
{
    cci_sqlite *s = self;
    cci_query q;
    cci_query_open(&q, s, CCI_SQL_GET_PERSON);
    cci_query_blob(&q, id.data, id.size);
    cocreate_status status = COCREATE_OK;
    uint8_t its_salt[32] = {0};
    int any = cci_query_row(&q);
    if (any) {
        cci_bytes bytes = cci_query_get_blob(&q, 0);
        if (bytes.size == sizeof its_salt) {
            memcpy(its_salt, bytes.data, sizeof its_salt);
            status = add_blob(payload, &q, 1, error);
        } else {
            status = cci_fail(error, COCREATE_ERR_CORRUPT,
                              "%s: a person's salt has %zu bytes, expected 32", s->shown,
                              bytes.size);
        }
    }
    CCI_TRY(finish(&q, status, error));
    *found = any;
    if (any)
        memcpy(salt, its_salt, sizeof its_salt);
    return COCREATE_OK;
}

cocreate_status cci_sqlite_allocate(void *self, const char *sequence, int64_t *out,
                                    cocreate_error *error)
{
    cci_sqlite *s = self;
    cci_query q;
    cci_query_write(&q, s, CCI_SQL_ALLOCATE);
    cci_query_text(&q, sequence);
    int64_t value = cci_query_row(&q) ? cci_query_get_i64(&q, 0) : 0;
    cci_query_row(&q); /* to its end */
    CCI_TRY(cci_query_close(&q, error));
    if (value <= 0)
        return cci_fail(error, COCREATE_ERR_CORRUPT, "%s: sequence %s stands at %lld", s->shown,
                        sequence, (long long)value);
    *out = value;
    return COCREATE_OK;
}
