/* Reward schemes and results: the input is a scheme, then (behind the first NUL) a result. What is
 * accepted is canonical: its own JSON is the same scheme again. One seed a kind of rule. */
#include "fuzz_awards.h"

static void evaluate(const cocreate_scheme *scheme, const char *result, size_t size)
{
    static const uint8_t seed[32] = {1};
    cocreate_awards *awards = NULL;
    cocreate_error error = {0};
    cocreate_status status =
        cocreate_reward(scheme, result, size, seed, &awards, &error);
    if (status == COCREATE_OK)
        fuzz_check_awards(awards);
    else
        fuzz_check_failure(status, &error);
    cocreate_awards_free(awards);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    const char *cut = size > 0 ? memchr(text, 0, size) : NULL;
    size_t scheme_size = cut ? (size_t)(cut - text) : size;
    cocreate_scheme *scheme = NULL, *again = NULL;
    cocreate_error error = {0};
    cocreate_status status = cocreate_scheme_parse(NULL, text, scheme_size, &scheme, &error);
    if (status != COCREATE_OK) {
        fuzz_check_failure(status, &error);
        return 0;
    }
    const char *json = cocreate_scheme_json(scheme);
    fuzz_holds(cocreate_scheme_parse(NULL, json, strlen(json), &again, &error) == COCREATE_OK);
    fuzz_holds(strcmp(cocreate_scheme_digest(scheme), cocreate_scheme_digest(again)) == 0);
    cocreate_text *liability = NULL;
    status = cocreate_scheme_liability(scheme, &liability, &error);
    if (status != COCREATE_OK)
        fuzz_check_failure(status, &error);
    cocreate_text_free(liability);
    if (cut)
        evaluate(scheme, cut + 1, size - scheme_size - 1);
    cocreate_scheme_free(scheme);
    cocreate_scheme_free(again);
    return 0;
}
