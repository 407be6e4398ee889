/* The multiset of ballots: adding, merging, taking out. */
#include "base/checked.h"
#include "profile/profile.h"

cocreate_status cci_bag_check_sums(int64_t count, int64_t more_count, int64_t weight,
                                   int64_t more_weight, cocreate_error *error)
{
    /* No ballot can exceed the sum of all, so these two sums guard every addition. */
    int64_t sum;
    if (!cci_add_i64(count, more_count, &sum))
        return cci_fail(error, COCREATE_ERR_OVERFLOW,
                        "the ballots together would be more than 2^63 - 1");
    if (!cci_add_i64(weight, more_weight, &sum))
        return cci_fail(error, COCREATE_ERR_OVERFLOW,
                        "the weights together would be more than 2^63 - 1");
    return COCREATE_OK;
}

static int make_room(cocreate_profile *p, size_t key_size)
{
    size_t arena;
    return p->distinct < CCI_TABLE_NONE - 1 && cci_add_size(p->arena_size, key_size, &arena) &&
           arena <= (uint64_t)INT64_MAX &&
           cci_numbers_reserve(&p->ends, &p->allocator, p->distinct, p->distinct + 1,
                               (int64_t)arena) &&
           cci_grow(&p->allocator, (void **)&p->arena, &p->arena_capacity, arena, 1) &&
           cci_index_reserve(&p->keys, 1);
}

/* Room for the count and the weight of ballot i. */
static int make_numbers(cocreate_profile *p, size_t i, int64_t count, int64_t weight)
{
    return cci_numbers_reserve(&p->counts, &p->allocator, p->distinct, i + 1, count) &&
           cci_numbers_reserve(&p->weights, &p->allocator, p->distinct, i + 1, weight);
}

static void append(cocreate_profile *p, uint64_t hash, const uint8_t *key, size_t size)
{
    size_t i = p->distinct++;
    if (size > 0)
        memcpy(p->arena + p->arena_size, key, size);
    p->arena_size += size;
    cci_numbers_set(&p->ends, i, (int64_t)p->arena_size);
    cci_index_insert(&p->keys, hash);
    p->sorted = 0;
}

/* Add or count up one ballot; 0 when memory is short. */
static int put(cocreate_profile *p, uint64_t hash, const uint8_t *key, size_t size, int64_t count,
               int64_t weight)
{
    uint32_t found = cci_index_find_hashed(&p->keys, hash, key, size);
    size_t i = found != CCI_TABLE_NONE ? found : p->distinct;
    int64_t all = count, heavy = weight; /* of this ballot */
    if (found != CCI_TABLE_NONE) {
        all += cci_numbers_get(&p->counts, i);
        heavy += cci_numbers_get(&p->weights, i);
    }
    if (!make_numbers(p, i, all, heavy) || (found == CCI_TABLE_NONE && !make_room(p, size)))
        return 0;
    if (found == CCI_TABLE_NONE)
        append(p, hash, key, size);
    cci_numbers_set(&p->counts, i, all);
    cci_numbers_set(&p->weights, i, heavy);
    p->count += count;
    p->weight += weight;
    p->empty += size == 0 ? count : 0;
    return 1;
}

cocreate_status cci_bag_add(cocreate_profile *p, const uint8_t *key, size_t size, int64_t count,
                            int64_t weight, cocreate_error *error)
{
    uint64_t hash = cci_index_hash(&p->keys, key, size);
    return put(p, hash, key, size, count, weight) ? COCREATE_OK : cci_no_memory(error);
}

/* Bytes of keys that a block holds at once, where one key is not longer. */
#define BLOCK_BYTES 32768

cocreate_status cci_block_new(const cocreate_profile *p, key_block **out, cocreate_error *error)
{
    size_t key_size = cci_key_size_max(p);
    size_t rows = key_size < BLOCK_BYTES ? BLOCK_BYTES / key_size : 1;
    rows = rows < BLOCK_ROWS ? rows : BLOCK_ROWS;
    key_block *block = cci_alloc(&p->allocator, 1, sizeof *block);
    uint8_t *bytes = cci_alloc(&p->allocator, rows, key_size);
    if (!block || !bytes) {
        cci_free(&p->allocator, block);
        cci_free(&p->allocator, bytes);
        return cci_no_memory(error);
    }
    block->room = rows;
    block->bytes = bytes;
    *out = block;
    return COCREATE_OK;
}

void cci_block_free(const cocreate_profile *p, key_block *block)
{
    cci_free(&p->allocator, block->bytes);
    cci_free(&p->allocator, block);
}

