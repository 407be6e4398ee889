#include "campaign/brief_read.h"
#include "campaign/care/care.h"
#include "campaign/graph/kinds.h"

#include <string.h>

#include "base/time.h"
#include "campaign/predicate/predicate.h"
#include "campaign/revisions/revisions.h"
#include "campaign/rounds/turns.h"
#include "cocreate/campaign.h"

#define ITEMS_MAX 100
#define TITLE_MAX 200
#define ROLLING_MAX 1000 /* instants in the row of one voter */

static const char *const mode_words[] = {"submitting", "co-designing", "tinkering",
                                         "collaborating", "gallery", NULL};
static const char *const control_words[] = {"fixed", "open", NULL};

const char *cocreate_mode(const char *control, const char *lead)
{
    if (!control || !lead)
        return NULL;
    for (int i = 0; i < 4; i++)
        if (strcmp(control, control_words[i / 2]) == 0 &&
            strcmp(lead, i % 2 ? "customer" : "firm") == 0)
            return mode_words[i];
    return NULL;
}

/* ---- phases ---- */

cci_phase *cci_brief_phase(const cci_brief *b, const char *id)
{
    for (size_t i = 0; i < b->n_phases; i++)
        if (strcmp(b->phases[i].id, id) == 0)
            return &b->phases[i];
    return NULL;
}

static const char *const allow_words[] = {"submit", "revise", "withdraw", "vote",   "decide", "run",
                                          "comment", "review", "flag",   "appeal", "label", NULL};

static cocreate_status read_times(json_t *json, cci_phase *p, const cci_path *path,
                                  cocreate_error *error)
{
    const char *relative = json_object_get(json, "after_us") ? "after_us" : "for_us";
    p->relative = json_object_get(json, relative) != NULL;
    const char *absolute = json_object_get(json, "opens") ? "opens" : "closes";
    if (p->relative && json_object_get(json, absolute))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, path,
                             "'%s' and '%s' exclude each other: times are absolute or relative",
                             absolute, relative);
    if (p->relative) {
        int64_t length;
        CCI_TRY(cci_json_i64(json, "after_us", 0, CCI_JSON_INTEGER_MAX / 4, &p->opens, path,
                             error));
        CCI_TRY(cci_json_i64(json, "for_us", 1, CCI_JSON_INTEGER_MAX / 4, &length, path, error));
        p->closes = p->opens + length;
        return COCREATE_OK;
    }
    CCI_TRY(cci_json_time(json, "opens", &p->opens, path, error));
    CCI_TRY(cci_json_time(json, "closes", &p->closes, path, error));
    char opens[CCI_TIME_TEXT], closes[CCI_TIME_TEXT];
    cci_path here = cci_path_key(path, "closes");
    if (p->opens >= p->closes)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "%s is not after the opening, %s",
                             cci_time_text(p->closes, closes), cci_time_text(p->opens, opens));
    if (!cci_json_put(json, "opens", json_integer(p->opens)) ||
        !cci_json_put(json, "closes", json_integer(p->closes)))
        return cci_no_memory(error);
    return COCREATE_OK;
}

/* What is late, and who opens and closes. */
static cocreate_status read_lanes(const json_t *json, cci_phase *p, const cci_path *path,
                                  cocreate_error *error)
{
    static const char *const words[] = {"time", "manual", NULL};
    cci_path here = cci_path_key(path, "late");
    CCI_TRY(cci_json_i64_opt(json, "grace_us", 0, CCI_JSON_INTEGER_MAX / 4, &p->grace_us, path,
                             error));
    CCI_TRY(cci_json_bool_opt(json, "late", &p->late, path, error));
    CCI_TRY(cci_json_choice_opt(json, "advance", words, &p->manual, path, error));
    if (p->late && !(p->allows & CCI_ALLOW_SUBMIT))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "is only for phases that allow 'submit'");
    return COCREATE_OK;
}

