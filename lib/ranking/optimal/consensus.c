/* Best rankings of all options: part by part, since a part whose members all beat the members of
 * another stands before it in every best ranking (Truchon 1998). */
#include "ranking/optimal/consensus.h"

#include <string.h>

#include "base/checked.h"
#include "ranking/optimal/lattice.h"
#include "ranking/order.h"
#include "ranking/ties.h"
#include "ranking/write.h"

/* Numbers up to 64! < 2^296. */
#define LIMBS 5

struct work {
    cci_run *run;
    const int64_t *cost; /* of all options */
    cci_consensus *out;
    int64_t *part_cost;  /* of a part */
    uint32_t *group;
    size_t *group_ends;
    mp_int optima, factor;
};

/* -- Parts ------------------------------------------------------------------------------------ */

struct wins {
    const int64_t *cost;
    size_t m;
    uint32_t *count;
};

static int beats(const int64_t *cost, size_t m, size_t a, size_t b)
{
    return cost[b * m + a] > 0;
}

static cocreate_status by_wins(void *context, uint32_t a, uint32_t b, int *out,
                               cocreate_error *error)
{
    const struct wins *w = context;
    (void)error;
    *out = (w->count[a] < w->count[b]) - (w->count[a] > w->count[b]);
    if (*out == 0)
        *out = (a > b) - (a < b);
    return COCREATE_OK;
}

/* Options by wins: who beats everyone outside a set wins more often than anyone outside, so that
 * every such set is a beginning of this order. A beginning is one where nobody inside fails to
 * beat someone outside. */
static cocreate_status find_parts(struct work *w, uint32_t *wins, cocreate_error *error)
{
    const cocreate_allocator *a = &w->run->allocator;
    cci_consensus *c = w->out;
    size_t m = c->m, open = 0; /* pairs of one inside that does not beat one outside */
    for (uint32_t i = 0; i < m; i++) {
        c->parts[i] = i;
        for (size_t j = 0; j < m; j++)
            wins[i] += (uint32_t)beats(w->cost, m, i, j);
    }
    struct wins context = {w->cost, m, wins};
    CCI_TRY(cci_sort(a, c->parts, m, by_wins, &context, error));
    for (size_t i = 0; i < m; i++) {
        uint32_t now = c->parts[i];
        for (size_t j = 0; j < i; j++)
            open -= (size_t)!beats(w->cost, m, c->parts[j], now);
        open += m - 1 - i;
        for (size_t j = i + 1; j < m; j++)
            open -= (size_t)beats(w->cost, m, now, c->parts[j]);
        if (open == 0)
            c->ends[c->part_count++] = i + 1;
    }
    return COCREATE_OK;
}

static cocreate_status by_index(void *context, uint32_t a, uint32_t b, int *out,
                                cocreate_error *error)
{
    (void)context, (void)error;
    *out = (a > b) - (a < b);
    return COCREATE_OK;
}

/* -- Counting --------------------------------------------------------------------------------- */

static void add_count(uint64_t *sum, const uint64_t *term, size_t limbs)
{
    uint64_t carry = 0;
    for (size_t i = 0; i < limbs; i++) {
        uint64_t partial = sum[i] + carry;
        carry = partial < carry;
        sum[i] = partial + term[i];
        carry += sum[i] < partial;
    }
    assert(carry == 0);
}

/* Paths from the empty set to the full one. */
static cocreate_status count_paths(struct work *w, const cci_lattice *l, cocreate_error *error)
{
    const cocreate_allocator *a = &w->run->allocator;
    size_t limbs = l->n <= 20 ? 1 : LIMBS; /* 20! < 2^63 */
    uint64_t *count = cci_alloc(a, l->count, limbs * sizeof *count);
    if (count == NULL)
        return cci_no_memory(error);
    count[(l->count - 1) * limbs] = 1;
    for (size_t i = l->count - 1; i-- > 0;)
        for (uint64_t rest = l->next[i]; rest != 0; rest &= rest - 1) {
            size_t to = cci_lattice_find(l, l->sets[i] | cci_bit(cci_lowest(rest)));
            add_count(count + i * limbs, count + to * limbs, limbs);
        }
    uint8_t bytes[8 * LIMBS];
    for (size_t i = 0; i < 8 * limbs; i++)
        bytes[i] = (uint8_t)(count[i / 8] >> i % 8 * 8);
    cci_free(a, count);
    CCI_TRY(cci_big_status(mp_unpack(&w->factor, 8 * limbs, MP_LSB_FIRST, 1, MP_LITTLE_ENDIAN, 0,
                                     bytes),
                           error));
    return cci_big_status(mp_mul(&w->optima, &w->factor, &w->optima), error);
}

