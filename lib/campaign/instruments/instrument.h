/* Instruments: what the evidence of a round looks like. One a file, and one line in registry.c.
 *
 * A ballot names options and gives each an integer. An instrument says which integers are legal,
 * what they mean to the method, and whether a ballot speaks of everything at once or of one option
 * (or pair) at a time. */
#ifndef CCI_CAMPAIGN_INSTRUMENTS_H
#define CCI_CAMPAIGN_INSTRUMENTS_H

#include "campaign/brief_read.h"

struct cci_ballot_in;
struct cci_round_cache;

/* Leads an instrument serves, as bits 1 << cci_lead. */
#define CCI_LEADS_VOTERS (1u << CCI_LEAD_CUSTOMER | 1u << CCI_LEAD_JURY)
#define CCI_LEADS_DECIDERS (1u << CCI_LEAD_FIRM | 1u << CCI_LEAD_JURY)

/* What a ballot that named both of two contributions says of the one they were merged into. */
typedef enum cci_both {
    CCI_BOTH_LARGER, /* the better score, the more votes; 1 for two approvals */
    CCI_BOTH_SMALLER, /* the better rank */
    CCI_BOTH_SUM      /* shares of one sum, which stays what it was */
} cci_both;

struct cci_instrument_type {
    const char *name;
    unsigned leads;
    int32_t kinds[3]; /* the profiles it can become, the preferred first, 0 ends; none: no ballots */
    const char *method; /* where the brief names none, or NULL */
    cci_ballot_unit unit;
    int each;           /* may the brief ask for one ballot an option? */
    const char *const *members; /* of a round, that mean something for it alone; NULL none */

    /* Reads these members. NULL: there are none. */
    cocreate_status (*read)(const cci_brief *brief, json_t *json, cci_round_spec *spec,
                            const cci_path *path, cocreate_error *error);
    const char *one; /* every value is 1, and how an error calls it, as "an approval of"; or NULL: */
    /* Is this a legal value of an option? */
    cocreate_status (*check_value)(const cci_round_spec *spec, size_t round, const char *option,
                                   int64_t value, cocreate_error *error);
    /* Is the ballot as a whole legal? NULL: always. */
    cocreate_status (*check_ballot)(const cci_round_spec *spec, const struct cci_round_cache *r,
                                    const struct cci_ballot_in *ballot, cocreate_error *error);
    /* What a method sees of a value; NULL: the value. */
    int64_t (*evidence)(const cci_round_spec *spec, int64_t value);
    cci_both both;
    int needs_values; /* a ballot without values is refused */
    /* Ballots are documents of another form, without options, and the round has no candidates. */
    cocreate_status (*check_document)(const cci_round_spec *spec, size_t round,
                                      const json_t *ballot, cocreate_error *error);
};

/* By name, or NULL. */
const cci_instrument_type *cci_instrument_find(const char *name);
/* All of them, NULL-ended. */
extern const cci_instrument_type *const cci_instrument_types[];

/* Members that belong to other instruments are refused: their author meant something else. */
cocreate_status cci_instrument_members(const cci_instrument_type *type, const json_t *json,
                                       const cci_path *path, cocreate_error *error);

/* Give the method its options where the brief names neither; where not all of them were made, memory is
 * short. Steals `options`. */
cocreate_status cci_instrument_options(json_t *json, json_t *options, int made, cocreate_error *error);

/* The sum of the values of a ballot. */
cocreate_status cci_ballot_sum(const struct cci_ballot_in *ballot, const char *what, int64_t *out,
                               cocreate_error *error);

#endif
