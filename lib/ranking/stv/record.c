/* The record of the rounds, and the result. */
#include <string.h>

#include "base/checked.h"
#include "ranking/order.h"
#include "ranking/stv/count.h"
#include "ranking/ties.h"
#include "ranking/write.h"

/* -- Points ----------------------------------------------------------------------------------- */

cocreate_status cci_count_mark(cci_count *c, cocreate_error *error)
{
    const cocreate_allocator *a = &c->run->allocator;
    uint32_t point = ++c->point;
    if (!cci_grow(a, (void **)&c->point_round, &c->point_room, (size_t)point + 1,
                  sizeof *c->point_round))
        return cci_no_memory(error);
    c->point_round[point] = c->round;
    for (uint32_t o = 0; o < c->candidates; o++) {
        if (!c->changed[o])
            continue;
        if (c->past_count >= CCI_NO_PAST)
            return cci_fail(error, COCREATE_ERR_LIMIT, "the count has too many rounds");
        if (!cci_grow(a, (void **)&c->past, &c->past_room, c->past_count + 1, sizeof *c->past))
            return cci_no_memory(error);
        uint32_t entry = (uint32_t)c->past_count++, before = point > 1 ? c->latest[o] : CCI_NO_PAST;
        c->past[entry] = (cci_past){point, before, CCI_NO_PAST, {0, 1, NULL}};
        if (before != CCI_NO_PAST)
            c->past[before].after = entry;
        c->latest[o] = entry;
        c->changed[o] = 0;
        CCI_TRY(cci_calc_copy(&c->calc, &c->votes[o], &c->past[entry].votes, error));
    }
    return COCREATE_OK;
}

/* -- Rounds ----------------------------------------------------------------------------------- */

/* 1 if the value was written with the decimals that the rule counts in. */
static int write_counted(const cci_count *c, cci_buffer *out, const cci_value *v)
{
    if (c->decimals <= 0 || v->big != NULL)
        return 0;
    int64_t shared = cci_common_divisor(v->num, v->den), units;
    int64_t scale = cci_power_of_ten(c->decimals), den = v->den / shared;
    if (scale % den != 0 || !cci_mul_i64(v->num / shared, scale / den, &units))
        return 0;
    cci_write_decimal(out, units, c->decimals);
    return 1;
}

cocreate_status cci_count_write(const cci_count *c, cci_buffer *out, const cci_value *v,
                                cocreate_error *error)
{
    return write_counted(c, out, v) ? COCREATE_OK : cci_value_text(v, out, error);
}

cocreate_status cci_count_say(const cci_count *c, cci_buffer *out, const cci_value *v,
                              cocreate_error *error)
{
    return write_counted(c, out, v) ? COCREATE_OK : cci_value_say(v, out, error);
}

cocreate_status cci_count_note_state(cci_count *c, cocreate_error *error)
{
    int64_t weight = c->run->electorate->info.weight;
    CCI_TRY(cci_calc_copy(&c->calc, &c->exhausted, &c->exhausted_before, error));
    if (cci_value_missing(&c->quota))
        cci_value_clear(&c->run->allocator, &c->quota_before);
    else
        CCI_TRY(cci_calc_copy(&c->calc, &c->quota, &c->quota_before, error));
    cci_value_set(&c->run->allocator, &c->residual_before, weight, 1);
    CCI_TRY(cci_calc_sub(&c->calc, &c->residual_before, &c->exhausted, &c->residual_before, error));
    for (size_t o = 0; o < c->candidates; o++)
        CCI_TRY(cci_calc_sub(&c->calc, &c->residual_before, &c->votes[o], &c->residual_before,
                             error));
    for (size_t o = 0; c->before != NULL && o < c->candidates; o++)
        if (c->status[o] == CCI_ELIMINATED)
            cci_value_clear(&c->run->allocator, &c->before[o]);
        else
            CCI_TRY(cci_calc_copy(&c->calc, &c->votes[o], &c->before[o], error));
    return COCREATE_OK;
}

cocreate_status cci_count_begin(cci_count *c, cocreate_error *error)
{
    c->round++;
    CCI_TRY(cci_run_progress(c->run, c->round, c->candidates, error));
    c->first_elected = c->electeds;
    c->first_filled = SIZE_MAX;
    c->first_eliminated = c->eliminated_count;
    cci_buffer_clear(&c->sentences);
    cci_buffer_clear(&c->middle);
    cci_buffer_clear(&c->surplus);
    CCI_TRY(cci_count_mark(c, error));
    return cci_count_note_state(c, error);
}

static void write_decisions(const cci_count *c, cci_buffer *out, const cci_decision *list,
                            size_t first, size_t last)
{
    cci_buffer_byte(out, '[');
    for (size_t i = first; i < last; i++) {
        if (i > first)
            cci_buffer_byte(out, ',');
        cci_write_id(c->run, out, list[i].candidate);
    }
    cci_buffer_byte(out, ']');
}

