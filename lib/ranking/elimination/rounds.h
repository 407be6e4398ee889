/* Counting first places among the options that continue. */
#ifndef CCI_RANKING_ELIMINATION_ROUNDS_H
#define CCI_RANKING_ELIMINATION_ROUNDS_H

#include "ranking/shares.h"

/* The option of methods that can exhaust a ballot at equal ranks, and its choices. */
enum { CCI_OVERVOTE_SHARE, CCI_OVERVOTE_EXHAUST };
extern const char *const cci_overvotes[];
#define CCI_OPTION_OVERVOTE                                                                       \
    {"overvote", CCI_OPTION_CHOICE, cci_overvotes, 0, 0, 0,                                       \
     "a ballot that comes to a rank where several options continue: they share it, or it counts " \
     "for nobody from then on"}

/* Ballots, by their number. */
typedef struct cci_pile {
    uint32_t *ballots;
    size_t count, room;
} cci_pile;

/* A ballot lies on the pile of the option it counts for, and moves when that option leaves; only
 * those that several options share are looked at in every round. */
typedef struct cci_rounds {
    cci_run *run;
    int each;          /* equal ranks: the whole ballot for each, not a share */
    int ends;          /* a ballot that comes to several at once is exhausted for good: what it counts
                          for hangs on the order in which the options left */
    int64_t exhausted; /* weight of ballots that rank no option that continues, and of blank ones */
    cci_shares shares;
    cci_rational sum, term;
    uint8_t *counted;  /* the options that continue by the last count */
    int ready;         /* there was one */
    cci_pile *piles;   /* one an option, then that of the shared */
    cci_pile moving;   /* a pile that is being moved */
    uint32_t *at;      /* by ballot: where in it, or in the bytes, the rank begins it counts for */
    /* The ballots in a byte a preference; NULL where there are equal ranks or more options. Either the
     * words of the electorate, of ballots that rank all, or a copy: the options, and at the end of
     * each ballot one that stands for nobody. */
    const uint8_t *bytes;
    uint8_t *copied;
    unsigned flag;      /* 1 if they are words: an option, shifted by 1, and a flag; else 0 */
    size_t weight_mask; /* of the numbers of ballots: 0 where with bytes all weigh the same */
} cci_rounds;

/* Freeing a zeroed struct is a no-op; free also after a failed init. */
cocreate_status cci_rounds_init(cci_rounds *r, cci_run *run, int each, cocreate_error *error);
void cci_rounds_free(cci_rounds *r);
/* Each ballot counts for its best rank that still holds continuing options; someone continues.
 * O(ranked options) the first time and after options came back; else O(ballots that move or are
 * shared + options). */
cocreate_status cci_rounds_count(cci_rounds *r, const uint8_t *continuing, cocreate_error *error);
/* Votes of each option that continues, after a count; the others go missing. */
cocreate_status cci_rounds_votes(cci_rounds *r, cci_value *votes, cocreate_error *error);

#endif
