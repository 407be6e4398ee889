/* Journals: what decodes encodes to the same bytes. And a journal built of the input's bytes decodes
 * to itself, and with any byte changed is refused. */
#include "fuzz.h"

#include "cocreate/ledger.h"

static void decode(const char *text, size_t size)
{
    cocreate_ledger *ledger = NULL;
    cocreate_text *again = NULL;
    cocreate_error error = {0};
    cocreate_status status = cocreate_ledger_decode(NULL, text, size, &ledger, &error);
    if (status != COCREATE_OK) {
        fuzz_check_failure(status, &error);
        fuzz_holds(!ledger);
        return;
    }
    fuzz_holds(cocreate_ledger_encode(ledger, &again, &error) == COCREATE_OK);
    fuzz_holds(cocreate_text_size(again) == size &&
               memcmp(cocreate_text_data(again), text, size) == 0);
    cocreate_text_free(again);
    cocreate_ledger_free(ledger);
}

/* One byte, one entry: from and to, how much, and now and then a reversal. */
static void post(cocreate_ledger *ledger, size_t i, uint8_t byte)
{
    static const char *const names[] = {"sponsor:a", "escrow:a", "payable:b", "fees:c"};
    char key[32], earlier[32];
    cocreate_error error = {0};
    snprintf(key, sizeof key, "k%zu", i);
    snprintf(earlier, sizeof earlier, "k%zu", i - byte % (i + 1));
    const char *accounts[] = {names[byte & 3], names[(byte >> 2) & 3]};
    const char *currencies[] = {"EUR", "EUR"};
    const int64_t minor[] = {-1 - (byte >> 4), 1 + (byte >> 4)};
    cocreate_status status =
        (byte & 3) == ((byte >> 2) & 3)
            ? cocreate_ledger_reverse(ledger, earlier, key, (int64_t)i, NULL, &error)
            : cocreate_ledger_post(ledger, key, (int64_t)i, byte & 64 ? "memo" : NULL, accounts,
                                   currencies, minor, 2, &error);
    if (status < 0)
        fuzz_check_failure(status, &error);
}

static void build(const uint8_t *data, size_t size)
{
    cocreate_ledger *ledger = NULL, *other = NULL;
    cocreate_text *text = NULL;
    cocreate_error error = {0};
    fuzz_holds(cocreate_ledger_new(NULL, &ledger, &error) == COCREATE_OK);
    for (size_t i = 0; i < size && i < 40; i++)
        post(ledger, i, data[i]);
    fuzz_holds(cocreate_ledger_encode(ledger, &text, &error) == COCREATE_OK);
    size_t length = cocreate_text_size(text);
    decode(cocreate_text_data(text), length);
    if (length > 0) {
        size_t at = (data[0] * (size_t)251 + data[size - 1] * (size_t)7 + size) % length;
        char *changed = malloc(length);
        fuzz_holds(changed != NULL);
        memcpy(changed, cocreate_text_data(text), length);
        changed[at] = (char)(changed[at] ^ (1 << data[size / 2] % 8));
        fuzz_holds(cocreate_ledger_decode(NULL, changed, length, &other, &error) < 0);
        free(changed);
    }
    cocreate_text_free(text);
    cocreate_ledger_free(ledger);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    decode((const char *)data, size);
    build(data, size);
    return 0;
}
