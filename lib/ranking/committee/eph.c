/* E Pluribus Hugo: each vote is shared by all it approves that are left; of those with the fewest
 * points the ones with the fewest approvals leave. */
#include <string.h>

#include "ranking/committee/tally.h"
#include "ranking/committees.h"
#include "ranking/ties.h"
#include "ranking/write.h"

enum { VARIANT };
enum { APPROVALS, POINTS };

static const char *const variants[] = {"approvals", "points", NULL};

static const cci_option_spec options[] = {
    {"variant", CCI_OPTION_CHOICE, variants, 0, 0, 0,
     "several of those compared have the fewest approvals: all of them leave, or those of them with "
     "the fewest points, as for the Hugo Awards"},
};

struct hugo {
    cci_run *run;
    cci_approvals voters;
    cci_worth worth;
    cci_tally tally;
    size_t seats, left, round;
    uint8_t *open;
    int64_t *approvals;
    uint32_t *group; /* those compared, then those who leave first */
    size_t *ends;
    cci_buffer rounds;
};

/* -- A round ---------------------------------------------------------------------------------- */

static int compare_points(const struct hugo *h, uint32_t a, uint32_t b)
{
    return cci_wide_compare(cci_tally_sum(&h->tally, a), cci_tally_sum(&h->tally, b),
                            h->tally.limbs);
}

/* The two with the fewest points, and all that have as many as the second: in order of index. */
static size_t find_compared(struct hugo *h)
{
    uint32_t m = (uint32_t)h->voters.candidates, lowest = m, second = m;
    size_t n = 0;
    for (uint32_t o = 0; o < m; o++) {
        if (!h->open[o])
            continue;
        if (lowest == m || compare_points(h, o, lowest) < 0) {
            second = lowest;
            lowest = o;
        } else if (second == m || compare_points(h, o, second) < 0)
            second = o;
    }
    for (uint32_t o = 0; o < m; o++)
        if (h->open[o] && (second == m || compare_points(h, o, second) <= 0))
            h->group[n++] = o;
    return n;
}

/* Those of the compared who leave, to the front; the others after them. */
static size_t find_leaving(struct hugo *h, size_t compared)
{
    uint32_t *group = h->group;
    uint32_t least = group[0];
    size_t n = 0;
    int by_points = h->run->options[VARIANT].integer == POINTS;
    for (size_t i = 1; i < compared; i++) {
        int64_t difference = h->approvals[group[i]] - h->approvals[least];
        if (difference < 0 ||
            (difference == 0 && by_points && compare_points(h, group[i], least) < 0))
            least = group[i];
    }
    for (size_t i = 0; i < compared; i++) {
        uint32_t o = group[i];
        if (h->approvals[o] == h->approvals[least] &&
            (!by_points || compare_points(h, o, least) == 0)) {
            memmove(group + n + 1, group + n, (i - n) * sizeof *group);
            group[n++] = o;
        }
    }
    return n;
}

static cocreate_status find_scores(struct hugo *h, cocreate_error *error)
{
    for (uint32_t o = 0; o < h->voters.candidates; o++)
        if (h->open[o])
            CCI_TRY(cci_worth_value(&h->worth, cci_tally_sum(&h->tally, o),
                                    &h->run->standings[o].score, error));
    return COCREATE_OK;
}

/* One of those compared, as JSON and as words. */
static cocreate_status tell_one(struct hugo *h, uint32_t o, int first, cocreate_error *error)
{
    cci_buffer *out = &h->rounds, *notes = &h->run->notes;
    const cci_value *points = &h->run->standings[o].score;
    cci_buffer_format(out, "%s{\"approvals\":\"%lld\",\"option\":", first ? "" : ",",
                      (long long)h->approvals[o]);
    cci_write_id(h->run, out, o);
    cci_buffer_text(out, ",\"points\":\"");
    CCI_TRY(cci_value_text(points, out, error));
    cci_buffer_text(out, "\"}");
    cci_buffer_text(notes, first ? "" : ", ");
    cci_buffer_text(notes, cci_name(h->run, o));
    cci_buffer_text(notes, " (");
    CCI_TRY(cci_value_say(points, notes, error));
    cci_buffer_format(notes, " points, %lld approvals)", (long long)h->approvals[o]);
    return COCREATE_OK;
}

