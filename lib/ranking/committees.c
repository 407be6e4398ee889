/* Committees that tie, and which of them is elected. */
#include "ranking/committees.h"

#include <string.h>

#include "ranking/order.h"
#include "ranking/ties.h"
#include "ranking/write.h"

/* -- Keeping ---------------------------------------------------------------------------------- */

/* Where the chain puts each candidate among all; equal where it does not tell. */
static cocreate_status rank_all(cci_run *run, uint32_t *order, size_t *ends, uint32_t *rank,
                                cocreate_error *error)
{
    size_t m = run->roster->count;
    for (size_t i = 0; i < m; i++)
        order[i] = (uint32_t)i;
    CCI_TRY(cci_ties_break(run, order, m, ends, 1, error));
    for (size_t i = 0; i < m; i++)
        rank[order[i]] = run->chain.parallel ? order[i] : (uint32_t)ends[i];
    return COCREATE_OK;
}

cocreate_status cci_committees_init(cci_committees *c, cci_run *run, size_t seats,
                                    cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    size_t m = run->roster->count;
    memset(c, 0, sizeof *c);
    c->run = run;
    c->seats = seats;
    c->slot_count = 64;
    c->sorted = cci_alloc(a, seats, sizeof *c->sorted);
    c->rank = cci_alloc(a, m, sizeof *c->rank);
    c->slots = cci_alloc(a, c->slot_count, sizeof *c->slots);
    uint32_t *order = cci_alloc(a, m, sizeof *order);
    size_t *ends = cci_alloc(a, m, sizeof *ends);
    cocreate_status status = c->sorted && c->rank && c->slots && order && ends
                                 ? rank_all(run, order, ends, c->rank, error)
                                 : cci_no_memory(error);
    cci_free(a, order);
    cci_free(a, ends);
    return status;
}

void cci_committees_free(cci_committees *c)
{
    if (c->run == NULL)
        return;
    const cocreate_allocator *a = &c->run->allocator;
    cci_free(a, c->members);
    cci_free(a, c->sorted);
    cci_free(a, c->rank);
    cci_free(a, c->slots);
    memset(c, 0, sizeof *c);
}

void cci_committees_clear(cci_committees *c)
{
    c->count = c->full = 0;
    c->more = 0;
    memset(c->slots, 0, c->slot_count * sizeof *c->slots);
}

static cocreate_status by_rank(void *context, uint32_t a, uint32_t b, int *out,
                               cocreate_error *error)
{
    const uint32_t *rank = context;
    (void)error;
    *out = rank[a] != rank[b] ? (rank[a] > rank[b]) - (rank[a] < rank[b]) : (a > b) - (a < b);
    return COCREATE_OK;
}

cocreate_status cci_committees_sort(const cci_committees *c, uint32_t *members,
                                    cocreate_error *error)
{
    return cci_sort(&c->run->allocator, members, c->seats, by_rank, c->rank, error);
}

/* By the ranks of the members, best first; 0 where the chain does not tell. */
static int compare_ranks(const cci_committees *c, const uint32_t *a, const uint32_t *b)
{
    for (size_t i = 0; i < c->seats; i++)
        if (c->rank[a[i]] != c->rank[b[i]])
            return c->rank[a[i]] < c->rank[b[i]] ? -1 : 1;
    return 0;
}

static int compare_members(const cci_committees *c, const uint32_t *a, const uint32_t *b)
{
    int order = compare_ranks(c, a, b);
    for (size_t i = 0; order == 0 && i < c->seats; i++)
        order = (a[i] > b[i]) - (a[i] < b[i]);
    return order;
}

static cocreate_status by_members(void *context, uint32_t a, uint32_t b, int *out,
                                  cocreate_error *error)
{
    const cci_committees *c = context;
    (void)error;
    *out = compare_members(c, c->members + a * c->seats, c->members + b * c->seats);
    return COCREATE_OK;
}

/* Where a committee is in the table, or would be. */
static size_t find_slot(const cci_committees *c, const uint32_t *members)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < c->seats; i++)
        hash = (hash ^ members[i]) * UINT64_C(0x100000001b3);
    size_t slot = (size_t)(hash ^ hash >> 32) & (c->slot_count - 1);
    while (c->slots[slot] != 0 && memcmp(c->members + (c->slots[slot] - 1) * c->seats, members,
                                         c->seats * sizeof *members) != 0)
        slot = (slot + 1) & (c->slot_count - 1);
    return slot;
}

