/* Readers of briefs: strict, and writing every default into the document they read. */
#ifndef CCI_CAMPAIGN_BRIEF_READ_H
#define CCI_CAMPAIGN_BRIEF_READ_H

#include "campaign/brief.h"

/* An object with these members (NULL-ended) and no others, none of them null. */
cocreate_status cci_brief_object(const json_t *json, const char *const *keys, const cci_path *path,
                                 cocreate_error *error);

/* An optional member with a default, which is put into `json` when it is missing. */
cocreate_status cci_brief_bool(json_t *json, const char *key, int standard, int *out,
                               const cci_path *path, cocreate_error *error);
cocreate_status cci_brief_i64(json_t *json, const char *key, int64_t min, int64_t max,
                              int64_t standard, int64_t *out, const cci_path *path,
                              cocreate_error *error);
cocreate_status cci_brief_choice(json_t *json, const char *key, const char *const *choices,
                                 int standard, int *out, const cci_path *path,
                                 cocreate_error *error);
/* A list of words, each at most once, as bits: word i is 1 << i. `standard` 0: required. */
cocreate_status cci_brief_words(json_t *json, const char *key, const char *const *words,
                                unsigned standard, unsigned *out, const cci_path *path,
                                cocreate_error *error);
/* A pair of integers [least, most], min <= least <= most <= max. */
cocreate_status cci_brief_range(json_t *json, const char *key, int64_t min, int64_t max,
                                int64_t standard_least, int64_t standard_most, int64_t *least,
                                int64_t *most, const cci_path *path, cocreate_error *error);
/* An optional list, [] by default, of at most `max` items; *items are `count` zeroed structs. */
cocreate_status cci_brief_list(const cocreate_allocator *a, json_t *json, const char *key,
                               size_t max, json_t **list, void **items, size_t *count,
                               size_t item_size, const cci_path *path, cocreate_error *error);
/* COCREATE_ERR_SCHEMA about a member. */
cocreate_status cci_brief_wrong(const cci_path *path, const char *key, cocreate_error *error,
                                const char *format, ...) CCI_FORMAT(4, 5);
/* "$.rounds[1].id: 'x' stands for another one already" */
cocreate_status cci_brief_repeated(const cci_path *item, const char *key, const char *id,
                                   cocreate_error *error);

/* An error of another floor, told of a member of the brief: "$.seats: ..." becomes
 * "$.rounds[0].options.seats: ..."; what speaks of no path is put behind that of the member. */
cocreate_status cci_brief_retell(cocreate_error *error, cocreate_status status,
                                 const cci_path *path, const char *key);

extern const char *const cci_side_words[]; /* NULL-ended, in the order of their bits */

/* The parts of a brief; `json` is the whole document, whose defaults they fill in. */
cocreate_status cci_brief_phases(cci_brief *b, cocreate_error *error);
cocreate_status cci_brief_form(cci_brief *b, cocreate_error *error);
cocreate_status cci_brief_limits(cci_brief *b, cocreate_error *error);
cocreate_status cci_brief_rounds(cci_brief *b, cocreate_error *error);
cocreate_status cci_brief_rewards(cci_brief *b, cocreate_error *error);
cocreate_status cci_brief_fees(cci_brief *b, cocreate_error *error);
cocreate_status cci_brief_milestones(cci_brief *b, cocreate_error *error);
cocreate_status cci_brief_rights(cci_brief *b, cocreate_error *error);
cocreate_status cci_brief_people(cci_brief *b, cocreate_error *error);
cocreate_status cci_brief_categories(cci_brief *b, cocreate_error *error);
cocreate_status cci_brief_amend(cci_brief *b, cocreate_error *error);
cocreate_status cci_brief_auto_stop(cci_brief *b, cocreate_error *error);

/* Does the method exist, take the ballots of this round, and like its options? Tried on a profile
 * of two options and no ballot. */
cocreate_status cci_brief_method(const cocreate_allocator *a, cci_round_spec *round,
                                 const cci_path *path, cocreate_error *error);

#endif
