/* Multi-pass instant runoff: one winner a pass, who does not run in the next. */
#include <string.h>

#include "ranking/elimination/rounds.h"
#include "ranking/ties.h"
#include "ranking/write.h"

enum { OVERVOTE };

static const cci_option_spec options[] = {CCI_OPTION_OVERVOTE};

struct passes {
    cci_run *run;
    cci_rounds rounds;
    uint8_t *continuing;
    size_t size;
    cci_value *votes;
    uint32_t *group;
    size_t *ends;
    size_t pass, round;
};

/* Those with the fewest votes into the group; how many. */
static cocreate_status find_fewest(struct passes *p, size_t *n, cocreate_error *error)
{
    *n = 0;
    for (uint32_t o = 0; o < p->run->roster->count; o++) {
        int order = -1;
        if (!p->continuing[o])
            continue;
        if (*n > 0)
            CCI_TRY(cci_value_compare(&p->votes[o], &p->votes[p->group[0]], &order, error));
        if (order < 0)
            *n = 0;
        if (order <= 0)
            p->group[(*n)++] = o;
    }
    return COCREATE_OK;
}

/* Who leaves: the last by the chain of those with the fewest votes. */
static cocreate_status choose(struct passes *p, uint32_t *out, cocreate_error *error)
{
    size_t n;
    CCI_TRY(find_fewest(p, &n, error));
    *out = p->group[0];
    if (n == 1)
        return COCREATE_OK;
    CCI_TRY(cci_ties_break(p->run, p->group, n, p->ends, 0, error));
    if (p->ends[n - 2] == n)
        return cci_fail(error, COCREATE_ERR_TIE,
                        "pass %zu, round %zu: %zu options tie for the last place, such as %s, and no "
                        "tie step tells which leaves: add id or lot to ties",
                        p->pass, p->round, n, cci_name(p->run, p->group[n - 1]));
    *out = p->group[n - 1];
    return COCREATE_OK;
}

static cocreate_status keep_score(struct passes *p, uint32_t o, cocreate_error *error)
{
    CCI_TRY(cci_value_get(&p->votes[o], &p->rounds.sum, error));
    return cci_value_set_rational(&p->run->allocator, &p->run->standings[o].score, &p->rounds.sum,
                                  error);
}

static cocreate_status write_round(struct passes *p, uint32_t leaves, cocreate_error *error)
{
    cci_buffer *out = &p->run->trace;
    int last = p->size == 1;
    cci_buffer_text(out, p->round > 1 ? ",{" : "{");
    cci_buffer_text(out, "\"eliminated\":[");
    if (!last)
        cci_write_id(p->run, out, leaves);
    cci_buffer_format(out, "],\"exhausted\":\"%lld\",\"round\":%zu", (long long)p->rounds.exhausted,
                      p->round);
    if (p->run->roster->count <= CCI_TRACE_OPTIONS) {
        cci_buffer_text(out, ",\"votes\":");
        CCI_TRY(cci_write_values(p->run, out, p->votes, NULL, error));
    }
    cci_buffer_byte(out, '}');
    return COCREATE_OK;
}

static cocreate_status say_round(struct passes *p, uint32_t o, cocreate_error *error)
{
    cci_buffer *out = &p->run->notes;
    cci_buffer_format(out, "Pass %zu, round %zu: ", p->pass, p->round);
    cci_buffer_text(out, cci_name(p->run, o));
    cci_buffer_text(out, " leaves with ");
    CCI_TRY(cci_value_text(&p->votes[o], out, error));
    cci_buffer_text(out, " votes.\n");
    return COCREATE_OK;
}

/* Count among those who continue, and keep what each has. */
static cocreate_status count(struct passes *p, cocreate_error *error)
{
    CCI_TRY(cci_rounds_count(&p->rounds, p->continuing, error));
    CCI_TRY(cci_rounds_votes(&p->rounds, p->votes, error));
    for (uint32_t o = 0; o < p->run->roster->count; o++)
        if (p->continuing[o])
            CCI_TRY(keep_score(p, o, error));
    return COCREATE_OK;
}