/* A phase that the firm moves on has no times until then. */
static cocreate_status read_manual(const json_t *json, cci_phase *p, const cci_path *path,
                                   cocreate_error *error)
{
    static const char *const times[] = {"opens", "closes", "after_us", "for_us"};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        if (json_object_get(json, times[i])) {
            cci_path here = cci_path_key(path, times[i]);
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                 "a phase that is advanced by hand has no times");
        }
    p->opens = p->closes = CCI_JSON_INTEGER_MAX;
    return COCREATE_OK;
}

cocreate_status cci_brief_phases(cci_brief *b, cocreate_error *error)
{
    static const char *const keys[] = {"id",     "opens",    "closes", "after_us", "for_us",
                                       "allows", "grace_us", "late",   "advance",  "revises", NULL};
    json_t *list;
    cci_path path = cci_path_key(&CCI_ROOT, "phases");
    CCI_TRY(cci_brief_list(&b->allocator, b->json, "phases", ITEMS_MAX, &list,
                           (void **)&b->phases, &b->n_phases, sizeof *b->phases, &CCI_ROOT,
                           error));
    if (b->n_phases == 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &path,
                             "a campaign has at least one phase");
    for (size_t i = 0; i < b->n_phases; i++) {
        json_t *json = json_array_get(list, i);
        cci_path here = cci_path_at(&path, i);
        cci_phase *p = &b->phases[i];
        CCI_TRY(cci_brief_object(json, keys, &here, error));
        CCI_TRY(cci_json_id(json, "id", &p->id, &here, error));
        for (size_t j = 0; j < i; j++)
            if (strcmp(b->phases[j].id, p->id) == 0)
                return cci_brief_repeated(&here, "id", p->id, error);
        CCI_TRY(cci_brief_words(json, "allows", allow_words, 0, &p->allows, &here, error));
        CCI_TRY(read_lanes(json, p, &here, error));
        CCI_TRY(cci_revises_read(json, p, &here, error));
        CCI_TRY(p->manual ? read_manual(json, p, &here, error)
                          : read_times(json, p, &here, error));
    }
    return COCREATE_OK;
}

/* ---- limits ---- */

static const char *const subject_words[] = {"contribution", "run",   "ballot", "comment",
                                            "label",        "pledge", "flag", NULL};
static const char *const per_words[] = {"person", "team", "item", "category", NULL};

static int counts_ballots(const cci_limit *l)
{
    return l->subject == CCI_LIMIT_BALLOT || l->subject == CCI_LIMIT_LABEL ||
           l->subject == CCI_LIMIT_PLEDGE;
}

/* {"attribute": ID} in place of a word: as one are counted all who share it. What is given back later would
 * have to know who had it then, and runs belong to a contribution. */
static cocreate_status read_attribute(json_t *json, cci_limit *l, const cci_path *path, cocreate_error *error)
{
    static const char *const keys[] = {"attribute", NULL};
    json_t *per = json_object_get(json, "per");
    cci_path here = cci_path_key(path, "per"), live = cci_path_key(path, "concurrent");
    CCI_TRY(cci_brief_object(per, keys, &here, error));
    CCI_TRY(cci_json_id(per, "attribute", &l->attribute, &here, error));
    if (l->subject == CCI_LIMIT_RUN)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "an attribute is not for limits of runs");
    if (l->subject != CCI_LIMIT_CONTRIBUTION && l->subject != CCI_LIMIT_COMMENT &&
        json_is_true(json_object_get(json, "concurrent")))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &live,
                             "with an attribute is only for limits of contributions and comments");
    return COCREATE_OK;
}

