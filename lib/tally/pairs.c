/* Pairs on rankings. Short ballots are counted one by one; what ranks many candidates waits in a
 * queue until some hundred such ballots can be compared column by column (kernels/columns.h). */
#include "tally/pairs.h"

#include <string.h>

#include "tally/kernels/columns.h"

/* Where ballots wait. They are compared as they stand, so those that rank all candidates need only
 * one comparison a pair: of n ballots, x have a above b, and n - x do not. Where something is left
 * out both directions are compared. Ballots of one weight are counted; others are summed digit by
 * digit of their weights, to the base of 256. */
enum { PARTIAL = 1, MIXED = 2 };

struct cci_pairs_queue {
    size_t room, stride; /* in ballots */
    size_t n;
    int64_t weight;   /* of each, unless mixed */
    int64_t total;    /* of all */
    int64_t *weights; /* if mixed */
    uint8_t *digits;
    int64_t *ranked; /* if partial: weight of those that rank a candidate */
    uint8_t *cells;  /* of one byte up to CELLS_8 candidates, else of two; on a cache line */
    uint8_t *block;  /* what holds them */
    uint8_t *rows;   /* the last n % CCI_ROWS ballots, not yet in cells, as cci_turn_rows takes them;
                        NULL if none wait there */
    cci_turn_rows *turn;
};

/* Ranks 1 .. 255 stand as -128 .. 126; what is not ranked as 127. */
#define CELLS_8 255

static int is_wide(const cci_pairs *p)
{
    return p->m > CELLS_8;
}

/* Columns there is room for: whole blocks, and whole rows to turn. */
static size_t columns(const cci_pairs *p)
{
    return (p->m + CCI_ROWS_WIDTH - 1) / CCI_ROWS_WIDTH * CCI_ROWS_WIDTH;
}

cocreate_status cci_pairs_init(cci_pairs *p, const cocreate_allocator *a, size_t m, cci_cpu cpu,
                               cocreate_error *error)
{
    assert(m <= CCI_PAIRS_MAX);
    *p = (cci_pairs){.allocator = *a, .cpu = cpu, .m = m};
    p->before = cci_alloc(a, m * m, sizeof *p->before);
    p->ranked = cci_alloc(a, m, sizeof *p->ranked);
    return p->before != NULL && p->ranked != NULL ? COCREATE_OK : cci_no_memory(error);
}

static void free_queue(const cocreate_allocator *a, struct cci_pairs_queue *q)
{
    if (q == NULL)
        return;
    cci_free(a, q->weights);
    cci_free(a, q->digits);
    cci_free(a, q->ranked);
    cci_free(a, q->block);
    cci_free(a, q->rows);
    cci_free(a, q);
}

void cci_pairs_free(cci_pairs *p)
{
    for (size_t i = 0; i < sizeof p->queues / sizeof p->queues[0]; i++)
        free_queue(&p->allocator, p->queues[i]);
    cci_free(&p->allocator, p->before);
    cci_free(&p->allocator, p->ranked);
    cci_free(&p->allocator, p->tied);
    memset(p, 0, sizeof *p);
}

/* -- Queues ----------------------------------------------------------------------------------- */

/* So many bytes of cells stay close to the processor. */
#define NEAR_BYTES ((size_t)1 << 17)

#define CACHE_LINE 64

/* Nothing ranked, in every cell: nobody wins there. */
static void clear_cells(const cci_pairs *p, struct cci_pairs_queue *q)
{
    size_t cells = columns(p) * q->stride;
    if (is_wide(p))
        for (size_t i = 0; i < cells; i++)
            ((int16_t *)(void *)q->cells)[i] = INT16_MAX;
    else
        memset(q->cells, INT8_MAX, cells);
}

/* How many ballots are compared at once for those that wait. */
static size_t steps(const struct cci_pairs_queue *q)
{
    return (q->n + CCI_COLUMNS_STEP - 1) / CCI_COLUMNS_STEP * CCI_COLUMNS_STEP;
}

/* Rows overwrite all cells of a ballot, so that only those behind the last have to be cleared. */
static void clear_rest(const cci_pairs *p, struct cci_pairs_queue *q)
{
    for (size_t i = 0; q->rows != NULL && i < p->m; i++)
        memset(q->cells + i * q->stride + q->n, INT8_MAX, steps(q) - q->n);
}

static void clear_queue(const cci_pairs *p, struct cci_pairs_queue *q)
{
    if (q->rows == NULL)
        clear_cells(p, q);
    if (q->ranked != NULL)
        memset(q->ranked, 0, p->m * sizeof *q->ranked);
    q->n = 0;
    q->total = 0;
}