/* One pass, up to the one who is left; the others are placed behind the winners of all passes. */
static cocreate_status run_pass(struct passes *p, cocreate_error *error)
{
    cci_run *run = p->run;
    size_t m = run->roster->count;
    uint32_t winner = 0;
    p->size = 0;
    for (size_t o = 0; o < m; o++)
        p->size += p->continuing[o] = !run->selected[o];
    p->rounds.ready = 0; /* from the start, ballots that ended included */
    for (p->round = 1; p->size > 1 || p->round == 1; p->round++) {
        uint32_t leaves = 0;
        int alone = p->size == 1;
        CCI_TRY(cci_run_progress(run, p->round, m, error));
        CCI_TRY(count(p, error));
        if (!alone)
            CCI_TRY(choose(p, &leaves, error));
        CCI_TRY(write_round(p, leaves, error));
        if (alone)
            break;
        CCI_TRY(say_round(p, leaves, error));
        p->continuing[leaves] = 0;
        run->standings[leaves].from = run->standings[leaves].to = p->pass - 1 + p->size--;
    }
    while (!p->continuing[winner])
        winner++;
    run->selected[winner] = 1;
    run->standings[winner].from = run->standings[winner].to = p->pass;
    cci_buffer_format(&run->notes, "Pass %zu: ", p->pass);
    cci_buffer_text(&run->notes, cci_name(run, winner));
    cci_buffer_text(&run->notes, " wins.\n");
    cci_buffer_text(&run->trace, "],\"winner\":");
    cci_write_id(run, &run->trace, winner);
    return COCREATE_OK;
}

static cocreate_status work(struct passes *p, cocreate_error *error)
{
    cci_run *run = p->run;
    const cocreate_allocator *a = &run->allocator;
    size_t m = run->roster->count;
    CCI_TRY(cci_rounds_init(&p->rounds, run, 0, error));
    p->rounds.ends = run->options[OVERVOTE].integer == CCI_OVERVOTE_EXHAUST;
    p->continuing = cci_alloc(a, m, 1);
    p->votes = cci_alloc(a, m, sizeof *p->votes);
    p->group = cci_alloc(a, m, sizeof *p->group);
    p->ends = cci_alloc(a, m, sizeof *p->ends);
    run->selected = cci_alloc(a, m, 1);
    if (p->continuing == NULL || p->votes == NULL || p->group == NULL || p->ends == NULL ||
        run->selected == NULL)
        return cci_no_memory(error);
    cci_buffer_text(&run->trace, "\"passes\":[");
    for (p->pass = 1; p->pass <= (size_t)run->seats; p->pass++) {
        cci_buffer_text(&run->trace, p->pass > 1 ? ",{\"rounds\":[" : "{\"rounds\":[");
        CCI_TRY(run_pass(p, error));
        cci_buffer_byte(&run->trace, '}');
    }
    cci_buffer_byte(&run->trace, ']');
    cci_value_set(a, &run->exhausted, p->rounds.exhausted, 1);
    return COCREATE_OK;
}

static cocreate_status run_multi_pass_irv(cci_run *run, cocreate_error *error)
{
    struct passes p = {.run = run};
    const cocreate_allocator *a = &run->allocator;
    cocreate_status status = work(&p, error);
    for (size_t o = 0; p.votes != NULL && o < run->roster->count; o++)
        cci_value_clear(a, &p.votes[o]);
    cci_rounds_free(&p.rounds);
    cci_free(a, p.continuing);
    cci_free(a, p.votes);
    cci_free(a, p.group);
    cci_free(a, p.ends);
    return status;
}

const cci_method cci_method_multi_pass_irv = {
    .name = "multi_pass_irv",
    .title = "Multi-pass instant runoff: one winner a pass, who does not run in the next",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "O(seats * (ranked options + options^2))",
    .source = "RCTab 2.0, configuration parameters: multiPassIrv (Bright Spots, 2024)",
    .run = run_multi_pass_irv,
};
