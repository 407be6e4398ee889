#include "reward/standing/trust_needs.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const cci_trust_setting cci_trust_settings[CCI_TRUST_SETTINGS] = {
    [CCI_TL1_TOPICS] = {"tl1_requires_topics_entered", 5, 1000000000},
    [CCI_TL1_POSTS] = {"tl1_requires_read_posts", 30, 1000000000},
    [CCI_TL1_MINUTES] = {"tl1_requires_time_spent_mins", 10, 1000000000},
    [CCI_TL2_TOPICS] = {"tl2_requires_topics_entered", 20, 1000000000},
    [CCI_TL2_POSTS] = {"tl2_requires_read_posts", 100, 1000000000},
    [CCI_TL2_MINUTES] = {"tl2_requires_time_spent_mins", 60, 1000000000},
    [CCI_TL2_DAYS] = {"tl2_requires_days_visited", 15, 1000000000},
    [CCI_TL2_RECEIVED] = {"tl2_requires_likes_received", 1, 1000000000},
    [CCI_TL2_GIVEN] = {"tl2_requires_likes_given", 1, 1000000000},
    [CCI_TL2_REPLIED] = {"tl2_requires_topic_reply_count", 3, 1000000000},
    [CCI_TL3_PERIOD] = {"tl3_time_period", 100, 1000000},
    [CCI_TL3_DAYS] = {"tl3_requires_days_visited", 50, 1000000000},
    [CCI_TL3_REPLIED] = {"tl3_requires_topics_replied_to", 10, 1000000000},
    [CCI_TL3_TOPICS_PERCENT] = {"tl3_requires_topics_viewed", 25, 100},
    [CCI_TL3_TOPICS_CAP] = {"tl3_requires_topics_viewed_cap", 500, 1000000000},
    [CCI_TL3_POSTS_PERCENT] = {"tl3_requires_posts_read", 25, 100},
    [CCI_TL3_POSTS_CAP] = {"tl3_requires_posts_read_cap", 20000, 1000000000},
    [CCI_TL3_TOPICS_EVER] = {"tl3_requires_topics_viewed_all_time", 200, 1000000000},
    [CCI_TL3_POSTS_EVER] = {"tl3_requires_posts_read_all_time", 500, 1000000000},
    [CCI_TL3_FLAGGED] = {"tl3_requires_max_flagged", 5, 1000000000},
    [CCI_TL3_GRACE] = {"tl3_promotion_min_duration", 14, 1000000},
    [CCI_TL3_GIVEN] = {"tl3_requires_likes_given", 30, 1000000000},
    [CCI_TL3_RECEIVED] = {"tl3_requires_likes_received", 20, 1000000000},
};

/* Names of a fact in rows and in traces. */
#define FACT(key, name) {key, name, name " needed", name " to keep", name " allowed"}
static const struct {
    const char *key, *name, *needed, *to_keep, *allowed;
} fact_table[CCI_FACTS] = {
    [CCI_FACT_TOPICS] = FACT("topics_entered", "topics entered"),
    [CCI_FACT_POSTS] = FACT("posts_read", "posts read"),
    [CCI_FACT_MINUTES] = FACT("minutes_read", "minutes read"),
    [CCI_FACT_DAYS] = FACT("days_visited", "days visited"),
    [CCI_FACT_GIVEN] = FACT("likes_given", "likes given"),
    [CCI_FACT_RECEIVED] = FACT("likes_received", "likes received"),
    [CCI_FACT_REPLIED] = FACT("topics_replied", "topics replied to"),
    [CCI_FACT_PENALTIES] = FACT("penalties", "penalties"),
    [CCI_FACT_ACCOUNT] = FACT("created_at", "minutes of membership"),
    [CCI_FACT_LATE_DAYS] = FACT("days_visited", "days visited lately"),
    [CCI_FACT_LATE_REPLIED] = FACT("topics_replied", "topics lately replied to"),
    [CCI_FACT_LATE_TOPICS] = FACT("topics_viewed", "topics viewed lately"),
    [CCI_FACT_LATE_POSTS] = FACT("posts_read", "posts read lately"),
    [CCI_FACT_LATE_GIVEN] = FACT("likes_given", "likes given lately"),
    [CCI_FACT_LATE_RECEIVED] = FACT("likes_received", "likes received lately"),
    [CCI_FACT_LATE_USERS] = FACT("likes_received_users", "people who liked"),
    [CCI_FACT_LATE_LIKED_DAYS] = FACT("likes_received_days", "days with likes"),
    [CCI_FACT_FLAGGED] = FACT("flagged_posts", "flagged posts"),
    [CCI_FACT_FLAGGERS] = FACT("flagged_by", "people who flagged"),
};

