/* Strongest paths of a matrix of weights: choose the narrowest cells that hold them exactly. */
#include "ranking/condorcet/paths.h"

#include <stdlib.h>

/* Weights that fit no cell are replaced by their rank among the distinct ones, which changes no
 * comparison; `distinct` turns the ranks back. NULL where weights stand for themselves. */
struct scale {
    int64_t *distinct;
    size_t count;
    int64_t largest; /* cell value */
};

static int compare_i64(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static cocreate_status make_scale(const cocreate_allocator *a, const int64_t *links, size_t m,
                                  struct scale *out, cocreate_error *error)
{
    size_t n = m * m;
    for (size_t i = 0; i < n; i++) {
        assert(links[i] >= 0);
        if (links[i] > out->largest)
            out->largest = links[i];
    }
    if (out->largest <= UINT32_MAX)
        return COCREATE_OK;
    out->distinct = cci_alloc(a, n + 1, sizeof *out->distinct);
    if (out->distinct == NULL)
        return cci_no_memory(error);
    out->distinct[0] = 0; /* no link stays 0 */
    for (size_t i = 0; i < n; i++)
        out->distinct[i + 1] = links[i];
    qsort(out->distinct, n + 1, sizeof *out->distinct, compare_i64); /* equal keys are equal */
    for (size_t i = 0; i <= n; i++)
        if (i == 0 || out->distinct[i] != out->distinct[out->count - 1])
            out->distinct[out->count++] = out->distinct[i];
    out->largest = (int64_t)out->count - 1;
    return COCREATE_OK;
}

static uint32_t to_cell(const struct scale *s, int64_t weight)
{
    size_t low = 0, high = s->count - 1;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->distinct[middle] < weight)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)low;
}

/* Where row i of the tiles of column j begins. */
static size_t strip(size_t i, size_t j, size_t tiles)
{
    return ((i / CCI_TILE * tiles + j / CCI_TILE) * CCI_TILE + i % CCI_TILE) * CCI_TILE;
}

/* Lay the links out in tiles, close them, and read the paths back, for one width of cells. */
#define DEFINE_CLOSE(width)                                                                       \
    static void lay_u##width(const int64_t *links, size_t m, const struct scale *s,               \
                             uint##width##_t *cells, size_t tiles)                                \
    {                                                                                             \
        for (size_t i = 0; i < m; i++)                                                            \
            for (size_t j = 0; j < m; j += CCI_TILE) {                                            \
                size_t n = m - j < CCI_TILE ? m - j : CCI_TILE;                                   \
                uint##width##_t *to = cells + strip(i, j, tiles);                                 \
                const int64_t *from = links + i * m + j;                                          \
                for (size_t k = 0; k < n; k++)                                                    \
                    to[k] = (uint##width##_t)(s->distinct != NULL ? to_cell(s, from[k])           \
                                                                  : (uint32_t)from[k]);           \
                if (i - j < n) /* on the diagonal; i < j wraps */                                 \
                    to[i - j] = 0;                                                                \
            }                                                                                     \
    }                                                                                             \
                                                                                                  \
    static void read_u##width(const uint##width##_t *cells, size_t tiles, size_t m,               \
                              const struct scale *s, int64_t *paths)                              \
    {                                                                                             \
        for (size_t i = 0; i < m; i++)                                                            \
            for (size_t j = 0; j < m; j += CCI_TILE) {                                            \
                size_t n = m - j < CCI_TILE ? m - j : CCI_TILE;                                   \
                const uint##width##_t *from = cells + strip(i, j, tiles);                         \
                int64_t *to = paths + i * m + j;                                                  \
                for (size_t k = 0; k < n; k++)                                                    \
                    to[k] = s->distinct != NULL ? s->distinct[from[k]] : (int64_t)from[k];        \
                if (i - j < n) /* on the diagonal; i < j wraps */                                 \
                    to[i - j] = 0;                                                                \
            }                                                                                     \
    }                                                                                             \
                                                                                                  \
    static cocreate_status close_u##width(const cocreate_allocator *a, int64_t *links, size_t m, \
                                          const struct scale *s, cci_cpu cpu, const cci_run *run, \
                                          cocreate_error *error)                                  \
    {                                                                                             \
        size_t tiles = (m + CCI_TILE - 1) / CCI_TILE;                                             \
        uint##width##_t *cells = cci_alloc(a, tiles * tiles * CCI_TILE * CCI_TILE,                \
                                           sizeof *cells);                                        \
        if (cells == NULL)                                                                        \
            return cci_no_memory(error);                                                          \
        lay_u##width(links, m, s, cells, tiles);                                                  \
        cocreate_status status = cci_close_tiles_u##width(cells, tiles, cpu, run, error);         \
        if (status == COCREATE_OK)                                                                \
            read_u##width(cells, tiles, m, s, links);                                             \
        cci_free(a, cells);                                                                       \
        return status;                                                                            \
    }

DEFINE_CLOSE(16)
DEFINE_CLOSE(32)

cocreate_status cci_strongest_paths(const cocreate_allocator *a, int64_t *links, size_t m,
                                    cci_cpu cpu, const cci_run *run, cocreate_error *error)
{
    struct scale scale = {NULL, 0, 0};
    CCI_TRY(make_scale(a, links, m, &scale, error));
    cocreate_status status = scale.largest <= UINT16_MAX
                                 ? close_u16(a, links, m, &scale, cpu, run, error)
                                 : close_u32(a, links, m, &scale, cpu, run, error);
    cci_free(a, scale.distinct);
    return status;
}
