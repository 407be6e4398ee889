/* The readers and writers on small files written by hand after the descriptions of the formats;
 * expected ballots are read off them. */
#include "check.h"

#include "failing_allocator.h"
#include "formats.h"

/* --- the list --- */

static void lists_formats(void **state)
{
    (void)state;
    static const char *const names[] = {"soc", "soi", "toc", "toi", "cat", "pb", "csv", "blt", "abif",
                                        "cvr"};
    size_t n = sizeof names / sizeof *names;
    assert_int_equal(cocreate_format_count(), n);
    for (size_t i = 0; i < n; i++) {
        cocreate_format format = {.size = sizeof format};
        assert_status(cocreate_format_at(i, &format, &check_error), COCREATE_OK);
        assert_string_equal(format.name, names[i]);
        assert_true(strlen(format.title) > 0 && strlen(format.source) > 0);
        assert_int_equal(format.can_write, 1);
    }
    cocreate_format format = {.size = sizeof format};
    assert_failure(cocreate_format_at(n, &format, &check_error), COCREATE_ERR_ARGUMENT,
                   "format index 10 is not below the number of formats, 10");
    format.size = 1;
    assert_status(cocreate_format_at(0, &format, &check_error), COCREATE_ERR_ARGUMENT);
    expect_failure("xls", "", 0, COCREATE_ERR_NOT_FOUND, 0,
                   "no format \"xls\"; there are soc, soi, toc, toi, cat, pb, csv, blt, abif and "
                   "cvr");
}

static void keeps_to_limits(void **state)
{
    (void)state;
    const char *file = "# NUMBER ALTERNATIVES: 3\n1: 1\n1: 2\n";
    cocreate_profile *p = NULL;
    cocreate_read_limits limits;
    cocreate_read_limits_init(&limits);
    limits.max_bytes = 5;
    assert_failure(cocreate_profile_read(NULL, "soi", file, strlen(file), 0, &limits, NULL, &p,
                                         &check_error),
                   COCREATE_ERR_LIMIT, "the input of 35 bytes is longer than the limit of 5");
    cocreate_read_limits_init(&limits);
    limits.max_options = 2;
    assert_failure(cocreate_profile_read(NULL, "soi", file, strlen(file), 0, &limits, NULL, &p,
                                         &check_error),
                   COCREATE_ERR_LIMIT, "3 alternatives are more than the limit of 2");
    cocreate_read_limits_init(&limits);
    limits.max_ballots = 1;
    assert_failure(cocreate_profile_read(NULL, "soi", file, strlen(file), 0, &limits, NULL, &p,
                                         &check_error),
                   COCREATE_ERR_LIMIT, "there are more ballot lines than the limit of 1");
    assert_int_equal(check_error.where, 3);
    limits.size = 1;
    assert_status(cocreate_profile_read(NULL, "soi", file, strlen(file), 0, &limits, NULL, &p,
                                        &check_error),
                  COCREATE_ERR_ARGUMENT);
    expect_failure("soi", "# NUMBER ALTERNATIVES: 1000000000\n", 0, COCREATE_ERR_LIMIT, 1,
                   "1000000000 alternatives are more than the limit of 1000000");
    bad("soi", "# NUMBER ALTERNATIVES: 900000\n", 1,
        "900000 alternatives cannot be named in a file of 30 bytes");
    assert_null(p);
}

static void refuses_another_kind(void **state)
{
    (void)state;
    expect_failure("soc", "# NUMBER ALTERNATIVES: 1\n", 3, COCREATE_ERR_ARGUMENT, 1,
                   "the file holds rankings, not scores");
    expect_failure("soc", "", 9, COCREATE_ERR_ARGUMENT, 0, "9 is not a kind of ballot");
    expect_failure("csv", "a\n1\n", 0, COCREATE_ERR_ARGUMENT, 0,
                   "csv does not say what its cells mean: give the kind of ballot");
}

/* --- PrefLib --- */

#define HEADER "# FILE NAME: x\n# NUMBER ALTERNATIVES: 3\n# ALTERNATIVE NAME 2: Oak, old \n"

