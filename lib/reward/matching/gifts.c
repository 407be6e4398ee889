#include "reward/matching/gifts.h"

#include <stdlib.h>
#include <string.h>

enum { WEIGHT_DENOMINATOR_MAX = 1000000000 };

typedef struct gift {
    const char *donor, *project;
    int64_t amount;
    size_t row;
} gift;

/* May gifts to the project count? Refuses one that is not there. */
static cocreate_status check_project(const cci_evaluation *e, const cci_rule *rule,
                                     const char *project, const cci_path *path, int *counts,
                                     cocreate_error *error)
{
    const cci_entry *entry = cci_result_find(e->result, project);
    cci_path at = cci_path_key(path, "project");
    if (entry == NULL && json_object_get(e->document, e->result->list) != NULL)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "\"%s\" is not among the %s", project,
                             e->result->list);
    *counts = entry != NULL ? cci_eligible(rule, entry) : cci_person_eligible(e, rule, project);
    return COCREATE_OK;
}

static cocreate_status read_list(cci_evaluation *e, const cci_rule *rule, gift **out, size_t *n,
                                 cocreate_error *error)
{
    cci_section list;
    CCI_TRY(cci_section_open(e, rule, "gifts", 0, &list, error));
    gift *gifts = cci_arena_alloc(&e->scratch, list.n, sizeof *gifts);
    if (gifts == NULL)
        return cci_no_memory(error);
    *n = 0;
    if (list.n >= UINT32_MAX)
        return cci_json_fail(error, COCREATE_ERR_LIMIT, &list.list, "too many gifts");
    for (size_t i = 0; i < list.n; i++) {
        const json_t *row;
        cci_path path;
        gift *g = &gifts[*n];
        g->row = i;
        int counts = 0;
        CCI_TRY(cci_section_row(&list, i, &row, &path, error));
        CCI_TRY(cci_json_id(row, "donor", &g->donor, &path, error));
        CCI_TRY(cci_json_id(row, "project", &g->project, &path, error));
        CCI_TRY(cci_row_amount(e, row, "amount", &g->amount, &path, error));
        CCI_TRY(check_project(e, rule, g->project, &path, &counts, error));
        if (counts && g->amount > 0 && cci_person_eligible(e, rule, g->donor))
            ++*n;
    }
    *out = gifts;
    return COCREATE_OK;
}

/* What a donor's weight says, by "donors". */
static cocreate_status read_weights(cci_evaluation *e, const cci_rule *rule, cci_gift_round *out,
                                    cocreate_error *error)
{
    cci_section list;
    CCI_TRY(cci_section_open(e, rule, "donors", 1, &list, error));
    if (list.rows == NULL)
        return COCREATE_OK;
    cci_match_weight *weights = cci_arena_alloc(&e->scratch, out->donors.n, sizeof *weights);
    cci_people listed = {cci_arena_alloc(&e->scratch, list.n, sizeof *listed.ids), 0};
    if (weights == NULL || listed.ids == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < out->donors.n; i++)
        weights[i] = (cci_match_weight){1, 1};
    for (size_t i = 0; i < list.n; i++) {
        const json_t *row;
        cci_path path;
        cci_number weight;
        CCI_TRY(cci_section_row(&list, i, &row, &path, error));
        CCI_TRY(cci_json_id(row, "id", &listed.ids[listed.n++], &path, error));
        CCI_TRY(cci_row_number(row, "weight", 0, &weight, &path, error));
        cci_path at = cci_path_key(&path, "weight");
        if (weight.num < 0 || weight.num > weight.den || weight.den > WEIGHT_DENOMINATOR_MAX)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                                 "is not from 0 to 1, in nine decimals or parts of at most 10^9");
        size_t donor = cci_people_find(&out->donors, listed.ids[i]);
        if (donor < out->donors.n)
            weights[donor] = (cci_match_weight){weight.num, weight.den};
    }
    cci_people_sort(&listed);
    if (listed.n < list.n)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &list.list, "a donor is there twice");
    out->round.weights = weights;
    return COCREATE_OK;
}

/* ---- clusters ---- */

typedef struct membership {
    uint32_t donor, cluster;
} membership;

static int by_donor(const void *a, const void *b)
{
    const membership *x = a, *y = b;
    if (x->donor != y->donor)
        return x->donor < y->donor ? -1 : 1;
    return (x->cluster > y->cluster) - (x->cluster < y->cluster);
}

/* Members of cluster i who are donors. */
static cocreate_status read_members(const json_t *row, const cci_people *donors, uint32_t cluster,
                                    membership *items, size_t *n, const cci_path *path,
                                    cocreate_error *error)
{
    json_t *members;
    cci_path at = cci_path_key(path, "members");
    size_t start = *n;
    CCI_TRY(cci_json_get_array(row, "members", &members, path, error));
    for (size_t i = 0; i < json_array_size(members); i++) {
        cci_path here = cci_path_at(&at, i);
        const char *id = json_string_value(json_array_get(members, i));
        if (id == NULL || id[0] == '\0')
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "a member is the id of a donor");
        size_t donor = cci_people_find(donors, id);
        if (donor < donors->n)
            items[(*n)++] = (membership){(uint32_t)donor, cluster};
    }
    if (*n > start)
        qsort(items + start, *n - start, sizeof *items, by_donor);
    for (size_t i = start + 1; i < *n; i++)
        if (items[i].donor == items[i - 1].donor)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "\"%s\" is there twice",
                                 donors->ids[items[i].donor]);
    return COCREATE_OK;
}

