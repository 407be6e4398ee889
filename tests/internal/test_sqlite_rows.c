/* The SQLite backend: what goes in comes out, byte for byte and in order. Expected by hand. */
#include "check.h"

#include "store/backend.h"

typedef struct fixture {
    cocreate_store *store;
    const cci_backend *b;
    void *self;
    cci_buffer out;
} fixture;

static int setup(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    if (!f || cocreate_store_open(NULL, ":memory:", NULL, &f->store, NULL) != COCREATE_OK)
        return -1;
    f->b = f->store->backend;
    f->self = f->store->self;
    cci_buffer_init(&f->out, NULL);
    *state = f;
    return f->b->begin(f->self, NULL) == COCREATE_OK ? 0 : -1;
}

static int teardown(void **state)
{
    fixture *f = *state;
    f->b->rollback(f->self);
    cci_buffer_free(&f->out);
    cocreate_store_close(f->store);
    free(f);
    return 0;
}

static cci_bytes text(const char *s)
{
    return (cci_bytes){s, strlen(s)};
}

static void assert_bytes(cci_bytes actual, const void *data, size_t size)
{
    assert_int_equal(actual.size, size);
    assert_memory_equal(actual.data, data, size);
}

/* Ids that break what builds statements or compares texts: 500 of 1 to 128 bytes, all different. */
#define HOSTILE 500

static size_t hostile_id(size_t i, uint8_t id[128])
{
    static const struct {
        const char *bytes;
        size_t size;
    } first[] = {
        {"'", 1}, {"\"", 1}, {"''", 2}, {"`", 1}, {"\\", 1}, {"'; DROP TABLE event; --", 23},
        {"\" OR \"\"=\"", 9}, {"\0", 1}, {"a\0b", 3}, {"a", 1}, {"a\0", 2}, {"A", 1}, {"\xff", 1},
        {"\xff\xff", 2}, {"%", 1}, {"_", 1}, {"*", 1}, {"?1", 2}, {":id", 3}, {"@x", 2}, {"$x", 2},
        {"NULL", 4}, {"0", 1}, {"1", 1}, {"-1", 2}, {"1e3", 3}, {" ", 1}, {"\t\r\n", 3},
        {"\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d", 8}, {"\xe2\x80\xae" "abc", 6}, {"\xef\xbb\xbf", 3},
        {"\xc3\xa9", 2}, {"e\xcc\x81", 3}, {"\xf0\x9f\x92\xa9", 4}, {"../../etc/passwd", 16},
        {"x'00'", 5}, {"/*", 2}, {"--", 2}, {";", 1}, {"\x01", 1}, {"\x7f", 1},
    };
    if (i < sizeof first / sizeof *first) {
        memcpy(id, first[i].bytes, first[i].size);
        return first[i].size;
    }
    /* The rest: bytes of a fixed generator (Numerical Recipes' LCG), the number making each unique. */
    uint32_t x = (uint32_t)i;
    size_t size = i % 5 == 0 ? 128 : 4 + i % 125;
    for (size_t k = 0; k < size; k++) {
        x = x * 1664525u + 1013904223u;
        id[k] = (uint8_t)(x >> 24);
    }
    id[0] = (uint8_t)(i >> 8);
    id[1] = (uint8_t)i;
    id[2] = '\'';
    return size;
}

static cocreate_status same_event(void *user, const cci_event_row *row, cocreate_error *error)
{
    (void)error;
    uint8_t id[128];
    size_t *count = user;
    size_t size = hostile_id(*count, id);
    assert_bytes(row->payload, id, size);
    assert_int_equal(row->seq, ++*count);
    assert_int_equal(row->part, 4096 * *count);
    assert_true(row->at == -(int64_t)*count);
    cci_digest leaf = cci_sha256(id, size);
    assert_memory_equal(row->leaf.bytes, leaf.bytes, 32);
    return COCREATE_OK;
}

static cocreate_status count_row(void *user, int64_t part, int32_t kind, cci_bytes id,
                                 cci_bytes data, cocreate_error *error)
{
    (void)error;
    assert_int_equal(part, 4096);
    assert_int_equal(kind, 7);
    assert_bytes(data, id.data, id.size);
    ++*(size_t *)user;
    return COCREATE_OK;
}

