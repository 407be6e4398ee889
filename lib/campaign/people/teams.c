/* {"do":"team.form"}, join, leave, lock, merge, dissolve. Every change states the members anew, so that the
 * shares always sum to 1. */
#include "campaign/people/teams.h"

#include <string.h>

#include "base/time.h"
#include "campaign/commands.h"
#include "campaign/commands/contribution.h"
#include "campaign/guards.h"
#include "campaign/windows/windows.h"

static int is_live(const json_t *row)
{
    return strcmp(cci_json_text(row, "state"), "forming") == 0 ||
           strcmp(cci_json_text(row, "state"), "locked") == 0;
}

static int has_member(const json_t *members, const char *participant)
{
    for (size_t i = 0; i < json_array_size(members); i++)
        if (strcmp(cci_json_text(json_array_get(members, i), "participant"), participant) == 0)
            return 1;
    return 0;
}

/* Is everybody of `a` in `b`? */
static int within(const json_t *a, const json_t *b)
{
    for (size_t i = 0; i < json_array_size(a); i++)
        if (!has_member(b, cci_json_text(json_array_get(a, i), "participant")))
            return 0;
    return 1;
}

cocreate_status cci_team_get(cci_engine *e, const cci_campaign *c, const char *team, json_t **row,
                             cocreate_error *error)
{
    json_t *found;
    CCI_TRY(cci_state_get(e, c->part, CCI_KIND_TEAM, team, &found, error));
    if (!found)
        return cci_fail(error, COCREATE_ERR_NOT_FOUND, "campaign '%s' has no team '%s'", c->id,
                        team);
    *row = found;
    return COCREATE_OK;
}

/* ---- what a team submits ---- */

cocreate_status cci_team_authors(cci_engine *e, const cci_campaign *c, const char *team,
                                 const char *actor, json_t **out, cocreate_error *error)
{
    json_t *row = NULL;
    CCI_TRY(cci_team_get(e, c, team, &row, error));
    const json_t *members = json_object_get(row, "members");
    cocreate_status status = COCREATE_OK;
    if (!is_live(row))
        status = cci_fail(error, COCREATE_ERR_REFUSED, "team '%s' is %s", team, cci_json_text(row, "state"));
    else if (strcmp(actor, CCI_HOST) != 0 && !has_member(members, actor))
        status = cci_fail(error, COCREATE_ERR_PERMISSION, "'%s' is no member of team '%s'", actor,
                          team);
    json_t *copy = status == COCREATE_OK ? cci_json_deep_copy(members) : NULL;
    json_decref(row);
    CCI_TRY(status);
    *out = copy;
    return copy ? COCREATE_OK : cci_no_memory(error);
}

cocreate_status cci_team_worked(cci_engine *e, const cci_event *event, const char *team,
                                const char *contribution, cocreate_error *error)
{
    json_t *doc = cci_json_new();
    cocreate_status status = cci_json_put(doc, "at", json_integer(event->at))
                                 ? cci_state_put_by(e, event->campaign->part, CCI_KIND_TEAM_WORK,
                                                    CCI_KEY(team, contribution), doc, error)
                                 : cci_no_memory(error);
    json_decref(doc);
    return status;
}

static cocreate_status visit_works(cci_engine *e, const cci_campaign *c, const char *team,
                                   cci_state_visitor visit, void *user, cocreate_error *error)
{
    return cci_state_scan_by(e, c->part, CCI_KIND_TEAM_WORK, CCI_KEY(team, ""), visit, user, error);
}

