/* Ranking where memory fails. */
#ifndef COCREATE_TESTS_RANKING_MEMORY_H
#define COCREATE_TESTS_RANKING_MEMORY_H

#include "ranking_ballots.h"

#include "failing_allocator.h"

/* Rank and explain with the n-th request refused, once or from then on, until none is: the same ranking or
 * COCREATE_ERR_MEMORY, nothing leaked, and the profile still ranks. It was made by `fa` and is freed. */
static inline void ranking_survives(failing_allocator *fa, cocreate_profile *p, const char *method,
                                    const char *options)
{
    cocreate_ranking *whole = rank(p, method, options);
    size_t live = fa->live;
    for (failing_mode mode = FAIL_ONCE; mode <= FAIL_FOREVER; mode++)
        for (size_t n = 0;; n++) {
            cocreate_ranking *r = NULL;
            cocreate_text *text = NULL;
            fa->requests = fa->refused = 0;
            fa->granted_first = n;
            fa->mode = mode;
            cocreate_status status = cocreate_rank(p, method, options, NULL, &r, &check_error);
            if (status == COCREATE_OK) {
                assert_string_equal(cocreate_ranking_json(r), cocreate_ranking_json(whole));
                if (cocreate_ranking_explain(r, &text, &check_error) == COCREATE_OK)
                    cocreate_text_free(text);
            } else {
                assert_int_equal(status, COCREATE_ERR_MEMORY);
                assert_null(r);
            }
            cocreate_ranking_free(r);
            assert_int_equal(fa->live, live);
            if (fa->refused == 0)
                break;
        }
    fa->granted_first = FAIL_NEVER;
    cocreate_ranking_free(whole);
    cocreate_profile_free(p);
    assert_int_equal(fa->live, 0);
}

#endif
