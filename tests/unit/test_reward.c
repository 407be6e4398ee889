/* Schemes and awards through the public interface: documents, refusals, traces, explanations, and
 * nothing half done when memory is short. */
#include "check.h"

#include "cocreate/reward.h"
#include "failing_allocator.h"

#define HEAD                                                                                \
    "{\"scheme\":\"cocreate.incentives/1\",\"currency\":\"EUR\",\"funds\":[{\"id\":\"escrow\"," \
    "\"budget\":\"2000.00\"}],\"rules\":["
#define RANKED(more)                                                                     \
    "{\"id\":\"prizes\",\"kind\":\"ranked_prizes\",\"fund\":\"escrow\",\"prizes\":[\"1000.00\"," \
    "\"500.00\",\"250.00\"]" more "}"
#define SHARE(more)                                                                          \
    "{\"id\":\"share\",\"kind\":\"proportional_split\",\"fund\":\"escrow\",\"pool\":\"100.00\"," \
    "\"weight\":\"votes\"" more "}"
#define REACH(more)                                                                           \
    "{\"id\":\"reach\",\"kind\":\"threshold_award\",\"fund\":\"escrow\",\"metric\":\"supporters\"," \
    "\"threshold\":10,\"each\":\"5.00\",\"max_total\":\"12.00\"" more "}"
#define GRANT "{\"id\":\"grants\",\"kind\":\"direct_grant\",\"fund\":\"escrow\"}"
#define BADGE "{\"id\":\"top\",\"kind\":\"badge\",\"where\":\"rank<=2\"}"
#define TAIL "]}"

static const uint8_t seed[32] = {1, 2, 3};

static const char entries[] =
    "{\"entries\":[{\"id\":\"e1\",\"owner\":\"ana\",\"score\":91,\"votes\":3,\"supporters\":12},"
    "{\"id\":\"e2\",\"owner\":\"bo\",\"score\":84,\"votes\":1,\"supporters\":10},"
    "{\"id\":\"e3\",\"owner\":\"cy\",\"score\":84,\"votes\":2,\"supporters\":9},"
    "{\"id\":\"e4\",\"team\":[{\"id\":\"dee\",\"share\":\"2/3\"},{\"id\":\"eve\",\"share\":\"1/3\"}],"
    "\"score\":55,\"votes\":1,\"supporters\":11}]}";

static cocreate_scheme *scheme_of(const char *json)
{
    cocreate_scheme *s;
    assert_status(cocreate_scheme_parse(NULL, json, strlen(json), &s, &check_error), COCREATE_OK);
    return s;
}

static cocreate_awards *awards_of(const char *scheme, const char *result)
{
    cocreate_scheme *s = scheme_of(scheme);
    cocreate_awards *a;
    assert_status(cocreate_reward(s, result, strlen(result), seed, &a, &check_error), COCREATE_OK);
    cocreate_scheme_free(s); /* awards do not need it */
    return a;
}

static cocreate_award award_at(const cocreate_awards *a, size_t index)
{
    cocreate_award award = {.size = sizeof award};
    assert_status(cocreate_awards_at(a, index, &award, &check_error), COCREATE_OK);
    return award;
}

static void check_canonical(const char *json)
{
    cocreate_text *text;
    assert_status(cocreate_canonical_json(NULL, json, strlen(json), &text, &check_error),
                  COCREATE_OK);
    assert_string_equal(cocreate_text_data(text), json);
    cocreate_text_free(text);
}

static void digest_text(const void *bytes, size_t size, char out[72])
{
    uint8_t digest[32];
    cocreate_sha256(bytes, size, digest);
    strcpy(out, "sha256:");
    for (int i = 0; i < 32; i++)
        snprintf(out + 7 + 2 * i, 3, "%02x", digest[i]);
}

/* ---- documents ---- */