static struct cci_pairs_queue *open_queue(const cci_pairs *p, int kind)
{
    const cocreate_allocator *a = &p->allocator;
    struct cci_pairs_queue *q = cci_alloc(a, 1, sizeof *q);
    if (q == NULL)
        return NULL;
    size_t cell = is_wide(p) ? sizeof(int16_t) : 1, near = NEAR_BYTES / (columns(p) * cell);
    q->room = near < 2 * CCI_COLUMNS_STEP ? 2 * CCI_COLUMNS_STEP
              : near < CCI_COLUMNS_MAX    ? near / (2 * CCI_COLUMNS_STEP) * 2 * CCI_COLUMNS_STEP
                                          : CCI_COLUMNS_MAX;
    q->stride = q->room + CCI_COLUMNS_STEP; /* an odd number of cache lines */
    q->block = cci_alloc(a, columns(p) * q->stride * cell + CACHE_LINE, 1);
    q->weights = kind & MIXED ? cci_alloc(a, q->room, sizeof *q->weights) : NULL;
    q->digits = kind & MIXED ? cci_alloc(a, q->room, 1) : NULL;
    q->ranked = kind & PARTIAL ? cci_alloc(a, p->m, sizeof *q->ranked) : NULL;
    q->turn = is_wide(p) ? NULL : cci_columns_turn(p->cpu);
    q->rows = q->turn != NULL ? cci_alloc(a, CCI_ROWS, 2 * columns(p)) : NULL;
    int good = q->block != NULL && (q->turn == NULL || q->rows != NULL) &&
               (!(kind & MIXED) || (q->weights != NULL && q->digits != NULL)) &&
               (!(kind & PARTIAL) || q->ranked != NULL);
    if (!good) {
        free_queue(a, q);
        return NULL;
    }
    if (q->rows != NULL)
        memset(q->rows, INT8_MAX, CCI_ROWS * 2 * columns(p));
    q->cells = q->block + (CACHE_LINE - (uintptr_t)q->block % CACHE_LINE);
    clear_cells(p, q);
    return q;
}

/* The ranks of a ballot, from -128, `stride` bytes apart. */
static void write_ranks(const cci_electorate *e, size_t b, int8_t *restrict cells, size_t stride)
{
    size_t first = e->start[b], n = e->start[b + 1] - first;
    const uint8_t *words = e->words != NULL ? e->words + first : NULL;
    const uint32_t *options = words == NULL ? e->options + first : NULL;
    const int64_t *ranks = e->values != NULL ? e->values + first : NULL;
    if (words != NULL)
        for (size_t i = 0; i < n; i++)
            cells[(words[i] >> 1) * stride] = (int8_t)((int)i - 128);
    else if (ranks == NULL)
        for (size_t i = 0; i < n; i++)
            cells[options[i] * stride] = (int8_t)((int)i - 128);
    else
        for (size_t i = 0; i < n; i++)
            cells[options[i] * stride] = (int8_t)(ranks[i] - 129);
}

/* The same as a row, option i at 2 * i + 1. Written out, because a store for each option is all there
 * is to it. */
#define PUT(k) row[at[k]] = (uint8_t)(rank + k)
static inline void write_words(const uint8_t *restrict at, size_t n, uint8_t *restrict row)
{
    size_t i = 0;
    unsigned rank = 128;
    for (; i + 8 <= n; i += 8, at += 8, rank += 8)
        PUT(0), PUT(1), PUT(2), PUT(3), PUT(4), PUT(5), PUT(6), PUT(7);
    for (; i < n; i++, at++, rank++)
        PUT(0);
}
#undef PUT

#define PUT(k) row[2 * at[k] + 1] = (uint8_t)(rank + k)
static inline void write_options(const uint32_t *restrict at, size_t n, uint8_t *restrict row)
{
    size_t i = 0;
    unsigned rank = 128;
    for (; i + 8 <= n; i += 8, at += 8, rank += 8)
        PUT(0), PUT(1), PUT(2), PUT(3), PUT(4), PUT(5), PUT(6), PUT(7);
    for (; i < n; i++, at++, rank++)
        PUT(0);
}
#undef PUT

static inline void write_row(const cci_electorate *e, size_t b, uint8_t *row)
{
    size_t first = e->start[b], n = e->start[b + 1] - first;
    if (e->words != NULL)
        write_words(e->words + first, n, row);
    else if (e->values == NULL)
        write_options(e->options + first, n, row);
    else
        write_ranks(e, b, (int8_t *)row + 1, 2);
}

