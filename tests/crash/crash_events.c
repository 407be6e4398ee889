/* A consumer of the outbox that is killed while it works, again and again, beside a writer that is killed.
 *
 *     crash_events [kills] [seed] [lie]
 *
 * The consumer reads events from a cursor on, acts on each (here: notes its number and digest in a file),
 * and then keeps the cursor that cocreate_events_since() returned, by renaming a file. There are two of
 * them, one for every event and one for those of participants alone. After 1 to 30 ms one is killed by
 * SIGKILL. At the end
 * - every event was acted on at least once, for the first time in the order of the log;
 * - what was acted on is what the log says: nothing was seen before it was committed;
 * - no cursor ever went back, nor beyond the end of the log.
 *
 * With `lie` the consumer keeps the cursor before it acts, and the program must find out what is lost. */
#define _POSIX_C_SOURCE 200809L
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cocreate/boundary.h"

#include "crash.h"

enum { CONSUMERS = 2, AT_ONCE = 7, WRITER_LIVES = 8, BATCH = 5, SHORTEST = 1000, LONGEST = 30000 };

typedef struct consumer {
    const char *name, *type;
    char cursor[300], next[300], acts[300];
    uint64_t last; /* cursor after the last kill */
} consumer;

typedef struct act {
    uint64_t seq, digest;
} act;

static char folder[200], path[300];
static consumer consumers[CONSUMERS] = {{.name = "all"}, {.name = "people", .type = "participant."}};
static int lies;

/* ---- events ---- */

static uint64_t digest_of(const char *line, size_t size) /* FNV-1a */
{
    uint64_t digest = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < size; i++)
        digest = (digest ^ (uint8_t)line[i]) * UINT64_C(0x100000001b3);
    return digest;
}

/* "seq" is the last member but "type", which holds no such text. */
static act act_of(const char *line, size_t size)
{
    static const char member[] = "\"seq\":";
    const char *at = line + size;
    while (at > line && strncmp(at, member, sizeof member - 1) != 0)
        at--;
    return (act){strtoull(at + sizeof member - 1, NULL, 10), digest_of(line, size)};
}

typedef void (*visitor)(void *user, act a);

static void each_event(cocreate_text *text, visitor visit, void *user)
{
    const char *line = cocreate_text_data(text);
    for (const char *end; (end = strchr(line, '\n')) != NULL; line = end + 1)
        visit(user, act_of(line, (size_t)(end - line)));
}

/* ---- the writer ---- */

/* Participants, and every third event what is none of theirs. */
static void write_command(cocreate_store *store, uint64_t number)
{
    char text[256];
    cocreate_error error = {0};
    if (number % 3 < 2)
        snprintf(text, sizeof text,
                 "{\"at\":1,\"actor\":\"host\",\"do\":\"participant.put\",\"participant\":\"p%llu\","
                 "\"side\":\"customer\"}",
                 (unsigned long long)number);
    else
        snprintf(text, sizeof text,
                 "{\"at\":1,\"actor\":\"host\",\"do\":\"role.grant\",\"participant\":\"p%llu\","
                 "\"role\":\"voter\"}",
                 (unsigned long long)number - 1);
    if (cocreate_execute(store, text, strlen(text), NULL, &error) < 0)
        crash_give_up(text, error.text);
}

static void write_for_ever(void)
{
    cocreate_error error = {0};
    cocreate_store_info info = {.size = sizeof info};
    cocreate_store *store = crash_open(path);
    crash_must(cocreate_store_info_get(store, &info, &error), "info", &error);
    for (uint64_t number = info.events;; number += BATCH) {
        crash_must(cocreate_store_begin(store, &error), "begin", &error);
        for (uint64_t i = 0; i < BATCH; i++)
            write_command(store, number + i);
        crash_must(cocreate_store_commit(store, &error), "commit", &error);
    }
}

/* ---- the consumer ---- */

static cocreate_store *open_to_read(void)
{
    cocreate_error error = {0};
    cocreate_store_options options;
    cocreate_store *store = NULL;
    cocreate_store_options_init(&options);
    options.read_only = 1;
    crash_must(cocreate_store_open(NULL, path, &options, &store, &error), "open to read", &error);
    return store;
}

