/* The engine: what is due happens in order of time, however late it is asked for; batches; several
 * handles on one file. */
#include "commands.h"

#include <stdio.h>

/* A campaign without rounds whose phases are the given JSON. */
static void publish(cocreate_store *store, const char *id, int at, const char *phases)
{
    char command[1024];
    snprintf(command, sizeof command,
             "{'at':%d,'actor':'host','do':'campaign.create','campaign':'%s','brief':{'brief':"
             "'cocreate.brief/1','title':'T','mode':'tinkering','contributors':['customer'],"
             "'phases':[%s]}}",
             at, id, phases);
    done(store, command);
    snprintf(command, sizeof command,
             "{'at':%d,'actor':'host','do':'campaign.publish','campaign':'%s'}", at, id);
    done(store, command);
}

static void join(cocreate_store *store, int64_t at, const char *id)
{
    assert_status(cocreate_participant_put(store, at, "host", id, "customer", NULL, &check_error),
                  COCREATE_OK);
}

#define PHASE(id, opens, closes) \
    "{'id':'" id "','opens':" #opens ",'closes':" #closes ",'allows':['submit']}"

/* Every transition from event `from` on, as "at campaign phase +" or "-", one a line. */
static void transitions_are(cocreate_store *store, uint64_t from, const char *expected)
{
    cocreate_text *log = events_from(store, from);
    char got[1024] = "";
    size_t used = 0;
    for (const char *line = cocreate_text_data(log); *line; line = strchr(line, '\n') + 1) {
        char campaign[16], phase[16];
        long long at;
        int fields = sscanf(line,
                            "{\"actor\":\"host\",\"at\":%lld,\"campaign\":\"%15[^\"]\",\"data\":{"
                            "\"phase\":\"%15[^\"]\"}",
                            &at, campaign, phase);
        if (fields != 3)
            continue;
        const char *type = strstr(line, "\"type\":\"phase.");
        used += (size_t)snprintf(got + used, sizeof got - used, "%lld %s %s%c\n", at, campaign,
                                 phase, type[14] == 'o' ? '+' : '-');
    }
    cocreate_text_free(log);
    assert_string_equal(got, expected);
}

/* Two campaigns whose phases interleave: by time, closing before opening, then by id. */
static const char *const all = "10 a p+\n"
                               "15 b p+\n"
                               "20 a p-\n"
                               "20 a q+\n"
                               "20 b q+\n"
                               "25 b p-\n"
                               "30 a q-\n"
                               "30 b q-\n";

static cocreate_store *two_campaigns(void)
{
    cocreate_store *s = open_store();
    publish(s, "b", 0, PHASE("p", 15, 25) "," PHASE("q", 20, 30));
    publish(s, "a", 0, PHASE("q", 20, 30) "," PHASE("p", 10, 20));
    return s;
}

static void one_late_tick_is_as_good_as_many(void **state)
{
    (void)state;
    cocreate_store *late = two_campaigns(), *often = two_campaigns();
    assert_status(cocreate_tick(late, 9, &check_error), COCREATE_EXISTS);
    assert_status(cocreate_tick(late, 1000, &check_error), COCREATE_OK);
    assert_status(cocreate_tick(late, 1000, &check_error), COCREATE_EXISTS);
    for (int64_t at = 0; at < 40; at++)
        assert_true(cocreate_tick(often, at, &check_error) >= 0);
    transitions_are(late, 1, all);
    transitions_are(often, 1, all);
    /* The same events, byte for byte. */
    uint8_t a[32], b[32];
    uint64_t n, m;
    assert_status(cocreate_root(late, a, &n, &check_error), COCREATE_OK);
    assert_status(cocreate_root(often, b, &m, &check_error), COCREATE_OK);
    assert_int_equal(n, m);
    assert_memory_equal(a, b, sizeof a);
    cocreate_store_close(late);
    cocreate_store_close(often);
}

