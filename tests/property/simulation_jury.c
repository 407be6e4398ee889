/* Random commands of juries. */
#include "simulation.h"

static void put_id(simulation *s, json_t *json, const char *key, const char *prefix, int n)
{
    char id[16];
    snprintf(id, sizeof id, "%s%d", prefix, simulation_below(s, n));
    json_object_set_new(json, key, json_string(id));
}

static json_t *command(const simulation *s, const char *name, const char *actor,
                       const char *campaign)
{
    return json_pack("{s:s, s:s, s:s, s:I}", "do", name, "actor", actor, "campaign", campaign, "at",
                     (json_int_t)s->at);
}

/* What jurors and the firm do about who judges what. */
json_t *simulation_judge(simulation *s, const char *campaign)
{
    static const char *const verbs[] = {"assignment.accept", "assignment.decline",
                                        "assignment.start",  "assignment.done",
                                        "conflict.declare",  "assignment.reassign"};
    static const char *const panel[] = {"f0", "f1", "c0", "c1"};
    if (simulation_once_in(s, 2)) {
        json_t *plan = command(s, "assignment.plan", simulation_once_in(s, 5) ? "host" : "f0", campaign);
        put_id(s, plan, "round", "r", 3);
        return plan;
    }
    int verb = simulation_below(s, 6);
    json_t *json = command(s, verbs[verb], verb == 5 ? "f0" : pick_of(s, panel), campaign);
    put_id(s, json, "contribution", "k", 9);
    if (verb != 4)
        put_id(s, json, "round", "r", 3);
    if (verb > 3)
        json_object_set_new(json, "reason", json_string("so it is"));
    if (verb == 5) {
        json_object_set_new(json, "juror", json_string(pick_of(s, panel)));
        json_object_set_new(json, "to", json_string(pick_of(s, panel)));
    }
    return json;
}
