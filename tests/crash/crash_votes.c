/* A platform that is killed while people vote, again and again, on one store.
 *
 *     crash_votes [kills] [seed] [lie]
 *
 * A writer process runs numbered commands (participants with personal data, votes, changed votes,
 * now and then five of them in a batch) and reports each over a pipe once it has returned. After 2
 * to 60 ms it is killed by SIGKILL: while it opens the store, decides, writes, or waits for the
 * disk. Then the store is opened again, and
 * - every reported command is there: the same command again is COCREATE_EXISTS, and adds nothing;
 * - nothing is there twice, and a batch is there wholly or not at all: every command is one event,
 *   so the length of the log counts them;
 * - now and then, and at the end, cocreate_verify() replays the log and finds the same state.
 *
 * With `lie` the writer reports before it runs a command, and the program must find that out.
 *
 * This proves nothing about power failures, because what the system has taken it will write. */
#define _POSIX_C_SOURCE 200809L

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cocreate/campaign.h"

enum { BATCH = 5, CONTRIBUTIONS = 8, VERIFY_EVERY = 100 };

#define CAMPAIGN "song-of-the-year"
#define DAY INT64_C(86400000000)

static const char brief[] =
    "{\"at\":0,\"actor\":\"host\",\"do\":\"campaign.create\",\"campaign\":\"" CAMPAIGN "\","
    "\"brief\":{\"brief\":\"cocreate.brief/1\",\"title\":\"Song of the year\","
    "\"mode\":\"collaborating\",\"contributors\":[\"customer\"],"
    "\"phases\":[{\"id\":\"submit\",\"after_us\":0,\"for_us\":86400000000,"
    "\"allows\":[\"submit\"]},"
    "{\"id\":\"vote\",\"after_us\":86400000000,\"for_us\":86400000000,\"allows\":[\"vote\"]}],"
    "\"rounds\":[{\"id\":\"crowd\",\"lead\":\"customer\",\"instrument\":\"approve\","
    "\"phase\":\"vote\",\"electorate\":[\"customer\"],\"method\":\"approval\","
    "\"cut\":{\"top\":3,\"ties\":\"in\"},\"certify\":\"auto\"}]}}";

static const uint8_t secret[32] = "fresh random bytes, in real life";

static void give_up(const char *what, const char *why)
{
    fprintf(stderr, "crash_votes: %s: %s\n", what, why);
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

static void song(uint64_t i, char id[32])
{
    snprintf(id, 32, "song-%llu", (unsigned long long)(i % CONTRIBUTIONS));
}

static cocreate_status vote(cocreate_store *store, uint64_t voter, uint64_t choice,
                            cocreate_error *error)
{
    char id[32], first[32], second[32];
    snprintf(id, sizeof id, "voter-%llu", (unsigned long long)voter);
    song(choice, first);
    song(choice + 1, second);
    const char *options[] = {first, second};
    return cocreate_vote(store, CAMPAIGN, "crowd", DAY + 1, id, options, NULL, 2, error);
}

/* Even numbers register a participant. Odd ones are that one's vote, or the changed vote of one who
 * came long before. */
static cocreate_status command(cocreate_store *store, uint64_t number, cocreate_error *error)
{
    uint64_t voter = number / 2;
    if (number % 2)
        return voter % 7 == 6 && voter > 1000 ? vote(store, voter - 1001, number + 3, error)
                                              : vote(store, voter, number, error);
    char id[32], person[64];
    snprintf(id, sizeof id, "voter-%llu", (unsigned long long)voter);
    snprintf(person, sizeof person, "{\"mail\":\"%s@example.org\"}", id);
    return cocreate_participant_put(store, DAY + 1, "host", id, "customer",
                                    voter % 3 ? NULL : person, error);
}

/* How many commands from this number on are one batch; 1: a command alone. */
static uint64_t unit(uint64_t number)
{
    return number % 20 == 0 ? BATCH : 1;
}

static void prepare(const char *path)
{
    cocreate_error error = {0};
    cocreate_store *store = open_store(path);
    must(cocreate_execute(store, brief, strlen(brief), NULL, &error), "create", &error);
    static const char publish[] = "{\"at\":0,\"actor\":\"host\",\"do\":\"campaign.publish\","
                                  "\"campaign\":\"" CAMPAIGN "\"}";
    must(cocreate_execute(store, publish, strlen(publish), NULL, &error), "publish", &error);
    must(cocreate_participant_put(store, 1, "host", "band", "customer", NULL, &error), "band",
         &error);
    for (uint64_t i = 0; i < CONTRIBUTIONS; i++) {
        char id[32];
        song(i, id);
        must(cocreate_contribution_submit(store, CAMPAIGN, 1, "band", id, NULL, NULL, &error),
             "submit", &error);
    }
    must(cocreate_tick(store, DAY + 1, &error), "tick", &error);
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
    uint64_t acknowledged, survived, lost, doubled, torn;
} tally;

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
    snprintf(folder, sizeof folder, "%s/cocreate-crash-XXXXXX",
             base_folder && *base_folder ? base_folder : "/tmp");
    if (!mkdtemp(folder))
        give_up(folder, "cannot be made");
    snprintf(path, sizeof path, "%s/store.db", folder);

    prepare(path);
    cocreate_store *store = open_store(path);
    uint64_t base = count_events(store), number = 0;
    cocreate_store_close(store);
    tally t = {0};
    for (unsigned long i = 1; i <= kills; i++) {
        uint64_t pause = 2000 + next_random(&random) % 58000;
        uint64_t reported = run_and_kill(path, number, pause, argc > 3);
        number = check(path, base, number, reported, &t);
        if (i % VERIFY_EVERY == 0 || i == kills)
            verify(path);
    }
    printf("%lu kills (seed %llu): %llu commands acknowledged, %llu lost, %llu double, "
           "%llu batches torn; %llu were on disk before they could be acknowledged; "
           "log of %llu events verified\n",
           kills, (unsigned long long)seed, (unsigned long long)t.acknowledged,
           (unsigned long long)t.lost, (unsigned long long)t.doubled, (unsigned long long)t.torn,
           (unsigned long long)t.survived, (unsigned long long)(base + number));
    int good = argc > 3 ? t.lost > 0 : !t.lost && !t.doubled && !t.torn && t.acknowledged > 0;
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
