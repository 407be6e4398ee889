/* Strongest paths: for every pair the path whose weakest link is strongest. */
#ifndef CCI_RANKING_CONDORCET_PATHS_H
#define CCI_RANKING_CONDORCET_PATHS_H

#include "base/cpu.h"
#include "ranking/method.h"

/* In place: links[a * m + b] >= 0, 0 = no link, becomes the strength of the strongest path from a
 * to b. The diagonal becomes 0. `run` reports progress and may be NULL. O(m^3).
 * COCREATE_ERR_MEMORY or COCREATE_ERR_CANCELLED, and then links are as they were. */
cocreate_status cci_strongest_paths(const cocreate_allocator *a, int64_t *links, size_t m,
                                    cci_cpu cpu, const cci_run *run, cocreate_error *error);

/* The same on cells of 16 or 32 bits, in tiles of CCI_TILE^2 cells: tile (i, j) of a square of
 * `tiles` stands whole at (i * tiles + j) * CCI_TILE^2. Cells are signed, because vectors of the
 * oldest processors compare signed numbers; the least number is no link. */
#define CCI_TILE 64
cocreate_status cci_close_tiles_16(int16_t *cells, size_t tiles, cci_cpu cpu, const cci_run *run,
                                   cocreate_error *error);
cocreate_status cci_close_tiles_32(int32_t *cells, size_t tiles, cci_cpu cpu, const cci_run *run,
                                   cocreate_error *error);

#endif
