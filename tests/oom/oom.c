/* The loop over every scenario, and the check that no public function is without one. */
#include "oom.h"

#include <inttypes.h>

const char *scenario_argument;

/* Each is a test. */
#define TABLES(X) X(base) X(evidence) X(results) X(tally) X(store) X(campaign) X(payout)

#define TABLE(name) scenarios_##name,
static const scenario *const tables[] = {TABLES(TABLE)};
#undef TABLE

/* Each of the first requests is refused in turn, then every k-th, about so many in all; each of all
 * where COCREATE_OOM_ALL is set, which takes minutes. Sanitizers take several times as long for a call,
 * and look at fewer. */
#ifdef OOM_SANITIZED
enum { EACH_OF_THE_FIRST = 30, SOME_OF_THE_REST = 60 };
#else
enum { EACH_OF_THE_FIRST = 300, SOME_OF_THE_REST = 600 };
#endif

/* Comparing a whole store costs far more than a refused call: it is done after the first refusals,
 * after every so many, and after the last. What one broke would still be broken. */
enum { COMPARE_FIRST = 4, COMPARE_EVERY = 24 };

typedef struct reference {
    char *before, *after, *outputs;
    cocreate_status status;
    size_t requests;
} reference;

static struct {
    size_t calls, failures, absorbed;
} total;

static const char *scenario_name(const scenario *s)
{
    static char name[160];
    snprintf(name, sizeof name, "%s%s%.90s", s->function, s->argument ? ": " : "",
             s->argument ? s->argument : "");
    return name;
}

static void make(const scenario *s, world *w)
{
    memset(w, 0, sizeof *w);
    if (s->make)
        s->make(w);
}

/* The call with memory: what it changes and what it gives. */
static reference reference_run(const scenario *s)
{
    world w;
    reference r;
    make(s, &w);
    r.before = world_state(&w);
    memset(&check_error, 0, sizeof check_error);
    memory_arm(SIZE_MAX, 0);
    r.status = s->call(&w, &check_error);
    (void)memory_disarm();
    r.requests = memory_requests();
    if (r.status < 0)
        fail_msg("%s: %s", scenario_name(s), check_error.text);
    if (s->needs_none)
        assert_int_equal(r.requests, 0);
    r.outputs = world_outputs(&w);
    world_clear_outputs(&w);
    r.after = world_state(&w);
    world_free(&w);
    return r;
}

static void same(const scenario *s, size_t n, const char *what, const char *is,
                 const char *expected)
{
    if (strcmp(is, expected) == 0)
        return;
    size_t at = 0;
    while (is[at] == expected[at])
        at++;
    at = at > 60 ? at - 60 : 0;
    fail_msg("%s, request %zu: %s\n  is       ...%.200s\n  expected ...%.200s", scenario_name(s), n,
             what, is + at, expected + at);
}

static void compare_state(const scenario *s, size_t n, const world *w, const char *expected)
{
    char *now = world_state(w);
    same(s, n, "the state", now, expected);
    free(now);
}

/* The call failed: it says so, gave nothing, and changed nothing. */
static void check_failure(const scenario *s, size_t n, cocreate_status status, world *w,
                          const cocreate_error *error, const char *nothing)
{
    if (status != COCREATE_ERR_MEMORY || error->status != status || error->text[0] == '\0')
        fail_msg("%s, request %zu: %s: %s", scenario_name(s), n, cocreate_status_name(status),
                 error->text);
    char *outputs = world_outputs(w);
    same(s, n, "the output", outputs, nothing);
    free(outputs);
}

/* The call went on without the memory it was refused: its result is that of a run with memory. */
static void check_success(const scenario *s, size_t n, cocreate_status status, world *w,
                          const reference *r)
{
    if (status != r->status)
        fail_msg("%s, request %zu: %s", scenario_name(s), n, cocreate_status_name(status));
    char *outputs = world_outputs(w);
    same(s, n, "the output", outputs, r->outputs);
    free(outputs);
    world_clear_outputs(w);
    compare_state(s, n, w, r->after);
}

static void run_mode(const scenario *s, const reference *r, int for_ever, const char *nothing)
{
    size_t live = memory_live(), refused;
    size_t rest = r->requests > EACH_OF_THE_FIRST ? r->requests - EACH_OF_THE_FIRST : 0;
    size_t stride = getenv("COCREATE_OOM_ALL") ? 1 : 1 + rest / SOME_OF_THE_REST, failed = 0;
    int unchanging = strcmp(r->before, r->after) == 0;
    world w;
    make(s, &w);
    for (size_t n = 0;; n += n < EACH_OF_THE_FIRST ? 1 : stride) {
        cocreate_error error = {0};
        memory_arm(n, for_ever);
        cocreate_status status = s->call(&w, &error);
        refused = memory_disarm();
        total.calls++;
        if (status < 0) {
            if (refused == 0)
                fail_msg("%s, request %zu of none refused: %s", scenario_name(s), n, error.text);
            check_failure(s, n, status, &w, &error, nothing);
            if (failed++ < COMPARE_FIRST || failed % COMPARE_EVERY == 0)
                compare_state(s, n, &w, r->before);
            total.failures++;
            continue;
        }
        check_success(s, n, status, &w, r);
        if (refused == 0)
            break;
        total.absorbed++;
        if (unchanging)
            continue;
        world_free(&w);
        assert_int_equal(memory_live(), live);
        make(s, &w);
    }
    world_free(&w);
    if (memory_live() != live)
        fail_msg("%s: %zu blocks are left", scenario_name(s), memory_live() - live);
}

