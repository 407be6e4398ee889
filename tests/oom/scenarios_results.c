/* ranking.h, reward.h and ledger.h. */
#include "oom.h"

#define CALL(name) static cocreate_status name(world *w, cocreate_error *error)
#define NO_ERROR (void)error

/* ---- ranking.h ---- */

enum { OPTIONS = 7 };

static void describe(cocreate_profile *p)
{
    for (size_t i = 0; i < OPTIONS; i++) {
        char id[2] = {(char)('a' + i), '\0'};
        cocreate_option option = {sizeof option, id, NULL, (int64_t)(100 + 50 * i),
                                  (int64_t)(i / 2), i == 6};
        MAKE(cocreate_profile_set_option(p, i, &option, &check_error));
    }
    MAKE(cocreate_profile_set_budget(p, 420, 0, &check_error));
}

/* Cycles and ties: every rotation of a..e once, and some more. */
static void make_electorate(world *w, int32_t kind)
{
    MAKE(cocreate_profile_new(memory_allocator(), kind, OPTIONS, &w->profile, &check_error));
    describe(w->profile);
    for (uint32_t i = 0; i < 10; i++) {
        uint32_t options[4] = {i % 5, (i + 1) % 5, (i + 2) % 5, 5 + i % 2};
        int64_t ranks[4] = {1, 2, 2, 3}, scores[4] = {3, 2, 2, 1}, approvals[4] = {1, 1, 1, 1};
        MAKE(cocreate_profile_add(w->profile, options,
                                  kind == COCREATE_BALLOT_RANKING ? ranks
                                  : kind == COCREATE_BALLOT_SCORE ? scores
                                                                  : approvals,
                                  4, 1, 1, &check_error));
    }
    MAKE(cocreate_profile_sort(w->profile, &check_error));
}

static void make_rankings(world *w)
{
    make_electorate(w, COCREATE_BALLOT_RANKING);
}

static void make_scores(world *w)
{
    make_electorate(w, COCREATE_BALLOT_SCORE);
}

static void make_approvals(world *w)
{
    make_electorate(w, COCREATE_BALLOT_APPROVAL);
}

#define LOT                                                                                \
    "\"ties\":[\"earliest\",\"lot\"],\"seed\":"                                              \
    "\"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\",\"context\":\"t\""

/* The argument is "method options". */
CALL(call_rank)
{
    char method[40];
    size_t size = strcspn(scenario_argument, " ");
    memcpy(method, scenario_argument, size);
    method[size] = '\0';
    return cocreate_rank(w->profile, method, scenario_argument + size + 1, NULL, &w->ranking,
                         error);
}

static void make_ranking(world *w)
{
    make_rankings(w);
    MAKE(cocreate_rank(w->profile, scenario_argument ? scenario_argument : "schulze", NULL, NULL,
                       &w->ranking, &check_error));
}

static void make_score_ranking(world *w)
{
    make_scores(w);
    MAKE(cocreate_rank(w->profile, "score", "{" LOT "}", NULL, &w->ranking, &check_error));
}

static void make_budget_ranking(world *w)
{
    make_approvals(w);
    MAKE(cocreate_rank(w->profile, "greedy", "{" LOT "}", NULL, &w->ranking, &check_error));
}

CALL(call_methods)
{
    return cocreate_methods(memory_allocator(), &w->text, error);
}

CALL(call_ranking_free)
{
    NO_ERROR;
    cocreate_ranking_free(w->ranking);
    cocreate_ranking_free(NULL);
    w->ranking = NULL;
    return COCREATE_OK;
}

CALL(call_ranking_size)
{
    NO_ERROR;
    w->numbers[0] = (int64_t)cocreate_ranking_size(w->ranking);
    return COCREATE_OK;
}

CALL(call_ranking_place)
{
    cocreate_place place = {.size = sizeof place};
    cocreate_status status = cocreate_ranking_place(w->ranking, 1, &place, error);
    w->numbers[0] = (int64_t)place.to;
    return status;
}

CALL(call_winner_count)
{
    NO_ERROR;
    w->numbers[0] = (int64_t)cocreate_ranking_winner_count(w->ranking);
    return COCREATE_OK;
}

CALL(call_winner)
{
    NO_ERROR;
    w->numbers[0] = 1 + (int64_t)cocreate_ranking_winner(w->ranking, 0);
    return COCREATE_OK;
}

CALL(call_ranking_json)
{
    NO_ERROR;
    w->words[0] = cocreate_ranking_json(w->ranking);
    return COCREATE_OK;
}