cocreate_status cci_team_works(cci_engine *e, const cci_campaign *c, const char *team,
                               cci_state_visitor visit, void *user, cocreate_error *error)
{
    json_t *row = NULL, *up = NULL;
    CCI_TRY(cci_team_get(e, c, team, &row, error));
    cocreate_status status = COCREATE_OK;
    while (status == COCREATE_OK && json_object_get(row, "into")) { /* no team goes into itself */
        status = cci_team_get(e, c, cci_json_text(row, "into"), &up, error);
        if (status == COCREATE_OK) {
            team = NULL;
            json_decref(row);
            row = up;
        }
    }
    if (status == COCREATE_OK)
        status = visit_works(e, c, team ? team : cci_json_text(row, "team"), visit, user, error);
    const json_t *merged = json_object_get(row, "merged");
    for (size_t i = 0; i < json_array_size(merged) && status == COCREATE_OK; i++)
        status = visit_works(e, c, json_string_value(json_array_get(merged, i)), visit, user,
                             error);
    json_decref(row);
    return status;
}

/* ---- deciding ---- */

/* Everybody contributes, and belongs to no other live team than these two (either may be NULL). */
static cocreate_status check_members(cci_engine *e, const cci_campaign *c, const json_t *members,
                                     const char *team, const char *other, cocreate_error *error)
{
    for (size_t i = 0; i < json_array_size(members); i++) {
        const char *side, *id = cci_json_text(json_array_get(members, i), "participant");
        json_t *row;
        CCI_TRY(cci_side_of(e, id, &side, error));
        CCI_TRY(cci_require_contributor(c, id, side, error));
        CCI_TRY(cci_state_get(e, c->part, CCI_KIND_TEAM_MEMBER, id, &row, error));
        const char *of = cci_json_text(row, "team");
        int free = !row || strcmp(of, team) == 0 || (other && strcmp(of, other) == 0);
        cocreate_status status =
            free ? COCREATE_OK
                 : cci_fail(error, COCREATE_ERR_REFUSED,
                            "'%s' is in team '%s': team.leave comes first", id, of);
        json_decref(row);
        CCI_TRY(status);
    }
    return COCREATE_OK;
}

typedef struct change {
    const char *team, *into, *captain, *reason;
    json_t *row, *other; /* of the team, and of the one that it goes into; owned */
    json_t *members;     /* stated anew; owned, or NULL */
} change;

static void change_free(change *g)
{
    json_decref(g->row);
    json_decref(g->other);
    json_decref(g->members);
}

static cocreate_status read_change(cci_engine *e, const cci_command *command, change *g,
                                   cocreate_error *error)
{
    const json_t *body = command->body;
    CCI_TRY(cci_json_id(body, "team", &g->team, &CCI_ROOT, error));
    CCI_TRY(cci_json_id_opt(body, "into", &g->into, &CCI_ROOT, error));
    CCI_TRY(cci_json_id_opt(body, "captain", &g->captain, &CCI_ROOT, error));
    CCI_TRY(cci_json_string_opt(body, "reason", &g->reason, &CCI_ROOT, error));
    CCI_TRY(cci_state_get(e, command->campaign->part, CCI_KIND_TEAM, g->team, &g->row, error));
    if (g->into)
        CCI_TRY(cci_team_get(e, command->campaign, g->into, &g->other, error));
    json_t *given = json_object_get(body, "members");
    return given && !json_is_null(given)
               ? cci_shares_read(e, CCI_AUTHORS_MAX, given, "members", &g->members, error)
               : COCREATE_OK;
}

/* Who is to be in a team; not asked of what stands, nor of who leaves: the rules may be tighter since. */
static cocreate_status check_size(const cci_campaign *c, const change *g, cocreate_error *error)
{
    size_t n = json_array_size(g->members);
    return (int64_t)n <= c->brief.team_max
               ? COCREATE_OK
               : cci_refuse(error, "$.team_max", "%zu authors, a team has at most %lld", n,
                            (long long)c->brief.team_max);
}

static cocreate_status finish(const cci_command *command, const char *type, const change *g,
                              cci_decision *decision, cocreate_error *error)
{
    json_t *data = cci_json_new();
    int made = cci_json_put(data, "team", json_string(g->team)) &&
               (!g->into || cci_json_put(data, "into", json_string(g->into))) &&
               (!g->captain || cci_json_put(data, "captain", json_string(g->captain))) &&
               (!g->reason || cci_json_put(data, "reason", json_string(g->reason))) &&
               (!g->members || cci_json_put(data, "members", json_incref(g->members)));
    if (!made) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, type, command->campaign, data, error);
}