static cocreate_status count_ballot(void *user, int64_t part, int64_t round,
                                    const cci_ballot_row *row, cocreate_error *error)
{
    (void)error;
    assert_int_equal(part, 4096);
    assert_int_equal(round, 2);
    assert_bytes(row->data, row->voter.data, row->voter.size);
    assert_true(row->weight == -3);
    ++*(size_t *)user;
    return COCREATE_OK;
}

static void put_everywhere(fixture *f, size_t i, cci_bytes id)
{
    cci_digest leaf = cci_sha256(id.data, id.size);
    cci_event_row event = {i + 1, 4096 * ((int64_t)i + 1), -(int64_t)i - 1, id, leaf};
    cci_ballot_row ballot = {id, i + 1, -3, id};
    assert_status(f->b->append_event(f->self, &event, &check_error), COCREATE_OK);
    assert_status(f->b->put_row(f->self, 4096, 7, id, id, &check_error), COCREATE_OK);
    assert_status(f->b->put_ballot(f->self, 4096, 2, &ballot, &check_error), COCREATE_OK);
    assert_status(f->b->put_person(f->self, id, leaf.bytes, id, &check_error), COCREATE_OK);
}

static void get_everywhere(fixture *f, size_t i, cci_bytes id)
{
    int found = 0;
    uint64_t seq = 0;
    int64_t weight = 0;
    uint8_t salt[32];
    cci_buffer_clear(&f->out);
    assert_status(f->b->get_row(f->self, 4096, 7, id, &found, &f->out, &check_error), COCREATE_OK);
    assert_int_equal(found, 1);
    assert_status(f->b->get_ballot(f->self, 4096, 2, id, &found, &seq, &weight, &f->out,
                                   &check_error),
                  COCREATE_OK);
    assert_int_equal(found, 1);
    assert_int_equal(seq, i + 1);
    assert_status(f->b->get_person(f->self, id, &found, salt, &f->out, &check_error), COCREATE_OK);
    assert_int_equal(found, 1);
    cci_digest leaf = cci_sha256(id.data, id.size);
    assert_memory_equal(salt, leaf.bytes, 32);
    assert_int_equal(f->out.size, 3 * id.size);
    for (size_t k = 0; k < 3; k++)
        assert_memory_equal(f->out.data + k * id.size, id.data, id.size);
}

static void hostile_ids_come_back_byte_for_byte(void **state)
{
    fixture *f = *state;
    uint8_t id[128];
    for (size_t i = 0; i < HOSTILE; i++)
        put_everywhere(f, i, (cci_bytes){id, hostile_id(i, id)});
    for (size_t i = 0; i < HOSTILE; i++)
        get_everywhere(f, i, (cci_bytes){id, hostile_id(i, id)});
    size_t events = 0, rows = 0, ballots = 0;
    assert_status(f->b->scan_events(f->self, 1, 0, same_event, &events, &check_error), COCREATE_OK);
    assert_status(f->b->scan_rows(f->self, 4096, 7, (cci_bytes){NULL, 0}, count_row, &rows,
                                  &check_error),
                  COCREATE_OK);
    assert_status(f->b->scan_ballots(f->self, 4096, 2, count_ballot, &ballots, &check_error),
                  COCREATE_OK);
    assert_int_equal(events, HOSTILE);
    assert_int_equal(rows, HOSTILE);
    assert_int_equal(ballots, HOSTILE);
    for (size_t i = 0; i < HOSTILE; i++) { /* as a prefix, each finds itself */
        cci_bytes prefix = {id, hostile_id(i, id)};
        rows = 0;
        assert_status(f->b->scan_rows(f->self, 4096, 7, prefix, count_row, &rows, &check_error),
                      COCREATE_OK);
        assert_true(rows >= 1);
    }
}

static void what_is_missing_is_not_found(void **state)
{
    fixture *f = *state;
    int found = 9;
    uint64_t seq = 5;
    int64_t weight = 6;
    uint8_t salt[32] = {7};
    cci_buffer_text(&f->out, "kept");
    assert_status(f->b->get_row(f->self, 0, 1, text("x"), &found, &f->out, &check_error),
                  COCREATE_OK);
    assert_int_equal(found, 0);
    found = 9;
    assert_status(f->b->get_ballot(f->self, 0, 1, text("x"), &found, &seq, &weight, &f->out,
                                   &check_error),
                  COCREATE_OK);
    assert_int_equal(found, 0);
    found = 9;
    assert_status(f->b->get_person(f->self, text("x"), &found, salt, &f->out, &check_error),
                  COCREATE_OK);
    assert_int_equal(found, 0);
    assert_status(f->b->get_head(f->self, &f->out, &check_error), COCREATE_OK);
    assert_string_equal(f->out.data, "kept");
    assert_int_equal(seq, 5);
    assert_int_equal(weight, 6);
    assert_int_equal(salt[0], 7);
}

