/* Adding ballots: one at a time, and matrices of ranks or values. */
#include "base/checked.h"
#include "profile/profile.h"

/* --- one ballot --- */

static int make_scratch(cocreate_profile *p)
{
    if (!p->seen)
        p->seen = cci_alloc(&p->allocator, p->n_options, sizeof *p->seen);
    if (!p->marks)
        p->marks = cci_alloc(&p->allocator, p->n_options, sizeof *p->marks);
    if (!p->key)
        p->key = cci_alloc(&p->allocator, cci_key_size_max(p), 1);
    return p->seen && p->marks && p->key;
}

/* A number that no option was seen with. */
static uint32_t next_visit(cocreate_profile *p)
{
    if (++p->visit == 0) {
        memset(p->seen, 0, p->n_options * sizeof *p->seen);
        p->visit = 1;
    }
    return p->visit;
}

static inline int is_legal(int32_t kind, int64_t value)
{
    switch (kind) {
    case COCREATE_BALLOT_APPROVAL:
        return value == 1;
    case COCREATE_BALLOT_RANKING:
        return value >= 1;
    case COCREATE_BALLOT_POINTS:
        return value >= 0;
    default:
        return 1;
    }
}

static cocreate_status check_value(const cocreate_profile *p, size_t i, int64_t value,
                                   cocreate_error *error)
{
    if (is_legal(p->kind, value))
        return COCREATE_OK;
    if (p->kind == COCREATE_BALLOT_APPROVAL)
        return cci_fail_at(error, COCREATE_ERR_ARGUMENT, i,
                           "value %" PRId64 " of an approval is not 1", value);
    if (p->kind == COCREATE_BALLOT_RANKING)
        return cci_fail_at(error, COCREATE_ERR_ARGUMENT, i, "rank %" PRId64 " is below 1", value);
    return cci_fail_at(error, COCREATE_ERR_ARGUMENT, i, "points %" PRId64 " are below 0", value);
}

static cocreate_status collect(cocreate_profile *p, const uint32_t *options,
                               const int64_t *values, size_t n, cocreate_error *error)
{
    uint32_t visit = next_visit(p);
    int ranked = p->kind == COCREATE_BALLOT_RANKING;
    for (size_t i = 0; i < n; i++) {
        if (options[i] >= p->n_options)
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, i,
                               "option %u is not below the number of options, %zu",
                               (unsigned)options[i], p->n_options);
        if (p->seen[options[i]] == visit)
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, i, "option %u is named twice",
                               (unsigned)options[i]);
        p->seen[options[i]] = visit;
        int64_t value = values ? values[i] : ranked ? (int64_t)i + 1 : 1;
        CCI_TRY(check_value(p, i, value, error));
        p->marks[i] = (mark){ranked ? (uint64_t)value : 0, value, options[i]};
    }
    return COCREATE_OK;
}

/* The key of a ballot whose options come in the order of keys, as most do. Returns its size, or
 * SIZE_MAX if they do not or something is wrong with the ballot. */
static inline size_t write_in_order(cocreate_profile *p, const uint32_t *options,
                                    const int64_t *values, size_t n, uint32_t word_size,
                                    uint8_t *out)
{
    uint32_t visit = next_visit(p);
    int ranked = p->kind == COCREATE_BALLOT_RANKING, valued = kind_has_values(p->kind);
    int64_t rank = 0; /* the one before */
    uint8_t *at = out;
    for (size_t i = 0; i < n; i++) {
        uint32_t option = options[i];
        int64_t value = values ? values[i] : ranked ? (int64_t)i + 1 : 1;
        if (option >= p->n_options || p->seen[option] == visit || !is_legal(p->kind, value))
            return SIZE_MAX;
        p->seen[option] = visit;
        int tied = !ranked || value == rank;
        if (i > 0 && (tied ? option < options[i - 1] : value < rank))
            return SIZE_MAX;
        if (i > 0 && !tied)
            at[-1] |= 1; /* the last of its rank */
        rank = value;
        at = put_word(at, word_size, option << 1);
        if (valued)
            at = cci_key_put_value(at, value);
    }
    if (ranked && n > 0)
        at[-1] |= 1;
    return (size_t)(at - out);
}

/* A constant size of words lets the compiler make a loop for each. */
static size_t try_in_order(cocreate_profile *p, const uint32_t *options, const int64_t *values,
                           size_t n, uint8_t *out)
{
    switch (p->word_size) {
    case 1:
        return write_in_order(p, options, values, n, 1, out);
    case 2:
        return write_in_order(p, options, values, n, 2, out);
    default:
        return write_in_order(p, options, values, n, 4, out);
    }
}

