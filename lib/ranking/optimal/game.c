/* A game from its two steps. */
#include "ranking/optimal/game.h"

#include <string.h>

static cocreate_status solve(const cci_run *run, const int64_t *payoff, cci_game *g,
                             cocreate_error *error)
{
    cci_rational count = {0};
    for (; g->initialised < g->n; g->initialised++)
        CCI_TRY(cci_rational_init(&g->lottery[g->initialised], error));
    CCI_TRY(cci_game_support(run, payoff, g->n, g->essential, error));
    CCI_TRY(cci_game_corners(run, payoff, g->n, g->essential, g->lottery, &g->corners, error));
    CCI_TRY(cci_rational_init(&count, error));
    cocreate_status status = cci_rational_set_i64(&count, (int64_t)g->corners, 1, error);
    for (size_t i = 0; i < g->n && status == COCREATE_OK; i++)
        status = cci_rational_div(&g->lottery[i], &count, &g->lottery[i], error);
    cci_rational_clear(&count);
    return status;
}

cocreate_status cci_game_open(const cci_run *run, const int64_t *payoff, size_t n, cci_game *out,
                              cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    *out = (cci_game){.n = n};
    if (n > CCI_GAME_MAX)
        return cci_fail(error, COCREATE_ERR_LIMIT,
                        "%s: %zu options are in the Smith set, more than %d", run->method->name, n,
                        CCI_GAME_MAX);
    out->essential = cci_alloc(a, n, 1);
    out->lottery = cci_alloc(a, n, sizeof *out->lottery);
    cocreate_status status = out->essential != NULL && out->lottery != NULL
                                 ? solve(run, payoff, out, error)
                                 : cci_no_memory(error);
    if (status != COCREATE_OK)
        cci_game_close(out, a);
    return status;
}

void cci_game_close(cci_game *g, const cocreate_allocator *a)
{
    for (size_t i = 0; i < g->initialised; i++)
        cci_rational_clear(&g->lottery[i]);
    cci_free(a, g->essential);
    cci_free(a, g->lottery);
    memset(g, 0, sizeof *g);
}
