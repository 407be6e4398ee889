/* Pools that are shared: published examples and cases by hand. */
#include "reward_cases.h"

#include "failing_allocator.h"

#define POOL(kind, pool, more) kind, "\"fund\":\"f\",\"pool\":\"" pool "\"," more
#define AWARDS(text) text, NULL, NULL, 0
#define REFUSED(text) text, NULL, NULL, COCREATE_ERR_SCHEMA

/* ---- proportional_split ---- */

#define VOTES(id, n) "{\"id\":\"" id "\",\"votes\":" n "}"
/* The square root: 1, 2, 3 of 6. */
static struct reward_case root = {
    POOL("proportional_split", "6.00", "\"weight\":\"votes\",\"exponent\":\"1/2\""),
    "\"entries\":[" VOTES("a", "1") "," VOTES("b", "4") "," VOTES("c", "9") "]",
    "c=300 b=200 a=100", NULL,
    "9 votes weigh 3, to the power of 0.5. 3 of 6 by weight: that part of 6.00 = 3.00.", 0};
/* 1, 8 and 27 of 36. */
static struct reward_case cube = {
    POOL("proportional_split", "36.00", "\"weight\":\"votes\",\"exponent\":3"),
    "\"entries\":[" VOTES("a", "1") "," VOTES("b", "2") "," VOTES("c", "3") "]",
    AWARDS("c=2700 b=800 a=100")};
/* 8^(2/3) = 4, to nine decimals. */
static struct reward_case two_thirds = {
    POOL("proportional_split", "5.00", "\"weight\":\"votes\",\"exponent\":\"2/3\""),
    "\"entries\":[" VOTES("a", "1") "," VOTES("b", "8") "]", AWARDS("b=400 a=100")};
/* Nobody above 40 %: a has 40.00, the others share 60.00 as 2:1. */
static struct reward_case cap_share = {
    POOL("proportional_split", "100.00", "\"weight\":\"votes\",\"cap_share\":\"0.4\""),
    "\"entries\":[" VOTES("a", "7") "," VOTES("b", "2") "," VOTES("c", "1") "]",
    AWARDS("a=4000 b=4000 c=2000")};
/* By hand; a page of a giving circle prints 110, 137.5, 82.5, 55, 110, which sum to 495 of 500. */
static struct reward_case ninths = {
    POOL("proportional_split", "500.00", "\"weight\":\"points\""),
    "\"entries\":[{\"id\":\"a\",\"points\":200},{\"id\":\"b\",\"points\":250},"
    "{\"id\":\"c\",\"points\":150},{\"id\":\"d\",\"points\":100},{\"id\":\"e\",\"points\":200}]",
    AWARDS("b=13889 a=11111 e=11111 c=8333 d=5556")};
static struct reward_case exponent_large = {
    POOL("proportional_split", "1.00", "\"weight\":\"votes\",\"exponent\":9"), "\"entries\":[]",
    REFUSED("$.rules[0].exponent: is not from 0 to 8")};
static struct reward_case weight_long = {
    POOL("proportional_split", "1.00", "\"weight\":\"votes\",\"exponent\":8"),
    "\"entries\":[" VOTES("a", "1000") "]",
    "$.entries[0].votes: raised to the exponent it does not fit a fraction of two 64-bit integers",
    NULL, NULL, COCREATE_ERR_OVERFLOW};
static struct reward_case two_caps = {
    POOL("proportional_split", "1.00", "\"weight\":\"votes\",\"cap\":\"0.50\",\"cap_share\":0.5"),
    "\"entries\":[]", REFUSED("$.rules[0].cap_share: given beside a cap")};

/* ---- gift_circle ---- */

#define GIVE(from, to, n) "{\"from\":\"" from "\",\"to\":\"" to "\",\"tokens\":" n "}"
/* Coordinape: 75 of 1,500 GIVE of 50,000 are 2,500. */
static struct reward_case coordinape = {
    POOL("gift_circle", "50000.00", "\"tokens\":1500"),
    "\"allocations\":[" GIVE("x", "joe", "75") "," GIVE("y", "x", "1425") "]",
    "joe=250000 x=4750000", NULL,
    "One member gave 75 tokens to you. 75 of 1500 tokens: that part of 50000.00 = 2500.00.", 0};
/* Tokens that were not given are lost; the whole pool is shared all the same. */
static struct reward_case unallocated = {
    POOL("gift_circle", "9.00", "\"eligibility\":{\"exclude\":[\"boss\"]}"),
    "\"allocations\":[" GIVE("a", "b", "1") "," GIVE("c", "b", "1") "," GIVE("b", "a", "1") ","
    GIVE("boss", "c", "90") "," GIVE("a", "boss", "9") "]",
    AWARDS("a=300 b=600")};
static struct reward_case nobody_gives = {
    POOL("gift_circle", "1.00", "\"on_empty\":\"equal\""),
    "\"allocations\":[],\"members\":[{\"id\":\"b\"},{\"id\":\"a\"},{\"id\":\"c\"}]",
    AWARDS("a=34 b=33 c=33")};
static struct reward_case nobody_gives_error = {
    POOL("gift_circle", "1.00", "\"on_empty\":\"error\""), "\"allocations\":[]",
    REFUSED("$.allocations: nobody has any tokens to share the pool of rule \"r\" by")};
static struct reward_case to_oneself = {
    POOL("gift_circle", "1.00", "\"tokens\":9"), "\"allocations\":[" GIVE("a", "a", "1") "]",
    REFUSED("$.allocations[0]: \"a\" gives to themselves, which rule \"r\" does not allow")};
