/* What the method of equal shares tells of itself. */
#include "ranking/budget/equal_shares.h"
#include "ranking/write.h"

const char *const cci_completions[] = {"none", "greedy", "add1", "add1u", "phragmen", NULL};
const char *const cci_equal_shares_satisfactions[] = {"cost", "cardinality", "effort", "sqrt_cost",
                                                      NULL};

cocreate_status cci_equal_shares_write_head(cci_equal_shares *k, int64_t increments,
                                            cocreate_error *error)
{
    cci_run *run = k->run;
    cci_buffer *out = &run->trace, *notes = &run->notes;
    cci_pool *pool = &k->purses.pool;
    cci_market_write_budget(&k->market);
    cci_buffer_text(out, run->budgeted ? "," : "");
    cci_buffer_format(out, "\"completion\":\"%s\",\"endowment\":\"",
                      cci_completions[k->completion]);
    if (k->voters > 0) {
        cci_buffer_text(notes, "Every voter has ");
        CCI_TRY(cci_pool_text(pool, &pool->num[0], k->market.unit, out, error));
        CCI_TRY(cci_pool_rounded(pool, &pool->num[0], k->market.unit, k->market.decimals, notes,
                                 error));
        cci_buffer_text(notes, run->budgeted ? " to spend" : " of a seat to spend");
        if (increments > 0)
            cci_buffer_format(notes, ", %lld increments more than the budget would give",
                              (long long)increments);
        cci_buffer_text(notes, ".\n");
    } else
        cci_buffer_byte(out, '0');
    cci_buffer_format(out, "\",\"increments\":\"%lld\",\"rounds\":[", (long long)increments);
    return COCREATE_OK;
}

/* The number at which it was taken: "load" stands before "option", "price" behind it. */
static cocreate_status write_number(cci_equal_shares *k, const char *key, cocreate_error *error)
{
    cci_pool *pool = &k->purses.pool;
    cci_buffer *out = &k->run->trace;
    cci_buffer_format(out, "%s\"", key);
    CCI_TRY(cci_pool_text(pool, &pool->num[pool->count - 1], k->market.unit, out, error));
    cci_buffer_byte(out, '"');
    return COCREATE_OK;
}

static cocreate_status note_number(cci_equal_shares *k, uint32_t candidate, cocreate_error *error)
{
    cci_buffer *notes = &k->run->notes;
    cci_pool *pool = &k->purses.pool;
    int64_t votes = k->support.weight[candidate];
    cci_buffer_format(notes, k->second ? " is next: its supporters (%lld %s) carry "
                                       : " is bought: its supporters (%lld %s) pay at most ",
                      (long long)votes, cci_votes_word(votes));
    CCI_TRY(cci_pool_rounded(pool, &pool->num[pool->count - 1], k->market.unit,
                             k->market.decimals, notes, error));
    cci_buffer_text(notes, k->second ? " each beyond what they had left."
                           : k->support.value != NULL ? " a point."
                                                      : " each.");
    return COCREATE_OK;
}

cocreate_status cci_equal_shares_write_round(cci_equal_shares *k, uint32_t candidate,
                                             cocreate_error *error)
{
    cci_run *run = k->run;
    cci_buffer *out = &run->trace, *notes = &run->notes;
    int64_t votes = k->support.weight[candidate];
    int free = k->market.cost[candidate] == 0;
    int numbered = votes > 0 && !free && (!k->second || k->completion == CCI_COMPLETION_PHRAGMEN);
    cci_buffer_text(out, k->rounds++ > 0 ? ",{" : "{");
    cci_market_write_cost(&k->market, out, candidate);
    if (numbered && k->second) {
        CCI_TRY(write_number(k, "\"load\":", error));
        cci_buffer_byte(out, ',');
    }
    cci_buffer_text(out, "\"option\":");
    cci_write_id(run, out, candidate);
    if (numbered && !k->second)
        CCI_TRY(write_number(k, ",\"price\":", error));
    cci_buffer_byte(out, '}');
    cci_buffer_text(notes, cci_name(run, candidate));
    if (numbered)
        CCI_TRY(note_number(k, candidate, error));
    else if (free && votes > 0)
        cci_buffer_text(notes, " costs nothing and has supporters: bought.");
    else if (votes > 0)
        cci_buffer_format(notes, " is next by its votes (%lld).", (long long)votes);
    else
        cci_buffer_text(notes, " is next: nothing with supporters is left.");
    cci_market_note_cost(&k->market, notes, candidate);
    cci_buffer_byte(notes, '\n');
    return COCREATE_OK;
}

static cocreate_status write_missing(cci_equal_shares *k, uint32_t candidate, mp_int *left,
                                     cocreate_error *error)
{
    cci_run *run = k->run;
    cci_buffer *out = &k->unbought, *notes = &run->notes;
    cci_pool *pool = &k->purses.pool;
    cci_buffer_text(out, out->size > 0 ? ",{" : "{");
    if (!cci_market_allows(&k->market, candidate)) {
        cci_buffer_text(out, "\"limited\":true,\"option\":");
        cci_write_id(run, out, candidate);
        cci_buffer_byte(out, '}');
        cci_buffer_text(notes, cci_name(run, candidate));
        cci_buffer_text(notes, " is not bought: a limit forbids it beside what was bought.\n");
        return COCREATE_OK;
    }
    CCI_TRY(cci_purses_left(&k->purses, candidate, left, error));
    cci_buffer_text(out, "\"money\":\"");
    CCI_TRY(cci_pool_text(pool, left, k->market.unit, out, error));
    cci_buffer_text(out, "\",\"option\":");
    cci_write_id(run, out, candidate);
    cci_buffer_byte(out, '}');
    cci_buffer_text(notes, cci_name(run, candidate));
    int64_t votes = k->support.weight[candidate];
    cci_buffer_format(notes, " is not bought: its supporters (%lld %s) have ", (long long)votes,
                      cci_votes_word(votes));
    CCI_TRY(cci_pool_rounded(pool, left, k->market.unit, k->market.decimals, notes, error));
    cci_buffer_text(notes, " left of the ");
    cci_market_write(&k->market, notes, k->market.cost[candidate]);
    cci_buffer_text(notes, " it costs.\n");
    return COCREATE_OK;
}

cocreate_status cci_equal_shares_write_unbought(cci_equal_shares *k, cocreate_error *error)
{
    size_t m = k->run->roster->count;
    int filled = !k->run->budgeted && k->market.left == 0;
    if (k->voters == 0 || filled || m > CCI_TRACE_OPTIONS)
        return COCREATE_OK;
    mp_int left;
    CCI_TRY_BIG(mp_init(&left));
    cocreate_status status = COCREATE_OK;
    for (uint32_t c = 0; c < m && status == COCREATE_OK; c++)
        if (!k->market.taken[c] && k->support.weight[c] > 0)
            status = write_missing(k, c, &left, error);
    mp_clear(&left);
    return status;
}

cocreate_status cci_equal_shares_write_end(cci_equal_shares *k, cocreate_error *error)
{
    cci_buffer *out = &k->run->trace;
    if (k->unbought.failed)
        return cci_no_memory(error);
    if (k->stopped)
        cci_market_write_stop(&k->market);
    cci_buffer_text(out, ",\"unbought\":[");
    cci_buffer_add(out, k->unbought.data, k->unbought.size);
    cci_buffer_byte(out, ']');
    cci_market_write_unspent(&k->market);
    return COCREATE_OK;
}
