/* Votes that are paid with, between bounds and exactly. */
#include "ranking/committee/credits.h"

#include <string.h>

#include "ranking/committee/path.h"
#include "ranking/committee/wide.h"
#include "ranking/write.h"

enum { FRACTION = 8, LIMBS = FRACTION + 1, FRACTION_BITS = 64 * FRACTION, EXACT_BITS = 4096 };

/* A vote, or votes of many: at least lo, at most hi, in units of 2^-FRACTION_BITS. */
struct bounds {
    uint64_t lo[LIMBS], hi[LIMBS];
};

/* Ballots that paid for the same members have as much left. */
struct class {
    struct bounds left;
    mp_int exact;   /* over the unit of all */
    size_t ballots;
    size_t leaving; /* of these, supporters of the one who joins */
    size_t heir;    /* the class they go to */
    int64_t weight; /* scratch */
};

struct credits {
    cci_run *run;
    cci_price price;
    cci_approvals voters;
    size_t round;
    uint32_t *class_of;
    struct class *classes;
    size_t class_count, class_room, made; /* classes below `made` have an initialised `exact` */
    struct bounds *support;               /* of each candidate */
    int is_exact;
    mp_int unit, sum, other, scratch;
    cci_rational part;  /* what supporters keep */
    struct bounds keep; /* the same */
};

/* -- Beginning -------------------------------------------------------------------------------- */

static cocreate_status new_class(struct credits *c, size_t *out, cocreate_error *error)
{
    size_t need = c->class_count + 1;
    if (!cci_grow(&c->run->allocator, (void **)&c->classes, &c->class_room, need,
                  sizeof *c->classes))
        return cci_no_memory(error);
    if (c->made < need) {
        CCI_TRY(cci_big_status(mp_init(&c->classes[c->made].exact), error));
        c->made++;
    }
    *out = c->class_count++;
    c->classes[*out].ballots = c->classes[*out].leaving = 0;
    return COCREATE_OK;
}

static cocreate_status reset(void *state, cocreate_error *error)
{
    struct credits *c = state;
    const cci_approvals *v = &c->voters;
    size_t whole;
    c->round = c->class_count = 0;
    c->is_exact = 1;
    mp_set(&c->unit, 1); /* fits what mp_init has allocated */
    CCI_TRY(new_class(c, &whole, error));
    struct class *k = &c->classes[whole];
    memset(&k->left, 0, sizeof k->left);
    k->left.lo[FRACTION] = k->left.hi[FRACTION] = 1;
    k->ballots = v->ballots;
    mp_set(&k->exact, 1);
    memset(c->class_of, 0, v->ballots * sizeof *c->class_of);
    memset(c->support, 0, v->candidates * sizeof *c->support);
    for (size_t b = 0; b < v->ballots; b++)
        for (size_t i = v->start[b]; i < v->start[b + 1]; i++) {
            struct bounds *s = &c->support[v->options[i]];
            s->lo[FRACTION] += (uint64_t)v->weights[b];
            s->hi[FRACTION] += (uint64_t)v->weights[b];
        }
    return COCREATE_OK;
}

/* -- Who joins -------------------------------------------------------------------------------- */

/* out = votes of a candidate's supporters, over the unit */
static mp_err find_exact(struct credits *c, uint32_t candidate, mp_int *out)
{
    const cci_approvals *v = &c->voters;
    mp_err result = MP_OKAY;
    mp_zero(out);
    for (size_t k = 0; k < c->class_count; k++)
        c->classes[k].weight = 0;
    for (size_t i = v->first[candidate]; i < v->first[candidate + 1]; i++)
        c->classes[c->class_of[v->supporters[i]]].weight += v->weights[v->supporters[i]];
    for (size_t k = 0; result == MP_OKAY && k < c->class_count; k++) {
        if (c->classes[k].weight == 0)
            continue;
        mp_set_i64(&c->scratch, c->classes[k].weight);
        result = mp_mul(&c->scratch, &c->classes[k].exact, &c->scratch);
        if (result == MP_OKAY)
            result = mp_add(out, &c->scratch, out);
    }
    return result;
}

