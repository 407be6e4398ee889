/* class_prizes: several lists of prizes, at most one prize a participant, the most valuable.
 *
 * Tied participants pool the most valuable prizes that they could win, at most one each, and share
 * them equally (US Chess 32B1, 32B3), but for members of a class whose own prizes, shared among
 * themselves, give them more. Of prizes of equal value the earlier list's counts first (32B4). */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "reward/contest/equal.h"
#include "reward/steps.h"

enum { LISTS_MAX = 8, PRIZES_MAX = 1000, SUBSETS = 1 << LISTS_MAX };

typedef struct list {
    const char *id, *role; /* role: NULL for everybody */
    int64_t *of;           /* never rises */
    size_t n;
} list;

typedef struct classes {
    list lists[LISTS_MAX];
    size_t n;
} classes;

static const cci_parameter parameters[] = {
    CCI_PARAMETER_FUND,
    {"lists", "list", 1,
     "[{id, role, prizes}]: prizes by place, never rising, for entries or persons with the role, or "
     "for all; of equal prizes those of the earlier list come first"},
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_ROUNDING,
    CCI_PARAMETER_TEAM,
    CCI_PARAMETER_END,
};

/* ---- reading ---- */

static cocreate_status copy(cocreate_scheme *scheme, const char *text, const char **out,
                            cocreate_error *error)
{
    if (text == NULL)
        return COCREATE_OK;
    *out = cci_arena_copy(&scheme->arena, text, strlen(text));
    return *out == NULL ? cci_no_memory(error) : COCREATE_OK;
}

static cocreate_status read_prizes(cocreate_scheme *scheme, const json_t *prizes, list *l,
                                   int64_t *sum, const cci_path *path, cocreate_error *error)
{
    l->n = json_array_size(prizes);
    if (l->n == 0 || l->n > PRIZES_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, path, "holds %zu prizes, not 1 to %d", l->n,
                             PRIZES_MAX);
    l->of = cci_arena_alloc(&scheme->arena, l->n, sizeof *l->of);
    if (l->of == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < l->n; i++) {
        cci_path here = cci_path_at(path, i);
        CCI_TRY(cci_read_amount_value(scheme, json_array_get(prizes, i), &l->of[i], &here, error));
        if (i > 0 && l->of[i] > l->of[i - 1])
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                 "is more than the prize of the place before");
        if (!cci_add_i64(*sum, l->of[i], sum) || *sum > CCI_MINOR_MAX)
            return cci_json_fail(error, COCREATE_ERR_OVERFLOW, &here,
                                 "the prizes sum to more than 2^53 - 1 minor units of %s",
                                 scheme->currency);
    }
    return COCREATE_OK;
}

static cocreate_status read_list(cocreate_scheme *scheme, const json_t *json, classes *c,
                                 int64_t *sum, const cci_path *path, cocreate_error *error)
{
    static const char *const keys[] = {"id", "role", "prizes", NULL};
    list *l = &c->lists[c->n];
    const char *id, *role = NULL;
    json_t *prizes;
    cci_path id_at = cci_path_key(path, "id"), prizes_at = cci_path_key(path, "prizes");
    CCI_TRY(cci_json_object(json, path, error));
    CCI_TRY(cci_json_keys(json, keys, path, error));
    CCI_TRY(cci_json_string(json, "id", &id, path, error));
    CCI_TRY(cci_json_string_opt(json, "role", &role, path, error));
    CCI_TRY(cci_json_get_array(json, "prizes", &prizes, path, error));
    if (!cci_figures_is_name(id))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &id_at,
                             "a list is called by a letter and at most 31 letters, digits, spaces and "
                             "_");
    for (size_t i = 0; i < c->n; i++)
        if (strcmp(c->lists[i].id, id) == 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &id_at,
                                 "\"%s\" is that of another list already", id);
    CCI_TRY(copy(scheme, id, &l->id, error));
    CCI_TRY(copy(scheme, role, &l->role, error));
    CCI_TRY(read_prizes(scheme, prizes, l, sum, &prizes_at, error));
    c->n++;
    return COCREATE_OK;
}

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    cci_path at = cci_path_key(path, "lists");
    json_t *lists;
    classes *c = cci_arena_alloc(&scheme->arena, 1, sizeof *c);
    if (c == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_json_get_array(json, "lists", &lists, path, error));
    size_t n = json_array_size(lists);
    if (n == 0 || n > LISTS_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "holds %zu lists, not 1 to %d", n,
                             LISTS_MAX);
    for (size_t i = 0; i < n; i++) {
        cci_path here = cci_path_at(&at, i);
        CCI_TRY(read_list(scheme, json_array_get(lists, i), c, &rule->bound, &here, error));
    }
    rule->why = "the sum of all prizes";
    rule->parameters = c;
    return COCREATE_OK;
}

/* ---- who is in which class ---- */

