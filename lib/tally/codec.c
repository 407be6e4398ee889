/* A tally as bytes and back.
 *
 *   "CCTA"  version (1)  kind
 *   varint size, encoded profile that describes the options and has no ballots
 *   varints: ballots, weight, empty, valid, blank
 *   values, places: for each option that runs
 *       varint number of keys, then for each, ascending: zigzag varint key, varint weight
 *   pairs: a byte, 1 if any ranks are equal; for each option that runs
 *       varint weight that ranks it; for each option before it, varints: weight that ranks it above
 *       that one, below, and, if flagged, beside
 *   SHA-256 of all before it
 *
 * A varint is unsigned LEB128 without padding. Every tally has one encoding, and decoding accepts no
 * other, nor numbers that no ballots come to. */
#include <inttypes.h>
#include <string.h>

#include "base/digest.h"
#include "tally/tally.h"

#define MAGIC "CCTA"
#define MAGIC_SIZE 4
#define VERSION 1
#define DIGEST_SIZE 32

/* --- encoding --- */

static void put_number(cci_buffer *b, int64_t n)
{
    cci_buffer_varint(b, (uint64_t)n);
}

static void put_signed(cci_buffer *b, int64_t n)
{
    cci_buffer_varint(b, (uint64_t)n << 1 ^ (n < 0 ? UINT64_MAX : 0));
}

static void put_cells(cci_buffer *b, const cci_cells *c, size_t candidates)
{
    size_t at = 0;
    for (size_t o = 0; o < candidates; o++) {
        size_t end = at;
        while (end < c->count && c->items[end].option == o)
            end++;
        cci_buffer_varint(b, end - at);
        for (; at < end; at++) {
            put_signed(b, c->items[at].key);
            put_number(b, c->items[at].weight);
        }
    }
}

static int any_tied(const cci_pairs *p)
{
    if (p->tied != NULL)
        for (size_t i = 0; i < p->m * (p->m - 1) / 2; i++)
            if (p->tied[i] != 0)
                return 1;
    return 0;
}

static void put_pairs(cci_buffer *buffer, const cci_pairs *p)
{
    int tied = p->m > 0 && any_tied(p);
    cci_buffer_byte(buffer, (uint8_t)tied);
    for (size_t a = 0; a < p->m; a++) {
        put_number(buffer, p->ranked[a]);
        for (size_t b = 0; b < a; b++) {
            put_number(buffer, p->before[a * p->m + b]);
            put_number(buffer, p->before[b * p->m + a]);
            if (tied)
                put_number(buffer, p->tied[a * (a - 1) / 2 + b]);
        }
    }
}

cocreate_status cocreate_tally_encode(const cocreate_tally *tally, cocreate_text **out,
                                      cocreate_error *error)
{
    cocreate_text *options = NULL;
    CCI_TRY(cocreate_profile_encode(tally->options, &options, error));
    cci_buffer b;
    cci_buffer_init(&b, &tally->allocator);
    cci_buffer_add(&b, MAGIC, MAGIC_SIZE);
    cci_buffer_byte(&b, VERSION);
    cci_buffer_byte(&b, (uint8_t)tally->kind);
    cci_buffer_varint(&b, cocreate_text_size(options));
    cci_buffer_add(&b, cocreate_text_data(options), cocreate_text_size(options));
    cocreate_text_free(options);
    put_number(&b, tally->info.ballots);
    put_number(&b, tally->info.weight);
    put_number(&b, tally->info.empty);
    put_number(&b, tally->info.valid);
    put_number(&b, tally->info.blank);
    if (cci_tally_has_cells(tally))
        put_cells(&b, &tally->cells, tally->candidates);
    else
        put_pairs(&b, &tally->pairs);
    if (!b.failed) {
        cci_digest digest = cci_sha256(b.data, b.size);
        cci_buffer_add(&b, digest.bytes, DIGEST_SIZE);
    }
    cocreate_status status = cci_buffer_finish(&b, out, error);
    cci_buffer_free(&b);
    return status;
}

/* --- decoding --- */

typedef struct decoder {
    cci_cursor cursor;
    cocreate_tally *tally;
    cocreate_error *error;
} decoder;

static cocreate_status damaged(const decoder *d, const char *what)
{
    uint64_t at = (uint64_t)(d->cursor.at - d->cursor.start);
    return cci_fail_at(d->error, COCREATE_ERR_CORRUPT, at, "encoded tally, byte %" PRIu64 ": %s",
                       at, what);
}

static size_t bytes_left(const decoder *d)
{
    return (size_t)(d->cursor.end - d->cursor.at);
}

