#include "campaign/money/pledges.h"

#include <string.h>

#include "base/checked.h"
#include "campaign/brief_read.h"
#include "campaign/money/journal.h"
#include "cocreate/money.h"

/* A row "round \n voter \n option" is {"minor", "seq": of the event, "state"}. What was taken back while the
 * round took pledges has none; the journal tells of it. */
static const char held[] = "held", captured[] = "captured", returned[] = "returned";

cocreate_status cci_pledges_read(json_t *json, cci_round_spec *spec, const cci_path *path,
                                 cocreate_error *error)
{
    static const char *const keys[] = {"currency", "rail", NULL};
    json_t *hold = json_object_get(json, "hold");
    cci_path here = cci_path_key(path, "hold");
    cocreate_currency currency = {.size = sizeof currency};
    if (!hold)
        return COCREATE_OK;
    spec->hold_rail = "bank";
    spec->counted |= CCI_COUNTED_PLEDGE;
    CCI_TRY(cci_brief_object(hold, keys, &here, error));
    CCI_TRY(cci_json_id(hold, "currency", &spec->hold_currency, &here, error));
    CCI_TRY(cci_json_id_opt(hold, "rail", &spec->hold_rail, &here, error));
    if (cocreate_currency_find(spec->hold_currency, &currency, NULL) != COCREATE_OK) {
        cci_path unknown = cci_path_key(&here, "currency");
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &unknown,
                             "'%.40s' is no currency of ISO 4217", spec->hold_currency);
    }
    if (json_object_get(json, "every_us") || json_object_get(json, "cuts"))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "a round that selects by periods has no end that all pledges share");
    return spec->binding ? COCREATE_OK
                         : cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                         "a round that only advises decides about no money");
}

/* ---- one pledge ---- */

/* "pledge:<round>:<seq>:<voter>"; `what` says which entry about the pledge it is. An event may change
 * the pledges of many, but gives each voter one. */
static char *entry_key(const cci_engine *e, const char *what, const cci_round_spec *spec,
                       const char *voter, const json_t *row)
{
    cci_buffer key;
    cci_buffer_init(&key, &e->allocator);
    cci_buffer_format(&key, "%s:%s:%lld:", what, spec->id,
                      (long long)json_integer_value(json_object_get(row, "seq")));
    cci_buffer_add(&key, voter, strcspn(voter, "\n"));
    char *made = key.failed ? NULL : cci_strndup(&e->allocator, key.data, key.size);
    cci_buffer_free(&key);
    return made;
}

static cocreate_status reserve(cci_engine *e, cocreate_ledger *ledger, const cci_event *event,
                               const cci_round_spec *spec, const char *voter, const char *option,
                               const json_t *row, cocreate_error *error)
{
    char *key = entry_key(e, "pledge", spec, voter, row);
    char *from = cci_account(e, "cash", spec->hold_rail, NULL);
    char *to = cci_account(e, "pledges", spec->id, option);
    const char *accounts[2] = {from, to};
    const char *currencies[2] = {spec->hold_currency, spec->hold_currency};
    int64_t minor = json_integer_value(json_object_get(row, "minor")), lines[2] = {-minor, minor};
    cocreate_status status =
        key && from && to ? cocreate_ledger_reserve(ledger, key, event->at, INT64_MAX, NULL,
                                                    accounts, currencies, lines, 2, error)
                          : cci_no_memory(error);
    cci_free(&e->allocator, key);
    cci_free(&e->allocator, from);
    cci_free(&e->allocator, to);
    return status;
}

/* Move a pledge of a voter (whom a newline may end) from its state to another: what is held is settled or
 * voided, what was captured is reversed. */
static cocreate_status move(cci_engine *e, cocreate_ledger *ledger, const cci_event *event,
                            const cci_round_spec *spec, const char *voter, json_t *row,
                            const char *to, cocreate_error *error)
{
    const char *from = json_string_value(json_object_get(row, "state"));
    if (!from || strcmp(from, to) == 0 || strcmp(from, returned) == 0)
        return COCREATE_OK;
    int was_captured = strcmp(from, captured) == 0;
    char *before = entry_key(e, was_captured ? "capture" : "pledge", spec, voter, row);
    char *key = entry_key(e, strcmp(to, captured) == 0 ? "capture" : "return", spec, voter, row);
    cocreate_status status =
        !before || !key ? cci_no_memory(error)
        : was_captured  ? cocreate_ledger_reverse(ledger, before, key, event->at, NULL, error)
        : strcmp(to, captured) == 0
            ? cocreate_ledger_settle(ledger, before, key, event->at, NULL, error)
            : cocreate_ledger_void(ledger, before, key, event->at, NULL, error);
    cci_free(&e->allocator, before);
    cci_free(&e->allocator, key);
    CCI_TRY(status);
    return cci_json_put(row, "state", json_string(to)) ? COCREATE_OK : cci_no_memory(error);
}

/* The pledge of this row now is `minor`, or nothing where that is 0. */
static cocreate_status change(cci_engine *e, cocreate_ledger *ledger, const cci_event *event,
                              const cci_round_spec *spec, const char *voter, const char *option,
                              json_t **row, int64_t minor, cocreate_error *error)
{
    if (*row)
        CCI_TRY(move(e, ledger, event, spec, voter, *row, returned, error));
    if (minor == 0)
        return COCREATE_OK;
    if (!*row)
        *row = cci_json_new();
    if (!cci_json_put(*row, "minor", json_integer(minor)) ||
        !cci_json_put(*row, "seq", json_integer((json_int_t)event->seq)) ||
        !cci_json_put(*row, "state", json_string(held)))
        return cci_no_memory(error);
    return reserve(e, ledger, event, spec, voter, option, *row, error);
}

