/* Ties in all orders. */
#include "ranking/budget/all_orders.h"

#include <string.h>

#include "base/digest.h"
#include "base/table.h"
#include "ranking/committees.h"
#include "ranking/order.h"

struct search {
    const cci_sequence *sequence;
    cci_run *run;
    const cocreate_allocator *allocator;
    size_t seats;
    /* Orders that wait: picks, one row of `seats` each, and how many of them are set. */
    uint32_t *picks;
    size_t *lengths;
    size_t waiting, picks_room, lengths_room;
    /* The order at hand. */
    uint32_t *taken, *sorted;
    size_t *number; /* by candidate: where its number begins in `numbers` */
    cci_buffer numbers, key;
    cci_digest *states; /* that were met */
    size_t state_count, states_room;
    cci_table table;
    cci_committees committees;
};

static void bytes_of(const void *owner, uint32_t index, const void **bytes, size_t *size)
{
    const struct search *s = owner;
    *bytes = &s->states[index];
    *size = sizeof s->states[index];
}

static cocreate_status by_number(void *context, uint32_t a, uint32_t b, int *out,
                                 cocreate_error *error)
{
    (void)context, (void)error;
    *out = (a > b) - (a < b);
    return COCREATE_OK;
}

/* Is the state after n picks a new one? */
static cocreate_status meet(struct search *s, size_t n, int *new, cocreate_error *error)
{
    memcpy(s->sorted, s->taken, n * sizeof *s->sorted);
    CCI_TRY(cci_sort(s->allocator, s->sorted, n, by_number, NULL, error));
    cci_buffer_clear(&s->key);
    for (size_t i = 0; i < n; i++) {
        cci_buffer_u64(&s->key, s->sorted[i]);
        cci_buffer_byte(&s->key, ' ');
        cci_buffer_text(&s->key, s->numbers.data + s->number[s->sorted[i]]);
        cci_buffer_byte(&s->key, ' ');
    }
    if (s->key.failed)
        return cci_no_memory(error);
    cci_digest digest = cci_sha256(s->key.data, s->key.size);
    uint64_t hash = cci_table_hash(&s->table, &digest, sizeof digest);
    *new = cci_table_find_hashed(&s->table, hash, &digest, sizeof digest) == CCI_TABLE_NONE;
    if (!*new)
        return COCREATE_OK;
    if (s->state_count == CCI_STATES_MAX)
        return cci_fail(error, COCREATE_ERR_LIMIT,
                        "the ties lead to more than %d states; break ties by id, earliest or lot",
                        CCI_STATES_MAX);
    if (!cci_grow(s->allocator, (void **)&s->states, &s->states_room, s->state_count + 1,
                  sizeof *s->states) ||
        !cci_table_reserve(&s->table, 1))
        return cci_no_memory(error);
    s->states[s->state_count] = digest;
    cci_table_insert(&s->table, hash, (uint32_t)s->state_count++);
    return cci_run_progress(s->run, s->state_count, CCI_STATES_MAX, error);
}

/* Let the order that was followed so far wait with another pick at its end. */
static cocreate_status put_off(struct search *s, size_t n, uint32_t pick, cocreate_error *error)
{
    size_t row = s->waiting * s->seats;
    if (!cci_grow(s->allocator, (void **)&s->picks, &s->picks_room, row + s->seats,
                  sizeof *s->picks) ||
        !cci_grow(s->allocator, (void **)&s->lengths, &s->lengths_room, s->waiting + 1,
                  sizeof *s->lengths))
        return cci_no_memory(error);
    memcpy(s->picks + row, s->taken, n * sizeof *s->picks);
    s->picks[row + n] = pick;
    s->lengths[s->waiting++] = n + 1;
    return COCREATE_OK;
}

