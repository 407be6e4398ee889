/* Random commands about money: what may happen to awards, rewards and fees. */
#include "simulation.h"

#define CONTRIBUTIONS 9

static const char *firm(simulation *s)
{
    return simulation_once_in(s, 10) ? "c1" : simulation_once_in(s, 5) ? "host" : "f0";
}

static json_t *command(const simulation *s, const char *name, const char *actor, const char *campaign)
{
    return json_pack("{s:s, s:s, s:s, s:I}", "do", name, "actor", actor, "campaign", campaign, "at",
                     (json_int_t)s->at);
}

static void put_id(simulation *s, json_t *json, const char *key, const char *prefix, int n)
{
    char id[16];
    snprintf(id, sizeof id, "%s%d", prefix, simulation_below(s, n));
    json_object_set_new(json, key, json_string(id));
}

/* What may happen to an award once it is made. */
static json_t *award_verb(simulation *s, const char *campaign)
{
    static const char *const verbs[] = {"award.accept",  "award.decline", "award.reverse",
                                        "award.recover", "award.forgive"};
    if (simulation_once_in(s, 2)) {
        json_t *payment = command(s, "award.pay", firm(s), campaign);
        put_id(s, payment, "reference", "pay", 4);
        return payment;
    }
    if (simulation_once_in(s, 3)) {
        char digest[80];
        static const char *const shows[] = {"award.deliver", "award.report", "award.dispute"};
        int kind = simulation_below(s, 3);
        json_t *delivery = command(s, shows[kind], firm(s), campaign);
        snprintf(digest, sizeof digest, "sha256:%064d", simulation_below(s, 3));
        json_object_set_new(delivery, kind < 2 ? "digest" : "reason", json_string(digest));
        if (kind == 1)
            json_object_set_new(delivery, "obligation", json_string("report"));
        if (kind == 1 && simulation_once_in(s, 3))
            json_object_set_new(delivery, "number", json_integer(1 + simulation_below(s, 4)));
        return delivery;
    }
    int verb = simulation_below(s, 5);
    json_t *json = command(s, verbs[verb], firm(s), campaign);
    if (verb == 1 || verb == 2)
        json_object_set_new(json, "reason", json_string("so it is"));
    if (verb > 2) {
        put_id(s, json, "reference", "back", 4);
        json_object_set_new(json, "minor", json_integer(1 + simulation_below(s, 3000)));
    }
    return json;
}

/* What may happen to all awards of a reward. */
static json_t *reward_verb(simulation *s, const char *campaign, const char *reward)
{
    static const char *const verbs[] = {"award.expire", "award.adjust", "award.adjust",
                                        "reward.fund",  "reward.close", "award.verify"};
    int verb = simulation_below(s, 6);
    json_t *json = command(s, verbs[verb], firm(s), campaign);
    json_object_set_new(json, "reward", json_string(reward));
    if (verb == 1 || verb == 2) {
        char id[16];
        snprintf(id, sizeof id, "k%d", simulation_below(s, CONTRIBUTIONS));
        json_object_set_new(json, "disqualify", json_pack("[s]", id));
    }
    if (verb == 3) {
        put_id(s, json, "reference", "in", 4);
        json_object_set_new(json, "fund", json_string("cash"));
        json_object_set_new(json, "minor", json_integer(1 + simulation_below(s, 9000)));
    }
    if (verb == 5) {
        put_id(s, json, "participant", "c", 3);
        json_object_set_new(json, "facts",
                            json_pack("{s:s, s:b}", "class", simulation_once_in(s, 2) ? "A" : "B",
                                      "verified", simulation_once_in(s, 2)));
    }
    return json;
}

/* A period is evaluated on some sales; a prize that nobody won is shared; submissions cost something. */
static json_t *more_money(simulation *s, const char *campaign)
{
    static const char *const verbs[] = {"reward.evaluate", "reward.default", "fee.pay", "fee.pay"};
    const char *verb = pick_of(s, verbs);
    json_t *json = command(s, verb, firm(s), campaign);
    if (strcmp(verb, "fee.pay") == 0) {
        json_object_set_new(json, "fee", json_string("entry"));
        put_id(s, json, "participant", "c", 8);
        put_id(s, json, "reference", "fee", 40);
        return json;
    }
    int periodic = strcmp(verb, "reward.evaluate") == 0;
    json_object_set_new(json, "reward", json_string("sales"));
    if (periodic) {
        put_id(s, json, "period", "q", 4);
        static const char *const gross[] = {"123.45", "0.99", "1000.01", "7"};
        json_t *sale = json_pack("{s:s}", "gross", pick_of(s, gross));
        put_id(s, sale, "entry", "k", CONTRIBUTIONS);
        json_object_set_new(json, "lists", json_pack("{s:[o]}", "sales", sale));
    } else {
        put_id(s, json, "reward", "w", 3);
        json_object_set_new(json, "fund", json_string("cash"));
    }
    return json;
}

json_t *simulation_pay(simulation *s, const char *campaign)
{
    if (simulation_once_in(s, 4))
        return more_money(s, campaign);
    json_t *json = award_verb(s, campaign);
    const json_t *shown = simulation_hint(s, campaign);
    const json_t *awards = json_object_get(shown, "awards");
    int n = (int)json_array_size(awards);
    const json_t *award = n ? json_array_get(awards, (size_t)simulation_below(s, n)) : NULL;
    if (award && simulation_once_in(s, 3)) {
        json_decref(json);
        json = reward_verb(s, campaign, text_of(award, "reward"));
    } else {
        json_object_set_new(json, "award", json_string(award ? text_of(award, "id") : "none"));
    }
    return json;
}
