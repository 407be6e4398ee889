/* Reading a profile for the methods. */
#include "ranking/electorate.h"

#include <string.h>

#include "profile/ballots.h"
#include "ranking/order.h"

void cci_roster_free(cci_roster *roster, const cocreate_allocator *a)
{
    cci_free(a, roster->candidates);
    cci_free(a, roster->by_key);
    if (roster->strings.allocator.release != NULL)
        cci_buffer_free(&roster->strings);
    memset(roster, 0, sizeof *roster);
}

/* RFC 8785 sorts keys by UTF-16 code units: as UTF-8 bytes, but for U+10000 and above (first byte
 * F0..F4), which begin with a surrogate and stand before U+E000..U+FFFF (first byte EE, EF). */
static int compare_keys(const char *a, const char *b)
{
    size_t i = 0;
    while (a[i] != '\0' && a[i] == b[i])
        i++;
    int x = (unsigned char)a[i], y = (unsigned char)b[i];
    x += x == 0xEE || x == 0xEF ? 0x10 : 0;
    y += y == 0xEE || y == 0xEF ? 0x10 : 0;
    return (x > y) - (x < y);
}

static cocreate_status by_key(void *context, uint32_t a, uint32_t b, int *out,
                              cocreate_error *error)
{
    const cci_candidate *c = context;
    (void)error;
    *out = compare_keys(c[a].id, c[b].id);
    return COCREATE_OK;
}

/* Room for n candidates. Their strings are gathered first and pointed at last, since the buffer
 * moves while it grows. */
static cocreate_status roster_room(cci_roster *r, const cocreate_allocator *a, size_t n,
                                   cocreate_error *error)
{
    memset(r, 0, sizeof *r);
    cci_buffer_init(&r->strings, a);
    r->candidates = cci_alloc(a, n, sizeof *r->candidates);
    r->by_key = cci_alloc(a, n, sizeof *r->by_key);
    return r->candidates != NULL && r->by_key != NULL ? COCREATE_OK : cci_no_memory(error);
}

static void add_string(cci_roster *r, const char *s)
{
    cci_buffer_add(&r->strings, s, strlen(s) + 1);
}

/* Once every string is in the buffer: point at them, id and name in turn, and sort the keys. */
static cocreate_status roster_settle(cci_roster *r, const cocreate_allocator *a,
                                     cocreate_error *error)
{
    if (r->strings.failed)
        return cci_no_memory(error);
    const char *at = r->strings.data;
    for (size_t i = 0; i < r->count; i++) {
        r->candidates[i].id = at;
        at += strlen(at) + 1;
        r->candidates[i].name = at;
        at += strlen(at) + 1;
        r->by_key[i] = (uint32_t)i;
    }
    return cci_sort(a, r->by_key, r->count, by_key, r->candidates, error);
}

static cocreate_status read_profile(const cocreate_profile *profile, cci_roster *r,
                                    const cocreate_allocator *a, cocreate_error *error)
{
    size_t n = cci_profile_options(profile);
    CCI_TRY(roster_room(r, a, n, error));
    r->lexical = cci_profile_lexical(profile);
    for (size_t i = 0; i < n; i++) {
        cocreate_option option = {.size = sizeof option};
        CCI_TRY(cocreate_profile_option(profile, i, &option, error));
        if (option.withdrawn)
            continue;
        cci_candidate *c = &r->candidates[r->count++];
        c->index = i;
        c->at = option.at;
        c->cost = option.cost;
        add_string(r, option.id);
        add_string(r, option.name);
    }
    return roster_settle(r, a, error);
}

cocreate_status cci_roster_of_profile(const cocreate_profile *profile, cci_roster *out,
                                      cocreate_error *error)
{
    const cocreate_allocator *a = cci_profile_allocator(profile);
    cocreate_status status = read_profile(profile, out, a, error);
    if (status != COCREATE_OK)
        cci_roster_free(out, a);
    return status;
}

static cocreate_status read_ids(const cocreate_allocator *a, const char *const *ids,
                                const int64_t *at, size_t n, cci_roster *r, cocreate_error *error)
{
    CCI_TRY(roster_room(r, a, n, error));
    for (size_t i = 0; i < n; i++) {
        cci_candidate *c = &r->candidates[r->count++];
        c->index = i;
        c->at = at != NULL ? at[i] : COCREATE_NO_TIME;
        add_string(r, ids[i]);
        add_string(r, ids[i]);
    }
    return roster_settle(r, a, error);
}

