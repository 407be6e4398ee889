/* {"do":"campaign.amend"}: a published brief may be relaxed and extended at once, and tightened with the
 * notice that it names. */

#include "base/time.h"
#include "campaign/commands.h"
#include "campaign/guards.h"
#include "campaign/windows/amendable.h"
#include "campaign/windows/versions.h"

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

/* The number and the digest of what the brief becomes. */
static cocreate_status add_version(const cci_campaign *c, const cci_brief *brief, json_t *data,
                                   cocreate_error *error)
{
    char digest[CCI_DIGEST_TEXT];
    if (brief->notice_us == 0)
        return COCREATE_OK;
    CCI_TRY(cci_brief_digest(brief, digest, error));
    return cci_json_put(data, "version", json_integer(cci_rules_version(c) + 1)) &&
                   cci_json_put(data, "digest", json_string(digest))
               ? COCREATE_OK
               : cci_no_memory(error);
}

/* The instant of "from", far enough ahead; INT64_MIN where there is none. */
static cocreate_status read_from(const cci_command *command, int64_t *from, cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    char first[CCI_TIME_TEXT], length[CCI_TIME_TEXT];
    *from = INT64_MIN;
    if (!json_object_get(command->body, "from"))
        return COCREATE_OK;
    CCI_TRY(cci_json_time(command->body, "from", from, &CCI_ROOT, error));
    if (c->brief.notice_us == 0)
        return cci_refuse(error, "$.amend",
                          "the brief names no notice: it may be relaxed, at once and without 'from'");
    if (*from - c->brief.notice_us < command->at)
        return cci_refuse(error, "$.amend.notice_us", "rules change with notice of %s, from %s on",
                          cci_duration_text(c->brief.notice_us, length),
                          cci_time_text(command->at + c->brief.notice_us, first));
    return COCREATE_OK;
}

static cocreate_status check_state(const cci_campaign *c, cocreate_error *error)
{
    char from[CCI_TIME_TEXT];
    CCI_TRY(cci_require_published(c, error));
    if (cci_rules_notice(c) == INT64_MAX)
        return COCREATE_OK;
    return cci_refuse(error, "$.amend", "version %lld of the rules is announced: the next from %s on",
                      (long long)cci_rules_version(c) + 1, cci_time_text(cci_rules_notice(c), from));
}

static cocreate_status decide_brief(const cci_command *command, const cci_brief *brief,
                                    cci_decision *decision, cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    const json_t *announced = json_object_get(json_object_get(c->doc, "notice"), "brief");
    int64_t from;
    decision->exists = json_equal(c->brief.json, brief->json) ||
                       (announced && json_equal(announced, brief->json));
    if (decision->exists)
        return COCREATE_OK;
    CCI_TRY(check_state(c, error));
    CCI_TRY(read_from(command, &from, error));
    CCI_TRY(cci_amendable(c, brief->json, from, command->at, error));
    json_t *data = cci_json_new(), *reason = json_object_get(command->body, "reason");
    int made = cci_json_put(data, "brief", json_incref(brief->json)) &&
               cci_json_put(data, "reason", json_incref(reason)) &&
               (from == INT64_MIN || cci_json_put(data, "from", json_integer(from)));
    cocreate_status status = made ? add_original(c, data, error) : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = add_version(c, brief, data, error);
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
    if (cci_brief_sense(&command->campaign->brief, NULL) == COCREATE_OK) /* else it was taken once */
        status = cci_brief_sense(&brief, error);
    if (status == COCREATE_OK)
        status = decide_brief(command, &brief, decision, error);
    cci_brief_free(&brief);
    return status;
}

static cocreate_status apply(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    cci_campaign *c = event->campaign;
    json_t *json, *original = json_object_get(event->data, "original");
    int announced;
    CCI_TRY(cci_json_get_object(event->data, "brief", &json, &CCI_ROOT, error));
    int64_t amended = json_integer_value(json_object_get(c->doc, "amended")) + 1;
    if (!cci_json_put(c->doc, "amended", json_integer(amended)) ||
        (original && !cci_json_put(c->doc, "original", json_incref(original))))
        return cci_no_memory(error);
    CCI_TRY(cci_rules_amend(e, event, &announced, error));
    return announced ? cci_campaign_put(e, c, error) : cci_rules_install(e, event, json, error);
}

/* Was it legal then, and is its version what its brief says? */
static cocreate_status check(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const cci_campaign *c = event->campaign;
    int64_t from = INT64_MIN;
    json_t *json, *again = cci_json_new();
    cci_brief brief = {0};
    cocreate_status status = again ? COCREATE_OK : cci_no_memory(error);
    if (status == COCREATE_OK && json_object_get(event->data, "from"))
        status = cci_json_time(event->data, "from", &from, &CCI_ROOT, error);
    if (status == COCREATE_OK)
        status = cci_json_get_object(event->data, "brief", &json, &CCI_ROOT, error);
    if (status == COCREATE_OK)
        status = cci_amendable(c, json, from, event->at, error);
    if (status == COCREATE_OK)
        status = cci_brief_parse(&e->allocator, json, &brief, error);
    if (status == COCREATE_OK)
        status = add_version(c, &brief, again, error);
    if (status == COCREATE_OK && (from != INT64_MIN) && from - c->brief.notice_us < event->at)
        status = cci_fail(error, COCREATE_ERR_VERIFY, "the rules of campaign '%s' change without notice",
                          c->id);
    if (status == COCREATE_OK && json_object_get(again, "version") &&
        (!json_equal(json_object_get(again, "version"), json_object_get(event->data, "version")) ||
         !json_equal(json_object_get(again, "digest"), json_object_get(event->data, "digest"))))
        status = cci_fail(error, COCREATE_ERR_VERIFY,
                          "the version of the rules of campaign '%s' is not what its brief says", c->id);
    cci_brief_free(&brief);
    json_decref(again);
    return status == COCREATE_ERR_REFUSED ? COCREATE_ERR_VERIFY : status;
}

static const cci_parameter parameters[] = {
    {"campaign", "id", 1, "a published campaign"},
    {"brief", "object", 1, "members put in place of those of its brief"},
    {"reason", "text", 1, "why, for everybody to read"},
    {"from", "time", 0, "with notice: when it is in force; default: at once"},
    {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_campaign_amend = {
    "campaign.amend", "Relax the brief of a published campaign, or tighten it with notice", parameters,
    cci_firm_alone, decide, 0};

const cci_event_type cci_event_campaign_amended = {"campaign.amended", apply, check};