static void phases_of_the_past_happen_at_publication(void **state)
{
    (void)state;
    cocreate_store *s = open_store();
    publish(s, "a", 100, PHASE("p", 10, 20) "," PHASE("q", 15, 200));
    transitions_are(s, 1, "100 a p+\n100 a q+\n100 a p-\n");
    assert_status(cocreate_tick(s, 100, &check_error), COCREATE_EXISTS);
    cocreate_store_close(s);
}

static void a_refused_command_undoes_what_was_due_before_it(void **state)
{
    (void)state;
    cocreate_store *s = two_campaigns();
    refused(s, "{'at':50,'actor':'host','do':'campaign.publish','campaign':'x'}",
            COCREATE_ERR_NOT_FOUND, "no campaign 'x'");
    transitions_are(s, 1, "");
    /* A repetition does not. */
    exists(s, "{'at':12,'actor':'host','do':'campaign.publish','campaign':'a'}");
    transitions_are(s, 1, "10 a p+\n");
    refused(s, "{'at':9,'actor':'host','do':'participant.put','participant':'z','side':'public'}",
            COCREATE_ERR_TIME, NULL);
    cocreate_store_close(s);
}

static void a_cancelled_campaign_rests(void **state)
{
    (void)state;
    cocreate_store *s = two_campaigns();
    done(s, "{'at':12,'actor':'host','do':'campaign.cancel','campaign':'a','reason':'r'}");
    assert_status(cocreate_tick(s, 1000, &check_error), COCREATE_OK);
    transitions_are(s, 1, "10 a p+\n15 b p+\n20 b q+\n25 b p-\n30 b q-\n");
    cocreate_store_close(s);
}

static void a_failed_command_undoes_itself_alone_in_a_batch(void **state)
{
    (void)state;
    cocreate_store *s = two_campaigns();
    join(s, 5, "ann");
    assert_status(cocreate_store_begin(s, &check_error), COCREATE_OK);
    done(s, "{'at':12,'actor':'ann','do':'contribution.submit','campaign':'a','contribution':'x'}");
    refused(s,
            "{'at':12,'actor':'ann','do':'contribution.submit','campaign':'b','contribution':'x'}",
            COCREATE_ERR_REFUSED, NULL);
    done(s, "{'at':16,'actor':'ann','do':'contribution.submit','campaign':'b','contribution':'x'}");
    assert_status(cocreate_store_commit(s, &check_error), COCREATE_OK);
    transitions_are(s, 1, "10 a p+\n15 b p+\n");
    exists(s,
           "{'at':16,'actor':'ann','do':'contribution.submit','campaign':'b','contribution':'x'}");
    cocreate_store_close(s);
}

static void a_rolled_back_batch_never_was(void **state)
{
    (void)state;
    cocreate_store *s = two_campaigns();
    join(s, 5, "ann");
    uint8_t before[32], after[32];
    uint64_t size;
    assert_status(cocreate_root(s, before, &size, &check_error), COCREATE_OK);
    assert_status(cocreate_store_begin(s, &check_error), COCREATE_OK);
    publish(s, "z", 6, PHASE("p", 7, 9));
    done(s, "{'at':22,'actor':'ann','do':'contribution.submit','campaign':'a','contribution':'x'}");
    assert_status(cocreate_store_rollback(s, &check_error), COCREATE_OK);
    assert_status(cocreate_root(s, after, &size, &check_error), COCREATE_OK);
    assert_memory_equal(before, after, sizeof before);
    refused(s, "{'at':6,'actor':'host','do':'campaign.publish','campaign':'z'}",
            COCREATE_ERR_NOT_FOUND, "no campaign 'z'");
    assert_status(cocreate_tick(s, 1000, &check_error), COCREATE_OK);
    transitions_are(s, 1, all);
    cocreate_store_close(s);
}

/* A file name of this process that is gone afterwards. */
static const char *file_name(void)
{
    static char name[64];
    snprintf(name, sizeof name, "campaign_engine_%p.cocreate", (void *)name);
    remove(name);
    return name;
}

