/* Tables of an open round: candidates by id, who wrote what. Dropped with the campaign's cache. */
#ifndef CCI_CAMPAIGN_ROUNDS_CACHE_H
#define CCI_CAMPAIGN_ROUNDS_CACHE_H

#include "base/table.h"
#include "campaign/rounds/rounds.h"

/* What one author wrote, as a chain: next is an index + 1, 0 ends it. */
struct cci_authorship {
    uint32_t candidate, next;
};

/* Milestone i froze its votes: CCI_OUT_FROZEN + i; it ended in the state of that index of cci_state_ends:
 * CCI_OUT_ENDED + index. */
#define CCI_OUT_FROZEN 1
#define CCI_OUT_JUDGED 199 /* in a period that is over */
#define CCI_OUT_ENDED 200

struct cci_round_cache {
    struct cci_round_cache *next;
    cocreate_allocator allocator;
    size_t index; /* of the round in the brief */
    int64_t opens, closes;
    json_t *row;   /* owns the candidates' ids */
    json_t *names; /* owns the authors' ids */
    cci_string_set candidates, authors;
    uint8_t *out_of_game; /* 0, or why the candidate takes no votes: CCI_OUT_* */
    int64_t *costs;       /* of the candidates, minor units */
    int64_t *since;       /* when they were published */
    uint32_t *categories; /* index + 1 of their category in the brief, 0 none */
    size_t cap_out, cap_costs, cap_since, cap_categories;
    struct cci_authorship *works;
    uint32_t *first_work; /* by author: index + 1 into works */
    size_t n_works, cap_works, cap_authors;
};

/* The tables of a round that is open at `at`, or the refusal of cci_round_require_open(). */
cocreate_status cci_round_cache_get(cci_engine *e, cci_campaign *c, size_t index, int64_t at,
                                    unsigned allows, struct cci_round_cache **out,
                                    cocreate_error *error);

/* Refuses a candidate that is out of the game, saying why. */
cocreate_status cci_round_cache_refuse(const cci_campaign *c, const struct cci_round_cache *r,
                                       uint32_t candidate, cocreate_error *error);

/* In a rolling round: look whether a contribution may be voted on that was not there when the round
 * opened, and take it in. *candidate stays as it is where it may not. */
cocreate_status cci_round_cache_join(cci_engine *e, const cci_campaign *c,
                                     struct cci_round_cache *r, const char *id,
                                     uint32_t *candidate, cocreate_error *error);

/* Did this author (an index of `authors`) write this candidate? */
int cci_round_cache_authored(const struct cci_round_cache *r, uint32_t author, uint32_t candidate);

#endif
