/* Scores that several methods share. */
#include "ranking/condorcet/criteria.h"

#include "base/checked.h"
#include "ranking/elimination/rounds.h"
#include "ranking/write.h"

static int counts(const uint8_t *among, size_t a)
{
    return among == NULL || among[a];
}

void cci_count_wins(const cci_contest *c, int64_t *wins, int64_t *ties)
{
    for (size_t a = 0; a < c->m; a++) {
        int64_t won = 0, tied = 0;
        for (size_t b = 0; b < c->m; b++) {
            won += cci_beats(c, a, b);
            tied += cci_tied(c, a, b);
        }
        if (wins != NULL)
            wins[a] = won;
        if (ties != NULL)
            ties[a] = tied - 1; /* not with itself */
    }
}

void cci_mark_best(const cci_contest *c, const uint8_t *among, const int64_t *points, uint8_t *out)
{
    int64_t best = INT64_MIN;
    for (size_t a = 0; a < c->m; a++)
        if (counts(among, a) && points[a] > best)
            best = points[a];
    for (size_t a = 0; a < c->m; a++)
        out[a] = counts(among, a) && points[a] == best;
}

void cci_worst_defeats(const cci_contest *c, cci_strength kind, const uint8_t *among,
                       int64_t *worst, uint32_t *by)
{
    for (size_t a = 0; a < c->m; a++) {
        worst[a] = 0;
        if (by != NULL)
            by[a] = UINT32_MAX;
        for (size_t b = 0; b < c->m && counts(among, a); b++) {
            int64_t strength = counts(among, b) ? cci_strength_of(c, kind, b, a) : 0;
            if (strength > worst[a]) {
                worst[a] = strength;
                if (by != NULL)
                    by[a] = (uint32_t)b;
            }
        }
    }
}

static cocreate_status add(int64_t *sum, int64_t term, cocreate_error *error)
{
    if (cci_add_i64(*sum, term, sum))
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_OVERFLOW, "a sum of margins does not fit in 64 bits");
}

cocreate_status cci_sum_margins(const cci_contest *c, const uint8_t *among, int64_t *sums,
                                cocreate_error *error)
{
    for (size_t a = 0; a < c->m; a++) {
        sums[a] = 0;
        for (size_t b = 0; b < c->m && counts(among, a); b++)
            if (counts(among, b))
                CCI_TRY(add(&sums[a], cci_margin_of(c, a, b), error));
    }
    return COCREATE_OK;
}

cocreate_status cci_sum_losses(const cci_contest *c, const uint8_t *among, int64_t *sums,
                               cocreate_error *error)
{
    for (size_t a = 0; a < c->m; a++) {
        sums[a] = 0;
        for (size_t b = 0; b < c->m && counts(among, a); b++)
            if (counts(among, b) && cci_beats(c, b, a))
                CCI_TRY(add(&sums[a], cci_margin_of(c, b, a), error));
    }
    return COCREATE_OK;
}

cocreate_status cci_first_places(const cci_contest *c, const uint8_t *among, cci_value *votes,
                                 cocreate_error *error)
{
    cci_rounds rounds = {.run = NULL};
    cocreate_status status = cci_rounds_init(&rounds, c->run, 0, error);
    if (status == COCREATE_OK)
        status = cci_rounds_count(&rounds, among, error);
    if (status == COCREATE_OK)
        status = cci_rounds_votes(&rounds, votes, error);
    cci_rounds_free(&rounds);
    return status;
}

void cci_score_all(cci_contest *c, const uint8_t *among, const int64_t *points, int64_t divisor)
{
    for (size_t a = 0; a < c->m; a++)
        if (counts(among, a))
            cci_value_set(&c->run->allocator, &c->run->standings[a].score, points[a], divisor);
}

void cci_write_one(cci_contest *c, const char *name, size_t option)
{
    cci_buffer *out = &c->run->trace;
    cci_buffer_format(out, ",\"%s\":", name);
    if (option == SIZE_MAX)
        cci_buffer_text(out, "null");
    else
        cci_write_id(c->run, out, (uint32_t)option);
}
