/* Pay for forecasts, answers and labels: published examples and cases by hand. Scores are paid on a
 * scale of 100,000.00, so that seven of their digits show. */
#include "reward_cases.h"

#define QUESTION "\"questions\":[{\"id\":\"q\",\"outcome\":true}]"
#define FORECAST(who, p) "{\"forecaster\":\"" who "\",\"question\":\"q\",\"p\":" p "}"
#define STAKE(who, p, stake) \
    "{\"forecaster\":\"" who "\",\"question\":\"q\",\"p\":" p ",\"stake\":\"" stake "\"}"
#define SCORE(score, more) \
    "scoring_rule", "\"fund\":\"f\",\"score\":\"" score "\",\"max_awards\":9" more
#define TO_SCALE ",\"scale\":\"100000\""
#define WAGER(score) "scoring_rule", "\"fund\":\"f\",\"score\":\"" score "\",\"form\":\"wager\""

/* ln 0.8 = -0.22314355; a forecast of nothing for what happened is paid the least. */
static struct reward_case logarithm = {
    SCORE("log", TO_SCALE ",\"base\":\"100000\",\"min\":\"0.01\""),
    QUESTION ",\"forecasts\":[" FORECAST("b", "0") "," FORECAST("a", "0.8") "]", "a=7768564 b=1", NULL,
    "0.8 was forecast for what happened: a logarithmic score of -0.223143551. 100000.00 and 100000.00 "
    "times the score: 77685.64.",
    0};
/* Brier 1950 in the form of one event: 1 - 0.2^2, and 1 - (2/3)^2 = 5/9 exactly. */
static struct reward_case brier = {
    SCORE("brier", ",\"scale\":\"9.00\""),
    QUESTION ",\"forecasts\":[" FORECAST("b", "\"1/3\"") "," FORECAST("a", "\"0.8\"") "]",
    "a=864 b=500", "9999986.36",
    "0.8 was forecast for what happened: a Brier score of 0.96. 9.00 times the score: 8.64.", 0};
/* Three outcomes, by hand: 1 - (0.5^2 + 0.3^2 + 0.2^2) / 2 = 0.81; with all on another one 0; with
 * none of the outcomes named 1 - (1 + 1) / 2 = 0. */
#define ODDS(who, odds) "{\"forecaster\":\"" who "\",\"question\":\"q\",\"probabilities\":{" odds "}}"
#define THREE "\"questions\":[{\"id\":\"q\",\"outcome\":\"x\"}]"
static struct reward_case brier_of_three = {
    SCORE("brier", ",\"scale\":\"100\",\"base\":\"1\""),
    THREE ",\"forecasts\":[" ODDS("a", "\"z\":\"0.2\",\"x\":0.5,\"y\":\"0.3\"") ","
    ODDS("b", "\"x\":0,\"y\":1,\"z\":0") "," ODDS("c", "\"y\":1") "]",
    "a=8200 b=100 c=100", NULL, NULL, 0};
/* 0.8 / sqrt(0.8^2 + 0.2^2) = 4 / sqrt 17 = 0.9701425; an even forecast 1 / sqrt 2. */
static struct reward_case spherical = {
    SCORE("spherical", TO_SCALE),
    QUESTION ",\"forecasts\":[" FORECAST("a", "0.8") "," FORECAST("b", "0.5") "]",
    "a=9701425 b=7071067", NULL, NULL, 0};
/* 0.1 of Brier's 1 is lost to a base below 0; clamped above. */
static struct reward_case clamps = {
    SCORE("brier", ",\"scale\":\"10\",\"base\":\"-5\",\"max\":\"4\",\"min\":\"0.50\""),
    QUESTION ",\"forecasts\":[" FORECAST("a", "1") "," FORECAST("b", "0.5") "," FORECAST("c", "0.1") "]",
    "a=400 b=250 c=50", NULL,
    "1 was forecast for what happened: a Brier score of 1. -5.00 and 10.00 times the score, at most "
    "4.00: 4.00.",
    0};