static cocreate_status check_captain(const change *g, const char *captain, const json_t *members,
                                     cocreate_error *error)
{
    return has_member(members, captain)
               ? COCREATE_OK
               : cci_fail(error, COCREATE_ERR_REFUSED,
                          "captain '%s' is no member of team '%s': name another 'captain'", captain,
                          g->team);
}

static cocreate_status decide_form(cci_engine *e, const cci_command *command, change *g,
                                   cci_decision *decision, cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    int host = strcmp(command->actor, CCI_HOST) == 0;
    if (!g->members)
        CCI_TRY(cci_shares_alone(command->actor, &g->members, error));
    if (!g->captain)
        g->captain = host ? cci_json_text(json_array_get(g->members, 0), "participant") : command->actor;
    if (g->row) {
        const char *who = cci_json_text(g->row, "captain");
        if (!json_equal(json_object_get(g->row, "formed_of"), g->members) ||
            strcmp(who, g->captain) != 0)
            return cci_fail(error, COCREATE_ERR_CONFLICT, "team '%s' was formed with others",
                            g->team);
        decision->exists = 1;
        return COCREATE_OK;
    }
    CCI_TRY(check_size(c, g, error));
    CCI_TRY(cci_require_published(c, error));
    if (!host && !has_member(g->members, command->actor))
        return cci_fail(error, COCREATE_ERR_PERMISSION, "$.members: '%s' forms a team of others",
                        command->actor);
    CCI_TRY(check_captain(g, g->captain, g->members, error));
    CCI_TRY(check_members(e, c, g->members, g->team, NULL, error));
    return finish(command, "team.formed", g, decision, error);
}

/* May the actor change this team, which still changes? */
static cocreate_status check_change(cci_engine *e, const cci_command *command, const change *g,
                                    int locked, cocreate_error *error)
{
    const char *state = cci_json_text(g->row, "state"), *side;
    if (!is_live(g->row) || (!locked && strcmp(state, "locked") == 0))
        return cci_fail(error, COCREATE_ERR_REFUSED, "team '%s' is %s: it cannot change", g->team,
                        state);
    if (strcmp(cci_json_text(g->row, "captain"), command->actor) == 0)
        return COCREATE_OK;
    CCI_TRY(cci_side_of(e, command->actor, &side, error));
    if (cci_speaks_for_firm(side))
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_PERMISSION, "'%s' is not the captain of team '%s'",
                    command->actor, g->team);
}

static cocreate_status decide_members(cci_engine *e, const cci_command *command, change *g,
                                      int joins, cci_decision *decision, cocreate_error *error)
{
    const json_t *before = json_object_get(g->row, "members");
    const char *captain = g->captain ? g->captain : cci_json_text(g->row, "captain");
    if (!g->members)
        return cci_fail(error, COCREATE_ERR_SCHEMA, "$.members: all of them are stated anew");
    decision->exists =
        json_equal(before, g->members) && strcmp(captain, cci_json_text(g->row, "captain")) == 0;
    if (decision->exists)
        return COCREATE_OK;
    if (joins)
        CCI_TRY(check_size(command->campaign, g, error));
    CCI_TRY(check_change(e, command, g, 0, error));
    if (!within(joins ? before : g->members, joins ? g->members : before))
        return cci_fail(error, COCREATE_ERR_REFUSED, "$.members: %s",
                        joins ? "who is in the team stays: team.leave takes people out"
                              : "who is not in the team cannot stay: team.join takes people in");
    CCI_TRY(check_captain(g, captain, g->members, error));
    CCI_TRY(check_members(e, command->campaign, g->members, g->team, NULL, error));
    return finish(command, joins ? "team.joined" : "team.left", g, decision, error);
}

