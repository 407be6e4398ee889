/* quadratic_funding: a pool that matches gifts to projects, more for many small ones than for few large. */
#include <inttypes.h>
#include <string.h>

#include "reward/matching/gifts.h"
#include "reward/matching/settle.h"

typedef struct funding {
    int64_t pool, minimum, cap, bound;
    int match, cocm; /* cci_match_form; 1: plain */
    int scale_up;
} funding;

static const cci_parameter parameters[] = {
    CCI_PARAMETER_FUND,
    {"pool", "amount", 1, "what the gifts are matched from"},
    {"match", "choice", 0,
     "qf (default): the square of the sum of the roots of the gifts, less the gifts; pairwise: less for "
     "two who give to the same projects; cluster: one root for each cluster of donors; cocm: "
     "connection-oriented cluster match; gitcoin_clr: as Gitcoin's program of 2020"},
    {"m", "amount", 0, "M of pairwise, what two donors may bring about at most; required there"},
    {"threshold", "amount", 0, "of gitcoin_clr; required there"},
    {"ties", "choice", 0,
     "of cocm, how donors are tied to clusters: fancy (default), by the part of their friends in it; "
     "plain, by a single friend"},
    {"scale_up", "boolean", 0, "pay the whole pool also where the matches need less; by default not"},
    {"cap", "amount", 0, "the most a project gets; what exceeds it goes to the others"},
    {"minimum", "amount", 0, "what a donor gives a project in all counts from here on"},
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_ROUNDING,
    CCI_PARAMETER_TEAM,
    CCI_PARAMETER_END,
};

static cocreate_status belongs(const json_t *json, const char *key, int given_to, int required,
                               const char *to, const cci_path *path, cocreate_error *error)
{
    cci_path at = cci_path_key(path, key);
    const json_t *value = json_object_get(json, key);
    int given = value != NULL && !json_is_null(value);
    if (given && !given_to)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "given, but only %s has it", to);
    if (!given && given_to && required)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "required by %s, but missing", to);
    return COCREATE_OK;
}

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    /* In the order of cci_match_form. */
    static const char *const forms[] = {"qf", "pairwise", "cluster", "cocm", "gitcoin_clr", NULL};
    static const char *const ties[] = {"fancy", "plain", NULL};
    funding *f = cci_arena_alloc(&scheme->arena, 1, sizeof *f);
    int64_t threshold = 0;
    if (f == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_read_pool(scheme, json, rule, &f->pool, path, error));
    CCI_TRY(cci_json_choice_opt(json, "match", forms, &f->match, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "m", &f->bound, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "threshold", &threshold, path, error));
    CCI_TRY(cci_json_choice_opt(json, "ties", ties, &f->cocm, path, error));
    CCI_TRY(cci_json_bool_opt(json, "scale_up", &f->scale_up, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "cap", &f->cap, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "minimum", &f->minimum, path, error));
    CCI_TRY(belongs(json, "m", f->match == CCI_MATCH_PAIRWISE, 1, "pairwise", path, error));
    CCI_TRY(belongs(json, "threshold", f->match == CCI_MATCH_GITCOIN_CLR, 1, "gitcoin_clr", path,
                    error));
    CCI_TRY(belongs(json, "ties", f->match == CCI_MATCH_COCM, 0, "cocm", path, error));
    if (threshold > 0)
        f->bound = threshold;
    rule->parameters = f;
    return COCREATE_OK;
}

/* ---- what a recipient is told ---- */

/* "roots" is the sum of the roots of the gifts, "squares" that of their squares. */
static cocreate_status trace_roots(cci_evaluation *e, const cci_gifts *gifts, size_t project,
                                   cocreate_error *error)
{
    cci_trace *t = &e->trace;
    cci_rational value = {0};
    mp_int roots, squares, scale;
    CCI_TRY(cci_big_status(mp_init_multi(&roots, &squares, &scale, NULL), error));
    cocreate_status status = cci_rational_init(&value, error);
    if (status == COCREATE_OK)
        status = cci_match_sums(gifts, project, &roots, &squares, error);
    if (status == COCREATE_OK)
        status = cci_big_status(mp_2expt(&scale, CCI_ROOT_BITS), error);
    if (status == COCREATE_OK)
        status = cci_rational_set_big(&value, &roots, &scale, error);
    if (status == COCREATE_OK)
        status = cci_trace_value(t, "roots", CCI_UNIT_NONE, &value, error);
    if (status == COCREATE_OK)
        status = cci_big_status(mp_2expt(&scale, CCI_SQUARE_BITS), error);
    if (status == COCREATE_OK)
        status = cci_rational_set_big(&value, &squares, &scale, error);
    if (status == COCREATE_OK)
        status = cci_trace_value(t, "squares", CCI_UNIT_MINOR, &value, error);
    cci_rational_clear(&value);
    mp_clear_multi(&roots, &squares, &scale, NULL);
    CCI_TRY(status);
    CCI_TRY(cci_trace_calc(t, "square of roots", CCI_UNIT_MINOR, "power", CCI_ARGS("roots", "2"),
                           error));
    return cci_trace_calc(t, "match", CCI_UNIT_MINOR, "difference",
                          CCI_ARGS("square of roots", "squares"), error);
}

