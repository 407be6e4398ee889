/* The rounds of a brief: who selects, how a ballot looks, how ballots become places. */
#include <stdio.h>
#include <string.h>

#include "campaign/graph/kinds.h"
#include "campaign/instruments/instrument.h"
#include "campaign/jury/jury.h"
#include "campaign/pairs/pairs.h"
#include "campaign/predicate/predicate.h"
#include "campaign/rounds/extras.h"
#include "campaign/rounds/by_category.h"
#include "campaign/rounds/drop.h"
#include "campaign/rounds/half_life.h"
#include "campaign/rounds/periods.h"
#include "campaign/rounds/quorum.h"
#include "campaign/revisions/revisions.h"
#include "campaign/rounds/turns.h"
#include "campaign/tasks/tasks.h"

#define ROUNDS_MAX 100
#define COUNT_MAX 1000000

static const char *const lead_words[] = {"firm", "customer", "metric", "jury", "lot", NULL};

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
    return cci_brief_wrong(r->path, key, r->error, "%s", text);
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

/* Do people vote in it? */
static int has_ballots(const cci_round_spec *s)
{
    return s->instrument->kinds[0] != 0 || s->instrument->check_document;
}

static cocreate_status check_members(const reader *r)
{
    static const char *const customer[] = {"recast",  "retract", "self_vote", "extras",
                                           "quorum",  "weights",
                                           "per_entry_us", "drop",  "half_life_us", NULL};
    static const char *const rolling[] = {"rolling", "every_us", "cuts", NULL};
    static const char *const ranked_ballots[] = {"choices", "each",   "method",  "options",
                                                 "budget",  "channels", "by_category",
                                                 "lease",   "retire",   "revisions", NULL};
    static const char *const firm[] = {"select", "in_turn", "on_none", NULL};
    static const char *const metric[] = {"direction", "decimals", "pick",
                                         "splits",    "last_call", "missing", NULL};
    static const char *const jury[] = {"panel", "assignment", "coverage", "conflict_attribute",
                                       NULL};
    static const char *const ranked[] = {"cut", "ties", "official", NULL};
    static const char *const lots[] = {"seed_commitment", NULL};
    const cci_round_spec *s = r->round;
    int has_places = s->instrument->kinds[0] != 0 || s->lead == CCI_LEAD_METRIC;
    CCI_TRY(only_for(r, has_ballots(s), customer, "rounds with ballots"));
    CCI_TRY(only_for(r, has_ballots(s) || s->instrument->leads & CCI_LEADS_DECIDERS, rolling,
                     "rounds with ballots or led by the firm"));
    CCI_TRY(only_for(r, s->instrument->kinds[0] != 0, ranked_ballots,
                     "rounds with ballots that rank"));
    CCI_TRY(cci_instrument_members(s->instrument, r->json, r->path, r->error));
    CCI_TRY(only_for(r, s->instrument->leads & CCI_LEADS_DECIDERS && !has_ballots(s), firm,
                     "rounds of decisions"));
    CCI_TRY(only_for(r, s->lead == CCI_LEAD_JURY, jury, "rounds led by a jury"));
    CCI_TRY(only_for(r, s->lead == CCI_LEAD_METRIC, metric, "rounds led by a metric"));
    CCI_TRY(only_for(r, has_places, ranked, "rounds that have places"));
    return only_for(r, has_places || s->lead == CCI_LEAD_LOT, lots, "rounds that have places");
}

/* "one of approve, rank, ..", for those that this lead has */
static cocreate_status refuse_instrument(const reader *r, const char *word)
{
    char words[200];
    size_t used = 0;
    cci_path here = cci_path_key(r->path, "instrument");
    for (const cci_instrument_type *const *type = cci_instrument_types; *type; type++)
        if ((*type)->leads & 1u << r->round->lead && used < sizeof words)
            used += (size_t)snprintf(words + used, sizeof words - used, "%s%s", used ? ", " : "",
                                     (*type)->name);
    return cci_json_fail(r->error, COCREATE_ERR_SCHEMA, &here,
                         "'%.40s' is none of the instruments of lead '%s': %s", word,
                         lead_words[r->round->lead], words);
}

