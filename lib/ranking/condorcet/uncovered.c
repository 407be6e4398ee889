/* The uncovered set: who is not covered by another option, in the four ways that differ where
 * options tie. */
#include "ranking/condorcet/contest.h"
#include "ranking/condorcet/relation.h"
#include "ranking/write.h"

enum { UNRANKED, VARIANT };
enum { LEFT, RIGHT, MCKELVEY, FISHBURN };

static const char *const variants[] = {"left", "right", "mckelvey", "fishburn", NULL};

static const cci_option_spec options[] = {
    CCI_OPTION_UNRANKED,
    {"variant", CCI_OPTION_CHOICE, variants, 0, 0, 0,
     "a covers b if a beats b and all that beat a beat b too (left); and a beats all that b beats "
     "(right); both (mckelvey); or if all that beat a beat b too, and more (fishburn)"},
};

struct cover {
    cci_contest *c;
    cci_relation beats; /* row a: whom a beats */
    cci_relation loses; /* row a: who beats a */
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

static int covers(const struct cover *k, int64_t variant, size_t a, size_t b)
{
    if (variant == FISHBURN)
        return is_part(&k->loses, a, b) && !is_part(&k->loses, b, a);
    if (!cci_above(&k->beats, a, b))
        return 0;
    return (variant == RIGHT || is_part(&k->loses, a, b)) &&
           (variant == LEFT || is_part(&k->beats, b, a));
}

/* {"c":"a",..}: a first one that covers each of those that are covered. */
static void write_covered(struct cover *k, const uint32_t *by)
{
    cci_contest *c = k->c;
    cci_buffer *out = &c->run->trace;
    const char *comma = "";
    cci_buffer_text(out, ",\"covered_by\":{");
    for (size_t i = 0; i < c->m; i++) {
        uint32_t b = c->run->roster->by_key[i];
        if (c->in[b])
            continue;
        cci_buffer_text(out, comma);
        comma = ",";
        cci_write_id(c->run, out, b);
        cci_buffer_byte(out, ':');
        cci_write_id(c->run, out, by[b]);
    }
    cci_buffer_byte(out, '}');
    for (uint32_t b = 0; b < c->m && cci_is_traced(c); b++)
        if (!c->in[b]) {
            cci_buffer_text(&c->run->notes, cci_name(c->run, by[b]));
            cci_buffer_text(&c->run->notes, " covers ");
            cci_buffer_text(&c->run->notes, cci_name(c->run, b));
            cci_buffer_text(&c->run->notes, ".\n");
        }
}

static cocreate_status find(struct cover *k, cocreate_error *error)
{
    cci_contest *c = k->c;
    uint32_t *by = cci_contest_alloc(c, c->m, sizeof *by);
    if (by == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_relation_init(&k->beats, &c->run->allocator, c->m, error));
    CCI_TRY(cci_relation_init(&k->loses, &c->run->allocator, c->m, error));
    for (size_t a = 0; a < c->m; a++)
        for (size_t b = 0; b < c->m; b++)
            if (cci_beats(c, a, b)) {
                cci_relation_set(&k->beats, a, b);
                cci_relation_set(&k->loses, b, a);
            }
    for (size_t b = 0; b < c->m; b++) {
        c->in[b] = 1;
        for (size_t a = 0; a < c->m && c->in[b]; a++)
            if (covers(k, c->run->options[VARIANT].integer, a, b)) {
                c->in[b] = 0;
                by[b] = (uint32_t)a;
            }
        CCI_TRY(cci_run_progress(c->run, b, c->m, error));
    }
    CCI_TRY(cci_place_set(c, c->in, error));
    cci_write_blank(c);
    write_covered(k, by);
    cci_write_pairwise(c, "", "");
    cci_buffer_text(&c->run->trace, ",\"set\":");
    cci_write_set(c, &c->run->trace, c->in);
    return COCREATE_OK;
}

static cocreate_status work(cci_contest *c, cocreate_error *error)
{
    struct cover k = {.c = c};
    cocreate_status status = find(&k, error);
    cci_free(&c->run->allocator, k.beats.rows);
    cci_free(&c->run->allocator, k.loses.rows);
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
