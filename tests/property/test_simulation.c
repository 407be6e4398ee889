/* Random people use random campaigns, and after every step what must hold is looked at.
 *
 *     property_simulation [FIRST_SEED [SEEDS [STEPS]]]
 *
 * Everything follows from the seed: a failure names it, and running that seed alone shows it again, each
 * step told. Many seeds must do every command of the catalogue at least once. */
#include "simulation.h"

_Noreturn void simulation_stop(const simulation *s, const char *file, int line, const char *what)
{
    char *command = s->command ? json_dumps(s->command, JSON_SORT_KEYS) : NULL;
    fprintf(stderr, "%s:%d: does not hold: %s\n  step %d, at %" PRId64 ", after %s\n", file, line,
            what, s->step, s->at, command ? command : "nothing");
    fprintf(stderr, "  to see it again: property_simulation %" PRIu64 " 1 %d\n", s->seed, s->steps);
    free(command);
    exit(1);
}

/* Marsaglia's xorshift64 with the multiplier of Vigna (2016). */
uint64_t simulation_next(simulation *s)
{
    s->random ^= s->random >> 12;
    s->random ^= s->random << 25;
    s->random ^= s->random >> 27;
    return s->random * UINT64_C(2685821657736338717);
}

int simulation_below(simulation *s, int n)
{
    return (int)((simulation_next(s) >> 33) % (uint64_t)n);
}

int simulation_once_in(simulation *s, int n)
{
    return simulation_below(s, n) == 0;
}

typedef struct mark {
    uint8_t root[32];
    uint64_t events;
} mark;

static mark mark_of(const simulation *s, cocreate_store *store)
{
    mark m;
    holds(s, cocreate_root(store, m.root, &m.events, NULL) == COCREATE_OK);
    return m;
}

static int same(const mark *a, const mark *b)
{
    return a->events == b->events && memcmp(a->root, b->root, sizeof a->root) == 0;
}

/* ---- two doors ---- */

static cocreate_status execute_text(cocreate_store *store, const json_t *command,
                                    cocreate_error *error)
{
    char *text = json_dumps(command, 0);
    cocreate_status status = cocreate_execute(store, text, strlen(text), NULL, error);
    free(text);
    return status;
}

static const char *optional(const json_t *command, const char *key)
{
    return json_string_value(json_object_get(command, key));
}

static cocreate_status vote_typed(cocreate_store *store, const json_t *command,
                                  cocreate_error *error)
{
    const char *options[8], *key;
    int64_t values[8];
    size_t n = 0;
    json_t *value;
    json_object_foreach(json_object_get(command, "ballot"), key, value)
    {
        options[n] = key;
        values[n++] = json_integer_value(value);
    }
    return cocreate_vote(store, text_of(command, "campaign"), text_of(command, "round"),
                         integer_of(command, "at"), text_of(command, "actor"), options, values, n,
                         error);
}

static cocreate_status submit_typed(cocreate_store *store, const json_t *command,
                                    cocreate_error *error)
{
    char *fields = json_dumps(json_object_get(command, "fields"), 0);
    cocreate_status status = cocreate_contribution_submit(
        store, text_of(command, "campaign"), integer_of(command, "at"), text_of(command, "actor"),
        text_of(command, "contribution"), fields, optional(command, "terms"), error);
    free(fields);
    return status;
}

static cocreate_status put_typed(cocreate_store *store, const json_t *command, cocreate_error *error)
{
    const json_t *person = json_object_get(command, "person");
    char *text = person ? json_dumps(person, 0) : NULL;
    cocreate_status status = cocreate_participant_put(
        store, integer_of(command, "at"), text_of(command, "actor"), text_of(command, "participant"),
        text_of(command, "side"), text, error);
    free(text);
    return status;
}

