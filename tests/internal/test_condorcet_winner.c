/* Every method that says so elects who beats everyone in pairs, and nobody else. */
#include "ranking_ballots.h"

#include "ranking/majority.h"
#include "ranking/method.h"

#define M 5

static uint64_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

/* Some ballots in random orders, some short. */
static cocreate_profile *draw(uint64_t *seed, int64_t *matrix)
{
    cocreate_profile *p = new_profile(COCREATE_BALLOT_RANKING, "ABCDE");
    size_t ballots = 1 + next_random(seed) % 9;
    memset(matrix, 0, M * M * sizeof *matrix);
    for (size_t b = 0; b < ballots; b++) {
        uint32_t order[M] = {0, 1, 2, 3, 4};
        size_t n = next_random(seed) % 3 > 0 ? M : 1 + next_random(seed) % M;
        int64_t weight = (int64_t)(1 + next_random(seed) % 4);
        for (size_t i = M - 1; i > 0; i--) {
            size_t k = next_random(seed) % (i + 1);
            uint32_t swapped = order[i];
            order[i] = order[k];
            order[k] = swapped;
        }
        for (size_t i = 0; i < n; i++)
            for (size_t k = i + 1; k < M; k++)
                matrix[order[i] * M + order[k]] += weight;
        assert_status(cocreate_profile_add(p, order, NULL, n, weight, weight, &check_error),
                      COCREATE_OK);
    }
    return p;
}

static void elects_the_condorcet_winner(void **state)
{
    (void)state;
    uint64_t seed = 3;
    for (int round = 0; round < 1500; round++) {
        int64_t matrix[M * M];
        cocreate_profile *p = draw(&seed, matrix);
        size_t winner = cci_majority_winner(matrix, M, NULL);
        for (size_t i = 0; i < cci_method_count() && winner != SIZE_MAX; i++) {
            const cci_method *method = cci_methods[i];
            if (!method->condorcet || !(method->evidence & CCI_TAKES(COCREATE_BALLOT_RANKING)))
                continue;
            cocreate_ranking *r = rank(p, method->name, NULL);
            if (cocreate_ranking_winner_count(r) != 1 || cocreate_ranking_winner(r, 0) != winner)
                print_error("%s: %s\n", method->name, cocreate_ranking_json(r));
            assert_int_equal(cocreate_ranking_winner_count(r), 1);
            assert_int_equal(cocreate_ranking_winner(r, 0), winner);
            cocreate_ranking_free(r);
        }
        cocreate_profile_free(p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(elects_the_condorcet_winner)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