/* Do two candidates have as many supporters of each kind that has something left? */
static int are_alike(struct credits *c, uint32_t a, uint32_t b)
{
    static const uint64_t nothing[LIMBS];
    const cci_approvals *v = &c->voters;
    for (size_t k = 0; k < c->class_count; k++)
        c->classes[k].weight = 0;
    for (size_t i = v->first[a]; i < v->first[a + 1]; i++)
        c->classes[c->class_of[v->supporters[i]]].weight += v->weights[v->supporters[i]];
    for (size_t i = v->first[b]; i < v->first[b + 1]; i++)
        c->classes[c->class_of[v->supporters[i]]].weight -= v->weights[v->supporters[i]];
    for (size_t k = 0; k < c->class_count; k++)
        if (c->classes[k].weight != 0 &&
            cci_wide_compare(c->classes[k].left.hi, nothing, LIMBS) != 0)
            return 0;
    return 1;
}

static cocreate_status compare(struct credits *c, uint32_t a, uint32_t b, int *out,
                               cocreate_error *error)
{
    const struct bounds *x = &c->support[a], *y = &c->support[b];
    *out = cci_wide_compare(x->lo, y->hi, LIMBS) > 0   ? 1
           : cci_wide_compare(x->hi, y->lo, LIMBS) < 0 ? -1
                                                       : 0;
    if (*out != 0 || are_alike(c, a, b))
        return COCREATE_OK;
    if (!c->is_exact)
        return cci_fail(error, COCREATE_ERR_LIMIT,
                        "round %zu: %s and %s cannot be told apart with %d binary digits, and exact "
                        "numbers have more than %d bits",
                        c->round + 1, cci_name(c->run, a), cci_name(c->run, b), FRACTION_BITS,
                        EXACT_BITS);
    CCI_TRY(cci_big_status(find_exact(c, a, &c->sum), error));
    CCI_TRY(cci_big_status(find_exact(c, b, &c->other), error));
    mp_ord order = mp_cmp(&c->sum, &c->other);
    *out = order == MP_GT ? 1 : order == MP_LT ? -1 : 0;
    return COCREATE_OK;
}

/* Comparing all with one that has the most for sure keeps to few what must be looked at closely. */
static cocreate_status find_tied(void *state, const uint8_t *open, uint32_t *tied, size_t *n,
                                 cocreate_error *error)
{
    struct credits *c = state;
    uint32_t m = (uint32_t)c->voters.candidates, best = m;
    for (uint32_t o = 0; o < m; o++)
        if (open[o] && (best == m || cci_wide_compare(c->support[o].lo, c->support[best].lo,
                                                      LIMBS) > 0))
            best = o;
    *n = 0;
    tied[0] = best;
    for (uint32_t o = 0; o < m; o++) {
        int order = 0;
        if (!open[o])
            continue;
        CCI_TRY(compare(c, o, tied[0], &order, error));
        if (order > 0)
            *n = 0;
        if (order >= 0)
            tied[(*n)++] = o;
        if (*n == 0)
            tied[0] = best;
    }
    return COCREATE_OK;
}

/* -- Paying ----------------------------------------------------------------------------------- */

static mp_err from_wide(const uint64_t *a, mp_int *out, mp_int *limb)
{
    mp_err result = MP_OKAY;
    mp_zero(out);
    for (size_t i = LIMBS; result == MP_OKAY && i-- > 0;) {
        result = mp_mul_2d(out, 64, out);
        if (result == MP_OKAY) {
            mp_set_u64(limb, a[i]);
            result = mp_add(out, limb, out);
        }
    }
    return result;
}

