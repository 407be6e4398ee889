/* Whatever selects and pays stays as it was published. Time, room and people may become more at once. They
 * may become less with the notice that the brief names, and rounds may have other rules, if they do not open
 * before: so that the rules of a round are those it began with, and nothing that was counted changes. */
#include "campaign/windows/amendable.h"

#include <string.h>

#include "base/time.h"

typedef struct amendment {
    const cci_campaign *campaign;
    cocreate_error *error;
    int64_t from, now;
    int noticed; /* it comes with notice */
} amendment;

static cocreate_status refuse(const amendment *m, const cci_path *path, const char *text)
{
    return cci_refuse_at(m->error, path, "%s", text);
}

/* What only notice makes legal. */
static cocreate_status needs_notice(const amendment *m, const cci_path *path, const char *text)
{
    char first[CCI_TIME_TEXT];
    int64_t notice = m->campaign->brief.notice_us;
    if (m->noticed)
        return COCREATE_OK;
    if (notice == 0)
        return refuse(m, path, text);
    return cci_refuse_at(m->error, path, "%s; with notice it may: 'from' %s on", text,
                         cci_time_text(m->now + notice, first));
}

/* Does this round open before the amendment is in force? One whose phase goes by hand may. */
static int begins_before(const amendment *m, size_t round)
{
    const cci_campaign *c = m->campaign;
    const cci_phase *phase = cci_brief_phase(&c->brief, c->brief.rounds[round].phase);
    return !phase || phase->manual || phase->opens < m->from;
}

/* Refuses a change that reaches a round, of this phase or of any, that opens before. */
static cocreate_status reaches_no_round(const amendment *m, const char *phase, const cci_path *path)
{
    char from[CCI_TIME_TEXT];
    for (size_t i = 0; i < m->campaign->brief.n_rounds; i++) {
        const cci_round_spec *spec = &m->campaign->brief.rounds[i];
        if ((phase && strcmp(spec->phase, phase) != 0) || !begins_before(m, i))
            continue;
        return cci_refuse_at(m->error, path,
                             "round '%.60s' may open before %s and keeps the rules that it opens with",
                             spec->id, cci_time_text(m->from, from));
    }
    return COCREATE_OK;
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
                           : needs_notice(m, path, "may be raised, but not lowered, once published");
}

/* Is every word of `a` in `b`, too? */
static int keeps(const json_t *a, const json_t *b)
{
    for (size_t i = 0; i < json_array_size(a); i++) {
        size_t j = 0;
        while (j < json_array_size(b) && !json_equal(json_array_get(a, i), json_array_get(b, j)))
            j++;
        if (j == json_array_size(b))
            return 0;
    }
    return 1;
}