static cocreate_status get_number(decoder *d, int64_t *out)
{
    uint64_t n;
    if (!cci_read_varint(&d->cursor, &n) || n > INT64_MAX)
        return damaged(d, "a number is not well-formed");
    *out = (int64_t)n;
    return COCREATE_OK;
}

static cocreate_status get_signed(decoder *d, int64_t *out)
{
    uint64_t n;
    if (!cci_read_varint(&d->cursor, &n))
        return damaged(d, "a key is not well-formed");
    *out = n & 1 ? -(int64_t)(n >> 1) - 1 : (int64_t)(n >> 1);
    return COCREATE_OK;
}

/* How many options run. */
static cocreate_status count_running(const cocreate_profile *options, uint64_t *out,
                                     cocreate_error *error)
{
    *out = 0;
    for (size_t i = 0; i < cci_profile_options(options); i++) {
        cocreate_option option = {.size = sizeof option};
        CCI_TRY(cocreate_profile_option(options, i, &option, error));
        *out += !option.withdrawn;
    }
    return COCREATE_OK;
}

/* A tally over the options, if they can have one of so many bytes: n that run have n^2 numbers of
 * pairs. Nothing is taken for them before that is known. */
static cocreate_status open_tally(decoder *d, int32_t kind, const cocreate_profile *options)
{
    cocreate_profile_info info = {.size = sizeof info};
    uint64_t n;
    CCI_TRY(cocreate_profile_info_get(options, &info, d->error));
    if (info.distinct > 0)
        return damaged(d, "the options come with ballots");
    if (!cci_tally_kind_fits(kind, info.kind))
        return damaged(d, "the kind of tally is not for this kind of ballots");
    CCI_TRY(count_running(options, &n, d->error));
    if (kind == COCREATE_TALLY_PAIRS && (n > CCI_PAIRS_MAX || n * n > bytes_left(d)))
        return damaged(d, "the numbers of pairs end too early");
    return cocreate_tally_new(options, kind, &d->tally, d->error);
}

static cocreate_status get_options(decoder *d, const cocreate_allocator *allocator)
{
    uint8_t kind;
    uint64_t size;
    const uint8_t *bytes;
    cocreate_profile *options = NULL;
    cocreate_error inner = {0};
    if (!cci_read_byte(&d->cursor, &kind) || kind < COCREATE_TALLY_VALUES ||
        kind > COCREATE_TALLY_PAIRS)
        return damaged(d, "no such kind of tally");
    if (!cci_read_varint(&d->cursor, &size) || size > bytes_left(d) ||
        !cci_read_bytes(&d->cursor, (size_t)size, &bytes))
        return damaged(d, "the options end too early");
    cocreate_status status =
        cocreate_profile_decode(allocator, bytes, (size_t)size, &options, &inner);
    if (status == COCREATE_ERR_MEMORY)
        return cci_no_memory(d->error);
    if (status != COCREATE_OK)
        return damaged(d, "the options are not an encoded profile");
    status = open_tally(d, kind, options);
    cocreate_profile_free(options);
    return status;
}

/* May this key stand in this tally? */
static int key_fits(const cocreate_tally *t, int64_t key)
{
    size_t above, size, length;
    if (t->kind == COCREATE_TALLY_VALUES)
        return t->info.ballot_kind == COCREATE_BALLOT_APPROVAL ? key == 1
               : t->info.ballot_kind == COCREATE_BALLOT_POINTS ? key >= 0
                                                               : 1;
    if (key < 0)
        return 0;
    cci_place_of(key, &above, &size, &length);
    return size > 0 && length <= t->candidates && above < length && size <= length - above;
}

static cocreate_status get_option_cells(decoder *d, uint32_t option, size_t *at)
{
    cocreate_tally *t = d->tally;
    uint64_t keys;
    /* A key and its weight take at least 2 bytes. */
    if (!cci_read_varint(&d->cursor, &keys) || keys > bytes_left(d) / 2)
        return damaged(d, "the number of keys is not possible");
    if (!cci_grow(&t->allocator, (void **)&t->cells.items, &t->cells.room, *at + (size_t)keys,
                  sizeof *t->cells.items))
        return cci_no_memory(d->error);
    for (uint64_t i = 0; i < keys; i++) {
        cci_cell cell = {.option = option};
        CCI_TRY(get_signed(d, &cell.key));
        CCI_TRY(get_number(d, &cell.weight));
        if (!key_fits(t, cell.key))
            return damaged(d, "a key is not possible");
        if (i > 0 && cell.key <= t->cells.items[*at - 1].key)
            return damaged(d, "keys are out of order");
        t->cells.items[(*at)++] = cell;
        t->cells.count = *at;
    }
    return COCREATE_OK;
}

