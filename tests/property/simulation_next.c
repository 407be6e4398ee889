/* What comes next of what was begun: a team merges with another, an appeal is decided, a juror finishes, an
 * item that was taken is given back, money that was paid is recovered. Chance alone hardly gets that far. */
#include "simulation.h"

static json_t *command(const simulation *s, const char *name, const char *actor, const char *campaign)
{
    return json_pack("{s:s, s:s, s:s, s:I}", "do", name, "actor", actor, "campaign", campaign, "at",
                     (json_int_t)s->at);
}

/* One of the commands of this name that were done in the campaign, or NULL. */
static const json_t *done_before(simulation *s, const char *name, const char *campaign)
{
    size_t n = json_array_size(s->done), from = n ? (size_t)simulation_below(s, (int)n) : 0;
    for (size_t i = 0; i < n; i++) {
        const json_t *c = json_array_get(s->done, (from + i) % n);
        if (strcmp(text_of(c, "do"), name) == 0 && strcmp(text_of(c, "campaign"), campaign) == 0)
            return c;
    }
    return NULL;
}

/* One of a list of what is shown whose state is among these words. */
static const json_t *in_state(simulation *s, const json_t *shown, const char *list, const char *states)
{
    const json_t *items = json_object_get(shown, list);
    size_t n = json_array_size(items), from = n ? (size_t)simulation_below(s, (int)n) : 0;
    for (size_t i = 0; i < n; i++) {
        const json_t *item = json_array_get(items, (from + i) % n);
        if (*text_of(item, "state") && strstr(states, text_of(item, "state")))
            return item;
    }
    return NULL;
}

static void take(json_t *to, const json_t *from, const char *const *members)
{
    for (; *members; members++)
        if (json_object_get(from, *members))
            json_object_set(to, *members, json_object_get(from, *members));
}

static const char *author_of(const json_t *work)
{
    return text_of(json_array_get(json_object_get(work, "authors"), 0), "participant");
}

/* The open round that has this member, or NULL. */
static const char *open_round(const json_t *shown, const char *member)
{
    const json_t *rounds = json_object_get(shown, "rounds");
    const json_t *specs = json_object_get(json_object_get(shown, "brief"), "rounds");
    for (size_t i = 0; i < json_array_size(rounds); i++)
        if (strcmp(text_of(json_array_get(rounds, i), "state"), "open") == 0 &&
            json_object_get(json_array_get(specs, i), member))
            return text_of(json_array_get(specs, i), "id");
    return NULL;
}

/* ---- teams: as the commands that were done leave them ---- */

enum { TEAMS = 3 };

static int team_of(const json_t *c, const char *key)
{
    const char *id = text_of(c, key);
    return id[0] == 't' && id[1] >= '0' && id[1] < '0' + TEAMS ? id[1] - '0' : TEAMS;
}

/* Members of each, NULL where it is not there, is locked or has gone into another. */
static void find_teams(const simulation *s, const char *campaign, const json_t *members[TEAMS + 1])
{
    for (size_t i = 0; i < json_array_size(s->done); i++) {
        const json_t *c = json_array_get(s->done, i);
        const char *verb = text_of(c, "do");
        if (strncmp(verb, "team.", 5) != 0 || strcmp(text_of(c, "campaign"), campaign) != 0)
            continue;
        int merges = strcmp(verb, "team.merge") == 0;
        members[team_of(c, "team")] = merges ? NULL : json_object_get(c, "members");
        if (merges)
            members[team_of(c, "into")] = json_object_get(c, "members");
    }
    members[TEAMS] = NULL;
}

