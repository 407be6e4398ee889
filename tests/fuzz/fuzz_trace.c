/* Traces: each gives an amount, always the same, or is refused; a refusal writes no amount. */
#include "fuzz.h"

#include "cocreate/reward.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    int64_t minor = 123456789, again = 0;
    cocreate_error error = {0};
    cocreate_status status = cocreate_trace_replay(text, size, &minor, &error);
    if (status != COCREATE_OK) {
        fuzz_check_failure(status, &error);
        fuzz_holds(minor == 123456789);
        return 0;
    }
    cocreate_text *canonical = NULL;
    fuzz_holds(cocreate_canonical_json(NULL, text, size, &canonical, &error) == COCREATE_OK);
    fuzz_holds(cocreate_trace_replay(cocreate_text_data(canonical), cocreate_text_size(canonical),
                                     &again, &error) == COCREATE_OK);
    fuzz_holds(minor == again);
    cocreate_text_free(canonical);
    return 0;
}