static cocreate_status read_instrument(const reader *r)
{
    static const char *const standard[CCI_LEADS] = {"decision", NULL, "metric", "decision", "lot"};
    cci_round_spec *s = r->round;
    const char *word;
    int lead;
    CCI_TRY(cci_json_choice(r->json, "lead", lead_words, &lead, r->path, r->error));
    s->lead = (cci_lead)lead;
    if (!json_object_get(r->json, "instrument") && standard[lead] &&
        !cci_json_put(r->json, "instrument", json_string(standard[lead])))
        return cci_no_memory(r->error);
    CCI_TRY(cci_json_string(r->json, "instrument", &word, r->path, r->error));
    s->instrument = cci_instrument_find(word);
    if (!s->instrument || !(s->instrument->leads & 1u << lead))
        return refuse_instrument(r, word);
    s->unit = s->instrument->unit;
    return COCREATE_OK;
}

static cocreate_status read_phase(const reader *r)
{
    cci_round_spec *s = r->round;
    unsigned needs = CCI_ALLOW_DECIDE;
    const char *word = "decide";
    if (has_ballots(s)) {
        needs = CCI_ALLOW_VOTE;
        word = "vote";
    } else if (s->lead == CCI_LEAD_METRIC) {
        needs = CCI_ALLOW_RUN;
        word = "run";
    }
    CCI_TRY(cci_json_id(r->json, "phase", &s->phase, r->path, r->error));
    cci_path here = cci_path_key(r->path, "phase");
    for (size_t i = 0; i < r->brief->n_phases; i++) {
        const cci_phase *p = &r->brief->phases[i];
        if (strcmp(p->id, s->phase) != 0)
            continue;
        if (p->allows & needs || s->lead == CCI_LEAD_LOT)
            return COCREATE_OK;
        return cci_json_fail(r->error, COCREATE_ERR_SCHEMA, &here,
                             "phase '%s' does not allow '%s', which this round needs", s->phase,
                             word);
    }
    return cci_json_fail(r->error, COCREATE_ERR_SCHEMA, &here, "there is no phase '%s'", s->phase);
}

/* Those of a kind, or those that reached a milestone, whose id is looked up once milestones are read. */
static cocreate_status read_other_candidates(const reader *r, const json_t *value, const cci_path *path)
{
    int kind;
    cci_path here = cci_path_key(path, "kind");
    if (json_object_size(value) > 1)
        return cci_json_fail(r->error, COCREATE_ERR_SCHEMA, path,
                             "'round', 'kind' and 'milestone' exclude each other");
    if (json_object_get(value, "milestone"))
        return cci_json_id(value, "milestone", &r->round->from_milestone, path, r->error);
    CCI_TRY(cci_json_choice(value, "kind", cci_kind_words, &kind, path, r->error));
    r->round->from_kind = cci_kind_words[kind];
    return r->brief->kinds & 1u << kind
               ? COCREATE_OK
               : cci_json_fail(r->error, COCREATE_ERR_SCHEMA, &here,
                               "the campaign takes no '%s'; see $.kinds",
                               cci_kind_words[kind]);
}

static cocreate_status require_earlier(const reader *r, const char *id, const cci_path *here)
{
    const cci_round_spec *round = cci_brief_round(r->brief, id);
    return round && round < r->round ? COCREATE_OK
                                     : cci_json_fail(r->error, COCREATE_ERR_SCHEMA, here,
                                                     "no round '%s' stands before this one", id);
}

/* Its candidates are those of the round it replaces. */
static cocreate_status read_replaces(const reader *r)
{
    cci_path here = cci_path_key(r->path, "replaces");
    CCI_TRY(cci_json_id(r->json, "replaces", &r->round->replaces, r->path, r->error));
    if (json_object_get(r->json, "candidates"))
        return wrong(r, "candidates", "are those of the round that this one replaces");
    for (size_t i = 0; i < r->index; i++) {
        const cci_round_spec *other = &r->brief->rounds[i];
        if (other->replaces && strcmp(other->replaces, r->round->replaces) == 0)
            return cci_json_fail(r->error, COCREATE_ERR_SCHEMA, &here,
                                 "round '%s' replaces '%s' already", other->id,
                                 r->round->replaces);
    }
    return require_earlier(r, r->round->replaces, &here);
}

