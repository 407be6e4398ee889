/* base.h, money.h, log.h, and the constants of every header. */
#include "oom.h"

#include <inttypes.h>

#define CALL(name) static cocreate_status name(world *w, cocreate_error *error)
#define NO_ERROR (void)error

CALL(call_status_name)
{
    NO_ERROR;
    w->words[0] = cocreate_status_name(COCREATE_ERR_TIE);
    w->words[1] = cocreate_status_name(12345);
    return COCREATE_OK;
}

CALL(call_status_text)
{
    NO_ERROR;
    w->words[0] = cocreate_status_text(COCREATE_ERR_TIE);
    return COCREATE_OK;
}

CALL(call_status_count)
{
    NO_ERROR;
    w->numbers[0] = (int64_t)cocreate_status_count();
    return COCREATE_OK;
}

CALL(call_status_at)
{
    NO_ERROR;
    for (size_t i = 0; i < cocreate_status_count(); i++)
        w->numbers[i] = cocreate_status_at(i);
    return COCREATE_OK;
}

CALL(call_version)
{
    NO_ERROR;
    w->words[0] = cocreate_version();
    return COCREATE_OK;
}

static const char json_text[] =
    "{\"b\":[1,2.5,\"\\u00e9\",{\"deep\":{\"er\":null}}],\"a\":true,\"long\":\"01234567890123456789"
    "01234567890123456789012345678901234567890123456789\",\"c\":{},\"e\":-7,\"d\":1e21}";

CALL(call_canonical_json)
{
    return cocreate_canonical_json(memory_allocator(), json_text, strlen(json_text), &w->text,
                                   error);
}

static void make_text(world *w)
{
    MAKE(cocreate_canonical_json(memory_allocator(), "[1]", 3, &w->text, &check_error));
}

CALL(call_text_data)
{
    NO_ERROR;
    w->words[0] = cocreate_text_data(w->text);
    return COCREATE_OK;
}

CALL(call_text_size)
{
    NO_ERROR;
    w->numbers[0] = (int64_t)cocreate_text_size(w->text);
    return COCREATE_OK;
}

CALL(call_text_free)
{
    NO_ERROR;
    cocreate_text_free(w->text);
    cocreate_text_free(NULL);
    w->text = NULL;
    return COCREATE_OK;
}

static void digest_out(world *w, const uint8_t digest[32])
{
    for (size_t i = 0; i < 32; i++)
        w->numbers[i] = digest[i];
}

CALL(call_sha256)
{
    NO_ERROR;
    uint8_t digest[32];
    cocreate_sha256("abc", 3, digest);
    digest_out(w, digest);
    return COCREATE_OK;
}

CALL(call_lots)
{
    static const char *const ids[] = {"a", "b", "c", "d", "e", "f", "g"};
    static const uint8_t seed[32] = {7};
    uint32_t order[7] = {0};
    cocreate_status status = cocreate_lots(seed, "round:1", ids, 7, order, error);
    for (size_t i = 0; i < 7; i++)
        w->numbers[i] = order[i];
    return status;
}

CALL(call_lot_seed)
{
    NO_ERROR;
    static const uint8_t root[32] = {1}, beacon[5] = {2};
    uint8_t seed[32];
    cocreate_lot_seed("log.example", 7, root, beacon, 5, seed);
    digest_out(w, seed);
    return COCREATE_OK;
}

/* ---- money.h ---- */

CALL(call_currency_count)
{
    NO_ERROR;
    w->numbers[0] = (int64_t)cocreate_currency_count();
    return COCREATE_OK;
}

CALL(call_currency_at)
{
    cocreate_currency currency = {.size = sizeof currency};
    cocreate_status status = cocreate_currency_at(3, &currency, error);
    w->words[0] = currency.code;
    return status;
}

CALL(call_currency_find)
{
    cocreate_currency currency = {.size = sizeof currency};
    cocreate_status status = cocreate_currency_find("JPY", &currency, error);
    w->words[0] = currency.code;
    return status;
}

CALL(call_amount_parse)
{
    return cocreate_amount_parse("-1234.5", 2, &w->numbers[0], error);
}

CALL(call_amount_print)
{
    static char text[COCREATE_AMOUNT_TEXT];
    w->words[0] = text;
    return cocreate_amount_print(-5, 2, text, error);
}

CALL(call_split_options_init)
{
    NO_ERROR;
    cocreate_split_options options;
    cocreate_split_options_init(&options);
    w->numbers[0] = (int64_t)options.size;
    return COCREATE_OK;
}

CALL(call_split_method_count)
{
    NO_ERROR;
    w->numbers[0] = (int64_t)cocreate_split_method_count();
    return COCREATE_OK;
}

CALL(call_split_method_at)
{
    NO_ERROR;
    w->words[0] = cocreate_split_method_at(0);
    w->words[1] = cocreate_split_method_at(100);
    return COCREATE_OK;
}

enum { SPLIT = 40 };