/* Lambert et al. 2008: 100 (1 + 0.96 - 0.855) = 110.50 and 100 (1 + 0.75 - 0.855) = 89.50. */
static struct reward_case wager = {
    WAGER("brier"),
    QUESTION ",\"forecasts\":[" STAKE("a", "0.8", "100") "," STAKE("b", "0.5", "100") "]",
    "a=11050 b=8950", "10000000.00",
    "0.8 was forecast for what happened: a score of 0.96; the mean of all stakes is 0.855. A stake of "
    "100.00 becomes 110.50. 11050 of 20000 stake: that part of 200.00 = 110.50.",
    0};
/* Alone one gets the stake; an open question gives all of them back. */
static struct reward_case alone = {
    WAGER("spherical"), QUESTION ",\"forecasts\":[" STAKE("a", "0", "7.77") "]", "a=777",
    "10000000.00", NULL, 0};
static struct reward_case undecided = {
    WAGER("brier"),
    "\"questions\":[{\"id\":\"q\"}],\"forecasts\":[" STAKE("a", "0.8", "1") "," STAKE("b", "0.5", "2") "]",
    "a=100 b=200", NULL, "The question was not decided: the stake of 1.00 is given back.", 0};
static struct reward_case undecided_score = {
    SCORE("brier", ",\"scale\":\"9.00\""),
    "\"questions\":[{\"id\":\"q\",\"outcome\":null}],\"forecasts\":[" FORECAST("a", "1") "]", "", NULL,
    NULL, 0};
/* A chance of 1 wins, one of 0 does not. */
static struct reward_case lottery = {
    SCORE("brier", ",\"form\":\"lottery\",\"prize\":\"5\""),
    QUESTION ",\"forecasts\":[" FORECAST("a", "1") "," FORECAST("b", "0") "]", "a=500", NULL, NULL, 0};
static struct reward_case withdrawn_forecast = {
    SCORE("brier", ",\"scale\":\"9.00\",\"eligibility\":{\"exclude\":[\"b\"]}"),
    QUESTION ",\"forecasts\":[" FORECAST("b", "1") ",{\"forecaster\":\"a\",\"question\":\"q\",\"p\":1,"
    "\"status\":\"withdrawn\"}]",
    "", NULL, NULL, 0};

/* Refusals. */
#define REFUSED(text, status) text, NULL, NULL, COCREATE_ERR_##status
static struct reward_case twice = {
    SCORE("brier", ",\"scale\":\"9.00\""),
    QUESTION ",\"forecasts\":[" FORECAST("a", "1") "," FORECAST("a", "0.5") "]",
    REFUSED("$.forecasts[1]: \"a\" forecasts \"q\" at $.forecasts[0] already", SCHEMA)};
static struct reward_case more_than_one = {
    SCORE("brier", ",\"scale\":\"9.00\""),
    THREE ",\"forecasts\":[" ODDS("a", "\"x\":\"0.5\",\"y\":\"0.6\"") "]",
    REFUSED("$.forecasts[0].probabilities: the probabilities sum to more than 1", SCHEMA)};
static struct reward_case no_probability = {
    SCORE("brier", ",\"scale\":\"9.00\""), QUESTION ",\"forecasts\":[" FORECAST("a", "1.5") "]",
    REFUSED("$.forecasts[0].p: is not a probability, which is from 0 to 1", SCHEMA)};
static struct reward_case no_question = {
    SCORE("brier", ",\"scale\":\"9.00\""),
    "\"questions\":[],\"forecasts\":[" FORECAST("a", "1") "]",
    REFUSED("$.forecasts[0].question: \"q\" is not among the questions", SCHEMA)};
static struct reward_case no_stake = {
    WAGER("brier"), QUESTION ",\"forecasts\":[" STAKE("a", "1", "0") "]",
    REFUSED("$.forecasts[0].stake: is not more than 0", SCHEMA)};
static struct reward_case too_many = {
    "scoring_rule", "\"fund\":\"f\",\"score\":\"brier\",\"scale\":\"1\",\"max_awards\":1",
    QUESTION ",\"forecasts\":[" FORECAST("a", "1") "," FORECAST("b", "1") "]",
    REFUSED("$.forecasts: more is due than the 1 awards that rule \"r\" may make", OVERFLOW)};
