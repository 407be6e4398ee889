/* Cast vote records: what each reading rule makes of a row, by hand from the rules of RCTab. */
#include "check.h"

#include "formats.h"

#define HEAD "Id,Rank 1,Rank 2,Rank 3,Rank 4\n"

static void expect_ruled(const char *file, const char *rules, const char *ballots)
{
    cocreate_profile *p = read_ruled("cvr", file, 0, rules);
    assert_string_equal(ballots_of(p), ballots);
    cocreate_profile_free(p);
}

/* A, B and C are the options 0, 1 and 2, which a first ballot names. */
static void expect_row(const char *row, const char *rules, const char *ballots)
{
    char file[200], expected[200];
    snprintf(file, sizeof file, HEAD "0,A,B,C\n1,%s\n", row);
    const char *first = "1* 0:1 1:2 2:3";
    int before = strcmp(ballots, first) < 0;
    snprintf(expected, sizeof expected, "%s; %s", before ? ballots : first,
             before ? first : ballots);
    expect_ruled(file, rules, expected);
}

static void finds_the_ranks(void **state)
{
    (void)state;
    static const char *const heads[] = {
        "Id,Rank 1,Rank 2", "x,1st Choice,2nd Choice", "x,rank1,rank_2", ",1,2",
        "CVR,For Mayor Choice 1 (45),For Mayor Choice 2 (50)", "x,1st,2nd",
        "Preference 1,Precinct,Preference #2",
    };
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        char file[200];
        int apart = heads[i][0] == 'P';
        snprintf(file, sizeof file, "%s\n%s\n", heads[i], apart ? "A,p,B" : "7,A,B");
        expect_ruled(file, NULL, "1* 0:1 1:2");
    }
    expect_ruled("Id,second rank 2,first rank 1\n1,B,A\n", NULL, "1* 0:1 1:2");
    expect_ruled("a,b,c,d\n1,A,B,C\n", "{\"first_rank\":2}", "1* 0:1 1:2 2:3");
    expect_ruled("a,b,c,d\n1,A,B,C\n", "{\"first_rank\":\"2\",\"max_ranks\":2}", "1* 0:1 1:2");
    expect_ruled("Mayor rank 1,Clerk rank 1,Mayor rank 2\nA,X,B\n", "{\"contest\":\"mayor\"}",
                 "1* 0:1 1:2");
    expect_ruled("Rank 1,Rank 2,Count\nA,B,3\nB,,0\n", NULL, "3* 0:1 1:2");
}

static void takes_overvotes_as_the_rule_says(void **state)
{
    (void)state;
    expect_row("A,overvote,B", "{\"overvote\":\"exhaust\"}", "1* 0:1");
    expect_row("A,overvote,B", "{\"overvote\":\"skip\"}", "1* 0:1 1:2");
    expect_row("A|B,C", "{\"overvote\":\"exhaust\",\"delimiter\":\"|\"}", "1*");
    expect_row("A|B,C", "{\"overvote\":\"skip\",\"delimiter\":\"|\"}", "1* 2:1");
    expect_row("A|B,C", "{\"overvote\":\"tie\",\"delimiter\":\"|\"}", "1* 0:1 1:1 2:2");
    /* A skipped overvote does not use its names up, unless repeating a name ends the ballot. */
    expect_row("A|B,A", "{\"overvote\":\"skip\",\"delimiter\":\"|\",\"duplicate\":\"skip\"}", "1* 0:1");
    expect_row("A|B,A", "{\"overvote\":\"skip\",\"delimiter\":\"|\",\"duplicate\":\"exhaust\"}", "1*");
    expect_row("OVER,C", "{\"overvote\":\"skip\",\"overvote_label\":[\"over\",\"twice\"]}", "1* 2:1");
}

static void takes_skipped_ranks_as_the_rule_says(void **state)
{
    (void)state;
    expect_row(",undervote,skipped,A", NULL, "1* 0:1");
    expect_row("A,,,B", "{\"max_skipped\":2}", "1* 0:1 1:2");
    expect_row("A,,,B", "{\"max_skipped\":1}", "1* 0:1");
    expect_row("A,,B,", "{\"max_skipped\":\"0\"}", "1* 0:1");
    /* An overvote is no skipped rank. */
    expect_row(",overvote,,B", "{\"max_skipped\":1,\"overvote\":\"skip\"}", "1* 1:1");
    expect_row("-,B", "{\"skipped_label\":\"-\"}", "1* 1:1");
    expect_row(",B,,", "{\"blank\":\"C\",\"duplicate\":\"skip\"}", "1* 2:1 1:2");
}

static void takes_repeated_names_as_the_rule_says(void **state)
{
    (void)state;
    expect_row("A,A,B", "{\"duplicate\":\"skip\"}", "1* 0:1 1:2");
    expect_row("A,A,B", "{\"duplicate\":\"exhaust\"}", "1* 0:1");
    expect_ruled(HEAD "1,A,B,A,C\n", "{\"max_ranks\":2}", "1* 0:1 1:2");
}

static void knows_the_candidates(void **state)
{
    (void)state;
    cocreate_profile *p = read_ruled("cvr", HEAD "1,\"Doe, Jo \",B\n", 0,
                                     "{\"candidates\":[\"C\",\"B\",\"Doe, Jo\"],\"excluded\":\"B\"}");
    assert_string_equal(ballots_of(p), "1* 2:1 1:2");
    assert_int_equal(option_of(p, 1).withdrawn, 1);
    cocreate_profile_free(p);
}