/* For whom, and what it means for what is counted. */
static cocreate_status read_subject(const cci_brief *b, json_t *json, cci_limit *l, const cci_path *path,
                                    cocreate_error *error)
{
    int subject, per = 0;
    cci_path here = cci_path_key(path, "per"), exempt = cci_path_key(path, "exempt");
    CCI_TRY(cci_json_choice(json, "subject", subject_words, &subject, path, error));
    l->subject = (cci_limit_subject)subject;
    CCI_TRY(json_is_object(json_object_get(json, "per"))
                ? read_attribute(json, l, path, error)
                : cci_brief_choice(json, "per", per_words, 0, &per, path, error));
    l->per_team = per == 1;
    l->per_item = per == 2;
    l->per_category = per == 3;
    if (l->per_category && (l->subject != CCI_LIMIT_CONTRIBUTION || !json_object_get(b->json, "categories")))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "'category' is only for limits of contributions, where the brief has "
                             "categories; 'per_voter' of a category is for votes");
    if (l->per_team && l->subject > CCI_LIMIT_RUN)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "'team' is only for limits of contributions and runs");
    if (l->per_item && l->subject <= CCI_LIMIT_RUN)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "'item' is only for limits of what is about an item: ballots, comments, "
                             "labels, pledges");
    if (l->per_item && l->subject == CCI_LIMIT_FLAG)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "a person has one flag for a revision of an item");
    if ((counts_ballots(l) || l->subject == CCI_LIMIT_FLAG) && json_object_get(json, "exempt"))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &exempt,
                             "is only for limits of contributions and comments");
    return COCREATE_OK;
}

/* A rolling count of ballots keeps the instant of each. */
static cocreate_status check_rolling(const cci_limit *l, const cci_path *path, cocreate_error *error)
{
    cci_path here = cci_path_key(path, "max");
    if ((!counts_ballots(l) && l->subject != CCI_LIMIT_FLAG) || !l->rolling_us || l->max <= ROLLING_MAX)
        return COCREATE_OK;
    return cci_json_fail(error, COCREATE_ERR_LIMIT, &here,
                         "a rolling limit of ballots or flags is at most %d, got %lld", ROLLING_MAX,
                         (long long)l->max);
}

/* What counts beside fixed windows, and for whom. */
static cocreate_status read_manner(json_t *json, cci_limit *l, const cci_path *path,
                                   cocreate_error *error)
{
    static const char *const states[] = {"submitted",    "published", "declined", "withdrawn", "removed",
                                         "not_selected", "expired",   "merged",   NULL};
    static const char *const ways[] = {"concurrent", "exempt", "where"};
    unsigned bits;
    cci_path rolling = cci_path_key(path, "rolling_us"), where = cci_path_key(path, "where");
    cci_path concurrent = cci_path_key(path, "concurrent");
    CCI_TRY(cci_json_i64_opt(json, "rolling_us", 1, CCI_JSON_INTEGER_MAX, &l->rolling_us, path,
                             error));
    CCI_TRY(cci_json_bool_opt(json, "concurrent", &l->concurrent, path, error));
    if (l->rolling_us && l->window_us)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &rolling, "excludes 'window_us'");
    if (l->concurrent && (l->window_us || l->rolling_us))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &concurrent,
                             "what is live at once has no window");
    for (size_t i = 0; i < 3 && l->subject == CCI_LIMIT_RUN; i++)
        if (json_object_get(json, ways[i])) {
            cci_path here = cci_path_key(path, ways[i]);
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                 "is not for limits of runs");
        }
    l->exempt = json_object_get(json, "exempt");
    if (l->exempt)
        CCI_TRY(cci_brief_words(json, "exempt", states, 0, &bits, path, error));
    cci_path least = cci_path_key(path, "min_to_count");
    CCI_TRY(cci_json_i64_opt(json, "min_to_count", 1, CCI_JSON_INTEGER_MAX, &l->min_to_count, path, error));
    if (l->min_to_count && (!counts_ballots(l) || l->min_to_count > l->max))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &least,
                             "is only for limits of ballots, labels and pledges, and at most 'max', %lld",
                             (long long)l->max);
    l->where = json_object_get(json, "where");
    return l->where ? cci_predicate_check(l->where, &where, error) : COCREATE_OK;
}