/* `leaving` of the `compared` of the group. */
static cocreate_status tell(struct hugo *h, size_t compared, size_t leaving, cocreate_error *error)
{
    cci_run *run = h->run;
    cci_buffer *notes = &run->notes;
    cci_buffer_text(&h->rounds, h->round > 1 ? ",{\"compared\":[" : "{\"compared\":[");
    cci_buffer_format(notes, "Round %zu compares ", h->round);
    for (size_t i = 0; i < compared; i++)
        CCI_TRY(tell_one(h, h->group[i], i == 0, error));
    cci_buffer_text(&h->rounds, "],\"eliminated\":");
    cci_write_ids(run, &h->rounds, h->group, leaving);
    cci_buffer_format(&h->rounds, ",\"round\":%zu}", h->round);
    cci_buffer_text(notes, ": ");
    cci_write_names(run, notes, h->group, leaving);
    cci_buffer_text(notes, leaving == 1 ? " leaves.\n" : " leave.\n");
    return COCREATE_OK;
}

static void leave(struct hugo *h, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t o = h->group[i];
        h->run->standings[o].from = h->left - n + 1;
        h->run->standings[o].to = h->left;
        h->open[o] = 0;
        cci_tally_down(&h->tally, o);
    }
    h->left -= n;
}

/* -- The last round --------------------------------------------------------------------------- */

/* More would leave than may: the tie chain tells who does. */
static cocreate_status leave_by_chain(struct hugo *h, size_t compared, size_t n,
                                      cocreate_error *error)
{
    size_t stay = n - (h->left - h->seats);
    if (stay > 0) {
        CCI_TRY(cci_ties_break(h->run, h->group, n, h->ends, 0, error));
        if (h->ends[stay - 1] > stay)
            return cci_fail(error, COCREATE_ERR_TIE,
                            "options such as %s tie in round %zu, and no tie step tells who leaves: "
                            "add id or lot to ties, or ask for all committees by ties=parallel",
                            cci_name(h->run, h->group[stay]), h->round);
    }
    for (size_t i = 0; i < stay; i++) { /* who stays, behind those who leave */
        uint32_t o = h->group[0];
        memmove(h->group, h->group + 1, (n - 1) * sizeof *h->group);
        h->group[n - 1] = o;
    }
    CCI_TRY(tell(h, compared, n - stay, error));
    for (size_t i = n - stay; i-- > 0;) { /* who stood last by the chain leaves first */
        uint32_t o = h->group[i];
        h->run->standings[o].from = h->run->standings[o].to = h->left--;
        h->open[o] = 0;
    }
    return COCREATE_OK;
}

static cocreate_status every_choice(struct hugo *h, size_t n, cocreate_error *error)
{
    cci_run *run = h->run;
    cci_committees c = {.run = NULL};
    size_t fixed = 0;
    for (size_t i = 0; i < n; i++)
        h->open[h->group[i]] = 0;
    uint32_t *stay = cci_alloc(&run->allocator, h->left, sizeof *stay);
    for (uint32_t o = 0; stay != NULL && o < h->voters.candidates; o++)
        if (h->open[o])
            stay[fixed++] = o;
    cocreate_status status = stay != NULL ? cci_committees_init(&c, run, h->seats, error)
                                          : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_committees_add_choices(&c, stay, fixed, h->group, n, error);
    if (status == COCREATE_OK)
        status = cci_committees_elect(&c, &run->trace, error);
    cci_committees_free(&c);
    cci_free(&run->allocator, stay);
    return status;
}

/* --------------------------------------------------------------------------------------------- */

