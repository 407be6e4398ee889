/* Matches that look at clusters of donors. Cluster match: one root for each cluster. COCM: a donor counts
 * by the root of the gift against clusters that they are tied to, and in full against others. Ohlhaver, Weyl
 * & Buterin, Decentralized Society, 2022, appendix; Miller, Weyl & Erichsen, Beyond Collusion Resistance,
 * 2022; the calculator of Gitcoin, 2024 ("og" is plain here, "pct_friends" the other). */
#include <string.h>

#include "reward/matching/match.h"

typedef struct work {
    const cci_match_round *round;
    const cci_gifts *gifts;
    uint32_t *present; /* the clusters of one project's donors */
    uint32_t *place;   /* 1 + where a cluster stands among them; 0: not */
    size_t n_present;
    mp_int *sums; /* of each cluster; with cocm of each against each, a row a cluster */
    size_t n_sums;
    /* cocm */
    uint32_t *friends; /* of each donor: how many give, the donor included */
    uint32_t *within;  /* of each donor and cluster: how many of them are in it */
    mp_int gift, root, term, sum;
} work;

static size_t cluster_count(const work *w, size_t donor)
{
    return w->round->cluster_first[donor + 1] - w->round->cluster_first[donor];
}

static const uint32_t *clusters_of(const work *w, size_t donor)
{
    return w->round->clusters + w->round->cluster_first[donor];
}

/* ---- who is whose friend ---- */

typedef struct members {
    size_t *first;
    uint32_t *donors;
    uint8_t *gives;
    size_t *seen;
} members;

static void members_free(const cocreate_allocator *a, members *m)
{
    cci_free(a, m->first);
    cci_free(a, m->donors);
    cci_free(a, m->gives);
    cci_free(a, m->seen);
}

static cocreate_status members_init(const work *w, members *m, cocreate_error *error)
{
    const cci_match_round *r = w->round;
    const cocreate_allocator *a = &r->allocator;
    size_t total = r->cluster_first[r->n_donors];
    *m = (members){.first = cci_alloc(a, r->n_clusters + 2, sizeof *m->first),
                   .donors = cci_alloc(a, total, sizeof *m->donors),
                   .gives = cci_alloc(a, r->n_donors, 1),
                   .seen = cci_alloc(a, r->n_donors, sizeof *m->seen)};
    if (m->first == NULL || m->donors == NULL || m->gives == NULL || m->seen == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < w->gifts->n; i++)
        m->gives[w->gifts->donors[i]] = 1;
    for (size_t d = 0; d < r->n_donors; d++)
        for (size_t c = 0; c < cluster_count(w, d); c++)
            m->first[clusters_of(w, d)[c] + 2] += m->gives[d];
    for (size_t c = 0; c < r->n_clusters; c++)
        m->first[c + 2] += m->first[c + 1];
    for (size_t d = 0; d < r->n_donors; d++)
        for (size_t c = 0; m->gives[d] && c < cluster_count(w, d); c++)
            m->donors[m->first[clusters_of(w, d)[c] + 1]++] = (uint32_t)d;
    return COCREATE_OK;
}

static cocreate_status check_friends(const work *w, const members *m, cocreate_error *error)
{
    uint64_t steps = 0;
    for (size_t c = 0; c < w->round->n_clusters; c++) {
        uint64_t size = m->first[c + 1] - m->first[c];
        for (size_t i = m->first[c]; i < m->first[c + 1]; i++) {
            steps += size * cluster_count(w, m->donors[i]);
            if (steps > CCI_MATCH_PAIRS_MAX * 16)
                return cci_fail(error, COCREATE_ERR_LIMIT,
                                "the clusters are too large: more than %d pairs of members",
                                (int)(CCI_MATCH_PAIRS_MAX * 16));
        }
    }
    return COCREATE_OK;
}