static const cci_need needs[] = {
    {1, CCI_FACT_TOPICS, CCI_TL1_TOPICS, CCI_NEED_ALWAYS},
    {1, CCI_FACT_POSTS, CCI_TL1_POSTS, CCI_NEED_ALWAYS},
    {1, CCI_FACT_MINUTES, CCI_TL1_MINUTES, CCI_NEED_ALWAYS},
    {1, CCI_FACT_ACCOUNT, CCI_TL1_MINUTES, CCI_NEED_ALWAYS},
    {2, CCI_FACT_TOPICS, CCI_TL2_TOPICS, CCI_NEED_ALWAYS},
    {2, CCI_FACT_POSTS, CCI_TL2_POSTS, CCI_NEED_ALWAYS},
    {2, CCI_FACT_MINUTES, CCI_TL2_MINUTES, CCI_NEED_ALWAYS},
    {2, CCI_FACT_ACCOUNT, CCI_TL2_MINUTES, CCI_NEED_ALWAYS},
    {2, CCI_FACT_DAYS, CCI_TL2_DAYS, CCI_NEED_ALWAYS},
    {2, CCI_FACT_RECEIVED, CCI_TL2_RECEIVED, CCI_NEED_ALWAYS},
    {2, CCI_FACT_GIVEN, CCI_TL2_GIVEN, CCI_NEED_ALWAYS},
    {2, CCI_FACT_REPLIED, CCI_TL2_REPLIED, CCI_NEED_ALWAYS},
    {3, CCI_FACT_PENALTIES, CCI_LIMIT_NONE, CCI_NEED_MOST},
    {3, CCI_FACT_LATE_DAYS, CCI_TL3_DAYS, CCI_NEED_LOW},
    {3, CCI_FACT_LATE_REPLIED, CCI_TL3_REPLIED, CCI_NEED_LOW},
    {3, CCI_FACT_LATE_TOPICS, CCI_LIMIT_TOPICS, CCI_NEED_LOW},
    {3, CCI_FACT_LATE_POSTS, CCI_LIMIT_POSTS, CCI_NEED_LOW},
    {3, CCI_FACT_FLAGGED, CCI_TL3_FLAGGED, CCI_NEED_MOST},
    {3, CCI_FACT_FLAGGERS, CCI_TL3_FLAGGED, CCI_NEED_MOST},
    {3, CCI_FACT_TOPICS, CCI_TL3_TOPICS_EVER, CCI_NEED_ALWAYS},
    {3, CCI_FACT_POSTS, CCI_TL3_POSTS_EVER, CCI_NEED_ALWAYS},
    {3, CCI_FACT_LATE_GIVEN, CCI_TL3_GIVEN, CCI_NEED_LOW},
    {3, CCI_FACT_LATE_RECEIVED, CCI_TL3_RECEIVED, CCI_NEED_LOW},
    {3, CCI_FACT_LATE_USERS, CCI_LIMIT_USERS, CCI_NEED_LOW},
    {3, CCI_FACT_LATE_LIKED_DAYS, CCI_LIMIT_LIKED_DAYS, CCI_NEED_LOW},
};

const cci_need *cci_need_at(size_t index)
{
    return index < sizeof needs / sizeof needs[0] ? &needs[index] : NULL;
}

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