static const char *sentence(const funding *f)
{
    static const char *const matches[] = {
        [CCI_MATCH_QF] = "{donors} donors gave {given}, which asks for a match of {match}: the square of "
                         "the sum of the roots of the gifts, less the gifts.",
        [CCI_MATCH_PAIRWISE] = "{donors} donors gave {given}, which asks for a match of {match}: the sum "
                               "over pairs of donors, less for two who give to the same projects.",
        [CCI_MATCH_CLUSTER] = "{donors} donors gave {given}, which asks for a match of {match}, with one "
                              "root for each cluster of donors.",
        [CCI_MATCH_COCM] = "{donors} donors gave {given}, which asks for a match of {match} for what "
                           "clusters of donors that are not tied to each other agree on.",
        [CCI_MATCH_GITCOIN_CLR] = "{donors} donors gave {given}, which asks for a match of {match} by "
                                  "Gitcoin's program of 2020.",
    };
    return matches[f->match];
}

/* How the match becomes an amount: the cap, or a share of what is left. */
static cocreate_status trace_amount(cci_evaluation *e, const cci_rule *rule, const funding *f,
                                    const cci_settlement *s, cci_claims *claims, size_t i,
                                    int64_t *minor, cocreate_error *error)
{
    cci_trace *t = &e->trace;
    CCI_TRY(cci_trace_integer(t, "pool", CCI_UNIT_MINOR, f->pool, error));
    CCI_TRY(cci_trace_value(t, "all matches", CCI_UNIT_MINOR, &s->total, error));
    if (s->saturated)
        cci_trace_say(t, "All matches together ask for {all matches} of the pool of {pool}, which is "
                         "shared in proportion.");
    if (f->cap > 0)
        CCI_TRY(cci_trace_integer(t, "cap", CCI_UNIT_MINOR, f->cap, error));
    if (!s->capped[i]) {
        *minor = claims->shares[i];
        if (f->cap > 0 && s->n_capped > 0) {
            CCI_TRY(cci_trace_integer(t, "capped", CCI_UNIT_NONE, s->n_capped, error));
            cci_trace_say(t, "{capped} get the cap of {cap}, the others share the rest.");
        }
        return cci_trace_share(t, rule, s->left, claims, i, "match", "match", error);
    }
    if (s->capped[i] == CCI_CAPPED_MATCH) {
        CCI_TRY(cci_trace_check(t, "match", "more", "cap", error));
    } else if (cci_rational_sign(&s->rest) > 0) {
        CCI_TRY(cci_trace_integer(t, "left", CCI_UNIT_MINOR, s->left, error));
        CCI_TRY(cci_trace_value(t, "other matches", CCI_UNIT_MINOR, &s->rest, error));
        CCI_TRY(cci_trace_calc(t, "product", CCI_UNIT_MINOR, "product", CCI_ARGS("left", "match"),
                               error));
        CCI_TRY(cci_trace_calc(t, "claim", CCI_UNIT_MINOR, "quotient",
                               CCI_ARGS("product", "other matches"), error));
        CCI_TRY(cci_trace_check(t, "claim", "more", "cap", error));
    }
    cci_trace_say(t, "A project gets {cap} at most.");
    return cci_trace_pay(t, "cap", minor, error);
}

static cocreate_status award(cci_evaluation *e, const cci_rule *rule, const cci_gift_round *in,
                             const cci_gifts *gifts, const cci_settlement *s, cci_claims *claims,
                             size_t i, cocreate_error *error)
{
    const funding *f = rule->parameters;
    cci_trace *t = &e->trace;
    int64_t given = 0, minor = 0;
    for (size_t k = gifts->first[i]; k < gifts->first[i + 1]; k++)
        given = given > INT64_MAX - gifts->amounts[k] ? INT64_MAX : given + gifts->amounts[k];
    cci_trace_begin(t);
    CCI_TRY(cci_trace_integer(t, "donors", CCI_UNIT_NONE,
                              (int64_t)(gifts->first[i + 1] - gifts->first[i]), error));
    CCI_TRY(cci_trace_integer(t, "given", CCI_UNIT_MINOR, given, error));
    if (f->match == CCI_MATCH_QF)
        CCI_TRY(trace_roots(e, gifts, i, error));
    else
        CCI_TRY(cci_trace_value(t, "match", CCI_UNIT_MINOR, &claims->weights[i], error));
    cci_trace_say(t, sentence(f));
    CCI_TRY(trace_amount(e, rule, f, s, claims, i, &minor, error));
    const cci_entry *entry = cci_result_find(e->result, in->projects.ids[i]);
    return entry != NULL ? cci_pay(e, rule, entry, minor, error)
                         : cci_pay_person(e, rule, in->projects.ids[i], "", minor, error);
}

/* ---- evaluating ---- */

