/* team_split: what a team won, shared among its members. */
#include <stdlib.h>
#include <string.h>

#include "reward/sharing/shapley_game.h"

typedef enum way { EQUAL, DECLARED, WEIGHTED, PEER, SHAPLEY, LEADER } way;
typedef enum on_disqualified { WHOLE_TEAM, REDISTRIBUTE, GIVE_BACK } on_disqualified;

typedef struct team {
    int64_t pool;
    int split, on_disqualified, on_empty;
} team;

static const cci_parameter parameters[] = {
    CCI_PARAMETER_FUND,
    {"pool", "amount", 1, "what the team shares"},
    {"split", "choice", 1,
     "equal; declared: by shares that sum to 1, which all members have signed; weighted: by what each "
     "contributed; peer: by what the others give each; shapley: by what each adds to the coalitions; "
     "leader: all to one, who shares it"},
    {"on_disqualified", "choice", 0,
     "whole_team (default): nobody is paid; member_only_redistribute: the others share everything; "
     "member_only_return: that share returns to the fund"},
    CCI_PARAMETER_ON_EMPTY,
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_ROUNDING,
    CCI_PARAMETER_END,
};

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    static const char *const ways[] = {"equal", "declared", "weighted", "peer",
                                       "shapley", "leader", NULL};
    static const char *const policies[] = {"whole_team", "member_only_redistribute",
                                           "member_only_return", NULL};
    team *s = cci_arena_alloc(&scheme->arena, 1, sizeof *s);
    if (s == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_read_pool(scheme, json, rule, &s->pool, path, error));
    CCI_TRY(cci_json_choice(json, "split", ways, &s->split, path, error));
    CCI_TRY(cci_json_choice_opt(json, "on_disqualified", policies, &s->on_disqualified, path,
                                error));
    CCI_TRY(cci_read_on_empty(json, &s->on_empty, path, error));
    rule->parameters = s;
    return COCREATE_OK;
}

typedef struct member {
    const char *id;
    int out;              /* disqualified, withdrawn or excluded by the rule */
    int leader, unsigned_;
    cci_number share, weight;
    size_t index;
} member;

static int by_id(const void *a, const void *b)
{
    const member *x = a, *y = b;
    int order = strcmp(x->id, y->id);
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

static cocreate_status read_member(const team *s, const json_t *row, const cci_path *path,
                                   member *m, cocreate_error *error)
{
    const char *status = "valid";
    int has_signed = 0;
    CCI_TRY(cci_json_id(row, "id", &m->id, path, error));
    CCI_TRY(cci_json_string_opt(row, "status", &status, path, error));
    CCI_TRY(cci_json_bool_opt(row, "leader", &m->leader, path, error));
    CCI_TRY(cci_json_bool_opt(row, "signed", &has_signed, path, error));
    m->out = strcmp(status, "valid") != 0;
    m->unsigned_ = !has_signed;
    if (s->split == DECLARED)
        CCI_TRY(cci_row_number(row, "share", 0, &m->share, path, error));
    if (s->split == WEIGHTED)
        CCI_TRY(cci_row_number(row, "weight", 0, &m->weight, path, error));
    cci_path at = cci_path_key(path, s->split == DECLARED ? "share" : "weight");
    if (m->share.num < 0 || m->weight.num < 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "is less than 0");
    return COCREATE_OK;
}

/* The members who were there when the contest closed, in order of their ids. */
static cocreate_status read_members(cci_evaluation *e, const cci_rule *rule,
                                    const cci_section *list, member **out, size_t *n,
                                    cocreate_error *error)
{
    cci_path root = CCI_ROOT;
    cci_time closed = {0, 0};
    member *members = cci_arena_alloc(&e->scratch, list->n, sizeof *members);
    if (members == NULL)
        return cci_no_memory(error);
    *n = 0;
    CCI_TRY(cci_result_time(e->document, "closed_at", &closed, &root, error));
    for (size_t i = 0; i < list->n; i++) {
        const json_t *row;
        cci_path path;
        cci_time joined;
        member *m = &members[*n];
        *m = (member){.index = i, .share = {0, 1}, .weight = {0, 1}};
        CCI_TRY(cci_section_row(list, i, &row, &path, error));
        CCI_TRY(cci_row_time(row, "joined_at", &joined, &path, error));
        CCI_TRY(read_member(rule->parameters, row, &path, m, error));
        m->out |= !cci_person_eligible(e, rule, m->id);
        *n += !(joined.known && closed.known && joined.at > closed.at);
    }
    if (*n > 0)
        qsort(members, *n, sizeof *members, by_id);
    for (size_t i = 1; i < *n; i++)
        if (strcmp(members[i - 1].id, members[i].id) == 0) {
            cci_path path = cci_path_at(&list->list, members[i].index);
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &path,
                                 "\"%s\" is a member in $.members[%zu] already", members[i].id,
                                 members[i - 1].index);
        }
    *out = members;
    return COCREATE_OK;
}