static void writes_a_row_for_each_ballot(void **state)
{
    (void)state;
    cocreate_text *text;
    cocreate_profile *p = read_ok("cvr", HEAD "1,B,A\n2,B,A\n3\n4,\"C \"\"x\"\"\"\n", 0);
    assert_status(cocreate_profile_write(p, "cvr", &text, &check_error), COCREATE_OK);
    assert_string_equal(cocreate_text_data(text),
                        "Record Id,Rank 1,Rank 2\r\n1,undervote,undervote\r\n2,B,A\r\n3,B,A\r\n"
                        "4,\"C \"\"x\"\"\",undervote\r\n");
    cocreate_profile *q = read_ruled("cvr", cocreate_text_data(text), 0,
                                     "{\"candidates\":[\"B\",\"A\",\"C \\\"x\\\"\"]}");
    expect_same(p, q);
    cocreate_text_free(text);
    cocreate_profile_free(p);
    cocreate_profile_free(q);
}

static void ruled(const char *file, const char *rules, cocreate_status status, uint64_t line,
                  const char *text)
{
    expect_ruled_failure("cvr", file, 0, rules, status, line, text);
}

static void names_the_fault(void **state)
{
    (void)state;
    bad("cvr", "", 0, "there is no header row");
    bad("cvr", "a,b\nA,B\n", 1,
        "no title tells a rank, as \"Rank 1\" does: give the rule first_rank");
    bad("cvr", "Rank 1,Rank 3\nA,B\n", 1, "column 2 is for rank 3 of 2 columns");
    bad("cvr", "x,Rank 1,Rank 3\n1,A,B\n", 1, "there is no column for rank 2");
    bad("cvr", "Rank 1,Choice 1\nA,B\n", 1,
        "columns 1 and 2 are both for rank 1: choose by the rule contest or first_rank");
    bad("cvr", "Rank 1\n\"\"\n\n,x\n", 4, "the row has 2 cells, but the header has 1");
    bad("cvr", HEAD "1\n", 2, "the file names no candidate");
    bad("cvr", HEAD "1,A,overvote\n", 2,
        "there is an overvote: say by the rule overvote what is to be done: exhaust, skip or tie");
    bad("cvr", HEAD "1,A,B\n2,A,A\n", 3,
        "the ballot names a candidate twice: say by the rule duplicate what is to be done: skip or "
        "exhaust");
    bad("cvr", "Rank 1,Count\nA,x\n", 2, "column \"count\": \"x\" is not a whole number");
    ruled(HEAD "1,overvote,A\n", "{\"overvote\":\"tie\"}", COCREATE_ERR_PARSE, 2,
          "an overvote that does not name its candidates cannot be a tie");
    ruled(HEAD "1,A|,B\n", "{\"delimiter\":\"|\"}", COCREATE_ERR_PARSE, 2, "candidate is empty");
    ruled(HEAD "1,A,B\n", "{\"candidates\":[\"A\"]}", COCREATE_ERR_PARSE, 2,
          "\"B\" is none of the candidates");
    ruled(HEAD "1,A\n", "{\"candidates\":[\"A\",\"A\"]}", COCREATE_ERR_ARGUMENT, 0,
          "rules of cvr: $.candidates: \"A\" stands there twice");
    ruled(HEAD "1,A\n", "{\"excluded\":[\"B\"]}", COCREATE_ERR_NOT_FOUND, 0,
          "rules of cvr: $.excluded: no ballot names \"B\"");
    ruled(HEAD "1,A\n", "{\"excluded\":[3]}", COCREATE_ERR_SCHEMA, 0,
          "rules of cvr: $.excluded: expected a string, or an array of them");
    ruled(HEAD "1,A\n", "{\"delimiter\":\"\"}", COCREATE_ERR_ARGUMENT, 0,
          "rules of cvr: $.delimiter is empty");
    ruled(HEAD "1,A\n", "{\"overvot\":\"skip\"}", COCREATE_ERR_SCHEMA, 0,
          "rules of cvr: $.overvot: unknown key, did you mean \"overvote\"?");
    ruled(HEAD "1,A\n", "{", COCREATE_ERR_PARSE, 0,
          "rules of cvr: line 1, column 2: expected a quoted key, found the end");
    expect_failure("cvr", HEAD "1,A\n", COCREATE_BALLOT_SCORE, COCREATE_ERR_ARGUMENT, 2,
                   "the file holds rankings, not scores");
}

static void refuses_what_it_cannot_say(void **state)
{
    (void)state;
    cocreate_text *text = NULL;
    cocreate_profile *p = read_ok("toi", "# NUMBER ALTERNATIVES: 2\n1: {1,2}\n", 0);
    assert_failure(cocreate_profile_write(p, "cvr", &text, &check_error), COCREATE_ERR_ARGUMENT,
                   "cvr has strict orders, but ballot 0 has ties");
    cocreate_profile_free(p);
    p = read_ok("csv", "Overvote,b\n1,2\n", COCREATE_BALLOT_RANKING);
    assert_failure(cocreate_profile_write(p, "cvr", &text, &check_error), COCREATE_ERR_ARGUMENT,
                   "cvr has no place for the id \"Overvote\": a blank at an end, or one of overvote, "
                   "undervote and skipped");
    cocreate_profile_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_ranks),
        cmocka_unit_test(takes_overvotes_as_the_rule_says),
        cmocka_unit_test(takes_skipped_ranks_as_the_rule_says),
        cmocka_unit_test(takes_repeated_names_as_the_rule_says),
        cmocka_unit_test(knows_the_candidates),
        cmocka_unit_test(writes_a_row_for_each_ballot),
        cmocka_unit_test(names_the_fault),
        cmocka_unit_test(refuses_what_it_cannot_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
