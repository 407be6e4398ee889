/* State rows: canonical JSON documents by part, kind and id. */
#include <stdio.h>
#include <string.h>

#include "campaign/rows.h"

static cci_bytes text_bytes(const char *s)
{
    return (cci_bytes){s, s ? strlen(s) : 0};
}

/* The actor of the running command may not know of it. */
static int is_hidden(const cci_engine *e, int64_t part, cci_kind kind, const char *id)
{
    if (kind != CCI_KIND_CONTRIBUTION || part != e->hidden_part)
        return 0;
    for (const char *const *hidden = e->hidden; *hidden; hidden++)
        if (strcmp(*hidden, id) == 0)
            return 1;
    return 0;
}

cocreate_status cci_state_get(cci_engine *e, int64_t part, cci_kind kind, const char *id,
                              json_t **out, cocreate_error *error)
{
    if (e->hidden && is_hidden(e, part, kind, id)) {
        *out = NULL;
        return COCREATE_OK;
    }
    cci_buffer data;
    cci_buffer_init(&data, &e->allocator);
    int found = 0;
    json_t *doc = NULL;
    cocreate_status status = e->store->backend->get_row(e->store->self, part, (int32_t)kind,
                                                        text_bytes(id), &found, &data, error);
    if (status == COCREATE_OK && found)
        status = cci_row_parse((int32_t)kind, text_bytes(id),
                               (cci_bytes){data.data ? data.data : "", data.size}, &doc, error);
    cci_buffer_free(&data);
    if (status == COCREATE_OK)
        *out = doc;
    return status;
}

typedef struct scan {
    cci_state_visitor visit;
    void *user;
    cci_buffer id; /* NUL-terminated copy of the id that is visited */
} scan;

static cocreate_status scan_row(void *user, int64_t part, int32_t kind, cci_bytes id,
                                cci_bytes data, cocreate_error *error)
{
    (void)part;
    scan *s = user;
    cci_buffer_clear(&s->id);
    cci_buffer_add(&s->id, id.data, id.size);
    if (s->id.failed)
        return cci_no_memory(error);
    json_t *doc;
    CCI_TRY(cci_row_parse(kind, id, data, &doc, error));
    cocreate_status status = s->visit(s->user, s->id.data, doc, error);
    json_decref(doc);
    return status;
}

cocreate_status cci_state_scan(cci_engine *e, int64_t part, cci_kind kind, const char *prefix,
                               cci_state_visitor visit, void *user, cocreate_error *error)
{
    scan s = {.visit = visit, .user = user};
    cci_buffer_init(&s.id, &e->allocator);
    cocreate_status status = e->store->backend->scan_rows(
        e->store->self, part, (int32_t)kind, text_bytes(prefix), scan_row, &s, error);
    cci_buffer_free(&s.id);
    return status;
}

cocreate_status cci_state_put(cci_engine *e, int64_t part, cci_kind kind, const char *id,
                              const json_t *doc, cocreate_error *error)
{
    assert(e->in_transaction);
    if (!doc)
        return cci_no_memory(error);
    if (kind == CCI_KIND_CAMPAIGN)
        e->campaigns_written = 1;
    cci_buffer data;
    cci_buffer_init(&data, &e->allocator);
    cocreate_status status = cci_json_canonical(doc, &data, error);
    if (status == COCREATE_OK)
        status = e->store->backend->put_row(e->store->self, part, (int32_t)kind, text_bytes(id),
                                            (cci_bytes){data.data, data.size}, error);
    cci_buffer_free(&data);
    return status;
}

cocreate_status cci_state_delete(cci_engine *e, int64_t part, cci_kind kind, const char *id,
                                 cocreate_error *error)
{
    assert(e->in_transaction);
    return e->store->backend->delete_row(e->store->self, part, (int32_t)kind, text_bytes(id), error);
}

/* ---- rows about several things ---- */

char *cci_state_key(const cci_engine *e, const char *const *key)
{
    cci_buffer id;
    cci_buffer_init(&id, &e->allocator);
    for (size_t i = 0; key[i]; i++) {
        cci_buffer_text(&id, i > 0 ? "\n" : "");
        cci_buffer_text(&id, key[i]);
    }
    if (!id.failed)
        return id.data;
    cci_buffer_free(&id);
    return NULL;
}

const char *cci_state_number(int64_t number, char out[CCI_STATE_NUMBER])
{
    snprintf(out, CCI_STATE_NUMBER, "%06lld", (long long)number);
    return out;
}

