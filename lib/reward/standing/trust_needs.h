/* What the trust levels of Discourse need, with its settings and their defaults. */
#ifndef CCI_REWARD_STANDING_TRUST_NEEDS_H
#define CCI_REWARD_STANDING_TRUST_NEEDS_H

#include "reward/recognition/events.h"

/* What is known of a person. The names are those of fact_table in trust_needs.c. */
typedef enum cci_fact {
    CCI_FACT_TOPICS,
    CCI_FACT_POSTS,
    CCI_FACT_MINUTES,
    CCI_FACT_DAYS,
    CCI_FACT_GIVEN,
    CCI_FACT_RECEIVED,
    CCI_FACT_REPLIED,
    CCI_FACT_PENALTIES,
    CCI_FACT_ACCOUNT, /* minutes since the account was made */
    CCI_FACT_PERIOD,  /* from here on: of the period */
    CCI_FACT_LATE_DAYS = CCI_FACT_PERIOD,
    CCI_FACT_LATE_REPLIED,
    CCI_FACT_LATE_TOPICS,
    CCI_FACT_LATE_POSTS,
    CCI_FACT_LATE_GIVEN,
    CCI_FACT_LATE_RECEIVED,
    CCI_FACT_LATE_USERS,
    CCI_FACT_LATE_LIKED_DAYS,
    CCI_FACT_FLAGGED,
    CCI_FACT_FLAGGERS,
    CCI_FACTS
} cci_fact;

/* Settings in the order of cci_trust_settings[], then what follows from them. */
typedef enum cci_limit {
    CCI_TL1_TOPICS,
    CCI_TL1_POSTS,
    CCI_TL1_MINUTES,
    CCI_TL2_TOPICS,
    CCI_TL2_POSTS,
    CCI_TL2_MINUTES,
    CCI_TL2_DAYS,
    CCI_TL2_RECEIVED,
    CCI_TL2_GIVEN,
    CCI_TL2_REPLIED,
    CCI_TL3_PERIOD,
    CCI_TL3_DAYS,
    CCI_TL3_REPLIED,
    CCI_TL3_TOPICS_PERCENT,
    CCI_TL3_TOPICS_CAP,
    CCI_TL3_POSTS_PERCENT,
    CCI_TL3_POSTS_CAP,
    CCI_TL3_TOPICS_EVER,
    CCI_TL3_POSTS_EVER,
    CCI_TL3_FLAGGED,
    CCI_TL3_GRACE,
    CCI_TL3_GIVEN,
    CCI_TL3_RECEIVED,
    CCI_TRUST_SETTINGS,
    CCI_LIMIT_TOPICS = CCI_TRUST_SETTINGS, /* of those that are new in the period */
    CCI_LIMIT_POSTS,
    CCI_LIMIT_USERS,
    CCI_LIMIT_LIKED_DAYS,
    CCI_LIMIT_NONE, /* 0 */
    CCI_LIMITS
} cci_limit;

typedef struct cci_trust_setting {
    const char *name;
    int64_t value, max;
} cci_trust_setting;
extern const cci_trust_setting cci_trust_settings[CCI_TRUST_SETTINGS];

/* Of a community in the period: what was new. */
typedef struct cci_trust_news {
    int64_t topics, posts;
} cci_trust_news;

typedef struct cci_need {
    int level; /* that has it */
    cci_fact fact;
    cci_limit limit;
    enum { CCI_NEED_ALWAYS, CCI_NEED_LOW, CCI_NEED_MOST } how; /* LOW: nine tenths keep the level */
} cci_need;

/* Needs of all levels; NULL past the end. */
const cci_need *cci_need_at(size_t index);

/* The limits that follow from the settings, behind them. Percentages are at most 100. */
void cci_trust_limits(int64_t limits[CCI_LIMITS], cci_trust_news news);

/* Read the facts of a row; what it does not tell is 0, and the account's age is INT64_MAX. */
cocreate_status cci_facts_read(const json_t *row, int64_t facts[CCI_FACTS], const cci_path *path,
                               cocreate_error *error);

/* Is a need met, to reach the level or to keep it? */
int cci_need_met(const cci_need *need, const int64_t *facts, const int64_t *limits, int keeping);

/* Trace all needs of a level, which are met, and say them. */
cocreate_status cci_trace_needs(cci_trace *t, int level, int keeping, const int64_t *facts,
                                const int64_t *limits, cci_trust_news news, cocreate_error *error);
/* Trace that a need is not met any more, and say so. */
cocreate_status cci_trace_lost(cci_trace *t, const cci_need *need, const int64_t *facts,
                               const int64_t *limits, cci_trust_news news, cocreate_error *error);

#endif
