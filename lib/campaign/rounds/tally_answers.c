/* Answers of a survey to counts: {"answers":{"question":{"count","counts"|"sum","least","most"}}}. */
#include <string.h>

#include "base/checked.h"
#include "campaign/rounds/ballots.h"
#include "campaign/rounds/quorum.h"

typedef struct counter {
    const cci_round_spec *spec;
    json_t *answers; /* by question */
    int64_t weight;
    cci_turnout turnout;
} counter;

/* object[key] += n; an integer that is not there is 0. */
static cocreate_status add(json_t *object, const char *key, int64_t n, cocreate_error *error)
{
    int64_t sum;
    if (!cci_add_i64(json_integer_value(json_object_get(object, key)), n, &sum) ||
        sum > CCI_JSON_INTEGER_MAX || sum < -CCI_JSON_INTEGER_MAX)
        return cci_fail(error, COCREATE_ERR_OVERFLOW, "the sum of the answers is too large");
    return cci_json_put(object, key, json_integer(sum)) ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status keep(json_t *object, const char *key, int64_t value, int least,
                            cocreate_error *error)
{
    const json_t *old = json_object_get(object, key);
    if (old && (least ? value >= json_integer_value(old) : value <= json_integer_value(old)))
        return COCREATE_OK;
    return cci_json_put(object, key, json_integer(value)) ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status add_answer(json_t *tally, const json_t *question, const json_t *answer,
                                  int64_t weight, cocreate_error *error)
{
    const char *type = json_string_value(json_object_get(question, "type"));
    int64_t value = json_integer_value(answer), term;
    CCI_TRY(add(tally, "count", weight, error));
    if (type && strcmp(type, "choice") == 0)
        return add(json_object_get(tally, "counts"), json_string_value(answer), weight, error);
    if (!type || strcmp(type, "integer") != 0)
        return COCREATE_OK;
    if (!cci_mul_i64(value, weight, &term))
        return cci_fail(error, COCREATE_ERR_OVERFLOW, "the sum of the answers is too large");
    CCI_TRY(add(tally, "sum", term, error));
    CCI_TRY(keep(tally, "least", value, 1, error));
    return keep(tally, "most", value, 0, error);
}

static cocreate_status add_ballot(void *user, int64_t part, int64_t round,
                                  const cci_ballot_row *row, cocreate_error *error)
{
    counter *k = user;
    json_t *ballot;
    const char *channel, *voided;
    (void)part;
    (void)round;
    CCI_TRY(cci_json_parse(row->data.data, row->data.size, &ballot, error));
    cocreate_status status = COCREATE_OK;
    const json_t *marks = cci_ballot_marks(ballot, &channel, &voided);
    k->turnout.voided += voided != NULL;
    k->turnout.retracted += !voided && !marks;
    k->turnout.ballots += marks != NULL;
    k->weight += marks ? row->weight : 0;
    for (size_t i = 0; marks && i < json_array_size(k->spec->questions) && status == COCREATE_OK; i++) {
        const json_t *question = json_array_get(k->spec->questions, i);
        const char *key = json_string_value(json_object_get(question, "key"));
        const json_t *answer = key ? json_object_get(marks, key) : NULL;
        if (answer)
            status = add_answer(json_object_get(k->answers, key), question, answer, row->weight,
                                error);
    }
    json_decref(ballot);
    return status;
}

/* Every question with no answer yet; choices are all named, also those that nobody gives. */
static int put_questions(const json_t *questions, json_t *answers)
{
    for (size_t i = 0; i < json_array_size(questions); i++) {
        const json_t *question = json_array_get(questions, i);
        const json_t *choices = json_object_get(question, "choices");
        const char *key = json_string_value(json_object_get(question, "key"));
        json_t *tally = cci_json_new(), *counts = cci_json_new();
        int ok = key && cci_json_put(answers, key, json_incref(tally)) &&
                 cci_json_put(tally, "count", json_integer(0)) && counts &&
                 (!choices || cci_json_put(tally, "counts", json_incref(counts)));
        for (size_t k = 0; ok && k < json_array_size(choices); k++)
            ok = cci_json_put(counts, json_string_value(json_array_get(choices, k)),
                              json_integer(0));
        json_decref(tally);
        json_decref(counts);
        if (!ok)
            return 0;
    }
    return 1;
}

cocreate_status cci_tally_answers(cci_engine *e, const cci_campaign *c, size_t index, json_t **out,
                                  char reason[CCI_REASON_SIZE], cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[index];
    counter k = {.spec = spec, .answers = cci_json_new()};
    json_t *result = cci_json_new();
    cocreate_status status = COCREATE_OK;
    if (!k.answers || !put_questions(spec->questions, k.answers))
        status = cci_no_memory(error);
    if (status == COCREATE_OK)
        status = e->store->backend->scan_ballots(e->store->self, c->part, (int64_t)index,
                                                 add_ballot, &k, error);
    k.turnout.voters = k.turnout.ballots;
    if (status == COCREATE_OK)
        status = cci_quorum_missed(e, c, index, &k.turnout, reason, error);
    if (status == COCREATE_OK && reason[0]) {
        json_decref(result);
        result = NULL;
    } else if (status == COCREATE_OK &&
               (!cci_json_put(result, "method", json_string("survey")) ||
                !cci_json_put(result, "answers", json_incref(k.answers)) ||
                !cci_json_put(result, "ballots", cci_json_new()) ||
                !cci_json_put(json_object_get(result, "ballots"), "count",
                              json_integer(k.turnout.ballots)) ||
                !cci_json_put(json_object_get(result, "ballots"), "weight",
                              json_integer(k.weight)) ||
                !cci_json_put(result, "places", json_array()) ||
                !cci_json_put(result, "winners", json_array()) ||
                !cci_json_put(result, "selected", json_array()) ||
                !cci_turnout_put(result, spec, &k.turnout))) {
        status = cci_no_memory(error);
    }
    json_decref(k.answers);
    if (status != COCREATE_OK) {
        json_decref(result);
        return status;
    }
    *out = result;
    return COCREATE_OK;
}
