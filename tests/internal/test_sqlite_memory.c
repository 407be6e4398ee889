/* Every allocation inside SQLite fails once, and from then on, at each step of a store's life. The
 * outcome is COCREATE_ERR_MEMORY, what was acknowledged stays, what was not is not there, and
 * nothing leaks. */
#include "folder.h"

#include "store/sqlite.h"

static sqlite3_mem_methods real;
static long countdown = -1; /* allocations until the failure; below 0: none */
static int for_ever;
static size_t failures;

static int fails_now(void)
{
    if (countdown < 0 || countdown-- > 0)
        return 0;
    countdown = for_ever ? 0 : -1;
    failures++;
    return 1;
}

static void *sometimes_malloc(int size)
{
    return fails_now() ? NULL : real.xMalloc(size);
}

static void *sometimes_realloc(void *block, int size)
{
    return fails_now() ? NULL : real.xRealloc(block, size);
}

/* Before SQLite is first used: its allocator is global. */
static int install(void **state)
{
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real) != SQLITE_OK)
        return -1;
    static sqlite3_mem_methods ours;
    ours = real;
    ours.xMalloc = sometimes_malloc;
    ours.xRealloc = sometimes_realloc;
    /* Without per-connection pools, every allocation passes here. */
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &ours) != SQLITE_OK ||
        sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0) != SQLITE_OK)
        return -1;
    /* Thousands of commits, and none has to survive the machine. */
    if (access("/dev/shm", W_OK) == 0)
        setenv("TMPDIR", "/dev/shm", 1);
    return folder_setup(state);
}

static cci_bytes text(const char *s)
{
    return (cci_bytes){s, strlen(s)};
}

static cocreate_status count_event(void *user, const cci_event_row *row, cocreate_error *error)
{
    (void)row;
    (void)error;
    ++*(uint64_t *)user;
    return COCREATE_OK;
}

static cocreate_status write_all(cocreate_store *store, uint64_t seq, cocreate_error *error)
{
    static const uint8_t salt[32] = {3};
    const cci_backend *b = store->backend;
    cci_event_row event = {.seq = seq, .payload = text("{}")};
    cci_ballot_row ballot = {text("voter"), seq, 1, text("{}")};
    int64_t n;
    CCI_TRY(b->save(store->self, error));
    CCI_TRY(b->append_event(store->self, &event, error));
    CCI_TRY(b->put_row(store->self, 1, 1, text("id"), text("data"), error));
    CCI_TRY(b->put_ballot(store->self, 1, 1, &ballot, error));
    CCI_TRY(b->put_person(store->self, text("id"), salt, text("Ada"), error));
    CCI_TRY(b->put_head(store->self, text("sixteen bytes or"), error));
    CCI_TRY(b->allocate(store->self, "campaign", &n, error));
    return b->release(store->self, error);
}

static cocreate_status read_all(cocreate_store *store, uint64_t *events, cocreate_error *error)
{
    const cci_backend *b = store->backend;
    cci_buffer out;
    cci_buffer_init(&out, NULL);
    int found;
    uint64_t seq;
    int64_t weight;
    uint8_t salt[32];
    *events = 0;
    cocreate_status status = b->get_head(store->self, &out, error);
    if (status == COCREATE_OK)
        status = b->get_row(store->self, 1, 1, text("id"), &found, &out, error);
    if (status == COCREATE_OK)
        status = b->get_ballot(store->self, 1, 1, text("voter"), &found, &seq, &weight, &out, error);
    if (status == COCREATE_OK)
        status = b->get_person(store->self, text("id"), &found, salt, &out, error);
    if (status == COCREATE_OK)
        status = b->scan_events(store->self, 1, 0, count_event, events, error);
    cci_buffer_free(&out);
    return status;
}

/* One life: open, write in a batch, commit, read, copy. Returns what stopped it; *acknowledged
 * says whether the commit was. */
