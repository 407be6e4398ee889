/* Auctions and bounties: published examples and cases by hand. */
#include "reward_cases.h"

#define BID(who, amount) "{\"bidder\":\"" who "\",\"amount\":\"" amount "\"}"
#define BID_AT(who, amount, at) \
    "{\"bidder\":\"" who "\",\"amount\":\"" amount "\",\"at\":" at "}"
#define SEALED(form) "sealed_bid", "\"fund\":\"f\",\"form\":" form

/* Edelman, Ostrovsky & Schwarz 2007: bids 10, 4, 2 for 200 and 100 clicks; GSP 800 and 200, VCG 600
 * and 200. */
static struct reward_case edelman_gsp = {
    "slot_auction", "\"pricing\":\"gsp\",\"clicks\":[200,100]",
    "\"bids\":[" BID("c", "2") "," BID("a", "10") "," BID("b", "4") "]",
    "a:{\"charge\":\"800.00\",\"clicks\":200,\"minor\":80000,\"slot\":1} "
    "b:{\"charge\":\"200.00\",\"clicks\":100,\"minor\":20000,\"slot\":2}",
    NULL, "Slot 1 for a bid of 10.00 a click: 200 clicks at the next bid of 4.00 cost 800.00.", 0};
static struct reward_case edelman_vcg = {
    "slot_auction", "\"pricing\":\"vcg\",\"clicks\":[200,100]",
    "\"bids\":[" BID("c", "2") "," BID("a", "10") "," BID("b", "4") "]",
    "a:{\"charge\":\"600.00\",\"clicks\":200,\"minor\":60000,\"slot\":1} "
    "b:{\"charge\":\"200.00\",\"clicks\":100,\"minor\":20000,\"slot\":2}",
    NULL,
    "Slot 1 for a bid of 10.00 a click: 100 clicks more than the slot below at 4.00, and 200.00 for "
    "that one, cost 600.00.",
    0};
/* The same with 200 and 199 clicks: GSP still asks 4 a click of the first. */
static struct reward_case close_slots = {
    "slot_auction", "\"pricing\":\"gsp\",\"clicks\":[200,199]",
    "\"bids\":[" BID("a", "10") "," BID("b", "4") "," BID("c", "2") "]",
    "a:{\"charge\":\"800.00\",\"clicks\":200,\"minor\":80000,\"slot\":1} "
    "b:{\"charge\":\"398.00\",\"clicks\":199,\"minor\":39800,\"slot\":2}",
    NULL, NULL, 0};
/* A single bid above the reserve pays the reserve; a bid below it has no slot. */
static struct reward_case slot_reserve = {
    "slot_auction", "\"pricing\":\"vcg\",\"clicks\":[10,5],\"reserve\":\"3\"",
    "\"bids\":[" BID("a", "10") "," BID("b", "2.99") "]",
    "a:{\"charge\":\"30.00\",\"clicks\":10,\"minor\":3000,\"slot\":1}", NULL, NULL, 0};

/* Vickrey 1961: the lowest bid wins and is paid the second. */
static struct reward_case vickrey = {
    SEALED("\"vickrey\",\"reserve\":\"100\""),
    "\"bids\":[" BID("b", "40") "," BID("a", "30") "," BID("c", "55") "]", "a=4000",
    "9999960.00",
    "The bid of 30.00 won and is paid 40.00, the first bid that lost or the reserve of 100.00, "
    "whichever is less.",
    0};
/* Two are bought at the price of the third. */
static struct reward_case uniform = {
    SEALED("\"uniform\",\"reserve\":\"100\",\"winners\":2"),
    "\"bids\":[" BID("d", "9") "," BID("a", "3") "," BID("c", "6") "," BID("b", "5") "]",
    "a=600 b=600", NULL, NULL, 0};
