/* What the log gives, changed behind its back: every row of the state, ballot, and bit of the head. */
#include "tampering.h"

/* Another digit, or another letter. */
static void change_data(const record *r, char *data)
{
    size_t at = strcspn(data, "0123456789");
    if (at == r->size)
        at = strcspn(data, "abcdefghijklmnopqrstuvwxyz");
    if (at == r->size) /* {} */
        data[0] = '[';
    else
        data[at] = data[at] == '7' || data[at] == 'z' ? (char)(data[at] - 1) : (char)(data[at] + 1);
}

/* The state is compared and what is said holds all of these. */
static void state_differs(const record *r, const char *what)
{
    cci_verification v = {.original = keeper, .shadow = shadow};
    char name[130];
    size_t size = r->id_size < 40 ? r->id_size : 40;
    memcpy(name, r->id, size);
    name[size] = '\0';
    for (char *c = name; *c; c++)
        *c = *c == '\n' ? '/' : *c;
    memset(&check_error, 0, sizeof check_error);
    cocreate_status status = cci_verify_state(&v, &check_error);
    cases++;
    if (status != COCREATE_ERR_VERIFY || !strstr(check_error.text, name) ||
        !strstr(check_error.text, what))
        fail_msg("row %s of kind %d: is %s\n  text: %s\n  it should name it, and: %s", name,
                 (int)r->kind, cocreate_status_name(status), check_error.text, what);
}

#define ROW_WHERE " WHERE part = %lld AND kind = %d AND id = ?2"

static void tamper_row(const record *r)
{
    char text[200], *data = copy_bytes((cci_bytes){r->data, r->size});
    window_part = r->part;
    window_kind = r->kind;
    snprintf(text, sizeof text, "UPDATE row SET data = ?1" ROW_WHERE, (long long)r->part,
             (int)r->kind);
    change_data(r, data);
    sql_bytes(text, data, r->size, r->id, r->id_size);
    state_differs(r, ": ");
    undo_tampering();
    free(data);
    snprintf(text, sizeof text, "UPDATE row SET id = CAST(id || ?1 AS BLOB)" ROW_WHERE, (long long)r->part,
             (int)r->kind);
    sql_bytes(text, "0", 1, r->id, r->id_size);
    state_differs(r, "is in the state, but not in the log");
    undo_tampering();
    if (r->kind == CCI_KIND_SEAL || r->kind == CCI_KIND_SEGMENT)
        return; /* may be made again from the ballots, and old stores have none */
    snprintf(text, sizeof text, "DELETE FROM row WHERE length(?1) AND part = %lld AND kind = %d AND id = ?2",
             (long long)r->part, (int)r->kind);
    sql_bytes(text, "x", 1, r->id, r->id_size);
    state_differs(r, "is in the log, but not in the state");
    undo_tampering();
}

static void every_row_of_the_state(void **state)
{
    (void)state;
    begin_replay();
    replay(1, last);
    assert_status(cci_backend_sqlite.scan_rows(kept->self, -1, -1, (cci_bytes){"", 0}, keep_row, NULL,
                                               &check_error),
                  COCREATE_OK);
    assert_true(n_records >= 1000);
    for (size_t i = 0; i < n_records; i++)
        tamper_row(&records[i]);
    window_part = window_kind = -1;
    drop_records();
    end_replay();
}

static cocreate_status keep_ballot(void *user, int64_t part, int64_t round, const cci_ballot_row *row,
                                   cocreate_error *error)
{
    (void)user;
    (void)error;
    keep_record(part, round, 0, row->voter, row->data);
    return COCREATE_OK;
}

#define BALLOT_WHERE " WHERE part = %lld AND round = %lld AND voter = ?2"

static void tamper_ballot(const record *r, const char *what, const char *set)
{
    char text[200];
    snprintf(text, sizeof text, "%s" BALLOT_WHERE, set, (long long)r->part, (long long)r->round);
    char *data = copy_bytes((cci_bytes){r->data, r->size});
    change_data(r, data);
    sql_bytes(text, data, r->size, r->id, r->id_size);
    state_differs(r, what);
    undo_tampering();
    free(data);
}

static void every_ballot(void **state)
{
    (void)state;
    begin_replay();
    replay(1, last);
    assert_status(kept->backend->scan_ballots(kept->self, -1, -1, keep_ballot, NULL, &check_error),
                  COCREATE_OK);
    assert_true(n_records >= 100);
    window_part = 1; /* rows were looked at above: none is filed here */
    window_kind = 0;
    for (size_t i = 0; i < n_records; i++) {
        static const char another[] = "it is not the ballot that the log gives";
        tamper_ballot(&records[i], another, "UPDATE ballot SET data = ?1");
        tamper_ballot(&records[i], another, "UPDATE ballot SET weight = weight + length(?1)");
        tamper_ballot(&records[i], another, "UPDATE ballot SET seq = seq + length(?1)");
        tamper_ballot(&records[i], "it is in the log, but not in the state",
                      "DELETE FROM ballot /* ?1 */");
    }
    window_part = window_kind = -1;
    drop_records();
    end_replay();
}

/* Every bit of the head: how many events there are, when the last one was, the edge of the tree. */
static void every_bit_of_the_head(void **state)
{
    (void)state;
    cci_buffer head;
    const cci_tree whole = events[last].tree;
    cci_buffer_init(&head, &kept->allocator);
    assert_status(kept->backend->get_head(kept->self, &head, &check_error), COCREATE_OK);
    begin_replay();
    replay(1, last);
    for (size_t bit = 0; bit < 8 * head.size; bit++) {
        size_t byte = bit / 8;
        if (byte >= 8 && byte < CCI_HEAD_PREFIX)
            continue; /* the time: below */
        head.data[byte] ^= (char)(1 << bit % 8);
        cci_tree tree;
        const uint8_t *edge = (const uint8_t *)head.data + CCI_HEAD_PREFIX;
        uint64_t size = 0;
        for (int k = 8; k-- > 0;)
            size = size << 8 | (uint8_t)head.data[k];
        if (cci_tree_decode(&tree, edge, head.size - CCI_HEAD_PREFIX) && tree.size == size) {
            const trial t = {last + 1, 0, &tree, 0, 0, 0, 0};
            expect(&t, last, "a bit of the head", "the head does not have the root of the events");
        }
        head.data[byte] ^= (char)(1 << bit % 8);
    }
    const trial t = {.from = last + 1, .head = &whole, .late = -1};
    expect(&t, last, "the time of the head",
           "the head says that the last event was at 2015-07-29T23:59:59.999999Z, it was at "
           "2015-07-30T00:00:00Z");
    cci_buffer_free(&head);
    end_replay();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_of_the_state),
        cmocka_unit_test(every_ballot),
        cmocka_unit_test(every_bit_of_the_head),
    };
    return cmocka_run_group_tests_name("tampering with the state", tests, open_log, close_log) != 0;
}
