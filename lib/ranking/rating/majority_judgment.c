/* Majority judgment: the highest median grade, and rules that compare equal medians. */
#include "base/checked.h"
#include "ranking/rating/grades.h"
#include "ranking/ties.h"
#include "ranking/write.h"

enum { VARIANT, UNSCORED };
enum { STANDARD, TYPICAL, CENTRAL, USUAL };

static const char *const variants[] = {"standard", "typical", "central", "usual", NULL};
static const char *const unscored[] = {"ignored", "worst", NULL};

static const cci_option_spec options[] = {
    {"variant", CCI_OPTION_CHOICE, variants, 0, 0, 0,
     "options of the same median, with shares p above it and q below it: standard takes median "
     "grades away one by one until they differ; typical compares p - q, central (p - q) / (p + q), "
     "usual (p - q) / (1 - p - q)"},
    {"unscored", CCI_OPTION_CHOICE, unscored, 0, 0, 0,
     "a ballot that scores others but not this option is not counted for it, or gives it the lowest "
     "score of the election"},
};

struct judgment {
    cci_run *run;
    cci_grades grades;
};

/* How the grades of a candidate stand around its median. */
struct gauge {
    size_t run; /* of the median; SIZE_MAX where there is no grade */
    int64_t median, below, within, above;
};

static struct gauge gauge_of(const cci_grades *g, uint32_t o)
{
    struct gauge out = {.run = cci_grades_median(g, o)};
    if (out.run == SIZE_MAX)
        return out;
    for (size_t i = g->start[o]; i < out.run; i++)
        out.below += g->weights[i];
    out.median = g->scores[out.run];
    out.within = g->weights[out.run];
    out.above = g->totals[o] - out.below - out.within;
    return out;
}

/* -- Taking median grades away ---------------------------------------------------------------- */

/* Taking the lower median away again and again reads the sorted grades from the middle outwards, now
 * from one side, now from the other: of n grades, n odd, the middle c, then c - 1, c + 1, c - 2, ..;
 * n even, c = n / 2, then c + 1, c - 1, c + 2, ... The grades at the steps 0, 2, 4, .. go one way, and
 * those at 1, 3, 5, .. the other: two walks along the runs. */
struct walk {
    const cci_grades *grades;
    size_t run, first, end; /* runs of the candidate; `run` is outside when the walk is over */
    int direction;
    int64_t left; /* grades of this run that are still ahead */
};

static struct walk walk_from(const cci_grades *g, uint32_t o, int odd_steps)
{
    int64_t n = g->totals[o], middle = n / 2 + n % 2, start, before = 0;
    struct walk w = {.grades = g, .first = g->start[o], .end = g->start[o + 1]};
    w.direction = (n % 2 == 1) == !odd_steps ? 1 : -1;
    start = odd_steps ? middle + w.direction : middle; /* from 1 */
    w.run = w.first;
    while (w.run < w.end && before + g->weights[w.run] < start)
        before += g->weights[w.run++];
    if (start < 1)
        w.run = SIZE_MAX;
    else if (w.run < w.end)
        w.left = w.direction > 0 ? before + g->weights[w.run] - start + 1 : start - before;
    return w;
}

static int walk_over(const struct walk *w)
{
    return w->run < w->first || w->run >= w->end;
}

static void walk_on(struct walk *w, int64_t steps)
{
    w->left -= steps;
    if (w->left > 0)
        return;
    w->run = w->direction > 0 ? w->run + 1 : w->run - 1; /* past the first: SIZE_MAX, or before it */
    if (!walk_over(w))
        w->left = w->grades->weights[w->run];
}

/* The step at which two candidates first differ on one of the walks, and which is better there; the
 * one without a grade is worse. UINT64_MAX where they never do. */
static uint64_t first_difference(const cci_grades *g, uint32_t a, uint32_t b, int odd_steps,
                                 int *order)
{
    struct walk x = walk_from(g, a, odd_steps), y = walk_from(g, b, odd_steps);
    uint64_t step = (uint64_t)odd_steps;
    *order = 0;
    while (!walk_over(&x) && !walk_over(&y)) {
        int64_t p = g->scores[x.run], q = g->scores[y.run];
        if (p != q) {
            *order = p > q ? 1 : -1;
            return step;
        }
        int64_t steps = x.left < y.left ? x.left : y.left;
        walk_on(&x, steps);
        walk_on(&y, steps);
        step += 2 * (uint64_t)steps;
    }
    if (walk_over(&x) && walk_over(&y))
        return UINT64_MAX;
    *order = walk_over(&y) ? 1 : -1;
    return step;
}

static int compare_by_removal(const cci_grades *g, uint32_t a, uint32_t b)
{
    int even, odd;
    uint64_t at_even = first_difference(g, a, b, 0, &even);
    uint64_t at_odd = first_difference(g, a, b, 1, &odd);
    return at_even < at_odd ? even : odd;
}