cocreate_status cci_brief_limits(cci_brief *b, cocreate_error *error)
{
    static const char *const keys[] = {"subject",    "per",        "max",    "window_us", "offset_us",
                                       "rolling_us", "concurrent", "exempt", "where",
                                       "min_to_count", NULL};
    json_t *list;
    cci_path path = cci_path_key(&CCI_ROOT, "limits");
    CCI_TRY(cci_brief_list(&b->allocator, b->json, "limits", ITEMS_MAX, &list,
                           (void **)&b->limits, &b->n_limits, sizeof *b->limits, &CCI_ROOT,
                           error));
    for (size_t i = 0; i < b->n_limits; i++) {
        json_t *json = json_array_get(list, i);
        cci_path here = cci_path_at(&path, i);
        cci_limit *l = &b->limits[i];
        CCI_TRY(cci_brief_object(json, keys, &here, error));
        CCI_TRY(read_subject(b, json, l, &here, error));
        CCI_TRY(cci_json_i64(json, "max", 1, CCI_JSON_INTEGER_MAX, &l->max, &here, error));
        CCI_TRY(cci_brief_i64(json, "window_us", 0, CCI_JSON_INTEGER_MAX, 0, &l->window_us, &here,
                              error));
        int64_t most = l->window_us > 0 ? l->window_us - 1 : 0;
        CCI_TRY(cci_brief_i64(json, "offset_us", -most, most, 0, &l->offset_us, &here, error));
        CCI_TRY(read_manner(json, l, &here, error));
        CCI_TRY(check_rolling(l, &here, error));
        b->limits_ballots |= counts_ballots(l);
    }
    return COCREATE_OK;
}

/* ---- rights ---- */

static const char *const right_words[] = {"none",       "nonexclusive", "exclusive",
                                          "assignment", "cc",           NULL};
static const char *const effective_words[] = {"on_submit", "on_select", "on_payment", "on_contract", NULL};

cocreate_status cci_brief_rights(cci_brief *b, cocreate_error *error)
{
    static const char *const keys[] = {"type",    "terms",    "effective", "hold_us",
                                       "release", "required", "locked",    "revocable_after_us", NULL};
    static const char *const releases[] = {"shown", "event", NULL};
    if (!json_object_get(b->json, "rights") &&
        !cci_json_put(b->json, "rights", cci_json_new()))
        return cci_no_memory(error);
    json_t *json;
    cci_path path = cci_path_key(&CCI_ROOT, "rights");
    CCI_TRY(cci_json_get_object(b->json, "rights", &json, &CCI_ROOT, error));
    CCI_TRY(cci_brief_object(json, keys, &path, error));
    int type, effective;
    CCI_TRY(cci_brief_choice(json, "type", right_words, 0, &type, &path, error));
    CCI_TRY(cci_brief_choice(json, "effective", effective_words, 1, &effective, &path, error));
    CCI_TRY(cci_brief_i64(json, "hold_us", 0, CCI_JSON_INTEGER_MAX, 0, &b->rights.hold_us, &path,
                          error));
    CCI_TRY(cci_json_id_opt(json, "terms", &b->rights.terms, &path, error));
    CCI_TRY(cci_json_choice_opt(json, "release", releases, &b->rights.release_events, &path, error));
    CCI_TRY(cci_json_bool_opt(json, "required", &b->rights.required, &path, error));
    CCI_TRY(cci_json_bool_opt(json, "locked", &b->rights.locked, &path, error));
    b->rights.revocable_after_us = -1;
    CCI_TRY(cci_json_i64_opt(json, "revocable_after_us", 0, CCI_JSON_INTEGER_MAX / 4,
                             &b->rights.revocable_after_us, &path, error));
    b->rights.type = right_words[type];
    b->rights.effective = effective_words[effective];
    cci_path terms = cci_path_key(&path, "terms");
    if (type != 0 && !b->rights.terms)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &terms,
                             "%s rights need the version of the terms that a submission accepts",
                             b->rights.type);
    return COCREATE_OK;
}

/* ---- the whole ---- */

static cocreate_status read_title(cci_brief *b, cocreate_error *error)
{
    CCI_TRY(cci_json_string(b->json, "title", &b->title, &CCI_ROOT, error));
    size_t length = strlen(b->title);
    cci_path here = cci_path_key(&CCI_ROOT, "title");
    if (length == 0 || length > TITLE_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "expected 1 to %d bytes, got %zu",
                             TITLE_MAX, length);
    return COCREATE_OK;
}

/* The mode is what the firm declares; real campaigns mix them, and what the rounds made of it is
 * measured. Only the default of the control follows from it; and where nobody selects it is a gallery. */