CALL(call_ranking_digest)
{
    NO_ERROR;
    w->words[0] = cocreate_ranking_digest(w->ranking);
    return COCREATE_OK;
}

CALL(call_ranking_explain)
{
    return cocreate_ranking_explain(w->ranking, &w->text, error);
}

CALL(call_committee_check)
{
    static const uint32_t committee[] = {0, 3};
    return cocreate_committee_check(w->profile, committee, 2, 3, scenario_argument, NULL, &w->text,
                                    error);
}

CALL(call_rank_scores)
{
    static const char *const ids[] = {"a", "b", "c", "d"};
    static const char *const scores[] = {"0.856704", NULL, "8567/10000", "1234567890123.45678"};
    static const int64_t at[] = {4, 3, 2, 1};
    return cocreate_rank_scores(memory_allocator(), ids, scores, at, 4,
                                "{\"direction\":\"ascending\",\"decimals\":4,"
                                "\"ties\":\"earliest,id\"}",
                                &w->ranking, error);
}

/* ---- reward.h ---- */

static const char scheme_text[] =
    "{\"scheme\":\"cocreate.incentives/1\",\"currency\":\"EUR\",\"funds\":[{\"id\":\"escrow\","
    "\"budget\":\"2000.00\"}],\"rules\":["
    "{\"id\":\"prizes\",\"kind\":\"ranked_prizes\",\"fund\":\"escrow\",\"prizes\":[\"1000.00\","
    "\"500.00\",\"250.00\"]},"
    "{\"id\":\"share\",\"kind\":\"proportional_split\",\"fund\":\"escrow\",\"pool\":\"100.00\","
    "\"weight\":\"votes\"},"
    "{\"id\":\"reach\",\"kind\":\"threshold_award\",\"fund\":\"escrow\",\"metric\":\"supporters\","
    "\"threshold\":10,\"each\":\"5.00\",\"max_total\":\"12.00\"},"
    "{\"id\":\"top\",\"kind\":\"badge\",\"where\":\"rank<=2\"}]}";

static const char result_text[] =
    "{\"entries\":[{\"id\":\"e1\",\"owner\":\"ana\",\"score\":91,\"votes\":3,\"supporters\":12,"
    "\"submitted_at\":1},{\"id\":\"e2\",\"owner\":\"bo\",\"score\":84,\"votes\":1,"
    "\"supporters\":10,\"submitted_at\":2},"
    "{\"id\":\"e3\",\"owner\":\"cy\",\"score\":84,\"votes\":2,\"supporters\":9,\"submitted_at\":3},"
    "{\"id\":\"e4\",\"team\":[{\"id\":\"dee\",\"share\":\"2/3\"},{\"id\":\"eve\",\"share\":\"1/3\"}],"
    "\"score\":55,\"votes\":1,\"supporters\":11,\"submitted_at\":4}]}";

static const char trace_text[] =
    "{\"scheme\":\"cocreate.incentives/1\",\"currency\":\"EUR\",\"funds\":[{\"id\":\"escrow\"}]}";

static const uint8_t lot_seed[32] = {1, 2, 3};

CALL(call_scheme_parse)
{
    return cocreate_scheme_parse(memory_allocator(), scheme_text, strlen(scheme_text), &w->scheme,
                                 error);
}

/* A refusal is described although its text costs memory, or else memory is what it names. */
CALL(call_scheme_refused)
{
    cocreate_status status = cocreate_scheme_parse(memory_allocator(), trace_text,
                                                   strlen(trace_text), &w->scheme, error);
    if (status != COCREATE_ERR_SCHEMA)
        return status;
    memset(error, 0, sizeof *error);
    return COCREATE_OK;
}

static void make_scheme(world *w)
{
    MAKE(call_scheme_parse(w, &check_error));
}

CALL(call_scheme_schema)
{
    NO_ERROR;
    w->words[0] = cocreate_scheme_schema();
    return COCREATE_OK;
}

CALL(call_rule_kinds)
{
    return cocreate_rule_kinds(memory_allocator(), &w->text, error);
}

CALL(call_advise)
{
    static const char facts[] = "{\"currency\":\"EUR\",\"prize\":\"100.00\",\"entrants\":3}";
    return cocreate_advise(memory_allocator(), facts, sizeof facts - 1, &w->text, error);
}

