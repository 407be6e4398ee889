/* Young: the fewest ballots to remove so that an option loses to nobody, or beats everyone. */
#include "ranking/optimal/nearly.h"

enum { UNRANKED, VARIANT };
enum { WEAK, STRONG };

static const char *const variants[] = {"weak", "strong", NULL};

static const cci_option_spec options[] = {
    CCI_OPTION_UNRANKED,
    {"variant", CCI_OPTION_CHOICE, variants, 0, 0, 0,
     "what an option is to become: one that loses to nobody, or one that beats everyone"},
};

/* Removed ballots must take away by how much the others win. */
static void needs(const cci_contest *c, size_t option, cci_choices *out, size_t *slot)
{
    int strong = c->run->options[VARIANT].integer == STRONG;
    for (size_t o = 0; o < c->m; o++) {
        if (o == option)
            continue;
        slot[o] = out->needs;
        out->need[out->needs++] = cci_margin_of(c, o, option) + strong;
    }
}

/* A ballot may be removed; there is no reason to if it ranks nobody above the option. */
static cocreate_status levels(cci_contest *c, size_t option, const uint32_t *rank,
                              const size_t *slot, cci_choices *out, cocreate_error *error)
{
    int worth = 0;
    for (size_t o = 0; o < c->m; o++)
        worth |= rank[o] < rank[option];
    if (!worth || rank[option] == CCI_RANK_NONE)
        return COCREATE_OK;
    cci_level *level = cci_choices_add_level(out, &c->run->allocator);
    if (level == NULL)
        return cci_no_memory(error);
    level->cost = 1;
    for (size_t o = 0; o < c->m; o++)
        if (o != option && rank[o] != CCI_RANK_NONE)
            level->gains[slot[o]] = (int8_t)((rank[o] < rank[option]) - (rank[o] > rank[option]));
    return COCREATE_OK;
}

static cocreate_status work(cci_contest *c, cocreate_error *error)
{
    static const cci_nearly kind = {needs, levels, 1, "ballot is removed", "ballots are removed"};
    return cci_nearly_hold(c, &kind, error);
}

static cocreate_status run_young(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work, error);
}

const cci_method cci_method_young = {
    .name = "young",
    .title = "Young: the fewest ballots to remove",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .condorcet = 1,
    .complexity = "exponential in the worst case: at most 64 options, 2^31 - 1 ballots and 131,072 "
                  "partial choices at a time",
    .source = "Young, Extending Condorcet's rule, Journal of Economic Theory 16 (1977); Handbook of "
              "Computational Social Choice (2016), 5",
    .run = run_young,
};