static void put_replaces(void **state)
{
    fixture *f = *state;
    static const uint8_t old_salt[32] = {1}, new_salt[32] = {2};
    int found;
    uint64_t seq;
    int64_t weight;
    uint8_t salt[32];
    cci_ballot_row old = {text("v"), 1, 1, text("old")}, new = {text("v"), 2, INT64_MIN, text("")};
    for (int again = 0; again < 2; again++) {
        cci_bytes data = text(again ? "" : "old");
        assert_status(f->b->put_row(f->self, 1, 2, text("k"), data, &check_error), COCREATE_OK);
        assert_status(f->b->put_ballot(f->self, 1, 2, again ? &new : &old, &check_error),
                      COCREATE_OK);
        assert_status(f->b->put_person(f->self, text("p"), again ? new_salt : old_salt, data,
                                       &check_error),
                      COCREATE_OK);
        assert_status(f->b->put_head(f->self, data, &check_error), COCREATE_OK);
    }
    assert_status(f->b->get_row(f->self, 1, 2, text("k"), &found, &f->out, &check_error),
                  COCREATE_OK);
    assert_status(f->b->get_ballot(f->self, 1, 2, text("v"), &found, &seq, &weight, &f->out,
                                   &check_error),
                  COCREATE_OK);
    assert_status(f->b->get_person(f->self, text("p"), &found, salt, &f->out, &check_error),
                  COCREATE_OK);
    assert_status(f->b->get_head(f->self, &f->out, &check_error), COCREATE_OK);
    assert_int_equal(found, 1);
    assert_int_equal(f->out.size, 0);
    assert_int_equal(seq, 2);
    assert_true(weight == INT64_MIN);
    assert_memory_equal(salt, new_salt, 32);
}

static void a_ballot_can_be_deleted(void **state)
{
    fixture *f = *state;
    int found = 1;
    uint64_t seq;
    int64_t weight;
    cci_ballot_row row = {text("v"), 1, 1, text("old")}, other = {text("w"), 1, 1, text("old")};
    assert_status(f->b->put_ballot(f->self, 1, 2, &row, &check_error), COCREATE_OK);
    assert_status(f->b->put_ballot(f->self, 1, 2, &other, &check_error), COCREATE_OK);
    for (int again = 0; again < 2; again++)
        assert_status(f->b->delete_ballot(f->self, 1, 2, text("v"), &check_error), COCREATE_OK);
    assert_status(f->b->get_ballot(f->self, 1, 2, text("v"), &found, &seq, &weight, &f->out, &check_error),
                  COCREATE_OK);
    assert_int_equal(found, 0);
    assert_status(f->b->get_ballot(f->self, 1, 2, text("w"), &found, &seq, &weight, &f->out, &check_error),
                  COCREATE_OK);
    assert_int_equal(found, 1);
}

/* Visited keys as "part.kind.id " or "part.round.voter ". */
static cocreate_status write_row(void *user, int64_t part, int32_t kind, cci_bytes id,
                                 cci_bytes data, cocreate_error *error)
{
    (void)data;
    (void)error;
    cci_buffer_format(user, "%d.%d.%.*s ", (int)part, (int)kind, (int)id.size,
                      (const char *)id.data);
    return COCREATE_OK;
}

static cocreate_status write_ballot(void *user, int64_t part, int64_t round,
                                    const cci_ballot_row *row, cocreate_error *error)
{
    return write_row(user, part, (int32_t)round, row->voter, row->data, error);
}

static void assert_rows(fixture *f, int64_t part, int32_t kind, cci_bytes prefix,
                        const char *expected)
{
    cci_buffer_clear(&f->out);
    assert_status(f->b->scan_rows(f->self, part, kind, prefix, write_row, &f->out, &check_error),
                  COCREATE_OK);
    assert_string_equal(f->out.data ? f->out.data : "", expected);
}

