/* How much of something one may do: "limits" of the brief.
 *
 * Works and replies have a row for each author with its instant, and are counted by looking at them.
 * Ballots stand in tables of their own without instants; where a brief limits them, what one voter used is
 * a row of CCI_KIND_USE, "limit \n index \n voter", and for limits per item "\n item" more. By the window
 * of the limit it is
 *     {"n"}             in the whole campaign
 *     {"from", "n"}     in the fixed window that begins there
 *     {"at": [..]}      the instants of the last rolling window, oldest first
 *     {"rounds": {..}}  how many stand in each round; only open rounds count */
#ifndef CCI_CAMPAIGN_LIMITS_H
#define CCI_CAMPAIGN_LIMITS_H

#include "campaign/engine.h"

/* Refuses a submission, work or reply, that is one too many for one of its authors. */
cocreate_status cci_limits_works(cci_engine *e, const cci_command *command, const json_t *data,
                                 cocreate_error *error);

/* Refuses the marks of a ballot that are one too many for the voter. `old` is what stands in its place, or
 * NULL: a ballot that replaces another is no further one. Call it only where the brief limits ballots. */
cocreate_status cci_limits_ballot(cci_engine *e, const cci_campaign *c, size_t round, const char *voter,
                                  const json_t *old, const json_t *marks, int64_t at,
                                  cocreate_error *error);

/* Refuses a flag that is one too many for its reporter. By apply: one was raised (1), or decided (-1). */
cocreate_status cci_limits_flag(cci_engine *e, const cci_campaign *c, const char *reporter, int64_t at,
                                cocreate_error *error);
cocreate_status cci_limits_flagged(cci_engine *e, const cci_event *event, const char *reporter, int by,
                                   cocreate_error *error);

/* How many votes of a voter a round needs to count them; 0 any. */
int64_t cci_limits_least(const cci_campaign *c, size_t round);

/* By apply: `marks` stand in the place of `old`; either may be NULL. Nothing where the brief limits no
 * ballots. */
cocreate_status cci_limits_voted(cci_engine *e, const cci_event *event, size_t round, const char *voter,
                                 const json_t *old, const json_t *marks, cocreate_error *error);

/* By apply: what a voter said of `from` is now said of `to`: with one ballot less where `fewer`, and
 * `gains` where nothing was said of `to` before. */
cocreate_status cci_limits_merged(cci_engine *e, const cci_event *event, size_t round, const char *voter,
                                  const char *from, const char *to, int fewer, int gains,
                                  cocreate_error *error);

/* "$.limits[index]: participant 'x' has 3 of at most 3 ballots in ...; the next from ..." `oldest` is the
 * first that counts, `until` the end of the fixed window. */
typedef struct cci_limit_use {
    const char *what, *who, *release; /* "contribution", "participant", "withdraw one first" */
    const char *category;             /* which it is about, or NULL */
    int64_t count, oldest, until;
} cci_limit_use;

cocreate_status cci_limit_refuse(const cci_campaign *c, size_t index, const char *person,
                                 const cci_limit_use *use, cocreate_error *error);

/* Whom a limit counts for: the participant, or with "per": {"attribute": ..} the value of the attribute that
 * the participant has now, as canonical JSON. Text owned by the caller; empty where there is no such
 * attribute, which cci_limit_held() refuses. */
cocreate_status cci_limit_holder(cci_engine *e, const cci_limit *limit, const char *person, cci_buffer *out,
                                 cocreate_error *error);
cocreate_status cci_limit_held(cci_engine *e, const cci_campaign *c, size_t index, const char *person,
                               cci_buffer *out, cocreate_error *error);

/* By apply: an author submitted a contribution. What limits per attribute count has a row of
 * CCI_KIND_HOLDER, `doc` {"at"}, under the value that the author has at this instant, so that whoever moves
 * on later leaves it there. */
cocreate_status cci_limits_submitted(cci_engine *e, const cci_event *event, const char *contribution,
                                     const char *author, const json_t *doc, cocreate_error *error);

/* Does the limit apply to this person now? */
cocreate_status cci_limit_applies(cci_engine *e, const cci_campaign *c, const cci_limit *limit,
                                  const char *person, int64_t at, int *applies, cocreate_error *error);

#endif