static cocreate_status count_members(const cci_section *list, cci_people *names, size_t *total,
                                     cocreate_error *error)
{
    *total = 0;
    for (size_t i = 0; i < list->n; i++) {
        const json_t *row;
        cci_path path;
        json_t *members;
        CCI_TRY(cci_section_row(list, i, &row, &path, error));
        CCI_TRY(cci_json_id(row, "id", &names->ids[names->n++], &path, error));
        CCI_TRY(cci_json_get_array(row, "members", &members, &path, error));
        *total += json_array_size(members);
    }
    cci_people_sort(names);
    return names->n == list->n ? COCREATE_OK
                               : cci_json_fail(error, COCREATE_ERR_SCHEMA, &list->list,
                                               "a cluster is there twice");
}

/* Lists of each donor's clusters. Who is in none is alone in one. */
static cocreate_status list_clusters(cci_evaluation *e, membership *items, size_t n, size_t listed,
                                     cci_match_round *round, cocreate_error *error)
{
    size_t at = 0, written = 0;
    size_t *first = cci_arena_alloc(&e->scratch, round->n_donors + 1, sizeof *first);
    uint32_t *clusters = cci_arena_alloc(&e->scratch, n + round->n_donors, sizeof *clusters);
    if (first == NULL || clusters == NULL)
        return cci_no_memory(error);
    if (n > 0)
        qsort(items, n, sizeof *items, by_donor);
    round->n_clusters = listed;
    for (size_t d = 0; d < round->n_donors; d++) {
        first[d] = written;
        for (; at < n && items[at].donor == d; at++)
            clusters[written++] = items[at].cluster;
        if (first[d] == written)
            clusters[written++] = (uint32_t)round->n_clusters++;
    }
    first[round->n_donors] = written;
    round->cluster_first = first;
    round->clusters = clusters;
    return COCREATE_OK;
}

static cocreate_status read_clusters(cci_evaluation *e, const cci_rule *rule, cci_gift_round *out,
                                     cocreate_error *error)
{
    cci_section list;
    size_t total, n = 0;
    CCI_TRY(cci_section_open(e, rule, "clusters", 0, &list, error));
    cci_people names = {cci_arena_alloc(&e->scratch, list.n, sizeof *names.ids), 0};
    if (names.ids == NULL)
        return cci_no_memory(error);
    CCI_TRY(count_members(&list, &names, &total, error));
    membership *items = cci_arena_alloc(&e->scratch, total, sizeof *items);
    if (items == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < list.n; i++) {
        const json_t *row;
        cci_path path;
        CCI_TRY(cci_section_row(&list, i, &row, &path, error));
        CCI_TRY(read_members(row, &out->donors, (uint32_t)i, items, &n, &path, error));
    }
    return list_clusters(e, items, n, list.n, &out->round, error);
}

static cocreate_status number_gifts(cci_evaluation *e, const gift *gifts, size_t n,
                                    cci_gift_round *out, cocreate_error *error)
{
    uint32_t *donors = cci_arena_alloc(&e->scratch, n, sizeof *donors);
    uint32_t *projects = cci_arena_alloc(&e->scratch, n, sizeof *projects);
    int64_t *amounts = cci_arena_alloc(&e->scratch, n, sizeof *amounts);
    out->donors = (cci_people){cci_arena_alloc(&e->scratch, n, sizeof(char *)), n};
    out->projects = (cci_people){cci_arena_alloc(&e->scratch, n, sizeof(char *)), n};
    out->rows = cci_arena_alloc(&e->scratch, n, sizeof *out->rows);
    if (out->rows == NULL || donors == NULL || projects == NULL || amounts == NULL ||
        out->donors.ids == NULL || out->projects.ids == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i++) {
        out->donors.ids[i] = gifts[i].donor;
        out->projects.ids[i] = gifts[i].project;
    }
    cci_people_sort(&out->donors);
    cci_people_sort(&out->projects);
    for (size_t i = 0; i < n; i++) {
        donors[i] = (uint32_t)cci_people_find(&out->donors, gifts[i].donor);
        projects[i] = (uint32_t)cci_people_find(&out->projects, gifts[i].project);
        amounts[i] = gifts[i].amount;
        out->rows[i] = gifts[i].row;
    }
    out->round.allocator = e->scratch.allocator;
    out->round.n = n;
    out->round.donors = donors;
    out->round.projects = projects;
    out->round.amounts = amounts;
    out->round.n_donors = out->donors.n;
    out->round.n_projects = out->projects.n;
    return COCREATE_OK;
}

cocreate_status cci_gifts_read(cci_evaluation *e, const cci_rule *rule, cci_gift_round *out,
                               cocreate_error *error)
{
    gift *gifts = NULL;
    size_t n = 0;
    CCI_TRY(read_list(e, rule, &gifts, &n, error));
    CCI_TRY(number_gifts(e, gifts, n, out, error));
    CCI_TRY(read_weights(e, rule, out, error));
    if (out->round.form == CCI_MATCH_CLUSTER || out->round.form == CCI_MATCH_COCM)
        CCI_TRY(read_clusters(e, rule, out, error));
    return COCREATE_OK;
}