static void fill_slots(cci_committees *c)
{
    memset(c->slots, 0, c->slot_count * sizeof *c->slots);
    for (size_t i = 0; i < c->count; i++)
        c->slots[find_slot(c, c->members + i * c->seats)] = (uint32_t)(i + 1);
}

/* A table of at least twice as many slots as committees. */
static cocreate_status widen(cci_committees *c, cocreate_error *error)
{
    if (2 * (c->count + 1) <= c->slot_count)
        return COCREATE_OK;
    uint32_t *slots = cci_alloc(&c->run->allocator, 2 * c->slot_count, sizeof *slots);
    if (slots == NULL)
        return cci_no_memory(error);
    cci_free(&c->run->allocator, c->slots);
    c->slots = slots;
    c->slot_count *= 2;
    fill_slots(c);
    return COCREATE_OK;
}

/* Put the committees in order. */
static cocreate_status sort_all(cci_committees *c, cocreate_error *error)
{
    const cocreate_allocator *a = &c->run->allocator;
    uint32_t *order = cci_alloc(a, c->count, sizeof *order);
    uint32_t *moved = cci_alloc(a, c->count * c->seats, sizeof *moved);
    cocreate_status status = order != NULL && moved != NULL ? COCREATE_OK : cci_no_memory(error);
    for (size_t i = 0; status == COCREATE_OK && i < c->count; i++)
        order[i] = (uint32_t)i;
    if (status == COCREATE_OK)
        status = cci_sort(a, order, c->count, by_members, c, error);
    if (status == COCREATE_OK) {
        for (size_t i = 0; i < c->count; i++)
            memcpy(moved + i * c->seats, c->members + order[i] * c->seats,
                   c->seats * sizeof *moved);
        memcpy(c->members, moved, c->count * c->seats * sizeof *moved);
    }
    cci_free(a, order);
    cci_free(a, moved);
    return status;
}

/* Keep only the first by the chain. */
static cocreate_status shorten(cci_committees *c, cocreate_error *error)
{
    CCI_TRY(sort_all(c, error));
    c->count = c->full = CCI_TRACE_COMMITTEES;
    c->more = 1;
    fill_slots(c);
    return COCREATE_OK;
}

int cci_committees_wants(const cci_committees *c, const uint32_t *members)
{
    return c->full == 0 ||
           compare_members(c, members, c->members + (c->full - 1) * c->seats) < 0;
}

cocreate_status cci_committees_add(cci_committees *c, const uint32_t *members,
                                   cocreate_error *error)
{
    const cocreate_allocator *a = &c->run->allocator;
    size_t n = c->seats;
    memcpy(c->sorted, members, n * sizeof *members);
    CCI_TRY(cci_committees_sort(c, c->sorted, error));
    CCI_TRY(widen(c, error));
    size_t slot = find_slot(c, c->sorted);
    if (c->slots[slot] != 0 || !cci_committees_wants(c, c->sorted))
        return COCREATE_OK;
    if (c->run->chain.parallel && c->count == CCI_COMMITTEES_MAX)
        return cci_fail(error, COCREATE_ERR_LIMIT,
                        "more than %d committees tie; break ties by id, earliest or lot",
                        CCI_COMMITTEES_MAX);
    if (!cci_grow(a, (void **)&c->members, &c->room, (c->count + 1) * n, sizeof *c->members))
        return cci_no_memory(error);
    memcpy(c->members + c->count * n, c->sorted, n * sizeof *c->sorted);
    c->slots[slot] = (uint32_t)++c->count;
    if (!c->run->chain.parallel && c->count == 2 * CCI_TRACE_COMMITTEES)
        return shorten(c, error);
    return COCREATE_OK;
}

/* The next choice of `size` among n, in lexical order; 0 after the last. */
static int next_choice(uint32_t *choice, size_t size, size_t n)
{
    size_t i = size;
    while (i > 0 && choice[i - 1] == n - size + i - 1)
        i--;
    if (i == 0)
        return 0;
    choice[i - 1]++;
    for (; i < size; i++)
        choice[i] = choice[i - 1] + 1;
    return 1;
}

