/* Random commands about people and their teams. */
#include "simulation.h"

static json_t *command(const simulation *s, const char *name, const char *actor, const char *campaign)
{
    json_t *json = json_pack("{s:s, s:s, s:I}", "do", name, "actor", actor, "at", (json_int_t)s->at);
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

/* ---- personal data ---- */

/* The mark of somebody's personal data; 0 for who never has any. */
static int mark_of(const char *id, char mark[40])
{
    size_t last = strlen(id) - 1;
    snprintf(mark, 40, "<%s@home>", id);
    return (id[last] - '0') % 2 == 0;
}

void simulation_put_person(json_t *json, const char *id)
{
    char mark[40];
    if (mark_of(id, mark))
        json_object_set_new(json, "person", json_pack("{s:s}", "mail", mark));
}

static void check_person(const simulation *s, const char *id)
{
    cocreate_text *text = NULL;
    char mark[40];
    int has = mark_of(id, mark);
    if (cocreate_export_person(s->store, id, &text, NULL) != COCREATE_OK)
        return; /* not registered */
    int erased = strstr(cocreate_text_data(text), "\"status\":\"erased\"") != NULL;
    int there = strstr(cocreate_text_data(text), mark) != NULL;
    int committed = strstr(cocreate_text_data(text), "\"hmac-sha256:") != NULL;
    cocreate_text_free(text);
    holds(s, there == (committed && !erased) && (has || !committed));
}

/* It is there until they are erased, and not after. */
void simulation_check_personal(const simulation *s)
{
    static const char *const people[] = {"c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7"};
    for (size_t i = 0; i < sizeof people / sizeof *people; i++)
        check_person(s, people[i]);
}

void simulation_check_file(const simulation *s, const json_t *erased)
{
    FILE *file = fopen(s->file, "rb");
    static char bytes[1 << 24];
    holds(s, file != NULL);
    size_t size = fread(bytes, 1, sizeof bytes, file);
    holds(s, size < sizeof bytes);
    fclose(file);
    for (size_t i = 0; i < json_array_size(erased); i++) {
        char mark[40];
        mark_of(json_string_value(json_array_get(erased, i)), mark);
        for (size_t at = 0; at + strlen(mark) <= size; at++)
            holds(s, bytes[at] != '<' || memcmp(bytes + at, mark, strlen(mark)) != 0);
    }
}

/* ---- commands ---- */

/* Suspended mostly for a while; erased rarely; roles come and go. */
json_t *simulation_people(simulation *s, const char *campaign)
{
    static const char *const verbs[] = {"participant.suspend", "participant.restore",
                                        "participant.restore", "participant.erase", "role.grant",
                                        "role.grant",          "role.revoke"};
    static const char *const roles[] = {"juror", "moderator"};
    int verb = simulation_below(s, 7);
    if (verb == 3 && !simulation_once_in(s, 4))
        verb = 1;
    json_t *json = command(s, verbs[verb], simulation_once_in(s, 4) ? "host" : "f0", NULL);
    put_id(s, json, "participant", "c", 8); /* the firm stays */
    if (verb == 0)
        json_object_set_new(json, "reason", json_string("bloc votes"));
    if (verb > 3) {
        put_id(s, json, "participant", "c", 2);
        json_object_set_new(json, "role", json_string(pick_of(s, roles)));
        if (simulation_once_in(s, 4))
            json_object_set_new(json, "campaign", json_string(campaign));
        if (verb < 6 && simulation_once_in(s, 3))
            json_object_set_new(json, "until", json_integer(s->at + simulation_below(s, 20)));
    }
    return json;
}

/* Teams of customers, t0 of c0 and c1, t1 of c2 and c3, t2 of c4 and c5: formed, merged, locked. Members
 * are always told anew. */
json_t *simulation_teams(simulation *s, const char *campaign)
{
    static const char *const verbs[] = {"team.form",  "team.form", "team.form", "team.join",
                                        "team.leave", "team.merge", "team.lock", "team.dissolve"};
    const char *verb = pick_of(s, verbs);
    int team = simulation_below(s, 3), merges = strcmp(verb, "team.merge") == 0;
    int into = (team + 1 + simulation_below(s, 2)) % 3;
    int n = strcmp(verb, "team.join") == 0 || merges || simulation_once_in(s, 2) ? 2 : 1;
    char id[16];
    json_t *members = json_array();
    snprintf(id, sizeof id, "c%d", 2 * team);
    json_t *json = command(s, verb, simulation_once_in(s, 4) ? id : merges ? "f0" : "host", campaign);
    for (int i = 0; i < n * (1 + merges); i++) {
        snprintf(id, sizeof id, "c%d", i < n ? 2 * team + i : 2 * into + i - n);
        json_array_append_new(members, json_pack("{s:s}", "participant", id));
    }
    snprintf(id, sizeof id, "t%d", team);
    json_object_set_new(json, "team", json_string(id));
    if (strcmp(verb, "team.lock") == 0 || strcmp(verb, "team.dissolve") == 0)
        json_decref(members);
    else
        json_object_set_new(json, "members", members);
    if (strcmp(verb, "team.dissolve") == 0)
        json_object_set_new(json, "reason", json_string("over"));
    snprintf(id, sizeof id, "t%d", into);
    if (merges)
        json_object_set_new(json, "into", json_string(id));
    return json;
}
