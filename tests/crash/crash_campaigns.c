/* A writer of campaigns that is killed again and again: items handed out, leases that run out, periods that
 * are cut, prizes at each cut and at each decision, offers that lapse, ballots that a revision clears; much
 * of it comes by itself, with the next command.
 *
 *     crash_campaigns [kills] [seed] [lie]
 *
 * The same commands run on a store in memory, which is never killed. After 2 to 100 ms the writer is killed
 * by SIGKILL; every seventh of its transactions is a batch of five commands. The file must then hold the
 * log of the other store after as many commands as were acknowledged, or one transaction more: the same
 * number of events and the same root, which leaves no room for a part of one. Now and then, and in the end,
 * the log is replayed against every row, and all invariants are checked.
 *
 * With `lie` the writer acknowledges before it runs a command, and the program must find out what is lost. */
#define _POSIX_C_SOURCE 200809L
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cocreate/boundary.h"

#include "crash.h"

enum { BATCH = 5, VERIFY_EVERY = 40, SHORTEST = 2000, LONGEST = 100000 };

static char folder[200], path[300];
static int lies;

/* ---- the story: two campaigns every two days ---- */

#define AT(at, actor, verb, more) \
    {at, "\"actor\":\"" actor "\",\"do\":\"" verb "\"" more}
#define W ",\"campaign\":\"w#\""
#define L ",\"campaign\":\"l#\""
#define HEAD "\"brief\":\"cocreate.brief/1\",\"title\":\"T\",\"mode\":\"tinkering\",\"control\":\"open\"," \
             "\"contributors\":[\"customer\"],"
#define SCHEME(id, rule)                                                                   \
    "\"scheme\":{\"scheme\":\"cocreate.incentives/1\",\"currency\":\"EUR\",\"lifecycle\":{"  \
    "\"accept_days\":1,\"on_decline\":\"promote\"},\"funds\":[{\"id\":\"f\",\"budget\":"     \
    "\"9.00\"}],\"rules\":[{\"id\":\"" id "\",\"fund\":\"f\"," rule "}]}"
#define EACH "\"kind\":\"threshold_award\",\"metric\":\"selected\",\"each\":\"2.00\",\"max_awards\":2"
#define PRIZES "\"kind\":\"ranked_prizes\",\"prizes\":[\"3.00\",\"1.00\"]"
#define SUBMIT(at, actor, id) \
    AT(at, actor, "contribution.submit", W ",\"contribution\":\"" id "\",\"title\":\"A\"")

typedef struct line {
    int64_t at; /* after the block begins */
    const char *text;
} line;

static const line lines[] = {
    AT(0, "boss", "campaign.create", W
       ",\"brief\":{" HEAD "\"phases\":[{\"id\":\"p\",\"after_us\":0,\"for_us\":25,\"allows\":[\"submit\","
       "\"revise\",\"vote\"]},{\"id\":\"q\",\"after_us\":0,\"for_us\":90,\"allows\":[\"decide\"]}],"
       "\"rounds\":[{\"id\":\"u\",\"lead\":\"customer\",\"instrument\":\"up\",\"phase\":\"p\","
       "\"rolling\":true,\"every_us\":10,\"cut\":{\"top\":1},\"certify\":\"auto\",\"extras\":[\"buy\"],"
       "\"revisions\":\"clear\"},"
       "{\"id\":\"d\",\"lead\":\"firm\",\"phase\":\"q\",\"candidates\":{\"round\":\"u\"},"
       "\"rolling\":true,\"select\":[0,3],\"certify\":\"auto\"}],"
       "\"rewards\":[{\"id\":\"c\",\"on\":\"cut\",\"round\":\"u\"," SCHEME("c", EACH) "},"
       "{\"id\":\"d\",\"on\":\"decision\",\"round\":\"d\"," SCHEME("d", EACH) "},"
       "{\"id\":\"e\",\"round\":\"d\",\"expires\":\"event\"," SCHEME("e", PRIZES) "}]}"),
    AT(0, "boss", "campaign.publish", W),
    AT(0, "boss", "campaign.create", L
       ",\"brief\":{" HEAD "\"phases\":[{\"id\":\"p\",\"after_us\":0,\"for_us\":40,\"allows\":[\"submit\","
       "\"vote\"]}],\"rounds\":[{\"id\":\"g\",\"lead\":\"customer\",\"instrument\":\"label\","
       "\"labels\":[\"y\",\"n\"],\"accept\":[\"y\"],\"phase\":\"p\",\"rolling\":true,\"certify\":\"auto\","
       "\"cut\":\"all\",\"lease\":{\"for_us\":4,\"per_item\":2,\"extra\":\"count\"},"
       "\"retire\":[{\"agree\":2},{\"total\":3}]}]}"),
    AT(0, "boss", "campaign.publish", L),
    SUBMIT(1, "ann", "i"),
    SUBMIT(1, "bob", "j"),
    AT(1, "cat", "contribution.submit", L ",\"contribution\":\"m\""),
    AT(2, "ann", "task.take", L ",\"round\":\"g\""),
    AT(2, "bob", "task.take", L ",\"round\":\"g\""),
    AT(3, "cat", "ballot.cast", W ",\"round\":\"u\",\"ballot\":{\"i\":1},\"extras\":{\"buy\":[\"i\"]}"),
    AT(3, "bob", "ballot.cast", L ",\"round\":\"g\",\"ballot\":{\"m\":\"y\"}"),
    AT(4, "ann", "contribution.revise", W ",\"contribution\":\"i\",\"title\":\"B\""), /* clears a ballot */
    AT(5, "cat", "ballot.cast", W ",\"round\":\"u\",\"ballot\":{\"i\":1}"),
    AT(9, "ann", "task.take", L ",\"round\":\"g\""), /* again: the lease has run out */
    AT(10, "ann", "ballot.cast", L ",\"round\":\"g\",\"ballot\":{\"m\":\"y\"}"),
    AT(12, "ann", "ballot.cast", W ",\"round\":\"u\",\"ballot\":{\"j\":1}"),
    AT(13, "boss", "decision.make", W ",\"round\":\"d\",\"contribution\":\"i\",\"verdict\":\"select\""),
    AT(21, "host", "tick", ""),
    AT(22, "boss", "decision.make", W ",\"round\":\"d\",\"contribution\":\"j\",\"verdict\":\"select\""),
    AT(45, "host", "tick", ""),
    AT(100, "host", "tick", ""), /* certified; what it offers lapses with the next block */
};