static cocreate_status take(struct search *s, size_t n, uint32_t pick, cocreate_error *error)
{
    const cci_sequence *q = s->sequence;
    CCI_TRY(q->take(q->context, pick, error));
    s->taken[n] = pick;
    s->number[pick] = s->numbers.size;
    CCI_TRY(q->number(q->context, pick, &s->numbers, error));
    cci_buffer_byte(&s->numbers, '\0');
    return s->numbers.failed ? cci_no_memory(error) : COCREATE_OK;
}

/* The order that waits last, to its end. */
static cocreate_status follow(struct search *s, cocreate_error *error)
{
    const cci_sequence *q = s->sequence;
    size_t forced = s->lengths[--s->waiting], n = 0, tied = 0;
    memcpy(s->sorted, s->picks + s->waiting * s->seats, forced * sizeof *s->sorted);
    cci_buffer_clear(&s->numbers);
    CCI_TRY(q->reset(q->context, error));
    uint32_t *path = s->sorted; /* meet() overwrites it, once it is walked */
    int new = 1;
    for (; n < forced; n++) {
        CCI_TRY(q->next(q->context, &tied, error));
        CCI_TRY(take(s, n, path[n], error));
    }
    if (forced > 0)
        CCI_TRY(meet(s, n, &new, error));
    for (; new; n++) {
        CCI_TRY(q->next(q->context, &tied, error));
        if (tied == 0)
            break;
        for (size_t i = tied; i-- > 1;)
            CCI_TRY(put_off(s, n, q->market->tied[i], error));
        CCI_TRY(take(s, n, q->market->tied[0], error));
        CCI_TRY(meet(s, n + 1, &new, error));
    }
    if (!new)
        return COCREATE_OK;
    assert(n == s->seats);
    return cci_committees_add(&s->committees, s->taken, error);
}

static cocreate_status search(struct search *s, cocreate_error *error)
{
    const cocreate_allocator *a = s->allocator;
    CCI_TRY(cci_committees_init(&s->committees, s->run, s->seats, error));
    s->taken = cci_alloc(a, s->seats, sizeof *s->taken);
    s->sorted = cci_alloc(a, s->seats, sizeof *s->sorted);
    s->number = cci_alloc(a, s->run->roster->count, sizeof *s->number);
    if (s->taken == NULL || s->sorted == NULL || s->number == NULL ||
        !cci_grow(a, (void **)&s->lengths, &s->lengths_room, 1, sizeof *s->lengths) ||
        !cci_grow(a, (void **)&s->picks, &s->picks_room, s->seats, sizeof *s->picks))
        return cci_no_memory(error);
    s->lengths[0] = 0;
    s->waiting = 1;
    while (s->waiting > 0)
        CCI_TRY(follow(s, error));
    cci_buffer *out = &s->run->trace;
    cci_buffer_format(out, "\"blank\":\"%lld\",", (long long)s->run->electorate->blank);
    CCI_TRY(cci_committees_elect(&s->committees, out, error));
    cci_buffer_format(out, "\"states\":%zu", s->state_count);
    return COCREATE_OK;
}

cocreate_status cci_all_orders(const cci_sequence *sequence, cocreate_error *error)
{
    cci_run *run = sequence->market->run;
    struct search s = {.sequence = sequence, .run = run, .allocator = &run->allocator,
                       .seats = (size_t)run->seats};
    cci_buffer_init(&s.numbers, &run->allocator);
    cci_buffer_init(&s.key, &run->allocator);
    cci_table_init(&s.table, &run->allocator, &s, bytes_of);
    cocreate_status status = search(&s, error);
    cci_committees_free(&s.committees);
    cci_table_free(&s.table);
    cci_buffer_free(&s.numbers);
    cci_buffer_free(&s.key);
    cci_free(s.allocator, s.picks);
    cci_free(s.allocator, s.lengths);
    cci_free(s.allocator, s.taken);
    cci_free(s.allocator, s.sorted);
    cci_free(s.allocator, s.number);
    cci_free(s.allocator, s.states);
    return status;
}