/* Declared shares sum to exactly 1, and every member has signed them. */
static cocreate_status weigh_declared(const cci_section *list, const member *members, size_t n,
                                      cci_claims *claims, cocreate_error *error)
{
    cci_rational *sum = &claims->total;
    for (size_t i = 0; i < n; i++) {
        cci_path path = cci_path_at(&list->list, members[i].index);
        if (members[i].unsigned_)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &path,
                                 "\"%s\" has not signed the declared shares", members[i].id);
        CCI_TRY(cci_set_number(&claims->weights[i], members[i].share, error));
        CCI_TRY(cci_rational_add(sum, &claims->weights[i], sum, error));
    }
    return n == 0 || mp_cmp(&sum->num, &sum->den) == MP_EQ
               ? COCREATE_OK
               : cci_json_fail(error, COCREATE_ERR_SCHEMA, &list->list,
                               "the shares do not sum to 1");
}

/* Each divides what they like among the others: what counts is the part of it that one receives. */
typedef struct vote {
    size_t from, to;
    cci_number amount;
    size_t index;
} vote;

static int by_voter(const void *a, const void *b)
{
    const vote *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static cocreate_status read_votes(cci_evaluation *e, const cci_section *list,
                                  const cci_people *people, vote **out, cocreate_error *error)
{
    vote *votes = cci_arena_alloc(&e->scratch, list->n, sizeof *votes);
    if (votes == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < list->n; i++) {
        const json_t *row;
        const char *from, *to;
        cci_path path, from_at = cci_path_key(&path, "from"), to_at = cci_path_key(&path, "to");
        cci_path amount_at = cci_path_key(&path, "amount");
        CCI_TRY(cci_section_row(list, i, &row, &path, error));
        CCI_TRY(cci_json_id(row, "from", &from, &path, error));
        CCI_TRY(cci_json_id(row, "to", &to, &path, error));
        CCI_TRY(cci_row_number(row, "amount", 0, &votes[i].amount, &path, error));
        votes[i].from = cci_people_find(people, from);
        votes[i].to = cci_people_find(people, to);
        votes[i].index = i;
        if (votes[i].from == people->n || votes[i].to == people->n)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA,
                                 votes[i].from == people->n ? &from_at : &to_at,
                                 "\"%s\" is no member", votes[i].from == people->n ? from : to);
        if (votes[i].from == votes[i].to)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &path, "\"%s\" gives to themselves",
                                 from);
        if (votes[i].amount.num < 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &amount_at, "is less than 0");
    }
    if (list->n > 0)
        qsort(votes, list->n, sizeof *votes, by_voter);
    for (size_t i = 1; i < list->n; i++)
        if (votes[i - 1].from == votes[i].from && votes[i - 1].to == votes[i].to) {
            cci_path path = cci_path_at(&list->list, votes[i].index);
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &path,
                                 "\"%s\" gives to \"%s\" in $.peer_shares[%zu] already",
                                 people->ids[votes[i].from], people->ids[votes[i].to],
                                 votes[i - 1].index);
        }
    *out = votes;
    return COCREATE_OK;
}

static cocreate_status weigh_peers(cci_evaluation *e, const cci_rule *rule,
                                   const cci_people *people, cci_claims *claims,
                                   cocreate_error *error)
{
    cci_section list;
    vote *votes = NULL;
    cci_rational part = {0};
    CCI_TRY(cci_section_open(e, rule, "peer_shares", 0, &list, error));
    CCI_TRY(read_votes(e, &list, people, &votes, error));
    cocreate_status status = cci_rational_init(&part, error);
    for (size_t i = 0, next; i < list.n && status == COCREATE_OK; i = next) {
        status = cci_rational_set_i64(&claims->total, 0, 1, error);
        for (next = i; next < list.n && votes[next].from == votes[i].from; next++)
            if (status == COCREATE_OK)
                status = cci_add_number(&claims->total, votes[next].amount, error);
        for (size_t k = i; k < next && status == COCREATE_OK; k++) {
            cci_rational *weight = &claims->weights[votes[k].to];
            if (votes[k].amount.num == 0)
                continue;
            status = cci_set_number(&part, votes[k].amount, error);
            if (status == COCREATE_OK)
                status = cci_rational_div(&part, &claims->total, &part, error);
            if (status == COCREATE_OK)
                status = cci_rational_add(weight, &part, weight, error);
        }
    }
    cci_rational_clear(&part);
    return status;
}

static cocreate_status weigh_leader(const cci_section *list, const member *members, size_t n,
                                    cci_claims *claims, cocreate_error *error)
{
    size_t leaders = 0;
    for (size_t i = 0; i < n; i++) {
        leaders += members[i].leader != 0;
        CCI_TRY(cci_rational_set_i64(&claims->weights[i], members[i].leader != 0, 1, error));
    }
    return n == 0 || leaders == 1
               ? COCREATE_OK
               : cci_json_fail(error, COCREATE_ERR_SCHEMA, &list->list,
                               "%zu members are marked as leader, not one", leaders);
}

