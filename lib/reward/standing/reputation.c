/* reputation: points by who trusts whom, each voice weighed by its own reputation. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "reward/recognition/events.h"
#include "reward/standing/trust.h"
#include "reward/sharing/share.h"

enum { BEFOREHAND_MAX = 10000 };

typedef struct reputation {
    cci_number alpha;
    int64_t billionths; /* the same */
    int64_t iterations;
    const char **beforehand; /* ids and roles, sorted; all alike if there are none */
    size_t n_beforehand;
    int64_t total; /* minor units */
} reputation;

static const cci_parameter parameters[] = {
    {"method", "choice", 0,
     "eigentrust (default), or pagerank, where nobody is trusted beforehand"},
    {"alpha", "number", 0,
     "the part of all trust that goes back to those trusted beforehand each time, 0 to 1, of at most "
     "9 decimals; by default 0.15"},
    {"iterations", "integer", 0, "how many times trust flows, 0 to 10000; by default 150"},
    {"pre_trusted", "list", 0, "persons and roles that are trusted beforehand; by default all alike"},
    {"total", "number", 0, "the points that all reputations sum to; by default 1000"},
    CCI_PARAMETER_UNIT,
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_END,
};

/* -- Parameters ------------------------------------------------------------------------------- */

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static cocreate_status read_beforehand(cocreate_scheme *scheme, const json_t *json, reputation *r,
                                       const cci_path *path, cocreate_error *error)
{
    cci_path at = cci_path_key(path, "pre_trusted");
    json_t *list;
    CCI_TRY(cci_json_get_array_opt(json, "pre_trusted", &list, path, error));
    if (list == NULL)
        return COCREATE_OK;
    size_t n = json_array_size(list);
    if (n == 0 || n > BEFOREHAND_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "holds %zu ids, not 1 to %d", n,
                             BEFOREHAND_MAX);
    r->beforehand = cci_arena_alloc(&scheme->arena, n, sizeof *r->beforehand);
    if (r->beforehand == NULL)
        return cci_no_memory(error);
    for (; r->n_beforehand < n; r->n_beforehand++) {
        cci_path here = cci_path_at(&at, r->n_beforehand);
        const char *id = json_string_value(json_array_get(list, r->n_beforehand));
        if (id == NULL || id[0] == '\0')
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "not an id");
        r->beforehand[r->n_beforehand] = cci_arena_copy(&scheme->arena, id, strlen(id));
        if (r->beforehand[r->n_beforehand] == NULL)
            return cci_no_memory(error);
    }
    qsort(r->beforehand, n, sizeof *r->beforehand, by_text);
    return COCREATE_OK;
}

static cocreate_status read_alpha(const json_t *json, reputation *r, const cci_path *path,
                                  cocreate_error *error)
{
    cci_path at = cci_path_key(path, "alpha");
    cci_number scaled;
    CCI_TRY(cci_row_number(json, "alpha", 1, &r->alpha, path, error));
    if (r->alpha.den == 0)
        r->alpha = (cci_number){3, 20};
    if (r->alpha.num < 0 || r->alpha.num > r->alpha.den)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "is not from 0 to 1");
    if (!cci_number_mul(r->alpha, (cci_number){CCI_TRUST_BILLION, 1}, &scaled) || scaled.den != 1)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "has more than 9 decimals");
    r->billionths = scaled.num;
    return COCREATE_OK;
}

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    static const char *const methods[] = {"eigentrust", "pagerank", NULL};
    cci_path beforehand_at = cci_path_key(path, "pre_trusted"), total_at = cci_path_key(path, "total");
    reputation *r = cci_arena_alloc(&scheme->arena, 1, sizeof *r);
    int method = 0;
    cci_number total;
    if (r == NULL)
        return cci_no_memory(error);
    r->iterations = CCI_TRUST_ITERATIONS;
    CCI_TRY(cci_json_choice_opt(json, "method", methods, &method, path, error));
    CCI_TRY(read_alpha(json, r, path, error));
    CCI_TRY(cci_json_i64_opt(json, "iterations", 0, CCI_TRUST_ITERATIONS_MAX, &r->iterations, path,
                             error));
    CCI_TRY(read_beforehand(scheme, json, r, path, error));
    if (method == 1 && r->n_beforehand > 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &beforehand_at,
                             "given, but in pagerank all are alike beforehand");
    CCI_TRY(cci_row_number(json, "total", 1, &total, path, error));
    if (total.den == 0)
        total = (cci_number){1000, 1};
    CCI_TRY(cci_points_minor(rule, total, &r->total, &total_at, error));
    if (r->total <= 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &total_at, "is not more than 0");
    rule->parameters = r;
    rule->why = "points cost nothing";
    return COCREATE_OK;
}