static cocreate_status count_factorial(struct work *w, size_t n, cocreate_error *error)
{
    for (size_t i = 2; i <= n; i++) {
        mp_set_u32(&w->factor, (uint32_t)i);
        CCI_TRY(cci_big_status(mp_mul(&w->optima, &w->factor, &w->optima), error));
    }
    return COCREATE_OK;
}

/* -- Places within a part --------------------------------------------------------------------- */

/* Who may follow a set: of those who can, the ones that the chain puts first. */
static cocreate_status next_of(struct work *w, const cci_lattice *l, size_t first, size_t at,
                               int quiet, uint64_t *out, cocreate_error *error)
{
    const uint32_t *members = w->out->parts + first;
    size_t n = 0;
    *out = l->next[at];
    if (w->run->chain.count == 0 || (*out & (*out - 1)) == 0)
        return COCREATE_OK;
    for (uint64_t rest = *out; rest != 0; rest &= rest - 1)
        w->group[n++] = members[cci_lowest(rest)];
    CCI_TRY(cci_ties_break(w->run, w->group, n, w->group_ends, quiet, error));
    *out = 0;
    for (size_t i = 0; i < w->group_ends[0]; i++)
        for (size_t o = 0; o < l->n; o++)
            if (members[o] == w->group[i])
                *out |= cci_bit(o);
    return COCREATE_OK;
}

/* The first by index of the best orders that the chain leaves. The ties on its way are told. */
static cocreate_status choose_one(struct work *w, const cci_lattice *l, size_t first,
                                  cocreate_error *error)
{
    uint64_t next;
    for (size_t at = 0, done = 0; done < l->n; done++) {
        CCI_TRY(next_of(w, l, first, at, 0, &next, error));
        size_t o = cci_lowest(next);
        w->out->ranking[first + done] = w->out->parts[first + o];
        at = cci_lattice_find(l, l->sets[at] | cci_bit(o));
    }
    return COCREATE_OK;
}

/* The places that the options take in all best orders that the chain leaves. */
static cocreate_status place_all(struct work *w, const cci_lattice *l, size_t first, uint8_t *met,
                                 cocreate_error *error)
{
    met[0] = 1;
    for (size_t i = 0; i < l->count; i++) {
        uint64_t place = first + cci_bit_count(l->sets[i]) + 1, next = 0;
        if (met[i])
            CCI_TRY(next_of(w, l, first, i, 1, &next, error));
        for (; next != 0; next &= next - 1) {
            size_t o = cci_lowest(next);
            cci_standing *s = &w->run->standings[w->out->parts[first + o]];
            met[cci_lattice_find(l, l->sets[i] | cci_bit(o))] = 1;
            s->from = s->from == 0 || place < s->from ? place : s->from;
            s->to = place > s->to ? place : s->to;
        }
    }
    return COCREATE_OK;
}

static cocreate_status place_lattice(struct work *w, const cci_lattice *l, size_t first,
                                     cocreate_error *error)
{
    const cocreate_allocator *a = &w->run->allocator;
    if (!cci_add_i64(w->out->least, l->least, &w->out->least))
        return cci_fail(error, COCREATE_ERR_OVERFLOW, "%s: the distance is more than 2^63 - 1",
                        w->run->method->name);
    CCI_TRY(count_paths(w, l, error));
    CCI_TRY(choose_one(w, l, first, error));
    uint8_t *met = cci_alloc(a, l->count, 1);
    if (met == NULL)
        return cci_no_memory(error);
    cocreate_status status = place_all(w, l, first, met, error);
    cci_free(a, met);
    return status;
}

/* A part where everybody ties with everybody: any order is as good, and this is one tie. */
static cocreate_status place_free(struct work *w, size_t first, size_t n, cocreate_error *error)
{
    memcpy(w->group, w->out->parts + first, n * sizeof *w->group);
    CCI_TRY(count_factorial(w, n, error));
    CCI_TRY(cci_ties_place(w->run, w->group, n, first + 1, error));
    memcpy(w->out->ranking + first, w->group, n * sizeof *w->group);
    return COCREATE_OK;
}