static json_t *merge_or_change(simulation *s, const char *campaign)
{
    const json_t *members[TEAMS + 1] = {NULL};
    find_teams(s, campaign, members);
    int a = simulation_below(s, TEAMS), b = (a + 1 + simulation_below(s, TEAMS - 1)) % TEAMS;
    json_t *all = json_array(), *json;
    char id[8];
    snprintf(id, sizeof id, "t%d", a);
    if (members[a] && members[b]) {
        json = command(s, "team.merge", "host", campaign);
        json_array_extend(all, (json_t *)(uintptr_t)members[a]);
        json_array_extend(all, (json_t *)(uintptr_t)members[b]);
    } else {
        int leaves = json_array_size(members[a]) == 2;
        json = command(s, !members[a] ? "team.form" : leaves ? "team.leave" : "team.join", "host", campaign);
        for (int i = 0; i < 2 - leaves - (!members[a] && simulation_once_in(s, 2)); i++) {
            char person[8];
            snprintf(person, sizeof person, "c%d", 2 * a + i);
            json_array_append_new(all, json_pack("{s:s}", "participant", person));
        }
    }
    json_object_set_new(json, "members", all);
    json_object_set_new(json, "team", json_string(id));
    snprintf(id, sizeof id, "t%d", b);
    if (members[a] && members[b])
        json_object_set_new(json, "into", json_string(id));
    return json;
}

/* ---- flags, appeals, edges ---- */

static json_t *complain_further(simulation *s, const json_t *shown)
{
    static const char *const of_flag[] = {"flag", NULL}, *const of_appeal[] = {"appeal", NULL};
    const char *campaign = text_of(shown, "id");
    const json_t *work;
    json_t *json;
    char id[16];
    snprintf(id, sizeof id, "%s%d", "p", simulation_below(s, 6));
    if ((work = in_state(s, shown, "appeals", "filed")) != NULL) {
        json = command(s, "appeal.decide", "host", campaign);
        take(json, work, of_appeal);
        json_object_set_new(json, "verdict", json_string(simulation_once_in(s, 2) ? "upheld" : "overturned"));
        json_object_set_new(json, "answer", json_string("so it is"));
    } else if ((work = in_state(s, shown, "contributions", "removed declined")) != NULL) {
        json = command(s, "appeal.file", author_of(work), campaign);
        json_object_set_new(json, "appeal", json_string(id));
        json_object_set(json, "contribution", json_object_get(work, "id"));
        json_object_set_new(json, "reason", json_string("spam"));
    } else if ((work = in_state(s, shown, "flags", "raised")) != NULL) {
        json = command(s, simulation_once_in(s, 3) ? "flag.dismiss" : "flag.uphold", "host", campaign);
        take(json, work, of_flag);
    } else if (simulation_once_in(s, 3) &&
               (work = in_state(s, shown, "contributions", "published submitted")) != NULL) {
        json = command(s, "contribution.remove", "host", campaign);
        json_object_set(json, "contribution", json_object_get(work, "id"));
        json_object_set_new(json, "reason", json_string("spam"));
    } else {
        return NULL;
    }
    return json;
}

static json_t *relate_further(simulation *s, const json_t *shown)
{
    static const char *const members[] = {"from", "to", "type", NULL};
    const json_t *edge = in_state(s, shown, "edges", "proposed");
    if (!edge)
        return NULL;
    json_t *json = command(s, simulation_once_in(s, 2) ? "edge.accept" : "edge.reject", "host",
                           text_of(shown, "id"));
    take(json, edge, members);
    if (strcmp(text_of(json, "do"), "edge.reject") == 0)
        json_object_set_new(json, "reason", json_string("not so"));
    return json;
}

/* ---- in rounds ---- */

static json_t *judge_further(simulation *s, const json_t *shown)
{
    static const char *const steps[][2] = {{"started", "done"},     {"accepted", "start"},
                                           {"offered", "accept"},   {"offered", "decline"},
                                           {"offered", "reassign"}, {"accepted", "decline"}};
    static const char *const members[] = {"round", "contribution", NULL};
    static const char *const panel[] = {"f0", "f1", "c0", "c1"};
    const char *round = open_round(shown, "assignment"), *campaign = text_of(shown, "id");
    if (!round)
        return NULL;
    int which = simulation_below(s, simulation_once_in(s, 3) ? 6 : 3);
    for (int i = 0; i < 6; i++, which = (which + 1) % 6) {
        const json_t *one = in_state(s, shown, "assignments", steps[which][0]);
        char verb[40];
        if (!one)
            continue;
        snprintf(verb, sizeof verb, "assignment.%s", steps[which][1]);
        json_t *json = command(s, verb, which == 4 ? "f0" : text_of(one, "juror"), campaign);
        take(json, one, members);
        if (which == 4) {
            json_object_set(json, "juror", json_object_get(one, "juror"));
            json_object_set_new(json, "to", json_string(pick_of(s, panel)));
            json_object_set_new(json, "reason", json_string("ill"));
        }
        return json;
    }
    json_t *json = command(s, "assignment.plan", "f0", campaign);
    json_object_set_new(json, "round", json_string(round));
    return json;
}

