/* Comparing rows, ballots and commitments. */
#include <string.h>

#include "base/text.h"
#include "campaign/rows.h"
#include "campaign/verify/verify.h"

static cocreate_status differ(int32_t kind, cci_bytes id, cci_bytes recorded,
                              const cci_buffer *again, cocreate_error *error)
{
    char name[CCI_ROW_NAME], difference[160] = "it is not what the log gives";
    json_t *a = NULL, *b = NULL;
    cci_row_name(kind, id, name);
    if (cci_json_parse(recorded.data, recorded.size, &a, NULL) == COCREATE_OK &&
        cci_json_parse(again->data, again->size, &b, NULL) == COCREATE_OK)
        cci_first_difference(&again->allocator, a, b, difference, sizeof difference);
    json_decref(a);
    json_decref(b);
    return cci_fail(error, COCREATE_ERR_VERIFY, "%s: %s", name, difference);
}

static cocreate_status compare_row(void *user, int64_t part, int32_t kind, cci_bytes id,
                                   cci_bytes data, cocreate_error *error)
{
    cci_verification *v = user;
    cocreate_store *shadow = v->shadow->store;
    cci_buffer again;
    int found;
    cci_buffer_init(&again, &v->shadow->allocator);
    cocreate_status status =
        shadow->backend->get_row(shadow->self, part, kind, id, &found, &again, error);
    if (status == COCREATE_OK && !found) {
        char name[CCI_ROW_NAME];
        cci_row_name(kind, id, name);
        status = cci_fail(error, COCREATE_ERR_VERIFY, "%s is in the state, but not in the log",
                          name);
    } else if (status == COCREATE_OK &&
               (again.size != data.size || memcmp(again.data, data.data, data.size) != 0)) {
        status = differ(kind, id, data, &again, error);
    }
    cci_buffer_free(&again);
    v->rows++;
    return status;
}

static cocreate_status row_exists(void *user, int64_t part, int32_t kind, cci_bytes id,
                                  cci_bytes data, cocreate_error *error)
{
    cci_verification *v = user;
    cocreate_store *original = v->original->store;
    cci_buffer row;
    int found;
    (void)data;
    /* Stores from before there were seals have none, and need none. */
    if (kind == CCI_KIND_SEAL || kind == CCI_KIND_SEGMENT)
        return COCREATE_OK;
    cci_buffer_init(&row, &v->shadow->allocator);
    cocreate_status status =
        original->backend->get_row(original->self, part, kind, id, &found, &row, error);
    cci_buffer_free(&row);
    if (status == COCREATE_OK && !found) {
        char name[CCI_ROW_NAME];
        cci_row_name(kind, id, name);
        status = cci_fail(error, COCREATE_ERR_VERIFY, "%s is in the log, but not in the state",
                          name);
    }
    return status;
}

/* ---- ballots ---- */

/* The round of a ballot as its campaign names it. */
static const char *round_name(const cci_engine *e, int64_t part, int64_t round)
{
    for (size_t i = 0; i < e->n_campaigns; i++) {
        const cci_campaign *c = e->campaigns[i];
        if (c->part == part && round >= 0 && (uint64_t)round < c->brief.n_rounds)
            return c->brief.rounds[round].id;
    }
    return "?";
}

static cocreate_status ballot_fails(const cci_verification *v, int64_t part, int64_t round,
                                    const cci_ballot_row *row, const char *what,
                                    cocreate_error *error)
{
    char voter[CCI_ROW_ID];
    cci_row_show_id(row->voter, voter);
    return cci_fail_at(error, COCREATE_ERR_VERIFY, row->seq,
                       "ballot of '%s' in round '%.60s': %s", voter,
                       round_name(v->shadow, part, round), what);
}

static cocreate_status other_ballot(cci_engine *e, int64_t part, int64_t round,
                                    const cci_ballot_row *row, int *found, int *same,
                                    cocreate_error *error)
{
    cci_buffer data;
    uint64_t seq;
    int64_t weight;
    cci_buffer_init(&data, &e->allocator);
    cocreate_status status = e->store->backend->get_ballot(
        e->store->self, part, round, row->voter, found, &seq, &weight, &data, error);
    *same = status == COCREATE_OK && *found && seq == row->seq && weight == row->weight &&
            data.size == row->data.size && memcmp(data.data, row->data.data, data.size) == 0;
    cci_buffer_free(&data);
    return status;
}

static cocreate_status compare_ballot(void *user, int64_t part, int64_t round,
                                      const cci_ballot_row *row, cocreate_error *error)
{
    cci_verification *v = user;
    int found, same;
    v->ballots++;
    CCI_TRY(other_ballot(v->shadow, part, round, row, &found, &same, error));
    if (!found)
        return ballot_fails(v, part, round, row, "it is in the state, but not in the log", error);
    return same ? COCREATE_OK
                : ballot_fails(v, part, round, row, "it is not the ballot that the log gives", error);
}

static cocreate_status ballot_exists(void *user, int64_t part, int64_t round,
                                     const cci_ballot_row *row, cocreate_error *error)
{
    cci_verification *v = user;
    int found, same;
    CCI_TRY(other_ballot(v->original, part, round, row, &found, &same, error));
    return found ? COCREATE_OK
                 : ballot_fails(v, part, round, row, "it is in the log, but not in the state", error);
}

/* ---- personal data ---- */

/* A commitment is opened by the salt and data beside the log; erased data leaves it closed, which
 * is no fault. */
static cocreate_status check_person(void *user, const char *id, json_t *doc,
                                    cocreate_error *error)
{
    cci_verification *v = user;
    cocreate_store *store = v->original->store;
    static const char scheme[] = "hmac-sha256:";
    const char *recorded = json_string_value(json_object_get(doc, "person"));
    uint8_t salt[32];
    char hex[65];
    int found;
    cci_buffer payload;
    if (!recorded)
        return COCREATE_OK;
    cci_buffer_init(&payload, &v->shadow->allocator);
    cocreate_status status = store->backend->get_person(
        store->self, (cci_bytes){id, strlen(id)}, &found, salt, &payload, error);
    if (status == COCREATE_OK && found) {
        cci_digest opened = cci_hmac(salt, payload.data, payload.size);
        cci_hex(opened.bytes, sizeof opened.bytes, hex);
        if (strncmp(recorded, scheme, strlen(scheme)) != 0 ||
            strcmp(recorded + strlen(scheme), hex) != 0)
            status = cci_fail(error, COCREATE_ERR_VERIFY,
                              "participant '%.80s': the personal data is not what the log "
                              "committed to",
                              id);
        v->commitments++;
    }
    cci_buffer_free(&payload);
    return status;
}

cocreate_status cci_verify_state(cci_verification *v, cocreate_error *error)
{
    cocreate_store *a = v->original->store, *b = v->shadow->store;
    const cci_bytes all = {"", 0};
    CCI_TRY(a->backend->scan_rows(a->self, -1, -1, all, compare_row, v, error));
    CCI_TRY(b->backend->scan_rows(b->self, -1, -1, all, row_exists, v, error));
    CCI_TRY(a->backend->scan_ballots(a->self, -1, -1, compare_ballot, v, error));
    CCI_TRY(b->backend->scan_ballots(b->self, -1, -1, ballot_exists, v, error));
    return cci_state_scan(v->original, 0, CCI_KIND_PARTICIPANT, NULL, check_person, v, error);
}