/* Check a ballot and write its key; `count` and `weight` are its own. */
static cocreate_status make_key(cocreate_profile *p, const uint32_t *options,
                                const int64_t *values, size_t n, int64_t count, int64_t weight,
                                uint8_t *key, size_t *size, cocreate_error *error)
{
    if (n > p->n_options)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "a ballot of %zu options is longer than the list of %zu", n,
                        p->n_options);
    if (n > 0 && !options)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "options is NULL");
    if (n > 0 && !values && kind_has_values(p->kind))
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "scores and points need values");
    if (count < 1)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "count %" PRId64 " is below 1", count);
    if (weight < 0)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "weight %" PRId64 " is negative", weight);
    *size = try_in_order(p, options, values, n, key);
    if (*size != SIZE_MAX)
        return COCREATE_OK;
    CCI_TRY(collect(p, options, values, n, error));
    cci_key_sort(p->marks, n);
    *size = cci_key_write(p, p->marks, n, key);
    return COCREATE_OK;
}

cocreate_status cocreate_profile_add(cocreate_profile *profile, const uint32_t *options,
                                     const int64_t *values, size_t n, int64_t count,
                                     int64_t weight, cocreate_error *error)
{
    size_t size = 0;
    if (!make_scratch(profile))
        return cci_no_memory(error);
    CCI_TRY(make_key(profile, options, values, n, count, weight, profile->key, &size, error));
    CCI_TRY(cci_bag_check_sums(profile->count, count, profile->weight, weight, error));
    return cci_bag_add(profile, profile->key, size, count, weight, error);
}

/* --- staged ballots --- */

struct cci_stage {
    cocreate_profile *profile;
    key_block *block;
    int64_t count, weight; /* sums over the block */
};

cocreate_status cci_stage_open(cocreate_profile *p, cci_stage **out, cocreate_error *error)
{
    cci_stage *s = cci_alloc(&p->allocator, 1, sizeof *s);
    if (!s || !make_scratch(p)) {
        cci_free(&p->allocator, s);
        return cci_no_memory(error);
    }
    s->profile = p;
    cocreate_status status = cci_block_new(p, &s->block, error);
    if (status == COCREATE_OK)
        *out = s;
    else
        cci_free(&p->allocator, s);
    return status;
}

cocreate_status cci_stage_flush(cci_stage *s, cocreate_error *error)
{
    size_t rows = s->block->rows, added = cci_block_put(s->profile, s->block);
    s->block->rows = 0;
    s->count = s->weight = 0;
    return added == rows ? COCREATE_OK : cci_no_memory(error);
}

cocreate_status cci_stage_add(cci_stage *s, const uint32_t *options, const int64_t *values,
                              size_t n, int64_t count, int64_t weight, cocreate_error *error)
{
    key_block *block = s->block;
    size_t size = 0;
    if (block->rows == block->room)
        CCI_TRY(cci_stage_flush(s, error));
    size_t start = block->rows > 0 ? block->end[block->rows - 1] : 0;
    CCI_TRY(make_key(s->profile, options, values, n, count, weight, block->bytes + start, &size,
                     error));
    CCI_TRY(cci_bag_check_sums(s->profile->count + s->count, count,
                               s->profile->weight + s->weight, weight, error));
    block->end[block->rows] = start + size;
    block->count[block->rows] = count;
    block->weight[block->rows++] = weight;
    s->count += count;
    s->weight += weight;
    return COCREATE_OK;
}

void cci_stage_close(cci_stage *s)
{
    if (!s)
        return;
    const cocreate_allocator *a = &s->profile->allocator;
    cci_block_free(s->profile, s->block);
    cci_free(a, s);
}

/* --- matrices --- */

static cocreate_status check_matrix(const cocreate_profile *p, size_t n_ballots,
                                    size_t n_options, const int64_t *weights,
                                    cocreate_error *error)
{
    if (n_options != p->n_options)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "rows of %zu values for a profile of %zu options", n_options,
                        p->n_options);
    int64_t sum = 0;
    for (size_t i = 0; weights && i < n_ballots; i++) {
        if (weights[i] < 0)
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, i,
                               "weight %" PRId64 " of ballot %zu is negative", weights[i], i);
        if (!cci_add_i64(sum, weights[i], &sum))
            return cci_fail_at(error, COCREATE_ERR_OVERFLOW, i,
                               "the weights together are more than 2^63 - 1");
    }
    if ((uint64_t)n_ballots > (uint64_t)INT64_MAX)
        return cci_fail(error, COCREATE_ERR_OVERFLOW, "too many ballots");
    return cci_bag_check_sums(p->count, (int64_t)n_ballots, p->weight,
                              weights ? sum : (int64_t)n_ballots, error);
}

