/* Which form of working with customers the campaign was, by its log: a vector of shares and a
 * decision list, whose first clause that holds names the form. */
#include <string.h>

#include "campaign/report/facts.h"

typedef struct vector {
    int briefed, selective;
    int64_t works, coauthored, answered, derived, by_firm, tasks, rights_in, rights_out;
} vector;

static void measure(const cci_known *f, vector *v)
{
    const cci_brief *b = &f->c->brief;
    v->briefed = b->n_fields > 0 || b->n_rounds > 0;
    for (size_t i = 0; i < b->n_rounds; i++)
        v->selective |= b->rounds[i].binding;
    for (size_t i = 0; i < f->n_works; i++) {
        const cci_work *w = &f->works[i];
        if (w->is_reply)
            continue;
        v->works++;
        v->coauthored += cci_author_at(w->doc, 1) != NULL;
        v->answered += w->answered;
        v->derived += w->derived;
        v->by_firm += w->by_firm;
        v->tasks += strcmp(w->kind, "task_result") == 0;
        v->rights_in += w->rights && !w->by_firm;
        v->rights_out += w->rights && w->by_firm;
    }
}

/* ---- the decision list ---- */

static int is_coproduction(const vector *v)
{
    return v->tasks > 0 && 2 * v->tasks >= v->works;
}

static int is_cocreation(const vector *v)
{
    return v->derived > 0 && v->answered > 0;
}

static int is_open_innovation(const vector *v)
{
    return v->rights_in > 0 && v->rights_out > 0;
}

static int is_mass_collaboration(const vector *v)
{
    return !v->selective && 2 * (v->coauthored + v->derived) >= v->works && v->works > 0;
}

static int is_crowdsourcing(const vector *v)
{
    return v->briefed && v->selective && v->works > 0;
}

static int is_user_generated(const vector *v)
{
    return !v->selective && v->derived == 0 && v->works > 0;
}

static const struct {
    const char *form, *clause;
    int (*holds)(const vector *v);
} clauses[] = {
    {"co-production", "at least half of the works are results of tasks", is_coproduction},
    {"co-creation", "works build on others, and firm and customers answer each other",
     is_cocreation},
    {"open innovation", "rights go in to the firm and out from it", is_open_innovation},
    {"mass collaboration",
     "nothing is selected, and at least half of the works have several authors or build on others",
     is_mass_collaboration},
    {"crowdsourcing", "a brief asks, a binding round selects, and each entry is worked on apart",
     is_crowdsourcing},
    {"user-generated content", "nothing is selected, and no work builds on another",
     is_user_generated},
};
#define N_CLAUSES (sizeof clauses / sizeof *clauses)

static cocreate_status add_clauses(const vector *v, json_t *out, cocreate_error *error)
{
    json_t *list = json_array();
    size_t first = N_CLAUSES;
    int ok = 1;
    cci_report_put(&ok, out, "clauses", list);
    for (size_t i = 0; i < N_CLAUSES && ok; i++) {
        json_t *row = cci_json_new();
        int holds = clauses[i].holds(v);
        if (holds && first == N_CLAUSES)
            first = i;
        cci_report_put(&ok, row, "form", json_string(clauses[i].form));
        cci_report_put(&ok, row, "if", json_string(clauses[i].clause));
        cci_report_put(&ok, row, "holds", json_boolean(holds));
        ok = cci_json_push(list, json_incref(row)) && ok;
        json_decref(row);
    }
    cci_report_put(&ok, out, "form",
                   json_string(first < N_CLAUSES ? clauses[first].form : "none yet"));
    cci_report_put(&ok, out, "because",
                   json_string(first < N_CLAUSES ? clauses[first].clause : "nothing came in"));
    return ok ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status make(const cci_known *f, json_t *out, cocreate_error *error)
{
    vector v = {0};
    json_t *shown = cci_json_new();
    int ok = 1;
    measure(f, &v);
    cci_report_put(&ok, out, "vector", shown);
    if (!ok)
        return cci_no_memory(error);
    cci_report_put(&ok, shown, "briefed", json_boolean(v.briefed));
    cci_report_put(&ok, shown, "selective", json_boolean(v.selective));
    cci_report_ratio(&ok, shown, "coauthor_ratio", v.coauthored, v.works);
    cci_report_ratio(&ok, shown, "dialogue_ratio", v.answered, v.works);
    cci_report_ratio(&ok, shown, "derivation_ratio", v.derived, v.works);
    cci_report_ratio(&ok, shown, "firm_side_ratio", v.by_firm, v.works);
    cci_report_ratio(&ok, shown, "task_ratio", v.tasks, v.works);
    cci_report_ratio(&ok, shown, "rights_inflow", v.rights_in, v.works);
    cci_report_ratio(&ok, shown, "rights_outflow", v.rights_out, v.works);
    return ok ? add_clauses(&v, out, error) : cci_no_memory(error);
}

const cci_report_type cci_report_form = {
    "form", "which form of working with customers it was, and why", make, 0};