static cocreate_status get_cells(decoder *d)
{
    size_t at = 0;
    for (size_t o = 0; o < d->tally->candidates; o++)
        CCI_TRY(get_option_cells(d, (uint32_t)o, &at));
    return COCREATE_OK;
}

static cocreate_status get_pairs(decoder *d)
{
    cci_pairs *p = &d->tally->pairs;
    uint8_t tied;
    if (!cci_read_byte(&d->cursor, &tied) || tied > 1)
        return damaged(d, "the flag of equal ranks is not well-formed");
    if (tied) {
        size_t n = p->m > 0 ? p->m * (p->m - 1) / 2 : 0;
        p->tied = cci_alloc(&p->allocator, n, sizeof *p->tied);
        if (p->tied == NULL)
            return cci_no_memory(d->error);
    }
    for (size_t a = 0; a < p->m; a++) {
        CCI_TRY(get_number(d, &p->ranked[a]));
        for (size_t b = 0; b < a; b++) {
            CCI_TRY(get_number(d, &p->before[a * p->m + b]));
            CCI_TRY(get_number(d, &p->before[b * p->m + a]));
            if (tied)
                CCI_TRY(get_number(d, &p->tied[a * (a - 1) / 2 + b]));
        }
    }
    if (tied && !(p->m > 0 && any_tied(p)))
        return damaged(d, "equal ranks are flagged, and there are none");
    return COCREATE_OK;
}

/* The ballots of all lengths are all that say something. */
static cocreate_status check_lengths(decoder *d)
{
    const cocreate_tally *t = d->tally;
    int64_t *weights, left = t->info.weight - t->info.blank;
    cocreate_status status = cci_cells_lengths(&t->cells, t->candidates, &weights, NULL);
    if (status == COCREATE_ERR_MEMORY)
        return cci_no_memory(d->error);
    if (status != COCREATE_OK)
        return damaged(d, "no ballots have such places");
    for (size_t k = 1; k <= t->candidates && left >= 0; k++)
        left -= weights[k]; /* neither is negative */
    cci_free(&t->allocator, weights);
    return left == 0 ? COCREATE_OK : damaged(d, "the places are not those of all ballots");
}

static cocreate_status decode(decoder *d, const cocreate_allocator *allocator)
{
    CCI_TRY(get_options(d, allocator));
    cocreate_tally *t = d->tally;
    CCI_TRY(get_number(d, &t->info.ballots));
    CCI_TRY(get_number(d, &t->info.weight));
    CCI_TRY(get_number(d, &t->info.empty));
    CCI_TRY(get_number(d, &t->info.valid));
    CCI_TRY(get_number(d, &t->info.blank));
    CCI_TRY(cci_tally_has_cells(t) ? get_cells(d) : get_pairs(d));
    if (bytes_left(d) > 0)
        return damaged(d, "there are bytes behind the last number");
    const char *why = cci_tally_check(t);
    if (why != NULL)
        return damaged(d, why);
    return t->kind == COCREATE_TALLY_PLACES ? check_lengths(d) : COCREATE_OK;
}

cocreate_status cocreate_tally_decode(const cocreate_allocator *allocator, const void *bytes,
                                      size_t size, cocreate_tally **out, cocreate_error *error)
{
    CCI_TRY(cci_allocator_check(allocator, error));
    const uint8_t *start = bytes;
    decoder d = {{start, start, start}, NULL, error};
    if (size < MAGIC_SIZE + 1 + DIGEST_SIZE || memcmp(start, MAGIC, MAGIC_SIZE) != 0)
        return damaged(&d, "this is not an encoded tally");
    d.cursor = (cci_cursor){start + MAGIC_SIZE, start + (size - DIGEST_SIZE), start};
    if (start[MAGIC_SIZE] != VERSION)
        return cci_fail_at(error, COCREATE_ERR_VERSION, MAGIC_SIZE,
                           "encoded tally of version %u, only %d is known",
                           (unsigned)start[MAGIC_SIZE], VERSION);
    cci_digest digest = cci_sha256(start, size - DIGEST_SIZE);
    if (memcmp(digest.bytes, d.cursor.end, DIGEST_SIZE) != 0)
        return damaged(&d, "the digest at the end does not match: the bytes were changed");
    d.cursor.at++;
    cocreate_status status = decode(&d, allocator);
    if (status == COCREATE_OK)
        *out = d.tally;
    else
        cocreate_tally_free(d.tally);
    return status;
}