static struct reward_case unbounded = {
    "scoring_rule", "\"fund\":\"f\",\"score\":\"brier\",\"scale\":\"1\"", QUESTION,
    REFUSED("$.rules[0]: rule \"r\" has no bound on what it may cost: it needs \"max_awards\"",
            UNBOUNDED)};
static struct reward_case from_revenue = {
    "scoring_rule", "\"fund\":\"sales\",\"score\":\"brier\",\"scale\":\"1\",\"max_awards\":1", QUESTION,
    REFUSED("$.rules[0].fund: \"sales\" has no budget: only rules that share what is earned are paid from "
            "revenue",
            SCHEMA)};

/* ---- the market ---- */

#define MARKET(more) "lmsr", "\"fund\":\"f\",\"question\":\"q\"" more
#define TRADE(seq, who, outcome, shares) \
    "{\"question\":\"q\",\"trader\":\"" who "\",\"outcome\":" outcome ",\"shares\":" shares \
    ",\"seq\":" seq "}"

/* q = (10, 20, 23) and b = 10: the first price is 0.1354 (0.135362). 10 ln((e + 2) / 3) = 4.5283... =
 * 4.53 is charged for the first 10 shares and so on; they pay 10.00. */
static struct reward_case three_outcomes = {
    MARKET(",\"b\":\"10\",\"outcomes\":[\"one\",\"two\",\"three\"]"),
    "\"questions\":[{\"id\":\"q\",\"outcome\":\"one\"}],\"trades\":[" TRADE("3", "c", "\"three\"", "23")
    "," TRADE("1", "a", "\"one\"", "10") "," TRADE("2", "b", "\"two\"", "20") "]",
    "a=1000", NULL,
    "10 shares of what happened pay 1.00 each: 10.00. Buying cost 4.53; at the end the market gave what "
    "happened a chance of 0.135362352.",
    0};
/* By hand: 10 shares at b = 100 cost 100 ln((e^0.1 + 1) / 2) = 5.1249... = 5.13; all sold back bring
 * 5.12, rounded down. */
static struct reward_case there_and_back = {
    MARKET(",\"b\":\"100\""),
    QUESTION ",\"trades\":[" TRADE("1", "a", "\"yes\"", "10") "," TRADE("2", "a", "true", "-10") "]",
    "a=512", "10000000.01",
    "0 shares of what happened pay 1.00 each: 0.00. Shares sold back brought 5.12: 5.12 together. "
    "Buying cost 5.13; at the end the market gave what happened a chance of 0.5.",
    0};
/* Who buys all of one outcome at any price takes no more than b ln 2 = 69.314718... = 69.32. */
static struct reward_case worst_loss = {
    MARKET(",\"b\":\"100\""), QUESTION ",\"trades\":[" TRADE("1", "a", "\"yes\"", "1000000") "]",
    "a=100000000", "9999930.69", NULL, 0};
static struct reward_case open_market = {
    MARKET(",\"b\":\"100\""),
    "\"questions\":[{\"id\":\"q\"}],\"trades\":[" TRADE("1", "a", "\"yes\"", "10") "]", "a=513", NULL,
    "The question was not decided: the 5.13 that buying cost are given back.", 0};
static struct reward_case nobody_trades = {
    MARKET(",\"b\":\"100\""), QUESTION ",\"trades\":[]", "", "10000000.00", NULL, 0};
static struct reward_case short_sale = {
    MARKET(",\"b\":\"100\""), QUESTION ",\"trades\":[" TRADE("1", "a", "\"no\"", "-1") "]",
    REFUSED("$.trades[0]: \"a\" sells 1 shares of \"no\", but holds 0", SCHEMA)};
static struct reward_case same_seq = {
    MARKET(",\"b\":\"100\""),
    QUESTION ",\"trades\":[" TRADE("1", "a", "\"no\"", "1") "," TRADE("1", "b", "\"no\"", "1") "]",
    REFUSED("$.trades[1]: has the seq 1 of $.trades[0]: which came first?", SCHEMA)};
static struct reward_case strange_outcome = {
    MARKET(",\"b\":\"100\""), QUESTION ",\"trades\":[" TRADE("1", "a", "\"perhaps\"", "1") "]",
    REFUSED("$.trades[0].outcome: \"perhaps\" is not among the outcomes of rule \"r\"", SCHEMA)};