/* Nobody lost: the reserve is paid. */
static struct reward_case no_loser = {
    SEALED("\"uniform\",\"reserve\":\"8\",\"winners\":3"),
    "\"bids\":[" BID("a", "3") "," BID("b", "5") "," BID("c", "9") "]", "a=800 b=800",
    NULL, NULL, 0};
static struct reward_case first_price = {
    SEALED("\"first_price\",\"reserve\":\"8\",\"winners\":2"),
    "\"bids\":[" BID("a", "3") "," BID("b", "5") "," BID("c", "7") "]", "a=300 b=500", NULL,
    "The bid of 3.00 won and is paid as it is.", 0};
/* Singer 2010, proportional share of 100: three at min(100/3, 31), 7.00 stays. */
static struct reward_case singer = {
    SEALED("\"budget_feasible\",\"budget\":\"100\""),
    "\"bids\":[" BID("a", "10") "," BID("b", "20") "," BID("c", "30") "," BID("d", "31") ","
    BID("e", "60") "]",
    "a=3100 b=3100 c=3100", "9999907.00",
    "The bid of 10.00 won: 3 share the budget of 100.00, and each is paid 31.00, the smaller of an "
    "equal part and what the next bid allows.",
    0};
/* By hand: 100 / 3 is rounded down for each, so that the price is one for all. */
static struct reward_case floor_price = {
    SEALED("\"budget_feasible\",\"budget\":\"100\""),
    "\"bids\":[" BID("a", "10") "," BID("b", "20") "," BID("c", "30") "]",
    "a=3333 b=3333 c=3333", "9999900.01", NULL, 0};
static struct reward_case tie_by_time = {
    SEALED("\"first_price\",\"reserve\":\"8\""),
    "\"bids\":[" BID_AT("a", "3", "2") "," BID_AT("b", "3", "1") "]", "b=300", NULL,
    "The bid of 3.00 won and is paid as it is. Of equal bids the earlier came first.", 0};
static struct reward_case tie_without_time = {
    SEALED("\"first_price\",\"reserve\":\"8\""), "\"bids\":[" BID("a", "3") "," BID("b", "3") "]",
    "$.bids[0]: \"a\" bids as much as another and has no \"at\", which rule \"r\" needs to break the "
    "tie",
    NULL, NULL, COCREATE_ERR_TIE};
static struct reward_case bids_twice = {
    SEALED("\"first_price\",\"reserve\":\"8\""), "\"bids\":[" BID("a", "3") "," BID("a", "2") "]",
    "$.bids[1]: \"a\" bids twice: first at $.bids[0]", NULL, NULL, COCREATE_ERR_SCHEMA};
static struct reward_case no_reserve = {
    SEALED("\"uniform\""), "\"bids\":[]",
    "$.rules[0]: rule \"r\" has no bound on what it may cost: it needs a \"reserve\"", NULL, NULL,
    COCREATE_ERR_UNBOUNDED};
static struct reward_case no_bids = {
    SEALED("\"uniform\",\"reserve\":\"8\""), "\"entries\":[]",
    "$.bids: required by rule \"r\", but missing", NULL, NULL, COCREATE_ERR_SCHEMA};
static struct reward_case withdrawn_bid = {
    SEALED("\"vickrey\",\"reserve\":\"9\""),
    "\"bids\":[" BID("a", "3") ",{\"bidder\":\"b\",\"amount\":\"1\",\"status\":\"withdrawn\"}]",
    "a=900", NULL,
    "The bid of 3.00 won and is paid the reserve of 9.00, for no bid lost.", 0};
static struct reward_case negative_bid = {
    SEALED("\"vickrey\",\"reserve\":\"9\""), "\"bids\":[" BID("a", "-3") "]",
    "$.bids[0].amount: is less than 0", NULL, NULL, COCREATE_ERR_SCHEMA};

#define GIFT(who, amount) "{\"funder\":\"" who "\",\"amount\":\"" amount "\"}"
#define SHARED "bounty", "\"fund\":\"f\",\"terms\":\"shared\""