void run_scenario(const scenario *s)
{
    world empty = {0};
    char *nothing = world_outputs(&empty);
    scenario_argument = s->argument;
    reference r = reference_run(s); /* what is made once in a process is made here */
    for (int for_ever = 0; for_ever < 2; for_ever++)
        run_mode(s, &r, for_ever, nothing);
    free(r.before);
    free(r.after);
    free(r.outputs);
    free(nothing);
}

static void run_table(void **state)
{
    memset(&total, 0, sizeof total);
    size_t scenarios = 0;
    for (const scenario *s = *state; s->function; s++, scenarios++)
        run_scenario(s);
    print_message("%zu scenarios, %zu calls: %zu failed whole, %zu went on without\n", scenarios,
                  total.calls, total.failures, total.absorbed);
}

/* ---- every kind of rule ---- */

static void run_rules(void **state)
{
    (void)state;
    memset(&total, 0, sizeof total);
    size_t seeds = rules_run();
    print_message("%zu schemes, %zu calls: %zu failed whole, %zu went on without\n", seeds,
                  total.calls, total.failures, total.absorbed);
}

/* ---- every command, through cocreate_execute() ---- */

static const tale *told;
static size_t step;

static void make_step(world *w)
{
    story_open(w, told, step);
}

static cocreate_status call_step(world *w, cocreate_error *error)
{
    return story_step(w->store, &w->text, error);
}

static void run_tale(void **state)
{
    memset(&total, 0, sizeof total);
    told = *state;
    for (step = 0; step < told->length; step++) {
        const scenario s = {"cocreate_execute", make_step, call_step, told->commands[step], 0};
        run_scenario(&s);
    }
    print_message("%zu commands, %zu calls: %zu failed whole, %zu went on without\n", told->length,
                  total.calls, total.failures, total.absorbed);
}

/* ---- nothing is left out ---- */

static int has_scenario(const char *function)
{
    if (strcmp(function, "cocreate_execute") == 0)
        return 1;
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
        for (const scenario *s = tables[t]; s->function; s++)
            if (strcmp(s->function, function) == 0)
                return 1;
    return 0;
}

/* lib/cocreate.map lists what is public; other tests compare it with headers and library. */
static void every_public_function_has_a_scenario(void **state)
{
    (void)state;
    char *map = read_file(COCREATE_SOURCE_DIR "/lib/cocreate.map", NULL);
    size_t functions = 0, missing = 0;
    for (char *line = strtok(map, "\n"); line; line = strtok(NULL, "\n")) {
        char *name = strstr(line, "cocreate_"), *end = strchr(line, ';');
        if (line[0] != ' ' || !name || !end)
            continue;
        *end = '\0';
        functions++;
        if (!has_scenario(name)) {
            print_error("%s has no scenario\n", name);
            missing++;
        }
    }
    free(map);
    assert_int_equal(missing, 0);
    assert_true(functions >= 100);
}

static int is_told(const tale *t, const char *command)
{
    size_t i = 0;
    while (i < t->length && !strstr(t->commands[i], command))
        i++;
    return i < t->length;
}

/* Every command of the catalogue is in a tale. */
static void every_command_is_told(void **state)
{
    (void)state;
    static const char key[] = "\"do\":\"";
    cocreate_text *text = NULL;
    MAKE(cocreate_commands(NULL, &text, &check_error));
    size_t commands = 0, missing = 0;
    for (const char *at = cocreate_text_data(text); (at = strstr(at, key)) != NULL; commands++) {
        at += strlen(key);
        char wanted[80];
        snprintf(wanted, sizeof wanted, "'do':'%.*s'", (int)strcspn(at, "\""), at);
        if (is_told(&tale_of_contests, wanted) || is_told(&tale_of_a_community, wanted) ||
            is_told(&tale_of_time, wanted))
            continue;
        print_error("%s is in no tale\n", wanted);
        missing++;
    }
    cocreate_text_free(text);
    assert_int_equal(missing, 0);
    assert_true(commands >= 50);
}

static int set_up(void **state)
{
    (void)state;
    (void)memory_allocator();
    return 0;
}

static int clean_up(void **state)
{
    (void)state;
    story_cleanup();
    return 0;
}

#define TABLE(name) {#name, run_table, NULL, NULL, (void *)scenarios_##name},

int main(void)
{
    if (memory_unavailable()) {
        printf("skipped: %s\n", memory_unavailable());
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_public_function_has_a_scenario),
        cmocka_unit_test(every_command_is_told),
        TABLES(TABLE)
        {"rules", run_rules, NULL, NULL, NULL},
        cmocka_unit_test(batches_go_on_or_say_so),
        {"contests", run_tale, NULL, NULL, (void *)&tale_of_contests},
        {"community", run_tale, NULL, NULL, (void *)&tale_of_a_community},
        {"time", run_tale, NULL, NULL, (void *)&tale_of_time},
    };
    if (getenv("COCREATE_OOM_ONLY")) /* a pattern, as "time" or "c*" */
        cmocka_set_test_filter(getenv("COCREATE_OOM_ONLY"));
    return cmocka_run_group_tests(tests, set_up, clean_up) != 0;
}