static uint64_t read_cursor(const consumer *c)
{
    uint64_t cursor = 1;
    int file = open(c->cursor, O_RDONLY);
    if (file < 0)
        return 1;
    if (read(file, &cursor, sizeof cursor) != sizeof cursor)
        crash_give_up(c->cursor, "is no cursor");
    close(file);
    return cursor;
}

static void keep_cursor(const consumer *c, uint64_t cursor)
{
    int file = open(c->next, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0 || write(file, &cursor, sizeof cursor) != sizeof cursor || close(file) != 0 ||
        rename(c->next, c->cursor) != 0)
        crash_give_up(c->next, "cannot be written");
}

static void note(void *user, act a)
{
    const int *file = user;
    if (write(*file, &a, sizeof a) != sizeof a)
        crash_give_up("acts", "cannot be written");
}

/* One step; 0 when there is nothing more. */
static int consume(cocreate_store *store, const consumer *c, int file)
{
    cocreate_error error = {0};
    cocreate_text *text = NULL;
    uint64_t cursor = read_cursor(c), next = 0;
    crash_must(cocreate_events_since(store, cursor, AT_ONCE, NULL, c->type, &next, &text, &error), "events",
               &error);
    if (next < cursor)
        crash_give_up("the cursor", "went back");
    if (lies)
        keep_cursor(c, next);
    else
        each_event(text, note, &file);
    nanosleep(&(struct timespec){0, 2000000}, NULL); /* most kills fall here */
    if (lies)
        each_event(text, note, &file);
    else
        keep_cursor(c, next);
    cocreate_text_free(text);
    return next > cursor;
}

