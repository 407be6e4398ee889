/* What the methods on pairwise majorities share: the comparisons, places and traces. */
#ifndef CCI_RANKING_CONDORCET_CONTEST_H
#define CCI_RANKING_CONDORCET_CONTEST_H

#include "ranking/order.h"
#include "ranking/pairwise.h"

/* The first option of every method here. */
#define CCI_OPTION_UNRANKED                                          \
    {"unranked", CCI_OPTION_CHOICE, cci_unranked, 0, 0, 0,           \
     "options a ballot leaves out: below all it ranks, or not compared"}
/* The second one, where the size of majorities counts. */
#define CCI_OPTION_STRENGTH                                          \
    {"strength", CCI_OPTION_CHOICE, cci_strengths, 0, 0, 0,          \
     "of a majority: the votes for it, or by how many it wins"}
#define CCI_OPTION_STRENGTH_OR_OPPOSITION                            \
    {"strength", CCI_OPTION_CHOICE, cci_strengths_opposition, 0, 0, 0, \
     "of a defeat: the votes for it, by how many it wins, or the votes against an option whether " \
     "they win or not"}

extern const char *const cci_unranked[];             /* bottom, ignored */
extern const char *const cci_strengths[];            /* winning_votes, margins */
extern const char *const cci_strengths_opposition[]; /* and opposition */

typedef enum cci_strength { CCI_WINNING_VOTES, CCI_MARGINS, CCI_OPPOSITION } cci_strength;

#define CCI_CONTEST_BLOCKS 24

typedef struct cci_contest {
    cci_run *run;
    size_t m;
    int64_t *votes;  /* votes[a * m + b]: weight that ranks a over b */
    uint8_t *in;     /* m marks, and ... */
    uint32_t *list;  /* ... room for m candidates, for the method */
    void *blocks[CCI_CONTEST_BLOCKS];
    size_t block_count;
} cci_contest;

/* Compare all options, do the work of the method, free. The method has its options in the order
 * above. */
cocreate_status cci_contest_hold(cci_run *run,
                                 cocreate_status (*work)(cci_contest *, cocreate_error *),
                                 cocreate_error *error);
/* Zeroed memory that lives as long as the contest; NULL where memory is short. At most
 * CCI_CONTEST_BLOCKS of them. */
void *cci_contest_alloc(cci_contest *c, size_t count, size_t size);

/* The strength the options of the run ask for. */
static inline cci_strength cci_contest_strength(const cci_contest *c)
{
    return (cci_strength)c->run->options[1].integer;
}

static inline int cci_beats(const cci_contest *c, size_t a, size_t b)
{
    return c->votes[a * c->m + b] > c->votes[b * c->m + a];
}

static inline int cci_tied(const cci_contest *c, size_t a, size_t b)
{
    return c->votes[a * c->m + b] == c->votes[b * c->m + a];
}

/* By how many votes a wins over b; negative where it loses. */
static inline int64_t cci_margin_of(const cci_contest *c, size_t a, size_t b)
{
    return c->votes[a * c->m + b] - c->votes[b * c->m + a];
}

/* Of the majority of a over b by winning votes or margins, and 0 where there is none; by opposition
 * all the votes for a over b. */
static inline int64_t cci_strength_of(const cci_contest *c, cci_strength kind, size_t a, size_t b)
{
    if (kind == CCI_OPPOSITION)
        return c->votes[a * c->m + b];
    if (!cci_beats(c, a, b))
        return 0;
    return kind == CCI_MARGINS ? cci_margin_of(c, a, b) : c->votes[a * c->m + b];
}

/* -- Places ----------------------------------------------------------------------------------- */

/* First who is marked in `in` (NULL: everyone), by `compare` (NULL: all equal); then the others,
 * who share their places. Ties by the chain. */
cocreate_status cci_place_ranked(cci_contest *c, const uint8_t *in, cci_compare compare,
                                 void *context, cocreate_error *error);
/* The same by keys, of which the higher is better, and where they are equal by second ones, unless
 * `second` is NULL. */
cocreate_status cci_place_by_keys(cci_contest *c, const uint8_t *in, const int64_t *first,
                                  const int64_t *second, cocreate_error *error);
/* The members share the first places. */
static inline cocreate_status cci_place_set(cci_contest *c, const uint8_t *in,
                                            cocreate_error *error)
{
    return cci_place_ranked(c, in, NULL, NULL, error);
}

/* -- Traces ----------------------------------------------------------------------------------- */

static inline int cci_is_traced(const cci_contest *c)
{
    return c->m <= CCI_TRACE_OPTIONS;
}

/* "blank":"n", which stands first. */
void cci_write_blank(cci_contest *c);
/* ,"order":[..],"pairwise":[..] or, where the options are too many, ,"omitted":[.. "pairwise" ..]
 * with `before` and `after`, which are written as they are: "\"a\"," and ",\"b\"". */
void cci_write_pairwise(cci_contest *c, const char *before, const char *after);
/* The marked candidates, as ["a","b"]. */
void cci_write_set(cci_contest *c, cci_buffer *out, const uint8_t *in);
/* "A, B and C" of the marked candidates. */
void cci_write_set_names(cci_contest *c, cci_buffer *out, const uint8_t *in);
/* "A beats B by 5 votes to 3." and its like, without what ends the sentence. */
void cci_write_result(cci_contest *c, cci_buffer *out, uint32_t a, uint32_t b);

#endif