/* -- The variants ----------------------------------------------------------------------------- */

struct ratio {
    int64_t num, den; /* den > 0 */
};

/* Fabre, Tie-breaking the highest median (2021): what is added to equal medians, but for 1/2. */
static struct ratio ratio_of(const struct gauge *g, int64_t variant)
{
    struct ratio r = {g->above - g->below, g->above + g->below + g->within};
    if (variant == CENTRAL)
        r.den = g->above + g->below > 0 ? g->above + g->below : 1;
    if (variant == USUAL)
        r.den = g->within;
    return r;
}

static int compare_ratios(struct ratio a, struct ratio b)
{
    int sign_a = (a.num > 0) - (a.num < 0), sign_b = (b.num > 0) - (b.num < 0);
    if (sign_a != sign_b || sign_a == 0)
        return (sign_a > sign_b) - (sign_a < sign_b);
    uint64_t x = a.num < 0 ? 0 - (uint64_t)a.num : (uint64_t)a.num;
    uint64_t y = b.num < 0 ? 0 - (uint64_t)b.num : (uint64_t)b.num;
    return sign_a * cci_compare_products(x, (uint64_t)b.den, y, (uint64_t)a.den);
}

/* 1 if a is better than b. */
static int compare(const struct judgment *j, uint32_t a, uint32_t b)
{
    int64_t variant = j->run->options[VARIANT].integer;
    struct gauge x = gauge_of(&j->grades, a), y = gauge_of(&j->grades, b);
    if (x.run == SIZE_MAX || y.run == SIZE_MAX)
        return (x.run != SIZE_MAX) - (y.run != SIZE_MAX);
    if (x.median != y.median)
        return x.median > y.median ? 1 : -1;
    if (variant == STANDARD)
        return compare_by_removal(&j->grades, a, b);
    return compare_ratios(ratio_of(&x, variant), ratio_of(&y, variant));
}

static cocreate_status best_first(void *context, uint32_t a, uint32_t b, int *out,
                                  cocreate_error *error)
{
    (void)error;
    *out = -compare(context, a, b);
    return COCREATE_OK;
}

/* -- The run ---------------------------------------------------------------------------------- */

static void write_trace(struct judgment *j)
{
    cci_run *run = j->run;
    cci_buffer *out = &run->trace;
    cci_buffer_format(out, "\"blank\":\"%lld\",\"grades\":{", (long long)run->electorate->blank);
    for (size_t i = 0; i < run->roster->count; i++) {
        uint32_t o = run->roster->by_key[i];
        struct gauge g = gauge_of(&j->grades, o);
        if (i > 0)
            cci_buffer_byte(out, ',');
        cci_write_id(run, out, o);
        if (g.run == SIZE_MAX)
            cci_buffer_text(out, ":null");
        else
            cci_buffer_format(out, ":{\"above\":\"%lld\",\"at\":\"%lld\",\"below\":\"%lld\"}",
                              (long long)g.above, (long long)g.within, (long long)g.below);
    }
    cci_buffer_byte(out, '}');
    for (uint32_t o = 0; o < run->roster->count; o++) {
        struct gauge g = gauge_of(&j->grades, o);
        cci_buffer_text(&run->notes, cci_name(run, o));
        if (g.run == SIZE_MAX)
            cci_buffer_text(&run->notes, " has no grade.\n");
        else
            cci_buffer_format(&run->notes,
                              " has the median grade %lld: %lld above, %lld at it, %lld below.\n",
                              (long long)g.median, (long long)g.above, (long long)g.within,
                              (long long)g.below);
    }
}

static cocreate_status judge(struct judgment *j, cocreate_error *error)
{
    cci_run *run = j->run;
    for (uint32_t o = 0; o < run->roster->count; o++) {
        struct gauge g = gauge_of(&j->grades, o);
        if (g.run != SIZE_MAX)
            cci_value_set(&run->allocator, &run->standings[o].score, g.median, 1);
    }
    write_trace(j);
    return cci_place_by(run, best_first, j, error);
}

static cocreate_status run_majority_judgment(cci_run *run, cocreate_error *error)
{
    struct judgment j = {.run = run};
    CCI_TRY(cci_grades_open(run, (int)run->options[UNSCORED].integer, &j.grades, error));
    cocreate_status status = judge(&j, error);
    cci_grades_free(&j.grades);
    return status;
}

const cci_method cci_method_majority_judgment = {
    .name = "majority_judgment",
    .title = "Majority judgment: the highest median grade",
    .evidence = CCI_TAKES(COCREATE_BALLOT_SCORE),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .tally = COCREATE_TALLY_VALUES,
    .complexity = "O(scores + options * grades * log options)",
    .source = "Balinski & Laraki, A theory of measuring, electing, and ranking, PNAS 104 (2007); "
              "Fabre, Tie-breaking the highest median: alternatives to the majority judgment, Social "
              "Choice and Welfare 56 (2021)",
    .run = run_majority_judgment,
};
