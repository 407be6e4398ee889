/* The kernel of strongest paths, for one width of cells. Included by tiles_u16.c and tiles_u32.c,
 * which define
 *   CELL                    the type of a cell
 *   CLOSE                   the name of the function to define
 *   LANES, MIN, MAX, SPLAT  for AVX2: cells of a vector, and the intrinsics
 *
 * Floyd-Warshall on (max, min) in tiles (Venkataraman, Sahni & Mukhopadhyaya 2003): for each k the
 * tile (k, k), then row and column k, then all others. A tile is contiguous, so that rows of it
 * never fall onto the same cache set. Since max and min are idempotent, a tile of row or column k
 * may be updated while it is read: it only ever holds strengths of real paths. */
#include "ranking/condorcet/paths.h"

#define CELLS ((size_t)CCI_TILE * CCI_TILE)

/* c[i][j] = max(c[i][j], min(a[i][k], b[k][j])), all k for one i at a time. */
static void product_base(CELL *c, const CELL *a, const CELL *b)
{
    for (size_t i = 0; i < CCI_TILE; i++) {
        CELL row[CCI_TILE];
        for (size_t j = 0; j < CCI_TILE; j++)
            row[j] = c[i * CCI_TILE + j];
        for (size_t k = 0; k < CCI_TILE; k++) {
            CELL link = a[i * CCI_TILE + k];
            for (size_t j = 0; j < CCI_TILE; j++) {
                CELL path = b[k * CCI_TILE + j] < link ? b[k * CCI_TILE + j] : link;
                row[j] = row[j] < path ? path : row[j];
            }
        }
        for (size_t j = 0; j < CCI_TILE; j++)
            c[i * CCI_TILE + j] = row[j];
    }
}

#ifdef CCI_HAVE_AVX2
#define ROW (CCI_TILE / LANES)

/* The same with a row of c in registers. Same integers: max and min round nothing. */
__attribute__((target("avx2"))) static void product_avx2(CELL *c, const CELL *a, const CELL *b)
{
    for (size_t i = 0; i < CCI_TILE; i++) {
        __m256i row[ROW];
        for (size_t v = 0; v < ROW; v++)
            row[v] = _mm256_loadu_si256((const __m256i *)(c + i * CCI_TILE + v * LANES));
        for (size_t k = 0; k < CCI_TILE; k++) {
            __m256i link = SPLAT(a[i * CCI_TILE + k]);
            for (size_t v = 0; v < ROW; v++) {
                __m256i path =
                    _mm256_loadu_si256((const __m256i *)(b + k * CCI_TILE + v * LANES));
                row[v] = MAX(row[v], MIN(path, link));
            }
        }
        for (size_t v = 0; v < ROW; v++)
            _mm256_storeu_si256((__m256i *)(c + i * CCI_TILE + v * LANES), row[v]);
    }
}
#endif

/* Within one tile the order of k counts. */
static void close_tile(CELL *c)
{
    for (size_t k = 0; k < CCI_TILE; k++)
        for (size_t i = 0; i < CCI_TILE; i++) {
            CELL link = c[i * CCI_TILE + k];
            for (size_t j = 0; j < CCI_TILE; j++) {
                CELL path = c[k * CCI_TILE + j] < link ? c[k * CCI_TILE + j] : link;
                c[i * CCI_TILE + j] = c[i * CCI_TILE + j] < path ? path : c[i * CCI_TILE + j];
            }
        }
}

cocreate_status CLOSE(CELL *cells, size_t tiles, cci_cpu cpu, const cci_run *run,
                      cocreate_error *error)
{
    void (*product)(CELL *, const CELL *, const CELL *) = product_base;
#ifdef CCI_HAVE_AVX2
    if (cpu != CCI_CPU_BASE && __builtin_cpu_supports("avx2"))
        product = product_avx2;
#else
    (void)cpu;
#endif
    for (size_t k = 0; k < tiles; k++) {
        CELL *pivot = cells + (k * tiles + k) * CELLS;
        if (run != NULL)
            CCI_TRY(cci_run_progress(run, k, tiles, error));
        close_tile(pivot);
        for (size_t i = 0; i < tiles; i++) {
            CELL *in_row = cells + (k * tiles + i) * CELLS;
            CELL *in_column = cells + (i * tiles + k) * CELLS;
            if (i != k) {
                product(in_row, pivot, in_row);
                product(in_column, in_column, pivot);
            }
        }
        for (size_t i = 0; i < tiles; i++)
            for (size_t j = 0; j < tiles; j++)
                if (i != k && j != k)
                    product(cells + (i * tiles + j) * CELLS, cells + (i * tiles + k) * CELLS,
                            cells + (k * tiles + j) * CELLS);
    }
    return COCREATE_OK;
}