static void count_friends(work *w, members *m)
{
    const cci_match_round *r = w->round;
    for (size_t d = 0; d < r->n_donors; d++) {
        uint32_t *within = &w->within[d * r->n_clusters];
        for (size_t c = 0; m->gives[d] && c < cluster_count(w, d); c++) {
            uint32_t cluster = clusters_of(w, d)[c];
            for (size_t i = m->first[cluster]; i < m->first[cluster + 1]; i++) {
                uint32_t other = m->donors[i];
                if (m->seen[other] == d + 1)
                    continue;
                m->seen[other] = d + 1;
                w->friends[d]++;
                for (size_t k = 0; k < cluster_count(w, other); k++)
                    within[clusters_of(w, other)[k]]++;
            }
        }
        /* Members are tied to their cluster in full; so is, in the plain form, whoever has a friend there. */
        for (size_t c = 0; w->round->plain && c < r->n_clusters; c++)
            within[c] = within[c] > 0 ? w->friends[d] : 0;
        for (size_t c = 0; m->gives[d] && c < cluster_count(w, d); c++)
            within[clusters_of(w, d)[c]] = w->friends[d];
    }
}

static cocreate_status find_friends(work *w, cocreate_error *error)
{
    const cci_match_round *r = w->round;
    members m = {0};
    if (r->n_clusters > 0 && r->n_donors > CCI_MATCH_PAIRS_MAX / r->n_clusters)
        return cci_fail(error, COCREATE_ERR_LIMIT,
                        "%zu donors times %zu clusters are more than %d", r->n_donors,
                        r->n_clusters, (int)CCI_MATCH_PAIRS_MAX);
    w->friends = cci_alloc(&r->allocator, r->n_donors, sizeof *w->friends);
    w->within = cci_alloc(&r->allocator, r->n_donors * r->n_clusters, sizeof *w->within);
    if (w->friends == NULL || w->within == NULL)
        return cci_no_memory(error);
    cocreate_status status = members_init(w, &m, error);
    if (status == COCREATE_OK)
        status = check_friends(w, &m, error);
    if (status == COCREATE_OK)
        count_friends(w, &m);
    members_free(&r->allocator, &m);
    return status;
}

/* ---- one project ---- */

static void find_present(work *w, size_t project)
{
    for (size_t i = 0; i < w->n_present; i++)
        w->place[w->present[i]] = 0;
    w->n_present = 0;
    for (size_t i = w->gifts->first[project]; i < w->gifts->first[project + 1]; i++) {
        size_t donor = w->gifts->donors[i];
        for (size_t c = 0; c < cluster_count(w, donor); c++) {
            uint32_t cluster = clusters_of(w, donor)[c];
            if (w->place[cluster] != 0)
                continue;
            w->present[w->n_present++] = cluster;
            w->place[cluster] = (uint32_t)w->n_present;
        }
    }
}

/* n sums of 0. */
static cocreate_status need_sums(work *w, size_t n, cocreate_error *error)
{
    const cocreate_allocator *a = &w->round->allocator;
    if (n > w->n_sums) {
        mp_int *sums = cci_realloc(a, w->sums, n, sizeof *sums);
        if (sums == NULL)
            return cci_no_memory(error);
        w->sums = sums;
        for (; w->n_sums < n; w->n_sums++)
            CCI_TRY(cci_big_status(mp_init(&w->sums[w->n_sums]), error));
    }
    for (size_t i = 0; i < n; i++)
        mp_zero(&w->sums[i]);
    return COCREATE_OK;
}

static cci_match_weight weight_of(const work *w, size_t donor)
{
    return w->round->weights == NULL ? (cci_match_weight){1, 1} : w->round->weights[donor];
}

