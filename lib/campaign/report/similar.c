#include "campaign/report/similar.h"

#include <stdlib.h>
#include <string.h>

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

size_t cci_set_sort(uint64_t *elements, size_t n)
{
    size_t kept = 0;
    if (n > 0)
        qsort(elements, n, sizeof *elements, by_value);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || elements[i] != elements[kept - 1])
            elements[kept++] = elements[i];
    return kept;
}

void cci_similar_key(const cci_campaign *c, uint8_t key[16], uint64_t *seed)
{
    cci_digest d = cci_sha256(c->id, strlen(c->id));
    memcpy(key, d.bytes, 16);
    *seed = 0;
    for (int i = 16; i < 24; i++)
        *seed = *seed << 8 | d.bytes[i];
}

/* The finalizer of SplitMix64 (Steele, Lea, Flood 2014): each seed is another permutation. */
static uint64_t mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

/* ---- bands ---- */

typedef struct slot {
    uint64_t hash;
    uint32_t set;
} slot;

static int by_hash(const void *a, const void *b)
{
    const slot *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->set > y->set) - (x->set < y->set);
}

static uint64_t band_hash(const cci_set *set, unsigned band, unsigned rows, uint64_t seed)
{
    uint64_t hash = band;
    for (unsigned r = 0; r < rows; r++) {
        uint64_t permutation = mix(seed + UINT64_C(0x9e3779b97f4a7c15) * (band * rows + r + 1));
        uint64_t least = UINT64_MAX;
        for (size_t i = 0; i < set->n; i++) {
            uint64_t value = mix(set->elements[i] ^ permutation);
            least = value < least ? value : least;
        }
        hash = mix(hash ^ least);
    }
    return hash;
}

typedef struct pairs {
    const cocreate_allocator *allocator;
    cci_similar_pair *items;
    size_t n, capacity;
} pairs;

static int add_pair(pairs *p, uint32_t a, uint32_t b)
{
    if (!cci_grow(p->allocator, (void **)&p->items, &p->capacity, p->n + 1, sizeof *p->items))
        return 0;
    p->items[p->n++] = (cci_similar_pair){a, b, 0, 0};
    return 1;
}

static int add_band(pairs *p, slot *slots, size_t n)
{
    size_t first = 0;
    qsort(slots, n, sizeof *slots, by_hash);
    for (size_t i = 1; i < n; i++) {
        if (slots[i].hash != slots[first].hash) {
            first = i;
            continue;
        }
        if (!add_pair(p, slots[first].set, slots[i].set) ||
            (i - 1 > first && !add_pair(p, slots[i - 1].set, slots[i].set)))
            return 0;
    }
    return 1;
}

/* ---- the exact index ---- */

static int by_sets(const void *a, const void *b)
{
    const cci_similar_pair *x = a, *y = b;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

static void compare(cci_similar_pair *pair, const cci_set *x, const cci_set *y)
{
    size_t i = 0, j = 0;
    pair->shared = 0;
    while (i < x->n && j < y->n) {
        uint64_t a = x->elements[i], b = y->elements[j];
        pair->shared += a == b;
        i += a <= b;
        j += b <= a;
    }
    pair->all = x->n + y->n - pair->shared;
}

static void keep_similar(pairs *p, const cci_set *sets, unsigned num, unsigned den, size_t least)
{
    size_t kept = 0;
    if (p->n > 0)
        qsort(p->items, p->n, sizeof *p->items, by_sets);
    for (size_t i = 0; i < p->n; i++) {
        cci_similar_pair pair = p->items[i];
        if (i > 0 && by_sets(&pair, &p->items[i - 1]) == 0)
            continue;
        compare(&pair, &sets[pair.a], &sets[pair.b]);
        if (pair.shared >= least && pair.shared * den >= pair.all * num)
            p->items[kept++] = pair;
    }
    p->n = kept;
}

cocreate_status cci_similar(const cocreate_allocator *a, const cci_set *sets, size_t n,
                            unsigned bands, unsigned rows, uint64_t seed, unsigned num,
                            unsigned den, size_t least, cci_similar_pair **out, size_t *n_out,
                            cocreate_error *error)
{
    pairs p = {a, NULL, 0, 0};
    slot *slots = cci_alloc(a, n, sizeof *slots);
    int ok = slots != NULL;
    for (unsigned band = 0; band < bands && ok; band++) {
        size_t used = 0;
        for (size_t i = 0; i < n; i++)
            if (sets[i].n > 0)
                slots[used++] = (slot){band_hash(&sets[i], band, rows, seed), (uint32_t)i};
        ok = used == 0 || add_band(&p, slots, used);
    }
    cci_free(a, slots);
    if (!ok) {
        cci_free(a, p.items);
        return cci_no_memory(error);
    }
    keep_similar(&p, sets, num, den, least);
    *out = p.items;
    *n_out = p.n;
    return COCREATE_OK;
}