/* By the typed function, where it can say as much as the text. */
static cocreate_status execute_typed(cocreate_store *store, const json_t *command,
                                     cocreate_error *error)
{
    const char *name = text_of(command, "do"), *actor = text_of(command, "actor");
    int64_t at = integer_of(command, "at");
    if (strcmp(name, "tick") == 0 && strcmp(actor, "host") == 0)
        return cocreate_tick(store, at, error);
    if (strcmp(name, "participant.put") == 0 && !json_object_get(command, "attributes") &&
        !json_object_get(command, "invited_by"))
        return put_typed(store, command, error);
    if (strcmp(name, "ballot.cast") == 0 && !json_object_get(command, "voter") &&
        !json_object_get(command, "channel") && !json_object_get(command, "extras")) {
        cocreate_status status = vote_typed(store, command, error);
        return strstr(error->text, "answers its questions") ? execute_text(store, command, error)
                                                            : status;
    }
    if (strcmp(name, "contribution.submit") == 0 && !json_object_get(command, "title") &&
        !json_object_get(command, "authors") && !json_object_get(command, "cost") &&
        !json_object_get(command, "kind"))
        return submit_typed(store, command, error);
    if (strcmp(name, "run.record") == 0 && !json_object_get(command, "submitted_at") &&
        !json_object_get(command, "private"))
        return cocreate_run_record(store, text_of(command, "campaign"), text_of(command, "round"),
                                   at, actor, text_of(command, "run"),
                                   text_of(command, "contribution"), optional(command, "value"),
                                   optional(command, "reason"), error);
    return execute_text(store, command, error);
}

/* ---- a step ---- */

static void check_refusal(const simulation *s, cocreate_status status, const cocreate_error *error)
{
    size_t length = strlen(error->text);
    static const cocreate_status never[] = {COCREATE_ERR_MEMORY, COCREATE_ERR_INTERNAL,
                                            COCREATE_ERR_CORRUPT, COCREATE_ERR_IO,
                                            COCREATE_ERR_BUSY, COCREATE_ERR_VERIFY};
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        holds(s, status != never[i]);
    holds(s, error->status == status && length > 0 && error->text[length - 1] != '.');
    holds(s, strchr(error->text, '\n') == NULL);
}

/* What asks writes nothing of its own, however often; what is due by then happens. */
static int asks(const simulation *s)
{
    return strcmp(text_of(s->command, "do"), "pair.next") == 0;
}

/* Execute s->command and see what every outcome promises. */
static cocreate_status execute(simulation *s)
{
    cocreate_error error = {0};
    mark before = mark_of(s, s->store);
    cocreate_status status = simulation_once_in(s, 2)
                                 ? execute_text(s->store, s->command, &error)
                                 : execute_typed(s->store, s->command, &error);
    mark after = mark_of(s, s->store);
    s->events = after.events;
    simulation_count_command(s, text_of(s->command, "do"), status);
    if (s->tells) {
        char *text = json_dumps(s->command, JSON_SORT_KEYS);
        fprintf(stderr, "%d %s %s %s\n", s->step, text, cocreate_status_name(status), error.text);
        free(text);
    }
    if (status < 0) {
        check_refusal(s, status, &error);
        holds(s, same(&before, &after));
        return status;
    }
    if (!asks(s)) {
        holds(s, status == COCREATE_EXISTS || after.events > before.events);
        json_array_append(s->done, s->command);
    }
    if (after.events > before.events)
        s->last_at = s->at;
    return status;
}

/* What was done is there: the same again at once, or any time later where an id names it. */
static void retry(simulation *s)
{
    mark before = mark_of(s, s->store);
    holds(s, execute(s) == (asks(s) ? COCREATE_OK : COCREATE_EXISTS));
    mark after = mark_of(s, s->store);
    holds(s, same(&before, &after));
}