static cocreate_status read_candidates(const reader *r)
{
    static const char *const keys[] = {"round", "kind", "milestone", NULL};
    json_t *value = json_object_get(r->json, "candidates");
    cci_path path = cci_path_key(r->path, "candidates");
    if (json_object_get(r->json, "replaces"))
        return read_replaces(r);
    if (!value)
        return cci_json_put(r->json, "candidates", json_string("published"))
                   ? COCREATE_OK
                   : cci_no_memory(r->error);
    if (json_is_string(value) && strcmp(json_string_value(value), "published") == 0)
        return COCREATE_OK;
    if (!json_is_object(value))
        return wrong(r, "candidates", "expected \"published\", {\"round\": ID}, {\"kind\": KIND} or "
                     "{\"milestone\": ID}");
    CCI_TRY(cci_brief_object(value, keys, &path, r->error));
    if (json_object_get(value, "kind") || json_object_get(value, "milestone"))
        return read_other_candidates(r, value, &path);
    CCI_TRY(cci_json_id(value, "round", &r->round->from_round, &path, r->error));
    cci_path here = cci_path_key(&path, "round");
    return require_earlier(r, r->round->from_round, &here);
}

/* The unit in which weights of voters are counted: "1/2" where they are multiples of a half. */
static cocreate_status read_weights(const reader *r)
{
    cci_rational unit;
    const json_t *weights = json_object_get(r->json, "weights");
    cci_path here = cci_path_key(r->path, "weights");
    if (!weights)
        return COCREATE_OK;
    CCI_TRY(cci_rational_init(&unit, r->error));
    cocreate_status status = cci_json_number(weights, &unit, &here, r->error);
    if (status == COCREATE_OK && cci_rational_sign(&unit) <= 0)
        status = cci_json_fail(r->error, COCREATE_ERR_SCHEMA, &here, "expected a number above 0");
    cci_rational_clear(&unit);
    r->round->weights = weights;
    return status;
}

static cocreate_status read_rolling(const reader *r)
{
    cci_round_spec *s = r->round;
    CCI_TRY(cci_json_bool_opt(r->json, "rolling", &s->rolling, r->path, r->error));
    CCI_TRY(cci_json_i64_opt(r->json, "per_entry_us", 1, CCI_JSON_INTEGER_MAX / 4, &s->per_entry_us,
                             r->path, r->error));
    if (s->rolling && (s->from_round || s->replaces))
        return wrong(r, "rolling", "candidates of another round do not join");
    if (s->rolling && json_object_get(r->json, "assignment"))
        return wrong(r, "rolling", "entries that join cannot have been assigned");
    return COCREATE_OK;
}