static void consume_all(const consumer *c, int for_ever)
{
    cocreate_store *store = open_to_read();
    int file = open(c->acts, O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (file < 0)
        crash_give_up(c->acts, "cannot be written");
    while (consume(store, c, file) || for_ever)
        ;
    close(file);
    cocreate_store_close(store);
}

/* ---- killing ---- */

static pid_t start(const consumer *c)
{
    pid_t child = fork();
    if (child < 0)
        crash_give_up("fork", "failed");
    if (child > 0)
        return child;
    if (c)
        consume_all(c, 1);
    else
        write_for_ever();
    _exit(0);
}

static void end(pid_t child, const char *what)
{
    int status;
    kill(child, SIGKILL);
    if (waitpid(child, &status, 0) != child || !WIFSIGNALED(status) || WTERMSIG(status) != SIGKILL)
        crash_give_up(what, "ended by itself");
}

static void run_and_kill(consumer *c, uint64_t microseconds)
{
    pid_t child = start(c);
    nanosleep(&(struct timespec){0, (long)microseconds * 1000}, NULL);
    end(child, c->name);
    uint64_t cursor = read_cursor(c);
    if (cursor < c->last)
        crash_give_up(c->name, "its cursor went back");
    c->last = cursor;
}

/* ---- the checker ---- */

typedef struct tally {
    const act *acts;
    size_t n_acts;
    uint64_t *digests, *times; /* of each event, by its number */
    uint64_t events, wanted, lost, repeated, wrong;
} tally;

static void expect(void *user, act a)
{
    tally *t = user;
    t->digests[a.seq] = a.digest;
    t->wanted++;
}

static void look_at_acts(tally *t)
{
    uint64_t furthest = 0;
    for (size_t i = 0; i < t->n_acts; i++) {
        act a = t->acts[i];
        if (a.seq == 0 || a.seq > t->events || t->digests[a.seq] != a.digest) {
            t->wrong++; /* not in the log, or not so, or not asked for */
            continue;
        }
        t->repeated += t->times[a.seq] > 0;
        t->wrong += t->times[a.seq]++ == 0 && a.seq < furthest;
        furthest = a.seq > furthest ? a.seq : furthest;
    }
    for (uint64_t i = 1; i <= t->events; i++)
        t->lost += t->digests[i] != 0 && t->times[i] == 0;
}

static act *read_acts(const consumer *c, size_t *n)
{
    size_t room = 1024;
    act *acts = malloc(room * sizeof *acts);
    FILE *file = fopen(c->acts, "rb");
    *n = 0;
    while (acts && file && fread(&acts[*n], sizeof *acts, 1, file) == 1)
        if (++*n == room)
            acts = realloc(acts, (room *= 2) * sizeof *acts);
    if (!acts || !file)
        crash_give_up(c->acts, "cannot be read");
    fclose(file);
    return acts;
}

/* Catch up, and hold what was acted on against the log. */
static int is_good(const consumer *c, unsigned long kills)
{
    cocreate_error error = {0};
    cocreate_text *text = NULL;
    cocreate_store_info info = {.size = sizeof info};
    tally t = {0};
    consume_all(c, 0);
    cocreate_store *store = open_to_read();
    crash_must(cocreate_store_info_get(store, &info, &error), "info", &error);
    crash_must(cocreate_events_since(store, 1, 0, NULL, c->type, NULL, &text, &error), "events", &error);
    t.events = info.events;
    t.digests = calloc(t.events + 1, sizeof *t.digests);
    t.times = calloc(t.events + 1, sizeof *t.times);
    act *acts = read_acts(c, &t.n_acts);
    if (!t.digests || !t.times)
        crash_give_up("memory", "is short");
    t.acts = acts;
    each_event(text, expect, &t);
    look_at_acts(&t);
    printf("%s, of %lu kills: %llu of %llu events wanted, %llu lost, %llu acted on again, %llu wrong\n",
           c->name, kills, (unsigned long long)t.wanted, (unsigned long long)t.events,
           (unsigned long long)t.lost, (unsigned long long)t.repeated, (unsigned long long)t.wrong);
    int ended = read_cursor(c) == t.events + 1;
    free(acts);
    free(t.digests);
    free(t.times);
    cocreate_text_free(text);
    cocreate_store_close(store);
    return t.wrong == 0 && ended && t.wanted > kills && (lies ? t.lost > 0 : t.lost == 0 && t.repeated > 0);
}

static void prepare(void)
{
    const char *base = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/cocreate-events-XXXXXX", base && *base ? base : "/tmp");
    if (!mkdtemp(folder))
        crash_give_up(folder, "cannot be made");
    snprintf(path, sizeof path, "%s/store.db", folder);
    for (size_t i = 0; i < CONSUMERS; i++) {
        consumer *c = &consumers[i];
        snprintf(c->cursor, sizeof c->cursor, "%s/%s.cursor", folder, c->name);
        snprintf(c->next, sizeof c->next, "%s/%s.next", folder, c->name);
        snprintf(c->acts, sizeof c->acts, "%s/%s.acts", folder, c->name);
    }
    cocreate_store_close(crash_open(path));
}

static int clean_up(void)
{
    char name[340];
    static const char *const endings[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < 3; i++) {
        snprintf(name, sizeof name, "%s%s", path, endings[i]);
        unlink(name);
    }
    for (size_t i = 0; i < CONSUMERS; i++) {
        unlink(consumers[i].cursor);
        unlink(consumers[i].next);
        unlink(consumers[i].acts);
    }
    return rmdir(folder) != 0;
}

int main(int argc, char **argv)
{
    unsigned long kills = argc > 1 ? strtoul(argv[1], NULL, 10) : 300;
    uint64_t random = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    lies = argc > 3;
    crash_begin("events");
    prepare();
    pid_t writer = start(NULL);
    for (unsigned long i = 1; i <= kills; i++) {
        run_and_kill(&consumers[i % CONSUMERS], SHORTEST + crash_random(&random) % (LONGEST - SHORTEST));
        if (i % WRITER_LIVES == 0 || i == kills) {
            end(writer, "the writer");
            writer = i == kills ? 0 : start(NULL);
        }
    }
    int good = 1;
    for (size_t i = 0; i < CONSUMERS; i++)
        good = is_good(&consumers[i], kills) && good;
    if (!good) {
        fprintf(stderr, "the store and what was done are kept: %s\n", folder);
        return 1;
    }
    return clean_up();
}
