/* store.h and campaign.h. Every command as text is in story.c and story_community.c. */
#include "oom.h"

#include <inttypes.h>

#define CALL(name) static cocreate_status name(world *w, cocreate_error *error)
#define NO_ERROR (void)error

static void make_empty(world *w)
{
    story_open(w, &tale_of_contests, 0);
}

/* Up to the voting of the customers. */
static void make_voting(world *w)
{
    story_open(w, &tale_of_contests, story_at(21));
}

static void make_voting_file(world *w)
{
    story_open_file(w, story_at(21));
}

static void make_tally_file(world *w)
{
    story_open_file(w, story_at(31));
}

static void make_whole(world *w)
{
    story_open(w, &tale_of_contests, tale_of_contests.length);
}

static cocreate_status open_story(cocreate_store **out, cocreate_error *error)
{
    cocreate_store_options options;
    cocreate_store_options_init(&options);
    options.must_exist = 1;
    return cocreate_store_open(memory_allocator(), story_file(), &options, out, error);
}

/* The whole, from a file, nothing of it read yet. */
static void make_cold(world *w)
{
    MAKE(open_story(&w->store, &check_error));
}

/* ---- store.h ---- */

CALL(call_options_init)
{
    NO_ERROR;
    cocreate_store_options options;
    cocreate_store_options_init(&options);
    w->numbers[0] = options.busy_ms;
    return COCREATE_OK;
}

static void make_new_file(world *w)
{
    story_new_file(w->file);
}

CALL(call_open_new)
{
    return cocreate_store_open(memory_allocator(), w->file, NULL, &w->opened, error);
}

CALL(call_open_memory)
{
    return cocreate_store_open(memory_allocator(), ":memory:", NULL, &w->opened, error);
}

CALL(call_open_file)
{
    return open_story(&w->opened, error);
}

CALL(call_close)
{
    NO_ERROR;
    cocreate_store_close(w->store);
    cocreate_store_close(NULL);
    w->store = NULL;
    return COCREATE_OK;
}

CALL(call_begin)
{
    return cocreate_store_begin(w->store, error);
}

/* A ballot that is another one each time. */
static cocreate_status vote(cocreate_store *store, int64_t at, const char *voter,
                            cocreate_error *error)
{
    static const char *const options[] = {"y", "z"};
    const int64_t values[] = {at % 5, 2};
    return cocreate_vote(store, "c", "v", at, voter, options, values, 2, error);
}

/* A whole batch: where a part of it fails nothing of it is left, and the store is out of it. */
CALL(call_batch)
{
    cocreate_status status = cocreate_store_begin(w->store, error);
    if (status < 0)
        return status;
    status = vote(w->store, 21, "ann", error);
    if (status >= 0)
        status = vote(w->store, 22, "ann", error);
    if (status >= 0)
        return cocreate_store_commit(w->store, error);
    assert_int_equal(cocreate_store_rollback(w->store, NULL), COCREATE_OK);
    return status;
}

static void make_batch(world *w)
{
    make_voting(w);
    MAKE(cocreate_store_begin(w->store, &check_error));
    MAKE(vote(w->store, 21, "ann", &check_error));
}

/* A command that fails inside a batch undoes itself alone; or SQLite undid the whole batch, and then
 * every later command and the commit say so. Either way the log is whole. */
static void batch_goes_on_or_says_so(int for_ever)
{
    size_t refused = 1, lost = 0, n = 0;
    for (; refused > 0; n += 3) {
        world w = {0};
        cocreate_error error = {0};
        make_voting(&w);
        char *before = world_state(&w);
        MAKE(cocreate_store_begin(w.store, &check_error));
        MAKE(vote(w.store, 21, "ann", &check_error));
        memory_arm(n, for_ever);
        cocreate_status second = vote(w.store, 22, "ann", &error);
        refused = memory_disarm();
        assert_true(second == COCREATE_OK || second == COCREATE_ERR_MEMORY);
        cocreate_status third = vote(w.store, 23, "bob", &error);
        cocreate_status commit = cocreate_store_commit(w.store, &error);
        if (third < 0) { /* lost */
            assert_int_equal(third, COCREATE_ERR_IO);
            assert_int_equal(commit, COCREATE_ERR_IO);
            char *after = world_state(&w);
            assert_string_equal(after, before);
            free(after);
            lost++;
        } else {
            assert_int_equal(third, COCREATE_OK);
            assert_int_equal(commit, COCREATE_OK);
        }
        MAKE(cocreate_verify(w.store, NULL, 0, NULL, NULL, &check_error));
        free(before);
        world_free(&w);
    }
    print_message("%zu batches, %zu of them lost\n", n / 3, lost);
}

