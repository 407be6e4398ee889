/* Results, for the scheme that the first byte chooses. Whatever the result says: awards are in order,
 * and all together stay within the budget. Seeds of fuzz_scheme reach the kinds that have no scheme
 * here. */
#include "fuzz_awards.h"

#define HEAD                                                                             \
    "{\"scheme\":\"cocreate.incentives/1\",\"currency\":\"EUR\",\"funds\":[{\"id\":\"f\"," \
    "\"budget\":\"2000.00\"}],\"rules\":["
#define PRIZES                                                                            \
    "{\"id\":\"p\",\"kind\":\"ranked_prizes\",\"fund\":\"f\",\"prizes\":[\"1000.00\"," \
    "\"500.00\",\"250.01\"]"

enum { BUDGET = 200000 };

static const char *const schemes[] = {
    HEAD PRIZES "}]}",
    HEAD PRIZES ",\"ties\":\"pool\"}]}",
    HEAD PRIZES ",\"ties\":\"lot\"}]}",
    HEAD "{\"id\":\"s\",\"kind\":\"proportional_split\",\"fund\":\"f\",\"pool\":\"100.00\","
         "\"weight\":\"votes\"}]}",
    HEAD "{\"id\":\"t\",\"kind\":\"threshold_award\",\"fund\":\"f\",\"metric\":\"supporters\","
         "\"threshold\":10,\"each\":\"5.00\",\"max_total\":\"12.00\"}]}",
    HEAD "{\"id\":\"b\",\"kind\":\"badge\",\"where\":\"rank<=2\"}," PRIZES "}]}",
    /* Every kind of contest, and guards. */
    "{\"scheme\":\"cocreate.incentives/1\",\"currency\":\"EUR\",\"funds\":[{\"id\":\"f\",\"budge"
    "t\":\"2000.00\"}],\"rules\":[{\"id\":\"w\",\"kind\":\"winner_takes_all\",\"fund\":\"f\",\"priz"
    "e\":\"10.00\",\"quality\":{\"quantile\":\"0.25\"}},{\"id\":\"rp\",\"kind\":\"ranked_prizes\","
    "\"fund\":\"f\",\"purse\":\"10.00\",\"table\":{\"form\":\"geometric\",\"places\":4,\"ratio\":\"1"
    "/2\"},\"on_vacant\":\"roll_down\"},{\"id\":\"rq\",\"kind\":\"ranked_prizes\",\"fund\":\"f\",\""
    "purse\":\"10.00\",\"table\":{\"form\":\"power\",\"places\":3,\"exponent\":\"0.5\"},\"based_o"
    "n\":{\"entries\":9,\"max_purse\":\"12.00\",\"guaranteed_above\":\"5.00\",\"guaranteed\":\""
    "0.5\"},\"quality\":{\"benchmark\":\"c\"}},{\"id\":\"rd\",\"kind\":\"ranked_prizes\",\"fund\":"
    "\"f\",\"purse\":\"10.00\",\"table\":{\"form\":\"digital_run\"}},{\"id\":\"cp\",\"kind\":\"class"
    "_prizes\",\"fund\":\"f\",\"lists\":[{\"id\":\"open\",\"prizes\":[\"3.00\",\"2.00\"]},{\"id\":\"x"
    "\",\"role\":\"x\",\"prizes\":[\"9.00\"]}]},{\"id\":\"g\",\"kind\":\"guaranteed_prize\",\"fund\""
    ":\"f\",\"prize\":\"5.00\"},{\"id\":\"gt\",\"kind\":\"guaranteed_prize\",\"fund\":\"f\",\"prize\""
    ":\"5.00\",\"fallback\":\"top_rated\",\"consolation\":\"1.00\"},{\"id\":\"as\",\"kind\":\"assu"
    "rance\",\"fund\":\"f\",\"goal\":\"2.00\",\"max_total\":\"50.00\"},{\"id\":\"ab\",\"kind\":\"assu"
    "rance_bonus\",\"fund\":\"f\",\"people\":9,\"bonus\":\"1.00\",\"max_total\":\"1.50\"},{\"id\":"
    "\"pa\",\"kind\":\"participation\",\"fund\":\"f\",\"each\":\"1.00\",\"max_total\":\"2.50\",\"ove"
    "rflow\":\"prorata\"},{\"id\":\"pf\",\"kind\":\"participation\",\"fund\":\"f\",\"each\":\"1.00\""
    ",\"max_total\":\"2.50\"},{\"id\":\"co\",\"kind\":\"coupon\",\"each\":\"1\",\"unit\":{\"code\":\"D"
    "RINK\"},\"expires\":\"2027-01-31T23:59:59Z\"},{\"id\":\"m\",\"kind\":\"milestone\",\"fund\""
    ":\"f\",\"milestones\":[{\"at\":1,\"amount\":\"3.00\"}],\"retainage\":\"0.1\"},{\"id\":\"pp\",\""
    "kind\":\"progress_prize\",\"fund\":\"f\",\"prize\":\"4.00\",\"baseline\":1,\"improvement\":"
    "\"0.1\",\"decimals\":2},{\"id\":\"bb\",\"kind\":\"benchmark_bonus\",\"fund\":\"f\",\"baseline"
    "\":0,\"slope\":\"3.00\",\"max\":\"2.00\",\"max_total\":\"3.00\"},{\"id\":\"rb\",\"kind\":\"relia"
    "bility_bonus\",\"fund\":\"f\",\"rule\":\"w\",\"bands\":[{\"from\":1,\"rate\":\"0.5\"}]}],\"gua"
    "rds\":{\"person_cap\":\"40.00\",\"household_cap\":\"45.00\",\"exclude_roles\":[\"staff\"]"
    "}}",
    /* Every kind of sharing. */
    "{\"scheme\":\"cocreate.incentives/1\",\"currency\":\"EUR\",\"funds\":[{\"id\":\"f\",\"bu"
    "dget\":\"2000.00\"}],\"rules\":[{\"id\":\"p\",\"kind\":\"proportional_split\",\"fund\":"
    "\"f\",\"pool\":\"9.00\",\"weight\":\"votes\",\"exponent\":\"2/3\",\"cap_share\":\"0.6\"}"
    ",{\"id\":\"g\",\"kind\":\"gift_circle\",\"fund\":\"f\",\"pool\":\"9.00\"},{\"id\":\"h\","
    "\"kind\":\"shapley\",\"fund\":\"f\",\"pool\":\"9.00\",\"game\":\"table\",\"missing\":\"z"
    "ero\",\"negative\":\"clip_renormalise\"},{\"id\":\"i\",\"kind\":\"shapley\",\"fund\":\"f"
    "\",\"pool\":\"9.00\",\"game\":\"synergy\",\"negative\":\"clip_renormalise\"},{\"id\":\"t"
    "\",\"kind\":\"team_split\",\"fund\":\"f\",\"pool\":\"9.00\",\"split\":\"peer\",\"on_disq"
    "ualified\":\"member_only_return\"},{\"id\":\"l\",\"kind\":\"lineage_share\",\"fund\":\"f"
    "\",\"pool\":\"9.00\",\"policy\":\"decay\",\"decay\":\"1/2\",\"depth\":3},{\"id\":\"m\","
    "\"kind\":\"lineage_share\",\"fund\":\"f\",\"pool\":\"9.00\",\"policy\":\"lrp\"},{\"id\":"
    "\"c\",\"kind\":\"cred_allocation\",\"fund\":\"f\",\"pool\":\"9.00\",\"policy\":\"balance"
    "d\"},{\"id\":\"d\",\"kind\":\"cred_allocation\",\"fund\":\"f\",\"pool\":\"9.00\",\"polic"
    "y\":\"recent\",\"discount\":\"0.5\"},{\"id\":\"r\",\"kind\":\"royalty\",\"fund\":\"f\","
    "\"tiers\":[{\"up_to\":\"1.00\",\"rate\":\"1/3\"},{\"rate\":\"1/7\"}],\"minimum_per_unit"
    "\":\"0.01\",\"advance\":\"0.50\",\"cap\":\"90.00\",\"max_total\":\"1000.00\"}]}",
};

#define SCHEMES (sizeof schemes / sizeof *schemes)

static const cocreate_scheme *scheme_of(unsigned which)
{
    static cocreate_scheme *parsed[SCHEMES];
    cocreate_error error = {0};
    if (!parsed[which] && cocreate_scheme_parse(NULL, schemes[which], strlen(schemes[which]),
                                                &parsed[which], &error) != COCREATE_OK) {
        fprintf(stderr, "%s: %s\n", schemes[which], error.text);
        abort();
    }
    return parsed[which];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t seed[32] = {1};
    if (size == 0)
        return 0;
    const cocreate_scheme *scheme = scheme_of((unsigned)(data[0] % SCHEMES));
    cocreate_awards *awards = NULL;
    cocreate_error error = {0};
    cocreate_status status = cocreate_reward(scheme, (const char *)data + 1, size - 1,
                                             data[0] & 64 ? NULL : seed, &awards, &error);
    if (status != COCREATE_OK) {
        fuzz_check_failure(status, &error);
        fuzz_holds(!awards);
        return 0;
    }
    fuzz_holds(fuzz_check_awards(awards) <= BUDGET);
    cocreate_awards_free(awards);
    return 0;
}
