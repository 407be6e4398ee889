/* The registry of reports, and the one way to ask for them. */
#include "cocreate/report.h"

#include <string.h>

#include "campaign/report/facts.h"

static const cci_report_type *const reports[] = {
    &cci_report_funnel,    &cci_report_form,  &cci_report_we,       &cci_report_roles,
    &cci_report_listening, &cci_report_touch, &cci_report_fairness, &cci_report_channels,
    &cci_report_duplicates, &cci_report_lockstep,
};
#define N_REPORTS (sizeof reports / sizeof *reports)

size_t cocreate_report_count(void)
{
    return N_REPORTS;
}

cocreate_status cocreate_report_at(size_t index, cocreate_report_info *out, cocreate_error *error)
{
    if (out->size != sizeof *out)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "the size of a cocreate_report_info is %zu, not %zu", sizeof *out,
                        out->size);
    if (index >= N_REPORTS)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "there are %zu reports, none is number %zu",
                        N_REPORTS, index);
    out->name = reports[index]->name;
    out->title = reports[index]->title;
    return COCREATE_OK;
}

static cocreate_status
find(const cci_engine *e, const char *name, size_t *index, cocreate_error *error)
{
    cci_buffer names;
    for (*index = 0; *index < N_REPORTS; ++*index)
        if (strcmp(reports[*index]->name, name) == 0)
            return COCREATE_OK;
    cci_buffer_init(&names, &e->allocator);
    for (size_t i = 0; i < N_REPORTS; i++) {
        cci_buffer_text(&names, i > 0 ? ", " : "");
        cci_buffer_text(&names, reports[i]->name);
    }
    cocreate_status status = names.failed
                                 ? cci_no_memory(error)
                                 : cci_fail(error, COCREATE_ERR_NOT_FOUND,
                                            "no report '%.60s'; there are %s", name, names.data);
    cci_buffer_free(&names);
    return status;
}

/* May the viewer of these facts be told this? Else which part of the policy is against it, and what it
 * keeps back. */
static int may_tell(const cci_known *f, const cci_report_type *type, const char **part, const char **what)
{
    *part = "counts";
    *what = "how much there is";
    if (!cci_viewer_sees_counts(f->viewer))
        return 0;
    *part = "identities";
    *what = "who wrote what";
    if ((type->tells & CCI_REPORT_NAMES) && !cci_viewer_sees_names(f->viewer, NULL))
        return 0;
    *part = "ballots";
    *what = "who voted";
    return !(type->tells & CCI_REPORT_BALLOTS) || cci_viewer_sees_ballots(f->viewer);
}

static cocreate_status
make_one(const cci_known *f, const cci_report_type *type, json_t *made, cocreate_error *error)
{
    json_t *one = cci_json_new();
    if (!cci_json_put(made, type->name, one))
        return cci_no_memory(error);
    return type->make(f, one, error);
}

/* Of several what the viewer may be told; of one a refusal that says what is against it. */
static cocreate_status
make(const cci_known *f, size_t first, size_t last, json_t *document, cocreate_error *error)
{
    json_t *made = cci_json_new();
    const char *part, *what;
    int ok = 1;
    cci_report_put(&ok, document, "campaign", json_string(f->c->id));
    cci_report_count(&ok, document, "as_of", f->as_of);
    cci_report_put(&ok, document, "reports", made);
    if (!ok)
        return cci_no_memory(error);
    for (size_t i = first; i <= last; i++) {
        if (may_tell(f, reports[i], &part, &what))
            CCI_TRY(make_one(f, reports[i], made, error));
        else if (first == last)
            return cci_viewer_refuse(f->viewer, part, what, error);
    }
    return COCREATE_OK;
}

cocreate_status cocreate_report_as(cocreate_store *store, const char *campaign, const char *report,
                                   int64_t as_of, const char *viewer, cocreate_text **out,
                                   cocreate_error *error)
{
    cci_engine *e;
    cci_campaign *c;
    cci_viewer v;
    cci_known facts;
    cci_buffer text;
    size_t first = 0, last = N_REPORTS - 1;
    CCI_TRY(cci_engine_of(store, &e, error));
    CCI_TRY(cci_viewer_of(e, campaign, viewer, &c, &v, error));
    if (report)
        CCI_TRY(find(e, report, &first, error));
    if (as_of != COCREATE_NO_TIME && as_of < e->last_at)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "a report is not of a time before the last event");
    CCI_TRY(cci_known_read(e, c, &v, as_of == COCREATE_NO_TIME ? e->last_at : as_of, &facts, error));
    cci_buffer_init(&text, &e->allocator);
    json_t *document = cci_json_new();
    cocreate_status status = document ? make(&facts, first, report ? first : last, document, error)
                                      : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_json_canonical(document, &text, error);
    if (status == COCREATE_OK)
        status = cci_buffer_finish(&text, out, error);
    json_decref(document);
    cci_buffer_free(&text);
    cci_known_free(&facts);
    return status;
}

cocreate_status cocreate_report(cocreate_store *store, const char *campaign, const char *report,
                                int64_t as_of, cocreate_text **out, cocreate_error *error)
{
    return cocreate_report_as(store, campaign, report, as_of, CCI_HOST, out, error);
}