static cocreate_status weigh_shapley(cci_evaluation *e, const cci_rule *rule,
                                     const cci_people *people, cci_claims *claims,
                                     cocreate_error *error)
{
    cci_path root = CCI_ROOT, at = cci_path_key(&root, "coalitions");
    cci_game game = {.form = CCI_GAME_TABLE};
    cci_rational worth = {0};
    CCI_TRY(cci_rational_init(&worth, error));
    cocreate_status status = cci_game_solve(e, rule, &game, people, claims, &worth, error);
    cci_rational_clear(&worth);
    for (size_t i = 0; i < claims->n && status == COCREATE_OK; i++)
        if (cci_rational_sign(&claims->weights[i]) < 0)
            status = cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                                   "the value of \"%s\" is negative", claims->ids[i]);
    return status;
}

static cocreate_status weigh(cci_evaluation *e, const cci_rule *rule, const cci_section *list,
                             const member *members, size_t n, const cci_people *people,
                             cci_claims *claims, cocreate_error *error)
{
    const team *s = rule->parameters;
    switch (s->split) {
    case DECLARED:
        return weigh_declared(list, members, n, claims, error);
    case PEER:
        return weigh_peers(e, rule, people, claims, error);
    case SHAPLEY:
        return weigh_shapley(e, rule, people, claims, error);
    case LEADER:
        return weigh_leader(list, members, n, claims, error);
    default:
        for (size_t i = 0; i < n; i++)
            CCI_TRY(cci_set_number(&claims->weights[i],
                                   s->split == EQUAL ? (cci_number){1, 1} : members[i].weight,
                                   error));
        return COCREATE_OK;
    }
}

static cocreate_status award(cci_evaluation *e, const cci_rule *rule, const cci_claims *claims,
                             size_t i, cocreate_error *error)
{
    static const char *const by[] = {"equal shares", "declared shares", "of contribution",
                                     "of peers' shares", "Shapley value", "leader"};
    static const char *const words[] = {
        "The {members} members of the team share equally.",
        "The team of {members} shares as all its members signed.",
        "The team of {members} shares by what each contributed: {yours} is yours.",
        "Each of the {members} members gave one whole to the others: you received {yours} in all.",
        "On average over all orders of the {members} members you add {yours}.",
        "The team of {members} leaves it to its leader to share."};
    const team *s = rule->parameters;
    cci_trace *t = &e->trace;
    cci_trace_begin(t);
    CCI_TRY(cci_trace_integer(t, "members", CCI_UNIT_NONE, (int64_t)claims->n, error));
    CCI_TRY(cci_trace_value(t, "yours", CCI_UNIT_NONE, &claims->weights[i], error));
    if (!claims->equal)
        cci_trace_say(t, words[s->split]);
    CCI_TRY(cci_trace_share(t, rule, s->pool, claims, i, by[s->split], "yours", error));
    return cci_pay_person(e, rule, claims->ids[i], "", claims->shares[i], error);
}

static cocreate_status share(cci_evaluation *e, const cci_rule *rule, const cci_section *list,
                             const member *members, size_t n, cci_claims *claims,
                             cocreate_error *error)
{
    const team *s = rule->parameters;
    CCI_TRY(cci_claims_init(e, n, claims, error));
    for (size_t i = 0; i < n; i++) {
        claims->ids[i] = members[i].id;
        if (members[i].out && s->on_disqualified == WHOLE_TEAM)
            return COCREATE_OK;
    }
    cci_people people = {claims->ids, n};
    CCI_TRY(weigh(e, rule, list, members, n, &people, claims, error));
    for (size_t i = 0; i < n && s->on_disqualified == REDISTRIBUTE; i++)
        if (members[i].out)
            CCI_TRY(cci_rational_set_i64(&claims->weights[i], 0, 1, error));
    CCI_TRY(cci_claims_split(e, rule, s->pool, s->on_empty, "weight", &list->list, claims, error));
    for (size_t i = 0; i < n; i++)
        if (claims->shares[i] > 0 && !members[i].out)
            CCI_TRY(award(e, rule, claims, i, error));
    return COCREATE_OK;
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    cci_section list;
    cci_claims claims = {0};
    member *members = NULL;
    size_t n = 0;
    CCI_TRY(cci_section_open(e, rule, "members", 0, &list, error));
    CCI_TRY(read_members(e, rule, &list, &members, &n, error));
    cocreate_status status = share(e, rule, &list, members, n, &claims, error);
    cci_claims_free(&claims);
    return status;
}

const cci_rule_kind cci_rule_team_split = {
    .kind = "team_split",
    .title = "What a team won, shared among its members",
    .parameters = parameters,
    .bound = "the pool",
    .source = "the practice of hackathons; Shapley, A Value for n-Person Games, 1953",
    .own_lists = 1,
    .parse = parse,
    .evaluate = evaluate,
};