CALL(call_scheme_free)
{
    NO_ERROR;
    cocreate_scheme_free(w->scheme);
    cocreate_scheme_free(NULL);
    w->scheme = NULL;
    return COCREATE_OK;
}

CALL(call_scheme_json)
{
    NO_ERROR;
    w->words[0] = cocreate_scheme_json(w->scheme);
    return COCREATE_OK;
}

CALL(call_scheme_digest)
{
    NO_ERROR;
    w->words[0] = cocreate_scheme_digest(w->scheme);
    return COCREATE_OK;
}

CALL(call_scheme_liability)
{
    return cocreate_scheme_liability(w->scheme, &w->text, error);
}

CALL(call_reward)
{
    return cocreate_reward(w->scheme, result_text, strlen(result_text), lot_seed, &w->awards,
                           error);
}

CALL(call_reward_preview)
{
    return cocreate_reward_preview(w->scheme, w->scheme, result_text, strlen(result_text), lot_seed,
                                   &w->text, error);
}

static void make_awards(world *w)
{
    make_scheme(w);
    MAKE(call_reward(w, &check_error));
}

/* A ranking is a result too. */
static void make_scheme_and_ranking(world *w)
{
    static const char scheme[] =
        "{\"scheme\":\"cocreate.incentives/1\",\"currency\":\"EUR\",\"funds\":[{\"id\":\"f\","
        "\"budget\":\"10.00\"}],\"rules\":[{\"id\":\"p\",\"kind\":\"ranked_prizes\",\"fund\":\"f\","
        "\"prizes\":[\"10.00\"]}]}";
    make_score_ranking(w);
    MAKE(cocreate_scheme_parse(memory_allocator(), scheme, strlen(scheme), &w->scheme,
                               &check_error));
}

CALL(call_reward_ranking)
{
    const char *json = cocreate_ranking_json(w->ranking);
    return cocreate_reward(w->scheme, json, strlen(json), NULL, &w->awards, error);
}

CALL(call_awards_free)
{
    NO_ERROR;
    cocreate_awards_free(w->awards);
    cocreate_awards_free(NULL);
    w->awards = NULL;
    return COCREATE_OK;
}

CALL(call_awards_count)
{
    NO_ERROR;
    w->numbers[0] = (int64_t)cocreate_awards_count(w->awards);
    return COCREATE_OK;
}

CALL(call_awards_at)
{
    cocreate_award award = {.size = sizeof award};
    cocreate_status status = cocreate_awards_at(w->awards, 1, &award, error);
    w->words[0] = award.id;
    return status;
}

CALL(call_awards_json)
{
    NO_ERROR;
    w->words[0] = cocreate_awards_json(w->awards);
    return COCREATE_OK;
}

CALL(call_awards_digest)
{
    NO_ERROR;
    w->words[0] = cocreate_awards_digest(w->awards);
    return COCREATE_OK;
}

/* The argument is the index of the award. */
CALL(call_awards_explain)
{
    return cocreate_awards_explain(w->awards, (size_t)(scenario_argument[0] - '0'), &w->text, error);
}

/* A badge: the award of the last rule. */
CALL(call_awards_open_badge)
{
    static const char about[] = "{\"issuer\":{\"id\":\"https://example.org\"},\"base\":\"urn:x:\","
                                "\"valid_from\":0,\"valid_until\":1,\"subjects\":{}}";
    return cocreate_awards_open_badge(w->awards, cocreate_awards_count(w->awards) - 1, about,
                                      sizeof about - 1, &w->text, error);
}

CALL(call_trace_replay)
{
    cocreate_award award = {.size = sizeof award};
    cocreate_status status =
        cocreate_awards_at(w->awards, (size_t)(scenario_argument[0] - '0'), &award, error);
    return status < 0 ? status
                      : cocreate_trace_replay(award.trace, strlen(award.trace), &w->numbers[0],
                                              error);
}

/* ---- ledger.h ---- */

static void make_ledger(world *w)
{
    MAKE(cocreate_ledger_new(memory_allocator(), &w->ledger, &check_error));
}

static cocreate_status fund(cocreate_ledger *ledger, const char *key, int64_t at,
                            cocreate_error *error)
{
    static const char *const accounts[] = {"sponsor:budget", "escrow:escrow", "fees:platform"};
    static const char *const currencies[] = {"EUR", "EUR", "EUR"};
    static const int64_t minor[] = {-210000, 200000, 10000};
    return cocreate_ledger_post(ledger, key, at, "funds with a memo of some length", accounts,
                                currencies, minor, 3, error);
}

