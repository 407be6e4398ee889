/* Borda points. */
#include "ranking/elimination/points.h"

#include <string.h>

#include "base/checked.h"

struct points {
    int64_t *net;     /* of those counted: for less against, over the others counted */
    uint8_t *counted;
};

cocreate_status cci_points_open(cci_process *p, cocreate_error *error)
{
    const cocreate_allocator *a = &p->run->allocator;
    size_t m = p->run->roster->count;
    struct points *points = p->data = cci_alloc(a, 1, sizeof *points);
    if (points == NULL)
        return cci_no_memory(error);
    points->net = cci_alloc(a, m, sizeof *points->net);
    points->counted = cci_alloc(a, m, 1);
    return points->net != NULL && points->counted != NULL ? COCREATE_OK : cci_no_memory(error);
}

void cci_points_close(cci_process *p)
{
    const cocreate_allocator *a = &p->run->allocator;
    struct points *points = p->data;
    if (points == NULL)
        return;
    cci_free(a, points->net);
    cci_free(a, points->counted);
    cci_free(a, points);
}

int64_t cci_points_net(const cci_process *p, uint32_t option)
{
    const struct points *points = p->data;
    return points->net[option];
}

/* net[o] += sign * (for o over x, less against) */
static int add_pair(const cci_process *p, int64_t *net, size_t o, size_t x, int sign)
{
    size_t m = p->run->roster->count; /* weights are at least 0: no difference overflows */
    int64_t pair = p->matrix[o * m + x] - p->matrix[x * m + o];
    return cci_add_i64(*net, sign * pair, net);
}

static int count_all(cci_process *p, struct points *points)
{
    size_t m = p->run->roster->count;
    int fits = 1;
    for (size_t o = 0; o < m; o++) {
        points->net[o] = 0;
        for (size_t x = 0; x < m && p->continuing[o] && fits; x++)
            if (p->continuing[x])
                fits = add_pair(p, &points->net[o], o, x, 1);
    }
    return fits;
}

static int take_left(cci_process *p, struct points *points)
{
    size_t m = p->run->roster->count;
    int fits = 1;
    for (size_t x = 0; x < m; x++)
        for (size_t o = 0; o < m && points->counted[x] && !p->continuing[x] && fits; o++)
            if (p->continuing[o])
                fits = add_pair(p, &points->net[o], o, x, -1);
    return fits;
}

static cocreate_status overflow(cocreate_error *error)
{
    return cci_fail(error, COCREATE_ERR_OVERFLOW, "the Borda points do not fit 64 bits");
}

cocreate_status cci_points_count(cci_process *p, cocreate_error *error)
{
    const cci_electorate *e = p->run->electorate;
    struct points *points = p->data;
    size_t m = p->run->roster->count;
    int again = 0, any = 0;
    int64_t all, twice;
    for (size_t o = 0; o < m; o++) {
        again |= p->continuing[o] && !points->counted[o];
        any |= points->counted[o];
    }
    if (!(again || !any ? count_all(p, points) : take_left(p, points)) ||
        !cci_mul_i64(e->info.weight - e->blank, (int64_t)p->size - 1, &all))
        return overflow(error);
    memcpy(points->counted, p->continuing, m);
    for (size_t o = 0; o < m; o++) {
        cci_value_clear(&p->run->allocator, &p->scores[o]);
        if (!p->continuing[o])
            continue;
        if (!cci_add_i64(points->net[o], all, &twice))
            return overflow(error);
        cci_value_set(&p->run->allocator, &p->scores[o], twice, 2);
    }
    return COCREATE_OK;
}