static void write_wide_ranks(const cci_electorate *e, size_t b, int16_t *cells, size_t stride)
{
    size_t first = e->start[b], n = e->start[b + 1] - first;
    for (size_t i = 0; i < n; i++)
        cells[e->options[first + i] * stride] =
            (int16_t)(e->values != NULL ? e->values[first + i] : (int64_t)i + 1);
}

static void write_cells(const cci_pairs *p, struct cci_pairs_queue *q, const cci_electorate *e,
                        size_t b)
{
    if (is_wide(p)) {
        write_wide_ranks(e, b, (int16_t *)(void *)q->cells + q->n, q->stride);
        return;
    }
    if (q->turn == NULL) {
        write_ranks(e, b, (int8_t *)q->cells + q->n, q->stride);
        return;
    }
    size_t width = columns(p), row = q->n % CCI_ROWS;
    if (q->ranked != NULL) /* partial: else all is overwritten */
        memset(q->rows + row * 2 * width, INT8_MAX, 2 * width);
    write_row(e, b, q->rows + row * 2 * width);
    if (row + 1 == CCI_ROWS)
        q->turn(q->rows, width, q->cells + (q->n + 1 - CCI_ROWS), q->stride);
}

/* Turn the rows that wait, and others that rank nothing. */
static void write_rest(const cci_pairs *p, struct cci_pairs_queue *q)
{
    size_t width = columns(p), row = q->n % CCI_ROWS;
    if (q->turn == NULL || row == 0)
        return;
    memset(q->rows + row * 2 * width, INT8_MAX, (CCI_ROWS - row) * 2 * width);
    q->turn(q->rows, width, q->cells + (q->n - row), q->stride);
}

/* What one call of the kernel found: counts or sums of digits of a block of pairs, each worth
 * `factor`. A pair of the same candidate, or of none, says nothing. */
static void add_block(cci_pairs *p, const uint32_t *found, size_t a, size_t b, int partial,
                      int64_t factor)
{
    for (size_t i = a; i < a + CCI_COLUMNS_A && i < p->m; i++)
        for (size_t j = b; j < b + CCI_COLUMNS_B && j < p->m; j++) {
            int64_t wins = (int64_t)found[(i - a) * CCI_COLUMNS_B + (j - b)] * factor;
            if (partial) {
                p->before[j * p->m + i] -= wins;
            } else if (i < j) {
                p->before[i * p->m + j] += wins;
                p->before[j * p->m + i] -= wins;
            }
        }
}

static void compare(cci_pairs *p, const struct cci_pairs_queue *q, int partial,
                    const uint8_t *digits, int64_t factor)
{
    size_t cell = is_wide(p) ? sizeof(int16_t) : 1, column = q->stride * cell;
    size_t n = steps(q);
    cci_count_pairs *count = is_wide(p) ? cci_columns_16(p->cpu) : cci_columns_8(p->cpu);
    uint32_t found[CCI_COLUMNS_A * CCI_COLUMNS_B];
    for (size_t a = 0; a < p->m; a += CCI_COLUMNS_A)
        for (size_t b = partial ? 0 : a; b < p->m; b += CCI_COLUMNS_B) {
            count(q->cells + a * column, q->cells + b * column, q->stride, n, digits, found);
            add_block(p, found, a, b, partial, factor);
        }
}

/* One comparison for each digit that any weight has. */
static void compare_digits(cci_pairs *p, struct cci_pairs_queue *q, int partial)
{
    for (unsigned shift = 0; shift < 64; shift += 8) {
        uint8_t any = 0;
        for (size_t i = 0; i < q->n; i++) {
            q->digits[i] = (uint8_t)((uint64_t)q->weights[i] >> shift);
            any |= q->digits[i];
        }
        memset(q->digits + q->n, 0, q->room - q->n);
        if (any)
            compare(p, q, partial, q->digits, (int64_t)1 << shift);
    }
}

/* Of what the candidates have at most, the comparisons take away what the other one wins. */
static void flush(cci_pairs *p, int kind)
{
    struct cci_pairs_queue *q = p->queues[kind];
    if (q == NULL || q->n == 0)
        return;
    int partial = kind & PARTIAL;
    write_rest(p, q);
    clear_rest(p, q);
    for (size_t i = 0; i < p->m; i++)
        for (size_t j = 0; j < p->m; j++)
            if (partial && i != j)
                p->before[i * p->m + j] += q->ranked[j];
            else if (i > j)
                p->before[i * p->m + j] += q->total;
    if (kind & MIXED)
        compare_digits(p, q, partial);
    else
        compare(p, q, partial, NULL, q->weight);
    clear_queue(p, q);
}

