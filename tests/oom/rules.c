/* Every kind of rule under short memory: the seeds of fuzz_scheme that have a result behind their
 * scheme. */
#define _POSIX_C_SOURCE 200809L
#include "oom.h"

#include <dirent.h>
#include <jansson.h>

#define SEEDS COCREATE_SOURCE_DIR "/tests/fuzz/corpus/scheme"

/* The seed that runs: a scheme, a NUL, a result. */
static char *seed_text;
static size_t seed_size;

static const char *seed_result(void)
{
    return seed_text + strlen(seed_text) + 1;
}

static cocreate_status parse(world *w, cocreate_error *error)
{
    return cocreate_scheme_parse(memory_allocator(), seed_text, strlen(seed_text), &w->scheme,
                                 error);
}

static void make_rule_scheme(world *w)
{
    MAKE(parse(w, &check_error));
}

static cocreate_status evaluate(world *w, cocreate_error *error)
{
    static const uint8_t lots[32] = {1};
    const char *result = seed_result();
    return cocreate_reward(w->scheme, result, seed_size - (size_t)(result - seed_text), lots,
                           &w->awards, error);
}

static void make_rule_awards(world *w)
{
    make_rule_scheme(w);
    MAKE(evaluate(w, &check_error));
}

static cocreate_status explain(world *w, cocreate_error *error)
{
    return cocreate_awards_explain(w->awards, 0, &w->text, error);
}

/* Does the seed give an award? */
static int gives(void)
{
    world w;
    memset(&w, 0, sizeof w);
    int given = parse(&w, &check_error) == COCREATE_OK && evaluate(&w, &check_error) == COCREATE_OK &&
                cocreate_awards_count(w.awards) > 0;
    world_free(&w);
    return given;
}

/* Take the kinds of the seed's rules from those that are left. */
static void strike(json_t *left)
{
    json_t *scheme = json_loads(seed_text, 0, NULL), *rules = json_object_get(scheme, "rules");
    for (size_t i = 0; i < json_array_size(rules); i++)
        json_object_del(left,
                        json_string_value(json_object_get(json_array_get(rules, i), "kind")));
    json_decref(scheme);
}

static json_t *all_kinds(void)
{
    cocreate_text *text = NULL;
    MAKE(cocreate_rule_kinds(NULL, &text, &check_error));
    json_t *list = json_loads(cocreate_text_data(text), 0, NULL), *kinds = json_object();
    for (size_t i = 0; i < json_array_size(list); i++)
        json_object_set_new(kinds,
                            json_string_value(json_object_get(json_array_get(list, i), "kind")),
                            json_true());
    json_decref(list);
    cocreate_text_free(text);
    return kinds;
}

static void run_seed(const char *name)
{
    const scenario scenarios[] = {
        {"cocreate_scheme_parse", NULL, parse, name, 0},
        {"cocreate_reward", make_rule_scheme, evaluate, name, 0},
        {"cocreate_awards_explain", make_rule_awards, explain, name, 0},
    };
    for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++)
        run_scenario(&scenarios[i]);
}

size_t rules_run(void)
{
    size_t seeds = 0;
    json_t *left = all_kinds();
    DIR *folder = opendir(SEEDS);
    assert_non_null(folder);
    for (struct dirent *file; (file = readdir(folder)) != NULL; free(seed_text)) {
        char path[600];
        seed_text = NULL;
        if (file->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", SEEDS, file->d_name);
        seed_text = read_file(path, &seed_size);
        if (strlen(seed_text) == seed_size || !gives())
            continue;
        strike(left);
        run_seed(file->d_name);
        seeds++;
    }
    closedir(folder);
    const char *kind;
    json_t *unused;
    json_object_foreach(left, kind, unused)
        print_error("no seed of fuzz_scheme gives an award by a rule of kind %s\n", kind);
    assert_int_equal(json_object_size(left), 0);
    json_decref(left);
    return seeds;
}