static void scheme_is_canonical(void **state)
{
    (void)state;
    char digest[72];
    cocreate_scheme *s = scheme_of(HEAD RANKED("") "," BADGE TAIL);
    check_canonical(cocreate_scheme_json(s));
    digest_text(cocreate_scheme_json(s), strlen(cocreate_scheme_json(s)), digest);
    assert_string_equal(cocreate_scheme_digest(s), digest);
    cocreate_scheme_free(s);
    cocreate_scheme_free(NULL);
}

static void tells_the_liability(void **state)
{
    (void)state;
    cocreate_text *text;
    cocreate_scheme *s = scheme_of(HEAD RANKED("") "," SHARE("") "," REACH("") "," BADGE TAIL);
    assert_status(cocreate_scheme_liability(s, &text, &check_error), COCREATE_OK);
    assert_string_equal(
        cocreate_text_data(text),
        "{\"funds\":[{\"budget\":\"2000.00\",\"id\":\"escrow\",\"liability\":\"1862.00\"}],"
        "\"liability\":{\"EUR\":\"1862.00\"},\"rules\":["
        "{\"amount\":\"1750.00\",\"fund\":\"escrow\",\"minor\":175000,\"rule\":\"prizes\","
        "\"why\":\"the sum of 3 prizes\"},"
        "{\"amount\":\"100.00\",\"fund\":\"escrow\",\"minor\":10000,\"rule\":\"share\","
        "\"why\":\"the pool\"},"
        "{\"amount\":\"12.00\",\"fund\":\"escrow\",\"minor\":1200,\"rule\":\"reach\","
        "\"why\":\"at most max_total\"}]}");
    check_canonical(cocreate_text_data(text));
    cocreate_text_free(text);
    cocreate_scheme_free(s);
}

static void lists_the_kinds(void **state)
{
    (void)state;
    cocreate_text *text;
    assert_status(cocreate_rule_kinds(NULL, &text, &check_error), COCREATE_OK);
    check_canonical(cocreate_text_data(text));
    cocreate_text_free(text);
}

static void awards_are_canonical(void **state)
{
    (void)state;
    char digest[72], *plain;
    cocreate_awards *a = awards_of(HEAD RANKED("") "," BADGE TAIL, entries);
    const char *json = cocreate_awards_json(a);
    check_canonical(json);
    /* The digest is over the same bytes without its member. */
    const char *at = strstr(json, "\"digest\":\"");
    assert_non_null(at);
    size_t head = (size_t)(at - json), skip = strlen("\"digest\":\"") + 71 + 2;
    plain = malloc(strlen(json) + 1);
    memcpy(plain, json, head);
    strcpy(plain + head, at + skip);
    digest_text(plain, strlen(plain), digest);
    assert_string_equal(cocreate_awards_digest(a), digest);
    assert_memory_equal(at + strlen("\"digest\":\""), digest, 71);
    free(plain);
    assert_non_null(strstr(json, "\"liability\":{\"EUR\":\"1750.00\"}"));
    assert_non_null(strstr(json, "\"unspent\":{\"EUR\":\"250.00\"}"));
    cocreate_awards_free(a);
    cocreate_awards_free(NULL);
}

