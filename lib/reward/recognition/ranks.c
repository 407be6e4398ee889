#include "reward/recognition/ranks.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cocreate/mechanisms.h"

const char *const cci_ranks_names[] = {"competition", "modified", "dense", "fractional", "ordinal",
                                       NULL};

int64_t cci_twice_rank(int ranks, cci_tied tie, size_t i)
{
    switch (ranks) {
    case CCI_RANKS_MODIFIED: return 2 * (int64_t)(tie.first + tie.size);
    case CCI_RANKS_DENSE: return 2 * (int64_t)(tie.before + 1);
    case CCI_RANKS_FRACTIONAL: return (int64_t)(2 * tie.first + tie.size + 1);
    case CCI_RANKS_ORDINAL: return 2 * (int64_t)(tie.first + i + 1);
    default: return 2 * (int64_t)(tie.first + 1);
    }
}

typedef struct row {
    int64_t score, key;
    size_t index;
} row;

static int best_first(const void *a, const void *b)
{
    const row *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static void number(int ranks, const row *rows, size_t n, int64_t *twice_ranks)
{
    cci_tied tie = {0, 0, 0};
    for (; tie.first < n; tie.first += tie.size, tie.before++) {
        tie.size = 1;
        while (tie.first + tie.size < n &&
               rows[tie.first + tie.size].score == rows[tie.first].score)
            tie.size++;
        for (size_t i = 0; i < tie.size; i++)
            twice_ranks[rows[tie.first + i].index] = cci_twice_rank(ranks, tie, i);
    }
}

cocreate_status cocreate_leaderboard_ranks(const int64_t *scores, const int64_t *order, size_t n,
                                           const char *ranks, int64_t *twice_ranks,
                                           cocreate_error *error)
{
    cocreate_allocator a = cci_allocator(NULL);
    size_t kept = 0;
    int way = 0;
    while (ranks != NULL && cci_ranks_names[way] != NULL && strcmp(cci_ranks_names[way], ranks) != 0)
        way++;
    if (cci_ranks_names[way] == NULL)
        return cci_fail_about(error, COCREATE_ERR_ARGUMENT, ranks,
                              "is no way to number ranks: \"competition\", \"modified\", \"dense\", "
                              "\"fractional\" or \"ordinal\"");
    row *rows = cci_alloc(&a, n, sizeof *rows);
    if (rows == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i++) {
        twice_ranks[i] = 0;
        if (scores[i] != COCREATE_SCORE_MISSING)
            rows[kept++] = (row){scores[i], order != NULL ? order[i] : 0, i};
    }
    if (kept > 0)
        qsort(rows, kept, sizeof *rows, best_first);
    number(way, rows, kept, twice_ranks);
    cci_free(&a, rows);
    return COCREATE_OK;
}
