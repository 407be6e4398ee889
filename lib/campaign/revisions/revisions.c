#include "campaign/revisions/revisions.h"

#include <string.h>

#include "campaign/commands/contribution.h"

const char *const cci_revised_keys[] = {"title", "fields", NULL};

/* ---- the content ---- */

static json_t *content_of(const json_t *before, const json_t *now)
{
    json_t *content = cci_json_new();
    int made = content != NULL;
    for (const char *const *key = cci_revised_keys; made && *key; key++) {
        json_t *value = json_object_get(now, *key);
        if (!value)
            value = json_object_get(before, *key);
        made = !value || cci_json_put(content, *key, json_incref(value));
    }
    if (made)
        return content;
    json_decref(content);
    return NULL;
}

cocreate_status cci_revision_digest(const cci_engine *e, const json_t *before, const json_t *now,
                                    char out[CCI_DIGEST_TEXT], cocreate_error *error)
{
    json_t *content = content_of(before, now);
    cocreate_status status =
        content ? cci_json_digest(&e->allocator, content, out, error) : cci_no_memory(error);
    json_decref(content);
    return status;
}

/* ---- rows ---- */

typedef struct revision {
    const char *id;
    json_int_t number;
    const char *digest;
    int64_t at;
    const char *by, *note; /* or NULL */
} revision;

static cocreate_status put(cci_engine *e, int64_t part, const revision *r, cocreate_error *error)
{
    char number[CCI_STATE_NUMBER];
    json_t *doc = cci_json_new();
    cci_state_number(r->number, number);
    int made = cci_json_put(doc, "contribution", json_string(r->id)) &&
               cci_json_put(doc, "number", json_integer(r->number)) &&
               cci_json_put(doc, "digest", json_string(r->digest)) &&
               cci_json_put(doc, "at", json_integer(r->at)) &&
               (!r->by || cci_json_put(doc, "by", json_string(r->by))) &&
               (!r->note || cci_json_put(doc, "note", json_string(r->note)));
    cocreate_status status =
        made ? cci_state_put_by(e, part, CCI_KIND_REVISION, CCI_KEY(r->id, number), doc, error)
             : cci_no_memory(error);
    json_decref(doc);
    return status;
}

/* What was submitted. The row of a contribution tells who moved it last: it may not say who sent it. */
static cocreate_status put_first(cci_engine *e, int64_t part, const char *id, const json_t *before,
                                 cocreate_error *error)
{
    char digest[CCI_DIGEST_TEXT];
    CCI_TRY(cci_revision_digest(e, before, NULL, digest, error));
    revision first = {id, 1, digest, json_integer_value(json_object_get(before, "at")), NULL, NULL};
    return put(e, part, &first, error);
}

cocreate_status cci_revision_put(cci_engine *e, const cci_event *event, const char *id, const json_t *before,
                                 cocreate_error *error)
{
    json_int_t number = json_integer_value(json_object_get(event->data, "revision"));
    const char *digest = json_string_value(json_object_get(event->data, "digest"));
    if (!digest)
        return COCREATE_OK;
    if (number == 2)
        CCI_TRY(put_first(e, event->campaign->part, id, before, error));
    revision r = {id, number, digest, event->at, event->actor,
                  json_string_value(json_object_get(event->data, "note"))};
    return put(e, event->campaign->part, &r, error);
}

cocreate_status cci_revision_check(cci_engine *e, const cci_event *event, const char *id,
                                   const json_t *before, cocreate_error *error)
{
    char again[CCI_DIGEST_TEXT];
    const char *digest = json_string_value(json_object_get(event->data, "digest"));
    json_int_t number = json_integer_value(json_object_get(event->data, "revision"));
    if (!digest)
        return COCREATE_OK;
    if (number != json_integer_value(json_object_get(before, "revision")) + 1)
        return cci_fail(error, COCREATE_ERR_VERIFY,
                        "revision %lld of contribution '%s' follows revision %lld", (long long)number, id,
                        (long long)json_integer_value(json_object_get(before, "revision")));
    CCI_TRY(cci_revision_digest(e, before, event->data, again, error));
    return strcmp(again, digest) == 0
               ? COCREATE_OK
               : cci_fail(error, COCREATE_ERR_VERIFY,
                          "revision %lld of contribution '%s': its content has the digest %s, not %.80s",
                          (long long)number, id, again, digest);
}

cocreate_status cci_revision_note(cci_engine *e, const cci_campaign *c, const char *id, const json_t *row,
                                  json_t **out, cocreate_error *error)
{
    char number[CCI_STATE_NUMBER];
    json_t *doc;
    cci_state_number(json_integer_value(json_object_get(row, "revision")), number);
    CCI_TRY(cci_state_get_by(e, c->part, CCI_KIND_REVISION, CCI_KEY(id, number), &doc, error));
    json_t *note = json_object_get(doc, "note");
    *out = note ? json_incref(note) : json_string("");
    json_decref(doc);
    return *out ? COCREATE_OK : cci_no_memory(error);
}

/* ---- showing ---- */

int cci_revision_sight(const cci_viewer *v, const json_t *contribution)
{
    const cci_brief *b = &v->campaign->brief;
    int secrets = 0;
    for (size_t i = 0; i < b->n_fields; i++)
        secrets |= b->fields[i].secret;
    return CCI_REVISION_SEEN | (cci_viewer_sees_names(v, contribution) ? CCI_REVISION_NAMES : 0) |
           (!secrets || v->firm || cci_viewer_owns(v, contribution) ? CCI_REVISION_WHOLE : 0);
}

/* A digest of content of which a part is private would let that part be guessed. */
void cci_revision_strip(json_t *row, int sight)
{
    if (!(sight & CCI_REVISION_NAMES))
        json_object_del(row, "by");
    if (!(sight & CCI_REVISION_WHOLE))
        json_object_del(row, "digest");
}

void cci_revision_clear(json_t *row)
{
    json_object_del(row, "note");
    json_object_del(row, "digest");
}

typedef struct lister {
    json_t *list;
    json_t *removed; /* ids of which the content is shown no more */
} lister;

static cocreate_status add(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    lister *l = user;
    (void)id;
    if (json_object_get(l->removed, cci_json_text(doc, "contribution")))
        cci_revision_clear(doc);
    return cci_json_push(l->list, json_incref(doc)) ? COCREATE_OK : cci_no_memory(error);
}

cocreate_status cci_revisions_show(cci_engine *e, const cci_campaign *c, json_t *document,
                                   cocreate_error *error)
{
    lister l = {json_array(), cci_json_new()};
    const json_t *works = json_object_get(document, "contributions");
    int made = l.list && l.removed;
    for (size_t i = 0; made && i < json_array_size(works); i++)
        if (cci_contribution_is(json_array_get(works, i), "removed"))
            made = cci_json_put(l.removed, cci_json_text(json_array_get(works, i), "id"), json_true());
    cocreate_status status = made ? cci_state_scan(e, c->part, CCI_KIND_REVISION, NULL, add, &l, error)
                                  : cci_no_memory(error);
    if (status == COCREATE_OK && json_array_size(l.list) > 0 &&
        !cci_json_put(document, "revisions", json_incref(l.list)))
        status = cci_no_memory(error);
    json_decref(l.list);
    json_decref(l.removed);
    return status;
}
