/* {"do":"campaign.amend"}: a published brief may be relaxed and extended, never tightened.
 *
 * More time, higher limits, more room, more people. Whatever selects and pays cannot be amended, so that
 * the rules of a round are those it began with, and nothing that was counted changes. */
#include <string.h>

#include "campaign/commands.h"
#include "campaign/guards.h"

typedef struct amendment {
    const cci_campaign *campaign;
    cocreate_error *error;
} amendment;

static cocreate_status refuse(const amendment *m, const cci_path *path, const char *text)
{
    char rule[120];
    return cci_refuse(m->error, cci_path_text(path, rule, sizeof rule), "%s", text);
}

static int same(const json_t *a, const json_t *b)
{
    return a && b ? json_equal(a, b) : a == b;
}

/* An integer that may grow; where it is missing it stands for `standard`. */
static cocreate_status may_grow(const amendment *m, const json_t *a, const json_t *b,
                                json_int_t standard, const cci_path *path)
{
    json_int_t before = a ? json_integer_value(a) : standard;
    json_int_t after = b ? json_integer_value(b) : standard;
    return after >= before ? COCREATE_OK
                           : refuse(m, path, "may be raised, but not lowered, once published");
}

/* A list of words that may grow. */
static cocreate_status may_add(const amendment *m, const json_t *a, const json_t *b,
                               const cci_path *path)
{
    for (size_t i = 0; i < json_array_size(a); i++) {
        size_t j = 0;
        while (j < json_array_size(b) && !json_equal(json_array_get(a, i), json_array_get(b, j)))
            j++;
        if (j == json_array_size(b))
            return refuse(m, path, "words may be added, but not taken away, once published");
    }
    return COCREATE_OK;
}

/* Every member of either, but those that are named, is the same. */
static cocreate_status others_equal(const amendment *m, const json_t *a, const json_t *b,
                                    const char *const *but, const cci_path *path)
{
    const json_t *both[] = {a, b};
    for (int side = 0; side < 2; side++) {
        const char *key;
        json_t *value;
        json_object_foreach((json_t *)(uintptr_t)both[side], key, value)
        {
            const char *const *word = but;
            while (*word && strcmp(*word, key) != 0)
                word++;
            cci_path here = cci_path_key(path, key);
            if (!*word && !same(value, json_object_get(both[!side], key)))
                return refuse(m, &here, "cannot be amended once published");
        }
    }
    return COCREATE_OK;
}

static cocreate_status check_phase(const amendment *m, size_t index, const json_t *a,
                                   const json_t *b, const cci_path *path)
{
    static const char *const but[] = {"closes", "for_us", "grace_us", "late", "allows", NULL};
    CCI_TRY(others_equal(m, a, b, but, path));
    const json_t *phase = json_array_get(json_object_get(m->campaign->doc, "phases"), index);
    const char *state = json_string_value(json_object_get(phase, "state"));
    if (state && strcmp(state, "closed") == 0 && !json_equal(a, b))
        return refuse(m, path, "has closed: campaign.create makes another campaign");
    for (int i = 0; i < 3; i++) {
        cci_path here = cci_path_key(path, but[i]);
        CCI_TRY(may_grow(m, json_object_get(a, but[i]), json_object_get(b, but[i]), 0, &here));
    }
    cci_path late = cci_path_key(path, "late"), allows = cci_path_key(path, "allows");
    if (json_is_true(json_object_get(a, "late")) && !json_is_true(json_object_get(b, "late")))
        return refuse(m, &late, "stays once published");
    return may_add(m, json_object_get(a, "allows"), json_object_get(b, "allows"), &allows);
}

static cocreate_status check_limit(const amendment *m, size_t index, const json_t *a,
                                   const json_t *b, const cci_path *path)
{
    static const char *const but[] = {"max", NULL};
    cci_path here = cci_path_key(path, "max");
    (void)index;
    CCI_TRY(others_equal(m, a, b, but, path));
    return may_grow(m, json_object_get(a, "max"), json_object_get(b, "max"), 0, &here);
}

static cocreate_status check_category(const amendment *m, size_t index, const json_t *a,
                                      const json_t *b, const cci_path *path)
{
    static const char *const but[] = {"capacity", "title", NULL};
    cci_path here = cci_path_key(path, "capacity");
    (void)index;
    CCI_TRY(others_equal(m, a, b, but, path));
    return may_grow(m, json_object_get(a, "capacity"), json_object_get(b, "capacity"),
                    CCI_JSON_INTEGER_MAX, &here);
}

/* The items of a list, one by one; `more` says whether others may follow. */
static cocreate_status check_list(const amendment *m, const json_t *a, const json_t *b,
                                  const char *key, int more,
                                  cocreate_status (*check)(const amendment *, size_t, const json_t *,
                                                           const json_t *, const cci_path *))
{
    const json_t *before = json_object_get(a, key), *after = json_object_get(b, key);
    cci_path path = cci_path_key(&CCI_ROOT, key);
    size_t n = json_array_size(before), k = json_array_size(after);
    if (k < n || (k > n && (!more || n == 0)))
        return refuse(m, &path, more && n ? "items may be added, but not taken away, once published"
                                          : "has as many items as when it was published");
    for (size_t i = 0; i < n; i++) {
        cci_path here = cci_path_at(&path, i);
        CCI_TRY(check(m, i, json_array_get(before, i), json_array_get(after, i), &here));
    }
    return COCREATE_OK;
}