void batches_go_on_or_say_so(void **state)
{
    (void)state;
    batch_goes_on_or_says_so(0);
    batch_goes_on_or_says_so(1);
}

CALL(call_rollback)
{
    return cocreate_store_rollback(w->store, error);
}

CALL(call_info_get)
{
    cocreate_store_info info = {.size = sizeof info};
    cocreate_status status = cocreate_store_info_get(w->store, &info, error);
    w->numbers[0] = (int64_t)info.events;
    return status;
}

static void make_backup(world *w)
{
    make_cold(w);
    story_new_file(w->file);
}

CALL(call_backup)
{
    return cocreate_store_backup(w->store, w->file, error);
}

/* ---- campaign.h ---- */

CALL(call_brief_schema)
{
    NO_ERROR;
    w->words[0] = cocreate_brief_schema();
    return COCREATE_OK;
}

CALL(call_mode)
{
    NO_ERROR;
    w->words[0] = cocreate_mode("open", "customer");
    w->words[1] = cocreate_mode("open", "nobody");
    return COCREATE_OK;
}

CALL(call_preset_count)
{
    NO_ERROR;
    w->numbers[0] = (int64_t)cocreate_preset_count();
    return COCREATE_OK;
}

CALL(call_preset_at)
{
    cocreate_preset preset = {.size = sizeof preset};
    cocreate_status status = cocreate_preset_at(0, &preset, error);
    w->words[0] = preset.name;
    return status;
}

/* The argument is the index of the preset. */
CALL(call_brief_check)
{
    cocreate_preset preset = {.size = sizeof preset};
    cocreate_status status =
        cocreate_preset_at((size_t)(scenario_argument[0] - '0'), &preset, error);
    return status < 0 ? status
                      : cocreate_brief_check(memory_allocator(), preset.brief,
                                             strlen(preset.brief), &w->text, error);
}

CALL(call_commands)
{
    return cocreate_commands(memory_allocator(), &w->text, error);
}

CALL(call_participant_put)
{
    return cocreate_participant_put(w->store, 21, "host", "eve", "customer",
                                    "{\"name\":\"Eve\",\"age\":33}", error);
}

static void make_submitting(world *w)
{
    story_open(w, &tale_of_contests, story_at(12));
}

CALL(call_submit)
{
    return cocreate_contribution_submit(w->store, "c", 12, "bob", "new", "{\"n\":\"7.25\"}", "t",
                                        error);
}

CALL(call_vote)
{
    return vote(w->store, 21, "ann", error);
}

static void make_voted(world *w)
{
    make_voting(w);
    MAKE(vote(w->store, 21, "ann", &check_error));
}

CALL(call_vote_again)
{
    return vote(w->store, 22, "ann", error);
}

CALL(call_run_record)
{
    return cocreate_run_record(w->store, "m", "r", 25, "boss", "run", "i", "0.85", NULL, error);
}

static void make_before_tally(world *w)
{
    story_open(w, &tale_of_contests, story_at(31));
}

CALL(call_tick)
{
    return cocreate_tick(w->store, 31, error);
}

CALL(call_tick_late)
{
    return cocreate_tick(w->store, 1000, error);
}

/* The argument is the campaign, or "" for all. */
CALL(call_show)
{
    return cocreate_show(w->store, *scenario_argument ? scenario_argument : NULL, &w->text, error);
}

