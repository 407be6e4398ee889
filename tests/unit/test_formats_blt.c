/* BLT: its dialects by example, ballots read off the files by hand. */
#include "check.h"

#include "formats.h"

/* The example of Hill, Wichmann & Woodall, Algorithm 123, section 3.1. */
static const char algorithm_123[] = "4 2\n-2\n3 1 3 4 0\n4 1 3 2 0\n2 4 1 3 0\n1 2 0\n2 2 4 3 1 0\n"
                                    "1 3 4 2 0\n0\n\"Adam\"\n\"Basil\"\n\"Charlotte\"\n\"Donald\"\n"
                                    "\"Title\"\n";

static void reads_the_original(void **state)
{
    (void)state;
    cocreate_profile *p = read_ok("blt", algorithm_123, 0);
    assert_string_equal(ballots_of(p), "4* 0:1 2:2 1:3; 3* 0:1 2:2 3:3; 1* 1:1; "
                                       "2* 1:1 3:2 2:3 0:4; 1* 2:1 3:2 1:3; 2* 3:1 0:2 2:3");
    assert_int_equal(info_of(p).seats, 2);
    assert_int_equal(info_of(p).ballots, 13);
    assert_string_equal(option_of(p, 1).name, "Basil");
    assert_string_equal(option_of(p, 1).id, "2");
    assert_int_equal(option_of(p, 0).withdrawn, 0);
    assert_int_equal(option_of(p, 1).withdrawn, 1);
    expect_round_trip(p, "blt", 0);
    cocreate_profile_free(p);
}

/* Line ends are blanks there. */
static void reads_it_on_one_line(void **state)
{
    (void)state;
    char line[sizeof algorithm_123];
    memcpy(line, algorithm_123, sizeof line);
    for (char *s = line; *s != '\0'; s++)
        *s = *s == '\n' ? ' ' : *s;
    cocreate_profile *p = read_ok("blt", algorithm_123, 0), *q = read_ok("blt", line, 0);
    expect_same(p, q);
    cocreate_profile_free(p);
    cocreate_profile_free(q);
}

static void reads_what_others_added(void **state)
{
    (void)state;
    /* OpenSTV and OpaVote: comments, ties, skipped ranks, ids of ballots. */
    expect_read("blt",
                "\xef\xbb\xbf# a vote\r\n3 1 # head\r\n2 1=3 - 2 0\r\n(a 1) 3 0\r\n(b) - 3 0\r\n1 0\r\n0\r\n",
                0, "1*; 2* 0:1 2:1 1:2; 2* 2:1");
    /* Droop: lists, comments as in C. Hill: parentheses. */
    expect_read("blt",
                "3 2 /* three\n for two */ [nick ab cd ef] [withdrawn cd] [tie ef cd ab ]\n"
                "[droop rule=meek precision=6]\n2 ef ab=cd 0 1 (ab ef) 2 0 0 \"A\" \"B\" \"C\" \"T\"",
                0, "1* 0:1 2:1 1:2; 2* 2:1 0:2 1:2");
    /* A table saved as text. */
    expect_read("blt", "2 1,\n7 2 1 0,\n0,\nDoe, Jo,\nRay,\nWard,1\n", 0, "7* 1:1 0:2");
}

static void check_names(const char *names, const char *first, const char *second)
{
    char file[200];
    snprintf(file, sizeof file, "2 1\n1 1 0\n0\n%s", names);
    cocreate_profile *p = read_ok("blt", file, 0);
    assert_string_equal(option_of(p, 0).name, first);
    assert_string_equal(option_of(p, 1).name, second);
    expect_round_trip(p, "blt", 0);
    cocreate_profile_free(p);
}

static void reads_names(void **state)
{
    (void)state;
    check_names("\"Ann\"\n\"Bo\"\n\"T\"\n\"source\"\nand more\n1 2\n", "Ann", "Bo");
    check_names("\"Lab \"\"Ann\"\" \"\n\"\"\"\"", "Lab \"Ann\" ", "\"");
    check_names("Ann Doe (SNP)  \n \tBo \"B\" Ray\r\nWard 3\n", "Ann Doe (SNP)", "Bo \"B\" Ray");
    check_names("# ALTERNATIVE NAME 1: Ann (\"A\")\n# ALTERNATIVE NAME 2: Bo\nWard\n", "Ann (\"A\")",
                "Bo");
    check_names("# so\n\"Ann\" # first\n\"Bo #2\"\n", "Ann", "Bo #2");
    check_names("\"\"\nBo", "1", "Bo");
    /* A name and a party on each line, or all names on one. */
    check_names("\"Ann\" \"Green\" # x\n\"Bo\" \"Red\"\n\"T\"\n", "Ann, Green", "Bo, Red");
    check_names("\"Ann\" \"Bo\" \"T\"\n", "Ann", "Bo");
    check_names("\"Ann\" \"Bo\"\n\n", "Ann", "Bo");
    check_names("", "1", "2");
}