static void retry_old(simulation *s)
{
    static const char *const names[] = {"participant.put", "campaign.create", "award.pay",
                                        "contribution.submit", "run.record"};
    int n = (int)json_array_size(s->done);
    json_t *old = json_array_get(s->done, (size_t)simulation_below(s, n));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(text_of(old, "do"), names[i]) != 0 || json_object_get(old, "attributes"))
            continue; /* attributes may have been put again since */
        json_decref(s->command);
        s->command = json_deep_copy(old);
        if (simulation_once_in(s, 2)) /* or with the time of the first try */
            json_object_set_new(s->command, "at", json_integer(s->at));
        cocreate_status status = execute(s); /* who was suspended or erased since says nothing */
        holds(s, status == COCREATE_EXISTS || status == COCREATE_ERR_PERMISSION ||
                     (i == 0 && (status == COCREATE_ERR_REFUSED || status == COCREATE_ERR_TIME)) ||
                     /* and a brief that was amended is another one */
                     (i == 1 && (status == COCREATE_ERR_CONFLICT || status == COCREATE_ERR_TIME)));
        return;
    }
}

/* With the same secret: salts, and so the log, follow from it. */
static cocreate_store *open_at(const simulation *s, const char *path)
{
    static const uint8_t secret[32] = {7};
    cocreate_store_options options;
    cocreate_store *store = NULL;
    cocreate_store_options_init(&options);
    options.secret = secret;
    holds(s, cocreate_store_open(NULL, path, &options, &store, NULL) == COCREATE_OK);
    return store;
}

static void reopen(simulation *s)
{
    cocreate_store_close(s->store);
    s->store = open_at(s, s->file);
}

/* Begin, commit or roll back. */
static void change_batch(simulation *s)
{
    if (!s->in_batch) {
        holds(s, cocreate_store_begin(s->store, NULL) == COCREATE_OK);
        s->kept = json_array_size(s->done);
        s->in_batch = 1;
        return;
    }
    s->in_batch = 0;
    if (!simulation_once_in(s, 3)) {
        mark before = mark_of(s, s->store);
        holds(s, cocreate_store_commit(s->store, NULL) == COCREATE_OK);
        mark after = mark_of(s, s->store);
        holds(s, same(&before, &after));
        return;
    }
    if (s->file) /* the process is gone, and what was not committed with it */
        reopen(s);
    else
        holds(s, cocreate_store_rollback(s->store, NULL) == COCREATE_OK);
    simulation_forget(s);
    while (json_array_size(s->done) > s->kept)
        json_array_remove(s->done, json_array_size(s->done) - 1);
    cocreate_store_info info = {.size = sizeof info};
    holds(s, cocreate_store_info_get(s->store, &info, NULL) == COCREATE_OK);
    s->last_at = info.events ? info.last_at : 0;
    s->events = info.events;
}

static void move_time(simulation *s)
{
    s->at = s->last_at > s->at || simulation_once_in(s, 40) ? s->last_at : s->at;
    int slow = s->steps >= 150; /* many steps fill the same time */
    if (!slow || simulation_once_in(s, 3))
        s->at += simulation_below(s, s->step < 15 ? 1 : 6);
    if (simulation_once_in(s, slow ? 250 : 80))
        s->at += 40;
}

static void step(simulation *s)
{
    json_array_clear(s->past);
    if (simulation_once_in(s, 10) && s->step > 15)
        change_batch(s);
    move_time(s);
    int64_t now = s->at;
    if (simulation_once_in(s, 50) && s->step > 15) /* not while people come in with what is personal */
        s->at -= 1 + simulation_below(s, 20);
    json_t *next = simulation_command(s);
    json_decref(s->command);
    s->command = next;
    cocreate_status status = execute(s);
    if (s->at < now)
        s->at = now;
    else if (status >= 0 && simulation_once_in(s, 4))
        retry(s);
    if (simulation_once_in(s, 6) && json_array_size(s->done) > 0)
        retry_old(s);
    if (status == COCREATE_OK)
        simulation_check_state(s);
    if (s->step % 100 == 99 && s->step + 1 < s->steps)
        simulation_check_log(s);
}

