/* What a rule is and what it may use. A kind of rule is one file that defines a cci_rule_kind, and
 * one line in the kinds.h of its family. */
#ifndef CCI_REWARD_RULE_H
#define CCI_REWARD_RULE_H

#include "base/digest.h"
#include "base/table.h"
#include "cocreate/money.h"
#include "cocreate/reward.h"
#include "reward/result.h"
#include "reward/trace.h"
#include "reward/where.h"

/* The largest amount of minor units that a canonical JSON document can hold: 2^53 - 1. */
#define CCI_MINOR_MAX CCI_JSON_INTEGER_MAX

typedef struct cci_fund {
    const char *id;
    int64_t budget; /* 0 where `revenue` */
    int64_t bound;  /* what its rules may cost at worst */
    int revenue;    /* filled by what is earned: without a budget, for rules without a bound */
} cci_fund;

typedef struct cci_eligibility {
    const char *status; /* what an entry's status must be */
    cci_number min_score; /* missing: none */
    const char **exclude; /* ids of entries, owners or members, and roles; sorted */
    size_t n_exclude;
} cci_eligibility;

/* As declared where there are shares, else equally; or as cci_team_splits[] names them. */
typedef enum cci_team_split {
    CCI_TEAM_AUTO,
    CCI_TEAM_DECLARED,
    CCI_TEAM_EQUAL,
    CCI_TEAM_WEIGHTED,
    CCI_TEAM_LEADER
} cci_team_split;
/* From CCI_TEAM_DECLARED on. */
extern const char *const cci_team_splits[];

typedef struct cci_rule {
    const struct cci_rule_kind *kind;
    const char *id;
    size_t index;         /* in the scheme */
    const cci_fund *fund; /* NULL for recognition */
    const char *unit;     /* what points are called; NULL for money */
    int32_t unit_exponent;
    cci_eligibility eligibility;
    const char *method; /* of splits */
    const char *ties;   /* of splits: "id", "lot" or "weight" */
    int team;           /* a cci_team_split */
    int64_t bound;      /* worst case, in minor units; 0 where the fund is of revenue */
    const char *why;    /* what the bound is */
    void *parameters;   /* of the kind */
} cci_rule;

struct cci_guards;

struct cocreate_scheme {
    cci_arena arena;
    const char *json;
    char digest[CCI_DIGEST_TEXT];
    const char *currency;
    int32_t exponent;
    const char *seed_commitment; /* or NULL */
    cci_fund *funds;
    size_t n_funds;
    cci_rule *rules;
    size_t n_rules;
    unsigned needs; /* CCI_NEED_*: what the rules read of entries */
    const struct cci_guards *guards; /* or NULL */
};

/* One row of the list of parameters in cocreate_rule_kinds(). */
typedef struct cci_parameter {
    const char *name;
    const char *type;
    int required;
    const char *about;
} cci_parameter;

/* Parameters that several kinds have; scheme.c reads them wherever a kind lists them. */
#define CCI_PARAMETER_FUND {"fund", "id", 1, "the fund that pays"}
#define CCI_PARAMETER_ELIGIBILITY                                                           \
    {"eligibility", "object", 0,                                                            \
     "{status, min_score, exclude}: which entries take part; by default those whose status is " \
     "valid"}
#define CCI_PARAMETER_ROUNDING                                                   \
    {"rounding", "object", 0,                                                    \
     "{method, tie_break}: how minor units that do not divide are given; by default " \
     "largest_remainder and id"}
#define CCI_PARAMETER_TEAM                                                                          \
    {"team", "object", 0,                                                                           \
     "{split}: how a team shares: declared, equal, weighted, or leader, who gets all to share it; " \
     "by default declared where it has shares, else equal"}
/* For rules of points. */
#define CCI_PARAMETER_UNIT                                                                     \
    {"unit", "object", 0,                                                                      \
     "{code, minor_unit}: what the points are called, 1 to 12 of A-Z, 0-9 and _, and their "   \
     "decimals; by default POINTS and 0"}
#define CCI_PARAMETER_END {NULL, NULL, 0, NULL}

struct cci_evaluation;

typedef struct cci_rule_kind {
    const char *kind, *title;
    const cci_parameter *parameters; /* beyond id and kind; ends with CCI_PARAMETER_END */
    const char *bound;               /* its worst case in words */
    const char *source;
    int own_lists; /* reads lists of its own: the result needs no entries */
    int revenue;   /* may be paid from a fund of revenue, and then needs no bound */
    /* Read the own parameters and set parameters, bound and why. */
    cocreate_status (*parse)(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error);
    /* Give awards by cci_pay() and the like, best place first. */
    cocreate_status (*evaluate)(struct cci_evaluation *e, const cci_rule *rule,
                                cocreate_error *error);
} cci_rule_kind;

/* The registry: NULL past the end. */
const cci_rule_kind *cci_rule_kind_at(size_t index);

/* ---- reading parameters (scheme.c) ---- */

/* A positive amount, a decimal string of the scheme's currency, in minor units. */
cocreate_status cci_read_amount(const cocreate_scheme *scheme, const json_t *json, const char *key,
                                int64_t *out, const cci_path *path, cocreate_error *error);