/* "$.teams.merge_for_us" from publication on, pauses not counted. */
static cocreate_status check_deadline(const cci_campaign *c, int64_t at, cocreate_error *error)
{
    const json_t *teams = json_object_get(c->brief.json, "teams");
    const json_t *length = json_object_get(teams, "merge_for_us");
    char until[CCI_TIME_TEXT];
    CCI_TRY(cci_require_published(c, error));
    if (!length)
        return COCREATE_OK;
    int64_t end = cci_deadline(c, json_integer_value(json_object_get(c->doc, "published_at")),
                               json_integer_value(length));
    return at < end ? COCREATE_OK
                    : cci_refuse(error, "$.teams.merge_for_us", "teams merged until before %s",
                                 cci_time_text(end, until));
}

static cocreate_status decide_merge(cci_engine *e, const cci_command *command, change *g,
                                    cci_decision *decision, cocreate_error *error)
{
    const json_t *a = json_object_get(g->row, "members"), *b = json_object_get(g->other, "members");
    decision->exists = strcmp(cci_json_text(g->row, "into"), g->into) == 0;
    if (decision->exists)
        return COCREATE_OK;
    if (strcmp(g->team, g->into) == 0)
        return cci_fail(error, COCREATE_ERR_REFUSED, "$.into: a team does not go into itself");
    if (!g->members)
        return cci_fail(error, COCREATE_ERR_SCHEMA, "$.members: all of them are stated anew");
    CCI_TRY(check_size(command->campaign, g, error));
    CCI_TRY(check_change(e, command, g, 0, error));
    change other = {.team = g->into, .row = g->other};
    CCI_TRY(check_change(e, command, &other, 0, error));
    CCI_TRY(check_deadline(command->campaign, command->at, error));
    if (!within(a, g->members) || !within(b, g->members) ||
        json_array_size(g->members) != json_array_size(a) + json_array_size(b))
        return cci_fail(error, COCREATE_ERR_REFUSED,
                        "$.members: the members of both teams, %zu and %zu", json_array_size(a),
                        json_array_size(b));
    CCI_TRY(check_members(e, command->campaign, g->members, g->team, g->into, error));
    return finish(command, "team.merged", g, decision, error);
}

static cocreate_status decide_state(cci_engine *e, const cci_command *command, change *g,
                                    const char *to, const char *type, cci_decision *decision,
                                    cocreate_error *error)
{
    decision->exists = strcmp(cci_json_text(g->row, "state"), to) == 0;
    if (decision->exists)
        return COCREATE_OK;
    CCI_TRY(check_change(e, command, g, 1, error));
    return finish(command, type, g, decision, error);
}

static cocreate_status decide_on(cci_engine *e, const cci_command *command, change *g,
                                 cci_decision *decision, cocreate_error *error)
{
    const char *verb = command->name + strlen("team.");
    CCI_TRY(read_change(e, command, g, error));
    if (strcmp(verb, "form") == 0)
        return decide_form(e, command, g, decision, error);
    if (!g->row)
        return cci_fail(error, COCREATE_ERR_NOT_FOUND, "campaign '%s' has no team '%s'",
                        command->campaign->id, g->team);
    if (strcmp(verb, "lock") == 0)
        return decide_state(e, command, g, "locked", "team.locked", decision, error);
    if (strcmp(verb, "dissolve") == 0)
        return decide_state(e, command, g, "dissolved", "team.dissolved", decision, error);
    if (strcmp(verb, "merge") == 0)
        return decide_merge(e, command, g, decision, error);
    return decide_members(e, command, g, strcmp(verb, "join") == 0, decision, error);
}

static cocreate_status decide(cci_engine *e, const cci_command *command, cci_decision *decision,
                              cocreate_error *error)
{
    change g = {0};
    cocreate_status status = decide_on(e, command, &g, decision, error);
    change_free(&g);
    return status;
}

/* ---- apply ---- */