CALL(call_explain)
{
    return cocreate_explain(w->store, scenario_argument, NULL, &w->text, error);
}

static char award[17];

static void make_award(world *w)
{
    make_whole(w);
    story_award(w->store, award);
}

CALL(call_explain_award)
{
    return cocreate_explain(w->store, award, "c", &w->text, error);
}

CALL(call_events)
{
    return cocreate_events(w->store, 3, 0, &w->text, error);
}

CALL(call_events_since)
{
    uint64_t next;
    cocreate_status status =
        cocreate_events_since(w->store, 1, 2, "x", "contribution.", &next, &w->text, error);
    if (status >= 0)
        w->numbers[0] = (int64_t)next;
    return status;
}

static int32_t allow(void *user, const char *actor, const char *action, const char *campaign)
{
    (void)user;
    return actor && action && campaign;
}

static int32_t let_pass(void *user, const char *events, char *reason)
{
    (void)user;
    (void)reason;
    return events[0] != '[';
}

CALL(call_preview)
{
    static const char command[] = "{\"at\":900000000000000,\"actor\":\"host\",\"do\":\"tick\"}";
    return cocreate_preview(w->store, command, sizeof command - 1, &w->text, error);
}

CALL(call_hooks)
{
    static const cocreate_hooks hooks = {
        .size = sizeof hooks, .authorize = allow, .veto = let_pass};
    return cocreate_store_hooks(w->store, &hooks, error);
}

CALL(call_export)
{
    return cocreate_export(w->store, "c", NULL, scenario_argument, &w->text, error);
}

CALL(call_view)
{
    return cocreate_view(w->store, "c", scenario_argument, &w->text, error);
}

CALL(call_explain_as)
{
    return cocreate_explain_as(w->store, scenario_argument, "c", "ann", &w->text, error);
}

CALL(call_export_as)
{
    return cocreate_export_as(w->store, "c", NULL, scenario_argument, "ann", &w->text, error);
}

CALL(call_report_as)
{
    return cocreate_report_as(w->store, "c", NULL, COCREATE_NO_TIME, "ann", &w->text, error);
}

CALL(call_export_person)
{
    return cocreate_export_person(w->store, "ann", &w->text, error);
}

CALL(call_report)
{
    return cocreate_report(w->store, "c", NULL, COCREATE_NO_TIME, &w->text, error);
}

CALL(call_report_at)
{
    (void)w;
    cocreate_report_info info = {.size = sizeof info};
    return cocreate_report_at(0, &info, error);
}

CALL(call_report_count)
{
    (void)error;
    w->numbers[0] = (int64_t)cocreate_report_count();
    return COCREATE_OK;
}

CALL(call_root)
{
    uint8_t root[32];
    uint64_t size;
    cocreate_status status = cocreate_root(w->store, root, &size, error);
    for (size_t i = 0; i < 32 && status >= 0; i++)
        w->numbers[i] = root[i];
    return status;
}

CALL(call_verify)
{
    return cocreate_verify(w->store, NULL, 0, NULL, &w->text, error);
}

CALL(call_check)
{
    return cocreate_check(w->store, NULL, &w->text, error);
}

const scenario scenarios_store[] = {
    {"cocreate_store_options_init", NULL, call_options_init, NULL, 1},
    {"cocreate_store_open", make_new_file, call_open_new, "new file", 0},
    {"cocreate_store_open", NULL, call_open_memory, "memory", 0},
    {"cocreate_store_open", NULL, call_open_file, "file", 0},
    {"cocreate_store_close", make_whole, call_close, "memory", 0},
    {"cocreate_store_close", make_cold, call_close, "file", 0},
    {"cocreate_store_begin", make_voting, call_begin, "memory", 0},
    {"cocreate_store_begin", make_cold, call_begin, "file", 0},
    {"cocreate_store_commit", make_voting, call_batch, NULL, 0},
    {"cocreate_store_rollback", make_batch, call_rollback, NULL, 0},
    {"cocreate_store_info_get", make_whole, call_info_get, "memory", 0},
    {"cocreate_store_info_get", make_cold, call_info_get, "file", 0},
    {"cocreate_store_backup", make_backup, call_backup, NULL, 0},
    {NULL, NULL, NULL, NULL, 0},
};