static struct reward_case unasked = {
    MARKET(",\"b\":\"100\""), "\"questions\":[],\"trades\":[]",
    REFUSED("$.questions: \"q\", which rule \"r\" trades, is not among them", SCHEMA)};

/* ---- peer prediction ---- */

#define PEERS(form, more) \
    "peer_prediction", "\"fund\":\"f\",\"form\":\"" form "\",\"max_awards\":9,\"scale\":\"100000\"," \
                       "\"base\":\"100000\",\"max\":\"1000000\"" more
#define REPORT(who, answer, more) \
    "{\"reporter\":\"" who "\",\"task\":\"t\",\"answer\":" answer more "}"
#define SIXTY ",\"prediction\":{\"A\":\"0.6\",\"B\":\"0.4\"}"
#define ZERO(p, rest) ",\"prediction\":{\"0\":\"" p "\",\"1\":\"" rest "\"}"

/* Prelec 2004, by hand: ln(.75/.6) = .2231436 and ln(.25/.4) = -.4700036 for the answers, .75 ln(.6/.75)
 * + .25 ln(.4/.25) = -.0498568 for the predictions: .1732868 three times and -.5198604, 0 together. */
static struct reward_case serum = {
    PEERS("bts", ""),
    "\"reports\":[" REPORT("d", "\"B\"", SIXTY) "," REPORT("a", "\"A\"", SIXTY) ","
    REPORT("b", "\"A\"", SIXTY) "," REPORT("c", "\"A\"", SIXTY) "]",
    "a=11732867 b=11732867 c=11732867 d=4801396", NULL,
    "3 of 4 gave this answer: 0.223143552 for how much more common it is than predicted, about "
    "-0.049857 for the own prediction, a score of about 0.173287. 100000.00 and 100000.00 times the "
    "score: 117328.67.",
    0};
/* Answers 0, 0, 1; predictions of 0: .5, .8, .25. .305430, .313336, -.618766, computed from the
 * definition. */
static struct reward_case serum_of_three = {
    PEERS("bts", ""),
    "\"reports\":[" REPORT("a", "\"0\"", ZERO("0.5", "0.5")) "," REPORT("b", "\"0\"", ZERO("0.8", "0.2"))
    "," REPORT("c", "\"1\"", ZERO("0.25", "0.75")) "]",
    "a=13054302 b=13133357 c=3812340", NULL, NULL, 0};
/* Witkowski & Parkes 2012, by hand, peers a: b, c. Own yes of a: shadows of b (0.8): 1, of c (0.25): 0.5.
 * Pairs (b, c): c says yes: R(1, 1) = 1; (c, b): b says no: R(0.5, 0) = 0.75; mean 0.875. Forecast 0.5: R
 * = 0.75 either way. b says no: shadow of a (0.5): 0, by c (yes) 0; of c: 0, by a (yes) 0; forecast 0.8 by
 * two yes: 0.96. c says yes: shadow of a: 1, by b (no) 0; of b: 1, by a (yes): 1; 0.5; forecast 0.25 by
 * yes 0.4375 and no 0.9375: 0.6875. */
static struct reward_case robust = {
    PEERS("rbts", ""),
    "\"reports\":[" REPORT("a", "true", ",\"p\":\"0.5\"") "," REPORT("b", "false", ",\"p\":\"0.8\"") ","
    REPORT("c", "\"yes\"", ",\"p\":\"1/4\"") "]",
    "a=26250000 b=19600000 c=21875000", NULL,
    "By all pairs of peers among 3 reports: 0.875 for the answer and 0.75 for the forecast, a score of "
    "1.625. 100000.00 and 100000.00 times the score: 262500.00.",
    0};
static struct reward_case two_are_too_few = {
    PEERS("rbts", ""),
    "\"reports\":[" REPORT("a", "true", ",\"p\":1") "," REPORT("b", "true", ",\"p\":1") "]", "", NULL,
    NULL, 0};
