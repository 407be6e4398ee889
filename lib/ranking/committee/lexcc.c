/* Lexicographic Chamberlin-Courant: as many voters as can be with one approved member, then with
 * two, and so on. */
#include "ranking/committee/thiele.h"

/* No number of voters with i + 1 members outweighs one with i: powers of the voters + 1, highest
 * first. */
struct places {
    int64_t voters;
    size_t levels;
};

static cocreate_status points(const void *state, size_t i, cci_rational *out,
                              cocreate_error *error)
{
    const struct places *p = state;
    CCI_TRY(cci_rational_set_i64(out, 1, 1, error));
    mp_int base = {0};
    mp_err result = mp_init_u64(&base, (uint64_t)p->voters + 1);
    for (size_t k = i; result == MP_OKAY && k < p->levels; k++)
        result = mp_mul(&out->num, &base, &out->num);
    mp_clear(&base);
    return cci_big_status(result, error);
}

static cocreate_status run_lexcc(cci_run *run, cocreate_error *error)
{
    const cci_electorate *e = run->electorate;
    struct places p = {0, e->longest};
    for (size_t b = 0; b < e->ballots; b++)
        p.voters += e->weights[b];
    if (p.levels > (uint64_t)run->seats)
        p.levels = (size_t)run->seats;
    return cci_thiele_run_lexical(run, CCI_TELL_LEVELS, points, &p, error);
}

const cci_method cci_method_lexcc = {
    .name = "lexcc",
    .title = "Lexicographic Chamberlin-Courant: most voters with one member, then with two",
    .evidence = CCI_TAKES(COCREATE_BALLOT_APPROVAL),
    .exact = 1,
    .parallel = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "exponential, at most 10^10 steps",
    .source = "Lackner & Skowron, Multi-Winner Voting with Approval Preferences (2023), remark 2",
    .run = run_lexcc,
};