/* Votes when the round began, or what came since then. */
static cocreate_status write_map(cci_count *c, cci_buffer *out, int gained, cocreate_error *error)
{
    int first = 1;
    cci_buffer_byte(out, '{');
    for (size_t i = 0; i < c->candidates; i++) {
        uint32_t o = c->run->roster->by_key[i];
        int sign = 1;
        if (cci_value_missing(&c->before[o]))
            continue;
        CCI_TRY(gained ? cci_calc_sub(&c->calc, &c->votes[o], &c->before[o], &c->term, error)
                       : cci_calc_copy(&c->calc, &c->before[o], &c->term, error));
        CCI_TRY(cci_calc_sign(&c->term, &sign, error));
        if (gained && sign <= 0)
            continue;
        if (!first)
            cci_buffer_byte(out, ',');
        first = 0;
        cci_write_id(c->run, out, o);
        cci_buffer_text(out, ":\"");
        CCI_TRY(cci_count_write(c, out, &c->term, error));
        cci_buffer_byte(out, '"');
    }
    cci_buffer_byte(out, '}');
    return COCREATE_OK;
}

static cocreate_status write_member(cci_count *c, const char *name, const cci_value *v,
                                    cocreate_error *error)
{
    cci_buffer_format(&c->trace, ",\"%s\":\"", name);
    CCI_TRY(cci_count_write(c, &c->trace, v, error));
    cci_buffer_byte(&c->trace, '"');
    return COCREATE_OK;
}

static void say_names(cci_count *c, const cci_decision *list, size_t first, size_t last)
{
    for (size_t i = first; i < last; i++)
        c->group[i - first] = list[i].candidate;
    cci_buffer_format(&c->run->notes, "Round %zu: ", c->round);
    cci_write_names(c->run, &c->run->notes, c->group, last - first);
}

static cocreate_status say_round(cci_count *c, size_t filled, cocreate_error *error)
{
    cci_buffer *notes = &c->run->notes;
    if (filled > c->first_elected) {
        say_names(c, c->elected, c->first_elected, filled);
        cci_buffer_text(notes, filled - c->first_elected == 1 ? " is elected" : " are elected");
        if (!cci_value_missing(&c->quota)) {
            cci_buffer_text(notes, "; the quota is ");
            CCI_TRY(cci_count_say(c, notes, &c->quota, error));
        }
        cci_buffer_text(notes, ".\n");
    }
    if (c->eliminated_count > c->first_eliminated) {
        const cci_decision *first = &c->eliminated[c->first_eliminated];
        size_t n = c->eliminated_count - c->first_eliminated;
        say_names(c, c->eliminated, c->first_eliminated, c->eliminated_count);
        const cci_value *score = &c->run->standings[first->candidate].score;
        cci_buffer_text(notes, n > 1             ? " are eliminated together.\n"
                               : c->quotients ? " is eliminated with the quotient "
                                              : " is eliminated with ");
        if (n == 1) {
            CCI_TRY(cci_count_say(c, notes, score, error));
            if (!c->quotients)
                cci_write_plural(notes, " votes", score);
            cci_buffer_text(notes, ".\n");
        }
    }
    if (c->sentences.size > 0)
        cci_buffer_add(notes, c->sentences.data, c->sentences.size);
    if (c->electeds > filled) {
        say_names(c, c->elected, filled, c->electeds);
        cci_buffer_text(notes, c->electeds - filled == 1 ? " takes the last seat"
                                                         : " take the last seats");
        cci_buffer_text(notes, cci_value_missing(&c->quota)
                                   ? ", since no others are left.\n"
                                   : " without the quota, since no others are left.\n");
    }
    return COCREATE_OK;
}

cocreate_status cci_count_end(cci_count *c, cocreate_error *error)
{
    cci_buffer *out = &c->trace;
    size_t filled = c->first_filled < c->electeds ? c->first_filled : c->electeds;
    cci_buffer_text(out, c->round > 1 ? ",{\"elected\":" : "{\"elected\":");
    write_decisions(c, out, c->elected, c->first_elected, filled);
    cci_buffer_text(out, ",\"eliminated\":");
    write_decisions(c, out, c->eliminated, c->first_eliminated, c->eliminated_count);
    CCI_TRY(write_member(c, "exhausted", &c->exhausted_before, error));
    cci_buffer_text(out, ",\"filled\":");
    write_decisions(c, out, c->elected, filled, c->electeds);
    if (c->middle.size > 0)
        cci_buffer_add(out, c->middle.data, c->middle.size);
    if (!cci_value_missing(&c->quota_before))
        CCI_TRY(write_member(c, "quota", &c->quota_before, error));
    if (c->quotients && c->before != NULL) {
        cci_buffer_text(out, ",\"quotients\":");
        CCI_TRY(write_map(c, out, 0, error));
    }
    if (!c->quotients)
        CCI_TRY(write_member(c, "residual", &c->residual_before, error));
    cci_buffer_format(out, ",\"round\":%zu", c->round);
    if (c->surplus.size > 0) {
        cci_buffer_text(out, ",\"surplus\":[");
        cci_buffer_add(out, c->surplus.data, c->surplus.size);
        cci_buffer_byte(out, ']');
    }
    if (c->before != NULL && !c->iterative) {
        cci_buffer_text(out, ",\"transfers\":");
        CCI_TRY(write_map(c, out, 1, error));
    }
    if (c->before != NULL && !c->quotients) {
        cci_buffer_text(out, ",\"votes\":");
        CCI_TRY(write_map(c, out, 0, error));
    }
    cci_buffer_byte(out, '}');
    /* The next round clears them, and would forget that memory was short. */
    out->failed |= c->sentences.failed | c->middle.failed | c->surplus.failed;
    return say_round(c, filled, error);
}