static void shows_an_award(void **state)
{
    (void)state;
    cocreate_awards *a = awards_of(HEAD RANKED("") "," BADGE TAIL, entries);
    assert_int_equal(cocreate_awards_count(a), 6);
    cocreate_award bo = award_at(a, 1), badge = award_at(a, 3);
    assert_string_equal(bo.rule, "prizes");
    assert_string_equal(bo.to, "bo");
    assert_string_equal(bo.entry, "e2");
    assert_string_equal(bo.kind, "money");
    assert_string_equal(bo.currency, "EUR");
    assert_string_equal(bo.fund, "escrow");
    assert_int_equal(bo.minor, 37500);
    assert_int_equal(bo.exponent, 2);
    assert_string_equal(
        bo.trace,
        "[{\"method\":\"competition\",\"op\":\"rank\",\"rank\":2,\"score\":\"84\"},"
        "{\"among\":2,\"op\":\"tie\",\"places\":[2,3],\"policy\":\"pool\",\"pool\":75000,"
        "\"prizes\":[50000,25000]},"
        "{\"exact\":\"37500\",\"extra\":0,\"method\":\"largest_remainder\",\"minor\":37500,"
        "\"of\":\"2\",\"op\":\"apportion\",\"pool\":75000,\"weight\":\"1\"}]");
    assert_string_equal(badge.kind, "badge");
    assert_string_equal(badge.to, "ana");
    assert_null(badge.currency);
    assert_null(badge.fund);
    assert_int_equal(badge.minor, 0);
    cocreate_award bad = {.size = 1};
    assert_failure(cocreate_awards_at(a, 6, &bo, &check_error), COCREATE_ERR_ARGUMENT,
                   "there is no award 6 of 6");
    assert_status(cocreate_awards_at(a, 0, &bad, &check_error), COCREATE_ERR_ARGUMENT);
    cocreate_awards_free(a);
}

static void frame(char *out, size_t *used, const char *text)
{
    size_t n = strlen(text);
    for (int shift = 24; shift >= 0; shift -= 8)
        out[(*used)++] = (char)(n >> shift);
    memcpy(out + *used, text, n);
    *used += n;
}

/* The id of an award as anybody can compute it. */
static void award_ids_are_framed_digests(void **state)
{
    (void)state;
    cocreate_scheme *s = scheme_of(HEAD RANKED("") TAIL);
    cocreate_awards *a;
    cocreate_text *canonical;
    char bytes[512] = "libcocreate/award/v1", result[72], id[72];
    size_t used = strlen(bytes) + 1;
    assert_status(cocreate_canonical_json(NULL, entries, strlen(entries), &canonical, &check_error),
                  COCREATE_OK);
    digest_text(cocreate_text_data(canonical), cocreate_text_size(canonical), result);
    cocreate_text_free(canonical);
    assert_status(cocreate_reward(s, entries, strlen(entries), NULL, &a, &check_error),
                  COCREATE_OK);
    frame(bytes, &used, cocreate_scheme_digest(s));
    frame(bytes, &used, result);
    frame(bytes, &used, "prizes");
    frame(bytes, &used, "ana");
    frame(bytes, &used, "e1");
    digest_text(bytes, used, id);
    cocreate_award ana = award_at(a, 0);
    assert_int_equal(strlen(ana.id), 16);
    assert_memory_equal(ana.id, id + 7, 16);
    cocreate_awards_free(a);
    cocreate_scheme_free(s);
}

/* A ranking is a result: its places are ranks, its winners are selected. */
static void takes_a_ranking(void **state)
{
    (void)state;
    static const char ranking[] =
        "{\"schema\":\"cocreate.ranking/1\",\"method\":\"schulze\",\"places\":["
        "{\"option\":\"3\",\"from\":1,\"to\":1,\"score\":4.0,\"exact\":\"4\"},"
        "{\"option\":\"1\",\"from\":2,\"to\":3},{\"option\":\"2\",\"from\":2,\"to\":3}],"
        "\"winners\":[\"3\"]}";
    cocreate_awards *a = awards_of(
        HEAD RANKED("") ",{\"id\":\"w\",\"kind\":\"badge\",\"where\":\"selected\"}" TAIL, ranking);
    assert_int_equal(cocreate_awards_count(a), 4);
    assert_int_equal(award_at(a, 0).minor, 100000);
    assert_int_equal(award_at(a, 1).minor, 37500);
    assert_int_equal(award_at(a, 2).minor, 37500);
    assert_string_equal(award_at(a, 3).to, "3");
    cocreate_awards_free(a);
}

/* ---- explanations ---- */