/* 1 / 0.6 = 1.6667, 1 / 0.4 = 2.5 and, of x, 1 / 0.25 = 4 for who agrees. */
#define TASK(who, task, answer) \
    "{\"reporter\":\"" who "\",\"task\":\"" task "\",\"answer\":\"" answer "\"}"
static struct reward_case peer_truth = {
    PEERS("pts", ",\"prior\":{\"A\":\"0.6\",\"B\":\"0.4\"}"),
    "\"reports\":[" TASK("a", "t", "A") "," TASK("b", "t", "A") "," TASK("a", "u", "B") ","
    TASK("b", "u", "B") "]",
    "a=26666666 b=26666666 a=35000000 b=35000000", NULL,
    "1 of 1 others gave the same answer, for which 0.6 of all answers are taken: a score of 1 2/3. "
    "100000.00 and 100000.00 times the score: 266666.66.",
    0};
static struct reward_case rare_truth = {
    PEERS("pts", ",\"prior\":{\"x\":\"0.25\",\"y\":\"0.75\"}"),
    "\"reports\":[" TASK("a", "t", "x") "," TASK("b", "t", "x") "," TASK("c", "t", "y") "]",
    "a=30000000 b=30000000 c=10000000", NULL, NULL, 0};
/* Without a prior the reports tell it: 2 of 4 and 2 of 4. */
static struct reward_case own_prior = {
    PEERS("pts", ""),
    "\"reports\":[" TASK("a", "t", "x") "," TASK("b", "t", "x") "," TASK("a", "u", "y") ","
    TASK("b", "u", "y") "]",
    "a=30000000 b=30000000 a=30000000 b=30000000", NULL, NULL, 0};
static struct reward_case output = {
    PEERS("output_agreement", ""),
    "\"reports\":[" TASK("a", "t", "x") "," TASK("b", "t", "x") "," TASK("c", "t", "y") "]",
    "a=15000000 b=15000000 c=10000000", NULL,
    "1 of 2 others gave the same answer: a score of 0.5. 100000.00 and 100000.00 times the score: "
    "150000.00.",
    0};
/* A = yynnyn and B = yynnyy: 5 of 6 match, and 13 of 30 pairs of different tasks: 25/30 - 13/30 = 2/5. */
static struct reward_case correlated = {
    PEERS("ca", ""),
    "\"reports\":[" TASK("A", "1", "y") "," TASK("A", "2", "y") "," TASK("A", "3", "n") ","
    TASK("A", "4", "n") "," TASK("A", "5", "y") "," TASK("A", "6", "n") "," TASK("B", "6", "y") ","
    TASK("B", "1", "y") "," TASK("B", "2", "y") "," TASK("B", "3", "n") "," TASK("B", "4", "n") ","
    TASK("B", "5", "y") "]",
    "A=14000000 B=14000000", NULL,
    "Agreement beyond chance, on average with those who share tasks, 1 in all: a score of 0.4. "
    "100000.00 and 100000.00 times the score: 140000.00.",
    0};
static struct reward_case one_task = {
    PEERS("ca", ""), "\"reports\":[" TASK("A", "1", "y") "," TASK("B", "1", "y") "]", "", NULL, NULL, 0};
static struct reward_case not_in_prior = {
    PEERS("pts", ",\"prior\":{\"x\":1}"), "\"reports\":[" TASK("a", "t", "z") "]",
    REFUSED("$.reports[0].answer: \"z\" is not in the prior of rule \"r\"", SCHEMA)};
static struct reward_case not_binary = {
    PEERS("rbts", ""), "\"reports\":[" REPORT("a", "\"A\"", ",\"p\":1") "]",
    REFUSED("$.reports[0].answer: is not true or false, \"yes\" or \"no\", as rbts has it", SCHEMA)};
static struct reward_case no_prediction = {
    PEERS("bts", ""), "\"reports\":[" REPORT("a", "\"A\"", "") "]",
    REFUSED("$.reports[0].prediction: required, but missing: there is no \"p\" either", SCHEMA)};
static struct reward_case reports_twice = {
    PEERS("ca", ""), "\"reports\":[" TASK("a", "t", "z") "," TASK("a", "t", "y") "]",
    REFUSED("$.reports[1]: \"a\" reports on \"t\" at $.reports[0] already", SCHEMA)};