/* Items: taken, given back by who took one; a run that is chosen; a ballot that is struck out. */
static json_t *answer_further(simulation *s, const json_t *shown)
{
    static const char *const members[] = {"round", "contribution", NULL};
    const char *campaign = text_of(shown, "id"), *round;
    const json_t *past;
    json_t *json;
    if ((round = open_round(shown, "lease")) != NULL && simulation_once_in(s, 2)) {
        past = simulation_once_in(s, 3) ? done_before(s, "task.take", campaign) : NULL;
        json = command(s, past ? "task.release" : "task.take", "host", campaign);
        json_object_set_new(json, "round", json_string(round));
        char person[8];
        snprintf(person, sizeof person, "c%d", simulation_below(s, 8));
        json_object_set_new(json, "participant", json_string(past ? text_of(past, "participant") : person));
        return json;
    }
    if (open_round(shown, "pick") && (past = done_before(s, "run.record", campaign)) != NULL) {
        json = command(s, "run.choose", "host", campaign);
        take(json, past, members);
        json_object_set_new(json, "runs", json_pack("[s]", text_of(past, "run")));
        return json;
    }
    if ((past = done_before(s, "ballot.cast", campaign)) == NULL)
        return NULL;
    int strikes = simulation_once_in(s, 2);
    const char *voter = *text_of(past, "voter") ? text_of(past, "voter") : text_of(past, "actor");
    json = command(s, strikes ? "ballot.void" : "ballot.retract", strikes ? "f0" : voter, campaign);
    json_object_set(json, "round", json_object_get(past, "round"));
    if (strikes) {
        json_object_set_new(json, "voter", json_string(voter));
        json_object_set_new(json, "reason", json_string("one person, two names"));
    }
    return json;
}

/* ---- money ---- */

static json_t *pay_further(simulation *s, const json_t *shown)
{
    static const char digest[] = "sha256:1111111111111111111111111111111111111111111111111111111111111111";
    static const char *const paid[] = {"award.reverse", "award.recover", "award.forgive"};
    const char *campaign = text_of(shown, "id");
    const json_t *award = in_state(s, shown, "awards", "reversed");
    json_t *json;
    int which = award ? 1 + simulation_below(s, 2) : 0;
    if (award || (simulation_once_in(s, 3) && (award = in_state(s, shown, "awards", "paid")) != NULL)) {
        json = command(s, paid[which], "f0", campaign);
        if (which == 0) {
            json_object_set_new(json, "reason", json_string("so it is"));
        } else {
            json_object_set_new(json, "minor", json_integer(1));
            json_object_set_new(json, "reference", json_string(which == 1 ? "back" : "note"));
        }
    } else if ((award = in_state(s, shown, "awards", "offered accepted")) != NULL) {
        int disputes = json_object_get(award, "delivered") != NULL && simulation_once_in(s, 2);
        json = command(s, disputes ? "award.dispute" : "award.deliver", disputes ? "f0" : "host", campaign);
        json_object_set_new(json, disputes ? "reason" : "digest", json_string(digest));
    } else {
        return NULL;
    }
    json_object_set(json, "award", json_object_get(award, "id"));
    return json;
}

json_t *simulation_next_step(simulation *s, const json_t *shown)
{
    json_t *json = NULL;
    int first = simulation_below(s, 7);
    for (int i = 0; i < 7 && !json; i++)
        switch ((first + i) % 7) {
        case 0:
            if (json_object_get(json_object_get(shown, "brief"), "team_max"))
                json = merge_or_change(s, text_of(shown, "id"));
            break;
        case 1:
        case 2: json = complain_further(s, shown); break;
        case 3: json = relate_further(s, shown); break;
        case 4: json = judge_further(s, shown); break;
        case 5: json = answer_further(s, shown); break;
        default: json = pay_further(s, shown); break;
        }
    return json;
}
