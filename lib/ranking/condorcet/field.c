/* Fields, and their pairs in order. */
#include <string.h>

#include "ranking/condorcet/lock.h"
#include "ranking/ties.h"

cocreate_status cci_field_init(cci_contest *c, const uint32_t *ranks, cci_field *out,
                               cocreate_error *error)
{
    out->ranks = ranks;
    out->members = cci_contest_alloc(c, c->m, sizeof *out->members);
    out->classes = cci_contest_alloc(c, c->m, sizeof *out->classes);
    out->size = 0;
    return out->members != NULL && out->classes != NULL ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status by_rank(void *context, uint32_t a, uint32_t b, int *out,
                               cocreate_error *error)
{
    const uint32_t *ranks = context;
    (void)error;
    *out = (ranks[a] > ranks[b]) - (ranks[a] < ranks[b]);
    return COCREATE_OK;
}

cocreate_status cci_field_fill(cci_contest *c, const uint8_t *in, cci_field *out,
                               cocreate_error *error)
{
    out->size = 0;
    for (uint32_t a = 0; a < c->m; a++)
        if (in[a])
            out->members[out->size++] = a;
    if (out->ranks != NULL) {
        for (uint32_t i = 0; i < out->size; i++)
            out->classes[i] = i;
        return cci_sort(&c->run->allocator, out->members, out->size, by_rank,
                        (void *)(uintptr_t)out->ranks, error);
    }
    size_t *ends = cci_alloc(&c->run->allocator, c->m, sizeof *ends);
    if (ends == NULL)
        return cci_no_memory(error);
    cocreate_status status = cci_ties_break(c->run, out->members, out->size, ends, 1, error);
    for (size_t i = 0; i < out->size && status == COCREATE_OK; i++)
        out->classes[i] = i > 0 && ends[i] == ends[i - 1] ? out->classes[i - 1] : (uint32_t)i;
    cci_free(&c->run->allocator, ends);
    return status;
}

/* -- Sorting ---------------------------------------------------------------------------------- */

/* Strongest first, stable: by digits of 8 bits, leaving out those in which no two differ. */
static void sort_pairs(cci_pair **pairs, cci_pair **spare, size_t n)
{
    uint64_t differ = 0;
    for (size_t i = 1; i < n; i++)
        differ |= (uint64_t)(*pairs)[i].strength ^ (uint64_t)(*pairs)[0].strength;
    for (unsigned shift = 0; shift < 64; shift += 8) {
        if ((differ >> shift & 0xff) == 0)
            continue;
        size_t at[256] = {0}, before = 0;
        for (size_t i = 0; i < n; i++)
            at[(uint64_t)(*pairs)[i].strength >> shift & 0xff]++;
        for (size_t digit = 256; digit-- > 0;) {
            size_t count = at[digit];
            at[digit] = before;
            before += count;
        }
        for (size_t i = 0; i < n; i++)
            (*spare)[at[(uint64_t)(*pairs)[i].strength >> shift & 0xff]++] = (*pairs)[i];
        cci_pair *sorted = *spare;
        *spare = *pairs;
        *pairs = sorted;
    }
}

static size_t class_end(const cci_field *f, size_t first)
{
    size_t end = first + 1;
    while (end < f->size && f->classes[end] == f->classes[first])
        end++;
    return end;
}

/* The pairs of who is over in one class, under in another. Written where `out` is not NULL. Returns
 * how many they are. */
static size_t list_classes(const cci_contest *c, const cci_field *f, size_t over, size_t under,
                           cci_pair *out)
{
    size_t n = 0, over_end = class_end(f, over), under_end = class_end(f, under);
    int ordered = c->run->chain.count > 0 || f->ranks != NULL;
    cci_strength kind = cci_contest_strength(c);
    for (size_t a = over; a < over_end; a++)
        for (size_t b = under; b < under_end; b++) {
            uint32_t x = f->members[a], y = f->members[b];
            if (!cci_beats(c, x, y) && !(ordered && a != b && cci_tied(c, x, y)))
                continue;
            if (out != NULL)
                out[n] = (cci_pair){cci_strength_of(c, kind, x, y), (uint32_t)a, (uint32_t)b};
            n++;
        }
    return n;
}

static size_t list_pairs(const cci_contest *c, const cci_field *f, cci_pair *out)
{
    size_t n = 0;
    for (size_t over = 0; over < f->size; over = class_end(f, over))
        for (size_t under = 0; under < f->size; under = class_end(f, under))
            n += list_classes(c, f, over, under, out != NULL ? out + n : NULL);
    return n;
}

cocreate_status cci_field_pairs(cci_contest *c, const cci_field *field, cci_pair **pairs,
                               size_t *count, cocreate_error *error)
{
    const cocreate_allocator *a = &c->run->allocator;
    size_t n = list_pairs(c, field, NULL);
    cci_pair *made = cci_alloc(a, n, sizeof *made), *spare = cci_alloc(a, n, sizeof *spare);
    if (made != NULL && spare != NULL) {
        list_pairs(c, field, made);
        sort_pairs(&made, &spare, n);
    }
    cci_free(a, spare);
    if (made == NULL || spare == NULL) {
        cci_free(a, made);
        return cci_no_memory(error);
    }
    *pairs = made;
    *count = n;
    return COCREATE_OK;
}
