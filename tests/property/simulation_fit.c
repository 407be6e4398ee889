/* What is random mostly names what is not there, or not in the state it should be in. Here a command is
 * turned towards what the campaign shows: a round that takes it, a work that it is about, its author. */
#include "simulation.h"

/* One of a list, the first at or after a random place, whose member is among `values` (NULL: whatever);
 * NULL if there is none. */
static const json_t *one_of(simulation *s, const json_t *list, const char *key, const char *values)
{
    size_t n = json_array_size(list);
    size_t from = n ? (size_t)simulation_below(s, (int)n) : 0;
    for (size_t i = 0; i < n; i++) {
        const json_t *item = json_array_get(list, (from + i) % n);
        const char *value = text_of(item, key);
        if (!values || (*value && strstr(values, value)))
            return item;
    }
    return NULL;
}

static void copy(json_t *command, const char *key, const json_t *from, const char *member)
{
    if (json_object_get(from, member))
        json_object_set(command, key, json_object_get(from, member));
}

static int is(const json_t *command, const char *name)
{
    return strcmp(text_of(command, "do"), name) == 0;
}

static int begins(const json_t *command, const char *with)
{
    return strncmp(text_of(command, "do"), with, strlen(with)) == 0;
}

/* ---- contributions ---- */

static const char *state_for(const json_t *command)
{
    static const char *const of[][2] = {{"contribution.screen", "submitted"},
                                        {"contribution.implement", "selected"},
                                        {"contribution.forfeit", "selected"},
                                        {"contribution.revise", "submitted published"},
                                        {"contribution.withdraw", "submitted published"},
                                        {"appeal.file", "removed declined"},
                                        {"flag.raise", "published"}};
    for (size_t i = 0; i < sizeof of / sizeof *of; i++)
        if (is(command, of[i][0]))
            return of[i][1];
    return "published shortlisted selected not_selected submitted";
}

static int fit_contribution(simulation *s, const json_t *shown, json_t *command)
{
    static const char *const authors[] = {"contribution.revise", "contribution.withdraw", "run.choose",
                                          "appeal.file"};
    static const char *const ends[] = {"from", "to", "reply_to", "into"};
    const json_t *list = json_object_get(shown, "contributions");
    if (!is(command, "contribution.submit") && json_object_get(command, "contribution")) {
        const json_t *work = one_of(s, list, "state", state_for(command));
        copy(command, "contribution", work, "id");
        for (size_t i = 0; i < sizeof authors / sizeof *authors; i++)
            if (is(command, authors[i]))
                copy(command, "actor", json_array_get(json_object_get(work, "authors"), 0),
                     "participant");
        if (!work)
            return 0;
    }
    for (size_t i = begins(command, "edge.") ? 0 : 2; i < sizeof ends / sizeof *ends; i++)
        if (json_object_get(command, ends[i]))
            copy(command, ends[i], one_of(s, list, "state", "published shortlisted selected"), "id");
    return 1;
}

/* A new id, while submissions are taken. */
static int fit_submission(simulation *s, const json_t *shown, json_t *command)
{
    const json_t *list = json_object_get(shown, "contributions");
    const json_t *kinds = json_object_get(json_object_get(shown, "brief"), "kinds");
    if (!is(command, "contribution.submit"))
        return 1;
    for (size_t i = 0; i < json_array_size(list); i++)
        if (strcmp(text_of(json_array_get(list, i), "id"), text_of(command, "contribution")) == 0)
            return 0;
    if (!contains(kinds, text_of(command, "kind"))) {
        json_object_del(command, "kind");
        json_object_del(command, "reply_to");
    }
    return simulation_once_in(s, 20) || s->at - integer_of(shown, "published_at") < 45;
}

/* ---- rounds ---- */

/* In which states a round takes the command, who leads it (NULL: whoever), and what its brief must have. */
static const char *const rounds_for[][4] = {
    {"ballot.", "open", "customer jury", NULL},
    {"decision.make", "open", "firm jury", "select"},
    {"run.choose", "open", "metric", "pick"},
    {"run.record", "open", "metric", NULL},
    {"assignment.", "open", "jury", "assignment"},
    {"round.close", "open", "firm jury metric", NULL},
    {"round.reveal", "closed", NULL, "seed_commitment"},
    {"round.certify", "tallied", NULL, NULL},
    {"round.annul", "tallied certified", NULL, NULL},
};

static int fit_round(simulation *s, const json_t *shown, json_t *command)
{
    const json_t *rounds = json_object_get(shown, "rounds");
    const json_t *specs = json_object_get(json_object_get(shown, "brief"), "rounds");
    int overrides = json_is_true(json_object_get(command, "override"));
    if (is(command, "round.certify") && simulation_once_in(s, 2))
        json_object_set_new(command, "reason", json_string("enough have judged"));
    for (size_t i = 0; i < sizeof rounds_for / sizeof *rounds_for; i++) {
        const char *const *want = rounds_for[i];
        if (!begins(command, want[0]))
            continue;
        for (size_t r = 0; r < json_array_size(rounds); r++) {
            const json_t *round = json_array_get(rounds, r), *spec = json_array_get(specs, r);
            int leads = !want[2] || strstr(want[2], text_of(round, "lead")) != NULL;
            int has = !want[3] || json_object_get(spec, want[3]) != NULL;
            if (!strstr(overrides ? "tallied" : want[1], text_of(round, "state")) ||
                (!overrides && (!leads || !has)))
                continue;
            copy(command, "round", round, "id");
            return 1;
        }
        return 0;
    }
    return 1;
}

