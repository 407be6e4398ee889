/* A profile as bytes and back.
 *
 *   "CCPR"  version (1)  kind  flags (1 lexical, 2 budget, 4 seats)  cost exponent
 *   varint number of options   varint budget, if flagged   varint seats, if flagged
 *   an option each: a byte of flags, then the parts that are flagged
 *       1 id: varint size, bytes     2 name: the same     4 cost: varint
 *       8 at: zigzag varint         16 withdrawn
 *   varint number of distinct ballots, then each in canonical order:
 *       varint size, key; varint count; varint weight
 *   SHA-256 of all before it
 *
 * A varint is unsigned LEB128 without padding. Every profile has one encoding, and decoding accepts
 * no other: what decodes encodes to the same bytes. Even the smallest option and ballot take bytes,
 * so memory asked for is never more than a small multiple of the input. */
#include "base/checked.h"
#include "base/digest.h"
#include "base/text.h"
#include "profile/profile.h"

#define MAGIC "CCPR"
#define MAGIC_SIZE 4
#define VERSION 1
#define DIGEST_SIZE 32

enum { FLAG_LEXICAL = 1, FLAG_BUDGET = 2, FLAG_SEATS = 4 };
enum { OPTION_ID = 1, OPTION_NAME = 2, OPTION_COST = 4, OPTION_AT = 8, OPTION_WITHDRAWN = 16 };

/* Is the id of option `index` just its number? */
static int has_plain_id(const cocreate_profile *p, size_t index)
{
    return strcmp(p->options[index].id, p->default_ids + index * DEFAULT_ID_SIZE) == 0;
}

/* --- encoding --- */

static void put_string(cci_buffer *b, const char *s)
{
    size_t size = strlen(s);
    cci_buffer_varint(b, size);
    cci_buffer_add(b, s, size);
}

static void put_option(cci_buffer *b, const cocreate_profile *p, size_t index)
{
    const profile_option *o = &p->options[index];
    int flags = (has_plain_id(p, index) ? 0 : OPTION_ID) | (o->name ? OPTION_NAME : 0) |
                (o->cost ? OPTION_COST : 0) | (o->at != COCREATE_NO_TIME ? OPTION_AT : 0) |
                (o->withdrawn ? OPTION_WITHDRAWN : 0);
    cci_buffer_byte(b, (uint8_t)flags);
    if (flags & OPTION_ID)
        put_string(b, o->id);
    if (flags & OPTION_NAME)
        put_string(b, o->name);
    if (flags & OPTION_COST)
        cci_buffer_varint(b, (uint64_t)o->cost);
    if (flags & OPTION_AT) {
        uint8_t at[VALUE_BYTES_MAX];
        cci_buffer_add(b, at, (size_t)(cci_key_put_value(at, o->at) - at));
    }
}

static void put_ballot(cci_buffer *buffer, const ballot *b)
{
    cci_buffer_varint(buffer, b->size);
    cci_buffer_add(buffer, b->key, b->size);
    cci_buffer_varint(buffer, (uint64_t)b->count);
    cci_buffer_varint(buffer, (uint64_t)b->weight);
}

