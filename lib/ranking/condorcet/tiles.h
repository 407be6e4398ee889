/* The kernel of strongest paths, for one width of cells. Included by tiles_16.c and tiles_32.c,
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

/* Within one tile the order of k counts. Step k leaves row k as it is. */
static void close_base(CELL *c)
{
    for (size_t k = 0; k < CCI_TILE; k++) {
        CELL row[CCI_TILE];
        for (size_t j = 0; j < CCI_TILE; j++)
            row[j] = c[k * CCI_TILE + j];
        for (size_t i = 0; i < CCI_TILE; i++) {
            CELL link = c[i * CCI_TILE + k], *to = c + i * CCI_TILE;
            for (size_t j = 0; j < CCI_TILE; j++) {
                CELL path = row[j] < link ? row[j] : link;
                to[j] = to[j] < path ? path : to[j];
            }
        }
    }
}

#ifdef CCI_HAVE_AVX2
#define LOAD(at) _mm256_loadu_si256((const __m256i *)(at))
#define STORE(at, v) _mm256_storeu_si256((__m256i *)(at), v)

/* The same in registers: two rows of c by four vectors, so that each load of b serves twice.
 * Written out, because compilers at -O2 keep arrays of vectors in memory. */
CCI_AVX2 static void strip_avx2(CELL *c, const CELL *a, const CELL *b)
{
    CELL *d = c + CCI_TILE;
    const CELL *e = a + CCI_TILE;
    __m256i c0 = LOAD(c), c1 = LOAD(c + LANES), c2 = LOAD(c + 2 * LANES), c3 = LOAD(c + 3 * LANES);
    __m256i d0 = LOAD(d), d1 = LOAD(d + LANES), d2 = LOAD(d + 2 * LANES), d3 = LOAD(d + 3 * LANES);
    for (size_t k = 0; k < CCI_TILE; k++, b += CCI_TILE) {
        __m256i x = SPLAT(a[k]), y = SPLAT(e[k]);
        __m256i b0 = LOAD(b), b1 = LOAD(b + LANES);
        c0 = MAX(c0, MIN(b0, x));
        d0 = MAX(d0, MIN(b0, y));
        c1 = MAX(c1, MIN(b1, x));
        d1 = MAX(d1, MIN(b1, y));
        __m256i b2 = LOAD(b + 2 * LANES), b3 = LOAD(b + 3 * LANES);
        c2 = MAX(c2, MIN(b2, x));
        d2 = MAX(d2, MIN(b2, y));
        c3 = MAX(c3, MIN(b3, x));
        d3 = MAX(d3, MIN(b3, y));
    }
    STORE(c, c0), STORE(c + LANES, c1), STORE(c + 2 * LANES, c2), STORE(c + 3 * LANES, c3);
    STORE(d, d0), STORE(d + LANES, d1), STORE(d + 2 * LANES, d2), STORE(d + 3 * LANES, d3);
}

CCI_AVX2 static void product_avx2(CELL *c, const CELL *a, const CELL *b)
{
    for (size_t i = 0; i < CCI_TILE; i += 2)
        for (size_t j = 0; j < CCI_TILE; j += 4 * LANES)
            strip_avx2(c + i * CCI_TILE + j, a + i * CCI_TILE, b + j);
}

CCI_AVX2 static void close_avx2(CELL *c)
{
    for (size_t k = 0; k < CCI_TILE; k++)
        for (size_t i = 0; i < CCI_TILE; i++) {
            __m256i link = SPLAT(c[i * CCI_TILE + k]);
            for (size_t j = 0; j < CCI_TILE; j += LANES) {
                CELL *to = c + i * CCI_TILE + j;
                STORE(to, MAX(LOAD(to), MIN(LOAD(c + k * CCI_TILE + j), link)));
            }
        }
}
#endif

cocreate_status CLOSE(CELL *cells, size_t tiles, cci_cpu cpu, const cci_run *run,
                      cocreate_error *error)
{
    void (*product)(CELL *, const CELL *, const CELL *) = product_base;
    void (*close)(CELL *) = close_base;
#ifdef CCI_HAVE_AVX2
    if (cci_use_avx2(cpu)) {
        product = product_avx2;
        close = close_avx2;
    }
#else
    (void)cpu;
#endif
    for (size_t k = 0; k < tiles; k++) {
        CELL *pivot = cells + (k * tiles + k) * CELLS;
        if (run != NULL)
            CCI_TRY(cci_run_progress(run, k, tiles, error));
        close(pivot);
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
