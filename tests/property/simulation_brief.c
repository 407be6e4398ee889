/* Random briefs. Most are sound; some are refused, which must leave no trace. */
#include "simulation.h"

/* SHA-256 of 32 zero bytes, the seed that simulation_command.c reveals. */
#define COMMITMENT "sha256:66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925"

static void put_window(json_t *phases, const char *id, int64_t opens, int64_t length, json_t *allows)
{
    json_array_append_new(phases, json_pack("{s:s, s:I, s:I, s:o}", "id", id, "after_us",
                                            (json_int_t)opens, "for_us", (json_int_t)length,
                                            "allows", allows));
}

static json_t *random_cut(simulation *s)
{
    static const char *const ties[] = {"in", "out"};
    static const char *const lines[] = {"0", "1", "5/2", "3.5", "-1"};
    switch (simulation_below(s, 5)) {
    case 0:
        return json_string("winners");
    case 1:
        return json_string("all");
    case 2:
        return json_pack("{s:s}", "at_least", pick_of(s, lines));
    case 3:
        return json_pack("{s:i, s:s, s:s}", "top", 1 + simulation_below(s, 3), "at_least",
                         pick_of(s, lines), "ties", pick_of(s, ties));
    default:
        return json_pack("{s:i, s:s}", "top", 1 + simulation_below(s, 3), "ties", pick_of(s, ties));
    }
}

static void put_ties(simulation *s, json_t *round)
{
    switch (simulation_below(s, 5)) {
    case 0:
        json_object_set_new(round, "ties", json_pack("[s]", "earliest"));
        break;
    case 1:
        json_object_set_new(round, "ties", json_pack("[s,s]", "earliest", "id"));
        break;
    case 2:
        json_object_set_new(round, "ties", json_pack("[s]", "lot"));
        json_object_set_new(round, "seed_commitment", json_string(COMMITMENT));
        break;
    default:
        break;
    }
}

/* Items that are handed out, and retire, where each has ballots of its own. */
static void put_tasks(simulation *s, json_t *round)
{
    const char *instrument = text_of(round, "instrument");
    int each = strcmp(instrument, "up") == 0 || strcmp(instrument, "updown") == 0 ||
               strcmp(instrument, "label") == 0;
    if (!each || json_object_get(round, "every_us") || json_object_get(round, "cuts") ||
        json_object_get(round, "per_entry_us") || json_object_get(round, "replaces") ||
        simulation_once_in(s, 4))
        return;
    json_object_set_new(round, "lease",
                        json_pack("{s:i, s:i, s:s}", "for_us", 4 + simulation_below(s, 9), "per_item",
                                  2 + simulation_below(s, 3), "extra",
                                  simulation_once_in(s, 2) ? "refuse" : "count"));
    json_object_set_new(round, "retire",
                        json_pack("[{s:i, s:b}, {s:i}]", "agree", 2, "prefix", 1, "total", 2));
}

/* What becomes of ballots when what they speak of is revised. */
static void put_revisions(simulation *s, json_t *round)
{
    static const char *const words[] = {"keep", "clear", "clear", "refuse"};
    const char *word = pick_of(s, words);
    int counted = json_object_get(round, "lease") || json_object_get(round, "adaptive") ||
                  strcmp(text_of(round, "lead"), "customer") != 0;
    json_object_set_new(round, "revisions",
                        json_string(counted && strcmp(word, "clear") == 0 ? "keep" : word));
}

/* At given instants after the publication. */
static void put_cuts(simulation *s, json_t *round)
{
    int first = 5 + simulation_below(s, 30);
    json_object_del(round, "every_us");
    json_object_set_new(round, "cuts",
                        json_pack("[{s:i}, {s:i}, {s:i}]", "after_us", first, "after_us",
                                  first + 1 + simulation_below(s, 20), "after_us",
                                  first + 21 + simulation_below(s, 40)));
}

/* How often a rolling round selects, or when. */
static void put_periods(simulation *s, json_t *round)
{
    if (simulation_once_in(s, 3))
        put_cuts(s, round);
    else
        json_object_set_new(round, "every_us", json_integer(7 + simulation_below(s, 9)));
}

