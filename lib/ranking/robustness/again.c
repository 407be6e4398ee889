/* Running a method again. */
#include <string.h>

#include "ranking/robustness/robustness.h"

static int relay(void *user, uint64_t done, uint64_t total)
{
    const cci_again *again = user;
    (void)done, (void)total;
    return again->outer->call(again->outer->user, again->done, again->total);
}

cocreate_status cci_again_run(cci_again *again, const cci_run *run, const cci_electorate *e,
                              uint64_t done, uint64_t total, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    cci_run *r = &again->run;
    *r = *run;
    again->outer = run->progress;
    again->done = done;
    again->total = total;
    again->relay = (cocreate_progress){sizeof again->relay, relay, again};
    r->progress = run->progress != NULL && run->progress->call != NULL ? &again->relay : NULL;
    r->electorate = e;
    r->selected = NULL;
    memset(&r->exhausted, 0, sizeof r->exhausted);
    memset(&r->gap, 0, sizeof r->gap);
    cci_buffer_init(&r->trace, a);
    cci_buffer_init(&r->ties, a);
    cci_buffer_init(&r->notes, a);
    cci_buffer_init(&r->tie_notes, a);
    cci_buffer_init(&r->margin, a);
    cci_buffer_init(&r->confidence, a);
    r->standings = cci_alloc(a, r->roster->count, sizeof *r->standings);
    if (r->standings == NULL)
        return cci_no_memory(error);
    CCI_TRY(r->method->run(r, error));
    return cci_run_progress(r, done, total, error);
}

void cci_again_close(cci_again *again)
{
    cci_run *r = &again->run;
    const cocreate_allocator *a = &r->allocator;
    for (size_t i = 0; r->standings != NULL && i < r->roster->count; i++)
        cci_value_clear(a, &r->standings[i].score);
    cci_free(a, r->standings);
    cci_free(a, r->selected);
    cci_value_clear(a, &r->exhausted);
    cci_value_clear(a, &r->gap);
    cci_buffer_free(&r->trace);
    cci_buffer_free(&r->ties);
    cci_buffer_free(&r->notes);
    cci_buffer_free(&r->tie_notes);
}

int cci_run_wins(const cci_run *run, uint32_t candidate)
{
    return run->selected != NULL ? run->selected[candidate] != 0
                                 : run->standings[candidate].from <= (uint64_t)run->seats;
}