struct sentence {
    const char *scheme, *result;
    size_t index;
    const char *text;
};

static void explains(void **state)
{
    const struct sentence *c = *state;
    cocreate_awards *a = awards_of(c->scheme, c->result);
    cocreate_text *text;
    assert_status(cocreate_awards_explain(a, c->index, &text, &check_error), COCREATE_OK);
    assert_string_equal(cocreate_text_data(text), c->text);
    cocreate_text_free(text);
    assert_status(cocreate_awards_explain(a, 99, &text, &check_error), COCREATE_ERR_ARGUMENT);
    cocreate_awards_free(a);
}

#define TIED                                                                             \
    "{\"entries\":[{\"id\":\"a\",\"score\":84.5,\"submitted_at\":2},{\"id\":\"b\",\"score\":84.5," \
    "\"submitted_at\":1}]}"
static struct sentence place = {HEAD RANKED("") TAIL, entries, 0,
                                "Place 1 (score 91): the prize of 1000.00."};
static struct sentence shared = {
    HEAD RANKED("") TAIL, entries, 1,
    "Shared place 2-3 (2 entries tied at 84): 500.00 + 250.00 = 750.00, half each = 375.00."};
static struct sentence earlier = {
    HEAD RANKED(",\"ties\":\"earlier\"") TAIL, TIED, 0,
    "Shared place 1-2 (2 entries tied at 84.5), place 1 by earlier submission: the prize of "
    "1000.00."};
static struct sentence hort = {
    HEAD RANKED(",\"ties\":\"hort\"") TAIL, TIED, 1,
    "Shared place 1-2 (2 entries tied at 84.5): half of 500.00 for place 2 among them and half of "
    "an equal part of 1500.00 = 625.00."};
static struct sentence part = {HEAD SHARE("") TAIL, entries, 2,
                               "1 of 7 votes: that part of 100.00 = 14.29, rounded up."};
static struct sentence cap = {
    HEAD SHARE(",\"cap\":\"40.00\"") TAIL, entries, 0,
    "3 of 7 votes: that part of 100.00 is more than the cap of 40.00, which is paid."};
static struct sentence reach = {HEAD REACH(",\"overflow\":\"prorata\"") TAIL, entries, 0,
                                "12 supporters, 10 needed. 3 entries qualified, for 12.00 in "
                                "all, a third each = 4.00."};
static struct sentence team = {
    HEAD SHARE(",\"top\":4") TAIL, entries, 3,
    "1 of 7 votes: that part of 100.00 = 14.28, rounded down. The team of 2 shares 14.28, of which "
    "2/3 = 9.52."};
static struct sentence grant = {
    HEAD GRANT TAIL, "{\"entries\":[{\"id\":\"a\",\"selected\":true,\"cost\":\"12.5\"}]}", 0,
    "Selected: 12.50."};
static struct sentence badge = {HEAD BADGE TAIL, entries, 0,
                                "Place 1 (score 91): meets \"rank<=2\"."};

/* ---- refusals ---- */

struct refusal {
    const char *scheme, *result;
    cocreate_status status;
    const char *text;
};

static void refuses(void **state)
{
    const struct refusal *c = *state;
    cocreate_scheme *s = scheme_of(c->scheme);
    cocreate_awards *a = NULL;
    assert_failure(cocreate_reward(s, c->result, strlen(c->result), NULL, &a, &check_error),
                   c->status, c->text);
    assert_null(a);
    cocreate_scheme_free(s);
}

#define PRIZES HEAD RANKED("") TAIL
#define ONE(members) "{\"entries\":[{\"id\":\"a\"" members "}]}"
static struct refusal not_json = {PRIZES, "{\"entries\":", COCREATE_ERR_PARSE, NULL};
static struct refusal no_entries = {
    PRIZES, "{\"schema\":1}", COCREATE_ERR_SCHEMA,
    "$: has neither \"entries\" nor the \"places\" of a ranking"};
