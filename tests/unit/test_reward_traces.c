/* Traces that were not made by the library: each step must follow from the ones before. */
#include "check.h"

#include "cocreate/reward.h"

struct broken {
    const char *trace;
    cocreate_status status;
    const char *text;
};

static void replays_nothing_broken(void **state)
{
    const struct broken *c = *state;
    int64_t minor = 77;
    assert_failure(cocreate_trace_replay(c->trace, strlen(c->trace), &minor, &check_error),
                   c->status, c->text);
    assert_int_equal(minor, 77);
}

#define RANK "{\"op\":\"rank\",\"rank\":1}"
static struct broken no_steps = {"[]", COCREATE_ERR_VERIFY, "$: the steps end before an amount"};
static struct broken no_list = {"{}", COCREATE_ERR_SCHEMA,
                                "$: expected an array, got an object"};
static struct broken unknown_op = {"[{\"op\":\"gift\"}]", COCREATE_ERR_SCHEMA,
                                   "$[0].op: no step is called \"gift\""};
static struct broken bare_amount = {"[{\"op\":\"amount\",\"minor\":5}]", COCREATE_ERR_VERIFY,
                                    "$[0]: nothing says why the amount is due"};
static struct broken other_place = {
    "[" RANK ",{\"op\":\"prize\",\"place\":2,\"minor\":5}]", COCREATE_ERR_VERIFY,
    "$[1]: the prize is not that of the place"};
static struct broken two_prizes = {
    "[" RANK ",{\"op\":\"prize\",\"place\":1,\"minor\":5},{\"op\":\"prize\",\"place\":1,\"minor\":5}]",
    COCREATE_ERR_VERIFY, "$[2]: a second amount, without a team to share the first"};
static struct broken too_few = {
    "[{\"op\":\"threshold\",\"value\":\"9.99\",\"threshold\":\"10\"}]", COCREATE_ERR_VERIFY,
    "$[0]: the threshold is not reached"};
static struct broken wrong_exact = {
    "[{\"op\":\"weight\",\"weight\":\"1\"},{\"op\":\"apportion\",\"pool\":10,\"weight\":\"1\","
    "\"of\":\"3\",\"exact\":\"10/4\",\"extra\":0,\"minor\":3,\"method\":\"largest_remainder\"}]",
    COCREATE_ERR_VERIFY, "$[1]: exact is not pool * weight / of"};
static struct broken two_extra = {
    "[{\"op\":\"weight\",\"weight\":\"1\"},{\"op\":\"apportion\",\"pool\":10,\"weight\":\"1\","
    "\"of\":\"3\",\"exact\":\"10/3\",\"extra\":2,\"minor\":5,\"method\":\"largest_remainder\"}]",
    COCREATE_ERR_VERIFY, "$[1]: the method does not give so many extra units"};
static struct broken no_weights = {
    "[{\"op\":\"weight\",\"weight\":\"1\"},{\"op\":\"apportion\",\"pool\":10,\"weight\":\"1\","
    "\"of\":\"0\",\"exact\":\"10/3\",\"extra\":0,\"minor\":3,\"method\":\"dhondt\"}]",
    COCREATE_ERR_VERIFY, "$[1]: a weight is negative, or the weights sum to 0"};
static struct broken team_of_more = {
    "[" RANK ",{\"op\":\"prize\",\"place\":1,\"minor\":5},{\"op\":\"team\",\"members\":1,"
    "\"split\":\"equal\",\"pool\":6,\"share\":\"1\"}]",
    COCREATE_ERR_VERIFY, "$[2]: the team does not share the amount so far"};

/* A trace by hand: 10 units in three parts, of which a team of two shares the larger. */
static void replays_by_hand(void **state)
{
    (void)state;
    static const char trace[] =
        "[{\"op\":\"weight\",\"weight\":\"1/2\"},{\"op\":\"apportion\",\"pool\":10,\"weight\":0.5,"
        "\"of\":\"1.5\",\"exact\":\"10/3\",\"extra\":1,\"minor\":4,"
        "\"method\":\"largest_remainder\"},"
        "{\"op\":\"team\",\"members\":2,\"split\":\"equal\",\"pool\":4,\"share\":\"1/2\"},"
        "{\"op\":\"apportion\",\"pool\":4,\"weight\":1,\"of\":2,\"exact\":\"2\",\"extra\":0,"
        "\"minor\":2,\"method\":\"largest_remainder\"}]";
    int64_t minor = 0;
    assert_status(cocreate_trace_replay(trace, strlen(trace), &minor, &check_error), COCREATE_OK);
    assert_int_equal(minor, 2);
}

#define CASE(name) {"replays_nothing_broken/" #name, replays_nothing_broken, NULL, NULL, &name}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(replays_by_hand),
        CASE(no_steps),
        CASE(no_list),
        CASE(unknown_op),
        CASE(bare_amount),
        CASE(other_place),
        CASE(two_prizes),
        CASE(too_few),
        CASE(wrong_exact),
        CASE(two_extra),
        CASE(no_weights),
        CASE(team_of_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
