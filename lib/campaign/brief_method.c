/* Rounds name methods of another floor: tried here, so that a brief cannot fail later. */
#include <string.h>

#include "campaign/instruments/instrument.h"
#include "cocreate/money.h"
#include "cocreate/ranking.h"
#include "ranking/method.h"

/* Options of the profile on which a method is tried. */
#define PROBE_OPTIONS 2

int cci_seats_fit(json_t *options, size_t running)
{
    const json_t *seats = json_object_get(options, "seats");
    json_int_t asked = json_integer_value(seats); /* 0 where it is none */
    if (asked <= (json_int_t)running || asked > COCREATE_OPTIONS_MAX || running == 0)
        return 1;
    return cci_json_put(options, "seats", json_integer((json_int_t)running));
}

/* The options as the method will see them: with the tie chain and some seed. */
static cocreate_status options_text(const cci_round_spec *round, cci_buffer *out,
                                    cocreate_error *error)
{
    json_t *options = cci_json_copy(round->options);
    int made = options != NULL;
    if (made && round->ties)
        made = cci_json_put(options, "ties", cci_json_deep_copy(round->ties));
    if (made && round->seed_commitment)
        made = cci_json_put(options, "seed", json_string(round->seed_commitment + 7));
    made = made && cci_seats_fit(options, PROBE_OPTIONS);
    cocreate_status status =
        made ? cci_json_canonical(options, out, error) : cci_no_memory(error);
    json_decref(options);
    return status;
}

static cocreate_status set_budget(cocreate_profile *profile, const char *budget,
                                  const cci_path *path, cocreate_error *error)
{
    const char *point = strchr(budget, '.');
    size_t decimals = point ? strlen(point + 1) : 0;
    int64_t amount = -1;
    cocreate_status status = COCREATE_ERR_PARSE;
    if (decimals <= 18)
        status = cocreate_amount_parse(budget, (int32_t)decimals, &amount, error);
    if (status == COCREATE_ERR_MEMORY)
        return status;
    cci_path here = cci_path_key(path, "budget");
    if (status != COCREATE_OK || amount < 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "'%.40s' is no amount, as \"10000.00\"", budget);
    return cocreate_profile_set_budget(profile, amount, (int32_t)decimals, error);
}

static cocreate_status try_method(const cocreate_allocator *a, const cci_round_spec *round,
                                  int32_t kind, const cci_path *path, cocreate_error *error)
{
    cocreate_profile *profile;
    cocreate_ranking *ranking;
    cci_buffer options;
    CCI_TRY(cocreate_profile_new(a, kind, PROBE_OPTIONS, &profile, error));
    cci_buffer_init(&options, a);
    cocreate_status status = options_text(round, &options, error);
    if (status == COCREATE_OK && round->budget)
        status = set_budget(profile, round->budget, path, error);
    if (status == COCREATE_OK) {
        status = cocreate_rank(profile, round->method, options.data, NULL, &ranking, error);
        if (status == COCREATE_OK)
            cocreate_ranking_free(ranking);
        else if (status != COCREATE_ERR_MEMORY)
            status = cci_brief_retell(error, COCREATE_ERR_SCHEMA, path,
                            status == COCREATE_ERR_SCHEMA ? "options" : "method");
    }
    cci_buffer_free(&options);
    cocreate_profile_free(profile);
    return status;
}

static int method_takes(const char *method, int32_t kind)
{
    const cci_method *m;
    return cci_method_find(method, &m, NULL) == COCREATE_OK && (m->evidence & CCI_TAKES(kind));
}

/* Where the instrument can give ballots of several kinds, the first that the method takes. */
cocreate_status cci_brief_method(const cocreate_allocator *a, cci_round_spec *round,
                                 const cci_path *path, cocreate_error *error)
{
    const int32_t *kinds = round->instrument->kinds;
    int ordered = kinds[1] && !round->kind; /* the instrument has not settled it */
    if (!round->kind)
        round->kind = kinds[0];
    if (ordered && !method_takes(round->method, kinds[0]) && method_takes(round->method, kinds[1]))
        round->kind = kinds[1];
    if (ordered && round->kind == COCREATE_BALLOT_RANKING &&
        !json_object_get(round->options, "unranked") &&
        !cci_json_put((json_t *)(uintptr_t)round->options, "unranked", json_string("ignored")))
        return cci_no_memory(error); /* a duel says nothing of the options outside it */
    return try_method(a, round, round->kind, path, error);
}
