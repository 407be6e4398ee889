/* From what came in to what was made of it, with whose it was. */
#include <string.h>

#include "campaign/commands/contribution.h"
#include "campaign/graph/kinds.h"
#include "campaign/report/facts.h"

/* Which works a step counts. */
typedef int (*counted)(const cci_work *w);

static int is_submitted(const cci_work *w)
{
    return !w->is_reply;
}

static int is_screened(const cci_work *w)
{
    return !w->is_reply && !cci_contribution_unpublished(w->doc);
}

static int is_live(const cci_work *w)
{
    return is_screened(w) && !cci_state_ended(w->state);
}

static int is_selected(const cci_work *w)
{
    return !w->is_reply && w->selected;
}

static int is_implemented(const cci_work *w)
{
    return strcmp(w->state, "implemented") == 0;
}

static cocreate_status add_authors(cci_string_set *set, const cci_work *w, cocreate_error *error)
{
    const char *author;
    for (size_t i = 0; (author = cci_author_at(w->doc, i)) != NULL; i++) {
        uint32_t index;
        int added;
        CCI_TRY(cci_string_set_add(set, author, &index, &added, error));
    }
    return COCREATE_OK;
}

static cocreate_status push_step(json_t *steps, const char *key, const char *name, int64_t works,
                                 size_t authors, cocreate_error *error)
{
    json_t *step = cci_json_new();
    int ok = 1;
    cci_report_put(&ok, step, key, json_string(name));
    cci_report_count(&ok, step, "works", works);
    cci_report_count(&ok, step, "authors", (int64_t)authors);
    ok = cci_json_push(steps, json_incref(step)) && ok;
    json_decref(step);
    return ok ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status count_step(const cci_known *f, const char *name, counted is_counted,
                                  json_t *steps, cocreate_error *error)
{
    cci_string_set authors;
    int64_t works = 0;
    cocreate_status status = COCREATE_OK;
    cci_string_set_init(&authors, &f->e->allocator);
    for (size_t i = 0; i < f->n_works && status == COCREATE_OK; i++)
        if (is_counted(&f->works[i])) {
            works++;
            status = add_authors(&authors, &f->works[i], error);
        }
    if (status == COCREATE_OK)
        status = push_step(steps, "step", name, works, authors.count, error);
    cci_string_set_free(&authors);
    return status;
}

static cocreate_status
count_round(const cci_known *f, const json_t *round, json_t *steps, cocreate_error *error)
{
    cci_string_set authors;
    const json_t *out = json_object_get(round, "out");
    cocreate_status status = COCREATE_OK;
    cci_string_set_init(&authors, &f->e->allocator);
    for (size_t i = 0; i < json_array_size(out) && status == COCREATE_OK; i++) {
        const cci_work *w = cci_known_work(f, json_string_value(json_array_get(out, i)));
        if (w)
            status = add_authors(&authors, w, error);
    }
    if (status == COCREATE_OK)
        status = push_step(steps, "round", json_string_value(json_object_get(round, "id")),
                           (int64_t)json_array_size(out), authors.count, error);
    cci_string_set_free(&authors);
    return status;
}

static cocreate_status make(const cci_known *f, json_t *out, cocreate_error *error)
{
    json_t *steps = json_array();
    int64_t replies = 0;
    int ok = 1;
    for (size_t i = 0; i < f->n_works; i++)
        replies += f->works[i].is_reply;
    cci_report_put(&ok, out, "steps", steps);
    cci_report_count(&ok, out, "replies", replies);
    if (!ok)
        return cci_no_memory(error);
    CCI_TRY(count_step(f, "submitted", is_submitted, steps, error));
    CCI_TRY(count_step(f, "screened", is_screened, steps, error));
    CCI_TRY(count_step(f, "live", is_live, steps, error));
    for (size_t i = 0; i < json_array_size(f->rounds); i++)
        CCI_TRY(count_round(f, json_array_get(f->rounds, i), steps, error));
    CCI_TRY(count_step(f, "selected", is_selected, steps, error));
    return count_step(f, "implemented", is_implemented, steps, error);
}

const cci_report_type cci_report_funnel = {"funnel", "from submissions to what was implemented",
                                           make, 0};
