/* Places from probabilities: who can be drawn, or a draw. */
#include "ranking/optimal/lottery.h"

#include "ranking/optimal/big.h"
#include "ranking/ties.h"
#include "ranking/write.h"

struct urn {
    cci_run *run;
    size_t m;
    mp_int *tickets; /* of each option: its probability times a common denominator */
    mp_int total, number, rest;
    cci_rational value;
    uint32_t *group;
};

/* Probabilities as whole numbers of tickets. */
static cocreate_status fill(struct urn *u, cocreate_error *error)
{
    mp_set(&u->total, 1);
    for (size_t i = 0; i < u->m; i++) { /* the least common multiple of the denominators */
        CCI_TRY(cci_value_get(&u->run->standings[i].score, &u->value, error));
        CCI_BIG(mp_copy(&u->value.den, &u->number));
        CCI_BIG(mp_copy(&u->total, &u->rest));
        CCI_BIG(cci_big_gcd(&u->number, &u->rest, &u->number));
        CCI_BIG(mp_div(&u->value.den, &u->number, &u->rest, NULL));
        CCI_BIG(mp_mul(&u->total, &u->rest, &u->total));
    }
    for (size_t i = 0; i < u->m; i++) {
        CCI_TRY(cci_value_get(&u->run->standings[i].score, &u->value, error));
        CCI_BIG(mp_mul(&u->total, &u->value.num, &u->tickets[i]));
        CCI_BIG(mp_div(&u->tickets[i], &u->value.den, &u->tickets[i], NULL));
    }
    return COCREATE_OK;
}

/* Those with tickets, or those without, share the places from `first` on. */
static cocreate_status place_together(struct urn *u, int with, uint64_t first,
                                      cocreate_error *error)
{
    size_t n = 0;
    for (uint32_t i = 0; i < u->m; i++)
        if (with == !mp_iszero(&u->tickets[i]))
            u->group[n++] = i;
    return n > 0 ? cci_ties_place(u->run, u->group, n, first, error) : COCREATE_OK;
}

static cocreate_status draw_one(struct urn *u, uint32_t place, uint32_t *out,
                                cocreate_error *error)
{
    CCI_TRY(cci_lottery_number(u->run, place, &u->total, &u->number, error));
    for (uint32_t i = 0;; i++) {
        assert(i < u->m);
        CCI_BIG(mp_sub(&u->number, &u->tickets[i], &u->number));
        if (mp_isneg(&u->number)) {
            *out = i;
            return COCREATE_OK;
        }
    }
}

/* One place after the other, each among those who are left. */
static cocreate_status draw_all(struct urn *u, cci_buffer *out, cocreate_error *error)
{
    uint32_t drawn = 0, place = 1;
    cci_buffer_text(out, "\"draws\":[");
    for (; !mp_iszero(&u->total); place++) {
        CCI_TRY(draw_one(u, place, &drawn, error));
        cci_buffer_text(out, place > 1 ? ",{\"option\":" : "{\"option\":");
        cci_write_id(u->run, out, drawn);
        cci_buffer_text(out, ",\"probability\":\"");
        CCI_TRY(cci_rational_set_big(&u->value, &u->tickets[drawn], &u->total, error));
        CCI_TRY(cci_rational_text(&u->value, out, error));
        cci_buffer_text(out, "\"}");
        cci_buffer_format(&u->run->notes, "Place %lu is drawn: ", (unsigned long)place);
        cci_buffer_text(&u->run->notes, cci_name(u->run, drawn));
        cci_buffer_text(&u->run->notes, ", with probability ");
        CCI_TRY(cci_rational_say(&u->value, &u->run->notes, error));
        cci_buffer_text(&u->run->notes, " among those who were left.\n");
        u->run->standings[drawn].from = u->run->standings[drawn].to = place;
        CCI_BIG(mp_sub(&u->total, &u->tickets[drawn], &u->total));
        mp_zero(&u->tickets[drawn]);
    }
    cci_buffer_text(out, "],");
    return COCREATE_OK;
}

static cocreate_status work(struct urn *u, cci_buffer *out, cocreate_error *error)
{
    size_t count = 0;
    CCI_TRY(cci_rational_init(&u->value, error));
    CCI_TRY(fill(u, error));
    for (size_t i = 0; i < u->m; i++)
        count += !mp_iszero(&u->tickets[i]);
    CCI_TRY(place_together(u, 0, count + 1, error));
    return u->run->chain.seeded ? draw_all(u, out, error) : place_together(u, 1, 1, error);
}

cocreate_status cci_lottery_place(cci_run *run, cci_buffer *out, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    struct urn u = {.run = run, .m = run->roster->count};
    CCI_BIG(mp_init_multi(&u.total, &u.number, &u.rest, NULL));
    u.tickets = cci_bigs(a, u.m);
    u.group = cci_alloc(a, u.m, sizeof *u.group);
    cocreate_status status =
        u.tickets != NULL && u.group != NULL ? work(&u, out, error) : cci_no_memory(error);
    cci_rational_clear(&u.value);
    cci_bigs_free(a, u.tickets, u.m);
    cci_free(a, u.group);
    mp_clear_multi(&u.total, &u.number, &u.rest, NULL);
    return status;
}