/* -- The result ------------------------------------------------------------------------------- */

/* The next candidates, with equal scores or not, have the places from *place on. */
static cocreate_status place_run(cci_count *c, uint32_t *group, size_t n, uint64_t *place,
                                 cocreate_error *error)
{
    const cci_standing *s = c->run->standings;
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        for (int differs = 0; end < n; end++) {
            CCI_TRY(cci_value_compare(&s[group[i]].score, &s[group[end]].score, &differs, error));
            if (differs)
                break;
        }
        CCI_TRY(cci_ties_place(c->run, group + i, end - i, *place, error));
        *place += end - i;
        i = end;
    }
    return COCREATE_OK;
}

static cocreate_status by_score(void *context, uint32_t a, uint32_t b, int *out,
                                cocreate_error *error)
{
    const cci_standing *s = context;
    CCI_TRY(cci_value_compare(&s[b].score, &s[a].score, out, error));
    if (*out == 0)
        *out = (a > b) - (a < b);
    return COCREATE_OK;
}

/* The elected in their order: those of one round as they were elected, by votes. */
static cocreate_status place_elected(cci_count *c, uint64_t *place, cocreate_error *error)
{
    for (size_t i = 0, end; i < c->electeds; i = end) {
        for (end = i; end < c->electeds && c->elected[end].round == c->elected[i].round; end++)
            c->group[end - i] = c->elected[end].candidate;
        CCI_TRY(place_run(c, c->group, end - i, place, error));
    }
    return COCREATE_OK;
}

/* Who left last stands first; who left together goes by votes. */
static cocreate_status place_eliminated(cci_count *c, uint64_t *place, cocreate_error *error)
{
    for (size_t end = c->eliminated_count, i; end > 0; end = i) {
        size_t n = 0;
        for (i = end; i > 0 && c->eliminated[i - 1].round == c->eliminated[end - 1].round; i--)
            c->group[n++] = c->eliminated[i - 1].candidate;
        CCI_TRY(cci_sort(&c->run->allocator, c->group, n, by_score, c->run->standings, error));
        CCI_TRY(place_run(c, c->group, n, place, error));
    }
    return COCREATE_OK;
}

static cocreate_status place_all(cci_count *c, cocreate_error *error)
{
    uint64_t place = 1;
    size_t n = 0;
    CCI_TRY(place_elected(c, &place, error));
    for (uint32_t o = 0; o < c->candidates; o++)
        if (c->hopeful[o]) {
            c->group[n++] = o;
            CCI_TRY(cci_calc_copy(&c->calc, &c->votes[o], &c->run->standings[o].score, error));
        }
    CCI_TRY(cci_sort(&c->run->allocator, c->group, n, by_score, c->run->standings, error));
    CCI_TRY(place_run(c, c->group, n, &place, error));
    return place_eliminated(c, &place, error);
}

cocreate_status cci_count_finish(cci_count *c, cocreate_error *error)
{
    cci_run *run = c->run;
    cci_buffer *out = &run->trace;
    assert(c->electeds == c->seats);
    run->selected = cci_alloc(&run->allocator, c->candidates, sizeof *run->selected);
    if (run->selected == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < c->electeds; i++)
        run->selected[c->elected[i].candidate] = 1;
    CCI_TRY(place_all(c, error));
    CCI_TRY(cci_calc_copy(&c->calc, &c->exhausted, &run->exhausted, error));
    cci_buffer_format(out, "\"blank\":\"%lld\"", (long long)run->electorate->blank);
    if (c->before == NULL)
        cci_buffer_text(out, ",\"omitted\":[\"transfers\",\"votes\"]");
    cci_buffer_text(out, ",\"rounds\":[");
    cci_buffer_add(out, c->trace.data, c->trace.size);
    cci_buffer_byte(out, ']');
    out->failed |= c->trace.failed;
    return COCREATE_OK;
}
