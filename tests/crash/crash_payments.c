/* A platform that is killed while it pays awards, again and again, on one store.
 *
 *     crash_payments [kills] [seed] [lie]
 *
 * A writer process runs numbered commands (awards are accepted and paid, deposits made; now and then
 * five of them in a batch) and reports each over a pipe once it has returned. After 2 to 120 ms it is
 * killed by SIGKILL. Then the store is opened again, and
 * - every reported command is there: the same command again is COCREATE_EXISTS, and posts nothing;
 * - nothing is there twice, and a batch is there wholly or not at all: every command is one event;
 * - the accounts of the campaign sum to 0, and what left the house is what was paid, once each;
 * - now and then, and at the end, cocreate_verify() replays the log and finds the same state.
 *
 * With `lie` the writer reports before it runs a command, and the program must find that out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crash.h"

enum { AWARDS = 40, STEPS = 3, CAMPAIGNS_MAX = 400 };

#define DAY INT64_C(86400000000)
#define EACH 1000 /* minor units of an award */

/* Contests with 40 winners of 10.00 each; so many that the commands do not run out. */
static const char brief[] =
    "{\"at\":0,\"actor\":\"host\",\"do\":\"campaign.create\",\"campaign\":\"c%d\","
    "\"brief\":{\"brief\":\"cocreate.brief/1\",\"title\":\"Prizes\","
    "\"mode\":\"collaborating\",\"contributors\":[\"customer\"],"
    "\"phases\":[{\"id\":\"submit\",\"after_us\":0,\"for_us\":86400000000,"
    "\"allows\":[\"submit\"]},"
    "{\"id\":\"vote\",\"after_us\":86400000000,\"for_us\":86400000000,\"allows\":[\"vote\"]}],"
    "\"rounds\":[{\"id\":\"crowd\",\"lead\":\"customer\",\"instrument\":\"approve\","
    "\"phase\":\"vote\",\"electorate\":[\"customer\"],\"method\":\"approval\","
    "\"cut\":{\"top\":40,\"ties\":\"in\"},\"certify\":\"auto\"}],"
    "\"rewards\":[{\"id\":\"prize\",\"round\":\"crowd\",\"scheme\":{\"scheme\":"
    "\"cocreate.incentives/1\",\"currency\":\"EUR\",\"funds\":[{\"id\":\"f\",\"budget\":"
    "\"400.00\"}],\"rules\":[{\"id\":\"win\",\"kind\":\"threshold_award\",\"fund\":\"f\","
    "\"metric\":\"selected\",\"each\":\"10.00\",\"max_awards\":40}],\"lifecycle\":"
    "{\"accept_days\":30}}}]}}";

static char award_ids[CAMPAIGNS_MAX][AWARDS][17]; /* read before the first fork */
static int campaigns;

/* ---- the commands, by number ---- */

static cocreate_status command(cocreate_store *store, uint64_t number, cocreate_error *error)
{
    static const char head[] = "{\"at\":%lld,\"actor\":\"host\",\"do\":\"%s\",\"campaign\":\"c%d\",";
    char text[512];
    int c = (int)(number / (AWARDS * STEPS)), k = (int)(number % (AWARDS * STEPS));
    int step = k / AWARDS;
    if (c >= campaigns) { /* everything is paid: what is left is to pay in */
        c = campaigns - 1;
        k = (int)number;
        step = STEPS - 1;
    }
    int n = snprintf(text, sizeof text, head, (long long)(3 * DAY),
                                        step == 0   ? "award.accept"
                                        : step == 1 ? "award.pay"
                                                    : "reward.fund",
                                        c);
    const char *award = award_ids[c][k % AWARDS];
    if (step == 0)
        snprintf(text + n, sizeof text - (size_t)n, "\"award\":\"%s\"}", award);
    else if (step == 1)
        snprintf(text + n, sizeof text - (size_t)n, "\"award\":\"%s\",\"reference\":\"p%d\"}", award,
                 k);
    else
        snprintf(text + n, sizeof text - (size_t)n,
                 "\"reward\":\"prize\",\"fund\":\"f\",\"minor\":1,\"reference\":\"d%d\"}", k);
    return cocreate_execute(store, text, strlen(text), NULL, error);
}

static void run(cocreate_store *store, const char *text)
{
    cocreate_error error = {0};
    crash_must(cocreate_execute(store, text, strlen(text), NULL, &error), text, &error);
}