size_t cci_block_put(cocreate_profile *p, const key_block *block)
{
    uint64_t hash[BLOCK_ROWS];
    const uint8_t *key = block->bytes;
    for (size_t i = 0; i < block->rows; i++) {
        const uint8_t *end = block->bytes + block->end[i];
        hash[i] = cci_index_hash(&p->keys, key, (size_t)(end - key));
        cci_index_prefetch(&p->keys, hash[i]);
        key = end;
    }
    key = block->bytes;
    for (size_t i = 0; i < block->rows; i++) {
        const uint8_t *end = block->bytes + block->end[i];
        if (!put(p, hash[i], key, (size_t)(end - key), block->count[i], block->weight[i]))
            return i;
        key = end;
    }
    return block->rows;
}

/* What a profile was before rows were added. */
typedef struct bag_mark {
    size_t distinct, arena_size;
    int sorted;
} bag_mark;

/* Take so many of ballot i out, of those that are there. */
static void take_out(cocreate_profile *p, size_t i, int64_t count, int64_t weight)
{
    cci_numbers_set(&p->counts, i, cci_numbers_get(&p->counts, i) - count);
    cci_numbers_set(&p->weights, i, cci_numbers_get(&p->weights, i) - weight);
}

/* Take the first `rows` rows of a source out again. Needs no memory: their keys are written once
 * more, and the ballots that were new are cut off. */
static void roll_back(cocreate_profile *p, const key_source *source, key_block *block,
                      size_t rows, bag_mark before)
{
    for (size_t row = 0; row < rows; row += block->rows) {
        block->rows = block->room < rows - row ? block->room : rows - row;
        source->write(source, row, block);
        size_t start = 0;
        for (size_t i = 0; i < block->rows; start = block->end[i], i++) {
            size_t size = block->end[i] - start;
            take_out(p, cci_index_find(&p->keys, block->bytes + start, size), block->count[i],
                     block->weight[i]);
            p->count -= block->count[i];
            p->weight -= block->weight[i];
            p->empty -= size == 0 ? block->count[i] : 0;
        }
    }
    p->distinct = before.distinct;
    p->arena_size = before.arena_size;
    p->sorted = before.sorted;
    cci_index_refill(&p->keys, p->distinct);
}

/* After so many rows, how many of them were new tells how many will be. */
#define SAMPLE_ROWS 4096

/* Grow the table at once to what the rows to come will probably need, instead of step by step. Only
 * a hint: without the memory it grows as it goes. */
static void foresee(cocreate_profile *p, size_t rows, size_t done, size_t fresh)
{
    size_t left = rows - done;
    if (fresh > done / 2 && left < CCI_TABLE_NONE - p->distinct)
        (void)cci_index_reserve(&p->keys, left);
}

/* Work between two calls of a progress function, in cells. */
#define PROGRESS_STEP (UINT64_C(1) << 20)

static int cancelled(const cocreate_progress *progress, uint64_t done, uint64_t total)
{
    return progress && progress->call && progress->call(progress->user, done, total) != 0;
}

cocreate_status cci_bag_add_all(cocreate_profile *p, const key_source *source,
                                const cocreate_progress *progress, cocreate_error *error)
{
    key_block *block = NULL;
    CCI_TRY(cci_block_new(p, &block, error));
    bag_mark before = {p->distinct, p->arena_size, p->sorted};
    size_t row = 0;
    uint64_t work = PROGRESS_STEP;
    cocreate_status status = COCREATE_OK;
    while (row < source->rows && status == COCREATE_OK) {
        if (work >= PROGRESS_STEP) {
            work = 0;
            if (cancelled(progress, row, source->rows)) {
                status = cci_fail(error, COCREATE_ERR_CANCELLED,
                                  "cancelled after %zu of %zu ballots", row, source->rows);
                break;
            }
        }
        block->rows = block->room < source->rows - row ? block->room : source->rows - row;
        source->write(source, row, block);
        size_t added = cci_block_put(p, block);
        if (added < block->rows)
            status = cci_no_memory(error);
        row += added;
        work += source->row_work * added;
        if (row >= SAMPLE_ROWS && row - added < SAMPLE_ROWS)
            foresee(p, source->rows, row, p->distinct - before.distinct);
    }
    if (status != COCREATE_OK)
        roll_back(p, source, block, row, before);
    cci_block_free(p, block);
    return status;
}

/* --- merge and subtract --- */

typedef struct merge_source {
    key_source base;
    const cocreate_profile *other;
} merge_source;