/* ---- whatever else has an id ---- */

static int fit_assignment(simulation *s, const json_t *shown, json_t *command)
{
    static const char *const states[][2] = {{"assignment.accept", "offered"},
                                            {"assignment.decline", "offered accepted"},
                                            {"assignment.start", "accepted"},
                                            {"assignment.done", "started accepted"},
                                            {"assignment.reassign", "offered accepted"}};
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        if (!is(command, states[i][0]))
            continue;
        const json_t *one =
            one_of(s, json_object_get(shown, "assignments"), "state", states[i][1]);
        copy(command, "round", one, "round");
        copy(command, "contribution", one, "contribution");
        copy(command, i == 4 ? "juror" : "actor", one, "juror");
        return one != NULL;
    }
    return 1;
}

/* Comments, by the firm where whoever asked is not known; what one marked oneself. */
static int fit_mark(simulation *s, const json_t *shown, json_t *command)
{
    const json_t *said;
    if (is(command, "useful.mark")) {
        said = one_of(s, json_object_get(shown, "contributions"), "kind", "comment");
        copy(command, "contribution", said, "id");
        return said && json_object_get(json_object_get(shown, "brief"), "useful");
    }
    if (!is(command, "useful.unmark"))
        return 1;
    said = one_of(s, json_object_get(shown, "useful"), "state", "marked");
    copy(command, "contribution", said, "contribution");
    copy(command, "actor", said, "by");
    return said != NULL;
}

static int fit_complaint(simulation *s, const json_t *shown, json_t *command)
{
    if (is(command, "flag.uphold") || is(command, "flag.dismiss")) {
        const json_t *flag = one_of(s, json_object_get(shown, "flags"), "state", "raised open");
        copy(command, "flag", flag, "id");
        copy(command, "flag", flag, "flag");
        return flag != NULL;
    }
    if (is(command, "appeal.decide")) {
        const json_t *appeal = one_of(s, json_object_get(shown, "appeals"), "state", "filed open");
        copy(command, "appeal", appeal, "id");
        copy(command, "appeal", appeal, "appeal");
        return appeal != NULL;
    }
    if (is(command, "edge.accept") || is(command, "edge.reject")) {
        const json_t *edge = one_of(s, json_object_get(shown, "edges"), "state", "proposed");
        static const char *const members[] = {"from", "to", "type"};
        for (int i = 0; i < 3; i++)
            copy(command, members[i], edge, members[i]);
        if (edge)
            json_object_set_new(command, "actor", json_string("host"));
        return edge != NULL;
    }
    return 1;
}

static int fit_money(simulation *s, const json_t *shown, json_t *command)
{
    static const char *const states[][2] = {{"award.accept", "offered"},
                                            {"award.decline", "offered accepted"},
                                            {"award.pay", "offered accepted"},
                                            {"award.reverse", "offered accepted paid"},
                                            {"award.recover", "reversed paid"},
                                            {"award.forgive", "reversed paid"}};
    const json_t *brief = json_object_get(shown, "brief"), *rewards = json_object_get(brief, "rewards");
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        if (!is(command, states[i][0]))
            continue;
        const json_t *award = one_of(s, json_object_get(shown, "awards"), "state", states[i][1]);
        copy(command, "award", award, "id");
        return award != NULL;
    }
    if (is(command, "fee.pay"))
        return json_array_size(json_object_get(brief, "fees")) > 0;
    const json_t *cut = one_of(s, rewards, "on", "cut");
    if (is(command, "reward.evaluate") && cut && simulation_once_in(s, 2)) { /* what failed, if it did */
        static const char *const periods[] = {"1", "2", "3"};
        copy(command, "reward", cut, "id");
        json_object_set_new(command, "period", json_string(pick_of(s, periods)));
        json_object_del(command, "lists");
        return 1;
    }
    if (is(command, "reward.evaluate")) { /* for what the round placed */
        const json_t *round = one_of(s, json_object_get(shown, "rounds"), "id", "r0");
        const json_t *places = json_object_get(json_object_get(round, "result"), "places");
        json_t *sales = json_object_get(json_object_get(command, "lists"), "sales");
        copy(json_array_get(sales, 0), "entry", one_of(s, places, "id", NULL), "id");
        return one_of(s, rewards, "id", "sales") && strcmp(text_of(round, "state"), "certified") == 0;
    }
    if (!is(command, "reward.default"))
        return 1;
    for (size_t i = 0; i < json_array_size(rewards); i++)
        if (json_object_get(json_array_get(rewards, i), "default")) {
            copy(command, "reward", json_array_get(rewards, i), "id");
            return 1;
        }
    return 0;
}

int simulation_fit(simulation *s, json_t *command)
{
    const char *campaign = text_of(command, "campaign");
    const json_t *shown;
    if (!*campaign || is(command, "campaign.create"))
        return 1;
    if (strcmp(campaign, "m1") == 0 && !simulation_hint(s, "m1"))
        json_object_set_new(command, "campaign", json_string("m0"));
    shown = simulation_hint(s, text_of(command, "campaign"));
    if (is(command, "phase.advance") && !one_of(s, json_object_get(shown, "phases"), "id", "hand"))
        return 0;
    return fit_round(s, shown, command) && fit_contribution(s, shown, command) &&
           fit_submission(s, shown, command) && fit_assignment(s, shown, command) &&
           fit_complaint(s, shown, command) && fit_mark(s, shown, command) && fit_money(s, shown, command);
}
