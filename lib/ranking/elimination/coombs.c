/* Coombs: the most last places leave, round by round. */
#include <string.h>

#include "ranking/elimination/process.h"

enum { ELIMINATION, UNRANKED, UNTIL };
enum { BOTTOM, IGNORED };
enum { MAJORITY, LAST };

static const char *const untils[] = {"majority", "last", NULL};

static const cci_option_spec options[] = {
    CCI_ELIMINATION_OPTION,
    {"unranked", CCI_OPTION_CHOICE, cci_pairs_unranked, 0, 0, 0,
     "who is last on a ballot that leaves out some who continue: these, in equal shares, or the last "
     "that it ranks"},
    {"until", CCI_OPTION_CHOICE, untils, 0, 0, 0,
     "count until one has more than half of the continuing first places, or until one is left, "
     "which can elect another"},
};

struct coombs {
    cci_value *firsts;
    cci_shares lasts;  /* rows up to as many as continue */
    int64_t *left_out; /* by how many: weight of the ballots that leave out so many */
};

static cocreate_status open(cci_process *p, cocreate_error *error)
{
    const cocreate_allocator *a = &p->run->allocator;
    size_t m = p->run->roster->count;
    struct coombs *c = p->data = cci_alloc(a, 1, sizeof *c);
    if (c == NULL)
        return cci_no_memory(error);
    c->firsts = cci_alloc(a, m, sizeof *c->firsts);
    c->left_out = cci_alloc(a, m + 1, sizeof *c->left_out);
    if (c->firsts == NULL || c->left_out == NULL)
        return cci_no_memory(error);
    return cci_shares_init(&c->lasts, a, m, m, error);
}

static void close(cci_process *p)
{
    const cocreate_allocator *a = &p->run->allocator;
    struct coombs *c = p->data;
    if (c == NULL)
        return;
    for (size_t o = 0; c->firsts != NULL && o < p->run->roster->count; o++)
        cci_value_clear(a, &c->firsts[o]);
    cci_free(a, c->firsts);
    cci_free(a, c->left_out);
    cci_shares_free(&c->lasts);
    cci_free(a, c);
}

/* Add the weight of a ballot to those who are last on it. Where options are left out, these are the
 * last; that is noted once, and taken back from those it ranks. */
static cocreate_status add_ballot(cci_process *p, struct coombs *c, size_t b, cocreate_error *error)
{
    const cci_electorate *e = p->run->electorate;
    size_t end = e->start[b + 1], ranked = 0, first = 0, stop = 0, width = 0;
    for (size_t i = e->start[b]; i < end;) { /* first .. stop: the last rank that continues */
        size_t after = cci_rank_end(e, i, end), n = 0;
        for (size_t k = i; k < after; k++)
            n += p->continuing[e->options[k]];
        if (n > 0) {
            first = i;
            stop = after;
            width = n;
        }
        ranked += n;
        i = after;
    }
    size_t rest = p->size - ranked;
    if (ranked == 0)
        return COCREATE_OK;
    int bottom = rest > 0 && p->run->options[UNRANKED].integer == BOTTOM;
    int64_t *row = cci_shares_row(&c->lasts, bottom ? rest : width);
    if (row == NULL)
        return cci_no_memory(error);
    int64_t weight = bottom ? -e->weights[b] : e->weights[b];
    if (bottom) {
        c->left_out[rest] += e->weights[b];
        first = e->start[b];
        stop = end;
    }
    for (size_t i = first; i < stop; i++)
        if (p->continuing[e->options[i]])
            row[e->options[i]] += weight;
    return COCREATE_OK;
}

static cocreate_status count_lasts(cci_process *p, struct coombs *c, cocreate_error *error)
{
    const cocreate_allocator *a = &p->run->allocator;
    size_t m = p->run->roster->count;
    cci_shares_clear(&c->lasts);
    memset(c->left_out, 0, (m + 1) * sizeof *c->left_out);
    for (size_t b = 0; b < p->run->electorate->ballots; b++)
        CCI_TRY(add_ballot(p, c, b, error));
    for (size_t k = 1; k <= m; k++)
        for (size_t o = 0; o < m && c->left_out[k] > 0; o++)
            c->lasts.rows[k][o] += c->left_out[k];
    for (uint32_t o = 0; o < m; o++)
        if (p->continuing[o])
            CCI_TRY(cci_shares_value(&c->lasts, o, &p->rounds.sum, &p->rounds.term, &p->scores[o],
                                     error));
        else
            cci_value_clear(a, &p->scores[o]);
    return COCREATE_OK;
}

static cocreate_status look(cci_process *p, cocreate_error *error)
{
    struct coombs *c = p->data;
    uint32_t winner = CCI_NOBODY;
    CCI_TRY(cci_rounds_count(&p->rounds, p->continuing, error));
    CCI_TRY(cci_rounds_votes(&p->rounds, c->firsts, error));
    p->exhausted = p->rounds.exhausted;
    CCI_TRY(cci_process_note_majority(p, c->firsts, error));
    CCI_TRY(count_lasts(p, c, error));
    if (p->run->options[UNTIL].integer == MAJORITY)
        CCI_TRY(cci_process_majority(p, c->firsts, &winner, error));
    if (winner == CCI_NOBODY)
        return cci_process_last(p, -1, error);
    cci_process_single(p, winner, CCI_WINNERS, "more than half of the continuing first places");
    return COCREATE_OK;
}

static const cci_rule rule = {.with = " with ", .unit = " last places", .choice = 1, .open = open,
                              .close = close, .look = look};

static cocreate_status run_coombs(cci_run *run, cocreate_error *error)
{
    return cci_process_run(run, &rule, error);
}

const cci_method cci_method_coombs = {
    .name = "coombs",
    .title = "Coombs: the most last places leave, round by round",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .parallel = 1,
    .complexity = "O(rounds * ranked options); every order: O(ranked options) for each of at most "
                  "65,536 sets",
    .source = "Coombs, A Theory of Data (1964); Grofman & Feld, If you like the alternative vote, "
              "then you ought to know about the Coombs rule (2004)",
    .run = run_coombs,
};