cocreate_status cci_pledge_changed(cci_engine *e, const cci_event *event, size_t round,
                                   const char *voter, const json_t *before, const json_t *marks,
                                   cocreate_error *error)
{
    cci_campaign *c = event->campaign;
    const cci_round_spec *spec = &c->brief.rounds[round];
    const json_t *names = marks ? marks : before;
    if (!spec->hold_currency)
        return COCREATE_OK;
    /* Pledges have a ballot for each option, so there is one name. */
    void *only = json_object_iter((json_t *)(uintptr_t)names);
    const char *option = json_object_iter_key(only);
    int64_t minor = marks ? json_integer_value(json_object_iter_value(only)) : 0;
    if (!option)
        return cci_fail(error, COCREATE_ERR_CORRUPT, "event %llu pledges for nothing",
                        (unsigned long long)event->seq);
    cocreate_ledger *ledger;
    CCI_TRY(cci_journal_get(e, c, &ledger, error));
    size_t entries = cocreate_ledger_count(ledger);
    json_t *row = NULL;
    char *key = cci_state_key(e, CCI_KEY(spec->id, voter, option));
    cocreate_status status = key ? cci_state_get(e, c->part, CCI_KIND_PLEDGE, key, &row, error)
                                 : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = change(e, ledger, event, spec, voter, option, &row, minor, error);
    if (status == COCREATE_OK && row)
        status = minor > 0 ? cci_state_put(e, c->part, CCI_KIND_PLEDGE, key, row, error)
                           : cci_state_delete(e, c->part, CCI_KIND_PLEDGE, key, error);
    cci_free(&e->allocator, key);
    json_decref(row);
    return status == COCREATE_OK ? cci_journal_save(e, c, ledger, entries, error) : status;
}

/* ---- all pledges of a round ---- */

/* Rows of the round, {key: row}, in order of the keys. */
static cocreate_status collect(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    return cci_json_put(user, id, json_incref(doc)) ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status rows_of(cci_engine *e, const cci_campaign *c, const char *round, json_t **out,
                               cocreate_error *error)
{
    json_t *rows = cci_json_new();
    cocreate_status status =
        rows ? cci_state_scan_by(e, c->part, CCI_KIND_PLEDGE, CCI_KEY(round, ""), collect, rows, error)
             : cci_no_memory(error);
    if (status == COCREATE_OK)
        *out = rows;
    else
        json_decref(rows);
    return status;
}

static cocreate_status end_rows(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                                json_t *rows, const json_t *wanted, cocreate_error *error)
{
    cci_campaign *c = event->campaign;
    cocreate_ledger *ledger;
    const char *key;
    json_t *row;
    CCI_TRY(cci_journal_get(e, c, &ledger, error));
    size_t entries = cocreate_ledger_count(ledger);
    json_object_foreach(rows, key, row)
    {
        const char *voter = strchr(key, '\n') + 1, *option = strrchr(key, '\n') + 1;
        const char *to = json_object_get(wanted, option) ? captured : returned;
        CCI_TRY(move(e, ledger, event, spec, voter, row, to, error));
        CCI_TRY(cci_state_put(e, c->part, CCI_KIND_PLEDGE, key, row, error));
    }
    return cci_journal_save(e, c, ledger, entries, error);
}

cocreate_status cci_pledges_end(cci_engine *e, const cci_event *event, size_t round,
                                const json_t *selected, cocreate_error *error)
{
    const cci_round_spec *spec = &event->campaign->brief.rounds[round];
    int made = 1;
    if (!spec->hold_currency)
        return COCREATE_OK;
    json_t *rows = NULL, *wanted = cci_json_new();
    for (size_t i = 0; i < json_array_size(selected) && made; i++)
        made = cci_json_put(wanted, json_string_value(json_array_get(selected, i)), json_true());
    cocreate_status status =
        made && wanted ? rows_of(e, event->campaign, spec->id, &rows, error) : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = end_rows(e, event, spec, rows, wanted, error);
    json_decref(rows);
    json_decref(wanted);
    return status;
}

/* ---- show ---- */

/* The sums of a round by state. */
static const char *const states[] = {held, captured, returned};
#define STATES (sizeof states / sizeof *states)

typedef struct totals {
    const char *round;
    int64_t of[STATES];
} totals;

static cocreate_status add(void *user, const char *id, json_t *row, cocreate_error *error)
{
    totals *t = user;
    const char *state = cci_json_text(row, "state");
    (void)id;
    for (size_t i = 0; i < STATES; i++)
        if (strcmp(state, states[i]) == 0 &&
            !cci_add_i64(t->of[i], json_integer_value(json_object_get(row, "minor")), &t->of[i]))
            return cci_fail(error, COCREATE_ERR_OVERFLOW, "what round '%s' holds is beyond 2^63 minor units",
                            t->round);
    return COCREATE_OK;
}

cocreate_status cci_pledges_shown(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                  json_t **out, cocreate_error *error)
{
    totals t = {.round = spec->id};
    if (!spec->hold_currency)
        return COCREATE_OK;
    CCI_TRY(cci_state_scan_by(e, c->part, CCI_KIND_PLEDGE, CCI_KEY(spec->id, ""), add, &t, error));
    json_t *shown = cci_json_new();
    int made = cci_json_put(shown, "currency", json_string(spec->hold_currency));
    for (size_t i = 0; i < STATES; i++)
        made = made && cci_json_put(shown, states[i], json_integer(t.of[i]));
    if (made) {
        *out = shown;
        return COCREATE_OK;
    }
    json_decref(shown);
    return cci_no_memory(error);
}
