/* Commands, one a line, on a store in memory. Each is done or refused with a reason, and a refused
 * one leaves no event. */
#include "fuzz.h"

#include "cocreate/campaign.h"
#include "cocreate/store.h"

static uint64_t events(cocreate_store *store)
{
    uint8_t root[32];
    uint64_t size = 0;
    fuzz_holds(cocreate_root(store, root, &size, NULL) == COCREATE_OK);
    return size;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    cocreate_store *store = NULL;
    fuzz_holds(cocreate_store_open(NULL, ":memory:", NULL, &store, NULL) == COCREATE_OK);
    const char *at = (const char *)data, *end = at + size;
    for (int line = 0; at < end && line < 100; line++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        if (!stop)
            stop = end;
        uint64_t before = events(store);
        cocreate_error error = {0};
        cocreate_status status =
            cocreate_execute(store, at, (size_t)(stop - at), NULL, &error);
        if (status < 0) {
            fuzz_check_failure(status, &error);
            fuzz_holds(events(store) == before);
        }
        at = stop < end ? stop + 1 : end;
    }
    cocreate_store_close(store);
    return 0;
}
