/* The undo point of the SQLite backend: whatever a command wrote, in whatever order, an undo leaves
 * what was before it, and a release what it made. Every sequence of up to four writes. */
#include "check.h"

#include "store/backend.h"

enum { WRITES = 8, LONGEST = 4 };

typedef struct fixture {
    cocreate_store *store;
    const cci_backend *b;
    void *self;
    uint64_t events;
    int64_t made; /* counts what was written, so that no two writes are the same */
} fixture;

static cci_bytes text(const char *s)
{
    return (cci_bytes){s, strlen(s)};
}

static void append(fixture *f)
{
    cci_event_row row = {.seq = ++f->events, .at = f->made, .payload = text("{}")};
    assert_status(f->b->append_event(f->self, &row, &check_error), COCREATE_OK);
}

static int ballot(fixture *f, const char *voter, int put)
{
    int added = 0;
    cci_ballot_row row = {text(voter), 1, f->made, text("{}")};
    assert_status(put ? f->b->put_ballot(f->self, 4096, 1, &row, &check_error)
                      : f->b->add_ballot(f->self, 4096, 1, &row, &added, &check_error),
                  COCREATE_OK);
    return added;
}

static void write_one(fixture *f, int which)
{
    char name[32];
    int64_t n;
    snprintf(name, sizeof name, "%lld", (long long)++f->made);
    if (which == 0)
        append(f);
    else if (which == 1)
        assert_true(ballot(f, name, 0));
    else if (which == 2)
        assert_false(ballot(f, "there", 0));
    else if (which == 3)
        (void)ballot(f, "there", 1);
    else if (which == 4)
        assert_status(f->b->put_row(f->self, 0, 1, text("row"), text(name), &check_error), COCREATE_OK);
    else if (which == 5)
        assert_status(f->b->delete_row(f->self, 0, 1, text("row"), &check_error), COCREATE_OK);
    else if (which == 6)
        assert_status(f->b->allocate(f->self, "x", &n, &check_error), COCREATE_OK);
    else
        assert_status(f->b->put_head(f->self, text(name), &check_error), COCREATE_OK);
}

/* ---- all there is, as text ---- */

static cocreate_status show_event(void *user, const cci_event_row *row, cocreate_error *error)
{
    (void)error;
    cci_buffer_u64(user, row->seq);
    cci_buffer_byte(user, '@');
    cci_buffer_i64(user, row->at);
    cci_buffer_byte(user, ' ');
    return COCREATE_OK;
}

static cocreate_status show_row(void *user, int64_t part, int32_t kind, cci_bytes id,
                                cci_bytes data, cocreate_error *error)
{
    (void)part, (void)kind, (void)error;
    cci_buffer_add(user, id.data, id.size);
    cci_buffer_byte(user, '=');
    cci_buffer_add(user, data.data, data.size);
    return COCREATE_OK;
}

static cocreate_status show_ballot(void *user, int64_t part, int64_t round,
                                   const cci_ballot_row *row, cocreate_error *error)
{
    (void)part, (void)round, (void)error;
    cci_buffer_byte(user, ' ');
    cci_buffer_add(user, row->voter.data, row->voter.size);
    cci_buffer_byte(user, ':');
    cci_buffer_i64(user, row->weight);
    return COCREATE_OK;
}

static void show(fixture *f, cci_buffer *out)
{
    cci_buffer_clear(out);
    assert_status(f->b->scan_events(f->self, 1, 0, show_event, out, &check_error), COCREATE_OK);
    assert_status(f->b->scan_rows(f->self, -1, -1, text(""), show_row, out, &check_error), COCREATE_OK);
    assert_status(f->b->scan_ballots(f->self, -1, -1, show_ballot, out, &check_error), COCREATE_OK);
    cci_buffer_byte(out, '#');
    assert_status(f->b->get_head(f->self, out, &check_error), COCREATE_OK);
}

static int64_t next_number(fixture *f)
{
    int64_t n = 0;
    assert_status(f->b->allocate(f->self, "x", &n, &check_error), COCREATE_OK);
    return n;
}

/* ---- */

typedef struct case_of {
    int writes[LONGEST], n;
} case_of;

static void run(fixture *f, const case_of *c)
{
    cci_buffer before, after;
    cci_buffer_init(&before, NULL);
    cci_buffer_init(&after, NULL);
    assert_status(f->b->put_row(f->self, 0, 1, text("row"), text("old"), &check_error), COCREATE_OK);
    int64_t number = next_number(f);
    show(f, &before);
    for (int undone = 1; undone >= 0; undone--) {
        uint64_t events = f->events;
        int64_t taken = 0;
        assert_status(f->b->save(f->self, &check_error), COCREATE_OK);
        for (int i = 0; i < c->n; i++) {
            write_one(f, c->writes[i]);
            taken += c->writes[i] == 6;
        }
        if (undone) {
            f->b->undo(f->self);
            f->events = events;
        } else {
            show(f, &before);
            assert_status(f->b->release(f->self, &check_error), COCREATE_OK);
        }
        show(f, &after);
        assert_string_equal(after.data, before.data);
        assert_int_equal(next_number(f), ++number + (undone ? 0 : taken));
    }
    cci_buffer_free(&before);
    cci_buffer_free(&after);
}

static void every_order_of_writes_is_undone(void **state)
{
    (void)state;
    fixture f = {0};
    assert_status(cocreate_store_open(NULL, ":memory:", NULL, &f.store, &check_error), COCREATE_OK);
    f.b = f.store->backend;
    f.self = f.store->self;
    case_of c;
    for (c.n = 0; c.n <= LONGEST; c.n++) {
        int cases = 1;
        for (int i = 0; i < c.n; i++)
            cases *= WRITES;
        for (int k = 0; k < cases; k++) {
            for (int i = 0, rest = k; i < c.n; i++, rest /= WRITES)
                c.writes[i] = rest % WRITES;
            assert_status(f.b->begin(f.self, &check_error), COCREATE_OK);
            f.events = 0;
            (void)ballot(&f, "there", 1);
            run(&f, &c);
            f.b->rollback(f.self);
        }
    }
    cocreate_store_close(f.store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_order_of_writes_is_undone)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
