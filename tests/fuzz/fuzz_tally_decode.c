/* Decoding: the bytes as they are, and again with the digest set right, so that what lies behind it
 * is reached. What decodes must encode to the same bytes. */
#include "fuzz.h"

#include "cocreate/tally.h"

static void decode(const uint8_t *data, size_t size)
{
    fuzz_budget budget;
    fuzz_budget_init(&budget, 200 * size + 10000);
    cocreate_tally *limited = NULL, *tally = NULL;
    cocreate_error error = {0};
    cocreate_status status =
        cocreate_tally_decode(&budget.allocator, data, size, &limited, &error);
    fuzz_holds(budget.largest == 0);
    if (status != COCREATE_OK) {
        fuzz_check_failure(status, &error);
        fuzz_holds(error.where <= size);
        return;
    }
    cocreate_tally_free(limited);
    fuzz_holds(cocreate_tally_decode(NULL, data, size, &tally, &error) == COCREATE_OK);
    cocreate_text *text = NULL;
    fuzz_holds(cocreate_tally_encode(tally, &text, &error) == COCREATE_OK);
    fuzz_holds(cocreate_text_size(text) == size &&
               memcmp(cocreate_text_data(text), data, size) == 0);
    cocreate_text_free(text);
    cocreate_tally_free(tally);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    decode(data, size);
    uint8_t *sealed = malloc(size + 32);
    if (!sealed)
        return 0;
    if (size > 0)
        memcpy(sealed, data, size);
    cocreate_sha256(sealed, size, sealed + size);
    decode(sealed, size + 32);
    free(sealed);
    return 0;
}
