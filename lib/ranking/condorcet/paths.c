/* Strongest paths of a matrix of weights: choose the narrowest cells that hold them exactly. */
#include "ranking/condorcet/paths.h"

#include <stdlib.h>

/* Weights may be replaced by their rank among the distinct ones, which changes no comparison, so that
 * they fit narrower cells; `distinct` turns the ranks back. */
struct scale {
    int64_t *distinct; /* NULL where weights stand for themselves */
    uint32_t *ranks;   /* of every weight from `least`, or NULL: find it in `distinct` */
    size_t count;
    int64_t least, largest; /* of the links, 0 apart; largest as a cell */
};

static int compare_i64(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void find_extremes(const int64_t *links, size_t n, struct scale *out)
{
    out->least = INT64_MAX;
    for (size_t i = 0; i < n; i++) {
        assert(links[i] >= 0);
        if (links[i] > out->largest)
            out->largest = links[i];
        if (links[i] > 0 && links[i] < out->least)
            out->least = links[i];
    }
}

/* Weights close to each other, as those of large electorates are: mark which there are. */
static cocreate_status rank_by_table(const cocreate_allocator *a, const int64_t *links, size_t n,
                                     struct scale *s, cocreate_error *error)
{
    size_t range = (size_t)(s->largest - s->least) + 1;
    s->ranks = cci_alloc(a, range, sizeof *s->ranks);
    if (s->ranks == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i++)
        if (links[i] > 0)
            s->ranks[links[i] - s->least] = 1;
    s->count = 1; /* 0 is no link */
    for (size_t i = 0; i < range; i++)
        s->count += s->ranks[i];
    s->distinct = cci_alloc(a, s->count, sizeof *s->distinct);
    if (s->distinct == NULL)
        return cci_no_memory(error);
    s->count = 1;
    for (size_t i = 0; i < range; i++)
        if (s->ranks[i]) {
            s->ranks[i] = (uint32_t)s->count;
            s->distinct[s->count++] = s->least + (int64_t)i;
        }
    return COCREATE_OK;
}

static cocreate_status rank_by_sorting(const cocreate_allocator *a, const int64_t *links, size_t n,
                                       struct scale *s, cocreate_error *error)
{
    s->distinct = cci_alloc(a, n + 1, sizeof *s->distinct);
    if (s->distinct == NULL)
        return cci_no_memory(error);
    s->distinct[0] = 0; /* no link stays 0 */
    for (size_t i = 0; i < n; i++)
        s->distinct[i + 1] = links[i];
    qsort(s->distinct, n + 1, sizeof *s->distinct, compare_i64); /* equal keys are equal */
    for (size_t i = 0; i <= n; i++)
        if (i == 0 || s->distinct[i] != s->distinct[s->count - 1])
            s->distinct[s->count++] = s->distinct[i];
    return COCREATE_OK;
}

static void free_scale(const cocreate_allocator *a, struct scale *s)
{
    cci_free(a, s->distinct);
    cci_free(a, s->ranks);
}

static cocreate_status make_scale(const cocreate_allocator *a, const int64_t *links, size_t m,
                                  struct scale *out, cocreate_error *error)
{
    size_t n = m * m;
    cocreate_status status = COCREATE_OK;
    find_extremes(links, n, out);
    if (out->largest <= UINT16_MAX)
        return COCREATE_OK;
    if ((uint64_t)(out->largest - out->least) <= 4 * (uint64_t)n)
        status = rank_by_table(a, links, n, out, error);
    else if (out->largest > UINT32_MAX)
        status = rank_by_sorting(a, links, n, out, error);
    if (out->distinct != NULL)
        out->largest = (int64_t)out->count - 1;
    if (status != COCREATE_OK)
        free_scale(a, out);
    return status;
}

static int64_t to_cell(const struct scale *s, int64_t weight)
{
    if (s->distinct == NULL || weight == 0)
        return weight;
    if (s->ranks != NULL)
        return s->ranks[weight - s->least];
    size_t low = 0, high = s->count - 1;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->distinct[middle] < weight)
            low = middle + 1;
        else
            high = middle;
    }
    return (int64_t)low;
}