static void write_merge(const key_source *base, size_t row, key_block *block)
{
    const cocreate_profile *other = ((const merge_source *)base)->other;
    size_t end = 0;
    for (size_t i = 0; i < block->rows; i++) {
        ballot b = look_at_ballot(other, row + i);
        memcpy(block->bytes + end, b.key, b.size);
        block->end[i] = end += b.size;
        block->count[i] = b.count;
        block->weight[i] = b.weight;
    }
}

static cocreate_status double_all(cocreate_profile *p, cocreate_error *error)
{
    int64_t count = 0, weight = 0; /* the largest */
    for (size_t i = 0; i < p->distinct; i++) {
        ballot b = look_at_ballot(p, i);
        count = b.count > count ? b.count : count;
        weight = b.weight > weight ? b.weight : weight;
    }
    if (p->distinct > 0 && !make_numbers(p, p->distinct - 1, 2 * count, 2 * weight))
        return cci_no_memory(error);
    for (size_t i = 0; i < p->distinct; i++) {
        ballot b = look_at_ballot(p, i);
        take_out(p, i, -b.count, -b.weight);
    }
    p->count *= 2;
    p->weight *= 2;
    p->empty *= 2;
    return COCREATE_OK;
}

cocreate_status cocreate_profile_merge(cocreate_profile *profile, const cocreate_profile *other,
                                       cocreate_error *error)
{
    CCI_TRY(cci_profile_check_same(profile, other, error));
    CCI_TRY(cci_bag_check_sums(profile->count, other->count, profile->weight, other->weight,
                               error));
    if (profile == other)
        return double_all(profile, error);
    merge_source source = {{write_merge, other->distinct, 1}, other};
    return cci_bag_add_all(profile, &source.base, NULL, error);
}

/* Can ballot i of `other` be taken out? */
static cocreate_status check_subtract(const cocreate_profile *p, const cocreate_profile *other,
                                      size_t i, cocreate_error *error)
{
    ballot b = look_at_ballot(other, i);
    uint32_t index = cci_index_find(&p->keys, b.key, b.size);
    int64_t count = index == CCI_TABLE_NONE ? 0 : cci_numbers_get(&p->counts, index);
    int64_t weight = index == CCI_TABLE_NONE ? 0 : cci_numbers_get(&p->weights, index);
    if (b.count > count)
        return cci_fail_at(error, COCREATE_ERR_ARGUMENT, i,
                           "ballot %zu is to be taken out %" PRId64 " times, but is there %" PRId64
                           " times",
                           i, b.count, count);
    if (b.weight > weight)
        return cci_fail_at(error, COCREATE_ERR_ARGUMENT, i,
                           "weight %" PRId64 " of ballot %zu is to be taken out, but there is %" PRId64,
                           b.weight, i, weight);
    if (b.count == count && b.weight != weight)
        return cci_fail_at(error, COCREATE_ERR_ARGUMENT, i,
                           "taking out ballot %zu would leave its weight %" PRId64 " on no ballot",
                           i, weight - b.weight);
    return COCREATE_OK;
}

/* Close the gaps that ballots of count 0 leave. */
static void drop_vanished(cocreate_profile *p)
{
    size_t kept = 0, arena = 0, start = 0, end;
    for (size_t i = 0; i < p->distinct; i++, start = end) {
        int64_t count = cci_numbers_get(&p->counts, i);
        end = (size_t)cci_numbers_get(&p->ends, i);
        if (count == 0)
            continue;
        if (end > start)
            memmove(p->arena + arena, p->arena + start, end - start);
        arena += end - start;
        cci_numbers_set(&p->ends, kept, (int64_t)arena);
        cci_numbers_set(&p->counts, kept, count);
        cci_numbers_set(&p->weights, kept++, cci_numbers_get(&p->weights, i));
    }
    p->distinct = kept;
    p->arena_size = arena;
    p->sorted = 0;
    cci_index_refill(&p->keys, p->distinct);
}

cocreate_status cocreate_profile_subtract(cocreate_profile *profile,
                                          const cocreate_profile *other, cocreate_error *error)
{
    CCI_TRY(cci_profile_check_same(profile, other, error));
    for (size_t i = 0; i < other->distinct; i++)
        CCI_TRY(check_subtract(profile, other, i, error));
    int vanished = 0;
    for (size_t i = 0; i < other->distinct; i++) {
        ballot b = look_at_ballot(other, i);
        uint32_t index = cci_index_find(&profile->keys, b.key, b.size);
        take_out(profile, index, b.count, b.weight);
        profile->count -= b.count;
        profile->weight -= b.weight;
        profile->empty -= b.size == 0 ? b.count : 0;
        vanished |= cci_numbers_get(&profile->counts, index) == 0;
    }
    if (vanished)
        drop_vanished(profile);
    return COCREATE_OK;
}