static struct refusal not_a_list = {PRIZES, "{\"entries\":{}}", COCREATE_ERR_SCHEMA, NULL};
static struct refusal no_id = {PRIZES, "{\"entries\":[{\"score\":1}]}", COCREATE_ERR_SCHEMA,
                               "$.entries[0].id: required, but missing"};
static struct refusal same_id = {
    PRIZES, "{\"entries\":[{\"id\":\"b\"},{\"id\":\"a\"},{\"id\":\"b\"}]}", COCREATE_ERR_SCHEMA,
    "$.entries[2]: the id \"b\" is that of $.entries[0] already"};
static struct refusal score_text = {
    PRIZES, ONE(",\"score\":\"NaN\""), COCREATE_ERR_SCHEMA,
    "$.entries[0].score: \"NaN\" is not a number such as 12, -0.25 or 3/4"};
static struct refusal score_long = {
    PRIZES, ONE(",\"score\":\"92233720368547758080\""), COCREATE_ERR_OVERFLOW,
    "$.entries[0].score: the number does not fit a fraction of two 64-bit integers"};
static struct refusal integer_long = {PRIZES, ONE(",\"likes\":9007199254740992"),
                                      COCREATE_ERR_OVERFLOW, NULL};
static struct refusal rank_zero = {
    PRIZES, ONE(",\"rank\":0"), COCREATE_ERR_SCHEMA,
    "$.entries[0].rank: 0 is out of range, expected 1 to 9007199254740991"};
static struct refusal time_text = {
    PRIZES, ONE(",\"submitted_at\":\"yesterday\""), COCREATE_ERR_SCHEMA,
    "$.entries[0].submitted_at: neither microseconds since 1970 as an integer nor a time such as "
    "\"2009-07-26T18:18:28Z\""};
static struct refusal team_empty = {PRIZES, ONE(",\"team\":[]"), COCREATE_ERR_SCHEMA,
                                    "$.entries[0].team: a team has at least one member"};
static struct refusal team_twice = {
    PRIZES, ONE(",\"team\":[{\"id\":\"x\"},{\"id\":\"x\"}]"), COCREATE_ERR_SCHEMA,
    "$.entries[0].team: \"x\" is a member twice"};
static struct refusal team_half = {
    PRIZES, ONE(",\"team\":[{\"id\":\"x\",\"share\":1},{\"id\":\"y\"}]"), COCREATE_ERR_SCHEMA,
    "$.entries[0].team: 1 of 2 members have a share: all need one, or none"};
static struct refusal team_sum = {
    PRIZES, ONE(",\"team\":[{\"id\":\"x\",\"share\":\"1/3\"},{\"id\":\"y\",\"share\":0.66}]"),
    COCREATE_ERR_SCHEMA, "$.entries[0].team: the shares sum to 149/150, not to 1"};
static struct refusal team_negative = {
    PRIZES, ONE(",\"team\":[{\"id\":\"x\",\"share\":2},{\"id\":\"y\",\"share\":-1}]"),
    COCREATE_ERR_SCHEMA, "$.entries[0].team[1].share: a share is not negative"};
static struct refusal team_undeclared = {
    HEAD RANKED(",\"team\":{\"split\":\"declared\"}") TAIL, ONE(",\"team\":[{\"id\":\"x\"}]"),
    COCREATE_ERR_SCHEMA,
    "$.entries[0].team: no shares are declared, but rule \"prizes\" splits by them"};
static struct refusal no_time = {
    HEAD RANKED(",\"ties\":\"earlier\"") TAIL,
    "{\"entries\":[{\"id\":\"a\",\"submitted_at\":1},{\"id\":\"b\"}]}", COCREATE_ERR_TIE,
    "$.entries[1]: \"b\" shares place 1 and has no \"submitted_at\", which rule \"prizes\" needs to "
    "break the tie"};
