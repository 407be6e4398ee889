/* The rounds of a brief: who selects, how a ballot looks, how ballots become places. */
#include <string.h>

#include "base/text.h"
#include "campaign/brief_read.h"

#define ROUNDS_MAX 100
#define COUNT_MAX 1000000

static const char *const lead_words[] = {"firm", "customer", "metric", NULL};
static const char *const instrument_words[] = {"decision", "approve", "rank", "score",
                                               "points",   "metric",  NULL};

/* A round being read. */
typedef struct reader {
    const cci_brief *brief;
    size_t index;
    json_t *json;
    cci_round_spec *round;
    const cci_path *path;
    cocreate_error *error;
} reader;

static cocreate_status wrong(const reader *r, const char *key, const char *text)
{
    cci_path here = cci_path_key(r->path, key);
    return cci_json_fail(r->error, COCREATE_ERR_SCHEMA, &here, "%s", text);
}

/* Members that mean nothing for this lead or instrument are refused: their author meant something
 * else. */
static cocreate_status only_for(const reader *r, int applies, const char *const *keys,
                                const char *who)
{
    for (; !applies && *keys; keys++)
        if (json_object_get(r->json, *keys)) {
            cci_path here = cci_path_key(r->path, *keys);
            return cci_json_fail(r->error, COCREATE_ERR_SCHEMA, &here, "is only for %s", who);
        }
    return COCREATE_OK;
}

static cocreate_status check_members(const reader *r)
{
    static const char *const customer[] = {"choices", "recast", "self_vote", "method",
                                           "options", "budget", "quorum",    NULL};
    static const char *const score[] = {"scale", NULL};
    static const char *const points[] = {"points", NULL};
    static const char *const firm[] = {"select", NULL};
    static const char *const metric[] = {"direction", "decimals", "pick", NULL};
    static const char *const ranked[] = {"cut", "ties", "seed_commitment", NULL};
    const cci_round_spec *s = r->round;
    CCI_TRY(only_for(r, s->lead == CCI_LEAD_CUSTOMER, customer, "rounds led by customers"));
    CCI_TRY(only_for(r, s->instrument == CCI_INSTRUMENT_SCORE, score, "instrument 'score'"));
    CCI_TRY(only_for(r, s->instrument == CCI_INSTRUMENT_POINTS, points, "instrument 'points'"));
    CCI_TRY(only_for(r, s->lead == CCI_LEAD_FIRM, firm, "rounds led by the firm"));
    CCI_TRY(only_for(r, s->lead == CCI_LEAD_METRIC, metric, "rounds led by a metric"));
    return only_for(r, s->lead != CCI_LEAD_FIRM, ranked, "rounds that have places");
}

static cocreate_status read_instrument(const reader *r)
{
    cci_round_spec *s = r->round;
    int lead, instrument;
    CCI_TRY(cci_json_choice(r->json, "lead", lead_words, &lead, r->path, r->error));
    s->lead = (cci_lead)lead;
    if (s->lead == CCI_LEAD_CUSTOMER) {
        CCI_TRY(cci_json_choice(r->json, "instrument", instrument_words, &instrument, r->path,
                                r->error));
    } else {
        int standard =
            s->lead == CCI_LEAD_FIRM ? CCI_INSTRUMENT_DECISION : CCI_INSTRUMENT_METRIC;
        CCI_TRY(cci_brief_choice(r->json, "instrument", instrument_words, standard, &instrument,
                                 r->path, r->error));
    }
    s->instrument = (cci_instrument)instrument;
    cci_lead needs = s->instrument == CCI_INSTRUMENT_DECISION ? CCI_LEAD_FIRM
                     : s->instrument == CCI_INSTRUMENT_METRIC ? CCI_LEAD_METRIC
                                                              : CCI_LEAD_CUSTOMER;
    if (needs != s->lead) {
        cci_path here = cci_path_key(r->path, "instrument");
        return cci_json_fail(r->error, COCREATE_ERR_SCHEMA, &here,
                             "'%s' is for lead '%s', this round is led by '%s'",
                             instrument_words[instrument], lead_words[needs], lead_words[lead]);
    }
    return COCREATE_OK;
}