/* -- Ballots ---------------------------------------------------------------------------------- */

static size_t triangle_size(size_t m)
{
    return m > 0 ? m * (m - 1) / 2 : 0;
}

static size_t triangle(uint32_t a, uint32_t b)
{
    size_t high = a > b ? a : b, low = a > b ? b : a;
    return high * (high - 1) / 2 + low;
}

/* Count the pairs within equal ranks. `queued`: which kind of queue counts the ballot too, and takes
 * those pairs for wins, or -1. */
static cocreate_status add_tied(cci_pairs *p, const cci_electorate *e, size_t b, int queued,
                                cocreate_error *error)
{
    size_t end = e->start[b + 1], m = p->m;
    int64_t weight = e->weights[b];
    if (p->tied == NULL)
        p->tied = cci_alloc(&p->allocator, triangle_size(m), sizeof *p->tied);
    if (p->tied == NULL)
        return cci_no_memory(error);
    for (size_t i = e->start[b]; i < end;) {
        size_t stop = cci_rank_end(e, i, end);
        for (; i < stop; i++)
            for (size_t j = i + 1; j < stop; j++) { /* ascending within a rank */
                uint32_t low = e->options[i], high = e->options[j];
                p->tied[triangle(low, high)] += weight;
                if (queued >= 0)
                    p->before[high * m + low] -= weight;
                if (queued >= 0 && queued & PARTIAL)
                    p->before[low * m + high] -= weight;
            }
    }
    return COCREATE_OK;
}

/* Put a ballot into the queue of its kind. Where it is the first of a queue its weight is that of
 * those to come; both queues are counted at once, so that the next first one has its chance. */
static cocreate_status enqueue(cci_pairs *p, const cci_electorate *e, size_t b, int partial,
                               cocreate_error *error)
{
    int64_t weight = e->weights[b];
    struct cci_pairs_queue *q = p->queues[partial];
    int kind = q == NULL || q->n == 0 || q->weight == weight ? partial : partial | MIXED;
    if (p->queues[kind] == NULL)
        p->queues[kind] = open_queue(p, kind);
    q = p->queues[kind];
    if (q == NULL)
        return cci_no_memory(error);
    write_cells(p, q, e, b);
    if (kind & MIXED)
        q->weights[q->n] = weight;
    else
        q->weight = weight;
    q->total += weight;
    for (size_t i = e->start[b]; partial && i < e->start[b + 1]; i++)
        q->ranked[cci_option_at(e, i)] += weight;
    if (++q->n == q->room) {
        flush(p, partial);
        flush(p, partial | MIXED);
    }
    return e->values != NULL ? add_tied(p, e, b, partial, error) : COCREATE_OK;
}

/* Put ballots from b on into the queue of those that rank all, while they are like the ones in it and
 * tie none; most are. Returns the first that was not put there. */
static size_t enqueue_alike(cci_pairs *p, const cci_electorate *e, size_t b, size_t last)
{
    struct cci_pairs_queue *q = p->queues[0];
    if (q == NULL || q->rows == NULL || q->n == 0 || e->values != NULL)
        return b;
    size_t width = columns(p), m = p->m, first = b;
    int64_t weight = q->weight;
    for (; b < last && e->start[b + 1] - e->start[b] == m && e->weights[b] == weight; b++) {
        size_t row = q->n % CCI_ROWS;
        if (q->n + 1 == q->room) /* enqueue() counts what waits */
            break;
        write_row(e, b, q->rows + row * 2 * width);
        q->n++;
        if (row + 1 == CCI_ROWS)
            q->turn(q->rows, width, q->cells + (q->n - CCI_ROWS), q->stride);
    }
    q->total += weight * (int64_t)(b - first);
    p->complete += weight * (int64_t)(b - first);
    return b;
}

static cocreate_status add_short(cci_pairs *p, const cci_electorate *e, size_t b,
                                 cocreate_error *error)
{
    size_t end = e->start[b + 1];
    int64_t weight = e->weights[b];
    for (size_t i = e->start[b]; i < end;) {
        size_t stop = cci_rank_end(e, i, end);
        for (; i < stop; i++) {
            int64_t *row = p->before + e->options[i] * p->m;
            p->ranked[e->options[i]] += weight;
            for (size_t j = stop; j < end; j++)
                row[e->options[j]] += weight;
        }
    }
    return e->values != NULL ? add_tied(p, e, b, -1, error) : COCREATE_OK;
}