static void prepare_campaign(cocreate_store *store, int c)
{
    char text[2048], id[16], contribution[32];
    cocreate_error error = {0};
    snprintf(text, sizeof text, brief, c);
    run(store, text);
    snprintf(text, sizeof text,
             "{\"at\":0,\"actor\":\"host\",\"do\":\"campaign.publish\",\"campaign\":\"c%d\"}", c);
    run(store, text);
    snprintf(id, sizeof id, "c%d", c);
    for (int i = 0; i < AWARDS; i++) {
        char author[16];
        snprintf(author, sizeof author, "a%d", i);
        snprintf(contribution, sizeof contribution, "idea-%d", i);
        crash_must(cocreate_contribution_submit(store, id, 0, author, contribution, NULL, NULL, &error),
             "submit", &error);
    }
}

static void vote_campaign(cocreate_store *store, int c)
{
    char id[16], contributions[AWARDS][32];
    const char *options[AWARDS];
    cocreate_error error = {0};
    snprintf(id, sizeof id, "c%d", c);
    for (int i = 0; i < AWARDS; i++) {
        snprintf(contributions[i], sizeof contributions[i], "idea-%d", i);
        options[i] = contributions[i];
    }
    crash_must(cocreate_vote(store, id, "crowd", DAY + 1, "voter", options, NULL, AWARDS, &error), "vote",
         &error);
}

static cocreate_text *show(cocreate_store *store, int c)
{
    char id[16];
    cocreate_error error = {0};
    cocreate_text *text = NULL;
    snprintf(id, sizeof id, "c%d", c);
    crash_must(cocreate_show(store, id, &text, &error), "show", &error);
    return text;
}

static void read_awards(cocreate_store *store, int c)
{
    cocreate_text *text = show(store, c);
    const char *at = strstr(cocreate_text_data(text), "\"awards\":[");
    static const char before[] = "\"fund\":\"f\",\"id\":\"";
    for (int i = 0; i < AWARDS; i++) {
        at = at ? strstr(at, before) : NULL;
        if (!at)
            crash_give_up("awards", "are missing");
        at += sizeof before - 1;
        memcpy(award_ids[c][i], at, 16);
    }
    cocreate_text_free(text);
}

static void prepare(const char *path, unsigned long kills)
{
    /* Each is read when a writer starts, which should leave it time to write. */
    campaigns = (int)(kills * 2 / (AWARDS * STEPS)) + 4;
    campaigns = campaigns > CAMPAIGNS_MAX ? CAMPAIGNS_MAX : campaigns;
    cocreate_error error = {0};
    cocreate_store *store = crash_open(path);
    crash_must(cocreate_store_begin(store, &error), "begin", &error);
    crash_must(cocreate_participant_put(store, 0, "host", "voter", "customer", NULL, &error), "voter",
         &error);
    for (int i = 0; i < AWARDS; i++) {
        char author[16];
        snprintf(author, sizeof author, "a%d", i);
        crash_must(cocreate_participant_put(store, 0, "host", author, "customer", NULL, &error), "author",
             &error);
    }
    for (int c = 0; c < campaigns; c++)
        prepare_campaign(store, c);
    for (int c = 0; c < campaigns; c++)
        vote_campaign(store, c);
    crash_must(cocreate_tick(store, 3 * DAY, &error), "tick", &error);
    crash_must(cocreate_store_commit(store, &error), "commit", &error);
    for (int c = 0; c < campaigns; c++)
        read_awards(store, c);
    cocreate_store_close(store);
}

/* The accounts of a campaign sum to 0, and cash is what the awards say was paid, each once. */
static int money_is_wrong(cocreate_store *store, int c)
{
    cocreate_text *text = show(store, c);
    const char *balances = strstr(cocreate_text_data(text), "\"balances\":[");
    long long sum = 0, cash = 0, paid = 0;
    for (const char *at = strstr(cocreate_text_data(text), "\"state\":\"paid\""); at;
         at = strstr(at + 1, "\"state\":\"paid\""))
        paid++;
    for (const char *at = balances; at && (at = strstr(at, "{\"account\":\"")) != NULL;) {
        const char *minor = strstr(at, "\"minor\":"), *end = strchr(balances, ']');
        if (!minor || at > end)
            break;
        long long value = strtoll(minor + 8, NULL, 10);
        sum += value;
        if (strncmp(at + 12, "cash:", 5) == 0)
            cash += value;
        at = minor;
    }
    int wrong = balances == NULL || sum != 0 || cash != paid * EACH;
    cocreate_text_free(text);
    return wrong;
}

static uint64_t look(cocreate_store *store, uint64_t from, uint64_t to)
{
    uint64_t wrong = 0;
    for (uint64_t c = from / (AWARDS * STEPS); c <= to / (AWARDS * STEPS); c++)
        wrong += (uint64_t)money_is_wrong(store, (int)c < campaigns ? (int)c : campaigns - 1);
    return wrong;
}

int main(int argc, char **argv)
{
    static const crash_story story = {
        .name = "payments",
        .longest = 120000,
        .extra = "money that does not add up",
        .prepare = prepare,
        .command = command,
        .look = look,
    };
    return crash_run(&story, argc, argv);
}