/* 100.00 of two funders to two claimants, 2/3 and 1/3. */
static struct reward_case shared_bounty = {
    SHARED,
    "\"bounties\":[{\"id\":\"b1\",\"state\":\"accepted\",\"contributions\":[" GIFT("x", "70") ","
    GIFT("y", "30") "],\"claims\":[{\"claimant\":\"q\",\"accepted\":true,\"share\":\"1/3\"},"
    "{\"claimant\":\"p\",\"accepted\":true,\"share\":\"2/3\"},{\"claimant\":\"z\"}]}]",
    "p=6667 q=3333", NULL, NULL, 0};
/* Refunds in proportion to what was given: 100.01 of 2 : 1 is 66.67 and 33.34. */
static struct reward_case refund = {
    SHARED,
    "\"bounties\":[{\"id\":\"b1\",\"state\":\"expired\",\"contributions\":[" GIFT("y", "33.34") ","
    GIFT("x", "60") "," GIFT("x", "6.67") "]}]",
    "x=6667 y=3334", NULL, NULL, 0};
/* Each of three is promised 40: the escrow of 100 lasts for the two accepted first. */
static struct reward_case each = {
    "bounty", "\"fund\":\"f\",\"terms\":\"per_acceptance\",\"each\":\"40\"",
    "\"bounties\":[{\"id\":\"b1\",\"state\":\"paid\",\"contributions\":[" GIFT("x", "100") "],"
    "\"claims\":[{\"claimant\":\"a\",\"accepted\":true,\"accepted_at\":3},{\"claimant\":\"b\","
    "\"accepted\":true,\"accepted_at\":1},{\"claimant\":\"c\",\"accepted\":true,\"accepted_at\":2}]}]",
    "b=4000 c=4000", NULL,
    "Accepted as number 1: each acceptance is paid 40.00, from 100.00 in escrow.", 0};
/* Half of 0.05 each way: the odd cent is the funder's. */
static struct reward_case dispute = {
    SHARED,
    "\"bounties\":[{\"id\":\"b1\",\"state\":\"disputed\",\"to_claimants\":\"1/2\",\"contributions\":["
    GIFT("x", "0.05") "],\"claims\":[{\"claimant\":\"a\"}]}]",
    "a=2 x=3", NULL, NULL, 0};
static struct reward_case terms_missing = {
    "bounty", "\"fund\":\"f\"", "\"bounties\":[]", "$.rules[0].terms: required, but missing", NULL,
    NULL, COCREATE_ERR_SCHEMA};
static struct reward_case too_much_escrow = {
    "bounty", "\"fund\":\"f\",\"terms\":\"shared\",\"max_total\":\"50\"",
    "\"bounties\":[{\"id\":\"b1\",\"state\":\"open\",\"contributions\":[" GIFT("x", "50.01") "]}]",
    "$.bounties[0].contributions[0]: more is in escrow than rule \"r\" may pay", NULL, NULL,
    COCREATE_ERR_OVERFLOW};

/* ---- price_list ---- */

#define TIER "{\"by\":\"tier\",\"values\":{\"amateur\":1,\"specialist\":\"5/4\",\"guru\":7}}"
#define SEARCH "{\"by\":\"search\",\"values\":{\"fast\":1,\"auto\":\"11/10\",\"slow\":\"1.5\"}}"
#define PRICE(more) \
    "price_list", "\"fund\":\"f\",\"price\":\"0.80\",\"factors\":[" TIER "," SEARCH "]" more
#define ENTRIES(list) "\"entries\":[" list "]"
#define CHOSEN(id) "{\"id\":\"" id "\",\"selected\":true}"
#define FACT(id, tier, search) \
    "{\"entry\":\"" id "\",\"tier\":\"" tier "\",\"search\":\"" search "\"}"