static cocreate_status live(const folder *f, uint64_t seq, int *acknowledged, cocreate_error *error)
{
    cocreate_store *store = NULL;
    uint64_t events;
    *acknowledged = 0;
    CCI_TRY(cocreate_store_open(NULL, folder_file(f, "a.db"), NULL, &store, error));
    cocreate_status status = cocreate_store_begin(store, error);
    if (status == COCREATE_OK) {
        status = write_all(store, seq, error);
        if (status != COCREATE_OK)
            store->backend->undo(store->self);
        cocreate_status committed =
            cocreate_store_commit(store, status == COCREATE_OK ? error : NULL);
        *acknowledged = status == COCREATE_OK && committed == COCREATE_OK;
        if (status == COCREATE_OK)
            status = committed;
    }
    if (status == COCREATE_OK)
        status = read_all(store, &events, error);
    if (status == COCREATE_OK)
        status = cocreate_store_backup(store, folder_file(f, "b.db"), error);
    cocreate_store_close(store);
    return status;
}

static uint64_t stored_events(const folder *f)
{
    cocreate_store *store = NULL;
    uint64_t events = 0;
    assert_status(cocreate_store_open(NULL, folder_file(f, "a.db"), NULL, &store, &check_error),
                  COCREATE_OK);
    assert_status(read_all(store, &events, &check_error), COCREATE_OK);
    cocreate_store_close(store);
    return events;
}

static void fail_each(const folder *f)
{
    uint64_t expected = stored_events(f);
    for (long n = 0;; n++) {
        failures = 0;
        countdown = n;
        int acknowledged;
        cocreate_error error = {0};
        cocreate_status status = live(f, expected + 1, &acknowledged, &error);
        size_t injected = failures;
        countdown = -1;
        failures = 0;
        if (status != COCREATE_OK && status != COCREATE_ERR_MEMORY)
            print_message("allocation %ld: %s\n", n, error.text);
        /* SQLite goes on without some allocations, such as those of its page cache. */
        assert_true(status == COCREATE_OK || status == COCREATE_ERR_MEMORY);
        if (status == COCREATE_OK)
            assert_int_equal(access(folder_file(f, "b.db"), F_OK), 0);
        else
            assert_int_equal(access(folder_file(f, "b.db"), F_OK), -1);
        unlink(folder_file(f, "b.db"));
        expected += (uint64_t)acknowledged;
        assert_int_equal(stored_events(f), expected);
        if (injected == 0) {
            assert_int_equal(status, COCREATE_OK);
            print_message("%ld allocations, %s\n", n, for_ever ? "then none" : "one fails");
            assert_true(n > 100);
            return;
        }
    }
}

/* A store that could not be made is made by the next call, from whatever was left. */
static void making_may_fail_anywhere(void **state)
{
    const folder *f = *state;
    for (for_ever = 0; for_ever < 2; for_ever++) {
        for (long n = 0;; n++) {
            cocreate_store *store = NULL;
            failures = 0;
            countdown = n;
            cocreate_status status =
                cocreate_store_open(NULL, folder_file(f, "a.db"), NULL, &store, NULL);
            countdown = -1;
            assert_true(status == COCREATE_OK || status == COCREATE_ERR_MEMORY);
            assert_int_equal(store != NULL, status == COCREATE_OK);
            cocreate_store_close(store);
            assert_int_equal(stored_events(f), 0);
            folder_empty(f);
            if (failures == 0)
                break;
            assert_true(n < 10000);
        }
    }
}

static void every_allocation_may_fail_once(void **state)
{
    for_ever = 0;
    fail_each(*state);
    folder_empty(*state);
}

static void every_allocation_may_be_the_last(void **state)
{
    for_ever = 1;
    fail_each(*state);
    folder_empty(*state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(making_may_fail_anywhere),
        cmocka_unit_test(every_allocation_may_fail_once),
        cmocka_unit_test(every_allocation_may_be_the_last),
    };
    return cmocka_run_group_tests(tests, install, folder_teardown) != 0;
}
