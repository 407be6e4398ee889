/* Exports: the log, tables, ballots for programs of the field, the data of one person. */
#include "rounds.h"

#include <stdio.h>

#define RANKED                                                                                     \
    "{'id':'r','phase':'vote','lead':'customer','instrument':'rank','method':'borda',"             \
    "'electorate':['customer'],'cut':{'top':1}}"

/* A store of the headers' campaign "x" with two rankings, decided by hand: c6 a > b, c7 b > a. */
static cocreate_store *ranked(void)
{
    cocreate_store *store = open_round(RANKED);
    ballot(store, "c6", "{'a':1,'b':2}");
    ballot(store, "c7", "{'b':1,'a':2}");
    return store;
}

static void is(cocreate_store *store, const char *campaign, const char *round, const char *format,
               const char *expected)
{
    cocreate_text *text = NULL;
    assert_status(cocreate_export(store, campaign, round, format, &text, &check_error),
                  COCREATE_OK);
    assert_string_equal(cocreate_text_data(text), expected);
    cocreate_text_free(text);
}

static void holds(cocreate_store *store, const char *round, const char *format, const char *part)
{
    cocreate_text *text = NULL;
    assert_status(cocreate_export(store, "x", round, format, &text, &check_error), COCREATE_OK);
    if (!strstr(cocreate_text_data(text), part))
        fail_msg("%s\ndoes not hold %s", cocreate_text_data(text), part);
    cocreate_text_free(text);
}

/* The ballots are events 22 and 23: before them 10 people, 2 of the campaign, 5 works, 4 of phases
 * and round. */
static void tables_are_rows(void **state)
{
    cocreate_store *store = ranked();
    (void)state;
    is(store, "x", NULL, "csv:ballots",
       "round,voter,about,weight,event,state,channel,marks\r\n"
       "r,c6,,1,22,cast,,\"{\"\"a\"\":1,\"\"b\"\":2}\"\r\n"
       "r,c7,,1,23,cast,,\"{\"\"a\"\":2,\"\"b\"\":1}\"\r\n");
    holds(store, NULL, "csv:contributions",
          "id,kind,title,authors,category,cost,channel,reply_to,terms,revision,at,state,reason,by,"
          "changed_at,"
          "late,fields\r\na,,Idea A,");
    is(store, "x", NULL, "csv:runs",
       "round,run,contribution,value,private,reason,submitted_at,by\r\n");
    is(store, "x", NULL, "csv:ledger", "number,key,at,memo,account,currency,minor,hash\r\n");
    holds(store, NULL, "csv:participants", "\r\nfirm,firm,,,,0\r\n");
    cocreate_store_close(store);
}

/* Once the round is closed its ballots are sealed for the tally: the table of ballots, and their file for
 * other programs, say the same as before, and the tally counts what they say. One is void, one retracted. */
static void sealed_ballots_are_the_same(void **state)
{
    (void)state;
    cocreate_text *before = NULL, *file = NULL, *after = NULL;
    cocreate_store *store =
        open_round("{'id':'r','lead':'customer','instrument':'approve','method':'approval',"
                                       "'phase':'vote','cut':{'top':1},'certify':'auto'}");
    ballot(store, "c6", "{'a':1,'b':1}");
    ballot(store, "c7", "{'b':1}");
    ballot(store, "c8", "{'a':1}");
    ballot(store, "c9", "{'a':1}");
    done(store, "{'at':160,'actor':'firm','do':'ballot.void','campaign':'x','round':'r','voter':'c8',"
                "'reason':'a double'}");
    done(store, "{'at':161,'actor':'c9','do':'ballot.retract','campaign':'x','round':'r'}");
    assert_status(cocreate_export(store, "x", NULL, "csv:ballots", &before, &check_error), COCREATE_OK);
    assert_status(cocreate_export(store, "x", "r", "preflib", &file, &check_error), COCREATE_OK);
    assert_status(cocreate_tick(store, 200, &check_error), COCREATE_OK);
    shows(store, "x", "'selected':['b']"); /* two against one */
    is(store, "x", NULL, "csv:ballots", cocreate_text_data(before));
    assert_status(cocreate_export(store, "x", "r", "preflib", &after, &check_error), COCREATE_OK);
    assert_string_equal(cocreate_text_data(after), cocreate_text_data(file));
    holds(store, NULL, "csv:ballots", "r,c8,,0,26,void,,");
    cocreate_text_free(before);
    cocreate_text_free(file);
    cocreate_text_free(after);
    verified_close(store);
}

/* An entry of the journal is a record for each of its lines, numbered as in the journal. */
static void the_journal_is_numbered(void **state)
{
    (void)state;
    cocreate_store *store = open_round_with(
        NULL, RANKED,
        ",'rewards':[{'id':'w','round':'r','scheme':{'scheme':'cocreate.incentives/1','currency':'USD',"
        "'funds':[{'id':'f','budget':'3.00'}],'rules':[{'id':'p','kind':'ranked_prizes','fund':'f',"
        "'prizes':['3.00']}]}}]");
    holds(store, NULL, "csv:ledger",
          "hash\r\n1,fund:w:f,10,,escrow:w:f,USD,300,");
    cocreate_store_close(store);
}

