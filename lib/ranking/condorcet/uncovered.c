/* The uncovered set: who is not covered by another option, in the four ways that differ where
 * options tie. */
#include "ranking/condorcet/cover.h"
#include "ranking/condorcet/relation.h"

enum { UNRANKED, VARIANT };
enum { LEFT, RIGHT, MCKELVEY, FISHBURN };

static const char *const variants[] = {"left", "right", "mckelvey", "fishburn", NULL};

static const cci_option_spec options[] = {
    CCI_OPTION_UNRANKED,
    {"variant", CCI_OPTION_CHOICE, variants, 0, 0, 0,
     "a covers b if a beats b and all that beat a beat b too (left); and a beats all that b beats "
     "(right); both (mckelvey); or if all that beat a beat b too, and more (fishburn)"},
};

struct graph {
    cci_relation beats; /* row a: whom a beats */
    cci_relation loses; /* row a: who beats a */
    int64_t variant;
};

/* Is every bit of row a of `r` set in row b? */
static int is_part(const cci_relation *r, size_t a, size_t b)
{
    const uint64_t *x = cci_relation_row(r, a), *y = cci_relation_row(r, b);
    for (size_t w = 0; w < r->words; w++)
        if ((x[w] & ~y[w]) != 0)
            return 0;
    return 1;
}

static int covers(const cci_contest *c, const void *context, size_t a, size_t b)
{
    const struct graph *g = context;
    (void)c;
    if (g->variant == FISHBURN)
        return is_part(&g->loses, a, b) && !is_part(&g->loses, b, a);
    if (!cci_above(&g->beats, a, b))
        return 0;
    return (g->variant == RIGHT || is_part(&g->loses, a, b)) &&
           (g->variant == LEFT || is_part(&g->beats, b, a));
}

static cocreate_status find(cci_contest *c, struct graph *g, cocreate_error *error)
{
    CCI_TRY(cci_relation_init(&g->beats, &c->run->allocator, c->m, error));
    CCI_TRY(cci_relation_init(&g->loses, &c->run->allocator, c->m, error));
    for (size_t a = 0; a < c->m; a++)
        for (size_t b = 0; b < c->m; b++)
            if (cci_beats(c, a, b)) {
                cci_relation_set(&g->beats, a, b);
                cci_relation_set(&g->loses, b, a);
            }
    return cci_place_uncovered(c, covers, g, " covers ", error);
}

static cocreate_status work(cci_contest *c, cocreate_error *error)
{
    struct graph g = {.variant = c->run->options[VARIANT].integer};
    cocreate_status status = find(c, &g, error);
    cci_free(&c->run->allocator, g.beats.rows);
    cci_free(&c->run->allocator, g.loses.rows);
    return status;
}

static cocreate_status run_uncovered(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work, error);
}

const cci_method cci_method_uncovered = {
    .name = "uncovered",
    .title = "Uncovered set: who is not bettered by another in every comparison",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .condorcet = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = "O(ballots * options^2 + options^3 / 64), at most 8,192 options",
    .source = "Gillies (1959), Fishburn (1977), Bordes (1983) and McKelvey (1986), after Duggan, "
              "Uncovered sets, Social Choice and Welfare 41 (2013)",
    .run = run_uncovered,
};
