/* Dodgson: the fewest swaps of neighbours in ballots that make an option beat everyone. */
#include "ranking/optimal/nearly.h"

/* Who does not lose to the option must be passed. A ballot that ranked it lower and ranks it higher
 * now counts twice, one that ranked it equal once. */
static void needs(const cci_contest *c, size_t option, cci_choices *out, size_t *slot)
{
    for (size_t o = 0; o < c->m; o++) {
        int64_t margin = cci_margin_of(c, o, option);
        if (o == option || margin < 0)
            continue;
        slot[o] = out->needs;
        out->need[out->needs++] = margin + 1;
    }
}

/* Lift the option out of its rank, then above one rank after the other; a level ends with a rank in
 * which somebody is to be passed. Costs are half swaps: who was equal is passed by half a swap. */
static cocreate_status levels(cci_contest *c, size_t option, const uint32_t *rank,
                              const size_t *slot, cci_choices *out, cocreate_error *error)
{
    cci_level sofar = {0, {0}};
    for (uint32_t step = 0; step <= rank[option]; step++) {
        uint32_t passed = rank[option] - step;
        int8_t each = step == 0 ? 1 : 2;
        int useful = 0;
        for (size_t o = 0; o < c->m; o++) {
            if (o == option || rank[o] != passed)
                continue;
            sofar.cost += each;
            if (slot[o] == SIZE_MAX)
                continue;
            useful = 1;
            sofar.gains[slot[o]] = each;
        }
        cci_level *level = useful ? cci_choices_add_level(out, &c->run->allocator) : NULL;
        if (useful && level == NULL)
            return cci_no_memory(error);
        if (useful)
            *level = sofar;
    }
    return COCREATE_OK;
}

static cocreate_status work(cci_contest *c, cocreate_error *error)
{
    static const cci_nearly kind = {needs, levels, 2, "swap of neighbours is made",
                                    "swaps of neighbours are made"};
    return cci_nearly_hold(c, &kind, error);
}

static cocreate_status run_dodgson(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work, error);
}

const cci_method cci_method_dodgson = {
    .name = "dodgson",
    .title = "Dodgson: the fewest swaps of neighbours",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .exact = 1,
    .condorcet = 1,
    .complexity = "exponential in the worst case: at most 64 options, 2^31 - 1 ballots and 131,072 "
                  "partial choices at a time",
    .source = "Dodgson, A method of taking votes on more than two issues (1876); Bartholdi, Tovey & "
              "Trick, Voting schemes for which it can be difficult to tell who won the election "
              "(1989); Handbook of Computational Social Choice (2016), 5",
    .run = run_dodgson,
};
