/* What holds of awards, whatever scheme and result they come from. */
#ifndef COCREATE_TESTS_FUZZ_AWARDS_H
#define COCREATE_TESTS_FUZZ_AWARDS_H

#include "fuzz.h"

#include "cocreate/reward.h"

/* Every award can be told, its amount follows from its own trace, nothing is paid below 0, and the
 * document is canonical. Returns the sum of all money. */
static inline int64_t fuzz_check_awards(const cocreate_awards *awards)
{
    int64_t sum = 0;
    cocreate_error error = {0};
    for (size_t i = 0; i < cocreate_awards_count(awards); i++) {
        cocreate_award award = {.size = sizeof award};
        cocreate_text *text = NULL;
        int64_t minor = 0;
        fuzz_holds(cocreate_awards_at(awards, i, &award, &error) == COCREATE_OK);
        fuzz_holds(cocreate_awards_explain(awards, i, &text, &error) == COCREATE_OK);
        cocreate_text_free(text);
        fuzz_holds(cocreate_trace_replay(award.trace, strlen(award.trace), &minor, &error) ==
                   COCREATE_OK);
        fuzz_holds(minor == award.minor);
        if (strcmp(award.kind, "money") != 0)
            continue;
        fuzz_holds(minor > 0);
        sum += minor;
    }
    const char *json = cocreate_awards_json(awards);
    cocreate_text *canonical = NULL;
    fuzz_holds(cocreate_canonical_json(NULL, json, strlen(json), &canonical, &error) ==
               COCREATE_OK);
    fuzz_holds(strcmp(cocreate_text_data(canonical), json) == 0);
    cocreate_text_free(canonical);
    return sum;
}

#endif