/* A list of words that may grow. */
static cocreate_status may_add(const amendment *m, const json_t *a, const json_t *b,
                               const cci_path *path)
{
    return keeps(a, b) ? COCREATE_OK
                       : needs_notice(m, path, "words may be added, but not taken away, once published");
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

/* A phase may end earlier, but not before that is in force, nor under a round that it has. */
static cocreate_status check_close(const amendment *m, const json_t *phase, const json_t *a, const json_t *b,
                                   const cci_path *path)
{
    static const char *const keys[] = {"closes", "for_us"};
    char from[CCI_TIME_TEXT], closes[CCI_TIME_TEXT];
    for (int i = 0; i < 2; i++) {
        cci_path here = cci_path_key(path, keys[i]);
        json_int_t by = json_integer_value(json_object_get(b, keys[i])) -
                        json_integer_value(json_object_get(a, keys[i]));
        CCI_TRY(may_grow(m, json_object_get(a, keys[i]), json_object_get(b, keys[i]), 0, &here));
        if (by >= 0)
            continue;
        CCI_TRY(reaches_no_round(m, json_string_value(json_object_get(a, "id")), &here));
        int64_t end = json_integer_value(json_object_get(phase, "closes")) + by;
        if (end < m->from)
            return cci_refuse_at(m->error, &here,
                                 "the phase would close at %s, before that is in force, at %s",
                                 cci_time_text(end, closes), cci_time_text(m->from, from));
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
    cci_path grace = cci_path_key(path, "grace_us");
    cci_path late = cci_path_key(path, "late"), allows = cci_path_key(path, "allows");
    CCI_TRY(check_close(m, phase, a, b, path));
    CCI_TRY(may_grow(m, json_object_get(a, "grace_us"), json_object_get(b, "grace_us"), 0, &grace));
    if (json_is_true(json_object_get(a, "late")) && !json_is_true(json_object_get(b, "late")))
        CCI_TRY(needs_notice(m, &late, "stays once published"));
    CCI_TRY(may_add(m, json_object_get(a, "allows"), json_object_get(b, "allows"), &allows));
    return keeps(json_object_get(a, "allows"), json_object_get(b, "allows"))
               ? COCREATE_OK
               : reaches_no_round(m, json_string_value(json_object_get(a, "id")), &allows);
}

/* Ballots are counted while a round is open; works, replies, runs and flags at any time. */
static cocreate_status check_tighter_limit(const amendment *m, const json_t *limit, const cci_path *path)
{
    static const char *const of_ballots[] = {"ballot", "label", "pledge"};
    const char *subject = json_string_value(json_object_get(limit, "subject"));
    for (int i = 0; i < 3; i++)
        if (subject && strcmp(subject, of_ballots[i]) == 0)
            return reaches_no_round(m, NULL, path);
    return COCREATE_OK;
}

static cocreate_status check_limit(const amendment *m, size_t index, const json_t *a,
                                   const json_t *b, const cci_path *path)
{
    static const char *const but[] = {"max", NULL};
    const json_t *before = json_object_get(a, "max"), *after = json_object_get(b, "max");
    cci_path here = cci_path_key(path, "max");
    (void)index;
    CCI_TRY(others_equal(m, a, b, but, path));
    CCI_TRY(may_grow(m, before, after, 0, &here));
    return json_integer_value(after) < json_integer_value(before) ? check_tighter_limit(m, a, &here)
                                                                  : COCREATE_OK;
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

/* A round that has not opened may have other rules. What it is, and what was promised of it, stays: it is
 * binding for good, and the lot was committed to. */
static cocreate_status check_round(const amendment *m, size_t index, const json_t *a, const json_t *b,
                                   const cci_path *path)
{
    static const char *const fixed[] = {"id", "lead", "instrument", "phase", "candidates", "replaces", "ties",
                                        "seed_commitment", "certify"};
    cci_path binding = cci_path_key(path, "binding");
    char from[CCI_TIME_TEXT];
    if (json_equal(a, b))
        return COCREATE_OK;
    CCI_TRY(needs_notice(m, path, "cannot be amended once published"));
    if (begins_before(m, index))
        return cci_refuse_at(m->error, path,
                             "round '%.60s' may open before %s and keeps the rules that it opens with",
                             m->campaign->brief.rounds[index].id, cci_time_text(m->from, from));
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
        cci_path here = cci_path_key(path, fixed[i]);
        if (!same(json_object_get(a, fixed[i]), json_object_get(b, fixed[i])))
            return refuse(m, &here, "cannot be amended once published");
    }
    if (json_is_true(json_object_get(a, "binding")) && !json_is_true(json_object_get(b, "binding")))
        return refuse(m, &binding, "stays binding once published");
    return COCREATE_OK;
}

/* The items of a list, one by one. Others may follow: `more` 1 at once where there are some, 2 with notice,
 * 0 never. */
static cocreate_status check_list(const amendment *m, const json_t *a, const json_t *b,
                                  const char *key, int more,
                                  cocreate_status (*check)(const amendment *, size_t, const json_t *,
                                                           const json_t *, const cci_path *))
{
    const json_t *before = json_object_get(a, key), *after = json_object_get(b, key);
    cci_path path = cci_path_key(&CCI_ROOT, key);
    size_t n = json_array_size(before), k = json_array_size(after);
    if (k > n && more == 2)
        CCI_TRY(needs_notice(m, &path, "has as many items as when it was published"));
    else if (k < n || (k > n && (!more || n == 0)))
        return refuse(m, &path,
                      more == 1 && n ? "items may be added, but not taken away, once published"
                                     : "has as many items as when it was published");
    for (size_t i = 0; i < n; i++) {
        cci_path here = cci_path_at(&path, i);
        CCI_TRY(check(m, i, json_array_get(before, i), json_array_get(after, i), &here));
    }
    return COCREATE_OK;
}

static cocreate_status check_limits(const amendment *m, const json_t *a, const json_t *b)
{
    const json_t *list = json_object_get(b, "limits");
    cci_path path = cci_path_key(&CCI_ROOT, "limits");
    CCI_TRY(check_list(m, a, b, "limits", 2, check_limit));
    for (size_t i = json_array_size(json_object_get(a, "limits")); i < json_array_size(list); i++) {
        cci_path here = cci_path_at(&path, i), per = cci_path_key(&here, "per");
        if (json_is_object(json_object_get(json_array_get(list, i), "per")))
            return refuse(m, &per, "who shares an attribute is counted from publication on, or not at all");
        CCI_TRY(check_tighter_limit(m, json_array_get(list, i), &here));
    }
    return COCREATE_OK;
}

/* Who may do what from then on; who may vote is a rule of the rounds. */
static cocreate_status check_eligibility(const amendment *m, const json_t *a, const json_t *b)
{
    const json_t *before = json_object_get(a, "eligibility"), *after = json_object_get(b, "eligibility");
    cci_path path = cci_path_key(&CCI_ROOT, "eligibility"), vote = cci_path_key(&path, "vote");
    if (same(before, after))
        return COCREATE_OK;
    CCI_TRY(needs_notice(m, &path, "cannot be amended once published"));
    return same(json_object_get(before, "vote"), json_object_get(after, "vote"))
               ? COCREATE_OK
               : reaches_no_round(m, NULL, &vote);
}

/* The notice itself can become longer alone, or what was promised with it would be worth nothing. */
static cocreate_status check_notice(const amendment *m, const json_t *b)
{
    cci_path path = cci_path_key(&CCI_ROOT, "amend"), here = cci_path_key(&path, "notice_us");
    int64_t before = m->campaign->brief.notice_us;
    json_int_t after = json_integer_value(json_object_get(json_object_get(b, "amend"), "notice_us"));
    if (before == 0 && after != 0)
        return refuse(m, &path, "cannot be amended once published");
    return after >= before ? COCREATE_OK
                           : refuse(m, &here, "may be raised, but not lowered, once published");
}

/* What ends by itself may go on for longer. */
static cocreate_status check_stop(const amendment *m, const json_t *a, const json_t *b)
{
    const json_t *before = json_object_get(a, "auto_stop"), *after = json_object_get(b, "auto_stop");
    cci_path path = cci_path_key(&CCI_ROOT, "auto_stop"), here = cci_path_key(&path, "unpaid_us");
    if (!before && after)
        return refuse(m, &path, "cannot be amended once published");
    return json_integer_value(json_object_get(after, "unpaid_us")) >=
                   json_integer_value(json_object_get(before, "unpaid_us"))
               ? COCREATE_OK
               : refuse(m, &here, "may be raised, but not lowered, once published");
}

cocreate_status cci_amendable(const cci_campaign *c, const json_t *after, int64_t from, int64_t now,
                              cocreate_error *error)
{
    static const char *const but[] = {"title",      "team_max", "contributors", "phases", "limits",
                                      "categories", "rounds",   "eligibility",  "amend",
                                      "auto_stop",  NULL};
    const amendment m = {c, error, from, now, from != INT64_MIN};
    const json_t *a = c->brief.json, *b = after;
    cci_path team = cci_path_key(&CCI_ROOT, "team_max"), rounds = cci_path_key(&CCI_ROOT, "rounds");
    cci_path contributors = cci_path_key(&CCI_ROOT, "contributors");
    CCI_TRY(others_equal(&m, a, b, but, &CCI_ROOT));
    CCI_TRY(may_grow(&m, json_object_get(a, "team_max"), json_object_get(b, "team_max"), 1, &team));
    CCI_TRY(may_add(&m, json_object_get(a, "contributors"), json_object_get(b, "contributors"),
                    &contributors));
    CCI_TRY(check_list(&m, a, b, "phases", 0, check_phase));
    CCI_TRY(check_limits(&m, a, b));
    CCI_TRY(check_list(&m, a, b, "categories", 1, check_category));
    CCI_TRY(check_eligibility(&m, a, b));
    CCI_TRY(check_notice(&m, b));
    CCI_TRY(check_stop(&m, a, b));
    if (c->brief.notice_us == 0 && !same(json_object_get(a, "rounds"), json_object_get(b, "rounds")))
        return refuse(&m, &rounds, "cannot be amended once published");
    return check_list(&m, a, b, "rounds", 0, check_round);
}