static void make_journal(world *w)
{
    make_ledger(w);
    for (int i = 0; i < 20; i++) {
        char key[20];
        snprintf(key, sizeof key, "fund %d", i);
        MAKE(fund(w->ledger, key, i, &check_error));
    }
}

static void make_awards_and_journal(world *w)
{
    make_awards(w);
    make_journal(w);
}

CALL(call_ledger_new)
{
    return cocreate_ledger_new(memory_allocator(), &w->ledger, error);
}

CALL(call_ledger_free)
{
    NO_ERROR;
    cocreate_ledger_free(w->ledger);
    cocreate_ledger_free(NULL);
    w->ledger = NULL;
    return COCREATE_OK;
}

CALL(call_ledger_post)
{
    return fund(w->ledger, "another", 99, error);
}

CALL(call_ledger_post_again)
{
    return fund(w->ledger, "fund 3", 99, error);
}

CALL(call_ledger_reverse)
{
    return cocreate_ledger_reverse(w->ledger, "fund 3", "unfund 3", 99, "a mistake", error);
}

CALL(call_ledger_balance)
{
    return cocreate_ledger_balance(w->ledger, "escrow:escrow", "EUR", &w->numbers[0], error);
}

CALL(call_ledger_count)
{
    NO_ERROR;
    w->numbers[0] = (int64_t)cocreate_ledger_count(w->ledger);
    return COCREATE_OK;
}

CALL(call_ledger_entry)
{
    NO_ERROR;
    w->words[0] = cocreate_ledger_entry(w->ledger, 3);
    return COCREATE_OK;
}

CALL(call_ledger_balances)
{
    return cocreate_ledger_balances(w->ledger, &w->text, error);
}

CALL(call_ledger_encode)
{
    return cocreate_ledger_encode(w->ledger, &w->text, error);
}

static char journal[16384];

static void make_encoded_journal(world *w)
{
    cocreate_text *text = NULL;
    make_journal(w);
    MAKE(cocreate_ledger_reverse(w->ledger, "fund 3", "unfund 3", 99, NULL, &check_error));
    MAKE(cocreate_ledger_encode(w->ledger, &text, &check_error));
    assert_true(cocreate_text_size(text) < sizeof journal);
    strcpy(journal, cocreate_text_data(text));
    cocreate_text_free(text);
    cocreate_ledger_free(w->ledger);
    w->ledger = NULL;
}

CALL(call_ledger_decode)
{
    return cocreate_ledger_decode(memory_allocator(), journal, strlen(journal), &w->ledger, error);
}

/* What was lent of the journal before is still there after. */
CALL(call_awards_post)
{
    const char *lent = cocreate_ledger_entry(w->ledger, 3);
    cocreate_status status = cocreate_awards_post(w->ledger, w->awards, "escrow:", 99, error);
    assert_ptr_equal(cocreate_ledger_entry(w->ledger, 3), lent);
    return status;
}

#define RANK(make, arguments) {"cocreate_rank", make, call_rank, arguments, 0}