static cocreate_status check_brief(const amendment *m, const json_t *a, const json_t *b)
{
    static const char *const but[] = {"title",  "team_max",   "contributors", "phases",
                                      "limits", "categories", NULL};
    cci_path team = cci_path_key(&CCI_ROOT, "team_max");
    cci_path contributors = cci_path_key(&CCI_ROOT, "contributors");
    CCI_TRY(others_equal(m, a, b, but, &CCI_ROOT));
    CCI_TRY(may_grow(m, json_object_get(a, "team_max"), json_object_get(b, "team_max"), 1, &team));
    CCI_TRY(may_add(m, json_object_get(a, "contributors"), json_object_get(b, "contributors"),
                    &contributors));
    CCI_TRY(check_list(m, a, b, "phases", 0, check_phase));
    CCI_TRY(check_list(m, a, b, "limits", 0, check_limit));
    return check_list(m, a, b, "categories", 1, check_category);
}

/* The digest of the brief that the campaign was created by, for the first amendment to keep: by it
 * campaign.create is known again when it is sent twice. */
static cocreate_status add_original(const cci_campaign *c, json_t *data, cocreate_error *error)
{
    char digest[CCI_DIGEST_TEXT];
    if (json_object_get(c->doc, "amended"))
        return COCREATE_OK;
    CCI_TRY(cci_brief_digest(&c->brief, digest, error));
    return cci_json_put(data, "original", json_string(digest)) ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status decide_brief(const cci_command *command, const cci_brief *brief,
                                    cci_decision *decision, cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    amendment m = {c, error};
    decision->exists = json_equal(c->brief.json, brief->json);
    if (decision->exists)
        return COCREATE_OK;
    if (!cci_campaign_is(c, "published"))
        return cci_fail(error, COCREATE_ERR_REFUSED, "campaign '%s' is %s, not published", c->id,
                        json_string_value(json_object_get(c->doc, "state")));
    CCI_TRY(check_brief(&m, c->brief.json, brief->json));
    json_t *data = cci_json_new(), *reason = json_object_get(command->body, "reason");
    cocreate_status status = cci_json_put(data, "brief", json_incref(brief->json)) &&
                                     cci_json_put(data, "reason", json_incref(reason))
                                 ? add_original(c, data, error)
                                 : cci_no_memory(error);
    if (status != COCREATE_OK) {
        json_decref(data);
        return status;
    }
    return cci_decide(decision, "campaign.amended", c, data, error);
}

static cocreate_status decide(cci_engine *e, const cci_command *command, cci_decision *decision,
                              cocreate_error *error)
{
    json_t *changes, *whole = cci_json_copy(command->campaign->brief.json);
    cci_brief brief;
    cocreate_status status = whole ? COCREATE_OK : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_json_get_object(command->body, "brief", &changes, &CCI_ROOT, error);
    if (status == COCREATE_OK && json_object_update(whole, changes) != 0)
        status = cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_brief_parse(&e->allocator, whole, &brief, error);
    json_decref(whole);
    CCI_TRY(status);
    status = decide_brief(command, &brief, decision, error);
    cci_brief_free(&brief);
    return status;
}

/* By how much a phase closes later. */
static int64_t later(const json_t *a, const json_t *b)
{
    static const char *const keys[] = {"closes", "for_us"};
    int64_t by = 0;
    for (int i = 0; i < 2; i++)
        by += json_integer_value(json_object_get(b, keys[i])) -
              json_integer_value(json_object_get(a, keys[i]));
    return by;
}

static cocreate_status apply(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    cci_campaign *c = event->campaign;
    json_t *json, *phases = json_object_get(c ? c->doc : NULL, "phases");
    cci_brief brief;
    CCI_TRY(cci_json_get_object(event->data, "brief", &json, &CCI_ROOT, error));
    CCI_TRY(cci_brief_parse(&e->allocator, json, &brief, error));
    const json_t *before = json_object_get(c ? c->brief.json : NULL, "phases");
    const json_t *after = json_object_get(brief.json, "phases");
    int made = brief.n_phases > 0 && json_array_size(phases) == brief.n_phases;
    if (!made) {
        cci_brief_free(&brief);
        return cci_fail(error, COCREATE_ERR_CORRUPT, "event %llu amends other phases",
                        (unsigned long long)event->seq);
    }
    for (size_t i = 0; made && i < brief.n_phases; i++) {
        json_t *phase = json_array_get(phases, i);
        cci_phase *p = &brief.phases[i];
        p->relative = 0;
        p->opens = json_integer_value(json_object_get(phase, "opens"));
        p->closes = json_integer_value(json_object_get(phase, "closes")) +
                    later(json_array_get(before, i), json_array_get(after, i));
        made = cci_json_put(phase, "closes", json_integer(p->closes));
    }
    int64_t amended = json_integer_value(json_object_get(c->doc, "amended")) + 1;
    json_t *original = json_object_get(event->data, "original");
    made = made && cci_json_put(c->doc, "amended", json_integer(amended)) &&
           (!original || cci_json_put(c->doc, "original", json_incref(original))) &&
           cci_json_put(c->doc, "brief", json_incref(brief.json));
    if (!made) {
        cci_brief_free(&brief);
        return cci_no_memory(error);
    }
    cci_brief_free(&c->brief);
    c->brief = brief;
    return cci_campaign_put(e, c, error);
}

static const cci_parameter parameters[] = {
    {"campaign", "id", 1, "a published campaign"},
    {"brief", "object", 1, "members put in place of those of its brief"},
    {"reason", "text", 1, "why, for everybody to read"},
    {NULL, NULL, 0, NULL}};

static const char *const sides[] = {"firm", NULL};

const cci_command_type cci_command_campaign_amend = {
    "campaign.amend", "Relax or extend the brief of a published campaign", parameters, sides, decide,
    0};

const cci_event_type cci_event_campaign_amended = {"campaign.amended", apply, NULL};
