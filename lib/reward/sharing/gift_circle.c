/* gift_circle: members give tokens to each other, and a pool is shared by what they received. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "reward/sharing/share.h"

typedef struct circle {
    int64_t pool, tokens;
    int self_gifts, on_empty;
} circle;

static const cci_parameter parameters[] = {
    CCI_PARAMETER_FUND,
    {"pool", "amount", 1, "what is shared"},
    {"tokens", "integer", 0, "what a member may give in all; by default 100"},
    {"self_gifts", "boolean", 0, "members may give to themselves; by default not"},
    CCI_PARAMETER_ON_EMPTY,
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_ROUNDING,
    CCI_PARAMETER_END,
};

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    circle *c = cci_arena_alloc(&scheme->arena, 1, sizeof *c);
    if (c == NULL)
        return cci_no_memory(error);
    c->tokens = 100;
    CCI_TRY(cci_read_pool(scheme, json, rule, &c->pool, path, error));
    CCI_TRY(cci_json_i64_opt(json, "tokens", 1, CCI_MINOR_MAX, &c->tokens, path, error));
    CCI_TRY(cci_json_bool_opt(json, "self_gifts", &c->self_gifts, path, error));
    CCI_TRY(cci_read_on_empty(json, &c->on_empty, path, error));
    rule->parameters = c;
    return COCREATE_OK;
}

typedef struct gift {
    const char *from, *to;
    int64_t tokens;
    size_t index;
} gift;

static int by_giver(const void *a, const void *b)
{
    const gift *x = a, *y = b;
    int order = strcmp(x->from, y->from);
    if (order == 0)
        order = strcmp(x->to, y->to);
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

static cocreate_status read_gifts(const cci_rule *rule, const cci_section *list, gift *gifts,
                                  cocreate_error *error)
{
    const circle *c = rule->parameters;
    for (size_t i = 0; i < list->n; i++) {
        const json_t *row;
        cci_path path;
        gift *g = &gifts[i];
        g->index = i;
        CCI_TRY(cci_section_row(list, i, &row, &path, error));
        CCI_TRY(cci_json_id(row, "from", &g->from, &path, error));
        CCI_TRY(cci_json_id(row, "to", &g->to, &path, error));
        CCI_TRY(cci_json_i64(row, "tokens", 0, CCI_MINOR_MAX, &g->tokens, &path, error));
        if (!c->self_gifts && strcmp(g->from, g->to) == 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &path,
                                 "\"%s\" gives to themselves, which rule \"%s\" does not allow",
                                 g->from, rule->id);
    }
    return COCREATE_OK;
}

/* No pair twice, and nobody gives more than they have. */
static cocreate_status check_gifts(const cci_rule *rule, const cci_section *list, gift *gifts,
                                   cocreate_error *error)
{
    const circle *c = rule->parameters;
    int64_t given = 0;
    if (list->n == 0)
        return COCREATE_OK;
    qsort(gifts, list->n, sizeof *gifts, by_giver);
    for (size_t i = 0; i < list->n; i++) {
        cci_path path = cci_path_at(&list->list, gifts[i].index);
        int same = i > 0 && strcmp(gifts[i].from, gifts[i - 1].from) == 0;
        if (same && strcmp(gifts[i].to, gifts[i - 1].to) == 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &path,
                                 "\"%s\" gives to \"%s\" in $.allocations[%zu] already", gifts[i].from,
                                 gifts[i].to, gifts[i - 1].index);
        given = same ? given : 0;
        if (gifts[i].tokens > c->tokens - given)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &path,
                                 "with it \"%s\" gives more than the %" PRId64
                                 " tokens of rule \"%s\"",
                                 gifts[i].from, c->tokens, rule->id);
        given += gifts[i].tokens;
    }
    return COCREATE_OK;
}

/* The ids of "members" where the result lists them, else whoever gives or receives. */
static cocreate_status read_members(cci_evaluation *e, const gift *gifts, size_t n_gifts,
                                    const cci_section *members, cci_people *out,
                                    cocreate_error *error)
{
    size_t room = members->rows != NULL ? members->n : 2 * n_gifts;
    *out = (cci_people){cci_arena_alloc(&e->scratch, room, sizeof *out->ids), 0};
    if (out->ids == NULL)
        return cci_no_memory(error);
    if (members->rows == NULL) {
        for (size_t i = 0; i < n_gifts; i++) {
            out->ids[out->n++] = gifts[i].from;
            out->ids[out->n++] = gifts[i].to;
        }
        cci_people_sort(out);
        return COCREATE_OK;
    }
    for (; out->n < members->n; out->n++) {
        const json_t *row;
        cci_path path;
        CCI_TRY(cci_section_row(members, out->n, &row, &path, error));
        CCI_TRY(cci_json_id(row, "id", &out->ids[out->n], &path, error));
    }
    cci_people_sort(out);
    if (out->n < members->n)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &members->list, "a member is there twice");
    for (size_t i = 0; i < n_gifts; i++)
        for (int k = 0; k < 2; k++) {
            const char *id = k == 0 ? gifts[i].from : gifts[i].to;
            cci_path root = CCI_ROOT, list = cci_path_key(&root, "allocations");
            cci_path row = cci_path_at(&list, gifts[i].index);
            cci_path at = cci_path_key(&row, k == 0 ? "from" : "to");
            if (cci_people_find(out, id) == out->n)
                return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "\"%s\" is no member", id);
        }
    return COCREATE_OK;
}

