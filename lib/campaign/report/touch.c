/* Keeping in touch: how long the firm leaves each contributor without a word. */
#include <stdlib.h>
#include <string.h>

#include "campaign/report/facts.h"

#define DAY INT64_C(86400000000)

typedef struct person {
    const char *id;
    int64_t since;   /* the last touch, or the first contribution */
    int64_t longest; /* gap between two of them */
    int64_t touches;
    int named; /* the viewer sees a contribution of theirs */
} person;

typedef struct book {
    const cci_known *f;
    cci_string_set ids;
    person *people; /* in order of ids */
    size_t n, cap;
} book;

static cocreate_status meet(book *b, const cci_work *w, const char *id, cocreate_error *error)
{
    uint32_t index;
    int added;
    CCI_TRY(cci_string_set_add(&b->ids, id, &index, &added, error));
    if (added) {
        if (!cci_grow(&b->f->e->allocator, (void **)&b->people, &b->cap, b->n + 1, sizeof *b->people))
            return cci_no_memory(error);
        b->people[b->n++] = (person){.id = id, .since = w->at};
    }
    person *p = &b->people[index];
    if (w->at < p->since)
        p->since = w->at;
    p->named |= cci_viewer_sees_work(b->f->viewer, w->doc);
    return COCREATE_OK;
}

/* Every author on another side than the firm's, from the first contribution on. */
static cocreate_status meet_all(book *b, cocreate_error *error)
{
    for (size_t i = 0; i < b->f->n_works; i++) {
        const char *id;
        for (size_t k = 0; (id = cci_author_at(b->f->works[i].doc, k)) != NULL; k++)
            if (!cci_known_is_firm(b->f, id))
                CCI_TRY(meet(b, &b->f->works[i], id, error));
    }
    return COCREATE_OK;
}

static void end_gap(person *p, int64_t at)
{
    if (at - p->since > p->longest)
        p->longest = at - p->since;
}

static cocreate_status read_event(void *user, const cci_seen_event *event, cocreate_error *error)
{
    book *b = user;
    const char *id;
    const cci_work *w = cci_known_touched(b->f, event);
    (void)error;
    for (size_t k = 0; w && (id = cci_author_at(w->doc, k)) != NULL; k++) {
        uint32_t index = cci_string_set_find(&b->ids, id);
        if (index == CCI_TABLE_NONE)
            continue;
        person *p = &b->people[index];
        end_gap(p, event->at);
        p->since = event->at;
        p->touches++;
    }
    return COCREATE_OK;
}

/* Who has waited longest comes first. */
static int by_silence(const void *a, const void *b)
{
    const person *x = a, *y = b;
    if (x->since != y->since)
        return x->since < y->since ? -1 : 1;
    return strcmp(x->id, y->id);
}

static json_t *tell_quiet(const book *b)
{
    static const int days[] = {7, 30, 90};
    json_t *list = json_array();
    int ok = list != NULL;
    for (size_t i = 0; i < sizeof days / sizeof *days && ok; i++) {
        json_t *row = cci_json_new();
        int64_t n = 0;
        for (size_t k = 0; k < b->n; k++)
            n += b->f->as_of - b->people[k].since > days[i] * DAY;
        cci_report_count(&ok, row, "days", days[i]);
        cci_report_count(&ok, row, "people", n);
        ok = cci_json_push(list, row) && ok;
    }
    if (ok)
        return list;
    json_decref(list);
    return NULL;
}

static json_t *tell_people(const book *b)
{
    json_t *list = json_array();
    int ok = list != NULL;
    for (size_t i = 0; i < b->n && ok; i++) {
        const person *p = &b->people[i];
        json_t *row = p->named ? cci_json_new() : NULL;
        if (!p->named)
            continue;
        cci_report_put(&ok, row, "participant", json_string(p->id));
        cci_report_count(&ok, row, "touches", p->touches);
        if (p->touches > 0)
            cci_report_count(&ok, row, "last_at", p->since);
        cci_report_count(&ok, row, "silent_us", b->f->as_of - p->since);
        cci_report_count(&ok, row, "longest_us", p->longest);
        ok = cci_json_push(list, row) && ok;
    }
    if (ok)
        return list;
    json_decref(list);
    return NULL;
}

static cocreate_status tell(book *b, json_t *out, cocreate_error *error)
{
    const cocreate_allocator *a = &b->f->e->allocator;
    int64_t *gaps = cci_alloc(a, b->n, sizeof *gaps), never = 0;
    int ok = 1;
    if (!gaps)
        return cci_no_memory(error);
    for (size_t i = 0; i < b->n; i++) {
        end_gap(&b->people[i], b->f->as_of);
        gaps[i] = b->people[i].longest;
        never += b->people[i].touches == 0;
    }
    if (b->n > 0)
        qsort(b->people, b->n, sizeof *b->people, by_silence);
    cci_report_sort(gaps, b->n);
    cci_report_count(&ok, out, "contributors", (int64_t)b->n);
    cci_report_count(&ok, out, "never", never);
    if (b->n > 0) {
        cci_report_count(&ok, out, "longest_p50_us", cci_report_percentile(gaps, b->n, 50));
        cci_report_count(&ok, out, "longest_p90_us", cci_report_percentile(gaps, b->n, 90));
    }
    cci_report_put(&ok, out, "quiet", tell_quiet(b));
    cci_report_put(&ok, out, "people", tell_people(b));
    cci_free(a, gaps);
    return ok ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status make(const cci_known *f, json_t *out, cocreate_error *error)
{
    book b = {.f = f};
    cci_string_set_init(&b.ids, &f->e->allocator);
    cocreate_status status = meet_all(&b, error);
    if (status == COCREATE_OK)
        status = cci_known_events(f, read_event, &b, error);
    if (status == COCREATE_OK)
        status = tell(&b, out, error);
    cci_string_set_free(&b.ids);
    cci_free(&f->e->allocator, b.people);
    return status;
}

const cci_report_type cci_report_touch = {
    "touch", "how long the firm leaves each contributor without a word", make, CCI_REPORT_NAMES};