/* -- The graph -------------------------------------------------------------------------------- */

typedef struct link {
    const char *from, *to;
    cci_number weight;
} link;

typedef struct graph {
    cci_people people;
    uint32_t *from, *to;
    int64_t *weights;
    size_t n;
    int64_t *before, *start; /* NULL: all alike, as `before` */
} graph;

static cocreate_status read_links(const cci_section *list, link *links, cocreate_error *error)
{
    for (size_t i = 0; i < list->n; i++) {
        const json_t *row;
        cci_path at;
        CCI_TRY(cci_section_row(list, i, &row, &at, error));
        CCI_TRY(cci_json_id(row, "from", &links[i].from, &at, error));
        CCI_TRY(cci_json_id(row, "to", &links[i].to, &at, error));
        CCI_TRY(cci_row_number(row, "weight", 1, &links[i].weight, &at, error));
        if (links[i].weight.den == 0)
            links[i].weight = (cci_number){1, 1};
    }
    return COCREATE_OK;
}

static cocreate_status read_people(cci_evaluation *e, const cci_rule *rule, const cci_section *peers,
                                   const link *links, size_t n_links, graph *g,
                                   cocreate_error *error)
{
    g->people.ids = cci_arena_alloc(&e->scratch, 2 * n_links + peers->n, sizeof *g->people.ids);
    if (g->people.ids == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < peers->n; i++) {
        const json_t *row;
        cci_path at;
        const char *id;
        CCI_TRY(cci_section_row(peers, i, &row, &at, error));
        CCI_TRY(cci_json_id(row, "person", &id, &at, error));
        g->people.ids[g->people.n++] = id;
    }
    cci_people_sort(&g->people);
    if (g->people.n < peers->n)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &peers->list, "a peer is there twice");
    for (size_t i = 0; i < n_links; i++) {
        g->people.ids[g->people.n++] = links[i].from;
        g->people.ids[g->people.n++] = links[i].to;
    }
    size_t kept = 0;
    for (size_t i = 0; i < g->people.n; i++)
        if (cci_person_eligible(e, rule, g->people.ids[i]))
            g->people.ids[kept++] = g->people.ids[i];
    g->people.n = kept;
    cci_people_sort(&g->people);
    return COCREATE_OK;
}

/* Whole weights: those of all rows over their least common denominator. */
static int common_scale(const link *links, size_t n, int64_t *scale)
{
    *scale = 1;
    for (size_t i = 0; i < n; i++)
        if (!cci_mul_i64(*scale, cci_number_of(*scale, links[i].weight.den).den, scale))
            return 0;
    return 1;
}

static cocreate_status read_edges(cci_evaluation *e, const cci_section *list, const link *links,
                                  graph *g, cocreate_error *error)
{
    int64_t scale;
    g->from = cci_arena_alloc(&e->scratch, list->n, sizeof *g->from);
    g->to = cci_arena_alloc(&e->scratch, list->n, sizeof *g->to);
    g->weights = cci_arena_alloc(&e->scratch, list->n, sizeof *g->weights);
    if (g->from == NULL || g->to == NULL || g->weights == NULL)
        return cci_no_memory(error);
    if (!common_scale(links, list->n, &scale))
        return cci_json_fail(error, COCREATE_ERR_OVERFLOW, &list->list,
                             "the weights have no common denominator of 64 bits");
    for (size_t i = 0; i < list->n; i++) {
        size_t from = cci_people_find(&g->people, links[i].from);
        size_t to = cci_people_find(&g->people, links[i].to);
        cci_path at = cci_path_at(&list->list, i), weight_at = cci_path_key(&at, "weight");
        int64_t *weight = &g->weights[g->n];
        if (from == g->people.n || to == g->people.n)
            continue;
        if (!cci_mul_i64(links[i].weight.num, scale / links[i].weight.den, weight) ||
            *weight > CCI_TRUST_WEIGHT_MAX || *weight < -CCI_TRUST_WEIGHT_MAX)
            return cci_json_fail(error, COCREATE_ERR_OVERFLOW, &weight_at,
                                 "over the common denominator %" PRId64
                                 " of all weights it is beyond 2^53 - 1",
                                 scale);
        g->from[g->n] = (uint32_t)from;
        g->to[g->n++] = (uint32_t)to;
    }
    return COCREATE_OK;
}