static cocreate_status read_mode(cci_brief *b, cocreate_error *error)
{
    int mode, control;
    CCI_TRY(cci_json_choice(b->json, "mode", mode_words, &mode, &CCI_ROOT, error));
    CCI_TRY(cci_brief_choice(b->json, "control", control_words, mode >= 2, &control, &CCI_ROOT,
                             error));
    b->mode = mode_words[mode];
    b->control = control ? CCI_CONTROL_OPEN : CCI_CONTROL_FIXED;
    return COCREATE_OK;
}

static cocreate_status check_gallery(const cci_brief *b, cocreate_error *error)
{
    cci_path here = cci_path_key(&CCI_ROOT, "mode");
    if (strcmp(b->mode, "gallery") != 0 || b->n_rounds == 0)
        return COCREATE_OK;
    return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                         "in a gallery nobody selects, and the brief has %zu round%s: name the mode of "
                         "selection",
                         b->n_rounds, b->n_rounds == 1 ? "" : "s");
}

static cocreate_status read_contribution(cci_brief *b, cocreate_error *error)
{
    static const char *const moderation_words[] = {"none", "pre", NULL};
    CCI_TRY(cci_brief_words(b->json, "contributors", cci_side_words, 0, &b->contributors,
                            &CCI_ROOT, error));
    cci_path here = cci_path_key(&CCI_ROOT, "contributors");
    if (b->contributors == 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "somebody must contribute");
    CCI_TRY(json_is_object(json_object_get(b->json, "moderation"))
                ? cci_brief_moderation(b, error)
                : cci_brief_choice(b->json, "moderation", moderation_words, 0, &b->pre_moderation,
                                   &CCI_ROOT, error));
    return cci_brief_i64(b->json, "team_max", 1, ITEMS_MAX, 1, &b->team_max, &CCI_ROOT, error);
}

static cocreate_status read_pause(cci_brief *b, cocreate_error *error)
{
    static const char *const words[] = {"shifts", "keeps", NULL};
    int pause = 0;
    return cci_json_choice_opt(b->json, "pause", words, &pause, &CCI_ROOT, error);
}

static cocreate_status read_merge(cci_brief *b, cocreate_error *error)
{
    static const char *const words[] = {"firm", "authors", NULL};
    return cci_json_choice_opt(b->json, "merge", words, &b->authors_merge, &CCI_ROOT, error);
}

/* Who sees what; a published policy cannot be amended. */
static cocreate_status read_visibility(cci_brief *b, cocreate_error *error)
{
    static const char *const words[] = {"all", "nobody", "owner", "firm", "voted", "after_close", NULL};
    static const char *const keys[] = {"contributions", "identities", "counts", "ballots", "jurors",
                                       "extras", NULL};
    cci_audience *const parts[] = {&b->visibility.contributions, &b->visibility.identities,
                                   &b->visibility.counts, &b->visibility.ballots,
                                   &b->visibility.jurors, &b->visibility.extras};
    json_t *json;
    cci_path path = cci_path_key(&CCI_ROOT, "visibility");
    b->visibility.ballots = CCI_SEEN_BY_OWNER;
    CCI_TRY(cci_json_get_object_opt(b->json, "visibility", &json, &CCI_ROOT, error));
    if (!json)
        return COCREATE_OK;
    CCI_TRY(cci_brief_object(json, keys, &path, error));
    for (int i = 0; keys[i]; i++) {
        int word = (int)*parts[i];
        CCI_TRY(cci_json_choice_opt(json, keys[i], words, &word, &path, error));
        *parts[i] = (cci_audience)word;
    }
    return COCREATE_OK;
}