enum { LINES = sizeof lines / sizeof *lines };

/* The block stands where the text has '#'. */
static void command_of(uint64_t number, char *out, size_t size)
{
    const line *l = &lines[number % LINES];
    uint64_t block = number / LINES;
    int n = snprintf(out, size, "{\"at\":%lld,", (long long)(block * 172800000000 + (uint64_t)l->at));
    for (const char *c = l->text; *c; c++)
        if (*c == '#')
            n += snprintf(out + n, size - (size_t)n, "%llu", (unsigned long long)block);
        else
            out[n++] = *c;
    snprintf(out + n, size - (size_t)n, "}");
}

static void run(cocreate_store *store, uint64_t number)
{
    char text[4096];
    cocreate_error error = {0};
    command_of(number, text, sizeof text);
    if (cocreate_execute(store, text, strlen(text), NULL, &error) != COCREATE_OK)
        crash_give_up(text, error.text[0] ? error.text : "was there already");
}

static void begin(cocreate_store *store)
{
    static const char *const people[] = {"boss", "ann", "bob", "cat"};
    for (size_t i = 0; i < 4; i++) {
        char text[200];
        cocreate_error error = {0};
        snprintf(text, sizeof text,
                 "{\"at\":0,\"actor\":\"host\",\"do\":\"participant.put\",\"participant\":\"%s\","
                 "\"side\":\"%s\"}",
                 people[i], i == 0 ? "firm" : "customer");
        crash_must(cocreate_execute(store, text, strlen(text), NULL, &error), text, &error);
    }
}

/* ---- the writer ---- */

static uint64_t unit(uint64_t number)
{
    return number % 7 == 0 ? BATCH : 1;
}

static void acknowledge(int to, uint64_t number)
{
    if (write(to, &number, sizeof number) != sizeof number)
        _exit(2);
}

static void write_for_ever(uint64_t number, int to)
{
    cocreate_store *store = crash_open(path);
    cocreate_error error = {0};
    for (;;) {
        uint64_t size = unit(number);
        if (lies) {
            acknowledge(to, number + size);
            nanosleep(&(struct timespec){0, 20000000}, NULL); /* most kills fall here */
        }
        if (size > 1)
            crash_must(cocreate_store_begin(store, &error), "begin", &error);
        for (uint64_t i = 0; i < size; i++)
            run(store, number + i);
        if (size > 1)
            crash_must(cocreate_store_commit(store, &error), "commit", &error);
        number += size;
        if (!lies)
            acknowledge(to, number);
    }
}

static uint64_t run_and_kill(uint64_t from, uint64_t microseconds)
{
    int ends[2], status;
    uint64_t reported = from, number;
    if (pipe(ends) != 0)
        crash_give_up("pipe", "failed");
    pid_t writer = fork();
    if (writer < 0)
        crash_give_up("fork", "failed");
    if (writer == 0) {
        close(ends[0]);
        write_for_ever(from, ends[1]);
    }
    close(ends[1]);
    nanosleep(&(struct timespec){0, (long)microseconds * 1000}, NULL);
    kill(writer, SIGKILL);
    while (read(ends[0], &number, sizeof number) == sizeof number)
        reported = number;
    close(ends[0]);
    if (waitpid(writer, &status, 0) != writer || !WIFSIGNALED(status) || WTERMSIG(status) != SIGKILL)
        crash_give_up("the writer", "ended by itself");
    return reported;
}