static int is_beforehand(const cci_evaluation *e, const reputation *r, const char *id)
{
    const cci_person *person = cci_result_person(e->result, id);
    size_t n = r->n_beforehand;
    if (bsearch(&id, r->beforehand, n, sizeof *r->beforehand, by_text) != NULL)
        return 1;
    for (size_t i = 0; person != NULL && i < person->n_roles; i++)
        if (bsearch(&person->roles[i], r->beforehand, n, sizeof *r->beforehand, by_text) != NULL)
            return 1;
    return 0;
}

static cocreate_status read_before(cci_evaluation *e, const cci_rule *rule, graph *g,
                                   cocreate_error *error)
{
    const reputation *r = rule->parameters;
    size_t found = 0;
    if (r->n_beforehand == 0)
        return COCREATE_OK;
    g->before = cci_arena_alloc(&e->scratch, g->people.n, sizeof *g->before);
    if (g->before == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < g->people.n; i++) {
        g->before[i] = is_beforehand(e, r, g->people.ids[i]);
        found += g->before[i] > 0;
    }
    return found > 0 ? COCREATE_OK
                     : cci_fail(error, COCREATE_ERR_SCHEMA,
                                "$.trust: nobody there is trusted beforehand by rule \"%s\"", rule->id);
}

/* "start" of peers: what they have at first; others have nothing. */
static cocreate_status read_start(cci_evaluation *e, const cci_section *peers, graph *g,
                                  cocreate_error *error)
{
    int given = 0, some = 0;
    cci_number *starts = cci_arena_alloc(&e->scratch, g->people.n, sizeof *starts);
    int64_t *weights = cci_arena_alloc(&e->scratch, g->people.n, sizeof *weights);
    int64_t scale, sum;
    if (starts == NULL || weights == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < peers->n; i++) {
        const json_t *row;
        cci_path at;
        const char *id;
        cci_number n;
        CCI_TRY(cci_section_row(peers, i, &row, &at, error));
        cci_path start_at = cci_path_key(&at, "start");
        CCI_TRY(cci_json_id(row, "person", &id, &at, error));
        CCI_TRY(cci_row_number(row, "start", 1, &n, &at, error));
        if (n.den == 0)
            continue;
        if (n.num < 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &start_at, "is less than 0");
        given = 1;
        size_t k = cci_people_find(&g->people, id);
        if (k == g->people.n)
            continue;
        starts[k] = n;
        some |= n.num > 0;
    }
    if (!given)
        return COCREATE_OK;
    if (!some)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &peers->list, "nobody starts with anything");
    if (!cci_number_scale(starts, g->people.n, weights, &scale, &sum))
        return cci_json_fail(error, COCREATE_ERR_OVERFLOW, &peers->list,
                             "what peers start with has no common denominator of 64 bits");
    g->start = weights;
    return COCREATE_OK;
}

static cocreate_status read_graph(cci_evaluation *e, const cci_rule *rule, cci_section *list,
                                  cci_section *peers, graph *g, cocreate_error *error)
{
    CCI_TRY(cci_section_open(e, rule, "trust", 0, list, error));
    CCI_TRY(cci_section_open(e, rule, "peers", 1, peers, error));
    link *links = cci_arena_alloc(&e->scratch, list->n, sizeof *links);
    if (links == NULL)
        return cci_no_memory(error);
    CCI_TRY(read_links(list, links, error));
    CCI_TRY(read_people(e, rule, peers, links, list->n, g, error));
    CCI_TRY(read_edges(e, list, links, g, error));
    if (g->people.n == 0)
        return COCREATE_OK;
    CCI_TRY(read_before(e, rule, g, error));
    return read_start(e, peers, g, error);
}