static cocreate_status read_phase(const reader *r)
{
    static const struct {
        unsigned flag;
        const char *word;
    } needs[] = {{CCI_ALLOW_DECIDE, "decide"}, {CCI_ALLOW_VOTE, "vote"}, {CCI_ALLOW_RUN, "run"}};
    cci_round_spec *s = r->round;
    CCI_TRY(cci_json_id(r->json, "phase", &s->phase, r->path, r->error));
    cci_path here = cci_path_key(r->path, "phase");
    for (size_t i = 0; i < r->brief->n_phases; i++) {
        const cci_phase *p = &r->brief->phases[i];
        if (strcmp(p->id, s->phase) != 0)
            continue;
        if (p->allows & needs[s->lead].flag)
            return COCREATE_OK;
        return cci_json_fail(r->error, COCREATE_ERR_SCHEMA, &here,
                             "phase '%s' does not allow '%s', which this round needs", s->phase,
                             needs[s->lead].word);
    }
    return cci_json_fail(r->error, COCREATE_ERR_SCHEMA, &here, "there is no phase '%s'", s->phase);
}

static cocreate_status read_candidates(const reader *r)
{
    static const char *const keys[] = {"round", NULL};
    json_t *value = json_object_get(r->json, "candidates");
    cci_path path = cci_path_key(r->path, "candidates");
    if (!value)
        return cci_json_put(r->json, "candidates", json_string("published"))
                   ? COCREATE_OK
                   : cci_no_memory(r->error);
    if (json_is_string(value) && strcmp(json_string_value(value), "published") == 0)
        return COCREATE_OK;
    if (!json_is_object(value))
        return wrong(r, "candidates", "expected \"published\" or {\"round\": ID}");
    CCI_TRY(cci_brief_object(value, keys, &path, r->error));
    CCI_TRY(cci_json_id(value, "round", &r->round->from_round, &path, r->error));
    for (size_t i = 0; i < r->index; i++)
        if (strcmp(r->brief->rounds[i].id, r->round->from_round) == 0)
            return COCREATE_OK;
    cci_path here = cci_path_key(&path, "round");
    return cci_json_fail(r->error, COCREATE_ERR_SCHEMA, &here,
                         "no round '%s' stands before this one", r->round->from_round);
}

static cocreate_status read_ballots(const reader *r)
{
    cci_round_spec *s = r->round;
    if (s->lead != CCI_LEAD_CUSTOMER)
        return COCREATE_OK;
    if (s->instrument == CCI_INSTRUMENT_SCORE)
        CCI_TRY(cci_brief_range(r->json, "scale", -COUNT_MAX, COUNT_MAX, 0, 5, &s->scale_min,
                                &s->scale_max, r->path, r->error));
    if (s->instrument == CCI_INSTRUMENT_POINTS)
        CCI_TRY(cci_json_i64(r->json, "points", 1, COUNT_MAX, &s->points, r->path, r->error));
    if (json_object_get(r->json, "choices"))
        CCI_TRY(cci_brief_range(r->json, "choices", 0, COUNT_MAX, 0, 0, &s->choices_min,
                                &s->choices_max, r->path, r->error));
    CCI_TRY(cci_brief_bool(r->json, "recast", 1, &s->recast, r->path, r->error));
    CCI_TRY(cci_brief_bool(r->json, "self_vote", 0, &s->self_vote, r->path, r->error));
    return cci_brief_i64(r->json, "quorum", 0, CCI_JSON_INTEGER_MAX, 0, &s->quorum, r->path,
                         r->error);
}