/* RFC 4180: what holds a separator, a quote or a line end is quoted, quotes are doubled. */
static void cells_are_quoted(void **state)
{
    cocreate_store *store = open_store();
    (void)state;
    done(store, "{'at':0,'actor':'host','do':'participant.put','participant':'a,b','side':'firm'}");
    assert_status(
        cocreate_participant_put(store, 0, "host", "say \"hi\"", "public", NULL, &check_error),
        COCREATE_OK);
    is(store, NULL, NULL, "csv:participants",
       "id,side,weight,status,person,at\r\n\"a,b\",firm,,,,0\r\n\"say "
       "\"\"hi\"\"\",public,,,,0\r\n");
    cocreate_store_close(store);
}

static void jsonl_is_the_log(void **state)
{
    cocreate_store *store = ranked();
    cocreate_text *all = NULL, *log = NULL, *one = NULL;
    (void)state;
    assert_status(cocreate_export(store, NULL, NULL, "jsonl", &all, &check_error), COCREATE_OK);
    assert_status(cocreate_events(store, 1, 0, &log, &check_error), COCREATE_OK);
    assert_string_equal(cocreate_text_data(all), cocreate_text_data(log));
    assert_status(cocreate_export(store, "x", NULL, "jsonl", &one, &check_error), COCREATE_OK);
    assert_null(strstr(cocreate_text_data(one), "participant.put"));
    cocreate_text_free(all);
    cocreate_text_free(log);
    cocreate_text_free(one);
    cocreate_store_close(store);
}

/* What is written can be read by the library's own readers, and gives the places of the round. */
static void ballots_come_back(void **state)
{
    cocreate_store *store = ranked();
    cocreate_text *text = NULL;
    cocreate_profile *profile = NULL;
    cocreate_profile_info info = {.size = sizeof info};
    (void)state;
    assert_status(cocreate_export(store, "x", "r", "preflib", &text, &check_error), COCREATE_OK);
    assert_non_null(strstr(cocreate_text_data(text), "# ALTERNATIVE NAME 1: a"));
    assert_non_null(strstr(cocreate_text_data(text), "1: 1,2"));
    assert_status(cocreate_profile_read(NULL, "toi", cocreate_text_data(text),
                                        cocreate_text_size(text), 0, NULL, NULL, &profile,
                                        &check_error),
                  COCREATE_OK);
    assert_status(cocreate_profile_info_get(profile, &info, &check_error), COCREATE_OK);
    assert_int_equal(info.options, 5);
    cocreate_profile_free(profile);
    cocreate_text_free(text);
    cocreate_store_close(store);
}

static void refuses(cocreate_store *store, const char *campaign, const char *round,
                    const char *format, cocreate_status status, const char *expected)
{
    cocreate_text *text = NULL;
    assert_int_equal(cocreate_export(store, campaign, round, format, &text, &check_error), status);
    assert_string_equal(check_error.text, expected);
    assert_null(text);
}

static void says_what_cannot_be(void **state)
{
    cocreate_store *store = open_round(RANKED);
    (void)state;
    refuses(store, "y", NULL, "jsonl", COCREATE_ERR_NOT_FOUND, "no campaign 'y'");
    refuses(store, NULL, "r", "jsonl", COCREATE_ERR_ARGUMENT,
            "round 'r' of which campaign? name it");
    refuses(store, "x", "r", "jsonl", COCREATE_ERR_ARGUMENT,
            "jsonl is the log of a campaign, not of a round");
    refuses(store, NULL, NULL, "csv:runs", COCREATE_ERR_ARGUMENT,
            "the table 'runs' is of a campaign: name one");
    refuses(store, "x", NULL, "csv:votes", COCREATE_ERR_NOT_FOUND,
            "no table 'votes'; there are contributions, revisions, ballots, decisions, runs, awards, "
            "ledger, periods, extras, useful, participants, invitations");
    refuses(store, "x", NULL, "xml", COCREATE_ERR_NOT_FOUND,
            "no format 'xml' of exports; there are jsonl, csv:TABLE, preflib, pabulib");
    refuses(store, "x", NULL, "preflib", COCREATE_ERR_ARGUMENT,
            "preflib is for the ballots of one round: name a campaign and a round");
    refuses(store, "x", "r", "pabulib", COCREATE_ERR_REFUSED, "round 'r' has not opened yet");
    cocreate_store_close(store);
}

/* Their own, and nothing of others. */
static void a_person_gets_their_own(void **state)
{
    cocreate_store *store = ranked();
    cocreate_text *text = NULL;
    (void)state;
    assert_status(cocreate_export_person(store, "c1", &text, &check_error), COCREATE_OK);
    const char *data = cocreate_text_data(text);
    assert_non_null(strstr(data, "\"id\":\"c1\""));
    assert_non_null(strstr(data, "Idea A"));
    assert_null(strstr(data, "Idea B"));
    assert_null(strstr(data, "c6"));
    cocreate_text_free(text);
    text = NULL;
    assert_int_equal(cocreate_export_person(store, "nobody", &text, &check_error),
                     COCREATE_ERR_NOT_FOUND);
    assert_null(text);
    cocreate_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_are_rows),
        cmocka_unit_test(the_journal_is_numbered),
        cmocka_unit_test(cells_are_quoted),
        cmocka_unit_test(jsonl_is_the_log),
        cmocka_unit_test(ballots_come_back),
        cmocka_unit_test(sealed_ballots_are_the_same),
        cmocka_unit_test(says_what_cannot_be),
        cmocka_unit_test(a_person_gets_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