static void reads_orders(void **state)
{
    (void)state;
    expect_read("soc", HEADER "5: 1,2,3\n2:3,1,2\n", 0, "5* 0:1 1:2 2:3; 2* 2:1 0:2 1:3");
    expect_read("soi", HEADER "5: 2,1\n0: 3\n1: {3}\n4:\n", 0, "4*; 5* 1:1 0:2; 1* 2:1");
    expect_read("toc", HEADER "5: {3,1},2\n1: { 1 , 2 }, 3", 2, "1* 0:1 1:1 2:2; 5* 0:1 2:1 1:2");
    expect_read("toi", HEADER "5: {},{3,1},{},{2}\n", 0, "5* 0:1 2:1 1:2");
    /* Byte order mark, Windows line ends, blank lines, comments, the same order twice. */
    expect_read("toi",
                "\xef\xbb\xbf# NUMBER ALTERNATIVES: 2\r\n# NUMBER VOTERS: 4\r\n#\r\n# - a note\r\n"
                "\r\n1: 2\r\n3: 2\r\n \r\n",
                0, "4* 1:1");
    cocreate_profile *p = read_ok("soi", HEADER "5: 2,1\n", 0);
    assert_string_equal(option_of(p, 1).id, "2");
    assert_string_equal(option_of(p, 1).name, "Oak, old ");
    assert_string_equal(option_of(p, 2).name, "3");
    cocreate_profile_free(p);
}

static void reads_categories(void **state)
{
    (void)state;
    expect_read("cat", "# NUMBER ALTERNATIVES: 3\n# NUMBER CATEGORIES: 2\n2: {2,3},{1}\n1: {},{1,2,3}\n",
                0, "1*; 2* 1:1 2:1");
    expect_read("cat", "# NUMBER CATEGORIES: 2\n# CATEGORY NAME 0: Yes\n# NUMBER ALTERNATIVES: 3\n2: 2,1\n",
                1, "2* 1:1");
    /* Four categories score 3, 2, 1, 0; an alternative in none has no score. */
    expect_read("cat", "# NUMBER ALTERNATIVES: 4\n# NUMBER CATEGORIES: 4\n7: {4},{},2,1\n", 0,
                "7* 0:0 1:1 3:3");
    expect_read("cat", "# NUMBER ALTERNATIVES: 2\n# NUMBER CATEGORIES: 1\n7: {2}\n", 0, "7* 1:1");
}