static struct reward_case too_many_tokens = {
    POOL("gift_circle", "1.00", "\"tokens\":9"),
    "\"allocations\":[" GIVE("a", "b", "5") "," GIVE("a", "c", "5") "]",
    REFUSED("$.allocations[1]: with it \"a\" gives more than the 9 tokens of rule \"r\"")};
static struct reward_case given_twice = {
    POOL("gift_circle", "1.00", "\"tokens\":9"),
    "\"allocations\":[" GIVE("a", "b", "5") "," GIVE("a", "b", "1") "]",
    REFUSED("$.allocations[1]: \"a\" gives to \"b\" in $.allocations[0] already")};
static struct reward_case negative_gift = {
    POOL("gift_circle", "1.00", "\"tokens\":9"), "\"allocations\":[" GIVE("a", "b", "-1") "]",
    REFUSED("$.allocations[0].tokens: -1 is out of range, expected 0 to 9007199254740991")};
static struct reward_case no_member = {
    POOL("gift_circle", "1.00", "\"tokens\":9"),
    "\"members\":[{\"id\":\"a\"}],\"allocations\":[" GIVE("a", "b", "1") "]",
    REFUSED("$.allocations[0].to: \"b\" is no member")};

/* ---- shapley ---- */

#define TOGETHER(members, value) "{\"members\":[" members "],\"value\":" value "}"
/* Glove game: 1 and 2 have a left glove each, 3 a right one: 1/6, 1/6, 2/3. All fractions of a cent are
 * 2/3, and 16.67 + 16.67 + 66.66 = 100.00. */
static struct reward_case glove = {
    POOL("shapley", "100.00", "\"game\":\"table\",\"missing\":\"zero\""),
    "\"coalitions\":[" TOGETHER("\"1\",\"3\"", "1") "," TOGETHER("\"2\",\"3\"", "1") ","
    TOGETHER("\"1\",\"2\",\"3\"", "1") "]",
    "1=1667 2=1667 3=6666", NULL,
    "On average over all orders of the 3 players you add 1/6 of the 1 that all are worth. 1/6 of 1 "
    "Shapley value: that part of 100.00 = 16.67, rounded up.",
    0};
#define COST(id, n) "{\"id\":\"" id "\",\"cost\":" n "}"
/* Littlechild & Owen's airport: (40, 52, 67, 87, 117, 177) / 6, in cents by hand. */
static struct reward_case airport = {
    POOL("shapley", "90.00", "\"game\":\"airport\""),
    "\"players\":[" COST("a", "40") "," COST("b", "50") "," COST("c", "60") "," COST("d", "70") ","
    COST("e", "80") "," COST("f", "90") "]",
    AWARDS("a=667 b=867 c=1116 d=1450 e=1950 f=2950")};
/* The same for 100, 160, 200: (100, 190, 310) / 3. */
static struct reward_case airport_three = {
    POOL("shapley", "200.00", "\"game\":\"airport\""),
    "\"players\":[" COST("a", "100") "," COST("b", "160") "," COST("c", "200") "]",
    AWARDS("a=3334 b=6333 c=10333")};
/* Maintenance of roads: 5, 9, 16; 12: 9, 13: 16, 23: 20, 123: 20: (5, 17, 38) / 3. */
static struct reward_case maintenance = {
    POOL("shapley", "20.00", "\"game\":\"table\""),
    "\"coalitions\":[" TOGETHER("\"1\"", "5") "," TOGETHER("\"2\"", "9") "," TOGETHER("\"3\"", "16") ","
    TOGETHER("\"1\",\"2\"", "9") "," TOGETHER("\"1\",\"3\"", "16") "," TOGETHER("\"2\",\"3\"", "20") ","
    TOGETHER("\"3\",\"2\",\"1\"", "20") "]",
    AWARDS("1=167 2=567 3=1266")};
/* Alone 5; together 3 more, half each. */
static struct reward_case synergy = {
    POOL("shapley", "8.00", "\"game\":\"synergy\""),
    "\"coalitions\":[" TOGETHER("\"a\"", "5") "," TOGETHER("\"b\",\"a\"", "3") "]",
    AWARDS("a=650 b=150")};
#define HOLDS(id, n) "{\"id\":\"" id "\",\"weight\":" n "}"
/* 50, 49, 1 with a quota of 51: 2/3, 1/6, 1/6 (Shapley & Shubik 1954). */
static struct reward_case majority = {
    POOL("shapley", "6.00", "\"game\":\"majority\",\"quota\":51"),
    "\"players\":[" HOLDS("a", "50") "," HOLDS("b", "49") "," HOLDS("c", "1") "]",
    AWARDS("a=400 b=100 c=100")};
/* A dictator has everything in every order, so also in those that are drawn. */
static struct reward_case sampled = {
    POOL("shapley", "6.00", "\"game\":\"majority\",\"quota\":51,\"permutations\":10"),
    "\"players\":[" HOLDS("a", "51") "," HOLDS("b", "49") "]", "a=600", NULL,
    "Sampled: on average over 10 orders of the 2 players, drawn by the seed, you add 1 of the 1 that "
    "all are worth. 1 of 1 Shapley value: that part of 6.00 = 6.00.",
    0};