/* The instruments that have a method of their own. */
static void put_instrument(simulation *s, json_t *round)
{
    static const char *const instruments[] = {"up",     "updown", "choice", "pair",  "quadratic",
                                              "budget", "pledge", "label",  "survey"};
    const char *instrument = pick_of(s, instruments);
    json_object_set_new(round, "instrument", json_string(instrument));
    if (strcmp(instrument, "quadratic") == 0)
        json_object_set_new(round, "credits", json_integer(9));
    if (strcmp(instrument, "budget") == 0)
        json_object_set_new(round, "budget", json_string("7.00"));
    if (strcmp(instrument, "pledge") == 0 && !json_is_false(json_object_get(round, "binding")) &&
        simulation_once_in(s, 2))
        json_object_set_new(round, "hold", json_pack("{s:s}", "currency", "USD"));
    if (strcmp(instrument, "label") == 0) {
        json_object_set_new(round, "labels", json_pack("[s,s,s]", "a", "b", "c"));
        json_object_set_new(round, "accept", json_pack("[s]", "b"));
    }
    if (strcmp(instrument, "survey") == 0) {
        json_object_set_new(round, "questions",
                            json_pack("[{s:s, s:s}, {s:s, s:s}]", "key", "k0", "type", "integer",
                                      "key", "k1", "type", "integer"));
        json_object_del(round, "cut");
        json_object_del(round, "ties");
        json_object_del(round, "seed_commitment");
    }
    if (simulation_once_in(s, 4) && strcmp(instrument, "pair") != 0 && strcmp(instrument, "survey") != 0)
        json_object_set_new(round, "extras", json_pack("[s,s]", "buy", "gift"));
    if (simulation_once_in(s, 3))
        json_object_set_new(round, "weights", json_string("1/2"));
    if (simulation_once_in(s, 3) && strcmp(text_of(round, "lead"), "customer") == 0)
        json_object_set_new(round, "rolling", json_true());
    if (json_object_get(round, "rolling") && simulation_once_in(s, 2))
        put_periods(s, round);
    if (simulation_once_in(s, 4))
        json_object_set_new(round, "per_entry_us", json_integer(15));
    if (simulation_once_in(s, 4) && strcmp(instrument, "survey") != 0)
        json_object_set_new(round, "channels", json_pack("{s:i, s:i}", "blog", 1, "tv", 2));
    else if (strncmp(instrument, "up", 2) == 0 && simulation_once_in(s, 2))
        json_object_set_new(round, "half_life_us", json_integer(3600000000));
    if (simulation_once_in(s, 4))
        json_object_set_new(round, "quorum",
                            json_pack("{s:s, s:s}", "share", "1/9", "of",
                                      simulation_once_in(s, 2) ? "electorate" : "candidates"));
    if (simulation_once_in(s, 3))
        json_object_set_new(round, "recast", json_false());
    put_tasks(s, round);
    if (strcmp(instrument, "pair") == 0 && !json_object_get(round, "rolling") && simulation_once_in(s, 2))
        json_object_set_new(round, "adaptive", json_pack("{s:{s:s}}", "settled", "z", "1/2"));
    if (strcmp(instrument, "survey") != 0)
        put_revisions(s, round);
}

