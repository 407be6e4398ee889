#define _POSIX_C_SOURCE 200809L
#include "crash.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { BATCH = 5, VERIFY_EVERY = 100 };

static const char *told; /* name of the story */
static const crash_story *story;

static const uint8_t secret[32] = "fresh random bytes, in real life";

void crash_give_up(const char *what, const char *why)
{
    fprintf(stderr, "crash_%s: %s: %s\n", told, what, why);
    exit(1);
}

void crash_must(cocreate_status status, const char *what, const cocreate_error *error)
{
    if (status != COCREATE_OK)
        crash_give_up(what, error->text[0] ? error->text : cocreate_status_name(status));
}

void crash_begin(const char *name)
{
    told = name;
}

uint64_t crash_random(uint64_t *state) /* splitmix64 */
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

cocreate_store *crash_open(const char *path)
{
    cocreate_error error = {0};
    cocreate_store_options options;
    cocreate_store *store = NULL;
    cocreate_store_options_init(&options);
    options.secret = secret;
    crash_must(cocreate_store_open(NULL, path, &options, &store, &error), "open", &error);
    return store;
}

static uint64_t count_events(cocreate_store *store)
{
    cocreate_error error = {0};
    cocreate_store_info info = {.size = sizeof info};
    crash_must(cocreate_store_info_get(store, &info, &error), "info", &error);
    return info.events;
}

/* How many commands from this number on are one batch; 1: a command alone. */
static uint64_t unit(uint64_t number)
{
    return number % 20 == 0 ? BATCH : 1;
}

/* ---- the writer, which is killed ---- */

static void acknowledge(int to, uint64_t number)
{
    if (write(to, &number, sizeof number) != sizeof number)
        _exit(2);
}

static void write_for_ever(const char *path, uint64_t number, int to, int lie)
{
    cocreate_store *store = crash_open(path);
    cocreate_error error = {0};
    for (;;) {
        uint64_t size = unit(number);
        if (lie) {
            acknowledge(to, number + size);
            /* Most kills fall here, so that the test does not depend on luck. */
            nanosleep(&(struct timespec){0, 20000000}, NULL);
        }
        if (size > 1)
            crash_must(cocreate_store_begin(store, &error), "begin", &error);
        for (uint64_t i = 0; i < size; i++)
            crash_must(story->command(store, number + i, &error), "command", &error);
        if (size > 1)
            crash_must(cocreate_store_commit(store, &error), "commit", &error);
        number += size;
        acknowledge(to, number);
    }
}

/* Run a writer from a command on and kill it; the number up to which it acknowledged. */
static uint64_t run_and_kill(const char *path, uint64_t from, uint64_t microseconds, int lie)
{
    int ends[2];
    if (pipe(ends) != 0)
        crash_give_up("pipe", "failed");
    pid_t writer = fork();
    if (writer < 0)
        crash_give_up("fork", "failed");
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
        crash_give_up("the writer", "ended by itself");
    return reported;
}

/* ---- the checker ---- */

typedef struct tally {
    uint64_t acknowledged, survived, lost, doubled, torn, wrong;
} tally;

/* What the store holds after a kill; the number of the next command. */
static uint64_t check(const char *path, uint64_t base, uint64_t from, uint64_t acknowledged,
                      tally *t)
{
    cocreate_store *store = crash_open(path);
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
        cocreate_status status = story->command(store, number, &error);
        if (status == COCREATE_OK)
            t->lost++;
        else if (status != COCREATE_EXISTS)
            crash_must(status, "the same command again", &error);
    }
    if (count_events(store) != events)
        t->doubled += count_events(store) - events;
    if (story->look != NULL)
        t->wrong += story->look(store, from, done);
    cocreate_store_close(store);
    return done;
}

static void verify(const char *path)
{
    cocreate_error error = {0};
    cocreate_store *store = crash_open(path);
    crash_must(cocreate_verify(store, NULL, 0, NULL, NULL, &error), "verify", &error);
    cocreate_store_close(store);
}

int crash_run(const crash_story *tale, int argc, char **argv)
{
    crash_begin(tale->name);
    story = tale;
    unsigned long kills = argc > 1 ? strtoul(argv[1], NULL, 10) : 500;
    uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1, random = seed;
    const char *base_folder = getenv("TMPDIR");
    char folder[256], path[300], side[310];
    snprintf(folder, sizeof folder, "%s/cocreate-%s-XXXXXX",
             base_folder && *base_folder ? base_folder : "/tmp", story->name);
    if (!mkdtemp(folder))
        crash_give_up(folder, "cannot be made");
    snprintf(path, sizeof path, "%s/store.db", folder);

    story->prepare(path, kills);
    cocreate_store *store = crash_open(path);
    uint64_t base = count_events(store), number = 0;
    cocreate_store_close(store);
    tally t = {0};
    for (unsigned long i = 1; i <= kills; i++) {
        uint64_t pause = 2000 + crash_random(&random) % (story->longest - 2000);
        uint64_t reported = run_and_kill(path, number, pause, argc > 3);
        number = check(path, base, number, reported, &t);
        if (i % VERIFY_EVERY == 0 || i == kills)
            verify(path);
    }
    printf("%lu kills (seed %llu): %llu commands acknowledged, %llu lost, %llu double, "
           "%llu batches torn, ",
           kills, (unsigned long long)seed, (unsigned long long)t.acknowledged,
           (unsigned long long)t.lost, (unsigned long long)t.doubled, (unsigned long long)t.torn);
    if (story->look != NULL)
        printf("%llu times %s; ", (unsigned long long)t.wrong, story->extra);
    printf("%llu were on disk before they could be acknowledged; log of %llu events verified\n",
           (unsigned long long)t.survived, (unsigned long long)(base + number));
    int whole = !t.lost && !t.doubled && !t.torn && !t.wrong && t.acknowledged > 0;
    int good = argc > 3 ? t.lost > 0 : whole;
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