static void names_the_fault(void **state)
{
    (void)state;
    bad("blt", "", 1, "expected the number of candidates, but the file ends");
    bad("blt", "x 1\n", 1, "expected the number of candidates, not \"x\"");
    bad("blt", "0 1\n0\n", 1, "there are no candidates");
    bad("blt", "3     \n", 2, "expected the number of seats, but the file ends");
    bad("blt", "3 4\n0\n", 1, "4 seats cannot be filled by 3 candidates");
    bad("blt", "3 0\n0\n", 1, "0 seats cannot be filled by 3 candidates");
    bad("blt", "900000 1\n", 1, "900000 candidates cannot be named in a file of 9 bytes");
    bad("blt", "3 1\n\n-4\n0\n", 3, "candidate 4 is out of range 1..3");
    bad("blt", "3 1\n1 1 2\n", 3, "expected the number of a candidate, but the file ends");
    bad("blt", "3 1\n1 1 2 1 0\n0\n", 2,
        "the ballot names candidate 1 twice (is a 0 missing at its end?)");
    bad("blt", "3 1\n1 1 9 0\n0\n", 2, "candidate 9 is out of range 1..3");
    bad("blt", "3 1\n1 1 ann 0\n0\n", 2, "expected the number of a candidate, not \"ann\"");
    bad("blt", "3 1\n1 =1 0\n0\n", 2, "expected a candidate before '=', not \"=\"");
    bad("blt", "3 1\n1 1= 0\n0\n", 2, "candidate 0 is out of range 1..3");
    bad("blt", "3 1\n1 1 - =2 0\n0\n", 2, "expected a candidate before '=', not \"=\"");
    bad("blt", "3 1\n1 (2) 0\n0\n", 2, "parentheses within a ballot tie two candidates or more");
    bad("blt", "3 1\n1.5 1 0\n0\n", 2,
        "expected a count of ballots, a whole number, or the 0 behind the last one, not \"1.5\"");
    bad("blt", "3 1\n1 1 0\n", 3,
        "expected a count of ballots, a whole number, or the 0 behind the last one, but the file "
        "ends");
    bad("blt", "3 1\n(7 1 0\n", 3, "expected ')' after the id of a ballot, but the file ends");
    bad("blt", "3 1\n[order 1 2 3]\n0\n", 2,
        "no list is called \"order\": there are nick, withdrawn, tie and droop");
    bad("blt", "3 1\n[tie 1 2\n", 3, "expected ']', but the file ends");
    bad("blt", "2 1\n[nick a]\n0\n", 2, "there are 1 nicknames for 2 candidates");
    bad("blt", "2 1\n[nick a b c]\n0\n", 2, "there are more nicknames than 2 candidates");
    bad("blt", "2 1\n[nick a a]\n0\n", 2, "two candidates have the nickname \"a\"");
    bad("blt", "2 1\n[nick a 2]\n0\n", 2, "\"2\" cannot be a nickname");
    bad("blt", "2 1\n[nick a b]\n1 c 0\n0\n", 3, "no candidate has the nickname \"c\"");
    bad("blt", "2 1 /* open\n0\n", 1, "a comment does not end");
    bad("blt", "2 1\n0\n\"Ann\"\n", 4, "the file ends after 1 of 2 names");
    bad("blt", "2 1\n0\n\"Ann\n\"Bo\"\n", 3, "a name in quotes does not end");
    bad("blt", "2 1\n0\n\"Ann \"A\" Doe\"\n", 3,
        "expected a blank after the closing quote of a name (a quote within a name is doubled)");
    bad("blt", "2 1\n0\n\"\xff\"\nBo\n", 3, "the text is not valid UTF-8");
    expect_failure("blt", "2 1\n9223372036854775807 1 0\n1 2 0\n0\n", 0, COCREATE_ERR_OVERFLOW, 3,
                   "the ballots together would be more than 2^63 - 1");
    expect_failure("blt", "2 1\n1 1 0\n0\n", COCREATE_BALLOT_SCORE, COCREATE_ERR_ARGUMENT, 1,
                   "the file holds rankings, not scores");
}

static void refuses_to_drop_anything(void **state)
{
    (void)state;
    cocreate_text *text = NULL;
    cocreate_profile *p = read_ok("blt", "2 1\n1 1 0\n0\n", 0);
    assert_failure(cocreate_profile_write(p, "soi", &text, &check_error), COCREATE_ERR_ARGUMENT,
                   "soi has no place for the number of seats");
    assert_status(cocreate_profile_set_seats(p, 0, &check_error), COCREATE_OK);
    assert_failure(cocreate_profile_write(p, "blt", &text, &check_error), COCREATE_ERR_ARGUMENT,
                   "blt needs the number of seats, which the profile does not say");
    assert_null(text);
    cocreate_profile_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_the_original),     cmocka_unit_test(reads_it_on_one_line),
        cmocka_unit_test(reads_what_others_added), cmocka_unit_test(reads_names),
        cmocka_unit_test(names_the_fault),        cmocka_unit_test(refuses_to_drop_anything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