static struct refusal no_seed = {
    HEAD RANKED(",\"ties\":\"lot\"") TAIL, "{\"entries\":[{\"id\":\"a\"},{\"id\":\"b\"}]}",
    COCREATE_ERR_ARGUMENT, "$.rules[0]: rule \"prizes\" draws lots and needs a seed"};
static struct refusal no_order = {
    HEAD REACH("") TAIL, entries, COCREATE_ERR_TIE,
    "$.entries[0]: \"e1\" has neither \"reached_at\" nor \"submitted_at\", and more entries reached "
    "the threshold than rule \"reach\" may pay"};
static struct refusal no_cost = {
    HEAD GRANT TAIL, ONE(",\"selected\":true"), COCREATE_ERR_SCHEMA,
    "$.entries[0].cost: missing, though the entry is selected and is granted its cost"};
static struct refusal fine_cost = {HEAD GRANT TAIL, ONE(",\"selected\":true,\"cost\":0.005"),
                                   COCREATE_ERR_SCHEMA,
                                   "$.entries[0].cost: has more than the 2 decimals of EUR"};
static struct refusal negative_cost = {HEAD GRANT TAIL, ONE(",\"selected\":true,\"cost\":-1"),
                                       COCREATE_ERR_SCHEMA, "$.entries[0].cost: is negative"};
static struct refusal dear = {
    HEAD GRANT TAIL, ONE(",\"selected\":true,\"cost\":\"2000.01\""), COCREATE_ERR_SCHEMA,
    "$.entries[0]: with it the selected entries cost more than the 2000.00 that rule \"grants\" may "
    "grant"};
static struct refusal nobody_voted = {
    HEAD SHARE(",\"on_empty\":\"error\"") TAIL, ONE(""), COCREATE_ERR_SCHEMA,
    "$.entries: nobody has any votes to share the pool of rule \"share\" by"};
static struct refusal heavy = {
    HEAD SHARE("") TAIL,
    "{\"entries\":[{\"id\":\"a\",\"votes\":\"9223372036854775807\"},{\"id\":\"b\",\"votes\":1}]}",
    COCREATE_ERR_OVERFLOW,
    "$.entries: the votes that rule \"share\" shares by, over their common denominator, sum to more "
    "than 2^63 - 1"};
static struct refusal winner_unknown = {
    PRIZES, "{\"places\":[{\"option\":\"1\",\"from\":1}],\"winners\":[\"2\"]}", COCREATE_ERR_SCHEMA,
    "$.winners[0]: the winner is not an option of the places"};

static void refuses_without_text(void **state)
{
    const struct refusal *c = *state;
    cocreate_scheme *s = scheme_of(c->scheme);
    cocreate_awards *a = NULL;
    assert_status(cocreate_reward(s, c->result, strlen(c->result), NULL, &a, NULL), c->status);
    assert_status(cocreate_reward(s, c->result, strlen(c->result), NULL, &a, &check_error),
                  c->status);
    assert_null(a);
    cocreate_scheme_free(s);
}

static void holds_to_the_committed_seed(void **state)
{
    (void)state;
    char json[1024], digest[72];
    uint8_t other[32] = {9};
    cocreate_awards *a;
    digest_text(seed, sizeof seed, digest);
    snprintf(json, sizeof json,
             "{\"seed_commitment\":\"%s\",\"scheme\":\"cocreate.incentives/1\",\"currency\":\"EUR\","
             "\"rules\":[" BADGE "]}",
             digest);
    cocreate_scheme *s = scheme_of(json);
    assert_status(cocreate_reward(s, entries, strlen(entries), seed, &a, &check_error),
                  COCREATE_OK);
    cocreate_awards_free(a);
    assert_failure(cocreate_reward(s, entries, strlen(entries), other, &a, &check_error),
                   COCREATE_ERR_ARGUMENT,
                   "$.seed_commitment: the seed is not the one the scheme commits to");
    cocreate_scheme_free(s);
}