static cocreate_status read_brief(cci_brief *b, cocreate_error *error)
{
    static const char *const keys[] = {
        "brief",    "title", "purpose",      "mode",   "control", "contributors", "moderation",
        "team_max", "form",  "extra_fields", "limits", "phases",  "rounds",       "rewards",
        "fees",     "rights", "kinds",       "milestones", "eligibility", "roles", "categories",
        "pause",    "teams", "answer_within_us", "visibility", "amend", "merge", "auto_stop",
        "useful", NULL};
    static const char *const versions[] = {"cocreate.brief/1", NULL};
    static const char *const purposes[] = {"marketing", "brand", "product", NULL};
    int version;
    unsigned purpose;
    CCI_TRY(cci_brief_object(b->json, keys, &CCI_ROOT, error));
    CCI_TRY(cci_json_choice(b->json, "brief", versions, &version, &CCI_ROOT, error));
    CCI_TRY(read_title(b, error));
    CCI_TRY(cci_brief_words(b->json, "purpose", purposes, 4, &purpose, &CCI_ROOT, error));
    CCI_TRY(read_mode(b, error));
    CCI_TRY(read_contribution(b, error));
    CCI_TRY(cci_brief_kinds(b, error));
    CCI_TRY(cci_brief_form(b, error));
    CCI_TRY(cci_brief_limits(b, error));
    CCI_TRY(cci_brief_phases(b, error));
    CCI_TRY(cci_brief_people(b, error));
    CCI_TRY(cci_brief_categories(b, error));
    CCI_TRY(read_pause(b, error));
    CCI_TRY(cci_brief_amend(b, error));
    CCI_TRY(read_merge(b, error));
    CCI_TRY(cci_json_bool_opt(b->json, "useful", &b->useful, &CCI_ROOT, error));
    CCI_TRY(read_visibility(b, error));
    CCI_TRY(cci_brief_rounds(b, error));
    CCI_TRY(check_gallery(b, error));
    CCI_TRY(cci_revises_check(b, error));
    CCI_TRY(cci_brief_milestones(b, error));
    CCI_TRY(cci_brief_rewards(b, error));
    CCI_TRY(cci_brief_auto_stop(b, error));
    CCI_TRY(cci_reopen_check(b, error));
    CCI_TRY(cci_brief_fees(b, error));
    CCI_TRY(cci_brief_care(b, error));
    return cci_brief_rights(b, error);
}

cocreate_status cci_brief_parse(const cocreate_allocator *a, const json_t *json, cci_brief *out,
                                cocreate_error *error)
{
    CCI_TRY(cci_json_object(json, &CCI_ROOT, error));
    cci_brief b = {.allocator = cci_allocator(a), .json = cci_json_deep_copy(json)};
    cocreate_status status = b.json ? read_brief(&b, error) : cci_no_memory(error);
    if (status == COCREATE_OK)
        *out = b;
    else
        cci_brief_free(&b);
    return status;
}

void cci_brief_free(cci_brief *b)
{
    cci_free(&b->allocator, b->phases);
    cci_free(&b->allocator, b->fields);
    cci_free(&b->allocator, b->limits);
    cci_free(&b->allocator, b->rounds);
    cci_free(&b->allocator, b->rewards);
    cci_free(&b->allocator, b->fees);
    cci_free(&b->allocator, b->milestones);
    json_decref(b->json);
    *b = (cci_brief){.allocator = b->allocator};
}

cocreate_status cci_brief_digest(const cci_brief *b, char out[CCI_DIGEST_TEXT],
                                 cocreate_error *error)
{
    return cci_json_digest(&b->allocator, b->json, out, error);
}

cocreate_status cocreate_brief_check(const cocreate_allocator *allocator, const char *json,
                                     size_t size, cocreate_text **out, cocreate_error *error)
{
    CCI_TRY(cci_allocator_check(allocator, error));
    if (!json)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "no brief is given");
    cocreate_allocator a = cci_allocator(allocator);
    json_t *document;
    CCI_TRY(cci_json_parse_canonical(json, size, &document, error));
    cci_brief b;
    cocreate_status status = cci_brief_parse(&a, document, &b, error);
    json_decref(document);
    CCI_TRY(status);
    status = cci_brief_sense(&b, error);
    if (status == COCREATE_OK && out) {
        cci_buffer text;
        cci_buffer_init(&text, &a);
        status = cci_json_canonical(b.json, &text, error);
        if (status == COCREATE_OK)
            status = cci_buffer_finish(&text, out, error);
        cci_buffer_free(&text);
    }
    cci_brief_free(&b);
    return status;
}