const scenario scenarios_results[] = {
    {"cocreate_methods", NULL, call_methods, NULL, 0},
    RANK(make_rankings, "plurality {" LOT "}"),
    RANK(make_rankings, "borda {" LOT "}"),
    RANK(make_rankings, "irv {" LOT "}"),
    RANK(make_rankings, "irv {\"ties\":\"parallel\"}"),
    RANK(make_rankings, "schulze {" LOT "}"),
    RANK(make_rankings, "schulze {}"),
    RANK(make_approvals, "approval {\"ties\":\"id\",\"seats\":\"2\"}"),
    RANK(make_scores, "score {" LOT "}"),
    RANK(make_approvals, "greedy {" LOT "}"),
    RANK(make_approvals, "sav {\"seats\":3}"),
    RANK(make_approvals, "geometric {\"seats\":3,\"base\":\"100000000000000000000\"}"),
    RANK(make_approvals, "adams {\"seats\":3}"),
    RANK(make_approvals, "phragmen_enestroem {\"seats\":3,\"ties\":\"parallel\"}"),
    RANK(make_approvals, "monroe {\"seats\":3}"),
    RANK(make_approvals, "consensus {\"seats\":3,\"ties\":\"parallel\"}"),
    RANK(make_approvals, "rsd {\"seats\":3," LOT "}"),
    {"cocreate_ranking_free", make_ranking, call_ranking_free, NULL, 1},
    {"cocreate_ranking_size", make_ranking, call_ranking_size, NULL, 1},
    {"cocreate_ranking_place", make_ranking, call_ranking_place, NULL, 1},
    {"cocreate_ranking_winner_count", make_ranking, call_winner_count, NULL, 1},
    {"cocreate_ranking_winner", make_ranking, call_winner, NULL, 1},
    {"cocreate_ranking_json", make_ranking, call_ranking_json, NULL, 1},
    {"cocreate_ranking_digest", make_ranking, call_ranking_digest, NULL, 1},
    {"cocreate_ranking_explain", make_ranking, call_ranking_explain, "schulze", 0},
    {"cocreate_ranking_explain", make_ranking, call_ranking_explain, "irv", 0},
    {"cocreate_ranking_explain", make_ranking, call_ranking_explain, "borda", 0},
    {"cocreate_ranking_explain", make_score_ranking, call_ranking_explain, "score", 0},
    {"cocreate_ranking_explain", make_budget_ranking, call_ranking_explain, "greedy", 0},
    {"cocreate_rank_scores", NULL, call_rank_scores, NULL, 0},
    {"cocreate_committee_check", make_approvals, call_committee_check, "pjr", 0},
    {"cocreate_committee_check", make_approvals, call_committee_check, "fjr", 0},
    {"cocreate_scheme_schema", NULL, call_scheme_schema, NULL, 1},
    {"cocreate_rule_kinds", NULL, call_rule_kinds, NULL, 0},
    {"cocreate_advise", NULL, call_advise, NULL, 0},
    {"cocreate_scheme_parse", NULL, call_scheme_parse, NULL, 0},
    {"cocreate_scheme_parse", NULL, call_scheme_refused, "refused", 0},
    {"cocreate_scheme_free", make_scheme, call_scheme_free, NULL, 1},
    {"cocreate_scheme_json", make_scheme, call_scheme_json, NULL, 1},
    {"cocreate_scheme_digest", make_scheme, call_scheme_digest, NULL, 1},
    {"cocreate_scheme_liability", make_scheme, call_scheme_liability, NULL, 0},
    {"cocreate_reward", make_scheme, call_reward, "entries", 0},
    {"cocreate_reward", make_scheme_and_ranking, call_reward_ranking, "ranking", 0},
    {"cocreate_reward_preview", make_scheme, call_reward_preview, NULL, 0},
    {"cocreate_awards_free", make_awards, call_awards_free, NULL, 1},
    {"cocreate_awards_count", make_awards, call_awards_count, NULL, 1},
    {"cocreate_awards_at", make_awards, call_awards_at, NULL, 1},
    {"cocreate_awards_json", make_awards, call_awards_json, NULL, 1},
    {"cocreate_awards_digest", make_awards, call_awards_digest, NULL, 1},
    {"cocreate_awards_explain", make_awards, call_awards_explain, "1", 0},
    {"cocreate_awards_explain", make_awards, call_awards_explain, "5", 0},
    {"cocreate_awards_open_badge", make_awards, call_awards_open_badge, NULL, 0},
    {"cocreate_trace_replay", make_awards, call_trace_replay, "1", 0},
    {"cocreate_trace_replay", make_awards, call_trace_replay, "5", 0},
    {"cocreate_awards_post", make_awards_and_journal, call_awards_post, NULL, 0},
    {"cocreate_ledger_new", NULL, call_ledger_new, NULL, 0},
    {"cocreate_ledger_free", make_journal, call_ledger_free, NULL, 1},
    {"cocreate_ledger_post", make_ledger, call_ledger_post, "the first", 0},
    {"cocreate_ledger_post", make_journal, call_ledger_post, "one more", 0},
    {"cocreate_ledger_post", make_journal, call_ledger_post_again, "again", 0},
    {"cocreate_ledger_reverse", make_journal, call_ledger_reverse, NULL, 0},
    {"cocreate_ledger_balance", make_journal, call_ledger_balance, NULL, 0},
    {"cocreate_ledger_count", make_journal, call_ledger_count, NULL, 1},
    {"cocreate_ledger_entry", make_journal, call_ledger_entry, NULL, 1},
    {"cocreate_ledger_balances", make_journal, call_ledger_balances, NULL, 0},
    {"cocreate_ledger_encode", make_journal, call_ledger_encode, NULL, 0},
    {"cocreate_ledger_decode", make_encoded_journal, call_ledger_decode, NULL, 0},
    {NULL, NULL, NULL, NULL, 0},
};