static void put_ballots(simulation *s, json_t *round)
{
    static const char *const instruments[] = {"approve", "rank", "score", "points"};
    static const char *const rankings[] = {"borda", "plurality", "irv", "schulze"};
    const char *instrument = pick_of(s, instruments), *method = "score";
    if (simulation_once_in(s, 2)) {
        put_instrument(s, round);
        return;
    }
    if (strcmp(instrument, "approve") == 0)
        method = simulation_once_in(s, 2) ? "greedy" : "approval";
    if (strcmp(instrument, "rank") == 0)
        method = pick_of(s, rankings);
    json_object_set_new(round, "instrument", json_string(instrument));
    json_object_set_new(round, "method", json_string(method));
    if (strcmp(instrument, "points") == 0)
        json_object_set_new(round, "points", json_integer(5));
    if (strcmp(method, "greedy") == 0)
        json_object_set_new(round, "budget", json_string("7.00"));
    if (simulation_once_in(s, 3))
        json_object_set_new(round, "quorum", json_integer(1 + simulation_below(s, 3)));
    if (simulation_once_in(s, 3))
        json_object_set_new(round, "recast", json_false());
    if (simulation_once_in(s, 3))
        json_object_set_new(round, "self_vote", json_true());
    if (simulation_once_in(s, 4))
        json_object_set_new(round, "choices", json_pack("[i,i]", 1, 2));
    if (simulation_once_in(s, 3))
        json_object_set_new(round, "electorate", json_pack("[s,s]", "customer", "public"));
    else if (simulation_once_in(s, 4))
        json_object_set_new(round, "electorate",
                            json_pack("[s,[s,[s],s],[s,[s,[s,s],i]]]", "and", "!=", "side",
                                      "partner", "not", "<", "attribute", "age", 18));
}

static json_t *random_round(simulation *s, int index, const char *phase)
{
    static const char *const leads[] = {"customer", "customer", "firm", "metric", "jury", "lot"};
    static const char *const directions[] = {"ascending", "descending"};
    char id[16], from[16];
    const char *lead = pick_of(s, leads);
    snprintf(id, sizeof id, "r%d", index);
    json_t *round = json_pack("{s:s, s:s, s:s}", "id", id, "lead", lead, "phase", phase);
    if (strcmp(lead, "lot") == 0) {
        json_object_set_new(round, "draw",
                            json_pack("{s:i, s:i}", "winners", 1 + simulation_below(s, 3),
                                      "alternates", simulation_below(s, 3)));
        json_object_set_new(round, "seed_commitment", json_string(COMMITMENT));
    } else if (strcmp(lead, "firm") == 0 ||
               (strcmp(lead, "jury") == 0 && simulation_once_in(s, 2))) {
        int least = simulation_below(s, 3);
        json_object_set_new(round, "select",
                            json_pack("[i,i]", least, least + simulation_below(s, 3)));
        if (least == 0 && simulation_once_in(s, 2)) {
            json_object_set_new(round, "rolling", json_true());
            put_periods(s, round);
            if (strcmp(lead, "jury") == 0)
                put_cuts(s, round);
        }
    } else {
        json_object_set_new(round, "cut", random_cut(s));
        put_ties(s, round);
        if (strcmp(lead, "metric") != 0)
            put_ballots(s, round);
    }
    if (strcmp(lead, "metric") == 0) {
        json_object_set_new(round, "direction", json_string(pick_of(s, directions)));
        if (simulation_once_in(s, 2))
            json_object_set_new(round, "decimals", json_integer(simulation_below(s, 5)));
        if (simulation_once_in(s, 3))
            json_object_set_new(round, "pick",
                                simulation_once_in(s, 2) ? json_string("last")
                                                         : json_pack("{s:i}", "chosen", 2));
        if (simulation_once_in(s, 4))
            json_object_set_new(round, "splits", json_true());
        if (simulation_once_in(s, 4))
            json_object_set_new(round, "last_call",
                                json_pack("{s:s, s:i}", "at_least", "2", "us", 5));
    }
    if (strcmp(lead, "jury") == 0 && !json_object_get(round, "rolling") && simulation_once_in(s, 2)) {
        json_object_set_new(round, "panel", json_pack("[s,s,s,s]", "f0", "f1", "c0", "c1"));
        json_object_set_new(round, "assignment",
                            json_pack("{s:i, s:i, s:i}", "per_entry", 1 + simulation_below(s, 2),
                                      "load", 1 + simulation_below(s, 3), "due_us", 10));
        if (simulation_once_in(s, 2))
            json_object_set_new(round, "coverage", json_integer(1));
    }
    if (!simulation_once_in(s, 3))
        json_object_set_new(round, "certify", json_string("auto"));
    if (index > 0 && !json_object_get(round, "rolling") && simulation_once_in(s, 6)) {
        snprintf(from, sizeof from, "r%d", simulation_below(s, index));
        json_object_set_new(round, "replaces", json_string(from));
    } else if (index > 0 && !json_object_get(round, "rolling") && !simulation_once_in(s, 3)) {
        snprintf(from, sizeof from, "r%d", simulation_below(s, index));
        json_object_set_new(round, "candidates", json_pack("{s:s}", "round", from));
        if (json_object_get(round, "select") && simulation_once_in(s, 2)) {
            json_object_set_new(round, "in_turn", json_pack("{s:i}", "within_us", 4));
            json_object_set_new(round, "on_none", json_string("reopen"));
        }
    }
    return round;
}