#define NEGATIVE TOGETHER("\"a\"", "4") "," TOGETHER("\"b\"", "-2") "," TOGETHER("\"a\",\"b\"", "2")
static struct reward_case clipped = {
    POOL("shapley", "6.00", "\"game\":\"table\",\"negative\":\"clip_renormalise\""),
    "\"coalitions\":[" NEGATIVE "]", AWARDS("a=600")};
static struct reward_case negative_value = {
    POOL("shapley", "6.00", "\"game\":\"table\""), "\"coalitions\":[" NEGATIVE "]",
    REFUSED("$.coalitions: the value of \"b\" is negative: rule \"r\" can only clip it")};
static struct reward_case worth_missing = {
    POOL("shapley", "6.00", "\"game\":\"table\""),
    "\"coalitions\":[" TOGETHER("\"a\"", "1") "," TOGETHER("\"b\"", "1") "]",
    REFUSED("$.coalitions: the worth of these together is missing: a b")};
static struct reward_case worth_twice = {
    POOL("shapley", "6.00", "\"game\":\"table\""),
    "\"coalitions\":[" TOGETHER("\"a\",\"b\"", "1") "," TOGETHER("\"b\",\"a\"", "1") "]",
    REFUSED("$.coalitions[1]: these members have a worth already")};
static struct reward_case no_players = {
    POOL("shapley", "6.00", "\"game\":\"table\""), "\"coalitions\":[]", "", "10000000.00", NULL, 0};
static struct reward_case no_player = {
    POOL("shapley", "6.00", "\"game\":\"synergy\""),
    "\"players\":[{\"id\":\"a\"}],\"coalitions\":[" TOGETHER("\"b\"", "1") "]",
    REFUSED("$.coalitions[0].members: \"b\" is no player")};
static struct reward_case sampled_airport = {
    POOL("shapley", "6.00", "\"game\":\"airport\",\"permutations\":10"), "\"players\":[]",
    REFUSED("$.rules[0].permutations: given, but a game of airport is solved exactly for any number of "
            "players")};
static struct reward_case worth_too_long = {
    POOL("shapley", "6.00", "\"game\":\"table\""),
    "\"coalitions\":[" TOGETHER("\"a\"", "9007199254740991") "," TOGETHER("\"b\"", "\"1/1000003\"") ","
    TOGETHER("\"a\",\"b\"", "1") "]",
    "$.coalitions: the numbers have no common denominator that keeps them within 2^63 - 1", NULL, NULL,
    COCREATE_ERR_OVERFLOW};

/* ---- team_split ---- */

#define TEAM(way, more) POOL("team_split", "100.00", "\"split\":\"" way "\"" more)
static struct reward_case equal_team = {
    TEAM("equal", ""), "\"members\":[{\"id\":\"c\"},{\"id\":\"a\"},{\"id\":\"b\"}]",
    "a=3334 b=3333 c=3333", NULL,
    "The 3 members of the team share equally. 1 of 3 equal shares: that part of 100.00 = 33.34, "
    "rounded up.",
    0};
static struct reward_case declared_team = {
    TEAM("declared", ""),
    "\"members\":[{\"id\":\"a\",\"share\":\"1/6\",\"signed\":true},"
    "{\"id\":\"b\",\"share\":\"5/6\",\"signed\":true}]",
    AWARDS("a=1667 b=8333")};
static struct reward_case unsigned_team = {
    TEAM("declared", ""),
    "\"members\":[{\"id\":\"a\",\"share\":\"1/6\",\"signed\":true},{\"id\":\"b\",\"share\":\"5/6\"}]",
    REFUSED("$.members[1]: \"b\" has not signed the declared shares")};
static struct reward_case half_team = {
    TEAM("declared", ""), "\"members\":[{\"id\":\"a\",\"share\":\"1/2\",\"signed\":true}]",
    REFUSED("$.members: the shares do not sum to 1")};
static struct reward_case weighted_team = {
    TEAM("weighted", ""), "\"members\":[{\"id\":\"a\",\"weight\":1},{\"id\":\"b\",\"weight\":\"0.5\"},"
                          "{\"id\":\"c\",\"weight\":0}]",
    AWARDS("a=6667 b=3333")};
static struct reward_case negative_weight = {
    TEAM("weighted", ""), "\"members\":[{\"id\":\"a\",\"weight\":-1}]",
    REFUSED("$.members[0].weight: is less than 0")};
/* a divides 100 as 60 and 40, b gives all to c: 0.6 and 1.4 of 2. */
#define PART(from, to, n) "{\"from\":\"" from "\",\"to\":\"" to "\",\"amount\":" n "}"
static struct reward_case peer_team = {
    TEAM("peer", ""),
    "\"members\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"}],\"peer_shares\":["
    PART("a", "b", "60") "," PART("a", "c", "40") "," PART("b", "c", "100") "]",
    AWARDS("b=3000 c=7000")};
static struct reward_case leader_team = {
    TEAM("leader", ""), "\"members\":[{\"id\":\"a\"},{\"id\":\"b\",\"leader\":true}]",
    AWARDS("b=10000")};
static struct reward_case no_leader = {
    TEAM("leader", ""), "\"members\":[{\"id\":\"a\"},{\"id\":\"b\"}]",
    REFUSED("$.members: 0 members are marked as leader, not one")};
static struct reward_case shapley_team = {
    TEAM("shapley", ""),
    "\"members\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"coalitions\":[" TOGETHER("\"a\"", "2") ","
    TOGETHER("\"b\"", "0") "," TOGETHER("\"a\",\"b\"", "4") "]",
    AWARDS("a=7500 b=2500")};
