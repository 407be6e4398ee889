/* From the standings of a run to an immutable ranking. */
#ifndef CCI_RANKING_RESULT_H
#define CCI_RANKING_RESULT_H

#include "ranking/method.h"

/* What a reader of a ranking asks for, in order of places. */
struct cci_result_place {
    uint32_t candidate;
    uint64_t from, to;
    double score;
    int has_score;
    size_t exact; /* offset into `exact` */
    size_t said;  /* the same as people write it */
};

struct cocreate_ranking {
    cocreate_allocator allocator;
    cci_roster roster;
    struct cci_result_place *places;
    cci_buffer exact;  /* NUL-terminated numbers */
    size_t *winners;   /* indices into places */
    size_t winner_count;
    cci_buffer json;
    char digest[72];
    cci_buffer sentences; /* of the method, then of the ties */
};

/* Fill the ranking of a finished run. On failure `r` is left to cocreate_ranking_free(). */
cocreate_status cci_result_build(cci_run *run, cocreate_ranking *r, cocreate_error *error);

#endif
