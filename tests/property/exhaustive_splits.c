/* Every small split by largest remainder: up to 4 weights of at most `weight`, pools up to `pool`.
 *
 *     exhaustive_splits [WEIGHT [POOL]]
 *
 * Of each: the shares sum to the pool; each is its quota rounded down or up, and the quota itself
 * where that is whole; of two fractions the larger is not passed over; equal weights get equal
 * shares, or the first of them one unit more; a larger weight does not get less. */
#include <stdio.h>
#include <stdlib.h>

#include "cocreate/money.h"

enum { MOST = 4 };

static int holds(int64_t pool, const int64_t *w, size_t n, const int64_t *shares, int64_t returned)
{
    int64_t total = 0, sum = 0;
    for (size_t i = 0; i < n; i++) {
        total += w[i];
        sum += shares[i];
    }
    if (total == 0)
        return sum == 0 && returned == pool;
    if (sum != pool || returned != 0)
        return 0;
    for (size_t i = 0; i < n; i++) {
        int64_t whole = pool * w[i] / total, rest = pool * w[i] % total, extra = shares[i] - whole;
        if (extra < 0 || extra > (rest > 0))
            return 0;
        for (size_t j = 0; j < n; j++) {
            int64_t rest_j = pool * w[j] % total, extra_j = shares[j] - pool * w[j] / total;
            if ((extra < extra_j && rest > rest_j) ||
                (w[i] == w[j] && i < j && shares[i] < shares[j]) ||
                (w[i] > w[j] && shares[i] < shares[j]))
                return 0;
        }
    }
    return 1;
}

/* The next list of n digits 0 .. most; 0 after the last. */
static int next(int64_t *w, size_t n, int64_t most)
{
    for (size_t i = 0; i < n; i++) {
        if (w[i]++ < most)
            return 1;
        w[i] = 0;
    }
    return 0;
}

int main(int argc, char **argv)
{
    int64_t most = argc > 1 ? atoll(argv[1]) : 6, pools = argc > 2 ? atoll(argv[2]) : 30;
    unsigned long long cases = 0;
    for (size_t n = 1; n <= MOST; n++) {
        int64_t w[MOST] = {0};
        do {
            for (int64_t pool = 0; pool <= pools; pool++) {
                int64_t shares[MOST] = {0}, returned = 0;
                cases++;
                if (cocreate_split(pool, w, n, NULL, shares, &returned, NULL) == COCREATE_OK &&
                    holds(pool, w, n, shares, returned))
                    continue;
                printf("pool %lld by %lld:%lld:%lld:%lld (%zu weights) is wrong\n", (long long)pool,
                       (long long)w[0], (long long)w[1], (long long)w[2], (long long)w[3], n);
                return 1;
            }
        } while (next(w, n, most));
    }
    printf("%llu splits, each as it must be\n", cases);
    return 0;
}
