/* Adding, merging and taking out: whatever the ballots, a part taken out again leaves the same
 * bytes, and merging in either order gives the same bytes. The input is read as small ranks. */
#include "fuzz.h"

#include "cocreate/profile.h"

enum { OPTIONS = 5 };

static cocreate_profile *build(const uint8_t *data, size_t size)
{
    cocreate_profile *p = NULL;
    fuzz_holds(cocreate_profile_new(NULL, COCREATE_BALLOT_RANKING, OPTIONS, &p, NULL) ==
               COCREATE_OK);
    fuzz_holds(cocreate_profile_add_ranks(p, data, 1, size / OPTIONS, OPTIONS, NULL, NULL, NULL) ==
               COCREATE_OK);
    return p;
}

static cocreate_text *encode(const cocreate_profile *p)
{
    cocreate_text *text = NULL;
    fuzz_holds(cocreate_profile_encode(p, &text, NULL) == COCREATE_OK);
    return text;
}

/* One ballot at a time gives the same as the matrix. */
static void check_single(const uint8_t *data, size_t size, const cocreate_text *expected)
{
    cocreate_profile *p = build(data, 0);
    for (size_t row = 0; row < size / OPTIONS; row++) {
        uint32_t options[OPTIONS];
        int64_t ranks[OPTIONS];
        size_t n = 0;
        for (uint32_t i = OPTIONS; i-- > 0;)
            if (data[row * OPTIONS + i] != 0) {
                options[n] = i;
                ranks[n++] = data[row * OPTIONS + i];
            }
        fuzz_holds(cocreate_profile_add(p, options, ranks, n, 1, 1, NULL) == COCREATE_OK);
    }
    cocreate_text *text = encode(p);
    fuzz_holds(fuzz_same_text(text, expected));
    cocreate_text_free(text);
    cocreate_profile_free(p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t cut = size > 0 ? data[0] % size / OPTIONS * OPTIONS : 0;
    cocreate_profile *a = build(data, cut), *b = build(data + cut, size - cut);
    cocreate_profile *whole = build(data, size);
    cocreate_text *a_text = encode(a), *whole_text = encode(whole);
    check_single(data, size, whole_text);

    fuzz_holds(cocreate_profile_merge(a, b, NULL) == COCREATE_OK);
    cocreate_text *merged = encode(a);
    fuzz_holds(fuzz_same_text(merged, whole_text));
    fuzz_holds(cocreate_profile_subtract(a, b, NULL) == COCREATE_OK);
    cocreate_text *back = encode(a);
    fuzz_holds(fuzz_same_text(back, a_text));
    fuzz_holds(cocreate_profile_merge(b, a, NULL) == COCREATE_OK);
    cocreate_text *other_way = encode(b);
    fuzz_holds(fuzz_same_text(other_way, whole_text));

    cocreate_text_free(a_text);
    cocreate_text_free(whole_text);
    cocreate_text_free(merged);
    cocreate_text_free(back);
    cocreate_text_free(other_way);
    cocreate_profile_free(a);
    cocreate_profile_free(b);
    cocreate_profile_free(whole);
    return 0;
}