/* Submissions in [0, 40), round i in [36 + 30 i, 66 + 30 i): the first overlaps them. */
static void put_rounds(simulation *s, json_t *brief)
{
    json_t *phases = json_array(), *rounds = json_array();
    int n = simulation_once_in(s, 10) ? 0 : 1 + simulation_below(s, 3);
    put_window(phases, "in", 0, 40, json_pack("[s,s,s,s]", "submit", "revise", "withdraw", "comment"));
    for (int i = 0; i < n; i++) {
        char phase[16];
        json_t *allows = json_pack("[s,s,s]", "vote", "decide", "run");
        json_array_append_new(allows, json_string("flag"));
        if (simulation_once_in(s, 2))
            json_array_append_new(allows, json_string("withdraw"));
        if (simulation_once_in(s, 2))
            json_array_append_new(allows, json_string("revise"));
        snprintf(phase, sizeof phase, "p%d", i);
        put_window(phases, phase, 36 + 30 * i, 30, allows);
        json_array_append_new(rounds, random_round(s, i, phase));
    }
    if (simulation_once_in(s, 3)) /* goes when the firm says so */
        json_array_append_new(phases, json_pack("{s:s, s:s, s:[s]}", "id", "hand", "advance", "manual",
                                                "allows", "comment"));
    json_object_set_new(brief, "phases", phases);
    json_object_set_new(brief, "rounds", rounds);
}

static json_t *random_rule(simulation *s)
{
    static const char *const ties[] = {"pool", "earlier", "lot"};
    switch (simulation_below(s, 5)) {
    case 0:
        return json_pack("{s:s, s:s, s:s, s:[s,s,s], s:s}", "id", "prizes", "kind",
                         "ranked_prizes", "fund", "cash", "prizes", "30.00", "20.01", "10.00",
                         "ties", pick_of(s, ties));
    case 1:
        return json_pack("{s:s, s:s, s:s, s:s, s:s, s:i}", "id", "chosen", "kind",
                         "threshold_award", "fund", "cash", "metric", "selected", "each", "10.01",
                         "max_awards", 1 + simulation_below(s, 4));
    case 2:
        return json_pack("{s:s, s:s, s:s}", "id", "grants", "kind", "direct_grant", "fund",
                         "cash");
    case 3:
        return json_pack("{s:s, s:s, s:s, s:s, s:s}", "id", "shares", "kind",
                         "proportional_split", "fund", "cash", "pool", "50.00", "weight", "score");
    default:
        return json_pack("{s:s, s:s, s:s, s:{s:s}}", "id", "badge", "kind", "badge", "where",
                         "selected", "criteria", "narrative", "Was selected");
    }
}

/* What is deducted, and what may happen later. */
static void put_terms(simulation *s, json_t *scheme)
{
    static const char *const declines[] = {"vacant", "promote", "redistribute"};
    if (simulation_once_in(s, 3))
        json_object_set_new(scheme, "deductions",
                            json_pack("[{s:s, s:s, s:s}, {s:s, s:s, s:s, s:s}]", "id", "fee",
                                      "rate", "0.05", "account", "fees:platform", "id", "tax",
                                      "rate", "1/3", "where", "payee.class=A", "account",
                                      "withheld:tax"));
    if (simulation_once_in(s, 2))
        json_object_set_new(scheme, "lifecycle",
                            json_pack("{s:s, s:s, s:i}", "on_decline", pick_of(s, declines), "on_overpaid",
                                      simulation_once_in(s, 2) ? "clawback" : "honour", "accept_days",
                                      1 + simulation_below(s, 30)));
}