/* Advego: 0.80 * 7 * 3/2 = 8.40 and 0.80 * 5/4 * 11/10 = 1.10; what is not selected is not paid. */
static struct reward_case priced = {
    PRICE(""),
    ENTRIES(CHOSEN("a") "," CHOSEN("b") ",{\"id\":\"c\"}") ",\"facts\":[" FACT("b", "specialist", "auto") ","
    FACT("a", "guru", "slow") "]", "a=840 b=110", "9999990.50",
    "The price of 0.80 times 7 (tier) times 1.5 (search) is 8.40.", 0};
/* By hand: 0.05 * 5/4 * 1.1 = 0.06875 is 7 cents, rounded down 6. */
#define CENTS(rounding)                                                          \
    "price_list", "\"fund\":\"f\",\"price\":\"0.05\",\"round\":\"" rounding \
                  "\",\"factors\":[" TIER "," SEARCH "]"
#define ONE_FACT ENTRIES(CHOSEN("a")) ",\"facts\":[" FACT("a", "specialist", "auto") "]"
static struct reward_case price_up = {CENTS("half_up"), ONE_FACT, "a=7", NULL, NULL, 0};
static struct reward_case price_down = {CENTS("floor"), ONE_FACT, "a=6", NULL, NULL, 0};
static struct reward_case price_of_nobody = {
    PRICE(""), ENTRIES(CHOSEN("a")),
    "$.entries[0]: is selected, and has no 'tier' in \"facts\"", NULL, NULL, COCREATE_ERR_SCHEMA};
static struct reward_case price_of_others = {
    PRICE(""), ENTRIES(CHOSEN("a")) ",\"facts\":[" FACT("a", "expert", "slow") "]",
    "$.entries[0]: is selected, and its 'tier' in \"facts\", \"expert\", has no factor", NULL, NULL,
    COCREATE_ERR_SCHEMA};
static struct reward_case priced_twice = {
    PRICE(""),
    ENTRIES(CHOSEN("a")) ",\"facts\":[" FACT("a", "guru", "slow") "," FACT("a", "guru", "slow") "]",
    "$.facts[1]: a second row of entry \"a\"", NULL, NULL, COCREATE_ERR_SCHEMA};
static struct reward_case priced_too_much = {
    PRICE(",\"max_total\":\"9.00\""), ENTRIES(CHOSEN("a") "," CHOSEN("b")) ",\"facts\":["
    FACT("a", "guru", "slow") "," FACT("b", "amateur", "fast") "]",
    "$.entries[1]: with it the selected entries cost more than the 9.00 that rule \"r\" may pay", NULL,
    NULL, COCREATE_ERR_SCHEMA};

int main(void)
{
    const struct CMUnitTest tests[] = {
        REWARD_CASE(edelman_gsp),      REWARD_CASE(edelman_vcg),   REWARD_CASE(close_slots),
        REWARD_CASE(slot_reserve),     REWARD_CASE(vickrey),       REWARD_CASE(uniform),
        REWARD_CASE(no_loser),         REWARD_CASE(first_price),   REWARD_CASE(singer),
        REWARD_CASE(floor_price),      REWARD_CASE(tie_by_time),   REWARD_CASE(tie_without_time),
        REWARD_CASE(bids_twice),       REWARD_CASE(no_reserve),    REWARD_CASE(no_bids),
        REWARD_CASE(withdrawn_bid),    REWARD_CASE(negative_bid),  REWARD_CASE(shared_bounty),
        REWARD_CASE(refund),           REWARD_CASE(each),          REWARD_CASE(dispute),
        REWARD_CASE(terms_missing),    REWARD_CASE(too_much_escrow),
        REWARD_CASE(priced), REWARD_CASE(price_up), REWARD_CASE(price_down),
        REWARD_CASE(price_of_nobody), REWARD_CASE(price_of_others), REWARD_CASE(priced_twice),
        REWARD_CASE(priced_too_much),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
