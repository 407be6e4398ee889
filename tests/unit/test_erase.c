/* A person is erased: the data is gone from every file, and nothing that was counted changes. */
#include "folder.h"

#include "commands.h"

#define SECRETLY "Zaphod-Beeblebrox-zb@example.org" /* occurs nowhere but in the person's data */

static int holds(const char *path, const char *text)
{
    size_t size = 0, n = strlen(text);
    if (access(path, F_OK) != 0)
        return 0;
    char *bytes = read_file(path, &size);
    int found = 0;
    for (size_t i = 0; i + n <= size && !found; i++)
        found = memcmp(bytes + i, text, n) == 0;
    free(bytes);
    return found;
}

/* The document that shows a campaign, up to its log, which grows by the erasure. */
static char *shown(cocreate_store *store)
{
    cocreate_text *text = NULL;
    assert_status(cocreate_show(store, "x", &text, &check_error), COCREATE_OK);
    char *copy = calloc(cocreate_text_size(text) + 1, 1);
    assert_non_null(copy);
    memcpy(copy, cocreate_text_data(text), cocreate_text_size(text));
    char *log = strstr(copy, "\"log\":{"), *end = log ? strchr(log, '}') : NULL;
    assert_non_null(end);
    memmove(log, end, strlen(end) + 1);
    cocreate_text_free(text);
    return copy;
}

/* Two authors and voters; zaphod's work wins and is paid for. */
static void run_campaign(cocreate_store *store)
{
    char command[512];
    done(store, "{'at':0,'actor':'host','do':'participant.put','participant':'firm','side':'firm'}");
    for (int i = 0; i < 40; i++) { /* so that the data is not alone on its page */
        snprintf(command, sizeof command,
                 "{'at':0,'actor':'host','do':'participant.put','participant':'c%d','side':"
                 "'customer','person':{'name':'%s%d'}}",
                 i, i == 7 ? SECRETLY : "Ford", i);
        done(store, command);
    }
    done(store,
         "{'at':0,'actor':'firm','do':'campaign.create','campaign':'x','brief':{'brief':"
         "'cocreate.brief/1','title':'T','mode':'collaborating','contributors':['customer'],"
         "'phases':[{'id':'in','opens':10,'closes':20,'allows':['submit']},{'id':'v','opens':20,"
         "'closes':30,'allows':['vote']}],'rounds':[{'id':'r','lead':'customer','instrument':"
         "'approve','method':'approval','phase':'v','cut':{'top':1},'certify':'auto'}],'rewards':["
         "{'id':'w','round':'r','scheme':{'scheme':'cocreate.incentives/1','currency':'EUR',"
         "'funds':[{'id':'f','budget':'100.00'}],'rules':[{'id':'p','kind':'ranked_prizes','fund':'f',"
         "'prizes':['100.00']}]}}]}}");
    done(store, "{'at':5,'actor':'firm','do':'campaign.publish','campaign':'x'}");
    done(store, "{'at':10,'actor':'c7','do':'contribution.submit','campaign':'x','contribution':'a'}");
    done(store, "{'at':10,'actor':'c8','do':'contribution.submit','campaign':'x','contribution':'b'}");
    for (int i = 1; i < 6; i++) {
        snprintf(command, sizeof command,
                 "{'at':20,'actor':'c%d','do':'ballot.cast','campaign':'x','round':'r','ballot':"
                 "{'%s':1}}",
                 i, i == 1 ? "b" : "a");
        done(store, command);
    }
    done(store, "{'at':20,'actor':'c7','do':'ballot.cast','campaign':'x','round':'r','ballot':{'b':1}}");
    done(store, "{'at':30,'actor':'host','do':'tick'}");
}

static void erasing_changes_nothing_that_was_counted(void **state)
{
    folder *f = *state;
    const char *file = folder_file(f, "s"), *log = folder_file(f, "s-wal");
    uint8_t secret[32] = {1, 2, 3}, root[32];
    uint64_t size = 0;
    cocreate_store_options options;
    cocreate_store *store = NULL;
    cocreate_store_options_init(&options);
    options.secret = secret;
    assert_status(cocreate_store_open(NULL, file, &options, &store, &check_error), COCREATE_OK);
    run_campaign(store);
    shows(store, "x", "'minor':10000");
    assert_status(cocreate_root(store, root, &size, &check_error), COCREATE_OK);
    char *before = shown(store);
    assert_true(holds(file, SECRETLY) || holds(log, SECRETLY));
    done(store, "{'at':31,'actor':'firm','do':'participant.erase','participant':'c7'}");
    assert_false(holds(file, SECRETLY));
    assert_false(holds(log, SECRETLY));
    char *after = shown(store);
    assert_string_equal(after, before);
    assert_status(cocreate_verify(store, root, size, NULL, NULL, &check_error), COCREATE_OK);
    refused(store, "{'at':31,'actor':'c7','do':'contribution.withdraw','campaign':'x','contribution':'a'}",
            COCREATE_ERR_PERMISSION, "'c7' was erased and acts no more");
    /* Nor is the ballot that they cast told of, through either door. */
    const char *chosen[] = {"b"};
    refused(store, "{'at':31,'actor':'c7','do':'ballot.cast','campaign':'x','round':'r','ballot':{'b':1}}",
            COCREATE_ERR_PERMISSION, "'c7' was erased and acts no more");
    assert_failure(cocreate_vote(store, "x", "r", 31, "c7", chosen, NULL, 1, &check_error),
                   COCREATE_ERR_PERMISSION, "'c7' was erased and acts no more");
    cocreate_store_close(store);
    assert_false(holds(file, SECRETLY));
    assert_true(holds(file, "Ford6"));
    free(before);
    free(after);
}

/* Undone, the data is still there. */
static void an_erasure_that_is_rolled_back_erases_nothing(void **state)
{
    folder *f = *state;
    const char *file = folder_file(f, "s");
    uint8_t secret[32] = {1, 2, 3};
    cocreate_store_options options;
    cocreate_store *store = NULL;
    cocreate_store_options_init(&options);
    options.secret = secret;
    assert_status(cocreate_store_open(NULL, file, &options, &store, &check_error), COCREATE_OK);
    run_campaign(store);
    assert_status(cocreate_store_begin(store, &check_error), COCREATE_OK);
    done(store, "{'at':31,'actor':'firm','do':'participant.erase','participant':'c7'}");
    assert_status(cocreate_store_rollback(store, &check_error), COCREATE_OK);
    cocreate_text *text = NULL;
    assert_status(cocreate_verify(store, NULL, 0, NULL, &text, &check_error), COCREATE_OK);
    assert_non_null(strstr(cocreate_text_data(text), "\"commitments\":40"));
    cocreate_text_free(text);
    cocreate_store_close(store);
    assert_true(holds(file, SECRETLY));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(erasing_changes_nothing_that_was_counted, folder_setup,
                                        folder_teardown),
        cmocka_unit_test_setup_teardown(an_erasure_that_is_rolled_back_erases_nothing, folder_setup,
                                        folder_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