cocreate_status cocreate_profile_encode(const cocreate_profile *profile, cocreate_text **out,
                                        cocreate_error *error)
{
    const cocreate_profile *p = profile;
    uint32_t *order = cci_alloc(&p->allocator, p->distinct, sizeof *order);
    if (!order)
        return cci_no_memory(error);
    cocreate_status status = cci_profile_order(p, order, error);
    if (status != COCREATE_OK) {
        cci_free(&p->allocator, order);
        return status;
    }
    cci_buffer b;
    cci_buffer_init(&b, &p->allocator);
    cci_buffer_add(&b, MAGIC, MAGIC_SIZE);
    cci_buffer_byte(&b, VERSION);
    cci_buffer_byte(&b, (uint8_t)p->kind);
    cci_buffer_byte(&b, (uint8_t)((p->lexical ? FLAG_LEXICAL : 0) |
                                  (p->budget >= 0 ? FLAG_BUDGET : 0) |
                                  (p->seats > 0 ? FLAG_SEATS : 0)));
    cci_buffer_byte(&b, (uint8_t)p->cost_exponent);
    cci_buffer_varint(&b, p->n_options);
    if (p->budget >= 0)
        cci_buffer_varint(&b, (uint64_t)p->budget);
    if (p->seats > 0)
        cci_buffer_varint(&b, (uint64_t)p->seats);
    for (size_t i = 0; i < p->n_options; i++)
        put_option(&b, p, i);
    cci_buffer_varint(&b, p->distinct);
    for (size_t i = 0; i < p->distinct; i++) {
        ballot next = look_at_ballot(p, order[i]);
        put_ballot(&b, &next);
    }
    cci_free(&p->allocator, order);
    if (!b.failed) {
        cci_digest digest = cci_sha256(b.data, b.size);
        cci_buffer_add(&b, digest.bytes, DIGEST_SIZE);
    }
    status = cci_buffer_finish(&b, out, error);
    cci_buffer_free(&b);
    return status;
}

/* --- decoding --- */

typedef struct decoder {
    cci_cursor cursor;
    cocreate_profile *profile;
    cocreate_error *error;
} decoder;

static cocreate_status damaged(const decoder *d, const char *what)
{
    uint64_t at = (uint64_t)(d->cursor.at - d->cursor.start);
    return cci_fail_at(d->error, COCREATE_ERR_CORRUPT, at,
                       "encoded profile, byte %" PRIu64 ": %s", at, what);
}

static size_t bytes_left(const decoder *d)
{
    return (size_t)(d->cursor.end - d->cursor.at);
}

/* A varint of at most INT64_MAX. */
static cocreate_status get_number(decoder *d, int64_t *out, const char *what)
{
    uint64_t n;
    if (!cci_read_varint(&d->cursor, &n) || n > INT64_MAX)
        return damaged(d, what);
    *out = (int64_t)n;
    return COCREATE_OK;
}

/* A string of an option, with the NUL it does not have in the encoding. */
static cocreate_status get_string(decoder *d, char **out, const char *what)
{
    uint64_t size;
    const uint8_t *bytes;
    if (!cci_read_varint(&d->cursor, &size) || size == 0 || size > bytes_left(d) ||
        !cci_read_bytes(&d->cursor, (size_t)size, &bytes) || memchr(bytes, 0, (size_t)size))
        return damaged(d, what);
    *out = cci_strndup(&d->profile->allocator, (const char *)bytes, (size_t)size);
    return *out ? COCREATE_OK : cci_no_memory(d->error);
}

static cocreate_status get_option_parts(decoder *d, uint8_t flags, char **id, char **name,
                                        cocreate_option *option)
{
    if (flags & OPTION_ID)
        CCI_TRY(get_string(d, id, "an option id is not well-formed"));
    if (flags & OPTION_NAME)
        CCI_TRY(get_string(d, name, "an option name is not well-formed"));
    if (flags & OPTION_COST) {
        CCI_TRY(get_number(d, &option->cost, "a cost is not well-formed"));
        if (option->cost == 0)
            return damaged(d, "a cost is flagged and 0");
    }
    if (flags & OPTION_AT) {
        const uint8_t *end = cci_key_get_value(d->cursor.at, d->cursor.end, &option->at);
        if (!end || option->at == COCREATE_NO_TIME)
            return damaged(d, "a time is not well-formed");
        d->cursor.at = end;
    }
    return COCREATE_OK;
}