/* Who shares with the authors: who made what amends the entry, and who voted for it. */
static void put_influence(simulation *s, const json_t *round, json_t *reward)
{
    json_t *phases = json_pack("[{s:s, s:s, s:s}, {s:s, s:s, s:{s:s}}]", "id", "idea", "share", "1/2", "from",
                               "authors", "id", "parts", "share", "1/3", "from", "edges", "derives");
    int votes = strcmp(text_of(round, "lead"), "customer") == 0 &&
                strcmp(text_of(round, "instrument"), "survey") != 0;
    json_array_append_new(phases, json_pack("{s:s, s:s, s:{s:s}}", "id", "votes", "share", "1/6", "from",
                                            votes ? simulation_once_in(s, 3) ? "ballots" : "votes" : "edges",
                                            votes ? text_of(round, "id") : "requires"));
    json_object_set_new(reward, "influence", phases);
}

/* Of a rolling round: with each period or decision, or at its end as others. */
static void put_occasion(simulation *s, const json_t *round, json_t *reward)
{
    int decisions = json_object_get(round, "rolling") && json_object_get(round, "select");
    int periods = json_object_get(round, "every_us") || json_object_get(round, "cuts");
    if (periods && simulation_once_in(s, 2))
        json_object_set_new(reward, "on", json_string("cut"));
    else if (decisions && simulation_once_in(s, 2))
        json_object_set_new(reward, "on", json_string("decision"));
    else if (simulation_once_in(s, 3))
        json_object_set_new(reward, "default",
                            json_pack("{s:i, s:s, s:[{s:[s,s]}, s]}", "after_us", simulation_below(s, 30),
                                      "by", simulation_once_in(s, 2) ? "event" : "command", "among", "where",
                                      "has", "age", "contributors"));
    if (simulation_once_in(s, 3))
        json_object_set_new(reward, "release", json_pack("{s:i}", "after_us", 1 + simulation_below(s, 20)));
    const json_t *lifecycle = json_object_get(json_object_get(reward, "scheme"), "lifecycle");
    if (!json_object_get(reward, "on") && strcmp(text_of(lifecycle, "on_decline"), "promote") != 0 &&
        simulation_once_in(s, 4))
        json_object_set_new(reward, "late",
                            json_pack("{s:i, s:i, s:s}", "after_us", 1 + simulation_below(s, 20),
                                      "each_us", 7, "share", "1/3"));
    if (simulation_once_in(s, 4))
        put_influence(s, round, reward);
    if (simulation_once_in(s, 2))
        json_object_set_new(reward, "obligations",
                            json_pack("[{s:s, s:i, s:i, s:s, s:b}]", "id", "report", "every_us",
                                      1 + simulation_below(s, 20), "for_us", 20 + simulation_below(s, 60),
                                      "from", simulation_once_in(s, 2) ? "accepted" : "awarded", "required",
                                      simulation_once_in(s, 3)));
}