static void names_the_fault_in_orders(void **state)
{
    (void)state;
    bad("soc", "", 0, "the header has no \"# NUMBER ALTERNATIVES: ...\"");
    bad("soc", "3\n1,ash\n", 0, "the header has no \"# NUMBER ALTERNATIVES: ...\"");
    bad("soc", "# NUMBER ALTERNATIVES: three\n", 1, "NUMBER ALTERNATIVES is \"three\", not a number");
    bad("soc", "# NUMBER ALTERNATIVES: 0\n", 1, "NUMBER ALTERNATIVES is 0");
    bad("soc", HEADER "1: 1,2\n", 4,
        "the ballot ranks 2 of 3 alternatives, but soc has complete orders");
    bad("soi", HEADER "1: 1,{2,3}\n", 4, "alternatives 2 and 3 are tied, but soi has strict orders");
    bad("soi", HEADER "1: 1,17\n", 4, "alternative 17 is out of range 1..3");
    bad("soi", HEADER "1: 0\n", 4, "alternative 0 is out of range 1..3");
    bad("soi", HEADER "1: 99999999999999999999999999\n", 4,
        "alternative 99999999999999999999 is out of range 1..3");
    bad("toi", HEADER "1: {3,1},3\n", 4, "the ballot names alternative 3 twice");
    bad("toi", HEADER "\n0: 3,3\n", 5, "the ballot names alternative 3 twice");
    bad("toi", HEADER "1 3,1\n", 4, "expected ':' after the count, not \"3,1\"");
    bad("toi", HEADER "one: 3,1\n", 4, "expected a count, not \"one: 3,1\"");
    bad("toi", HEADER "12\n", 4, "expected ':' after the count, but the line ends");
    bad("toi", HEADER "1: 1,,2\n", 4, "expected the number of an alternative, not \",2\"");
    bad("toi", HEADER "1: 1;2\n", 4, "expected ',', not \";2\"");
    bad("toi", HEADER "1: 1,\n", 4, "expected an alternative after ',', but the line ends");
    bad("toi", HEADER "1: {1,2\n", 4, "expected ',' or '}', but the line ends");
    bad("toi", HEADER "1: {1{\n", 4, "expected ',' or '}', not \"{\"");
    bad("toi", HEADER "1: 1}\n", 4, "expected ',', not \"}\"");
    bad("toi", "# NUMBER ALTERNATIVES: 2\n# NUMBER VOTERS: 9\n4: 1\n3: 2\n", 2,
        "NUMBER VOTERS is 9, but the ballots are 7 "
        "(with the rule counts=ignored the file is read as it is)");
    bad("toi", HEADER "# ALTERNATIVE NAME 2: again\n", 4, "alternative 2 has a name already");
    bad("toi", HEADER "# ALTERNATIVE NAME 4: ash\n", 4, "alternative 4 is out of range 1..3");
    bad("toi", HEADER "# ALTERNATIVE NAME x: ash\n", 4,
        "expected \"ALTERNATIVE NAME\", a number and ':'");
    bad("toi", HEADER "# ALTERNATIVE NAME 1: \xff\n", 4, "the text is not valid UTF-8");
    expect_failure("toi", HEADER "99999999999999999999: 1\n", 0, COCREATE_ERR_OVERFLOW, 4,
                   "the count is too large");
    expect_failure("toi", HEADER "9000000000000000000: 1\n9000000000000000000: 2\n", 0,
                   COCREATE_ERR_OVERFLOW, 5, "the ballots together would be more than 2^63 - 1");
}

static void names_the_fault_in_categories(void **state)
{
    (void)state;
    bad("cat", HEADER "1: {1},{2,3}\n", 3,
        "the header has no \"# NUMBER CATEGORIES: ...\" of 1 or more");
    bad("cat", "# NUMBER CATEGORIES: 2\n" HEADER "1: {1},{2},{3}\n", 5,
        "the ballot has 3 categories, not 2");
    bad("cat", "# NUMBER CATEGORIES: 2\n" HEADER "1: {1,2},{2,3}\n", 5,
        "the ballot names alternative 2 twice");
}

/* --- Pabulib --- */

#define META(type) "META\nkey;value\ndescription;\"a; \"\"b\"\"\"\nbudget;100\nvote_type;" type "\n"
#define PROJECTS "PROJECTS\nproject_id;cost;name\n9;60;Bench\n10;40.5;\"Oak\nand elm\"\na b;7;\n"
#define PB(type, votes) META(type) PROJECTS "VOTES\nvoter_id;age;vote;points\n" votes

static void reads_participatory_budgets(void **state)
{
    (void)state;
    expect_read("pb", PB("approval", "1;30;9,a b;\n2;;10;\n3;;;\n4;\n"), 0,
                "2*; 1* 0:1 2:1; 1* 1:1");
    expect_read("pb", PB("choose-1", "1;30;a b\n"), 1, "1* 2:1");
    expect_read("pb", PB("ordinal", "1;;10, 9;\n2;;a b;\n"), 0, "1* 1:1 0:2; 1* 2:1");
    expect_read("pb", PB("scoring", "1;;10,9;-5,0\n"), 0, "1* 0:0 1:-5");
    /* Points given to a project in several portions add up. */
    expect_read("pb", PB("cumulative", "1;;10,9,10;1,2,3\r\n"), 4, "1* 0:2 1:4");

    cocreate_profile *p = read_ok("pb", PB("approval", ""), 0);
    assert_int_equal(info_of(p).budget, 1000);
    assert_int_equal(info_of(p).cost_exponent, 1);
    assert_int_equal(option_of(p, 0).cost, 600);
    assert_int_equal(option_of(p, 1).cost, 405);
    assert_string_equal(option_of(p, 1).id, "10");
    assert_string_equal(option_of(p, 1).name, "Oak\nand elm");
    assert_string_equal(option_of(p, 2).name, "a b");
    cocreate_profile_free(p);
}