static int has_role(const char *const *roles, size_t n, const char *role)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(roles[i], role) == 0)
            return 1;
    return 0;
}

static int person_has(const cci_evaluation *e, const char *id, const char *role)
{
    const cci_person *person = cci_result_person(e->result, id);
    return person != NULL && has_role(person->roles, person->n_roles, role);
}

/* A team has the roles that all its members have. */
static int belongs(const cci_evaluation *e, const list *l, const cci_entry *entry)
{
    if (l->role == NULL || has_role(entry->roles, entry->n_roles, l->role))
        return 1;
    for (size_t i = 0; i < entry->n_team; i++)
        if (!person_has(e, entry->team[i].id, l->role))
            return 0;
    return entry->n_team > 0 ||
           person_has(e, entry->owner != NULL ? entry->owner : entry->id, l->role);
}

/* ---- tied participants ---- */

typedef struct member {
    const cci_entry *entry;
    unsigned lists; /* bit l: may win prizes of list l */
} member;

typedef struct group {
    member *members;
    size_t n;
    int64_t place;
    size_t cover[SUBSETS]; /* members that may win of one of these lists */
    size_t taken[LISTS_MAX];
    size_t prizes;
    int64_t pool;
} group;

typedef struct state {
    const classes *c;
    size_t next[LISTS_MAX]; /* the best prize that is left */
    const cci_entry **entries;
} state;

static void cover(group *g, size_t lists)
{
    memset(g->cover, 0, sizeof g->cover);
    for (size_t i = 0; i < g->n; i++)
        g->cover[g->members[i].lists]++;
    /* From "just these lists" to "some of these": all less those with none of them. */
    size_t subsets = (size_t)1 << lists;
    for (size_t l = 0; l < lists; l++)
        for (size_t s = 0; s < subsets; s++)
            if ((s >> l & 1) != 0)
                g->cover[s] += g->cover[s ^ ((size_t)1 << l)];
    for (size_t s = 0; s < subsets / 2; s++) {
        size_t other = subsets - 1 - s, a = g->n - g->cover[other], b = g->n - g->cover[s];
        g->cover[s] = a;
        g->cover[other] = b;
    }
}

/* Hall's condition: are there winners for one more prize of list `more`? */
static int can_take(const group *g, size_t lists, size_t more)
{
    for (size_t s = 1; s < (size_t)1 << lists; s++) {
        size_t wanted = 0;
        for (size_t l = 0; l < lists; l++)
            if ((s >> l & 1) != 0)
                wanted += g->taken[l] + (l == more);
        if (wanted > g->cover[s])
            return 0;
    }
    return 1;
}

/* The most valuable prizes that the group could win, at most one each: greedily, as sets of prizes
 * that can be matched are a matroid. */
static void pool(group *g, const state *s)
{
    const classes *c = s->c;
    unsigned closed = 0;
    memset(g->taken, 0, sizeof g->taken);
    g->pool = 0;
    g->prizes = 0;
    while (g->prizes < g->n) {
        size_t best = LISTS_MAX;
        for (size_t l = 0; l < c->n; l++) {
            size_t at = s->next[l] + g->taken[l];
            if ((closed >> l & 1) == 0 && at < c->lists[l].n &&
                (best == LISTS_MAX ||
                 c->lists[l].of[at] > c->lists[best].of[s->next[best] + g->taken[best]]))
                best = l;
        }
        if (best == LISTS_MAX)
            return;
        if (!can_take(g, c->n, best)) {
            closed |= 1U << best; /* nor will a later one of the list find a winner */
            continue;
        }
        g->pool += c->lists[best].of[s->next[best] + g->taken[best]++];
        g->prizes++;
    }
}

/* A class whose own prizes, shared among its members, give them more than the pool: the one that
 * gives most. LISTS_MAX: none. */
static size_t better_class(const group *g, const state *s, int64_t *sum, size_t *prizes)
{
    size_t best = LISTS_MAX, best_n = g->n;
    uint64_t best_sum = (uint64_t)g->pool;
    for (size_t l = 0; l < s->c->n; l++) {
        const list *li = &s->c->lists[l];
        size_t n = g->cover[(size_t)1 << l], k = 0;
        uint64_t own = 0;
        if (n == 0 || n == g->n)
            continue;
        for (; k < n && s->next[l] + k < li->n; k++)
            own += (uint64_t)li->of[s->next[l] + k];
        if (cci_compare_products(own, best_n, best_sum, n) > 0) {
            best = l;
            best_n = n;
            best_sum = own;
            *prizes = k;
        }
    }
    *sum = (int64_t)best_sum;
    return best;
}

