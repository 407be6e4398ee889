/* Bloc STAR: a round of STAR for each seat. */
#include "ranking/committees.h"
#include "ranking/rating/star.h"
#include "ranking/write.h"

/* Elect the winner of one round; more than one of them is a tie that the chain does not tell. */
static cocreate_status elect(cci_star *s, uint8_t *alive, uint64_t place, cocreate_error *error)
{
    cci_run *run = s->run;
    size_t winners = 0;
    uint32_t winner = 0;
    for (uint32_t o = 0; o < run->roster->count; o++)
        if (alive[o] && s->level[o] == 0) {
            winner = o;
            winners++;
        }
    if (winners > 1)
        return cci_fail(error, COCREATE_ERR_TIE,
                        "%zu options tie for seat %llu, such as %s, and no tie step tells which: "
                        "add id or lot to ties",
                        winners, (unsigned long long)place, cci_name(run, winner));
    alive[winner] = 0;
    run->selected[winner] = 1;
    run->standings[winner].from = run->standings[winner].to = place;
    return COCREATE_OK;
}

static cocreate_status work(cci_star *s, uint8_t *alive, cocreate_error *error)
{
    cci_run *run = s->run;
    size_t m = run->roster->count, seats = (size_t)run->seats;
    cci_buffer *out = &run->trace;
    for (uint32_t o = 0; o < m; o++) {
        alive[o] = 1;
        cci_value_set(&run->allocator, &run->standings[o].score, s->totals[o], 1);
        run->standings[o].from = seats + 1;
        run->standings[o].to = m;
    }
    cci_buffer_format(out, "\"blank\":\"%lld\",\"maximum_score\":%lld,\"rounds\":[",
                      (long long)run->electorate->blank, (long long)s->maximum);
    for (size_t seat = 1; seat <= seats; seat++) {
        CCI_TRY(cci_run_progress(run, seat - 1, seats, error));
        if (seat > 1)
            cci_buffer_byte(out, ',');
        CCI_TRY(cci_star_round(s, alive, out, error));
        CCI_TRY(elect(s, alive, seat, error));
    }
    cci_buffer_byte(out, ']');
    return COCREATE_OK;
}

static cocreate_status run_bloc_star(cci_run *run, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    cci_star s;
    uint8_t *alive = cci_alloc(a, run->roster->count, sizeof *alive);
    run->selected = cci_alloc(a, run->roster->count, sizeof *run->selected);
    cocreate_status status =
        alive != NULL && run->selected != NULL ? COCREATE_OK : cci_no_memory(error);
    if (status == COCREATE_OK) {
        status = cci_star_open(&s, run, error);
        if (status == COCREATE_OK)
            status = work(&s, alive, error);
        cci_star_free(&s);
    }
    cci_free(a, alive);
    return status;
}

const cci_method cci_method_bloc_star = {
    .name = "bloc_star",
    .title = "Bloc STAR: a round of STAR for each seat",
    .evidence = CCI_TAKES(COCREATE_BALLOT_SCORE),
    .options = cci_star_options,
    .option_count = CCI_STAR_OPTIONS,
    .exact = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "O(seats * (scores + options log options)), ties O(scores * tied^2)",
    .source = "Equal Vote Coalition, STAR Voting: multi-winner elections",
    .run = run_bloc_star,
};
