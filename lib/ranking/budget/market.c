/* Purchases of sequential rules. */
#include "ranking/budget/market.h"

#include <string.h>

#include "ranking/ties.h"
#include "ranking/write.h"

cocreate_status cci_market_open(cci_market *market, cci_run *run, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    size_t m = run->roster->count;
    memset(market, 0, sizeof *market);
    market->run = run;
    market->cost = cci_alloc(a, m, sizeof *market->cost);
    market->bought = cci_alloc(a, m, sizeof *market->bought);
    market->taken = cci_alloc(a, m, sizeof *market->taken);
    market->tied = cci_alloc(a, m, sizeof *market->tied);
    market->ends = cci_alloc(a, m, sizeof *market->ends);
    if (market->cost == NULL || market->bought == NULL || market->taken == NULL ||
        market->tied == NULL || market->ends == NULL) {
        cci_market_close(market);
        return cci_no_memory(error);
    }
    market->budget = run->budgeted ? run->electorate->info.budget : run->seats;
    market->unit = 1;
    market->decimals = 6;
    if (run->budgeted) {
        int32_t exponent = run->electorate->info.cost_exponent;
        market->decimals = exponent > 2 ? exponent : 2;
        for (int32_t i = 0; i < exponent; i++)
            market->unit *= 10; /* the exponent is at most 18 */
    }
    for (size_t c = 0; c < m; c++)
        market->cost[c] = run->budgeted ? run->roster->candidates[c].cost : 1;
    cci_market_reset(market);
    return COCREATE_OK;
}

void cci_market_close(cci_market *market)
{
    if (market->run == NULL)
        return;
    const cocreate_allocator *a = &market->run->allocator;
    cci_free(a, market->cost);
    cci_free(a, market->bought);
    cci_free(a, market->taken);
    cci_free(a, market->tied);
    cci_free(a, market->ends);
    cci_limits_close(&market->limits);
    memset(market, 0, sizeof *market);
}

cocreate_status cci_market_limit(cci_market *market, const json_t *json, cocreate_error *error)
{
    cci_path path = cci_path_key(&CCI_ROOT, "limits");
    if (json != NULL && !market->run->budgeted)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &path, "limits are for budgets");
    return cci_limits_open(&market->limits, market->run, json, error);
}

void cci_market_reset(cci_market *market)
{
    cci_limits_reset(&market->limits);
    market->left = market->budget;
    market->count = market->free = 0;
    memset(market->taken, 0, market->run->roster->count);
}

cocreate_status cci_market_pick(cci_market *market, size_t n, uint32_t *out, cocreate_error *error)
{
    CCI_TRY(cci_ties_break(market->run, market->tied, n, market->ends, market->quiet, error));
    if (market->ends[0] > 1)
        return cci_fail(error, COCREATE_ERR_TIE,
                        "%zu options tie to be next, such as %s, and no tie step tells which: add "
                        "id or lot to ties",
                        market->ends[0], cci_name(market->run, market->tied[0]));
    *out = market->tied[0];
    return COCREATE_OK;
}

void cci_market_take(cci_market *market, uint32_t candidate)
{
    market->taken[candidate] = 1;
    market->bought[market->count++] = candidate;
    market->left -= market->cost[candidate];
    cci_limits_take(&market->limits, candidate, market->cost[candidate], 0);
}

int cci_market_fits(const cci_market *market, uint32_t candidate)
{
    return market->cost[candidate] <= market->left && cci_market_allows(market, candidate);
}

int cci_market_allows(const cci_market *market, uint32_t candidate)
{
    return cci_limits_allow(&market->limits, candidate, market->cost[candidate]);
}

int cci_market_exhausted(const cci_market *market)
{
    for (uint32_t c = 0; c < market->run->roster->count; c++)
        if (!market->taken[c] && cci_market_fits(market, c))
            return 0;
    return 1;
}

size_t cci_market_unsupported(cci_market *market, const int64_t *support, const uint8_t *without)
{
    size_t n = 0;
    for (uint32_t c = 0; c < market->run->roster->count; c++)
        if (!market->taken[c] && support[c] == 0 && !without[c])
            market->tied[n++] = c;
    return n;
}

int cci_market_blocked(cci_market *market, size_t *n)
{
    for (size_t i = 0; i < *n; i++)
        if (!cci_market_fits(market, market->tied[i])) {
            market->tied[0] = market->tied[i];
            *n = 0;
            return 1;
        }
    return 0;
}

cocreate_status cci_market_place(const cci_market *market, cocreate_error *error)
{
    cci_run *run = market->run;
    size_t m = run->roster->count;
    cci_free(&run->allocator, run->selected);
    run->selected = cci_alloc(&run->allocator, m, sizeof *run->selected);
    if (run->selected == NULL)
        return cci_no_memory(error);
    for (size_t c = 0; c < m; c++) {
        run->standings[c].from = market->count + 1;
        run->standings[c].to = m;
    }
    for (size_t i = 0; i < market->count; i++) {
        cci_standing *standing = &run->standings[market->bought[i]];
        standing->from = i < market->free ? 1 : i + 1;
        standing->to = i < market->free ? market->free : i + 1;
        run->selected[market->bought[i]] = 1;
    }
    return COCREATE_OK;
}

void cci_market_write(const cci_market *market, cci_buffer *out, int64_t amount)
{
    cci_write_decimal(out, amount,
                      market->run->budgeted ? market->run->electorate->info.cost_exponent : 0);
}

static void write_amount(const cci_market *market, const char *key, int64_t amount)
{
    cci_buffer *out = &market->run->trace;
    if (!market->run->budgeted)
        return;
    cci_buffer_text(out, key);
    cci_market_write(market, out, amount);
    cci_buffer_byte(out, '"');
}

void cci_market_write_budget(const cci_market *market)
{
    write_amount(market, "\"budget\":\"", market->budget);
}

void cci_market_write_unspent(const cci_market *market)
{
    write_amount(market, ",\"unspent\":\"", market->left);
}

void cci_market_write_cost(const cci_market *market, cci_buffer *out, uint32_t candidate)
{
    if (!market->run->budgeted)
        return;
    cci_buffer_text(out, "\"cost\":\"");
    cci_market_write(market, out, market->cost[candidate]);
    cci_buffer_text(out, "\",\"left\":\"");
    cci_market_write(market, out, market->left);
    cci_buffer_text(out, "\",");
}

void cci_market_note_cost(const cci_market *market, cci_buffer *out, uint32_t candidate)
{
    if (!market->run->budgeted)
        return;
    cci_buffer_text(out, " It costs ");
    cci_market_write(market, out, market->cost[candidate]);
    cci_buffer_text(out, ", ");
    cci_market_write(market, out, market->left);
    cci_buffer_text(out, " left.");
}

void cci_market_write_stop(const cci_market *market)
{
    cci_run *run = market->run;
    cci_buffer *notes = &run->notes;
    cci_buffer_text(&run->trace, ",\"stopped_at\":");
    cci_write_id(run, &run->trace, market->tied[0]);
    cci_buffer_text(notes, cci_name(run, market->tied[0]));
    cci_buffer_text(notes, " would be next, but it costs ");
    cci_market_write(market, notes, market->cost[market->tied[0]]);
    cci_buffer_text(notes, " and ");
    cci_market_write(market, notes, market->left);
    cci_buffer_text(notes, " is left: the rule stops.\n");
}