static cocreate_status read_ballots(const reader *r)
{
    cci_round_spec *s = r->round;
    int each = s->unit != CCI_UNIT_VOTER; /* jurors mark one entry after the other */
    each |= s->lead == CCI_LEAD_JURY && s->instrument->each;
    if (s->instrument->read)
        CCI_TRY(s->instrument->read(r->brief, r->json, s, r->path, r->error));
    if (!has_ballots(s))
        return COCREATE_OK;
    CCI_TRY(cci_json_bool_opt(r->json, "each", &each, r->path, r->error));
    if (each != (s->unit != CCI_UNIT_VOTER)) {
        if (!s->instrument->each)
            return wrong(r, "each",
                         each ? "ballots of this instrument speak of all options at once"
                              : "ballots of this instrument speak of one option at a time");
        s->unit = CCI_UNIT_OPTION;
    }
    if (s->unit != CCI_UNIT_VOTER && json_object_get(r->json, "choices"))
        return wrong(r, "choices", "each ballot speaks of one option; a limit bounds how many");
    CCI_TRY(read_weights(r));
    if (json_object_get(r->json, "choices"))
        CCI_TRY(cci_brief_range(r->json, "choices", 0, COUNT_MAX, 0, 0, &s->choices_min,
                                &s->choices_max, r->path, r->error));
    CCI_TRY(cci_brief_bool(r->json, "recast", 1, &s->recast, r->path, r->error));
    CCI_TRY(cci_brief_bool(r->json, "self_vote", 0, &s->self_vote, r->path, r->error));
    s->retract = s->recast;
    CCI_TRY(cci_json_bool_opt(r->json, "retract", &s->retract, r->path, r->error));
    CCI_TRY(read_rolling(r));
    CCI_TRY(cci_drop_read(r->json, s, r->path, r->error));
    CCI_TRY(cci_extras_read(r->json, s, r->path, r->error));
    CCI_TRY(cci_revisions_read(r->json, s, r->path, r->error));
    CCI_TRY(cci_channels_read(r->json, s, r->path, r->error));
    return cci_quorum_read(r->json, s, r->path, r->error);
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
    int alone = !top && json_object_get(cut, "at_least") != NULL;
    CCI_TRY(cci_brief_object(cut, alone ? least_keys : top_keys, &path, r->error));
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
    if (s->instrument->kinds[0] == 0 && s->lead != CCI_LEAD_METRIC)
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
    if (s->lead == CCI_LEAD_LOT)
        bits |= 4;
    if ((bits & 4) && !s->seed_commitment)
        return wrong(r, "seed_commitment", "lots need the SHA-256 of their seed in the brief");
    if (s->seed_commitment && !(bits & 4))
        return wrong(r, "seed_commitment", "no lot is in the ties of this round");
    if (s->seed_commitment && !cci_digest_parse(s->seed_commitment, NULL))
        return wrong(r, "seed_commitment", "expected \"sha256:\" and 64 hex digits");
    return COCREATE_OK;
}

/* The first that comes to mind for such ballots. */
static cocreate_status no_method(const reader *r)
{
    static const char *const usual[] = {
        [COCREATE_BALLOT_APPROVAL] = "approval", [COCREATE_BALLOT_RANKING] = "schulze",
        [COCREATE_BALLOT_SCORE] = "score", [COCREATE_BALLOT_POINTS] = "cumulative"};
    int32_t kind = r->round->instrument->kinds[0];
    size_t index = kind > 0 && (size_t)kind < sizeof usual / sizeof *usual ? (size_t)kind : 0;
    if (!usual[index])
        return wrong(r, "method", "required, but missing");
    return cci_brief_wrong(r->path, "method", r->error,
                           "required, but missing: how these ballots become places, as \"%s\"",
                           usual[index]);
}