void cci_trust_limits(int64_t limits[CCI_LIMITS], cci_trust_news news)
{
    int64_t received = limits[CCI_TL3_RECEIVED];
    limits[CCI_LIMIT_TOPICS] = smaller((news.topics * limits[CCI_TL3_TOPICS_PERCENT] + 50) / 100,
                                       limits[CCI_TL3_TOPICS_CAP]);
    limits[CCI_LIMIT_POSTS] = smaller((news.posts * limits[CCI_TL3_POSTS_PERCENT] + 50) / 100,
                                      limits[CCI_TL3_POSTS_CAP]);
    limits[CCI_LIMIT_USERS] = (received + 3) / 4;
    limits[CCI_LIMIT_LIKED_DAYS] =
        smaller((received + 2) / 3, (3 * limits[CCI_TL3_PERIOD] + 3) / 4);
    limits[CCI_LIMIT_NONE] = 0;
}

cocreate_status cci_facts_read(const json_t *row, int64_t facts[CCI_FACTS], const cci_path *path,
                               cocreate_error *error)
{
    const char *keys[CCI_FACTS - CCI_FACT_PERIOD + 1] = {NULL};
    cci_path period_at = cci_path_key(path, "period");
    json_t *period;
    CCI_TRY(cci_json_get_object_opt(row, "period", &period, path, error));
    for (int i = CCI_FACT_PERIOD; i < CCI_FACTS; i++)
        keys[i - CCI_FACT_PERIOD] = fact_table[i].key;
    if (period != NULL)
        CCI_TRY(cci_json_keys(period, keys, &period_at, error));
    for (int i = 0; i < CCI_FACTS; i++) {
        int late = i >= CCI_FACT_PERIOD;
        facts[i] = i == CCI_FACT_ACCOUNT ? INT64_MAX : 0;
        if (i != CCI_FACT_ACCOUNT && (period != NULL || !late))
            CCI_TRY(cci_json_i64_opt(late ? period : row, fact_table[i].key, 0, 1000000000, &facts[i],
                                     late ? &period_at : path, error));
    }
    return COCREATE_OK;
}

int cci_need_met(const cci_need *need, const int64_t *facts, const int64_t *limits, int keeping)
{
    int64_t fact = facts[need->fact], limit = limits[need->limit];
    if (need->how == CCI_NEED_MOST)
        return fact <= limit;
    if (need->how == CCI_NEED_LOW && keeping)
        return 10 * fact >= 9 * limit;
    return fact >= limit;
}

/* -- Traces ----------------------------------------------------------------------------------- */

#define CALC(name, operation, ...) \
    CCI_TRY(cci_trace_calc(t, name, CCI_UNIT_NONE, operation, CCI_ARGS(__VA_ARGS__), error))

/* Of what is new in the period, so many percent, rounded, at most the cap. */
static cocreate_status trace_percent(cci_trace *t, int posts, const char *needed,
                                     const int64_t *limits, cci_trust_news news,
                                     cocreate_error *error)
{
    static const char *const names[2][3] = {{"new topics", "part of topics", "rounded topics"},
                                            {"new posts", "part of posts", "rounded posts"}};
    char percent[32], cap[32];
    const char *const *name = names[posts];
    snprintf(percent, sizeof percent, "%" PRId64 "/100",
             limits[posts ? CCI_TL3_POSTS_PERCENT : CCI_TL3_TOPICS_PERCENT]);
    snprintf(cap, sizeof cap, "%" PRId64, limits[posts ? CCI_TL3_POSTS_CAP : CCI_TL3_TOPICS_CAP]);
    CCI_TRY(cci_trace_integer(t, name[0], CCI_UNIT_NONE, posts ? news.posts : news.topics, error));
    CALC(name[1], "product", name[0], percent);
    CALC(name[2], "half_up", name[1]);
    CALC(needed, "minimum", name[2], cap);
    return COCREATE_OK;
}