/* Where row i of the tiles of column j begins. */
static size_t strip(size_t i, size_t j, size_t tiles)
{
    return ((i / CCI_TILE * tiles + j / CCI_TILE) * CCI_TILE + i % CCI_TILE) * CCI_TILE;
}

/* Vectors that begin on cache lines stay on them. */
#define CACHE_LINE 64

/* Lay the links out in tiles, close them, and read the paths back, for one width of cells. No link,
 * which is 0, becomes the least cell. */
#define DEFINE_CLOSE(width)                                                                       \
    static void lay_##width(const int64_t *links, size_t m, const struct scale *s,                \
                            int##width##_t *cells, size_t tiles)                                  \
    {                                                                                             \
        for (size_t i = 0; i < tiles * tiles * CCI_TILE * CCI_TILE; i++)                          \
            cells[i] = INT##width##_MIN;                                                          \
        for (size_t i = 0; i < m; i++)                                                            \
            for (size_t j = 0; j < m; j += CCI_TILE) {                                            \
                size_t n = m - j < CCI_TILE ? m - j : CCI_TILE;                                   \
                int##width##_t *to = cells + strip(i, j, tiles);                                  \
                const int64_t *from = links + i * m + j;                                          \
                for (size_t k = 0; k < n; k++)                                                    \
                    to[k] = (int##width##_t)(to_cell(s, from[k]) + INT##width##_MIN);             \
                if (i - j < n) /* on the diagonal; i < j wraps */                                 \
                    to[i - j] = INT##width##_MIN;                                                 \
            }                                                                                     \
    }                                                                                             \
                                                                                                  \
    static void read_##width(const int##width##_t *cells, size_t tiles, size_t m,                 \
                             const struct scale *s, int64_t *paths)                               \
    {                                                                                             \
        for (size_t i = 0; i < m; i++)                                                            \
            for (size_t j = 0; j < m; j += CCI_TILE) {                                            \
                size_t n = m - j < CCI_TILE ? m - j : CCI_TILE;                                   \
                const int##width##_t *from = cells + strip(i, j, tiles);                          \
                int64_t *to = paths + i * m + j;                                                  \
                for (size_t k = 0; k < n; k++) {                                                  \
                    int64_t cell = (int64_t)from[k] - INT##width##_MIN;                           \
                    to[k] = s->distinct != NULL ? s->distinct[cell] : cell;                       \
                }                                                                                 \
                if (i - j < n) /* on the diagonal; i < j wraps */                                 \
                    to[i - j] = 0;                                                                \
            }                                                                                     \
    }                                                                                             \
                                                                                                  \
    static cocreate_status close_##width(const cocreate_allocator *a, int64_t *links, size_t m,   \
                                         const struct scale *s, cci_cpu cpu, const cci_run *run,  \
                                         cocreate_error *error)                                   \
    {                                                                                             \
        size_t tiles = (m + CCI_TILE - 1) / CCI_TILE;                                             \
        size_t bytes = tiles * tiles * CCI_TILE * CCI_TILE * sizeof(int##width##_t);              \
        uint8_t *block = cci_realloc(a, NULL, bytes + CACHE_LINE, 1); /* every cell is set */     \
        if (block == NULL)                                                                        \
            return cci_no_memory(error);                                                          \
        int##width##_t *cells = (void *)(block + CACHE_LINE - (uintptr_t)block % CACHE_LINE);     \
        lay_##width(links, m, s, cells, tiles);                                                   \
        cocreate_status status = cci_close_tiles_##width(cells, tiles, cpu, run, error);          \
        if (status == COCREATE_OK)                                                                \
            read_##width(cells, tiles, m, s, links);                                              \
        cci_free(a, block);                                                                       \
        return status;                                                                            \
    }

DEFINE_CLOSE(16)
DEFINE_CLOSE(32)

cocreate_status cci_strongest_paths(const cocreate_allocator *a, int64_t *links, size_t m,
                                    cci_cpu cpu, const cci_run *run, cocreate_error *error)
{
    struct scale scale = {.count = 0};
    CCI_TRY(make_scale(a, links, m, &scale, error));
    cocreate_status status = scale.largest <= UINT16_MAX
                                 ? close_16(a, links, m, &scale, cpu, run, error)
                                 : close_32(a, links, m, &scale, cpu, run, error);
    free_scale(a, &scale);
    return status;
}