static void set_counts(key_block *block, const int64_t *weights, size_t row)
{
    for (size_t i = 0; i < block->rows; i++) {
        block->count[i] = 1;
        block->weight[i] = weights ? weights[row + i] : 1;
    }
}

typedef struct rank_source {
    key_source base;
    const cocreate_profile *profile;
    const uint8_t *ranks;
    uint32_t width;
    const int64_t *weights;
    size_t *place; /* n_options + 1: scratch of the counting placement */
    mark *marks;   /* n_options: scratch of the sort */
} rank_source;

static inline uint64_t load_rank(const uint8_t *row, uint32_t width, size_t i)
{
    uint16_t r16;
    uint32_t r32;
    uint64_t r64;
    switch (width) {
    case 1:
        return row[i];
    case 2:
        memcpy(&r16, row + 2 * i, sizeof r16);
        return r16;
    case 4:
        memcpy(&r32, row + 4 * i, sizeof r32);
        return r32;
    default:
        memcpy(&r64, row + 8 * i, sizeof r64);
        return r64;
    }
}

/* The common row: m options on the ranks 1 .. m, no two tied. Each word goes straight to its
 * place. Returns the size of the key, or SIZE_MAX if the row is not of this form. */
static inline size_t strict_row(const rank_source *s, const uint8_t *row, uint32_t width,
                                uint8_t *out)
{
    size_t n = s->profile->n_options;
    uint64_t taken = 0;
    size_t ranked = n;
    for (size_t i = 0; i < n; i++) {
        uint64_t place = load_rank(row, width, i) - 1; /* unranked: the largest number */
        if (place < n) {
            taken |= UINT64_C(1) << place;
            out[place] = (uint8_t)(i << 1 | 1);
        } else if (place == UINT64_MAX) {
            ranked--;
        } else {
            return SIZE_MAX;
        }
    }
    uint64_t all = ranked == 64 ? UINT64_MAX : (UINT64_C(1) << ranked) - 1;
    return taken == all ? ranked : SIZE_MAX;
}

static size_t try_strict(const rank_source *s, const uint8_t *row, uint8_t *out)
{
    if (s->profile->n_options > 64)
        return SIZE_MAX;
    /* A constant width lets the compiler make a loop for each. */
    switch (s->width) {
    case 1:
        return strict_row(s, row, 1, out);
    case 2:
        return strict_row(s, row, 2, out);
    case 4:
        return strict_row(s, row, 4, out);
    default:
        return strict_row(s, row, 8, out);
    }
}

/* Any row with ranks up to n: counting placement, linear. SIZE_MAX if a rank is larger. */
static size_t counted_row(const rank_source *s, const uint8_t *row, uint8_t *out)
{
    size_t n = s->profile->n_options;
    uint32_t word_size = s->profile->word_size;
    size_t *place = s->place; /* place[r]: where the next option of rank r + 1 goes */
    memset(place, 0, (n + 1) * sizeof *place);
    for (size_t i = 0; i < n; i++) {
        uint64_t rank = load_rank(row, s->width, i);
        if (rank > n)
            return SIZE_MAX;
        place[rank]++;
    }
    size_t ranked = 0;
    for (size_t rank = 1; rank <= n; rank++) {
        size_t tied = place[rank];
        place[rank] = ranked;
        ranked += tied;
    }
    for (size_t i = 0; i < n; i++) {
        uint64_t rank = load_rank(row, s->width, i);
        if (rank != 0)
            put_word(out + place[rank]++ * word_size, word_size, (uint32_t)i << 1);
    }
    /* Now place[r] is where the options of rank r end; mark the last of each. */
    for (size_t rank = 1, start = 0; rank <= n; start = place[rank++])
        if (place[rank] > start)
            out[place[rank] * word_size - 1] |= 1;
    return ranked * word_size;
}

static size_t sorted_row(const rank_source *s, const uint8_t *row, uint8_t *out)
{
    size_t ranked = 0;
    for (size_t i = 0; i < s->profile->n_options; i++) {
        uint64_t rank = load_rank(row, s->width, i);
        if (rank != 0)
            s->marks[ranked++] = (mark){rank, 0, (uint32_t)i};
    }
    cci_key_sort(s->marks, ranked);
    return cci_key_write(s->profile, s->marks, ranked, out);
}