/* Everybody in `members` belongs to `team` now, or to none where it is NULL. */
static cocreate_status set_members(cci_engine *e, const cci_campaign *c, const json_t *members,
                                   const char *team, cocreate_error *error)
{
    json_t *doc = cci_json_new();
    cocreate_status status = !team || cci_json_put(doc, "team", json_string(team))
                                 ? COCREATE_OK
                                 : cci_no_memory(error);
    for (size_t i = 0; i < json_array_size(members) && status == COCREATE_OK; i++) {
        const char *id = cci_json_text(json_array_get(members, i), "participant");
        status = team ? cci_state_put(e, c->part, CCI_KIND_TEAM_MEMBER, id, doc, error)
                      : cci_state_delete(e, c->part, CCI_KIND_TEAM_MEMBER, id, error);
    }
    json_decref(doc);
    return status;
}

/* Keep what a team became, and write its row. */
static cocreate_status put_team(cci_engine *e, const cci_event *event, const char *team, json_t *row,
                                cocreate_error *error)
{
    int64_t changes = json_integer_value(json_object_get(row, "changes")) + 1;
    char number[CCI_STATE_NUMBER];
    cci_state_number(changes, number);
    json_t *past = cci_json_copy(event->data);
    int made = cci_json_put(row, "changes", json_integer(changes)) && past &&
               cci_json_put(past, "at", json_integer(event->at)) &&
               cci_json_put(past, "by", json_string(event->actor)) &&
               cci_json_put(past, "what", json_string(event->type));
    cocreate_status status = made ? cci_state_put_by(e, event->campaign->part, CCI_KIND_TEAM_CHANGE,
                                                     CCI_KEY(team, number), past, error)
                                  : cci_no_memory(error);
    json_decref(past);
    return status == COCREATE_OK
               ? cci_state_put(e, event->campaign->part, CCI_KIND_TEAM, team, row, error)
               : status;
}

/* The members of an event in place of those of a row. */
static cocreate_status replace_members(cci_engine *e, const cci_event *event, const char *team,
                                       json_t *row, cocreate_error *error)
{
    json_t *members = json_object_get(event->data, "members");
    json_t *captain = json_object_get(event->data, "captain");
    CCI_TRY(set_members(e, event->campaign, json_object_get(row, "members"), NULL, error));
    CCI_TRY(set_members(e, event->campaign, members, team, error));
    int made = cci_json_put(row, "members", cci_json_deep_copy(members)) &&
               (!captain || cci_json_put(row, "captain", json_incref(captain)));
    return made ? COCREATE_OK : cci_no_memory(error);
}

static json_t *new_team(const cci_event *event)
{
    json_t *row = cci_json_new();
    int made = cci_json_put(row, "at", json_integer(event->at)) &&
               cci_json_put(row, "state", json_string("forming")) &&
               cci_json_put(row, "team", json_incref(json_object_get(event->data, "team"))) &&
               cci_json_put(row, "formed_of",
                            cci_json_deep_copy(json_object_get(event->data, "members")));
    if (made)
        return row;
    json_decref(row);
    return NULL;
}

/* The team and those that went into it went into another. */
static cocreate_status absorb(cci_engine *e, const cci_event *event, const char *team, json_t *row,
                              cocreate_error *error)
{
    const char *into;
    json_t *other = NULL;
    CCI_TRY(cci_json_id(event->data, "into", &into, &CCI_ROOT, error));
    CCI_TRY(set_members(e, event->campaign, json_object_get(row, "members"), NULL, error));
    CCI_TRY(cci_team_get(e, event->campaign, into, &other, error));
    const json_t *mine = json_object_get(row, "merged");
    json_t *merged = json_object_get(other, "merged");
    int made = merged || cci_json_put(other, "merged", json_array());
    merged = json_object_get(other, "merged");
    made = made && cci_json_push(merged, json_string(team));
    for (size_t i = 0; made && i < json_array_size(mine); i++)
        made = cci_json_push(merged, json_incref(json_array_get(mine, i)));
    made = made && cci_json_put(row, "into", json_string(into)) &&
           cci_json_put(row, "state", json_string("merged"));
    cocreate_status status = made ? replace_members(e, event, into, other, error)
                                  : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = put_team(e, event, into, other, error);
    json_decref(other);
    return status;
}