#define ONE_OUT \
    "\"members\":[{\"id\":\"a\"},{\"id\":\"b\",\"status\":\"disqualified\"},{\"id\":\"c\"}]"
static struct reward_case whole_out = {TEAM("equal", ""), ONE_OUT, AWARDS("")};
static struct reward_case one_out = {
    TEAM("equal", ",\"on_disqualified\":\"member_only_redistribute\""), ONE_OUT,
    AWARDS("a=5000 c=5000")};
static struct reward_case one_returned = {
    TEAM("equal", ",\"on_disqualified\":\"member_only_return\""), ONE_OUT, "a=3334 c=3333",
    "9999933.33", NULL, 0};
/* Who joins after the close shares nothing. */
static struct reward_case late = {
    TEAM("equal", ""),
    "\"closed_at\":10,\"members\":[{\"id\":\"a\",\"joined_at\":10},{\"id\":\"b\",\"joined_at\":11}]",
    AWARDS("a=10000")};
static struct reward_case member_twice = {
    TEAM("equal", ""), "\"members\":[{\"id\":\"a\"},{\"id\":\"a\"}]",
    REFUSED("$.members[1]: \"a\" is a member in $.members[0] already")};
static struct reward_case not_a_person = {
    TEAM("equal", ""), "\"persons\":[{\"id\":\"a\"}],\"members\":[{\"id\":\"a\"},{\"id\":\"b\"}]",
    REFUSED("$.persons: \"b\", whom rule \"r\" awards, is not among them")};

/* ---- lineage_share ---- */

#define WORKS(owner)                                                                       \
    "\"entries\":[{\"id\":\"A\",\"owner\":\"a\"},{\"id\":\"B\",\"owner\":\"" owner "\"},"   \
    "{\"id\":\"C\",\"owner\":\"c\",\"selected\":true}],"
#define FROM(child, parent, more) "{\"child\":\"" child "\",\"parent\":\"" parent "\"" more "}"
#define CHAIN "\"lineage\":[" FROM("B", "A", "") "," FROM("C", "B", "") "]"
#define HALF "\"policy\":\"decay\",\"decay\":\"1/2\""
/* Chain A <- B <- C: 4 : 2 : 1. */
static struct reward_case chain = {
    POOL("lineage_share", "7.00", HALF), WORKS("b") CHAIN, "a=100 b=200 c=400", NULL,
    "Works pass 0.5 of what they count on to those they derive from: your work counts 1/7 of 7.00. 1/7 "
    "of 1 by descent: that part of 7.00 = 1.00.",
    0};
/* C's owner inserts B: as if C derived from A itself, 2 : 1. */
static struct reward_case clone = {POOL("lineage_share", "6.00", HALF), WORKS("c") CHAIN,
                                   AWARDS("a=200 c=400")};
static struct reward_case one_generation = {
    POOL("lineage_share", "6.00", HALF ",\"depth\":1"), WORKS("b") CHAIN, AWARDS("b=200 c=400")};
/* Diamond: 4 : 1 : 1 : 1. */
static struct reward_case diamond = {
    POOL("lineage_share", "7.00", HALF ",\"where\":\"rank<=1\""),
    "\"entries\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"},{\"id\":\"d\",\"rank\":1}],"
    "\"lineage\":[" FROM("d", "b", "") "," FROM("d", "c", "") "," FROM("b", "a", "") ","
    FROM("c", "a", "") "]",
    AWARDS("a=100 b=100 c=100 d=400")};
/* What falls to somebody who is disqualified returns. */
static struct reward_case ancestor_out = {
    POOL("lineage_share", "7.00", HALF),
    "\"entries\":[{\"id\":\"a\",\"status\":\"disqualified\"},{\"id\":\"b\"},"
    "{\"id\":\"c\",\"selected\":true}],\"lineage\":[" FROM("b", "a", "") "," FROM("c", "b", "") "]",
    "b=200 c=400", "9999994.00", NULL, 0};
static struct reward_case circle = {
    POOL("lineage_share", "7.00", HALF),
    WORKS("b") "\"lineage\":[" FROM("B", "A", "") "," FROM("C", "B", "") "," FROM("A", "C", "") "]",
    REFUSED("$.lineage: entries derive from each other: A -> B -> C -> A")};
static struct reward_case of_itself = {
    POOL("lineage_share", "7.00", HALF), WORKS("b") "\"lineage\":[" FROM("B", "B", "") "]",
    REFUSED("$.lineage: entries derive from each other: B -> B")};
static struct reward_case unknown_parent = {
    POOL("lineage_share", "7.00", HALF), WORKS("b") "\"lineage\":[" FROM("B", "Z", "") "]",
    REFUSED("$.lineage[0].parent: no entry has the id \"Z\"")};
static struct reward_case derived_twice = {
    POOL("lineage_share", "7.00", HALF),
    WORKS("b") "\"lineage\":[" FROM("B", "A", "") "," FROM("B", "A", "") "]",
    REFUSED("$.lineage[1]: \"B\" derives from \"A\" in $.lineage[0] already")};
static struct reward_case no_bound = {
    "lineage_share", "\"fund\":\"f\",\"policy\":\"lap\"", "\"entries\":[]",
    "$.rules[0].pool: rule \"r\" has no bound on what it may cost: it needs a pool, or a fund of revenue",
    NULL, NULL, COCREATE_ERR_UNBOUNDED};
