/* What the kinds of this family have in common: pay for scores, decided questions, forecasts. */
#ifndef CCI_REWARD_INFORMATION_SCORE_H
#define CCI_REWARD_INFORMATION_SCORE_H

#include "reward/section.h"
#include "reward/steps.h"

/* ---- pay: base + scale * score, between least and most, rounded down ---- */

typedef struct cci_terms_of_pay {
    int64_t base; /* may be negative */
    int64_t scale;
    int64_t least;
    int64_t most; /* 0: none */
    int64_t max_awards;
} cci_terms_of_pay;

#define CCI_PARAMETER_BASE {"base", "amount", 0, "what a score of 0 pays; may be negative; 0 by default"}
#define CCI_PARAMETER_SCALE(required) {"scale", "amount", required, "what a score of 1 pays beyond base"}
#define CCI_PARAMETER_LEAST {"min", "amount", 0, "nobody is paid less, whatever the score; 0 by default"}
#define CCI_PARAMETER_MOST {"max", "amount", 0, "nobody is paid more, whatever the score"}
#define CCI_PARAMETER_MAX_AWARDS(required) \
    {"max_awards", "integer", required, "how many may be paid; a result with more is refused"}

/* A parameter that some forms of a rule have: the bits of those, 1 << form. */
typedef struct cci_form_key {
    const char *key, *what; /* "given, but only the form x has it" */
    unsigned forms;
} cci_form_key;
/* Refuse those that another form has; `keys` ends with a NULL key. */
cocreate_status cci_refuse_forms(const cci_form_key *keys, int form, const json_t *json, const cci_path *path,
                                 cocreate_error *error);

/* Read "base", "scale", "min", "max" and "max_awards" and set the bound; `highest` is the largest
 * score there can be, missing where there is none, so that "max" is required. */
cocreate_status cci_read_pay(cocreate_scheme *scheme, const json_t *json, cci_rule *rule,
                             cci_number highest, cci_terms_of_pay *out, const cci_path *path,
                             cocreate_error *error);
/* Set the bound of a rule that pays `each` to at most `count`. */
cocreate_status cci_bound_each(cocreate_scheme *scheme, cci_rule *rule, int64_t each, int64_t count,
                               const cci_path *path, cocreate_error *error);
/* "max_awards", which bounds the rule. */
cocreate_status cci_read_max_awards(const json_t *json, const cci_rule *rule, int64_t *out,
                                    const cci_path *path, cocreate_error *error);
/* COCREATE_ERR_OVERFLOW where more are due than may be paid. */
cocreate_status cci_check_due(const cci_rule *rule, const cci_section *section, size_t due,
                                 int64_t max_awards, cocreate_error *error);

/* Pay a person for the number called "score" of the trace, which `say` has told. */
cocreate_status cci_pay_score(cci_evaluation *e, const cci_rule *rule, const cci_terms_of_pay *terms,
                              const char *person, const char *component, const char *say,
                              cocreate_error *error);
/* Pay what no score leads to: the least. */
cocreate_status cci_pay_least(cci_evaluation *e, const cci_rule *rule, const cci_terms_of_pay *terms,
                              const char *person, const char *component, const char *say,
                              cocreate_error *error);

/* A required amount that need not be above 0 is refused as others are: {path}.{key}: {what}. */
cocreate_status cci_refuse_key(const cci_path *path, const char *key, const char *what,
                               cocreate_error *error);

/* ---- numbers ---- */

/* ln, exp ... of one number to so many decimals, as in traces: see figures.h. */
cocreate_status cci_elementary(const char *operation, const cci_rational *x, const char *decimals,
                          cci_rational *out, cocreate_error *error);
/* The same logarithm in billionths. */
cocreate_status cci_ln_billionths(const cci_rational *x, int64_t *out, cocreate_error *error);

/* ---- probabilities ---- */

enum { CCI_OUTCOMES_MAX = 100 };

/* Probabilities of outcomes in ascending order of their names; they sum to 1. */
typedef struct cci_odds {
    size_t n;
    const char **names;
    cci_number *p;
} cci_odds;

/* "p" of the outcome "yes", the rest for "no"; or an object called `key` with a number for each
 * outcome. Names are borrowed. */
cocreate_status cci_odds_read(cci_arena *arena, const json_t *row, const char *key, cci_odds *out,
                              const cci_path *path, cocreate_error *error);
/* 0 where it is not named. */
cci_number cci_odds_of(const cci_odds *odds, const char *name);

/* ---- questions ---- */

typedef struct cci_question {
    const char *id;
    const char *outcome; /* NULL: not decided */
    size_t index;
} cci_question;

typedef struct cci_questions {
    cci_question *items; /* in ascending order of their ids */
    size_t n;
} cci_questions;

/* The list "questions": {"id", "outcome"?}; true and false are the outcomes "yes" and "no". */
cocreate_status cci_questions_read(cci_evaluation *e, const cci_rule *rule, cci_questions *out,
                                   cocreate_error *error);
const cci_question *cci_question_find(const cci_questions *questions, const char *id);
/* A name, or true or false for "yes" or "no"; *out stays where it is missing. */
cocreate_status cci_outcome_opt(const json_t *json, const char *key, const char **out,
                                const cci_path *path, cocreate_error *error);
/* Does a row with an optional "status" count? */
cocreate_status cci_row_counts(const json_t *row, int *out, const cci_path *path,
                               cocreate_error *error);

/* The ticket of a person in a matter: lots between persons, drawn anew for each matter. */
cocreate_status cci_matter_ticket(const cci_evaluation *e, const cci_rule *rule, const char *matter,
                                  const char *person, cci_digest *out, cocreate_error *error);

#endif