static void rows_come_in_order_of_their_key(void **state)
{
    fixture *f = *state;
    static const struct {
        int64_t part;
        int32_t kind;
        const char *id;
    } keys[] = {{4096, 1, "b"}, {0, 2, "a"},     {4096, 1, "ab"}, {4096, 1, "a"}, {8192, 1, "a"},
                {0, 1, "a"},    {4096, 2, "a"},  {4096, 1, "ba"}, {4096, 1, "B"},
                {4096, 1, "\xff"}, {4096, 1, "\xff\xff"}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        assert_status(f->b->put_row(f->self, keys[i].part, keys[i].kind, text(keys[i].id),
                                    text(""), &check_error),
                      COCREATE_OK);
    assert_rows(f, 4096, 1, text(""),
                "4096.1.B 4096.1.a 4096.1.ab 4096.1.b 4096.1.ba 4096.1.\xff 4096.1.\xff\xff ");
    assert_rows(f, 4096, 1, text("a"), "4096.1.a 4096.1.ab ");
    assert_rows(f, 4096, 1, text("b"), "4096.1.b 4096.1.ba ");
    assert_rows(f, 4096, 1, text("\xff"), "4096.1.\xff 4096.1.\xff\xff ");
    assert_rows(f, 4096, 1, text("c"), "");
    assert_rows(f, 4096, -1, text("a"), "4096.1.a 4096.1.ab 4096.2.a ");
    assert_rows(f, -1, 1, text("a"), "0.1.a 4096.1.a 4096.1.ab 8192.1.a ");
    assert_rows(f, -1, 2, text(""), "0.2.a 4096.2.a ");
    assert_rows(f, -1, -1, text("B"), "4096.1.B ");
    assert_rows(f, 3, -1, text(""), "");
}

static void assert_ballots(fixture *f, int64_t part, int64_t round, const char *expected)
{
    cci_buffer_clear(&f->out);
    assert_status(f->b->scan_ballots(f->self, part, round, write_ballot, &f->out, &check_error),
                  COCREATE_OK);
    assert_string_equal(f->out.data ? f->out.data : "", expected);
}

static void ballots_come_in_order_of_their_key(void **state)
{
    fixture *f = *state;
    static const struct {
        int64_t part, round;
        const char *voter;
    } keys[] = {{2, 1, "b"}, {2, 1, "a"}, {2, 0, "z"}, {1, 1, "c"}, {2, 2, "a"}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        cci_ballot_row row = {text(keys[i].voter), 1, 1, text("")};
        assert_status(f->b->put_ballot(f->self, keys[i].part, keys[i].round, &row, &check_error),
                      COCREATE_OK);
    }
    assert_ballots(f, 2, 1, "2.1.a 2.1.b ");
    assert_ballots(f, 2, -1, "2.0.z 2.1.a 2.1.b 2.2.a ");
    assert_ballots(f, -1, 1, "1.1.c 2.1.a 2.1.b ");
    assert_ballots(f, -1, -1, "1.1.c 2.0.z 2.1.a 2.1.b 2.2.a ");
    assert_ballots(f, 9, 9, "");
}

static void append(fixture *f, uint64_t seq)
{
    cci_event_row row = {.seq = seq, .payload = text("{}")};
    assert_status(f->b->append_event(f->self, &row, &check_error), COCREATE_OK);
}

static cocreate_status write_seq(void *user, const cci_event_row *row, cocreate_error *error)
{
    (void)error;
    cci_buffer_u64(user, row->seq);
    return COCREATE_OK;
}

static void assert_events(fixture *f, uint64_t from, uint64_t to, const char *expected)
{
    cci_buffer_clear(&f->out);
    assert_status(f->b->scan_events(f->self, from, to, write_seq, &f->out, &check_error),
                  COCREATE_OK);
    assert_string_equal(f->out.data ? f->out.data : "", expected);
}

static void events_are_scanned_from_to(void **state)
{
    fixture *f = *state;
    for (uint64_t seq = 1; seq <= 5; seq++)
        append(f, seq);
    assert_events(f, 1, 0, "12345");
    assert_events(f, 0, 0, "12345");
    assert_events(f, 2, 4, "234");
    assert_events(f, 5, 5, "5");
    assert_events(f, 5, 4, "");
    assert_events(f, 6, 0, "");
    assert_events(f, 1, UINT64_MAX, "12345");
    assert_events(f, UINT64_MAX, 0, "");
    cci_event_row row = {.seq = 5, .payload = text("{}")};
    assert_failure(f->b->append_event(f->self, &row, &check_error), COCREATE_ERR_CORRUPT,
                   ":memory:: contradicts itself: UNIQUE constraint failed: event.seq");
}

static void a_gap_in_the_events_is_told(void **state)
{
    fixture *f = *state;
    append(f, 1);
    append(f, 2);
    append(f, 4);
    cci_buffer_clear(&f->out);
    assert_failure(f->b->scan_events(f->self, 1, 0, write_seq, &f->out, &check_error),
                   COCREATE_ERR_CORRUPT, ":memory:: event 3 is missing");
    assert_int_equal(check_error.where, 3);
    assert_events(f, 4, 0, "4");
    assert_failure(f->b->scan_events(f->self, 3, 0, write_seq, &f->out, &check_error),
                   COCREATE_ERR_CORRUPT, ":memory:: event 3 is missing");
}

/* A visitor that ends the scan at the second row, with a failure of its own. */
static cocreate_status stop_at_two(void *user, const cci_event_row *row, cocreate_error *error)
{
    (void)user;
    if (row->seq < 2)
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_VERIFY, "event 2 does not match");
}