/* ---- gold ---- */

#define GOLD(who, task, answer) \
    "{\"worker\":\"" who "\",\"task\":\"" task "\",\"answer\":\"" answer "\"}"
#define RIGHT(who, task) GOLD(who, task, "correct")
#define SIX(who, n) \
    RIGHT(who, n "1") "," RIGHT(who, n "2") "," RIGHT(who, n "3") "," RIGHT(who, n "4") "," \
    RIGHT(who, n "5") "," RIGHT(who, n "6")
#define EIGHTEEN SIX("w", "a") "," SIX("w", "b") "," SIX("w", "c")
#define ACCURATE(accuracy, more) \
    "gold_bonus", "\"fund\":\"f\",\"form\":\"threshold\",\"each\":\"5\",\"max_awards\":2," \
                  "\"accuracy\":\"" accuracy "\"" more

/* Wilson's lower bound of 18 of 20 at z = 1.96 is 0.698962: enough for 0.6989, not for 0.69897. */
static struct reward_case wilson = {
    ACCURATE("0.6989", ""),
    "\"gold\":[" EIGHTEEN "," GOLD("w", "x", "wrong") "," GOLD("w", "y", "wrong") ","
    GOLD("w", "z", "skipped") "]",
    "w=500", NULL,
    "18 of 20 answers are right: that shows an accuracy of about 0.698962 or more, and 0.6989 is needed: "
    "5.00.",
    0};
static struct reward_case wilson_short = {
    ACCURATE("0.69897", ""),
    "\"gold\":[" EIGHTEEN "," GOLD("w", "x", "wrong") "," GOLD("w", "y", "wrong") "]", "", NULL, NULL, 0};
/* The share itself: 0.9 reaches 0.9. */
static struct reward_case plain_share = {
    ACCURATE("0.9", ",\"z\":0"),
    "\"gold\":[" EIGHTEEN "," GOLD("w", "x", "wrong") "," GOLD("w", "y", "wrong") "]", "w=500", NULL,
    "18 of 20 answers are right, at least 0.9 of them: 5.00.", 0};
static struct reward_case too_few_answers = {
    ACCURATE("0.5", ",\"z\":0,\"min_tasks\":2"), "\"gold\":[" RIGHT("w", "a") "]", "", NULL, NULL, 0};
/* Shah & Zhou 2016, G = 3, T = 1/2, at most 0.80: all right .80, one skipped .40, two .20, three .10, any
 * wrong 0. */
#define NOTHING(more) \
    "gold_bonus", "\"fund\":\"f\",\"form\":\"double_or_nothing\",\"max\":\"0.80\",\"confidence\":\"1/2\"," \
                  "\"questions\":3,\"max_awards\":9" more
static struct reward_case double_or_nothing = {
    NOTHING(""),
    "\"gold\":[" RIGHT("a", "1") "," RIGHT("a", "2") "," RIGHT("a", "3") "," RIGHT("b", "1") ","
    RIGHT("b", "2") "," RIGHT("c", "1") "," GOLD("c", "2", "skipped") "," GOLD("c", "3", "skipped") ","
    GOLD("d", "1", "skipped") "," RIGHT("e", "1") "," RIGHT("e", "2") "," GOLD("e", "3", "wrong") "]",
    "a=80 b=40 c=20 d=10", NULL,
    "3 of 3 answers are right, none is wrong. All right is 0.80, and each skipped one leaves 0.5 of it: "
    "0.80.",
    0};
/* With a least of 0.20 there is 0.60 to double: 0.20 + 0.30, and 0.20 after a wrong answer. */
static struct reward_case with_a_least = {
    NOTHING(",\"min\":\"0.20\""),
    "\"gold\":[" RIGHT("b", "1") "," RIGHT("b", "2") "," GOLD("e", "3", "wrong") "]", "b=50 e=20", NULL,
    NULL, 0};
static struct reward_case four_of_three = {
    NOTHING(""),
    "\"gold\":[" RIGHT("a", "1") "," RIGHT("a", "2") "," RIGHT("a", "3") "," RIGHT("a", "4") "]",
    REFUSED("$.gold[0]: \"a\" is asked 4 questions, but rule \"r\" asks 3", SCHEMA)};