#define RATED                                                                        \
    "\"lineage\":[" FROM("B", "A", ",\"rate\":\"0.05\"") "," FROM("C", "B", ",\"rate\":\"0.10\"") "]"
/* Story, LAP: C pays 100 to B, of which A takes 5 %. */
static struct reward_case absolute = {
    "lineage_share", "\"fund\":\"sales\",\"policy\":\"lap\"",
    WORKS("b") RATED ",\"revenue\":[{\"entry\":\"B\",\"amount\":\"100.00\"}]", "a=500 b=9500", NULL,
    "Each ancestor takes its rate of what any work derived from it earns: your work has 0.05 of 100.00. "
    "500 of 10000 by descent: that part of 100.00 = 5.00.",
    0};
/* Story, LAP: an ancestor takes its rate of what any descendant earns: 5 and 10 of C's 100. */
static struct reward_case absolute_stack = {
    "lineage_share", "\"fund\":\"sales\",\"policy\":\"lap\"",
    WORKS("b") RATED ",\"revenue\":[{\"entry\":\"C\",\"amount\":\"100.00\"}]",
    AWARDS("a=500 b=1000 c=8500")};
/* LRP: 10 % of C's 100 to B, 5 % of that to A. */
static struct reward_case relative = {
    "lineage_share", "\"fund\":\"sales\",\"policy\":\"lrp\"",
    WORKS("b") RATED ",\"revenue\":[{\"entry\":\"C\",\"amount\":\"100.00\"}]",
    AWARDS("a=50 b=950 c=9000")};
static struct reward_case stack_full = {
    "lineage_share", "\"fund\":\"sales\",\"policy\":\"lap\"",
    WORKS("b") "\"lineage\":[" FROM("B", "A", ",\"rate\":\"0.6\"") ","
    FROM("C", "B", ",\"rate\":\"0.6\"") "],\"revenue\":[{\"entry\":\"C\",\"amount\":\"100.00\"}]",
    REFUSED("$.lineage: the rates that the ancestors take of \"C\" sum to more than 1")};

/* ---- cred_allocation ---- */

#define CRED(who, at, n) "{\"person\":\"" who "\",\"interval\":" at ",\"cred\":" n "}"
/* acc = acc / 2 + cred: (8, 4, 2) and (0, 0, 6) are 6 each. */
static struct reward_case recent = {
    POOL("cred_allocation", "100.00", "\"policy\":\"recent\",\"discount\":\"0.5\""),
    "\"cred\":[" CRED("a", "0", "8") "," CRED("a", "1", "4") "," CRED("a", "2", "2") ","
    CRED("b", "2", "6") "]",
    "a=5000 b=5000", NULL,
    "Your cred is 6, what is older counting less by 0.5 with each interval. 6 of 12 cred: that part of "
    "100.00 = 50.00.",
    0};
static struct reward_case balanced = {
    POOL("cred_allocation", "100.00", "\"policy\":\"balanced\""),
    "\"cred\":[" CRED("a", "1", "3") "," CRED("b", "1", "1") "]", AWARDS("a=7500 b=2500")};
/* b was paid all of 100: of 200 in all, a is due 150 and b 50, so a is underpaid by 150. */
static struct reward_case overpaid = {
    POOL("cred_allocation", "100.00", "\"policy\":\"balanced\""),
    "\"cred\":[" CRED("a", "1", "3") "," CRED("b", "1", "1") "],"
    "\"paid\":[{\"person\":\"b\",\"interval\":0,\"amount\":\"100.00\"}]",
    "a=10000", NULL,
    "Your 3 of 4 cred entitle you to 150.00 of the 200.00 that are paid in all, with this pool; 0.00 were "
    "paid before, so you are underpaid by 150.00. 15000 of 15000 minor units of underpayment: that part "
    "of 100.00 = 100.00.",
    0};
static struct reward_case immediate = {
    POOL("cred_allocation", "100.00", "\"policy\":\"immediate\""),
    "\"cred\":[" CRED("a", "1", "9") "," CRED("a", "2", "1") "," CRED("b", "2", "3") "]",
    AWARDS("a=2500 b=7500")};
static struct reward_case special = {
    POOL("cred_allocation", "100.00", "\"policy\":\"special\",\"recipient\":\"z\",\"memo\":\"m\""),
    "\"cred\":[]", "z=10000", NULL,
    "100.00 is paid to you alone, for a reason that the scheme states.", 0};
static struct reward_case no_cred = {
    POOL("cred_allocation", "100.00", "\"policy\":\"balanced\",\"on_empty\":\"error\""),
    "\"cred\":[]", REFUSED("$.cred: nobody has any cred to share the pool of rule \"r\" by")};
static struct reward_case cred_twice = {
    POOL("cred_allocation", "100.00", "\"policy\":\"immediate\""),
    "\"cred\":[" CRED("a", "1", "9") "," CRED("a", "1", "1") "]",
    REFUSED("$.cred[1]: \"a\" has cred of interval 1 in $.cred[0] already")};
static struct reward_case discount_missing = {
    POOL("cred_allocation", "100.00", "\"policy\":\"recent\""), "\"cred\":[]",
    REFUSED("$.rules[0].discount: required, but missing")};
static struct reward_case long_ago = {
    POOL("cred_allocation", "100.00", "\"policy\":\"recent\",\"discount\":0"),
    "\"interval\":2000,\"cred\":[" CRED("a", "1", "9") "]",
    "$.cred[0]: interval 1 is more than 1000 before the last", NULL, NULL, COCREATE_ERR_LIMIT};

