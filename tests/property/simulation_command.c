/* Random commands: mostly sensible, sometimes by the wrong person, at the wrong time, about what is
 * not there. */
#include "simulation.h"

static const char *const people[] = {"f0", "f1", "c0", "c1", "c2", "c3", "c4",
                                     "c5", "c6", "c7", "p0", "p1", "x0"};
static const char *const sides[] = {"firm", "customer", "partner", "public"};

static const char *side_of(const char *id)
{
    return id[0] == 'f' ? "firm" : id[0] == 'c' ? "customer" : id[0] == 'p' ? "public" : "partner";
}

static const char *anybody(simulation *s)
{
    return simulation_once_in(s, 30) ? "ghost" : pick_of(s, people);
}

static const char *firm(simulation *s)
{
    return simulation_once_in(s, 20) ? anybody(s) : simulation_once_in(s, 5) ? "host" : "f0";
}

static json_t *command(simulation *s, const char *name, const char *actor, const char *campaign)
{
    json_t *json = json_pack("{s:s, s:s}", "do", name, "actor", actor);
    json_object_set_new(json, "at", json_integer(s->at));
    if (campaign)
        json_object_set_new(json, "campaign", json_string(campaign));
    return json;
}

static void put_id(simulation *s, json_t *json, const char *key, const char *prefix, int n)
{
    char id[16];
    snprintf(id, sizeof id, "%s%d", prefix, simulation_below(s, n));
    json_object_set_new(json, key, json_string(id));
}

#define CONTRIBUTIONS 9
#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"

/* ---- contribution ---- */

static void put_authors(simulation *s, json_t *json)
{
    static const char *const teams[][3] = {
        {"c0", "c1", NULL}, {"c2", "c3", "p0"}, {"c4", "p1", NULL}, {"c5", "c5", NULL}};
    const char *const *team = pick_of(s, teams);
    json_t *authors = json_array();
    for (int i = 0; i < 3 && team[i]; i++)
        json_array_append_new(authors, json_pack("{s:s}", "participant", team[i]));
    if (simulation_once_in(s, 2))
        for (size_t i = 0; i < json_array_size(authors); i++)
            json_object_set_new(json_array_get(authors, i), "share",
                                json_string(json_array_size(authors) == 2 ? "1/2" : "1/3"));
    json_object_set_new(json, "authors", authors);
    json_object_set_new(json, "actor", json_string(team[0]));
}

static json_t *submit(simulation *s, const char *campaign)
{
    json_t *json = command(s, "contribution.submit", anybody(s), campaign);
    put_id(s, json, "contribution", "k", CONTRIBUTIONS);
    if (!simulation_once_in(s, 3))
        json_object_set_new(json, "terms", json_string("v1"));
    if (simulation_once_in(s, 2))
        json_object_set_new(json, "title", json_string(simulation_once_in(s, 2) ? "A" : "B"));
    if (simulation_once_in(s, 2))
        json_object_set_new(json, "fields", json_pack("{s:i}", "n", simulation_below(s, 10)));
    if (simulation_once_in(s, 2))
        json_object_set_new(json, "cost", json_integer(100 * simulation_below(s, 5)));
    if (simulation_once_in(s, 4))
        put_authors(s, json);
    if (simulation_once_in(s, 8)) {
        json_object_set_new(json, "kind", json_string(simulation_once_in(s, 4) ? "idea" : "comment"));
        put_id(s, json, "reply_to", "k", CONTRIBUTIONS);
        json_object_del(json, "cost");
    }
    return json;
}