static void names_the_fault_in_budgets(void **state)
{
    (void)state;
    bad("pb", "", 0, "the file ends before the section META");
    bad("pb", "1,2\n", 1, "expected the line \"META\"");
    bad("pb", META("approval"), 5, "the file ends before the section PROJECTS");
    bad("pb", META("veto"), 5,
        "vote_type \"veto\" is none of approval, choose-1, ordinal, cumulative and scoring");
    bad("pb", "META\nbudget;1\nPROJECTS\n", 3, "META has no vote_type");
    bad("pb", "META\nvote_type;ordinal\nPROJECTS\n", 3, "META has no budget");
    bad("pb", "META\nbudget;1e6\n", 2,
        "the budget \"1e6\" is not an amount: digits, a point, up to 18 decimals");
    bad("pb", META("ordinal") "PROJECTS\nid;cost\n1;2\n", 7, "PROJECTS has no column project_id");
    bad("pb", META("ordinal") "PROJECTS\nproject_id;price\n1;2\n", 7, "PROJECTS has no column cost");
    bad("pb", META("ordinal") "PROJECTS\nproject_id;cost\n1;-2\n", 8,
        "the cost \"-2\" is not an amount: digits, a point, up to 18 decimals");
    bad("pb", META("ordinal") "PROJECTS\nproject_id;cost\nVOTES\n", 8, "there is no project");
    bad("pb", META("ordinal") "PROJECTS\nproject_id;cost\n1;2\n", 8,
        "the file ends before the section VOTES");
    bad("pb", META("ordinal") "PROJECTS\nproject_id;cost\n1;2\n2;2\n1;4\nVOTES\n", 10,
        "two projects have the id \"1\"");
    bad("pb", META("ordinal") PROJECTS "VOTES\nvoter_id;choice\n", 13, "VOTES has no column vote");
    bad("pb", META("scoring") PROJECTS "VOTES\nvoter_id;vote\n", 13,
        "VOTES has no column points, but vote_type is scoring");
    bad("pb", PB("approval", "1;;9;\n2;;8;\n"), 15, "there is no project \"8\"");
    bad("pb", PB("approval", "1;;9,,10;\n"), 14, "there is no project \"\"");
    bad("pb", PB("ordinal", "1;;9,10,9;\n"), 14, "project \"9\" is on the ballot twice");
    bad("pb", PB("choose-1", "1;;9,10;\n"), 14,
        "the ballot names 2 projects, but vote_type is choose-1");
    bad("pb", PB("cumulative", "1;;9,10;1\n"), 14, "there are no points for project \"10\"");
    bad("pb", PB("cumulative", "1;;9;1,2\n"), 14, "there are points without a project");
    bad("pb", PB("cumulative", "1;;9;-1\n"), 14,
        "points \"-1\" of project \"9\" are not a whole number from 0");
    bad("pb", PB("scoring", "1;;9;1.5\n"), 14,
        "points \"1.5\" of project \"9\" are not a whole number");
    bad("pb", "META\nnum_votes;2\nbudget;1\nvote_type;approval\n" PROJECTS "VOTES\nvote\n9\n", 2,
        "num_votes is 2, but the votes are 1 "
        "(with the rule counts=ignored the file is read as it is)");
    bad("pb", "META\nnum_projects;2\nbudget;1\nvote_type;approval\n" PROJECTS "VOTES\n", 2,
        "num_projects is 2, but the projects are 3 "
        "(with the rule counts=ignored the file is read as it is)");
    expect_failure("pb", "META\nbudget;9223372036854775807\nvote_type;ordinal\n" PROJECTS "VOTES\n",
                   0, COCREATE_ERR_OVERFLOW, 2,
                   "the budget is too large for the 1 decimals that amounts have here");
}