/* ---- royalty ---- */

#define ROYALTY(more) "royalty", "\"fund\":\"sales\"," more
#define STATE(accrued, base, paid, periods)                                              \
    ":{\"accrued\":\"" accrued "\",\"base\":\"" base "\",\"paid\":\"" paid "\",\"periods\":" periods \
    "}"
/* LEGO Ideas: 1 % of net sales; 0.009 is carried. */
static struct reward_case lego = {
    ROYALTY("\"rate\":\"0.01\""), "\"sales\":[{\"person\":\"ana\",\"gross\":\"2345678.90\"}]",
    "ana=2345678 ana" STATE("23456.789", "2345678.90", "23456.78", "1"), NULL,
    "2345678.90 at a rate of 0.01 is 23456.789. 23456.789 accrues for this period, 23456.789 in all; 0.00 "
    "was paid before. 23456.78 is paid now, 0.009 is carried.",
    0};
/* The period after: 0.0015 and 0.009 are 0.0105, of which 0.01 is paid. */
static struct reward_case lego_later = {
    ROYALTY("\"rate\":\"0.01\""),
    "\"sales\":[{\"person\":\"ana\",\"gross\":\"0.15\"}],\"accruals\":[{\"person\":\"ana\","
    "\"accrued\":\"23456.789\",\"base\":\"2345678.90\",\"paid\":\"23456.78\",\"periods\":1}]",
    "ana=1 ana" STATE("23456.7905", "2345679.05", "23456.79", "2"), NULL,
    "0.15 at a rate of 0.01 is 0.0015. 0.0015 accrues for this period, 23456.7905 in all; 23456.78 was paid "
    "before. 0.01 is paid now, 0.0005 is carried.",
    0};
/* Quirky: 30 % of 100,000 and 10 % of 200,000 are 50,000, of which 42.5 % are 21,250. */
static struct reward_case quirky = {
    ROYALTY("\"channels\":[{\"channel\":\"direct\",\"rate\":\"0.30\"},"
            "{\"channel\":\"indirect\",\"rate\":\"0.10\"}]"),
    "\"entries\":[{\"id\":\"p\",\"team\":[{\"id\":\"i\",\"share\":\"0.425\"},"
    "{\"id\":\"o\",\"share\":\"0.575\"}]}],\"sales\":[{\"entry\":\"p\",\"channel\":\"direct\","
    "\"gross\":\"100000\"},{\"entry\":\"p\",\"channel\":\"indirect\",\"gross\":\"200000\"}]",
    AWARDS("i=2125000 o=2875000 i" STATE("50000", "300000.00", "50000.00", "1") " o"
           STATE("50000", "300000.00", "50000.00", "1"))};
/* Threadless from 2014: 20 % of net profit, 2.00, but at least 0.25 for each of 20 units. */
static struct reward_case threadless = {
    ROYALTY("\"base\":\"profit\",\"rate\":\"0.20\",\"minimum_per_unit\":\"0.25\""),
    "\"sales\":[{\"person\":\"a\",\"gross\":\"100.00\",\"costs\":\"90.00\",\"units\":20}]",
    AWARDS("a=500 a" STATE("5", "10.00", "5.00", "1"))};
/* Threadless before: 2,000 once and 500 for each of two reprints. */
static struct reward_case reprints = {
    ROYALTY("\"rate\":0,\"flat\":\"2000.00\",\"per_event\":\"500.00\""),
    "\"sales\":[{\"person\":\"a\",\"gross\":\"0\",\"events\":2}]",
    AWARDS("a=300000 a" STATE("3000", "0.00", "3000.00", "1"))};
/* 10 % up to 100 in all, then 20 %: of 50 after 80, 20 at 10 % and 30 at 20 %. */
static struct reward_case tiers = {
    ROYALTY("\"tiers\":[{\"up_to\":\"100.00\",\"rate\":\"0.1\"},{\"rate\":\"0.2\"}]"),
    "\"sales\":[{\"person\":\"a\",\"gross\":\"50.00\"}],\"accruals\":[{\"person\":\"a\","
    "\"accrued\":8,\"base\":\"80.00\",\"paid\":\"8.00\",\"periods\":1}]",
    AWARDS("a=800 a" STATE("16", "130.00", "16.00", "2"))};
/* An advance of 10 is made up for by 4 + 5, then 3 more pay 2. */
static struct reward_case advance = {
    ROYALTY("\"rate\":1,\"advance\":\"10.00\""), "\"sales\":[{\"person\":\"a\",\"gross\":\"4.00\"}]",
    "a=1000 a" STATE("4", "4.00", "10.00", "1"), NULL,
    "4.00 at a rate of 1 is 4.00. 4.00 accrues for this period, 4.00 in all; 0.00 was paid before. 10.00 is "
    "paid now; 6.00 of it is paid ahead and made up for first.",
    0};
static struct reward_case made_up_for = {
    ROYALTY("\"rate\":1,\"advance\":\"10.00\""),
    "\"sales\":[{\"person\":\"a\",\"gross\":\"3.00\"}],\"accruals\":[{\"person\":\"a\",\"accrued\":9,"
    "\"base\":\"9.00\",\"paid\":\"10.00\",\"periods\":2}]",
    AWARDS("a=200 a" STATE("12", "12.00", "12.00", "3"))};