/* Set an option; what set_option() would refuse or change is damage. */
static cocreate_status set_decoded(decoder *d, size_t index, const cocreate_option *option)
{
    cocreate_profile *p = d->profile;
    cocreate_error inner = {0};
    const char *plain = p->default_ids + index * DEFAULT_ID_SIZE;
    if (option->id && strcmp(option->id, plain) == 0)
        return damaged(d, "an option id is flagged and the default");
    cocreate_status status = cocreate_profile_set_option(p, index, option, &inner);
    if (status == COCREATE_ERR_MEMORY)
        return cci_no_memory(d->error);
    if (status != COCREATE_OK)
        return damaged(d, inner.text);
    if (option->name && !p->options[index].name)
        return damaged(d, "an option name is flagged and the id");
    return COCREATE_OK;
}

static cocreate_status get_option(decoder *d, size_t index)
{
    uint8_t flags;
    if (!cci_read_byte(&d->cursor, &flags) || flags >= OPTION_WITHDRAWN << 1)
        return damaged(d, "the flags of an option are not well-formed");
    if (flags == 0)
        return COCREATE_OK;
    cocreate_option option = {sizeof option, NULL, NULL, 0, COCREATE_NO_TIME,
                              flags & OPTION_WITHDRAWN ? 1 : 0};
    char *id = NULL, *name = NULL;
    cocreate_status status = get_option_parts(d, flags, &id, &name, &option);
    option.id = id;
    option.name = name;
    if (status == COCREATE_OK)
        status = set_decoded(d, index, &option);
    cci_free(&d->profile->allocator, id);
    cci_free(&d->profile->allocator, name);
    return status;
}

/* An option without an id flag has its number as id; nobody may have displaced it. */
static cocreate_status check_displaced(const decoder *d)
{
    for (size_t i = 0; i < d->profile->n_options; i++)
        if (d->profile->options[i].id_origin == ID_PRIMED)
            return damaged(d, "two options have the same id");
    return COCREATE_OK;
}

static cocreate_status get_header(decoder *d, const cocreate_allocator *allocator)
{
    uint8_t kind, flags, exponent;
    uint64_t n_options;
    int64_t budget = -1, seats = 0;
    if (!cci_read_byte(&d->cursor, &kind) || kind < COCREATE_BALLOT_APPROVAL ||
        kind > COCREATE_BALLOT_POINTS)
        return damaged(d, "no such kind of ballot");
    if (!cci_read_byte(&d->cursor, &flags) || flags > (FLAG_LEXICAL | FLAG_BUDGET | FLAG_SEATS))
        return damaged(d, "unknown flags");
    if (!cci_read_byte(&d->cursor, &exponent) || exponent > 18 ||
        (exponent && !(flags & FLAG_BUDGET)))
        return damaged(d, "the cost exponent is not well-formed");
    if (!cci_read_varint(&d->cursor, &n_options) || n_options == 0 ||
        n_options > COCREATE_OPTIONS_MAX || n_options > bytes_left(d))
        return damaged(d, "the number of options is not possible");
    if (flags & FLAG_BUDGET)
        CCI_TRY(get_number(d, &budget, "the budget is not well-formed"));
    if (flags & FLAG_SEATS)
        CCI_TRY(get_number(d, &seats, "the number of seats is not well-formed"));
    if ((uint64_t)seats > n_options || (seats == 0 && flags & FLAG_SEATS))
        return damaged(d, "the number of seats is not possible");
    CCI_TRY(cocreate_profile_new(allocator, kind, (size_t)n_options, &d->profile, d->error));
    d->profile->budget = budget;
    d->profile->cost_exponent = exponent;
    d->profile->lexical = flags & FLAG_LEXICAL;
    d->profile->seats = seats;
    return COCREATE_OK;
}

/* The key of ballot i, which must stand after the one before it. */
static cocreate_status get_key(decoder *d, uint32_t *seen, uint32_t i, const uint8_t **key,
                               size_t *size)
{
    const cocreate_profile *p = d->profile;
    const char *why;
    uint64_t n;
    if (!cci_read_varint(&d->cursor, &n) || n > bytes_left(d) || n > cci_key_size_max(p) ||
        !cci_read_bytes(&d->cursor, (size_t)n, key))
        return damaged(d, "a ballot ends too early");
    *size = (size_t)n;
    if (!cci_key_check(p, *key, *size, seen, i + 1, &why))
        return damaged(d, why);
    if (i == 0)
        return COCREATE_OK;
    ballot before = look_at_ballot(p, i - 1);
    size_t shorter = before.size < *size ? before.size : *size;
    int order = shorter ? memcmp(before.key, *key, shorter) : 0;
    if (order > 0 || (order == 0 && before.size >= *size))
        return damaged(d, "ballots are out of order");
    return COCREATE_OK;
}

