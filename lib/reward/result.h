/* A closed result as the rules see it: entries in ascending order of their ids, so that the order of
 * the document can never show. Strings are borrowed from the document. */
#ifndef CCI_REWARD_RESULT_H
#define CCI_REWARD_RESULT_H

#include "base/time.h"
#include "reward/arena.h"
#include "reward/number.h"

/* What an entry may be measured by. CCI_METRIC_SELECTED is a mark, not a number. */
typedef enum cci_metric {
    CCI_METRIC_SCORE,
    CCI_METRIC_VOTES,
    CCI_METRIC_POINTS,
    CCI_METRIC_SUPPORTERS,
    CCI_METRIC_COUNT,
    CCI_METRIC_SELECTED = CCI_METRIC_COUNT
} cci_metric;

/* Names in the order of cci_metric, "selected" last, NULL-terminated. */
extern const char *const cci_metric_names[];

/* Members of an entry that are read only where a rule needs them. */
enum {
    CCI_NEED_METRIC = 1, /* shifted by the metric */
    CCI_NEED_COST = 1 << 8,
    CCI_NEED_REACHED_AT = 1 << 9,
    CCI_NEED_ENTRIES = 1 << 10 /* a result without entries is refused */
};

typedef struct cci_member {
    const char *id;
    cci_number share;  /* missing: none was declared */
    cci_number weight; /* may be missing */
    int leader;
} cci_member;

typedef struct cci_time {
    int64_t at;
    int known;
} cci_time;

typedef struct cci_entry {
    const char *id;
    const char *owner; /* or NULL */
    const char *status;
    cci_member *team; /* in ascending order of the ids; NULL without one */
    size_t n_team;
    const char **roles;
    size_t n_roles;
    cci_number metrics[CCI_METRIC_COUNT];
    cci_number cost; /* in major units */
    int64_t rank;    /* 0: none */
    cci_time submitted, reached;
    int selected;
    size_t index;   /* in the document */
    uint32_t level; /* equal levels are tied; 0 is best */
} cci_entry;

/* One of "persons": who may receive anything, where the result lists them. */
typedef struct cci_person {
    const char *id;
    const char **roles;
    size_t n_roles;
    const json_t *facts; /* the row, for what a rule asks of it */
    size_t index;
} cci_person;

typedef struct cci_result {
    const char *list; /* "entries" or "places": where the entries stand in the document */
    cci_entry *entries;
    size_t n;
    const cci_entry **by_level; /* best first, equal ones in order of their ids */
    const cci_entry **by_time;  /* best first, equal ones by time (unknown last), then ids */
    const cci_person *persons; /* in ascending order of their ids */
    size_t n_persons;
    int has_persons; /* the result lists them, even if it lists none */
} cci_result;

/* Read a result. `needs` is a set of CCI_NEED_*. Arrays are of `arena`. */
cocreate_status cci_result_read(cci_arena *arena, const json_t *json, unsigned needs,
                                cci_result *out, cocreate_error *error);

/* The entry, the person of that id, or NULL. O(log n). */
cci_entry *cci_result_find(const cci_result *result, const char *id);
const cci_person *cci_result_person(const cci_result *result, const char *id);

/* Microseconds since 1970, or a time as text; unknown if it is missing. */
cocreate_status cci_result_time(const json_t *json, const char *key, cci_time *out,
                                const cci_path *path, cocreate_error *error);
/* "role": one, "roles": a list. */
cocreate_status cci_result_roles(cci_arena *arena, const json_t *json, const char ***roles,
                                 size_t *n, const cci_path *path, cocreate_error *error);
/* Read "persons" (persons.c). */
cocreate_status cci_result_persons(cci_arena *arena, const json_t *json, cci_result *result,
                                   cocreate_error *error);

/* Where an entry stands in the document: $.entries[3]. */
typedef struct cci_entry_path {
    cci_path root, list, entry;
} cci_entry_path;
const cci_path *cci_result_path(const cci_result *result, const cci_entry *entry,
                                cci_entry_path *out);

/* Order n entries by descending number, missing last, then by id. */
typedef struct cci_keyed {
    cci_number key;
    const cci_entry *entry;
} cci_keyed;
void cci_keyed_sort(cci_keyed *items, size_t n);

#endif
