/* Elimination round by round: what the methods of this family share. A method is a rule that looks
 * at the options that continue and says who leaves, or who wins; the process around it settles
 * ties, follows their orders, and writes places, rounds and sentences. */
#ifndef CCI_RANKING_ELIMINATION_PROCESS_H
#define CCI_RANKING_ELIMINATION_PROCESS_H

#include "ranking/elimination/rounds.h"

/* What a look says. */
typedef enum cci_verdict {
    CCI_ONE_LEAVES, /* one of the group, whichever; several are a tie */
    CCI_ALL_LEAVE,  /* the whole group at once */
    CCI_WINNERS     /* the group wins, and nobody is eliminated any more */
} cci_verdict;

typedef struct cci_process cci_process;

/* A look depends on the set that continues and on nothing that went before, so that orders of
 * elimination that meet in a set can be followed as one. */
typedef struct cci_rule {
    const char *with, *unit; /* around a score in a sentence: " with ", " votes"; NULL: no scores */
    int votes;               /* scores are first places: exhausted, votes and transfers are told */
    int each;                /* equal ranks count for each option, not in shares */
    int ends;                /* equal ranks end a ballot, as cci_rounds has it: a look depends on the
                                order that led to the set, too, and no orders are followed */
    int pairwise;            /* needs the matrix */
    int unranked;            /* one more than the index of the option `unranked`, or 0 */
    int smith;               /* marks is the Smith set of the whole, and told */
    int elects;              /* winners are elected, as many as they are */
    int choice;              /* the first option of the method is `elimination` */
    int safe;                /* the lowest, if together they have fewer votes than any other, may go
                                in any order without a change for the others */
    cocreate_status (*open)(cci_process *p, cocreate_error *error); /* or NULL */
    void (*close)(cci_process *p);                                  /* or NULL; also after failures */
    cocreate_status (*look)(cci_process *p, cocreate_error *error);
} cci_rule;

struct cci_process {
    cci_run *run;
    const cci_rule *rule;
    uint8_t *continuing; /* the set to look at, */
    size_t size;         /* of so many, at least 1 */
    int together;        /* all who tie leave together: no chain, no orders */
    int record;          /* ties that are broken now are told */
    int searching;       /* orders are followed: no round of the trace */
    size_t stop;         /* so many stay; 1 but for committees */
    /* Of the last look. */
    cci_verdict verdict;
    uint32_t *group;
    size_t n;
    size_t tied;        /* how many were tied before the chain left n of them */
    int ordered;        /* those who leave, or do not win, are placed by their scores */
    const char *why;    /* half a sentence, or NULL */
    uint32_t rival;     /* who the one that leaves was compared with, or CCI_NOBODY */
    cci_value *scores;  /* of those who continue; the others are missing */
    int64_t exhausted;  /* weight that counts for nobody; less than 0: no ballot can */
    /* What the rules work with. */
    cci_rounds rounds;
    int64_t *matrix;    /* where the rule wants one */
    uint8_t *marks;     /* a set of its own */
    uint8_t *scratch;   /* a set for one look */
    void *data;
    /* Of the whole. */
    size_t round;
    uint32_t majority;  /* who had one first, */
    size_t majority_round; /* or 0 */
    size_t given_up;    /* round from which all tied leave, since orders were too many; or 0 */
    size_t universes;   /* sets that were met, if a tie was followed in every order */
    cci_value *before;  /* scores of the round before */
    size_t *ends;
    int pending;        /* a round still wants its transfers */
    cci_buffer rounds_trace;
};

#define CCI_NOBODY UINT32_MAX

/* The option `elimination`, first of those who have it. */
enum { CCI_ELIMINATE_ONE, CCI_ELIMINATE_ALL_TIED, CCI_ELIMINATE_PARALLEL, CCI_ELIMINATE_BATCH };
extern const char *const cci_eliminations[];       /* one, all_tied, parallel */
extern const char *const cci_eliminations_batch[]; /* and batch */
#define CCI_ELIMINATION_ABOUT \
    "several stand last: one leaves, by the tie chain, and where it tells nothing every order is " \
    "followed up to 4,096 sets of options, beyond that all of them leave; or all of them leave; " \
    "or every order is followed"
#define CCI_ELIMINATION_OPTION \
    {"elimination", CCI_OPTION_CHOICE, cci_eliminations, 0, 0, 0, CCI_ELIMINATION_ABOUT}
extern const char *const cci_pairs_unranked[]; /* bottom, ignored */
#define CCI_UNRANKED_OPTION \
    {"unranked", CCI_OPTION_CHOICE, cci_pairs_unranked, 0, 0, 0, \
     "in pairs, options a ballot leaves out: tied below all it ranks, or not compared"}

/* Run a method by its rule. */
cocreate_status cci_process_run(cci_run *run, const cci_rule *rule, cocreate_error *error);

/* -- For looks -------------------------------------------------------------------------------- */

/* Scores are the first places among those who continue. */
cocreate_status cci_process_votes(cci_process *p, cocreate_error *error);
/* Instant runoff: one of those with the fewest first places leaves; a majority is noted. */
cocreate_status cci_process_fewest(cci_process *p, cocreate_error *error);
/* One of those with the least (sign 1) or greatest (sign -1) score leaves; the chain is asked. */
cocreate_status cci_process_last(cci_process *p, int sign, cocreate_error *error);
/* The group is who continues and has marks[o] == mark; then the verdict. */
void cci_process_group(cci_process *p, const uint8_t *marks, int mark, cci_verdict verdict,
                       const char *why);
/* The group is one. */
void cci_process_single(cci_process *p, uint32_t option, cci_verdict verdict, const char *why);
/* Who has more than half of the ballots that count for someone, or CCI_NOBODY. */
cocreate_status cci_process_majority(cci_process *p, const cci_value *votes, uint32_t *out,
                                     cocreate_error *error);
/* The same, once more where the count goes on: who it was and when goes into the trace. */
cocreate_status cci_process_note_majority(cci_process *p, const cci_value *votes,
                                          cocreate_error *error);
/* Sort the group by its scores, least first, equal ones as they were. */
cocreate_status cci_process_sort(cci_process *p, uint32_t *group, size_t n, cocreate_error *error);
/* May the whole group, all with the same score, leave in any order? */
cocreate_status cci_process_safe(cci_process *p, int *safe, cocreate_error *error);

/* -- For the process -------------------------------------------------------------------------- */

/* Look, without telling of ties. */
cocreate_status cci_process_look(cci_process *p, cocreate_error *error);
/* Who leaves now, or is elected; the scores of the round follow later. */
cocreate_status cci_process_tell(cci_process *p, const uint32_t *group, size_t n, int elected,
                                 cocreate_error *error);
/* End of a round: what came to whom since `before`, if it is known, and the scores. */
cocreate_status cci_process_tell_scores(cci_process *p, const cci_value *scores, int transfers,
                                        cocreate_error *error);
/* The trace of the run, and the notes about the whole. */
void cci_process_finish_trace(cci_process *p);

#endif