static cocreate_status get_ballot(decoder *d, uint32_t *seen, uint32_t i)
{
    const uint8_t *key = NULL;
    size_t size = 0;
    int64_t count = 0, weight = 0;
    CCI_TRY(get_key(d, seen, i, &key, &size));
    CCI_TRY(get_number(d, &count, "the count of a ballot is not well-formed"));
    CCI_TRY(get_number(d, &weight, "the weight of a ballot is not well-formed"));
    if (count == 0)
        return damaged(d, "a ballot has the count 0");
    if (cci_bag_check_sums(d->profile->count, count, d->profile->weight, weight, NULL) != COCREATE_OK)
        return damaged(d, "the counts or weights together are more than 2^63 - 1");
    return cci_bag_add(d->profile, key, size, count, weight, d->error);
}

static cocreate_status get_ballots(decoder *d)
{
    cocreate_profile *p = d->profile;
    uint64_t distinct;
    /* A ballot takes at least 3 bytes. */
    if (!cci_read_varint(&d->cursor, &distinct) || distinct > bytes_left(d) / 3 ||
        distinct >= CCI_TABLE_NONE)
        return damaged(d, "the number of ballots is not possible");
    uint32_t *seen = cci_alloc(&p->allocator, p->n_options, sizeof *seen);
    if (!seen)
        return cci_no_memory(d->error);
    cocreate_status status = COCREATE_OK;
    for (uint32_t i = 0; i < distinct && status == COCREATE_OK; i++)
        status = get_ballot(d, seen, i);
    cci_free(&p->allocator, seen);
    if (status == COCREATE_OK && bytes_left(d) > 0)
        status = damaged(d, "there are bytes behind the last ballot");
    return status;
}

static cocreate_status decode(decoder *d, const cocreate_allocator *allocator)
{
    CCI_TRY(get_header(d, allocator));
    for (size_t i = 0; i < d->profile->n_options; i++)
        CCI_TRY(get_option(d, i));
    CCI_TRY(check_displaced(d));
    return get_ballots(d);
}

cocreate_status cocreate_profile_decode(const cocreate_allocator *allocator, const void *bytes,
                                        size_t size, cocreate_profile **out,
                                        cocreate_error *error)
{
    CCI_TRY(cci_allocator_check(allocator, error));
    const uint8_t *start = bytes;
    decoder d = {{start, start, start}, NULL, error};
    if (size < MAGIC_SIZE + 1 + DIGEST_SIZE || memcmp(start, MAGIC, MAGIC_SIZE) != 0)
        return damaged(&d, "this is not an encoded profile");
    d.cursor = (cci_cursor){start + MAGIC_SIZE, start + (size - DIGEST_SIZE), start};
    if (start[MAGIC_SIZE] != VERSION)
        return cci_fail_at(error, COCREATE_ERR_VERSION, MAGIC_SIZE,
                           "encoded profile of version %u, only %d is known",
                           (unsigned)start[MAGIC_SIZE], VERSION);
    cci_digest digest = cci_sha256(start, size - DIGEST_SIZE);
    if (memcmp(digest.bytes, d.cursor.end, DIGEST_SIZE) != 0)
        return damaged(&d, "the digest at the end does not match: the bytes were changed");
    d.cursor.at++;
    cocreate_status status = decode(&d, allocator);
    if (status == COCREATE_OK)
        *out = d.profile;
    else
        cocreate_profile_free(d.profile);
    return status;
}
