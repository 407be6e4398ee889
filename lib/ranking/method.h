/* What a method is, and what it is given. To add one: a file with a cci_method, and a line in
 * registry.c. */
#ifndef CCI_RANKING_METHOD_H
#define CCI_RANKING_METHOD_H

#include "base/json.h"
#include "cocreate/ranking.h"
#include "cocreate/tally.h"
#include "ranking/electorate.h"
#include "ranking/value.h"

/* -- Options ---------------------------------------------------------------------------------- */

typedef enum cci_option_type {
    CCI_OPTION_CHOICE,  /* a word of `choices` */
    CCI_OPTION_INTEGER, /* min .. max */
    CCI_OPTION_NUMBERS, /* a list of exact numbers, at most `max` */
    CCI_OPTION_JSON     /* a JSON value that the method checks; from a command line its text */
} cci_option_type;

typedef struct cci_option_spec {
    const char *name;
    cci_option_type type;
    const char *const *choices; /* NULL-terminated; choices[standard] is the default. Of an
                                   integer: NULL, or one word that stands for none, min - 1 */
    int64_t min, max, standard; /* of an integer; a standard below min (of a choice: below 0) stands
                                   for none, as does that of numbers */
    const char *about;
} cci_option_spec;

typedef struct cci_option_value {
    int64_t integer; /* the integer, or the index of the choice */
    cci_rational *numbers;
    size_t count;
    json_t *json; /* or NULL */
} cci_option_value;

#define CCI_OPTIONS_MAX 8

/* -- Tie chain -------------------------------------------------------------------------------- */

typedef enum cci_tie_step { CCI_TIE_ID, CCI_TIE_EARLIEST, CCI_TIE_LOT } cci_tie_step;

typedef struct cci_chain {
    cci_tie_step steps[3]; /* each at most once */
    size_t count;
    int parallel; /* "ties": "parallel" */
    int seeded;   /* a seed was given */
    uint8_t seed[32];
    char context[COCREATE_ID_MAX + 1];
} cci_chain;

/* -- A run ------------------------------------------------------------------------------------ */

/* Where a candidate stands. */
typedef struct cci_standing {
    uint64_t from, to;
    cci_value score;
} cci_standing;

struct cci_method;

/* What a method works on and writes to. */
typedef struct cci_run {
    cocreate_allocator allocator;
    const struct cci_method *method;
    const cci_roster *roster;
    const cci_electorate *electorate; /* NULL for numbers that exist already */
    /* Where the electorate has no ballots: what to count instead, or what was counted. */
    const cocreate_profile *profile;
    const cocreate_tally *tally;
    cci_option_value options[CCI_OPTIONS_MAX];
    cci_chain chain;
    int64_t seats;
    int budgeted; /* a budget is spent, and there are no seats */
    int wants_margin;
    int64_t bootstrap; /* replicates wanted */
    const cocreate_progress *progress;
    /* Results. */
    cci_standing *standings; /* one a candidate */
    uint8_t *selected;       /* set for who is elected; NULL: winners go by places */
    cci_value exhausted;     /* weight that counts for nobody at the end; missing where no ballot
                                can exhaust */
    cci_value gap;           /* the least difference of votes that decided a step, if the method tells:
                                a changed ballot of weight 1 moves it by at most 2 */
    int64_t swing;           /* where the best sums over ballots win: how much a ballot of weight 1 can
                                give to or take from a sum, rounded up; 0 where not so */
    cci_buffer margin, confidence; /* JSON objects, empty where nobody asked */
    cci_buffer trace;        /* members of a JSON object in canonical order, without braces */
    cci_buffer ties;         /* elements of a JSON array, without brackets */
    cci_buffer notes;        /* sentences, one a line */
    cci_buffer tie_notes;
} cci_run;

/* -- A method --------------------------------------------------------------------------------- */

#define CCI_TAKES(kind) (1u << (kind))

/* What a method elects besides places. Without either, winners are the options with a place up to
 * the seats. */
#define CCI_ELECTS_COMMITTEE 1u /* as many options as there are seats */
#define CCI_ELECTS_BUDGET 2u    /* what its budget buys; no seats */

typedef struct cci_method {
    const char *name;
    const char *title;
    unsigned evidence; /* CCI_TAKES() of each cocreate_ballot_kind */
    const cci_option_spec *options;
    size_t option_count;
    int exact;          /* no rounding decides anything */
    int parallel;       /* knows "ties": "parallel" */
    int draws;          /* with a seed it draws the places */
    unsigned elects;    /* CCI_ELECTS_*; with both: the budget, unless seats are asked for */
    int condorcet;      /* who beats everyone in pairs wins alone */
    const char *chain;  /* default tie chain, or NULL */
    int32_t tally;      /* the cocreate_tally_kind that says all it reads of ballots, or 0. With pairs
                           it asks cci_pairwise(), and may find no ballots in the electorate; with
                           values it may find one for each value of each option; with places it
                           reads them where `tally` of the run is set */
    int lean;           /* reads options of ballots by cci_option_at() alone, or their words */
    const char *complexity;
    const char *source;
    /* At least one candidate. Writes standings, trace and notes of the run. */
    cocreate_status (*run)(cci_run *run, cocreate_error *error);
} cci_method;

/* The registry. */
extern const cci_method *const cci_methods[];
size_t cci_method_count(void);
/* COCREATE_ERR_NOT_FOUND, with the name that was probably meant. */
cocreate_status cci_method_find(const char *name, const cci_method **out, cocreate_error *error);
/* The options every method takes, besides its own. */
extern const char *const cci_common_options[];

/* Read the options strictly into run->options, chain and seats. */
cocreate_status cci_options_read(cci_run *run, const char *json, cocreate_error *error);
void cci_options_free(cci_run *run);
/* The options in force, as a canonical JSON object. */
cocreate_status cci_options_write(const cci_run *run, cci_buffer *out, cocreate_error *error);
/* Only the chain with seed and context, for cocreate_rank_scores(). */
cocreate_status cci_chain_read(const json_t *json, cci_chain *out, cocreate_error *error);

/* Report progress; COCREATE_ERR_CANCELLED when the host wants to stop. */
cocreate_status cci_run_progress(const cci_run *run, uint64_t done, uint64_t total,
                                 cocreate_error *error);

/* Most replicates of a bootstrap. */
#define CCI_BOOTSTRAP_MAX 100000

/* Largest number of options for which a trace holds whole matrices and every round's votes. */
#define CCI_TRACE_OPTIONS 200

#endif