/* Returns lower what accrued; nothing is taken back, and nothing paid until it is made up for. */
static struct reward_case returns = {
    ROYALTY("\"rate\":\"0.1\""),
    "\"sales\":[{\"person\":\"a\",\"gross\":\"10.00\",\"returns\":\"40.00\"}],\"accruals\":["
    "{\"person\":\"a\",\"accrued\":5,\"base\":\"50.00\",\"paid\":\"5.00\",\"periods\":1}]",
    "a" STATE("2", "20.00", "5.00", "2"), NULL,
    "-30.00 at a rate of 0.1 is -3.00. -3.00 accrues for this period, 2.00 in all; 5.00 was paid before. "
    "Nothing is paid: 3.00 is to be made up for first.",
    0};
/* Less than the minimum payout rolls over; the cap counts over all periods. */
static struct reward_case rolls_over = {
    ROYALTY("\"rate\":\"0.1\",\"minimum_payout\":\"25.00\""),
    "\"sales\":[{\"person\":\"a\",\"gross\":\"249.90\"}]",
    "a" STATE("24.99", "249.90", "0.00", "1"), NULL,
    "249.90 at a rate of 0.1 is 24.99. 24.99 accrues for this period, 24.99 in all; 0.00 was paid before. "
    "Nothing is paid yet, 24.99 is carried.",
    0};
static struct reward_case capped = {
    ROYALTY("\"rate\":\"0.1\",\"cap\":\"20.00\""),
    "\"sales\":[{\"person\":\"a\",\"gross\":\"249.90\"}]",
    AWARDS("a=2000 a" STATE("24.99", "249.90", "20.00", "1"))};
static struct reward_case term = {
    ROYALTY("\"rate\":\"0.1\",\"term\":1"),
    "\"sales\":[{\"person\":\"a\",\"gross\":\"100.00\"}],\"accruals\":[{\"person\":\"a\","
    "\"accrued\":\"1.50\",\"base\":\"15.00\",\"paid\":\"0.00\",\"periods\":1}]",
    AWARDS("a=150 a" STATE("1.5", "115.00", "1.50", "2"))};
static struct reward_case no_revenue = {
    "royalty", "\"fund\":\"f\",\"rate\":\"0.1\"", "\"sales\":[]",
    "$.rules[0].max_total: rule \"r\" has no bound on what it may cost: it needs max_total, or a fund of "
    "revenue",
    NULL, NULL, COCREATE_ERR_UNBOUNDED};
static struct reward_case beyond_total = {
    "royalty", "\"fund\":\"f\",\"rate\":\"0.1\",\"max_total\":\"5.00\"",
    "\"sales\":[{\"person\":\"a\",\"gross\":\"30.00\"},{\"person\":\"b\",\"gross\":\"30.00\"}]",
    REFUSED("$.sales[1]: with it more than the 5.00 that rule \"r\" may pay is due")};
static struct reward_case two_rates = {
    ROYALTY("\"rate\":\"0.1\",\"tiers\":[{\"rate\":1}]"), "\"sales\":[]",
    REFUSED("$.rules[0]: has 2 of \"rate\", \"tiers\" and \"channels\", not one")};
static struct reward_case no_channel = {
    ROYALTY("\"channels\":[{\"channel\":\"direct\",\"rate\":\"0.30\"}]"),
    "\"sales\":[{\"person\":\"a\",\"gross\":\"1\",\"channel\":\"web\"}]",
    REFUSED("$.sales[0].channel: rule \"r\" has no rate for \"web\"")};
static struct reward_case sold_twice = {
    ROYALTY("\"rate\":\"0.30\""),
    "\"sales\":[{\"person\":\"a\",\"gross\":\"1\"},{\"person\":\"a\",\"gross\":\"1\"}]",
    REFUSED("$.sales[1]: \"a\" is there already")};
static struct reward_case no_payee = {
    ROYALTY("\"rate\":\"0.30\""), "\"sales\":[{\"gross\":\"1\"}]",
    REFUSED("$.sales[0]: has none of \"entry\" and \"person\", not one")};

/* ---- memory ---- */

static const char scheme[] =
    "{\"scheme\":\"cocreate.incentives/1\",\"currency\":\"EUR\",\"funds\":[{\"id\":\"f\",\"budget\":"
    "\"1000.00\"},{\"id\":\"s\",\"source\":\"revenue\"}],\"rules\":["
    "{\"id\":\"p\",\"kind\":\"proportional_split\",\"fund\":\"f\",\"pool\":\"9.00\",\"weight\":\"votes\","
    "\"exponent\":\"2/3\"},"
    "{\"id\":\"g\",\"kind\":\"gift_circle\",\"fund\":\"f\",\"pool\":\"9.00\"},"
    "{\"id\":\"h\",\"kind\":\"shapley\",\"fund\":\"f\",\"pool\":\"9.00\",\"game\":\"table\"},"
    "{\"id\":\"i\",\"kind\":\"shapley\",\"fund\":\"f\",\"pool\":\"9.00\",\"game\":\"table\","
    "\"permutations\":3},"
    "{\"id\":\"t\",\"kind\":\"team_split\",\"fund\":\"f\",\"pool\":\"9.00\",\"split\":\"peer\"},"
    "{\"id\":\"l\",\"kind\":\"lineage_share\",\"fund\":\"f\",\"pool\":\"9.00\",\"policy\":\"decay\","
    "\"decay\":\"1/2\",\"depth\":2},"
    "{\"id\":\"c\",\"kind\":\"cred_allocation\",\"fund\":\"f\",\"pool\":\"9.00\",\"policy\":\"balanced\"},"
    "{\"id\":\"r\",\"kind\":\"royalty\",\"fund\":\"s\",\"tiers\":[{\"up_to\":\"1.00\",\"rate\":\"1/3\"},"
    "{\"rate\":\"1/7\"}],\"advance\":\"0.50\"}]}";
