/* Briefs: what is accepted, with every default filled in, is accepted again unchanged. */
#include "fuzz.h"

#include "cocreate/campaign.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    cocreate_text *once = NULL, *twice = NULL;
    cocreate_error error = {0};
    cocreate_status status = cocreate_brief_check(NULL, (const char *)data, size, &once, &error);
    if (status != COCREATE_OK) {
        fuzz_check_failure(status, &error);
        return 0;
    }
    fuzz_holds(cocreate_brief_check(NULL, cocreate_text_data(once), cocreate_text_size(once),
                                    &twice, &error) == COCREATE_OK);
    fuzz_holds(fuzz_same_text(once, twice));
    cocreate_text_free(once);
    cocreate_text_free(twice);
    return 0;
}