/* Revise, withdraw, screen, remove. */
static json_t *treat(simulation *s, const char *campaign)
{
    static const char *const verdicts[] = {"accept", "accept", "decline"};
    static const char *const reasons[] = {"spam", "copied"};
    static const char *const ends[] = {"contribution.disqualify", "contribution.forfeit",
                                       "contribution.implement"};
    int which = simulation_below(s, 8);
    json_t *json;
    if (which == 7) {
        json = command(s, simulation_once_in(s, 2) ? "right.grant" : "right.revoke",
                       simulation_once_in(s, 2) ? firm(s) : anybody(s), campaign);
        if (strcmp(text_of(json, "do"), "right.revoke") == 0)
            json_object_set_new(json, "reason", json_string(pick_of(s, reasons)));
        else if (simulation_once_in(s, 2))
            json_object_set_new(json, "reference", json_string("deed"));
    } else if (which == 6) {
        json = command(s, "contribution.merge", simulation_once_in(s, 3) ? anybody(s) : firm(s), campaign);
        put_id(s, json, "into", "k", CONTRIBUTIONS);
    } else if (which == 5 && simulation_once_in(s, 3)) {
        json = command(s, "contribution.lead", firm(s), campaign);
        put_id(s, json, "participant", "c", 4);
        json_object_set_new(json, "reason", json_string(pick_of(s, reasons)));
    } else if (which == 5) {
        json = command(s, pick_of(s, ends), firm(s), campaign);
        json_object_set_new(json, "reason", json_string(pick_of(s, reasons)));
    } else if (which == 0) {
        json = command(s, "contribution.revise", simulation_once_in(s, 2) ? "host" : anybody(s), campaign);
        if (simulation_once_in(s, 3))
            json_object_set_new(json, "note", json_string(pick_of(s, reasons)));
        json_object_set_new(json, "title", json_string(simulation_once_in(s, 2) ? "C" : "D"));
    } else if (which == 1) {
        json = command(s, "contribution.withdraw", simulation_once_in(s, 2) ? "host" : anybody(s),
                       campaign);
    } else if (which == 2 && simulation_once_in(s, 2)) {
        json = command(s, "contribution.remove", firm(s), campaign);
        json_object_set_new(json, "reason", json_string(pick_of(s, reasons)));
    } else {
        json = command(s, "contribution.screen", firm(s), campaign);
        json_object_set_new(json, "verdict", json_string(pick_of(s, verdicts)));
        json_object_set_new(json, "reason", json_string(pick_of(s, reasons)));
    }
    put_id(s, json, "contribution", "k", CONTRIBUTIONS);
    return json;
}

static json_t *relate(simulation *s, const char *campaign)
{
    static const char *const verbs[] = {"edge.propose", "edge.propose", "edge.accept", "edge.reject"};
    static const char *const types[] = {"derives", "derives", "requires", "incompatible", "replies"};
    const char *verb = pick_of(s, verbs);
    json_t *json = command(s, verb, simulation_once_in(s, 2) ? "host" : anybody(s), campaign);
    put_id(s, json, "from", "k", CONTRIBUTIONS);
    put_id(s, json, "to", "k", CONTRIBUTIONS);
    json_object_set_new(json, "type", json_string(pick_of(s, types)));
    if (strcmp(verb, "edge.propose") == 0 && simulation_once_in(s, 2))
        json_object_set_new(json, "credit", json_string(simulation_once_in(s, 2) ? "1/2" : "0.3"));
    if (strcmp(verb, "edge.reject") == 0)
        json_object_set_new(json, "reason", json_string("not so"));
    return json;
}

static json_t *answer(simulation *s, const char *campaign)
{
    static const char *const kinds[] = {"ack", "answer", "status", "note"};
    const char *kind = pick_of(s, kinds);
    json_t *json;
    if (simulation_once_in(s, 3)) {
        json = command(s, simulation_once_in(s, 4) ? "useful.unmark" : "useful.mark",
                       simulation_once_in(s, 2) ? firm(s) : anybody(s), campaign);
        put_id(s, json, "contribution", "k", CONTRIBUTIONS);
        return json;
    }
    json = command(s, "response.post", firm(s), campaign);
    put_id(s, json, "contribution", "k", CONTRIBUTIONS);
    put_id(s, json, "response", "a", 3);
    json_object_set_new(json, "kind", json_string(kind));
    if (strcmp(kind, "status") == 0)
        json_object_set_new(json, "status", json_string(simulation_once_in(s, 2) ? "planned" : "done"));
    else if (!simulation_once_in(s, 4))
        json_object_set_new(json, "text", json_string("thank you"));
    return json;
}