/* What each received, from how many. Gifts to or from somebody whom the rule excludes do not count. */
static cocreate_status weigh(cci_evaluation *e, const cci_rule *rule, const gift *gifts,
                             size_t n_gifts, const cci_people *people, cci_claims *claims,
                             int64_t *givers, cocreate_error *error)
{
    for (size_t i = 0; i < claims->n; i++)
        claims->ids[i] = people->ids[i];
    for (size_t i = 0; i < n_gifts; i++) {
        size_t to = cci_people_find(people, gifts[i].to);
        if (gifts[i].tokens == 0 || !cci_person_eligible(e, rule, gifts[i].from) ||
            !cci_person_eligible(e, rule, gifts[i].to))
            continue;
        givers[to]++;
        CCI_TRY(cci_add_number(&claims->weights[to], (cci_number){gifts[i].tokens, 1}, error));
    }
    return COCREATE_OK;
}

static cocreate_status award(cci_evaluation *e, const cci_rule *rule, const cci_claims *claims,
                             size_t i, int64_t givers, cocreate_error *error)
{
    const circle *c = rule->parameters;
    cci_trace *t = &e->trace;
    cci_trace_begin(t);
    if (!claims->equal) {
        CCI_TRY(cci_trace_integer(t, "members", CCI_UNIT_NONE, givers, error));
        CCI_TRY(cci_trace_value(t, "received", CCI_UNIT_NONE, &claims->weights[i], error));
        cci_trace_say(t, givers == 1 ? "One member gave {received} tokens to you."
                                     : "{members} members gave {received} tokens to you.");
    }
    CCI_TRY(cci_trace_share(t, rule, c->pool, claims, i, "tokens", "received", error));
    return cci_pay_person(e, rule, claims->ids[i], "", claims->shares[i], error);
}

static cocreate_status share(cci_evaluation *e, const cci_rule *rule, const cci_people *people,
                             const gift *gifts, const cci_section *list, cci_claims *claims,
                             cocreate_error *error)
{
    const circle *c = rule->parameters;
    int64_t *givers = cci_arena_alloc(&e->scratch, people->n, sizeof *givers);
    if (givers == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_claims_init(e, people->n, claims, error));
    CCI_TRY(weigh(e, rule, gifts, list->n, people, claims, givers, error));
    CCI_TRY(cci_claims_split(e, rule, c->pool, c->on_empty, "tokens", &list->list, claims, error));
    for (size_t i = 0; i < claims->n; i++)
        if (claims->shares[i] > 0)
            CCI_TRY(award(e, rule, claims, i, givers[i], error));
    return COCREATE_OK;
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    cci_section list, members;
    cci_people people;
    cci_claims claims = {0};
    CCI_TRY(cci_section_open(e, rule, "allocations", 0, &list, error));
    CCI_TRY(cci_section_open(e, rule, "members", 1, &members, error));
    gift *gifts = cci_arena_alloc(&e->scratch, list.n, sizeof *gifts);
    if (gifts == NULL)
        return cci_no_memory(error);
    CCI_TRY(read_gifts(rule, &list, gifts, error));
    CCI_TRY(check_gifts(rule, &list, gifts, error));
    CCI_TRY(read_members(e, gifts, list.n, &members, &people, error));
    /* Equal parts are for members that the rule does not exclude. */
    size_t kept = 0;
    const char **ids = cci_arena_alloc(&e->scratch, people.n, sizeof *ids);
    if (ids == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < people.n; i++)
        if (cci_person_eligible(e, rule, people.ids[i]))
            ids[kept++] = people.ids[i];
    people = (cci_people){ids, kept};
    cocreate_status status = share(e, rule, &people, gifts, &list, &claims, error);
    cci_claims_free(&claims);
    return status;
}

const cci_rule_kind cci_rule_gift_circle = {
    .kind = "gift_circle",
    .title = "A pool shared by the tokens that members gave each other",
    .parameters = parameters,
    .bound = "the pool",
    .source = "Coordinape documentation, Gift Circle: 75 of 1,500 GIVE are 5 % of the budget",
    .own_lists = 1,
    .parse = parse,
    .evaluate = evaluate,
};