cocreate_status cci_roster_of_ids(const cocreate_allocator *a, const char *const *ids,
                                  const int64_t *at, size_t n, cci_roster *out,
                                  cocreate_error *error)
{
    cocreate_status status = read_ids(a, ids, at, n, out, error);
    if (status != COCREATE_OK)
        cci_roster_free(out, a);
    return status;
}

#define WITHDRAWN UINT32_MAX

/* What one pass over the profile needs. */
struct reader {
    uint32_t *options; /* one ballot of the profile */
    int64_t *values;
    uint32_t *candidate; /* of each option of the profile, or WITHDRAWN */
    size_t entries, options_room, values_room, ballots_room, starts_room, weights_room;
};

/* Append a ballot of n entries, without the withdrawn. Returns 0 when memory is short. */
static int append(cci_electorate *e, struct reader *r, size_t n, int64_t count, int64_t weight)
{
    const cocreate_allocator *a = &e->allocator;
    if (!cci_grow(a, (void **)&e->options, &r->options_room, r->entries + n, sizeof *e->options) ||
        !cci_grow(a, (void **)&e->values, &r->values_room, r->entries + n, sizeof *e->values) ||
        !cci_grow(a, (void **)&e->start, &r->starts_room, e->ballots + 2, sizeof *e->start) ||
        !cci_grow(a, (void **)&e->weights, &r->weights_room, e->ballots + 1, sizeof *e->weights))
        return 0;
    int ranking = e->info.kind == COCREATE_BALLOT_RANKING;
    size_t kept = 0, width = 0;
    int64_t rank = 0, before = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t candidate = r->candidate[r->options[i]];
        if (candidate == WITHDRAWN)
            continue;
        if (rank == 0 || r->values[i] != before) {
            rank++; /* ranks stay dense where a whole rank was withdrawn */
            width = 0;
        }
        before = r->values[i];
        if (++width > e->widest && ranking)
            e->widest = width;
        e->options[r->entries + kept] = candidate;
        e->values[r->entries + kept] = ranking ? rank : r->values[i];
        kept++;
    }
    if (kept == 0) {
        e->blank += weight; /* no overflow: the sum of all weights is an int64 */
        return 1;
    }
    if (kept > e->longest)
        e->longest = kept;
    e->valid += count;
    r->entries += kept;
    e->weights[e->ballots++] = weight;
    e->start[e->ballots] = r->entries;
    return 1;
}

static cocreate_status read_ballots(const cocreate_profile *profile, const cci_roster *roster,
                                    cci_electorate *e, struct reader *r, cocreate_error *error)
{
    const cocreate_allocator *a = &e->allocator;
    size_t n = cci_profile_options(profile);
    r->options = cci_alloc(a, n, sizeof *r->options);
    r->values = cci_alloc(a, n, sizeof *r->values);
    r->candidate = cci_alloc(a, n, sizeof *r->candidate);
    if (r->options == NULL || r->values == NULL || r->candidate == NULL ||
        !cci_grow(a, (void **)&e->start, &r->starts_room, 1, sizeof *e->start))
        return cci_no_memory(error);
    e->start[0] = 0;
    for (size_t i = 0; i < n; i++)
        r->candidate[i] = WITHDRAWN;
    for (size_t i = 0; i < roster->count; i++)
        r->candidate[roster->candidates[i].index] = (uint32_t)i;
    size_t distinct = cci_profile_distinct(profile);
    for (size_t b = 0; b < distinct; b++) {
        int64_t count, weight;
        size_t entries = cci_profile_get(profile, b, r->options, r->values, &count, &weight);
        if (!append(e, r, entries, count, weight))
            return cci_no_memory(error);
    }
    return COCREATE_OK;
}

cocreate_status cci_electorate_open(const cocreate_profile *profile, const cci_roster *roster,
                                    cci_electorate *out, cocreate_error *error)
{
    struct reader reader = {0};
    memset(out, 0, sizeof *out);
    out->allocator = *cci_profile_allocator(profile);
    out->candidates = roster->count;
    out->widest = 1;
    out->info.size = sizeof out->info;
    CCI_TRY(cocreate_profile_info_get(profile, &out->info, error));
    cocreate_status status = read_ballots(profile, roster, out, &reader, error);
    cci_free(&out->allocator, reader.options);
    cci_free(&out->allocator, reader.values);
    cci_free(&out->allocator, reader.candidate);
    if (status != COCREATE_OK)
        cci_electorate_close(out);
    return status;
}

void cci_electorate_close(cci_electorate *e)
{
    if (e->allocator.release == NULL)
        return;
    cci_free(&e->allocator, e->start);
    cci_free(&e->allocator, e->options);
    cci_free(&e->allocator, e->values);
    cci_free(&e->allocator, e->weights);
    memset(e, 0, sizeof *e);
}