static const char everything[] =
    "{" WORKS("b") CHAIN ",\"allocations\":[" GIVE("a", "b", "1") "],\"coalitions\":["
    TOGETHER("\"a\"", "1") "," TOGETHER("\"b\"", "2") "," TOGETHER("\"a\",\"b\"", "4") "],"
    "\"members\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"peer_shares\":[" PART("a", "b", "60") "],"
    "\"cred\":[" CRED("a", "1", "3") "],\"sales\":[{\"entry\":\"A\",\"gross\":\"10.00\"}],"
    "\"accruals\":[{\"entry\":\"A\",\"accrued\":\"1/7\",\"base\":\"80.00\",\"paid\":\"8.00\","
    "\"periods\":1}]}";

static void survives_short_memory(void **state)
{
    static const uint8_t seed[32] = {7};
    for (size_t n = 0;; n++) {
        failing_allocator fa;
        failing_allocator_init(&fa, n, *state == NULL ? FAIL_ONCE : FAIL_FOREVER);
        cocreate_scheme *s = NULL;
        cocreate_awards *a = NULL;
        cocreate_status status =
            cocreate_scheme_parse(&fa.allocator, scheme, strlen(scheme), &s, &check_error);
        if (status == COCREATE_OK)
            status = cocreate_reward(s, everything, strlen(everything), seed, &a, &check_error);
        assert_int_equal(a != NULL, status == COCREATE_OK);
        cocreate_awards_free(a);
        cocreate_scheme_free(s);
        assert_int_equal(fa.live, 0);
        if (fa.refused == 0) {
            assert_status(status, COCREATE_OK);
            break;
        }
        assert_int_equal(status, COCREATE_ERR_MEMORY);
    }
}

int main(void)
{
    static int forever;
    const struct CMUnitTest tests[] = {
        REWARD_CASE(root), REWARD_CASE(cube), REWARD_CASE(two_thirds), REWARD_CASE(cap_share),
        REWARD_CASE(ninths), REWARD_CASE(exponent_large), REWARD_CASE(weight_long),
        REWARD_CASE(two_caps),
        REWARD_CASE(coordinape), REWARD_CASE(unallocated), REWARD_CASE(nobody_gives),
        REWARD_CASE(nobody_gives_error), REWARD_CASE(to_oneself), REWARD_CASE(too_many_tokens),
        REWARD_CASE(given_twice), REWARD_CASE(negative_gift), REWARD_CASE(no_member),
        REWARD_CASE(glove), REWARD_CASE(airport), REWARD_CASE(airport_three),
        REWARD_CASE(maintenance), REWARD_CASE(synergy), REWARD_CASE(majority),
        REWARD_CASE(sampled), REWARD_CASE(clipped), REWARD_CASE(negative_value),
        REWARD_CASE(worth_missing), REWARD_CASE(worth_twice), REWARD_CASE(no_players),
        REWARD_CASE(no_player), REWARD_CASE(sampled_airport), REWARD_CASE(worth_too_long),
        REWARD_CASE(equal_team), REWARD_CASE(declared_team), REWARD_CASE(unsigned_team),
        REWARD_CASE(half_team), REWARD_CASE(weighted_team), REWARD_CASE(negative_weight),
        REWARD_CASE(peer_team), REWARD_CASE(leader_team), REWARD_CASE(no_leader),
        REWARD_CASE(shapley_team), REWARD_CASE(whole_out), REWARD_CASE(one_out),
        REWARD_CASE(one_returned), REWARD_CASE(late), REWARD_CASE(member_twice),
        REWARD_CASE(not_a_person),
        REWARD_CASE(chain), REWARD_CASE(clone), REWARD_CASE(one_generation), REWARD_CASE(diamond),
        REWARD_CASE(ancestor_out), REWARD_CASE(circle), REWARD_CASE(of_itself),
        REWARD_CASE(unknown_parent), REWARD_CASE(derived_twice), REWARD_CASE(no_bound),
        REWARD_CASE(absolute), REWARD_CASE(absolute_stack), REWARD_CASE(relative),
        REWARD_CASE(stack_full),
        REWARD_CASE(recent), REWARD_CASE(balanced), REWARD_CASE(overpaid), REWARD_CASE(immediate),
        REWARD_CASE(special), REWARD_CASE(no_cred), REWARD_CASE(cred_twice),
        REWARD_CASE(discount_missing), REWARD_CASE(long_ago),
        REWARD_CASE(lego), REWARD_CASE(lego_later), REWARD_CASE(quirky), REWARD_CASE(threadless),
        REWARD_CASE(reprints), REWARD_CASE(tiers), REWARD_CASE(advance), REWARD_CASE(made_up_for),
        REWARD_CASE(returns), REWARD_CASE(rolls_over), REWARD_CASE(capped), REWARD_CASE(term),
        REWARD_CASE(no_revenue), REWARD_CASE(beyond_total), REWARD_CASE(two_rates),
        REWARD_CASE(no_channel), REWARD_CASE(sold_twice), REWARD_CASE(no_payee),
        {"survives_short_memory/once", survives_short_memory, NULL, NULL, NULL},
        {"survives_short_memory/forever", survives_short_memory, NULL, NULL, &forever},
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
