/* ABIF: lines after the description of the format, ballots read off them by hand. */
#include "check.h"

#include "formats.h"

#define APPROVAL COCREATE_BALLOT_APPROVAL
#define RANKING COCREATE_BALLOT_RANKING
#define SCORE COCREATE_BALLOT_SCORE

static void expect_kind(const char *file, int32_t asked, int32_t kind, const char *ballots)
{
    cocreate_profile *p = read_ok("abif", file, asked);
    assert_int_equal(info_of(p).kind, kind);
    assert_string_equal(ballots_of(p), ballots);
    expect_round_trip(p, "abif", asked);
    expect_round_trip(p, "abif", 0); /* what is written says of which kind it is */
    cocreate_profile_free(p);
}

static void reads_rankings(void **state)
{
    (void)state;
    expect_kind("27:A>B=C,D\n", 0, RANKING, "27* 0:1 1:2 2:2 3:2");
    expect_kind(" 3 * A > B # so\n\n0:C\n5:\n1:B\n1:B>A: {\"precinct\": 4}\n", 0, RANKING,
                "5*; 3* 0:1 1:2; 1* 1:1; 1* 1:1 0:2");
    /* Scores on some candidates only are no scores; a sign says more than they do. */
    expect_kind("2:A>B/7>C/9\n", 0, RANKING, "2* 0:1 1:2 2:3");
    expect_kind("2:A/3>B/5\n1:B/2\n", 0, RANKING, "2* 0:1 1:2; 1* 1:1");
    /* Commas say nothing of an order: there the scores do, and one that has none stands last. */
    expect_kind("1:A/1,B/5,C,D/5\n", 0, RANKING, "1* 1:1 3:1 0:2 2:3");
    expect_kind("1:A/1,B/5>C/0,D/9\n", RANKING, RANKING, "1* 1:1 0:2 3:3 2:4");
    expect_kind("{ballot_type: \"ranked\"}\n1:A/1,B/5\n", 0, RANKING, "1* 1:1 0:2");
}

static void reads_scores(void **state)
{
    (void)state;
    expect_kind("12:A/5,B/0045,C/-2\n3:\n", 0, SCORE, "3*; 12* 0:5 1:45 2:-2");
    expect_kind("2:A/5>B/5=C/5\n", 0, SCORE, "2* 0:5 1:5 2:5");
    expect_kind("{\"max_rating\": 5}\n{min_rating:0}\n1:A / 5 , B/0\n", 0, SCORE, "1* 0:5 1:0");
    expect_kind("1:A/5,B\n", SCORE, SCORE, "1* 0:5");
    expect_kind("1:A/1\n", RANKING, RANKING, "1* 0:1");
    expect_kind("{\"ballot_type\": \"rated\"}\n=A:[A]\n2:\n", 0, SCORE, "2*");
}

static void reads_approvals(void **state)
{
    (void)state;
    expect_kind("4:A=C,X\n1:A/1,C/0\n", APPROVAL, APPROVAL, "1* 0:1; 4* 0:1 1:1 2:1");
    expect_kind("{\"ballot_type\": \"approval\"}\n1:A/1>C/0\n", 0, APPROVAL, "1* 0:1");
}

static void reads_candidates(void **state)
{
    (void)state;
    cocreate_profile *p = read_ok("abif",
                                  "{\"title\": \"T}\"}\n2:M>\"a \\\"b\\\\\"\n=M:[Memphis, TN] # c\n"
                                  "=\"a \\\"b\\\\\" : \"N ]\"\nC:Chat\n1:[Memphis, TN]>[New: #1]\n",
                                  0);
    assert_string_equal(ballots_of(p), "2* 0:1 1:2; 1* 0:1 3:2");
    static const char *const ids[] = {"M", "a \"b\\", "C", "New: #1"};
    static const char *const names[] = {"Memphis, TN", "N ]", "Chat", "New: #1"};
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(option_of(p, i).id, ids[i]);
        assert_string_equal(option_of(p, i).name, names[i]);
    }
    expect_round_trip(p, "abif", 0);
    cocreate_profile_free(p);
    p = read_ok("abif", "=A:[]\n1:A\n", 0);
    assert_string_equal(option_of(p, 0).name, "A");
    cocreate_profile_free(p);
}