/* Each cluster gets an equal part of a donor's gift, times 2^64. */
static mp_err add_parts(work *w, size_t i)
{
    size_t donor = w->gifts->donors[i], n = cluster_count(w, donor);
    cci_match_weight weight = weight_of(w, donor);
    weight.den *= (int64_t)n;
    mp_err big = cci_match_scaled(w->gifts->amounts[i], weight, CCI_SQUARE_BITS, &w->term);
    for (size_t c = 0; c < n && big == MP_OKAY; c++) {
        mp_int *sum = &w->sums[w->place[clusters_of(w, donor)[c]] - 1];
        big = mp_add(sum, &w->term, sum);
    }
    return big;
}

/* (sum of the roots of clusters)^2 less the sum of their squares. */
static cocreate_status match_cluster(work *w, size_t project, mp_int *match, cocreate_error *error)
{
    mp_err big = MP_OKAY;
    CCI_TRY(need_sums(w, w->n_present, error));
    for (size_t i = w->gifts->first[project]; i < w->gifts->first[project + 1] && big == MP_OKAY;
         i++)
        big = add_parts(w, i);
    mp_zero(&w->sum);
    mp_zero(&w->gift);
    for (size_t c = 0; c < w->n_present && big == MP_OKAY; c++) {
        big = mp_sqrt(&w->sums[c], &w->root);
        if (big == MP_OKAY)
            big = mp_add(&w->sum, &w->root, &w->sum);
        if (big == MP_OKAY)
            big = mp_sqr(&w->root, &w->root);
        if (big == MP_OKAY)
            big = mp_add(&w->gift, &w->root, &w->gift);
    }
    if (big == MP_OKAY)
        big = mp_sqr(&w->sum, match);
    if (big == MP_OKAY)
        big = mp_sub(match, &w->gift, match);
    return cci_big_status(big, error);
}

/* What a gift counts against cluster h, in each of the donor's clusters: K / T times 2^64, with
 * K = k root + (1 - k) gift and k the part of the donor's friends who are in h. */
static mp_err add_against(work *w, size_t donor, size_t h)
{
    uint32_t friends = w->friends[donor];
    uint32_t tied = w->within[donor * w->round->n_clusters + w->present[h]];
    size_t n = cluster_count(w, donor);
    mp_err big = MP_OKAY;
    mp_set_u64(&w->sum, tied);
    big = mp_mul(&w->root, &w->sum, &w->term);
    mp_set_u64(&w->sum, friends - tied);
    if (big == MP_OKAY)
        big = mp_mul(&w->gift, &w->sum, &w->sum);
    if (big == MP_OKAY)
        big = mp_add(&w->term, &w->sum, &w->term);
    mp_set_u64(&w->sum, (uint64_t)friends * n);
    if (big == MP_OKAY)
        big = mp_div(&w->term, &w->sum, &w->term, NULL);
    for (size_t c = 0; c < n && big == MP_OKAY; c++) {
        size_t g = w->place[clusters_of(w, donor)[c]] - 1;
        if (g != h)
            big = mp_add(&w->sums[g * w->n_present + h], &w->term,
                         &w->sums[g * w->n_present + h]);
    }
    return big;
}

/* The gift, in units of 1, and its root, both times 2^64. */
static mp_err set_gift(work *w, size_t i)
{
    cci_match_weight weight = weight_of(w, w->gifts->donors[i]);
    mp_err big = cci_match_scaled(w->gifts->amounts[i], weight, CCI_SQUARE_BITS, &w->gift);
    mp_set_i64(&w->sum, w->round->unit);
    if (big == MP_OKAY)
        big = mp_div(&w->gift, &w->sum, &w->gift, NULL);
    if (big == MP_OKAY)
        big = mp_sqrt(&w->gift, &w->root);
    return big != MP_OKAY ? big : mp_mul_2d(&w->root, CCI_ROOT_BITS, &w->root);
}