static cocreate_status read_cut_object(const reader *r, const json_t *cut)
{
    static const char *const top_keys[] = {"top", "ties", "at_least", NULL};
    static const char *const least_keys[] = {"at_least", NULL};
    static const char *const tie_words[] = {"out", "in", NULL};
    cci_round_spec *s = r->round;
    cci_path path = cci_path_key(r->path, "cut");
    int top = json_object_get(cut, "top") != NULL;
    s->cut = top ? CCI_CUT_TOP : CCI_CUT_AT_LEAST;
    CCI_TRY(cci_brief_object(cut, top ? top_keys : least_keys, &path, r->error));
    if (top) {
        CCI_TRY(cci_json_i64(cut, "top", 1, COUNT_MAX, &s->cut_top, &path, r->error));
        CCI_TRY(cci_brief_choice((json_t *)(uintptr_t)cut, "ties", tie_words, 1, &s->tie_in, &path,
                                 r->error));
        if (!json_object_get(cut, "at_least"))
            return COCREATE_OK;
    }
    CCI_TRY(cci_json_string(cut, "at_least", &s->cut_at_least, &path, r->error));
    cci_path here = cci_path_key(&path, "at_least");
    cci_rational least;
    CCI_TRY(cci_rational_init(&least, r->error));
    cocreate_status status =
        cci_json_number(json_object_get(cut, "at_least"), &least, &here, r->error);
    cci_rational_clear(&least);
    return status;
}

static cocreate_status read_cut(const reader *r)
{
    cci_round_spec *s = r->round;
    s->tie_in = 1;
    s->cut = CCI_CUT_WINNERS;
    if (s->lead == CCI_LEAD_FIRM)
        return COCREATE_OK;
    const json_t *cut = json_object_get(r->json, "cut");
    if (!cut)
        return cci_json_put(r->json, "cut", json_string("winners")) ? COCREATE_OK
                                                                    : cci_no_memory(r->error);
    if (json_is_object(cut))
        return read_cut_object(r, cut);
    const char *word = json_string_value(cut);
    if (word && strcmp(word, "winners") == 0)
        return COCREATE_OK;
    if (word && strcmp(word, "all") == 0) {
        s->cut = CCI_CUT_ALL;
        return COCREATE_OK;
    }
    return wrong(r, "cut",
                 "expected \"winners\", \"all\", {\"top\": N} or {\"at_least\": SCORE}");
}

/* A list of steps; each breaks what the one before left equal. */
static cocreate_status read_ties(const reader *r)
{
    static const char *const steps[] = {"earliest", "id", "lot", NULL};
    cci_round_spec *s = r->round;
    unsigned bits = 0;
    if (json_object_get(r->json, "ties")) {
        CCI_TRY(cci_brief_words(r->json, "ties", steps, 0, &bits, r->path, r->error));
        s->ties = json_object_get(r->json, "ties");
    }
    CCI_TRY(cci_json_string_opt(r->json, "seed_commitment", &s->seed_commitment, r->path,
                                r->error));
    uint8_t digest[32];
    if ((bits & 4) && !s->seed_commitment)
        return wrong(r, "seed_commitment", "lots need the SHA-256 of their seed in the brief");
    if (s->seed_commitment && !(bits & 4))
        return wrong(r, "seed_commitment", "no lot is in the ties of this round");
    if (s->seed_commitment &&
        (strncmp(s->seed_commitment, "sha256:", 7) != 0 ||
         !cci_parse_hex(s->seed_commitment + 7, strlen(s->seed_commitment + 7), digest,
                        sizeof digest)))
        return wrong(r, "seed_commitment", "expected \"sha256:\" and 64 hex digits");
    return COCREATE_OK;
}

static cocreate_status read_method(const reader *r)
{
    static const char *const reserved[] = {"ties", "seed", "context"};
    cci_round_spec *s = r->round;
    if (s->lead != CCI_LEAD_CUSTOMER)
        return COCREATE_OK;
    CCI_TRY(cci_json_string(r->json, "method", &s->method, r->path, r->error));
    CCI_TRY(cci_json_string_opt(r->json, "budget", &s->budget, r->path, r->error));
    if (!json_object_get(r->json, "options") && !cci_json_put(r->json, "options", cci_json_new()))
        return cci_no_memory(r->error);
    json_t *options;
    CCI_TRY(cci_json_get_object(r->json, "options", &options, r->path, r->error));
    cci_path path = cci_path_key(r->path, "options");
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (json_object_get(options, reserved[i])) {
            cci_path here = cci_path_key(&path, reserved[i]);
            return cci_json_fail(r->error, COCREATE_ERR_SCHEMA, &here,
                                 "is said by 'ties' and 'seed_commitment' of the round");
        }
    s->options = options;
    return cci_brief_method(&r->brief->allocator, s, r->path, r->error);
}