/* ---- a run ---- */

/* The commands that were done, in other batches, through one door, with ticks between them: the same
 * log. */
static void rebuild(simulation *s)
{
    cocreate_store *store = open_at(s, ":memory:");
    int in_batch = 0;
    int64_t last = 0;
    for (size_t i = 0; i < json_array_size(s->done); i++) {
        const json_t *command = json_array_get(s->done, i);
        if (simulation_once_in(s, 5)) {
            holds(s, (in_batch ? cocreate_store_commit : cocreate_store_begin)(store, NULL) ==
                         COCREATE_OK);
            in_batch = !in_batch;
        }
        int64_t at = integer_of(command, "at"), between = at - last;
        if (between >= 0 && simulation_once_in(s, 2)) /* what only existed may be before */
            holds(s, cocreate_tick(store, last + simulation_below(s, (int)between + 1), NULL) >= 0);
        last = at;
        cocreate_error error = {0};
        if (execute_text(store, command, &error) < 0) {
            char *text = json_dumps(command, JSON_SORT_KEYS);
            fprintf(stderr, "the same log again: %s: %s\n", text, error.text);
            free(text);
            holds(s, 0);
        }
    }
    if (in_batch)
        holds(s, cocreate_store_commit(store, NULL) == COCREATE_OK);
    mark first = mark_of(s, s->store), second = mark_of(s, store);
    holds(s, same(&first, &second));
    cocreate_store_close(store);
}

static json_t *erased(const simulation *s)
{
    json_t *gone = json_array(), *command;
    size_t i;
    json_array_foreach(s->done, i, command)
        if (strcmp(text_of(command, "do"), "participant.erase") == 0)
            json_array_append(gone, json_object_get(command, "participant"));
    return gone;
}

static void run(uint64_t seed, int steps, int tells, simulation_counts *counts)
{
    char file[64];
    simulation s = {.seed = seed,
                    .steps = steps,
                    .tells = tells,
                    .random = (seed + 1) * UINT64_C(0x9e3779b97f4a7c15) | 1,
                    .counts = counts,
                    .past = json_array(),
                    .done = json_array()};
    if (seed % 100 == 7) { /* SQLite writes a file: some of the seeds suffice */
        snprintf(file, sizeof file, "simulation-%" PRIu64 ".store", seed);
        s.file = file;
        remove(file);
    }
    s.store = open_at(&s, s.file ? s.file : ":memory:");
    for (; s.step < steps; s.step++)
        step(&s);
    if (s.in_batch)
        change_batch(&s);
    s.at += 500;
    holds(&s, cocreate_tick(s.store, s.at, NULL) >= 0);
    s.events = mark_of(&s, s.store).events;
    json_array_append_new(s.done, json_pack("{s:s, s:s, s:I}", "do", "tick", "actor", "host", "at",
                                            (json_int_t)s.at));
    simulation_check_state(&s);
    simulation_check_log(&s);
    simulation_check_explanations(&s);
    rebuild(&s);
    cocreate_store_close(s.store);
    if (s.file) {
        json_t *gone = erased(&s);
        simulation_check_file(&s, gone);
        json_decref(gone);
        remove(s.file);
    }
    simulation_forget(&s);
    json_decref(s.command);
    json_decref(s.done);
    json_decref(s.past);
}

int main(int argc, char **argv)
{
    uint64_t first = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
    uint64_t seeds = argc > 2 ? strtoull(argv[2], NULL, 10) : argc > 1 ? 1 : 200;
    int steps = argc > 3 ? atoi(argv[3]) : 200;
    simulation_counts counts = {.n = 0};
    for (uint64_t i = 0; i < seeds; i++)
        run(first + i, steps, seeds == 1, &counts);
    int all = simulation_counts_print(&counts, seeds);
    return seeds >= 1000 && !all;
}