static cocreate_status read_method(const reader *r)
{
    static const char *const reserved[] = {"ties", "seed", "context"};
    cci_round_spec *s = r->round;
    if (s->instrument->kinds[0] == 0)
        return COCREATE_OK;
    if (s->instrument->method && !json_object_get(r->json, "method") &&
        !cci_json_put(r->json, "method", json_string(s->instrument->method)))
        return cci_no_memory(r->error);
    if (!json_object_get(r->json, "method"))
        return no_method(r);
    CCI_TRY(cci_json_string(r->json, "method", &s->method, r->path, r->error));
    CCI_TRY(cci_json_string_opt(r->json, "budget", &s->budget, r->path, r->error));
    CCI_TRY(cci_by_category_read(r->brief, r->json, s, r->path, r->error));
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

/* Categories of contributions; the others have places, but no prizes. */
static cocreate_status read_official(const reader *r)
{
    json_t *list;
    cci_path here = cci_path_key(r->path, "official");
    if (!json_object_get(r->json, "official"))
        return COCREATE_OK;
    CCI_TRY(cci_json_get_array(r->json, "official", &list, r->path, r->error));
    for (size_t i = 0; i < json_array_size(list); i++)
        if (!json_is_string(json_array_get(list, i))) {
            cci_path item = cci_path_at(&here, i);
            return cci_json_fail(r->error, COCREATE_ERR_SCHEMA, &item, "expected a category");
        }
    r->round->official = list;
    return r->round->cut == CCI_CUT_WINNERS
               ? wrong(r, "official", "needs a cut by places: \"all\", {\"top\": N} or "
                                      "{\"at_least\": SCORE}")
               : COCREATE_OK;
}

/* A list of sides, or a predicate that people of any side may meet. */
static cocreate_status read_electorate(const reader *r)
{
    cci_round_spec *s = r->round;
    const json_t *given = json_object_get(r->json, "electorate");
    cci_path path = cci_path_key(r->path, "electorate");
    if (cci_predicate_is(given)) {
        s->electorate = given;
        s->sides = (1u << CCI_SIDES_MAX) - 1;
        return cci_predicate_check(given, &path, r->error);
    }
    unsigned standard = s->lead == CCI_LEAD_CUSTOMER ? 2 : 1;
    CCI_TRY(cci_brief_words(r->json, "electorate", cci_side_words, standard, &s->sides, r->path,
                            r->error));
    return s->sides ? COCREATE_OK : wrong(r, "electorate", "somebody must select");
}

static cocreate_status read_round(const reader *r)
{
    static const char *const keys[] = {
        "id",     "lead",       "binding",   "instrument", "phase",   "electorate", "candidates",
        "scale",  "choices",    "points",    "recast",     "self_vote", "method",   "options",
        "budget", "by_category", "quorum",    "cut",       "select",     "certify", "direction",  "decimals",
        "pick",   "ties",       "seed_commitment", "each",    "weights",  "step", "credits",
        "labels", "accept",     "pledge_min", "count_by", "questions", "draw",
        "panel",  "assignment", "coverage",   "conflict_attribute",
        "retract", "channels",   "replaces",   "splits",
        "last_call", "missing", "official", "rolling",   "per_entry_us", "drop", "half_life_us", "in_turn",
        "on_none", "every_us", "cuts", "hold", "extras", "lease", "retire", "adaptive", "revisions", NULL};
    static const char *const certify_words[] = {"auto", "manual", NULL};
    cci_round_spec *s = r->round;
    CCI_TRY(cci_brief_object(r->json, keys, r->path, r->error));
    CCI_TRY(cci_json_id(r->json, "id", &s->id, r->path, r->error));
    if (cci_brief_round(r->brief, s->id) != s)
        return cci_brief_repeated(r->path, "id", s->id, r->error);
    CCI_TRY(read_instrument(r));
    CCI_TRY(check_members(r));
    CCI_TRY(cci_brief_bool(r->json, "binding", 1, &s->binding, r->path, r->error));
    CCI_TRY(read_phase(r));
    CCI_TRY(read_electorate(r));
    CCI_TRY(read_candidates(r));
    CCI_TRY(read_ballots(r));
    if (s->lead == CCI_LEAD_JURY)
        CCI_TRY(cci_jury_read(r->json, s, r->path, r->error));
    CCI_TRY(read_cut(r));
    if (s->instrument->leads & CCI_LEADS_DECIDERS && !has_ballots(s))
        CCI_TRY(cci_brief_range(r->json, "select", 0, COUNT_MAX, 1, 1, &s->select_min,
                                &s->select_max, r->path, r->error));
    CCI_TRY(cci_turns_read(r->json, s, r->path, r->error));
    CCI_TRY(cci_brief_choice(r->json, "certify", certify_words, 1, &s->manual_certify, r->path,
                             r->error));
    CCI_TRY(read_ties(r));
    CCI_TRY(cci_periods_read(r->brief, r->json, s, has_ballots(s), r->path, r->error));
    CCI_TRY(cci_tasks_read(r->json, s, r->path, r->error));
    CCI_TRY(cci_pairs_read(r->json, s, r->path, r->error));
    CCI_TRY(read_official(r));
    CCI_TRY(read_method(r));
    return cci_half_life_read(r->json, s, r->path, r->error);
}

const cci_round_spec *cci_brief_round(const cci_brief *b, const char *id)
{
    for (size_t i = 0; i < b->n_rounds && b->rounds[i].id; i++)
        if (strcmp(b->rounds[i].id, id) == 0)
            return &b->rounds[i];
    return NULL;
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
        b->limits_ballots |= b->rounds[i].unit == CCI_UNIT_OPTION && cci_categories_limit(b);
    }
    return COCREATE_OK;
}
