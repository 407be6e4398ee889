/* Votes that equal ranks share: a ballot with k options in front gives each 1/k of its weight. */
#ifndef CCI_RANKING_SHARES_H
#define CCI_RANKING_SHARES_H

#include "ranking/method.h"

/* rows[k][o] is the weight of the ballots that option o shares with k - 1 others. No row is there
 * before it is needed, and no sum can overflow: each is part of the weight of all ballots. */
typedef struct cci_shares {
    cocreate_allocator allocator;
    size_t candidates;
    size_t widest;
    int64_t **rows;
} cci_shares;

/* On failure there is nothing to free; freeing a zeroed struct is a no-op. */
cocreate_status cci_shares_init(cci_shares *s, const cocreate_allocator *a, size_t candidates,
                                size_t widest, cocreate_error *error);
void cci_shares_free(cci_shares *s);
void cci_shares_clear(cci_shares *s);
/* The row for k, made if needed; NULL when memory is short. */
int64_t *cci_shares_row(cci_shares *s, size_t k);
/* Votes of an option; `sum` and `term` are initialised and clobbered. */
cocreate_status cci_shares_value(const cci_shares *s, uint32_t option, cci_rational *sum,
                                 cci_rational *term, cci_value *out, cocreate_error *error);
/* The weight that an option has alone or beside others, without parting it. */
int64_t cci_shares_whole(const cci_shares *s, uint32_t option);

#endif