static json_t *complain(simulation *s, const char *campaign)
{
    static const char *const verbs[] = {"flag.raise",   "flag.raise",  "flag.uphold",
                                        "flag.dismiss", "appeal.file", "appeal.decide"};
    const char *verb = pick_of(s, verbs);
    int asks = strcmp(verb, "flag.raise") == 0 || strcmp(verb, "appeal.file") == 0;
    const char *actor = !asks ? firm(s) : simulation_once_in(s, 2) ? "host" : anybody(s);
    json_t *json = command(s, verb, actor, campaign);
    if (verb[0] == 'a')
        put_id(s, json, "appeal", "p", 6);
    if (verb[0] == 'f' || (asks && simulation_once_in(s, 3)))
        put_id(s, json, "flag", "g", 6);
    if (asks && !json_object_get(json, "flag"))
        put_id(s, json, "contribution", "k", CONTRIBUTIONS);
    if (strcmp(verb, "flag.raise") == 0)
        put_id(s, json, "contribution", "k", CONTRIBUTIONS);
    if (asks)
        json_object_set_new(json, "reason", json_string(simulation_once_in(s, 2) ? "spam" : "copied"));
    if (strcmp(verb, "appeal.decide") == 0) {
        json_object_set_new(json, "verdict", json_string(simulation_once_in(s, 3) ? "upheld" : "overturned"));
        json_object_set_new(json, "answer", json_string("so it is"));
    }
    return json;
}

/* ---- selection ---- */

static json_t *vote(simulation *s, const char *campaign)
{
    json_t *json = command(s, "ballot.cast", anybody(s), campaign), *ballot = json_object();
    put_id(s, json, "round", "r", 3);
    if (simulation_once_in(s, 8)) {
        static const char *const verbs[] = {"ballot.retract", "ballot.void"};
        int strikes = simulation_once_in(s, 3);
        json_object_set_new(json, "do", json_string(verbs[strikes]));
        if (strikes) {
            json_object_set_new(json, "actor", json_string(firm(s)));
            put_id(s, json, "voter", "c", 8);
            json_object_set_new(json, "reason", json_string("one person, two names"));
        }
        json_decref(ballot);
        if (simulation_once_in(s, 2))
            json_object_set_new(json, "options", json_pack("[s]", "k1"));
        return json;
    }
    if (simulation_once_in(s, 4))
        json_object_set_new(json, "channel", json_string(simulation_once_in(s, 4) ? "x" : "tv"));
    int approve = simulation_once_in(s, 3), few = simulation_once_in(s, 2);
    for (int i = 0, n = simulation_below(s, few ? 3 : 4); i < n; i++) {
        char id[16];
        snprintf(id, sizeof id, "k%d", simulation_below(s, CONTRIBUTIONS));
        json_object_set_new(ballot, id,
                            json_integer(approve ? 1 : simulation_below(s, 7) - (n == 3)));
    }
    json_object_set_new(json, "ballot", ballot);
    if (simulation_once_in(s, 6)) {
        json_object_set_new(json, "voter", json_string(anybody(s)));
        json_object_set_new(json, "actor", json_string("host"));
    }
    return json;
}

static json_t *decide(simulation *s, const char *campaign)
{
    json_t *json = command(s, "decision.make", firm(s), campaign);
    int selects = !simulation_once_in(s, 3);
    put_id(s, json, "round", "r", 3);
    put_id(s, json, "contribution", "k", CONTRIBUTIONS);
    json_object_set_new(json, "verdict", json_string(selects ? "select" : "reject"));
    if (selects && simulation_once_in(s, 2))
        json_object_set_new(json, "place", json_integer(1 + simulation_below(s, 3)));
    return json;
}