static void names_the_fault(void **state)
{
    (void)state;
    bad("abif", "", 0, "the file names no candidate");
    bad("abif", "100:\n", 1, "the file names no candidate");
    bad("abif", "3\n", 1, "expected ':' or '*' after the count, but the line ends");
    bad("abif", "3:A>\n", 1, "expected a candidate, but the line ends");
    bad("abif", "3:A>>B\n", 1, "expected a candidate, not \">B\"");
    bad("abif", "3:A B\n", 1, "expected '>', '=' or ',', not \"B\"");
    bad("abif", "\n3:A>B>A\n", 2, "the ballot names candidate \"A\" twice");
    bad("abif", "=A:[x]\n3:A>B\n", 2, "there is no candidate \"B\"");
    bad("abif", "=A:[x]\n=B:[x]\n3:[x]\n", 3, "more than one candidate is called \"x\"");
    bad("abif", "=A:[x]\n=A:[y]\n", 2, "candidate \"A\" is declared twice");
    bad("abif", "=A[x]\n", 1, "expected ':' after the id of a candidate, not \"[x]\"");
    bad("abif", "=A:[x] y\n", 1, "expected the end of the line after the name, not \"y\"");
    bad("abif", "[x]: A\n", 1, "a candidate is declared as =id:[Name], the id first");
    bad("abif", "=A:[x\n", 1, "there is a '[' without ']'");
    bad("abif", "1:\"x\n", 1, "there is a '\"' without '\"'");
    bad("abif", "1:\"x\\n\"\n", 1, "a backslash stands before '\"' or another one only");
    bad("abif", "1:\"\"\n", 1, "a candidate without a name");
    bad("abif", "{title: 1\n", 1, "there is a '{' without '}'");
    bad("abif", "{title}\n", 1, "expected ':' after the key, but the line ends");
    bad("abif", "{max_rating: 5.5}\n", 1, "max_rating is \"5.5\", not a whole number");
    bad("abif", "1:A/\n", 1, "\"\" is not a score: a whole number");
    bad("abif", "1:A/4.5\n", 1, "\"4.5\" is not a score: a whole number");
    bad("abif", "{max_rating: 5}\n1:A/6\n", 2,
        "the score is 6, but max_rating is 5 (with the rule bounds=ignored the file is read as it "
        "is)");
    bad("abif", "{ballotcount: 5}\n4:A\n", 1,
        "ballotcount is 5, but the ballots are 4 (with the rule counts=ignored the file is read as "
        "it is)");
    bad("abif", "1:A/5=B/4,C/1\n", 1,
        "\"A\" with 5 = \"B\" with 4: the sign and the scores disagree");
    expect_failure("abif", "1:A/3>B/5\n", SCORE, COCREATE_ERR_PARSE, 1,
                   "\"A\" with 3 > \"B\" with 5: the sign and the scores disagree");
    expect_failure("abif", "1:A\n", SCORE, COCREATE_ERR_PARSE, 1, "the ballot has no scores");
    expect_failure("abif", "1:A>B\n", APPROVAL, COCREATE_ERR_PARSE, 1,
                   "the ballot ranks candidates by '>'; approvals have no order");
    expect_failure("abif", "1:A/2\n", APPROVAL, COCREATE_ERR_PARSE, 1,
                   "the score 2 is no approval, which is 0 or 1");
    expect_failure("abif", "1:A\n", COCREATE_BALLOT_POINTS, COCREATE_ERR_ARGUMENT, 0,
                   "abif holds no points");
    expect_failure("abif", "99999999999999999999:A\n", 0, COCREATE_ERR_OVERFLOW, 1,
                   "the count is too large");
}

static void overlooks_what_a_rule_says(void **state)
{
    (void)state;
    cocreate_profile *p = read_ruled("abif", "{ballotcount: 5}\n{max_rating: 5}\n4:A/6\n", 0,
                                     "{\"bounds\":\"ignored\",\"counts\":\"ignored\"}");
    assert_string_equal(ballots_of(p), "4* 0:6");
    cocreate_profile_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_rankings),  cmocka_unit_test(reads_scores),
        cmocka_unit_test(reads_approvals), cmocka_unit_test(reads_candidates),
        cmocka_unit_test(names_the_fault), cmocka_unit_test(overlooks_what_a_rule_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