static cocreate_status pay(cci_evaluation *e, const cci_rule *rule, const state *s, size_t n,
                           int64_t place, size_t prizes, int64_t amount, const char *say,
                           cocreate_error *error)
{
    cci_trace *t = &e->trace;
    cci_trace_begin(t);
    CCI_TRY(cci_trace_integer(t, "place", CCI_UNIT_NONE, place, error));
    CCI_TRY(cci_trace_integer(t, "tied", CCI_UNIT_NONE, (int64_t)n, error));
    CCI_TRY(cci_trace_integer(t, "prizes", CCI_UNIT_NONE, (int64_t)prizes, error));
    CCI_TRY(cci_trace_integer(t, "pool", CCI_UNIT_MINOR, amount, error));
    cci_trace_say(t, say);
    if (n > 1)
        return cci_equal_pay(e, rule, &(cci_equal){amount, 0, "tied entries", NULL}, s->entries, n,
                             error);
    CCI_TRY(cci_trace_pay(t, "pool", &amount, error));
    return cci_pay(e, rule, s->entries[0], amount, error);
}

/* Class members who do better alone take their prizes and leave the group. */
static cocreate_status pay_class(cci_evaluation *e, const cci_rule *rule, state *s, group *g,
                                 size_t class, size_t prizes, int64_t sum, cocreate_error *error)
{
    size_t n = 0, rest = 0;
    cci_buffer say;
    const char *text = NULL;
    for (size_t i = 0; i < g->n; i++)
        if ((g->members[i].lists >> class & 1) != 0)
            s->entries[n++] = g->members[i].entry;
        else
            g->members[rest++] = g->members[i];
    g->n = rest;
    s->next[class] += prizes;
    cci_buffer_init(&say, &e->scratch.allocator);
    cci_buffer_format(&say,
                      n == 1 ? "Place {place}: the best prize of \"%s\", {pool}, is more than a part of "
                               "all that the tie could win."
                             : "Place {place}: the prizes of \"%s\" alone, {pool} for {tied}, are more "
                               "than a part of all that the tie could win.",
                      s->c->lists[class].id);
    CCI_TRY(cci_arena_finish(&e->scratch, &say, &text, error));
    return pay(e, rule, s, n, g->place, prizes, sum, text, error);
}

static cocreate_status pay_pool(cci_evaluation *e, const cci_rule *rule, state *s, const group *g,
                                cocreate_error *error)
{
    cci_buffer say;
    const char *text = NULL;
    cci_buffer_init(&say, &e->scratch.allocator);
    if (g->n > 1)
        cci_buffer_text(&say, "Place {place}, shared by {tied}, who could win {prizes} of the prizes: "
                              "{pool} in all.");
    for (size_t l = 0; l < s->c->n; l++) {
        if (g->taken[l] > 0 && g->n == 1)
            cci_buffer_format(&say, "Place {place}: prize %zu of \"%s\", {pool}.", s->next[l] + 1,
                              s->c->lists[l].id);
        s->next[l] += g->taken[l];
    }
    for (size_t i = 0; i < g->n; i++)
        s->entries[i] = g->members[i].entry;
    CCI_TRY(cci_arena_finish(&e->scratch, &say, &text, error));
    return pay(e, rule, s, g->n, g->place, g->prizes, g->pool, text, error);
}

static cocreate_status pay_group(cci_evaluation *e, const cci_rule *rule, state *s, group *g,
                                 cocreate_error *error)
{
    while (g->n > 0) {
        int64_t sum;
        size_t prizes = 0;
        cover(g, s->c->n);
        pool(g, s);
        size_t class = better_class(g, s, &sum, &prizes);
        if (class == LISTS_MAX)
            return g->pool == 0 ? COCREATE_OK : pay_pool(e, rule, s, g, error);
        CCI_TRY(pay_class(e, rule, s, g, class, prizes, sum, error));
    }
    return COCREATE_OK;
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    state s = {.c = rule->parameters};
    cci_stand *stands = NULL;
    size_t n = 0;
    CCI_TRY(cci_standing(e, rule, 1, &stands, &n, error));
    group *g = cci_arena_alloc(&e->scratch, 1, sizeof *g);
    member *members = cci_arena_alloc(&e->scratch, n, sizeof *members);
    s.entries = cci_arena_alloc(&e->scratch, n, sizeof *s.entries);
    if (g == NULL || members == NULL || s.entries == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i += stands[i].tied) {
        g->members = members;
        g->n = stands[i].tied;
        g->place = stands[i].place;
        for (size_t k = 0; k < g->n; k++) {
            members[k] = (member){stands[i + k].entry, 0};
            for (size_t l = 0; l < s.c->n; l++)
                members[k].lists |= (unsigned)belongs(e, &s.c->lists[l], members[k].entry) << l;
        }
        CCI_TRY(pay_group(e, rule, &s, g, error));
    }
    return COCREATE_OK;
}

const cci_rule_kind cci_rule_class_prizes = {
    .kind = "class_prizes",
    .title = "Lists of prizes, one prize a participant",
    .parameters = parameters,
    .bound = "the sum of all prizes",
    .source = "US Chess rules 32B1, 32B3 and 32B4",
    .parse = parse,
    .evaluate = evaluate,
};
