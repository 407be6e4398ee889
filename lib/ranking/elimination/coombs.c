/* Coombs: the most last places leave, round by round. */
#include "ranking/elimination/process.h"
#include "ranking/positional/lasts.h"

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
    cci_lasts lasts;
};

static cocreate_status open(cci_process *p, cocreate_error *error)
{
    const cocreate_allocator *a = &p->run->allocator;
    struct coombs *c = p->data = cci_alloc(a, 1, sizeof *c);
    if (c == NULL)
        return cci_no_memory(error);
    c->firsts = cci_alloc(a, p->run->roster->count, sizeof *c->firsts);
    if (c->firsts == NULL)
        return cci_no_memory(error);
    return cci_lasts_init(&c->lasts, p->run, error);
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
    cci_lasts_free(&c->lasts);
    cci_free(a, c);
}

static cocreate_status count_lasts(cci_process *p, struct coombs *c, cocreate_error *error)
{
    int bottom = p->run->options[UNRANKED].integer == BOTTOM;
    CCI_TRY(cci_lasts_count(&c->lasts, p->continuing, p->size, bottom, error));
    for (uint32_t o = 0; o < p->run->roster->count; o++)
        if (p->continuing[o])
            CCI_TRY(cci_lasts_value(&c->lasts, o, 0, &p->rounds.sum, &p->rounds.term,
                                    &p->scores[o], error));
        else
            cci_value_clear(&p->run->allocator, &p->scores[o]);
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
    .lean = 1,
    .complexity = "O(rounds * ranked options); every order: O(ranked options) for each of at most "
                  "65,536 sets",
    .source = "Coombs, A Theory of Data (1964); Grofman & Feld, If you like the alternative vote, "
              "then you ought to know about the Coombs rule (2004)",
    .run = run_coombs,
};
