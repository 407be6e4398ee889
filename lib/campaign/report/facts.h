/* What reports know of a campaign, read once: its contributions, who is of which side, its edges. */
#ifndef CCI_CAMPAIGN_REPORT_FACTS_H
#define CCI_CAMPAIGN_REPORT_FACTS_H

#include "base/table.h"
#include "campaign/report/viewer.h"

/* A contribution. Works stand for themselves; replies (comments, reviews, answers) speak of others. */
typedef struct cci_work {
    const char *id;
    json_t *doc;
    const char *state, *kind;
    const char *author; /* the first */
    int64_t at;
    int is_reply, by_firm;
    int selected;    /* by the rounds that end the selection, or implemented since */
    int derived;     /* derives from, amends or combines others */
    int derived_from; /* another derives from it */
    int answered;    /* by the other side, with a reply */
    int rights;      /* granted, and not taken back */
} cci_work;

typedef struct cci_known {
    cci_engine *e;
    cci_campaign *c;
    const cci_viewer *viewer; /* to whom it is told; borrowed */
    int64_t as_of;
    json_t *sides; /* {participant: side} */
    cci_work *works; /* in order of id */
    size_t n_works, cap_works;
    cci_string_set ids;
    json_t *rounds; /* [{"id","lead","binding","in","out":[ids]}] of rounds that were certified */
    json_t *awards; /* rows */
} cci_known;

cocreate_status cci_known_read(cci_engine *e, cci_campaign *c, const cci_viewer *viewer, int64_t as_of,
                               cci_known *out, cocreate_error *error);
void cci_known_free(cci_known *f);

/* Of a contribution id, or NULL. */
cci_work *cci_known_work(const cci_known *f, const char *id);
/* "firm", "customer", "partner", "public", or "" for the platform itself and the unknown. */
const char *cci_known_side(const cci_known *f, const char *participant);
int cci_known_is_firm(const cci_known *f, const char *participant);

/* Every event of the campaign in order. */
typedef struct cci_seen_event {
    uint64_t seq;
    int64_t at;
    const char *actor, *type;
    const json_t *data;
} cci_seen_event;
typedef cocreate_status (*cci_event_reader)(void *user, const cci_seen_event *event, cocreate_error *error);
cocreate_status cci_known_events(const cci_known *f, cci_event_reader read, void *user,
                                 cocreate_error *error);

/* The contribution that the firm answers by this event, with a reply, an official answer, or a verdict with
 * its name under it; NULL where it answers none. */
const cci_work *cci_known_touched(const cci_known *f, const cci_seen_event *event);

/* Visit the participants of an "authors" member. */
const char *cci_author_at(const json_t *doc, size_t i);

/* ---- reports, one a file, and a line in report.c ---- */

/* Every report counts, and is for those who may see counts; some name people beside. */
#define CCI_REPORT_NAMES 1u   /* tells who wrote */
#define CCI_REPORT_BALLOTS 2u /* tells who voted */

typedef struct cci_report_type {
    const char *name, *title;
    cocreate_status (*make)(const cci_known *f, json_t *out, cocreate_error *error);
    unsigned tells; /* bits as above */
} cci_report_type;

extern const cci_report_type cci_report_funnel, cci_report_form, cci_report_we, cci_report_roles,
    cci_report_listening, cci_report_touch, cci_report_fairness, cci_report_channels, cci_report_duplicates,
    cci_report_lockstep;

/* ---- writing ---- */

/* Members of a document. Steals `value`; remembers the first failure in *ok. */
void cci_report_put(int *ok, json_t *object, const char *key, json_t *value);
void cci_report_count(int *ok, json_t *object, const char *key, int64_t n);
/* Sort, and the least of n > 0 sorted values that at least q percent of them do not exceed (nearest rank). */
void cci_report_sort(int64_t *values, size_t n);
int64_t cci_report_percentile(const int64_t *sorted, size_t n, size_t q);
/* "num/den" in lowest terms; nothing where den is 0. Neither is negative. */
void cci_report_ratio(int *ok, json_t *object, const char *key, int64_t num, int64_t den);

#endif
