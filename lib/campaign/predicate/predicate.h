/* Predicates about people: a total, bounded language in JSON.
 *
 *     P = ["and", P...] | ["or", P...] | ["not", P] | ["has", attribute] | ["role", role]
 *       | ["=" | "!=" | "<" | "<=" | ">" | ">=", X, X] | ["in", X, [literal...]]
 *     X = integer | text | boolean | ["attribute", key] | ["side"] | ["role", role] | ["joined_us"]
 *       | ["count", "contributions" | "selected" | "ballots"]
 *
 * Numbers are exact: integers, and decimals or ratios as text. A comparison that has an integer on one
 * side, and every one of order, compares numbers; two texts are equal when their bytes are. A
 * comparison with an attribute that the person does not have is false, also "!=". Nothing recurses
 * but the nesting, which is bounded, as is the number of nodes. */
#ifndef CCI_CAMPAIGN_PREDICATE_H
#define CCI_CAMPAIGN_PREDICATE_H

#include "campaign/engine.h"

#define CCI_PREDICATE_DEPTH 16    /* levels */
#define CCI_PREDICATE_NODES 200   /* arrays, the lists of "in" not counted */
#define CCI_PREDICATE_VALUES 1000 /* literals in the lists of "in" */
#define CCI_PREDICATE_COUNTS 4    /* ["count", ...]: each reads rows */

/* Why a predicate does not hold, for the refusal. */
#define CCI_WHY_SIZE 200

/* Does a document look like a predicate: a list that begins with one of its words? */
int cci_predicate_is(const json_t *json);

/* Is it a predicate, within the bounds? COCREATE_ERR_SCHEMA and COCREATE_ERR_LIMIT with the path. */
cocreate_status cci_predicate_check(const json_t *json, const cci_path *path,
                                    cocreate_error *error);

/* Does a checked predicate hold for a participant, at this instant? `why` tells what is missing where
 * it does not, as "attribute 'age' is 17; needed: >= 18". Counts are those of the campaign. Only
 * reading the state can fail. */
cocreate_status cci_predicate_holds(cci_engine *e, const cci_campaign *c, const json_t *predicate,
                                    const char *participant, int64_t at, int *holds,
                                    char why[CCI_WHY_SIZE], cocreate_error *error);

#endif
