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
           cci_grow(&p->allocator, (void **)&p->ballots, &p->ballots_capacity, p->distinct + 1,
                    sizeof *p->ballots) &&
           cci_grow(&p->allocator, (void **)&p->arena, &p->arena_capacity, arena, 1) &&
           cci_table_reserve(&p->keys, 1);
}

/* Add or count up one ballot; 0 when memory is short. */
static int put(cocreate_profile *p, uint64_t hash, const uint8_t *key, size_t size, int64_t count,
               int64_t weight)
{
    uint32_t index = cci_table_find_hashed(&p->keys, hash, key, size);
    if (index == CCI_TABLE_NONE) {
        if (!make_room(p, size))
            return 0;
        index = (uint32_t)p->distinct++;
        p->ballots[index] = (ballot){p->arena_size, 0, 0, (uint32_t)size};
        if (size > 0)
            memcpy(p->arena + p->arena_size, key, size);
        p->arena_size += size;
        cci_table_insert(&p->keys, hash, index);
        p->sorted = 0;
    }
    p->ballots[index].count += count;
    p->ballots[index].weight += weight;
    p->count += count;
    p->weight += weight;
    p->empty += size == 0 ? count : 0;
    return 1;
}

cocreate_status cci_bag_add(cocreate_profile *p, const uint8_t *key, size_t size, int64_t count,
                            int64_t weight, cocreate_error *error)
{
    uint64_t hash = cci_table_hash(&p->keys, key, size);
    return put(p, hash, key, size, count, weight) ? COCREATE_OK : cci_no_memory(error);
}

void cci_bag_reindex(cocreate_profile *p)
{
    table_clear(&p->keys);
    for (size_t i = 0; i < p->distinct; i++) {
        const ballot *b = &p->ballots[i];
        cci_table_insert(&p->keys, cci_table_hash(&p->keys, ballot_key(p, b), b->size),
                         (uint32_t)i);
    }
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
        hash[i] = cci_table_hash(&p->keys, key, (size_t)(end - key));
        table_prefetch(&p->keys, hash[i]);
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
            ballot *b = &p->ballots[cci_table_find(&p->keys, block->bytes + start, size)];
            b->count -= block->count[i];
            b->weight -= block->weight[i];
            p->count -= block->count[i];
            p->weight -= block->weight[i];
            p->empty -= size == 0 ? block->count[i] : 0;
        }
    }
    p->distinct = before.distinct;
    p->arena_size = before.arena_size;
    p->sorted = before.sorted;
    cci_bag_reindex(p);
}

/* After so many rows, how many of them were new tells how many will be. */
#define SAMPLE_ROWS 4096

/* Grow the table at once to what the rows to come will probably need, instead of step by step. Only
 * a hint: without the memory it grows as it goes. */
static void foresee(cocreate_profile *p, size_t rows, size_t done, size_t fresh)
{
    size_t left = rows - done;
    if (fresh > done / 2 && left < CCI_TABLE_NONE - p->distinct)
        (void)cci_table_reserve(&p->keys, left);
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
        const ballot *b = &other->ballots[row + i];
        memcpy(block->bytes + end, ballot_key(other, b), b->size);
        block->end[i] = end += b->size;
        block->count[i] = b->count;
        block->weight[i] = b->weight;
    }
}

cocreate_status cocreate_profile_merge(cocreate_profile *profile, const cocreate_profile *other,
                                       cocreate_error *error)
{
    CCI_TRY(cci_profile_check_same(profile, other, error));
    CCI_TRY(cci_bag_check_sums(profile->count, other->count, profile->weight, other->weight,
                               error));
    if (profile == other) {
        for (size_t i = 0; i < profile->distinct; i++) {
            profile->ballots[i].count *= 2;
            profile->ballots[i].weight *= 2;
        }
        profile->count *= 2;
        profile->weight *= 2;
        profile->empty *= 2;
        return COCREATE_OK;
    }
    merge_source source = {{write_merge, other->distinct, 1}, other};
    return cci_bag_add_all(profile, &source.base, NULL, error);
}

/* Can ballot i of `other` be taken out? */
static cocreate_status check_subtract(const cocreate_profile *p, const cocreate_profile *other,
                                      size_t i, cocreate_error *error)
{
    const ballot *b = &other->ballots[i];
    uint32_t index = cci_table_find(&p->keys, ballot_key(other, b), b->size);
    int64_t count = index == CCI_TABLE_NONE ? 0 : p->ballots[index].count;
    int64_t weight = index == CCI_TABLE_NONE ? 0 : p->ballots[index].weight;
    if (b->count > count)
        return cci_fail_at(error, COCREATE_ERR_ARGUMENT, i,
                           "ballot %zu is to be taken out %" PRId64 " times, but is there %" PRId64
                           " times",
                           i, b->count, count);
    if (b->weight > weight)
        return cci_fail_at(error, COCREATE_ERR_ARGUMENT, i,
                           "weight %" PRId64 " of ballot %zu is to be taken out, but there is %" PRId64,
                           b->weight, i, weight);
    if (b->count == count && b->weight != weight)
        return cci_fail_at(error, COCREATE_ERR_ARGUMENT, i,
                           "taking out ballot %zu would leave its weight %" PRId64 " on no ballot",
                           i, weight - b->weight);
    return COCREATE_OK;
}

/* Close the gaps that ballots of count 0 leave. */
static void drop_vanished(cocreate_profile *p)
{
    size_t kept = 0, arena = 0;
    for (size_t i = 0; i < p->distinct; i++) {
        ballot b = p->ballots[i];
        if (b.count == 0)
            continue;
        if (b.size > 0)
            memmove(p->arena + arena, p->arena + b.offset, b.size);
        b.offset = arena;
        arena += b.size;
        p->ballots[kept++] = b;
    }
    p->distinct = kept;
    p->arena_size = arena;
    p->sorted = 0;
    cci_bag_reindex(p);
}

cocreate_status cocreate_profile_subtract(cocreate_profile *profile,
                                          const cocreate_profile *other, cocreate_error *error)
{
    CCI_TRY(cci_profile_check_same(profile, other, error));
    for (size_t i = 0; i < other->distinct; i++)
        CCI_TRY(check_subtract(profile, other, i, error));
    int vanished = 0;
    for (size_t i = 0; i < other->distinct; i++) {
        ballot b = other->ballots[i];
        uint32_t index = cci_table_find(&profile->keys, ballot_key(other, &b), b.size);
        ballot *mine = &profile->ballots[index];
        mine->count -= b.count;
        mine->weight -= b.weight;
        profile->count -= b.count;
        profile->weight -= b.weight;
        profile->empty -= b.size == 0 ? b.count : 0;
        vanished |= mine->count == 0;
    }
    if (vanished)
        drop_vanished(profile);
    return COCREATE_OK;
}
