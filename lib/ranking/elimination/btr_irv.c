/* Bottom two runoff: of the two with the fewest votes the one that loses to the other leaves. */
#include <string.h>

#include "ranking/elimination/process.h"
#include "ranking/majority.h"

enum { ELIMINATION, UNRANKED };

static const cci_option_spec options[] = {CCI_ELIMINATION_OPTION, CCI_UNRANKED_OPTION};

/* Several are last: whoever does not beat another of them may be the one that leaves. */
static void compare_last(cci_process *p)
{
    size_t m = p->run->roster->count, n = 0;
    uint32_t first = p->group[0], second = p->group[1];
    int two = p->n == 2;
    memset(p->scratch, 0, m);
    for (size_t i = 0; i < p->n; i++)
        for (size_t k = 0; k < p->n; k++)
            if (i != k && !cci_majority_beats(p->matrix, m, p->group[i], p->group[k]))
                p->scratch[p->group[i]] = 1;
    for (uint32_t o = 0; o < m; o++)
        if (p->scratch[o])
            p->group[n++] = o;
    p->n = n;
    if (two && n == 1)
        p->rival = p->group[0] == first ? second : first;
}

/* One is last: it is compared with whoever may be the second last, and leaves if they tie. *asked
 * is set if the chain chose the second last. */
static cocreate_status compare_two(cci_process *p, int *asked, cocreate_error *error)
{
    size_t m = p->run->roster->count, n = 0;
    uint32_t last = p->group[0];
    p->continuing[last] = 0;
    cocreate_status status = cci_process_last(p, 1, error);
    p->continuing[last] = 1;
    CCI_TRY(status);
    *asked |= p->n < p->tied;
    uint32_t second = p->group[0];
    int stays = 1, two = p->n == 1;
    for (size_t i = 0; i < p->n; i++) {
        int beats = cci_majority_beats(p->matrix, m, last, p->group[i]);
        stays &= beats;
        if (beats)
            p->group[n++] = p->group[i];
    }
    if (!stays)
        p->group[n++] = last;
    p->n = n;
    if (two)
        p->rival = stays ? last : second;
    return COCREATE_OK;
}

static cocreate_status look(cci_process *p, cocreate_error *error)
{
    CCI_TRY(cci_process_fewest(p, error));
    if (p->size == 1)
        return COCREATE_OK;
    int asked = p->n < p->tied;
    if (p->n > 1)
        compare_last(p);
    else
        CCI_TRY(compare_two(p, &asked, error));
    p->tied = p->n + (asked ? 1 : 0); /* more than n: the chain chose */
    return COCREATE_OK;
}

static const cci_rule rule = {.with = " with ", .unit = " votes", .votes = 1, .pairwise = 1, .choice = 1,
                              .unranked = UNRANKED + 1, .look = look};

static cocreate_status run_btr_irv(cci_run *run, cocreate_error *error)
{
    return cci_process_run(run, &rule, error);
}

const cci_method cci_method_btr_irv = {
    .name = "btr_irv",
    .title = "Bottom two runoff: of the two with the fewest votes the loser of their comparison leaves",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .parallel = 1,
    .condorcet = 1,
    .complexity = "O(ballots * options^2 / 2 + rounds * options); every order: O(ranked options) for "
                  "each of at most 65,536 sets",
    .source = "LeGrand, in the election-methods list (2006), as electowiki tells it under BTR-IRV; "
              "Holliday & Pacuit, pref_voting (2023)",
    .run = run_btr_irv,
};
