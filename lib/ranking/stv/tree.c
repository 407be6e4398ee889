/* Ballots grouped by the elected that they pass. */
#include "ranking/stv/tree.h"

#include <string.h>

#include "base/checked.h"

/* Papers that wait to be handed on by a node. */
typedef struct cci_task {
    uint32_t node;
    cci_bundle papers;
} cci_task;

static const cci_bundle empty = {CCI_NO_PAPER, CCI_NO_PAPER, {0, 1, NULL}};

static cocreate_status new_node(cci_tree *t, uint32_t parent, uint32_t candidate, uint32_t *out,
                                cocreate_error *error)
{
    const cocreate_allocator *a = &t->count->run->allocator;
    if (t->size >= CCI_NODES_MAX)
        return cci_fail(error, COCREATE_ERR_LIMIT,
                        "round %zu: more than %d groups of ballots rank the elected in different "
                        "orders; equal ranks count as all their orders",
                        t->count->round, CCI_NODES_MAX);
    if (!cci_grow(a, (void **)&t->nodes, &t->room, t->size + 1, sizeof *t->nodes))
        return cci_no_memory(error);
    *out = (uint32_t)t->size++;
    t->nodes[*out] = (cci_node){parent, candidate, CCI_NO_NODE, CCI_NO_NODE, empty};
    if (parent != CCI_NO_NODE) {
        t->nodes[*out].sibling = t->nodes[parent].child;
        t->nodes[parent].child = *out;
    }
    return COCREATE_OK;
}

/* Papers for a node to hand on; the bundle is then empty. */
static cocreate_status add_task(cci_tree *t, uint32_t node, cci_bundle *papers,
                                cocreate_error *error)
{
    if (!cci_grow(&t->count->run->allocator, (void **)&t->tasks, &t->task_room, t->task_count + 1,
                  sizeof *t->tasks))
        return cci_no_memory(error);
    t->tasks[t->task_count++] = (cci_task){node, *papers};
    *papers = empty;
    return COCREATE_OK;
}

/* Options on the way from a node to the root keep what they have: papers do not go there again. */
static void set_path(cci_tree *t, uint32_t node, uint8_t open)
{
    for (; t->nodes[node].candidate != CCI_NO_PAPER; node = t->nodes[node].parent)
        t->open[t->nodes[node].candidate] = open;
}

/* Give the papers that were sorted to the children of a node. */
static cocreate_status distribute(cci_tree *t, uint32_t node, cocreate_error *error)
{
    cci_count *c = t->count;
    cci_papers *p = &c->papers;
    for (size_t i = 0; i < p->touched_count; i++) {
        uint32_t o = p->touched[i], child = t->where[o];
        if (child == CCI_NO_NODE) {
            CCI_TRY(new_node(t, node, o, &child, error));
            t->where[o] = child;
        }
        cci_node *to = &t->nodes[child];
        if (c->status[o] != CCI_ELECTED) {
            CCI_TRY(cci_bundle_join(p, &to->papers, &p->sorted[o], error));
            continue;
        }
        CCI_TRY(cci_calc_add(&c->calc, &to->papers.count, &p->sorted[o].count, &to->papers.count,
                             error));
        CCI_TRY(add_task(t, child, &p->sorted[o], error));
    }
    return COCREATE_OK;
}

static cocreate_status hand_on(cci_tree *t, uint32_t node, cci_bundle *papers,
                               cocreate_error *error)
{
    set_path(t, node, 0);
    cocreate_status status = cci_papers_sort(&t->count->papers, papers, t->open, error);
    set_path(t, node, 1);
    CCI_TRY(status);
    for (uint32_t i = t->nodes[node].child; i != CCI_NO_NODE; i = t->nodes[i].sibling)
        t->where[t->nodes[i].candidate] = i;
    status = distribute(t, node, error);
    for (uint32_t i = t->nodes[node].child; i != CCI_NO_NODE; i = t->nodes[i].sibling)
        t->where[t->nodes[i].candidate] = CCI_NO_NODE;
    return status;
}

static cocreate_status do_tasks(cci_tree *t, cocreate_error *error)
{
    while (t->task_count > 0) {
        cci_task task = t->tasks[--t->task_count];
        cocreate_status status = hand_on(t, task.node, &task.papers, error);
        cci_value_clear(&t->count->run->allocator, &task.papers.count);
        CCI_TRY(status);
        CCI_TRY(cci_run_progress(t->count->run, t->count->round, t->count->candidates, error));
    }
    return COCREATE_OK;
}

cocreate_status cci_stv_tree_init(cci_tree *t, cci_count *c, cci_bundle *all, cocreate_error *error)
{
    const cocreate_allocator *a = &c->run->allocator;
    uint32_t root;
    memset(t, 0, sizeof *t);
    t->count = c;
    t->open = cci_alloc(a, c->candidates, sizeof *t->open);
    t->where = cci_alloc(a, c->candidates, sizeof *t->where);
    if (t->open == NULL || t->where == NULL)
        return cci_no_memory(error);
    memset(t->open, 1, c->candidates);
    memset(t->where, 0xff, c->candidates * sizeof *t->where);
    CCI_TRY(new_node(t, CCI_NO_NODE, CCI_NO_PAPER, &root, error));
    CCI_TRY(cci_calc_copy(&c->calc, &all->count, &t->nodes[root].papers.count, error));
    CCI_TRY(add_task(t, root, all, error));
    CCI_TRY(do_tasks(t, error));
    return cci_stv_tree_settle(t, error);
}

