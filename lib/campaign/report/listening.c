/* Whether the firm answers: how soon, and who is still waiting. */
#include "campaign/report/facts.h"

typedef struct listener {
    const cci_known *f;
    int64_t *answered_at; /* of each contribution; INT64_MAX never */
} listener;

static cocreate_status read_event(void *user, const cci_seen_event *event, cocreate_error *error)
{
    listener *l = user;
    const cci_work *w = cci_known_touched(l->f, event);
    (void)error;
    if (w && l->answered_at[w - l->f->works] > event->at)
        l->answered_at[w - l->f->works] = event->at;
    return COCREATE_OK;
}

static cocreate_status
measure(const listener *l, int64_t *waits, json_t *out, cocreate_error *error)
{
    const cci_known *f = l->f;
    size_t asked = 0, n = 0;
    const cci_work *oldest = NULL;
    int ok = 1;
    for (size_t i = 0; i < f->n_works; i++) {
        const cci_work *w = &f->works[i];
        if (w->by_firm)
            continue;
        asked++;
        if (l->answered_at[i] != INT64_MAX)
            waits[n++] = l->answered_at[i] - w->at;
        else if (!oldest || w->at < oldest->at)
            oldest = w;
    }
    cci_report_sort(waits, n);
    cci_report_count(&ok, out, "contributions", (int64_t)asked);
    cci_report_count(&ok, out, "answered", (int64_t)n);
    cci_report_count(&ok, out, "unanswered", (int64_t)(asked - n));
    if (n > 0) {
        cci_report_count(&ok, out, "first_answer_p50_us", cci_report_percentile(waits, n, 50));
        cci_report_count(&ok, out, "first_answer_p90_us", cci_report_percentile(waits, n, 90));
    }
    if (oldest) {
        if (cci_viewer_sees_work(f->viewer, oldest->doc))
            cci_report_put(&ok, out, "waiting_longest", json_string(oldest->id));
        cci_report_count(&ok, out, "waiting_us", f->as_of - oldest->at);
    }
    return ok ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status make(const cci_known *f, json_t *out, cocreate_error *error)
{
    const cocreate_allocator *a = &f->e->allocator;
    listener l = {f, cci_alloc(a, f->n_works, sizeof(int64_t))};
    int64_t *waits = cci_alloc(a, f->n_works, sizeof *waits);
    cocreate_status status = COCREATE_OK;
    if (!l.answered_at || !waits)
        status = cci_no_memory(error);
    for (size_t i = 0; i < f->n_works && status == COCREATE_OK; i++)
        l.answered_at[i] = INT64_MAX;
    if (status == COCREATE_OK)
        status = cci_known_events(f, read_event, &l, error);
    if (status == COCREATE_OK)
        status = measure(&l, waits, out, error);
    cci_free(a, l.answered_at);
    cci_free(a, waits);
    return status;
}

const cci_report_type cci_report_listening = {
    "listening", "how soon the firm answers, and who still waits", make, 0};