static cocreate_status eliminate(struct hugo *h, cocreate_error *error)
{
    int parallel = h->run->chain.parallel;
    while (h->left > h->seats) {
        size_t compared = find_compared(h), n = find_leaving(h, compared);
        h->round++;
        CCI_TRY(find_scores(h, error));
        CCI_TRY(cci_run_progress(h->run, h->round, h->voters.candidates, error));
        if (h->left - n < h->seats && parallel) {
            CCI_TRY(tell(h, compared, n, error));
            return every_choice(h, n, error);
        }
        if (h->left - n < h->seats)
            return leave_by_chain(h, compared, n, error);
        CCI_TRY(tell(h, compared, n, error));
        leave(h, n);
    }
    CCI_TRY(find_scores(h, error));
    return parallel ? every_choice(h, 0, error) : COCREATE_OK;
}

static cocreate_status one_by(const void *state, size_t i, cci_rational *out, cocreate_error *error)
{
    (void)state;
    return cci_rational_set_i64(out, 1, (int64_t)i, error);
}

static cocreate_status open(struct hugo *h, cocreate_error *error)
{
    cci_run *run = h->run;
    const cocreate_allocator *a = &run->allocator;
    size_t m = run->roster->count;
    CCI_TRY(cci_approvals_open(run->electorate, a, &h->voters, error));
    CCI_TRY(cci_worth_init(&h->worth, run, &h->voters, h->voters.longest, one_by, NULL, error));
    CCI_TRY(cci_tally_init(&h->tally, &h->voters, &h->worth, h->worth.steps, error));
    h->open = cci_alloc(a, m, sizeof *h->open);
    h->approvals = cci_alloc(a, m, sizeof *h->approvals);
    h->group = cci_alloc(a, m, sizeof *h->group);
    h->ends = cci_alloc(a, m, sizeof *h->ends);
    run->selected = cci_alloc(a, m, sizeof *run->selected);
    if (!h->open || !h->approvals || !h->group || !h->ends || !run->selected)
        return cci_no_memory(error);
    memset(h->open, 1, m);
    cci_tally_everyone(&h->tally);
    return cci_approvals_order(&h->voters, h->group, h->approvals, error);
}

static cocreate_status count(struct hugo *h, cocreate_error *error)
{
    cci_run *run = h->run;
    CCI_TRY(open(h, error));
    cci_buffer_format(&run->trace, "\"blank\":\"%lld\",", (long long)run->electorate->blank);
    CCI_TRY(eliminate(h, error));
    for (uint32_t o = 0; !run->chain.parallel && o < run->roster->count; o++)
        if (h->open[o]) {
            run->selected[o] = 1;
            run->standings[o].from = 1;
            run->standings[o].to = h->seats;
        }
    cci_buffer_text(&run->trace, "\"rounds\":[");
    cci_buffer_add(&run->trace, h->rounds.data, h->rounds.size);
    cci_buffer_byte(&run->trace, ']');
    return h->rounds.failed ? cci_no_memory(error) : COCREATE_OK;
}

static cocreate_status run_eph(cci_run *run, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    struct hugo h = {.run = run, .seats = (size_t)run->seats, .left = run->roster->count};
    cci_buffer_init(&h.rounds, a);
    cocreate_status status = count(&h, error);
    cci_free(a, h.open);
    cci_free(a, h.approvals);
    cci_free(a, h.group);
    cci_free(a, h.ends);
    cci_buffer_free(&h.rounds);
    cci_tally_free(&h.tally);
    cci_worth_free(&h.worth);
    cci_approvals_close(&h.voters);
    return status;
}

const cci_method cci_method_eph = {
    .name = "eph",
    .title = "E Pluribus Hugo: shared votes, and the least popular of the lowest leave",
    .evidence = CCI_TAKES(COCREATE_BALLOT_APPROVAL),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .parallel = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "O(approvals * longest ballot + options^2)",
    .source = "Quinn & Schneier, A proportional voting system for awards nominations resistant to "
              "voting blocs (2016), single divisible vote with least-popular elimination; Constitution "
              "of the World Science Fiction Society, 3.9",
    .run = run_eph,
};