cocreate_status cci_state_get_by(cci_engine *e, int64_t part, cci_kind kind, const char *const *key,
                                 json_t **out, cocreate_error *error)
{
    char *id = cci_state_key(e, key);
    cocreate_status status = id ? cci_state_get(e, part, kind, id, out, error) : cci_no_memory(error);
    cci_free(&e->allocator, id);
    return status;
}

cocreate_status cci_state_scan_by(cci_engine *e, int64_t part, cci_kind kind, const char *const *key,
                                  cci_state_visitor visit, void *user, cocreate_error *error)
{
    char *prefix = cci_state_key(e, key);
    cocreate_status status =
        prefix ? cci_state_scan(e, part, kind, prefix, visit, user, error) : cci_no_memory(error);
    cci_free(&e->allocator, prefix);
    return status;
}

cocreate_status cci_state_put_by(cci_engine *e, int64_t part, cci_kind kind, const char *const *key,
                                 const json_t *doc, cocreate_error *error)
{
    char *id = cci_state_key(e, key);
    cocreate_status status = id ? cci_state_put(e, part, kind, id, doc, error) : cci_no_memory(error);
    cci_free(&e->allocator, id);
    return status;
}

cocreate_status cci_state_delete_by(cci_engine *e, int64_t part, cci_kind kind, const char *const *key,
                                    cocreate_error *error)
{
    char *id = cci_state_key(e, key);
    cocreate_status status = id ? cci_state_delete(e, part, kind, id, error) : cci_no_memory(error);
    cci_free(&e->allocator, id);
    return status;
}

/* ---- participants ---- */

static const char *const side_names[CCI_SIDES_MAX] = {"firm", "customer", "partner", "public"};

unsigned cci_side_bit(const char *side)
{
    for (unsigned i = 0; i < CCI_SIDES_MAX; i++)
        if (side && strcmp(side, side_names[i]) == 0)
            return 1u << i;
    return 0;
}

const char *cci_side_name(unsigned bit)
{
    for (unsigned i = 0; i < CCI_SIDES_MAX; i++)
        if (bit == 1u << i)
            return side_names[i];
    return NULL;
}

/* "side" in the row of a participant, without making a document of it: every vote asks. The row is
 * canonical and holds no text of a host's choosing, so the member can be found by its name. */
static const char *side_in_row(const cci_buffer *row)
{
    static const char member[] = "\"side\":\"";
    const char *at = strstr(row->data, member);
    for (unsigned bit = 1; at && bit < 1u << CCI_SIDES_MAX; bit <<= 1) {
        const char *name = cci_side_name(bit);
        size_t n = strlen(name);
        const char *value = at + sizeof member - 1;
        if (strncmp(value, name, n) == 0 && value[n] == '"')
            return name;
    }
    return NULL;
}

/* Who is suspended or erased does not act. The word is read as the side is. */
static cocreate_status check_status(const cci_buffer *row, const char *participant,
                                    cocreate_error *error)
{
    static const char suspended[] = "\"status\":\"suspended\"", erased[] = "\"status\":\"erased\"";
    if (strstr(row->data, suspended))
        return cci_fail(error, COCREATE_ERR_PERMISSION,
                        "'%s' is suspended until participant.restore", participant);
    if (strstr(row->data, erased))
        return cci_fail(error, COCREATE_ERR_PERMISSION, "'%s' was erased and acts no more",
                        participant);
    return COCREATE_OK;
}

cocreate_status cci_side_of(cci_engine *e, const char *participant, const char **side,
                            cocreate_error *error)
{
    if (strcmp(participant, CCI_HOST) == 0) {
        *side = CCI_HOST;
        return COCREATE_OK;
    }
    cci_buffer row;
    int found;
    cci_buffer_init(&row, &e->allocator);
    cocreate_status status = e->store->backend->get_row(
        e->store->self, 0, CCI_KIND_PARTICIPANT,
        (cci_bytes){participant, strlen(participant)}, &found, &row, error);
    const char *name = status == COCREATE_OK && found ? side_in_row(&row) : NULL;
    if (name)
        status = check_status(&row, participant, error);
    cci_buffer_free(&row);
    CCI_TRY(status);
    if (!found)
        return cci_fail(error, COCREATE_ERR_NOT_FOUND, "no participant '%s'", participant);
    if (!name)
        return cci_fail(error, COCREATE_ERR_CORRUPT, "participant '%s' has no side", participant);
    *side = name;
    return COCREATE_OK;
}

int cci_speaks_for_firm(const char *side)
{
    return strcmp(side, CCI_HOST) == 0 || strcmp(side, "firm") == 0;
}
