/* What the rules of this family have in common: claims to a pool with exact weights, the split among
 * them, and the steps of a trace that tell a share. */
#ifndef CCI_REWARD_SHARING_SHARE_H
#define CCI_REWARD_SHARING_SHARE_H

#include "reward/rule.h"
#include "reward/section.h"
#include "reward/steps.h"

/* When all claims together weigh nothing. */
typedef enum cci_on_empty { CCI_EMPTY_RETURN, CCI_EMPTY_EQUAL, CCI_EMPTY_ERROR } cci_on_empty;

#define CCI_PARAMETER_ON_EMPTY                                                                \
    {"on_empty", "choice", 0,                                                                 \
     "when nobody weighs anything: return (default) the pool, share it equally, or error"}

/* Claims in ascending order of their ids, which are distinct. */
typedef struct cci_claims {
    size_t n;
    const char **ids;
    cci_rational *weights; /* >= 0 when they are split */
    int64_t *shares;
    cci_rational total; /* of the weights; set by cci_claims_split() */
    int equal;          /* nobody weighed anything, so each weighs 1 */
} cci_claims;

/* n claims that weigh 0, in the scratch of the evaluation. To be freed also when it fails. */
cocreate_status cci_claims_init(cci_evaluation *e, size_t n, cci_claims *out,
                                cocreate_error *error);
void cci_claims_free(cci_claims *claims);

cocreate_status cci_read_on_empty(const json_t *json, int *out, const cci_path *path,
                                  cocreate_error *error);

/* Split a pool in the rule's way. `what` is what the claims weigh and `at` where it stands in the
 * result, for the refusal of a pool that nobody has a claim to. */
cocreate_status cci_claims_split(cci_evaluation *e, const cci_rule *rule, int64_t pool,
                                 int on_empty, const char *what, const cci_path *at,
                                 cci_claims *claims, cocreate_error *error);

/* Append the share of claim i of the pool to the trace: what it weighs, a number of the trace called
 * `named` (NULL: none), in units called `by`; then the split. */
cocreate_status cci_trace_share(cci_trace *t, const cci_rule *rule, int64_t pool,
                                const cci_claims *claims, size_t i, const char *by,
                                const char *named, cocreate_error *error);

/* The pool of a rule, its fund's business and the worst case: all that most kinds here need. */
cocreate_status cci_read_pool(cocreate_scheme *scheme, const json_t *json, cci_rule *rule,
                              int64_t *pool, const cci_path *path, cocreate_error *error);

/* A rational from a number of the result, and a = a + b * num / den. */
cocreate_status cci_set_number(cci_rational *r, cci_number n, cocreate_error *error);
cocreate_status cci_add_number(cci_rational *r, cci_number n, cocreate_error *error);

/* Persons of lists: distinct ids in ascending order, among which a claim is found by its id. */
typedef struct cci_people {
    const char **ids;
    size_t n;
} cci_people;

/* Sort n ids and drop those that stand there twice. */
void cci_people_sort(cci_people *people);
/* Its index, or people->n. O(log n). */
size_t cci_people_find(const cci_people *people, const char *id);

#endif