static json_t *record(simulation *s, const char *campaign)
{
    static const char *const values[] = {"1", "0.856704", "0.856714", "-3", "1/3", "7", "2.5",
                                         "99999999999999999999", "x"};
    json_t *json = command(s, "run.record", firm(s), campaign);
    put_id(s, json, "round", "r", 3);
    put_id(s, json, "contribution", "k", CONTRIBUTIONS);
    put_id(s, json, "run", "run", 3);
    if (simulation_once_in(s, 6))
        json_object_set_new(json, "reason", json_string("no file"));
    else
        json_object_set_new(json, "value", json_string(pick_of(s, values)));
    if (simulation_once_in(s, 4) && json_object_get(json, "value"))
        json_object_set_new(json, "private", json_string(pick_of(s, values)));
    if (simulation_once_in(s, 8)) {
        json_object_clear(json);
        json_object_set_new(json, "do", json_string("run.choose"));
        json_object_set_new(json, "at", json_integer(s->at));
        json_object_set_new(json, "actor", json_string(simulation_once_in(s, 2) ? "host" : "c0"));
        json_object_set_new(json, "campaign", json_string(campaign));
        put_id(s, json, "round", "r", 3);
        put_id(s, json, "contribution", "k", CONTRIBUTIONS);
        json_object_set_new(json, "runs", json_pack("[s]", "run1"));
        return json;
    }
    if (simulation_once_in(s, 4))
        json_object_set_new(json, "submitted_at", json_integer(s->at - simulation_below(s, 30)));
    return json;
}

static json_t *control(simulation *s, const char *campaign)
{
    json_t *json;
    switch (simulation_below(s, 6)) {
    case 5:
        json = command(s, simulation_once_in(s, 2) ? "round.annul" : "decision.make", firm(s),
                       campaign);
        json_object_set_new(json, "reason", json_string("a fault in the count"));
        if (strcmp(text_of(json, "do"), "decision.make") == 0) {
            json_object_set_new(json, "override", json_true());
            json_object_set_new(json, "verdict",
                                json_string(simulation_once_in(s, 2) ? "select" : "reject"));
            put_id(s, json, "contribution", "k", CONTRIBUTIONS);
        }
        break;
    case 0:
        json = command(s, "round.close", firm(s), campaign);
        json_object_set_new(json, "reason", json_string("enough"));
        break;
    case 1:
    case 2:
        json = command(s, "round.reveal", firm(s), campaign);
        json_object_set_new(json, "seed", json_string(ZEROS));
        break;
    default:
        json = command(s, "round.certify", firm(s), campaign);
        break;
    }
    put_id(s, json, "round", "r", 3);
    return json;
}

/* ---- campaigns and people ---- */

