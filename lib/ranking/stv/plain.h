/* The rules that differ only in quota, look-back and what a surplus does: one surplus or one
 * elimination a round. */
#ifndef CCI_RANKING_STV_PLAIN_H
#define CCI_RANKING_STV_PLAIN_H

#include "ranking/stv/count.h"

typedef struct cci_plain {
    cci_quota_kind quota;
    cci_look_back look;
    int batch; /* sure losers leave together, before any surplus passes on */
    cocreate_status (*pass_surplus)(cci_count *c, uint32_t candidate, cocreate_error *error);
} cci_plain;

/* Until the seats are filled: elect who reaches the quota; else pass on the largest surplus; else
 * eliminate the lowest. */
cocreate_status cci_plain_count(cci_count *c, const cci_plain *rule, cocreate_error *error);
/* The count is over: all seats are taken, or are now filled with those that are left. */
cocreate_status cci_plain_over(cci_count *c, int *out, cocreate_error *error);
/* Eliminate these together and pass their papers on, unless the seats can now be filled. */
cocreate_status cci_plain_eliminate(cci_count *c, const uint32_t *group, size_t n,
                                    cocreate_error *error);
/* The option "decimals": the number or CCI_EXACT. */
int cci_plain_decimals(const cci_option_value *value);

#define CCI_DECIMALS_OPTION(standard)                                                             \
    {                                                                                             \
        "decimals", CCI_OPTION_INTEGER, cci_exact_word, 0, 9, standard,                           \
            "the value of a paper is cut to so many decimals; exact: not at all"                  \
    }

extern const char *const cci_exact_word[];

#endif