/* A quarter of the likes, as people; a third, as days, but not more than most of the period. */
static cocreate_status trace_diversity(cci_trace *t, int days, const char *needed,
                                       const int64_t *limits, cocreate_error *error)
{
    char likes[32], period[32];
    snprintf(likes, sizeof likes, "%" PRId64, limits[CCI_TL3_RECEIVED]);
    snprintf(period, sizeof period, "%" PRId64, limits[CCI_TL3_PERIOD]);
    if (!days) {
        CALC("a quarter of the likes", "quotient", likes, "4");
        CALC(needed, "ceil", "a quarter of the likes");
        return COCREATE_OK;
    }
    CALC("a third of the likes", "quotient", likes, "3");
    CALC("whole third", "ceil", "a third of the likes");
    CALC("most of the period", "product", period, "0.75");
    CALC("most days", "ceil", "most of the period");
    CALC(needed, "minimum", "whole third", "most days");
    return COCREATE_OK;
}

/* The fact and what it is held against; `bound` is the name of that. */
static cocreate_status trace_need(cci_trace *t, const cci_need *need, int keeping,
                                  const int64_t *facts, const int64_t *limits, cci_trust_news news,
                                  const char **bound, cocreate_error *error)
{
    const char *needed = need->how == CCI_NEED_MOST ? fact_table[need->fact].allowed
                                                    : fact_table[need->fact].needed;
    CCI_TRY(cci_trace_integer(t, fact_table[need->fact].name, CCI_UNIT_NONE, facts[need->fact], error));
    if (need->limit == CCI_LIMIT_TOPICS || need->limit == CCI_LIMIT_POSTS)
        CCI_TRY(trace_percent(t, need->limit == CCI_LIMIT_POSTS, needed, limits, news, error));
    else if (need->limit == CCI_LIMIT_USERS || need->limit == CCI_LIMIT_LIKED_DAYS)
        CCI_TRY(trace_diversity(t, need->limit == CCI_LIMIT_LIKED_DAYS, needed, limits, error));
    else
        CCI_TRY(cci_trace_integer(t, needed, CCI_UNIT_NONE, limits[need->limit], error));
    *bound = needed;
    if (!keeping || need->how != CCI_NEED_LOW)
        return COCREATE_OK;
    *bound = fact_table[need->fact].to_keep;
    CALC(*bound, "product", needed, "0.9");
    return COCREATE_OK;
}

cocreate_status cci_trace_needs(cci_trace *t, int level, int keeping, const int64_t *facts,
                                const int64_t *limits, cci_trust_news news, cocreate_error *error)
{
    char text[2048];
    size_t used = (size_t)snprintf(text, sizeof text, keeping ? "Level %d stays:" : "Level %d:", level);
    const char *bound = NULL, *comma = "";
    const cci_need *need;
    for (size_t i = 0; (need = cci_need_at(i)) != NULL; i++) {
        int most = need->how == CCI_NEED_MOST;
        const char *name = fact_table[need->fact].name;
        if (need->level != level || facts[need->fact] == INT64_MAX)
            continue;
        CCI_TRY(trace_need(t, need, keeping, facts, limits, news, &bound, error));
        CCI_TRY(cci_trace_check(t, name, most ? "at_most" : "at_least", bound, error));
        used += (size_t)snprintf(text + used, sizeof text - used, "%s {%s} %s (%s {%s})", comma, name,
                                 name, most ? "at most" : "at least", bound);
        comma = ",";
    }
    snprintf(text + used, sizeof text - used, ".");
    cci_trace_say(t, text);
    return COCREATE_OK;
}

cocreate_status cci_trace_lost(cci_trace *t, const cci_need *need, const int64_t *facts,
                               const int64_t *limits, cci_trust_news news, cocreate_error *error)
{
    char text[256];
    const char *bound = NULL, *name = fact_table[need->fact].name;
    int most = need->how == CCI_NEED_MOST;
    CCI_TRY(trace_need(t, need, 1, facts, limits, news, &bound, error));
    CCI_TRY(cci_trace_check(t, name, most ? "more" : "less", bound, error));
    snprintf(text, sizeof text, "Level %d, no longer %d: {%s} %s, where {%s} %s.", need->level - 1,
             need->level, name, name, bound, most ? "at most would keep it" : "would keep it");
    cci_trace_say(t, text);
    return COCREATE_OK;
}