static json_t *manage(simulation *s, const char *campaign)
{
    json_t *json;
    const char *id;
    switch (simulation_below(s, 16)) {
    case 15:
        json = command(s, "phase.advance", firm(s), campaign);
        json_object_set_new(json, "phase", json_string(simulation_once_in(s, 9) ? "in" : "hand"));
        json_object_set_new(json, "to", json_string(simulation_once_in(s, 3) ? "closed" : "open"));
        return json;
    case 14:
        json = command(s, "campaign.amend", firm(s), campaign);
        json_object_set_new(json, "brief", json_pack("{s:i}", "team_max", 1 + simulation_below(s, 5)));
        json_object_set_new(json, "reason", json_string("more room"));
        if (simulation_once_in(s, 2)) /* or less, with notice */
            json_object_set_new(json, "from", json_integer(s->at + simulation_below(s, 200)));
        return json;
    case 12:
    case 13:
        return simulation_teams(s, campaign);
    case 10:
    case 11: /* a pause lasts a few steps */
        json = command(s, simulation_once_in(s, 4) ? "campaign.pause" : "campaign.resume", firm(s),
                       campaign);
        if (strcmp(text_of(json, "do"), "campaign.pause") == 0)
            json_object_set_new(json, "reason", json_string("unclear"));
        return json;
    case 8:
    case 9:
        return simulation_people(s, campaign);
    case 0:
    case 1:
        json = command(s, "campaign.create", firm(s), campaign);
        json_object_set_new(json, "brief", simulation_brief(s));
        return json;
    case 2:
    case 3:
        return command(s, "campaign.publish", firm(s), campaign);
    case 4:
        json = command(s, "campaign.cancel", firm(s), campaign);
        json_object_set_new(json, "reason", json_string("no money"));
        return simulation_once_in(s, 6) ? json : (json_decref(json), command(s, "tick", "host", NULL));
    default:
        id = pick_of(s, people);
        json = command(s, "participant.put", firm(s), NULL);
        json_object_set_new(json, "participant", json_string(id));
        json_object_set_new(json, "side", json_string(simulation_once_in(s, 10) ? pick_of(s, sides)
                                                                               : side_of(id)));
        if (!simulation_once_in(s, 4)) /* without it the same person stays */
            simulation_put_person(json, id);
        if (simulation_once_in(s, 2))
            json_object_set_new(json, "attributes",
                                json_pack("{s:i}", "age", 14 + simulation_below(s, 8)));
        return json;
    }
}

/* ---- what anybody might do at any time ---- */

static json_t *anything(simulation *s)
{
    const char *campaign = simulation_once_in(s, 3) ? "m1" : "m0";
    switch (simulation_below(s, 10)) {
    case 0:
    case 1:
        return manage(s, campaign);
    case 2:
        return simulation_once_in(s, 8)   ? answer(s, campaign)
               : simulation_once_in(s, 3) ? complain(s, campaign)
               : simulation_once_in(s, 2) ? relate(s, campaign)
                                          : treat(s, campaign);
    case 3:
        return control(s, campaign);
    case 4:
        return simulation_pay(s, campaign);
    case 5:
        return simulation_once_in(s, 4) ? command(s, "tick", anybody(s), NULL) : relate(s, campaign);
    case 6:
        return simulation_once_in(s, 2) ? simulation_judge(s, campaign) : decide(s, campaign);
    case 7:
        return record(s, campaign);
    case 8:
        return submit(s, campaign);
    default:
        return vote(s, campaign);
    }
}

/* ---- what a sensible person would do now ---- */

/* One of those that a campaign shows, or NULL. */
static const char *shown_id(simulation *s, const json_t *shown, const char *list)
{
    const json_t *items = json_object_get(shown, list);
    int n = (int)json_array_size(items);
    return n ? text_of(json_array_get(items, (size_t)simulation_below(s, n)), "id") : NULL;
}

static json_t *fitting_ballot(simulation *s, const json_t *shown, const json_t *spec)
{
    json_t *ballot = json_object();
    const char *instrument = text_of(spec, "instrument");
    int n = simulation_below(s, 4), pair = strcmp(instrument, "pair") == 0;
    if (strstr("up updown choice pledge label", instrument) ||
        strcmp(text_of(spec, "lead"), "jury") == 0)
        n = 1;
    for (int i = 0; i < (pair ? 2 : n); i++) {
        const char *id = shown_id(s, shown, "contributions");
        int value = strcmp(instrument, "score") == 0    ? simulation_below(s, 6)
                    : strcmp(instrument, "label") == 0  ? simulation_below(s, 3)
                    : strcmp(instrument, "updown") == 0 ? 1 - 2 * simulation_below(s, 2)
                    : pair                              ? i
                    : strcmp(instrument, "points") == 0 ? simulation_below(s, 3)
                    : strcmp(instrument, "rank") == 0   ? 1 + simulation_below(s, 3)
                                                        : 1;
        if (id)
            json_object_set_new(ballot, id, json_integer(value));
    }
    return ballot;
}