/* out = 1 - num / (den * support), rounded down or up; 0 where the price is more */
static mp_err find_part(struct credits *c, const uint64_t *support, int64_t num, int64_t den, int up,
                        uint64_t *out)
{
    mp_err result = from_wide(support, &c->sum, &c->scratch);
    memset(out, 0, LIMBS * sizeof *out);
    mp_set_i64(&c->scratch, den);
    if (result == MP_OKAY)
        result = mp_mul(&c->sum, &c->scratch, &c->sum);
    mp_set_i64(&c->scratch, num);
    if (result == MP_OKAY)
        result = mp_mul_2d(&c->scratch, FRACTION_BITS, &c->scratch);
    if (result != MP_OKAY || mp_cmp(&c->sum, &c->scratch) != MP_GT)
        return result;
    result = mp_sub(&c->sum, &c->scratch, &c->other);
    if (result == MP_OKAY)
        result = mp_mul_2d(&c->other, FRACTION_BITS, &c->other);
    if (result == MP_OKAY)
        result = mp_div(&c->other, &c->sum, &c->other, &c->scratch);
    if (result == MP_OKAY && up && !mp_iszero(&c->scratch))
        result = mp_add_d(&c->other, 1, &c->other);
    for (size_t i = 0; result == MP_OKAY && i < LIMBS; i++) {
        out[i] = mp_get_mag_u64(&c->other);
        result = mp_div_2d(&c->other, 64, &c->other, NULL);
    }
    return result;
}

/* a = a * part, both at most 1, rounded down or up */
static void multiply(uint64_t *a, const uint64_t *part, int up)
{
    uint64_t product[2 * LIMBS] = {0}, one[LIMBS] = {1};
    int rest = 0;
    for (size_t i = 0; i < LIMBS; i++) {
        uint64_t carry = 0;
        for (size_t k = 0; k < LIMBS; k++) {
            uint64_t high, low;
            cci_mul_u64(a[i], part[k], &high, &low);
            low += carry;
            high += low < carry;
            product[i + k] += low;
            carry = high + (product[i + k] < low);
        }
        product[i + LIMBS] += carry;
    }
    for (size_t i = 0; i < FRACTION; i++)
        rest |= product[i] != 0;
    memcpy(a, product + FRACTION, LIMBS * sizeof *a);
    if (up && rest)
        cci_wide_add(a, one, LIMBS);
}

/* What supporters keep: between bounds, and exactly if it can be. */
static cocreate_status find_parts(struct credits *c, uint32_t candidate, cocreate_error *error)
{
    int64_t num, den;
    c->price(&c->voters, (size_t)c->run->seats, c->round, &num, &den);
    CCI_TRY(cci_big_status(find_part(c, c->support[candidate].lo, num, den, 0, c->keep.lo), error));
    CCI_TRY(cci_big_status(find_part(c, c->support[candidate].hi, num, den, 1, c->keep.hi), error));
    if (!c->is_exact)
        return COCREATE_OK;
    /* sum / unit votes; 1 - num * unit / (den * sum) */
    CCI_TRY(cci_big_status(find_exact(c, candidate, &c->sum), error));
    mp_set_i64(&c->scratch, den);
    CCI_TRY(cci_big_status(mp_mul(&c->sum, &c->scratch, &c->sum), error));
    mp_set_i64(&c->scratch, num);
    CCI_TRY(cci_big_status(mp_mul(&c->unit, &c->scratch, &c->other), error));
    if (mp_cmp(&c->sum, &c->other) != MP_GT) {
        memset(&c->keep, 0, sizeof c->keep);
        return cci_rational_set_i64(&c->part, 0, 1, error);
    }
    CCI_TRY(cci_big_status(mp_sub(&c->sum, &c->other, &c->other), error));
    return cci_rational_set_big(&c->part, &c->other, &c->sum, error);
}

