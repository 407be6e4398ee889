/* When enough is known of an item: the first rule that its answers meet retires it. */
#include <stdio.h>
#include <string.h>

#include "campaign/rounds/ballots.h"
#include "campaign/tasks/rows.h"
#include "campaign/timers.h"

/* ---- rules ---- */

static json_int_t value_of(const json_t *row, size_t i)
{
    return json_integer_value(json_array_get(json_array_get(json_object_get(row, "answers"), i), 1));
}

/* Among the first n answers. */
static json_int_t count(const json_t *row, size_t n, json_int_t value)
{
    json_int_t same = 0;
    for (size_t i = 0; i < n; i++)
        same += value_of(row, i) == value;
    return same;
}

/* An answer in words: a label, or the number. */
static const char *said(const cci_round_spec *spec, json_int_t value, char text[48])
{
    const json_t *label = value >= 0 ? json_array_get(spec->labels, (size_t)value) : NULL;
    if (label)
        snprintf(text, 48, "'%.40s'", json_string_value(label));
    else
        snprintf(text, 48, "%lld", (long long)value);
    return text;
}

/* The most frequent answer, the first to come of those that are equally frequent: only their number matters
 * until it is what the rule asks for, and then it is the one that the last answer gave. */
static json_int_t most(const json_t *row, size_t n, json_int_t *times)
{
    json_int_t best = 0;
    *times = 0;
    for (size_t i = 0; i < n; i++) {
        json_int_t same = count(row, n, value_of(row, i));
        if (same > *times) {
            *times = same;
            best = value_of(row, i);
        }
    }
    return best;
}

static int meets(const cci_round_spec *spec, const json_t *rule, const json_t *row,
                 char reason[CCI_RETIRE_REASON])
{
    char text[48];
    size_t n = json_array_size(json_object_get(row, "answers"));
    const json_t *total = json_object_get(rule, "total"), *label = json_object_get(rule, "label");
    int64_t wanted = 0;
    json_int_t times;
    if (total) {
        snprintf(reason, CCI_RETIRE_REASON, "%zu answers", n);
        return n > 0 && (json_int_t)n >= json_integer_value(total);
    }
    if (label && cci_ballot_value(spec, label, &CCI_ROOT, &wanted, NULL) != COCREATE_OK)
        return 0;
    const json_t *agree = json_object_get(rule, "agree");
    json_int_t needed = json_integer_value(agree ? agree : json_object_get(rule, "count"));
    if (json_is_true(json_object_get(rule, "prefix"))) {
        json_int_t value = label ? wanted : value_of(row, 0);
        snprintf(reason, CCI_RETIRE_REASON, "the first %lld answers are %s", (long long)needed,
                 said(spec, value, text));
        return (json_int_t)n >= needed && count(row, (size_t)needed, value) == needed;
    }
    json_int_t value = label ? wanted : most(row, n, &times);
    times = count(row, n, value);
    snprintf(reason, CCI_RETIRE_REASON, "%lld of %zu answers are %s", (long long)times, n,
             said(spec, value, text));
    return n > 0 && times >= needed;
}

int cci_retire_met(const cci_round_spec *spec, const json_t *row, size_t *rule,
                   char reason[CCI_RETIRE_REASON])
{
    for (size_t i = 0; i < json_array_size(spec->retire); i++)
        if (meets(spec, json_array_get(spec->retire, i), row, reason)) {
            *rule = i;
            return 1;
        }
    return 0;
}

/* ---- the event ---- */

cocreate_status cci_retire_decide(cci_engine *e, cci_campaign *c, int64_t at, const char *subject,
                                  cci_decision *decision, cocreate_error *error)
{
    const char *contribution = NULL;
    char reason[CCI_RETIRE_REASON];
    json_t *row = NULL;
    size_t round = 0, rule = 0;
    (void)at;
    CCI_TRY(cci_timer_round(c, subject, &round, &contribution, error));
    const cci_round_spec *spec = &c->brief.rounds[round];
    CCI_TRY(cci_task_get(e, c, spec->id, contribution, &row, error));
    int met = row && cci_retire_met(spec, row, &rule, reason);
    json_int_t answers = (json_int_t)json_array_size(json_object_get(row, "answers"));
    json_decref(row);
    if (!met)
        return cci_fail(error, COCREATE_ERR_CORRUPT, "item '%s' waits for no rule", contribution);
    json_t *data = cci_json_new();
    int made = cci_json_put(data, "round", json_string(spec->id)) &&
               cci_json_put(data, "contribution", json_string(contribution)) &&
               cci_json_put(data, "rule", json_integer((json_int_t)rule)) &&
               cci_json_put(data, "answers", json_integer(answers)) &&
               cci_json_put(data, "reason", json_string(reason));
    if (!made) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, "item.retired", c, data, error);
}

/* The task an event is about; the row is owned by the caller. */
static cocreate_status task_of(cci_engine *e, const cci_event *event, const cci_round_spec **spec,
                               const char **contribution, json_t **row, cocreate_error *error)
{
    size_t index;
    CCI_TRY(cci_round_named(event->campaign, event->data, &index, error));
    CCI_TRY(cci_json_id(event->data, "contribution", contribution, &CCI_ROOT, error));
    *spec = &event->campaign->brief.rounds[index];
    CCI_TRY(cci_task_get(e, event->campaign, (*spec)->id, *contribution, row, error));
    return *row ? COCREATE_OK
                : cci_fail(error, COCREATE_ERR_CORRUPT, "event %llu retires '%.60s', which is no item",
                           (unsigned long long)event->seq, *contribution);
}

static cocreate_status apply_retired(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const cci_round_spec *spec;
    const char *contribution;
    json_t *row = NULL, *rule = json_object_get(event->data, "rule"),
           *reason = json_object_get(event->data, "reason");
    int64_t index;
    const char *text;
    CCI_TRY(cci_json_i64(event->data, "rule", 0, INT32_MAX, &index, &CCI_ROOT, error));
    CCI_TRY(cci_json_string(event->data, "reason", &text, &CCI_ROOT, error));
    CCI_TRY(task_of(e, event, &spec, &contribution, &row, error));
    int64_t due = json_integer_value(json_object_get(row, "met"));
    int made = cci_json_put(row, "rule", json_incref(rule)) &&
               cci_json_put(row, "reason", json_incref(reason));
    json_object_del(row, "met");
    cocreate_status status = made ? cci_timer_drop_by(e, event->campaign, due, "retire",
                                                      CCI_KEY(spec->id, contribution), error)
                                  : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_task_end(e, event->campaign, spec, contribution, row, "retired", error);
    json_decref(row);
    return status;
}

/* What was counted then is counted again. */
static cocreate_status check_retired(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const cci_round_spec *spec;
    const char *contribution;
    char reason[CCI_RETIRE_REASON];
    json_t *row = NULL;
    size_t rule = 0;
    CCI_TRY(task_of(e, event, &spec, &contribution, &row, error));
    int same = cci_retire_met(spec, row, &rule, reason) &&
               json_integer_value(json_object_get(event->data, "rule")) == (json_int_t)rule &&
               strcmp(cci_json_text(event->data, "reason"), reason) == 0 &&
               json_integer_value(json_object_get(event->data, "answers")) ==
                   (json_int_t)json_array_size(json_object_get(row, "answers"));
    json_decref(row);
    return same ? COCREATE_OK
                : cci_fail(error, COCREATE_ERR_VERIFY, "item '%s' is retired, recomputed it is not like this",
                           contribution);
}

const cci_event_type cci_event_item_retired = {"item.retired", apply_retired, check_retired};