/* The sum of sqrt(A(g, h) A(h, g)) over ordered pairs of clusters. */
static mp_err sum_pairs(work *w, mp_int *match)
{
    mp_err big = MP_OKAY;
    size_t n = w->n_present;
    for (size_t g = 0; g < n; g++)
        for (size_t h = g + 1; h < n && big == MP_OKAY; h++) {
            big = mp_mul(&w->sums[g * n + h], &w->sums[h * n + g], &w->term);
            if (big == MP_OKAY)
                big = mp_sqrt(&w->term, &w->term);
            if (big == MP_OKAY)
                big = mp_add(match, &w->term, match);
        }
    mp_set_i64(&w->sum, w->round->unit);
    if (big == MP_OKAY)
        big = mp_mul(match, &w->sum, match);
    return big != MP_OKAY ? big : mp_mul_2d(match, 1, match);
}

static cocreate_status match_connected(work *w, size_t project, mp_int *match,
                                       cocreate_error *error)
{
    mp_err big = MP_OKAY;
    CCI_TRY(need_sums(w, w->n_present * w->n_present, error));
    for (size_t i = w->gifts->first[project]; i < w->gifts->first[project + 1]; i++) {
        big = set_gift(w, i);
        for (size_t h = 0; h < w->n_present && big == MP_OKAY; h++)
            big = add_against(w, w->gifts->donors[i], h);
        CCI_TRY(cci_big_status(big, error));
    }
    return cci_big_status(sum_pairs(w, match), error);
}

/* ---- all projects ---- */

static cocreate_status check_steps(work *w, size_t project, uint64_t *steps, cocreate_error *error)
{
    if (w->round->form == CCI_MATCH_CLUSTER)
        return COCREATE_OK; /* linear */
    for (size_t i = w->gifts->first[project]; i < w->gifts->first[project + 1]; i++)
        *steps += (uint64_t)cluster_count(w, w->gifts->donors[i]) * w->n_present;
    *steps += (uint64_t)w->n_present * w->n_present;
    return *steps <= CCI_MATCH_PAIRS_MAX
               ? COCREATE_OK
               : cci_fail(error, COCREATE_ERR_LIMIT,
                          "gifts of clusters times clusters, over all projects, are more than %d",
                          (int)CCI_MATCH_PAIRS_MAX);
}

static cocreate_status match_projects(work *w, mp_int *matches, cocreate_error *error)
{
    const cocreate_allocator *a = &w->round->allocator;
    uint64_t steps = 0;
    w->present = cci_alloc(a, w->round->n_clusters, sizeof *w->present);
    w->place = cci_alloc(a, w->round->n_clusters, sizeof *w->place);
    if (w->present == NULL || w->place == NULL)
        return cci_no_memory(error);
    if (w->round->form == CCI_MATCH_COCM)
        CCI_TRY(find_friends(w, error));
    for (size_t p = 0; p < w->round->n_projects; p++) {
        find_present(w, p);
        CCI_TRY(check_steps(w, p, &steps, error));
        CCI_TRY(w->round->form == CCI_MATCH_COCM ? match_connected(w, p, &matches[p], error)
                                                 : match_cluster(w, p, &matches[p], error));
    }
    return COCREATE_OK;
}

cocreate_status cci_match_clusters(const cci_match_round *round, const cci_gifts *gifts,
                                   mp_int *matches, int *bits, cocreate_error *error)
{
    const cocreate_allocator *a = &round->allocator;
    work w = {.round = round, .gifts = gifts};
    CCI_TRY(cci_big_status(mp_init_multi(&w.gift, &w.root, &w.term, &w.sum, NULL), error));
    cocreate_status status = match_projects(&w, matches, error);
    for (size_t i = 0; i < w.n_sums; i++)
        mp_clear(&w.sums[i]);
    cci_free(a, w.sums);
    cci_free(a, w.within);
    cci_free(a, w.friends);
    cci_free(a, w.place);
    cci_free(a, w.present);
    mp_clear_multi(&w.gift, &w.root, &w.term, &w.sum, NULL);
    *bits = CCI_SQUARE_BITS;
    return status;
}