static cocreate_status set_matches(const mp_int *matches, int bits, cci_claims *claims,
                                   cocreate_error *error)
{
    mp_int scale;
    CCI_TRY(cci_big_status(mp_init(&scale), error));
    cocreate_status status = cci_big_status(mp_2expt(&scale, bits), error);
    for (size_t i = 0; i < claims->n && status == COCREATE_OK; i++)
        status = cci_rational_set_big(&claims->weights[i], &matches[i], &scale, error);
    mp_clear(&scale);
    return status;
}

static cocreate_status ideal_matches(cci_evaluation *e, const cci_gift_round *in,
                                     const cci_gifts *gifts, cci_claims *claims,
                                     cocreate_error *error)
{
    size_t n = 0;
    int bits = 0;
    cocreate_status status = COCREATE_OK;
    mp_int *matches = cci_arena_alloc(&e->scratch, claims->n, sizeof *matches);
    if (matches == NULL)
        return cci_no_memory(error);
    for (; n < claims->n && status == COCREATE_OK; n++)
        status = cci_big_status(mp_init(&matches[n]), error);
    if (status == COCREATE_OK)
        status = cci_match(&in->round, gifts, matches, &bits, error);
    if (status == COCREATE_OK)
        status = set_matches(matches, bits, claims, error);
    for (size_t i = 0; i < n; i++)
        mp_clear(&matches[i]);
    return status;
}

static cocreate_status share(cci_evaluation *e, const cci_rule *rule, const cci_settlement *s,
                             cci_claims *claims, cocreate_error *error)
{
    cocreate_split_options options;
    CCI_TRY(cci_split_options_of(e, rule, claims->ids, &options, error));
    return cci_settle_shares(&e->scratch.allocator, claims->weights, claims->n, s, &options,
                             claims->shares, error);
}

static cocreate_status pay_out(cci_evaluation *e, const cci_rule *rule, const cci_gift_round *in,
                               const cci_gifts *gifts, cci_claims *claims, cci_settlement *s,
                               cocreate_error *error)
{
    s->capped = cci_arena_alloc(&e->scratch, claims->n, 1);
    if (s->capped == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_rational_init(&s->total, error));
    CCI_TRY(cci_rational_init(&s->rest, error));
    CCI_TRY(ideal_matches(e, in, gifts, claims, error));
    CCI_TRY(cci_settle_matches(&e->scratch.allocator, claims->weights, claims->n, s, error));
    CCI_TRY(share(e, rule, s, claims, error));
    CCI_TRY(cci_rational_copy(&claims->total, &s->rest, error));
    for (size_t i = 0; i < claims->n; i++)
        if (claims->shares[i] > 0)
            CCI_TRY(award(e, rule, in, gifts, s, claims, i, error));
    return COCREATE_OK;
}

static cocreate_status gather(const cci_gift_round *in, cci_gifts *gifts, cocreate_error *error)
{
    cocreate_error inner = {0};
    cci_path root = CCI_ROOT, list = cci_path_key(&root, "gifts");
    cocreate_status status = cci_gifts_gather(&in->round, gifts, &inner);
    if (status == COCREATE_ERR_MEMORY)
        return cci_no_memory(error);
    if (status != COCREATE_ERR_OVERFLOW)
        return status;
    cci_path at = cci_path_at(&list, in->rows[inner.where]);
    return cci_json_fail(error, status, &at, "with it \"%s\" gives \"%s\" more than 2^53 - 1 minor units",
                         in->donors.ids[in->round.donors[inner.where]],
                         in->projects.ids[in->round.projects[inner.where]]);
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    const funding *f = rule->parameters;
    cci_gifts gifts = {0};
    cci_claims claims = {0};
    cci_settlement s = {.pool = f->pool, .cap = f->cap, .scale_up = f->scale_up};
    cci_gift_round in = {.round = {.form = (cci_match_form)f->match,
                                   .minimum = f->minimum,
                                   .bound = f->bound,
                                   .plain = f->cocm,
                                   .unit = 1}};
    for (int32_t i = 0; i < e->scheme->exponent; i++)
        in.round.unit *= 10;
    CCI_TRY(cci_gifts_read(e, rule, &in, error));
    cocreate_status status = gather(&in, &gifts, error);
    if (status == COCREATE_OK)
        status = cci_claims_init(e, in.projects.n, &claims, error);
    for (size_t i = 0; i < in.projects.n && status == COCREATE_OK; i++)
        claims.ids[i] = in.projects.ids[i];
    if (status == COCREATE_OK)
        status = pay_out(e, rule, &in, &gifts, &claims, &s, error);
    cci_rational_clear(&s.rest);
    cci_rational_clear(&s.total);
    cci_claims_free(&claims);
    cci_gifts_free(&gifts);
    return status;
}

const cci_rule_kind cci_rule_quadratic_funding = {
    .kind = "quadratic_funding",
    .title = "A pool that matches gifts to projects",
    .parameters = parameters,
    .bound = "the pool",
    .source = "Buterin, Hitzig & Weyl, A Flexible Design for Funding Public Goods, Management Science 65, "
              "2019; Buterin, Pairwise coordination subsidies, 2019; Miller, Weyl & Erichsen, Beyond "
              "Collusion Resistance, 2022",
    .own_lists = 1,
    .parse = parse,
    .evaluate = evaluate,
};
