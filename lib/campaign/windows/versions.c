#include "campaign/windows/versions.h"

#include <string.h>

#include "campaign/brief_read.h"
#include "campaign/timers.h"
#include "campaign/windows/auto_stop.h"

/* {"notice_us": 604800000000} */
cocreate_status cci_brief_amend(cci_brief *b, cocreate_error *error)
{
    static const char *const keys[] = {"notice_us", NULL};
    json_t *json;
    cci_path path = cci_path_key(&CCI_ROOT, "amend");
    CCI_TRY(cci_json_get_object_opt(b->json, "amend", &json, &CCI_ROOT, error));
    if (!json)
        return COCREATE_OK;
    CCI_TRY(cci_brief_object(json, keys, &path, error));
    return cci_json_i64(json, "notice_us", 1, CCI_JSON_INTEGER_MAX / 4, &b->notice_us, &path, error);
}

int64_t cci_rules_version(const cci_campaign *c)
{
    return (int64_t)json_array_size(json_object_get(c->doc, "rules"));
}

int64_t cci_rules_notice(const cci_campaign *c)
{
    const json_t *notice = json_object_get(c->doc, "notice");
    return notice ? json_integer_value(json_object_get(notice, "from")) : INT64_MAX;
}

static cocreate_status add_version(cci_campaign *c, const char *digest, int64_t from, cocreate_error *error)
{
    json_t *list = json_object_get(c->doc, "rules"), *item = cci_json_new();
    if (!list && cci_json_put(c->doc, "rules", json_array()))
        list = json_object_get(c->doc, "rules");
    int made = list && cci_json_put(item, "version", json_integer((json_int_t)json_array_size(list) + 1)) &&
               cci_json_put(item, "digest", json_string(digest)) &&
               cci_json_put(item, "from", json_integer(from)) && cci_json_push(list, json_incref(item));
    json_decref(item);
    return made ? COCREATE_OK : cci_no_memory(error);
}