/* ---- the store that is not killed ---- */

typedef struct seen {
    uint8_t root[32];
    uint64_t events;
} seen;

static seen look(cocreate_store *store)
{
    seen s = {{0}, 0};
    cocreate_error error = {0};
    crash_must(cocreate_root(store, s.root, &s.events, &error), "root", &error);
    return s;
}

static int same(const seen *a, const seen *b)
{
    return a->events == b->events && memcmp(a->root, b->root, sizeof a->root) == 0;
}

static void verify(cocreate_store *store)
{
    cocreate_error error = {0};
    crash_must(cocreate_verify(store, NULL, 0, NULL, NULL, &error), "verify", &error);
    crash_must(cocreate_check(store, NULL, NULL, &error), "check", &error);
}

typedef struct tally {
    uint64_t acknowledged, survived, lost, wrong, batches;
} tally;

/* Brings `twin`, which is at command `from`, to where the file is, and returns that. */
static uint64_t check(cocreate_store *twin, uint64_t from, uint64_t acknowledged, int whole, tally *t)
{
    cocreate_store *store = crash_open(path);
    seen found = look(store), now = look(twin);
    uint64_t number = from;
    while (!same(&found, &now) && number < acknowledged + unit(acknowledged)) {
        uint64_t size = unit(number);
        t->batches += size > 1;
        for (uint64_t end = number + size; number < end; number++)
            run(twin, number);
        now = look(twin);
    }
    t->acknowledged += acknowledged - from;
    t->lost += number < acknowledged ? acknowledged - number : 0;
    t->survived += number > acknowledged;
    t->wrong += !same(&found, &now);
    if (t->wrong)
        crash_give_up("the log", "is not that of the commands");
    if (whole)
        verify(store);
    cocreate_store_close(store);
    return number;
}

/* What is due by itself is in the log once two blocks were told. */
static void look_at_story(cocreate_store *twin)
{
    static const char *const types[] = {"task.expired",   "item.retired", "round.cut",
                                        "awards.expired", "awards.made",  "ballots.cleared"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        cocreate_error error = {0};
        cocreate_text *text = NULL;
        crash_must(cocreate_events_since(twin, 1, 1, NULL, types[i], NULL, &text, &error), types[i], &error);
        if (cocreate_text_size(text) == 0)
            crash_give_up(types[i], "never happened");
        cocreate_text_free(text);
    }
}

static void prepare(void)
{
    const char *base = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/cocreate-campaigns-XXXXXX", base && *base ? base : "/tmp");
    if (!mkdtemp(folder))
        crash_give_up(folder, "cannot be made");
    snprintf(path, sizeof path, "%s/store.db", folder);
    cocreate_store *store = crash_open(path);
    begin(store);
    cocreate_store_close(store);
}

static int clean_up(void)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < 3; i++) {
        char name[340];
        snprintf(name, sizeof name, "%s%s", path, endings[i]);
        unlink(name);
    }
    return rmdir(folder) != 0;
}

int main(int argc, char **argv)
{
    unsigned long kills = argc > 1 ? strtoul(argv[1], NULL, 10) : 200;
    uint64_t random = argc > 2 ? strtoull(argv[2], NULL, 10) : 1, number = 0;
    tally t = {0};
    lies = argc > 3;
    crash_begin("campaigns");
    prepare();
    cocreate_store *twin = crash_open(":memory:");
    begin(twin);
    for (unsigned long i = 1; i <= kills; i++) {
        uint64_t pause = SHORTEST + crash_random(&random) % (LONGEST - SHORTEST);
        uint64_t reported = run_and_kill(number, pause);
        number = check(twin, number, reported, i % VERIFY_EVERY == 0 || i == kills, &t);
    }
    printf("%lu kills: %llu commands acknowledged, %llu lost, %llu transactions were on disk before they "
           "could be acknowledged; %llu batches; %llu events verified and checked\n",
           kills, (unsigned long long)t.acknowledged, (unsigned long long)t.lost,
           (unsigned long long)t.survived, (unsigned long long)t.batches,
           (unsigned long long)look(twin).events);
    if (number >= 2 * LINES)
        look_at_story(twin);
    cocreate_store_close(twin);
    if (lies ? t.lost == 0 : t.lost > 0 || t.acknowledged == 0)
        return 1;
    return clean_up();
}