/* The same for a value that is known to be there. */
cocreate_status cci_read_amount_value(const cocreate_scheme *scheme, const json_t *value,
                                      int64_t *out, const cci_path *path, cocreate_error *error);
/* A missing one is 0. */
cocreate_status cci_read_amount_opt(const cocreate_scheme *scheme, const json_t *json,
                                    const char *key, int64_t *out, const cci_path *path,
                                    cocreate_error *error);
/* Print minor units of the scheme's currency. */
const char *cci_amount_text(const cocreate_scheme *scheme, int64_t minor,
                            char out[COCREATE_AMOUNT_TEXT]);
/* COCREATE_ERR_UNBOUNDED, naming the rule and what would bound it. */
cocreate_status cci_unbounded(const cci_rule *rule, const cci_path *path, const char *remedy,
                              cocreate_error *error);
/* Funds (funds.c). */
cocreate_status cci_read_funds(cocreate_scheme *scheme, const json_t *json,
                               cocreate_error *error);
cocreate_status cci_read_fund_of(cocreate_scheme *scheme, const json_t *json, cci_rule *rule,
                                 const cci_path *path, cocreate_error *error);
/* What a fund's rules may cost at worst must be there before anybody is promised a prize. */
cocreate_status cci_check_bounds(cocreate_scheme *scheme, cocreate_error *error);
/* Text in the arena, from a buffer that is freed. */
cocreate_status cci_arena_finish(cci_arena *arena, cci_buffer *text, const char **out,
                                 cocreate_error *error);

/* ---- evaluating (evaluate.c, award.c) ---- */

typedef struct cci_evaluation {
    const cocreate_scheme *scheme;
    const cci_result *result;
    const json_t *document; /* the result as it is, for section.h */
    const char *result_digest;
    const uint8_t *seed;
    int64_t *received; /* by rule: see cci_receive() */
    cci_arena scratch; /* freed when the evaluation ends */
    cci_trace trace;   /* of the award in the making */
    struct cocreate_awards *awards;
} cci_evaluation;

/* Where an eligible entry stands: competition ranking among those that are eligible. */
typedef struct cci_stand {
    const cci_entry *entry;
    int64_t place; /* from 1 */
    size_t tied;   /* how many share the place */
} cci_stand;

int cci_eligible(const cci_rule *rule, const cci_entry *entry);

/* Eligible entries, best first and, where tied, in order of their ids. With `best_only` a person
 * stands there once, with the best entry (among equals the earliest, then the smallest id). */
cocreate_status cci_standing(cci_evaluation *e, const cci_rule *rule, int best_only,
                             cci_stand **out, size_t *n, cocreate_error *error);

/* The rule's way to split among claims of these ids, which must ascend or be NULL.
 * COCREATE_ERR_ARGUMENT where it draws lots without a seed. */
cocreate_status cci_split_options_of(const cci_evaluation *e, const cci_rule *rule,
                                     const char *const *ids, cocreate_split_options *out,
                                     cocreate_error *error);

/* Split in the rule's way; ids of the claims must ascend or be NULL. */
cocreate_status cci_split_for(cci_evaluation *e, const cci_rule *rule, int64_t pool,
                              const int64_t *weights, const char *const *ids, size_t n,
                              int64_t cap, int64_t minimum, int64_t *shares,
                              cocreate_error *error);

/* COCREATE_ERR_ARGUMENT unless there is a seed. */
cocreate_status cci_need_seed(const cci_evaluation *e, const cci_rule *rule,
                              cocreate_error *error);

/* Award `minor` to an entry, which is its owner, its team or itself, with e->trace. 0 is no award. */
cocreate_status cci_pay(cci_evaluation *e, const cci_rule *rule, const cci_entry *entry,
                        int64_t minor, cocreate_error *error);

/* Others than the sponsor paid so much into the rule's fund, as stakes: the rule may pay it beyond its
 * bound. COCREATE_ERR_OVERFLOW at `path`, where the result says it. */
cocreate_status cci_receive(cci_evaluation *e, const cci_rule *rule, int64_t minor,
                            const cci_path *path, cocreate_error *error);

/* Award `minor` to a person, for an entry or another matter (`component`, an id that tells awards of
 * one rule to one person apart; may be "" or, for an entry, its id), with e->trace. Points of a rule
 * with a unit may be negative. 0 is no award. */
cocreate_status cci_pay_person(cci_evaluation *e, const cci_rule *rule, const char *person,
                               const char *component, int64_t minor, cocreate_error *error);

/* Recognise a person: `kind` is what the award is called, as "level", and `detail` the canonical
 * JSON it shows under that name. With e->trace, which has a grant step. */
cocreate_status cci_recognise(cci_evaluation *e, const cci_rule *rule, const char *person,
                              const char *component, const char *kind, const char *detail,
                              cocreate_error *error);

/* Is the person neither excluded by name nor by a role that "persons" gives? */
int cci_person_eligible(const cci_evaluation *e, const cci_rule *rule, const char *person);

/* Award a badge to each person behind an entry who is not among the `holders` yet, with e->trace.
 * `badge` is the JSON of what it shows. */
cocreate_status cci_grant_badge(cci_evaluation *e, const cci_rule *rule, const cci_entry *entry,
                                const char *badge, cci_string_set *holders,
                                cocreate_error *error);

#endif