/* Equal weights among others, so that ties and limits have work to do. */
CALL(call_split)
{
    static const uint8_t seed[32] = {9};
    static char ids[SPLIT][8];
    const char *names[SPLIT];
    int64_t weights[SPLIT], shares[SPLIT] = {0}, returned = 0;
    for (size_t i = 0; i < SPLIT; i++) {
        snprintf(ids[i], sizeof ids[i], "p%zu", (i * 17) % SPLIT);
        names[i] = ids[i];
        weights[i] = (int64_t)(i % 7) * 1000000007 + 1;
    }
    cocreate_split_options options;
    cocreate_split_options_init(&options);
    options.method = scenario_argument;
    options.ties = "lot";
    options.ids = names;
    options.seed = seed;
    options.minimum = 100;
    options.cap = 5000;
    cocreate_status status =
        cocreate_split(100003, weights, SPLIT, &options, shares, &returned, error);
    for (size_t i = 0; i < SPLIT; i++)
        w->numbers[i] = shares[i];
    w->numbers[SPLIT] = returned;
    return status;
}

CALL(call_weights_parse)
{
    static const char *const texts[] = {".33", "1.5", "2", "1234567.000001"};
    return cocreate_weights_parse(texts, 4, w->numbers, error);
}

/* Numbers that need more than 64 bits on the way. */
CALL(call_rate)
{
    cocreate_carry carry = {INT64_C(1000000006), INT64_C(1000000007)};
    cocreate_status status = cocreate_rate(INT64_C(900719925474099), INT64_C(123456789),
                                           INT64_C(987654321), "floor", &carry, &w->numbers[0],
                                           error);
    if (status < 0) { /* a carry is changed by a success alone */
        assert_int_equal(carry.numerator, 1000000006);
        assert_int_equal(carry.denominator, 1000000007);
    } else {
        w->numbers[1] = carry.numerator;
        w->numbers[2] = carry.denominator;
    }
    return status;
}

CALL(call_rate_half_even)
{
    return cocreate_rate(INT64_MAX, INT64_C(999999999999999999), INT64_C(1000000000000000003),
                         "half_even", NULL, &w->numbers[0], error);
}

/* ---- mechanisms.h ---- */

CALL(call_shapley)
{
    static const int64_t worths[8] = {0, 5, 9, 9, 16, 16, 20, INT64_C(9007199254740991)};
    return cocreate_shapley(worths, 3, w->numbers, &w->numbers[3], error);
}

CALL(call_matching_options_init)
{
    cocreate_matching_options options;
    NO_ERROR;
    cocreate_matching_options_init(&options);
    w->words[0] = options.match;
    return COCREATE_OK;
}

CALL(call_quadratic_funding)
{
    static const uint32_t donors[6] = {0, 1, 2, 0, 1, 3}, projects[6] = {0, 0, 0, 1, 1, 1};
    static const int64_t amounts[6] = {100, 250, 3, 100, 100, 900};
    static const int64_t weights[4] = {1000000000, 500000000, 1000000000, 1};
    cocreate_matching_options options;
    cocreate_matching_options_init(&options);
    options.match = scenario_argument;
    options.bound = 2500;
    options.cap = 400;
    options.weights = weights;
    return cocreate_quadratic_funding(donors, projects, amounts, 6, 4, 2, 500, &options, w->numbers,
                                      &w->numbers[2], error);
}

CALL(call_lmsr_trade)
{
    static const int64_t sold[3] = {10, 20, 13};
    return cocreate_lmsr_trade(sold, 3, 1000, 100, 2, 10, &w->numbers[3], w->numbers, error);
}

CALL(call_trust_options_init)
{
    cocreate_trust_options options;
    NO_ERROR;
    cocreate_trust_options_init(&options);
    w->numbers[0] = options.alpha;
    w->numbers[1] = options.iterations;
    return COCREATE_OK;
}

CALL(call_eigentrust)
{
    static const uint32_t from[6] = {0, 1, 2, 0, 1, 3}, to[6] = {1, 0, 0, 2, 2, 3};
    static const int64_t weights[6] = {4, 1, 2, 5, -3, 7}, start[4] = {0, 1, 2, 3};
    cocreate_trust_options options;
    cocreate_trust_options_init(&options);
    options.pre_trusted = start;
    options.start = start;
    return cocreate_eigentrust(from, to, weights, 6, 4, &options, w->numbers, error);
}

CALL(call_leaderboard_ranks)
{
    static const int64_t scores[5] = {90, 80, COCREATE_SCORE_MISSING, 90, 100};
    return cocreate_leaderboard_ranks(scores, NULL, 5, scenario_argument, w->numbers, error);
}

/* ---- log.h ---- */

static void leaves_of(uint8_t leaves[7 * 32])
{
    for (uint8_t i = 0; i < 7; i++)
        cocreate_log_leaf(&i, 1, leaves + 32 * (size_t)i);
}