/* The supporters leave their classes for ones of their own; a class that all leave stays theirs. */
static cocreate_status split(struct credits *c, uint32_t candidate, cocreate_error *error)
{
    const cci_approvals *v = &c->voters;
    size_t old = c->class_count;
    for (size_t i = v->first[candidate]; i < v->first[candidate + 1]; i++)
        c->classes[c->class_of[v->supporters[i]]].leaving++;
    for (size_t k = 0; k < old; k++) {
        if (c->classes[k].leaving == 0)
            continue;
        size_t heir = k;
        if (c->classes[k].leaving < c->classes[k].ballots) {
            CCI_TRY(new_class(c, &heir, error));
            c->classes[heir].left = c->classes[k].left;
            CCI_TRY(cci_big_status(mp_copy(&c->classes[k].exact, &c->classes[heir].exact), error));
            c->classes[heir].ballots = c->classes[heir].leaving = c->classes[k].leaving;
            c->classes[k].ballots -= c->classes[k].leaving;
            c->classes[k].leaving = 0;
        }
        c->classes[k].heir = heir;
    }
    for (size_t i = v->first[candidate]; i < v->first[candidate + 1]; i++) {
        uint32_t *k = &c->class_of[v->supporters[i]];
        *k = (uint32_t)c->classes[*k].heir;
    }
    return COCREATE_OK;
}

/* The exact votes over a new unit. */
static mp_err pay_exactly(struct credits *c)
{
    mp_err result = mp_mul(&c->unit, &c->part.den, &c->unit);
    for (size_t k = 0; result == MP_OKAY && k < c->class_count; k++)
        result = mp_mul(&c->classes[k].exact,
                        c->classes[k].leaving > 0 ? &c->part.num : &c->part.den,
                        &c->classes[k].exact);
    c->is_exact = mp_count_bits(&c->unit) <= EXACT_BITS;
    return result;
}

/* The bounds of the classes that pay, and of all that their ballots support. */
static void pay_bounds(struct credits *c, uint32_t candidate)
{
    const cci_approvals *v = &c->voters;
    struct bounds lost;
    for (int sign = 0; sign < 2; sign++) {
        for (size_t i = v->first[candidate]; i < v->first[candidate + 1]; i++) {
            uint32_t b = v->supporters[i];
            const struct bounds *left = &c->classes[c->class_of[b]].left;
            cci_wide_scale(lost.lo, left->lo, (uint64_t)v->weights[b], LIMBS);
            cci_wide_scale(lost.hi, left->hi, (uint64_t)v->weights[b], LIMBS);
            for (size_t e = v->start[b]; e < v->start[b + 1]; e++) {
                struct bounds *s = &c->support[v->options[e]];
                (sign ? cci_wide_add : cci_wide_sub)(s->lo, lost.lo, LIMBS);
                (sign ? cci_wide_add : cci_wide_sub)(s->hi, lost.hi, LIMBS);
            }
        }
        for (size_t k = 0; sign == 0 && k < c->class_count; k++)
            if (c->classes[k].leaving > 0) {
                multiply(c->classes[k].left.lo, c->keep.lo, 0);
                multiply(c->classes[k].left.hi, c->keep.hi, 1);
            }
    }
}

static cocreate_status elect(void *state, uint32_t candidate, cocreate_error *error)
{
    struct credits *c = state;
    CCI_TRY(find_parts(c, candidate, error));
    CCI_TRY(split(c, candidate, error));
    if (c->is_exact)
        CCI_TRY(cci_big_status(pay_exactly(c), error));
    pay_bounds(c, candidate);
    for (size_t k = 0; k < c->class_count; k++)
        c->classes[k].leaving = 0;
    c->round++;
    return COCREATE_OK;
}

/* -- Telling ---------------------------------------------------------------------------------- */

enum { SHOWN_BITS = 256 };

/* A lower bound of the support with 12 decimals. */
static void write_decimal(const struct credits *c, uint32_t candidate, cci_buffer *out)
{
    uint64_t part[LIMBS], scaled[LIMBS];
    const uint64_t *lo = c->support[candidate].lo;
    memcpy(part, lo, sizeof part);
    part[FRACTION] = 0;
    cci_wide_scale(scaled, part, UINT64_C(1000000000000), LIMBS);
    cci_buffer_u64(out, lo[FRACTION]);
    cci_buffer_byte(out, '.');
    for (uint64_t digit = UINT64_C(100000000000); digit > 0; digit /= 10)
        cci_buffer_byte(out, (uint8_t)('0' + scaled[FRACTION] / digit % 10));
}