const scenario scenarios_campaign[] = {
    {"cocreate_brief_schema", NULL, call_brief_schema, NULL, 1},
    {"cocreate_brief_check", NULL, call_brief_check, "0", 0},
    {"cocreate_brief_check", NULL, call_brief_check, "1", 0},
    {"cocreate_brief_check", NULL, call_brief_check, "2", 0},
    {"cocreate_mode", NULL, call_mode, NULL, 1},
    {"cocreate_preset_count", NULL, call_preset_count, NULL, 1},
    {"cocreate_preset_at", NULL, call_preset_at, NULL, 1},
    {"cocreate_commands", NULL, call_commands, NULL, 0},
    {"cocreate_participant_put", make_empty, call_participant_put, "first", 0},
    {"cocreate_participant_put", make_voting, call_participant_put, NULL, 0},
    {"cocreate_contribution_submit", make_submitting, call_submit, NULL, 0},
    {"cocreate_vote", make_voting, call_vote, "first", 0},
    {"cocreate_vote", make_voted, call_vote_again, "again", 0},
    {"cocreate_vote", make_voting_file, call_vote, "file", 0},
    {"cocreate_run_record", make_voting, call_run_record, NULL, 0},
    {"cocreate_tick", make_before_tally, call_tick, "tally", 0},
    {"cocreate_tick", make_before_tally, call_tick_late, "late", 0},
    {"cocreate_tick", make_tally_file, call_tick, "file", 0},
    {"cocreate_show", make_whole, call_show, "", 0},
    {"cocreate_show", make_whole, call_show, "c", 0},
    {"cocreate_show", make_cold, call_show, "m", 0},
    {"cocreate_show", make_before_tally, call_show, "m", 0}, /* with a board */
    {"cocreate_explain", make_whole, call_explain, "x", 0},
    {"cocreate_explain", make_whole, call_explain, "ann", 0},
    {"cocreate_explain", make_cold, call_explain, "i", 0},
    {"cocreate_explain", make_award, call_explain_award, "award", 0},
    {"cocreate_view", make_whole, call_view, "ann", 0},
    {"cocreate_explain_as", make_whole, call_explain_as, "x", 0},
    {"cocreate_explain_as", make_whole, call_explain_as, "ann", 0},
    {"cocreate_export_as", make_whole, call_export_as, "jsonl", 0},
    {"cocreate_export_as", make_whole, call_export_as, "csv:contributions", 0},
    {"cocreate_export_as", make_whole, call_export_as, "csv:decisions", 0},
    {"cocreate_report_as", make_whole, call_report_as, "all", 0},
    {"cocreate_events", make_whole, call_events, "memory", 0},
    {"cocreate_events", make_cold, call_events, "file", 0},
    {"cocreate_events_since", make_whole, call_events_since, "memory", 0},
    {"cocreate_preview", make_whole, call_preview, "tick", 0},
    {"cocreate_store_hooks", make_whole, call_hooks, "memory", 0},
    {"cocreate_export", make_whole, call_export, "jsonl", 0},
    {"cocreate_export", make_whole, call_export, "csv:ballots", 0},
    {"cocreate_export", make_whole, call_export, "csv:contributions", 0},
    {"cocreate_export_person", make_whole, call_export_person, "ann", 0},
    {"cocreate_report", make_whole, call_report, "all", 0},
    {"cocreate_report_at", NULL, call_report_at, NULL, 1},
    {"cocreate_report_count", NULL, call_report_count, NULL, 1},
    {"cocreate_root", make_whole, call_root, "memory", 0},
    {"cocreate_root", make_cold, call_root, "file", 0},
    {"cocreate_verify", make_whole, call_verify, "memory", 0},
    {"cocreate_verify", make_cold, call_verify, "file", 0},
    {"cocreate_check", make_whole, call_check, "memory", 0},
    {NULL, NULL, NULL, NULL, 0},
};
