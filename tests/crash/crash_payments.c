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
#define _POSIX_C_SOURCE 200809L

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cocreate/campaign.h"

enum { BATCH = 5, AWARDS = 40, STEPS = 3, VERIFY_EVERY = 100, CAMPAIGNS_MAX = 400 };

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

static const uint8_t secret[32] = "fresh random bytes, in real life";

static void give_up(const char *what, const char *why)
{
    fprintf(stderr, "crash_payments: %s: %s\n", what, why);
    exit(1);
}

static void must(cocreate_status status, const char *what, const cocreate_error *error)
{
    if (status != COCREATE_OK)
        give_up(what, error->text[0] ? error->text : cocreate_status_name(status));
}

static uint64_t next_random(uint64_t *state) /* splitmix64 */
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static cocreate_store *open_store(const char *path)
{
    cocreate_error error = {0};
    cocreate_store_options options;
    cocreate_store *store = NULL;
    cocreate_store_options_init(&options);
    options.secret = secret;
    must(cocreate_store_open(NULL, path, &options, &store, &error), "open", &error);
    return store;
}

static uint64_t count_events(cocreate_store *store)
{
    cocreate_error error = {0};
    cocreate_store_info info = {.size = sizeof info};
    must(cocreate_store_info_get(store, &info, &error), "info", &error);
    return info.events;
}

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

/* How many commands from this number on are one batch; 1: a command alone. */
static uint64_t unit(uint64_t number)
{
    return number % 20 == 0 ? BATCH : 1;
}

static void run(cocreate_store *store, const char *text)
{
    cocreate_error error = {0};
    must(cocreate_execute(store, text, strlen(text), NULL, &error), text, &error);
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
        must(cocreate_contribution_submit(store, id, 0, author, contribution, NULL, NULL, &error),
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
    must(cocreate_vote(store, id, "crowd", DAY + 1, "voter", options, NULL, AWARDS, &error), "vote",
         &error);
}

static cocreate_text *show(cocreate_store *store, int c)
{
    char id[16];
    cocreate_error error = {0};
    cocreate_text *text = NULL;
    snprintf(id, sizeof id, "c%d", c);
    must(cocreate_show(store, id, &text, &error), "show", &error);
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
            give_up("awards", "are missing");
        at += sizeof before - 1;
        memcpy(award_ids[c][i], at, 16);
    }
    cocreate_text_free(text);
}

static void prepare(const char *path)
{
    cocreate_error error = {0};
    cocreate_store *store = open_store(path);
    must(cocreate_store_begin(store, &error), "begin", &error);
    must(cocreate_participant_put(store, 0, "host", "voter", "customer", NULL, &error), "voter",
         &error);
    for (int i = 0; i < AWARDS; i++) {
        char author[16];
        snprintf(author, sizeof author, "a%d", i);
        must(cocreate_participant_put(store, 0, "host", author, "customer", NULL, &error), "author",
             &error);
    }
    for (int c = 0; c < campaigns; c++)
        prepare_campaign(store, c);
    for (int c = 0; c < campaigns; c++)
        vote_campaign(store, c);
    must(cocreate_tick(store, 3 * DAY, &error), "tick", &error);
    must(cocreate_store_commit(store, &error), "commit", &error);
    for (int c = 0; c < campaigns; c++)
        read_awards(store, c);
    cocreate_store_close(store);
}

/* ---- the writer, which is killed ---- */

static void acknowledge(int to, uint64_t number)
{
    if (write(to, &number, sizeof number) != sizeof number)
        _exit(2);
}

static void write_for_ever(const char *path, uint64_t number, int to, int lie)
{
    cocreate_store *store = open_store(path);
    cocreate_error error = {0};
    for (;;) {
        uint64_t size = unit(number);
        if (lie) {
            acknowledge(to, number + size);
            /* Most kills fall here, so that the test does not depend on luck. */
            nanosleep(&(struct timespec){0, 20000000}, NULL);
        }
        if (size > 1)
            must(cocreate_store_begin(store, &error), "begin", &error);
        for (uint64_t i = 0; i < size; i++)
            must(command(store, number + i, &error), "command", &error);
        if (size > 1)
            must(cocreate_store_commit(store, &error), "commit", &error);
        number += size;
        acknowledge(to, number);
    }
}