/* PROJECTS begins on line 5 behind a bound; the first ballot is on line 13. */
#define BOUND(type, bound, votes) \
    "META\nbudget;100\nvote_type;" type "\n" bound "\n" PROJECTS "VOTES\nvote;points\n" votes
#define OVERLOOK " (with the rule bounds=ignored the file is read as it is)"

static void keeps_ballots_within_bounds(void **state)
{
    (void)state;
    bad("pb", BOUND("approval", "max_length;1", "9;\n9,10;\n"), 14,
        "the number of projects on the ballot is 2, but max_length is 1" OVERLOOK);
    bad("pb", BOUND("cumulative", "max_points;4", "9,10;4,5\n"), 13,
        "the points of a project are 5, but max_points is 4" OVERLOOK);
    bad("pb", BOUND("scoring", "min_points;-1", "9,10;4,-2\n"), 13,
        "the points of a project are -2, but min_points is -1" OVERLOOK);
    bad("pb", BOUND("cumulative", "max_sum_points;6", "9,10;3,3\n9,10;3,4\n"), 14,
        "the points of the ballot together are 7, but max_sum_points is 6" OVERLOOK);
    bad("pb", BOUND("approval", "max_sum_cost;100.4", "9,10;\n"), 13,
        "the ballot's projects cost more than max_sum_cost" OVERLOOK);
    bad("pb", BOUND("ordinal", "max_length;x", "9;\n"), 4, "max_length is \"x\", not a whole number");
    expect_read("pb", BOUND("approval", "max_sum_cost;100,5", "9,10;\n"), 0, "1* 0:1 1:1");
    expect_read("pb", BOUND("approval", "max_sum_cost;", "9,10;\n"), 0, "1* 0:1 1:1");
    cocreate_profile *p = read_ruled("pb", BOUND("approval", "max_length;1", "9,10;\n"), 0,
                                     "{\"bounds\":\"ignored\"}");
    assert_string_equal(ballots_of(p), "1* 0:1 1:1");
    cocreate_profile_free(p);
}

static void overlooks_wrong_counts_by_a_rule(void **state)
{
    (void)state;
    static const char *const rules = "{\"counts\":\"ignored\"}";
    cocreate_profile *p = read_ruled(
        "soi", "# NUMBER ALTERNATIVES: 2\n# NUMBER VOTERS: 9\n2: 1,2\n", 0, rules);
    assert_int_equal(info_of(p).ballots, 2);
    cocreate_profile_free(p);
    p = read_ruled("pb", "META\nnum_votes;2\nnum_projects;9\nbudget;1\nvote_type;approval\n" PROJECTS
                         "VOTES\nvote\n9\n", 0, rules);
    assert_int_equal(info_of(p).ballots, 1);
    cocreate_profile_free(p);
    expect_ruled_failure("soi", "# NUMBER ALTERNATIVES: 2\n", 0, "{\"counts\":\"guessed\"}",
                         COCREATE_ERR_SCHEMA, 0,
                         "rules of soi: $.counts: expected \"checked\" or \"ignored\", got \"guessed\"");
}

/* --- CSV --- */

static void reads_tables(void **state)
{
    (void)state;
    expect_read("csv", "a,b,\"c \"\"x\"\"\"\r\n1,2,\r\n ,1, 1 \r\n\r\n,,\r\n", 2,
                "1*; 1* 0:1 1:2; 1* 1:1 2:1");
    expect_read("csv", "a,count,b,weight\n-5,3,007,2\n,1,,0", 3, "1* w0; 3* 0:-5 1:7 w2");
    expect_read("csv", "weight,a,b\n4,x,0\n1,,1\n", 1, "1* 0:1 w4; 1* 1:1");
    expect_read("csv", "a,b\n0,5\n,5\n", 4, "1* 0:0 1:5; 1* 1:5");
    cocreate_profile *p = read_ruled("csv", "who,a,when,b\nx,2,,1\ny,1,count,\n", 2,
                                     "{\"ignore\":[\"who\",\"when\"]}");
    assert_string_equal(ballots_of(p), "1* 0:1; 1* 1:1 0:2");
    cocreate_profile_free(p);
    p = read_ok("csv", "\"a,1\", b\n1,2\n", 2);
    assert_string_equal(option_of(p, 0).id, "a,1");
    assert_string_equal(option_of(p, 1).id, " b");
    cocreate_profile_free(p);
}