static cocreate_status tell(void *state, uint32_t candidate, const uint8_t *open, size_t round,
                            cci_buffer *trace, cci_buffer *note, cocreate_error *error)
{
    struct credits *c = state;
    int64_t num, den;
    (void)open;
    c->price(&c->voters, (size_t)c->run->seats, c->round, &num, &den);
    cci_buffer_text(trace, "\"price\":\"");
    CCI_TRY(cci_rational_set_i64(&c->part, num, den, error));
    CCI_TRY(cci_rational_text(&c->part, trace, error));
    cci_buffer_format(trace, "\",\"round\":%zu,", round);
    cci_buffer_text(note, " with ");
    int shown = c->is_exact && mp_count_bits(&c->unit) <= SHOWN_BITS;
    if (shown) {
        CCI_TRY(cci_big_status(find_exact(c, candidate, &c->sum), error));
        CCI_TRY(cci_rational_set_big(&c->part, &c->sum, &c->unit, error));
        cci_buffer_text(trace, "\"support\":\"");
        CCI_TRY(cci_rational_text(&c->part, trace, error));
        CCI_TRY(cci_rational_say(&c->part, note, error));
    } else {
        cci_buffer_text(trace, "\"support_about\":\"");
        write_decimal(c, candidate, trace);
        cci_buffer_text(note, "about ");
        write_decimal(c, candidate, note);
    }
    cci_buffer_byte(trace, '"');
    cci_buffer_text(note, " votes and pays ");
    CCI_TRY(cci_rational_set_i64(&c->part, num, den, error));
    return cci_rational_say(&c->part, note, error);
}

static cocreate_status key(void *state, cci_buffer *out, int *known, cocreate_error *error)
{
    struct credits *c = state;
    *known = c->is_exact;
    for (size_t b = 0; c->is_exact && b < c->voters.ballots; b++) {
        CCI_TRY(cci_rational_set_big(&c->part, &c->classes[c->class_of[b]].exact, &c->unit, error));
        CCI_TRY(cci_rational_text(&c->part, out, error));
        cci_buffer_byte(out, ' ');
    }
    return COCREATE_OK;
}

/* --------------------------------------------------------------------------------------------- */

static cocreate_status count(struct credits *c, cocreate_error *error)
{
    cci_run *run = c->run;
    const cocreate_allocator *a = &run->allocator;
    CCI_TRY(cci_approvals_open(run->electorate, a, &c->voters, error));
    c->class_of = cci_alloc(a, c->voters.ballots, sizeof *c->class_of);
    c->support = cci_alloc(a, c->voters.candidates, sizeof *c->support);
    if (c->class_of == NULL || c->support == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_big_status(mp_init_multi(&c->unit, &c->sum, &c->other, &c->scratch, NULL), error));
    CCI_TRY(cci_rational_init(&c->part, error));
    const cci_path_rules rules = {c, reset, find_tied, elect, tell, key};
    return cci_path_run(run, &rules, error);
}

cocreate_status cci_credits_run(cci_run *run, cci_price price, cocreate_error *error)
{
    struct credits c = {.run = run, .price = price};
    cocreate_status status = count(&c, error);
    for (size_t k = 0; k < c.made; k++)
        mp_clear(&c.classes[k].exact);
    cci_free(&run->allocator, c.classes);
    cci_free(&run->allocator, c.class_of);
    cci_free(&run->allocator, c.support);
    mp_clear_multi(&c.unit, &c.sum, &c.other, &c.scratch, NULL);
    cci_rational_clear(&c.part);
    cci_approvals_close(&c.voters);
    return status;
}