static cocreate_status scan_within(void *user, const cci_event_row *row, cocreate_error *error)
{
    fixture *f = user;
    cci_buffer_u64(&f->out, row->seq);
    cci_buffer_text(&f->out, ":");
    CCI_TRY(f->b->scan_events(f->self, 1, row->seq, write_seq, &f->out, error));
    cci_buffer_text(&f->out, " ");
    return COCREATE_OK;
}

static void visitors_may_stop_and_may_read(void **state)
{
    fixture *f = *state;
    for (uint64_t seq = 1; seq <= 3; seq++)
        append(f, seq);
    assert_failure(f->b->scan_events(f->self, 1, 0, stop_at_two, NULL, &check_error),
                   COCREATE_ERR_VERIFY, "event 2 does not match");
    assert_status(f->b->scan_events(f->self, 1, 0, scan_within, f, &check_error), COCREATE_OK);
    assert_string_equal(f->out.data, "1:1 2:12 3:123 ");
}

static void sequences_count_from_one(void **state)
{
    fixture *f = *state;
    int64_t n = 0;
    for (int64_t expected = 1; expected <= 3; expected++) {
        assert_status(f->b->allocate(f->self, "campaign", &n, &check_error), COCREATE_OK);
        assert_int_equal(n, expected);
    }
    assert_status(f->b->allocate(f->self, "'; DROP TABLE sequence; --", &n, &check_error),
                  COCREATE_OK);
    assert_int_equal(n, 1);
}

static void undo_takes_back_one_command(void **state)
{
    fixture *f = *state;
    int64_t n = 0;
    append(f, 1);
    assert_status(f->b->save(f->self, &check_error), COCREATE_OK);
    append(f, 2);
    assert_status(f->b->release(f->self, &check_error), COCREATE_OK);
    assert_status(f->b->save(f->self, &check_error), COCREATE_OK);
    append(f, 3);
    assert_status(f->b->allocate(f->self, "x", &n, &check_error), COCREATE_OK);
    f->b->undo(f->self);
    assert_events(f, 1, 0, "12");
    assert_status(f->b->allocate(f->self, "x", &n, &check_error), COCREATE_OK);
    assert_int_equal(n, 1);
    assert_status(f->b->commit(f->self, &check_error), COCREATE_OK);
    assert_events(f, 1, 0, "12");
    assert_status(f->b->begin(f->self, &check_error), COCREATE_OK);
    append(f, 3);
    f->b->rollback(f->self);
    f->b->rollback(f->self); /* nothing more to do */
    assert_events(f, 1, 0, "12");
}

static void assert_head(fixture *f, const char *expected)
{
    cci_buffer_clear(&f->out);
    assert_status(f->b->get_head(f->self, &f->out, &check_error), COCREATE_OK);
    assert_string_equal(f->out.data ? f->out.data : "", expected);
}

static void put_head(fixture *f, const char *head)
{
    assert_status(f->b->put_head(f->self, text(head), &check_error), COCREATE_OK);
    assert_head(f, head);
}