static void put_rewards(simulation *s, json_t *brief)
{
    int rounds = (int)json_array_size(json_object_get(brief, "rounds"));
    json_t *rewards = json_array();
    for (int i = 0, n = rounds ? simulation_below(s, 4) : 0; i < n; i++) {
        char id[16], round[16];
        snprintf(id, sizeof id, "w%d", i);
        int at = simulation_below(s, rounds);
        snprintf(round, sizeof round, "r%d", at);
        json_t *rules = json_array(), *first = random_rule(s), *second = random_rule(s);
        json_array_append(rules, first);
        int grants = strcmp(text_of(first, "id"), "grants") == 0; /* may take the whole fund */
        if (!grants && strcmp(text_of(first, "id"), text_of(second, "id")) != 0 &&
            simulation_once_in(s, 2))
            json_array_append(rules, second);
        json_decref(first);
        json_decref(second);
        json_t *scheme = json_pack("{s:s, s:s, s:[{s:s, s:s}], s:o}", "scheme",
                                   "cocreate.incentives/1", "currency",
                                   simulation_once_in(s, 2) ? "USD" : "EUR", "funds", "id",
                                   "cash", "budget", "200.00", "rules", rules);
        put_terms(s, scheme);
        json_t *reward = json_pack("{s:s, s:s, s:o}", "id", id, "round", round, "scheme", scheme);
        put_occasion(s, json_array_get(json_object_get(brief, "rounds"), (size_t)at), reward);
        if (!json_object_get(reward, "on") && json_object_get(scheme, "lifecycle") &&
            simulation_once_in(s, 2))
            json_object_set_new(reward, "expires", json_string("event"));
        json_array_append_new(rewards, reward);
    }
    if (rounds && simulation_once_in(s, 4)) /* royalties, period by period */
        json_array_append_new(
            rewards,
            json_pack("{s:s, s:s, s:s, s:{s:s, s:s, s:[{s:s, s:s}], s:[{s:s, s:s, s:s, s:s, s:s}]}}", "id",
                      "sales", "on", "period", "round", "r0", "scheme", "scheme", "cocreate.incentives/1",
                      "currency", "USD", "funds", "id", "net", "source", "revenue", "rules", "id", "royalty",
                      "kind", "royalty", "fund", "net", "base", "gross", "rate", "0.01"));
    json_object_set_new(brief, "rewards", rewards);
}

/* How many ballots and comments: in all, in windows of each kind, about one item. */
static void put_more_limits(simulation *s, json_t *brief)
{
    static const char *const subjects[] = {"ballot", "comment", "pledge", "label"};
    static const char *const per[] = {"person", "item"}, *const shared[] = {"contribution", "flag"};
    json_t *list = json_object_get(brief, "limits");
    json_t *limit = json_pack("{s:s, s:s, s:i}", "subject", pick_of(s, subjects), "per",
                              pick_of(s, per), "max", 1 + simulation_below(s, 3));
    switch (simulation_below(s, 4)) {
    case 0:
        json_object_set_new(limit, "window_us", json_integer(10));
        break;
    case 1:
        json_object_set_new(limit, "rolling_us", json_integer(10));
        break;
    case 2:
        json_object_set_new(limit, "concurrent", json_true());
        break;
    default:
        break;
    }
    if (simulation_once_in(s, 4)) { /* who shares it shares the limit, and who has none has none */
        json_object_del(limit, "concurrent");
        json_object_set_new(limit, "per", json_pack("{s:s}", "attribute", "age"));
        json_object_set_new(limit, "where", json_pack("[s,s]", "has", "age"));
        json_object_set_new(limit, "subject", json_string(pick_of(s, shared)));
    }
    if (list)
        json_array_append_new(list, limit);
    else
        json_object_set_new(brief, "limits", json_pack("[o]", limit));
}

