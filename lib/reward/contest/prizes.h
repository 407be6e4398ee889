/* Prizes by place, and what is done about equal places: the kinds of rules that rank use it. */
#ifndef CCI_REWARD_CONTEST_PRIZES_H
#define CCI_REWARD_CONTEST_PRIZES_H

#include "reward/contest/tables.h"

typedef enum cci_tie_policy {
    CCI_TIE_POOL,
    CCI_TIE_EARLIER,
    CCI_TIE_LOT,
    CCI_TIE_HORT,
    CCI_TIE_SAME_PRIZE,
    CCI_TIE_NO_PRIZE /* none from the first tie on */
} cci_tie_policy;

typedef enum cci_on_vacant {
    CCI_VACANT_RETURN,    /* prizes that nobody takes stay in the fund */
    CCI_VACANT_ROLL_DOWN, /* winners share them in proportion to their prizes */
    CCI_VACANT_ROLL_OVER  /* as return; the host keeps them for the next campaign */
} cci_on_vacant;

/* What an entry must be worth to win. */
typedef struct cci_quality {
    cci_number least, quantile; /* missing: none */
    const char *benchmark;      /* an entry that is to be reached and wins nothing; or NULL */
} cci_quality;

typedef struct cci_prizes {
    int64_t *of; /* of[i] is that of place i + 1; never rises */
    size_t n;
    int ties, on_vacant;
    int best_only;
    int64_t max_awards; /* for CCI_TIE_SAME_PRIZE */
    int64_t purse;      /* of percents and tables; 0 for amounts */
    int digital_run;    /* the table is that of as many places as entries pass */
    cci_quality quality;
    cci_based_on based_on;
} cci_prizes;

extern const char *const cci_on_vacant_names[];

/* "quality" of a rule. */
cocreate_status cci_quality_parse(cocreate_scheme *scheme, const json_t *json, cci_quality *out,
                                  const cci_path *path, cocreate_error *error);

/* Keep the stands that are good enough, and give them places anew. Quantiles are those of all
 * stands: the smallest score that at least that part of them does not exceed. *needed is missing if
 * there is no bar. */
cocreate_status cci_quality_filter(cci_evaluation *e, const cci_rule *rule, const cci_quality *q,
                                   cci_stand *stands, size_t *n, cci_number *needed,
                                   cocreate_error *error);

/* Award the prizes of a rule. */
cocreate_status cci_prizes_pay(cci_evaluation *e, const cci_rule *rule, const cci_prizes *p,
                               cocreate_error *error);

#define CCI_PARAMETER_QUALITY                                                                 \
    {"quality", "object", 0,                                                                  \
     "{least, quantile, benchmark}: the score an entry needs to win; the part of the entries " \
     "it must not stay behind; an entry whose score it must reach"}

#endif