cocreate_status cci_committees_add_choices(cci_committees *c, const uint32_t *fixed,
                                           size_t fixed_count, const uint32_t *among, size_t n,
                                           cocreate_error *error)
{
    const cocreate_allocator *a = &c->run->allocator;
    size_t size = c->seats - fixed_count;
    uint32_t *set = cci_alloc(a, c->seats, sizeof *set);
    uint32_t *choice = cci_alloc(a, size, sizeof *choice);
    cocreate_status status = set != NULL && choice != NULL ? COCREATE_OK : cci_no_memory(error);
    assert(fixed_count <= c->seats && size <= n);
    for (size_t i = 0; status == COCREATE_OK && i < size; i++)
        choice[i] = (uint32_t)i;
    if (status == COCREATE_OK)
        do {
            for (size_t i = 0; i < c->seats; i++)
                set[i] = i < fixed_count ? fixed[i] : among[choice[i - fixed_count]];
            status = cci_committees_add(c, set, error);
        } while (status == COCREATE_OK && next_choice(choice, size, n));
    cci_free(a, set);
    cci_free(a, choice);
    return status;
}

/* -- Electing --------------------------------------------------------------------------------- */

void cci_place_selected(cci_run *run)
{
    size_t m = run->roster->count, k = 0;
    for (size_t i = 0; i < m; i++)
        k += run->selected[i];
    for (size_t i = 0; i < m; i++) {
        run->standings[i].from = run->selected[i] ? 1 : k + 1;
        run->standings[i].to = run->selected[i] ? k : m;
    }
}

/* Everyone in some committee is elected. */
static cocreate_status elect_all(cci_committees *c, cocreate_error *error)
{
    cci_run *run = c->run;
    size_t m = run->roster->count, n = c->seats;
    size_t *in = cci_alloc(&run->allocator, m, sizeof *in);
    if (in == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < c->count * n; i++)
        in[c->members[i]]++;
    for (size_t o = 0; o < m; o++) {
        run->selected[o] = in[o] > 0;
        run->standings[o].from = in[o] > 0 ? 1 : n + 1;
        run->standings[o].to = in[o] == c->count ? n : m;
    }
    cci_free(&run->allocator, in);
    return COCREATE_OK;
}

/* The first by the chain; the committees are in order. */
static cocreate_status elect_first(cci_committees *c, cocreate_error *error)
{
    cci_run *run = c->run;
    if (c->count > 1 && compare_ranks(c, c->members, c->members + c->seats) == 0)
        return cci_fail(error, COCREATE_ERR_TIE,
                        "%s%zu committees tie, and no tie step tells which is elected: add id or lot "
                        "to ties, or ask for all of them by ties=parallel",
                        c->more ? "more than " : "", c->count);
    for (size_t i = 0; i < c->seats; i++)
        run->selected[c->members[i]] = 1;
    cci_place_selected(run);
    return COCREATE_OK;
}

static cocreate_status by_number(void *context, uint32_t a, uint32_t b, int *out,
                                 cocreate_error *error)
{
    (void)context, (void)error;
    *out = (a > b) - (a < b);
    return COCREATE_OK;
}

static cocreate_status write_all(cci_committees *c, cci_buffer *out, cocreate_error *error)
{
    size_t n = c->seats;
    cci_buffer_format(out, "\"committee_count%s\":%zu,\"committees\":[",
                      c->more ? "_at_least" : "", c->more ? c->count + 1 : c->count);
    for (size_t i = 0; i < c->count && i < CCI_TRACE_COMMITTEES; i++) {
        if (i > 0)
            cci_buffer_byte(out, ',');
        memcpy(c->sorted, c->members + i * n, n * sizeof *c->sorted);
        CCI_TRY(cci_sort(&c->run->allocator, c->sorted, n, by_number, NULL, error));
        cci_write_ids(c->run, out, c->sorted, n);
    }
    cci_buffer_text(out, "],");
    return COCREATE_OK;
}

cocreate_status cci_committees_elect(cci_committees *c, cci_buffer *out, cocreate_error *error)
{
    cci_run *run = c->run;
    assert(c->count > 0);
    cci_free(&run->allocator, run->selected);
    run->selected = cci_alloc(&run->allocator, run->roster->count, sizeof *run->selected);
    if (run->selected == NULL)
        return cci_no_memory(error);
    CCI_TRY(sort_all(c, error));
    CCI_TRY(run->chain.parallel ? elect_all(c, error) : elect_first(c, error));
    CCI_TRY(write_all(c, out, error));
    if (c->count == 1 && !c->more)
        return COCREATE_OK;
    cci_buffer_format(&run->notes, "%s%zu committees are equally good", c->more ? "More than " : "",
                      c->count);
    if (!run->chain.parallel) {
        cci_buffer_text(&run->notes, "; the tie chain elects ");
        cci_write_names(run, &run->notes, c->members, c->seats);
    }
    cci_buffer_text(&run->notes, ".\n");
    return COCREATE_OK;
}