/* ---- traces ---- */

/* Every number of every trace, changed by one, either breaks it or changes what it gives. */
static void catches_changed_traces(void **state)
{
    (void)state;
    static const char *const schemes[] = {
        HEAD RANKED("") TAIL,
        HEAD RANKED(",\"ties\":\"same_prize\",\"max_awards\":2") TAIL,
        HEAD SHARE("") "," REACH(",\"overflow\":\"prorata\"") TAIL,
        HEAD SHARE(",\"cap\":\"40.00\"") TAIL,
    };
    size_t changed = 0;
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        cocreate_awards *a = awards_of(schemes[i], entries);
        for (size_t k = 0; k < cocreate_awards_count(a); k++) {
            cocreate_award award = award_at(a, k);
            size_t size = strlen(award.trace);
            char copy[2048];
            for (size_t at = 0; at < size; at++) {
                int64_t minor = award.minor;
                if (award.trace[at] < '0' || award.trace[at] > '8')
                    continue;
                memcpy(copy, award.trace, size + 1);
                copy[at]++;
                /* What only informs: the score, the number that reached the threshold, and how many
                 * share where shares are declared. */
                const char *tail = copy + at;
                while (tail > copy && tail[-1] != ',' && tail[-1] != '{')
                    tail--;
                if (strncmp(tail, "\"score\"", 7) == 0 || strncmp(tail, "\"value\"", 7) == 0 ||
                    strncmp(tail, "\"threshold\"", 11) == 0 || strncmp(tail, "\"each\"", 6) == 0 ||
                    (strncmp(tail, "\"members\"", 9) == 0 && strstr(tail, "\"declared\"") != NULL))
                    continue;
                cocreate_status s = cocreate_trace_replay(copy, size, &minor, &check_error);
                assert_true(s != COCREATE_OK || minor != award.minor);
                changed++;
            }
        }
        cocreate_awards_free(a);
    }
    assert_true(changed > 300);
}

/* ---- memory ---- */

#define EVERYTHING                                                                            \
    HEAD RANKED(",\"per_person\":\"best_only\",\"eligibility\":{\"exclude\":[\"zoe\"]}") "," \
    SHARE("") "," REACH(",\"overflow\":\"prorata\"") "," BADGE TAIL

static const char timed[] =
    "{\"entries\":[{\"id\":\"a\",\"score\":1,\"submitted_at\":1,\"role\":\"guest\"},"
    "{\"id\":\"b\",\"score\":1,\"submitted_at\":2,\"selected\":true,\"cost\":3,\"supporters\":11},"
    "{\"id\":\"c\",\"score\":1,\"submitted_at\":3,\"roles\":[\"x\"],\"supporters\":12},"
    "{\"id\":\"d\",\"submitted_at\":3,\"supporters\":12}]}";

static const struct memory_case {
    const char *scheme, *result;
} memory_cases[] = {
    {EVERYTHING, entries},
    {HEAD RANKED(",\"ties\":\"hort\",\"rounding\":{\"tie_break\":[\"lot\"]}") TAIL, timed},
    {HEAD RANKED(",\"ties\":\"lot\"") "," REACH("") TAIL, timed},
    {HEAD RANKED(",\"ties\":\"same_prize\",\"max_awards\":2") TAIL, timed},
    {HEAD "{\"id\":\"p\",\"kind\":\"ranked_prizes\",\"fund\":\"escrow\",\"purse\":\"10.00\","
          "\"prizes\":[\"50%\",\"1/3%\"],\"ties\":\"earlier\"}" TAIL,
     timed},
    {HEAD GRANT TAIL, timed},
    {HEAD SHARE(",\"cap\":\"40.00\",\"on_empty\":\"equal\"") TAIL, timed},
    {HEAD "{\"id\":\"b\",\"kind\":\"badge\",\"where\":\"status=valid and rank<=3\",\"title\":\"T\","
          "\"criteria\":{\"narrative\":\"N\"}}" TAIL,
     timed},
};

