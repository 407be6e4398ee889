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

cocreate_status cci_roster_map(const cci_roster *roster, const cocreate_allocator *a,
                               size_t options, uint32_t **map, cocreate_error *error)
{
    *map = NULL;
    if (roster->count == options)
        return COCREATE_OK;
    uint32_t *made = cci_alloc(a, options, sizeof *made);
    if (made == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < options; i++)
        made[i] = CCI_WITHDRAWN;
    for (size_t i = 0; i < roster->count; i++)
        made[roster->candidates[i].index] = (uint32_t)i;
    *map = made;
    return COCREATE_OK;
}

cocreate_status cci_electorate_open(const cocreate_profile *profile, const cci_roster *roster,
                                    int lean, cci_electorate *out, cocreate_error *error)
{
    const cocreate_allocator *a = cci_profile_allocator(profile);
    uint32_t *map;
    cci_reader reader;
    CCI_TRY(cci_roster_map(roster, a, cci_profile_options(profile), &map, error));
    cocreate_status status = cci_reader_open(&reader, profile, map, roster->count, out, error);
    reader.lean = lean;
    if (status == COCREATE_OK)
        status = cci_reader_next(&reader, SIZE_MAX, out, error);
    cci_free(a, map);
    if (status != COCREATE_OK)
        cci_electorate_close(out);
    return status;
}

cocreate_status cci_electorate_outline(const cocreate_profile *profile, const cci_roster *roster,
                                       cci_electorate *out, cocreate_error *error)
{
    const cocreate_allocator *a = cci_profile_allocator(profile);
    uint32_t *map;
    CCI_TRY(cci_roster_map(roster, a, cci_profile_options(profile), &map, error));
    cocreate_status status = cci_electorate_survey(profile, map, roster->count, out, error);
    cci_free(a, map);
    return status;
}

static cocreate_status list_values(const cocreate_tally *t, cci_electorate *e,
                                   cocreate_error *error)
{
    const cocreate_allocator *a = &e->allocator;
    size_t n = t->cells.count;
    e->start = cci_alloc(a, n + 1, sizeof *e->start);
    e->options = cci_alloc(a, n, sizeof *e->options);
    e->values = cci_alloc(a, n, sizeof *e->values);
    e->weights = cci_alloc(a, n, sizeof *e->weights);
    if (e->start == NULL || e->options == NULL || e->values == NULL || e->weights == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i++) {
        e->start[i + 1] = i + 1;
        e->options[i] = t->cells.items[i].option;
        e->values[i] = t->cells.items[i].key;
        e->weights[i] = t->cells.items[i].weight;
    }
    e->ballots = n;
    e->longest = n > 0;
    return COCREATE_OK;
}

cocreate_status cci_electorate_of_tally(const cocreate_tally *tally, cci_electorate *out,
                                        cocreate_error *error)
{
    *out = (cci_electorate){
        .allocator = tally->allocator, .candidates = tally->candidates, .widest = 1};
    out->info.size = sizeof out->info;
    CCI_TRY(cocreate_profile_info_get(tally->options, &out->info, error));
    out->info.ballots = tally->info.ballots;
    out->info.distinct = tally->distinct;
    out->info.weight = tally->info.weight;
    out->info.empty = tally->info.empty;
    out->valid = tally->info.valid;
    out->blank = tally->info.blank;
    if (tally->kind == COCREATE_TALLY_VALUES)
        return list_values(tally, out, error);
    for (size_t i = 0; tally->kind == COCREATE_TALLY_PLACES && i < tally->cells.count; i++) {
        cci_place p = cci_cells_place(&tally->cells, i);
        out->longest = p.length > out->longest ? p.length : out->longest;
        out->widest = p.size > out->widest ? p.size : out->widest;
    }
    return COCREATE_OK;
}