/* Run a writer from a command on and kill it; the number up to which it acknowledged. */
static uint64_t run_and_kill(const char *path, uint64_t from, uint64_t microseconds, int lie)
{
    int ends[2];
    if (pipe(ends) != 0)
        give_up("pipe", "failed");
    pid_t writer = fork();
    if (writer < 0)
        give_up("fork", "failed");
    if (writer == 0) {
        close(ends[0]);
        write_for_ever(path, from, ends[1], lie);
    }
    close(ends[1]);
    struct timespec pause = {0, (long)microseconds * 1000};
    nanosleep(&pause, NULL);
    kill(writer, SIGKILL);
    uint64_t reported = from, number;
    while (read(ends[0], &number, sizeof number) == sizeof number)
        reported = number;
    close(ends[0]);
    int status;
    if (waitpid(writer, &status, 0) != writer || !WIFSIGNALED(status) ||
        WTERMSIG(status) != SIGKILL)
        give_up("the writer", "ended by itself");
    return reported;
}

/* ---- the checker ---- */

typedef struct tally {
    uint64_t acknowledged, survived, lost, doubled, torn, wrong;
} tally;

/* The accounts of a campaign sum to 0, and cash is what the awards say was paid, each once. */
static void check_money(cocreate_store *store, int c, tally *t)
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
    t->wrong += balances == NULL || sum != 0 || cash != paid * EACH;
    cocreate_text_free(text);
}

/* What the store holds after a kill; the number of the next command. */
static uint64_t check(const char *path, uint64_t base, uint64_t from, uint64_t acknowledged,
                      tally *t)
{
    cocreate_store *store = open_store(path);
    uint64_t events = count_events(store), done = events - base;
    t->acknowledged += acknowledged - from;
    if (done < acknowledged)
        t->lost += acknowledged - done;
    else if (done > acknowledged + unit(acknowledged))
        t->doubled += done - acknowledged - unit(acknowledged);
    else if (done != acknowledged && done != acknowledged + unit(acknowledged))
        t->torn++;
    else
        t->survived += done - acknowledged;
    for (uint64_t number = from; number < done; number++) {
        cocreate_error error = {0};
        cocreate_status status = command(store, number, &error);
        if (status == COCREATE_OK)
            t->lost++;
        else if (status != COCREATE_EXISTS)
            must(status, "the same command again", &error);
    }
    if (count_events(store) != events)
        t->doubled += count_events(store) - events;
    for (uint64_t c = from / (AWARDS * STEPS); c <= done / (AWARDS * STEPS); c++)
        check_money(store, (int)c < campaigns ? (int)c : campaigns - 1, t);
    cocreate_store_close(store);
    return done;
}

static void verify(const char *path)
{
    cocreate_error error = {0};
    cocreate_store *store = open_store(path);
    must(cocreate_verify(store, NULL, 0, NULL, NULL, &error), "verify", &error);
    cocreate_store_close(store);
}

int main(int argc, char **argv)
{
    unsigned long kills = argc > 1 ? strtoul(argv[1], NULL, 10) : 500;
    uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1, random = seed;
    const char *base_folder = getenv("TMPDIR");
    char folder[256], path[300], side[310];
    snprintf(folder, sizeof folder, "%s/cocreate-payments-XXXXXX",
             base_folder && *base_folder ? base_folder : "/tmp");
    if (!mkdtemp(folder))
        give_up(folder, "cannot be made");
    snprintf(path, sizeof path, "%s/store.db", folder);

    /* Each is read when a writer starts, which should leave it time to write. */
    campaigns = (int)(kills * 2 / (AWARDS * STEPS)) + 4;
    campaigns = campaigns > CAMPAIGNS_MAX ? CAMPAIGNS_MAX : campaigns;
    prepare(path);
    cocreate_store *store = open_store(path);
    uint64_t base = count_events(store), number = 0;
    cocreate_store_close(store);
    tally t = {0};
    for (unsigned long i = 1; i <= kills; i++) {
        uint64_t pause = 2000 + next_random(&random) % 118000;
        uint64_t reported = run_and_kill(path, number, pause, argc > 3);
        number = check(path, base, number, reported, &t);
        if (i % VERIFY_EVERY == 0 || i == kills)
            verify(path);
    }
    printf("%lu kills (seed %llu): %llu commands acknowledged, %llu lost, %llu double, "
           "%llu batches torn, %llu times money that does not add up; %llu were on disk before they "
           "could be acknowledged; log of %llu events verified\n",
           kills, (unsigned long long)seed, (unsigned long long)t.acknowledged,
           (unsigned long long)t.lost, (unsigned long long)t.doubled, (unsigned long long)t.torn,
           (unsigned long long)t.wrong, (unsigned long long)t.survived, (unsigned long long)(base + number));
    int good = argc > 3 ? t.lost > 0 : !t.lost && !t.doubled && !t.torn && !t.wrong && t.acknowledged > 0;
    if (!good) {
        fprintf(stderr, "the store is kept: %s\n", path);
        return 1;
    }
    static const char *const endings[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < 3; i++) {
        snprintf(side, sizeof side, "%s%s", path, endings[i]);
        unlink(side);
    }
    return rmdir(folder) != 0;
}