static void run_with(const struct memory_case *c, failing_mode mode)
{
    for (size_t n = 0;; n++) {
        failing_allocator fa;
        failing_allocator_init(&fa, n, mode);
        cocreate_scheme *s = NULL;
        cocreate_awards *a = NULL;
        cocreate_text *text = NULL;
        cocreate_status status = cocreate_scheme_parse(&fa.allocator, c->scheme,
                                                       strlen(c->scheme), &s, &check_error);
        assert_int_equal(s != NULL, status == COCREATE_OK);
        if (status == COCREATE_OK)
            status = cocreate_scheme_liability(s, &text, &check_error);
        if (status == COCREATE_OK) {
            cocreate_text_free(text);
            text = NULL;
            status = cocreate_reward(s, c->result, strlen(c->result), seed, &a, &check_error);
            assert_int_equal(a != NULL, status == COCREATE_OK);
        }
        if (status == COCREATE_OK)
            status = cocreate_awards_explain(a, 0, &text, &check_error);
        if (status == COCREATE_OK) {
            cocreate_text_free(text);
            text = NULL;
            status = cocreate_rule_kinds(&fa.allocator, &text, &check_error);
        }
        cocreate_text_free(text);
        cocreate_awards_free(a);
        cocreate_scheme_free(s);
        assert_int_equal(fa.live, 0);
        if (fa.refused == 0) {
            assert_int_equal(status, COCREATE_OK);
            break;
        }
        assert_int_equal(status, COCREATE_ERR_MEMORY);
    }
}

static void survives_short_memory(void **state)
{
    for (size_t i = 0; i < sizeof memory_cases / sizeof *memory_cases; i++)
        run_with(&memory_cases[i], *state == NULL ? FAIL_ONCE : FAIL_FOREVER);
}

#define CASE(function, name) {#function "/" #name, function, NULL, NULL, &name}

int main(void)
{
    static int forever;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scheme_is_canonical),
        cmocka_unit_test(tells_the_liability),
        cmocka_unit_test(lists_the_kinds),
        cmocka_unit_test(awards_are_canonical),
        cmocka_unit_test(shows_an_award),
        cmocka_unit_test(award_ids_are_framed_digests),
        cmocka_unit_test(takes_a_ranking),
        CASE(explains, place), CASE(explains, shared), CASE(explains, earlier),
        CASE(explains, hort), CASE(explains, part), CASE(explains, cap), CASE(explains, reach),
        CASE(explains, team), CASE(explains, grant), CASE(explains, badge),
        CASE(refuses_without_text, not_json), CASE(refuses, no_entries),
        CASE(refuses_without_text, not_a_list), CASE(refuses, no_id), CASE(refuses, same_id),
        CASE(refuses, score_text), CASE(refuses, score_long),
        CASE(refuses_without_text, integer_long), CASE(refuses, rank_zero),
        CASE(refuses, time_text), CASE(refuses, team_empty), CASE(refuses, team_twice),
        CASE(refuses, team_half), CASE(refuses, team_sum), CASE(refuses, team_negative),
        CASE(refuses, team_undeclared), CASE(refuses, no_time), CASE(refuses, no_seed),
        CASE(refuses, no_order), CASE(refuses, no_cost), CASE(refuses, fine_cost),
        CASE(refuses, negative_cost), CASE(refuses, dear), CASE(refuses, nobody_voted),
        CASE(refuses, heavy), CASE(refuses, winner_unknown),
        cmocka_unit_test(holds_to_the_committed_seed),
        cmocka_unit_test(catches_changed_traces),
        {"survives_short_memory/once", survives_short_memory, NULL, NULL, NULL},
        {"survives_short_memory/forever", survives_short_memory, NULL, NULL, &forever},
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
