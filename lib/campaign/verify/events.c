/* Replaying the log. */
#include <inttypes.h>
#include <string.h>

#include "base/time.h"
#include "campaign/verify/verify.h"

static cocreate_status mismatch(cocreate_error *error, const cci_event_row *row, const char *what)
{
    return cci_fail_at(error, COCREATE_ERR_VERIFY, row->seq, "event %" PRIu64 ": %s", row->seq,
                       what);
}

/* The record itself, before anybody reads it. */
static cocreate_status check_record(const cci_verification *v, const cci_event_row *row,
                                    cocreate_error *error)
{
    cci_digest leaf;
    uint64_t expected = cci_next_seq(v->shadow);
    if (row->seq != expected)
        return cci_fail_at(error, COCREATE_ERR_VERIFY, expected,
                           "event %" PRIu64 " is missing: %" PRIu64 " follows", expected,
                           row->seq);
    if (row->at < v->shadow->last_at)
        return mismatch(error, row, "its time is before that of the event before it");
    cocreate_log_leaf(row->payload.data, row->payload.size, leaf.bytes);
    if (memcmp(leaf.bytes, row->leaf.bytes, sizeof leaf.bytes) != 0)
        return mismatch(error, row, "its text does not have the hash that was recorded");
    return COCREATE_OK;
}

/* Is the text canonical? Two texts of one event would be two leaves. */
static cocreate_status check_canonical(const cci_verification *v, const cci_event_row *row,
                                       const json_t *document, cocreate_error *error)
{
    cci_buffer again;
    cci_buffer_init(&again, &v->shadow->allocator);
    cocreate_status status = cci_json_canonical(document, &again, error);
    if (status == COCREATE_OK && (again.size != row->payload.size ||
                                  memcmp(again.data, row->payload.data, again.size) != 0))
        status = mismatch(error, row, "its text is not canonical JSON");
    cci_buffer_free(&again);
    return status;
}

static cocreate_status read_event(cci_verification *v, const cci_event_row *row,
                                  const json_t *document, cci_event *event, cocreate_error *error)
{
    const char *campaign = NULL;
    int64_t seq, at;
    CCI_TRY(cci_json_string(document, "actor", &event->actor, &CCI_ROOT, error));
    CCI_TRY(cci_json_string(document, "type", &event->type, &CCI_ROOT, error));
    CCI_TRY(cci_json_string_opt(document, "campaign", &campaign, &CCI_ROOT, error));
    CCI_TRY(cci_json_get_object(document, "data", &event->data, &CCI_ROOT, error));
    CCI_TRY(cci_json_i64(document, "seq", 1, INT64_MAX, &seq, &CCI_ROOT, error));
    CCI_TRY(cci_json_i64(document, "at", INT64_MIN, INT64_MAX, &at, &CCI_ROOT, error));
    if ((uint64_t)seq != row->seq || at != row->at)
        return mismatch(error, row, "number or time beside the text differ from those inside");
    event->seq = row->seq;
    event->at = row->at;
    event->campaign = NULL;
    if (campaign)
        CCI_TRY(cci_campaign_get(v->shadow, campaign, &event->campaign, error));
    if (row->part != (event->campaign ? event->campaign->part : 0))
        return mismatch(error, row, "it is filed under another campaign than it names");
    return COCREATE_OK;
}

static void count(cci_verification *v, const cci_event *event)
{
    v->events++;
    v->results += strcmp(event->type, "round.tallied") == 0;
    if (strcmp(event->type, "awards.made") == 0)
        v->awards += json_array_size(json_object_get(event->data, "awards"));
}

/* What replay refuses is a mismatch of this event, unless memory ran out or somebody cancelled. */
static cocreate_status as_mismatch(cocreate_status status, const cci_event_row *row,
                                   cocreate_error *error)
{
    if (status == COCREATE_OK || status == COCREATE_ERR_MEMORY ||
        status == COCREATE_ERR_CANCELLED || status == COCREATE_ERR_IO ||
        status == COCREATE_ERR_BUSY)
        return status;
    if (error && strncmp(error->text, "event ", 6) != 0) {
        char text[sizeof error->text];
        memcpy(text, error->text, sizeof text);
        return mismatch(error, row, text);
    }
    if (error) {
        error->status = COCREATE_ERR_VERIFY;
        error->where = row->seq;
    }
    return COCREATE_ERR_VERIFY;
}

