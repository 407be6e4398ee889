/* The candidates of least exact price. */
#include "ranking/budget/race.h"

#include <string.h>

#include "ranking/order.h"

cocreate_status cci_race_init(cci_race *r, const cocreate_allocator *a, size_t candidates,
                              const cci_race_rules *rules, void *context, cocreate_error *error)
{
    memset(r, 0, sizeof *r);
    mp_err result = mp_init_multi(&r->best.num, &r->now.num, NULL);
    if (result != MP_OKAY) {
        memset(r, 0, sizeof *r);
        return cci_big_status(result, error);
    }
    r->allocator = *a;
    r->rules = rules;
    r->context = context;
    r->candidates = candidates;
    r->racers = cci_alloc(a, candidates, sizeof *r->racers);
    r->heap = cci_alloc(a, candidates, sizeof *r->heap);
    if (r->racers != NULL && r->heap != NULL)
        return COCREATE_OK;
    cci_race_free(r);
    return cci_no_memory(error);
}

void cci_race_free(cci_race *r)
{
    if (r->allocator.release == NULL)
        return;
    mp_clear_multi(&r->best.num, &r->now.num, NULL);
    cci_free(&r->allocator, r->racers);
    cci_free(&r->allocator, r->heap);
    memset(r, 0, sizeof *r);
}

/* Does a stand before b in the heap? */
static int before(const cci_race *r, uint32_t a, uint32_t b)
{
    double x = r->racers[a].low, y = r->racers[b].low;
    return x < y || (x <= y && a < b);
}

static void sift_down(cci_race *r, size_t at)
{
    uint32_t item = r->heap[at];
    for (size_t child; (child = 2 * at + 1) < r->waiting; at = child) {
        if (child + 1 < r->waiting && before(r, r->heap[child + 1], r->heap[child]))
            child++;
        if (!before(r, r->heap[child], item))
            break;
        r->heap[at] = r->heap[child];
    }
    r->heap[at] = item;
}

static void drop_first(cci_race *r)
{
    r->heap[0] = r->heap[--r->waiting];
    if (r->waiting > 0)
        sift_down(r, 0);
}

static void line_up(cci_race *r)
{
    r->waiting = 0;
    for (size_t c = 0; c < r->candidates; c++)
        if (!r->racers[c].out)
            r->heap[r->waiting++] = (uint32_t)c;
    for (size_t i = r->waiting / 2; i-- > 0;)
        sift_down(r, i);
}

/* Work out the price of the candidate and see where it stands. */
static cocreate_status judge(cci_race *r, uint32_t candidate, uint32_t *tied, size_t *n,
                             cocreate_error *error)
{
    int order = -1;
    r->now.out = 0;
    CCI_TRY(r->rules->price(r->context, candidate, &r->now, error));
    if (r->now.out) {
        r->racers[candidate].out = 1;
        return COCREATE_OK;
    }
    if (*n > 0)
        CCI_TRY(r->rules->compare(r->context, candidate, &r->now, tied[0], &r->best, &order,
                                  error));
    if (order > 0)
        return COCREATE_OK;
    if (order < 0) {
        *n = 0;
        mp_exch(&r->best.num, &r->now.num);
        r->best.divisor = r->now.divisor;
        r->best.high = r->now.high;
    }
    tied[(*n)++] = candidate;
    return COCREATE_OK;
}

static cocreate_status by_number(void *context, uint32_t a, uint32_t b, int *out,
                                 cocreate_error *error)
{
    (void)context, (void)error;
    *out = (a > b) - (a < b);
    return COCREATE_OK;
}

cocreate_status cci_race_run(cci_race *r, uint32_t *tied, size_t *n, cocreate_error *error)
{
    *n = 0;
    line_up(r);
    while (r->waiting > 0) {
        uint32_t candidate = r->heap[0];
        cci_racer *racer = &r->racers[candidate];
        if (*n > 0 && racer->low > r->best.high)
            break;
        if (!racer->fresh) {
            r->rules->refine(r->context, candidate, racer);
            racer->fresh = 1;
            if (racer->out)
                drop_first(r);
            else
                sift_down(r, 0);
            continue;
        }
        drop_first(r);
        CCI_TRY(judge(r, candidate, tied, n, error));
    }
    return cci_sort(&r->allocator, tied, *n, by_number, NULL, error);
}
