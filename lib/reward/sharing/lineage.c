#include "reward/sharing/lineage.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static int same_owner(const cci_entry *a, const cci_entry *b)
{
    if (a->n_team != b->n_team)
        return 0;
    for (size_t i = 0; i < a->n_team; i++)
        if (strcmp(a->team[i].id, b->team[i].id) != 0)
            return 0;
    return a->n_team > 0 || (a->owner != NULL && b->owner != NULL && strcmp(a->owner, b->owner) == 0);
}

static int by_child(const void *a, const void *b)
{
    const cci_descent *x = a, *y = b;
    if (x->child != y->child)
        return x->child < y->child ? -1 : 1;
    if (x->parent != y->parent)
        return x->parent < y->parent ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static cocreate_status read_edge(const cci_evaluation *e, const json_t *row, const cci_path *path,
                                 cci_descent *d, cocreate_error *error)
{
    const cci_entry *child = NULL, *parent = NULL;
    cci_path portion = cci_path_key(path, "portion"), rate = cci_path_key(path, "rate");
    CCI_TRY(cci_row_entry(e, row, "child", &child, path, error));
    CCI_TRY(cci_row_entry(e, row, "parent", &parent, path, error));
    d->child = (size_t)(child - e->result->entries);
    d->parent = (size_t)(parent - e->result->entries);
    CCI_TRY(cci_row_number(row, "portion", 1, &d->portion, path, error));
    CCI_TRY(cci_row_number(row, "rate", 1, &d->rate, path, error));
    if (d->portion.den > 0 && d->portion.num <= 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &portion, "is not more than 0");
    if (d->rate.den == 0)
        d->rate = (cci_number){0, 1};
    if (d->rate.num < 0 || d->rate.num > d->rate.den)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &rate, "is not from 0 to 1");
    d->own = same_owner(child, parent);
    return COCREATE_OK;
}

static cocreate_status read_edges(cci_evaluation *e, const cci_section *list, cci_lineage *l,
                                  cocreate_error *error)
{
    for (; l->n_edges < list->n; l->n_edges++) {
        const json_t *row;
        cci_path path;
        l->edges[l->n_edges].index = l->n_edges;
        CCI_TRY(cci_section_row(list, l->n_edges, &row, &path, error));
        CCI_TRY(read_edge(e, row, &path, &l->edges[l->n_edges], error));
    }
    if (l->n_edges > 0)
        qsort(l->edges, l->n_edges, sizeof *l->edges, by_child);
    for (size_t i = 1; i < l->n_edges; i++) {
        const cci_descent *a = &l->edges[i - 1], *b = &l->edges[i];
        cci_path path = cci_path_at(&list->list, b->index), at = cci_path_key(&path, "portion");
        if (a->child == b->child && a->parent == b->parent)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &path,
                                 "\"%s\" derives from \"%s\" in $.lineage[%zu] already",
                                 e->result->entries[b->child].id, e->result->entries[b->parent].id,
                                 a->index);
        if (a->child == b->child && (a->portion.den == 0) != (b->portion.den == 0))
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                                 "all parents of \"%s\" need a portion, or none",
                                 e->result->entries[b->child].id);
    }
    for (size_t i = 0, k = 0; i <= l->n; i++) {
        while (k < l->n_edges && l->edges[k].child < i)
            k++;
        l->first[i] = k;
    }
    return COCREATE_OK;
}

/* Append what fits of "id -> ", or an ellipsis once it does not. */
static size_t put(char *text, size_t size, size_t used, const char *id, const char *after)
{
    size_t n = strlen(id);
    if (used + n + 12 > size) {
        memcpy(text + used, "...", 4);
        return size;
    }
    memcpy(text + used, id, n);
    strcpy(text + used + n, after);
    return used + n + strlen(after);
}

/* Name a circle. Of the entries that are left each has a child that is left, so that walking down from
 * any of them comes to a circle; it is told from the smallest id on it. */
static cocreate_status circle(const cci_evaluation *e, const cci_lineage *l, const size_t *children,
                              size_t *child_of, const cci_path *at, cocreate_error *error)
{
    char text[160];
    size_t used = 0, node = 0;
    for (size_t i = l->n_edges; i-- > 0;) /* the smallest child stays */
        if (children[l->edges[i].child] > 0)
            child_of[l->edges[i].parent] = l->edges[i].child;
    while (children[node] == 0)
        node++;
    for (size_t i = 0; i < l->n; i++) /* then we are on a circle */
        node = child_of[node];
    size_t start = node;
    for (size_t next = child_of[node]; next != node; next = child_of[next])
        start = next < start ? next : start;
    node = start;
    do {
        used = put(text, sizeof text, used, e->result->entries[node].id, " -> ");
        node = child_of[node];
    } while (node != start && used < sizeof text);
    if (used < sizeof text)
        put(text, sizeof text, used, e->result->entries[start].id, "");
    return cci_json_fail(error, COCREATE_ERR_SCHEMA, at, "entries derive from each other: %s",
                         text);
}

static cocreate_status sort_out(cci_evaluation *e, cci_lineage *l, const cci_path *at,
                                cocreate_error *error)
{
    size_t n = l->n, done = 0, end = 0;
    size_t *children = cci_arena_alloc(&e->scratch, n, sizeof *children);
    size_t *child_of = cci_arena_alloc(&e->scratch, n, sizeof *child_of);
    if (children == NULL || child_of == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < l->n_edges; i++)
        children[l->edges[i].parent]++;
    for (size_t i = 0; i < n; i++)
        if (children[i] == 0)
            l->order[end++] = i;
    for (; done < end; done++) {
        size_t node = l->order[done];
        for (size_t k = l->first[node]; k < l->first[node + 1]; k++)
            if (--children[l->edges[k].parent] == 0)
                l->order[end++] = l->edges[k].parent;
    }
    if (end == n)
        return COCREATE_OK;
    return circle(e, l, children, child_of, at, error);
}

cocreate_status cci_lineage_read(cci_evaluation *e, const cci_rule *rule, cci_lineage *out,
                                 cocreate_error *error)
{
    cci_section list;
    size_t n = e->result->n;
    CCI_TRY(cci_section_open(e, rule, "lineage", 0, &list, error));
    *out = (cci_lineage){.n = n};
    out->edges = cci_arena_alloc(&e->scratch, list.n, sizeof *out->edges);
    out->first = cci_arena_alloc(&e->scratch, n + 2, sizeof *out->first);
    out->order = cci_arena_alloc(&e->scratch, n, sizeof *out->order);
    if (out->edges == NULL || out->first == NULL || out->order == NULL)
        return cci_no_memory(error);
    CCI_TRY(read_edges(e, &list, out, error));
    return sort_out(e, out, &list.list, error);
}