/* The same without equal ranks, which is the most common ballot by far. */
static inline void add_strict(cci_pairs *p, const uint32_t *options, size_t n, int64_t weight)
{
    for (size_t i = 0; i < n; i++) {
        int64_t *row = p->before + options[i] * p->m;
        p->ranked[options[i]] += weight;
        for (size_t j = i + 1; j < n; j++)
            row[options[j]] += weight;
    }
}

/* So many options have words of one byte. */
#define WORD_OPTIONS 128

static void add_words(cci_pairs *p, const cci_electorate *e, size_t b)
{
    uint32_t options[WORD_OPTIONS];
    size_t first = e->start[b], n = e->start[b + 1] - first;
    assert(n <= WORD_OPTIONS);
    for (size_t i = 0; i < n; i++)
        options[i] = (uint32_t)e->words[first + i] >> 1;
    add_strict(p, options, n, e->weights[b]);
}

/* Is a ballot of n ranks quicker compared in columns? A pair costs there about a COLUMN_GAIN-th. */
#define COLUMN_GAIN 32
#define COLUMN_RANKS 8

static int is_long(const cci_pairs *p, size_t n)
{
    return n > COLUMN_RANKS && n * (n - 1) / 2 > p->m * (p->m - 1) / COLUMN_GAIN;
}

cocreate_status cci_pairs_add(cci_pairs *p, const cci_electorate *e, size_t first, size_t last,
                              cocreate_error *error)
{
    int few = last - first < CCI_COLUMNS_STEP; /* not worth a column */
    for (size_t b = first; b < last; b++) {
        size_t n = e->start[b + 1] - e->start[b];
        int64_t weight = e->weights[b];
        if (weight == 0)
            continue;
        if (!few && n == p->m) {
            p->complete += weight;
            CCI_TRY(enqueue(p, e, b, 0, error));
            b = enqueue_alike(p, e, b + 1, last) - 1;
        } else if (!few && is_long(p, n)) {
            for (size_t i = e->start[b]; i < e->start[b + 1]; i++)
                p->ranked[cci_option_at(e, i)] += weight;
            CCI_TRY(enqueue(p, e, b, PARTIAL, error));
        } else if (e->words != NULL) {
            add_words(p, e, b);
        } else if (e->values == NULL) {
            add_strict(p, e->options + e->start[b], n, weight);
        } else {
            CCI_TRY(add_short(p, e, b, error));
        }
    }
    return COCREATE_OK;
}

void cci_pairs_settle(cci_pairs *p)
{
    for (int kind = 0; kind < 4; kind++)
        flush(p, kind);
    for (size_t a = 0; a < p->m; a++)
        p->ranked[a] += p->complete;
    p->complete = 0;
}

/* -- Settled pairs ---------------------------------------------------------------------------- */

cocreate_status cci_pairs_join(cci_pairs *p, const cci_pairs *other, int sign,
                               cocreate_error *error)
{
    assert(p->m == other->m);
    if (other->tied != NULL && p->tied == NULL) {
        p->tied = cci_alloc(&p->allocator, triangle_size(p->m), sizeof *p->tied);
        if (p->tied == NULL)
            return cci_no_memory(error);
    }
    for (size_t i = 0; i < p->m * p->m; i++)
        p->before[i] += sign * other->before[i];
    for (size_t i = 0; i < p->m; i++)
        p->ranked[i] += sign * other->ranked[i];
    for (size_t i = 0; other->tied != NULL && i < triangle_size(p->m); i++)
        p->tied[i] += sign * other->tied[i];
    return COCREATE_OK;
}

cocreate_status cci_pairs_copy(const cci_pairs *p, cci_pairs *out, cocreate_error *error)
{
    cocreate_status status = cci_pairs_init(out, &p->allocator, p->m, p->cpu, error);
    if (status == COCREATE_OK)
        status = cci_pairs_join(out, p, 1, error);
    if (status != COCREATE_OK)
        cci_pairs_free(out);
    return status;
}

void cci_pairs_matrix(const cci_pairs *p, int bottom, int64_t *out)
{
    size_t m = p->m;
    for (size_t a = 0; a < m; a++) {
        out[a * m + a] = 0;
        for (size_t b = 0; b < a; b++) {
            int64_t there = p->before[a * m + b], back = p->before[b * m + a];
            int64_t tied = p->tied != NULL ? p->tied[a * (a - 1) / 2 + b] : 0;
            out[a * m + b] = bottom ? p->ranked[a] - back - tied : there;
            out[b * m + a] = bottom ? p->ranked[b] - there - tied : back;
        }
    }
}