/* An item for somebody, or given back. */
static json_t *hand_out(simulation *s, const char *campaign)
{
    json_t *json = command(s, simulation_once_in(s, 5) ? "task.release" : "task.take", "host", campaign);
    put_id(s, json, "participant", "c", 8);
    if (simulation_once_in(s, 4))
        put_id(s, json, "contribution", "k", CONTRIBUTIONS);
    return json;
}

static json_t *in_open_round(simulation *s, const json_t *shown, const json_t *round,
                             const json_t *spec)
{
    const char *lead = text_of(round, "lead"), *campaign = text_of(shown, "id");
    const char *contribution = shown_id(s, shown, "contributions");
    json_t *json;
    int jury = strcmp(lead, "jury") == 0;
    if (jury && simulation_once_in(s, 2)) {
        json = simulation_judge(s, campaign);
        if (contribution && json_object_get(json, "contribution"))
            json_object_set_new(json, "contribution", json_string(contribution));
        if (strcmp(text_of(json, "do"), "conflict.declare") == 0)
            return json;
    } else if (strcmp(lead, "customer") == 0 ||
               (jury && strcmp(text_of(spec, "instrument"), "decision") != 0)) {
        json = vote(s, campaign);
        if (json_object_get(json, "ballot"))
            json_object_set_new(json, "ballot", fitting_ballot(s, shown, spec));
        if (json_object_get(spec, "channels") && json_object_get(json, "ballot"))
            json_object_set_new(json, "channel", json_string("blog"));
        const char *first = json_object_iter_key(json_object_iter(json_object_get(json, "ballot")));
        if (json_object_get(spec, "extras") && first && simulation_once_in(s, 2))
            json_object_set_new(json, "extras", json_pack("{s:[s]}", "buy", first));
        if (!json_object_get(json, "voter"))
            put_id(s, json, "actor", "c", jury ? 2 : 8);
        if (json_object_get(spec, "lease") && simulation_once_in(s, 2))
            json = (json_decref(json), hand_out(s, campaign));
        if (json_object_get(spec, "adaptive") && simulation_once_in(s, 2)) {
            json_decref(json);
            json = command(s, "pair.next", "host", campaign);
            put_id(s, json, "participant", "c", 8);
        }
    } else {
        json = jury || strcmp(lead, "firm") == 0 ? decide(s, campaign) : record(s, campaign);
        if (contribution)
            json_object_set_new(json, "contribution", json_string(contribution));
    }
    json_object_set_new(json, "round", json_string(text_of(round, "id")));
    return json;
}

/* Something for a round that is open, closed or tallied; NULL if there is none. */
static json_t *about_rounds(simulation *s, const json_t *shown)
{
    const json_t *rounds = json_object_get(shown, "rounds");
    const json_t *specs = json_object_get(json_object_get(shown, "brief"), "rounds");
    json_t *json = NULL;
    for (size_t i = 0; i < json_array_size(rounds) && !json; i++) {
        const json_t *round = json_array_get(rounds, i);
        const char *state = text_of(round, "state"), *campaign = text_of(shown, "id");
        if (strcmp(state, "open") == 0 && strcmp(text_of(round, "lead"), "lot") != 0 &&
            !simulation_once_in(s, 3))
            return in_open_round(s, shown, round, json_array_get(specs, i));
        if (strcmp(state, "closed") == 0) {
            json = command(s, "round.reveal", "f0", campaign);
            json_object_set_new(json, "seed", json_string(ZEROS));
        } else if (strcmp(state, "tallied") == 0 && simulation_once_in(s, 2)) {
            json = command(s, "round.certify", "f0", campaign);
        }
        if (json)
            json_object_set_new(json, "round", json_string(text_of(round, "id")));
    }
    return json;
}

static int is_shown(const json_t *shown, const char *id)
{
    const json_t *list = json_object_get(shown, "contributions");
    for (size_t i = 0; i < json_array_size(list); i++)
        if (strcmp(text_of(json_array_get(list, i), "id"), id) == 0)
            return 1;
    return 0;
}