static cocreate_status place_part(struct work *w, size_t first, size_t end, cocreate_error *error)
{
    const cocreate_allocator *a = &w->run->allocator;
    size_t n = end - first, m = w->out->m;
    const uint32_t *members = w->out->parts + first;
    int is_free = 1;
    CCI_TRY(cci_sort(a, w->out->parts + first, n, by_index, NULL, error));
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            is_free &= w->cost[members[i] * m + members[j]] == 0;
    if (is_free)
        return place_free(w, first, n, error);
    int64_t *cost = cci_alloc(a, n * n, sizeof *cost);
    cci_lattice l = {.n = 0};
    if (cost == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            cost[i * n + j] = w->cost[members[i] * m + members[j]];
    cocreate_status status = cci_lattice_open(w->run, cost, n, &l, error);
    if (status == COCREATE_OK)
        status = place_lattice(w, &l, first, error);
    cci_lattice_close(&l, a);
    cci_free(a, cost);
    return status;
}

/* -- All parts -------------------------------------------------------------------------------- */

static cocreate_status write_optima(struct work *w, cocreate_error *error)
{
    int size = 0;
    CCI_TRY(cci_big_status(mp_radix_size(&w->optima, 10, &size), error));
    char *at = cci_buffer_reserve(&w->out->optima, (size_t)size);
    if (at == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_big_status(mp_to_decimal(&w->optima, at, (size_t)size), error));
    w->out->optima.size = strlen(at);
    return COCREATE_OK;
}

static cocreate_status work(struct work *w, cocreate_error *error)
{
    const cocreate_allocator *a = &w->run->allocator;
    cci_consensus *c = w->out;
    c->ranking = cci_alloc(a, c->m, sizeof *c->ranking);
    c->parts = cci_alloc(a, c->m, sizeof *c->parts);
    c->ends = cci_alloc(a, c->m, sizeof *c->ends);
    w->group = cci_alloc(a, c->m, sizeof *w->group);
    w->group_ends = cci_alloc(a, c->m, sizeof *w->group_ends);
    uint32_t *wins = cci_alloc(a, c->m, sizeof *wins);
    cocreate_status status = c->ranking && c->parts && c->ends && w->group && w->group_ends && wins
                                 ? find_parts(w, wins, error)
                                 : cci_no_memory(error);
    cci_free(a, wins);
    CCI_TRY(status);
    mp_set_u32(&w->optima, 1);
    for (size_t i = 0, first = 0; i < c->part_count; first = c->ends[i++])
        CCI_TRY(place_part(w, first, c->ends[i], error));
    return write_optima(w, error);
}

cocreate_status cci_consensus_open(cci_run *run, const int64_t *cost, cci_consensus *out,
                                   cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    *out = (cci_consensus){.m = run->roster->count};
    cci_buffer_init(&out->optima, a);
    struct work w = {.run = run, .cost = cost, .out = out};
    CCI_TRY(cci_big_status(mp_init_multi(&w.optima, &w.factor, NULL), error));
    cocreate_status status = work(&w, error);
    mp_clear_multi(&w.optima, &w.factor, NULL);
    cci_free(a, w.group);
    cci_free(a, w.group_ends);
    if (status != COCREATE_OK)
        cci_consensus_close(out, a);
    return status;
}

void cci_consensus_close(cci_consensus *c, const cocreate_allocator *a)
{
    cci_free(a, c->ranking);
    cci_free(a, c->parts);
    cci_free(a, c->ends);
    if (c->m > 0)
        cci_buffer_free(&c->optima);
    memset(c, 0, sizeof *c);
}

/* -- Trace and sentences ---------------------------------------------------------------------- */

static void write_parts(const cci_run *run, const cci_consensus *c, cci_buffer *out)
{
    for (size_t i = 0, first = 0; i < c->part_count; first = c->ends[i++]) {
        cci_buffer_byte(out, i == 0 ? '[' : ',');
        cci_write_ids(run, out, c->parts + first, c->ends[i] - first);
    }
    cci_buffer_byte(out, ']');
}

void cci_consensus_trace(cci_run *run, const cci_consensus *c, const int64_t *votes,
                         const char *distance)
{
    cci_buffer *out = &run->trace;
    int matrix = c->m <= CCI_TRACE_OPTIONS;
    cci_buffer_format(out, "\"blank\":\"%lld\",\"distance\":\"%s\"",
                      (long long)run->electorate->blank, distance);
    if (!matrix)
        cci_buffer_text(out, ",\"omitted\":[\"pairwise\"]");
    cci_buffer_format(out, ",\"optima\":\"%s\"", c->optima.data);
    if (matrix) {
        cci_buffer_text(out, ",\"order\":[");
        for (uint32_t i = 0; i < c->m; i++) {
            cci_buffer_text(out, i > 0 ? "," : "");
            cci_write_id(run, out, i);
        }
        cci_buffer_text(out, "],\"pairwise\":");
        cci_write_matrix(run, out, votes);
    }
    cci_buffer_text(out, ",\"parts\":");
    write_parts(run, c, out);
    cci_buffer_text(out, ",\"ranking\":");
    cci_write_ids(run, out, c->ranking, c->m);
}

void cci_consensus_note(cci_run *run, const cci_consensus *c)
{
    cci_buffer *out = &run->notes;
    int one = strcmp(c->optima.data, "1") == 0;
    if (one)
        cci_buffer_text(out, "Only one ranking does so: ");
    else
        cci_buffer_format(out, "%s rankings do so; one of them is ", c->optima.data);
    cci_write_list(run, out, c->ranking, c->m, ", ");
    cci_buffer_text(out, ".\n");
}