cocreate_status cci_rules_begin(cci_campaign *c, int64_t at, cocreate_error *error)
{
    char digest[CCI_DIGEST_TEXT];
    if (c->brief.notice_us == 0)
        return COCREATE_OK;
    CCI_TRY(cci_brief_digest(&c->brief, digest, error));
    return add_version(c, digest, at, error);
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

static int move_phases(cci_brief *brief, const json_t *before, json_t *phases)
{
    const json_t *after = json_object_get(brief->json, "phases");
    for (size_t i = 0; i < brief->n_phases; i++) {
        json_t *phase = json_array_get(phases, i);
        cci_phase *p = &brief->phases[i];
        p->relative = 0;
        p->opens = json_integer_value(json_object_get(phase, "opens"));
        p->closes = json_integer_value(json_object_get(phase, "closes")) +
                    later(json_array_get(before, i), json_array_get(after, i));
        if (!cci_json_put(phase, "closes", json_integer(p->closes)))
            return 0;
    }
    return 1;
}

cocreate_status cci_rules_install(cci_engine *e, const cci_event *event, const json_t *json,
                                  cocreate_error *error)
{
    cci_campaign *c = event->campaign;
    json_t *phases = json_object_get(c->doc, "phases");
    cci_brief brief;
    CCI_TRY(cci_brief_parse(&e->allocator, json, &brief, error));
    cocreate_status status = COCREATE_OK;
    if (brief.n_phases == 0 || json_array_size(phases) != brief.n_phases)
        status = cci_fail(error, COCREATE_ERR_CORRUPT, "event %llu amends other phases",
                          (unsigned long long)event->seq);
    else if (!move_phases(&brief, json_object_get(c->brief.json, "phases"), phases) ||
             !cci_json_put(c->doc, "brief", json_incref(brief.json)))
        status = cci_no_memory(error);
    if (status != COCREATE_OK) {
        cci_brief_free(&brief);
        return status;
    }
    cci_brief_free(&c->brief);
    c->brief = brief;
    CCI_TRY(cci_stop_amended(e, c, error));
    return cci_campaign_put(e, c, error);
}

cocreate_status cci_rules_amend(cci_engine *e, const cci_event *event, int *announced, cocreate_error *error)
{
    cci_campaign *c = event->campaign;
    const json_t *from = json_object_get(event->data, "from");
    const char *digest;
    *announced = 0;
    if (!json_object_get(event->data, "version"))
        return COCREATE_OK;
    CCI_TRY(cci_json_string(event->data, "digest", &digest, &CCI_ROOT, error));
    if (!from)
        return add_version(c, digest, event->at, error);
    static const char *const keys[] = {"version", "digest", "from", "brief", NULL};
    json_t *notice = cci_json_new();
    int made = notice != NULL;
    for (size_t i = 0; keys[i] && made; i++)
        made = cci_json_put(notice, keys[i], json_incref(json_object_get(event->data, keys[i])));
    made = cci_json_put(c->doc, "notice", notice) && made;
    *announced = 1;
    return made ? cci_timer_set(e, c, json_integer_value(from), "rules", c->id, error) : cci_no_memory(error);
}

/* ---- in force ---- */

cocreate_status cci_rules_decide(cci_engine *e, cci_campaign *c, int64_t at, const char *subject,
                                 cci_decision *decision, cocreate_error *error)
{
    const json_t *notice = json_object_get(c->doc, "notice");
    json_t *data = cci_json_new();
    (void)e;
    (void)at;
    (void)subject;
    if (cci_json_put(data, "version", json_incref(json_object_get(notice, "version"))) &&
        cci_json_put(data, "digest", json_incref(json_object_get(notice, "digest"))))
        return cci_decide(decision, "rules.changed", c, data, error);
    json_decref(data);
    return cci_no_memory(error);
}

cocreate_status cci_rules_shift(cci_engine *e, cci_campaign *c, const char *subject, int64_t by,
                                cocreate_error *error)
{
    (void)subject;
    return cci_put_later(json_object_get(c->doc, "notice"), "from", by) ? cci_campaign_put(e, c, error)
                                                                        : cci_no_memory(error);
}

static cocreate_status check(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const json_t *notice = json_object_get(event->campaign->doc, "notice");
    char digest[CCI_DIGEST_TEXT];
    cci_brief brief;
    if (!notice || !json_equal(json_object_get(notice, "version"), json_object_get(event->data, "version")))
        return cci_fail(error, COCREATE_ERR_VERIFY, "these rules of campaign '%s' were not announced",
                        event->campaign->id);
    CCI_TRY(cci_brief_parse(&e->allocator, json_object_get(notice, "brief"), &brief, error));
    cocreate_status status = cci_brief_digest(&brief, digest, error);
    cci_brief_free(&brief);
    CCI_TRY(status);
    const char *said;
    CCI_TRY(cci_json_string(event->data, "digest", &said, &CCI_ROOT, error));
    return strcmp(said, digest) == 0
               ? COCREATE_OK
               : cci_fail(error, COCREATE_ERR_VERIFY,
                          "the digest of the rules of campaign '%s' is %s, recomputed %s",
                          event->campaign->id, said, digest);
}

static cocreate_status apply(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    cci_campaign *c = event->campaign;
    json_t *notice = json_incref(json_object_get(c->doc, "notice"));
    const char *digest;
    json_t *brief;
    if (!notice)
        return cci_fail(error, COCREATE_ERR_CORRUPT, "event %llu brings rules that were not announced",
                        (unsigned long long)event->seq);
    int64_t from = cci_rules_notice(c);
    cocreate_status status = cci_json_string(notice, "digest", &digest, &CCI_ROOT, error);
    if (status == COCREATE_OK)
        status = cci_json_get_object(notice, "brief", &brief, &CCI_ROOT, error);
    if (status == COCREATE_OK)
        status = add_version(c, digest, from, error);
    json_object_del(c->doc, "notice");
    if (status == COCREATE_OK)
        status = cci_rules_install(e, event, brief, error);
    if (status == COCREATE_OK)
        status = cci_timer_drop(e, c, from, "rules", c->id, error);
    json_decref(notice);
    return status;
}

const cci_event_type cci_event_rules_changed = {"rules.changed", apply, check};