static void bad_table(const char *file, int32_t kind, uint64_t line, const char *text)
{
    expect_failure("csv", file, kind, COCREATE_ERR_PARSE, line, text);
}

static void names_the_fault_in_tables(void **state)
{
    (void)state;
    bad_table("", 2, 0, "there is no header row");
    bad_table("count\n", 2, 1, "the header row names no option");
    bad_table("a,count,count\n", 2, 1, "there are two columns \"count\"");
    bad_table("a,b,a\n", 2, 1, "two columns are named \"a\"");
    bad_table("a,b\n1,2\n1\n", 2, 3, "the row has 1 cells, but the header has 2");
    bad_table("a,b\n1,0\n", 2, 2, "column \"b\": \"0\" is not a rank: a whole number from 1, or empty");
    bad_table("a,b\n1,4.5\n", 3, 2, "column \"b\": \"4.5\" is not a score: a whole number, or empty");
    bad_table("a,b\n1,-1\n", 4, 2,
              "column \"b\": \"-1\" is not points: a whole number from 0, or empty");
    bad_table("a,b\n1,2\n", 1, 2, "column \"b\": \"2\" is not an approval: 1, x, 0 or empty");
    bad_table("a,count\n1,0\n", 2, 2, "column \"count\": \"0\" is not a whole number from 1");
    bad_table("a,weight\n1,-1\n", 2, 2, "column \"weight\": \"-1\" is not a whole number from 0");
    bad_table("a,b\n1,99999999999999999999\n", 3, 2,
              "column \"b\": \"99999999999999999999\" is not a score: a whole number, or empty");
    bad_table("a,\"b\n1,2\n", 2, 1, "a quoted field does not end");
    bad_table("a,\"b\"c\n1,2\n", 2, 1, "expected ',' after the closing quote");
    /* A field over two lines counts them. */
    bad_table("a,b\n\"1\n\",2\n1,y\n", 2, 2,
              "column \"a\": \"1?\" is not a rank: a whole number from 1, or empty");
}

/* --- writing --- */

static void expect_unsayable(cocreate_profile *p, const char *format, const char *text)
{
    cocreate_text *out = NULL;
    assert_status(cocreate_profile_sort(p, &check_error), COCREATE_OK);
    assert_failure(cocreate_profile_write(p, format, &out, &check_error), COCREATE_ERR_ARGUMENT,
                   text);
    assert_null(out);
}