/* The head is kept in memory until the commit, and must follow every turn of the transaction. */
static void the_head_follows_the_transaction(void **state)
{
    fixture *f = *state;
    assert_head(f, "");
    for (int first = 1; first >= 0; first--) { /* with and without a head before the undo point */
        if (!first)
            put_head(f, "one");
        const char *before = first ? "" : "one";
        assert_status(f->b->save(f->self, &check_error), COCREATE_OK);
        assert_head(f, before);
        put_head(f, "two, which is longer");
        put_head(f, "three");
        f->b->undo(f->self);
        assert_head(f, before);
        assert_status(f->b->save(f->self, &check_error), COCREATE_OK);
        f->b->undo(f->self); /* nothing was put */
        assert_head(f, before);
    }
    assert_status(f->b->save(f->self, &check_error), COCREATE_OK);
    put_head(f, "four");
    assert_status(f->b->release(f->self, &check_error), COCREATE_OK);
    assert_head(f, "four");
    assert_status(f->b->commit(f->self, &check_error), COCREATE_OK);
    assert_head(f, "four");
    assert_status(f->b->begin(f->self, &check_error), COCREATE_OK);
    assert_head(f, "four");
    put_head(f, "five");
    f->b->rollback(f->self);
    assert_head(f, "four");
    assert_status(f->b->begin(f->self, &check_error), COCREATE_OK);
    put_head(f, "six");
    assert_status(f->b->save(f->self, &check_error), COCREATE_OK);
    put_head(f, "seven");
    f->b->undo(f->self);
    assert_status(f->b->commit(f->self, &check_error), COCREATE_OK);
    assert_head(f, "six");
}

/* Counts and times are the first bytes of the head: 3 events, and -2 as two's complement. */
static void info_reads_the_head(void **state)
{
    fixture *f = *state;
    static const uint8_t head[17] = {3, 0,    0,    0,    0,    0,    0,    0,   0xfe,
                                     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 42};
    cocreate_store_info info = {.size = sizeof info};
    assert_status(f->b->put_head(f->self, (cci_bytes){head, sizeof head}, &check_error),
                  COCREATE_OK);
    assert_status(cocreate_store_info_get(f->store, &info, &check_error), COCREATE_OK);
    assert_int_equal(info.events, 3);
    assert_true(info.last_at == -2);
    assert_status(f->b->put_head(f->self, (cci_bytes){head, 15}, &check_error), COCREATE_OK);
    info.events = 77;
    assert_failure(cocreate_store_info_get(f->store, &info, &check_error), COCREATE_ERR_CORRUPT,
                   "the head has 15 bytes, expected 16 or more");
    assert_int_equal(info.events, 77);
}

static void a_row_has_a_limit(void **state)
{
    fixture *f = *state;
    char *large = calloc(1, CCI_ROW_MAX);
    assert_non_null(large);
    assert_failure(f->b->put_row(f->self, 0, 0, text("x"), (cci_bytes){large, CCI_ROW_MAX + 1u},
                                 &check_error),
                   COCREATE_ERR_LIMIT, ":memory:: more than 67108864 bytes in one row");
    free(large);
    int found = 9;
    assert_status(f->b->get_row(f->self, 0, 0, text("x"), &found, &f->out, &check_error),
                  COCREATE_OK);
    assert_int_equal(found, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(hostile_ids_come_back_byte_for_byte, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_missing_is_not_found, setup, teardown),
        cmocka_unit_test_setup_teardown(put_replaces, setup, teardown),
        cmocka_unit_test_setup_teardown(a_ballot_can_be_deleted, setup, teardown),
        cmocka_unit_test_setup_teardown(rows_come_in_order_of_their_key, setup, teardown),
        cmocka_unit_test_setup_teardown(ballots_come_in_order_of_their_key, setup, teardown),
        cmocka_unit_test_setup_teardown(events_are_scanned_from_to, setup, teardown),
        cmocka_unit_test_setup_teardown(a_gap_in_the_events_is_told, setup, teardown),
        cmocka_unit_test_setup_teardown(visitors_may_stop_and_may_read, setup, teardown),
        cmocka_unit_test_setup_teardown(sequences_count_from_one, setup, teardown),
        cmocka_unit_test_setup_teardown(undo_takes_back_one_command, setup, teardown),
        cmocka_unit_test_setup_teardown(the_head_follows_the_transaction, setup, teardown),
        cmocka_unit_test_setup_teardown(info_reads_the_head, setup, teardown),
        cmocka_unit_test_setup_teardown(a_row_has_a_limit, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