static cocreate_status apply_on(cci_engine *e, const cci_event *event, const char *team, json_t *row,
                                cocreate_error *error)
{
    const char *what = event->type + strlen("team.");
    if (strcmp(what, "merged") == 0)
        return absorb(e, event, team, row, error);
    if (strcmp(what, "locked") == 0 || strcmp(what, "dissolved") == 0) {
        if (what[0] == 'd')
            CCI_TRY(set_members(e, event->campaign, json_object_get(row, "members"), NULL, error));
        return cci_json_put(row, "state", json_string(what)) ? COCREATE_OK : cci_no_memory(error);
    }
    return replace_members(e, event, team, row, error);
}

static cocreate_status apply(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *team;
    json_t *row;
    CCI_TRY(cci_json_id(event->data, "team", &team, &CCI_ROOT, error));
    CCI_TRY(cci_state_get(e, event->campaign->part, CCI_KIND_TEAM, team, &row, error));
    if (!row && strcmp(event->type, "team.formed") != 0)
        return cci_fail(error, COCREATE_ERR_CORRUPT, "event %llu is about no team",
                        (unsigned long long)event->seq);
    if (!row)
        row = new_team(event);
    cocreate_status status = row ? apply_on(e, event, team, row, error) : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = put_team(e, event, team, row, error);
    json_decref(row);
    return status;
}

/* ---- the tables ---- */

#define CAMPAIGN_AND_TEAM {"campaign", "id", 1, "the campaign"}, {"team", "id", 1, "the team"}
#define MEMBERS "of {participant, share}: everybody, shares as \"1/2\" that sum to 1, or equal ones"

static const cci_parameter form_parameters[] = {
    CAMPAIGN_AND_TEAM,
    {"members", "array", 0, MEMBERS "; default: the actor alone"},
    {"captain", "id", 0, "who speaks for it; default: the actor"},
    {NULL, NULL, 0, NULL}};
static const cci_parameter member_parameters[] = {CAMPAIGN_AND_TEAM,
                                                  {"members", "array", 1, MEMBERS},
                                                  {"captain", "id", 0, "who speaks for it from now on"},
                                                  {NULL, NULL, 0, NULL}};
static const cci_parameter lock_parameters[] = {CAMPAIGN_AND_TEAM, {NULL, NULL, 0, NULL}};
static const cci_parameter merge_parameters[] = {CAMPAIGN_AND_TEAM,
                                                 {"into", "id", 1, "the team that goes on"},
                                                 {"members", "array", 1, MEMBERS},
                                                 {NULL, NULL, 0, NULL}};
static const cci_parameter dissolve_parameters[] = {
    CAMPAIGN_AND_TEAM, {"reason", "text", 1, "why"}, {NULL, NULL, 0, NULL}};

static const char *const firm[] = {"firm", NULL};

const cci_command_type cci_command_team_form = {"team.form", "Form a team", form_parameters, NULL,
                                                decide, 0};
const cci_command_type cci_command_team_join = {"team.join", "Take people into a team",
                                                member_parameters, NULL, decide, 0};
const cci_command_type cci_command_team_leave = {"team.leave", "Take people out of a team",
                                                 member_parameters, NULL, decide, 0};
const cci_command_type cci_command_team_lock = {"team.lock", "Fix the members of a team",
                                                lock_parameters, NULL, decide, 0};
const cci_command_type cci_command_team_merge = {"team.merge", "Merge a team into another",
                                                 merge_parameters, firm, decide, 0};
const cci_command_type cci_command_team_dissolve = {"team.dissolve", "End a team", dissolve_parameters,
                                                    NULL, decide, 0};

const cci_event_type cci_event_team_formed = {"team.formed", apply, NULL};
const cci_event_type cci_event_team_joined = {"team.joined", apply, NULL};
const cci_event_type cci_event_team_left = {"team.left", apply, NULL};
const cci_event_type cci_event_team_locked = {"team.locked", apply, NULL};
const cci_event_type cci_event_team_merged = {"team.merged", apply, NULL};
const cci_event_type cci_event_team_dissolved = {"team.dissolved", apply, NULL};