/* -- Awards ----------------------------------------------------------------------------------- */

static cocreate_status flow(cci_evaluation *e, const cci_rule *rule, const graph *g,
                            cci_claims *claims, int64_t *voices, cocreate_error *error)
{
    const reputation *r = rule->parameters;
    cci_trust_edges edges = {g->from, g->to, g->weights, g->n, g->people.n};
    cci_trust trust = {.allocator = e->scratch.allocator};
    cocreate_status status = cci_trust_build(&edges, &trust, error);
    if (status == COCREATE_OK)
        status = cci_trust_begin(&trust, g->before, g->start, error);
    if (status == COCREATE_OK)
        cci_trust_run(&trust, r->billionths, r->iterations);
    for (size_t i = 0; i < g->people.n && status == COCREATE_OK; i++) {
        voices[i] = (int64_t)(trust.first[i + 1] - trust.first[i]);
        status = cci_rational_set_i64(&claims->weights[i], cci_trust_score(&trust, i),
                                      CCI_TRUST_BILLION, error);
    }
    cci_trust_free(&trust);
    return status;
}

static cocreate_status award(cci_evaluation *e, const cci_rule *rule, const cci_claims *claims,
                             size_t i, int64_t voices, cocreate_error *error)
{
    const reputation *r = rule->parameters;
    cci_trace *t = &e->trace;
    cci_trace_begin(t);
    CCI_TRY(cci_trace_integer(t, "peers", CCI_UNIT_NONE, (int64_t)claims->n, error));
    CCI_TRY(cci_trace_integer(t, "voices", CCI_UNIT_NONE, voices, error));
    CCI_TRY(cci_trace_number(t, "alpha", CCI_UNIT_NONE, r->alpha, error));
    CCI_TRY(cci_trace_integer(t, "iterations", CCI_UNIT_NONE, r->iterations, error));
    CCI_TRY(cci_trace_value(t, "score", CCI_UNIT_NONE, &claims->weights[i], error));
    cci_trace_say(t, "Trusted by {voices} of {peers}, each voice weighed by its own reputation.");
    CCI_TRY(cci_trace_share(t, rule, r->total, claims, i, "trust", "score", error));
    return cci_pay_person(e, rule, claims->ids[i], "", claims->shares[i], error);
}

static cocreate_status share(cci_evaluation *e, const cci_rule *rule, const graph *g,
                             const cci_section *list, cci_claims *claims, cocreate_error *error)
{
    const reputation *r = rule->parameters;
    int64_t *voices = cci_arena_alloc(&e->scratch, g->people.n, sizeof *voices);
    if (voices == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_claims_init(e, g->people.n, claims, error));
    for (size_t i = 0; i < claims->n; i++)
        claims->ids[i] = g->people.ids[i];
    CCI_TRY(flow(e, rule, g, claims, voices, error));
    CCI_TRY(cci_claims_split(e, rule, r->total, CCI_EMPTY_RETURN, "trust", &list->list, claims,
                             error));
    for (size_t i = 0; i < claims->n; i++)
        if (claims->shares[i] > 0)
            CCI_TRY(award(e, rule, claims, i, voices[i], error));
    return COCREATE_OK;
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    cci_section list, peers;
    graph g = {0};
    cci_claims claims = {0};
    CCI_TRY(read_graph(e, rule, &list, &peers, &g, error));
    if (g.people.n == 0)
        return COCREATE_OK;
    cocreate_status status = share(e, rule, &g, &list, &claims, error);
    cci_claims_free(&claims);
    return status;
}

const cci_rule_kind cci_rule_reputation = {
    .kind = "reputation",
    .title = "Points by who trusts whom",
    .parameters = parameters,
    .bound = "nothing: points are no money",
    .source = "Kamvar, Schlosser & Garcia-Molina, The EigenTrust algorithm, 2003; Brin & Page, The "
              "anatomy of a large-scale hypertextual web search engine, 1998 (pagerank)",
    .own_lists = 1,
    .parse = parse,
    .evaluate = evaluate,
};