CALL(call_log_leaf)
{
    NO_ERROR;
    uint8_t leaf[32];
    cocreate_log_leaf("x", 1, leaf);
    digest_out(w, leaf);
    return COCREATE_OK;
}

CALL(call_log_root)
{
    NO_ERROR;
    uint8_t leaves[7 * 32], root[32];
    leaves_of(leaves);
    cocreate_log_root(leaves, 7, root);
    digest_out(w, root);
    return COCREATE_OK;
}

CALL(call_log_prove)
{
    uint8_t leaves[7 * 32], proof[32 * COCREATE_PROOF_MAX];
    size_t length = 0;
    leaves_of(leaves);
    cocreate_status status = cocreate_log_prove(leaves, 7, 5, proof, &length, error);
    w->numbers[0] = (int64_t)length;
    return status;
}

CALL(call_log_check)
{
    NO_ERROR;
    uint8_t leaves[7 * 32], proof[32 * COCREATE_PROOF_MAX], root[32];
    size_t length = 0;
    leaves_of(leaves);
    cocreate_log_root(leaves, 7, root);
    cocreate_status status = cocreate_log_prove(leaves, 7, 5, proof, &length, error);
    w->numbers[0] = (int64_t)length;
    return status < 0 ? status
                      : cocreate_log_check(leaves + 5 * 32, 5, 7, proof, length, root, error);
}

const scenario scenarios_base[] = {
    {"cocreate_status_name", NULL, call_status_name, NULL, 1},
    {"cocreate_status_text", NULL, call_status_text, NULL, 1},
    {"cocreate_status_count", NULL, call_status_count, NULL, 1},
    {"cocreate_status_at", NULL, call_status_at, NULL, 1},
    {"cocreate_version", NULL, call_version, NULL, 1},
    {"cocreate_canonical_json", NULL, call_canonical_json, NULL, 0},
    {"cocreate_text_data", make_text, call_text_data, NULL, 1},
    {"cocreate_text_size", make_text, call_text_size, NULL, 1},
    {"cocreate_text_free", make_text, call_text_free, NULL, 1},
    {"cocreate_sha256", NULL, call_sha256, NULL, 1},
    {"cocreate_lots", NULL, call_lots, NULL, 0},
    {"cocreate_lot_seed", NULL, call_lot_seed, NULL, 1},
    {"cocreate_currency_count", NULL, call_currency_count, NULL, 1},
    {"cocreate_currency_at", NULL, call_currency_at, NULL, 1},
    {"cocreate_currency_find", NULL, call_currency_find, NULL, 1},
    {"cocreate_amount_parse", NULL, call_amount_parse, NULL, 1},
    {"cocreate_amount_print", NULL, call_amount_print, NULL, 1},
    {"cocreate_split_options_init", NULL, call_split_options_init, NULL, 1},
    {"cocreate_split_method_count", NULL, call_split_method_count, NULL, 1},
    {"cocreate_split_method_at", NULL, call_split_method_at, NULL, 1},
    {"cocreate_split", NULL, call_split, "largest_remainder", 0},
    {"cocreate_split", NULL, call_split, "sainte_lague", 0},
    {"cocreate_split", NULL, call_split, "dhondt", 0},
    {"cocreate_split", NULL, call_split, "adams", 0},
    {"cocreate_split", NULL, call_split, "huntington_hill", 0},
    {"cocreate_split", NULL, call_split, "dean", 0},
    {"cocreate_split", NULL, call_split, "first_gets", 0},
    {"cocreate_split", NULL, call_split, "floor_return", 0},
    {"cocreate_weights_parse", NULL, call_weights_parse, NULL, 1},
    {"cocreate_shapley", NULL, call_shapley, NULL, 0},
    {"cocreate_matching_options_init", NULL, call_matching_options_init, NULL, 1},
    {"cocreate_quadratic_funding", NULL, call_quadratic_funding, "qf", 0},
    {"cocreate_quadratic_funding", NULL, call_quadratic_funding, "pairwise", 0},
    {"cocreate_quadratic_funding", NULL, call_quadratic_funding, "gitcoin_clr", 0},
    {"cocreate_lmsr_trade", NULL, call_lmsr_trade, NULL, 0},
    {"cocreate_trust_options_init", NULL, call_trust_options_init, NULL, 1},
    {"cocreate_eigentrust", NULL, call_eigentrust, NULL, 0},
    {"cocreate_leaderboard_ranks", NULL, call_leaderboard_ranks, "fractional", 0},
    {"cocreate_rate", NULL, call_rate, "carry", 0},
    {"cocreate_rate", NULL, call_rate_half_even, "half even", 0},
    {"cocreate_log_leaf", NULL, call_log_leaf, NULL, 1},
    {"cocreate_log_root", NULL, call_log_root, NULL, 1},
    {"cocreate_log_prove", NULL, call_log_prove, NULL, 1},
    {"cocreate_log_check", NULL, call_log_check, NULL, 1},
    {NULL, NULL, NULL, NULL, 0},
};
