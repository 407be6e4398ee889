/* The public side of a store: opening, batches, counts, copies. */
#include <string.h>

#include "base/text.h"
#include "store/backend.h"

void cocreate_store_options_init(cocreate_store_options *options)
{
    *options = (cocreate_store_options){
        .size = sizeof *options,
        .backend = "sqlite",
        .busy_ms = 5000,
    };
}

static cocreate_status check_arguments(const char *path, const cocreate_store_options *options,
                                       cocreate_error *error)
{
    if (options->size != sizeof *options)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "options: size is %zu, expected sizeof(cocreate_store_options) = %zu",
                        options->size, sizeof *options);
    if (options->busy_ms < 0)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "options: busy_ms is %d, expected 0 or more",
                        (int)options->busy_ms);
    if (path[0] == '\0')
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "the path is empty");
    if (!cci_utf8_valid(path, strlen(path)))
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "the path is not valid UTF-8");
    if (strcmp(path, ":memory:") == 0 && (options->read_only || options->must_exist))
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "a store in memory is always new: it cannot be %s",
                        options->read_only ? "read-only" : "asked to exist");
    return COCREATE_OK;
}

cocreate_status cocreate_store_open(const cocreate_allocator *allocator, const char *path,
                                    const cocreate_store_options *options, cocreate_store **out,
                                    cocreate_error *error)
{
    assert(path && out);
    CCI_TRY(cci_allocator_check(allocator, error));
    cocreate_store_options defaults;
    cocreate_store_options_init(&defaults);
    if (!options)
        options = &defaults;
    CCI_TRY(check_arguments(path, options, error));
    const char *name = options->backend ? options->backend : defaults.backend;
    const cci_backend *backend = cci_backend_find(name);
    if (!backend) {
        char quoted[40];
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "options: no backend \"%s\"; there is \"%s\"",
                        cci_quote(name, strlen(name), quoted, sizeof quoted), defaults.backend);
    }

    cocreate_allocator a = cci_allocator(allocator);
    cocreate_store *store = cci_alloc(&a, 1, sizeof *store);
    if (!store)
        return cci_no_memory(error);
    store->allocator = a;
    store->backend = backend;
    store->read_only = options->read_only != 0;
    cocreate_status status = backend->open(&a, path, options, &store->self, error);
    if (status != COCREATE_OK) {
        cci_free(&a, store);
        return status;
    }
    if (options->secret) {
        memcpy(store->secret, options->secret, sizeof store->secret);
        store->has_secret = 1;
    }
    *out = store;
    return COCREATE_OK;
}

/* Written through volatile, so that it is not optimised away before the free. */
static void wipe(volatile uint8_t *bytes, size_t size)
{
    while (size > 0)
        bytes[--size] = 0;
}

void cocreate_store_close(cocreate_store *store)
{
    if (!store)
        return;
    if (store->detach)
        store->detach(store->above);
    if (store->in_batch)
        store->backend->rollback(store->self);
    store->backend->close(store->self);
    wipe(store->secret, sizeof store->secret);
    cocreate_allocator a = store->allocator;
    cci_free(&a, store);
}

cocreate_status cocreate_store_begin(cocreate_store *store, cocreate_error *error)
{
    assert(store);
    if (store->in_batch)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "a batch is open already");
    CCI_TRY(store->backend->begin(store->self, error));
    store->in_batch = 1;
    store->batches++;
    return COCREATE_OK;
}

static cocreate_status expect_batch(const cocreate_store *store, cocreate_error *error)
{
    if (store->in_batch)
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_ARGUMENT, "no batch is open");
}

cocreate_status cocreate_store_commit(cocreate_store *store, cocreate_error *error)
{
    assert(store);
    CCI_TRY(expect_batch(store, error));
    cocreate_status status = store->backend->commit(store->self, error);
    store->in_batch = 0;
    void (*told)(void *above) = status == COCREATE_OK ? store->committed : store->dropped;
    if (told)
        told(store->above);
    return status;
}

cocreate_status cocreate_store_rollback(cocreate_store *store, cocreate_error *error)
{
    assert(store);
    CCI_TRY(expect_batch(store, error));
    store->backend->rollback(store->self);
    store->in_batch = 0;
    if (store->dropped)
        store->dropped(store->above);
    return COCREATE_OK;
}

cocreate_status cocreate_store_info_get(cocreate_store *store, cocreate_store_info *out,
                                        cocreate_error *error)
{
    assert(store && out);
    if (out->size != sizeof *out)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "info: size is %zu, expected sizeof(cocreate_store_info) = %zu", out->size,
                        sizeof *out);
    cci_buffer head;
    cci_buffer_init(&head, &store->allocator);
    cocreate_status status = store->backend->get_head(store->self, &head, error);
    uint64_t events = 0, last_at = (uint64_t)INT64_MIN;
    if (status == COCREATE_OK && head.size > 0) {
        const uint8_t *start = (const uint8_t *)head.data;
        cci_cursor c = {start, start + head.size, start};
        if (!cci_read_le64(&c, &events) || !cci_read_le64(&c, &last_at))
            status = cci_fail(error, COCREATE_ERR_CORRUPT,
                              "the head has %zu bytes, expected %d or more", head.size,
                              CCI_HEAD_PREFIX);
    }
    cci_buffer_free(&head);
    CCI_TRY(status);
    *out = (cocreate_store_info){
        .size = sizeof *out,
        .format = CCI_STORE_FORMAT,
        .in_batch = store->in_batch,
        .events = events,
    };
    memcpy(&out->last_at, &last_at, sizeof last_at); /* two's complement, as int64_t is */
    return COCREATE_OK;
}

cocreate_status cocreate_store_backup(cocreate_store *store, const char *path,
                                      cocreate_error *error)
{
    assert(store && path);
    if (store->in_batch)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "a batch is open: commit it before a backup");
    if (path[0] == '\0' || strcmp(path, ":memory:") == 0)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "a backup needs the name of a file");
    if (!cci_utf8_valid(path, strlen(path)))
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "the path is not valid UTF-8");
    return store->backend->backup(store->self, path, error);
}
