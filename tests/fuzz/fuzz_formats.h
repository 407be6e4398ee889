/* The property of every reader: it gives a profile that survives writing and encoding, or a
 * described failure at a line of the input; and memory in proportion to the input. */
#ifndef COCREATE_TESTS_FUZZ_FORMATS_H
#define COCREATE_TESTS_FUZZ_FORMATS_H

#include "fuzz.h"

#include "cocreate/formats.h"

static inline void fuzz_round_trip(cocreate_profile *profile, const char *format, int32_t kind,
                                   const cocreate_read_limits *limits)
{
    cocreate_text *file = NULL, *before = NULL, *after = NULL;
    cocreate_profile *again = NULL;
    cocreate_error error = {0};
    fuzz_holds(cocreate_profile_sort(profile, &error) == COCREATE_OK);
    cocreate_status status = cocreate_profile_write(profile, format, &file, &error);
    if (status != COCREATE_OK) {
        fuzz_check_failure(status, &error);
        fuzz_holds(status == COCREATE_ERR_ARGUMENT);
        return;
    }
    fuzz_holds(cocreate_profile_read(NULL, format, cocreate_text_data(file),
                                     cocreate_text_size(file), kind, limits, NULL, &again,
                                     &error) == COCREATE_OK);
    fuzz_holds(cocreate_profile_encode(profile, &before, &error) == COCREATE_OK);
    fuzz_holds(cocreate_profile_encode(again, &after, &error) == COCREATE_OK);
    fuzz_holds(fuzz_same_text(before, after));
    cocreate_profile_free(again);
    cocreate_text_free(file);
    cocreate_text_free(before);
    cocreate_text_free(after);
}

/* The profile of an input that reads, or NULL. */
static inline cocreate_profile *fuzz_read_ruled(const char *format, const uint8_t *data,
                                                size_t size, int32_t kind, const char *rules)
{
    cocreate_read_limits limits;
    cocreate_read_limits_init(&limits);
    limits.rules = rules;
    fuzz_budget budget;
    fuzz_budget_init(&budget, 1000 * size + 100000);
    cocreate_profile *limited = NULL, *profile = NULL;
    cocreate_error error = {0};
    cocreate_status status = cocreate_profile_read(&budget.allocator, format, data, size, kind,
                                                   &limits, NULL, &limited, &error);
    if (budget.largest != 0)
        fprintf(stderr, "a request of %zu bytes for an input of %zu\n", budget.largest, size);
    fuzz_holds(budget.largest == 0);
    if (status != COCREATE_OK) {
        fuzz_check_failure(status, &error);
        fuzz_holds(error.where <= size + 1);
        return NULL;
    }
    cocreate_profile_free(limited);
    fuzz_holds(cocreate_profile_read(NULL, format, data, size, kind, &limits, NULL, &profile,
                                     &error) == COCREATE_OK);
    return profile;
}

static inline void fuzz_read(const char *format, const uint8_t *data, size_t size, int32_t kind)
{
    cocreate_profile *profile = fuzz_read_ruled(format, data, size, kind, NULL);
    if (profile)
        fuzz_round_trip(profile, format, kind, NULL);
    cocreate_profile_free(profile);
}

#endif