static void remove_file(const char *name)
{
    static const char *const tails[] = {"", "-wal", "-shm"};
    char path[96];
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s%s", name, tails[i]);
        remove(path);
    }
}

static cocreate_store *open_file(const char *name, int read_only)
{
    cocreate_store *store = NULL;
    cocreate_store_options options;
    cocreate_store_options_init(&options);
    options.read_only = read_only;
    assert_status(cocreate_store_open(NULL, name, &options, &store, &check_error), COCREATE_OK);
    return store;
}

static void handles_see_what_others_wrote(void **state)
{
    (void)state;
    const char *name = file_name();
    cocreate_store *one = open_file(name, 0), *two = open_file(name, 0);
    join(one, 0, "ann");
    publish(two, "a", 1, PHASE("p", 10, 20));
    publish(one, "b", 2, PHASE("p", 15, 25));
    done(two, "{'at':12,'actor':'ann','do':'contribution.submit','campaign':'a',"
              "'contribution':'x'}");
    refused(one, "{'at':11,'actor':'host','do':'participant.put','participant':'z','side':'public'}",
            COCREATE_ERR_TIME, NULL);
    exists(one, "{'at':12,'actor':'ann','do':'contribution.submit','campaign':'a',"
                "'contribution':'x'}");
    assert_status(cocreate_tick(one, 30, &check_error), COCREATE_OK);
    transitions_are(two, 1, "10 a p+\n15 b p+\n20 a p-\n25 b p-\n");
    cocreate_store_close(one);
    cocreate_store_close(two);

    /* And so do those that come later. */
    cocreate_store *reader = open_file(name, 1);
    transitions_are(reader, 1, "10 a p+\n15 b p+\n20 a p-\n25 b p-\n");
    refused(reader, "{'at':40,'actor':'host','do':'tick'}", COCREATE_ERR_PERMISSION,
            "the store was opened read-only");
    cocreate_store_close(reader);
    remove_file(name);
}

static void events_are_read_in_pieces(void **state)
{
    (void)state;
    cocreate_store *s = open_store();
    cocreate_text *text = NULL;
    static const char *const ids[] = {"a", "b", "c"};
    assert_status(cocreate_events(s, 1, 0, &text, &check_error), COCREATE_OK);
    assert_string_equal(cocreate_text_data(text), "");
    cocreate_text_free(text);
    for (size_t i = 0; i < 3; i++)
        join(s, (int64_t)i, ids[i]);
    const struct {
        uint64_t from, limit;
        const char *first;
        size_t lines;
    } pieces[] = {{0, 0, "\"a\"", 3},          {1, 2, "\"a\"", 2}, {2, 1, "\"b\"", 1},
                  {2, UINT64_MAX, "\"b\"", 2}, {3, 0, "\"c\"", 1}, {4, 0, "", 0},
                  {UINT64_MAX, 5, "", 0}};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        assert_status(cocreate_events(s, pieces[i].from, pieces[i].limit, &text, &check_error),
                      COCREATE_OK);
        size_t lines = 0;
        for (const char *c = cocreate_text_data(text); *c; c++)
            lines += *c == '\n';
        assert_int_equal(lines, pieces[i].lines);
        const char *end = strchr(cocreate_text_data(text), '\n');
        const char *first = strstr(cocreate_text_data(text), pieces[i].first);
        assert_true(lines == 0 || (first != NULL && first < end));
        cocreate_text_free(text);
    }
    cocreate_store_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_late_tick_is_as_good_as_many),
        cmocka_unit_test(phases_of_the_past_happen_at_publication),
        cmocka_unit_test(a_refused_command_undoes_what_was_due_before_it),
        cmocka_unit_test(a_cancelled_campaign_rests),
        cmocka_unit_test(a_failed_command_undoes_itself_alone_in_a_batch),
        cmocka_unit_test(a_rolled_back_batch_never_was),
        cmocka_unit_test(handles_see_what_others_wrote),
        cmocka_unit_test(events_are_read_in_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