static void put_rules(simulation *s, json_t *brief)
{
    if (json_array_size(json_object_get(brief, "rewards")) > 0 && simulation_once_in(s, 5))
        json_object_set_new(brief, "auto_stop",
                            json_pack("{s:i}", "unpaid_us", 40 + simulation_below(s, 100)));
    if (simulation_once_in(s, 3))
        json_object_set_new(brief, "amend", json_pack("{s:i}", "notice_us", 1 + simulation_below(s, 100)));
    static const char *const effective[] = {"on_submit", "on_select", "on_payment", "on_contract"};
    static const char *const per[] = {"person", "team"};
    if (simulation_once_in(s, 3))
        json_object_set_new(
            brief, "limits",
            json_pack("[{s:s, s:i, s:i, s:s}, {s:s, s:i}]", "subject", "contribution", "max",
                      1 + simulation_below(s, 3), "window_us", 20 * simulation_below(s, 3), "per",
                      pick_of(s, per), "subject", "run", "max", 1 + simulation_below(s, 3)));
    if (simulation_once_in(s, 4))
        put_more_limits(s, brief);
    if (simulation_once_in(s, 6))
        json_object_set_new(brief, "eligibility",
                            json_pack("{s:[s,[s],s]}", "comment", "!=", "side", "public"));
    static const char *const audiences[] = {"all", "nobody", "owner", "firm", "voted", "after_close"};
    if (simulation_once_in(s, 4))
        json_object_set_new(brief, "visibility",
                            json_pack("{s:s, s:s}", "contributions", pick_of(s, audiences), "counts",
                                      pick_of(s, audiences)));
    if (simulation_once_in(s, 2))
        json_object_set_new(brief, "moderation",
                            simulation_once_in(s, 4)
                                ? json_string("pre")
                                : json_pack("{s:b, s:i, s:[s,s]}", "pre", simulation_below(s, 2), "appeal_us",
                                            60, "reasons", "spam", "copied"));
    if (!simulation_once_in(s, 3))
        json_object_set_new(brief, "team_max", json_integer(4));
    if (simulation_once_in(s, 8))
        json_object_set_new(brief, "fees",
                            json_pack("[{s:s, s:s, s:s, s:s}, {s:s, s:s, s:s}]", "id", "entry", "on",
                                      "submit", "currency", "USD", "amount", "1.00", "id", "agent", "on",
                                      "refund", "share", "1/7"));
    if (simulation_once_in(s, 3))
        json_object_set_new(brief, "rights",
                            json_pack("{s:s, s:s, s:s, s:i}", "type", "exclusive", "terms", "v1",
                                      "effective", pick_of(s, effective), "hold_us", 50));
    json_t *rights = json_object_get(brief, "rights");
    if (rights && simulation_once_in(s, 2)) {
        json_object_set_new(rights, "release", json_string("event"));
        json_object_set_new(rights, "required", json_boolean(simulation_once_in(s, 2)));
        json_object_set_new(rights, "revocable_after_us", json_integer(simulation_below(s, 40)));
    }
}

/* Kinds with comments, and a chain of milestones of the first round. */
static void put_graph(simulation *s, json_t *brief)
{
    static const char *const from[] = {"published", "previous", "reached"};
    static const char *const reach[] = {"continue", "freeze", "advance"};
    if (simulation_once_in(s, 2))
        json_object_set_new(brief, "kinds", json_pack("[s,s,s]", "comment", "design", "idea"));
    if (json_object_get(brief, "kinds") && !simulation_once_in(s, 3))
        json_object_set_new(brief, "useful", json_true());
    if (!simulation_once_in(s, 2))
        return;
    json_t *milestones = json_array();
    for (int i = 0, n = 1 + simulation_below(s, 3); i < n; i++) {
        char id[16];
        snprintf(id, sizeof id, "s%d", i);
        json_array_append_new(
            milestones, json_pack("{s:s, s:s, s:s, s:i, s:i, s:s, s:s, s:s}", "id", id, "round", "r0",
                                  "metric", simulation_once_in(s, 4) ? "amount" : "ballots", "target",
                                  1 + simulation_below(s, 3), "within_us", 1 + simulation_below(s, 60),
                                  "from", i ? pick_of(s, from) : "published", "on_reach", pick_of(s, reach),
                                  "on_miss", simulation_once_in(s, 3) ? "none" : "expire"));
    }
    json_object_set_new(brief, "milestones", milestones);
}

json_t *simulation_brief(simulation *s)
{
    static const char *const modes[] = {"submitting", "co-designing", "tinkering",
                                        "collaborating"};
    json_t *brief = json_pack("{s:s, s:s, s:s, s:[s,s,s]}", "brief", "cocreate.brief/1", "title",
                              "A campaign", "mode", pick_of(s, modes), "contributors", "customer",
                              "public", "firm");
    json_object_set_new(brief, "form",
                        json_pack("[{s:s, s:s, s:i, s:i}]", "key", "n", "type", "integer", "min",
                                  0, "max", 8));
    put_rounds(s, brief);
    put_rewards(s, brief);
    put_rules(s, brief);
    if (simulation_once_in(s, 2))
        put_graph(s, brief);
    if (simulation_once_in(s, 20)) /* a round in a phase that is not there */
        json_object_set_new(brief, "phases", json_array());
    return brief;
}
