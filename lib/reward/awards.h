/* Awards as they are kept. */
#ifndef CCI_REWARD_AWARDS_H
#define CCI_REWARD_AWARDS_H

#include "reward/rule.h"

typedef struct cci_award {
    const cci_rule *rule; /* of the scheme: good while the evaluation runs */
    const char *kind;     /* "money", "points", or what is recognised, as "badge" */
    const char *detail;   /* canonical JSON of what is recognised; NULL for money and points */
    const char *currency; /* of money, or what points are called; NULL for recognition */
    int32_t exponent;
    const char *rule_id;
    char id[17];
    const char *to, *entry; /* entry: or another matter; NULL without one */
    const char *fund; /* NULL but for money */
    int64_t minor;
    const char *trace;
} cci_award;

struct cocreate_awards {
    cci_arena arena;
    cci_award *items;
    size_t n, capacity;
    const char *cuts; /* what guards cut: JSON without brackets, or NULL */
    const char *json;
    char digest[CCI_DIGEST_TEXT];
};

/* Set the JSON and its digest once all awards are there (awards.c). */
cocreate_status cci_awards_finish(cci_evaluation *e, cocreate_error *error);

#endif