static void write_ranks(const key_source *base, size_t row, key_block *block)
{
    const rank_source *s = (const rank_source *)base;
    size_t row_size = s->profile->n_options * s->width, end = 0;
    const uint8_t *ranks = s->ranks + row * row_size;
    for (size_t i = 0; i < block->rows; i++, ranks += row_size) {
        size_t size = try_strict(s, ranks, block->bytes + end);
        if (size == SIZE_MAX)
            size = counted_row(s, ranks, block->bytes + end);
        if (size == SIZE_MAX)
            size = sorted_row(s, ranks, block->bytes + end);
        block->end[i] = end += size;
    }
    set_counts(block, s->weights, row);
}

cocreate_status cocreate_profile_add_ranks(cocreate_profile *profile, const void *ranks,
                                           uint32_t width, size_t n_ballots, size_t n_options,
                                           const int64_t *weights,
                                           const cocreate_progress *progress,
                                           cocreate_error *error)
{
    if (profile->kind != COCREATE_BALLOT_RANKING)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "the profile does not hold rankings");
    if (width != 1 && width != 2 && width != 4 && width != 8)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "ranks of %u bytes: 1, 2, 4 or 8 are known",
                        (unsigned)width);
    if (n_ballots > 0 && !ranks)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "ranks is NULL");
    CCI_TRY(check_matrix(profile, n_ballots, n_options, weights, error));
    const cocreate_allocator *a = &profile->allocator;
    rank_source source = {{write_ranks, n_ballots, n_options},
                          profile, ranks, width, weights,
                          cci_alloc(a, n_options + 1, sizeof(size_t)),
                          cci_alloc(a, n_options, sizeof(mark))};
    cocreate_status status =
        source.place && source.marks
            ? cci_bag_add_all(profile, &source.base, progress, error)
            : cci_no_memory(error);
    cci_free(a, source.place);
    cci_free(a, source.marks);
    return status;
}

typedef struct value_source {
    key_source base;
    const cocreate_profile *profile;
    const int64_t *values;
    int64_t missing;
    const int64_t *weights;
} value_source;

/* Does a value say something of its option? */
static inline int is_marked(const cocreate_profile *p, int64_t value, int64_t missing)
{
    return value != missing && (value != 0 || p->kind != COCREATE_BALLOT_APPROVAL);
}

static void write_values(const key_source *base, size_t row, key_block *block)
{
    const value_source *s = (const value_source *)base;
    const cocreate_profile *p = s->profile;
    const int64_t *values = s->values + row * p->n_options;
    int valued = kind_has_values(p->kind);
    uint8_t *at = block->bytes;
    for (size_t i = 0; i < block->rows; i++, values += p->n_options) {
        for (size_t k = 0; k < p->n_options; k++) {
            if (!is_marked(p, values[k], s->missing))
                continue;
            at = put_word(at, p->word_size, (uint32_t)k << 1);
            if (valued)
                at = cci_key_put_value(at, values[k]);
        }
        block->end[i] = (size_t)(at - block->bytes);
    }
    set_counts(block, s->weights, row);
}

static cocreate_status check_values(const cocreate_profile *p, const int64_t *values,
                                    int64_t missing, size_t n_ballots, cocreate_error *error)
{
    if (p->kind == COCREATE_BALLOT_SCORE)
        return COCREATE_OK;
    for (size_t row = 0; row < n_ballots; row++)
        for (size_t k = 0; k < p->n_options; k++) {
            int64_t value = *values++;
            if (!is_marked(p, value, missing))
                continue;
            if (p->kind == COCREATE_BALLOT_APPROVAL && value != 1)
                return cci_fail_at(error, COCREATE_ERR_ARGUMENT, row,
                                   "ballot %zu, option %zu: approval %" PRId64
                                   " is neither 0 nor 1",
                                   row, k, value);
            if (value < 0)
                return cci_fail_at(error, COCREATE_ERR_ARGUMENT, row,
                                   "ballot %zu, option %zu: points %" PRId64 " are below 0", row,
                                   k, value);
        }
    return COCREATE_OK;
}

cocreate_status cocreate_profile_add_values(cocreate_profile *profile, const int64_t *values,
                                            int64_t missing, size_t n_ballots, size_t n_options,
                                            const int64_t *weights,
                                            const cocreate_progress *progress,
                                            cocreate_error *error)
{
    if (profile->kind == COCREATE_BALLOT_RANKING)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "the profile holds rankings: add ranks, not values");
    if (n_ballots > 0 && !values)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "values is NULL");
    if (profile->kind == COCREATE_BALLOT_APPROVAL && missing == 1)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "1 is an approval and cannot mean missing");
    CCI_TRY(check_matrix(profile, n_ballots, n_options, weights, error));
    CCI_TRY(check_values(profile, values, missing, n_ballots, error));
    value_source source = {{write_values, n_ballots, n_options}, profile, values, missing,
                           weights};
    return cci_bag_add_all(profile, &source.base, progress, error);
}
