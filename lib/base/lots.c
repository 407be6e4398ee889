/* Seeded lots by tickets, rule cc-tie/1. Smallest tickets win, as in Rivest's consistent sampling
 * (arXiv:1808.10016): whoever leaves takes only the own ticket along. */
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/text.h"

typedef struct ticket {
    cci_digest lot;
    const char *id;
    uint32_t index;
} ticket;

/* Length first, so that no two (context, id) pairs give the same bytes. */
static void add_sized(crypto_auth_hmacsha256_state *state, const char *text)
{
    size_t size = strlen(text);
    assert(size <= UINT32_MAX);
    uint8_t big_endian[4];
    for (unsigned i = 0; i < 4; i++)
        big_endian[i] = (uint8_t)(size >> (24 - 8 * i));
    crypto_auth_hmacsha256_update(state, big_endian, sizeof big_endian);
    crypto_auth_hmacsha256_update(state, (const uint8_t *)text, size);
}

cci_digest cci_lot_ticket(const uint8_t seed[32], const char *context, const char *id)
{
    static const uint8_t rule[] = "libcocreate/tie/v1"; /* with its NUL */
    crypto_auth_hmacsha256_state state;
    cci_digest d;
    crypto_auth_hmacsha256_init(&state, seed, 32);
    crypto_auth_hmacsha256_update(&state, rule, sizeof rule);
    add_sized(&state, context);
    add_sized(&state, id);
    crypto_auth_hmacsha256_final(&state, d.bytes);
    return d;
}

static int compare_tickets(const void *a, const void *b)
{
    const ticket *x = a, *y = b;
    int order = memcmp(x->lot.bytes, y->lot.bytes, sizeof x->lot.bytes);
    if (order == 0)
        order = strcmp(x->id, y->id);
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

/* Equal ids have equal tickets, so that a repeated one stands next to the first. */
static cocreate_status refuse_repeated(const ticket *tickets, size_t n, cocreate_error *error)
{
    const ticket *first = NULL, *again = NULL;
    for (size_t i = 1; i < n; i++) {
        const ticket *before = &tickets[i - 1], *here = &tickets[i];
        if (strcmp(before->id, here->id) == 0 && (!again || here->index < again->index)) {
            first = before;
            again = here;
        }
    }
    if (!again)
        return COCREATE_OK;
    return cci_fail_at(error, COCREATE_ERR_ARGUMENT, again->index,
                       "id \"%s\" at index %u stands at index %u already", again->id,
                       (unsigned)again->index, (unsigned)first->index);
}

cocreate_status cocreate_lots(const uint8_t seed[32], const char *context, const char *const *ids,
                              size_t n, uint32_t *order, cocreate_error *error)
{
    if (!seed || !context || (n > 0 && (!ids || !order)))
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "%s is NULL",
                        !seed      ? "seed"
                        : !context ? "context"
                        : !ids     ? "ids"
                                   : "order");
    if (n > UINT32_MAX)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "%zu ids, at most %lu can draw lots", n,
                        (unsigned long)UINT32_MAX);
    for (size_t i = 0; i < n; i++) {
        cocreate_error why = {0};
        if (cci_id_check(ids[i], "id", &why) != COCREATE_OK)
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, i, "ids[%zu]: %s", i, why.text);
    }

    cocreate_allocator allocator = cci_allocator(NULL);
    ticket *tickets = cci_alloc(&allocator, n, sizeof *tickets);
    if (!tickets)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i++)
        tickets[i] = (ticket){cci_lot_ticket(seed, context, ids[i]), ids[i], (uint32_t)i};
    qsort(tickets, n, sizeof *tickets, compare_tickets);
    cocreate_status status = refuse_repeated(tickets, n, error);
    if (status == COCREATE_OK)
        for (size_t i = 0; i < n; i++)
            order[i] = tickets[i].index;
    cci_free(&allocator, tickets);
    return status;
}

static void add_text(crypto_hash_sha256_state *state, const char *text)
{
    crypto_hash_sha256_update(state, (const uint8_t *)text, strlen(text));
}

void cocreate_lot_seed(const char *origin, uint64_t log_size, const uint8_t root[32],
                       const uint8_t *beacon, size_t beacon_size, uint8_t seed[32])
{
    char decimal[21];
    size_t at = sizeof decimal - 1;
    decimal[at] = '\0';
    for (uint64_t rest = log_size; rest || !decimal[at]; rest /= 10)
        decimal[--at] = (char)('0' + rest % 10);

    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    add_text(&state, "libcocreate/seed/v1\n");
    add_text(&state, origin);
    add_text(&state, "\n");
    add_text(&state, decimal + at);
    add_text(&state, "\n");
    crypto_hash_sha256_update(&state, root, 32);
    if (beacon_size)
        crypto_hash_sha256_update(&state, beacon, beacon_size);
    crypto_hash_sha256_final(&state, seed);
}