void cci_stv_tree_free(cci_tree *t)
{
    if (t->count == NULL)
        return;
    const cocreate_allocator *a = &t->count->run->allocator;
    for (size_t i = 0; i < t->size; i++)
        cci_value_clear(a, &t->nodes[i].papers.count);
    for (size_t i = 0; i < t->task_count; i++)
        cci_value_clear(a, &t->tasks[i].papers.count);
    cci_free(a, t->nodes);
    cci_free(a, t->tasks);
    cci_free(a, t->open);
    cci_free(a, t->where);
    cci_free(a, t->steps);
    memset(t, 0, sizeof *t);
}

cocreate_status cci_stv_tree_elect(cci_tree *t, uint32_t candidate, cocreate_error *error)
{
    for (size_t i = 0, size = t->size; i < size; i++) {
        cci_bundle papers = t->nodes[i].papers;
        if (t->nodes[i].candidate != candidate || papers.first == CCI_NO_PAPER)
            continue;
        t->nodes[i].papers.first = t->nodes[i].papers.last = CCI_NO_PAPER;
        papers.count = (cci_value){0, 1, NULL}; /* which the node keeps */
        CCI_TRY(add_task(t, (uint32_t)i, &papers, error));
    }
    return do_tasks(t, error);
}

/* Drop the nodes of a candidate, which are leaves. */
static cocreate_status compact(cci_tree *t, uint32_t candidate, cocreate_error *error)
{
    const cocreate_allocator *a = &t->count->run->allocator;
    uint32_t *moved = cci_alloc(a, t->size, sizeof *moved);
    size_t kept = 0;
    if (moved == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < t->size; i++) {
        cci_node node = t->nodes[i];
        moved[i] = (uint32_t)kept;
        if (node.candidate == candidate) {
            cci_value_clear(a, &node.papers.count);
            continue;
        }
        node.child = node.sibling = CCI_NO_NODE;
        if (node.parent != CCI_NO_NODE) {
            node.parent = moved[node.parent];
            node.sibling = t->nodes[node.parent].child;
            t->nodes[node.parent].child = (uint32_t)kept;
        }
        t->nodes[kept++] = node;
    }
    t->size = kept;
    cci_free(a, moved);
    return COCREATE_OK;
}

cocreate_status cci_stv_tree_eliminate(cci_tree *t, uint32_t candidate, cocreate_error *error)
{
    t->open[candidate] = 0;
    for (size_t i = 0, size = t->size; i < size; i++) {
        cci_node *node = &t->nodes[i];
        if (node->candidate == candidate && node->papers.first != CCI_NO_PAPER)
            CCI_TRY(add_task(t, node->parent, &node->papers, error));
    }
    CCI_TRY(do_tasks(t, error));
    return compact(t, candidate, error);
}

/* A count of papers as a reduced fraction; 0 where its parts go beyond 63 bits. */
static int reduce(const cci_value *v, int64_t *num, int64_t *den)
{
    if (v->big != NULL) { /* which is reduced */
        if (mp_count_bits(&v->big->num) > 63 || mp_count_bits(&v->big->den) > 63)
            return 0;
        *num = mp_get_i64(&v->big->num);
        *den = mp_get_i64(&v->big->den);
        return 1;
    }
    int64_t shared = cci_common_divisor(v->num, v->den);
    *num = v->num / shared;
    *den = v->den / shared;
    return 1;
}

/* The least common multiple of the denominators of all counts. */
static cocreate_status find_shares(cci_tree *t, cocreate_error *error)
{
    int64_t weight = t->count->run->electorate->info.weight, largest;
    t->shares = 1;
    for (size_t i = 0; i < t->size; i++) {
        int64_t num, den, good = reduce(&t->nodes[i].papers.count, &num, &den);
        if (good && den == 1)
            continue;
        if (!good ||
            !cci_mul_i64(t->shares, den / cci_common_divisor(t->shares, den), &t->shares) ||
            !cci_mul_i64(t->shares, weight > 0 ? weight : 1, &largest))
            return cci_fail(error, COCREATE_ERR_LIMIT,
                            "the shares of ballots with equal ranks are too many: their common "
                            "denominator times the %lld votes goes beyond 64 bits",
                            (long long)weight);
    }
    return COCREATE_OK;
}

cocreate_status cci_stv_tree_settle(cci_tree *t, cocreate_error *error)
{
    if (!cci_grow(&t->count->run->allocator, (void **)&t->steps, &t->step_room, t->size,
                  sizeof *t->steps))
        return cci_no_memory(error);
    CCI_TRY(find_shares(t, error));
    for (size_t i = 0; i < t->size; i++) {
        const cci_node *node = &t->nodes[i];
        int64_t papers = 0, den = 1;
        int good = reduce(&node->papers.count, &papers, &den);
        assert(good);
        (void)good;
        papers *= t->shares / den; /* at most the weight times the shares, which fits */
        int leaf = i > 0 && t->count->status[node->candidate] != CCI_ELECTED;
        t->steps[i] = (cci_step){node->parent, node->candidate, (uint64_t)papers,
                                 leaf ? 0 : (uint64_t)papers};
        if (i > 0)
            t->steps[node->parent].spent -= (uint64_t)papers;
    }
    return COCREATE_OK;
}
