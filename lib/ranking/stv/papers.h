/* Ballot papers in parcels, as returning officers sort them: what one ballot says stands once, and
 * moving a parcel costs one step a paper.
 *
 * A paper that ranks options equally stands for the mean of all orders of them: it counts in equal
 * shares for those of the rank that are open, and a share that leaves one of them goes to the
 * others of the rank before it goes to the next. */
#ifndef CCI_RANKING_STV_PAPERS_H
#define CCI_RANKING_STV_PAPERS_H

#include "ranking/method.h"
#include "ranking/stv/calc.h"

#define CCI_NO_PAPER UINT32_MAX

/* Papers in a chain. */
typedef struct cci_bundle {
    uint32_t first, last; /* CCI_NO_PAPER where empty */
    cci_value count;      /* how many papers, which shares make a fraction */
} cci_bundle;

typedef struct cci_papers {
    cci_calc *calc;
    const cci_electorate *electorate;
    int strict;           /* no equal ranks: paper p is ballot p, whole */
    int whole;            /* ballots with equal ranks are left out */
    size_t *at;           /* where in the ballot the search for the next option begins */
    uint32_t *next;       /* in its chain */
    uint32_t *ballot;     /* NULL where strict */
    cci_value *share;     /* of its ballot's papers; NULL where strict */
    size_t size, room;    /* papers; room of those that can be split */
    uint32_t unused;      /* papers that were joined with others, a chain */
    uint32_t *gather;     /* room to sort a chain, where not strict */
    size_t gather_room;
    /* The last sorting. */
    cci_bundle *sorted;   /* by option */
    uint32_t *touched;    /* options that got papers */
    uint8_t *is_touched;
    size_t touched_count;
    cci_bundle spent;     /* papers without a next option: only their count, no chain */
} cci_papers;

/* Every paper of weight above 0 is put into `all`; where `whole`, only those without equal ranks.
 * Free also after a failed init. */
cocreate_status cci_papers_init(cci_papers *p, const cci_electorate *e, cci_calc *calc, int whole,
                                cci_bundle *all, cocreate_error *error);
/* Does a ballot rank options equally? */
int cci_has_equal_ranks(const cci_electorate *e, size_t ballot);
void cci_papers_free(cci_papers *p);
/* All papers back into `all`, to be sorted from their first option on. */
void cci_papers_reset(cci_papers *p, cci_bundle *all);

void cci_bundle_clear(cci_papers *p, cci_bundle *bundle);
/* Append the papers of `from`, which is then empty. */
cocreate_status cci_bundle_join(cci_papers *p, cci_bundle *to, cci_bundle *from,
                                cocreate_error *error);
/* Sort the papers by the next option that is open, into p->sorted (p->touched lists the options,
 * ascending) and p->spent. The bundle is then empty. What the last sorting left is lost. */
cocreate_status cci_papers_sort(cci_papers *p, cci_bundle *bundle, const uint8_t *open,
                                cocreate_error *error);

#endif
