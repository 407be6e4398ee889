/* Reading ballots flat. The keys of a profile stand one behind the other, so that many of them are
 * decoded as one run of words where nothing has to be left out. */
#include "profile/flat.h"

#include "profile/profile.h"

cocreate_status cci_reader_open(cci_reader *reader, const cocreate_profile *profile,
                                const uint32_t *candidate, size_t candidates, cci_electorate *out,
                                cocreate_error *error)
{
    *reader = (cci_reader){.profile = profile, .candidate = candidate};
    *out = (cci_electorate){.allocator = profile->allocator, .candidates = candidates, .widest = 1};
    out->info.size = sizeof out->info;
    return cocreate_profile_info_get(profile, &out->info, error);
}

int cci_reader_done(const cci_reader *reader)
{
    return reader->next == reader->profile->distinct;
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

/* Most entries that are not copied: they can be told by numbers of 32 bits. */
#define LEAN_ENTRIES (UINT32_MAX / 2)

/* -- Words ------------------------------------------------------------------------------------ */

/* Blocks of a fixed length are what compilers make vectors of. */
#define BLOCK 16

static uint32_t and_bytes(const uint8_t *words, size_t n)
{
    uint8_t flags[BLOCK];
    uint32_t all = 1;
    size_t i = 0;
    memset(flags, 1, sizeof flags);
    for (; i + BLOCK <= n; i += BLOCK)
        for (size_t k = 0; k < BLOCK; k++)
            flags[k] &= words[i + k];
    for (size_t k = 0; k < BLOCK; k++)
        all &= flags[k];
    for (; i < n; i++)
        all &= words[i];
    return all;
}

/* Do all of n words carry the flag? */
static int all_flagged(const uint8_t *words, uint32_t word_size, size_t n)
{
    uint32_t all = 1;
    if (word_size == 1)
        return (int)and_bytes(words, n);
    for (size_t i = 1; i <= n; i++)
        all &= words[i * word_size - 1];
    return (int)all;
}

static void split_bytes(const uint8_t *restrict words, size_t n, uint32_t *restrict options)
{
    size_t i = 0;
    for (; i + BLOCK <= n; i += BLOCK)
        for (size_t k = 0; k < BLOCK; k++)
            options[i + k] = (uint32_t)words[i + k] >> 1;
    for (; i < n; i++)
        options[i] = (uint32_t)words[i] >> 1;
}

static void split_words(const uint8_t *words, uint32_t word_size, size_t n, uint32_t *options)
{
    if (word_size == 1) {
        split_bytes(words, n, options);
        return;
    }
    for (size_t i = 0; i < n; i++)
        options[i] = get_word(words + i * word_size, word_size) >> 1;
}

/* -- Ballots ---------------------------------------------------------------------------------- */

static int make_room(cci_reader *r, cci_electorate *e, size_t ballots, size_t entries)
{
    const cocreate_allocator *a = &e->allocator;
    return cci_grow(a, (void **)&e->start, &r->starts_room, ballots + 1, sizeof *e->start) &&
           cci_grow(a, (void **)&e->weights, &r->weights_room, ballots, sizeof *e->weights) &&
           cci_grow(a, (void **)&e->options, &r->options_room, entries, sizeof *e->options);
}

static int make_values(cci_reader *r, cci_electorate *e, size_t entries)
{
    return cci_grow(&e->allocator, (void **)&e->values, &r->values_room, entries,
                    sizeof *e->values);
}

static void drop_values(cci_reader *r, cci_electorate *e)
{
    cci_free(&e->allocator, e->values);
    e->values = NULL;
    r->values_room = 0;
}

/* Count a ballot of n > 0 entries, or one that says nothing. Sums cannot overflow: those of the
 * profile do not. */
static inline void close_ballot(cci_electorate *e, const ballot *b, size_t n)
{
    if (n == 0) {
        e->blank += b->weight;
        return;
    }
    e->valid += b->count;
    e->longest = n > e->longest ? n : e->longest;
    e->weights[e->ballots] = b->weight;
    e->start[e->ballots + 1] = e->start[e->ballots] + n;
    e->ballots++;
}

static int64_t sum_numbers(const cci_numbers *numbers, size_t first, size_t n)
{
    const uint8_t *bytes = numbers->items; /* of counts, nearly always */
    int64_t sum = 0;
    for (size_t i = first; i < first + n; i++)
        sum += numbers->log == 0 ? bytes[i] : cci_numbers_get(numbers, i);
    return sum;
}

/* Where the n ballots from `first` end, in entries, and what they weigh; a ballot without entries,
 * of which there is one at most, is taken out again. */
static void list_ballots(cci_electorate *e, const cocreate_profile *p, size_t first, size_t n,
                         uint32_t word_log)
{
    size_t from = key_start(p, first), empty = SIZE_MAX, longest = e->longest, before = 0;
    size_t *start = e->start + 1;
    for (size_t i = 0; i < n; i++) {
        size_t end = ((size_t)cci_numbers_get(&p->ends, first + i) - from) >> word_log;
        size_t size = end - before;
        longest = size > longest ? size : longest;
        if (size == 0)
            empty = i;
        start[i] = before = end;
    }
    e->start[0] = 0;
    e->longest = longest;
    e->ballots = n;
    cci_numbers_read(&p->weights, first, n, e->weights);
    e->valid += sum_numbers(&p->counts, first, n);
    if (empty == SIZE_MAX)
        return;
    e->blank += e->weights[empty];
    e->valid -= cci_numbers_get(&p->counts, first + empty);
    e->ballots--;
    memmove(start + empty, start + empty + 1, (n - 1 - empty) * sizeof *start);
    memmove(e->weights + empty, e->weights + empty + 1, (n - 1 - empty) * sizeof *e->weights);
}

/* Dense ranks of the entries, by the flags of their words. */
static void write_ranks(cci_electorate *e, const uint8_t *words, uint32_t word_size)
{
    for (size_t b = 0; b < e->ballots; b++) {
        int64_t rank = 1;
        size_t width = 0;
        for (size_t i = e->start[b]; i < e->start[b + 1]; i++) {
            e->values[i] = rank;
            e->widest = ++width > e->widest ? width : e->widest;
            if (words[(i + 1) * word_size - 1] & 1) {
                rank++;
                width = 0;
            }
        }
    }
}

/* Rankings and approvals from which nothing is left out: their words are one run. */
static cocreate_status read_run(cci_reader *r, size_t end, cci_electorate *e,
                                cocreate_error *error)
{
    const cocreate_profile *p = r->profile;
    uint32_t word_log = p->word_size == 1 ? 0 : p->word_size == 2 ? 1 : 2;
    size_t first = key_start(p, r->next);
    const uint8_t *words = p->arena_size > 0 ? p->arena + first : (const uint8_t *)"";
    size_t entries = (key_start(p, end) - first) >> word_log;
    int ranked = p->kind == COCREATE_BALLOT_RANKING;
    int strict = ranked && all_flagged(words, p->word_size, entries);
    int lean = strict && r->lean && p->word_size == 1 && entries <= LEAN_ENTRIES;
    if (!make_room(r, e, end - r->next, lean ? 0 : entries))
        return cci_no_memory(error);
    if (!lean)
        split_words(words, p->word_size, entries, e->options);
    e->words = lean ? words : NULL;
    if (strict)
        drop_values(r, e);
    else if (!make_values(r, e, entries))
        return cci_no_memory(error);
    list_ballots(e, p, r->next, end - r->next, word_log);
    if (ranked && !strict)
        write_ranks(e, words, p->word_size);
    for (size_t i = 0; !ranked && i < entries; i++)
        e->values[i] = 1;
    return COCREATE_OK;
}

/* One ballot, entry by entry; returns how many were kept. Ranks stay dense where a whole rank was
 * withdrawn. */
static size_t read_ballot(const cci_reader *r, const ballot *b, cci_electorate *e, size_t at)
{
    const cocreate_profile *p = r->profile;
    const uint8_t *key = b->key, *end = key + b->size;
    int ranked = p->kind == COCREATE_BALLOT_RANKING, valued = kind_has_values(p->kind);
    int64_t rank = 1;
    size_t kept = 0, width = 0;
    while (key < end) {
        uint32_t word = get_word(key, p->word_size);
        uint32_t candidate = r->candidate != NULL ? r->candidate[word >> 1] : word >> 1;
        int64_t value = 1;
        key += p->word_size;
        if (valued)
            key = cci_key_get_value(key, end, &value);
        if (candidate != CCI_WITHDRAWN) {
            e->options[at + kept] = candidate;
            e->values[at + kept++] = ranked ? rank : value;
            width++;
        }
        if (ranked && (word & 1) && width > 0) {
            e->widest = width > e->widest ? width : e->widest;
            rank++;
            width = 0;
        }
    }
    return kept;
}

static cocreate_status read_each(cci_reader *r, size_t end, cci_electorate *e,
                                 cocreate_error *error)
{
    const cocreate_profile *p = r->profile;
    size_t least = p->word_size + (kind_has_values(p->kind) ? 1 : 0); /* bytes of an entry */
    size_t entries = (key_start(p, end) - key_start(p, r->next)) / least;
    if (!make_room(r, e, end - r->next, entries) || !make_values(r, e, entries))
        return cci_no_memory(error);
    e->ballots = 0;
    e->start[0] = 0;
    for (size_t i = r->next; i < end; i++) {
        ballot b = look_at_ballot(p, i);
        close_ballot(e, &b, read_ballot(r, &b, e, e->start[e->ballots]));
    }
    if (p->kind == COCREATE_BALLOT_RANKING && e->widest == 1)
        drop_values(r, e);
    return COCREATE_OK;
}

/* Does a ballot say something of a candidate? */
static int says_something(const cocreate_profile *p, const ballot *b, const uint32_t *candidate)
{
    const uint8_t *at = b->key, *end = at + b->size;
    int64_t value;
    while (at < end) {
        if (candidate[get_word(at, p->word_size) >> 1] != CCI_WITHDRAWN)
            return 1;
        at += p->word_size;
        if (kind_has_values(p->kind))
            at = cci_key_get_value(at, end, &value);
    }
    return 0;
}

cocreate_status cci_electorate_survey(const cocreate_profile *profile, const uint32_t *candidate,
                                      size_t candidates, cci_electorate *out,
                                      cocreate_error *error)
{
    cci_reader reader;
    CCI_TRY(cci_reader_open(&reader, profile, candidate, candidates, out, error));
    if (candidate == NULL) {
        uint32_t empty = cci_index_find(&profile->keys, (const uint8_t *)"", 0);
        out->blank = empty != CCI_TABLE_NONE ? cci_numbers_get(&profile->weights, empty) : 0;
        out->valid = profile->count - profile->empty;
        return COCREATE_OK;
    }
    for (size_t i = 0; i < profile->distinct; i++) {
        ballot b = look_at_ballot(profile, i);
        if (says_something(profile, &b, candidate))
            out->valid += b.count;
        else
            out->blank += b.weight;
    }
    return COCREATE_OK;
}

/* Where the ballots that are read next end. */
static size_t find_end(const cci_reader *r, size_t bytes)
{
    const cocreate_profile *p = r->profile;
    size_t end = r->next, most = bytes;
    if (bytes == SIZE_MAX)
        return p->distinct;
    for (; end < p->distinct; end++) {
        size_t size;
        ballot_key(p, end, &size);
        if (end > r->next && size > most)
            break;
        most -= size < most ? size : most;
    }
    return end;
}

cocreate_status cci_reader_next(cci_reader *reader, size_t bytes, cci_electorate *out,
                                cocreate_error *error)
{
    const cocreate_profile *p = reader->profile;
    size_t end = find_end(reader, bytes);
    if (end == reader->next) { /* no ballots at all */
        if (!make_room(reader, out, 0, 0))
            return cci_no_memory(error);
        out->ballots = 0;
        out->start[0] = 0;
        return COCREATE_OK;
    }
    CCI_TRY(reader->candidate == NULL && !kind_has_values(p->kind)
                ? read_run(reader, end, out, error)
                : read_each(reader, end, out, error));
    reader->next = end;
    return COCREATE_OK;
}
