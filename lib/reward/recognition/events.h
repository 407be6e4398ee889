/* Events: the list "events" of a result, what people did and when, and the guards against gaming. */
#ifndef CCI_REWARD_RECOGNITION_EVENTS_H
#define CCI_REWARD_RECOGNITION_EVENTS_H

#include "reward/section.h"
#include "reward/steps.h"

#define CCI_DAY_US INT64_C(86400000000)

typedef struct cci_deed {
    const char *id, *kind;
    const char *person;  /* who gains by it */
    const char *by;      /* who did it to them, or NULL */
    const char *subject; /* what it is about, or NULL */
    int64_t at;          /* microseconds since 1970 */
    int64_t day;         /* days since 1970 where the person was, or in the rule's zone */
    cci_number value;    /* how often it counts; 1 if the row does not say */
    const json_t *row;
    size_t index; /* in the list */
} cci_deed;

/* What does not count. */
typedef struct cci_guards {
    int self;                       /* what people do to themselves counts */
    int64_t pair_cap, pair_days;    /* of one to another, so many in so many days; 0: no cap */
    int64_t serial, serial_hours;   /* more of one to another in so many hours: none; 0: no limit */
    int64_t min_age_days;           /* of the account of who does it */
    const char *novice;             /* role of persons whose acts do not count, or NULL */
} cci_guards;

#define CCI_PARAMETER_GUARDS                                                                     \
    {"guards", "object", 0,                                                                      \
     "{self, pair_cap, pair_days, serial: {events, hours}, min_age_days, novice}: which events " \
     "do not count; by default those of people to themselves"}
#define CCI_PARAMETER_ZONE \
    {"zone", "offset", 0, "where days begin and end, as +02:00; by default Z"}
#define CCI_PARAMETER_OF                                                                      \
    {"of", "id", 0,                                                                           \
     "an earlier rule of points; by default the list \"totals\" of the result"}

cocreate_status cci_read_guards(cocreate_scheme *scheme, const json_t *json, cci_guards *out,
                                const cci_path *path, cocreate_error *error);

/* A member such as "+02:00" or "Z" as microseconds east of UTC; a missing one changes nothing. */
cocreate_status cci_read_zone(const json_t *json, int64_t *offset, const cci_path *path,
                              cocreate_error *error);

/* Events of eligible persons that are valid and pass the guards: by person, then day, time and id. A
 * row that is there twice counts once. */
cocreate_status cci_deeds_read(cci_evaluation *e, const cci_rule *rule, const cci_guards *guards,
                                int64_t zone, cci_deed **out, size_t *n, cocreate_error *error);

/* Drop deeds that the guards do not count; the others stand in any order. `by`, `person`, `at` and
 * `id` tell what the guards ask. */
cocreate_status cci_deeds_guard(cci_evaluation *e, const cci_rule *rule, const cci_guards *guards,
                                cci_deed *deeds, size_t *n, cocreate_error *error);

/* The number after the last event of the person of events[i]. */
size_t cci_deeds_of_person(const cci_deed *events, size_t n, size_t i);

/* Calendar periods. */
typedef enum cci_period { CCI_DAY, CCI_WEEK, CCI_MONTH, CCI_ALWAYS } cci_period;

/* Names in the order of cci_period, NULL-terminated. Weeks begin on Monday. */
extern const char *const cci_period_names[];
int64_t cci_period_of(cci_period period, int64_t day);
/* The day of an instant, `offset` microseconds east of UTC. */
int64_t cci_day_of(int64_t at, int64_t offset);

/* What somebody has in all. */
typedef struct cci_total {
    const char *person;
    cci_number points; /* missing: none */
    cci_number best;   /* the most they had; missing: not told */
    cci_time at;       /* when they reached it */
} cci_total;

/* Parameter "of": the id of an earlier rule of points, or NULL. */
cocreate_status cci_read_of(cocreate_scheme *scheme, const json_t *json, const cci_rule *rule,
                            const char **of, const cci_path *path, cocreate_error *error);
/* What eligible persons have by then, of that rule or by the list "totals"; by person. */
cocreate_status cci_totals_read(cci_evaluation *e, const cci_rule *rule, const char *of,
                                cci_total **out, size_t *n, cocreate_error *error);

/* Recognise with the trace so far, a sentence (NULL: it is there) and a detail written into `b`, which
 * is freed. */
cocreate_status cci_recognise_with(cci_evaluation *e, const cci_rule *rule, const char *person,
                                   const char *component, const char *say, cci_buffer *b,
                                   cocreate_error *error);
/* ,"key":"text" without the comma at the beginning of an object; nothing for NULL. */
void cci_detail_text(cci_buffer *b, const char *key, const char *text);
void cci_detail_integer(cci_buffer *b, const char *key, int64_t value);
void cci_detail_number(cci_buffer *b, const char *key, cci_number value);

/* An optional instant of the document, as "as_of"; unknown if it is missing. */
cocreate_status cci_document_time(const cci_evaluation *e, const char *key, cci_time *out,
                                  cocreate_error *error);
/* The same where the rule needs it. */
cocreate_status cci_need_time(const cci_evaluation *e, const cci_rule *rule, const char *key,
                              int64_t *out, cocreate_error *error);

/* a * b, a + b where 64 bits do; 0 else. */
int cci_number_mul(cci_number a, cci_number b, cci_number *out);
int cci_number_add(cci_number a, cci_number b, cci_number *out);
/* n points in units of the rule: COCREATE_ERR_SCHEMA where they are not whole. */
cocreate_status cci_points_minor(const cci_rule *rule, cci_number n, int64_t *minor,
                                 const cci_path *path, cocreate_error *error);

#endif