static cocreate_status read_metric(const reader *r)
{
    static const char *const directions[] = {"descending", "ascending", NULL};
    static const char *const picks[] = {"last", "best", NULL};
    cci_round_spec *s = r->round;
    s->decimals = -1;
    if (s->lead != CCI_LEAD_METRIC)
        return COCREATE_OK;
    CCI_TRY(cci_brief_choice(r->json, "direction", directions, 0, &s->ascending, r->path,
                             r->error));
    CCI_TRY(cci_json_i64_opt(r->json, "decimals", 0, 18, &s->decimals, r->path, r->error));
    return cci_brief_choice(r->json, "pick", picks, 1, &s->best_first, r->path, r->error);
}

static cocreate_status read_round(const reader *r)
{
    static const char *const keys[] = {
        "id",     "lead",       "binding",   "instrument", "phase",   "electorate", "candidates",
        "scale",  "choices",    "points",    "recast",     "self_vote", "method",   "options",
        "budget", "quorum",     "cut",       "select",     "certify", "direction",  "decimals",
        "pick",   "ties",       "seed_commitment", NULL};
    static const char *const certify_words[] = {"auto", "manual", NULL};
    cci_round_spec *s = r->round;
    CCI_TRY(cci_brief_object(r->json, keys, r->path, r->error));
    CCI_TRY(cci_json_id(r->json, "id", &s->id, r->path, r->error));
    for (size_t i = 0; i < r->index; i++)
        if (strcmp(r->brief->rounds[i].id, s->id) == 0)
            return cci_brief_repeated(r->path, "id", s->id, r->error);
    CCI_TRY(read_instrument(r));
    CCI_TRY(check_members(r));
    CCI_TRY(cci_brief_bool(r->json, "binding", 1, &s->binding, r->path, r->error));
    CCI_TRY(read_phase(r));
    unsigned standard = s->lead == CCI_LEAD_CUSTOMER ? 2 : 1;
    CCI_TRY(cci_brief_words(r->json, "electorate", cci_side_words, standard, &s->sides, r->path,
                            r->error));
    if (s->sides == 0)
        return wrong(r, "electorate", "somebody must select");
    CCI_TRY(read_candidates(r));
    CCI_TRY(read_ballots(r));
    CCI_TRY(read_cut(r));
    if (s->lead == CCI_LEAD_FIRM)
        CCI_TRY(cci_brief_range(r->json, "select", 0, COUNT_MAX, 1, 1, &s->select_min,
                                &s->select_max, r->path, r->error));
    CCI_TRY(cci_brief_choice(r->json, "certify", certify_words, 1, &s->manual_certify, r->path,
                             r->error));
    CCI_TRY(read_ties(r));
    CCI_TRY(read_metric(r));
    return read_method(r);
}

cocreate_status cci_brief_rounds(cci_brief *b, cocreate_error *error)
{
    json_t *list;
    cci_path path = cci_path_key(&CCI_ROOT, "rounds");
    CCI_TRY(cci_brief_list(&b->allocator, b->json, "rounds", ROUNDS_MAX, &list,
                           (void **)&b->rounds, &b->n_rounds, sizeof *b->rounds, &CCI_ROOT,
                           error));
    for (size_t i = 0; i < b->n_rounds; i++) {
        cci_path here = cci_path_at(&path, i);
        reader r = {b, i, json_array_get(list, i), &b->rounds[i], &here, error};
        CCI_TRY(read_round(&r));
    }
    return COCREATE_OK;
}
