/* Bucklin: lower the place until someone has a majority. */
#include "ranking/positional/level.h"
#include "ranking/ties.h"
#include "ranking/write.h"

enum { VARIANT, MAJORITY, EQUAL_RANKS };
enum { STANDARD, SIMPLIFIED, WEIGHTED };
enum { ALL, CONTINUING };
enum { SPLIT, EACH };

static const char *const variants[] = {"standard", "simplified", "weighted", NULL};
static const char *const majorities[] = {"all", "continuing", NULL};
static const char *const equal_ranks[] = {"split", "each", NULL};

static const cci_option_spec options[] = {
    {"variant", CCI_OPTION_CHOICE, variants, 0, 0, 0,
     "the most votes win; or all who have a majority; or the most votes, where place r of m is worth "
     "(m - r) / (m - 1) and half of the ballots is enough"},
    {"majority", CCI_OPTION_CHOICE, majorities, 0, 0, 0,
     "of all ballots that rank someone, or of those that still rank someone on the place counted"},
    {"equal_ranks", CCI_OPTION_CHOICE, equal_ranks, 0, 0, 0,
     "options in one rank: share its places, or have a full vote each from its first place on"},
};

struct bucklin {
    cci_run *run;
    cci_level level;
    cci_value *votes;
    int64_t base;   /* weight that the majority is of */
    int reached;    /* at the depth of the last count someone has a majority */
    size_t counts;
};

static cocreate_status has_majority(const struct bucklin *b, uint32_t option, int *out,
                                    cocreate_error *error)
{
    cci_value half = {b->base, 2, NULL}, none = {0, 1, NULL};
    CCI_TRY(cci_value_compare(&b->votes[option], &half, out, error));
    if (b->run->options[VARIANT].integer == WEIGHTED && *out == 0)
        CCI_TRY(cci_value_compare(&b->votes[option], &none, out, error));
    *out = *out > 0;
    return COCREATE_OK;
}

static cocreate_status count(struct bucklin *b, size_t depth, cocreate_error *error)
{
    const cci_electorate *e = b->run->electorate;
    int64_t reaching;
    CCI_TRY(cci_run_progress(b->run, b->counts++, 0, error));
    CCI_TRY(cci_level_count(&b->level, depth, b->votes, &reaching, error));
    b->base = e->info.weight - e->blank;
    if (b->run->options[MAJORITY].integer == CONTINUING)
        b->base = reaching;
    b->reached = 0;
    for (uint32_t o = 0; o < e->candidates && !b->reached; o++)
        CCI_TRY(has_majority(b, o, &b->reached, error));
    return COCREATE_OK;
}

/* The first place at which someone has a majority: with every place votes grow, and ballots that
 * still rank someone become fewer, so that it can be searched by halves. */
static cocreate_status search(struct bucklin *b, size_t *depth, cocreate_error *error)
{
    size_t longest = b->run->electorate->longest;
    size_t low = 0, high = longest > 0 ? longest : 1; /* none at low; at high if there is one */
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        CCI_TRY(count(b, middle, error));
        if (b->reached)
            high = middle;
        else
            low = middle;
    }
    *depth = high;
    return count(b, high, error);
}

/* Those with a majority share the first places, the others follow by their votes. */
static cocreate_status place_simplified(struct bucklin *b, uint32_t *winners, cocreate_error *error)
{
    cci_run *run = b->run;
    size_t n = 0;
    CCI_TRY(cci_place_by_score(run, error));
    for (uint32_t o = 0; o < run->roster->count; o++) {
        int majority;
        CCI_TRY(has_majority(b, o, &majority, error));
        if (majority)
            winners[n++] = o;
    }
    return n > 0 ? cci_ties_place(run, winners, n, 1, error) : COCREATE_OK;
}

static cocreate_status place(struct bucklin *b, cocreate_error *error)
{
    cci_run *run = b->run;
    const cocreate_allocator *a = &run->allocator;
    for (size_t o = 0; o < run->roster->count; o++) {
        CCI_TRY(cci_value_get(&b->votes[o], &b->level.sum, error));
        CCI_TRY(cci_value_set_rational(a, &run->standings[o].score, &b->level.sum, error));
    }
    if (run->options[VARIANT].integer != SIMPLIFIED)
        return cci_place_by_score(run, error);
    uint32_t *winners = cci_alloc(a, run->roster->count, sizeof *winners);
    cocreate_status status =
        winners != NULL ? place_simplified(b, winners, error) : cci_no_memory(error);
    cci_free(a, winners);
    return status;
}

/* How the votes grew. `b` has counted the last place, and counts the others again. */
static cocreate_status write_trace(struct bucklin *b, size_t depth, cocreate_error *error)
{
    cci_run *run = b->run;
    cci_buffer *out = &run->trace;
    int traced = run->roster->count <= CCI_TRACE_OPTIONS;
    cci_buffer_format(out, "\"blank\":\"%lld\"", (long long)run->electorate->blank);
    if (!traced)
        cci_buffer_text(out, ",\"omitted\":[\"places\"]");
    cci_buffer_format(out, ",\"place\":%zu", depth);
    if (depth == 1 && b->reached)
        cci_buffer_text(&run->notes, "Someone has a majority with first places alone.\n");
    else
        cci_buffer_format(&run->notes,
                          b->reached ? "Someone has a majority with the first %zu places.\n"
                                     : "Nobody has a majority, with %zu places counted.\n",
                          depth);
    for (size_t d = 1; d <= depth && traced; d++) {
        CCI_TRY(count(b, d, error));
        cci_buffer_format(out, d > 1 ? ",{\"of\":\"%lld\",\"votes\":" :
                                       ",\"places\":[{\"of\":\"%lld\",\"votes\":",
                          (long long)b->base);
        CCI_TRY(cci_write_values(run, out, b->votes, NULL, error));
        cci_buffer_text(out, d < depth ? "}" : "}]");
    }
    return COCREATE_OK;
}

static cocreate_status work(struct bucklin *b, cocreate_error *error)
{
    cci_run *run = b->run;
    size_t depth;
    b->votes = cci_alloc(&run->allocator, run->roster->count, sizeof *b->votes);
    if (b->votes == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_level_init(&b->level, run, run->options[VARIANT].integer == WEIGHTED,
                           run->options[EQUAL_RANKS].integer == EACH, error));
    b->level.often = 1;
    CCI_TRY(search(b, &depth, error));
    CCI_TRY(place(b, error));
    return write_trace(b, depth, error);
}

static cocreate_status run_bucklin(cci_run *run, cocreate_error *error)
{
    struct bucklin b = {.run = run};
    cocreate_status status = work(&b, error);
    for (size_t o = 0; b.votes != NULL && o < run->roster->count; o++)
        cci_value_clear(&run->allocator, &b.votes[o]);
    cci_free(&run->allocator, b.votes);
    cci_level_free(&b.level);
    return status;
}

const cci_method cci_method_bucklin = {
    .name = "bucklin",
    .title = "Bucklin: lower the place until someone has a majority",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .lean = 1,
    .tally = COCREATE_TALLY_PLACES,
    .complexity = "O(ranked options + places^2 * options); with equal ranks O(ranked options) for each place",
    .source = "Hoag & Hallett, Proportional Representation (1926), 479-498; for variant=weighted "
              "Kilgour, Gregoire & Foley, Weighted scoring elections: is Borda best? (2022)",
    .run = run_bucklin,
};