static cocreate_status replay_document(cci_verification *v, const cci_event_row *row,
                                       const json_t *document, cocreate_error *error)
{
    cci_event event = {0};
    CCI_TRY(check_canonical(v, row, document, error));
    CCI_TRY(read_event(v, row, document, &event, error));
    CCI_TRY(cci_shape_check(&event, error));
    CCI_TRY(cci_append(v->shadow, row->part, row->at, row->payload.data, row->payload.size,
                       error));
    CCI_TRY(cci_apply(v->shadow, &event, error));
    count(v, &event);
    return COCREATE_OK;
}

static cocreate_status check_root(const cci_verification *v, uint64_t seq, cocreate_error *error)
{
    if (!v->root || seq != v->root_size)
        return COCREATE_OK;
    cci_digest root = cci_tree_root(&v->shadow->tree);
    if (memcmp(root.bytes, v->root, sizeof root.bytes) == 0)
        return COCREATE_OK;
    return cci_fail_at(error, COCREATE_ERR_VERIFY, seq,
                       "the first %" PRIu64 " events do not have the root that was published",
                       seq);
}

static cocreate_status replay(void *user, const cci_event_row *row, cocreate_error *error)
{
    cci_verification *v = user;
    json_t *document;
    const cocreate_progress *p = v->progress;
    CCI_TRY(check_record(v, row, error));
    cocreate_status status =
        cci_json_parse(row->payload.data, row->payload.size, &document, error);
    if (status == COCREATE_OK) {
        status = replay_document(v, row, document, error);
        json_decref(document);
    }
    CCI_TRY(as_mismatch(status, row, error));
    CCI_TRY(check_root(v, row->seq, error));
    if (p && p->call && row->seq % 256 == 0 &&
        p->call(p->user, row->seq, v->original->tree.size) != 0)
        return cci_fail(error, COCREATE_ERR_CANCELLED, "cancelled at event %" PRIu64, row->seq);
    return COCREATE_OK;
}

cocreate_status cci_verify_events(cci_verification *v, cocreate_error *error)
{
    cocreate_store *store = v->original->store;
    CCI_TRY(check_root(v, 0, error));
    cocreate_status status = store->backend->scan_events(store->self, 1, 0, replay, v, error);
    if (status == COCREATE_ERR_CORRUPT && error)
        error->status = COCREATE_ERR_VERIFY; /* the rows themselves are not those of a log */
    CCI_TRY(status == COCREATE_ERR_CORRUPT ? COCREATE_ERR_VERIFY : status);
    uint64_t recorded = v->original->tree.size, found = v->shadow->tree.size;
    if (recorded != found)
        return cci_fail_at(error, COCREATE_ERR_VERIFY, found + 1,
                           "the head says %" PRIu64 " events, the log has %" PRIu64, recorded,
                           found);
    cci_digest a = cci_tree_root(&v->original->tree), b = cci_tree_root(&v->shadow->tree);
    if (memcmp(a.bytes, b.bytes, sizeof a.bytes) != 0)
        return cci_fail_at(error, COCREATE_ERR_VERIFY, found,
                           "the head does not have the root of the events");
    int64_t head_at = v->original->last_at, last_at = v->shadow->last_at;
    if (head_at != last_at) {
        char said[CCI_TIME_TEXT], was[CCI_TIME_TEXT];
        return cci_fail_at(error, COCREATE_ERR_VERIFY, found,
                           "the head says that the last event was at %s, it was at %s",
                           cci_time_text(head_at, said), cci_time_text(last_at, was));
    }
    if (v->root && v->root_size > found)
        return cci_fail_at(error, COCREATE_ERR_VERIFY, found + 1,
                           "a root was published for %" PRIu64 " events, the log has %" PRIu64,
                           v->root_size, found);
    return COCREATE_OK;
}