static void refuses_to_drop_anything(void **state)
{
    (void)state;
    cocreate_profile *p = read_ok("csv", "count,weight,1,2\n2,3,1,1\n", 2);
    expect_unsayable(p, "toi", "toi has no place for weights: 2 ballots weigh 3");
    expect_unsayable(p, "cat", "cat holds approvals and scores only");
    expect_unsayable(p, "pb", "pb has no place for weights: 2 ballots weigh 3");
    cocreate_profile_free(p);
    p = read_ok("csv", "1,2\n1,1\n", 2);
    expect_unsayable(p, "soi", "soi has strict orders, but ballot 0 has ties");
    expect_unsayable(p, "pb", "pb needs a budget");
    assert_status(cocreate_profile_set_budget(p, 5, 0, &check_error), COCREATE_OK);
    expect_unsayable(p, "toi", "toi has no place for a budget");
    expect_unsayable(p, "pb", "pb has strict orders, but ballot 0 has ties");
    cocreate_profile_free(p);
    p = read_ok("csv", "1,2\n1,\n", 2);
    expect_unsayable(p, "toc", "toc has complete orders, but ballot 0 ranks 1 of 2 options");
    cocreate_option option = {sizeof option, NULL, "two\nlines", 0, COCREATE_NO_TIME, 0};
    assert_status(cocreate_profile_set_option(p, 1, &option, &check_error), COCREATE_OK);
    expect_unsayable(p, "toi",
                     "toi has no place for the name of option 1, which has more than one line");
    expect_unsayable(p, "csv", "csv has no place for names, as option 1 (\"2\") has");
    option.withdrawn = 1;
    assert_status(cocreate_profile_set_option(p, 1, &option, &check_error), COCREATE_OK);
    expect_unsayable(p, "toi", "toi has no place for withdrawn options, as option 1 (\"2\") has");
    option.cost = 4;
    assert_status(cocreate_profile_set_option(p, 1, &option, &check_error), COCREATE_OK);
    expect_unsayable(p, "toi", "toi has no place for costs, as option 1 (\"2\") has");
    cocreate_profile_free(p);
    p = read_ok("csv", "a,1\n5,-1\n", 3);
    expect_unsayable(p, "cat", "cat has no place for ids, as option 0 (\"a\") has");
    cocreate_profile_free(p);
    p = read_ok("csv", "1,2\n5,-1\n", 3);
    expect_unsayable(p, "cat", "cat has scores 0..999, not -1");
    expect_unsayable(p, "soc", "soc holds rankings only");
    cocreate_profile_free(p);
    p = read_ok("pb", PB("approval", ""), 0);
    expect_unsayable(p, "csv", "csv has no place for names, as option 0 (\"9\") has");
    cocreate_profile_free(p);
}

/* --- allocation failure --- */

static void survives_allocation_failure(void **state)
{
    (void)state;
    static const struct {
        const char *format, *file;
        int32_t kind;
    } files[] = {
        {"toi", HEADER "5: {3,1},2\n1: 2\n", 0},
        {"cat", "# NUMBER ALTERNATIVES: 3\n# NUMBER CATEGORIES: 3\n2: {2,3},{1},{}\n", 0},
        {"pb", PB("cumulative", "1;;10,9,10;1,2,3\n2;;9;7\n"), 0},
        {"csv", "count,\"a \"\"b\"\"\",weight\n3,5,4\n1,7,1\n", 3},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        for (int mode = FAIL_ONCE; mode <= FAIL_FOREVER; mode++)
            for (size_t n = 0;; n++) {
                failing_allocator fa;
                failing_allocator_init(&fa, n, (failing_mode)mode);
                cocreate_profile *p = NULL;
                cocreate_text *text = NULL;
                cocreate_status status = cocreate_profile_read(
                    &fa.allocator, files[i].format, files[i].file, strlen(files[i].file),
                    files[i].kind, NULL, NULL, &p, NULL);
                if (status == COCREATE_OK)
                    status = cocreate_profile_sort(p, NULL);
                if (status == COCREATE_OK)
                    status = cocreate_profile_write(p, files[i].format, &text, NULL);
                assert_int_equal(status, fa.refused ? COCREATE_ERR_MEMORY : COCREATE_OK);
                cocreate_text_free(text);
                cocreate_profile_free(p);
                assert_int_equal(fa.live, 0);
                if (fa.refused == 0)
                    break;
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_formats),
        cmocka_unit_test(keeps_to_limits),
        cmocka_unit_test(refuses_another_kind),
        cmocka_unit_test(reads_orders),
        cmocka_unit_test(reads_categories),
        cmocka_unit_test(names_the_fault_in_orders),
        cmocka_unit_test(names_the_fault_in_categories),
        cmocka_unit_test(reads_participatory_budgets),
        cmocka_unit_test(names_the_fault_in_budgets),
        cmocka_unit_test(keeps_ballots_within_bounds),
        cmocka_unit_test(overlooks_wrong_counts_by_a_rule),
        cmocka_unit_test(reads_tables),
        cmocka_unit_test(names_the_fault_in_tables),
        cmocka_unit_test(refuses_to_drop_anything),
        cmocka_unit_test(survives_allocation_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
