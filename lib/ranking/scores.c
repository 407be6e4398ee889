/* cocreate_rank_scores(): places from numbers that exist already. */
#include <string.h>

#include "base/table.h"
#include "base/text.h"
#include "ranking/run.h"
#include "ranking/ties.h"
#include "ranking/write.h"

enum { DIRECTION, DECIMALS };
enum { DESCENDING, ASCENDING };

#define ALL_DECIMALS (-1)

static const char *const directions[] = {"descending", "ascending", NULL};

static const cci_option_spec options[] = {
    {"direction", CCI_OPTION_CHOICE, directions, 0, 0, 0, "descending: the highest is best"},
    {"decimals", CCI_OPTION_INTEGER, NULL, 0, 18, ALL_DECIMALS,
     "round half to even to so many decimals before comparing; without it scores are exact"},
};

/* Not in the registry: it takes no ballots. */
static const cci_method metric = {
    .name = "metric",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
};

/* What the caller gave. */
struct given {
    const char *const *ids;
    const char *const *scores;
    const int64_t *at;
    size_t n;
};

static cocreate_status check_ids(const cocreate_allocator *a, const struct given *given,
                                 cocreate_error *error)
{
    cci_string_set set;
    cci_string_set_init(&set, a);
    cocreate_status status = COCREATE_OK;
    for (size_t i = 0; i < given->n && status == COCREATE_OK; i++) {
        uint32_t index;
        int added = 1;
        status = cci_id_check(given->ids[i], "option id", error);
        if (status == COCREATE_OK)
            status = cci_string_set_add(&set, given->ids[i], &index, &added, error);
        if (status == COCREATE_OK && !added)
            status = cci_fail(error, COCREATE_ERR_ARGUMENT, "option id \"%s\" stands twice",
                              given->ids[i]);
        if (status == COCREATE_ERR_ARGUMENT && error != NULL)
            error->where = i;
    }
    cci_string_set_free(&set);
    return status;
}

static const int64_t powers[] = {1,
                                 10,
                                 100,
                                 1000,
                                 10000,
                                 100000,
                                 1000000,
                                 10000000,
                                 100000000,
                                 1000000000,
                                 10000000000,
                                 100000000000,
                                 1000000000000,
                                 10000000000000,
                                 100000000000000,
                                 1000000000000000,
                                 10000000000000000,
                                 100000000000000000,
                                 1000000000000000000};

static cocreate_status read_score(cci_run *run, const char *text, cci_rational *r, cci_value *out,
                                  cocreate_error *error)
{
    int decimals = (int)run->options[DECIMALS].integer;
    CCI_TRY(cci_rational_parse(text, strlen(text), r, error));
    if (decimals == ALL_DECIMALS)
        return cci_value_set_rational(&run->allocator, out, r, error);
    int64_t rounded;
    CCI_TRY(cci_rational_round(r, decimals, CCI_ROUND_HALF_EVEN, &rounded, error));
    cci_value_set(&run->allocator, out, rounded, powers[decimals]);
    return COCREATE_OK;
}

static cocreate_status read_scores(cci_run *run, const struct given *given, cocreate_error *error)
{
    cci_rational r = {0};
    cocreate_status status = cci_rational_init(&r, error);
    for (size_t i = 0; i < given->n && status == COCREATE_OK; i++) {
        if (given->scores[i] == NULL)
            continue;
        status = read_score(run, given->scores[i], &r, &run->standings[i].score, error);
        if (status != COCREATE_OK && error != NULL)
            error->where = i;
    }
    cci_rational_clear(&r);
    return status;
}

/* Places go by the highest score: for "ascending" the scores change their sign meanwhile. */
static cocreate_status negate(cci_run *run, cocreate_error *error)
{
    for (size_t i = 0; i < run->roster->count; i++) {
        cci_value *v = &run->standings[i].score;
        if (v->big != NULL && mp_neg(&v->big->num, &v->big->num) != MP_OKAY)
            return cci_no_memory(error);
        v->num = -v->num; /* never INT64_MIN: values have less than 63 bits, or were rounded */
    }
    return COCREATE_OK;
}

static cocreate_status place(cci_run *run, cocreate_error *error)
{
    if (run->options[DIRECTION].integer == DESCENDING)
        return cci_place_by_score(run, error);
    CCI_TRY(negate(run, error));
    CCI_TRY(cci_place_by_score(run, error));
    return negate(run, error);
}

/* The scores as they were given, before rounding. */
static void write_trace(cci_run *run, const struct given *given)
{
    int first = 1;
    cci_buffer_text(&run->trace, "\"given\":{");
    for (size_t i = 0; i < given->n; i++) {
        uint32_t o = run->roster->by_key[i];
        if (given->scores[o] == NULL)
            continue;
        if (!first)
            cci_buffer_byte(&run->trace, ',');
        first = 0;
        cci_write_id(run, &run->trace, o);
        cci_buffer_byte(&run->trace, ':');
        cci_json_quote(&run->trace, given->scores[o], strlen(given->scores[o]));
    }
    cci_buffer_byte(&run->trace, '}');
}

static cocreate_status rank(cci_run *run, const struct given *given, const char *text,
                            cocreate_ranking *r, cocreate_error *error)
{
    CCI_TRY(cci_options_read(run, text, error));
    CCI_TRY(check_ids(&run->allocator, given, error));
    CCI_TRY(cci_roster_of_ids(&run->allocator, given->ids, given->at, given->n, &r->roster, error));
    CCI_TRY(cci_run_standings(run, r, error));
    CCI_TRY(read_scores(run, given, error));
    CCI_TRY(place(run, error));
    write_trace(run, given);
    return cci_result_build(run, r, error);
}

cocreate_status cocreate_rank_scores(const cocreate_allocator *allocator, const char *const *ids,
                                     const char *const *scores, const int64_t *at, size_t n,
                                     const char *text, cocreate_ranking **out,
                                     cocreate_error *error)
{
    CCI_TRY(cci_allocator_check(allocator, error));
    if (n > COCREATE_OPTIONS_MAX)
        return cci_fail(error, COCREATE_ERR_LIMIT, "%zu options are more than %d", n,
                        COCREATE_OPTIONS_MAX);
    cocreate_allocator a = cci_allocator(allocator);
    struct given given = {ids, scores, at, n};
    cci_run run;
    cocreate_ranking *r = NULL;
    cocreate_status status = cci_run_open(&run, &metric, &a, &r, error);
    if (status == COCREATE_OK)
        status = rank(&run, &given, text, r, error);
    cci_run_close(&run);
    if (status == COCREATE_OK)
        *out = r;
    else
        cocreate_ranking_free(r);
    return status;
}