static json_t *good_submission(simulation *s, const json_t *shown)
{
    const json_t *rights = json_object_get(json_object_get(shown, "brief"), "rights");
    json_t *json = submit(s, text_of(shown, "id"));
    json_object_del(json, "terms");
    if (json_object_get(rights, "terms"))
        json_object_set_new(json, "terms", json_string("v1"));
    put_id(s, json, "contribution", "k", CONTRIBUTIONS);
    for (int i = 0; i < 3 && is_shown(shown, text_of(json, "contribution")); i++)
        put_id(s, json, "contribution", "k", CONTRIBUTIONS);
    return json;
}

static json_t *sensible(simulation *s, const json_t *shown)
{
    const char *contribution = shown_id(s, shown, "contributions"), *id = text_of(shown, "id");
    int64_t age = s->at - integer_of(shown, "published_at");
    json_t *json = simulation_once_in(s, 4) ? simulation_next_step(s, shown) : NULL;
    if (json)
        return json;
    if (age < 38 && !simulation_once_in(s, 3))
        return good_submission(s, shown);
    if (contribution && simulation_once_in(s, 6)) {
        json = treat(s, id);
        json_object_set_new(json, "contribution", json_string(contribution));
        return json;
    }
    json = about_rounds(s, shown);
    if (json)
        return json;
    if (age < 40 && simulation_once_in(s, 5))
        return simulation_teams(s, id);
    if (shown_id(s, shown, "awards") && !simulation_once_in(s, 3))
        return simulation_pay(s, id);
    return simulation_once_in(s, 8) ? command(s, "tick", "host", NULL) : anything(s);
}

/* ---- one or the other ---- */

/* What a campaign and its people need to begin with. */
static json_t *set_up(simulation *s, const json_t *shown, const char *campaign)
{
    int n = (int)(sizeof people / sizeof *people);
    json_t *json;
    if (s->step < n) {
        json = command(s, "participant.put", "host", NULL);
        json_object_set_new(json, "participant", json_string(people[s->step]));
        json_object_set_new(json, "side", json_string(side_of(people[s->step])));
        simulation_put_person(json, people[s->step]);
        if (s->step > 0 && simulation_once_in(s, 3))
            json_object_set_new(json, "invited_by", json_string(people[simulation_below(s, s->step)]));
        return json;
    }
    if (shown)
        return command(s, "campaign.publish", "f0", campaign);
    json = command(s, "campaign.create", "f0", campaign);
    json_object_set_new(json, "brief", simulation_brief(s));
    return json;
}

/* A second campaign is there from time to time, and all that is left once the first has ended. */
static json_t *draw(simulation *s)
{
    const json_t *first = simulation_hint(s, "m0");
    int ended = first && !strstr("draft published paused", text_of(first, "state"));
    const char *campaign = simulation_once_in(s, 6) || (ended && simulation_once_in(s, 2)) ? "m1" : "m0";
    const json_t *shown = simulation_hint(s, campaign);
    if (s->step < (int)(sizeof people / sizeof *people) ||
        ((ended || campaign[1] == '0') && (!shown || strcmp(text_of(shown, "state"), "draft") == 0)))
        return set_up(s, shown, campaign);
    if (shown && strcmp(text_of(shown, "state"), "paused") == 0 && simulation_once_in(s, 3))
        return command(s, "campaign.resume", "f0", campaign);
    return shown && !simulation_once_in(s, 3) ? sensible(s, shown) : anything(s);
}

/* What nothing fits is mostly drawn again. */
json_t *simulation_command(simulation *s)
{
    json_t *json = draw(s);
    for (int i = 0; i < 6 && !simulation_once_in(s, 8) && !simulation_fit(s, json); i++) {
        json_decref(json);
        json = draw(s);
    }
    return json;
}