static struct reward_case answers_twice = {
    NOTHING(""), "\"gold\":[" RIGHT("a", "1") "," GOLD("a", "1", "wrong") "]",
    REFUSED("$.gold[1]: \"a\" answers \"1\" at $.gold[0] already", SCHEMA)};
static struct reward_case too_long = {
    "gold_bonus", "\"fund\":\"f\",\"form\":\"double_or_nothing\",\"max\":\"0.80\",\"confidence\":"
                  "\"0.123456789\",\"questions\":64,\"max_awards\":9",
    "\"gold\":[]",
    REFUSED("$.rules[0].confidence: is too long for so many questions", SCHEMA)};

/* ---- what a scheme may cost ---- */

static void market_costs_b_ln_n(void **state)
{
    (void)state;
    static const char scheme[] =
        "{\"scheme\":\"cocreate.incentives/1\",\"currency\":\"USD\",\"funds\":[{\"id\":\"f\",\"budget\":"
        "\"179.18\"}],\"rules\":[{\"id\":\"m\",\"kind\":\"lmsr\",\"fund\":\"f\",\"question\":\"q\",\"b\":"
        "\"100\",\"outcomes\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\"]},{\"id\":\"w\",\"kind\":\"scoring_rule\","
        "\"fund\":\"f\",\"score\":\"brier\",\"form\":\"wager\"}]}";
    cocreate_scheme *s = NULL;
    cocreate_text *text = NULL;
    /* 100 ln 6 = 179.1759... */
    assert_status(cocreate_scheme_parse(NULL, scheme, strlen(scheme), &s, &check_error), COCREATE_OK);
    assert_status(cocreate_scheme_liability(s, &text, &check_error), COCREATE_OK);
    assert_non_null(strstr(cocreate_text_data(text), "\"liability\":{\"USD\":\"179.18\"}"));
    assert_non_null(strstr(cocreate_text_data(text),
                           "\"why\":\"b ln 6, with b = 100.00, beyond what traders pay\""));
    cocreate_text_free(text);
    cocreate_scheme_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        REWARD_CASE(logarithm),       REWARD_CASE(brier),            REWARD_CASE(brier_of_three),
        REWARD_CASE(spherical),       REWARD_CASE(clamps),           REWARD_CASE(wager),
        REWARD_CASE(alone),           REWARD_CASE(undecided),        REWARD_CASE(undecided_score),
        REWARD_CASE(lottery),         REWARD_CASE(withdrawn_forecast), REWARD_CASE(twice),
        REWARD_CASE(more_than_one),   REWARD_CASE(no_probability),   REWARD_CASE(no_question),
        REWARD_CASE(no_stake),        REWARD_CASE(too_many),         REWARD_CASE(unbounded),
        REWARD_CASE(from_revenue),    REWARD_CASE(three_outcomes),   REWARD_CASE(there_and_back),
        REWARD_CASE(worst_loss),      REWARD_CASE(open_market),      REWARD_CASE(nobody_trades),
        REWARD_CASE(short_sale),      REWARD_CASE(same_seq),         REWARD_CASE(strange_outcome),
        REWARD_CASE(unasked),         REWARD_CASE(serum),            REWARD_CASE(serum_of_three),
        REWARD_CASE(robust),          REWARD_CASE(two_are_too_few),  REWARD_CASE(peer_truth),
        REWARD_CASE(rare_truth),      REWARD_CASE(own_prior),        REWARD_CASE(output),
        REWARD_CASE(correlated),      REWARD_CASE(one_task),         REWARD_CASE(not_in_prior),
        REWARD_CASE(not_binary),      REWARD_CASE(no_prediction),    REWARD_CASE(reports_twice),
        REWARD_CASE(wilson),          REWARD_CASE(wilson_short),     REWARD_CASE(plain_share),
        REWARD_CASE(too_few_answers), REWARD_CASE(double_or_nothing), REWARD_CASE(with_a_least),
        REWARD_CASE(four_of_three),   REWARD_CASE(answers_twice),    REWARD_CASE(too_long),
        cmocka_unit_test(market_costs_b_ln_n),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
